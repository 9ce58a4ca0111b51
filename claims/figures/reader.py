"""A part's figures: each number that answers to a rule, with its value, its scope and the words it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from claims.article import Part
from claims.figures.binding import Bound, Line, candidates, clause_of
from claims.figures.context import Region, regions_of
from claims.figures.facets import Entries, Entry, dimension_of, groups, holds, lend, put, scope_for
from claims.figures.marks import Anchor, Word, anchors, brackets, clause_at, cues, headed, is_step, unsaid, words
from claims.figures.rules import Figures, Rule
from claims.figures.tables import lost_cells
from claims.language.clauses import Clause
from claims.language.lexicon import Hit
from claims.model import Hedge, Measure
from claims.reading import BlockReading, Span, is_question

_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,2}[章节条部分])"
)
_AROUND = 60
_LONGEST = 100
_LEAD = 200
_LABEL = 40
_ANSWER = 24
_COMPARES = re.compile(r"^(?:与|和|跟|同|比|较|相比|对比|比起|从|由)|相比|比上年|比去年")
_REST = re.compile(r"其他|其余|另外一些|剩下")


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure in its place: `[start, end)` of the block's folded text is what carries it."""

    rule: Rule
    value: Measure
    entries: Mapping[str, Entry]
    bound: Bound | None
    quantifier: str
    hedged: Hedge | None
    reading: BlockReading
    sentence: tuple[int, int]
    start: int
    end: int
    answer: bool = False


def figures_in(
    part: Part, readings: Sequence[BlockReading], figures: Figures, units: Mapping[str, str | None],
    believed: Sequence[frozenset[Clause]], year: int | None = None,
) -> list[Figure]:  # fmt: skip
    """All figures of a part, in order. `units` gives each topic's unit; `believed[i]` the clauses of block i that tell
    somebody's belief; `year` is that of the part's own date."""
    by_unit: dict[str, list[Rule]] = {}
    for rule in figures.rules:
        for unit in rule.units:
            by_unit.setdefault(unit, []).append(rule)
    reader = _Reader(part, readings, figures, units, by_unit, believed, year)
    found: list[Figure] = []
    for reading in readings:
        if reading.block.kind in ("title", "heading") or not reading.folded.chars:
            continue
        if reading.block.cell is not None and reading.block.cell.is_header:
            continue
        found += reader.block(reading)
    return _once(found)


