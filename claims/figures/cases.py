"""Cases that a table or a list tells apart, though no facet names them: each figure of them holds for some."""

from __future__ import annotations

from collections.abc import Sequence, Set
from decimal import Decimal
from itertools import combinations

from msgspec.structs import replace

from claims.figures.figure import Figure
from claims.model import Measure

_Key = tuple[str, tuple[str, int], frozenset[tuple[str, tuple[str, ...]]]]


def told_apart(found: Sequence[Figure], topics: Set[str]) -> list[Figure]:
    """The figures; of those that a table or a list gives several of, on one topic and with all the same said of them,
    each holds in some cases only, where they cannot all be true: 断缴3个月以内补齐 | 无 over 超过3个月 | 6个月 is no
    contradiction. `topics`: those whose rules know cases."""
    keys = [_key(f) if f.rule.topic in topics else None for f in found]
    values: dict[_Key, list[Measure]] = {}
    for f, key in zip(found, keys, strict=True):
        if key is not None:
            values.setdefault(key, []).append(f.value)
    apart = {key for key, several in values.items() if any(_excludes(a, b) for a, b in combinations(several, 2))}
    return [replace(f, quantifier="some") if key in apart else f for f, key in zip(found, keys, strict=True)]


def _excludes(a: Measure, b: Measure) -> bool:
    """Whether no number lies in both."""
    bounds = ((a.high, b.low), (b.high, a.low))
    return any(isinstance(high, Decimal) and isinstance(low, Decimal) and high < low for high, low in bounds)


def _key(f: Figure) -> _Key | None:
    """What figures share that are told apart by nothing but their place; None of one that is a case already, beside
    what may well be the rule."""
    if f.quantifier != "all":
        return None
    cell, outermost = f.reading.block.cell, f.blocks.lists[f.reading.index]
    if cell is not None:
        place = ("table", cell.table)
    elif outermost is not None:
        place = ("list", outermost)
    else:
        return None
    return f.rule.topic, place, frozenset((name, e.members) for name, e in f.entries.items())
