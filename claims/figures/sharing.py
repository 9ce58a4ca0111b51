"""Words that a row of numbers shares out: 一级、二级、三级医院的报销比例分别为85%、75%、60%."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from claims.figures.facets import JOINED, dimension_of
from claims.figures.marks import Anchor, Word, whole, words
from claims.figures.rules import Figures
from claims.reading import BlockReading


def shared_out(
    told: Sequence[Word], numbers: Sequence[Anchor], rows: Iterable[Sequence[Anchor]], text: str
) -> dict[Word, Anchor]:
    """The number that a word is of, for the words of each list that has as many as the row of numbers after it: no
    other number takes them. Where two lists before a row fit, neither is shared out."""
    found: dict[Word, Anchor] = {}
    for row in rows:
        if len(row) < 2:
            continue
        fitting = [one for one in _lists(told, numbers, row[0], text) if len(one) == len(row)]
        if len(fitting) == 1 and len({w.members for w in fitting[0]}) == len(row):
            found |= zip(fitting[0], row, strict=True)
    return found


def _lists(told: Sequence[Word], numbers: Sequence[Anchor], first: Anchor, text: str) -> list[list[Word]]:
    """The last list of each dimension that ends before a row, with no number between."""
    i = bisect_left(numbers, first.start, key=lambda a: a.start)
    start = max((a.end for a in numbers[max(0, i - 3) : i] if a.end <= first.start), default=0)
    found: dict[str, list[Word]] = {}
    for w in told[bisect_left(told, start, key=lambda w: w.start) :]:
        if w.start >= first.start:
            break
        if w.end > first.start or not w.members:
            continue
        name = dimension_of(w)
        one = found.get(name)
        between = text[one[-1].end : w.start] if one else ""
        if one and len(between) <= 2 and (not between or JOINED.fullmatch(between)):
            one.append(w)
        else:
            found[name] = [w]
    return [one for one in found.values() if len(one) > 1]


def headings_of(headers: Iterable[BlockReading], figures: Figures) -> list[tuple[BlockReading, Sequence[Word]]]:
    """The words of a line that heads a lost table, by dimension: 地区 男 女 above 泉州市 30年 25年."""
    found: list[tuple[BlockReading, Sequence[Word]]] = []
    for header in headers:
        if header.block.kind != "paragraph":
            continue
        named: dict[str, list[Word]] = {}
        for w in words(whole(header), figures):
            if w.members:
                named.setdefault(dimension_of(w), []).append(w)
        found += ((header, row) for row in named.values() if len(row) == len({w.members for w in row}) > 1)
    return found
