"""The span law, which every reader keeps for every text."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest

from claims.article import Article

SpanLaw = Callable[[Article], None]


@pytest.fixture(scope="session")
def span_law() -> SpanLaw:
    return check


def check(article: Article) -> None:
    """Every character is its source character, or a recognised stand-in for the source it covers."""
    for part in article.parts:
        assert part.title is None or part.blocks[part.title].kind == "title"
        for number, block in enumerate(part.blocks):
            assert all(0 <= index < number for index in block.headings)
            assert all(part.blocks[index].kind == "heading" for index in block.headings)
            assert block.stem is None or 0 <= block.stem < number
            assert (block.kind == "cell") == (block.cell is not None)
            if block.cell is not None:
                for header in (*block.cell.column_headers, *block.cell.row_headers):
                    assert part.blocks[header].kind == "cell"
            text = block.text
            assert text.chars == text.chars.strip() != ""
            assert len(text.chars) == len(text.starts) == len(text.ends)
            assert list(text.starts) == sorted(text.starts)
            assert list(text.ends) == sorted(text.ends)
            for char, start, end in zip(text.chars, text.starts, text.ends, strict=True):
                assert 0 <= start <= end <= len(article.source)
                covered = article.source[start:end]
                assert covered == char or stands_for(char, covered), (char, covered)


def stands_for(char: str, covered: str) -> bool:
    if char in " \n" and (not covered.strip() or covered.lower().startswith("<br")):
        return True
    if covered.startswith("&"):
        return char in html.unescape(covered)
    return covered.startswith("\\") or covered == "''"
