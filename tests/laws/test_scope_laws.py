"""Laws of scopes (docs/claims.md sections 4 and 5b): trees, lists of members, what two scopes share."""

from __future__ import annotations

from typing import Any, Literal

from audit_cases import BENEFIT, NO, YES, claim
from hypothesis import assume, given
from hypothesis import strategies as st
from making import POOLS, meets, named, scopes, within

from audit.model import Reason
from audit.scopes import common, meet, relation
from claims.facets import dimensions, lies_in
from claims.model import Claim, Scope, scope_of

MIRROR = {"inside": "contains", "contains": "inside"}
IN = ("inside", "equal")

ABSENT = st.sampled_from(["everywhere", "not_said"])
Absent = Literal["everywhere", "not_said"]

FACET_AND_THREE = st.sampled_from(sorted(POOLS)).flatmap(
    lambda f: st.tuples(st.just(f), *[st.sampled_from(POOLS[f])] * 3)
)


def yes(scope: Scope, **fields: Any) -> Claim:
    return claim(BENEFIT, YES, scope=scope.as_dict(), **fields)


def no(scope: Scope, **fields: Any) -> Claim:
    return claim(BENEFIT, NO, "b.md", scope=scope.as_dict(), **fields)


@given(FACET_AND_THREE)
def test_members_form_a_tree(case: tuple[str, str, str, str]) -> None:
    """Section 4: a partial order in which what lies in two lies in one of them in the other."""
    facet, a, b, c = case
    assert lies_in(facet, a, a)
    assert a == b or not (lies_in(facet, a, b) and lies_in(facet, b, a))
    assert not (lies_in(facet, a, b) and lies_in(facet, b, c)) or lies_in(facet, a, c)
    if lies_in(facet, a, b) and lies_in(facet, a, c):
        assert lies_in(facet, b, c) or lies_in(facet, c, b)


@given(named(2))
def test_the_relation_of_lists_is_mirrored(case: Any) -> None:
    name, a, b = case
    found = relation(name, a, b)
    assert relation(name, b, a) == MIRROR.get(found, found)


@given(named(3))
def test_containment_is_a_partial_order(case: Any) -> None:
    name, a, b, c = case
    assert relation(name, a, a) == "equal"
    if relation(name, a, b) in IN and relation(name, b, c) in IN:
        assert relation(name, a, c) in IN
        if relation(name, a, c) == "equal":
            assert relation(name, a, b) == relation(name, b, c) == "equal"


@given(named(2))
def test_what_two_lists_share_is_the_same_either_way(case: Any) -> None:
    name, a, b = case
    assert common(name, a, b) == common(name, b, a)


@given(named(1))
def test_what_a_list_shares_with_itself_is_itself(case: Any) -> None:
    name, a = case
    assert common(name, a, a) == a
    assert common(name, a, ()) == a


@given(named(3))
def test_what_three_lists_share_does_not_depend_on_the_grouping(case: Any) -> None:
    """Where any two share nothing there is nothing to go on with: that is asked first (`relation`)."""
    name, a, b, c = case
    assume("disjoint" not in (relation(name, a, b), relation(name, b, c)))
    ab, bc = common(name, a, b), common(name, b, c)
    apart = relation(name, ab, c) == "disjoint"
    assert apart == (relation(name, a, bc) == "disjoint")
    if not apart:
        assert relation(name, common(name, ab, c), common(name, a, bc)) == "equal"


@given(named(3))
def test_what_two_lists_share_is_the_most_that_lies_in_both(case: Any) -> None:
    name, a, b, c = case
    found = relation(name, a, b)
    if found == "disjoint":
        assert common(name, a, b) == ()
        assert not (relation(name, c, a) in IN and relation(name, c, b) in IN)
        return
    shared = common(name, a, b)
    assert relation(name, shared, a) in IN
    assert relation(name, shared, b) in IN
    assert (found in IN) == (relation(name, shared, a) == "equal")
    if relation(name, c, a) in IN and relation(name, c, b) in IN:
        assert relation(name, c, shared) in IN


@given(named(3, least=1))
def test_what_is_apart_stays_apart_within(case: Any) -> None:
    name, a, b, c = case
    if relation(name, a, b) == "disjoint":
        assert relation(name, b, a) == "disjoint"
        if relation(name, c, a) in IN:
            assert relation(name, c, b) == "disjoint"


@given(named(2, least=1))
def test_a_longer_list_holds_more(case: Any) -> None:
    """Section 5b: a list is a union."""
    name, a, b = case
    union = tuple(sorted({*a, *b}))
    assert relation(name, a, union) in IN
    assert relation(name, b, union) in IN


# Scopes of several facets.


@given(scopes(), scopes(), ABSENT, st.sampled_from(["all", "some"]))
def test_meeting_is_symmetric(a: Scope, b: Scope, absent: Absent, quantifier: str) -> None:
    one, two = yes(a), no(b, quantifier=quantifier)
    found, back = meet(one, two, absent), meet(two, one, absent)
    assert (meets(found) is None) == (meets(back) is None)
    if isinstance(found, Reason) and isinstance(back, Reason):
        assert found.code == back.code
    ours, theirs = meets(found), meets(back)
    if ours is not None and theirs is not None:
        assert ours.relation == MIRROR.get(theirs.relation, theirs.relation)
        assert (ours.unsaid, ours.narrower, ours.restricted) == (theirs.unsaid, theirs.narrower, theirs.restricted)


