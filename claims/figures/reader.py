"""A part's figures: each number that answers to a rule, with its value, its scope and the words it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace

from claims.article import Part
from claims.figures.binding import Bound, candidates
from claims.figures.cases import told_apart
from claims.figures.conditions import admits, is_apart, is_some, said_here
from claims.figures.context import Around, Blocks, Region, lent_words, regions_of, unite
from claims.figures.facets import Entries, Entry, Source, dimension_of, groups, lend, put, scope_for
from claims.figures.figure import Figure, Found, extent, once
from claims.figures.general import said_of_all
from claims.figures.line import Line, clause_of, line_of
from claims.figures.marks import Anchor, Word, clause_at, last_number
from claims.figures.rules import Figures, Reach, Rule
from claims.figures.sections import numbered_label, sections_above
from claims.figures.sight import scope_at
from claims.figures.tables import lost_cells
from claims.figures.unsaid import is_step, unsaid
from claims.figures.values import measure
from claims.language.clauses import Clause
from claims.language.lexicon import Hit
from claims.model import Hedge
from claims.reading import BlockReading, Span, is_question, objects, sentence_before

_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,2}[章节条部分])"
)
_SIGNED = re.compile(r"[^,。;:!?]{2,30}(?:局|厅|部|办公室|办|政府|中心|委员会|公司|医院|处|科|专班|小组|服务站|工会)")
"""Who signs a document (folded)."""
_LABEL = 40
_ANSWER = 24
_COMPARES = re.compile(r"^(?:与|和|跟|同|比|较|相比|对比|比起|从|由)|相比|比上年|比去年")


def figures_in(
    part: Part, readings: Sequence[BlockReading], figures: Figures, units: Mapping[str, str | None],
    believed: Sequence[frozenset[Clause]], *, year: int | None = None, region: tuple[str, ...] = (),
) -> list[Figure]:  # fmt: skip
    """All figures of a part, in order. `units` gives each topic's unit; `believed[i]` the clauses of block i that tell
    somebody's belief; `year` is that of the part's own date, `region` the one that title or front matter names."""
    # Few hits are of words that the declarations name, and these are gone through many times.
    named = figures.concepts
    blocks = [replace(r, hits=tuple([h for h in r.hits if h.concept in named])) for r in readings]
    reader = _Reader(part, blocks, figures, units, believed, year, region)
    found: list[Figure] = []
    for reading in blocks:
        if reading.block.kind in ("title", "heading") or not reading.folded.chars:
            continue
        if reading.block.cell is not None and reading.block.cell.is_header:
            continue
        found += reader.block(reading)
    return told_apart(once(found), figures.with_cases)


class _Reader:
    """A part with all that its blocks share: the declarations, its lost tables, what the part as a whole says."""

    def __init__(
        self, part: Part, readings: Sequence[BlockReading], figures: Figures, units: Mapping[str, str | None],
        believed: Sequence[frozenset[Clause]], year: int | None, region: tuple[str, ...],
    ) -> None:  # fmt: skip
        self.blocks = Blocks(readings)
        self.part, self.readings, self.figures, self.units = part, readings, figures, units
        self.believed, self.year = believed, year
        self.lost = lost_cells(readings)
        self.region = region
        self.known: dict[tuple[tuple[int, int, int, Reach], ...], Around] = {}

    @cached_property
    def base(self) -> Entries:
        """What the part as a whole says."""
        return said_of_all(self.blocks, self.region, self.figures)

    @cached_property
    def sections(self) -> list[tuple[tuple[BlockReading, int], ...]]:
        """The numbered sections that each block lies in."""
        return sections_above(self.readings)

    def block(self, reading: BlockReading) -> Iterator[Figure]:
        """The figures of a block, sentence by sentence."""
        upto = last_number(reading, self.figures)
        if upto < 0:
            return
        above = self.sections[reading.index]
        regions = regions_of(reading, self.blocks, self.part, self.lost, above, self.figures)
        headers = [r.reading for r in regions if r.reach == "row"]
        around = self._around(tuple(regions))
        lent = around.lent
        if reading.block.cell is not None and reading.block.cell.rows > 1:
            lent = dict(lent)
            unite(lent, [r for r in regions if r.reading.index in reading.block.cell.row_headers], self.figures)
        carried: Entries = dict(lent)
        bound: list[Bound] = []
        near = len(regions)
        text = reading.folded.chars
        spans = [span for span in reading.spans if span.sentence.start <= upto]
        for span in spans:
            near += 1
            if _SECTION.match(text, span.sentence.start):
                carried, bound = dict(lent), []
            line = line_of(reading, span.sentence, headers, self.figures)
            own: list[Bound] = []
            yield from self._sentence(line, span, around, carried, bound, near, own)
            if span is spans[-1]:
                return
            for w in self._carries(line, span):
                # What a sentence without figures lists in passing (基本医疗、大病保险) is not what follows is about.
                if own or not _listed(w, text):
                    put(carried, reading, w, near, self.figures, since=len(regions) + 1)
            # A question lends what it asks to its answer; a label and a sentence without a number to what follows.
            bound = own or bound

    def _around(self, regions: tuple[Region, ...]) -> Around:
        """These regions, furthest first, with what they lend over what the part says. Blocks under one heading share
        most of it: it is read once."""
        key = tuple([(r.reading.index, r.start, r.end, r.reach) for r in regions])
        known = self.known.get(key)
        if known is None:
            lent = dict(self._around(regions[:-1]).lent) if regions else self.base
            if regions:
                found = lent_words(regions[-1], self.figures)
                lend(lent, regions[-1].reading, found, len(regions) - 1, self.figures)
            known = self.known[key] = Around(self.figures, self.blocks, regions, lent)
        return known

    def _carries(self, line: Line, span: Span) -> list[Word]:
        """What a sentence lends to the next: what it names once. The tiers that it goes through are its own; a year
        that it compares with, or gives as an example, is not the next one's."""
        text = line.reading.folded.chars
        told = groups([w for w in line.words if not _bracketed(w, line)], text)
        if not told:
            return []
        named: dict[str, set[tuple[str, ...]]] = {}
        for w in told:
            if not _ends(w):
                named.setdefault(dimension_of(w), set()).add(w.members)
        several = {name for name, members in named.items() if len(members) > 1}
        first = span.sentence.clauses[0]
        aside = span.grammars[0].example or _COMPARES.search(text, first.start, first.end)
        return [
            w for w in told
            if dimension_of(w) not in several and not (w.facet == "year" and (aside or w.start >= first.end))
            and self.figures.rank(w.facet) != len(self.figures.ranks) - 1
        ]  # fmt: skip

    def _sentence(
        self, line: Line, span: Span, around: Around, carried: Entries, before: Sequence[Bound], near: int,
        own: list[Bound],
    ) -> Iterator[Figure]:  # fmt: skip
        """The figures of a sentence; what they are bound to is added to `own`."""
        text, s = line.reading.folded.chars, line.sentence
        if is_question(span, text) or (not line.anchors and _is_label(span, text)):
            own += self._asked(line)
            return
        if not line.anchors or is_apart(line, around):
            return
        dated = min((w.start for w in line.words if w.facet == "year"), default=None)
        silent = list(unsaid(line.reading, span, believed=self.believed[line.reading.index], dated=dated))
        taken: dict[Hit, Anchor] = {}
        found: list[Found] = []
        for anchor in line.anchors:
            clause = clause_of(s, anchor.start)
            if any(u.start <= anchor.start < u.end and not (u.future and anchor.unit == "date") for u in silent):
                continue
            if is_step(text, anchor, clause.start, line.cues) or self._signs(line, anchor):
                continue
            callers: Iterable[tuple[Rule, Bound | None]]
            if anchor.concept and not anchor.unit:
                callers = [(r, None) for r in self.figures.rules if anchor.concept in r.at]
            else:
                bounds = candidates(anchor, line, around.regions, before, self.figures, taken)
                callers = ((b.rule, b) for b in bounds)
            for rule, called in callers:
                if rule.affirmed and span.grammars[clause_at(span, anchor.start)].sign < 0:
                    continue
                entries = scope_at(anchor, rule, line, around, carried, near)
                one = Found(anchor, clause, called, rule, entries)
                if not admits(one, line, around):
                    continue
                if called is not None:
                    taken[called.cue] = anchor
                    if not any(b.rule is rule for b in own):
                        own.append(called)
                found.append(one)
                break
        for i in range(len(found)):
            yield self._figure(line, span, found, i, around)

    def _signs(self, line: Line, anchor: Anchor) -> bool:
        """The day below a document, with who signs it: 市医疗保障局 2024年10月8日."""
        s, text = line.sentence, line.reading.folded.chars
        if anchor.unit != "date" or anchor.end < s.end or line.reading.block.kind != "paragraph":
            return False
        who = text[s.start : anchor.start]
        if not who and line.reading.index:
            who = self.readings[line.reading.index - 1].folded.chars
        return bool(_SIGNED.fullmatch(who))

    def _asked(self, line: Line) -> list[Bound]:
        """The rules that a question names, for the figure that answers it."""
        return [
            Bound(rule, cue, line.reading, "carried")
            for cue in line.cues for rule in self.figures.rules if cue.concept in rule.cues
        ]  # fmt: skip

    def _figure(self, line: Line, span: Span, found: Sequence[Found], i: int, around: Around) -> Figure:
        anchor, called, rule, entries = found[i].anchor, found[i].called, found[i].rule, found[i].entries
        kept = scope_for(rule, entries)
        for facet, members in rule.scope.items():
            # What calls the number says this facet too: 进入大病保险.
            source = Source(line.reading, anchor.start, anchor.end)
            if called is not None:
                source = Source(called.reading, called.cue.start, called.cue.end)
            kept[facet] = Entry(facet, members, source, (0, 0))
        value = measure(anchor, rule, self.units.get(rule.topic), self.year)
        some = is_some(line, span, kept, found, i, around)
        start, end = extent(line, found, i)
        grammar = span.grammars[clause_at(span, anchor.start)]
        hedged: Hedge | None = "maybe" if grammar.maybe else "usual" if grammar.usual else None
        if anchor.approx or (grammar.approx and hedged is None):
            hedged = hedged or "approx"
        s = line.sentence
        return Figure(
            rule=rule, value=value, entries=kept, bound=called, quantifier="some" if some else "all",
            hedged=hedged, reading=line.reading, sentence=(s.start, s.end), start=start, end=end,
            number=(anchor.start, anchor.end), answer=self._answers(line, anchor),
            against=_against(line, span, anchor, some, kept), blocks=self.blocks,
        )  # fmt: skip

    def _answers(self, line: Line, anchor: Anchor) -> bool:
        """Whether the number stands in the bare answer that begins a text: 8000元 十堰市大病医保的起付线为…"""
        gap = min(line.reading.folded.gaps, default=0)
        if anchor.start > 0 and not anchor.end <= gap <= _ANSWER:
            return False
        earlier = self.readings[: line.reading.index]
        return not any(r.folded.chars and r.block.kind not in ("title", "heading") for r in earlier)


