"""Patterns tried on units: which of them match, where the words stand that they needed, and the value they give."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from claims.domain import Domain, Need, Pattern
from claims.language.lexicon import Hit
from claims.model import Flag, SetOf, Value
from claims.reading import Unit
from claims.traits import Traits, fits
from claims.valuing import flipped, value_of
from claims.zones import Concepts

_FOCUS_REACH = 14
"""How far after 只, 仅 the word may stand that it bears on (characters)."""


class Match(msgspec.Struct, frozen=True):
    """A pattern that holds for a unit, with its value and the hits that it rests on (inside the unit's block)."""

    pattern: Pattern
    value: Value
    hits: tuple[Hit, ...]


def find(need: Need, zones: Mapping[str, Concepts]) -> Hit | None:
    """The first hit that fills a need, or None."""
    for concept, negated, zone in need.concepts:
        for hit in zones[zone].get(concept, ()):
            if negated is None or hit.negated == negated:
                return hit
    return None


def _focused(pattern: Pattern, unit: Unit) -> Hit | None:
    """The hit that an "only" of the unit bears on."""
    # The clause's own only-words, by where they end.
    # Those of a row's label or a question stand in blocks of their own: no distance joins them.
    own = next((set(s.hits) for s in unit.reading.spans if s.sentence == unit.sentence), set())
    ends = [h.end for h in unit.zones["unit"].get("g.ONLY", ()) if h in own]
    best: Hit | None = None
    for concept in pattern.focus:
        for hit in own.intersection(unit.zones["unit"].get(concept, ())):
            if any(0 <= hit.start - end <= _FOCUS_REACH for end in ends) and (best is None or hit < best):
                best = hit
    return best


def _sequences_hold(pattern: Pattern, unit: Unit) -> bool:
    zone = unit.zones["sentence"]
    for a, b, gap in pattern.sequences:
        if not any(0 <= y.start - x.end <= gap for x in zone.get(a, ()) for y in zone.get(b, ())):
            return False
    return True


def match(pattern: Pattern, unit: Unit, domain: Domain) -> Match | None:
    """The pattern on the unit; None where it does not hold."""
    return joined(pattern, unit, domain) if fits(pattern, Traits.of(unit), domain) else None


def joined(pattern: Pattern, unit: Unit, domain: Domain) -> Match | None:
    """The match of a pattern that fits the unit (:func:`claims.traits.fits`), if the words stand as it needs them."""
    hits: list[Hit] = []
    for need in pattern.need:
        hit = find(need, unit.zones)
        if hit is None:
            return None
        hits.append(hit)
    if any(find(n, unit.zones) for n in pattern.forbid):
        return None
    if pattern.focus:
        focused = _focused(pattern, unit)
        if focused is None:
            return None
        hits.append(focused)
    if pattern.sequences and not _sequences_hold(pattern, unit):
        return None
    value = value_of(pattern, unit, domain, hits)
    if value is None:
        return None
    if unit.flip:
        value = flipped(value, domain, pattern.topic)
        if value is None:
            return None
    return Match(pattern, value, tuple(hits))


def negated(unit: Unit) -> Unit:
    """The unit with its yes or no turned: what a denial of its words says outright."""
    g = unit.grammar
    replace = msgspec.structs.replace
    if g.must or g.need_not:
        turned = replace(g, must=g.need_not, then=False, need_not=g.must, sign=1)
    else:
        turned = replace(g, sign=-g.sign or -1)
    return replace(unit, grammar=turned, flip=False)


def can_be_denied(m: Match) -> bool:
    """不是6个人 leaves the figure open, as 不是只有配偶 does the list; a flag or a member is simply the other way."""
    return isinstance(m.value, Flag) or (isinstance(m.value, SetOf) and m.value.mode != "only")
