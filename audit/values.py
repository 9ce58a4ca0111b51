"""Step a: do two values of one topic exclude each other? (docs/claims.md section 5a)

Flags and choices exclude each other when they differ, measures when their intervals do not meet, sets by what they
let in and keep out. Everything here is symmetric, and no value excludes itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias, TypeVar

import msgspec

from audit.model import Reason
from claims.facets import member_lies_in, topmost
from claims.model import Bound, Choice, Flag, Measure, SetOf, Value
from claims.topics import Topic

APPROX = Decimal("0.05")
"""How far an `approx` number reaches to either side."""

_ONE_LEVEL = ("pool", "city", "province")
"""The levels of area that are one in a municipality."""

_UNITS: dict[str, tuple[str, Decimal]] = {
    "year": ("month", Decimal(12)),
    "yuan_per_month": ("yuan_per_year", Decimal(12)),
    "wan_yuan": ("yuan", Decimal(10000)),
    "permille": ("percent", Decimal("0.1")),
}
"""Units that are another one times a factor; any two that do not come to the same are not compared."""


class Contrast(msgspec.Struct, frozen=True):
    """Whether two values exclude each other, and why; `certain` is false where that is `possible` at most."""

    excludes: bool
    reason: Reason
    certain: bool = True


_MEET = Contrast(False, Reason("values-meet"))


def contrast(
    a: Value, b: Value, topic: Topic, *, approx: tuple[bool, bool] = (False, False), one_level: bool = False
) -> Contrast:
    """Compare two values; `approx` says which are softened by 约, `one_level` that both speak of a municipality."""
    if a == b:
        return _MEET
    if isinstance(a, Flag) and isinstance(b, Flag):
        return Contrast(True, Reason("flags-differ"))
    if isinstance(a, Choice) and isinstance(b, Choice):
        return Contrast(True, Reason("choices-differ"))
    if isinstance(a, SetOf) and isinstance(b, SetOf):
        return _sets(a, b)
    if isinstance(a, Measure) and isinstance(b, Measure):
        return _measures(a, b, topic, approx, one_level)
    return Contrast(False, Reason("kinds-differ"))


# Sets. A member stands for all below it, so two members clash when either lies in the other.


def _sets(a: SetOf, b: SetOf) -> Contrast:
    if a.mode > b.mode:  # excludes < includes < only
        a, b = b, a
    match a.mode, b.mode:
        case "excludes", "includes":
            return _clash("included-excluded", _comparable(a.members, b.members))
        case "excludes", "only":
            return _clash("only-excluded", _comparable(a.members, b.members))
        case "includes", "only":
            return _clash("outside-only", _outside(a.members, b.members))
        case "only", "only":
            return _clash("only-differ", {*_outside(a.members, b.members), *_outside(b.members, a.members)})
        case _:
            return _MEET


def _clash(code: str, members: Iterable[str]) -> Contrast:
    listed = ",".join(topmost(members))
    return Contrast(True, Reason(code, (("members", listed),))) if listed else _MEET


def _comparable(a: Iterable[str], b: tuple[str, ...]) -> set[str]:
    """The narrower of each two members of which one lies in the other."""
    pairs = [(x, y) for x in a for y in b]
    return {x for x, y in pairs if member_lies_in(x, y)} | {y for x, y in pairs if member_lies_in(y, x)}


def _outside(members: Iterable[str], whole: tuple[str, ...]) -> set[str]:
    return {m for m in members if not any(member_lies_in(m, w) for w in whole)}


# Measures. An interval is a pair of comparable bounds of one kind, None where it is open.

_K = TypeVar("_K", Decimal, int, str)
_Interval: TypeAlias = tuple[_K | None, _K | None]


def _measures(a: Measure, b: Measure, topic: Topic, approx: tuple[bool, bool], one_level: bool) -> Contrast:
    bounds = [x for x in (a.low, a.high, b.low, b.high) if x is not None]
    if all(isinstance(x, Decimal) for x in bounds):
        return _numbers(a, b, topic, approx)
    if not all(isinstance(x, str) for x in bounds):
        return Contrast(False, Reason("kinds-differ"))
    if topic.scale is not None:
        return _levels(a, b, topic.scale, one_level)
    yearly = (_is_yearly(a), _is_yearly(b))
    if any(yearly):
        apart = not _days_meet(a, b)
        return Contrast(True, Reason("intervals-apart"), certain=all(yearly)) if apart else _MEET
    return _apart(_dates(a), _dates(b))


def _apart(a: _Interval[_K], b: _Interval[_K]) -> Contrast:
    return Contrast(True, Reason("intervals-apart")) if _below(a, b) or _below(b, a) else _MEET


def _below(a: _Interval[_K], b: _Interval[_K]) -> bool:
    return a[1] is not None and b[0] is not None and a[1] < b[0]


def _numbers(a: Measure, b: Measure, topic: Topic, approx: tuple[bool, bool]) -> Contrast:
    (unit_a, factor_a), (unit_b, factor_b) = _unit(a, topic), _unit(b, topic)
    if unit_a != unit_b:
        return Contrast(False, Reason("units-differ", (("a", unit_a), ("b", unit_b))))
    return _apart(_widened(a, factor_a, approx[0]), _widened(b, factor_b, approx[1]))


def _unit(measure: Measure, topic: Topic) -> tuple[str, Decimal]:
    unit = measure.unit or topic.unit or ""
    return _UNITS.get(unit, (unit, Decimal(1)))


def _widened(measure: Measure, factor: Decimal, approx: bool) -> _Interval[Decimal]:
    low, high = (_decimal(x) for x in (measure.low, measure.high))
    slack = APPROX if approx else Decimal(0)
    return (
        None if low is None else (low - abs(low) * slack) * factor,
        None if high is None else (high + abs(high) * slack) * factor,
    )


def _decimal(bound: Bound) -> Decimal | None:
    return bound if isinstance(bound, Decimal) else None


def _levels(a: Measure, b: Measure, scale: tuple[str, ...], one_level: bool) -> Contrast:
    rank = {name: i for i, name in enumerate(scale)}
    if one_level and set(_ONE_LEVEL) <= rank.keys():
        rank |= dict.fromkeys(_ONE_LEVEL, rank["province"])
    if not {x for x in (a.low, a.high, b.low, b.high) if isinstance(x, str)} <= rank.keys():
        return Contrast(False, Reason("kinds-differ"))

    def ranks(m: Measure) -> _Interval[int]:
        return (rank[m.low] if isinstance(m.low, str) else None, rank[m.high] if isinstance(m.high, str) else None)

    return _apart(ranks(a), ranks(b))


# Dates compare as the strings they are. A --MM-DD date comes every year: against one only the day of the year counts.


def _dates(measure: Measure) -> _Interval[str]:
    return _text(measure.low), _text(measure.high)


def _text(bound: Bound) -> str | None:
    return bound if isinstance(bound, str) else None


def _is_yearly(measure: Measure) -> bool:
    return any(isinstance(x, str) and x.startswith("--") for x in (measure.low, measure.high))


def _days_meet(a: Measure, b: Measure) -> bool:
    return any(x[0] <= y[1] and y[0] <= x[1] for x in _days(a) for y in _days(b))


def _days(measure: Measure) -> list[tuple[str, str]]:
    """The days of the year that an interval covers, as one or two stretches from --MM-DD to --MM-DD."""
    first, last = "--01-01", "--12-31"
    low, high = _dates(measure)
    start = first if low is None else _day(low)
    end = last if high is None else _day(high)
    if low is not None and high is not None and not _is_yearly(measure) and low[:4] < high[:4]:
        if high >= f"{int(low[:4]) + 1}{low[4:]}":
            return [(first, last)]
        return [(start, last), (first, end)]
    return [(start, end)] if start <= end else [(start, last), (first, end)]


def _day(date: str) -> str:
    return date if date.startswith("--") else f"-{date[4:]}"
