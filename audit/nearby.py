"""Findings near a few changed articles: of a corpus of which only those claims are at hand that can meet theirs.

What two positions come to follows from the claims that take them, so the findings of changed positions are found in a
corpus of these positions and of those that they can meet. All other findings are what they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set

import msgspec

from audit.closings import Closings
from audit.conflicts import conflicts
from audit.defects import Told, defect_findings
from audit.following import of_any
from audit.model import Defect, Finding, Position, Quote, Reference
from audit.positions import Needs, Summary
from audit.references import cuts_by_topic, hold, uphold
from claims.model import Claim
from claims.topics import Topic


class Near(msgspec.Struct, frozen=True, kw_only=True):
    """A corpus as far as it is at hand, and what it is held against: the `changed` positions, all claims of these and
    of what they can meet, the defects of the changed articles, and those that any article has (asked for by its name
    as a claim has it)."""

    changed: Set[Position]
    claims: Iterable[Claim]
    defects: Sequence[Defect]
    defects_of: Callable[[str], Sequence[Defect]]
    topics: Mapping[str, Topic]
    references: Sequence[Reference]
    closings: Closings
    today: str
    possible: bool


def found_near(near: Near) -> list[Finding]:
    """The findings of which a changed position is a side, and those of the changed articles' defects."""
    topics, closings = near.topics, near.closings
    needs = Needs(topics=topics, cuts=cuts_by_topic(near.references), named=closings.named)
    summary = Summary(near.claims, needs, _Told(near.defects_of))
    held = hold(
        summary, near.references, topics, today=near.today, possible=near.possible, closings=closings
    )  # fmt: skip
    pairs = conflicts(summary, topics, possible=near.possible, closings=closings)
    core = {name for name, topic in topics.items() if topic.core}
    return [
        *uphold([f for f in pairs if of_any(f, near.changed)], held.refuted),
        *(f for f in held.findings if of_any(f, near.changed)),
        *defect_findings(near.defects, core, closings),
    ]


class _Told(Told):
    """Told of the defects of those articles that are asked for."""

    def __init__(self, defects_of: Callable[[str], Sequence[Defect]]) -> None:
        super().__init__()
        self._defects_of = defects_of
        self._known: dict[str, list[tuple[Sequence[Quote], Sequence[Quote]]]] = {}

    def sides(self, article: str) -> Sequence[tuple[Sequence[Quote], Sequence[Quote]]]:
        if article not in self._known:
            told = Told(self._defects_of(article))
            self._known[article] = list(told.sides(article))
        return self._known[article]