class _Reader:
    def __init__(
        self, part: Part, readings: Sequence[BlockReading], figures: Figures, units: Mapping[str, str | None],
        by_unit: Mapping[str, Sequence[Rule]], believed: Sequence[frozenset[Clause]], year: int | None,
    ) -> None:  # fmt: skip
        self.part, self.readings, self.figures, self.units = part, readings, figures, units
        self.by_unit, self.believed, self.year = by_unit, believed, year
        self.lost = lost_cells(readings)
        self.base = self._base()

    def _base(self) -> Entries:
        """What the part as a whole says: the year of its lead, the one scheme that it speaks of (`sole`)."""
        entries: Entries = {}
        bodies = [r for r in self.readings if r.folded.chars]
        for facet in self.figures.sole:
            named = [
                (r, w) for r in bodies for w in words(r, 0, len(r.folded.chars), self.figures)
                if w.facet == facet and w.members
            ]  # fmt: skip
            if len({w.members for _, w in named}) == 1:
                put(entries, named[0][0], named[0][1], -2, self.figures)
        lead = self.lead = next((r for r in bodies if r.block.kind == "paragraph" and r.spans), None)
        if lead is not None:
            end = len(lead.folded.chars)
            numbers = [a for a in anchors(lead, 0, end, self.figures) if a.unit not in ("", "date")]
            first = min([a.start for a in numbers], default=end)
            told = words(lead, 0, end, self.figures)
            spoken = [w for w in told if w.start < min(_LEAD, first)]
            for facet in ("year", *self.figures.sole):
                of_it = [w for w in spoken if w.facet == facet and w.members]
                if len({w.members for w in of_it}) == 1:
                    put(entries, lead, of_it[0], -1, self.figures)
        return entries

    def block(self, reading: BlockReading) -> Iterator[Figure]:
        regions = regions_of(reading, self.readings, self.part, self.lost)
        headers = [r.reading for r in regions if r.reach == "row"]
        around: Entries = dict(self.base)
        for near, region in enumerate(regions):
            found = words(region.reading, region.start, region.end, self.figures)
            lend(around, region.reading, found, near, self.figures)
        carried: Entries = dict(around)
        bound: list[Bound] = []
        near = len(regions)
        for span in reading.spans:
            near += 1
            text = reading.folded.chars
            if _SECTION.match(text, span.sentence.start):
                carried, bound = dict(around), []
            line = self._line(reading, span, headers)
            own: list[Bound] = []
            yield from self._sentence(line, span, regions, carried, bound, near, own)
            for w in self._carries(line, span):
                # What a sentence without figures lists in passing (基本医疗、大病保险) is not what follows is about.
                if own or not _listed(w, text):
                    put(carried, reading, w, near, self.figures)
            # A question lends what it asks to its answer; a label and a sentence without a number to what follows.
            bound = own or bound

    def _carries(self, line: Line, span: Span) -> list[Word]:
        """What a sentence lends to the next: what it names once. The tiers that it goes through are its own; a year
        that it compares with, or gives as an example, is not the next one's."""
        text = line.reading.folded.chars
        told = groups([w for w in line.words if not _bracketed(w, line)], text)
        several = {
            name for name in {dimension_of(w) for w in told}
            if len({w.members for w in told if dimension_of(w) == name and not _ends(w)}) > 1
        }  # fmt: skip
        first = span.sentence.clauses[0]
        aside = span.grammars[0].example or _COMPARES.search(text, first.start, first.end)
        return [
            w for w in told
            if dimension_of(w) not in several and not (w.facet == "year" and (aside or w.start >= first.end))
            and self.figures.rank(w.facet) != len(self.figures.ranks) - 1
        ]  # fmt: skip

    def _line(self, reading: BlockReading, span: Span, headers: Sequence[BlockReading] = ()) -> Line:
        s = span.sentence
        found = anchors(reading, s.start, s.end, self.figures) or headed(reading, headers)
        return Line(
            reading, s, found, words(reading, s.start, s.end, self.figures),
            cues(reading, s.start, s.end, self.figures),
        )  # fmt: skip

    def _sentence(
        self, line: Line, span: Span, regions: Sequence[Region], carried: Entries, before: Sequence[Bound],
        near: int, own: list[Bound],
    ) -> Iterator[Figure]:  # fmt: skip
        text, s = line.reading.folded.chars, line.sentence
        if is_question(span, text) or (not line.anchors and s.end - s.start <= _LABEL and s.closed_by != "。"):
            own += self._asked(line)
            return
        dated = any(w.facet == "year" for w in line.words)
        silent = list(unsaid(line.reading, span, believed=self.believed[line.reading.index], dated=dated))
        taken: dict[Hit, Anchor] = {}
        found: list[tuple[Anchor, Bound | None, Rule, Entries]] = []
        for anchor in line.anchors:
            clause = clause_of(s, anchor.start)
            if any(a <= anchor.start < b for a, b in silent) or is_step(text, anchor, clause.start, clause.end):
                continue
            callers: Iterable[tuple[Rule, Bound | None]]
            if anchor.concept and not anchor.unit:
                callers = [(r, None) for r in self.figures.rules if anchor.concept in r.at]
            else:
                bounds = candidates(anchor, line, regions, before, self.figures, self.by_unit, taken)
                callers = ((b.rule, b) for b in bounds)
            for rule, called in callers:
                if rule.affirmed and span.grammars[clause_at(span, anchor.start)].sign < 0:
                    continue
                entries = self._scope(anchor, rule, line, carried, near)
                if not self._admits(rule, anchor, line, regions, entries, called):
                    continue
                if called is not None:
                    taken[called.cue] = anchor
                    if not any(b.rule == rule for b in own):
                        own.append(called)
                found.append((anchor, called, rule, entries))
                break
        for i, (anchor, called, rule, entries) in enumerate(found):
            yield self._figure(line, span, anchor, called, rule, entries, found, i, regions)

    def _asked(self, line: Line) -> list[Bound]:
        """The rules that a question names, for the figure that answers it."""
        return [
            Bound(rule, cue, line.reading, "carried")
            for cue in line.cues for rule in self.figures.rules if cue.concept in rule.cues
        ]  # fmt: skip

    def _scope(self, anchor: Anchor, rule: Rule, line: Line, carried: Entries, near: int) -> Entries:
        entries = {n: e for n, e in carried.items() if not (e.facet in rule.near and e.source.reading is line.reading)}
        clause = clause_of(line.sentence, anchor.start)
        inside = _holding(anchor, line)
        counted = []
        for w in line.words:
            if w.start >= anchor.start or _out_of_sight(w, anchor, line, inside):
                continue
            if w.facet in rule.near and w.start < clause.start:
                continue
            counted.append(w)
        text = line.reading.folded.chars
        numbers = [a.end for a in line.anchors]
        for w in groups(counted, text):
            put(entries, line.reading, w, near, self.figures, numbers)
        own = {dimension_of(w) for w in counted}
        for w in groups(_after(anchor, line, clause), text):
            bracketed = any(
                anchor.end <= a <= w.start < b for a, b in brackets(text, line.sentence.start, line.sentence.end)
            )
            if bracketed or dimension_of(w) not in own:
                put(entries, line.reading, w, near, self.figures)
        return entries

    def _admits(
        self, rule: Rule, anchor: Anchor, line: Line, regions: Sequence[Region], entries: Mapping[str, Entry],
        called: Bound | None,
    ) -> bool:  # fmt: skip
        if not holds(rule, entries) or set(anchor.per) & set(rule.not_per):
            return False
        if rule.if_per and not set(rule.if_per) & set(anchor.per):
            return False
        if _converted(anchor, rule) is None:
            return False
        for x in _converted(anchor, rule) or ():
            if isinstance(x, Decimal) and (
                (rule.least is not None and x < rule.least) or (rule.most is not None and x > rule.most)
            ):
                return False
        clause = clause_of(line.sentence, anchor.start)
        start = max([clause.start, *(a.end for a in line.anchors if a.end <= anchor.start)])
        end = min([clause.end, *(a.start for a in line.anchors if a.start >= anchor.end)])
        text = line.reading.folded.chars
        gaps = line.reading.folded.gaps
        end = next((i for i in range(anchor.end, end) if text[i] in "、,;(" or i in gaps), end)
        barred = {h.concept for h in line.reading.hits if start <= h.start and h.end <= end}
        if barred & (self.figures.forbid | set(rule.forbid)):
            return False
        if line.reading.block.cell is not None and (called is None or called.reach != "row"):
            headers = [self.readings[i] for i in line.reading.block.cell.column_headers]
            barred = {h.concept for r in headers for h in r.hits}
            if barred & (self.figures.forbid | self.figures.totals | set(rule.forbid)):
                return False
        s = line.sentence
        here = {h.concept for h in line.reading.hits if s.start <= h.start and h.end <= s.end}
        upto = {h.concept for h in line.reading.hits if s.start <= h.start and h.end <= clause.end}
        if upto & set(rule.never) or not all(set(group) & here for group in rule.here):
            return False
        if rule.if_bound and (anchor.bound or "none") not in rule.if_bound:
            return False
        if not rule.also:
            return True
        lent = {
            h.concept for r in regions for h in r.reading.hits if r.start <= h.start and h.end <= r.end
        }  # fmt: skip
        lent |= {h.concept for h in line.reading.hits if h.end <= s.start}
        if self.lead is not None:
            lent |= {h.concept for h in self.lead.hits}
        return all(set(group) & (here | lent) for group in rule.also)

    def _figure(
        self, line: Line, span: Span, anchor: Anchor, called: Bound | None, rule: Rule, entries: Entries,
        found: Sequence[tuple[Anchor, Bound | None, Rule, Entries]], i: int, regions: Sequence[Region],
    ) -> Figure:  # fmt: skip
        kept = scope_for(rule, entries)
        for facet, members in rule.scope.items():
            source = next(iter(kept.values())).source if kept else None
            if source is not None:
                kept[facet] = Entry(facet, members, source, (0, 0))
        value = measure(anchor, rule, self.units.get(rule.topic), self.year)
        some = rule.quantifier == "some" or self._some(line, span, anchor, kept, found, i, regions)
        start, end = _extent(line, anchor, called, found, i)
        grammar = span.grammars[clause_at(span, anchor.start)]
        hedged: Hedge | None = "maybe" if grammar.maybe else "usual" if grammar.usual else None
        if anchor.approx or (grammar.approx and hedged is None):
            hedged = hedged or "approx"
        s = line.sentence
        return Figure(
            rule=rule, value=value, entries=kept, bound=called, quantifier="some" if some else "all",
            hedged=hedged, reading=line.reading, sentence=(s.start, s.end), start=start, end=end,
            answer=self._answers(line, anchor),
        )  # fmt: skip

    def _answers(self, line: Line, anchor: Anchor) -> bool:
        """Whether the number stands in the bare answer that begins a text: 8000元 十堰市大病医保的起付线为…"""
        earlier = self.readings[: line.reading.index]
        if any(r.folded.chars and r.block.kind not in ("title", "heading") for r in earlier):
            return False
        gap = min(line.reading.folded.gaps, default=0)
        return anchor.start == 0 or anchor.end <= gap <= _ANSWER

    def _some(
        self, line: Line, span: Span, anchor: Anchor, kept: Mapping[str, Entry],
        found: Sequence[tuple[Anchor, Bound | None, Rule, Entries]], i: int, regions: Sequence[Region],
    ) -> bool:  # fmt: skip
        """部分地区; a condition that no facet names (a band of costs, 一档); several figures of one thing at once."""
        text = line.reading.folded.chars
        own_region = any(e.facet == "region" and e.source.reading is line.reading for e in kept.values())
        upto = clause_at(span, anchor.start)
        if not own_region and any(g.some for g in span.grammars[: upto + 1]):
            return True
        start = max([line.sentence.start, *(f[0].end for f in found[:i])])
        conditions = self.figures.unnamed | self.figures.grades
        if anchor.low == anchor.high:
            conditions |= self.figures.bands
        if any(h.concept in conditions and start <= h.start and h.end <= anchor.end for h in line.reading.hits):
            return True
        for region in regions:
            counted = self.figures.grades if region.reach == "title" else conditions
            inside = [h for h in region.reading.hits if region.start <= h.start and h.end <= region.end]
            if any(h.concept in counted for h in inside):
                return True
            if region.reach == "row" and any(q.unit in ("yuan", "age") for q in region.reading.quantities):
                return True
        # 0-1万元报50%: another amount in the figure's own segment is a condition on it.
        for other in line.anchors:
            if other is anchor or not other.unit or any(other is f[0] for f in found):
                continue
            if start <= other.start and other.end <= anchor.start and other.unit in ("yuan", "month", "age", "year"):
                return True
        if _REST.search(text, start, anchor.start):
            return True
        alike = [f for f in found if f[2] == found[i][2] and _same(f[3], found[i][3], found[i][2])]
        return len(alike) > 1 and len({(f[0].low, f[0].high) for f in alike}) > 1


