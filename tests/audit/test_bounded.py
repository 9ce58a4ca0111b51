"""Summaries that keep a few claims find what those find that keep all (docs/design.md, positions and conflicts)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product

import pytest
from audit_cases import (
    AREA,
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
from msgspec.structs import replace
from property_runs import ordinarily

from audit import positions
from audit.cells import QUARTER, cell_of, ways
from audit.closings import Closing, Closings
from audit.conflicts import conflicts
from audit.defects import Told
from audit.model import Defect, Finding, Position, Quote, Reason, Reference
from audit.packed import Packed, mark
from audit.positions import MergeError, Summary, merge
from audit.references import cuts_by_topic, hold
from audit.suggestions import articles
from audit.verdict import OUTDATED_DAYS
from claims.model import Claim

TODAY = "2026-07-01"

REFERENCES = (
    Reference(
        id="x", kind="fact", position=Position(AREA.id, low("province")), since="2024-08-01", warning_until="2024-09-30"
    ),
    Reference(id="y", kind="fact", position=Position(ENROLMENT.id, YES), until="2024-12-31"),
    Reference(id="z", kind="ruling", position=Position(RATE.id, point(10))),
)


@pytest.fixture(autouse=True, params=[(1,), (2,), (3, 2, 1)], ids=str)
def _few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(positions, "LADDER", request.param)
    monkeypatch.setattr(positions, "ROOM", 4)


def gist(finding: Finding) -> tuple[object, ...]:
    """All of a finding but which claims stand for the others."""
    sides = tuple((s.position, s.reference, s.count, s.days, articles(s)) for s in finding.sides)
    takers = [{c.article for c in s.claims} for s in finding.sides]
    both = len(takers[0] & takers[1]) if finding.both is None else finding.both
    return (
        finding.id, finding.kind, finding.other_kinds, finding.severity, finding.state, finding.ruling,
        finding.reasons, finding.older, sides, both,
    )  # fmt: skip


def alike(few: Sequence[Finding], every: Sequence[Finding]) -> None:
    assert list(map(gist, few)) == list(map(gist, every))
    for one, other in zip(few, every, strict=True):
        for ours, theirs in zip(one.sides, other.sides, strict=True):
            assert set(ours.claims) <= set(theirs.claims)
            assert bool(ours.claims) == bool(theirs.claims)
            assert len(theirs.claims) == theirs.count
            # Whatever single claims bear (hedge, teaser) is borne by an example.
            assert {(c.hedged == "maybe", c.is_teaser) for c in ours.claims} == {
                (c.hedged == "maybe", c.is_teaser) for c in theirs.claims
            }


def numbered(said: Sequence[Claim]) -> list[Claim]:
    return [replace(c, id=f"c{n // 2}") for n, c in enumerate(said)]


def many(said: Sequence[Claim]) -> list[Claim]:
    """The corpus several times over, as further articles."""
    return [replace(c, article=f"{n}/{c.article}") for n in range(3) for c in said]


@ordinarily(150)
@given(corpora(), st.booleans(), st.booleans())
def test_the_same_conflicts_are_found(said: list[Claim], possible: bool, often: bool) -> None:
    said = many(said) if often else said
    few, every = summed(said, whole=False), summed(said)
    alike(conflicts(few, TOPICS, possible=possible), conflicts(every, TOPICS, possible=possible))


@given(corpora(), st.data())
def test_what_rulings_close_is_closed(said: list[Claim], data: st.DataObject) -> None:
    said = numbered(said)
    ids = st.sets(st.sampled_from(sorted({c.id for c in said})), max_size=4)
    wrong, standing = data.draw(ids), data.draw(ids)
    every = summed(said, named=frozenset(wrong | standing))
    few = summed(said, named=frozenset(wrong | standing), whole=False)
    known = [f.id for f in conflicts(every, TOPICS)]
    closings = Closings(tuple(Closing("r", name, frozenset(standing)) for name in known[:2]), dict.fromkeys(wrong, "m"))
    alike(conflicts(few, TOPICS, closings=closings), conflicts(every, TOPICS, closings=closings))
    held = [hold(s, REFERENCES[2:], TOPICS, today=TODAY, closings=closings) for s in (few, every)]
    alike(held[0].findings, held[1].findings)
    assert held[0].refuted == held[1].refuted


@given(corpora(), st.booleans())
def test_the_same_is_held_against_references(said: list[Claim], often: bool) -> None:
    said = many(said) if often else said
    cuts = cuts_by_topic(REFERENCES)
    few, every = summed(said, cuts=cuts, whole=False), Summary(said)
    found = [hold(s, REFERENCES, TOPICS, today=TODAY, possible=True) for s in (few, every)]
    alike(found[0].findings, found[1].findings)
    assert found[0].refuted == found[1].refuted


def told_of(said: Sequence[Claim]) -> Told:
    """Of every second article that its first claims are on both sides of a defect."""
    sides: dict[str, list[Quote]] = {}
    for c in said:
        sides.setdefault(c.article, []).append(Quote(c.article, c.start, c.end, 1, 1, c.quote))
    return Told(
        Defect(code="answer-mismatch", key=a, stated=(q[0],), refuted=(q[1],), reason=Reason("x"))
        for n, (a, q) in enumerate(sorted(sides.items()))
        if n % 2 == 0 and len(q) > 1
    )


@given(corpora())
def test_what_defects_have_told_is_left_to_them(said: list[Claim]) -> None:
    told, needs = told_of(said), {"topics": TOPICS}
    few = Summary(said, positions.Needs(**needs, whole=False), told)  # type: ignore[arg-type]
    every = Summary(said, positions.Needs(**needs), told)  # type: ignore[arg-type]
    alike(conflicts(few, TOPICS), conflicts(every, TOPICS))


@given(corpora(), st.data())
def test_any_split_order_and_grouping_comes_to_the_same(said: list[Claim], data: st.DataObject) -> None:
    said = many(said)
    articles = sorted({c.article for c in said})
    groups = [data.draw(st.integers(0, 3)) for _ in articles]
    parts = [apart(said, {a for a, g in zip(articles, groups, strict=True) if g == n})[0] for n in range(4)]
    a, b, c, d = (summed(part, whole=False) for part in parts)
    one_by_one = summed([], whole=False)
    for part in data.draw(st.permutations(parts)):
        one_by_one.add(part, positions.Needs(topics=TOPICS, whole=False))
    whole = summed(said, whole=False)
    assert merge(merge(a, b), merge(c, d)) == merge(a, merge(b, c), d) == merge(d, c, b, a) == one_by_one == whole
    assert conflicts(merge(d, a, c, b), TOPICS) == conflicts(whole, TOPICS)
    assert merge(whole, summed([], whole=False)) == whole


def test_one_article_is_in_one_summary_only() -> None:
    one, other = claim(ENROLMENT, YES), claim(ENROLMENT, NO)
    with pytest.raises(MergeError, match="two summaries"):
        merge(summed([one]), summed([other]))
    with pytest.raises(MergeError, match="all claims"):
        summed([one]).absorb(summed([claim(ENROLMENT, NO, "b.md")], whole=False))


def test_times_that_a_summary_was_not_made_for_are_no_guess() -> None:
    said = [claim(AREA, high("city"), f"{n}.md", as_of=f"2024-0{n}-01") for n in range(1, 10)]
    with pytest.raises(ValueError, match="begin and end"):
        hold(summed(said, whole=False), REFERENCES, TOPICS, today=TODAY)


def test_examples_shrink_where_there_is_no_room_and_counts_stay() -> None:
    for several in (3, 30):
        said = [claim(ENROLMENT, v, f"{n:03}{v.holds}.md") for n in range(several) for v in (YES, NO)]
        (finding,) = conflicts(summed(said, whole=False), TOPICS)
        assert [s.count for s in finding.sides] == [several, several]
        assert all(len(s.claims) <= max(positions.LADDER[-1], 2) for s in finding.sides)


def test_a_conflict_inside_one_of_many_articles_is_shown_where_it_is() -> None:
    said = [claim(ENROLMENT, v, f"{n:03}{v.holds}.md") for n in range(30) for v in (YES, NO)]
    inner = [claim(ENROLMENT, YES, "z.md"), claim(ENROLMENT, NO, "z.md", start=9)]
    (finding,) = conflicts(summed([*said, *inner], whole=False), TOPICS)
    assert finding.kind == "self-contradiction"
    assert all(side.claims[-1].article == "z.md" for side in finding.sides)


# Dates.


Days = list[tuple[int, str]]
DAYS = st.lists(st.tuples(st.integers(0, 500), st.sampled_from("abc")), min_size=1, max_size=6)


def spoken(days: Days) -> Iterator[Claim]:
    for n, (day, article) in enumerate(days):
        yield claim(ENROLMENT, YES, article, as_of=(date(2024, 1, 1) + timedelta(day)).isoformat(), start=n)


@ordinarily(300)
@given(DAYS, DAYS)
def test_near_and_far_are_told_from_spans_as_from_days(left: Days, right: Days) -> None:
    marks = {a: mark(a) for a in "abc"}
    found = list(ways(cell_of(spoken(left), marks, 1), cell_of(spoken(right), marks, 1)))
    days = [abs(date.fromisoformat(a) - date.fromisoformat(b)).days for a, b in found if a and b]
    pairs = [abs(a - b) for (a, x), (b, y) in product(left, right) if x != y]
    assert Counter(d < OUTDATED_DAYS for d in days) == Counter({p < OUTDATED_DAYS for p in pairs})
    assert 2 * QUARTER <= OUTDATED_DAYS


# Sets of marks.


@given(st.lists(st.sets(st.binary(min_size=2, max_size=2), max_size=30), max_size=6), st.binary(max_size=2))
def test_packed_sets_are_sets(parts: list[set[bytes]], start: bytes) -> None:
    seen = set[bytes]()
    packed = Packed(2)
    for part in parts:
        new = Packed(2, part)
        assert (packed.shared(new) is None) == seen.isdisjoint(part)
        packed.absorb(Packed(2, part - seen))
        seen |= part
    assert list(packed) == sorted(seen)
    assert len(packed) == len(seen)
    assert sorted(packed.starting(start)) == sorted(r for r in seen if r.startswith(start))
    assert packed == Packed(2, sorted(seen, reverse=True))
    assert all(r in packed for r in seen)


# Numbers of articles, on corpora that show each way in which an article may count otherwise than most.


def yes(article: str, **fields: object) -> Claim:
    return claim(ENROLMENT, YES, article, **fields)


def no(article: str, **fields: object) -> Claim:
    return claim(ENROLMENT, NO, article, **fields)


def either(article: str, first: str | None = None, then: str | None = None) -> list[Claim]:
    """An article that says both; of two days it does not contradict itself."""
    return [yes(article, as_of=first), no(article, start=9, as_of=then)]


MANY = [said(f"{n}{said.__name__}.md") for n in range(4) for said in (yes, no)]
DENIED = [no(f"{n}.md") for n in range(4)]
DENIED_THEN = [no(f"{n}.md", as_of="2024-02-15") for n in range(4)]
TWO_DAYS = "2024-01-01", "2024-02-01"
NUMBERS: dict[str, tuple[list[Claim], tuple[int, int, int] | None]] = {
    "some say this, some that": (MANY, (4, 4, 0)),
    "one says both": ([*MANY, *either("z.md")], (5, 5, 1)),
    "each says both": ([c for n in range(4) for c in either(f"{n}.md")], (4, 4, 4)),
    "one says both of two days": ([*MANY, *either("z.md", *TWO_DAYS)], (5, 5, 1)),
    "nobody else affirms, and who does denies too": ([*DENIED, *either("z.md"), yes("z.md", start=20)], (1, 5, 1)),
    "nobody else affirms, and who does denies of another day": ([*DENIED, *either("z.md", *TWO_DAYS)], (1, 4, 0)),
    "nobody else affirms, and who does denies a month later": ([*DENIED_THEN, *either("z.md", *TWO_DAYS)], (1, 4, 0)),
    "two affirm, and deny a month later": (
        [*DENIED_THEN, *either("y.md", *TWO_DAYS), *either("z.md", *TWO_DAYS)], (2, 6, 2),
    ),
    "one affirms and denies a month later, one at once": (
        [*DENIED_THEN, *either("y.md", "2024-02-01", "2024-02-01"), *either("z.md", *TWO_DAYS)], (2, 6, 2),
    ),
    "who affirms is denied by two kinds of articles": (
        [yes("z.md", as_of="2024-01-01"), yes("b.md", as_of="2024-01-01"), no("a.md", as_of="2024-02-01"),
         no("b.md", start=9, as_of="2024-02-01", hedged="maybe")],
        (2, 2, 1),
    ),
    "one alone, of two days": (either("z.md", *TWO_DAYS), None),
    "two, each of two days": (
        [c for n in range(2) for c in (*either(f"{n}.md", *TWO_DAYS), yes(f"{n}.md", start=30, as_of="2024-01-01"))],
        (2, 2, 2),
    ),
    "one contradicts itself, one does not, and nobody else affirms": (
        [*DENIED, *either("y.md"), *either("z.md", *TWO_DAYS)], (2, 6, 2),
    ),
    "the only one who affirms does so as a maybe": (
        [*DENIED, yes("z.md", hedged="maybe"), no("z.md", start=9), no("z.md", start=20, hedged="maybe")], (1, 5, 1),
    ),
    "on a teaser": ([*MANY, yes("z.md#teaser-1"), no("z.md#teaser-1", start=9), no("y.md#teaser-2")], (5, 6, 1)),
    "what is set against in its own article": (
        [yes("z.md", start=5), *(no(f"{n}.md", start=12, quantifier="some", sets_against=(0, 20)) for n in "vwxyz")],
        (1, 4, 0),
    ),
    "what is set against in each article": (
        [c for n in "wxyz" for c in (
            yes(f"{n}.md", start=5), no(f"{n}.md", start=12, quantifier="some", sets_against=(0, 20))
        )],
        (4, 4, 4),
    ),
}  # fmt: skip


OTHERWISE = {YES: NO, NO: YES}


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("name", NUMBERS)
def test_as_many_articles_take_part_as_of_all_claims(name: str, turned: bool) -> None:
    said, numbers = NUMBERS[name]
    if turned:
        said = [replace(c, value=OTHERWISE[c.value]) for c in said][::-1]  # type: ignore[index]
    few, every = conflicts(summed(said, whole=False), TOPICS), conflicts(summed(said), TOPICS)
    alike(few, every)
    if numbers is None:
        assert few == []
        return
    [finding], [all_of_it] = few, every
    assert (all_of_it.both, [side.articles for side in all_of_it.sides]) == (None, [0, 0])
    by_value = {s.position.value: articles(s) for s in finding.sides if s.position is not None}
    takers = [{c.article for c in s.claims} for s in all_of_it.sides]
    both = len(takers[0] & takers[1]) if finding.both is None else finding.both
    assert (by_value[NO if turned else YES], by_value[YES if turned else NO], both) == numbers


def test_claims_that_are_softened_out_of_a_conflict_are_not_counted() -> None:
    said = [claim(LIMIT, point(100), f"{n}.md", hedged="approx" if n < 3 else None) for n in range(7)]
    said += [claim(LIMIT, point(105), f"{n}x.md", hedged="approx" if n < 2 else None) for n in range(6)]
    alike(conflicts(summed(said, whole=False), TOPICS), conflicts(summed(said), TOPICS))
    [finding] = conflicts(summed(said, whole=False), TOPICS)
    assert sorted((s.count, articles(s)) for s in finding.sides) == [(4, 4), (4, 4)]