@given(scopes())
def test_a_scope_equals_itself(a: Scope) -> None:
    found = meets(meet(yes(a), no(a), "not_said"))
    assert found is not None
    assert (found.relation, found.unsaid, found.restricted) == ("equal", (), bool(a))


@given(scopes(), scopes())
def test_two_scopes_inside_each_other_are_equal(a: Scope, b: Scope) -> None:
    found = meets(meet(yes(a), no(b), "everywhere"))
    in_a, in_b = dimensions(a), dimensions(b)
    facets = [relation(n, in_a.get(n, ()), in_b.get(n, ())) for n in {*in_a, *in_b}]
    if found is None:
        assert "disjoint" in facets
    else:
        assert (found.relation == "equal") == all(r == "equal" for r in facets)
        assert (found.relation in IN) == all(r in IN for r in facets)
        assert bool(found.narrower) == (any(r in ("inside", "contains") for r in facets))


@given(scopes(), scopes(), scopes(most=1))
def test_narrowing_a_scope_never_makes_it_meet_another(a: Scope, b: Scope, more: Scope) -> None:
    """A facet added, or one side's members cut down to those that they share with more."""
    narrower = dict(a.facets)
    for facet, members in more.facets:
        inner = within(facet, narrower[facet]) if facet in narrower else list(members)
        narrower[facet] = tuple(inner[:1]) if inner else narrower[facet]
    less = scope_of(narrower)
    held = meets(meet(yes(less), yes(a), "everywhere"))
    assume(held is not None and held.relation in IN)
    if meets(meet(yes(a), no(b), "everywhere")) is None:
        assert meets(meet(yes(less), no(b), "everywhere")) is None


@given(scopes(), scopes(), st.sampled_from(["all", "some"]))
def test_a_certain_meeting_is_one_wherever_absent_means_everywhere(a: Scope, b: Scope, quantifier: str) -> None:
    """Section 5b: what is not said makes a meeting `possible`, never certain."""
    one, two = yes(a), no(b, quantifier=quantifier)
    found = meets(meet(one, two, "not_said"))
    everywhere = meets(meet(one, two, "everywhere"))
    if found is not None and not found.unsaid:
        assert everywhere == found
    if everywhere is not None:
        assert found is not None
        assert found.relation == everywhere.relation
        assert set(everywhere.unsaid) <= {"population"}


@given(scopes(), scopes(), ABSENT)
def test_a_reference_leaves_nothing_unsaid(a: Scope, b: Scope, absent: Absent) -> None:
    found = meets(meet(yes(a), no(b), absent, everywhere=(True, True)))
    assert found is None or found.unsaid == ()


# Exceptions.


@given(scopes(most=2), scopes(most=2), st.data(), ABSENT)
def test_what_lies_in_an_exception_never_meets(a: Scope, out: Scope, data: st.DataObject, absent: Absent) -> None:
    """Section 5b: a claim never meets one that lies wholly within its `except`, within any one facet of it."""
    assume(bool(out))
    facet, members = data.draw(st.sampled_from(out.facets))
    assume(facet != "population")  # its dimensions hold together: see below
    inner = data.draw(st.lists(st.sampled_from(within(facet, members)), min_size=1, max_size=2))
    b = scope_of({**a.as_dict(), facet: inner})
    for quantifier in ("all", "some"):
        assert meets(meet(yes(a, except_=out.as_dict()), no(b, quantifier=quantifier), absent)) is None


@given(scopes(most=2), st.lists(st.sampled_from(POOLS["population"]), min_size=1, max_size=3, unique=True), ABSENT)
def test_people_of_an_exception_never_meet_it(a: Scope, people: list[str], absent: Absent) -> None:
    b = scope_of({**a.as_dict(), "population": people})
    assert meets(meet(yes(a, except_={"population": people}), no(b), absent)) is None


@given(scopes(), scopes(), scopes(most=2), st.data(), st.sampled_from(["all", "some"]))
def test_a_wider_exception_only_takes_meetings_away(
    a: Scope, b: Scope, out: Scope, data: st.DataObject, quantifier: str
) -> None:
    facet = data.draw(st.sampled_from([f for f in POOLS if f != "population"]))
    more = scope_of({**out.as_dict(), facet: [*out.get(facet), data.draw(st.sampled_from(POOLS[facet]))]})
    two = no(b, quantifier=quantifier)
    if meets(meet(yes(a, except_=more.as_dict()), two, "everywhere")) is not None:
        assert meets(meet(yes(a, except_=out.as_dict()), two, "everywhere")) is not None


# Witnesses.


@given(scopes(), scopes(), scopes(most=1), ABSENT)
def test_a_some_claim_meets_no_more_than_the_same_said_of_all(a: Scope, b: Scope, out: Scope, absent: Absent) -> None:
    two = no(b, except_=out.as_dict())
    some = meets(meet(yes(a, quantifier="some"), two, absent))
    if some is not None:
        assert meets(meet(yes(a), two, absent)) == some


@given(scopes(), scopes(), ABSENT)
def test_two_some_claims_never_meet(a: Scope, b: Scope, absent: Absent) -> None:
    found = meet(yes(a, quantifier="some"), no(b, quantifier="some"), absent)
    assert isinstance(found, Reason)
    assert found.code == "both-some"


@given(scopes(), scopes())
def test_a_witness_lies_inside(a: Scope, b: Scope) -> None:
    """Section 5b: only if R1 lies inside R2 in every facet."""
    found = meets(meet(yes(a, quantifier="some"), no(b), "everywhere"))
    if found is not None and not found.unsaid:
        assert found.relation in IN
