"""What a target is, and what it may not do."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

Check = Callable[[bytes], None]


class Target(msgspec.Struct, frozen=True):
    """Something that reads what anyone may have written.

    `check` reads an input, holds the laws on what comes of it, and raises whatever else happens: an AssertionError for
    a broken law, any exception but that which the interface promises. `seeds` are inputs to begin with, `words` what is
    put into them. An input has at most `longest` bytes.
    """

    check: Check
    seeds: Callable[[], Iterable[bytes]]
    words: Callable[[], Iterable[str]]
    longest: int = 8_000
