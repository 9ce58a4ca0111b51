"""The laws that hold for whatever the readers, the language layer and the extraction return, for any text."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from itertools import pairwise

from audit.model import Defect
from claims.article import Article
from claims.errors import KoujingError
from claims.language.fold import Folded
from claims.language.spans import Standing
from claims.model import Claim, claim_record
from claims.readers.lines import line_starts, locate


def error_law(error: KoujingError, path: str, lines: int | None = None) -> None:
    """An error names its file, a line that is there, and can be shown."""
    assert error.path == path, error
    assert error.message, error
    if error.line is not None:
        assert 1 <= error.line <= (lines or error.line), (error.line, lines)


def article_law(article: Article) -> None:
    """Every character is its source character, or a recognised stand-in for the source that it covers."""
    assert article.line_starts == line_starts(article.source)
    for said in (article.source, article.id, article.title, article.date, article.region, article.author, article.url):
        (said or "").encode("utf-8")
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
            text.chars.encode("utf-8")
            assert text.chars == text.chars.strip() != ""
            assert len(text.chars) == len(text.starts) == len(text.ends)
            assert list(text.starts) == sorted(text.starts)
            assert list(text.ends) == sorted(text.ends)
            for char, start, end in zip(text.chars, text.starts, text.ends, strict=True):
                assert 0 <= start <= end <= len(article.source)
                covered = article.source[start:end]
                assert covered == char or stands_for(char, covered), (char, covered)


def stands_for(char: str, covered: str) -> bool:
    """Whether a reader may show `char` for what is written as `covered`: an entity, an escape, a line's end."""
    if char.isspace() and (not covered.strip() or (char in " \n" and covered.lower().startswith("<br"))):
        return True
    if covered.startswith("&"):
        shown = html.unescape(covered)
        return char in shown or (char.isspace() and shown.isspace())
    return covered.startswith("\\") or covered == "''"


def claims_law(article: Article, claims: Iterable[Claim]) -> None:
    """Every claim quotes the source where it says, rests on words of it, and can be written down."""
    for claim in claims:
        _quoted(article, claim.start, claim.end, claim.quote, (claim.line, claim.column))
        for words in claim.evidence:
            _quoted(article, words.start, words.end, words.words, (words.line, None))
        if claim.sets_against is not None:
            start, end = claim.sets_against
            assert 0 <= start < end <= len(article.source), claim
        json.dumps(claim_record(claim), ensure_ascii=False, allow_nan=False).encode()


def defects_law(article: Article, defects: Iterable[Defect]) -> None:
    for defect in defects:
        assert defect.stated, defect
        for quote in (*defect.stated, *defect.refuted):
            _quoted(article, quote.start, quote.end, quote.quote, (quote.line, quote.column))


def _quoted(article: Article, start: int, end: int, quote: str, place: tuple[int, int | None]) -> None:
    assert 0 <= start < end <= len(article.source), (start, end)
    assert article.source[start:end] == quote, (start, end, quote)
    line, column = locate(article.line_starts, start)
    assert place[0] == line, (place, line)
    assert place[1] in (None, column), (place, column)


def folded_law(text: str, folded: Folded) -> None:
    """Every folded character leads back to one of the text, in order."""
    assert len(folded.chars) == len(folded.origin)
    assert all(a < b for a, b in pairwise(folded.origin))
    assert all(0 <= at < len(text) for at in folded.origin)
    assert all(0 <= at <= len(folded.chars) for at in folded.gaps)
    last = 0
    for start, end in folded.quoted:
        assert last <= start < end <= len(folded.chars)
        last = end
    for at in range(len(folded.chars)):
        start, end = folded.back(at, at + 1)
        assert 0 <= start < end <= len(text)


def apart(found: Iterable[Standing], start: int, end: int) -> None:
    """What was found stands in order, none over another, all inside `[start, end)`."""
    for one in found:
        assert start <= one.start < one.end <= end, one
        start = one.end
