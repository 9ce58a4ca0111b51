"""Bytes to articles: one reader a file format, chosen by the file's suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from claims.article import Article
from claims.errors import ReadError
from claims.readers.decode import EmptyArticle, decode

__all__ = ["MAX_BYTES", "READERS", "SUFFIXES", "EmptyArticle", "read"]

Reader = Callable[[str, str], Article]


def _markdown(path: str, source: str) -> Article:
    from claims.readers import markdown  # each with a parser of its own: imported where such a file is read

    return markdown.read(path, source)


def _html(path: str, source: str) -> Article:
    from claims.readers import html

    return html.read(path, source)


def _scraped(path: str, source: str) -> Article:
    from claims.readers import scraped

    return scraped.read(path, source)


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".md": _markdown,
        ".markdown": _markdown,
        ".html": _html,
        ".htm": _html,
        ".txt": _scraped,
    }
)
"""The reader of each suffix: (path, decoded source) -> Article."""

SUFFIXES = tuple(READERS)
MAX_BYTES = 20_000_000


def read(path: str, data: bytes, *, max_bytes: int = MAX_BYTES) -> Article:
    """The article in a file's bytes. `path` is what the article and errors are named by; its suffix chooses the reader.

    Raises ReadError for a file that is larger than `max_bytes` bytes, binary, in an unknown encoding or format, or
    whose front matter is broken; EmptyArticle, a ReadError, for one of white space only.
    """
    suffix = PurePosixPath(path).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        raise ReadError(
            f"no reader for files with the suffix `{suffix}`" if suffix else "the file has no suffix",
            path=path,
            hint=f"articles end in {', '.join(SUFFIXES)}",
        )
    if len(data) > max_bytes:
        raise ReadError(
            f"the file has {len(data)} bytes, more than the limit of {max_bytes}",
            path=path,
            hint="split it, or leave it out of the articles",
        )
    return reader(path, decode(path, data))
