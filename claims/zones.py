"""Where the concepts of a unit stand: its zones (see `claims.units`), each made only when it is asked for.

Most units answer to no pattern: which concepts a zone holds shows that already, and takes no joining of the hits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import TypeAlias

from claims.language.lexicon import Hit

Concepts: TypeAlias = Mapping[str, Sequence[Hit]]


def by_concept(hits: Sequence[Hit], start: int, end: int) -> Concepts:
    """The hits inside `[start, end)` by concept."""
    found: dict[str, list[Hit]] = {}
    for h in hits:
        if start <= h.start and h.end <= end:
            concept = h.concept
            if concept in found:
                found[concept].append(h)
            else:
                found[concept] = [h]
    return found


def merged(*maps: Concepts) -> dict[str, Sequence[Hit]]:
    """Zones joined; the hits of earlier ones come first."""
    joined: dict[str, Sequence[Hit]] = dict(maps[0]) if maps else {}
    for m in maps[1:]:
        for concept, hits in m.items():
            have = joined.get(concept)
            if have is None:
                joined[concept] = hits
            elif have is not hits:
                more = [h for h in hits if h not in have]
                if more:
                    joined[concept] = (*have, *more)
    return joined


class Stretches:
    """A sentence's hits by concept, in any stretch of it; each stretch is gone through once."""

    __slots__ = ("_hits", "_known")

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._hits = hits
        self._known: dict[tuple[int, int], Concepts] = {}

    def within(self, start: int, end: int) -> Concepts:
        """The hits inside `[start, end)` by concept."""
        known = self._known.get((start, end))
        if known is None:
            known = self._known[start, end] = by_concept(self._hits, start, end)
        return known


class Names(dict[str, Set[str]]):
    """zone -> the concepts that it holds, without their hits."""

    __slots__ = ("_recipes",)

    def __init__(self, recipes: Mapping[str, Sequence[Concepts | str]]) -> None:
        super().__init__()
        self._recipes = recipes

    def __missing__(self, zone: str) -> Set[str]:
        parts = [self[p] if isinstance(p, str) else p for p in self._recipes[zone]]
        made = self[zone] = frozenset().union(*parts)
        return made


class Zones(dict[str, Concepts]):
    """zone -> its concepts with their hits. `recipes` say what each zone is joined of, in order: concepts, or the name
    of another zone. `names`: the same without the hits."""

    __slots__ = ("_recipes", "names")

    def __init__(self, recipes: Mapping[str, Sequence[Concepts | str]]) -> None:
        super().__init__()
        self._recipes = recipes
        self.names: Mapping[str, Set[str]] = Names(recipes)

    def __missing__(self, zone: str) -> Concepts:
        parts = [self[p] if isinstance(p, str) else p for p in self._recipes[zone]]
        made = self[zone] = parts[0] if len(parts) == 1 else merged(*parts)
        return made

    def widened(self, *by: Concepts, but: str | None = None) -> Zones:
        """The same zones, all of them with more at their end, except for the one called `but`."""
        return _Widened(self, by, but)


class _Widened(Zones):
    __slots__ = ("_but", "_by", "_of")

    def __init__(self, of: Zones, by: Sequence[Concepts], but: str | None) -> None:
        super().__init__({})
        self._of, self._by, self._but = of, by, but
        self.names = _WidenedNames(of.names, by, but)

    def __missing__(self, zone: str) -> Concepts:
        made = self[zone] = self._of[zone] if zone == self._but else merged(self._of[zone], *self._by)
        return made


class _WidenedNames(Names):
    __slots__ = ("_but", "_by", "_of")

    def __init__(self, of: Mapping[str, Set[str]], by: Sequence[Concepts], but: str | None) -> None:
        super().__init__({})
        self._of, self._by, self._but = of, by, but

    def __missing__(self, zone: str) -> Set[str]:
        known = self._of[zone]
        made = self[zone] = known if zone == self._but else frozenset().union(known, *self._by)
        return made
