"""A corpus that changes a little at a time comes to what it comes to when all of it is compared anew."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from audit_cases import AREA, ENROLMENT, NO, RATE, TOPICS, YES, claim, corpora, high, point, summed
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from property_runs import ordinarily

from audit import following
from audit.closings import NOTHING, Closing, Closings
from audit.conflicts import conflicts
from audit.defects import Told
from audit.following import Basis, Following
from audit.model import Defect, Position, Quote, Reason, Reference
from audit.positions import Needs, Summary
from audit.references import cuts_by_topic, hold
from claims.model import Claim

TODAY = "2025-06-30"
REFERENCES = (
    Reference(id="area", kind="fact", position=Position(AREA.id, high("province")), since="2024-03-31"),
    Reference(id="free", kind="ruling", position=Position(ENROLMENT.id, NO), until="2024-12-31"),
    Reference(id="rate", kind="fact", position=Position(RATE.id, point("50", "percent")), default=True),
)


def basis(said: Sequence[Claim], **more: object) -> Basis:
    plain = {
        "defects": (), "topics": TOPICS, "references": (), "closings": NOTHING, "today": TODAY, "possible": False,
    }  # fmt: skip
    return Basis(claims=tuple(said), **{**plain, **more})  # type: ignore[arg-type]


def check(follow: Following, now: Basis) -> None:
    """What `follow` says is what there is."""
    needs = Needs(topics=now.topics, cuts=cuts_by_topic(now.references), named=now.closings.named)
    summary = Summary(now.claims, needs, Told(now.defects))
    pairs = conflicts(summary, now.topics, possible=now.possible, closings=now.closings)
    held = hold(
        summary, now.references, now.topics, today=now.today, possible=now.possible, closings=now.closings
    )  # fmt: skip
    followed, also_held = follow(now)
    assert followed == pairs
    assert also_held.findings == held.findings
    assert also_held.refuted == held.refuted


@st.composite
def courses(draw: st.DrawFn) -> list[Basis]:
    """A corpus as it goes on: claims come and go, defects and rulings with them."""
    every = [replace(c, id=f"c{n // 2}") for n, c in enumerate([*draw(corpora()), *draw(corpora())])]
    steps: list[Basis] = []
    for _ in range(draw(st.integers(2, 4))):
        said = draw(st.lists(st.sampled_from(every), max_size=20))
        if draw(st.booleans()):  # read again: equal, and not the same
            said = [replace(c) for c in said]
        ids = st.sets(st.sampled_from(sorted({c.id for c in every})), max_size=3)
        found = [f.id for f in conflicts(summed(said), TOPICS)]
        closings = Closings(
            tuple(Closing("r", name, frozenset(draw(ids))) for name in found[: draw(st.integers(0, 2))]),
            dict.fromkeys(draw(st.one_of(st.just(frozenset[str]()), ids)), "m"),
        )
        references = draw(st.lists(st.sampled_from(REFERENCES), unique_by=lambda r: r.id))
        some = draw(st.lists(st.sampled_from(said), max_size=4)) if said else []
        quotes = [Quote(c.article, c.start, c.end, 1, 1, c.quote) for c in some]
        defects = [
            Defect(code="answer-mismatch", key="k", stated=(a,), refuted=(b,), reason=Reason("x"))
            for a, b in pairwise(quotes)
            if a.article == b.article
        ]
        possible = draw(st.sampled_from([False, False, False, True]))
        steps.append(
            basis(said, references=references, closings=closings, defects=defects, possible=possible)
        )  # fmt: skip
    return steps


@ordinarily(200)
@given(courses(), st.sampled_from([0.3, 1.0]))
def test_it_comes_to_the_same(steps: list[Basis], most: float) -> None:
    follow, before = Following(), following.MOST
    following.MOST = most
    try:
        for step in steps:
            check(follow, step)
    finally:
        following.MOST = before


def test_only_what_has_changed_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    places = ["武汉市", "十堰市", "长沙市", "上海市", "南京市", "杭州市", "广州市", "成都市"]
    said = [
        claim(RATE, point(n, "percent"), f"{place}-{n}.md", id=f"c{place}{n}", scope={"region": [place]})
        for place in places
        for n in (50, 60)
    ]
    follow = Following()
    check(follow, basis(said))
    seen: list[int] = []
    kept = following.Summary

    def watched(claims: Sequence[Claim], needs: Needs, told: Told) -> Summary:
        listed = list(claims)
        seen.append(len(listed))
        return kept(listed, needs, told)

    monkeypatch.setattr(following, "Summary", watched)
    follow(basis(said))
    follow(basis([*said[1:], replace(said[0], value=point(70, "percent"))]))
    assert seen == [0, 2]


def test_the_same_claim_twice_goes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    yes, no = claim(ENROLMENT, YES), claim(ENROLMENT, NO, "b.md")
    follow = Following()
    check(follow, basis([yes, replace(yes), no]))
    check(follow, basis([replace(yes), no]))
    check(follow, basis([no]))
    check(follow, basis([]))
