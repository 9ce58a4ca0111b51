"""Cases that a table or a list tells apart, though no facet names them: each figure of them holds for some."""

from __future__ import annotations

from collections.abc import Sequence, Set

from msgspec.structs import replace

from claims.figures.figure import Figure

_Key = tuple[str, tuple[str, int], frozenset[tuple[str, tuple[str, ...]]]]


def told_apart(found: Sequence[Figure], topics: Set[str]) -> list[Figure]:
    """The figures; of those that a table or a list gives several of, on one topic and with all the same said of them,
    each holds in some cases only: 断缴3个月以内补齐 | 无 over 超过3个月 | 6个月 is no contradiction. `topics`: those whose
    rules know cases."""
    keys = [_key(f) if f.rule.topic in topics else None for f in found]
    values: dict[_Key, set[object]] = {}
    for f, key in zip(found, keys, strict=True):
        if key is not None:
            values.setdefault(key, set()).add(f.value)
    return [
        replace(f, quantifier="some") if key is not None and len(values[key]) > 1 else f
        for f, key in zip(found, keys, strict=True)
    ]


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
