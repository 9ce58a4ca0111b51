"""For where, whom and when a claim holds: its scope facets and its exceptions."""

from __future__ import annotations

import re

from claims.context import PartReading
from claims.domain import Domain
from claims.matching import Match
from claims.model import EVERYWHERE, Scope, scope_of
from claims.reading import Unit

_NATIONWIDE = re.compile(r"全国|各地|国家(?!医保服务平台|医保局|医疗保障|医保|统一平台)|各省|每个省|全国各地|哪个省")
_EXCEPT = re.compile(r"除(?:了)?(?P<what>[^,。;:]{1,24}?)(?:以外|之外|外)")


def scope_of_unit(unit: Unit, match: Match, reading: PartReading, domain: Domain) -> tuple[Scope, bool]:
    """The scope of a claim, and whether the unit itself names its region (then it holds in all of it, reading 6)."""
    facets: dict[str, tuple[str, ...]] = {k: v for k, v in match.pattern.scope.items()}
    regions, named = _regions(unit, reading, domain)
    if match.pattern.topic.endswith("province_count"):
        regions = ()
    if regions:
        facets["region"] = regions
    return scope_of(facets), named


def _regions(unit: Unit, reading: PartReading, domain: Domain) -> tuple[tuple[str, ...], bool]:
    text = unit.reading.folded.chars
    levels = {c for table in domain.levels.values() for c in table.values()}
    limits = [(h.start, h.end) for hs in unit.zones["sentence"].values() for h in hs if h.concept in levels]
    excepted = [m.span("what") for m in _EXCEPT.finditer(text)]
    start, end = unit.clauses[0].start, unit.head.end
    names: list[str] = []
    for p in unit.reading.places:
        if not (start <= p.start and p.end <= end):
            continue
        if any(a <= p.start and p.end <= b for a, b in limits + excepted):
            continue
        names += p.names
    if names:
        return tuple(dict.fromkeys(names)), True
    sentence = text[unit.sentence.start : unit.sentence.end]
    if _NATIONWIDE.search(sentence):
        return (), False
    # The places named earlier in the sentence are its topic: 河北、吉林等地,亲属在外省也能用.
    earlier = [
        n for p in unit.reading.places
        if unit.sentence.start <= p.start < start and not any(a <= p.start and p.end <= b for a, b in limits + excepted)
        for n in p.names
    ]  # fmt: skip
    if earlier:
        return tuple(dict.fromkeys(earlier)), True
    heading = reading.block_regions[unit.reading.index]
    if heading:
        return heading, False
    return reading.region, False


def except_of(unit: Unit, scope: Scope) -> Scope:
    """What the sentence itself takes out: 除武汉外."""
    text = unit.reading.folded.chars
    names: list[str] = []
    for m in _EXCEPT.finditer(text, unit.sentence.start, unit.sentence.end):
        names += [n for p in unit.reading.places if m.start() <= p.start and p.end <= m.end() for n in p.names]
    return scope_of({"region": names}) if names else EVERYWHERE
