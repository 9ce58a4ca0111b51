"""An article read, its claims with the shipped domains, its defects."""

from __future__ import annotations

from collections.abc import Iterator

from audit.drawing import draw
from claims.domain import shipped
from fuzz import seeds, words
from fuzz.laws import claims_law, defects_law
from fuzz.reading import article_in
from fuzz.target import Target


def check(data: bytes) -> None:
    path = "a.html" if data.startswith(b"<") else "a.txt" if data.startswith("\u3000".encode()) else "a.md"
    article = article_in(path, data)
    if article is None:
        return
    claims, coverage, defects = draw(article, shipped())
    claims_law(article, claims)
    defects_law(article, defects)
    assert all(0 <= part.typed <= part.assertions for part in coverage)


def _seeds() -> Iterator[bytes]:
    yield from seeds.paragraphs()
    yield from seeds.articles(".html")
    yield from ("\u3000".encode() + data for data in seeds.articles(".txt"))


TARGET = Target(
    check,
    _seeds,
    lambda: words.prose() + (words.MARKDOWN + ("| ", "\n|---|---|\n| ", "\n\n", "\n- ", "## ") * 8) * 8,
    5_000,
)
