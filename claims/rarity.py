"""Which patterns can match a unit at all: an index by kind of unit, and by the rarest concept that each needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Protocol

import msgspec


class Needed(Protocol):
    """A need of a pattern: any of these, as (concept, negated, zone)."""

    @property
    def concepts(self) -> tuple[tuple[str, bool | None, str], ...]: ...


def kind_of(sign: str, subject: str) -> str:
    """The name of the units of one sign (`+`, `-`, `0`) and subject."""
    return sign + subject


class Index(msgspec.Struct, frozen=True):
    """kind of unit -> concept -> numbers of the patterns that are tried where it occurs; `always` those of a kind that
    need none.
    `needs[n]` are what pattern n needs: for each need the zones in which it may be filled, with the concepts that fill
    it there."""

    by_kind: Mapping[str, Mapping[str, tuple[int, ...]]] = {}
    always: Mapping[str, tuple[int, ...]] = {}
    needs: tuple[tuple[tuple[tuple[str, frozenset[str]], ...], ...], ...] = ()

    def candidates(self, concepts: Set[str], kinds: Iterable[str]) -> list[int]:
        """The patterns that may match a unit of these kinds where these concepts occur, in their order."""
        found: set[int] = set()
        for kind in kinds:
            found.update(self.always.get(kind, ()))
            by_concept = self.by_kind.get(kind)
            if by_concept is not None:
                found.update(*[by_concept[c] for c in by_concept.keys() & concepts])
        return sorted(found)

    def may_match(self, number: int, names: Mapping[str, Set[str]]) -> bool:
        """Whether some concept fills each need of a pattern; `names` are the concepts of each zone."""
        for options in self.needs[number]:
            for zone, concepts in options:
                if not concepts.isdisjoint(names[zone]):
                    break
            else:
                return False
        return True


def index_of(needs: Sequence[Iterable[Needed]], kinds: Sequence[Iterable[str]]) -> Index:
    """The index for patterns with these needs, each of which may speak of units of some kinds. Every pattern that could
    match is among the candidates: it stands under each concept of one of its needs, of that which the fewest patterns
    share (roles, numbers and places last)."""
    listed = [list(pattern) for pattern in needs]
    options = [[frozenset(c for c, _, _ in need.concepts) for need in pattern] for pattern in listed]
    shared = Counter(c for pattern in options for need in pattern for c in need)

    def cost(need: frozenset[str]) -> tuple[int, int]:
        return sum(c.startswith(("g.", "n.", "place")) for c in need), sum(shared[c] for c in need)

    by_kind: dict[str, dict[str, list[int]]] = {}
    always: dict[str, list[int]] = {}
    for number, pattern in enumerate(options):
        if not pattern:
            for kind in kinds[number]:
                always.setdefault(kind, []).append(number)
            continue
        rarest = min(pattern, key=cost)
        for kind in kinds[number]:
            by_concept = by_kind.setdefault(kind, {})
            for concept in rarest:
                by_concept.setdefault(concept, []).append(number)
    zoned = tuple(tuple(_by_zone(need) for need in pattern) for pattern in listed)
    tables = {kind: {c: tuple(n) for c, n in by_concept.items()} for kind, by_concept in by_kind.items()}
    return Index(tables, {kind: tuple(numbers) for kind, numbers in always.items()}, zoned)


def _by_zone(need: Needed) -> tuple[tuple[str, frozenset[str]], ...]:
    zones: dict[str, set[str]] = {}
    for concept, _, zone in need.concepts:
        zones.setdefault(zone, set()).add(concept)
    return tuple((zone, frozenset(concepts)) for zone, concepts in zones.items())
