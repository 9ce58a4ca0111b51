"""Conflicts in a corpus that changes a little at a time: positions of which nothing has changed are not compared again.

What two positions come to follows from their claims, from the defects of articles that take both, and from what rulings
say of those claims; what one comes to against references, from its claims and these. So of a changed corpus only those
pairs are compared of which one position has changed, in a corpus of these positions and of those that they can meet.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

import msgspec

from audit.closings import Closings
from audit.conflicts import conflicts
from audit.defects import Told
from audit.identity import worst_first
from audit.model import Defect, Finding, Position, Reference
from audit.positions import Needs, Summary, position_of
from audit.references import Held, cuts_by_topic, hold
from audit.scopes import relation
from audit.verdict import Ground, ground
from claims.model import Claim
from claims.topics import Topic

MOST = 0.3
"""Where more than this part of the positions has changed, all are compared again: finding out which to leave takes
longer then."""


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """A corpus and all that its conflicts depend on. `defects` are those that tell of pairs."""

    claims: Sequence[Claim]
    defects: Sequence[Defect]
    topics: Mapping[str, Topic]
    references: Sequence[Reference]
    closings: Closings
    today: str
    possible: bool

    def rules(self) -> tuple[object, ...]:
        """What changes everything."""
        return (self.topics, self.today, self.possible)


class Following:
    """What `conflicts` and `hold` come to, for one corpus after another. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: Basis | None = None
        self._on: dict[str, dict[Position, dict[Claim, None]]] = defaultdict(dict)
        self._pairs: list[Finding] = []
        self._held: list[Finding] = []
        self._refuted: dict[Position, frozenset[Reference]] = {}

    def __call__(self, basis: Basis) -> tuple[list[Finding], Held]:
        with self._lock:
            last, self._last = self._last, None  # what fails begins anew
            if last is None or last.rules() != basis.rules():
                self._on, self._pairs, self._held, self._refuted = defaultdict(dict), [], [], {}
                self._move((), basis.claims)
                changed = self._everything()
            else:
                changed = self._changed(last, basis)
            self._compare(basis, changed)
            self._last = basis
            held = Held(tuple(sorted(self._held, key=worst_first)), dict(self._refuted))
            return sorted(self._pairs, key=worst_first), held

    def _everything(self) -> set[Position]:
        return {position for positions in self._on.values() for position in positions}

    def _changed(self, last: Basis, now: Basis) -> set[Position]:
        """The positions of which something has changed, those too that nobody takes any more."""
        gone, come = _differing(last.claims, now.claims)
        changed = self._move(gone, come)
        articles = _articles(last.defects, now.defects)
        ids = decided(last.closings, now.closings)
        if articles or ids:
            found = (position_of(c) for c in now.claims if c.article in articles or c.id in ids)
            changed |= {position for position in found if position is not None}
        topics = {r.position.topic for r in set(last.references).symmetric_difference(now.references)}
        for topic in topics:
            changed |= self._on[topic].keys()
        return changed

    def _move(self, gone: Iterable[Claim], come: Iterable[Claim]) -> set[Position]:
        """Take claims out and put others in; the positions that they take."""
        moved: set[Position] = set()
        for claim in gone:
            position = position_of(claim)
            if position is not None:
                moved.add(position)
                of = self._on[position.topic]
                of[position].pop(claim, None)
                if not of[position]:
                    del of[position]
        for claim in come:
            position = position_of(claim)
            if position is not None:
                moved.add(position)
                self._on[position.topic].setdefault(position, {})[claim] = None
        return moved

    def _compare(self, basis: Basis, changed: set[Position]) -> None:
        every = sum(map(len, self._on.values()))
        if len(changed) > MOST * every:
            changed |= self._everything()
        chosen = list(self._near(basis, changed))
        needs = Needs(
            topics=basis.topics, cuts=cuts_by_topic(basis.references), named=basis.closings.named
        )  # fmt: skip
        summary = Summary((c for p in chosen for c in self._on[p.topic][p]), needs, Told(basis.defects))
        topics, possible, closings = basis.topics, basis.possible, basis.closings
        pairs = conflicts(summary, topics, possible=possible, closings=closings)
        held = hold(summary, basis.references, topics, today=basis.today, possible=possible, closings=closings)
        self._pairs = _renewed(self._pairs, pairs, changed)
        self._held = _renewed(self._held, held.findings, changed)
        refuted = {p: by for p, by in self._refuted.items() if p not in changed}
        self._refuted = refuted | {p: by for p, by in held.refuted.items() if p in changed}

    def _near(self, basis: Basis, changed: set[Position]) -> Iterator[Position]:
        """Those of the changed positions that somebody takes, and all that they can meet."""
        by_topic: dict[str, list[Position]] = defaultdict(list)
        for position in changed:
            by_topic[position.topic].append(position)
        for name, some in by_topic.items():
            topic = basis.topics.get(name)
            if topic is None:
                continue
            for other in self._on[name]:
                if other in changed or any(can_meet(one, other, topic) for one in some):
                    yield other


def _renewed(before: Iterable[Finding], now: Iterable[Finding], changed: Set[Position]) -> list[Finding]:
    return [f for f in before if not of_any(f, changed)] + [f for f in now if of_any(f, changed)]


def can_meet(one: Position, other: Position, topic: Topic) -> bool:
    """Whether two positions on a topic could be a finding."""
    if relation("region", one.scope.get("region"), other.scope.get("region")) == "disjoint":
        return False
    return isinstance(ground(one, other, topic), Ground)


def of_any(finding: Finding, positions: Set[Position]) -> bool:
    """Whether articles take one of these positions in a finding."""
    return any(side.position in positions for side in finding.sides if side.reference is None)


def _differing(before: Sequence[Claim], now: Sequence[Claim]) -> tuple[set[Claim], set[Claim]]:
    """The claims that have gone, and those that have come. Most are the very same records."""
    return _missing(before, now), _missing(now, before)


def _missing(some: Sequence[Claim], others: Sequence[Claim]) -> set[Claim]:
    """Those that are not among others."""
    same = set(map(id, others))
    found = {claim for claim in some if id(claim) not in same}
    articles = {claim.article for claim in found}
    return found - {claim for claim in others if claim.article in articles} if found else found


def _articles(before: Sequence[Defect], now: Sequence[Defect]) -> set[str]:
    """The articles that have other defects than they had."""
    return {quote.article for defect in set(before).symmetric_difference(now) for quote in defect.stated[:1]}


def decided(before: Closings, now: Closings) -> set[str]:
    """The claims (ids) of which rulings say something else than they did."""
    one, other = (
        {(c.ruling, c.finding, claim) for c in of.closings for claim in c.claims}
        | {(ruling, "", claim) for claim, ruling in of.misread.items()}
        for of in (before, now)
    )
    return {claim for _, _, claim in one ^ other}
