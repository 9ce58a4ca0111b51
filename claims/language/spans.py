"""Things that stand in a text, in order of their starts, looked up by place without going through all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Protocol, TypeVar


class Standing(Protocol):
    """Something at `[start, end)` of a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=Standing)


_start = attrgetter("start")
FEW = 8
"""So many are gone through at once sooner than looked up."""


def inside(items: Sequence[S], start: int, end: int) -> list[S]:
    """Those of `items`, which are sorted by start, that lie inside `[start, end)`, in order."""
    if not items:
        return []
    if len(items) <= FEW:
        return [item for item in items if start <= item.start < end and item.end <= end]
    first = bisect_left(items, start, key=_start)
    last = bisect_left(items, end, key=_start)
    return [item for item in items[first:last] if item.end <= end]
