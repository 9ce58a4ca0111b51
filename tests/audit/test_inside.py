"""Pairs of claims inside one article, as they are kept when it is summed up."""

from __future__ import annotations

import pytest
from audit_cases import AREA, ENROLMENT, LIMIT, NO, RATE, TOPICS, YES, claim, point
from msgspec.structs import replace

from audit.cells import Profile
from audit.defects import Told
from audit.identity import position_key
from audit.inside import Both, Inside, Insides, Shared, inside, merged
from audit.model import Defect, Position, Quote, Reason
from audit.positions import PLAIN, position_of
from claims.model import Claim, Measure

NOBODY = frozenset[Profile]()
PLAINLY, APPROX, MAYBE = Profile(era=-1), Profile(era=-1, hedge="approx"), Profile(era=-1, hedge="maybe")


def found(*claims: Claim, told: Told | None = None, topics: object = TOPICS) -> Insides:
    said: dict[Position, dict[Profile, list[Claim]]] = {}
    for c in claims:
        position = position_of(c)
        assert position is not None
        said.setdefault(position, {}).setdefault(PLAIN.profile(c), []).append(c)
    return inside(said, b"a", topics, told or Told())  # type: ignore[arg-type]


RULE = claim(ENROLMENT, YES, start=5)
DENIAL = claim(ENROLMENT, NO, start=40)


def test_two_positions_that_one_article_takes() -> None:
    again = replace(DENIAL, start=60, end=62)
    ends = tuple(sorted((Position(ENROLMENT.id, YES), Position(ENROLMENT.id, NO)), key=position_key))
    alone = frozenset({PLAINLY})
    for said in ([RULE, DENIAL, again], [DENIAL, again, RULE]):
        [(pair, shared)] = found(*said).items()
        assert pair == ends
        assert shared.articles == {(alone, alone): 1}
        yes = pair[0].value == YES
        sides = ((RULE,), (DENIAL, again)) if yes else ((DENIAL, again), (RULE,))
        both = Both(b"a", (1, 2) if yes else (2, 1), (alone, alone), *sides)
        assert both.speaks
        assert shared.cells == {(PLAINLY, PLAINLY): Inside(both, both)}


def test_only_claims_that_conflict_inside_are_listed() -> None:
    exception = claim(ENROLMENT, NO, quantifier="some", start=12, sets_against=(0, 20))
    [shared] = found(RULE, exception).values()
    [only] = shared.cells.values()
    assert (only.first.counts, only.first.left, only.first.right) == ((1, 1), (), ())
    assert (only.first.speaks, only.speaking) == (False, None)
    later = replace(RULE, start=30, end=32)
    [shared] = found(RULE, later, exception).values()
    [only] = shared.cells.values()
    assert only.speaking is only.first
    assert {only.first.left, only.first.right} == {(later,), (exception,)}


def test_what_can_be_true_together_has_no_pair() -> None:
    assert found(RULE, replace(DENIAL, topic="gongji.benefit")) == {}
    assert found(RULE, RULE) == {}
    assert found(RULE, DENIAL, topics={AREA.id: AREA}) == {}
    assert found(replace(RULE, topic=AREA.id, value=Measure("city", None)), DENIAL, topics={AREA.id: AREA}) == {}


@pytest.mark.parametrize(("one", "other"), [(100, 105), (105, 100)])
def test_cells_that_approximation_reconciles_are_left_out(one: int, other: int) -> None:
    soft, exact = claim(LIMIT, point(one), hedged="approx"), claim(LIMIT, point(other), start=9)
    assert found(soft, exact) == found(exact, soft) == {}
    also = claim(LIMIT, point(one), start=20, hedged="maybe")
    for said in ([soft, exact, also], [also, exact, soft]):
        [shared] = found(*said).values()
        assert {frozenset(cell) for cell in shared.cells} == {frozenset({MAYBE, PLAINLY})}
        assert {frozenset(where) for where in shared.articles} == {
            frozenset({frozenset({APPROX, MAYBE}), frozenset({PLAINLY})})
        }


def test_what_is_only_possible_is_kept_too() -> None:
    [shared] = found(claim(RATE, point(60)), claim(RATE, point(50), start=9, scope={"year": ["2024"]})).values()
    [only] = shared.cells.values()
    assert only.speaking is not None


def test_what_a_defect_tells_is_silent() -> None:
    def quote(c: Claim) -> Quote:
        return Quote(c.article, c.start, c.end, 1, 1, c.quote)

    told = Told([Defect(code="answer-mismatch", key="a.md", stated=(quote(RULE),), refuted=(quote(DENIAL),),
                        reason=Reason("x"))])  # fmt: skip
    maybe = replace(DENIAL, hedged="maybe", start=80, end=82)
    [shared] = found(RULE, DENIAL, maybe, told=told).values()
    assert len(shared.cells) == 2
    assert not any(one.first.speaks or one.speaking for one in shared.cells.values())
    assert [one.first.left for one in shared.cells.values()] == [(), ()]
    [shared] = found(RULE, maybe, told=told).values()
    assert all(one.speaking for one in shared.cells.values())


def test_of_several_articles_the_first_and_the_first_that_conflicts() -> None:
    def both(article: bytes, *said: Claim) -> Both:
        return Both(article, (1, 1), (NOBODY, NOBODY), said, said)

    quiet, loud, louder = both(b"a"), both(b"b", RULE), both(b"c", DENIAL)
    one, two, three = Inside(quiet), Inside(loud, loud), Inside(louder, louder)
    for x, y in ((one, two), (two, one)):
        assert merged(x, y) == Inside(quiet, loud)
    for x, y in ((two, three), (three, two)):
        assert merged(x, y) == Inside(loud, loud)
    assert merged(one, Inside(both(b"d"))) == one


def test_articles_are_added_up_by_where_they_speak() -> None:
    here, there = frozenset({PLAINLY}), frozenset({MAYBE})
    quiet, loud = (Both(a, (1, 1), (here, here), *s) for a, s in ((b"a", ((), ())), (b"b", ((RULE,), (DENIAL,)))))
    ours = Shared({(PLAINLY, PLAINLY): Inside(quiet)}, {(here, here): 2})
    theirs = Shared(
        {(PLAINLY, PLAINLY): Inside(loud, loud), (MAYBE, PLAINLY): Inside(loud)}, {(here, here): 1, (there, here): 3}
    )
    ours.absorb(theirs)
    assert ours.cells == {(PLAINLY, PLAINLY): Inside(quiet, loud), (MAYBE, PLAINLY): Inside(loud)}
    assert ours.articles == {(here, here): 3, (there, here): 3}
