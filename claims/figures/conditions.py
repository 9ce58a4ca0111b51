"""What must hold for a number to be a figure of a rule, and what makes it hold only for some."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from decimal import Decimal

from claims.figures.context import Around, Region
from claims.figures.facets import Entry, holds
from claims.figures.figure import Found, said_of
from claims.figures.line import Line, clause_of, row_of, says
from claims.figures.marks import Anchor, clause_at
from claims.figures.rules import Figures, Rule
from claims.figures.unsaid import is_step
from claims.figures.values import sized
from claims.language.lexicon import Hit
from claims.language.spans import inside
from claims.reading import Span, is_question

_BARE = 12
"""A sentence no longer than this answers the question above it with no words of its own (folded characters)."""
_CONDITIONAL = "的内下上分后者时月年"
"""How a clause ends that states a condition (断缴超过3个月的, 在1万元以内)."""
_REST = re.compile(r"其他|其余|另外一些|剩下(?!的?(?:目录|合规|政策|范围|费用|医疗费|部分|钱))")


def admits(f: Found, line: Line, around: Around) -> bool:
    """Whether a rule may speak of a number: its unit and size, what else is said and what must not be."""
    return _fits(f) and not _barred(f, line, around) and _in_company(f, line, around)


def _fits(f: Found) -> bool:
    """What the number itself must be: how large, how bounded, each what; and what its scope must say."""
    rule, anchor = f.rule, f.anchor
    if not holds(rule, f.entries) or not rule.not_per.isdisjoint(anchor.per):
        return False
    if rule.if_per and rule.if_per.isdisjoint(anchor.per):
        return False
    if rule.if_bound and (anchor.bound or "none") not in rule.if_bound:
        return False
    return sized(anchor, rule)


def _barred(f: Found, line: Line, around: Around) -> bool:
    """Whether a concept stands by the number, or above it in its table, with which it is no figure of the rule."""
    anchor, figures = f.anchor, around.figures
    if says(line, line.sentence.start, f.clause.end, f.rule.never):
        return True
    # 两头相加,一个人头至少1070元: a sum of the figures before it. 两项 is no figure of its kind.
    alike = [x.end for x in line.anchors if x.end <= anchor.start and x.unit == anchor.unit]
    last = max(alike, default=line.sentence.start)
    if says(line, last, anchor.end, figures.forbid):
        return True
    forbidden = figures.forbid | f.rule.forbid
    if not line.concepts.isdisjoint(forbidden) and _beside(f, line, forbidden):
        return True
    cell, called = line.reading.block.cell, f.called.reading if f.called is not None else None
    if cell is None:
        return False
    # What calls the number itself says what it is; other headers and labels may say that it is of something else.
    others = [r.reading for r in around.regions if r.reach == "row" and r.reading is not called]
    if any(h.concept in forbidden for r in others for h in r.hits):
        return True
    if called is not None and called.block.cell is not None:
        return False
    return any(h.concept in figures.totals for r in others if r.index in cell.column_headers for h in r.hits)


def _beside(f: Found, line: Line, forbidden: Set[str]) -> bool:
    """Whether one of some concepts stands in the number's own segment of its clause."""
    reading, clause, row = line.reading, f.clause, row_of(f.anchor, line)
    first, last = row[0].start, row[-1].end
    # The label before a colon belongs to its number: 讲解费:100元.
    labels = [c.start for c in line.sentence.clauses if c.closed_by == ":" and 0 <= clause.start - c.end <= 1]
    start = max([*(labels or [clause.start]), *(a.end for a in line.anchors if a.end <= first)])
    # So does the bracket right behind a number: 400(个人缴费)、670(财政补助).
    start = max([start, *(b for a, b in line.brackets if start == a - 1 and b < first)])
    end = min([clause.end, *(a.start for a in line.anchors if a.start >= last)])
    text, gaps = reading.folded.chars, reading.folded.gaps
    end = next((i for i in range(last, end) if text[i] in "、,;(" or i in gaps), end)
    cue = f.called.cue if f.called is not None and f.called.reading is reading else None
    return any(h.concept in forbidden and not _is_part(h, cue) for h in inside(line.hits, start, end))


def is_apart(line: Line, around: Around) -> bool:
    """Whether a sentence stands in a section about something else and does not say that it is not. None of its numbers
    is a figure then."""
    return around.is_apart and around.figures.members.keys().isdisjoint(line.concepts)


def _is_part(h: Hit, cue: Hit | None) -> bool:
    """Whether a word is only part of the cue that calls the number."""
    return cue is not None and cue.start <= h.start and h.end <= cue.end and h.end - h.start < cue.end - cue.start


def _in_company(f: Found, line: Line, around: Around) -> bool:
    """Whether what must be said beside the number is: `here` in its sentence, `also` in what is lent to it too."""
    if not f.rule.here and not f.rule.also:
        return True
    s = line.sentence
    here = line.concepts
    if s.end - s.start <= _BARE:
        here = here.union(*(r.concepts for r in around.regions if _asks(r)))
    if any(here.isdisjoint(group) for group in f.rule.here):
        return False
    missing = [group for group in f.rule.also if here.isdisjoint(group)]
    if not missing:
        return True
    index, lent = line.reading.index, around.said.union(h.concept for h in inside(line.reading.hits, 0, s.start))
    return all(any(c in lent or around.blocks.first.get(c, index) < index for c in group) for group in missing)


