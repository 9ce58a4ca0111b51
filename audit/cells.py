"""The claims of one position that fare alike, counted: what is known of them when most are not kept.

What a pair of claims of two articles comes to depends, beside the two positions, on their profiles and on how their
dates lie (docs/design.md, positions and conflicts). So a cell, the claims of one position and profile, keeps how many
they are, a few of them as examples, and of their dates just so much that it can be told whether two claims of
different articles are near in time or far apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

import msgspec

from audit.verdict import OUTDATED_DAYS
from claims.model import Claim

QUARTER = OUTDATED_DAYS // 2
"""Days are kept by spans of so many: within one or two successive ones any two are near, with two or more between any
two are far apart."""

Mark: TypeAlias = bytes
"""An article, as `audit.packed.mark` knows it."""
Cut: TypeAlias = tuple[str, int]
"""What parts the days of a topic: (ISO day, 0) before the day, (day, 1) after it."""

Dated: TypeAlias = tuple[int, Mark]
"""A day (ordinal) on which an article speaks."""
Span: TypeAlias = tuple[tuple[Dated, ...], tuple[Dated, ...]]
"""The first and the last in a span of days, of two articles each if there are two; days of the last are negative, so
that of either the least counts."""


class Profile(NamedTuple):
    """How a claim may fare otherwise than another of its position: hedge (`approx`, `maybe`), whether it is a teaser's,
    month (on counts of provinces), era between the days on which references begin and end (-1 without a date), the id
    by which a ruling names it, whether its article is to be shown."""

    hedge: str = ""
    teaser: bool = False
    month: str = ""
    era: int = 0
    named: str = ""
    shown: bool = True


class Cell(msgspec.Struct):
    """Claims of one position and profile. `examples` are the first in their one order, among them of two articles if
    there are two; `marks` two of the articles; `undated` two of those with a claim without a date; `spans` the days of
    the others by QUARTER."""

    count: int
    examples: list[Claim]
    marks: tuple[Mark, ...]
    undated: tuple[Mark, ...]
    spans: dict[int, Span]

    @property
    def whole(self) -> bool:
        """Whether all claims are kept."""
        return self.count == len(self.examples)

    def extremes(self) -> Span:
        """The first and the last day, as in a span."""
        firsts = _least(dated for first, _ in self.spans.values() for dated in first)
        lasts = _least(dated for _, last in self.spans.values() for dated in last)
        return firsts, lasts

    def without(self, mark: Mark) -> tuple[str, str] | None:
        """The first and the last ISO day of the claims of other articles; None where none has a date."""
        firsts, lasts = ([d for d in dated if d[1] != mark] for dated in self.extremes())
        return (_iso(firsts[0][0]), _iso(-lasts[0][0])) if firsts else None

    def days(self) -> tuple[str, str] | None:
        """The first and the last ISO day."""
        return self.without(b"")


def claim_order(claim: Claim) -> tuple[str | int, ...]:
    """The order in which claims are listed: by article, place, then by all else in which two could differ."""
    return (
        claim.article, claim.start, claim.end, claim.id, claim.pattern, claim.origin, claim.as_of or "",
        claim.hedged or "", claim.quote, claim.line, claim.column, *(claim.sets_against or ()),
    )  # fmt: skip


def era(day: str | None, cuts: Sequence[Cut]) -> int:
    """Which of the times that `cuts` (sorted) part a day lies in; -1 without a day."""
    return -1 if day is None else sum(cut <= (day, 0) for cut in cuts)


def cell_of(claims: Iterable[Claim], marks: Mapping[str, Mark], most: int | None) -> Cell:
    """The cell of some claims; `marks` are those of their articles, `most` bounds the examples."""
    ordered = sorted(claims, key=claim_order)
    days: dict[int, list[Dated]] = {}
    for claim in ordered:
        if claim.as_of:
            day = date.fromisoformat(claim.as_of).toordinal()
            days.setdefault(day // QUARTER, []).append((day, marks[claim.article]))
    return Cell(
        count=len(ordered),
        examples=bounded(ordered, most),
        marks=two(marks[c.article] for c in ordered),
        undated=two(marks[c.article] for c in ordered if not c.as_of),
        spans={n: (_least(found), _least((-day, m) for day, m in found)) for n, found in days.items()},
    )


def absorb(cell: Cell, other: Cell, most: int | None) -> None:
    """Add the claims of another cell, of the same position and profile and of other articles."""
    cell.count += other.count
    cell.marks = two((*cell.marks, *other.marks))
    cell.undated = two((*cell.undated, *other.undated))
    for n, (first, last) in other.spans.items():
        ours = cell.spans.get(n)
        cell.spans[n] = (_least((*ours[0], *first)), _least((*ours[1], *last))) if ours else (first, last)
    kept, more = cell.examples, other.examples
    if most is None or len(kept) < most or kept[0].article == kept[-1].article or more[0].article < kept[-1].article:
        cell.examples = bounded(sorted([*kept, *more], key=claim_order), most)


def copied(cell: Cell) -> Cell:
    return Cell(cell.count, list(cell.examples), cell.marks, cell.undated, dict(cell.spans))


def bounded(claims: list[Claim], most: int | None) -> list[Claim]:
    """The first of some ordered claims, and the first of another article than theirs."""
    if most is None or len(claims) <= most:
        return claims
    kept = claims[:most]
    if kept[0].article == kept[-1].article:
        kept += [c for c in claims[most:] if c.article != kept[0].article][:1]
    return kept


def two(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The two least of some articles."""
    return tuple(sorted(set(marks))[:2])


def _least(dated: Iterable[Dated]) -> tuple[Dated, ...]:
    """The least, and the least of another article: of several such, that of them all."""
    found = sorted(set(dated))
    return (*found[:1], *[d for d in found if d[1] != found[0][1]][:1])


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


# Pairs of claims of different articles.


def apart(left: Iterable[Mark], right: Sequence[Mark]) -> bool:
    """Whether two of these articles are different ones."""
    return any(a != b for a in left for b in right)


def ways(left: Cell, right: Cell) -> Iterator[tuple[str | None, str | None]]:
    """For each way in which the dates of two claims of different articles can lie (one without a date, near, far
    apart) one pair of ISO days that does, if there is one; None, None where one has no date, whatever the other's."""
    if apart(left.undated, right.marks) or apart(left.marks, right.undated):
        yield None, None
    for found in (_near(left, right), _far(left, right)):
        if found is not None:
            yield _iso(found[0]), _iso(found[1])


def _near(left: Cell, right: Cell) -> tuple[int, int] | None:
    for n, (firsts, lasts) in left.spans.items():
        for m in range(n - 2, n + 3):
            if m not in right.spans:
                continue
            if m == n + 2:
                pairs = [((-a, x), b) for a, x in lasts for b in right.spans[m][0]]
            elif m == n - 2:
                pairs = [(a, (-b, y)) for a in firsts for b, y in right.spans[m][1]]
            else:
                pairs = [(a, b) for a in firsts for b in right.spans[m][0]]
            for (a, x), (b, y) in pairs:
                if x != y and abs(a - b) < OUTDATED_DAYS:
                    return a, b
    return None


def _far(left: Cell, right: Cell) -> tuple[int, int] | None:
    ours, theirs = left.extremes(), right.extremes()
    for earlier, later, turned in ((ours[0], theirs[1], False), (theirs[0], ours[1], True)):
        for first, x in earlier:
            for last, y in later:  # its days are negative
                if x != y and -last - first >= OUTDATED_DAYS:
                    return (-last, first) if turned else (first, -last)
    return None
