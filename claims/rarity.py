"""Which patterns can match a unit at all: an index by the rarest concept that each needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Protocol

import msgspec


class Needed(Protocol):
    """A need of a pattern: any of these, as (concept, negated, zone)."""

    @property
    def concepts(self) -> tuple[tuple[str, bool | None, str], ...]: ...


class Index(msgspec.Struct, frozen=True):
    """concept -> numbers of the patterns that are tried where it occurs; `always` those that need none. `needs[n]` are
    what pattern n needs: for each need the zones in which it may be filled, with the concepts that fill it there."""

    by_concept: Mapping[str, tuple[int, ...]] = {}
    always: tuple[int, ...] = ()
    needs: tuple[tuple[tuple[tuple[str, frozenset[str]], ...], ...], ...] = ()

    def candidates(self, concepts: Set[str]) -> list[int]:
        """The patterns that may match where these concepts occur, in their order."""
        return sorted({*self.always, *(n for c in self.by_concept.keys() & concepts for n in self.by_concept[c])})

    def may_match(self, number: int, names: Callable[[str], Set[str]]) -> bool:
        """Whether some concept fills each need of a pattern; `names` gives the concepts of a zone."""
        for options in self.needs[number]:
            for zone, concepts in options:
                if not concepts.isdisjoint(names(zone)):
                    break
            else:
                return False
        return True


def index_of(needs: Sequence[Iterable[Needed]]) -> Index:
    """The index for patterns with these needs. Every pattern that could match is among the candidates: it stands under
    each concept of one of its needs, of that which the fewest patterns share (roles, numbers and places last)."""
    listed = [list(pattern) for pattern in needs]
    options = [[frozenset(c for c, _, _ in need.concepts) for need in pattern] for pattern in listed]
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
    zoned = tuple(tuple(_by_zone(need) for need in pattern) for pattern in listed)
    return Index({c: tuple(n) for c, n in by_concept.items()}, tuple(always), zoned)


def _by_zone(need: Needed) -> tuple[tuple[str, frozenset[str]], ...]:
    zones: dict[str, set[str]] = {}
    for concept, _, zone in need.concepts:
        zones.setdefault(zone, set()).add(concept)
    return tuple((zone, frozenset(concepts)) for zone, concepts in zones.items())
