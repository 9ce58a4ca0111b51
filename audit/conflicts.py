"""Positions -> findings: the pairs of positions that cannot both be true (docs/claims.md section 5).

Positions are compared, never all pairs of claims. What a pair of claims comes to depends, beside the two positions,
only on a few things: for claims of different articles on hedge, teaser and how their dates lie; so one pair of
witnesses for each way these can fall is judged for all. Inside one article claims are judged pair by pair.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from audit.closings import NOTHING, Closings, resolved
from audit.defects import Told
from audit.identity import finding_id, side_key, worst_first
from audit.model import KINDS, Finding, Kind, Position, Reason, Severity, Side
from audit.positions import Summary
from audit.scopes import relation
from audit.verdict import (
    MILDER,
    OUTDATED_DAYS,
    REASONS,
    Ground,
    Verdict,
    ground,
    outdated,
    settle,
    turned,
    worst_kind,
    worst_severity,
)
from claims.facets import dimensions
from claims.model import Claim, Scope
from claims.topics import Topic

Profile: TypeAlias = tuple[str, bool, str, frozenset[str]]
"""Hedge, teaser, month, and the rulings that list the claim."""


def conflicts(
    summary: Summary, topics: Mapping[str, Topic], *, possible: bool = False, told: Told | None = None,
    closings: Closings = NOTHING,
) -> list[Finding]:  # fmt: skip
    """All findings of pairs of claims, worst first, then by topic and (whole) id.

    Topics that are not given are not compared; `possible` asks for the pairs whose scopes the text leaves open too.
    Pairs inside one article that a defect has `told` are left to it. A finding of which `closings` leave no pair is
    resolved, of another only what they leave is shown.
    """
    told = told or Told()
    found: list[Finding] = []
    for name in summary.topics():
        if name not in topics:
            continue
        topic = topics[name]
        positions = summary.positions(name)
        voices = _Chorus(summary, positions, topic)
        for i, j in _candidates(positions, topic, possible):
            finding = _compare(voices[i], voices[j], topic, possible, told)
            if finding is not None:
                found.append(_left(finding, topic, possible, told, closings))
    return sorted(found, key=worst_first)


def _left(finding: Finding, topic: Topic, possible: bool, told: Told, closings: Closings) -> Finding:
    """What rulings have left of a finding."""
    own = closings.of(finding.id)
    wrong = closings.wrong(c for side in finding.sides for c in side.claims)
    if not own and not wrong:
        return finding
    listed = frozenset[str]().union(*(c.claims for c in own))
    marks = {claim: frozenset(c.ruling for c in own if claim in c.claims) for claim in listed}
    voices = [
        _Voices(side.position, tuple(c for c in side.claims if c.id not in closings.misread), topic, marks)
        for side in finding.sides
        if side.position is not None
    ]
    rest = _compare(voices[0], voices[1], topic, possible, told)
    return rest or resolved(finding, (*(c.ruling for c in own), *wrong))


# Which positions to compare: those whose values exclude each other and whose scopes can meet.


def _candidates(positions: Sequence[Position], topic: Topic, possible: bool) -> Iterator[tuple[int, int]]:
    by_scope: dict[Scope, list[int]] = defaultdict(list)
    for i, position in enumerate(positions):
        by_scope[position.scope].append(i)
    for one, other in _scope_pairs(list(by_scope), topic, possible):
        for i in by_scope[one]:
            for j in by_scope[other]:
                if (i < j or one != other) and _can_conflict(positions[i], positions[j], topic, possible):
                    yield min(i, j), max(i, j)


def _scope_pairs(scopes: Sequence[Scope], topic: Topic, possible: bool) -> Iterator[tuple[Scope, Scope]]:
    """The pairs of scopes, each with itself too, that are not disjoint; where an absent facet is `not said` and
    `possible` is off, only those that name the same facets."""
    alike = topic.absent == "not_said" and not possible
    groups: dict[tuple[str, ...], list[Scope]] = defaultdict(list)
    for scope in scopes:
        groups[tuple(sorted(dimensions(scope))) if alike else ()].append(scope)
    for group in groups.values():
        # Region sets most scopes apart, so it is looked up rather than tried with each pair.
        by_region: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for i, scope in enumerate(group):
            by_region[scope.get("region")].append(i)
        near = {r: [s for s in by_region if relation("region", r, s) != "disjoint"] for r in by_region}
        for i, scope in enumerate(group):
            for region in near[scope.get("region")]:
                for j in by_region[region]:
                    if i <= j and not _disjoint(scope, group[j]):
                        yield scope, group[j]


def _disjoint(a: Scope, b: Scope) -> bool:
    in_a, in_b = dimensions(a), dimensions(b)
    return any(relation(name, in_a[name], in_b[name]) == "disjoint" for name in in_a if name in in_b)


def _can_conflict(a: Position, b: Position, topic: Topic, possible: bool) -> bool:
    """Whether some claims of these positions could conflict. Hedges, dates and articles can only take that back."""
    found = ground(a, b, topic)
    return isinstance(found, Ground) and (possible or not found.possible)


_UNMARKED = frozenset[str]()


# Who takes a position, sorted so that witnesses are found without going through pairs.


class _Slice:
    """The claims of one position that are hedged alike (as far as that counts) and all or none from teasers; on a count
    of provinces also of one month. Any two slices conflict wholly or not at all, whatever the days."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.speakers = _speakers(claims)
        self.undated = _speakers(c for c in claims if not c.as_of)
        by_day: dict[int, list[Claim]] = defaultdict(list)
        for claim in claims:
            if claim.as_of:
                by_day[date.fromisoformat(claim.as_of).toordinal()].append(claim)
        self.days = sorted(by_day)
        self.dated = [_speakers(by_day[day]) for day in self.days]


