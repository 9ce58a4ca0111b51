"""Names that were most likely meant: one measure of likeness for all that is asked for by name."""

from __future__ import annotations

from collections.abc import Iterable

ALIKE = 60
"""How alike (0-100) a name must be to be offered."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The most alike of the known names, the first in order of several; "" where none is."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(name, sorted(known), scorer=fuzz.WRatio, score_cutoff=ALIKE)
    return best[0] if best else ""


def nearest_ids(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The ids that are most like a name, however unlike, in any case; best first."""
    from rapidfuzz import fuzz, process

    by_key = {i.lower(): i for i in sorted(known)}
    return [by_key[key] for key, _, _ in process.extract(name.lower(), list(by_key), scorer=fuzz.ratio, limit=most)]
