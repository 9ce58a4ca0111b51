"""A record of an export as an article. Its source is the body as decoded, then a line break and the title, then one and
the region, as far as the record has them: so that offsets and lines are those of the body itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Protocol

from msgspec.structs import replace

from claims.article import Article, Text
from claims.errors import ReadError
from claims.exports import BodyFormat
from claims.readers import html, markdown, scraped
from claims.readers.decode import EmptyArticle, is_blank
from claims.readers.fields import Record, source_of
from claims.readers.formats import format_of
from claims.readers.lines import line_starts
from claims.readers.text import verbatim


class _Reader(Protocol):
    def __call__(self, path: str, source: str, *, title: Text | None = None) -> Article: ...


_READERS: Mapping[BodyFormat, _Reader] = {"markdown": markdown.read, "html": html.read, "text": scraped.read}
_OPENINGS: Mapping[BodyFormat, re.Pattern[str]] = {
    "markdown": re.compile(r"[\s\ufeff]*#[ \t]*(?P<title>[^#\n][^\n]*?)[# \t\r]*(?:\n|\Z)"),
    "html": re.compile(r"(?is)[\s\ufeff]*(?:<(?!h1\b)[^>]*>\s*)*<h1\b[^>]*>(?P<title>.*?)</h1\s*>"),
    "text": re.compile(r"[\s\ufeff]*(?P<title>[^\n]+)"),
}
"""How a body begins that has its title in it."""
_LONGEST_OPENING = 2_000
_TAG = re.compile(r"<[^>]*>")


def read(path: str, record: Record, *, max_bytes: int) -> Article:
    """The article in a record. `path` is what the article and errors are named by; lines of errors are the body's.

    Raises ReadError for a body of more than `max_bytes` bytes or with broken front matter; EmptyArticle for one of
    white space only.
    """
    body, source = record.body, source_of(record)
    size = len(body.encode("utf-8", "surrogatepass"))
    if size > max_bytes:
        message = f"the body has {size} bytes, more than the limit of {max_bytes}"
        raise ReadError(message, path=path, hint="split it, or leave it out of the articles")
    if is_blank(body):
        raise EmptyArticle("the body is empty", path=path, hint="write the article, or leave it out of the export")
    form = record.format or format_of(body)
    title: Text | None = None
    if record.title and not _begins_with(body, record.title, form):
        title = verbatim(source, len(body) + 1, len(body) + 1 + len(record.title))
    article = _READERS[form](path, body, title=title)
    main, *teasers = article.parts
    return replace(
        article,
        source=source,
        line_starts=line_starts(source),
        parts=(replace(main, date=record.date or main.date), *teasers),
        id=record.id or article.id,
        title=record.title or article.title,
        date=record.date or article.date,
        author=record.author or article.author,
        region=record.region or article.region,
        url=record.url,
    )


def _begins_with(body: str, title: str, form: BodyFormat) -> bool:
    """Whether the body shows the title itself, as its first heading or line."""
    opening = _OPENINGS[form].match(body, 0, _LONGEST_OPENING)
    return opening is not None and _bare(_TAG.sub("", opening["title"])) == _bare(title)


def _bare(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).split())
