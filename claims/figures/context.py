"""What stands round a block and lends it words: title, headings, stems, table headers; furthest first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

import msgspec

from claims.article import Part
from claims.figures.facets import Entries, dimension_of
from claims.figures.marks import Stretch, Word, aside, words
from claims.figures.rules import Figures, Reach
from claims.figures.tables import header_line
from claims.language.spans import inside
from claims.reading import BlockReading, is_question

_GREETING = 12
_LABEL = 20
"""A longer cell is no label (folded characters)."""
_SEE_BELOW = re.compile(r"(?:见|如|看)(?:下|后|附|上)?(?:表|图)|如下|:$")
_ANNOUNCED = 8
"""So many paragraphs may follow one that announces them."""
_ANNOUNCES = re.compile(r"(?:如下|以下[几两三四五六]?[点项类种条个]?|下面)[。:]$|如下所[示列][。:]$")
_LONGEST_STEM = 60
"""Of a longer paragraph only the last sentence before the list introduces it (folded characters)."""


class Region(Stretch, frozen=True):
    """What of a block lends its words; `reach` says how far away it counts as."""

    reach: Reach

    @property
    def concepts(self) -> set[str]:
        return {h.concept for h in self.hits}


class Blocks(msgspec.Struct, frozen=True, dict=True):
    """The blocks of a part, and what is asked of all of them."""

    readings: Sequence[BlockReading]

    @cached_property
    def lead(self) -> BlockReading | None:
        """The first paragraph that is no greeting."""
        paragraphs = (r for r in self.readings if r.block.kind == "paragraph" and r.spans)
        return next((r for r in paragraphs if len(r.folded.chars) > _GREETING), None)

    @cached_property
    def first(self) -> Mapping[str, int]:
        """The number of the first block that says a concept."""
        return {h.concept: r.index for r in reversed(self.readings) for h in r.hits}

    @cached_property
    def lists(self) -> Sequence[int | None]:
        """For each block the outermost of the lists that it lies in: what the outer items name (普通门诊, “两病”用药)
        tells apart what stands below them."""
        found: list[int | None] = []
        for r in self.readings:
            above = None if r.block.list_id is None or r.block.stem is None else found[r.block.stem]
            found.append(r.block.list_id if above is None else above)
        return found

    @cached_property
    def spans(self) -> Mapping[tuple[str, int], tuple[int, int]]:
        """The source spans of its tables, its outermost lists and the part, first to last block that holds text."""
        found: dict[tuple[str, int], tuple[int, int]] = {}
        for r in self.readings:
            cell, outermost, text = r.block.cell, self.lists[r.index], r.block.text
            groups = [("part", 0)]
            groups += [] if cell is None else [("table", cell.table)]
            groups += [] if outermost is None else [("list", outermost)]
            for group in groups if text.chars else ():
                start, end = found.get(group, (text.starts[0], text.ends[-1]))
                found[group] = min(start, text.starts[0]), max(end, text.ends[-1])
        return found

    @cached_property
    def runs(self) -> Sequence[int]:
        """For each block the first of those of its table that stand without a break before it; else itself."""
        found: list[int] = []
        for r in self.readings:
            before = self.readings[r.index - 1].block.cell if r.index else None
            same = before is not None and r.block.cell is not None and before.table == r.block.cell.table
            found.append(found[-1] if same else r.index)
        return found

    @cached_property
    def corners(self) -> Mapping[int, BlockReading]:
        """The header in a table's first corner, by table."""
        cells = ((r.block.cell, r) for r in reversed(self.readings))
        return {c.table: r for c, r in cells if c is not None and c.is_header and (c.row, c.column) == (0, 0)}


