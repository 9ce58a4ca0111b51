"""Markdown articles."""

from __future__ import annotations

from fuzz import seeds, words
from fuzz.reading import article_in
from fuzz.target import Target


def check(data: bytes) -> None:
    article_in("a.md", data)


TARGET = Target(check, lambda: seeds.articles(".md"), lambda: words.markup(*words.MARKDOWN, *words.HTML[:20]))
