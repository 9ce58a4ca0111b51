"""Identity of positions and findings: never a line number, a count, a date of the run or an order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from audit.model import Position, Reference, Side, position_record
from claims.identity import DIGITS, canonical, digest, folded

SHORTEST = 6
"""Digits of a finding's id."""


@lru_cache(maxsize=1 << 16)
def position_key(position: Position) -> str:
    """A position's canonical JSON: what it is known and sorted by, in every run."""
    return canonical({"topic": position.topic, **position_record(position)})


def side_key(side: Side) -> str:
    """What a side of a finding is known by: its position, and whether an article or a reference takes it. Of a defect,
    its very words."""
    if side.position is None:
        return canonical([folded(q.quote) for q in side.quotes])
    return position_key(side.position) if side.reference is None else reference_key(side.reference)


def reference_key(reference: Reference) -> str:
    """A reference's canonical JSON; when it says something else, it is another."""
    said = {"topic": reference.position.topic, **position_record(reference.position)}
    return canonical({"reference": f"{reference.kind}:{reference.id}", **said})


def finding_ids(findings: Sequence[Sequence[str]], prefix: str = "K") -> list[str]:
    """The ids (`K7QF2M`) of findings that are each known by the keys of their sides, in whatever order.

    Findings whose short ids are the same all get longer ones, so that no id depends on which came first; the short
    one is then still the beginning of each.
    """
    names = [canonical(sorted(keys)) for keys in findings]
    lengths = [SHORTEST] * len(names)
    while True:
        ids = [digest(name, length) for name, length in zip(names, lengths, strict=True)]
        times = Counter(ids)
        again = [i for i, found in enumerate(ids) if times[found] > 1 and lengths[i] < DIGITS]
        if not again:
            return [prefix + found for found in ids]
        for i in again:
            lengths[i] = min(lengths[i] + 2, DIGITS)
