"""Inputs to begin with, taken from the project's own examples when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
_SECTION = 900
"""Characters of a piece of an article: many short inputs teach a fuzzer more than one long one."""


def articles(suffix: str) -> Iterator[bytes]:
    """The examples of a suffix: whole, and in pieces."""
    for path in sorted((EXAMPLES / "articles").rglob(f"*{suffix}")):
        text = path.read_text(encoding="utf-8")
        yield text.encode()
        yield from (piece.encode() for piece in pieces(text))


def pieces(text: str) -> list[str]:
    """A text cut where paragraphs end."""
    found = [""]
    for paragraph in re.split(r"(?<=\n)\s*\n", text):
        if len(found[-1]) + len(paragraph) > _SECTION and found[-1]:
            found.append("")
        found[-1] += paragraph + "\n"
    return [piece for piece in found if piece.strip()]


@cache
def sentences() -> tuple[str, ...]:
    """What the patterns of the shipped domains say of themselves."""
    from claims.domain import load_domain, shipped

    found: list[str] = []
    for name in shipped():
        for pattern in load_domain(name).patterns:
            found += [words for words in (*pattern.says, *pattern.silent) if isinstance(words, str)]
    return tuple(dict.fromkeys(found))


def paragraphs() -> Iterator[bytes]:
    """Those sentences, some to a paragraph, and the examples' articles without markup."""
    said = sentences()
    for at in range(0, len(said), 12):
        yield "。".join(said[at : at + 12]).encode()
    yield from articles(".md")


def files(folder: Path) -> Iterator[bytes]:
    yield from (path.read_bytes() for path in sorted(folder.rglob("*.yaml")))
