"""Which patterns can match a unit at all: an index by the rarest concept that each needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

import msgspec


class Needed(Protocol):
    """A need of a pattern: any of these, as (concept, negated, zone)."""

    @property
    def concepts(self) -> tuple[tuple[str, bool | None, str], ...]: ...


class Index(msgspec.Struct, frozen=True):
    """concept -> numbers of the patterns that are tried where it occurs; `always` those that need none."""

    by_concept: Mapping[str, tuple[int, ...]] = {}
    always: tuple[int, ...] = ()

    def candidates(self, concepts: Collection[str]) -> list[int]:
        """The patterns that may match where these concepts occur, in their order."""
        found = set(self.always)
        for concept in concepts:
            found.update(self.by_concept.get(concept, ()))
        return sorted(found)


def index_of(needs: Sequence[Iterable[Needed]]) -> Index:
    """The index for patterns with these needs. Every pattern that could match is among the candidates: it stands under
    each concept of one of its needs, of that which the fewest patterns share (roles, numbers and places last)."""
    options = [[frozenset(c for c, _, _ in need.concepts) for need in pattern] for pattern in needs]
    shared = Counter(c for pattern in options for need in pattern for c in need)

    def cost(need: frozenset[str]) -> tuple[int, int]:
        return sum(c.startswith(("g.", "n.", "place")) for c in need), sum(shared[c] for c in need)

    by_concept: dict[str, list[int]] = {}
    always: list[int] = []
    for number, pattern in enumerate(options):
        if not pattern:
            always.append(number)
            continue
        for concept in min(pattern, key=cost):
            by_concept.setdefault(concept, []).append(number)
    return Index({c: tuple(n) for c, n in by_concept.items()}, tuple(always))
