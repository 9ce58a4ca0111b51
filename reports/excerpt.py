"""A quote in its source lines, underlined: wide characters aligned, long lines cut to its neighbourhood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from claims.readers.lines import LINE_END
from reports.width import columns, shown

WIDTH = 96
"""Columns of source shown of a line; the same everywhere, so that a report does not vary with the terminal."""

MOST_LINES = 4
"""A quote over more lines is shown by its first two and its last."""

_ELLIPSES = 2
"""Columns that they take, one on either side."""

_BOM = "\ufeff"

_Cell: TypeAlias = tuple[str, int, frozenset[int]]
"""What is shown of one character, its columns, which quotes it is of."""

_Span: TypeAlias = tuple[int, int]


class Row(msgspec.Struct, frozen=True):
    """A source line: its number (None for the gap in a long quote), what is shown of it, and the marks below."""

    number: int | None
    text: str
    marks: str


def excerpt(source: str, start: int, end: int, line: int, *, width: int = WIDTH) -> list[Row]:
    """The lines that `source[start:end]` stands in; `line` is the number of the first."""
    rows: list[Row] = []
    at = _line_start(source, start)
    number = line
    while True:
        found = LINE_END.search(source, at)
        stop = found.start() if found else len(source)
        cells = _window(_cells(source, at, stop, [(start, end)]), width)
        rows.append(Row(number, _text(cells), _marks(cells, 0)))
        if found is None or found.end() >= end:
            break
        at, number = found.end(), number + 1
    rows = [row for row in rows if row.text.strip()] or rows[:1]
    return rows if len(rows) <= MOST_LINES else [*rows[:2], Row(None, "…", ""), rows[-1]]


def together(source: str, spans: Sequence[_Span], line: int, *, width: int = WIDTH) -> list[Row] | None:
    """One line with several quotes in it: the same row once for each, with its marks. None where they do not all fit
    on one line of the report."""
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    found = LINE_END.search(source, first)
    stop = found.start() if found else len(source)
    if last > stop:
        return None
    cells = _cells(source, _line_start(source, first), stop, spans)
    marked = [i for i, (_, _, of) in enumerate(cells) if of]
    if not marked or sum(w for _, w, _ in cells[marked[0] : marked[-1] + 1]) > width - _ELLIPSES:
        return None
    cells = _window(cells, width)
    return [Row(line, _text(cells), _marks(cells, n)) for n in range(len(spans))]


def _line_start(source: str, at: int) -> int:
    return max(source.rfind("\n", 0, at), source.rfind("\r", 0, at)) + 1


def _cells(source: str, at: int, stop: int, spans: Sequence[_Span]) -> list[_Cell]:
    cells: list[_Cell] = []
    for i in range(at, stop):
        if i == 0 and source[0] == _BOM:
            continue
        text = shown(source[i])
        cells.append((text, columns(text), frozenset(n for n, (start, end) in enumerate(spans) if start <= i < end)))
    while cells and not cells[-1][0].strip():  # trailing blanks, marked or not, show nothing
        cells.pop()
    return cells


def _text(cells: list[_Cell]) -> str:
    return "".join(c for c, _, _ in cells)


def _marks(cells: list[_Cell], quote: int) -> str:
    marked = [i for i, (c, _, of) in enumerate(cells) if quote in of and c.strip()]
    first, last = (marked[0], marked[-1]) if marked else (0, -1)
    return "".join(("^" if first <= i <= last else " ") * w for i, (_, w, _) in enumerate(cells)).rstrip()


def _window(cells: list[_Cell], width: int) -> list[_Cell]:
    """The cells around the marked ones that fit, `…` for what is cut off."""
    if sum(w for _, w, _ in cells) <= width:
        return cells
    marked = [i for i, (_, _, of) in enumerate(cells) if of] or [0]
    first, last = marked[0], marked[-1] + 1
    room = width - _ELLIPSES
    low, high = first, first
    while high < last and room >= cells[high][1]:
        room -= cells[high][1]
        high += 1
    if high == last:
        low, high = _grown(cells, first, last, room)
    head: list[_Cell] = [("…", 1, frozenset())] if low > 0 else []
    tail: list[_Cell] = [("…", 1, cells[high][2] if high < last else frozenset())] if high < len(cells) else []
    return [*head, *cells[low:high], *tail]


def _grown(cells: list[_Cell], low: int, high: int, room: int) -> tuple[int, int]:
    """Context on both sides in turn, as far as there is room."""
    left = right = True
    while left or right:
        left = left and low > 0 and cells[low - 1][1] <= room
        if left:
            low -= 1
            room -= cells[low][1]
        right = right and high < len(cells) and cells[high][1] <= room
        if right:
            room -= cells[high][1]
            high += 1
    return low, high
