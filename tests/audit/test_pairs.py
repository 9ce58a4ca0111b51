"""Two positions and who takes them: what their finding says of days, of the order of its sides, and of other kinds."""

from __future__ import annotations

import pytest
from audit_cases import ENROLMENT, NO, TOPICS, YES, claim, summed

from audit.conflicts import conflicts
from audit.identity import position_key
from audit.model import Finding
from claims.model import Claim, Flag

WUHAN = {"region": ["武汉市"]}
Days = dict[Flag, tuple[str, str]]


def found(*said: Claim) -> Finding:
    [finding] = conflicts(summed(said), TOPICS)
    return finding


def days(*said: Claim) -> Days:
    return {s.position.value: s.days for s in found(*said).sides}  # type: ignore[misc, union-attr]


@pytest.fixture(params=[(YES, NO), (NO, YES)], ids=str)
def values(request: pytest.FixtureRequest) -> tuple[Flag, Flag]:
    """Which of two values comes first in the order of positions does not matter."""
    one, other = request.param
    return one, other


def test_when_a_side_was_first_and_last_said(values: tuple[Flag, Flag]) -> None:
    one, other = values
    assert days(claim(ENROLMENT, one), claim(ENROLMENT, other, "b.md")) == {one: ("", ""), other: ("", "")}
    several = [
        claim(ENROLMENT, one, "a.md", as_of="2024-03-01"), claim(ENROLMENT, one, "b.md", as_of="2024-01-01"),
        claim(ENROLMENT, one, "c.md", as_of="2024-05-01", hedged="maybe"), claim(ENROLMENT, one, "d.md"),
        claim(ENROLMENT, one, "e.md", as_of="2023-12-01", hedged="approx"),
    ]  # fmt: skip
    denial = claim(ENROLMENT, other, "x.md", as_of="2024-02-01")
    assert days(*several, denial) == {one: ("2023-12-01", "2024-05-01"), other: ("2024-02-01", "2024-02-01")}
    assert days(*several[::-1], denial) == days(*several, denial)


def test_days_inside_one_article_alone(values: tuple[Flag, Flag]) -> None:
    one, other = values
    both = [claim(ENROLMENT, one, as_of="2024-01-01"), claim(ENROLMENT, other, start=9, as_of="2024-01-01")]
    both += [claim(ENROLMENT, other, start=20, as_of="2024-01-01", hedged="maybe"), claim(ENROLMENT, one, start=30)]
    assert days(*both) == dict.fromkeys(values, ("2024-01-01", "2024-01-01"))
    earlier = [claim(ENROLMENT, v, start=n, as_of="2023-01-01", hedged="maybe") for n, v in ((40, one), (50, other))]
    assert days(*both, *earlier) == dict.fromkeys(values, ("2023-01-01", "2024-01-01"))


def test_the_days_of_those_who_take_no_part_do_not_count(values: tuple[Flag, Flag]) -> None:
    """Nobody else says the one, and inside their article both stand: of two days."""
    one, other = values
    alone = [claim(ENROLMENT, one, "z.md", as_of="2024-01-01"), claim(ENROLMENT, other, "z.md", as_of="2024-03-20")]
    denials = [claim(ENROLMENT, other, f"{n}.md", as_of="2024-02-15") for n in range(2)]
    assert days(*alone, *denials) == {one: ("2024-01-01", "2024-01-01"), other: ("2024-02-15", "2024-02-15")}


def test_near_and_far_are_kinds_of_one_finding(values: tuple[Flag, Flag]) -> None:
    """Whichever of the claims is the example."""
    one, other = values
    for old, new in (("a.md", "b.md"), ("b.md", "a.md")):
        said = [claim(ENROLMENT, one, old, as_of="2020-01-01"), claim(ENROLMENT, one, new, as_of="2024-01-01")]
        finding = found(*said, claim(ENROLMENT, other, "c.md", as_of="2024-02-01"))
        assert (finding.kind, finding.other_kinds) == ("contradiction", ("outdated",))


def test_the_older_side_is_the_one_that_was_last_said_longer_ago(values: tuple[Flag, Flag]) -> None:
    one, other = values
    old = [claim(ENROLMENT, one, f"{y}.md", as_of=f"{y}-01-01") for y in (2020, 2021)]
    new = [claim(ENROLMENT, other, f"{y}.md", as_of=f"{y}-01-01") for y in (2023, 2024)]
    finding = found(*old, *new)
    assert (finding.older, [s.position.value for s in finding.sides]) == (0, [one, other])  # type: ignore[union-attr]
    [reason] = [r for r in finding.reasons if r.code == "outdated"]
    assert dict(reason.args) == {"older": "0", "days": "1095", "a": "2021-01-01", "b": "2024-01-01"}


def exceptional(value: Flag, article: str, year: int) -> Claim:
    """What an article sets against a rule of its own."""
    return claim(ENROLMENT, value, article, quantifier="some", start=12, sets_against=(0, 20), as_of=f"{year}-01-01")


def test_of_two_last_said_on_one_day_the_older_is_the_one_said_before(values: tuple[Flag, Flag]) -> None:
    rule, exception = values
    in_one = [claim(ENROLMENT, rule, "z.md", as_of="2025-01-01"), exceptional(exception, "z.md", 2025)]
    finding = found(*in_one, claim(ENROLMENT, rule, "a.md", as_of="2023-01-01"), exceptional(exception, "w.md", 2024))
    assert [s.position.value for s in finding.sides] == [rule, exception]  # type: ignore[union-attr]
    finding = found(*in_one, claim(ENROLMENT, rule, "a.md", as_of="2024-01-01"), exceptional(exception, "w.md", 2023))
    assert [s.position.value for s in finding.sides] == [exception, rule]  # type: ignore[union-attr]
    assert (finding.kind, finding.older) == ("outdated", 0)
    earlier = [claim(ENROLMENT, rule, "y.md", as_of="2023-01-01"), exceptional(exception, "y.md", 2023)]
    finding = found(*in_one, *earlier)
    keys = [position_key(s.position) for s in finding.sides if s.position is not None]
    assert (keys, finding.older) == (sorted(keys), 0)


def test_the_general_side_comes_first_wherever_the_other_is_sorted(values: tuple[Flag, Flag]) -> None:
    """What has an exception is sorted before what has none."""
    one, other = values
    finding = found(claim(ENROLMENT, one), claim(ENROLMENT, other, "b.md", quantifier="some", except_=WUHAN))
    assert [s.position.value for s in finding.sides] == [one, other]  # type: ignore[union-attr]
    assert (finding.kind, finding.older) == ("overgeneral", None)
    assert [dict(r.args) for r in finding.reasons if r.code == "some-against-all"] == [{"side": "1"}]
