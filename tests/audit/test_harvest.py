"""What files come to, summed up in any grouping (docs/design.md, the way of the data)."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

import pytest
from audit_cases import ENROLMENT, NO, TOPICS, YES, claim, corpora
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from audit import positions
from audit.conflicts import conflicts
from audit.files import File
from audit.harvest import Asked, Harvest, asked
from audit.model import Defect, Quote, Reason
from audit.pieces import Piece, Scanned, Task, claim_key
from audit.positions import MergeError
from audit.problem import Problem
from audit.rulings.effect import Corpus, effect_of
from audit.rulings.meaning import likely
from audit.rulings.mending import ways
from audit.rulings.model import Rest, Ruling
from audit.summing import harvest_of
from claims.identity import claim_id
from claims.model import Claim, Coverage

TASK = Task(("d",))
TODAY = "2026-01-01"


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(positions, "LADDER", (1,))


def ask(*rests: Rest, **more: object) -> Asked:
    return asked(TASK, TODAY, TOPICS, {}, rests, **more)  # type: ignore[arg-type]


def identified(said: Sequence[Claim]) -> list[Claim]:
    """With the ids that extraction would give them, and few different quotes."""
    quoted = [replace(c, quote=("甲", "乙", "丙")[c.start % 3]) for c in said]
    return [
        replace(c, id=claim_id(c.article, c.topic, c.value, c.quantifier, c.scope, c.except_, c.quote)) for c in quoted
    ]


def pieces(said: Sequence[Claim], *, shown: bool = True) -> list[tuple[File, Piece]]:
    """Each file with what it came to, some with a defect or an id that others have too."""
    paths = sorted({c.path for c in said})
    found: list[tuple[File, Piece]] = []
    for n, path in enumerate(paths):
        own = [c for c in said if c.path == path]
        parts = sorted({c.part for c in own})
        article = Scanned(
            path=path, id=f"id-{n // 2}", titles=tuple((p, f"{path} {p}") for p in parts),
            coverage=tuple(Coverage(p, n, n + 1) for p in parts),
        )  # fmt: skip
        q = Quote(path, 0, 2, 1, 1, "引文")
        reason = Reason("stale-figure", (("day", "2020-01-01"),))
        defects = [Defect(code="stale-figure", key=path, stated=(q,), refuted=(q,), reason=reason)] * (n % 2)
        problem = Problem(path=path, code="x") if n % 3 == 0 else None
        found.append((File(path=path, place=path, size=1, shown=shown), Piece(article, own, defects, problem)))
    return found


def state(harvest: Harvest) -> tuple[object, ...]:
    """All that there is to ask of a harvest."""
    return (
        harvest.summary, list(harvest.articles), list(harvest.ids), list(harvest.covered), harvest.claims,
        harvest.sorted_defects(), harvest.sorted_problems(), harvest.watched(), harvest.titles(), harvest.totals(),
    )  # fmt: skip


def rests_on(said: Sequence[Claim]) -> list[Rest]:
    """Words of two claims; a claim that there was; words of which only the id is gone; words that name no claim."""
    return [
        Rest(said[0].article, said[0].quote, said[0].id), Rest(said[-1].article, said[-1].quote, "c-gone"),
        Rest("gone.md", said[0].quote, "c-lost"), Rest(said[0].article, said[0].quote),
    ]  # fmt: skip


@given(corpora(), st.data())
def test_any_grouping_comes_to_the_same(said: list[Claim], data: st.DataObject) -> None:
    said = identified([replace(c, article=f"{n}/{c.article}") for n in range(3) for c in said])
    wanted = ask(*rests_on(said), teasers=data.draw(st.booleans()))
    whole = harvest_of(pieces(said), wanted)
    found = data.draw(st.permutations(pieces(said)))
    cuts = sorted(data.draw(st.tuples(*[st.integers(0, len(found))] * 2)))
    parts = [found[: cuts[0]], found[cuts[0] : cuts[1]], found[cuts[1] :]]
    a, b, c = (pickle.loads(pickle.dumps(harvest_of(part, wanted))) for part in parts)
    alone = harvest_of([], wanted)
    for one in found:
        alone.absorb(harvest_of([one], wanted))
    b.absorb(c)
    a.absorb(b)
    assert state(a) == state(alone) == state(whole)
    if found:
        with pytest.raises(MergeError, match="two harvests"):
            a.absorb(whole)


@given(corpora())
def test_rulings_find_all_that_they_ask_for(said: list[Claim]) -> None:
    # Of one id, one claim stands at a place.
    said = sorted({claim_key(claim): claim for claim in identified(said)}.values(), key=claim_key)
    rests = rests_on(said)
    kept = harvest_of(pieces(said), ask(*rests)).watched()
    assert list(kept) == sorted(kept, key=claim_key)
    assert all(likely(rest, kept) == likely(rest, said) for rest in rests)
    rulings = [
        Ruling(
            id=f"r{n}", path=f"rulings/r{n}.yaml", verdict="both-stand", finding="K234567", on="2025-01-01", by="x",
            reason="x", rests=tuple(some), lines={}, text="",
        )
        for n, some in enumerate([rests[:1], rests[:2], rests[2:3], rests[3:], rests])
    ]  # fmt: skip
    few, every = (
        Corpus(claims=c, defects=(), facts=(), topics=TOPICS, texts=lambda path: "甲乙丙", today=TODAY)
        for c in (kept, said)
    )
    assert effect_of(rulings, few) == effect_of(rulings, every)
    assert ways(rulings, effect_of(rulings, few), few) == ways(rulings, effect_of(rulings, every), every)


def test_titles_are_known_of_all_that_is_kept() -> None:
    said = [claim(ENROLMENT, v, f"{n:03}.md") for n in range(3000) for v in (YES,)]
    said += [claim(ENROLMENT, NO, "z.md"), claim(ENROLMENT, YES, "z.md")]
    harvest = harvest_of([], ask())
    for one in pieces(said):
        harvest.absorb(harvest_of([one], ask()))
    assert len(harvest._titles) < 3000
    [finding] = conflicts(harvest.summary, TOPICS)
    shown = {c.article for side in finding.sides for c in side.claims}
    assert shown <= harvest.titles().keys()
    assert harvest.titles()["z.md"] == "z.md main"
    assert len(harvest.articles) == 3001


def test_of_what_is_not_shown_nothing_is_covered_and_examples_are_kept_apart() -> None:
    here = pieces([claim(ENROLMENT, YES, "b.md")])
    there = pieces([claim(ENROLMENT, YES, "a.md"), claim(ENROLMENT, NO, "c.md")], shown=False)
    harvest = harvest_of([*there, *here], ask())
    assert list(harvest.coverage("b.md")) == [("b.md", 0, 1)]
    assert list(harvest.coverage("a.md")) == []
    [finding] = conflicts(harvest.summary, TOPICS)
    assert {c.path for side in finding.sides for c in side.claims} == {"a.md", "b.md", "c.md"}


def test_teasers_have_coverage_and_titles_of_their_own() -> None:
    harvest = harvest_of(pieces([claim(ENROLMENT, YES), claim(ENROLMENT, NO, "a.md#teaser-12")]), ask())
    assert list(harvest.coverage("a.md")) == [("a.md", 0, 1), ("a.md#teaser-12", 0, 1)]
    assert harvest.titles() == {"a.md": "a.md main", "a.md#teaser-12": "a.md teaser-12"}
    assert harvest_of(pieces([claim(ENROLMENT, NO, "a.md#teaser-12")]), ask(teasers=False)).claims == 0


def test_same_ids_are_told_in_the_order_of_paths() -> None:
    found = pieces([claim(ENROLMENT, YES, f"{n}.md") for n in range(5)])
    harvest = harvest_of(found[::-1], ask())
    ids = {file.path: piece.article.id for file, piece in found if piece.article is not None}
    told = harvest.same_ids([file for file, _ in found], lambda file: ids[file.path])
    assert [(p.path, dict(p.args)) for p in told] == [
        ("1.md", {"first": "0.md", "id": "id-0"}), ("3.md", {"first": "2.md", "id": "id-1"}),
    ]  # fmt: skip


@pytest.mark.parametrize("turned", [False, True])
def test_watched_claims_that_differ_in_their_day_alone_have_an_order(turned: bool) -> None:
    """Sets have none: it came out one way in one process and another way in the next."""
    said = identified([claim(ENROLMENT, YES, as_of=f"2024-0{n}-01") for n in range(1, 10)])
    given_ = said[::-1] if turned else said
    assert [c.as_of for c in harvest_of(pieces(given_), ask(*rests_on(said))).watched()] == [c.as_of for c in said]
