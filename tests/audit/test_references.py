"""Articles held against facts and rulings (docs/claims.md section 5): against, outdated, upheld."""

from __future__ import annotations

from typing import Any

import pytest
from audit_cases import (
    AREA,
    COUNT,
    ENROLMENT,
    GIVER,
    NO,
    TOPICS,
    WAIT,
    YES,
    apart,
    claim,
    corpora,
    high,
    low,
    point,
    summed,
)
from hypothesis import given
from msgspec.structs import replace

from audit.conflicts import conflicts
from audit.gate import blocking
from audit.identity import finding_id, side_key
from audit.model import Finding, Position, Reference, side_record
from audit.positions import Summary, merge
from audit.references import hold, judge_reference, reference_of, uphold
from audit.verdict import REASONS
from claims.domain import load_domain
from claims.model import Claim, Value, scope_of, set_of
from claims.topics import Topic

TODAY = "2026-07-01"
WUHAN = {"region": ["武汉市"]}
RESIDENT = set_of("includes", ["resident"])


def fact(topic: Topic, value: Value, name: str = "a-fact", **fields: Any) -> Reference:
    said = Position(
        topic.id, value, fields.pop("quantifier", "all"), scope_of(fields.pop("scope", {})),
        scope_of(fields.pop("except_", {})),
    )  # fmt: skip
    return Reference(id=name, kind=fields.pop("kind", "fact"), position=said, **fields)


def against(reference: Reference, other: Claim, today: str = TODAY) -> tuple[str | None, str | None]:
    found = judge_reference(reference, other, TOPICS[other.topic], today=today)
    assert all(r.code in REASONS for r in found.reasons)
    assert (found.kind is None) == (found.severity is None)
    return found.kind, found.severity


def reasons(reference: Reference, other: Claim) -> list[str]:
    return [r.code for r in judge_reference(reference, other, TOPICS[other.topic], today=TODAY).reasons]


def dated(topic: Topic, value: Value, day: str = "2025-05-01", article: str = "a.md", **fields: Any) -> Claim:
    return claim(topic, value, article, as_of=day, **fields)


ONLY = fact(GIVER, set_of("only", ["employee"]))


def test_a_claim_against_a_fact() -> None:
    assert against(ONLY, dated(GIVER, RESIDENT)) == ("against-fact", "error")
    assert against(ONLY, dated(GIVER, RESIDENT, scope=WUHAN)) == ("against-fact", "error")
    assert against(ONLY, dated(GIVER, set_of("includes", ["flexible"]))) == (None, None)
    assert against(replace(ONLY, kind="ruling"), dated(GIVER, RESIDENT)) == ("against-ruling", "error")


@pytest.mark.parametrize(
    ("fields", "severity", "why"),
    [
        ({"quantifier": "some"}, "info", ["only-some"]),
        ({"hedged": "maybe"}, "info", ["only-maybe"]),
        ({"article": "a.md#teaser-1"}, "warning", ["of-teaser"]),
        ({"day": None}, "warning", ["undated"]),
        ({"day": None, "article": "a.md#teaser-1"}, "info", ["undated", "of-teaser"]),
        ({"day": None, "quantifier": "some"}, "info", ["only-some"]),
    ],
)
def test_what_makes_it_milder(fields: dict[str, Any], severity: str, why: list[str]) -> None:
    other = dated(GIVER, RESIDENT, **fields)
    assert against(ONLY, other) == ("against-fact", severity)
    assert reasons(ONLY, other)[2:] == why


def test_a_ruling_stands_against_articles_without_a_date_too() -> None:
    assert against(replace(ONLY, kind="ruling"), dated(GIVER, RESIDENT, None)) == ("against-ruling", "error")


def test_the_facts_own_severity() -> None:
    other = dated(GIVER, RESIDENT)
    assert against(replace(ONLY, level="warning"), other) == ("against-fact", "warning")
    assert reasons(replace(ONLY, level="warning"), other)[-1] == "reference-level"
    rolling = replace(ONLY, warning_until="2026-12-31")
    assert against(rolling, dated(GIVER, RESIDENT, "2026-12-31")) == ("against-fact", "warning")
    assert reasons(rolling, dated(GIVER, RESIDENT, "2026-12-31"))[-1] == "rolling-out"
    assert against(rolling, dated(GIVER, RESIDENT, "2027-01-01"), "2027-06-01") == ("against-fact", "error")


# Time: what held on the claim's day, and what has overtaken it.

SINCE = fact(AREA, low("nation"), since="2026-01-09")
CLOSED = high("province")


def test_a_claim_is_held_to_what_held_on_its_day() -> None:
    assert against(SINCE, dated(AREA, CLOSED, "2026-01-09")) == ("against-fact", "error")
    assert against(SINCE, dated(AREA, CLOSED, "2026-01-08")) == ("outdated", "warning")
    assert reasons(SINCE, dated(AREA, CLOSED, "2026-01-08"))[-2:] == ["overtaken", "right-then"]
    assert against(SINCE, dated(AREA, CLOSED, "2026-01-08", quantifier="some")) == ("outdated", "info")