def _same(a: Entries, b: Entries, rule: Rule) -> bool:
    x, y = scope_for(rule, a), scope_for(rule, b)
    return {n: e.members for n, e in x.items()} == {n: e.members for n, e in y.items()}


def _converted(anchor: Anchor, rule: Rule) -> tuple[Decimal | str | None, Decimal | str | None] | None:
    """The number in the topic's unit (半年 = 6 months); None where it does not come out whole."""
    if anchor.unit not in rule.convert:
        return anchor.low, anchor.high
    times, by = rule.convert[anchor.unit]
    if not isinstance(anchor.low, Decimal) or not isinstance(anchor.high, Decimal):
        return None
    low, high = anchor.low * times / by, anchor.high * times / by
    comes_out = low == low.to_integral_value() and high == high.to_integral_value()
    return (low.quantize(Decimal(1)), high.quantize(Decimal(1))) if comes_out else None


_YEARS_ON = {"this-year": 0, "next-year": 1, "last-year": -1}


def _dated(anchor: Anchor, year: int | None) -> str:
    """The last day of a date; 今年2月28日 with the year that the article is of."""
    day = str(anchor.high)
    if day.startswith("--") and anchor.when in _YEARS_ON and year is not None:
        return f"{year + _YEARS_ON[anchor.when]:04d}{day[1:]}"
    return day