class Around(msgspec.Struct, frozen=True, dict=True):
    """What stands round the sentences of a block: the `regions` that lend words to it, furthest first, what they lend,
    and all the blocks of its part."""

    figures: Figures
    blocks: Blocks
    regions: Sequence[Region]
    lent: Entries

    @cached_property
    def is_apart(self) -> bool:
        """Whether the heading is of something else (王牌二:惠民保) and does not say that it is not."""
        heading = next((r for r in reversed(self.regions) if r.reach == "heading"), None)
        named = heading.concepts if heading is not None else set()
        return not self.figures.apart.isdisjoint(named) and self.figures.members.keys().isdisjoint(named)

    @cached_property
    def said(self) -> frozenset[str]:
        """All concepts of the regions and the first paragraph."""
        lead = () if self.blocks.lead is None else self.blocks.lead.hits
        return frozenset(h.concept for hits in (lead, *(r.hits for r in self.regions)) for h in hits)

    @cached_property
    def conditions(self) -> frozenset[str]:
        """Concepts of a condition that the regions say; the title's are those of a grade only."""
        counted = ((self.figures.grades if r.reach == "title" else self.figures.banded, r) for r in self.regions)
        return frozenset(c for those, r in counted for c in r.concepts & those)


def lending(reading: BlockReading, reach: Reach) -> Region:
    """A block that lends all its words."""
    return Region(reading, 0, len(reading.folded.chars), reading.hits, reach)


def lent_words(region: Region, figures: Figures) -> list[Word]:
    """The facet words of a region, but for those that a bracket says of a figure of its own."""
    reading = region.reading
    apart = aside(reading.folded.chars, region.start, region.end, reading.quantities)
    found = words(region, figures)
    return [w for w in found if not any(a <= w.start < b for a, b in apart)]


def unite(entries: Entries, labels: Sequence[Region], figures: Figures) -> None:
    """What the labels of the rows say that one cell covers, together: 二级医院 and 三级医院 beside one 200元."""
    told: dict[tuple[int, str], dict[str, None]] = {}
    for region in labels:
        cell = region.reading.block.cell
        for w in lent_words(region, figures):
            if cell is not None and w.members and not w.members[0].startswith("!"):
                told.setdefault((cell.column, dimension_of(w)), {}).update(dict.fromkeys(w.members))
    for (_, name), members in told.items():
        e = entries.get(name)
        if e is not None and set(e.members) < set(members):
            entries[name] = msgspec.structs.replace(e, members=tuple(members))


def regions_of(
    reading: BlockReading, blocks: Blocks, part: Part, lost: Mapping[int, tuple[int, ...]],
    sections: Sequence[tuple[BlockReading, int]], figures: Figures,
) -> list[Region]:  # fmt: skip
    """All that lends words to a block, furthest first: title, headings, lists' stems, table headers. `lost` are the
    headers of cells whose table is lost, `sections` the labels of the numbered sections that it lies in."""
    block, readings = reading.block, blocks.readings
    found: list[Region] = []
    if part.title is not None and part.title != reading.index:
        found.append(lending(readings[part.title], "title"))
    found += [lending(readings[i], "heading") for i in block.headings if i != part.title]
    found += [Region(r, 0, end, inside(r.hits, 0, end), "heading") for r, end in sections]
    found += _stems(reading, readings, figures)
    asked = _asked_before(reading, readings)
    if asked is not None:
        found.append(asked)
    if block.kind == "paragraph":
        found += _announced(reading, readings, figures)
        found += _lost_table(reading, readings, lost)
    if block.cell is not None:
        caption = _caption(reading, blocks, figures)
        if caption is not None:
            found.append(caption)
        found += _corner(reading, blocks)
        found += [lending(readings[i], "row") for i in block.cell.column_headers]
        found += [lending(readings[i], "row") for i in block.cell.row_headers]
        found += [lending(r, "row") for r in _labels(reading, readings, figures.fixed)]
    return found


def _labels(reading: BlockReading, readings: Sequence[BlockReading], fixed: frozenset[str]) -> list[BlockReading]:
    """The cells left of one that name what it is about, though they are no headers: 住院 | 三级医院 | 800元. Not those
    that say figures of their own, in numbers or words."""
    cell = reading.block.cell
    assert cell is not None
    found: list[BlockReading] = []
    for left in reversed(readings[: reading.index]) if cell.rows == 1 else ():
        c = left.block.cell
        if c is None or (c.table, c.row) != (cell.table, cell.row):
            break
        figures = left.quantities or left.dates or any(h.concept in fixed for h in left.hits)
        if left.index not in cell.row_headers and not figures and len(left.folded.chars) <= _LABEL:
            found.append(left)
    return found[::-1]


