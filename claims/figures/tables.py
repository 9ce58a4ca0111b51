"""Tables that scraping has left as lines: their headers found again.

Two shapes: a line for each row (医院级别起付线报销比例 above 二级医院400元75%), and a line for each cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from claims.reading import BlockReading

_ROW = 40
_ROWS = 14
"""A row of a lost table is no longer than this, and no table has more rows (folded characters, blocks)."""
_CELL = 16
_COLUMNS = 8
_PUNCTUATION = re.compile(r"[。,;:!?]")
_VALUE = re.compile(
    r"(?!(?:19|20)\d\d年度?$)(?:[约≤≥<>]?[\d.]+[\d.,%万千百元年个月日号底前/人次天以上下内不超过至-]*|[一二三四五六七八九]成[五半]?|不设.*|无|/|-|—|不封顶|百分之.{1,6})"
)


def header_line(reading: BlockReading, readings: Sequence[BlockReading]) -> BlockReading | None:
    """The header line above a row of a lost table, or None."""
    if len(reading.folded.chars) > _ROW or not reading.quantities:
        return None
    for above in reversed(readings[max(0, reading.index - _ROWS) : reading.index]):
        if above.block.kind != "paragraph" or above.block.headings != reading.block.headings:
            return None
        if len(above.folded.chars) > _ROW or above.folded.chars[-1:] in "。!?;":
            return None
        if not above.quantities:
            return above
    return None


def lost_cells(readings: Sequence[BlockReading]) -> dict[int, tuple[int, ...]]:
    """Block number of a value -> those of what heads it, in tables left a cell a line: the line above the table if it
    is one of the same kind, its column's header, its row's label."""
    found: dict[int, tuple[int, ...]] = {}
    run: list[int] = []
    for i, r in enumerate([*readings, None]):
        if r is not None and r.block.kind == "paragraph" and _is_cell(r):
            run.append(i)
            continue
        if len(run) >= 6:
            found |= _table(run, readings)
        run = []
    return found


def _is_cell(r: BlockReading) -> bool:
    text = r.folded.chars
    return 0 < len(text) <= _CELL and not _PUNCTUATION.search(text)


def _table(run: Sequence[int], readings: Sequence[BlockReading]) -> Mapping[int, tuple[int, ...]]:
    values = [bool(_VALUE.fullmatch(readings[i].folded.chars)) for i in run]
    if True not in values:
        return {}
    first = values.index(True)
    width = 1
    while first + width - 1 < len(values) and values[first + width - 1]:
        width += 1
    header = first - 1 - width
    if not 2 <= width <= _COLUMNS or header < 0:
        return {}
    caption = (run[header - 1],) if header else ()
    found: dict[int, tuple[int, ...]] = {}
    for label in range(first - 1, len(run), width):
        row = range(label + 1, label + width)
        if label + width > len(run) or values[label] or not all(values[n] for n in row):
            break
        for column, n in enumerate(row, 1):
            found[run[n]] = (*caption, run[header + column], run[label])
    return found