def measure(anchor: Anchor, rule: Rule, unit: str | None, year: int | None = None) -> Measure:
    """The value of a number under a rule's reading of bounds. `year`: the year that the article is of, if known."""
    if anchor.concept and not anchor.unit:
        return Measure(rule.low, rule.high, unit)
    if anchor.unit == "date":
        return Measure(_dated(anchor, year), _dated(anchor, year), unit)
    low, high = _converted(anchor, rule) or (None, None)
    if rule.bounds == "min" and anchor.symbol and anchor.bound == "max":
        return Measure(None, high, unit)
    kept = rule.bounds in ("keep", anchor.bound) or (rule.bounds == "explicit" and anchor.explicit)
    if low == high and not anchor.strict and kept:
        if anchor.bound == "min":
            high = None
        elif anchor.bound == "max":
            low = None
    return Measure(low, high, unit)


def _bracketed(word: Word, line: Line) -> bool:
    text, s = line.reading.folded.chars, line.sentence
    return any(a <= word.start < b for a, b in brackets(text, s.start, s.end))


def _ends(word: Word) -> bool:
    """Whether it only ends what was said before it."""
    return not word.members or word.members[0].startswith("!")


def _listed(word: Word, text: str) -> bool:
    before = text[max(0, word.start - 2) : word.start]
    return text[word.end : word.end + 1] == "、" or (before.endswith("、") and not _SECTION.match(before))


