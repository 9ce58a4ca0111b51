"""Step a (docs/claims.md section 5a): do two values exclude each other?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from audit_cases import (
    AREA,
    BENEFIT,
    DEADLINE,
    GIVER,
    LIMIT,
    NO,
    ORDER,
    RATE,
    WAIT,
    YES,
    day,
    high,
    intervals,
    low,
    point,
    sets,
    topics,
    values,
)  # fmt: skip
from hypothesis import given
from hypothesis import strategies as st

from audit.model import Reason
from audit.values import Contrast, contrast
from claims.model import Choice, Flag, Measure, SetOf, Value, set_of
from claims.topics import Topic


def excludes(a: Value, b: Value, topic: Topic, approx: tuple[bool, bool] = (False, False), **more: bool) -> bool:
    found = contrast(a, b, topic, approx=approx, **more)
    assert found.excludes == contrast(b, a, topic, approx=approx[::-1], **more).excludes
    return found.excludes


def test_flags_and_choices_exclude_each_other_when_they_differ():
    assert excludes(YES, NO, BENEFIT)
    assert not excludes(YES, Flag(True), BENEFIT)
    assert excludes(Choice("receiver_first"), Choice("giver_first"), ORDER)
    assert not excludes(Choice("giver_first"), Choice("giver_first"), ORDER)


def test_values_of_different_kinds_are_not_comparable():
    assert contrast(YES, point(1), BENEFIT).reason.code == "kinds-differ"
    assert contrast(point(1), Measure("2025-01-01", None), LIMIT).reason.code == "kinds-differ"
    assert contrast(Choice("x"), YES, ORDER).reason.code == "kinds-differ"
    assert contrast(set_of("only", ["x"]), Choice("x"), ORDER).reason.code == "kinds-differ"
    assert contrast(low("galaxy"), high("pool"), AREA).reason.code == "kinds-differ"
    assert not excludes(low("galaxy"), high("pool"), AREA)
    assert excludes(Measure("pool", "city"), Measure("province", "nation"), AREA)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (point(6), point(7), True),
        (point(6), point("6.0"), False),
        (Measure(Decimal(50), Decimal(90)), point(60), False),
        (Measure(Decimal(50), Decimal(90)), point(40), True),
        (Measure(Decimal(50), None), point(40), True),
        (Measure(None, Decimal(50)), point(40), False),
        (Measure(None, Decimal(50)), Measure(Decimal(50), None), False),
        (Measure(None, None), point(40), False),
    ],
)
def test_measures_exclude_each_other_when_the_intervals_do_not_meet(a, b, expected):
    assert excludes(a, b, RATE) is expected


def test_an_approx_number_is_widened_by_five_percent():
    assert excludes(point(100), point(105), LIMIT)
    assert not excludes(point(100), point(105), LIMIT, approx=(True, False))
    assert excludes(point(100), point(106), LIMIT, approx=(True, False))
    assert not excludes(point(100), point(105), LIMIT, approx=(False, True))
    assert not excludes(point(100), point(110), LIMIT, approx=(True, True))
    assert excludes(point(100), point(111), LIMIT, approx=(True, True))


def test_a_date_or_a_level_is_never_widened():
    assert excludes(day("2025-02-28"), day("2025-03-01"), DEADLINE, approx=(True, True))
    assert excludes(low("nation"), high("province"), AREA, approx=(True, True))


def test_units_are_made_the_same_first():
    assert not excludes(point(1, "year"), point(12, "month"), WAIT)
    assert excludes(point(1, "year"), point(6, "month"), WAIT)
    assert not excludes(point(6), point(6, "month"), WAIT)
    differ = contrast(point(1, "year"), point(6, "yuan"), WAIT)
    assert differ == Contrast(False, Reason("units-differ", (("a", "month"), ("b", "yuan"))))
    assert not excludes(point(6, "month"), point(7, "yuan"), WAIT)


def test_levels_compare_on_the_scale_of_the_topic():
    assert excludes(low("nation"), high("province"), AREA)
    assert not excludes(low("province"), high("province"), AREA)
    assert excludes(low("province"), high("city"), AREA)
    assert not excludes(low("pool"), high("nation"), AREA)


def test_in_a_municipality_pool_city_and_province_are_one():
    assert not excludes(low("province"), high("pool"), AREA, one_level=True)
    assert not excludes(point_on("pool"), point_on("province"), AREA, one_level=True)
    assert excludes(low("nation"), high("pool"), AREA, one_level=True)
    assert excludes(low("nation"), high("province"), AREA, one_level=True)


def point_on(level: str) -> Measure:
    return Measure(level, level)


def test_full_dates_compare_as_dates():
    assert excludes(day("2025-02-28"), day("2024-02-28"), DEADLINE)
    assert not excludes(Measure("2024-09-01", "2025-02-28"), day("2024-12-31"), DEADLINE)
    assert contrast(day("2025-02-28"), day("2024-02-28"), DEADLINE).certain


def test_a_yearly_date_against_a_full_one_compares_the_day_of_the_year_and_is_possible_at_most():
    assert not excludes(day("--02-28"), day("2025-02-28"), DEADLINE)
    found = contrast(day("--02-28"), day("2025-03-28"), DEADLINE)
    assert found.excludes
    assert not found.certain
    assert contrast(day("--02-28"), day("--03-28"), DEADLINE).certain


def test_a_stretch_over_the_new_year_covers_its_days():
    winter = Measure("2024-11-01", "2025-02-28")
    assert not excludes(winter, day("--01-15"), DEADLINE)
    assert excludes(winter, day("--06-30"), DEADLINE)
    assert excludes(Measure("--11-01", "--02-28"), day("2025-06-30"), DEADLINE)
    assert not excludes(Measure("--11-01", "--02-28"), day("2025-12-31"), DEADLINE)
    assert not excludes(Measure("2023-11-01", "2025-02-28"), day("--06-30"), DEADLINE)
    assert excludes(Measure(None, "--02-28"), day("2025-06-30"), DEADLINE)


@pytest.mark.parametrize(
    ("a", "b", "members"),
    [
        (("includes", "spouse"), ("excludes", "spouse"), "spouse"),
        (("includes", "spouse"), ("excludes", "parents"), None),
        (("includes", "spouse"), ("includes", "parents"), None),
        (("excludes", "spouse"), ("excludes", "parents"), None),
        (("only", "spouse"), ("includes", "parents", "spouse"), "parents"),
        (("only", "spouse"), ("includes", "spouse"), None),
        (("only", "spouse"), ("only", "parents", "spouse"), "parents"),
        (("only", "spouse"), ("only", "spouse"), None),
        (("only", "spouse"), ("excludes", "spouse", "parents"), "spouse"),
        (("only", "spouse"), ("excludes", "parents"), None),
        # flexible lies in employee: a member stands for all below it
        (("only", "employee"), ("includes", "flexible"), None),
        (("only", "employee"), ("only", "employee", "flexible"), None),
        (("only", "flexible"), ("only", "employee"), "employee"),
        (("only", "flexible"), ("includes", "employee"), "employee"),
        (("includes", "employee"), ("excludes", "flexible"), "flexible"),
        (("includes", "flexible"), ("excludes", "employee"), "flexible"),
        (("only", "employee"), ("excludes", "flexible"), "flexible"),
        (("only", "flexible"), ("excludes", "employee"), "flexible"),
    ],
)
def test_sets(a, b, members):
    one, other = set_of(a[0], a[1:]), set_of(b[0], b[1:])
    assert excludes(one, other, GIVER) is (members is not None)
    if members is not None:
        assert contrast(one, other, GIVER).reason.args == (("members", members),)


def test_a_set_without_members_is_no_trouble():
    assert excludes(SetOf("only", ()), set_of("includes", ["employee"]), GIVER)
    assert not excludes(SetOf("includes", ()), set_of("only", ["employee"]), GIVER)


# Laws.

anything = topics().flatmap(lambda t: st.tuples(st.just(t), values(t), values(t)))


@given(anything, st.booleans(), st.booleans(), st.booleans())
def test_symmetric(case, x, y, one_level):
    topic, a, b = case
    assert contrast(a, b, topic, approx=(x, y), one_level=one_level) == contrast(
        b, a, topic, approx=(y, x), one_level=one_level
    )


@given(anything, st.booleans(), st.booleans())
def test_no_value_excludes_itself(case, approx, one_level):
    topic, a, _ = case
    assert not contrast(a, a, topic, approx=(approx, approx), one_level=one_level).excludes


@given(anything)
def test_widening_and_merging_levels_only_ever_reconcile(case):
    topic, a, b = case
    if not contrast(a, b, topic).excludes:
        assert not contrast(a, b, topic, approx=(True, True), one_level=True).excludes


@given(intervals(st.decimals(0, 1000, places=2)), st.integers(1, 4))
def test_equal_values_in_other_notation_never_exclude_each_other(measure, zeros):
    def padded(x):
        return x if x is None else Decimal(f"{x:f}" + "0" * zeros)

    assert not contrast(measure, Measure(padded(measure.low), padded(measure.high)), RATE).excludes


@given(sets(("employee", "resident", "flexible")))
def test_only_s_lets_in_what_is_included_of_s(chosen):
    assert not contrast(SetOf("only", chosen.members), SetOf("includes", chosen.members), GIVER).excludes
    assert contrast(SetOf("only", chosen.members), SetOf("excludes", chosen.members), GIVER).excludes


def test_a_contrast_says_why():
    def why(a: Value, b: Value, topic: Topic) -> tuple[bool, str, dict[str, str]]:
        found = contrast(a, b, topic)
        assert contrast(b, a, topic).excludes is found.excludes
        return found.excludes, found.reason.code, dict(found.reason.args)

    assert why(YES, NO, BENEFIT) == (True, "flags-differ", {})
    assert why(Choice("receiver_first"), Choice("giver_first"), ORDER) == (True, "choices-differ", {})
    both = ["employee", "resident"]
    members = {"members": "employee,resident"}
    assert why(set_of("includes", both), set_of("excludes", both), GIVER) == (True, "included-excluded", members)
    assert why(set_of("only", both), set_of("excludes", both), GIVER) == (True, "only-excluded", members)
    assert why(set_of("includes", both), set_of("only", ["child"]), GIVER)[:2] == (True, "outside-only")
    assert why(set_of("only", ["employee"]), set_of("only", ["resident"]), GIVER) == (True, "only-differ", members)
    assert why(point(6), point(7), LIMIT) == (True, "intervals-apart", {})
    for one, other, topic in (
        (YES, point(1), BENEFIT),
        (point(1), Measure("2025-01-01", None), LIMIT),
        (low("galaxy"), high("pool"), AREA),
    ):
        assert why(one, other, topic) == (False, "kinds-differ", {})


PROBES = ("01-01", "01-02", "02-27", "02-28", "03-01", "03-02", "10-31", "11-01", "11-02", "12-30", "12-31")
BEGUN = ("2024-01-01", "2024-02-28", "2024-11-01", "2024-12-31")
ENDED = (*BEGUN, "2024-03-01", "2024-10-31", "2025-01-01", "2025-02-28", "2025-10-31", "2025-11-01", "2026-02-01")


@pytest.mark.parametrize(("begin", "end"), [(b, e) for b, e in product(BEGUN, ENDED) if b <= e])
def test_an_interval_covers_the_days_of_the_year_that_lie_in_it(begin, end):
    first, last = map(date.fromisoformat, (begin, end))
    covered = {(first + timedelta(n)).isoformat()[5:] for n in range((last - first).days + 1)}
    for probe in PROBES:
        assert excludes(Measure(begin, end, "date"), day(f"--{probe}"), DEADLINE) is (probe not in covered)
        if begin[:4] == end[:4]:
            yearly = Measure(f"-{begin[4:]}", f"-{end[4:]}", "date")
            assert excludes(yearly, day(f"2025-{probe}"), DEADLINE) is (probe not in covered)


@pytest.mark.parametrize(
    ("begin", "end", "out", "covered"),
    [
        (None, "2025-02-28", "--03-01", "--01-01"),
        ("2025-11-01", None, "--10-31", "--12-31"),
        (None, "--02-28", "2025-03-01", "2025-01-01"),
        ("--11-01", None, "2025-10-31", "2025-12-31"),
    ],
)
def test_an_open_side_of_days_reaches_to_the_end_of_the_year(begin, end, out, covered):
    assert excludes(Measure(begin, end, "date"), day(out), DEADLINE)
    assert not excludes(Measure(begin, end, "date"), day(covered), DEADLINE)


def test_units_come_to_the_same_by_their_factors():
    yearly = Topic("t", "measure", unit="yuan_per_year")
    for one, other, topic in (
        (point("1.5", "year"), point(18, "month"), WAIT), (point(10, "yuan_per_month"), point(120), yearly),
        (point("0.5", "wan_yuan"), point(5000, "yuan"), LIMIT), (point(5, "permille"), point("0.5", "percent"), RATE),
        (point("0.5", "wan_yuan"), point("0.5", "wan_yuan"), RATE),
    ):  # fmt: skip
        assert not excludes(one, other, topic)
        assert isinstance(other.low, Decimal)
        assert excludes(one, point(other.low + 1, other.unit), topic)


def test_an_approximate_number_below_nothing_is_widened_too():
    assert not excludes(point(-100), point(-105), LIMIT, approx=(True, False))
    assert not excludes(point(-100), point(-95), LIMIT, approx=(True, False))
    assert excludes(point(-100), point(-94), LIMIT, approx=(True, False))
    assert excludes(point(-100), point(-106), LIMIT, approx=(True, False))


def test_levels_are_one_in_a_municipality_only_on_a_scale_that_has_them_all():
    short = Topic("t", "measure", scale=("city", "province", "nation"))
    assert excludes(low("province"), high("city"), short, one_level=True)
    assert excludes(point_on("pool"), point_on("nation"), AREA, one_level=True)
    assert not excludes(point_on("pool"), point_on("city"), AREA, one_level=True)
    assert excludes(point_on("pool"), point_on("city"), AREA)


def test_a_scale_may_end_where_municipalities_are_one():
    regional = Topic("t", "measure", scale=("pool", "city", "province"))
    assert not excludes(low("province"), high("pool"), regional, one_level=True)
    assert excludes(low("province"), high("pool"), regional)


def test_a_number_without_a_unit_is_not_compared_with_one_that_has():
    bare = Topic("t", "measure")
    assert contrast(point(6), point(6, "yuan"), bare).reason == Reason("units-differ", (("a", ""), ("b", "yuan")))
    assert excludes(point(6), point(7), bare)