def _stems(reading: BlockReading, readings: Sequence[BlockReading], figures: Figures) -> list[Region]:
    """The stems of a list item, outermost first: of its own list and of the items that it lies in."""
    found: list[Region] = []
    at, seen = reading.block.stem, set(reading.block.headings)
    while at is not None and at not in seen:
        seen.add(at)
        stem = readings[at]
        if _finished(stem, figures):
            break
        found.append(_introducing(stem, figures))
        at = stem.block.stem
    return found[::-1]


def _finished(stem: BlockReading, figures: Figures) -> bool:
    """A paragraph that introduces nothing: it has said its own figures (or is a row of a lost table), or is a whole
    statement that neither announces anything nor says what figures are of (老年人可以请家人陪同。)."""
    text = stem.folded.chars
    if stem.block.kind != "paragraph" or text.endswith(":"):
        return False
    whole_statement = text.endswith(("。", "!")) and not _ANNOUNCES.search(text)
    return bool(stem.quantities) or (whole_statement and not any(h.concept in figures.cues for h in stem.hits))


def _introducing(stem: BlockReading, figures: Figures) -> Region:
    """A stem is only its last sentence, where it is long, or has said figures before that and says in it what further
    ones are of: else what it says of other things leaks into every item."""
    if not stem.spans or stem.block.kind != "paragraph":
        return lending(stem, "stem")
    end, last = len(stem.folded.chars), stem.spans[-1].sentence.start
    said = inside(stem.hits, last, end)
    told = bool(inside(stem.quantities, 0, last)) and any(
        h.concept in figures.members or h.concept in figures.cues for h in said
    )
    return Region(stem, last, end, said, "stem") if end > _LONGEST_STEM or told else lending(stem, "stem")


def _lost_table(
    reading: BlockReading, readings: Sequence[BlockReading], lost: Mapping[int, tuple[int, ...]]
) -> list[Region]:
    if reading.index in lost:
        return [lending(readings[i], "row") for i in lost[reading.index]]
    above = header_line(reading, readings)
    return [] if above is None else [lending(above, "row")]


def _corner(reading: BlockReading, blocks: Blocks) -> list[Region]:
    """The header in a table's first corner, which may say what all of it is of (住院)."""
    assert reading.block.cell is not None
    corner = blocks.corners.get(reading.block.cell.table)
    return [lending(corner, "stem")] if corner is not None and corner.index < reading.index else []


def _asked_before(reading: BlockReading, readings: Sequence[BlockReading]) -> Region | None:
    """The question in a paragraph of its own that the block answers."""
    before = readings[reading.index - 1] if reading.index else None
    if before is None or before.block.kind not in ("paragraph", "term") or reading.block.kind == "cell":
        return None
    asks = before.spans and is_question(before.spans[-1], before.folded.chars)
    return lending(before, "stem") if asks else None


def _announced(reading: BlockReading, readings: Sequence[BlockReading], figures: Figures) -> list[Region]:
    """The paragraph that announces it and those round it: 住院待遇如下。"""
    for above in reversed(readings[max(0, reading.index - _ANNOUNCED) : reading.index]):
        if above.block.kind != "paragraph" or above.block.headings != reading.block.headings:
            return []
        if _ANNOUNCES.search(above.folded.chars):
            return [_introducing(above, figures)]
    return []


def _caption(reading: BlockReading, blocks: Blocks, figures: Figures) -> Region | None:
    """The paragraph right above a table that introduces it."""
    first = blocks.runs[reading.index]
    above = blocks.readings[first - 1] if first else None
    if above is None or above.block.headings != reading.block.headings:
        return None
    if above.block.kind == "list_item":
        # - 住院:见下表
        return lending(above, "stem") if _SEE_BELOW.search(above.folded.chars) else None
    return _introducing(above, figures) if above.block.kind == "paragraph" else None
