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
from claims.matching import Match, anchor_of
from claims.reading import BlockReading, Unit
from claims.things import Thing

_BEGINS = 6
"""How far after the beginning of a clause its topic may begin (characters): 中国的塔里木河, 其中昌都市."""

_JOINS = re.compile(r"[、和与及]|以及")
_RELATIVE = re.compile(r"的")


def about(unit: Unit, match: Match, kinds: Sequence[str], reading: PartReading) -> tuple[str, ...]:
    """The names of the things of some kinds that a claim is about: one, several where the pattern takes each of a list,
    none where it does not show."""
    how = match.pattern.about
    own = _of(unit.reading, kinds, unit.head.start, unit.head.end)
    anchor = anchor_of(unit, match.hits)
    if how.side == "after":
        start = anchor.end if anchor is not None else unit.head.start
        return _names(_of(unit.reading, kinds, start, unit.sentence.end), how)
    before = [t for t in own if anchor is None or t.end <= anchor.start]
    if before:
        return _names(before, how) if how.each else _last(unit, before)
    if anchor is not None and (behind := _behind(unit, own, anchor.end, how.side == "around")):
        return (behind.name,)
    return _above(unit, kinds, reading)


def _of(block: BlockReading, kinds: Iterable[str], start: int = 0, end: int = 1 << 30) -> list[Thing]:
    return [t for t in block.things if t.kind in kinds and start <= t.start and t.end <= end]


def _names(things: Sequence[Thing], how: About) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(t.name for t in things))
    return found if how.each or len(found) == 1 else ()


def _last(unit: Unit, before: Sequence[Thing]) -> tuple[str, ...]:
    """The nearest one before; none where it is the end of a list (长江和黄河的长度)."""
    text, last = unit.reading.folded.chars, before[-1]
    for t in before[:-1]:
        if t.name != last.name and _JOINS.fullmatch(text[t.end : last.start]):
            return ()
    return (last.name,)


def _behind(unit: Unit, things: Sequence[Thing], end: int, around: bool) -> Thing | None:
    """全长2179公里的塔里木河: the one that the words are an attribute of; with `around` also 最长的内陆河|塔里木河."""
    text = unit.reading.folded.chars
    later = [t for t in things if t.start >= end]
    if later and ((around and later[0].start == end) or _RELATIVE.search(text[end : later[0].start])):
        return later[0]
    return None


def _above(unit: Unit, kinds: Sequence[str], reading: PartReading) -> tuple[str, ...]:
    block = unit.reading
    spans = [s.sentence for s in block.spans if s.sentence.start <= unit.head.start]
    for sentence in reversed(spans):
        for clause in reversed(sentence.clauses):
            if clause.start >= unit.head.start:
                continue
            first = next(iter(_of(block, kinds, clause.start, clause.end)), None)
            if first is not None and first.start - clause.start <= _BEGINS:
                return (first.name,)
    for i in _lenders(block, reading):
        named = {t.name for t in _of(reading.blocks[i], kinds)}
        if named:
            return tuple(named) if len(named) == 1 else ()
    known = {t.name for t in reading.lent if t.kind in kinds}
    return tuple(known) if len(known) == 1 else ()


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
