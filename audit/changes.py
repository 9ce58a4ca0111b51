"""What a change of the content repo brings: two audits compared (docs/design.md, the gate)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from audit.identity import side_key
from audit.model import SEVERITIES, Finding
from claims.identity import folded
from claims.model import Claim, path_of

How: TypeAlias = Literal["closed", "lowered", "gone"]
"""By a ruling; by a level of the config; because what made it a finding is off or no longer read."""


class Loosened(msgspec.Struct, frozen=True):
    """A finding that is closed, lowered or gone although the articles still say the same, because a ruling or the
    config changed; `ruling` closed it, if one did."""

    finding: str
    how: How
    ruling: str | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """The audit of the working tree beside that of a commit.

    `base` is the ref as asked for, `commit` the full hash of the commit that was audited: their merge base. `brought`
    maps each finding that the change brings to the claims (ids) that take part in it now and did not then; none where
    the finding has no claims. `resolved` counts findings that were open then and are not now, `left` those open in
    both that nothing was brought to. `fresh` are the claims of brought findings that were not there then at all: a
    reader is shown what was written rather than what it clashes with. `uncommitted` counts files of the working tree
    that are in no commit yet.
    """

    base: str
    commit: str
    brought: Mapping[str, tuple[str, ...]] = {}
    resolved: int = 0
    left: int = 0
    loosened: tuple[Loosened, ...] = ()
    uncommitted: int = 0
    fresh: frozenset[str] = frozenset()


ClaimKey: TypeAlias = tuple[object, ...]
FindingKey: TypeAlias = tuple[object, ...]
Moves: TypeAlias = Mapping[str, str]
"""Path of an article then -> its path now, where these differ."""


def claim_key(claim: Claim, moved: Moves) -> ClaimKey:
    """What a claim is known by in both audits: all that makes its identity, but the article by its path now. Which
    teaser of a page it stands in does not count: teasers are numbered."""
    path = moved.get(claim.path, claim.path)
    said = (claim.topic, claim.value, claim.quantifier, claim.scope, claim.except_, folded(claim.quote))
    return (path, claim.is_teaser, *said)


def finding_key(finding: Finding, moved: Moves) -> FindingKey:
    """What a finding is known by in both audits. Not its id: that is longer where two short ones are alike, and a
    defect's holds the article's."""
    if any(side.position is not None for side in finding.sides):
        return tuple(sorted(side_key(side) for side in finding.sides))
    quotes = [q for side in finding.sides for q in side.quotes]
    paths = sorted({moved.get(path, path) for path in (path_of(q.article) for q in quotes)})
    words = (tuple(sorted({folded(q.quote) for q in side.quotes})) for side in finding.sides)
    return (finding.code, *paths, *words)


def taking_part(finding: Finding) -> list[Claim]:
    """The claims of the sides that no reference upholds: who is right brings nothing."""
    return [claim for side in finding.sides if side.upheld is None for claim in side.claims]


class Comparison(msgspec.Struct, frozen=True):
    """`brought`, `resolved` and `left` of a Change."""

    brought: Mapping[str, tuple[str, ...]]
    resolved: int
    left: int


def compare(now: Iterable[Finding], then: Iterable[Finding], moved: Moves) -> Comparison:
    """What two audits of one corpus come to, findings with the states and severities of their own configs.

    A finding is brought by claims that took no part in it while it was open then; by all its claims, if it is worse by
    its nature than it was; one without claims, if it was not open then.
    """
    before: dict[FindingKey, list[Finding]] = defaultdict(list)
    for finding in then:
        if finding.state != "resolved":
            before[finding_key(finding, moved)].append(finding)
    brought: dict[str, tuple[str, ...]] = {}
    left = 0
    still: set[FindingKey] = set()
    for finding in now:
        if finding.state == "resolved":
            continue
        key = finding_key(finding, {})
        still.add(key)
        new = _brought(finding, before.get(key, ()), moved)
        if new is not None:
            brought[finding.id] = new
        elif key in before:
            left += 1
    resolved = sum(len(found) for key, found in before.items() if key not in still)
    return Comparison(brought, resolved, left)


def fresh(brought: Iterable[Finding], then: Iterable[Claim], moved: Moves) -> frozenset[str]:
    """The ids of those claims of brought findings that are not among the claims of then."""
    claims = [claim for finding in brought for side in finding.sides for claim in side.claims]
    paths = {claim.path for claim in claims}
    known = {claim_key(claim, moved) for claim in then if moved.get(claim.path, claim.path) in paths}
    return frozenset(claim.id for claim in claims if claim_key(claim, {}) not in known)


def _brought(finding: Finding, before: Sequence[Finding], moved: Moves) -> tuple[str, ...] | None:
    """The ids of the claims that bring a finding; None where nothing does."""
    bears_claims = any(side.claims for side in finding.sides)
    worse = all(_rank(finding) < _rank(other) for other in before)  # true where there was none
    if not bears_claims:
        return () if worse else None
    known = set() if worse else {claim_key(c, moved) for f in before for side in f.sides for c in side.claims}
    ids = tuple(dict.fromkeys(c.id for c in taking_part(finding) if claim_key(c, {}) not in known))
    return ids or None


def _rank(finding: Finding) -> int:
    """0 for the worst severity that a finding has by its nature."""
    return SEVERITIES.index(finding.natural or finding.severity)


def loosened(now: Iterable[Finding], strict: Iterable[Finding], moved: Moves) -> tuple[Loosened, ...]:
    """What is closed, lowered or gone: the articles of now, as config and rulings have them, beside the same articles
    under those that there were. Worst first, as these findings were. `moved` are paths of rulings."""
    after: dict[FindingKey, list[Finding]] = defaultdict(list)
    for finding in now:
        after[finding_key(finding, {})].append(finding)
    found: list[Loosened] = []
    for finding in strict:
        if finding.state == "resolved":
            continue
        same = after.get(finding_key(finding, moved))
        if not same:
            found.append(Loosened(finding.id, "gone"))
        elif all(f.state == "resolved" for f in same):
            found.append(Loosened(same[0].id, "closed", same[0].ruling))
        elif all(SEVERITIES.index(f.severity) > SEVERITIES.index(finding.severity) for f in same):
            found.append(Loosened(same[0].id, "lowered"))
    return tuple(found)
