"""What thing a claim is about: the river whose length is told, the city that has so many counties.

The thing named before the words that the claim rests on, in their clause; else the one that the sentence, or one
before it, begins with (塔里木河由叶尔羌河等汇合而成,全长2179公里); else the one that the table's row, the list's stem,
a heading or the title names. Where two could be meant it is none, and the claim is not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from claims.context import PartReading
from claims.domain import About
from claims.figures.figure import Figure
from claims.language.clauses import Clause
from claims.matching import Match
from claims.reading import BlockReading, Unit
from claims.things import Thing
from claims.valuing import anchor_of, clause_of

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
    words = (anchor.start, anchor.end) if anchor is not None else (home.start, home.start)
    if how.side == "after":
        return _names(_of(unit.reading, kinds, words[1], unit.sentence.end), how)
    number = max((h.end for h in match.hits if h.concept.startswith("n.") and h.end <= home.end), default=-1)
    place = _Words(unit.reading, home, words if anchor is not None else None, number, how.side == "around")
    if how.each:
        before = [t for t in _of(unit.reading, kinds, home.start, home.end) if anchor is None or t.start < words[0]]
        if before:
            return _names(before, how)
    return _one(place, kinds, reading)


def figure_about(figure: Figure, kinds: Sequence[str], reading: PartReading) -> tuple[str, ...]:
    """The name of the thing that a figure is about; none where it does not show."""
    start, end = figure.number
    home = next(c for s in figure.reading.spans for c in s.sentence.clauses if c.start <= start < c.end)
    called = figure.bound
    words = figure.number
    if called is not None and called.reading is figure.reading and home.start <= called.cue.start < start:
        words = (called.cue.start, called.cue.end)
    return _one(_Words(figure.reading, home, words, end, False), kinds, reading)


class _Words(msgspec.Struct, frozen=True):
    """The words that a claim rests on: `anchor` in the clause `home` of a block, None where they stand elsewhere, and
    where its number ends (-1: none). `around`: the thing may follow at once."""

    block: BlockReading
    home: Clause
    anchor: tuple[int, int] | None
    number: int
    around: bool


def _one(words: _Words, kinds: Sequence[str], reading: PartReading) -> tuple[str, ...]:
    """The one thing that is spoken of: before the words, behind them as what they are an attribute of, or above."""
    block, home, anchor = words.block, words.home, words.anchor
    text = block.folded.chars
    own = [
        t for t in _of(block, kinds, home.start, home.end)
        if not _ALONG.search(text[max(home.start, t.start - 2) : t.start])
    ]  # fmt: skip
    if words.number > (anchor[1] if anchor is not None else home.start) and _ATTRIBUTE.match(text, words.number):
        # 海拔5000米的垭口: said of what follows, and of nothing else.
        behind = _behind(block, own, words.number, False)
        return () if behind is None else (behind.name,)
    before = [t for t in own if anchor is None or t.start < anchor[0]]
    if before:
        # 长江和黄河的长度: the end of a list is not meant alone.
        return () if _listed(block, before[-2:]) else (before[-1].name,)
    if anchor is not None and (behind := _behind(block, own, anchor[1], words.around)):
        return (behind.name,)
    return _above(block, home.start, kinds, reading)


def _of(block: BlockReading, kinds: Iterable[str], start: int = 0, end: int = 1 << 30) -> list[Thing]:
    return [t for t in block.things if t.kind in kinds and start <= t.start and t.end <= end]


def _names(things: Sequence[Thing], how: About) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(t.name for t in things))
    return found if how.each or len(found) == 1 else ()


def _listed(block: BlockReading, things: Sequence[Thing]) -> bool:
    """Whether the first two of some things are joined as a list."""
    if len(things) < 2 or things[0].name == things[1].name:
        return False
    return _JOINS.fullmatch(block.folded.chars[things[0].end : things[1].start]) is not None


def _behind(block: BlockReading, things: Sequence[Thing], end: int, around: bool) -> Thing | None:
    """全长2179公里的塔里木河: the one that the words are an attribute of; with `around` also 最长的内陆河|塔里木河."""
    text = block.folded.chars
    later = [t for t in things if t.start >= end]
    if later and ((around and later[0].start == end) or _RELATIVE.search(text[end : later[0].start])):
        return later[0]
    return None


def _above(block: BlockReading, start: int, kinds: Sequence[str], reading: PartReading) -> tuple[str, ...]:
    """What the clauses before `start` begin with, else what stands above."""
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
