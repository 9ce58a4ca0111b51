"""Plain text, mostly scraped pages articles."""

from __future__ import annotations

from fuzz import seeds, words
from fuzz.reading import article_in
from fuzz.target import Target


def check(data: bytes) -> None:
    article_in("a.txt", data)


TARGET = Target(check, lambda: seeds.articles(".txt"), lambda: words.markup(*words.SCRAPED, *words.prose()[:300]))
