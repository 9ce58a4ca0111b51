"""Classes that a list puts things in (一类区:…; 二档:…), and lists of bands (0-1万元, 1-2万元, …)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from audit.linters.later import later
from audit.linters.page import Page, Piece
from claims.language.places import PlaceHit
from claims.language.quantities import Quantity
from claims.reading import BlockReading

LABEL = r"(?:第?[一二三四五六七八1-8]类|[甲乙丙丁a-d]类|[一二三四五1-5]档|[一二三]级|第?[一二三1-3]批)"
_LABEL = later(rf"(?P<label>{LABEL})[^,。;:、\d]{{0,6}}?(?::|—+|(?:主要)?(?:包括|包含)|地区有|区有)")
_PARTLY = later(r"部分|个别|少数|局部|除外|以外|一些")
_ITEM_CUT = later(r"[、,;和及与或]|以及|包括|主要有|等|有|如")
INFINITE = Decimal("1e18")


class Entry(msgspec.Struct, frozen=True):
    """What a list puts in a class: `[start, end)` of a block, after the label."""

    label: str
    block: BlockReading
    start: int
    end: int

    @property
    def piece(self) -> Piece:
        return self.block, self.start, self.end

    def places(self) -> Iterator[PlaceHit]:
        """The places named in it, those left out of which only a part is meant."""
        text = self.block.folded.chars
        for place in self.block.places:
            if self.start <= place.start and place.end <= self.end:
                clause = _cut(text, place.end, self.end)
                if not _PARTLY.search(text[max(self.start, place.start - 4) : clause]):
                    yield place

    @property
    def is_list(self) -> bool:
        """Things and nothing else."""
        words = self.block.folded.chars[self.start : self.end]
        return "、" in words and not re.search(r"[,;。\d]|可|不|为|是", words)

    def items(self) -> set[str]:
        """The things named in it, as words between 、 and their like."""
        return {i for i in _ITEM_CUT.split(self.block.folded.chars[self.start : self.end]) if 2 <= len(i) <= 12}


def label_of(words: str) -> str:
    """一类 for 第一类, 1类."""
    return words.removeprefix("第").translate(str.maketrans("12345678", "一二三四五六七八"))


def _cut(text: str, start: int, end: int) -> int:
    found = [i for i in (text.find(c, start, end) for c in ",;。") if i >= 0]
    return min(found, default=end)


def entries(page: Page) -> list[Entry]:
    """Everything that a part lists by class: label, colon, things; or a table's row under its label."""
    found: list[Entry] = []
    for block in page.blocks:
        cell = block.block.cell
        if cell is not None:
            labels = [re.match(LABEL, page.blocks[i].folded.chars) for i in cell.row_headers]
            if any(labels) and block.folded.chars and not cell.is_header:
                label = next(m[0] for m in labels if m)
                found.append(Entry(label_of(label), block, 0, len(block.folded.chars)))
            continue
        text = block.folded.chars
        marks = [m for m in _LABEL.finditer(text) if m.start() == 0 or text[m.start() - 1] in "。;,:!?)、" or
                 m.start() in block.folded.gaps]  # fmt: skip
        for n, m in enumerate(marks):
            end = marks[n + 1].start() if n + 1 < len(marks) else len(text)
            stop = text.find("。", m.end(), end)
            end = stop if stop >= 0 else end
            while end > m.end() and text[end - 1] in ";。,":
                end -= 1
            if end > m.end():
                found.append(Entry(label_of(m["label"]), block, m.end(), end))
    return found


class Band(msgspec.Struct, frozen=True):
    """A range that a row of a list is for."""

    low: Decimal
    high: Decimal
    piece: Piece

    @property
    def closed(self) -> bool:
        return self.low > -INFINITE and self.high < INFINITE


def bands(rows: Sequence[tuple[BlockReading, int, int]]) -> list[Band]:
    """The ranges of the rows, of one unit, each near its row's beginning; none where a row has none."""
    inside = [[q for q in b.quantities if start <= q.start and q.end <= end] for b, start, end in rows]
    if not inside or not inside[0]:
        return []
    for unit in dict.fromkeys(q.unit for q in inside[0] if q.unit != "piece"):
        found: list[Band] = []
        for (block, start, _), quantities in zip(rows, inside, strict=True):
            q = next((q for q in quantities if q.unit == unit), None)
            band = _band(q) if q is not None and q.start - start <= 14 else None
            if q is None or band is None:
                break
            found.append(Band(*band, (block, max(start, q.whole_start), q.whole_end)))
        if len(found) == len(rows):
            return found
    return []


def _band(q: Quantity) -> tuple[Decimal, Decimal] | None:
    if q.low < q.high:
        return (q.low, q.high) if q.bound is None else None
    if q.bound == "max":
        return -INFINITE, q.high
    if q.bound == "min":
        return q.low, INFINITE
    return None
