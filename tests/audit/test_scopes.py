"""Step b (docs/claims.md section 5b): do two claims speak of the same thing?"""

from __future__ import annotations

from typing import Any

import pytest
from audit_cases import BENEFIT, FACETS, NO, YES, claim, pairs, scopes
from hypothesis import given
from hypothesis import strategies as st

from audit.model import Reason
from audit.scopes import Meeting, in_one_municipality, meet, relation
from claims.facets import dimensions
from claims.model import Claim, scope_of

Said = dict[str, list[str]]


def one(scope: Said | None = None, **fields: Any) -> Claim:
    return claim(BENEFIT, YES, scope=scope or {}, **fields)


def two(scope: Said | None = None, **fields: Any) -> Claim:
    return claim(BENEFIT, NO, "b.md", scope=scope or {}, **fields)


def code(a: Claim, b: Claim, absent: Any = "everywhere") -> str:
    """What the meeting comes to: its relation, or the code of the reason that there is none."""
    found, back = (meet(x, y, absent) for x, y in ((a, b), (b, a)))
    mirror = {"inside": "contains", "contains": "inside"}
    if isinstance(found, Reason):
        assert isinstance(back, Reason)
        assert back.code == found.code
        return found.code
    assert isinstance(back, Meeting)
    assert back.relation == mirror.get(found.relation, found.relation)
    assert back.unsaid == found.unsaid
    return found.relation


@pytest.mark.parametrize(
    ("facet", "a", "b", "expected"),
    [
        ("region", ["湖北省"], ["湖北省"], "equal"),
        ("region", ["武汉市"], ["湖北省"], "inside"),
        ("region", ["湖北省"], ["武汉市", "十堰市"], "contains"),
        ("region", ["武汉市"], ["十堰市"], "disjoint"),
        ("region", ["湖北省", "长沙市"], ["武汉市", "湖南省"], "overlaps"),
        ("region", ["武汉市", "湖北省"], ["湖北省"], "equal"),
        ("scheme", ["flexible"], ["employee"], "inside"),
        ("scheme", ["child"], ["resident"], "inside"),
        ("scheme", ["employee"], ["resident"], "disjoint"),
        ("setting", ["special_outpatient"], ["outpatient"], "inside"),
        ("setting", ["emergency"], ["special_outpatient"], "disjoint"),
        ("tier", ["community", "tier1"], ["tier1", "tier2"], "overlaps"),
        ("payer", ["flexible"], ["individual"], "disjoint"),
        ("year", ["2024"], ["2025"], "disjoint"),
        ("region", [], ["湖北省"], "contains"),
        ("region", [], [], "equal"),
    ],
)
def test_relations_of_one_facet(facet, a, b, expected):
    mirror = {"inside": "contains", "contains": "inside"}
    assert relation(facet, tuple(a), tuple(b)) == expected
    assert relation(facet, tuple(b), tuple(a)) == mirror.get(expected, expected)


def test_the_relation_of_scopes_takes_all_facets_together():
    assert code(one({"region": ["武汉市"]}), two({"region": ["湖北省"]})) == "inside"
    assert code(one({"region": ["武汉市"], "scheme": ["flexible"]}), two({"scheme": ["employee"]})) == "inside"
    assert code(one({"region": ["武汉市"]}), two({"scheme": ["employee"]})) == "overlaps"
    assert code(one({"region": ["武汉市"], "scheme": ["employee"]}), two({"scheme": ["resident"]})) == "scopes-disjoint"
    assert code(one(), two()) == "equal"
    assert code(one({"year": ["2024"]}), two({"year": ["2025"]})) == "years-disjoint"


def test_population_has_four_dimensions():
    assert dimensions(scope_of({"population": ["retired", "female", "poor", "child", "student"]})) == {
        "population.work": ("retired",),
        "population.sex": ("female",),
        "population.means": ("poor",),
        "population.age": ("child", "student"),
    }
    men, women = {"population": ["male", "retired"]}, {"population": ["female", "retired"]}
    assert code(one(men), two(women)) == "scopes-disjoint"
    assert code(one({"population": ["male"]}), two({"population": ["male", "female"]})) == "inside"
    assert code(one({"population": ["adult"]}), two({"population": ["elderly"]})) == "scopes-disjoint"


@pytest.mark.parametrize("absent", ["everywhere", "not_said"])
def test_a_dimension_of_population_named_on_one_side_only_is_not_said(absent):
    found = meet(one({"population": ["retired"]}), two({"population": ["retired", "male"]}), absent)
    assert isinstance(found, Meeting)
    assert found.unsaid == ("population",)
    found = meet(one({"population": ["retired"]}), two({"population": ["male"]}), absent)
    assert isinstance(found, Meeting)
    assert found.unsaid == ("population",)