def test_a_claim_without_a_date_is_held_to_today() -> None:
    assert against(SINCE, dated(AREA, CLOSED, None)) == ("against-fact", "warning")
    assert against(SINCE, dated(AREA, CLOSED, None), "2025-12-31") == (None, None)


def test_what_does_not_hold_yet_overtakes_nothing() -> None:
    assert against(SINCE, dated(AREA, CLOSED, "2025-05-01"), "2025-12-31") == (None, None)
    found = judge_reference(SINCE, dated(AREA, CLOSED), AREA, today="2025-12-31")
    assert [r.code for r in found.reasons] == ["not-in-force"]


def test_what_holds_no_more_is_held_against_claims_of_its_time_only() -> None:
    old = fact(AREA, high("province"), since="2020-01-01", until="2024-11-30")
    assert against(old, dated(AREA, low("nation"), "2024-11-30")) == ("against-fact", "error")
    assert against(old, dated(AREA, low("nation"), "2024-12-01")) == (None, None)
    assert against(old, dated(AREA, low("nation"), "2019-05-01")) == (None, None)  # it has itself gone by since
    assert against(old, dated(AREA, low("nation"), None)) == (None, None)


# Scope.


def test_an_approx_figure_is_held_against_a_fact_with_its_slack() -> None:
    assert against(fact(WAIT, point(100)), dated(WAIT, point(105))) == ("against-fact", "error")
    assert against(fact(WAIT, point(100)), dated(WAIT, point(105), hedged="approx")) == (None, None)


def test_an_absent_facet_of_a_fact_means_everywhere_and_everyone() -> None:
    three = fact(WAIT, point(3), scope={"scheme": ["resident"]})
    everywhere = dated(WAIT, point(6), scope={**WUHAN, "scheme": ["resident"]})
    assert against(three, everywhere) == ("against-fact", "error")
    assert against(three, dated(WAIT, point(6), scope=WUHAN)) == ("possible", "info")
    assert against(three, dated(WAIT, point(6), scope={"scheme": ["employee"]})) == (None, None)
    beside = fact(WAIT, point(3), scope={"scheme": ["employee"]}, except_={"scheme": ["flexible"]})
    assert against(beside, dated(WAIT, point(6), scope={"scheme": ["employee"]})) == ("against-fact", "error")
    assert against(beside, dated(WAIT, point(6), scope={"scheme": ["flexible"]})) == (None, None)


def test_a_default_fact_meets_only_claims_that_name_no_region() -> None:
    three = fact(WAIT, point(3), default=True)
    assert against(three, dated(WAIT, point(6))) == ("against-fact", "error")
    assert against(three, dated(WAIT, point(6), scope=WUHAN)) == (None, None)
    assert reasons(three, dated(WAIT, point(6), scope=WUHAN)) == ["default-yields"]
    assert against(replace(three, default=False), dated(WAIT, point(6), scope=WUHAN)) == ("against-fact", "error")


def test_a_count_is_held_against_a_fact_of_the_same_reach_only() -> None:
    eleven = fact(COUNT, point(11), scope={"reach": ["nation"]})
    assert against(eleven, dated(COUNT, point(23), scope={"reach": ["nation"]})) == ("against-fact", "error")
    assert against(eleven, dated(COUNT, point(23))) == (None, None)
    assert against(fact(COUNT, point(11)), dated(COUNT, point(23), scope={"reach": ["nation"]})) == (None, None)


# The corpus.


def held(claims: list[Claim], *references: Reference, **more: Any) -> list[Finding]:
    return list(hold(Summary(claims), references, TOPICS, today=more.pop("today", TODAY), **more).findings)


def test_one_finding_a_position_with_the_fact_as_a_side() -> None:
    wrong = [dated(ENROLMENT, NO, "2025-01-01", f"{n}.md") for n in range(3)]
    (found,) = held([*wrong, dated(ENROLMENT, YES, article="right.md")], fact(ENROLMENT, YES))
    assert (found.code, found.severity, found.other_kinds, found.older) == ("against-fact", "error", (), None)
    fact_side, side = found.sides
    assert fact_side.reference is not None
    assert (fact_side.position.value, fact_side.count, fact_side.claims) == (YES, 0, ())
    assert side.claims == tuple(wrong)
    assert found.id == finding_id([side_key(s) for s in reversed(found.sides)])
    record = side_record(fact_side)
    assert record["reference"]["id"] == "a-fact"
    assert record["claims"] == []
    assert "reference" not in side_record(side)


def test_its_id_depends_on_what_the_fact_says_not_on_dates() -> None:
    other = dated(ENROLMENT, NO)
    (one,) = held([other], fact(ENROLMENT, YES))
    (later,) = held([other, dated(ENROLMENT, NO, "2024-01-01", "b.md")], fact(ENROLMENT, YES, since="2024-12-01"))
    (ruled,) = held([other], fact(ENROLMENT, YES, kind="ruling"))
    assert one.id == later.id != ruled.id


