"""Positions -> findings: the pairs of positions that cannot both be true (docs/claims.md section 5).

Positions are compared, never all pairs of claims. What a pair of claims comes to depends, beside the two positions,
only on a few things: for claims of different articles on their profiles and how their dates lie; so one pair of
witnesses for each way these can fall is judged for all. Inside one article claims were judged pair by pair when the
article was summed up (audit.inside).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from audit.closings import NOTHING, Closings, resolved
from audit.identity import worst_first
from audit.model import Finding, Position
from audit.pairs import Pair
from audit.positions import Summary
from audit.scopes import Members, relation
from audit.verdict import Ground, ground
from claims.facets import dimensions
from claims.language.gazetteer import province_of
from claims.model import Scope
from claims.topics import Topic


def conflicts(
    summary: Summary, topics: Mapping[str, Topic], *, possible: bool = False, closings: Closings = NOTHING
) -> list[Finding]:
    """All findings of pairs of claims, worst first, then by topic and (whole) id.

    Topics that are not given are not compared; `possible` asks for the pairs whose scopes the text leaves open too.
    A finding of which `closings` leave no pair is resolved, of another only what they leave is shown; the summary must
    know the claims that they name apart (`Needs.named`).
    """
    found: list[Finding] = []
    for name in summary.topics():
        if name not in topics:
            continue
        topic = topics[name]
        positions = summary.positions(name)
        for i, j in _candidates(positions, topic, possible):
            pair = Pair(summary, positions[i], positions[j], topic, possible)
            finding = pair.compared()
            if finding is not None:
                found.append(_left(finding, pair, closings))
    return sorted(found, key=worst_first)


def _left(finding: Finding, pair: Pair, closings: Closings) -> Finding:
    """What rulings have left of a finding."""
    own = closings.of(finding.id)
    wrong = closings.wrong(c for side in finding.sides for c in side.claims)
    if not own and not wrong:
        return finding
    listed = frozenset[str]().union(*(c.claims for c in own))
    marks = {claim: frozenset(c.ruling for c in own if claim in c.claims) for claim in listed}
    return pair.compared(closings.misread, marks) or resolved(finding, (*(c.ruling for c in own), *wrong))


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
        near = _near(list(by_region))
        for i, scope in enumerate(group):
            for region in near[scope.get("region")]:
                for j in by_region[region]:
                    if i <= j and not _disjoint(scope, group[j]):
                        yield scope, group[j]


def _near(regions: Sequence[Members]) -> dict[Members, list[Members]]:
    """Of lists of regions those that each could meet. Regions of different provinces are not compared."""
    by_province: dict[str, list[Members]] = defaultdict(list)
    for members in regions:
        for province in _provinces(members):
            by_province[province].append(members)
    near: dict[Members, list[Members]] = {}
    for members in regions:
        others = (o for province in (*_provinces(members), "") for o in by_province[province])
        tried = dict.fromkeys(others) if members else regions
        near[members] = [other for other in tried if relation("region", members, other) != "disjoint"]
    return near


def _provinces(members: Members) -> set[str]:
    """The provinces of a list of regions, "" for no region; what lies in none stands for itself."""
    return {province_of(member) or member for member in members} or {""}


def _disjoint(a: Scope, b: Scope) -> bool:
    in_a, in_b = dimensions(a), dimensions(b)
    return any(relation(name, in_a[name], in_b[name]) == "disjoint" for name in in_a if name in in_b)


def _can_conflict(a: Position, b: Position, topic: Topic, possible: bool) -> bool:
    """Whether some claims of these positions could conflict. Hedges, dates and articles can only take that back."""
    found = ground(a, b, topic)
    return isinstance(found, Ground) and (possible or not found.possible)
