"""The readers over the real pages and the marked articles, where they are at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from claims.article import Article
from claims.readers import SUFFIXES, read

SpanLaw = Callable[[Article], None]

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
SEEDS = SHARED / "seeds"
ARTICLES = SHARED / "gold" / "articles"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"no real pages at {SHARED}")


def files() -> list[Path]:
    folders = [folder for folder in (SEEDS, ARTICLES) if folder.is_dir()]
    return sorted(path for folder in folders for path in folder.iterdir() if path.suffix in SUFFIXES)


def load(path: Path) -> Article:
    return read(path.name, path.read_bytes())


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_law_and_title(path: Path, span_law: SpanLaw) -> None:
    article = load(path)
    span_law(article)
    assert article.source.encode() == path.read_bytes()
    assert article.title
    assert article.date or path.suffix == ".txt"
    assert len(article.parts[0].blocks) >= 2


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name)
def test_seeds_have_twenty_teasers(path: Path) -> None:
    article = load(path)
    assert [part.name for part in article.parts[1:]] == [f"teaser-{number}" for number in range(1, 21)]
    assert all(part.title == 0 and part.date and len(part.blocks) == 2 for part in article.parts[1:])


def marked() -> list[Path]:
    return sorted(SHARED.glob("gold/articles/*.gold.yaml")) + sorted(SHARED.glob("gold/seeds/*.gold.yaml"))


@pytest.mark.parametrize("path", marked(), ids=lambda path: path.name)
def test_marked_quotes_are_in_the_blocks_of_their_part(path: Path) -> None:
    gold = yaml.safe_load(path.read_text(encoding="utf-8"))
    folder = SEEDS if path.parent.name == "seeds" else ARTICLES
    article = load(folder / gold["article"])
    parts = {part.name: part for part in article.parts}
    for marks in gold["parts"]:
        spans = [block.text.span(0, len(block.text.chars)) for block in parts[marks["part"]].blocks]
        for claim in marks["claims"]:
            # A quote may run over the cells of a table row.
            for quote in claim["quote"].split(" | "):
                assert any(quote in article.source[start:end] for start, end in spans), quote
