"""What targets that read articles have in common."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claims import readers
from claims.article import Article
from claims.errors import ReadError
from fuzz.laws import article_law, error_law


def article_in(path: str, data: bytes) -> Article | None:
    """The article in a file's bytes, which keeps the span law; None where a reader says what is wrong with them."""
    try:
        article = readers.read(path, data)
    except ReadError as e:
        error_law(e, path)
        return None
    article_law(article)
    return article


_MEMORY = Path("/dev/shm")


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for what can only be read from disk; in memory where there is such a place."""
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=_MEMORY if _MEMORY.is_dir() else None) as place:
        yield Path(place)
