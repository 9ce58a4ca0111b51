"""What is in the bytes of a file, or of one article in a container: its article, its text."""

from __future__ import annotations

from audit import containers
from audit.files import File
from claims import readers
from claims.article import Article
from claims.readers.decode import decode


def article_of(file: File, data: bytes) -> Article:
    """The article in a file's bytes (`audit.pieces.bytes_of`). Raises ReadError."""
    if file.entry is not None:
        return containers.article(file.path, data, file.entry, readers.MAX_BYTES)
    return readers.read(file.path, data)


def source_of(file: File, data: bytes) -> str:
    """The characters that the offsets of its claims count. Raises ReadError."""
    if file.entry is not None:
        return containers.source(file.path, data, file.entry)
    return decode(file.path, data)
