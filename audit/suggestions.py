"""Which side of a finding most likely stands, and why: a fact or a ruling that speaks, the newer side, the majority.

It is only said where it is clear, and an editor decides.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from audit.model import KINDS, Finding, Reference, ReferenceKind, Side

Why: TypeAlias = Literal["reference", "newer", "majority"]

LEAST, TIMES = 3, 3
"""A majority is so many articles, and so many times as many as say otherwise."""


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """`side` (0 or 1) and what speaks for it.

    A `reference` says the same (`reference` is its id, `kind` what it is): it holds already, and what is left is to
    change the other side's articles. `newer`: all its days lie from `first` on, those of the other end with `last`
    (ISO days). `majority`: so many articles (`ours`) against so many (`theirs`).
    """

    side: int
    why: Why
    reference: str = ""
    kind: ReferenceKind = "fact"
    first: str = ""
    last: str = ""
    ours: int = 0
    theirs: int = 0


class Span(msgspec.Struct, frozen=True):
    """When a side was said: its first and last day (ISO; empty where no claim has one), how many claims have none."""

    first: str = ""
    last: str = ""
    undated: int = 0


def span(side: Side) -> Span:
    """When the claims of a side were said."""
    days = sorted(claim.as_of for claim in side.claims if claim.as_of)
    return Span(*((days[0], days[-1]) if days else ("", "")), len(side.claims) - len(days))


def articles(side: Side) -> int:
    """How many articles take a side."""
    return side.articles or len({place.article for place in side.places})


def suggest(finding: Finding, kinds: dict[str, ReferenceKind] | None = None) -> Suggestion | None:
    """The side that most likely stands; None where nothing speaks clearly, and for what is no pair of positions.

    `kinds` says what the ids that uphold a side are; one that is not named is a fact's.
    """
    if finding.kind not in KINDS or len(finding.sides) != 2:
        return None
    known = _reference(finding, kinds or {})
    if known is not None or finding.kind == "overgeneral":
        # A general rule and what holds somewhere within it: neither days nor numbers tell which of them is wrong.
        return known
    return _newer(finding) or _majority(finding)


def _reference(finding: Finding, kinds: dict[str, ReferenceKind]) -> Suggestion | None:
    for n, side in enumerate(finding.sides):
        known: Reference | None = side.reference
        if known is not None:
            return Suggestion(side=n, why="reference", reference=known.id, kind=known.kind)
        if side.upheld is not None:
            kind = kinds.get(side.upheld, "fact")
            return Suggestion(side=n, why="reference", reference=side.upheld, kind=kind)
    return None


def _newer(finding: Finding) -> Suggestion | None:
    spans = [span(side) for side in finding.sides]
    if any(one.undated or not one.first for one in spans):
        return None
    for n in (0, 1):
        if spans[n].first > spans[1 - n].last:
            return Suggestion(side=n, why="newer", first=spans[n].first, last=spans[1 - n].last)
    return None


def _majority(finding: Finding) -> Suggestion | None:
    counts = [articles(side) for side in finding.sides]
    for n in (0, 1):
        if counts[n] >= LEAST and counts[n] >= TIMES * counts[1 - n]:
            return Suggestion(side=n, why="majority", ours=counts[n], theirs=counts[1 - n])
    return None
