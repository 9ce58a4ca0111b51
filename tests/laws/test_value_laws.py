"""Laws of values (docs/claims.md section 5a): two exclude each other where nothing could bear out both."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, combinations
from typing import Any

from audit_cases import DEADLINE, LIMIT, WAIT
from hypothesis import assume, given
from hypothesis import strategies as st
from making import TOPICS, topics, values_of

from audit.values import APPROX, contrast
from claims.facets import member_lies_in
from claims.model import Flag, Measure, SetOf, Value, set_of
from claims.topics import Topic

BOTH = topics().flatmap(lambda t: st.tuples(st.just(t), values_of(t), values_of(t)))


def excludes(a: Value, b: Value, topic: Topic, **more: Any) -> bool:
    return contrast(a, b, topic, **more).excludes


@given(BOTH, st.booleans(), st.booleans(), st.booleans())
def test_excluding_is_symmetric_on_every_topic(case: Any, x: bool, y: bool, one_level: bool) -> None:
    topic, a, b = case
    found = contrast(a, b, topic, approx=(x, y), one_level=one_level)
    assert contrast(b, a, topic, approx=(y, x), one_level=one_level) == found


@given(BOTH, st.booleans(), st.booleans())
def test_no_value_excludes_itself_on_any_topic(case: Any, approx: bool, one_level: bool) -> None:
    topic, a, _ = case
    assert not excludes(a, a, topic, approx=(approx, approx), one_level=one_level)


# Sets, held against all that could be the case.

SETS = [t for t in sorted(TOPICS.values(), key=lambda t: t.id) if t.kind == "set"]


def things(topic: Topic) -> list[str]:
    """What there is to be in or out: a member below which others lie is what of it they leave over."""
    return list(topic.members[:6])


def of(member: str, topic: Topic) -> set[str]:
    return {t for t in things(topic) if member_lies_in(t, member)}


def bears_out(world: frozenset[str], value: SetOf, topic: Topic) -> bool:
    meant = set().union(*(of(m, topic) for m in value.members))
    if value.mode == "includes":
        return meant <= world
    return not meant & world if value.mode == "excludes" else meant == world


def sets_of(topic: Topic) -> st.SearchStrategy[SetOf]:
    chosen = st.lists(st.sampled_from(things(topic)), min_size=1, max_size=3)
    return st.builds(set_of, st.sampled_from(["includes", "excludes", "only"]), chosen)


@given(st.sampled_from(SETS).flatmap(lambda t: st.tuples(st.just(t), sets_of(t), sets_of(t))))
def test_sets_exclude_each_other_where_no_world_bears_out_both(case: Any) -> None:
    topic, a, b = case
    every = things(topic)
    worlds = map(frozenset, chain.from_iterable(combinations(every, n) for n in range(len(every) + 1)))
    assert excludes(a, b, topic) != any(bears_out(w, a, topic) and bears_out(w, b, topic) for w in worlds)


# Numbers.

NUMBER = st.integers(-20, 400).map(lambda n: Decimal(n) / 4)
OPEN = st.one_of(st.none(), NUMBER)


@st.composite
def stretches(draw: st.DrawFn) -> Measure:
    low, high = draw(OPEN), draw(OPEN)
    return Measure(high, low) if low is not None and high is not None and low > high else Measure(low, high)


def lies(x: Decimal, measure: Measure) -> bool:
    low, high = measure.low, measure.high
    return (not isinstance(low, Decimal) or low <= x) and (not isinstance(high, Decimal) or x <= high)


@given(stretches(), stretches())
def test_numbers_exclude_each_other_where_no_number_is_both(a: Measure, b: Measure) -> None:
    """If any number lies in both, then an end of one of them does, or both are open to one side or to all."""
    ends = [x for m in (a, b) for x in (m.low, m.high) if isinstance(x, Decimal)]
    tried = [*ends, Decimal(-1000), Decimal(1000)]
    assert excludes(a, b, LIMIT) != any(lies(x, a) and lies(x, b) for x in tried)


@given(stretches(), stretches(), NUMBER)
def test_saying_less_never_excludes_more(a: Measure, b: Measure, x: Decimal) -> None:
    low = None if not isinstance(a.low, Decimal) else min(a.low, x)
    high = None if not isinstance(a.high, Decimal) else max(a.high, x)
    if not excludes(a, b, LIMIT):
        assert not excludes(Measure(low, high), b, LIMIT)
        assert not excludes(Measure(a.low, None), b, LIMIT)


@given(NUMBER, st.decimals(-2, 2, places=3), st.booleans())
def test_about_reaches_five_percent(n: Decimal, by: Decimal, turned: bool) -> None:
    other = n + abs(n) * APPROX * by
    approx = (not turned, turned)
    a, b = Measure(n, n), Measure(other, other)
    found = excludes(b, a, LIMIT, approx=approx) if turned else excludes(a, b, LIMIT, approx=approx)
    assert found == (abs(other - n) > abs(n) * APPROX)


@given(stretches(), stretches())
def test_a_year_is_twelve_months(a: Measure, b: Measure) -> None:
    years = Measure(a.low, a.high, "year")
    months = Measure(*(x * 12 if isinstance(x, Decimal) else None for x in (a.low, a.high)), "month")
    other = Measure(b.low, b.high, "month")
    assert contrast(years, other, WAIT).excludes == contrast(months, other, WAIT).excludes


# Days.

DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31)).map(date.isoformat)
LEAP = [(date(2024, 1, 1) + timedelta(n)).isoformat()[4:] for n in range(366)]


def days_of_the_year(measure: Measure) -> set[str]:
    """Which days of a year an interval has."""
    low, high = str(measure.low), str(measure.high)
    if low.startswith("--"):
        first, last = low[1:], high[1:]
        return {d for d in LEAP if (first <= d <= last if first <= last else d >= first or d <= last)}
    first_day, last_day = date.fromisoformat(low), date.fromisoformat(high)
    return {(first_day + timedelta(n)).isoformat()[4:] for n in range((last_day - first_day).days + 1)}


@st.composite
def full(draw: st.DrawFn) -> Measure:
    low, high = sorted([draw(DAYS), draw(DAYS)])
    return Measure(low, high, "date")


YEARLY = st.builds(lambda a, b: Measure(f"-{a[4:]}", f"-{b[4:]}", "date"), DAYS, DAYS)


@given(full(), full())
def test_full_dates_exclude_each_other_where_no_day_is_both(a: Measure, b: Measure) -> None:
    found = contrast(a, b, DEADLINE)
    assert found.excludes == (max(str(a.low), str(b.low)) > min(str(a.high), str(b.high)))
    assert found.certain


@given(YEARLY, st.one_of(full(), YEARLY))
def test_a_yearly_date_is_compared_by_the_days_of_the_year(a: Measure, b: Measure) -> None:
    found = contrast(a, b, DEADLINE)
    shared = days_of_the_year(a) & days_of_the_year(b)
    # The 29th of February is a day of every yearly stretch around it; a full one may lie in a year without it.
    assume(shared != {"-02-29"})
    assert found.excludes == (not shared)
    assert found.certain == (not found.excludes or str(b.low).startswith("--"))


# Levels.


@given(*[st.sampled_from(["gongji.area", "gongji.use_area"])], st.integers(0, 3), st.integers(0, 3))
def test_at_least_and_at_most_exclude_each_other_where_they_cross(topic: str, low: int, high: int) -> None:
    scale = TOPICS[topic].scale or ()
    assert excludes(Measure(scale[low], None), Measure(None, scale[high]), TOPICS[topic]) == (low > high)
    assert not excludes(Measure(scale[low], None), Measure(scale[high], None), TOPICS[topic])


@given(BOTH)
def test_kinds_that_cannot_be_compared_exclude_nothing(case: Any) -> None:
    topic, a, _ = case
    other = set_of("only", ["x"]) if isinstance(a, Flag) else Flag(True)
    assert not excludes(a, other, topic)
