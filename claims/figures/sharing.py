"""Words that a row of numbers shares out: 一级、二级、三级医院的报销比例分别为85%、75%、60%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.figures.binding import Line, row_of
from claims.figures.context import Region
from claims.figures.facets import JOINED, dimension_of
from claims.figures.marks import Anchor, Word, words
from claims.figures.rules import Figures
from claims.reading import BlockReading


def others_share(anchor: Anchor, line: Line) -> list[Word]:
    """The words that belong to the other numbers of the row that `anchor` stands in: of the one list before the row
    that has as many words as it has numbers, all but the one in its place. None where no list, or several, fit."""
    after = _shared_before(anchor, line)
    row = row_of(anchor, line)
    if len(row) < 2:
        return after
    fitting = [one for one in _lists(line, row[0].start) if len(one) == len(row)]
    if len(fitting) != 1 or len({w.members for w in fitting[0]}) < len(row):
        return after
    own = fitting[0][row.index(anchor)]
    return [*after, *(w for w in fitting[0] if w is not own)]


def _shared_before(anchor: Anchor, line: Line) -> list[Word]:
    """The words that a row before the number has shared out, member by member: none of them is said of it."""
    words: list[Word] = []
    for first in [a for a in line.anchors if a.end <= anchor.start]:
        row = row_of(first, line)
        if row[0] is first and len(row) > 1 and anchor not in row:
            fitting = [one for one in _lists(line, first.start) if len(one) == len(row)]
            words += fitting[0] if len(fitting) == 1 else []
    return words


def by_header(
    anchor: Anchor, line: Line, regions: Sequence[Region], figures: Figures
) -> Iterator[tuple[BlockReading, Word]]:
    """The words that a row of a lost table takes from the line that heads it: 地区 男 女 above 泉州市 30年 25年."""
    alike = [a for a in line.anchors if a.unit == anchor.unit]
    for region in regions:
        if len(alike) < 2 or region.reach != "row" or region.reading.block.kind != "paragraph":
            continue
        named: dict[str, list[Word]] = {}
        for w in words(region.reading, region.start, region.end, figures):
            if w.members:
                named.setdefault(dimension_of(w), []).append(w)
        for row in named.values():
            if len(row) == len(alike) == len({w.members for w in row}):
                yield region.reading, row[alike.index(anchor)]


def _lists(line: Line, before: int) -> list[list[Word]]:
    """The last list of each dimension that ends before the row, with no number between."""
    text = line.reading.folded.chars
    start = max((a.end for a in line.anchors if a.end <= before), default=line.sentence.start)
    found: dict[str, list[Word]] = {}
    for w in line.words:
        if not start <= w.start or w.end > before or not w.members:
            continue
        name = dimension_of(w)
        one = found.get(name)
        between = text[one[-1].end : w.start] if one else ""
        if one and len(between) <= 2 and (not between or JOINED.fullmatch(between)):
            one.append(w)
        else:
            found[name] = [w]
    return [one for one in found.values() if len(one) > 1]
