"""`extract(article, domain)`: every claim that an article makes. Pure: the same article and domain, the same claims.

It is two steps, for those who need the first by itself (the linters of `audit`): `read_parts`, then `claims_of`, or
`drawn_from` for those who ask how much was typed as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from claims.about import about, figure_about
from claims.article import Article, Part
from claims.context import PartReading, read_part
from claims.domain import Domain
from claims.excepted import excepted
from claims.figures.exceptions import exceptions
from claims.figures.reader import figures_in
from claims.language.fold import fold
from claims.language.places import lies_in
from claims.matching import Match, can_be_denied, joined, negated
from claims.model import EVERYWHERE, Claim, Coverage, SetOf, scope_of, set_of
from claims.reading import Unit
from claims.recording import Found, claim_of, claim_of_figure, untyped_claim
from claims.scoping import except_of, only_places, scope_about, scope_of_unit
from claims.traits import likely
from claims.untyped import survey
from claims.valuing import opposite

_MAX_QUOTE = 110
"""Source characters; a quote that would be longer keeps to its head clause, and at last is cut."""


def extract(article: Article, domain: Domain) -> list[Claim]:
    """The claims of every part, in the order of the source."""
    return claims_of(article, read_parts(article, domain), domain)


def read_parts(article: Article, domain: Domain) -> tuple[PartReading, ...]:
    """Every part as read with a domain's words, in the order of `article.parts`; none that holds no word of those that
    wake the domain."""
    return tuple(read_part(article, part, domain) for part in article.parts if _awake(part, domain))


def _awake(part: Part, domain: Domain) -> bool:
    return domain.wakes is None or any(domain.wakes.find(fold(block.text.chars).chars) for block in part.blocks)


def claims_of(article: Article, readings: Sequence[PartReading], domain: Domain) -> list[Claim]:
    """The claims of parts that are read, in the order of the source."""
    return list(drawn_from(article, readings, domain).claims)


class Drawn(msgspec.Struct, frozen=True):
    """The claims of an article, and how many assertions of each of its parts are typed."""

    claims: tuple[Claim, ...]
    coverage: tuple[Coverage, ...]


def drawn_from(article: Article, readings: Sequence[PartReading], domain: Domain) -> Drawn:
    """The claims of parts that are read, those on no topic too, in the order of the source."""
    claims: list[Claim] = []
    coverage: list[Coverage] = []
    for reading in readings:
        typed = _part_claims(article, reading, domain)
        found = survey(reading, ((c.start, c.end) for c in typed), domain)
        claims += typed
        claims += (untyped_claim(unit, _MAX_QUOTE, article, reading) for unit in found.untyped)
        coverage.append(found.coverage)
    return Drawn(tuple(sorted(claims, key=lambda c: (c.start, c.end, c.topic, c.id))), tuple(coverage))


def _part_claims(article: Article, reading: PartReading, domain: Domain) -> list[Claim]:
    found: list[Found] = []
    for unit in reading.units:
        found += _unit_found(unit, reading, domain)
    told = _merged(found)
    told += excepted(told, domain)
    drawn = [claim_of(f, article, reading, domain) for f in told]
    if domain.figures is None:
        return drawn
    year = int(reading.as_of[:4]) if reading.as_of else None
    units = {name: topic.unit for name, topic in domain.topics.items()}
    figures = figures_in(
        reading.part, reading.blocks, domain.figures, units, reading.believed, year=year, region=reading.region
    )
    apart = exceptions(figures)
    for figure, except_ in zip(figures, apart, strict=True):
        kinds = domain.topics[figure.rule.topic].about
        if not kinds:
            drawn.append(claim_of_figure(figure, scope_of(except_), article, reading))
            continue
        facet = domain.things[kinds[0]].facet
        for name in figure_about(figure, kinds, reading):
            drawn.append(claim_of_figure(figure, EVERYWHERE, article, reading, thing=(facet, name)))
    return drawn


def _unit_found(unit: Unit, reading: PartReading, domain: Domain) -> list[Found]:
    """Every claim of a unit: on each topic the matching patterns of highest rank, one claim a value."""
    if unit.comment:
        return []
    by_topic = _matches(unit, domain)
    if unit.flip and not unit.leads_on:
        # 得借家长的卡,错了: denied is what 不用借家长的卡 says, where no pattern reads the words themselves.
        for topic, denied in _matches(negated(unit), domain).items():
            kept = [m for m in denied if can_be_denied(m)]
            if kept:
                by_topic.setdefault(topic, kept)
    found: list[Found] = []
    for matches in by_topic.values():
        top = max(m.pattern.rank for m in matches)
        seen: set[object] = set()
        for m in matches:
            if m.pattern.rank < top or m.value in seen:
                continue
            seen.add(m.value)
            if domain.topics[m.pattern.topic].about:
                found += _about(unit, m, reading, domain)
                continue
            scope, named = scope_of_unit(unit, m, reading, domain)
            # 我们这儿 is the region that the article is about, or else some place that it does not name.
            some = (unit.some and not named) or (unit.here and not scope.get("region"))
            quantifier = m.pattern.quantifier or ("some" if some else "all")
            if m.pattern.topic.endswith("province_count"):
                quantifier = "all"
            start, end = _extent(unit, m)
            alone = only_places(unit) if m.pattern.only_place is not None else None
            if alone is not None:
                # 上海仅青浦区开通: it holds in 青浦区, and somewhere round it the opposite does (section 7, 5).
                scope, quantifier = scope_of({"region": alone[0]}), "all"
                rest = msgspec.structs.replace(m, value=opposite(m.pattern, domain))
                round_it = scope_of({"region": alone[1] or reading.region})
                found.append(Found(unit, rest, "some", round_it, EVERYWHERE, start, end))
            found.append(Found(unit, m, quantifier, scope, except_of(unit, scope), start, end))
    return found


def _matches(unit: Unit, domain: Domain) -> dict[str, list[Match]]:
    by_topic: dict[str, list[Match]] = {}
    for pattern in likely(unit, domain):
        m = joined(pattern, unit, domain)
        if m is not None:
            by_topic.setdefault(m.pattern.topic, []).append(m)
    return by_topic


def _about(unit: Unit, m: Match, reading: PartReading, domain: Domain) -> Iterator[Found]:
    """A claim of each thing that the unit is about; where it shows none, no claim."""
    kinds = domain.topics[m.pattern.topic].about
    quantifier = m.pattern.quantifier or ("some" if unit.some else "all")
    start, end = _extent(unit, m)
    facet = domain.things[kinds[0]].facet
    for name in about(unit, m, kinds, reading):
        scope = scope_about(unit, m, reading, domain, facet, name)
        yield Found(unit, m, quantifier, scope, EVERYWHERE, start, end)


def _extent(unit: Unit, m: Match) -> tuple[int, int]:
    """The folded span that carries the claim: the head, from the first clause of the unit that it needed words of."""
    start, end = unit.head.start, unit.head.end
    for clause in unit.clauses:
        if any(clause.start <= h.start and h.end <= clause.end for h in m.hits):
            start, end = min(start, clause.start), max(end, clause.end)
    # Members of a list behind the clause (分别是:…) belong to it as far as they fit.
    last = max((h.end for h in m.hits if h.concept.startswith("t.")), default=0)
    if end < last <= unit.sentence.end and last - start <= _MAX_QUOTE:
        end = last
    if unit.quote_end is not None and unit.quote_end - start <= _MAX_QUOTE:
        end = max(end, unit.quote_end)
    if end - start > _MAX_QUOTE:
        start, end = unit.head.start, unit.head.end
    if end - start > _MAX_QUOTE:
        own = [h for h in m.hits if start <= h.start and h.end <= end]
        first = min((h.start for h in own), default=start)
        start = max(start, min(first, end - _MAX_QUOTE))
        end = min(end, start + _MAX_QUOTE)
    return start, end


def _merged(found: list[Found]) -> list[Found]:
    """What one sentence says in several clauses is one claim; so is a bare answer with the sentence after it
    (section 7, 22). Members of a set listed over the clauses of one sentence are one list."""
    kept: list[Found] = []
    for f in found:
        twin = next((k for k in reversed(kept[-12:]) if _same(k, f)), None)
        if twin is None:
            if kept and _narrowed(kept[-1], f):
                kept.pop()
            kept.append(f)
            continue
        value = f.match.value
        if isinstance(value, SetOf) and isinstance(twin.match.value, SetOf):
            members = (*twin.match.value.members, *value.members)
            twin.match = msgspec.structs.replace(twin.match, value=set_of(value.mode, members))
        start, end = min(twin.start, f.start), max(twin.end, f.end)
        if end - start <= _MAX_QUOTE - 10:
            twin.start, twin.end = start, end
    return kept


def _same(a: Found, b: Found) -> bool:
    if a.unit.reading is not b.unit.reading or a.match.pattern.topic != b.match.pattern.topic:
        return False
    if (a.quantifier, a.scope, a.except_) != (b.quantifier, b.scope, b.except_):
        return False
    x, y = a.match.value, b.match.value
    if isinstance(x, SetOf) and isinstance(y, SetOf):
        if x.mode != y.mode or x.mode == "only":
            return x == y and a.unit.sentence == b.unit.sentence
    elif x != y:
        return False
    if a.unit.sentence == b.unit.sentence:
        # 仅限个人账户,统筹基金不可共享: two ways of saying it are two statements; 不能 before them is none by itself.
        return a.match.pattern.way == b.match.pattern.way or a.unit.bare
    return _answered_by(a, b)


def _answered_by(a: Found, b: Found) -> bool:
    """Whether `a` is a bare answer and `b` stands in the sentence after it, in its line."""
    after = b.unit.sentence.start - a.unit.sentence.end
    return (
        a.unit.bare
        and 0 <= after <= 2
        and "\n" not in a.unit.reading.folded.chars[a.unit.sentence.end : b.unit.sentence.start]
    )


def _narrowed(a: Found, b: Found) -> bool:
    """可以。成都、绵阳已能跨省,其余还不行: a bare answer that the sentence after it tells of some places only."""
    if a.unit.reading is not b.unit.reading or a.match.pattern.topic != b.match.pattern.topic:
        return False
    if a.match.value != b.match.value or a.quantifier != "all" or not _answered_by(a, b):
        return False
    if a.end > a.unit.sentence.end:
        # What the sentence after it says has been merged with it already.
        return False
    told, asked = b.scope.get("region"), a.scope.get("region")
    if told == asked:
        return b.quantifier == "some"
    return bool(told) and (not asked or all(any(lies_in(x, y) for y in asked) for x in told))
