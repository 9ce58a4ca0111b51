"""What an article itself takes out of a general figure: 全省400元 … 武汉市600元 takes 武汉市 out of the first.

A figure whose scope lies inside another's, narrower in one facet only, with another value, is its exception (section 1
of docs/claims.md: `except`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claims.facets import lies_in
from claims.figures.facets import Entry
from claims.figures.figure import Figure

_FACETS = ("region", "population")


def exceptions(figures: Sequence[Figure]) -> list[dict[str, list[str]]]:
    """For each figure the facet -> members that others of the same part take out of it."""
    by_topic: dict[str, list[Figure]] = {}
    for f in figures:
        by_topic.setdefault(f.rule.topic, []).append(f)
    return [_taken_out(f, by_topic[f.rule.topic]) for f in figures]


def _taken_out(general: Figure, others: Sequence[Figure]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    ranges = general.value.high is not None and general.value.low != general.value.high
    if general.quantifier == "some" or ranges:
        return found
    for other in others:
        if other is general or other.value == general.value:
            continue
        narrower = _narrower(general.entries, other.entries)
        if narrower is not None:
            facet, members = narrower
            found.setdefault(facet, []).extend(m for m in members if m not in found.get(facet, ()))
    return found


def _narrower(general: Mapping[str, Entry], particular: Mapping[str, Entry]) -> tuple[str, tuple[str, ...]] | None:
    """The one facet in which `particular` is narrower, with its members; None where they differ in another way."""
    differing: list[tuple[str, tuple[str, ...]]] = []
    for name in {*general, *particular}:
        wide, narrow = general.get(name), particular.get(name)
        if wide is not None and narrow is not None and set(wide.members) == set(narrow.members):
            continue
        if narrow is None or narrow.facet not in _FACETS:
            return None
        if wide is not None and not (
            wide.facet == "region"
            and all(any(n != w and lies_in("region", n, w) for w in wide.members) for n in narrow.members)
        ):
            return None
        differing.append((narrow.facet, narrow.members))
    return differing[0] if len(differing) == 1 else None
