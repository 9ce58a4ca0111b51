"""The rounds' articles: every record passes the schema and the span law, and what was learnt from them stays learnt.

The floors are a few points below what docs/quality.md states, so that a regression shows and a trade-off is possible.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from claims.domain import load_domain
from claims.domain_files import SCHEMAS
from claims.extraction import extract
from claims.model import claim_record
from claims.readers import read
from claims.scoring import Score, load_gold, score_part, total

ROUNDS = sorted(p for p in Path(__file__).parent.glob("round-*") if p.is_dir())
SHARED = Path(__file__).parents[3] / "shared"


def scored(gold: Path, sources: Path | None = None) -> list[tuple[str, Score]]:
    """Scores by topic, part by part, with the span law and the schema checked on the way."""
    domain = load_domain("yibao")
    schema = Draft202012Validator(json.loads((SCHEMAS / "claim.schema.json").read_text(encoding="utf-8")))
    scores: list[tuple[str, Score]] = []
    for path, parts in load_gold(gold):
        file = sources / path.name if sources else path
        article = read(file.name, file.read_bytes())
        claims = extract(article, domain)
        for claim in claims:
            assert article.source[claim.start : claim.end] == claim.quote
            assert not list(schema.iter_errors(claim_record(claim)))
        for part, marks in parts.items():
            mine = [c for c in claims if c.part == part and c.value is not None]
            scores += score_part(article.source, marks, mine).items()
    return scores


FLOORS = {
    "round-1": 0.93, "round-2": 0.93, "round-3": 0.93, "round-4": 0.90, "round-5": 0.89, "round-6": 0.87,
    "round-7": 0.89, "round-8": 0.86, "round-9": 0.84, "round-10": 0.89, "round-11": 0.92, "round-12": 0.91,
    "round-13": 0.92, "round-14": 0.90, "round-15": 0.90, "round-16": 0.92, "round-17": 0.91,
    "round-18": 0.88, "round-19": 0.93, "round-20": 0.94, "round-21": 0.95, "round-22": 0.95, "round-23": 0.89,
}  # fmt: skip
"""F1, a little below what docs/quality.md states."""


@pytest.mark.parametrize("folder", ROUNDS, ids=lambda p: p.name)
def test_round(folder: Path) -> None:
    score = total(scored(folder))
    assert score.f1 >= FLOORS[folder.name], score


@pytest.mark.parametrize("name", ["seeds", "articles"])
def test_shared_gold(name: str) -> None:
    gold = SHARED / "gold" / name
    if not gold.is_dir():
        pytest.skip("the shared gold is not beside this checkout")
    scores = scored(gold, SHARED / "seeds" if name == "seeds" else None)
    assert total(scores).f1 >= 0.90
    assert total(scores).precision >= 0.93
    core = [s for s in scores if s[0] in ("gongji.area", "gongji.pooled_fund", "gongji.enrolment")]
    assert total(core).f1 >= 0.93
