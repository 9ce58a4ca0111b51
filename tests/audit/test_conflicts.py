"""The search for conflicts: what it finds, and that it finds what judging all pairs of claims finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations, combinations_with_replacement

import pytest
from audit_cases import (
    AREA,
    ARTICLES,
    BENEFIT,
    COUNT,
    ENROLMENT,
    LIMIT,
    NO,
    RATE,
    TOPICS,
    YES,
    apart,
    claim,
    corpora,
    high,
    low,
    point,
    summed,
)  # fmt: skip
from hypothesis import given
from hypothesis import strategies as st
from property_runs import ordinarily

from audit import pairs as pairs_module
from audit.closings import Closing, Closings
from audit.conflicts import _candidates, _near, _scope_pairs, conflicts
from audit.identity import position_key
from audit.model import KINDS, SEVERITIES, Finding, Position, Reason
from audit.positions import claim_order, merge, position_of
from audit.scopes import Meeting, meet, relation
from audit.verdict import MILDER, REASONS, Ground, ground, judge, settle
from claims.facets import dimensions
from claims.language.gazetteer import province_of, tree
from claims.model import Claim, scope_of

WUHAN = {"region": ["武汉市"]}


def found(*said: Claim, possible: bool = False) -> list[Finding]:
    return conflicts(summed(said), TOPICS, possible=possible)


def test_a_finding_is_a_pair_of_positions_with_all_their_claims():
    yes = [claim(ENROLMENT, YES, f"{n}.md") for n in range(12)]
    no = [claim(ENROLMENT, NO, f"no-{n}.md") for n in range(5)]
    (finding,) = found(*yes, *no)
    assert (finding.code, finding.kind, finding.severity) == ("contradiction", "contradiction", "error")
    assert sorted((s.count, len(s.claims)) for s in finding.sides) == [(5, 5), (12, 12)]
    assert [r.code for r in finding.reasons] == ["flags-differ", "both-unrestricted"]
    assert finding.state == "open"


def test_kind_and_severity_are_the_worst_and_the_other_kinds_are_listed():
    (finding,) = found(
        claim(ENROLMENT, YES, "a.md", as_of="2023-01-01"),
        claim(ENROLMENT, NO, "b.md", as_of="2025-01-01"),
        claim(ENROLMENT, YES, "b.md", as_of="2025-01-01"),
    )
    assert (finding.kind, finding.severity, finding.other_kinds) == ("self-contradiction", "error", ("outdated",))
    assert finding.older is None
    assert "outdated" not in [r.code for r in finding.reasons]


def test_the_outdated_side_is_named():
    (finding,) = found(
        claim(AREA, high("province"), "a.md", as_of="2024-05-01"),
        claim(AREA, high("province"), "b.md", as_of="2024-03-01"),
        claim(AREA, low("nation"), "c.md", as_of="2026-01-09"),
    )
    assert (finding.kind, finding.severity) == ("outdated", "warning")
    assert finding.older is not None
    assert finding.sides[finding.older].position.value == high("province")
    (reason,) = (r for r in finding.reasons if r.code == "outdated")
    assert dict(reason.args) == {"older": "0", "days": "618", "a": "2024-05-01", "b": "2026-01-09"}


def test_the_older_and_the_general_side_come_first():
    for past, now in ((YES, NO), (NO, YES)):
        (finding,) = found(
            claim(ENROLMENT, past, as_of="2023-01-01"), claim(ENROLMENT, now, "b.md", as_of="2025-01-01")
        )
        assert [s.position.value for s in finding.sides] == [past, now]
        assert finding.older == 0
        (finding,) = found(claim(ENROLMENT, past), claim(ENROLMENT, now, "b.md", scope=WUHAN))
        assert [s.position.value for s in finding.sides] == [past, now]
        assert [dict(r.args)["side"] for r in finding.reasons if r.code == "inside"] == ["1"]
        (finding,) = found(claim(ENROLMENT, past, quantifier="some"), claim(ENROLMENT, now, "b.md#teaser-1"))
        assert [s.position.value for s in finding.sides] == [now, past]
        assert [r.args for r in finding.reasons if r.code in ("some-against-all", "of-teaser")] == [
            (("side", "1"),), (("sides", "0"),),
        ]  # fmt: skip


def test_what_makes_it_milder_is_said_of_the_worst_pairs_only():
    maybe, sure = claim(ENROLMENT, NO, "b.md", hedged="maybe"), claim(ENROLMENT, NO, "c.md")
    (finding,) = found(claim(ENROLMENT, YES), maybe)
    assert (finding.severity, finding.reasons[-1].code) == ("info", "only-maybe")
    (finding,) = found(claim(ENROLMENT, YES), maybe, sure)
    assert finding.severity == "error"
    assert not {r.code for r in finding.reasons} & MILDER


def test_only_claims_that_take_part_are_listed():
    (finding,) = found(
        claim(LIMIT, point(100), "a.md", hedged="approx"),
        claim(LIMIT, point(100), "b.md"),
        claim(LIMIT, point(105), "c.md"),
        claim(LIMIT, point(105), "d.md"),
    )
    assert [c.article for s in finding.sides for c in s.claims if c.value == point(100)] == ["b.md"]
    assert [c.article for s in finding.sides for c in s.claims if c.value == point(105)] == ["c.md", "d.md"]


def test_a_claim_takes_part_only_with_another_article_or_inside_its_own():
    rule = claim(ENROLMENT, YES, "a.md", start=5)
    exception = claim(ENROLMENT, NO, "a.md", quantifier="some", start=12, sets_against=(0, 20))
    assert found(rule, exception) == []
    (finding,) = found(rule, exception, claim(ENROLMENT, YES, "b.md"))
    assert [c.article for s in finding.sides for c in s.claims if c.value == YES] == ["b.md"]


def test_main_text_and_teasers_are_different_articles():
    (finding,) = found(claim(ENROLMENT, YES, "a.md"), claim(ENROLMENT, NO, "a.md#teaser-1"))
    assert (finding.kind, finding.severity) == ("contradiction", "warning")


def test_possible_is_off_by_default():
    said = claim(RATE, point(60), scope={"year": ["2024"]}), claim(RATE, point(50), "b.md")
    assert found(*said) == []
    (finding,) = found(*said, possible=True)
    assert (finding.kind, finding.severity) == ("possible", "info")


def test_figures_that_name_the_same_facets_meet_in_whatever_order_their_members_come():
    (finding,) = found(
        claim(RATE, point(60), scope={"population": ["child", "female", "student"]}),
        claim(RATE, point(50), "b.md", scope={"population": ["female", "student"]}),
    )
    assert finding.kind == "overgeneral"


def test_findings_are_sorted_by_severity_topic_and_id():
    findings = found(
        claim(ENROLMENT, YES), claim(ENROLMENT, NO, "b.md"),
        claim(BENEFIT, YES), claim(BENEFIT, NO, "b.md", scope=WUHAN),
        claim(AREA, low("nation")), claim(AREA, high("pool"), "b.md"), claim(AREA, high("city"), "b.md"),
    )  # fmt: skip
    assert [f.topic for f in findings] == [AREA.id, AREA.id, ENROLMENT.id, BENEFIT.id]
    assert findings[0].id < findings[1].id
    assert [f.severity for f in findings] == ["error", "error", "error", "warning"]


def test_an_id_depends_on_the_two_positions_only():
    (one,) = found(claim(ENROLMENT, YES), claim(ENROLMENT, NO, "b.md"))
    (other,) = found(claim(ENROLMENT, NO, "x.md#teaser-1", as_of="2020-01-01", start=9), claim(ENROLMENT, YES, "y.md"))
    assert one.id == other.id
    assert one.sides[0].position == other.sides[0].position


def test_counts_of_provinces_are_compared_month_by_month():
    def count(n: int, article: str, as_of: str | None) -> Claim:
        return claim(COUNT, point(n), article, as_of=as_of, scope={"reach": ["nation"]})

    said = [count(9, "a.md", "2024-12-09"), count(11, "b.md", "2024-12-31"), count(14, "c.md", "2025-03-01")]
    (finding,) = found(*said, count(11, "d.md", "2025-02-01"), count(11, "e.md", None))
    assert [[c.article for c in s.claims] for s in finding.sides] in ([["a.md"], ["b.md"]], [["b.md"], ["a.md"]])


# The oracle: all pairs of claims.


def order(c: Claim) -> tuple[object, ...]:
    return claim_order(c), repr(position_of(c))


def brute(said: list[Claim], possible: bool) -> dict[frozenset[str], dict[str, object]]:
    groups: dict[frozenset[str], dict[str, set[object]]] = defaultdict(lambda: defaultdict(set))
    for a, b in combinations(sorted(set(said), key=order), 2):
        if a.topic != b.topic:
            continue
        positions = position_of(a), position_of(b)
        keys = [position_key(p) for p in positions if p is not None]
        first, second = (a, b) if keys[0] <= keys[1] else (b, a)
        verdict = judge(first, second, TOPICS[a.topic])
        if verdict.kind is None or (verdict.kind == "possible" and not possible):
            continue
        group = groups[frozenset(keys)]
        group["kinds"].add(verdict.kind)
        group["severities"].add(verdict.severity)
        group["claims"] |= {a, b}
        group["reasons"] |= {(r, verdict.severity) for r in verdict.reasons if r.code != "outdated"}
    return {
        keys: {
            "kinds": sorted(group["kinds"], key=KINDS.index),
            "severity": min(group["severities"], key=SEVERITIES.index),
            "claims": sorted(group["claims"], key=order),
            "reasons": ordered(reasons_of(group)),
        }
        for keys, group in groups.items()
    }


def reasons_of(group: dict[str, set[object]]) -> set[Reason]:
    worst = min(group["severities"], key=SEVERITIES.index)  # type: ignore[arg-type]
    return {r for r, severity in group["reasons"] if r.code not in MILDER or severity == worst}  # type: ignore[misc]


def ordered(reasons: Iterable[Reason]) -> list[Reason]:
    return sorted(reasons, key=lambda r: (REASONS.index(r.code), r.args))


def as_sorted(finding: Finding, reason: Reason) -> Reason:
    """A reason as it is with the two positions in sorted order."""
    keys = [position_key(s.position) for s in finding.sides]
    if keys == sorted(keys):
        return reason
    other = {"0": "1", "1": "0"}
    return Reason(reason.code, tuple((k, other.get(v, v) if k in ("side", "sides") else v) for k, v in reason.args))


def searched(findings: list[Finding]) -> dict[frozenset[str], dict[str, object]]:
    return {
        frozenset(position_key(s.position) for s in f.sides): {
            "kinds": [f.kind, *f.other_kinds],
            "severity": f.severity,
            "claims": sorted((c for s in f.sides for c in s.claims), key=order),
            "reasons": ordered(as_sorted(f, r) for r in f.reasons if r.code != "outdated"),
        }
        for f in findings
    }


@ordinarily(200)
@given(corpora(), st.booleans())
def test_the_search_finds_what_judging_all_pairs_finds(said, possible):
    findings = found(*said, possible=possible)
    assert searched(findings) == brute(said, possible)
    assert len({f.id for f in findings}) == len(findings)
    for f in findings:
        keys = [position_key(s.position) for s in f.sides]
        assert len(set(keys)) == 2
        for r in f.reasons:
            assert r.code not in ("inside", "some-against-all") or f.kind != "overgeneral" or r.args[0] == ("side", "1")
        assert all(s.count == len(s.claims) > 0 for s in f.sides)
        assert all(position_of(c) == s.position for s in f.sides for c in s.claims)
        assert f.kind == f.code not in f.other_kinds
        assert f.older == (0 if f.kind == "outdated" else None)
        assert f.kind in ("overgeneral", "outdated") or keys == sorted(keys)


@given(corpora(), st.data())
def test_findings_do_not_depend_on_the_order_of_claims_or_the_grouping_of_summaries(said, data):
    whole = found(*said)
    shuffled = data.draw(st.permutations(said))
    assert found(*shuffled) == whole
    one, other = apart(shuffled, data.draw(st.sets(ARTICLES)))
    assert conflicts(merge(summed(other), summed(one)), TOPICS) == whole


def dated(days: list[int], value: object, articles: list[str]) -> list[Claim]:
    start = date(2024, 1, 1)
    return [
        claim(ENROLMENT, value, a, as_of=(start + timedelta(days=d)).isoformat(), start=n)  # type: ignore[arg-type]
        for n, (d, a) in enumerate(zip(days, articles, strict=False))
    ]


days = st.lists(st.integers(0, 400).map(lambda n: n * 30 % 401), min_size=1, max_size=5)
few = st.lists(st.sampled_from(["a.md", "b.md", "c.md"]), min_size=5, max_size=5)


@ordinarily(150)
@given(days, days, few, few)
def test_dates_near_and_far_are_told_apart_whatever_the_articles(left, right, here, there):
    said = [*dated(left, YES, here), *dated(right, NO, there)]
    assert searched(found(*said)) == brute(said, False)


PLACES = ["湖北省", "武汉市", "十堰市", "南京市鼓楼区", "南京市", "江苏省", "上海市", "上海市徐汇区", "某某县", "疆内"]


@given(st.lists(st.lists(st.sampled_from(PLACES), max_size=3, unique=True).map(tuple), max_size=8, unique=True))
def test_regions_are_compared_with_those_that_they_could_meet(regions):
    near = _near(regions)
    assert {r: set(o) for r, o in near.items()} == {
        r: {s for s in regions if relation("region", r, s) != "disjoint"} for r in regions
    }


def test_what_lies_in_a_place_lies_in_its_province():
    above = tree().above
    assert all(province_of(inner) == province_of(outer) for inner, outers in above.items() for outer in outers)


def test_claims_are_not_compared_pair_by_pair(monkeypatch: pytest.MonkeyPatch):
    calls = 0

    def counted(*args):
        nonlocal calls
        calls += 1
        return settle(*args)

    monkeypatch.setattr(pairs_module, "settle", counted)
    start = date(2020, 1, 1)
    said = [
        claim(ENROLMENT, YES if n % 2 else NO, f"{n}.md", as_of=(start + timedelta(days=n)).isoformat())
        for n in range(2000)
    ]
    (finding,) = found(*said)
    assert sum(s.count for s in finding.sides) == 2000
    assert calls <= 4


# What rulings have closed.

SAYS = claim(BENEFIT, YES, "a.md", id="c1")
DENY = [claim(BENEFIT, NO, f"{n}.md", id=n) for n in ("c2", "c3")]


def closed(closings: Closings) -> list[Finding]:
    return conflicts(summed([SAYS, *DENY], named=closings.named), TOPICS, closings=closings)


def taking_part(finding: Finding) -> set[str]:
    return {c.id for side in finding.sides for c in side.claims}


def test_closings_of_a_finding_leave_the_pairs_that_they_do_not_name():
    [finding] = conflicts(summed([SAYS, *DENY]), TOPICS)
    assert taking_part(finding) == {"c1", "c2", "c3"}

    def closing(ruling: str, *names: str, of: str = finding.id) -> Closing:
        return Closing(ruling, of, frozenset(names))

    [left] = closed(Closings((closing("one", "c1", "c2"),)))
    assert (left.id, left.state, left.ruling) == (finding.id, "open", None)
    assert taking_part(left) == {"c1", "c3"}
    [gone] = closed(Closings((closing("one", "c1", "c2", "c3"),)))
    assert (gone.id, gone.state, gone.ruling) == (finding.id, "resolved", "one")
    assert taking_part(gone) == {"c1", "c2", "c3"}
    [gone] = closed(Closings((closing("one", "c1", "c2"), closing("two", "c1", "c3"))))
    assert (gone.state, gone.ruling) == ("resolved", "one")
    [left] = closed(Closings((closing("one", "c1", "c2"), closing("two", "c2", "c3"))))
    assert (left.state, taking_part(left)) == ("open", {"c1", "c3"})
    [other] = closed(Closings((closing("one", "c1", "c2", "c3", of="K" + "0" * 51),)))
    assert (other.state, taking_part(other)) == ("open", {"c1", "c2", "c3"})


def test_a_claim_that_was_misread_takes_part_in_nothing():
    [left] = closed(Closings((), {"c2": "wrong"}))
    assert (left.state, taking_part(left)) == ("open", {"c1", "c3"})
    [gone] = closed(Closings((), {"c1": "wrong"}))
    assert (gone.state, gone.ruling) == ("resolved", "wrong")
    [finding] = conflicts(summed([SAYS, *DENY]), TOPICS)
    some = Closings((Closing("one", finding.id, frozenset({"c1", "c2"})),), {"c3": "wrong"})
    [gone] = closed(some)
    assert (gone.state, gone.ruling) == ("resolved", "one")


def test_topics_that_are_not_given_are_not_compared():
    said = [SAYS, *DENY, claim(ENROLMENT, YES), claim(ENROLMENT, NO, "b.md")]
    assert [f.topic for f in conflicts(summed(said), TOPICS)] == [BENEFIT.id, ENROLMENT.id]
    assert [f.topic for f in conflicts(summed(said), {ENROLMENT.id: ENROLMENT})] == [ENROLMENT.id]
    assert [f.topic for f in conflicts(summed(said), {BENEFIT.id: BENEFIT})] == [BENEFIT.id]
    assert conflicts(summed(said), {}) == []


def test_what_is_only_possible_has_to_be_asked_for():
    said = [claim(RATE, point(60), scope={"scheme": ["resident"]}), claim(RATE, point(50), "b.md")]
    assert conflicts(summed(said), TOPICS) == []
    assert [f.kind for f in conflicts(summed(said), TOPICS, possible=True)] == ["possible"]


SCOPES = [
    scope_of(said)
    for said in (
        {"region": ["湖北省"]}, {"region": ["武汉市"]}, {"region": ["十堰市"]}, {"region": ["武汉市", "长沙市"]},
        {"region": ["湖南省"]}, {"region": ["上海市"]}, {"region": ["某某县"]},
        {"region": ["湖北省"], "scheme": ["resident"]}, {"region": ["武汉市"], "scheme": ["employee"]},
        {"region": ["武汉市"], "scheme": ["child"]}, {"region": ["湖北省"], "population": ["male", "retired"]},
        {"region": ["湖北省"], "population": ["female", "retired"]}, {"region": ["湖北省"], "year": ["2024"]},
    )
]  # fmt: skip
OPEN = [scope_of(said) for said in ({}, {"scheme": ["resident"]}, {"scheme": ["employee"]}, {"year": ["2024"]})]


@pytest.mark.parametrize("listed", [SCOPES, [*SCOPES, *OPEN], [*OPEN, *SCOPES[::-1]], OPEN])
@pytest.mark.parametrize("possible", [False, True])
def test_scopes_that_could_meet_are_paired_each_once(listed, possible):
    for topic in (AREA, RATE):
        pairs = [frozenset(pair) for pair in _scope_pairs(listed, topic, possible)]
        assert len(set(pairs)) == len(pairs)
        alike = topic.absent == "not_said" and not possible
        assert set(pairs) == {
            frozenset((a, b))
            for a, b in combinations_with_replacement(listed, 2)
            if isinstance(meet(Position("t", YES, scope=a), Position("t", YES, scope=b), "everywhere"), Meeting)
            and (not alike or dimensions(a).keys() == dimensions(b).keys())
        }


@pytest.mark.parametrize("listed", [SCOPES, [*SCOPES, *OPEN], OPEN])
def test_near_are_regions_that_are_not_disjoint(listed):
    regions = list(dict.fromkeys(scope.get("region") for scope in listed))
    near = _near(regions)
    assert {r: set(o) for r, o in near.items()} == {
        r: {s for s in regions if relation("region", r, s) != "disjoint"} for r in regions
    }
    assert all(len(set(o)) == len(o) for o in near.values())


@ordinarily(40)
@given(corpora(), st.booleans())
def test_positions_that_cannot_conflict_are_not_looked_at(said, possible):
    summary = summed(said)
    for name in summary.topics():
        positions, topic = summary.positions(name), TOPICS[name]
        grounds = {(i, j): ground(positions[i], positions[j], topic) for i, j in combinations(range(len(positions)), 2)}
        wanted = [pair for pair, g in grounds.items() if isinstance(g, Ground) and (possible or not g.possible)]
        assert sorted(_candidates(positions, topic, possible)) == wanted
