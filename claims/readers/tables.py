"""Which headers a table cell stands under and beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from claims.article import Cell

# Beyond this many columns a table is no table; the limit keeps hostile spans from filling memory.
MAX_COLUMNS = 256
# A label is short and holds no figure: longer or numeric first rows are data.
_LABEL = 12
_SECTION = 20
# No real table has deeper headers; a hostile one must not make every cell carry thousands.
_DEPTH = 8
# Labels of the rows that one cell covers.
_MOST = 32


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in its grid. `block` is None for an empty cell; `marked` says that the source calls it a header."""

    block: int | None
    row: int
    column: int
    rows: int
    columns: int
    text: str
    marked: bool
    in_head: bool = False


class Grid:
    """Gives cells their columns while rows are read, so that cells spanning from above keep their place free."""

    def __init__(self) -> None:
        self.row = -1
        self._taken: dict[int, int] = {}  # column -> last row that a cell from above covers
        self._column = 0

    def next_row(self) -> None:
        self.row += 1
        self._column = 0

    def place(self, rows: int, columns: int) -> tuple[int, int, int]:
        """The (row, column, columns) of the next cell of this row, which covers `rows` x `columns` (both >= 1)."""
        while self._taken.get(self._column, -1) >= self.row:
            self._column += 1
        column = self._column
        columns = max(1, min(columns, MAX_COLUMNS - column))
        if rows > 1 and column < MAX_COLUMNS:
            for covered in range(column, column + columns):
                self._taken[covered] = self.row + rows - 1
        self._column += columns
        return self.row, column, columns


def resolve(cells: Sequence[Placed], table: int) -> dict[int, Cell]:
    """The `Cell` record of every block of a table.

    Header rows are those in the head, else the rows at the top that hold nothing but header cells, else, in a table
    without any header cell, a first row of short labels without figures. Column headers are the header cells above in
    the same columns; row headers the marked header cells to the left, else, where there is a header row, the labels
    in the first column (and in the next one as long as a label spans several rows).
    """
    rows: dict[int, list[Placed]] = {}
    last_row = max((cell.row for cell in cells), default=0)
    for cell in cells:
        covered = min(cell.row + cell.rows - 1, last_row) if cell.column < MAX_COLUMNS else cell.row
        for row in range(cell.row, covered + 1):
            rows.setdefault(row, []).append(cell)
    for covering in rows.values():
        covering.sort(key=lambda cell: cell.column)
    head = _header_rows(cells, rows)
    above: dict[int, tuple[int, ...]] = {}
    section: tuple[int, ...] = ()
    width = max((cell.column + cell.columns for cell in cells), default=0)
    placed: dict[int, Cell] = {}
    for number, covering in sorted(rows.items()):
        own = [cell for cell in covering if cell.row == number]
        is_section = number not in head and _is_section(covering, own, width)
        if is_section:
            section = ()
        beside = _Labels(has_header_row=bool(head))
        for cell in covering:
            is_header = number in head or is_section or cell.marked
            if cell.row == number and cell.block is not None:
                labels = () if number in head else beside.to_the_right()
                headers = _over(above, cell) + section
                placed[cell.block] = Cell(table, number, cell.column, is_header, headers, labels, cell.rows)
            elif cell.block is not None and number not in head:
                one = placed[cell.block]
                labels = tuple(dict.fromkeys((*one.row_headers, *beside.to_the_right())))[:_MOST]
                placed[cell.block] = msgspec.structs.replace(one, row_headers=labels)
            beside.read(cell)
        if number in head:
            _stack(above, own)
        elif is_section and own[0].block is not None:
            section = (own[0].block,)
    return placed


class _Labels:
    """The row headers for the next cell, while a row is read from left to right."""

    def __init__(self, *, has_header_row: bool) -> None:
        self._labels_count = has_header_row
        self._marked: tuple[int, ...] = ()
        self._labels: tuple[int, ...] = ()
        self._leading = True

    def read(self, cell: Placed) -> None:
        if cell.marked and cell.block is not None:
            self._marked = (*self._marked, cell.block)[-_DEPTH:]
        if self._leading and cell.block is not None:
            self._labels = (*self._labels, cell.block)[-_DEPTH:]
        # A label that spans rows is divided further by the next column.
        self._leading = self._leading and cell.rows > 1

    def to_the_right(self) -> tuple[int, ...]:
        return self._marked or (self._labels if self._labels_count else ())


def _header_rows(cells: Sequence[Placed], rows: Mapping[int, Sequence[Placed]]) -> set[int]:
    head = {cell.row for cell in cells if cell.in_head}
    if head:
        return head
    for number in range(len(rows)):
        row = [cell for cell in rows.get(number, ()) if cell.row == number]
        filled = [cell for cell in row if cell.text]
        if not filled or not all(cell.marked for cell in filled):
            break
        head.add(number)
    if head:
        # A table of nothing but header cells has no header row: its first column labels its rows.
        return head if len(head) < len(rows) else {0}
    first = rows.get(0, ())
    if len(rows) < 2 or len(first) < 2 or any(cell.marked for cell in cells):
        return set()
    return {0} if all(_is_label(cell.text, _LABEL) for cell in first) else set()


def _is_label(text: str, limit: int) -> bool:
    return len(text) <= limit and not any(char.isdigit() for char in text)


def _is_section(row: Sequence[Placed], own: Sequence[Placed], width: int) -> bool:
    """A row that is one short label over the whole width names the rows below it."""
    if len(row) != 1 or len(own) != 1:
        return False
    return own[0].columns == width > 1 and bool(own[0].text) and _is_label(own[0].text, _SECTION)


def _over(above: Mapping[int, tuple[int, ...]], cell: Placed) -> tuple[int, ...]:
    if cell.columns == 1:
        return above.get(cell.column, ())
    found: dict[int, None] = {}
    for column in range(cell.column, cell.column + cell.columns):
        found.update(dict.fromkeys(above.get(column, ())))
    # Block numbers grow from row to row, so sorting puts the nearest header last.
    return tuple(sorted(found))


def _stack(above: dict[int, tuple[int, ...]], own: Sequence[Placed]) -> None:
    for cell in own:
        if cell.block is None:
            continue
        for column in range(cell.column, cell.column + cell.columns):
            above[column] = (*above.get(column, ()), cell.block)[-_DEPTH:]
