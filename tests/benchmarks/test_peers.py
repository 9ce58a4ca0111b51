"""The peers' side: run where the peers are installed, as they are for the benchmark only."""

from __future__ import annotations

import pytest


def test_spacy_finds_phrases_and_patterns() -> None:
    pytest.importorskip("spacy", reason="spaCy is installed for the benchmark only (make bench)")
    from benchmarks.peers.spacy_pipeline import Pipeline

    gap = {"ORTH": {"NOT_IN": [",", "。"]}, "OP": "*"}
    pattern = [{"ENT_TYPE": {"IN": ["MUTUAL"]}}, gap, {"ENT_TYPE": {"IN": ["CITY|PLACE"]}}]
    job = {
        "texts": [["家庭共济只限本市。", "家庭共济可以用,本市都行。"]], "once": True,
        "phrases": {"MUTUAL": ["共济", "家庭共济"], "CITY|PLACE": ["本市"]},
        "compounds": {}, "any_order": {"area": [pattern, pattern[::-1]]}, "one_order": {"area": [pattern]},
    }  # fmt: skip
    pipeline = Pipeline(job)
    assert pipeline.tell_phrases(pipeline.only_phrases(0))["hits"] == 6
    whole = pipeline.whole(0, pipeline.any_order)
    assert [[t.text for t in doc][:2] for doc, _ in whole] == [["家庭共济", "只限"], ["家庭共济", "可以用"]]
    assert pipeline.tell_which(whole) == {"patterns": [["area"], []]}


def test_autocorrect_finds_what_it_always_finds() -> None:
    autocorrect = pytest.importorskip("autocorrect_py", reason="AutoCorrect is installed for the benchmark only")
    assert autocorrect.lint_for("医保abc报销。\n", "a.md").lines
