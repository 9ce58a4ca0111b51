"""A found input cut to what is needed for the same finding."""

from __future__ import annotations

from collections.abc import Callable

from fuzz.guard import tried
from fuzz.target import Check


def smallest(check: Check, data: bytes) -> bytes:
    """Less of `data`, character by character, that still goes wrong in the same place; all of it where it does not."""
    first = tried(check, data)
    if first is None:
        return data

    def same(text: str) -> bool:
        again = tried(check, text.encode("utf-8", "surrogateescape"))
        return again is not None and again.key == first.key

    return _cut(data.decode("utf-8", "surrogateescape"), same).encode("utf-8", "surrogateescape")


def _cut(text: str, same: Callable[[str], bool]) -> str:
    """Ever smaller pieces left out, as long as it is the same without them."""
    width = max(1, len(text) // 2)
    while True:
        at, before = 0, len(text)
        while at < len(text):
            less = text[:at] + text[at + width :]
            if same(less):
                text = less
            else:
                at += width
        if width == 1 and len(text) == before:
            return text
        width = max(1, width // 2)