def _against(
    line: Line, span: Span, anchor: Anchor, some: bool, kept: Mapping[str, Entry]
) -> tuple[int, int] | None:  # fmt: skip
    """Its sentence and the one before (what a ; divides is one), where the text itself sets the figure against a more
    general one."""
    upto = clause_at(span, anchor.start) + 1
    sets = any(g.contrast or g.some for g in span.grammars[:upto])
    sets = sets or objects(line.reading.folded.chars, span.sentence.clauses[:upto])
    if not sets or not (some or any(said_here(e, line) for e in kept.values())):
        return None
    spans = line.reading.spans
    return sentence_before(spans, spans.index(span)), line.sentence.end


def _is_label(span: Span, text: str) -> bool:
    """Whether a sentence without numbers only names what follows: 缴费标准, or numbered: (一)缴费标准。"""
    s = span.sentence
    return s.end - s.start <= _LABEL if s.closed_by != "。" else numbered_label(span, text)


def _bracketed(word: Word, line: Line) -> bool:
    return any(a <= word.start < b for a, b in line.brackets)


def _ends(word: Word) -> bool:
    """Whether it only ends what was said before it."""
    return not word.members or word.members[0].startswith("!")


def _listed(word: Word, text: str) -> bool:
    before = text[max(0, word.start - 2) : word.start]
    return text[word.end : word.end + 1] == "、" or (before.endswith("、") and not _SECTION.match(before))
