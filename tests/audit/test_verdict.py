"""Step c (docs/claims.md section 5c): is a pair of claims a conflict, of which kind, and how bad?"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from audit_cases import (
    AREA,
    BENEFIT,
    COUNT,
    DEADLINE,
    ENROLMENT,
    LIMIT,
    NO,
    RATE,
    TOPICS,
    YES,
    claim,
    claims,
    day,
    high,
    low,
    pairs,
    point,
    swapped,
    topics,
)  # fmt: skip
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from audit import verdict as verdict_module
from audit.model import Reason
from audit.verdict import MILDER, REASONS, Verdict, judge, turned, worst_kind, worst_severity
from claims.model import Claim, Measure, scope_of
from claims.topics import Topic

HUBEI, WUHAN, HUNAN = {"region": ["湖北省"]}, {"region": ["武汉市"]}, {"region": ["湖南省"]}


def judged(a: Claim, b: Claim) -> Verdict:
    topic = TOPICS[a.topic]
    found = judge(a, b, topic)
    assert swapped(judge(b, a, topic)) == found
    assert all(r.code in REASONS for r in found.reasons)
    return found


def outcome(a: Claim, b: Claim) -> tuple[str | None, str | None]:
    found = judged(a, b)
    return found.kind, found.severity


def codes(a: Claim, b: Claim) -> list[str]:
    return [r.code for r in judged(a, b).reasons]


def yes(article: str = "a.md", topic: Topic = ENROLMENT, **fields: Any) -> Claim:
    return claim(topic, YES, article, **fields)


def no(article: str = "b.md", topic: Topic = ENROLMENT, **fields: Any) -> Claim:
    return claim(topic, NO, article, **fields)


# No conflict.


def test_only_claims_of_one_topic_are_compared():
    assert codes(yes(), claim(BENEFIT, NO, "b.md")) == ["topics-differ"]
    assert [r.code for r in judge(yes(), no(), BENEFIT).reasons] == ["topics-differ"]


def test_an_untyped_claim_says_nothing_that_could_be_compared():
    nothing = Topic("untyped", "flag")
    assert [r.code for r in judge(claim(nothing, None), claim(nothing, None, "b.md"), nothing).reasons] == ["untyped"]


def test_an_untyped_claim_is_not_held_to_what_another_says():
    nothing = claim(Topic("untyped", "flag"), None)
    for a, b in ((nothing, yes("b.md")), (yes("b.md"), nothing)):
        assert [r.code for r in judge(a, b, ENROLMENT).reasons] == ["untyped"]


def test_a_claim_with_itself_or_its_like():
    assert codes(yes(), yes()) == ["same-claim"]
    assert codes(yes(), yes("b.md")) == ["values-meet"]
    assert codes(yes(), yes(start=30)) == ["values-meet"]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (yes(scope=HUBEI), no(scope=HUNAN), "scopes-disjoint"),
        (yes(scope={"year": ["2024"]}), no(scope={"year": ["2025"]}), "years-disjoint"),
        (yes(quantifier="some"), no(quantifier="some"), "both-some"),
        (yes(except_=WUHAN), no(scope=WUHAN), "excepted"),
        (yes(quantifier="some"), no(scope=WUHAN), "witness-outside"),
        (yes(quantifier="some"), no(except_=WUHAN), "witness-excepted"),
    ],
)
def test_scopes_that_do_not_meet(a, b, expected):
    assert codes(a, b) == [expected]


def test_inside_one_article_two_dates_never_meet():
    a, b = yes(as_of="2024-12-31"), no("a.md", as_of="2025-03-05")
    assert codes(a, b) == ["as-of-differs"]
    assert outcome(a, replace(b, as_of=None)) == ("self-contradiction", "error")
    assert outcome(a, replace(b, as_of="2024-12-31")) == ("self-contradiction", "error")
    assert outcome(a, replace(b, article="b.md")) == ("contradiction", "error")


def test_what_the_text_sets_against_a_rule_does_not_meet_it():
    rule = yes(start=10)
    some = no("a.md", start=20, quantifier="some", sets_against=(5, 30))
    assert codes(rule, some) == ["set-against"]
    assert codes(rule, no("a.md", start=20, scope=WUHAN, sets_against=(5, 30))) == ["set-against"]
    assert codes(rule, replace(some, sets_against=(10, 12))) == ["set-against"]
    # not the same scope, not another article, not another sentence, and the span is the exception's own
    assert outcome(rule, no("a.md", start=20, sets_against=(5, 30))) == ("self-contradiction", "error")
    assert outcome(rule, replace(some, article="b.md")) == ("overgeneral", "error")
    assert outcome(rule, replace(some, sets_against=(15, 30))) == ("overgeneral", "warning")
    assert outcome(replace(rule, sets_against=(5, 30)), replace(some, sets_against=None)) == ("overgeneral", "warning")


def test_in_a_municipality_pool_city_and_province_are_one():
    anywhere, shanghai = claim(AREA, low("province"), "b.md"), {"region": ["上海市"]}
    assert codes(claim(AREA, high("pool"), scope=shanghai), anywhere) == ["values-meet"]
    assert outcome(claim(AREA, high("pool"), scope=HUBEI), anywhere) == ("overgeneral", "error")
    assert outcome(claim(AREA, high("pool"), scope=shanghai), claim(AREA, low("nation"), "b.md")) == (
        "overgeneral", "error",
    )  # fmt: skip
    two_places = {"region": ["上海市", "湖北省"]}
    assert outcome(claim(AREA, high("pool"), scope=two_places), anywhere) == ("overgeneral", "error")


# Kinds and severities.


def test_self_contradiction():
    assert outcome(yes(), no("a.md")) == ("self-contradiction", "error")
    assert codes(yes(), no("a.md")) == ["flags-differ", "both-unrestricted"]
    assert outcome(yes(scope=HUBEI), no("a.md", scope=HUBEI)) == ("self-contradiction", "error")
    assert codes(yes(scope=HUBEI), no("a.md", scope=HUBEI)) == ["flags-differ", "scopes-equal"]


def test_contradiction():
    assert outcome(yes(), no()) == ("contradiction", "error")
    assert outcome(yes(scope=HUBEI, except_=WUHAN), no(scope=HUBEI)) == ("contradiction", "error")


def test_scopes_that_overlap_contradict_each_other_also_inside_one_article():
    a, b = yes(scope=HUBEI), no(scope={"scheme": ["employee"]})
    assert outcome(a, b) == ("contradiction", "error")
    assert codes(a, b) == ["flags-differ", "scopes-overlap"]
    assert outcome(a, replace(b, article="a.md")) == ("contradiction", "error")


def test_overgeneral_is_an_error_on_core_topics_between_articles():
    assert outcome(yes(), no(scope=WUHAN)) == ("overgeneral", "error")
    assert outcome(yes(topic=BENEFIT), no(topic=BENEFIT, scope=WUHAN)) == ("overgeneral", "warning")
    assert outcome(yes(), no("a.md", scope=WUHAN)) == ("overgeneral", "warning")
    inside = judged(yes(scope=HUBEI), no(scope={**WUHAN, "scheme": ["employee"]})).reasons[1]
    assert (inside.code, dict(inside.args)) == ("inside", {"side": "1", "facets": "region,scheme"})


def test_some_against_all_is_overgeneral():
    assert outcome(yes(), no(quantifier="some")) == ("overgeneral", "error")
    assert outcome(yes(), no("a.md", quantifier="some")) == ("overgeneral", "warning")
    assert judged(yes(), no(quantifier="some")).reasons[1].args == (("side", "1"),)


def test_outdated():
    a, b = yes(as_of="2024-01-01"), no(as_of="2024-06-29")
    found = judged(a, b)
    assert (found.kind, found.severity, found.older) == ("outdated", "warning", 0)
    assert [dict(r.args) for r in found.reasons if r.code == "outdated"] == [
        {"older": "0", "days": "180", "a": "2024-01-01", "b": "2024-06-29"}
    ]
    assert found.reasons[-1].code == "dates-apart"
    assert outcome(a, replace(b, as_of="2024-06-28")) == ("contradiction", "error")
    assert outcome(a, replace(b, as_of=None)) == ("contradiction", "error")
    assert codes(a, replace(b, article="a.md")) == ["as-of-differs"]
    assert outcome(a, replace(b, scope=scope_of(WUHAN))) == ("outdated", "warning")


def test_claims_on_one_year_are_never_outdated():
    year = {"year": ["2024"]}
    assert outcome(yes(scope=year, as_of="2024-01-01"), no(scope=year, as_of="2025-01-01")) == (
        "contradiction", "error",
    )  # fmt: skip
    assert outcome(yes(scope=year, as_of="2024-01-01"), no(as_of="2025-01-01")) == ("outdated", "warning")


def test_what_is_not_said_is_possible_at_most():
    a = claim(RATE, point(60), scope={"scheme": ["resident"], "year": ["2024"]}, as_of="2020-01-01")
    b = claim(RATE, point(50), "b.md", scope={"scheme": ["resident"]}, as_of="2025-01-01")
    assert outcome(a, b) == ("possible", "info")
    assert codes(a, b) == ["intervals-apart", "inside", "not-said"]
    assert outcome(a, replace(b, article="a.md", as_of=None)) == ("possible", "info")
    assert outcome(a, replace(b, quantifier="some")) == ("possible", "info")
    assert codes(a, replace(b, scope=scope_of({"scheme": ["employee"]}))) == ["scopes-disjoint"]


def test_figures_that_name_the_same_facets_are_compared():
    def rate(n: int, article: str, **scope: list[str]) -> Claim:
        return claim(RATE, point(n), article, scope=scope)

    assert outcome(rate(60, "a.md", scheme=["resident"]), rate(50, "a.md", scheme=["resident"])) == (
        "self-contradiction", "error",
    )  # fmt: skip
    # two places may be meant where no article names one
    assert outcome(rate(60, "a.md"), rate(50, "b.md")) == ("contradiction", "warning")
    assert outcome(rate(60, "a.md", region=["湖北省"]), rate(50, "b.md", region=["湖北省"])) == (
        "contradiction", "error",
    )  # fmt: skip
    assert outcome(rate(60, "a.md", region=["湖北省"]), rate(50, "b.md", region=["武汉市"])) == (
        "overgeneral", "warning",
    )  # fmt: skip


def test_a_yearly_date_against_a_full_one_is_possible_at_most():
    a, b = claim(DEADLINE, day("--02-28")), claim(DEADLINE, day("2025-03-28"), "b.md")
    assert outcome(a, b) == ("possible", "info")
    assert codes(a, b)[-1] == "yearly-date"
    assert outcome(a, claim(DEADLINE, day("--03-28"), "b.md")) == ("contradiction", "warning")


def test_an_approx_number_is_widened():
    a, b = claim(LIMIT, point(100), hedged="approx"), claim(LIMIT, point(105), "b.md")
    assert codes(a, b) == ["values-meet"]
    assert outcome(replace(a, hedged="usual"), b) == ("contradiction", "error")


def test_what_makes_it_milder_is_said():
    def milder(a: Claim, b: Claim) -> list[tuple[str, str]]:
        return [(r.code, dict(r.args).get("sides", "")) for r in judged(a, b).reasons if r.code in MILDER]

    teaser = "a.md#teaser-1"
    assert milder(yes(), no()) == []
    assert milder(yes(), no(teaser)) == [("of-teaser", "1")]
    assert milder(yes(teaser), no("b.md#teaser-1")) == [("of-teaser", "0,1")]
    assert milder(yes(teaser, hedged="maybe"), no()) == [("only-maybe", "0")]
    assert milder(yes(), no("a.md", quantifier="some")) == [("one-article", "")]
    assert milder(yes(), no(quantifier="some")) == []
    assert milder(yes(teaser, as_of="2020-01-01"), no(as_of="2024-01-01")) == [("dates-apart", ""), ("of-teaser", "0")]
    assert milder(claim(RATE, point(60)), claim(RATE, point(50), "b.md")) == [("no-region", "")]
    assert milder(claim(LIMIT, point(6)), claim(LIMIT, point(9), "b.md", scope=WUHAN)) == [("not-core", "")]


def test_a_pair_with_a_maybe_claim_is_at_most_info():
    assert outcome(yes(hedged="maybe"), no()) == ("contradiction", "info")
    assert outcome(yes(hedged="maybe"), no("a.md#teaser-1", as_of="2024-01-01")) == ("contradiction", "info")
    assert outcome(yes(hedged="usual"), no()) == ("contradiction", "error")


def test_a_teaser_on_either_side_is_one_severity_lower():
    teaser = "a.md#teaser-2"
    assert outcome(yes(), no(teaser)) == ("contradiction", "warning")
    assert outcome(yes(teaser), no(teaser)) == ("self-contradiction", "warning")
    assert outcome(yes("b.md#teaser-1"), no(teaser)) == ("contradiction", "warning")
    assert outcome(yes(teaser), no(teaser, scope=WUHAN)) == ("overgeneral", "info")
    assert outcome(yes(teaser, as_of="2020-01-01"), no(as_of="2024-01-01")) == ("outdated", "info")


def test_figures_of_two_articles_may_be_of_two_places_unless_both_name_one():
    a, b = claim(RATE, point(60)), claim(RATE, point(50), "b.md")
    assert outcome(a, b) == ("contradiction", "warning")
    assert codes(a, b)[-1] == "no-region"
    here, there = (replace(c, scope=scope_of(WUHAN)) for c in (a, b))
    assert outcome(here, there) == ("contradiction", "error")
    assert codes(here, there) == ["intervals-apart", "scopes-equal"]
    either, or_ = ({"scheme": [s, "resident"]} for s in ("employee", "serious_illness"))
    some, others = claim(RATE, point(60), scope=either), claim(RATE, point(50), scope=or_, start=9)
    assert outcome(some, others) == ("contradiction", "error")
    assert outcome(some, replace(others, article="b.md")) == ("contradiction", "warning")


# Counts of provinces.


def count(n: int, article: str, as_of: str | None, reach: str | None = "nation") -> Claim:
    return claim(COUNT, point(n, "province"), article, as_of=as_of, scope={"reach": [reach]} if reach else {})


def test_counts_meet_only_with_the_same_explicit_reach():
    a = count(11, "a.md", "2024-12-31")
    assert codes(a, count(23, "b.md", "2024-12-31", "province")) == ["scopes-disjoint"]
    assert codes(a, count(23, "b.md", "2024-12-31", None)) == ["reach-unsaid"]
    both = replace(count(23, "b.md", "2024-12-31"), scope=scope_of({"reach": ["nation", "province"]}))
    assert codes(a, both) == ["reach-differs"]


def test_counts_conflict_in_the_same_month_or_when_they_shrink():
    assert outcome(count(11, "a.md", "2024-12-31"), count(23, "b.md", "2024-12-01")) == ("contradiction", "error")
    assert outcome(count(11, "a.md", "2024-12-01"), count(23, "b.md", "2024-12-31")) == ("contradiction", "error")
    assert codes(count(11, "a.md", "2024-11-30"), count(23, "b.md", "2024-12-01")) == ["count-grew"]
    assert outcome(count(23, "a.md", "2024-11-30"), count(11, "b.md", "2024-12-01")) == ("contradiction", "error")
    assert outcome(count(23, "a.md", "2024-01-31"), count(11, "b.md", "2024-12-01")) == ("outdated", "warning")
    assert codes(count(23, "a.md", None), count(11, "b.md", "2024-12-01")) == ["count-undated"]
    assert outcome(count(11, "a.md", "2024-12-31"), count(23, "a.md", "2024-12-31")) == ("self-contradiction", "error")


def test_every_reason_is_in_the_table_of_the_docstring():
    listed = re.findall(r"^([a-z]+(?:-[a-z]+)+)  ", verdict_module.__doc__ or "", re.MULTILINE)
    assert sorted([*listed, "inside", "excepted", "untyped", "outdated", "overtaken", "undated"]) == sorted(REASONS)


def told(a: Claim, b: Claim) -> dict[str, dict[str, str]]:
    """The reasons of a verdict with what they name, and that another order of the sides turns them."""
    found, back = judged(a, b), judged(b, a)
    assert tuple(turned(reason) for reason in back.reasons) == found.reasons
    return {reason.code: dict(reason.args) for reason in found.reasons}


def test_reasons_name_what_they_speak_of():
    assert told(yes(), claim(BENEFIT, NO, "b.md")) == {"topics-differ": {"a": ENROLMENT.id, "b": BENEFIT.id}}
    dated = told(yes(as_of="2024-01-01"), no("a.md", as_of="2025-06-30"))
    assert dated == {"as-of-differs": {"a": "2024-01-01", "b": "2025-06-30"}}
    rule, exception = yes(start=10), no("a.md", start=20, scope=WUHAN, sets_against=(5, 30))
    assert told(rule, exception) == {"set-against": {"side": "1"}}
    assert told(exception, rule) == {"set-against": {"side": "0"}}
    both = replace(count(23, "b.md", "2024-12-31"), scope=scope_of({"reach": ["nation", "province"]}))
    reach = {"a": "nation", "b": "nation,province"}
    assert told(count(11, "a.md", "2024-12-31"), both) == {"reach-differs": reach}
    grew = told(count(11, "a.md", "2024-11-30"), count(23, "b.md", "2024-12-01"))
    assert grew == {"count-grew": {"a": "2024-11-30", "b": "2024-12-01"}}
    narrow = {"scheme": ["resident"], "year": ["2024"], "setting": ["inpatient"]}
    found = told(claim(RATE, point(60), scope=narrow), claim(RATE, point(50), "b.md", scope={"scheme": ["resident"]}))
    both = {"facets": "setting,year"}
    assert found == {"intervals-apart": {}, "inside": {"side": "0", **both}, "not-said": both}
    assert told(yes(), no()) == {"flags-differ": {}, "both-unrestricted": {}}
    assert told(yes(scope=HUBEI), no(scope=HUBEI)) == {"flags-differ": {}, "scopes-equal": {}}
    crossing = told(yes(scope={"region": ["武汉市", "湖南省"]}), no(scope=HUBEI))
    assert crossing == {"flags-differ": {}, "scopes-overlap": {}}


def test_a_count_in_words_alone_is_not_the_smaller_one():
    """Only numbers grow: what has no bound on that side refutes no later count."""
    least = claim(COUNT, Measure(Decimal(20), None, "province"), as_of="2024-01-31", scope={"reach": ["nation"]})
    later = claim(COUNT, Measure(None, Decimal(9), "province"), "b.md", as_of="2024-03-31", scope={"reach": ["nation"]})
    assert outcome(least, later) == ("contradiction", "error")
    more = claim(COUNT, Measure(Decimal(31), None, "province"), "b.md", as_of="2024-03-31", scope={"reach": ["nation"]})
    few = claim(COUNT, Measure(None, Decimal(9), "province"), as_of="2024-01-31", scope={"reach": ["nation"]})
    assert codes(few, more) == ["count-grew"]


def test_what_a_verdict_does_not_name_is_not_turned():
    assert turned(Reason("x", (("older", "0,1"), ("facets", "a,b"), ("b", "1"), ("a", "2")))) == Reason(
        "x", (("older", "0,1"), ("facets", "a,b"), ("b", "2"), ("a", "1"))
    )
    assert turned(Reason("x", (("side", "0"), ("sides", "1")))) == Reason("x", (("side", "1"), ("sides", "0")))


def test_the_worst_of_several():
    assert worst_kind({"outdated", "contradiction", "possible"}) == "contradiction"
    assert worst_severity({"info", "warning"}) == "warning"


# Laws.


@given(pairs())
def test_symmetric(case):
    topic, a, b = case
    assert judge(a, b, topic) == swapped(judge(b, a, topic))


@given(topics().flatmap(lambda t: st.tuples(st.just(t), claims(t))))
def test_no_claim_conflicts_with_itself_or_its_like(case):
    topic, a = case
    for other in (a, replace(a, article="z.md"), replace(a, as_of="2020-01-01"), replace(a, start=a.start + 1)):
        assert judge(a, other, topic).kind is None


@given(pairs(), st.lists(st.sampled_from(["湖北省", "武汉市", "上海市"]), min_size=1))
def test_narrowing_one_side_to_a_disjoint_region_ends_every_conflict(case, regions):
    topic, a, b = case
    elsewhere, here = (
        replace(c, scope=scope_of({**c.scope.as_dict(), "region": r})) for c, r in ((a, ["南京市"]), (b, regions))
    )
    assert judge(elsewhere, here, topic).kind is None


@given(pairs())
def test_a_disjoint_year_never_yields_a_conflict(case):
    topic, a, b = case
    a, b = (
        replace(c, scope=scope_of({**c.scope.as_dict(), "year": [y]})) for c, y in ((a, "2024"), (b, "2025"))
    )  # fmt: skip
    assert judge(a, b, topic).kind is None


@given(pairs())
def test_numbers_in_other_notation_do_not_change_the_verdict(case):
    topic, a, b = case

    def padded(c: Claim) -> Claim:
        if not isinstance(c.value, Measure):
            return c
        low, high = (
            x.quantize(Decimal("0.0000")) if isinstance(x, Decimal) else x for x in (c.value.low, c.value.high)
        )
        return replace(c, value=Measure(low, high, c.value.unit))

    assert judge(padded(a), b, topic) == judge(a, b, topic)


@given(pairs())
def test_softening_never_makes_it_worse(case):
    topic, a, b = case
    rank = ["error", "warning", "info", None]
    plain = judge(replace(a, hedged=None), b, topic)
    for hedge in ("approx", "usual", "maybe"):
        assert rank.index(judge(replace(a, hedged=hedge), b, topic).severity) >= rank.index(plain.severity)


@given(pairs())
def test_a_conflict_has_kind_severity_and_reasons_of_its_own(case):
    topic, a, b = case
    found = judge(a, b, topic)
    assert (found.kind is None) == (found.severity is None)
    assert (found.older is not None) == (found.kind == "outdated")
    if found.kind is None:
        assert len(found.reasons) == 1
    else:
        assert len(found.reasons) >= 2
        assert all(REASONS.index(r.code) >= REASONS.index("flags-differ") for r in found.reasons)
    if found.kind == "self-contradiction":
        assert a.article == b.article
        assert {a.quantifier, b.quantifier} == {"all"}