def test_claims_of_several_times_in_one_finding() -> None:
    claims = [dated(AREA, CLOSED, day, f"{n}.md") for n, day in enumerate(["2024-05-01", "2026-03-01", None])]
    (found,) = held(claims, SINCE)
    assert (found.code, found.severity, found.other_kinds) == ("against-fact", "error", ("outdated",))
    assert found.sides[1].count == 3
    assert [r.code for r in found.reasons] == ["intervals-apart", "both-unrestricted"]


def test_what_is_overtaken_leads_with_the_older_side() -> None:
    claims = [dated(AREA, CLOSED, day, f"{day}.md") for day in ("2024-05-01", "2025-05-01")]
    (found,) = held(claims, SINCE)
    assert (found.code, found.severity, found.older) == ("outdated", "warning", 0)
    assert found.sides[0].claims == tuple(claims)
    assert found.sides[1].reference == SINCE
    overtaken = next(r for r in found.reasons if r.code == "overtaken")
    assert dict(overtaken.args) == {"side": "0", "day": "2025-05-01", "since": "2026-01-09"}


def test_what_was_wrong_on_its_day_is_not_outdated_as_well() -> None:
    near = fact(AREA, low("province"), "in-province", since="2024-11-26")
    (found,) = held([dated(AREA, high("pool"), "2025-05-01")], near, SINCE)
    assert found.sides[0].reference == near
    both = held([dated(AREA, high("pool"), "2024-05-01")], near, SINCE)
    assert [f.code for f in both] == ["outdated", "outdated"]


def test_possible_only_where_asked_for() -> None:
    three = fact(WAIT, point(3), scope={"scheme": ["resident"]})
    unsaid = dated(WAIT, point(6))
    assert held([unsaid], three) == []
    assert [f.code for f in held([unsaid], three, possible=True)] == ["possible"]


def test_topics_not_given_are_not_compared() -> None:
    assert hold(Summary([dated(AREA, CLOSED)]), [SINCE], {}, today=TODAY).findings == ()


# Who is right is not held up by who is wrong.


def pair(*claims: Claim, references: tuple[Reference, ...]) -> Finding:
    summary = summed(claims)
    refuted = hold(summary, references, TOPICS, today=TODAY).refuted
    (found,) = uphold(conflicts(summary, TOPICS), refuted)
    return found


def test_the_side_that_a_fact_upholds_does_not_block() -> None:
    right, wrong = dated(ENROLMENT, YES, article="right.md"), dated(ENROLMENT, NO, article="wrong.md")
    found = pair(right, wrong, references=(fact(ENROLMENT, YES),))
    assert {s.claims[0].article: s.upheld for s in found.sides} == {"right.md": "a-fact", "wrong.md": None}
    assert blocking([found], "error", {"right.md"}) == []
    assert blocking([found], "error", {"wrong.md"}) == [found]
    assert blocking([found], "error") == [found]
    assert {side_record(s).get("upheld") for s in found.sides} == {"a-fact", None}


def test_nobody_is_upheld_where_no_fact_or_every_fact_speaks_against() -> None:
    claims = dated(AREA, low("province"), article="a.md"), dated(AREA, high("pool"), article="b.md")
    none = pair(*claims, references=())
    assert [s.upheld for s in none.sides] == [None, None]
    assert blocking([none], "error", {"a.md"}) == [none]
    (only, other) = (fact(AREA, high("city"), "one"), fact(AREA, low("province"), "two"))
    both = pair(*claims, references=(only, other))
    assert [s.upheld for s in both.sides] == [None, None]


def test_a_position_is_refuted_only_where_all_of_its_claims_are() -> None:
    right = dated(AREA, low("nation"), "2026-02-01", "right.md")
    wrong = [dated(AREA, CLOSED, day, f"{n}.md") for n, day in enumerate(["2026-03-01", "2026-05-01"])]
    by_then = replace(SINCE, until="2026-04-01")
    assert {s.upheld for s in pair(right, *wrong, references=(SINCE,)).sides} == {None, "a-fact"}
    assert {s.upheld for s in pair(right, *wrong, references=(by_then,)).sides} == {None}


@given(corpora())
def test_it_does_not_matter_how_the_corpus_was_gathered(claims: list[Claim]) -> None:
    references = (fact(AREA, low("province"), "x", since="2024-08-01"), fact(ENROLMENT, YES, "y"), ONLY)
    whole = hold(Summary(claims), references, TOPICS, today=TODAY, possible=True)
    parts = merge(*map(Summary, apart(claims, {"a.md", "d.md#teaser-2"})))
    assert hold(parts, references[::-1], TOPICS, today=TODAY, possible=True) == whole
    alone = {f.id for c in claims for f in held([c], *references, possible=True)}
    assert {f.id for f in whole.findings} == alone


def test_the_shipped_facts_as_references() -> None:
    domain = load_domain("yibao")
    for one in domain.facts:
        reference = reference_of(one)
        said = claim(domain.topics[one.topic], one.value, scope=one.scope.as_dict(), as_of=one.since or "2026-01-01")
        assert judge_reference(reference, said, domain.topics[one.topic], today=TODAY).kind is None
