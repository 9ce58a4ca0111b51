"""Which rule a number answers to: the one whose cue stands nearest, of those that take its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from claims.figures.context import Region
from claims.figures.line import Line, after, clause_of, cues_about, numbers_between, row_of, weight
from claims.figures.marks import Anchor, cues
from claims.figures.rules import REACHES, Figures, Rule
from claims.figures.values import sized
from claims.language.clauses import Clause
from claims.language.lexicon import Hit
from claims.language.measures import TIME
from claims.reading import BlockReading

_SAME_CLAUSE = 22
_SENTENCE = 16
_LABELLED = 12
_SPOKEN = 9
_GLOSS = 12
_TRAILING = 0
_NOWADAYS = re.compile(r"(?:而?(?:如今|现如今|现在|眼下|今年|去年|明年|后来))(?:20\d\d年度?)?的?(?:是|为|要|得)?")
"""Between the beginning of a clause and its number, which goes on with a number before it."""
_AGAIN = re.compile(r"(?:照样|照旧|同样|一样|还是|依旧|仍)(?:也?是|为|要)?$")
"""Between what a number is of and the number, where it goes on with one before it: 大学生照样三百五."""
_PARALLEL = re.compile(r"[^,。;:]{0,8}则(?:是|为|要|需|须)")
"""居民则是90天: said of the same as a figure before it."""
_NO_LIST = re.compile(r"付|掏|余|剩|自己|共|花")
"""After a figure: what follows is reckoned from it, and is no further figure of its cue."""
_STOPS = re.compile(r"[、,;:。/]")


class Bound(msgspec.Struct, frozen=True):
    """A rule with the cue it rests on: `cue` inside `reading`, `reach` away."""

    rule: Rule
    cue: Hit
    reading: BlockReading
    reach: str


def candidates(
    anchor: Anchor, line: Line, regions: Sequence[Region], carried: Sequence[Bound], figures: Figures,
    taken: Mapping[Hit, Anchor],
) -> Iterator[Bound]:  # fmt: skip
    """The rules that may call a number, likeliest first: by cues of its sentence, then by what stands above it.
    `regions` lend their words, furthest first; `carried` are what the sentence before was bound to; `taken` tells which
    number of this sentence each cue has called last."""
    if line.brackets and (glossed := _glossed(anchor, line, figures)):
        yield from glossed
        return
    if anchor.unit == "number":
        yield from _spoken(anchor, line, figures.by_unit.get("yuan", ()), taken)
        return
    rules = figures.by_unit.get(anchor.unit, ())
    if not rules:
        return
    here = [b for b in _in_sentence(anchor, line, rules, taken) if not _conditions(anchor, line, b)]
    yield from here
    if any(b.reach == "clause" and not b.rule.weak for b in here) or not _leans(anchor, line):
        return
    clause, text = clause_of(line.sentence, anchor.start), line.reading.folded.chars
    goes_on = _PARALLEL.fullmatch(text, clause.start, anchor.start) is not None
    for bound in carried:
        if any(bound.rule is r for r in rules) and (goes_on or _allows(bound.rule, "carried")):
            yield msgspec.structs.replace(bound, reach="carried")
    for region in reversed(regions):
        named = _in_region(region, rules, figures)
        if region.reach == "row":
            # 80% below 一档缴费 is no rate of contributions: what the number cannot be, a header does not call it.
            named = [b for b in named if sized(anchor, b.rule)]
        if len(named) > 1 and region.reach == "row":
            named = _in_order(anchor, line, named)
        if len(named) == 1:
            yield named[0]
        if any(not b.rule.weak for b in named):
            return


def _glossed(anchor: Anchor, line: Line, figures: Figures) -> list[Bound]:
    """400(个人缴费)、670(财政补助): a short bracket behind a number says what it is, where nothing before it does."""
    text = line.reading.folded.chars
    if not text.startswith("(", anchor.end):
        return []
    held = next(((a, b) for a, b in line.brackets if a - 1 == anchor.end), None)
    if held is None or held[1] - held[0] > _GLOSS or any(held[0] <= x.start < held[1] for x in line.anchors):
        return []
    start = clause_of(line.sentence, anchor.start).start
    outer = (c for c in line.cues if start <= c.start and c.end <= anchor.start)
    if any(not any(a <= c.start < b for a, b in line.brackets) for c in outer):
        return []
    rules = figures.by_unit.get("yuan" if anchor.unit == "number" else anchor.unit, ())
    return [
        Bound(rule, cue, line.reading, "clause")
        for cue in line.cues if held[0] <= cue.start < held[1]
        for rule in rules if cue.concept in rule.cues and rule.side != "before"
    ]  # fmt: skip


def _spoken(anchor: Anchor, line: Line, rules: Sequence[Rule], taken: Mapping[Hit, Anchor]) -> Iterator[Bound]:
    """门槛费一千二: money without its unit, right behind what calls it; or with nothing but words of facets before it,
    behind a label that calls it (门槛费:三级八百) or a number that is called (那会儿交十块,如今四百)."""
    clause, text = clause_of(line.sentence, anchor.start), line.reading.folded.chars
    for bound in _in_sentence(anchor, line, rules, taken):
        cue = bound.cue
        gap = weight(line, cue.end, anchor.start)
        if bound.reach == "clause" and cue.end <= anchor.start <= cue.end + _SPOKEN and gap <= 1:
            yield bound
        elif bound.reach == "sentence" and cue.end <= clause.start:
            labelled = text[clause_of(line.sentence, cue.start).end : clause.start + 1].startswith(":")
            counted = any(a.unit in ("yuan", "number") and cue.end <= a.start < clause.start for a in line.anchors)
            again = _AGAIN.search(text, clause.start, anchor.start)
            bare = not weight(line, clause.start, again.start() if again else anchor.start)
            later = counted and _NOWADAYS.fullmatch(text, clause.start, anchor.start)
            if ((labelled or cue in taken) and bare) or later:
                yield bound


def _allows(rule: Rule, reach: str) -> bool:
    if reach == "carried" and not rule.carried:
        return False
    return REACHES.index(reach) <= REACHES.index(rule.reach)


def _in_sentence(anchor: Anchor, line: Line, rules: Sequence[Rule], taken: Mapping[Hit, Anchor]) -> list[Bound]:
    """The best cue of each rule, cheapest first."""
    clause, near = clause_of(line.sentence, anchor.start), cues_about(anchor, line)
    named = {cue.concept for cue in near}
    found: list[tuple[int, int, Bound]] = []
    for number, rule in enumerate(rules):
        if rule.cues.isdisjoint(named):
            continue
        costs = [
            (cost, -cue.start, cue) for cue in near
            if cue.concept in rule.cues and (cost := _cost(anchor, cue, rule, line, clause, taken)) is not None
        ]  # fmt: skip
        if not costs:
            continue
        cost, _, cue = min(costs)
        reach = "clause" if clause.start <= cue.start < clause.end else "sentence"
        if _allows(rule, reach):
            found.append((cost, number, Bound(rule, cue, line.reading, reach)))
    return [bound for _, _, bound in sorted(found, key=lambda f: f[:2])]


def _cost(anchor: Anchor, cue: Hit, rule: Rule, line: Line, clause: Clause, taken: Mapping[Hit, Anchor]) -> int | None:
    """How far a cue is from a number; None where it does not call it. Words after it call it less."""
    if (rule.side == "after" and cue.end <= anchor.start) or (rule.side == "before" and cue.start >= anchor.end):
        return None
    if cue.end <= anchor.start:
        between = weight(line, cue.end, anchor.start)
        same = clause.start <= cue.start
        if cue in taken and taken[cue].end <= anchor.start:
            # The cue has called a number before: only a list goes on to a further one.
            listed = line.reading.folded.chars[taken[cue].end : anchor.start]
            parallel = _PARALLEL.fullmatch(line.reading.folded.chars, clause.start, anchor.start)
            if not parallel and (_NO_LIST.search(listed) or weight(line, taken[cue].end, anchor.start) > 4):
                return None
            return 4 + (anchor.start - cue.end) // 4
        if between > (_SAME_CLAUSE if same else _SENTENCE):
            return None
        others = numbers_between(line, anchor.unit, cue.end, anchor.start)
        return between + (anchor.start - cue.end) // 4 + (0 if same else 3) + 3 * others
    if cue.start < anchor.end:
        return 0 if cue.start >= anchor.start else 1
    row = row_of(anchor, line)
    gap = cue.start - row[-1].end
    if gap > rule.after or (cue.start >= clause.end and not rule.crosses):
        return None
    if not rule.crosses and _STOPS.search(line.reading.folded.chars, row[-1].end, cue.start):
        return None
    next_ = after(line, row[-1].end)
    if next_ is not None and next_.end <= cue.start:
        return None
    return 2 + gap


def _is_band(anchor: Anchor, line: Line) -> bool:
    """A bounded number or a range before another number is a condition on that (5万元以上报65%)."""
    if not anchor.bound and anchor.low == anchor.high:
        return False
    following = after(line, anchor.end)
    if following is None or following.unit == anchor.unit:
        return False
    between = line.reading.folded.chars[anchor.end : following.start]
    return not re.search(r"[,;。]", between) and weight(line, anchor.end, following.start) <= _TRAILING + 3


def _is_pace(anchor: Anchor, line: Line) -> bool:
    """A time right before an amount: 一个月370元."""
    following = after(line, anchor.end)
    if anchor.unit not in TIME or following is None or following.unit in TIME:
        return False
    stops = _STOPS.search(line.reading.folded.chars, anchor.end, following.start)
    return not stops and not weight(line, anchor.end, following.start)


def _conditions(anchor: Anchor, line: Line, bound: Bound) -> bool:
    """A band of costs, unless its cue stands right before it (起付线300元以上的部分报60%), or is what follows it
    (断缴,超过3个月的无法补缴)."""
    if not _is_band(anchor, line) or 0 <= anchor.start - bound.cue.end <= 2:
        return False
    return not any(a.start >= anchor.end and a.concept in bound.rule.cues for a in line.anchors)


def _leans(anchor: Anchor, line: Line) -> bool:
    """Whether the clause says little but the number, so that what stands above may call it (三级医院为800元). A bound
    or a range before another number is a condition on that (5万元以上报65%); so is a time (一个月370元)."""
    if line.reading.block.kind == "cell":
        return True
    if _is_band(anchor, line) or _is_pace(anchor, line):
        return False
    clause = clause_of(line.sentence, anchor.start)
    start = max([clause.start, *(a.end for a in line.anchors if a.end <= anchor.start and a.start >= clause.start)])
    end = min([clause.end, *(a.start for a in line.anchors if a.start >= anchor.end)])
    text = line.reading.folded.chars
    stop = next((i for i in range(anchor.end, end) if text[i] in "、(/);" or i in line.reading.folded.gaps), end)
    return weight(line, start, anchor.start) <= _LABELLED // 2 and weight(line, anchor.end, stop) <= _TRAILING


def _in_order(anchor: Anchor, line: Line, named: Sequence[Bound]) -> list[Bound]:
    """A row whose line breaks or cells are lost: its numbers come in the order of the header's words."""
    alike = [a for a in line.anchors if a.unit == anchor.unit]
    ordered = sorted(named, key=lambda b: b.cue.start)
    return [ordered[alike.index(anchor)]] if len(alike) == len(ordered) else []


def _in_region(region: Region, rules: Sequence[Rule], figures: Figures) -> list[Bound]:
    """The rules that a title, heading, stem or header names, one a topic."""
    named: dict[str, Bound] = {}
    for cue in cues(region, figures):
        for rule in rules:
            if (cue.concept in rule.cues or cue.concept in rule.above) and _allows(rule, region.reach):
                named.setdefault(rule.topic, Bound(rule, cue, region.reading, region.reach))
    return list(named.values())
