"""Findings that share a side stand together, so that a position against many others is read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from audit.identity import side_key
from audit.model import SEVERITIES, Finding, Side


def grouped(findings: Iterable[Finding]) -> list[tuple[Finding, ...]]:
    """The findings, worst first, then by topic; each group shares one side (or is one finding)."""
    ordered = sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), f.topic or "", f.code, f.id))
    groups: list[tuple[Finding, ...]] = []
    for _, run in groupby(ordered, key=lambda f: (f.severity, f.topic or "")):
        groups += _grouped(list(run))
    return groups


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in the order of every report."""
    return [finding for group in grouped(findings) for finding in group]


def _grouped(run: list[Finding]) -> list[tuple[Finding, ...]]:
    keys = {f.id: tuple(side_key(s) for s in f.sides) for f in run}
    groups: list[tuple[Finding, ...]] = []
    left = run
    while left:
        times = Counter(key for f in left for key in dict.fromkeys(keys[f.id]))
        # The side that most share, of those of the first finding left.
        shared = max(keys[left[0].id], key=lambda key: (times[key], key), default="")
        group = [f for f in left if shared in keys[f.id]] or left[:1]
        taken = {f.id for f in group}
        groups.append(tuple(group))
        left = [f for f in left if f.id not in taken]
    return groups


def same_side(a: Side, b: Side) -> bool:
    """Whether two sides would be shown alike."""
    return (a.position, a.reference, a.places, a.count) == (b.position, b.reference, b.places, b.count)


def examples(side: Side, most: int) -> list[int]:
    """Which of a side's places to show: one an article first, in order."""
    seen: set[str] = set()
    first: list[int] = []
    rest: list[int] = []
    for i, place in enumerate(side.places):
        (rest if place.article in seen else first).append(i)
        seen.add(place.article)
    return sorted([*first, *rest][:most])
