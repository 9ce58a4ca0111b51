"""What thing a claim is about: the river whose length is told, the city that has so many counties.

The thing named before the words that the claim rests on, in their clause; else the one that the sentence, or one
before it, begins with (塔里木河由叶尔羌河等汇合而成,全长2179公里); else the one that the table's row, the list's stem,
a heading or the title names. Where two could be meant it is none, and the claim is not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from claims.context import PartReading
from claims.domain import About
from claims.matching import Match, anchor_of, clause_of
from claims.reading import BlockReading, Unit
from claims.things import Thing

_OPENING = re.compile(
    r"(?:其中|其实|实际上|事实上|不过|然而|只是|所以|因此|而|但|但是|目前|现在|如今|例如|比如|答案是|[就正]是|[这那它]就是|"
    r".{1,5}的)?"
)
"""What may stand before the thing that a clause speaks of."""

_JOINS = re.compile(r"[、和与及]|以及")
_RELATIVE = re.compile(r"的")
_ATTRIBUTE = re.compile(r"(?:以上|以下|左右|上下|多)?的")
_ALONG = re.compile(r"(?:从|自|由|距|距离|离|至|到|入|比|较|经|经过|向|往|沿|沿着|跨|过|穿|流过|除|除了)$")
"""Before a thing: it is where something begins, goes or is compared, and not what is spoken of."""


def about(unit: Unit, match: Match, kinds: Sequence[str], reading: PartReading) -> tuple[str, ...]:
    """The names of the things of some kinds that a claim is about: one, several where the pattern takes each of a list,
    none where it does not show."""
    how = match.pattern.about
    anchor = anchor_of(unit, match.hits)
    home = clause_of(unit, anchor)
    text = unit.reading.folded.chars
    if how.side == "after":
        start = anchor.end if anchor is not None else home.start
        return _names(_of(unit.reading, kinds, start, unit.sentence.end), how)
    own = [
        t for t in _of(unit.reading, kinds, home.start, home.end)
        if how.each or not _ALONG.search(text[max(home.start, t.start - 2) : t.start])
    ]  # fmt: skip
    last = max((h.end for h in match.hits if h.concept.startswith("n.") and h.end <= home.end), default=-1)
    if last > (anchor.end if anchor is not None else home.start) and _ATTRIBUTE.match(text, last):
        # 海拔5000米的垭口: said of what follows, and of nothing else.
        behind = _behind(unit, own, last, False)
        return () if behind is None else (behind.name,)
    before = [t for t in own if anchor is None or t.start < anchor.start]
    if before:
        return _names(before, how) if how.each else _last(unit, before)
    if anchor is not None and (behind := _behind(unit, own, anchor.end, how.side == "around")):
        return (behind.name,)
    return _above(unit, home.start, kinds, reading)


def _of(block: BlockReading, kinds: Iterable[str], start: int = 0, end: int = 1 << 30) -> list[Thing]:
    return [t for t in block.things if t.kind in kinds and start <= t.start and t.end <= end]


def _names(things: Sequence[Thing], how: About) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(t.name for t in things))
    return found if how.each or len(found) == 1 else ()


def _last(unit: Unit, before: Sequence[Thing]) -> tuple[str, ...]:
    """The nearest one before; none where it is the end of a list (长江和黄河的长度)."""
    return () if _listed(unit.reading, before[-2:]) else (before[-1].name,)


def _listed(block: BlockReading, things: Sequence[Thing]) -> bool:
    """Whether the first two of some things are joined as a list."""
    if len(things) < 2 or things[0].name == things[1].name:
        return False
    return _JOINS.fullmatch(block.folded.chars[things[0].end : things[1].start]) is not None


def _behind(unit: Unit, things: Sequence[Thing], end: int, around: bool) -> Thing | None:
    """全长2179公里的塔里木河: the one that the words are an attribute of; with `around` also 最长的内陆河|塔里木河."""
    text = unit.reading.folded.chars
    later = [t for t in things if t.start >= end]
    if later and ((around and later[0].start == end) or _RELATIVE.search(text[end : later[0].start])):
        return later[0]
    return None


def _above(unit: Unit, start: int, kinds: Sequence[str], reading: PartReading) -> tuple[str, ...]:
    """What the clauses before `start` begin with, else what stands above."""
    block = unit.reading
    spans = [s.sentence for s in block.spans if s.sentence.start <= start]
    for sentence in reversed(spans):
        for clause in reversed(sentence.clauses):
            if clause.start >= start:
                continue
            things = _of(block, kinds, clause.start, clause.end)
            if things and _opens(block, clause.start, things[0]):
                return () if _listed(block, things) else (things[0].name,)
    for i in _lenders(block, reading):
        named = {t.name for t in _of(reading.blocks[i], kinds)}
        if named:
            return tuple(named) if len(named) == 1 else ()
    known = {t.name for t in reading.lent if t.kind in kinds}
    return tuple(known) if len(known) == 1 else ()


def _opens(block: BlockReading, start: int, thing: Thing) -> bool:
    """Whether a clause begins with a thing, so that it is what it speaks of."""
    before = block.folded.chars[start : thing.start]
    placed = any(p.start == start and p.end == thing.start for p in block.places)
    return placed or (_OPENING.fullmatch(before) is not None and not _ALONG.search(before))


def _lenders(block: BlockReading, reading: PartReading) -> list[int]:
    """The blocks that lend a thing, nearest first: row and column headers, stems, headings, the title."""
    found: list[int] = []
    cell = block.block.cell
    if cell is not None:
        found += [*reversed(cell.row_headers), *reversed(cell.column_headers)]
    at = block.block.stem
    while at is not None and at not in found:
        found.append(at)
        at = reading.blocks[at].block.stem
    found += reversed(block.block.headings)
    if reading.part.title is not None:
        found.append(reading.part.title)
    return [i for i in dict.fromkeys(found) if i != block.index]
