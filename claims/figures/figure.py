"""Figures as they are found: what makes one up, which words of the text carry it, which say one twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from claims.figures.binding import Bound
from claims.figures.context import Blocks
from claims.figures.facets import Entries, Entry, scope_for
from claims.figures.line import Line
from claims.figures.marks import Anchor
from claims.figures.rules import Rule
from claims.language.clauses import Clause
from claims.model import Hedge, Measure
from claims.reading import BlockReading

_AROUND = 60
_LONGEST = 100


class Found(msgspec.Struct, frozen=True):
    """A number of a sentence, in a clause of it, with the rule that it answers to, the cue that called it, and all that
    is said of it."""

    anchor: Anchor
    clause: Clause
    called: Bound | None
    rule: Rule
    entries: Entries


def said_of(f: Found) -> dict[str, tuple[str, ...]]:
    """What is said of a number on the facets of its rule, by dimension."""
    return {name: e.members for name, e in scope_for(f.rule, f.entries).items()}


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure in its place: `[start, end)` of the block's folded text is what carries it."""

    rule: Rule
    value: Measure
    entries: Mapping[str, Entry]
    bound: Bound | None
    quantifier: str
    hedged: Hedge | None
    reading: BlockReading
    blocks: Blocks
    "Those of its part."
    sentence: tuple[int, int]
    start: int
    end: int
    number: tuple[int, int]
    "The folded span of the number itself."
    answer: bool = False
    against: tuple[int, int] | None = None
    "The folded span within which the text sets it against something more general (但个别市州…), or None."


def extent(line: Line, found: Sequence[Found], i: int) -> tuple[int, int]:
    """What carries the figure: from its cue, or the beginning of its clause, to its end."""
    anchor, called = found[i].anchor, found[i].called
    start = max([found[i].clause.start, *(f.anchor.end for f in found[:i] if f.anchor.end <= anchor.start)])
    text = line.reading.folded.chars
    while start < anchor.start and text[start] in "、,;:()和及,/":
        start += 1
    end = anchor.end
    if called is not None and called.reading is line.reading and called.reach in ("clause", "sentence"):
        if called.cue.end <= anchor.start and anchor.end - called.cue.start <= _AROUND:
            start = min(start, called.cue.start)
        elif text.startswith("(", anchor.end) and called.cue.start > anchor.end:
            start = anchor.start
        end = max(end, called.cue.end)
    if end - start > _LONGEST:
        start = max(start, anchor.start - _LONGEST // 2)
        end = min(end, start + _LONGEST)
    return start, end


def once(found: Sequence[Figure]) -> list[Figure]:
    """A bare answer and the sentence after it that says the same are one figure (section 7, 22); so is what a sentence
    says twice."""
    kept: list[Figure] = []
    for f in found:
        twin = next((k for k in reversed(kept[-6:]) if _said_before(k, f)), None)
        if twin is None:
            kept.append(f)
        elif twin.answer:
            kept[kept.index(twin)] = f
    return kept


def _said_before(a: Figure, b: Figure) -> bool:
    if a.reading is not b.reading or a.rule.topic != b.rule.topic:
        return False
    if a.answer and a.value.low == a.value.high and a.value.low in (b.value.low, b.value.high):
        # 670元。2024年…不低于670元: the sentence says of the answer whether it is a limit.
        return True
    if a.value != b.value:
        return False
    if a.answer:
        return True
    return a.sentence == b.sentence and {e.members for e in a.entries.values()} == {
        e.members for e in b.entries.values()
    }
