"""Claims that fare alike, counted: what a cell keeps of them, however they were put together."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from audit_cases import AREA, claim, low
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from audit.cells import QUARTER, Cell, absorb, apart, bounded, cell_of, claim_order, copied, era, two, ways
from audit.verdict import OUTDATED_DAYS
from claims.model import Claim

ARTICLES = ["a.md", "b.md", "c.md", "d.md"]
MARKS = {article: article.encode() for article in ARTICLES}


def said(article: str, day: str | None = None, start: int = 0) -> Claim:
    return claim(AREA, low("nation"), article, as_of=day, start=start)


def day(n: int) -> str:
    return (date(2024, 1, 1) + timedelta(days=n)).isoformat()


DAYS = st.one_of(st.none(), st.integers(0, 500).map(day))
SAID = st.lists(st.builds(said, st.sampled_from(ARTICLES), DAYS, st.integers(0, 9)), min_size=1, max_size=10)


def cell(*claims: Claim, most: int | None = None) -> Cell:
    return cell_of(claims, MARKS, most)


@given(SAID, st.sets(st.sampled_from(ARTICLES), min_size=1, max_size=3), st.sampled_from([None, 1, 2, 3]))
def test_cells_of_some_articles_make_the_cell_of_all(claims: list[Claim], first: set[str], most: int | None) -> None:
    ours, theirs = ([c for c in claims if (c.article in first) == here] for here in (True, False))
    if ours and theirs:
        both = cell(*ours, most=most)
        before = copied(both)
        absorb(both, cell(*theirs, most=most), most)
        assert both == cell(*claims, most=most)
        assert before == cell(*ours, most=most)


def test_what_a_cell_keeps() -> None:
    claims = [said("c.md", day(9)), said("a.md", day(3)), said("b.md"), said("a.md", day(200), 4), said("d.md", day(5))]
    kept = cell(*claims, most=2)
    assert kept.count == 5
    assert not kept.whole
    assert [(c.article, c.start) for c in kept.examples] == [("a.md", 0), ("a.md", 4), ("b.md", 0)]
    assert (kept.marks, kept.undated) == ((b"a.md", b"b.md"), (b"b.md",))
    assert kept.days() == (day(3), day(200))
    assert kept.without(b"a.md") == (day(5), day(9))
    assert kept.without(b"b.md") == (day(3), day(200))
    assert cell(said("a.md")).days() is None
    assert cell(said("a.md", day(1))).without(b"a.md") is None
    assert cell(*claims).whole


def test_the_first_examples_and_one_of_another_article() -> None:
    of_a, of_b = [said("a.md", start=n) for n in range(4)], [said("b.md", start=n) for n in range(2)]
    assert bounded([*of_a, *of_b], 2) == [*of_a[:2], of_b[0]]
    assert bounded([*of_a[:1], *of_b], 2) == [of_a[0], of_b[0]]
    assert bounded(of_a, 2) == of_a[:2]
    assert bounded(of_a, 4) == bounded(of_a, None) == of_a
    assert two([b"c", b"a", b"b", b"a"]) == (b"a", b"b")


def test_claims_stand_in_one_order_whatever_differs() -> None:
    one = said("a.md", day(3))
    later = [
        said("b.md", day(3)), said("a.md", day(3), 1), replace(one, end=9), replace(one, id="c1"),
        replace(one, pattern="testy"), replace(one, origin="title"), replace(one, as_of=day(4)),
        replace(one, hedged="maybe"), replace(one, quote="引文二"), replace(one, line=2), replace(one, column=2),
        replace(one, sets_against=(1, 2)),
    ]  # fmt: skip
    for other in later:
        assert sorted([other, one], key=claim_order) == sorted([one, other], key=claim_order) == [one, other]
    undated = replace(one, as_of=None)
    assert sorted([one, undated], key=claim_order) == [undated, one]


def test_the_eras_that_cuts_part() -> None:
    cuts = [("2024-01-01", 0), ("2024-06-30", 1)]  # since the one day, until the other
    days = [None, "2023-12-31", "2024-01-01", "2024-06-30", "2024-07-01"]
    assert [era(d, cuts) for d in days] == [-1, 0, 1, 1, 2]
    assert era("2024-01-01", []) == 0


def way(a: str | None, b: str | None) -> str:
    if a is None or b is None:
        return "undated"
    return "near" if abs((date.fromisoformat(a) - date.fromisoformat(b)).days) < OUTDATED_DAYS else "far"


@given(SAID, SAID)
def test_the_ways_in_which_the_dates_of_different_articles_lie(left: list[Claim], right: list[Claim]) -> None:
    pairs = [(a.as_of, b.as_of) for a in left for b in right if a.article != b.article]
    assert {way(*found) for found in ways(cell(*left), cell(*right))} == {way(*pair) for pair in pairs}
    for a, b in ways(cell(*left), cell(*right)):
        assert a is None or b is None or (a, b) in pairs
    assert apart(cell(*left).marks, cell(*right).marks) == bool(pairs)


def test_examples_stay_those_that_are_kept_of_all() -> None:
    a, b, c = ([said(f"{n}.md", start=i) for i in range(3)] for n in "abc")
    for ours, theirs, kept in (
        (a[:1], b[:1], [a[0], b[0]]), (b[:1], a[:1], [a[0], b[0]]), (a, b, [*a[:2], b[0]]), (b, a, [*a[:2], b[0]]),
        ([a[0], b[0]], c, [a[0], b[0]]), ([b[0], c[0]], a, [*a[:2], b[0]]), ([a[0], c[0]], b, [a[0], b[0]]),
    ):  # fmt: skip
        both = cell(*ours, most=2)
        absorb(both, cell(*theirs, most=2), 2)
        assert both.examples == kept
        every = cell(*ours)
        absorb(every, cell(*theirs), None)
        assert every.examples == sorted([*ours, *theirs], key=claim_order)


def test_of_each_span_of_days_the_first_and_the_last_are_known_of_two_articles() -> None:
    start = date(2024, 1, 1).toordinal() // QUARTER + 1

    def at(article: str, n: int) -> Claim:
        return said(article, date.fromordinal(start * QUARTER + n).isoformat(), n)

    claims = [at("a.md", 0), at("a.md", 1), at("b.md", 5), at("c.md", 6), at("b.md", 7), at("b.md", QUARTER)]
    first = start * QUARTER
    assert cell(*claims).spans == {
        start: (
            ((first, b"a.md"), (first + 5, b"b.md")),
            ((-first - 7, b"b.md"), (-first - 6, b"c.md")),
        ),
        start + 1: (((first + QUARTER, b"b.md"),), ((-first - QUARTER, b"b.md"),)),
    }  # fmt: skip


DATES = [date.fromordinal(8200 * QUARTER + n).isoformat() for n in (0, 1, 88, 89, 90, 179, 180, 269, 270)]


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("turned", [False, True])
def test_near_and_far_where_spans_of_days_begin_and_end(turned: bool, alone: bool) -> None:
    """Two claims of one or of two articles beside one of the first, on all days that lie close to a limit."""
    for one, other, right in product(DATES, DATES, DATES):
        sides = [said("a.md", one), said("a.md" if alone else "b.md", other, 1)], [said("b.md", right, 2)]
        ours, theirs = sides[::-1] if turned else sides
        found = list(ways(cell(*ours), cell(*theirs)))
        pairs = [(a.as_of, b.as_of) for a in ours for b in theirs if a.article != b.article]
        assert sorted(way(*days) for days in found) == sorted({way(*pair) for pair in pairs})
        assert set(found) <= set(pairs)


def test_a_claim_without_a_date_is_one_way_for_all_dates() -> None:
    dated, undated = cell(said("a.md", day(3))), cell(said("b.md"))
    for one, other in ((dated, undated), (undated, dated), (undated, cell(said("a.md")))):
        assert [way(*days) for days in ways(one, other)] == ["undated"]
    assert list(ways(undated, undated)) == list(ways(dated, dated)) == []
    mixed = cell(said("a.md", day(3)), said("b.md"))
    assert sorted(way(*days) for days in ways(mixed, cell(said("b.md", day(4))))) == ["near"]
    assert sorted(way(*days) for days in ways(mixed, cell(said("c.md", day(300))))) == ["far", "undated"]
