"""Which rule a number answers to: the one whose cue stands nearest, of those that take its unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from claims.figures.context import Region
from claims.figures.marks import Anchor, Word, cues
from claims.figures.rules import REACHES, Figures, Rule
from claims.language.clauses import Clause, Sentence
from claims.language.lexicon import Hit
from claims.reading import BlockReading

_SAME_CLAUSE = 22
_SENTENCE = 16
_LABELLED = 12
_LIGHT = re.compile(
    r"[的为是按达到有约也均都各则可能即就只仅要需须共计个每人年各分别近将由给以付交缴报销支付标准比例一律统一左右元%、,:;()/·\-—。和及与或"
    r"起在到从对于收费用政策范围内部分以上以下基金医保参保员群众]"
)
"""Characters of little weight between a cue and its number."""


class Bound(msgspec.Struct, frozen=True):
    """A rule with the cue it rests on: `cue` inside `reading`, `reach` away."""

    rule: Rule
    cue: Hit
    reading: BlockReading
    reach: str


class Line(msgspec.Struct, frozen=True):
    """The sentence that is read, with all its marks."""

    reading: BlockReading
    sentence: Sentence
    anchors: Sequence[Anchor]
    words: Sequence[Word]
    cues: Sequence[Hit]


def weight(line: Line, start: int, end: int) -> int:
    """How much stands in `[start, end)` beside facet words, numbers and light words (characters)."""
    text = line.reading.folded.chars
    covered = [False] * max(0, end - start)
    marks = [(w.start, w.end) for w in line.words] + [(a.start, a.end) for a in line.anchors]
    marks += [(c.start, c.end) for c in line.cues]
    for a, b in marks:
        for i in range(max(a, start), min(b, end)):
            covered[i - start] = True
    return sum(1 for i in range(start, end) if not covered[i - start] and not _LIGHT.match(text[i]))


def clause_of(sentence: Sentence, at: int) -> Clause:
    for c in sentence.clauses:
        if at < c.end:
            return c
    return sentence.clauses[-1]


def bind(
    anchor: Anchor, line: Line, regions: Sequence[Region], carried: Sequence[Bound], figures: Figures,
    by_unit: Mapping[str, Sequence[Rule]], taken: Mapping[Hit, Anchor],
) -> Bound | None:  # fmt: skip
    """The rule of a number, or None. `regions` lend their words, furthest first; `carried` are what the sentence
    before was bound to; `taken` tells which number of this sentence each cue has called last."""
    rules = by_unit.get(anchor.unit, ())
    if not rules:
        return None
    here = _in_sentence(anchor, line, rules, taken)
    if here is not None:
        return here
    if not _leans(anchor, line):
        return None
    for bound in carried:
        if bound.rule in rules and _allows(bound.rule, "carried"):
            return msgspec.structs.replace(bound, reach="carried")
    for region in reversed(regions):
        named = _in_region(region, rules, figures)
        if len(named) == 1 and _allows(named[0].rule, region.reach):
            return named[0]
        if named:
            return None
    return None


def _allows(rule: Rule, reach: str) -> bool:
    return REACHES.index(reach) <= REACHES.index(rule.reach)  # type: ignore[arg-type]


def _in_sentence(
    anchor: Anchor, line: Line, rules: Sequence[Rule], taken: Mapping[Hit, Anchor]
) -> Bound | None:
    clause = clause_of(line.sentence, anchor.start)
    best: tuple[int, int, int, Rule, Hit, str] | None = None
    for number, rule in enumerate(rules):
        for cue in line.cues:
            if cue.concept not in rule.cues:
                continue
            cost = _cost(anchor, cue, rule, line, clause, taken)
            if cost is None:
                continue
            reach = "clause" if clause.start <= cue.start < clause.end else "sentence"
            key = (cost, number, -cue.start, rule, cue, reach)
            if _allows(rule, reach) and (best is None or key[:3] < best[:3]):
                best = key
    if best is None:
        return None
    return Bound(best[3], best[4], line.reading, best[5])


def _cost(
    anchor: Anchor, cue: Hit, rule: Rule, line: Line, clause: Clause, taken: Mapping[Hit, Anchor]
) -> int | None:
    """How far a cue is from a number; None where it does not call it. Words after it call it less."""
    if cue.end <= anchor.start:
        between = weight(line, cue.end, anchor.start)
        same = clause.start <= cue.start
        if cue in taken and taken[cue].end <= anchor.start:
            # The cue has called a number before: only a list goes on to a further one.
            return None if weight(line, taken[cue].end, anchor.start) > 4 else 4 + (anchor.start - cue.end) // 4
        if between > (_SAME_CLAUSE if same else _SENTENCE):
            return None
        others = sum(
            1 for a in line.anchors if a.unit == anchor.unit and cue.end <= a.start and a.end <= anchor.start
        )
        return between + (anchor.start - cue.end) // 4 + (0 if same else 3) + 3 * others
    if cue.start < anchor.end:
        return 0 if cue.start >= anchor.start else 1
    gap = cue.start - anchor.end
    if gap > rule.after or cue.start >= clause.end:
        return None
    if any(anchor.end <= a.start and a.end <= cue.start for a in line.anchors):
        return None
    return 2 + gap


def _leans(anchor: Anchor, line: Line) -> bool:
    """Whether the clause says little but the number, so that what stands above may call it (三级医院为800元)."""
    if line.reading.block.kind == "cell":
        return True
    clause = clause_of(line.sentence, anchor.start)
    start = max([clause.start, *(a.end for a in line.anchors if a.end <= anchor.start and a.start >= clause.start)])
    return weight(line, start, anchor.start) <= _LABELLED // 2


def _in_region(region: Region, rules: Sequence[Rule], figures: Figures) -> list[Bound]:
    """The rules that a title, heading, stem or header names, one a topic."""
    named: dict[str, Bound] = {}
    for cue in cues(region.reading, region.start, region.end, figures):
        for rule in rules:
            if cue.concept in rule.cues:
                named.setdefault(rule.topic, Bound(rule, cue, region.reading, region.reach))
    return list(named.values())