def _asks(r: Region) -> bool:
    return bool(r.reading.spans) and is_question(r.reading.spans[-1], r.reading.folded.chars)


def is_some(line: Line, span: Span, kept: Mapping[str, Entry], found: Sequence[Found], i: int, around: Around) -> bool:
    """部分地区; a condition that no facet names (a band of costs, 一档); several figures of one thing at once."""
    anchor, rule, figures = found[i].anchor, found[i].rule, around.figures
    if rule.quantifier == "some":
        return True
    if says(line, line.sentence.start, found[i].clause.end, rule.some_if):
        return True
    text = line.reading.folded.chars
    upto = clause_at(span, anchor.start)
    if any(g.some for g in span.grammars[: upto + 1]):
        own_region = any(e.facet == "region" and said_here(e, line) for e in kept.values())
        if not own_region:
            return True
    start = max([line.sentence.start, *(f.anchor.end for f in found[:i])])
    single = anchor.low == anchor.high
    if not around.conditions.isdisjoint(figures.banded if single else figures.conditions):
        return True
    if line.conditions and _conditional(line, found, i, start, figures):
        return True
    if any(q.unit in ("yuan", "age") for r in around.regions if r.reach == "row" for q in r.reading.quantities):
        return True
    between = [a for a in line.anchors if start <= a.start and a.end <= anchor.start]
    between = [a for a in between if not _always(a, rule)]
    if any(_is_condition(a, line, anchor.start) for a in between if not any(a is f.anchor for f in found)):
        return True
    durations = [f for f in found[:i] if f.rule.topic != rule.topic and set(f.rule.units) & set(rule.units)]
    if any(f.anchor.bound == "min" and not _always(f.anchor, rule) for f in durations):
        # 断缴超过3个月的补不了,要等6个月: the wait is for those.
        return True
    if _REST.search(text, start, anchor.start):
        return True
    same = [f for f in found if f.rule is rule and not _of_another(f, found[i], line)]
    if len(same) < 2:
        return False
    said = said_of(found[i])
    return len({(f.anchor.low, f.anchor.high) for f in same if said_of(f) == said}) > 1


def _conditional(line: Line, found: Sequence[Found], i: int, start: int, figures: Figures) -> bool:
    """Whether the sentence states a condition of a number that no facet names; what stands before `start` is of the
    numbers before it."""
    anchor, counted = found[i].anchor, figures.conditions
    if anchor.low == anchor.high:
        # 按50%-80%分段赔,最高赔30万元: the bands are those of the figure whose clause names them.
        ended = max([f.clause.end for f in found[:i]], default=start)
        own = start if ended > anchor.start else max(start, ended)
        if says(line, own, anchor.end, figures.bands):
            return True
        counted = figures.banded
    if says(line, start, anchor.end, figures.conditions):
        return True
    # 意外伤害门诊:起付100元,报80%: what the label says holds for all of its sentence.
    label = max([c.end for c in line.sentence.clauses if c.closed_by == ":" and c.end <= start], default=0)
    return says(line, line.sentence.start, label, counted)


def _always(condition: Anchor, rule: Rule) -> bool:
    """断缴超过3个月再参保的,等待6个月: what every figure of a rule follows makes no case of it (`past`)."""
    past, low = rule.past, condition.low
    return past is not None and condition.bound == "min" and condition.unit == rule.units[0] and (
        isinstance(low, Decimal) and low <= past
    )  # fmt: skip


def _of_another(a: Found, b: Found, line: Line) -> bool:
    """Whether a thing named between two numbers makes them figures of different things (长江180万,黄河75万)."""
    first, second = sorted((a.anchor.start, b.anchor.start))
    return any(first < t.start and t.end <= second for t in line.reading.things)


def _is_condition(other: Anchor, line: Line, at: int) -> bool:
    """0-1万元报50%: another amount in the figure's own segment is a condition on it. Not 一年 (一年交400元), nor a step
    of a change or what it was before (由380元提高到400元)."""
    one_year = other.unit == "year" and other.low == other.high == 1
    if other.unit not in ("yuan", "day", "month", "age", "year") or one_year:
        return False
    # A dash inside a range ends a clause: 1万元—5万元的部分:60%.
    clause, text = clause_of(line.sentence, max(other.start, other.end - 1)), line.reading.folded.chars
    if not clause.start <= at < clause.end and clause.closed_by != ":" and text[clause.end - 1] not in _CONDITIONAL:
        # 基数在4618元与7697元之间选择,按9%缴: a statement of its own.
        return False
    return not is_step(line.reading.folded.chars, other, clause.start, line.cues)


def said_here(e: Entry, line: Line) -> bool:
    """Whether the sentence itself says it."""
    s, source = line.sentence, e.source
    return source.reading is line.reading and s.start <= source.start and source.end <= s.end
