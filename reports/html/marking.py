"""An article's blocks with the claims of each marked: cut where a claim begins or ends, so that they may overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from claims.article import Block, Part
from claims.model import Claim
from reports.html.passages import shown_span

LONGEST, KEPT = 10_000, 2_000
"""Characters without a mark's edge that are shown whole, and of more those shown at each end."""


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in its article's text: its number there, the id of its element, its topic's colour, and how bad the
    worst finding is that stands against it ("" without one)."""

    claim: Claim
    number: int
    key: str
    hue: int
    bad: str = ""

    @property
    def typed(self) -> bool:
        return self.claim.value is not None


class Stretch(msgspec.Struct, frozen=True):
    """Some text of a block, with the claims that it is of (the shortest first) and those that begin with it. `skipped`
    characters of it are left out after `text`, `rest` follows: no browser lays out a line of a million letters."""

    text: str
    marks: tuple[Marked, ...] = ()
    begins: tuple[Marked, ...] = ()
    skipped: int = 0
    rest: str = ""


class Line(msgspec.Struct, frozen=True):
    """A block as stretches."""

    block: Block
    stretches: tuple[Stretch, ...]
    begins: tuple[Marked, ...]


class Group(msgspec.Struct, frozen=True):
    """Blocks that are shown as one thing: `heading`, `paragraph`, `list`, `terms`, `table`. A table's lines stand in
    `rows`, each cell with how many columns it takes."""

    kind: str
    lines: tuple[Line, ...]
    rows: tuple[tuple[tuple[Line, int], ...], ...] = ()

    @property
    def begins(self) -> tuple[Marked, ...]:
        return tuple(mark for line in self.lines for mark in line.begins)


_KINDS = {"heading": "heading", "title": "heading", "list_item": "list", "term": "terms", "definition": "terms"}


def groups(part: Part, marks: Sequence[Marked]) -> tuple[Group, ...]:
    """The part but for its title, as a reader sees it."""
    found: list[tuple[tuple[str, int | None], list[Line]]] = []
    for line in lines(part, marks):
        block = line.block
        if part.title is not None and block is part.blocks[part.title]:
            continue
        table = block.cell.table if block.cell is not None else None
        key = ("table", table) if block.kind == "cell" else (_KINDS.get(block.kind, "paragraph"), None)
        if found and found[-1][0] == key and key[0] in ("list", "terms", "table"):
            found[-1][1].append(line)
        else:
            found.append((key, [line]))
    return tuple(Group(kind, tuple(of), _rows(of) if kind == "table" else ()) for (kind, _), of in found)


def title(part: Part, marks: Sequence[Marked]) -> Line | None:
    """The title's own block; None where it has none."""
    if part.title is None:
        return None
    block = part.blocks[part.title]
    return next(line for line in lines(part, marks) if line.block is block)


def lines(part: Part, marks: Sequence[Marked]) -> Iterator[Line]:
    """Every block, in order; a claim begins once, in the first block that shows any of it."""
    ordered = sorted(marks, key=lambda m: (m.claim.start, m.claim.end))
    starts = [m.claim.start for m in ordered]
    longest = max((m.claim.end - m.claim.start for m in ordered), default=0)
    begun: set[str] = set()
    for block in part.blocks:
        text = block.text
        if not text.chars:
            continue
        low, high = text.starts[0], text.ends[-1]
        near = ordered[bisect_left(starts, low - longest) : bisect_left(starts, high)]
        spans = [(*span, m) for m in near if (span := shown_span(block, m.claim.start, m.claim.end)) is not None]
        stretches = tuple(_stretches(text.chars, spans, begun))
        yield Line(block, stretches, tuple(m for s in stretches for m in s.begins))


def _stretches(chars: str, spans: Sequence[tuple[int, int, Marked]], begun: set[str]) -> Iterator[Stretch]:
    cuts = sorted({0, len(chars), *(x for start, end, _ in spans for x in (start, end))})
    for low, high in pairwise(cuts):
        here = [(end - start, m) for start, end, m in spans if start <= low and high <= end]
        over = tuple(m for _, m in sorted(here, key=lambda pair: (not pair[1].typed, pair[0], pair[1].number)))
        begins = tuple(m for m in over if m.key not in begun)
        begun.update(m.key for m in begins)
        if high - low <= LONGEST:
            yield Stretch(chars[low:high], over, begins)
        else:
            yield Stretch(chars[low : low + KEPT], over, begins, high - low - 2 * KEPT, chars[high - KEPT : high])


def _rows(cells: Sequence[Line]) -> tuple[tuple[tuple[Line, int], ...], ...]:
    """A table's rows; a cell takes the columns up to the next that begins in any row."""
    columns = sorted({line.block.cell.column for line in cells if line.block.cell is not None})
    taken: set[tuple[int, int]] = set()
    rows: dict[int, list[Line]] = {}
    for line in cells:
        if line.block.cell is not None:
            rows.setdefault(line.block.cell.row, []).append(line)
            for below in range(1, min(line.block.cell.rows, len(cells))):
                taken.add((line.block.cell.row + below, line.block.cell.column))
    free = {row: [c for c in columns if (row, c) not in taken] for row in rows}
    return tuple(tuple(_spread(sorted(rows[row], key=_column), free[row])) for row in sorted(rows))


def _column(line: Line) -> int:
    return line.block.cell.column if line.block.cell is not None else 0


def _spread(row: Sequence[Line], columns: Sequence[int]) -> Iterator[tuple[Line, int]]:
    for n, line in enumerate(row):
        after = _column(row[n + 1]) if n + 1 < len(row) else None
        yield line, max(1, sum(c >= _column(line) and (after is None or c < after) for c in columns))
