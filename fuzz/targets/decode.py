"""Bytes to characters, and where lines begin."""

from __future__ import annotations

from collections.abc import Iterator

from claims.errors import ReadError
from claims.readers.decode import decode
from claims.readers.lines import line_starts, locate
from fuzz import seeds, words
from fuzz.laws import error_law
from fuzz.target import Target


def check(data: bytes) -> None:
    try:
        source = decode("a.md", data)
    except ReadError as e:
        error_law(e, "a.md", data.count(b"\n") + 1)
        return
    assert "\0" not in source
    assert source.strip()
    assert (
        data in (source.encode("utf-8"), source.encode("gb18030"))
        or b"\x84\x31\xa4\x37" in data
        or _other(source, data)
    )
    starts = line_starts(source)
    for offset in (0, len(source) // 2, len(source)):
        line, column = locate(starts, offset)
        assert starts[line - 1] + column - 1 == offset


def _other(source: str, data: bytes) -> bool:
    """Some pairs of bytes of GB18030 have two codes: then the characters are the same the way back."""
    return source.encode("gb18030").decode("gb18030") == source == data.decode("gb18030")


def _seeds() -> Iterator[bytes]:
    for data in seeds.articles(".md"):
        yield data
        yield data.decode().encode("gb18030")
        yield b"\xef\xbb\xbf" + data[:200]
        yield data.decode()[:90].encode("utf-16")
        yield data[:-1]


TARGET = Target(
    check,
    _seeds,
    lambda: words.markup("\0", "\ufeff", "\u200b", "\n", "\r\n", "\r", "\udc80", "\udc810\udc810", "\udcff"),
    4_000,
)
