"""Assertions that no topic takes, and how much of an article was typed (docs/claims.md section 1).

What counts is a *unit*, the smallest piece of text that asserts something: a clause with what leans on it, a list item
under its stem, a table cell under its headers. A list of five figures in one clause is one assertion. A unit that a
claim stands in is typed. One that none stands in is an assertion of the domain when it speaks of it (`about.words` in
domain.yaml) and says something: yes, no, must, need not or only; a predicate of the domain; or a figure. What is
asked, believed, planned, past or left open, headings, and what a page says of itself, never became units. Praise
(减轻负担, 提高效率) says nothing that could be checked, and a clause that only leads up to another or carries one on is
part of that one's assertion.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

import msgspec

from claims.article import Part
from claims.context import PartReading
from claims.domain import Domain
from claims.model import Coverage
from claims.reading import Unit
from claims.zones import Concepts

UNTYPED = "untyped"
"""The topic, and the pattern, of an assertion that no topic takes."""

_IDLE = frozenset({"n.piece", "n.times"})
_ONE = re.compile(r"[一1](?![\d.十百千万亿])")
"""Of pieces and times one is no figure: 一种, 一次."""


class Survey(msgspec.Struct, frozen=True):
    """A part's assertions: how many are typed, and the units that are not."""

    part: str
    typed: int
    untyped: tuple[Unit, ...]

    @property
    def coverage(self) -> Coverage:
        return Coverage(self.part, self.typed, self.typed + len(self.untyped))


def survey(reading: PartReading, claimed: Iterable[tuple[int, int]], domain: Domain) -> Survey:
    """What of a part was typed; `claimed` are the spans (source offsets) of its claims."""
    spans = sorted(set(claimed))
    starts = [start for start, _ in spans]
    longest = max((end - start for start, end in spans), default=0)
    left = set(spans)
    typed = 0
    untyped: list[Unit] = []
    for unit in reading.units:
        start, end = span_of(unit, reading.part)
        near = spans[bisect_left(starts, start - longest) : bisect_left(starts, end)]
        own = [s for s in near if start < s[1]]
        if own:
            typed += 1
            left.difference_update(own)
        elif _of_the_domain(unit, domain):
            untyped.append(unit)
    # A figure may stand where no unit is: in a sentence that is otherwise past or planned, in a label.
    return Survey(reading.part.name, typed + len(left), tuple(untyped))


def span_of(unit: Unit, part: Part) -> tuple[int, int]:
    """Where a unit's head stands in the source; a bare cell stands for its row."""
    if unit.row is not None:
        first, last = (part.blocks[i].text for i in unit.row)
        return first.starts[0], last.ends[-1]
    return unit.reading.block.text.span(*unit.reading.folded.back(unit.head.start, unit.head.end))


_LEADS_IN = re.compile(r"(?:通过|依托|借助|凭借|围绕|旨在)(?![^,]*(?:办理|完成|申请|结算|查询|报销|提交|实现)$)")
"""The means or the end, before the clause that says what is so: 通过整合资金,形成…."""
_SUPPOSES = re.compile(r"(?:但|而)?(?:如需|若需|如要|若要|要是)")
_IS = re.compile(r"(?<![不还但就可])是(?!否|不是)|属于|即为|(?<![没只所仅])有(?![关效序的无限时])")
_PRAISE = re.compile(
    r"(?:减轻|缓解|降低|减少)[^,]{0,14}(?:负担|压力|支出|开支|金额|风险|之忧)"
    r"|(?:提高|提升|优化|改善|增强)[^,]{0,10}(?:效率|效益|效能|配置|质量|体验|能力|获得感)"
    r"|(?:促进|推动|助力)[^,]{0,12}(?:公平|发展|均衡|改革)|有助于|有利于|更加?便捷|提供[^,]{0,12}(?:保障|便利|支持)$"
)
"""What nobody could check: it lightens burdens and makes good use of money."""


def _of_the_domain(unit: Unit, domain: Domain) -> bool:
    g, words = unit.grammar, unit.reading.folded.chars[unit.head.start : unit.head.end]
    said = unit.zones["clause"] if unit.head.start == unit.clauses[0].start else unit.zones["unit"]
    if domain.about_words.isdisjoint(said) and (unit.subject is None or domain.about_weak.isdisjoint(said)):
        return False
    firm = bool(g.must or g.need_not or g.only or g.not_only or g.sign < 0)
    if g.wh and not (firm or g.sign):
        return False
    if _has_figure(said, unit.reading.folded.chars):
        return True
    whole = (unit.clauses[0].start, unit.head.end) == (unit.sentence.start, unit.sentence.end)
    more = unit.head.end < unit.sentence.end
    if more and (_SUPPOSES.match(words) or (not g.must and _LEADS_IN.search(words))):
        return False
    if not firm and _PRAISE.search(words):
        return False
    if firm or g.sign or g.affirms:
        return True
    # Without a yes or no of its own a clause names a topic (办理家庭共济,须…) or carries on the one before it
    # (用于支付医疗费用), unless it is the whole sentence or says what something is.
    return _has_predicate(said, domain) and (whole or bool(_IS.search(words)))


def _has_predicate(said: Concepts, domain: Domain) -> bool:
    """Whether a predicate of the domain stands there, outside a subject's name (共济 in 家庭共济)."""
    names = [h for concepts in domain.subjects.values() for c in concepts for h in said.get(c, ())]
    return any(
        not any(n.start <= h.start and h.end <= n.end for n in names)
        for concept, hits in said.items()
        if concept in domain.predicates
        for h in hits
    )


def _has_figure(said: Concepts, text: str) -> bool:
    for concept, hits in said.items():
        if concept.startswith("n.") and (concept not in _IDLE or any(not _ONE.match(text, h.start) for h in hits)):
            return True
    return False


def quoted(unit: Unit, most: int) -> tuple[int, int]:
    """The folded span that shows an untyped unit: with the clauses that lean on it, as far as `most` characters go."""
    start, end = unit.clauses[0].start, unit.head.end
    if end - start > most or start > unit.head.start:
        start = unit.head.start
    return start, min(end, start + most)
