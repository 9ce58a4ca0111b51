"""koujing's side of the benchmark finds what is known, with a small lexicon in place of the limit's automaton."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import koujing_runs
from benchmarks.checks import claims_known, conflicts_known, recall, said_known
from benchmarks.corpus import EVERY, article
from benchmarks.koujing_runs import Runs, acts_of, file_of, ready, summed
from benchmarks.limit import Automaton, build
from benchmarks.material import Material, made_articles
from benchmarks.rows import cold_audit
from benchmarks.workers import Run
from claims.domain import load_domain

SMALL = ("医保", "职工医保", "家庭共济", "共济")


def small(strings: Sequence[str], texts: Sequence[str], *, overlapping: bool) -> tuple[Automaton, dict[str, float]]:
    assert set(SMALL) <= set(strings)
    return build(SMALL, "noncontiguous", overlapping=overlapping), {}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return made_articles(tmp_path_factory.mktemp("made"), 3, 2)


@pytest.fixture
def runs(made: Material, monkeypatch: pytest.MonkeyPatch) -> Runs:
    monkeypatch.setattr(koujing_runs, "fastest", small)
    return Runs([ready(files) for files in made.parts], load_domain("yibao"))


def test_made_articles_claim_what_they_were_made_to_claim(made: Material, runs: Runs) -> None:
    acts = acts_of(runs, once=True)
    told = [acts["claims"].tell(acts["claims"].run(part)) for part in (1, 2)]
    assert claims_known("made", made.made[1:], [Run(1.0, 1.0, 1, t) for t in told]).holds
    said = acts["said"].tell(acts["said"].run(1))
    assert said_known(made.made[1], said["said"]).holds
    assert not said_known(made.made[2], said["said"]).holds


def test_all_hits_are_more_than_the_longest(runs: Runs) -> None:
    acts = acts_of(runs, once=True)
    longest, all_hits = acts["raw"].run(1), acts["raw, all hits"].run(1)
    assert 0 < longest < all_hits
    assert acts["places"].tell(acts["places"].run(1))["hits"] <= all_hits
    assert acts["phrases"].tell(acts["phrases"].run(1))["hits"] > 0


def test_whole_files_give_claims_and_faults(made: Material, runs: Runs) -> None:
    acts = acts_of(runs, once=True)
    assert acts["readers"].run(1) == len(made.parts[1])
    assert acts["whole"].run(1) >= sum(len(m.says) for m in made.made[1])


def test_planted_conflicts_are_those_of_the_report(tmp_path: Path) -> None:
    material = made_articles(tmp_path, EVERY + 5, 1)
    several = material.made[1]
    took, report = cold_audit(tmp_path / "part-1", 1)
    assert took > 0
    holds = conflicts_known(several, json.loads(report))
    assert holds.holds, holds
    assert holds.note.startswith(("1 planted", "2 planted"))
    missed = conflicts_known([*several, *map(article, range(200, 260))], json.loads(report))
    assert not missed.holds
    assert "0 invented" in missed.note


def test_recall_is_by_article() -> None:
    assert recall([["a", "b"], ["a"]], [["a"], ["a", "c"]]) == pytest.approx(2 / 3)
    assert recall([], []) == 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_summed_up_have_the_claims_of_their_articles(made: Material, jobs: int) -> None:
    found = summed([file_of(*file) for file in made.parts[1]], jobs)
    assert found.claims == sum(len(m.says) for m in made.made[1])
