"""A quote in its source lines, underlined: wide characters aligned, long lines cut to its neighbourhood."""

from __future__ import annotations

import re
from typing import TypeAlias

import msgspec

from reports.width import columns, shown

WIDTH = 96
"""Columns of source shown of a line; the same everywhere, so that a report does not vary with the terminal."""

MOST_LINES = 4
"""A quote over more lines is shown by its first two and its last."""

_BREAK = re.compile(r"\r\n|\n|\r")
_BOM = "\ufeff"

_Cell: TypeAlias = tuple[str, int, bool]
"""What is shown of one character, its columns, whether it is of the quote."""


class Row(msgspec.Struct, frozen=True):
    """A source line: its number (None for the gap in a long quote), what is shown of it, and the marks below."""

    number: int | None
    text: str
    marks: str


def excerpt(source: str, start: int, end: int, line: int, *, width: int = WIDTH) -> list[Row]:
    """The lines that `source[start:end]` stands in; `line` is the number of the first."""
    rows: list[Row] = []
    at = max(source.rfind("\n", 0, start), source.rfind("\r", 0, start)) + 1
    number = line
    while True:
        found = _BREAK.search(source, at)
        stop = found.start() if found else len(source)
        rows.append(_row(source, at, stop, start, end, number, width))
        if found is None or found.end() >= end:
            break
        at, number = found.end(), number + 1
    rows = [row for row in rows if row.text.strip()] or rows[:1]
    return rows if len(rows) <= MOST_LINES else [*rows[:2], Row(None, "…", ""), rows[-1]]


def _row(source: str, at: int, stop: int, start: int, end: int, number: int, width: int) -> Row:
    cells: list[_Cell] = []
    for i in range(at, stop):
        if i == 0 and source[0] == _BOM:
            continue
        text = shown(source[i])
        cells.append((text, columns(text), start <= i < end))
    while cells and not cells[-1][0].strip():  # trailing blanks, marked or not, show nothing
        cells.pop()
    return Row(number, *_drawn(_window(cells, width)))


def _drawn(cells: list[_Cell]) -> tuple[str, str]:
    text = "".join(c for c, _, _ in cells)
    marked = [i for i, (c, _, m) in enumerate(cells) if m and c.strip()]
    first, last = (marked[0], marked[-1]) if marked else (0, -1)
    marks = "".join(("^" if first <= i <= last else " ") * w for i, (_, w, _) in enumerate(cells))
    return text, marks.rstrip()


def _window(cells: list[_Cell], width: int) -> list[_Cell]:
    """The cells around the marked ones that fit, `…` for what is cut off."""
    if sum(w for _, w, _ in cells) <= width:
        return cells
    marked = [i for i, (_, _, m) in enumerate(cells) if m] or [0]
    first, last = marked[0], marked[-1] + 1
    room = width - 2  # for an ellipsis on either side
    low, high = first, first
    while high < last and room >= cells[high][1]:
        room -= cells[high][1]
        high += 1
    if high == last:
        low, high = _grown(cells, first, last, room)
    head: list[_Cell] = [("…", 1, False)] if low > 0 else []
    tail: list[_Cell] = [("…", 1, high < last)] if high < len(cells) else []
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