def test_an_absent_facet_is_everywhere_or_not_said_by_topic():
    a, b = one({"region": ["湖北省"], "scheme": ["resident"]}), two({"scheme": ["resident"]})
    everywhere, unsaid = meet(a, b, "everywhere"), meet(a, b, "not_said")
    assert isinstance(everywhere, Meeting)
    assert isinstance(unsaid, Meeting)
    assert everywhere.unsaid == ()
    assert unsaid.unsaid == ("region",)
    same = meet(one({"scheme": ["resident"]}), b, "not_said")
    assert isinstance(same, Meeting)
    assert same.unsaid == ()


def test_all_that_is_not_said_is_listed():
    found = meet(one({"region": ["湖北省"], "population": ["male"]}), two({"year": ["2024"]}), "not_said")
    assert isinstance(found, Meeting)
    assert found.unsaid == ("population", "region", "year")
    assert found.narrower == ("population", "region", "year")


def test_what_is_not_said_never_hides_that_scopes_are_disjoint():
    assert code(one({"scheme": ["resident"], "year": ["2025"]}), two({"scheme": ["employee"]}), "not_said") == (
        "scopes-disjoint"
    )


def test_a_reference_means_everywhere_what_it_does_not_say():
    a, b = one({"scheme": ["employee"]}), two({"scheme": ["employee"], "region": ["武汉市"]})
    found = meet(a, b, "not_said", everywhere=(True, False))
    assert isinstance(found, Meeting)
    assert found.unsaid == ()
    found = meet(a, two({"region": ["武汉市"]}), "not_said", everywhere=(True, False))
    assert isinstance(found, Meeting)
    assert found.unsaid == ("scheme",)


# Exceptions.


def test_a_claim_never_meets_one_wholly_within_its_exception():
    rule = one({"region": ["湖北省"]}, except_={"region": ["武汉市"]})
    assert code(rule, two({"region": ["武汉市"]})) == "excepted"
    assert code(rule, two({"region": ["武汉市"], "scheme": ["employee"]})) == "excepted"
    assert code(rule, two({"region": ["十堰市"]})) == "contains"
    assert code(rule, two({"region": ["武汉市", "十堰市"]})) == "contains"
    assert code(rule, two()) == "inside"


def test_within_any_one_facet_of_the_exception_is_enough():
    rule = one(except_={"region": ["武汉市"], "population": ["student"]})
    assert code(rule, two({"region": ["武汉市"], "population": ["elderly"]})) == "excepted"
    assert code(rule, two({"population": ["student"]})) == "excepted"
    assert code(rule, two({"population": ["student", "child"]})) == "contains"
    assert code(rule, two({"population": ["student", "female"]})) == "excepted"


def test_dimensions_of_population_hold_together_in_an_exception():
    rule = one(except_={"population": ["poor", "female"]})
    assert code(rule, two({"population": ["poor", "female"]})) == "excepted"
    assert code(rule, two({"population": ["poor", "male"]})) == "contains"
    assert code(rule, two({"population": ["poor", "male"]}, quantifier="some")) == "contains"
    assert code(rule, two({"population": ["poor"]}, quantifier="some")) == "witness-excepted"
    girls = {"population": ["student", "child", "female"]}
    without_students = one(girls, except_={"population": ["student", "female"]})
    assert code(without_students, two(girls, except_={"population": ["child"]})) == "excepted"


def test_what_both_speak_of_may_be_excepted_though_neither_lies_in_the_exception():
    rule = one({"region": ["湖北省"]}, except_={"region": ["武汉市"]})
    assert code(rule, two({"region": ["武汉市", "湖南省"]})) == "excepted"
    halves = two({"region": ["武汉市", "十堰市"]}, except_={"region": ["十堰市"]})
    assert code(rule, halves) == "excepted"


def test_exceptions_play_no_part_in_whether_scopes_are_equal():
    a, b = one({"region": ["湖北省"]}, except_={"region": ["武汉市"]}), two({"region": ["湖北省"]})
    assert code(a, b) == "equal"
    assert code(a, b, "not_said") == "equal"


def test_an_exception_of_several_members_takes_all_of_them_out():
    rule = one(except_={"region": ["武汉市", "十堰市"]})
    assert code(rule, two({"region": ["武汉市"]})) == code(rule, two({"region": ["十堰市"]})) == "excepted"
    assert code(rule, two({"region": ["武汉市", "十堰市"]})) == "excepted"


def test_a_reason_names_the_facet_and_what_either_side_says_of_it():
    def reason(a: Claim, b: Claim) -> tuple[str, dict[str, str]]:
        found = meet(a, b, "everywhere")
        assert isinstance(found, Reason)
        return found.code, dict(found.args)

    here, there = {"region": ["湖北省", "上海市"]}, {"region": ["湖南省", "长沙市"]}
    sides = {"a": "上海市,湖北省", "b": "湖南省,长沙市"}
    assert reason(one(here), two(there)) == ("scopes-disjoint", {"facet": "region", **sides})
    years = {"a": "2023,2024", "b": "2025,2026"}
    found = reason(one({"year": ["2024", "2023"]}), two({"year": ["2025", "2026"]}))
    assert found == ("years-disjoint", years)
    halves = {"region": ["武汉市", "十堰市"]}
    out = {"facet": "region", "members": "十堰市,武汉市"}
    assert reason(one(except_={"region": ["武汉市"]}), two(halves, except_={"region": ["十堰市"]})) == ("excepted", out)
    some = one({"region": ["湖北省"]}, quantifier="some")
    assert reason(some, two({"region": ["武汉市"]})) == ("witness-outside", {"facet": "region", "side": "0"})
    assert reason(two({"region": ["武汉市"]}), some) == ("witness-outside", {"facet": "region", "side": "1"})
    rule = two(except_={"region": ["武汉市", "十堰市"]})
    assert reason(some, rule) == ("witness-excepted", {**out, "side": "0"})
    assert reason(rule, some) == ("witness-excepted", {**out, "side": "1"})