class _Voices:
    """A position with the claims that take it. `marks` are the rulings by which a claim (id) is compatible with the
    other claims that they list."""

    def __init__(
        self, position: Position, claims: tuple[Claim, ...], topic: Topic,
        marks: Mapping[str, frozenset[str]] | None = None,
    ) -> None:  # fmt: skip
        self.position = position
        self.claims = claims
        self._months = topic.counts_provinces
        self._marks = marks or {}

    def marks(self, claim: Claim) -> frozenset[str]:
        return self._marks.get(claim.id, _UNMARKED)

    def profile(self, claim: Claim) -> Profile:
        hedge = claim.hedged if claim.hedged in ("approx", "maybe") else None
        month = (claim.as_of or "")[:7] if self._months else ""
        return hedge or "", claim.is_teaser, month, self.marks(claim)

    @cached_property
    def approximate(self) -> set[bool]:
        """Whether the value is said with 约, without, or both."""
        return {hedge == "approx" for hedge, *_ in self.slices}

    @cached_property
    def slices(self) -> dict[Profile, _Slice]:
        by_profile: dict[Profile, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            by_profile[self.profile(claim)].append(claim)
        return {profile: _Slice(claims) for profile, claims in by_profile.items()}

    @cached_property
    def by_article(self) -> dict[str, list[Claim]]:
        articles: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            articles[claim.article].append(claim)
        return articles


class _Chorus(dict[int, _Voices]):
    """The voices of a topic's positions by their number, gathered when first asked for."""

    def __init__(self, summary: Summary, positions: Sequence[Position], topic: Topic) -> None:
        super().__init__()
        self._summary, self._positions, self._topic = summary, positions, topic

    def __missing__(self, n: int) -> _Voices:
        position = self._positions[n]
        self[n] = _Voices(position, self._summary.claims(position), self._topic)
        return self[n]


def _speakers(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The first claim and the first of another article: enough to tell whether anyone of another article speaks."""
    first: Claim | None = None
    for claim in claims:
        if first is None:
            first = claim
        elif claim.article != first.article:
            return first, claim
    return () if first is None else (first,)


def _apart(left: Iterable[Claim], right: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """A pair of different articles, if there is one."""
    for a in left:
        for b in right:
            if a.article != b.article:
                yield a, b
                return


def _witnesses(left: _Slice, right: _Slice) -> Iterator[tuple[Claim, Claim]]:
    """A pair of claims of different articles for each way their dates can lie: without one, near, far apart."""
    if not any(_apart(left.speakers, right.speakers)):
        return
    yield from _apart(left.undated, right.speakers)
    yield from _apart(left.speakers, right.undated)
    yield from _first(_near(left, right))
    yield from _first(_far(left, right))


def _first(pairs: Iterator[tuple[Claim, Claim]]) -> Iterator[tuple[Claim, Claim]]:
    for pair in pairs:
        yield pair
        return


def _near(left: _Slice, right: _Slice) -> Iterator[tuple[Claim, Claim]]:
    for day, speakers in zip(left.days, left.dated, strict=True):
        low, high = bisect_right(right.days, day - OUTDATED_DAYS), bisect_left(right.days, day + OUTDATED_DAYS)
        for k in range(low, high):
            yield from _apart(speakers, right.dated[k])


def _far(left: _Slice, right: _Slice) -> Iterator[tuple[Claim, Claim]]:
    for day, speakers in zip(left.days, left.dated, strict=True):
        low, high = bisect_right(right.days, day - OUTDATED_DAYS), bisect_left(right.days, day + OUTDATED_DAYS)
        for k in chain(range(low), range(high, len(right.days))):
            yield from _apart(speakers, right.dated[k])


# One pair of positions.


def _compare(left: _Voices, right: _Voices, topic: Topic, possible: bool, told: Told) -> Finding | None:
    found: list[Verdict] = []
    grounds = {
        (x, y): ground(left.position, right.position, topic, approx=(x, y))
        for x in left.approximate
        for y in right.approximate
    }

    def conflict(a: Claim, b: Claim) -> bool:
        if left.marks(a) & right.marks(b):  # a ruling says that both stand
            return False
        rests_on = grounds[a.hedged == "approx", b.hedged == "approx"]
        if isinstance(rests_on, Reason) or (rests_on.possible and not possible):
            return False
        verdict = settle(a, b, topic, rests_on)
        if verdict.kind is not None:
            found.append(verdict)
        return verdict.kind is not None

    heard: tuple[dict[Profile, tuple[Claim, ...]], ...] = ({}, {})
    for one, ours in left.slices.items():
        for other, theirs in right.slices.items():
            if sum(conflict(a, b) for a, b in _witnesses(ours, theirs)):  # all of them: each may be of another kind
                heard[0][one] = _speakers((*heard[0].get(one, ()), *theirs.speakers))
                heard[1][other] = _speakers((*heard[1].get(other, ()), *ours.speakers))
    inside: tuple[set[Claim], set[Claim]] = (set(), set())
    for article in left.by_article.keys() & right.by_article.keys():
        if told(left.by_article[article], right.by_article[article]):
            continue
        for a in left.by_article[article]:
            for b in right.by_article[article]:
                if conflict(a, b):
                    inside[0].add(a)
                    inside[1].add(b)
    if not found:
        return None
    sides = tuple(_side(voices, heard[n], inside[n]) for n, voices in enumerate((left, right)))
    return _finding(topic, sides, found)


def _side(voices: _Voices, heard: Mapping[Profile, tuple[Claim, ...]], inside: set[Claim]) -> Side:
    """The claims that take part: in a pair inside their article, or with anyone of another article."""

    def takes_part(claim: Claim) -> bool:
        others = heard.get(voices.profile(claim), ())
        return any(other.article != claim.article for other in others) or claim in inside

    everyone = all(len(heard.get(profile, ())) > 1 for profile in voices.slices)  # they speak to two articles
    claims = voices.claims if everyone else tuple(c for c in voices.claims if takes_part(c))
    return Side(voices.position, len(claims), claims)


def _finding(topic: Topic, sides: tuple[Side, ...], found: Iterable[Verdict]) -> Finding:
    kinds: set[Kind] = {v.kind for v in found if v.kind is not None}
    severities: set[Severity] = {v.severity for v in found if v.severity is not None}
    kind, severity = worst_kind(kinds), worst_severity(severities)
    # What makes a pair milder says nothing of a finding that another pair makes worse.
    said = {r for v in found for r in v.reasons if r.code not in MILDER or v.severity == severity}
    reasons = [r for r in said if r.code != "outdated"]
    older = None
    if kind == "outdated":
        dates = _dates(sides)
        older = 0 if dates[0] <= dates[1] else 1
        reasons.append(outdated(older, dates[0][0], dates[1][0]))
    if _second_first(kind, reasons, older):
        sides, reasons = sides[::-1], [turned(r) for r in reasons]
        older = None if older is None else 0
    return Finding(
        id=finding_id([side_key(side) for side in sides]), code=kind, topic=topic.id, kind=kind,
        other_kinds=tuple(k for k in KINDS if k in kinds and k != kind),
        severity=severity, reasons=tuple(sorted(reasons, key=lambda r: (REASONS.index(r.code), r.args))), sides=sides,
        older=older,
    )  # fmt: skip


def _dates(sides: Sequence[Side]) -> list[tuple[str, str]]:
    """When each side was last said, and when first: the older side is the one with the lesser of these."""
    spoken = [sorted(c.as_of for c in side.claims if c.as_of) for side in sides]
    return [(days[-1], days[0]) for days in spoken]


def _second_first(kind: Kind, reasons: Iterable[Reason], older: int | None) -> bool:
    """Whether the second side leads: the older of two, the general before the particular, else as they are sorted."""
    if kind == "overgeneral":
        return any(dict(r.args)["side"] == "0" for r in reasons if r.code in ("inside", "some-against-all"))
    return older == 1
