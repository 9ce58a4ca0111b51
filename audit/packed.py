"""Sets of short records of one width, packed: what is known of each of a million articles in a few megabytes."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from heapq import merge

MARK = 8
"""Bytes by which an article, or a text, is known here. Among ten million of them two are alike once in 300,000 runs."""


def mark(text: str) -> bytes:
    """What a text is known by, here."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=MARK).digest()


class Packed:
    """A set of records of `width` bytes, equal by content, made in any order.

    It is kept as sorted runs, each at least twice as long as the next, so that adding a few records to many costs
    little, and looking one up is a search in a few runs.
    """

    __slots__ = ("_runs", "width")

    def __init__(self, width: int = MARK, records: Iterable[bytes] = ()) -> None:
        self.width = width
        self._runs: list[bytes] = []
        self._push(b"".join(sorted(set(records))))

    def absorb(self, other: Packed) -> None:
        """Add the records of another set, of which this one has none."""
        for run in other._runs:
            self._push(run)

    def _push(self, run: bytes) -> None:
        if not run:
            return
        self._runs.append(run)
        while len(self._runs) > 1 and len(self._runs[-2]) < 2 * len(self._runs[-1]):
            last = self._runs.pop()
            self._runs[-1] = b"".join(sorted([*self._cut(self._runs[-1]), *self._cut(last)]))

    def _cut(self, run: bytes) -> list[bytes]:
        return [run[i : i + self.width] for i in range(0, len(run), self.width)]

    def starting(self, start: bytes) -> Iterator[bytes]:
        """The records that begin so."""
        for run in self._runs:
            at = bisect_left(range(len(run) // self.width), start, key=lambda i: self._record(run, i))
            while at * self.width < len(run) and (record := self._record(run, at)).startswith(start):
                yield record
                at += 1

    def _record(self, run: bytes, i: int) -> bytes:
        return run[i * self.width : (i + 1) * self.width]

    def shared(self, other: Packed) -> bytes | None:
        """A record that is in both sets, if there is one."""
        few, many = sorted((self, other), key=len)
        if self.width != MARK:
            return next((record for run in few._runs for record in few._cut(run) if record in many), None)
        # Marks are looked up as numbers, which costs a tenth: every article is, once for each run of those before.
        runs = [_numbers(run) for run in many._runs]
        for number in (n for run in few._runs for n in _numbers(run)):
            for run in runs:
                at = bisect_left(run, number)
                if at < len(run) and run[at] == number:
                    return number.to_bytes(MARK, "big")
        return None

    def __contains__(self, record: bytes) -> bool:
        return next(self.starting(record), None) is not None

    def __iter__(self) -> Iterator[bytes]:
        """In order."""
        return merge(*(iter(self._cut(run)) for run in self._runs))

    def __len__(self) -> int:
        return sum(map(len, self._runs)) // self.width

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Packed) and len(self) == len(other) and all(
            a == b for a, b in zip(self, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]  # it grows

    def __getstate__(self) -> tuple[int, bytes]:
        return self.width, b"".join(self)

    def __setstate__(self, state: tuple[int, bytes]) -> None:
        self.width, run = state
        self._runs = [run] if run else []


def _numbers(run: bytes) -> array[int]:
    """Marks as numbers, in the same order."""
    numbers = array("Q", run)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
