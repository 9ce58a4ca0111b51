"""The geography domain on its own articles, and its silence on all the others: these speak of insurance."""

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
from claims.scoring import Tally, load_gold, tally_part, total

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[3] / "shared"
OTHERS = [p for p in sorted(HERE.glob("round-*/*.*")) if p.suffix != ".yaml"]


def test_its_own_gold() -> None:
    domain = load_domain("geography")
    schema = Draft202012Validator(json.loads((SCHEMAS / "claim.schema.json").read_text(encoding="utf-8")))
    tally = Tally()
    for path, parts in load_gold(HERE / "geography"):
        article = read(path.name, path.read_bytes())
        claims = extract(article, domain)
        for claim in claims:
            assert article.source[claim.start : claim.end] == claim.quote
            assert not list(schema.iter_errors(claim_record(claim)))
        for part, marks in parts.items():
            tally.add(tally_part(article.source, marks, [c for c in claims if c.part == part], part))
    score = total(tally.scores.items())
    assert score.f1 >= 0.90
    assert score.precision >= 0.97
    assert tally.right["subject"] >= 0.93 * tally.asked["subject"]


@pytest.mark.parametrize("path", OTHERS, ids=lambda p: p.stem)
def test_it_is_silent_on_insurance(path: Path) -> None:
    assert extract(read(path.name, path.read_bytes()), load_domain("geography")) == []


def test_the_seeds_and_the_shared_articles() -> None:
    """Three teasers of the seeds are about geography; nothing else is."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the shared seeds are not beside this checkout")
    files = [*sorted((SHARED / "seeds").glob("*.txt")), *sorted((SHARED / "gold" / "articles").glob("dev-*.*"))]
    domain = load_domain("geography")
    claims = [c for f in files if f.suffix != ".yaml" for c in extract(read(f.name, f.read_bytes()), domain)]
    said = {(c.part, c.topic, c.scope.get("subject")) for c in claims}
    assert {c.path for c in claims} == {"001_f3deb61eefabb09f.txt"}
    assert {part for part, _, _ in said} == {"teaser-3", "teaser-11", "teaser-20"}
    assert ("teaser-11", "geography.divisions", ("昌都市",)) in said
    classes = {c.value.is_ for c in claims if c.scope.get("subject") == ("拉萨市",)}  # type: ignore[union-attr]
    assert classes == {"class_1", "class_3", "class_4"}
