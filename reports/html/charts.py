"""Geometry of the charts: pieces of bars, buckets of time. Everything is in percent of the box that it is drawn in, so
that a drawing fits a phone and a wall alike without its letters growing or shrinking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

MOST = 24
"""Buckets that a timeline has at most."""
LEAST = 12
"""And at least: one date alone would be a bar as wide as the chart."""
MONTH, QUARTER, YEAR = 1, 3, 12
SIZES = (MONTH, QUARTER, *(YEAR * n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500)))
"""How many months a bucket may have."""
FILLED = 0.6
"""How much of its bucket a column fills."""
SEEN, SEEN_HIGH = 1.5, 8.0
"""How much of a bar or of a column a part takes at least."""
APART, NEAR = 16.0, 36.0
"""How far apart labels of an axis stand at least, and from the long ones at its ends where it is narrow."""


class Piece(msgspec.Struct, frozen=True):
    """A part of a bar or of a column, in percent of the box."""

    tone: str
    count: int
    x: float
    y: float
    width: float
    height: float


class Tick(msgspec.Struct, frozen=True):
    """A label of an axis: where it stands, the month that it names, and which of its ends is there."""

    x: float
    month: int
    anchor: str
    whole: bool
    """Whether it names its bucket; else only the year."""
    near: bool = False
    """Whether it would meet the label at an end of a narrow axis."""


class Axis(msgspec.Struct, frozen=True):
    """Time cut into `count` buckets of `size` months, from month `start` (`year * 12 + month - 1`)."""

    start: int
    size: int
    count: int

    def bucket(self, day: str) -> int:
        """Which bucket a day is in; outside of the axis a number below 0 or from `count` on."""
        return (month_of(day) - self.start) // self.size

    def holds(self, day: str) -> bool:
        return 0 <= self.bucket(day) < self.count

    def at(self, day: str) -> float:
        """Where a day stands."""
        passed = month_of(day) - self.start + (_number(day[8:10], 1) - 1) / 31
        return round(100 * passed / (self.size * self.count), 2)

    def month(self, bucket: int) -> int:
        """The first month of a bucket."""
        return self.start + bucket * self.size

    def edge(self, bucket: int) -> float:
        return round(100 * bucket / self.count, 2)


def month_of(day: str) -> int:
    """The month of an ISO day, counted from the beginning of the calendar."""
    return _number(day[:4], 0) * 12 + min(max(_number(day[5:7], 1), 1), 12) - 1


def axis(days: Iterable[str], marks: Iterable[str] = (), today: str = "") -> Axis | None:
    """The finest axis that holds all days, and those marks that come after the last of them but not after today; None
    without days."""
    months = [month_of(day) for day in days]
    if not months:
        return None
    last = max(months)
    late = [month_of(mark) for mark in marks if last < month_of(mark) <= month_of(today or "0000-01-01")]
    first, last = min(months), max([last, *late])
    for size in SIZES:
        start, count = first // size * size, last // size - first // size + 1
        if count <= MOST:
            break
    # A short one begins earlier: what comes after the last article is not known.
    more = min(max(0, LEAST - count), start // size)
    return Axis(start - more * size, size, max(count + more, LEAST))


def bar(counts: Sequence[tuple[str, int]], most: int) -> tuple[Piece, ...]:
    """A bar to the right, its parts one after the other; `most` fills the box."""
    return tuple(
        Piece(tone, count, start, 0.0, round(end - start, 2), 100.0)
        for tone, count, start, end in _parts(counts, most, SEEN)
    )


def columns(filled: Mapping[int, Sequence[tuple[str, int]]], of: Axis, most: int) -> tuple[Piece, ...]:
    """Columns on an axis, by bucket, their parts one upon the other; `most` is as high as the box."""
    pieces = []
    for bucket in sorted(filled):
        width = of.edge(bucket + 1) - of.edge(bucket)
        x = round(of.edge(bucket) + width * (1 - FILLED) / 2, 2)
        for tone, count, start, end in _parts(filled[bucket], most, SEEN_HIGH):
            pieces.append(Piece(tone, count, x, round(100 - end, 2), round(width * FILLED, 2), round(end - start, 2)))
    return tuple(pieces)


def ticks(of: Axis) -> tuple[Tick, ...]:
    """The first bucket and the last by name, and between them years that begin there, as far as there is room."""
    ends = [Tick(0.0, of.start, "start", True), Tick(100.0, of.month(of.count - 1), "end", True)]
    between: list[Tick] = []
    for bucket in range(1, of.count - 1):
        x, month = of.edge(bucket), of.month(bucket)
        if month % YEAR == 0 and x - (between[-1].x if between else APART * 0.5) >= APART and 100 - x >= APART * 1.5:
            between.append(Tick(x, month, "middle", False, min(x, 100 - x) < NEAR))
    return (ends[0], *between, ends[1])


def _parts(counts: Sequence[tuple[str, int]], most: int, least: float) -> Iterator[tuple[str, int, float, float]]:
    """Where each part begins and ends. One too small to be seen is drawn as large as that needs, at the cost of the
    largest: a few articles in conflict among hundreds are what a reader looks for."""
    sizes = [100 * count / most if most else 0.0 for _, count in counts]
    drawn = [max(size, least) if size else 0.0 for size in sizes]
    if any(sizes):
        largest = sizes.index(max(sizes))
        drawn[largest] = max(least, drawn[largest] - (sum(drawn) - sum(sizes)))
    at = 0.0
    for (tone, count), size in zip(counts, drawn, strict=True):
        if count:
            yield tone, count, round(at, 2), round(at + size, 2)
        at += size


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() else otherwise
