"""Laws of rulings and of the gate (docs/rulings.md): what editors decide, in whatever order and however often they do.

Rulings are made of findings of a generated corpus as `koujing resolve` makes them, written as files and read back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st
from making import TOPICS, YIBAO, claims, scopes, topics
from msgspec.structs import replace
from property_runs import ordinarily
from test_harvest import identified

from audit.corpus import Corpus
from audit.files import Files
from audit.gate import blocking
from audit.model import RULING_CODES, SEVERITIES, Finding
from audit.rulings.deciding import Answer, claims_of, ruling_of, unit_fits
from audit.rulings.model import Ruling
from audit.rulings.reading import read_ruling
from audit.rulings.writing import ruling_text
from claims.facts import Source
from claims.model import Claim
from koujing.config import Config
from koujing.project import Project
from koujing.run import Reading, find_conflicts

TODAY = "2026-07-01"
HERE = Path("/nowhere")
PROJECT = Project(root=HERE, here=HERE, config=Config(), configured=True)


def audited(said: Sequence[Claim], rulings: Iterable[Ruling] = ()) -> list[Finding]:
    """What `koujing check` finds, but for facts."""
    reading = Reading(
        project=PROJECT, files=Files(), corpus=Corpus(claims=tuple(said)), domains=(YIBAO,), problems=(),
        rulings=tuple(rulings), today=TODAY,
    )  # fmt: skip
    return find_conflicts(reading)


def gist(findings: Iterable[Finding]) -> list[Any]:
    """All of a finding but the names of rulings and how short its id is."""

    def sides(f: Finding) -> list[Any]:
        return [(s.count, [c.id for c in s.claims], s.upheld is None) for s in f.sides]

    return sorted((f.whole, f.kind, f.severity, f.state, f.older or 0, sides(f)) for f in findings)


def of_articles(findings: Iterable[Finding]) -> list[Finding]:
    return [f for f in findings if f.code not in RULING_CODES]


def blocked(findings: Iterable[Finding]) -> set[str]:
    return {f.whole for f in blocking(findings, "error")}


@st.composite
def corpora(draw: st.DrawFn) -> list[Claim]:
    """A corpus on one topic or two, of which something conflicts; claims with ids as extraction gives them."""
    chosen = draw(st.lists(topics(), min_size=1, max_size=2, unique_by=lambda t: t.id))
    # A ruling may name only places that there are.
    known = scopes(most=1).filter(lambda scope: "某某新区" not in scope.get("region"))
    few = st.sampled_from(draw(st.lists(known, min_size=1, max_size=2)))
    one = st.sampled_from(chosen).flatmap(lambda t: claims(t, few))
    said = [c for c in draw(st.lists(one, min_size=2, max_size=9)) if not c.except_]
    # At one place of an article there is one claim.
    return identified([replace(c, start=100 * n, end=100 * n + 2, sets_against=None) for n, c in enumerate(said)])


@st.composite
def answered(draw: st.DrawFn, finding: Finding, name: str, verdicts: Sequence[str]) -> Ruling:
    """One decision of a finding, by way of its file."""
    verdict: Any = draw(st.sampled_from(verdicts))
    side = draw(st.integers(0, 1))
    position = finding.sides[side].position
    if verdict == "stands" and (position is None or not unit_fits(position, TOPICS[position.topic])):
        verdict = "under-review"
    ids = [claim.id for _, claim in claims_of(finding)]
    some = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True)) if ids and verdict == "misread" else []
    if ids and verdict == "both-stand" and draw(st.booleans()):
        some = draw(st.lists(st.sampled_from(ids), min_size=2, unique=True)) if len(ids) > 1 else []
    answer = Answer(
        verdict=verdict, reason="核对过原文。", by="编辑", on="2026-06-01", side=side if verdict == "stands" else None,
        source=Source("通知") if verdict == "stands" else None, claims=tuple(some),
        expires="2026-12-31" if verdict == "under-review" else None,
    )  # fmt: skip
    ruling = ruling_of(finding, answer, f"rulings/{name}.yaml", TOPICS)
    return read_ruling(ruling.path, ruling_text(ruling).encode(), TOPICS)


ALL = ("both-stand", "misread", "under-review", "stands")
CLOSING = ("both-stand", "misread", "under-review")


@st.composite
def decided(draw: st.DrawFn, verdicts: Sequence[str] = ALL, most: int = 4) -> tuple[list[Claim], list[Ruling]]:
    said = draw(corpora())
    findings = [f for f in audited(said) if f.sides[0].reference is None]
    assume(bool(findings))
    chosen = draw(st.lists(st.sampled_from(findings), min_size=1, max_size=most))
    return said, [draw(answered(f, f"r{n}", verdicts)) for n, f in enumerate(chosen)]


def in_trouble(findings: Iterable[Finding], ruling: Ruling) -> bool:
    """Whether a ruling has no effect, and says so."""
    told = (dict(r.args) for f in findings if f.code in RULING_CODES for r in f.reasons)
    return any(ruling.id in (args.get("ruling"), args.get("other")) for args in told)


@given(decided(), st.randoms(use_true_random=False))
@ordinarily(12)
def test_the_order_of_rulings_does_not_matter(case: Any, random: Any) -> None:
    said, rulings = case
    assert audited(said, random.sample(rulings, len(rulings))) == audited(said, rulings)


@given(decided(), st.data())
@ordinarily(12)
def test_a_ruling_given_twice_is_one(case: Any, data: st.DataObject) -> None:
    """In two files. What is against one that stands is against both, a finding each."""
    said, rulings = case
    one = data.draw(st.sampled_from(rulings))
    fact = None if one.fact is None else replace(one.fact, id="twice")
    twice = [*rulings, replace(one, id="twice", path="rulings/twice.yaml", fact=fact)]
    before, after = audited(said, rulings), audited(said, twice)
    assert bool(blocked(before)) == bool(blocked(after))
    if one.fact is None and not in_trouble(before, one):
        assert gist(after) == gist(before)
    kept = [f for f in of_articles(after) if all(s.reference is None or s.reference.id != "twice" for s in f.sides)]
    assert gist(kept) == gist(of_articles(before))


@given(decided(CLOSING), st.data())
@ordinarily(12)
def test_taking_a_closing_ruling_away_unblocks_nothing(case: Any, data: st.DataObject) -> None:
    """The gate that fails with a ruling never passes without it, unless the ruling itself is what is wrong."""
    said, rulings = case
    one = data.draw(st.sampled_from(rulings))
    whole, less = audited(said, rulings), audited(said, [r for r in rulings if r is not one])
    if not in_trouble(whole, one):
        assert blocked(of_articles(whole)) <= blocked(of_articles(less))
        closed = {f.whole: f.severity for f in of_articles(less) if f.state != "resolved"}
        for f in of_articles(whole):
            if f.state != "resolved" and f.sides[0].reference is None and f.sides[1].reference is None:
                assert SEVERITIES.index(f.severity) >= SEVERITIES.index(closed[f.whole])


@given(decided(), st.data())
@ordinarily(12)
def test_the_gate_passes_without_a_ruling_only_where_that_stands_or_is_in_trouble(
    case: Any, data: st.DataObject
) -> None:
    said, rulings = case
    one = data.draw(st.sampled_from(rulings))
    whole, less = audited(said, rulings), audited(said, [r for r in rulings if r is not one])
    if blocked(whole) and not blocked(less):
        assert one.fact is not None or in_trouble(whole, one)


@given(decided(("both-stand", "under-review"), most=1))
@ordinarily(12)
def test_a_ruling_of_a_finding_leaves_all_others(case: Any) -> None:
    """One that lists claims of one side alone has no effect, and says so: that is a finding of its own."""
    said, (one,) = case
    before, after = audited(said), of_articles(audited(said, [one]))
    assert gist(f for f in after if not f.whole.startswith(one.finding or "")) == gist(
        f for f in before if not f.whole.startswith(one.finding or "")
    )


@given(decided(("under-review",)))
@ordinarily(12)
def test_what_is_under_review_goes_on_blocking(case: Any) -> None:
    said, rulings = case
    before, after = audited(said), audited(said, rulings)
    assert blocked(after) == blocked(before)
    assert {f.state for f in after if any(f.whole.startswith(r.finding or "-") for r in rulings)} == {"under-review"}


@given(decided(("both-stand",), most=1))
@ordinarily(12)
def test_where_both_stand_nothing_is_left_of_what_is_listed(case: Any) -> None:
    said, (one,) = case
    listed = {rest.id for rest in one.rests}
    for f in audited(said, [one]):
        if f.whole.startswith(one.finding or "") and listed >= {c.id for s in f.sides for c in s.claims}:
            assert f.state == "resolved"


@given(decided(("misread",)))
@ordinarily(12)
def test_what_was_misread_takes_part_in_nothing(case: Any) -> None:
    """As if the claim were not there; findings of which nothing is left are shown as resolved."""
    said, rulings = case
    wrong = {rest.id for r in rulings for rest in r.rests}
    after = [f for f in audited(said, rulings) if f.state != "resolved"]
    assert all(c.id not in wrong for f in after for s in f.sides for c in s.claims)
    assert gist(after) == gist(audited([c for c in said if c.id not in wrong]))


@given(decided(("stands",), most=1))
@ordinarily(12)
def test_what_stands_is_never_against_itself(case: Any) -> None:
    said, (one,) = case
    assume(one.fact is not None)
    for f in audited(said, [one]):
        if f.kind == "against-ruling":
            values = [s.position.value for s in f.sides if s.position is not None]
            assert values[0] != values[1]


@given(decided(), st.data(), st.sampled_from(["expired", "changed"]))
@ordinarily(12)
def test_a_ruling_without_effect_is_none_but_for_what_is_said_of_it(case: Any, data: st.DataObject, why: str) -> None:
    said, rulings = case
    one = data.draw(st.sampled_from(rulings))
    others = [r for r in rulings if r is not one]
    if why == "expired":
        idle = replace(one, expires="2026-06-30")
    else:
        assume(bool(one.rests))
        gone = replace(one.rests[0], quote="另外的话")
        idle = replace(one, rests=(gone, *one.rests[1:]))
    after = audited(said, [*others, idle])
    assert gist(of_articles(after)) == gist(of_articles(audited(said, others)))
    assert in_trouble(after, idle)
    code = {"expired": "ruling-expired", "changed": "ruling-void"}[why]
    assert any(f.code == code and f.severity == "error" for f in after)


@given(decided())
@ordinarily(12)
def test_rulings_never_lose_a_finding_without_a_word(case: Any) -> None:
    """Every finding that there was is there, is resolved by a ruling that is named, or lost its claims to one."""
    said, rulings = case
    after = {f.whole: f for f in audited(said, rulings)}
    for f in audited(said):
        if f.sides[0].reference is None and f.sides[1].reference is None:
            now = after[f.whole]
            assert now.state != "resolved" or now.ruling in {r.id for r in rulings}
            assert (now.ruling is not None) == (now.state != "open")


@given(decided())
@ordinarily(12)
def test_asking_twice_gives_the_same(case: Any) -> None:
    said, rulings = case
    assert msgspec.json.encode(audited(said, rulings)) == msgspec.json.encode(audited(said, rulings))