def _holding(anchor: Anchor, line: Line) -> tuple[int, int] | None:
    """The innermost bracket that holds a number."""
    text, s = line.reading.folded.chars, line.sentence
    held = [(a, b) for a, b in brackets(text, s.start, s.end) if a <= anchor.start and anchor.end <= b]
    return max(held) if held else None


def _out_of_sight(word: Word, anchor: Anchor, line: Line, inside: tuple[int, int] | None) -> bool:
    """A word in a bracket that closed before the number belongs to what stood before the bracket."""
    text, s = line.reading.folded.chars, line.sentence
    for a, b in brackets(text, s.start, s.end):
        if a <= word.start < b and b <= anchor.start and (inside is None or not inside[0] <= a):
            numbers = any(a <= x.start < b for x in line.anchors)
            follows = any(0 <= a - 1 - x.end <= 1 for x in line.anchors)
            if numbers or follows or b + 6 < anchor.start:
                return True
    return False


def _after(anchor: Anchor, line: Line, clause: Clause) -> list[Word]:
    """The facet words after a number that still belong to it: in the bracket behind it, or close behind."""
    text = line.reading.folded.chars
    for a, b in brackets(text, line.sentence.start, line.sentence.end):
        if 0 <= a - 1 - anchor.end <= 2:
            if any(a <= x.start < b for x in line.anchors if x.unit == anchor.unit):
                return []
            return [w for w in line.words if a <= w.start and w.end <= b]
    end = min([clause.end, anchor.end + 12, *(a.start for a in line.anchors if a.start >= anchor.end)])
    for i in range(anchor.end, end):
        if text[i] in "、(/),;:" or i in line.reading.folded.gaps:
            end = i
            break
    return [w for w in line.words if anchor.end <= w.start and w.end <= end]


def _extent(
    line: Line, anchor: Anchor, called: Bound | None,
    found: Sequence[tuple[Anchor, Bound | None, Rule, Entries]], i: int,
) -> tuple[int, int]:  # fmt: skip
    """What carries the figure: from its cue, or the beginning of its clause, to its end."""
    clause = clause_of(line.sentence, anchor.start)
    start = max([clause.start, *(f[0].end for f in found[:i] if f[0].end <= anchor.start)])
    text = line.reading.folded.chars
    while start < anchor.start and text[start] in "、,;:()和及,/":
        start += 1
    end = anchor.end
    if called is not None and called.reading is line.reading and called.reach in ("clause", "sentence"):
        if called.cue.end <= anchor.start and anchor.end - called.cue.start <= _AROUND:
            start = min(start, called.cue.start)
        end = max(end, called.cue.end)
    if end - start > _LONGEST:
        start = max(start, anchor.start - _LONGEST // 2)
        end = min(end, start + _LONGEST)
    return start, end


def _once(found: Sequence[Figure]) -> list[Figure]:
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
    if a.reading is not b.reading or a.rule.topic != b.rule.topic or a.value != b.value:
        return False
    if a.answer:
        return True
    return a.sentence == b.sentence and {e.members for e in a.entries.values()} == {
        e.members for e in b.entries.values()
    }
