"""Identity of positions and findings: never a line number, a count, a date of the run or an order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec.structs import replace

from audit.model import SEVERITIES, Finding, Position, Reference, Side, position_record
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


def finding_id(keys: Sequence[str], prefix: str = "K") -> str:
    """The whole id of a finding that is known by the keys of its sides, in whatever order."""
    return prefix + digest(canonical(sorted(keys)), DIGITS)


def shortened(findings: Iterable[Finding], besides: Iterable[str] = ()) -> list[Finding]:
    """The findings of a run with ids as they are shown (`K7QF2M`), each the beginning of the whole one.

    Findings whose short ids are the same all get longer ones, so that no id depends on which came first; what was
    written down as the short one still begins each. `besides` are the whole ids of further findings of the run.
    """
    listed = list(findings)
    wholes = {finding.id for finding in listed}.union(besides)
    lengths = dict.fromkeys(wholes, 1 + SHORTEST)
    while True:
        times = Counter(whole[:length] for whole, length in lengths.items())
        again = [w for w, length in lengths.items() if times[w[:length]] > 1]
        if not again:
            return [replace(f, id=f.id[: lengths[f.id]], whole=f.id) for f in listed]
        for whole in again:
            lengths[whole] += 2


def worst_first(finding: Finding) -> tuple[int, str, str]:
    """The order of findings: worst first, then by topic and id."""
    return SEVERITIES.index(finding.severity), finding.topic or "", finding.id


def is_named(finding: str, name: str) -> bool:
    """Whether an id, as it was written down when the corpus was perhaps smaller, names a finding."""
    return len(name) > SHORTEST and finding.startswith(name)