# Quantifiers.


def test_two_some_claims_never_meet():
    assert code(one(quantifier="some"), two(quantifier="some")) == "both-some"


def test_a_some_claim_meets_only_what_holds_its_witness_wherever_it_is():
    inside = one({"region": ["武汉市"]}, quantifier="some")
    assert code(inside, two({"region": ["湖北省"]})) == "inside"
    assert code(inside, two()) == "inside"
    assert code(one({"region": ["湖北省"]}, quantifier="some"), two({"region": ["湖北省"]})) == "equal"
    assert code(one({"region": ["湖北省"]}, quantifier="some"), two({"region": ["武汉市"]})) == "witness-outside"
    assert code(one(quantifier="some"), two({"region": ["武汉市"]})) == "witness-outside"
    overlapping = one({"region": ["武汉市", "湖南省"]}, quantifier="some")
    assert code(overlapping, two({"region": ["湖北省"]})) == "witness-outside"


def test_a_some_claim_whose_scope_holds_any_part_of_the_exception_does_not_meet():
    rule = two(except_={"region": ["武汉市"]})
    assert code(one(quantifier="some"), rule) == "witness-excepted"
    assert code(one({"region": ["湖北省"]}, quantifier="some"), rule) == "witness-excepted"
    assert code(one({"region": ["湖南省"]}, quantifier="some"), rule) == "inside"
    assert code(one({"region": ["武汉市"]}, quantifier="some"), rule) == "excepted"


def test_what_is_not_said_leaves_the_witness_open():
    a, b = one({"scheme": ["resident"]}, quantifier="some"), two({"scheme": ["resident"], "region": ["湖北省"]})
    found = meet(a, b, "not_said")
    assert isinstance(found, Meeting)
    assert found.unsaid == ("region",)
    narrower = two({"scheme": ["child"], "region": ["湖北省"]})
    assert code(a, narrower, "not_said") == "witness-outside"


def test_municipalities():
    def both(a: list[str], b: list[str]) -> bool:
        return in_one_municipality(scope_of({"region": a}), scope_of({"region": b}))

    assert both(["上海市"], [])
    assert both(["上海市", "江苏省"], ["上海市"])
    assert both(["徐汇区"], ["上海市", "江苏省"])
    assert not both(["上海市", "江苏省"], [])
    assert not both([], [])
    assert not both(["湖北省"], [])


# Laws.


@given(pairs(), st.sampled_from(["everywhere", "not_said"]))
def test_symmetric(case, absent):
    _, a, b = case
    code(a, b, absent)


@given(pairs(), st.sampled_from(["everywhere", "not_said"]), st.sampled_from(sorted(FACETS)), st.data())
def test_a_disjoint_facet_never_meets(case, absent, facet, data):
    _, a, b = case
    disjoint = {
        "region": (["湖北省", "武汉市", "十堰市"], ["湖南省", "长沙市", "上海市"]),
        "scheme": (["employee", "flexible"], ["resident", "child"]),
        "setting": (["outpatient", "emergency"], ["inpatient"]),
        "population": (["male", "male"], ["female"]),
        "year": (["2024"], ["2025"]),
    }[facet]
    a, b = (
        claim(
            BENEFIT, YES, c.article, quantifier=c.quantifier, except_=c.except_.as_dict(),
            scope={**c.scope.as_dict(), facet: data.draw(st.lists(st.sampled_from(side), min_size=1))},
        )
        for c, side in zip((a, b), disjoint, strict=True)
    )  # fmt: skip
    assert isinstance(meet(a, b, absent), Reason)


@given(scopes(), scopes(), st.sampled_from(["everywhere", "not_said"]))
def test_an_exception_only_ever_takes_meetings_away(scope, out, absent):
    whole, less, other = one(scope), one(scope, except_=out), two(scope)
    assert isinstance(meet(whole, other, absent), Meeting)
    found = meet(less, other, absent)
    assert isinstance(found, Reason) or found == meet(whole, other, absent)


@given(scopes(most=3), scopes(most=3), scopes(most=3))
def test_lying_inside_is_transitive(a, b, c):
    found = [meet(one(x), two(y), "everywhere") for x, y in ((a, b), (b, c), (a, c))]
    relations = [f.relation if isinstance(f, Meeting) else None for f in found]
    if relations[0] in ("inside", "equal") and relations[1] in ("inside", "equal"):
        assert relations[2] in ("inside", "equal")
