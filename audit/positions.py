"""What the corpus says: each position with the claims that take it.

A position is a topic, a value, a quantifier, a scope and exceptions (docs/design.md, the way of the data). The
summary of a corpus is the merge of the summaries of its articles, in any order and any grouping, so it can be built
in parts, by other processes and on other machines.
"""

from __future__ import annotations

from collections.abc import Iterable

from audit.identity import position_key
from audit.model import Position
from claims.model import Claim


def position_of(claim: Claim) -> Position | None:
    """The position that a claim takes; None for `untyped`, which says nothing that could be compared."""
    if claim.value is None:
        return None
    return Position(claim.topic, claim.value, claim.quantifier, claim.scope, claim.except_)


def claim_order(claim: Claim) -> tuple[str | int, ...]:
    """The order in which claims are listed: by article, place, then by all else in which two could differ."""
    return (
        claim.article, claim.start, claim.end, claim.id, claim.pattern, claim.origin, claim.as_of or "",
        claim.hedged or "", claim.quote, claim.line, claim.column, *(claim.sets_against or ()),
    )  # fmt: skip


class Summary:
    """Positions with their claims. The same claim added twice counts once; the order of adding is forgotten."""

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        self._claims: dict[Position, set[Claim]] = {}
        for claim in claims:
            self.add(claim)

    def add(self, claim: Claim) -> None:
        position = position_of(claim)
        if position is not None:
            self._claims.setdefault(position, set()).add(claim)

    def positions(self, topic: str | None = None) -> list[Position]:
        """The positions (on one topic), in their one order."""
        chosen = [p for p in self._claims if topic is None or p.topic == topic]
        return sorted(chosen, key=lambda p: (p.topic, position_key(p)))

    def topics(self) -> list[str]:
        """The topics on which anything is said, sorted."""
        return sorted({p.topic for p in self._claims})

    def claims(self, position: Position) -> tuple[Claim, ...]:
        """The claims that take a position, in their one order."""
        return tuple(sorted(self._claims.get(position, ()), key=claim_order))

    def __len__(self) -> int:
        return len(self._claims)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Summary) and self._claims == other._claims

    __hash__ = None  # type: ignore[assignment]  # it grows

    def __repr__(self) -> str:
        return f"<Summary: {len(self)} positions, {sum(map(len, self._claims.values()))} claims>"


def merge(*summaries: Summary) -> Summary:
    """One summary of what all of them say; the arguments are left as they are."""
    merged = Summary()
    for summary in summaries:
        for position, claims in summary._claims.items():
            merged._claims.setdefault(position, set()).update(claims)
    return merged
