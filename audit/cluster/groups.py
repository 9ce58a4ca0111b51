"""Files cut into groups, each a task of a worker, and groups into partitions, each of which comes home as one sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from audit.files import File, Files
from audit.workers import chunks

LEAST_BYTES, MOST_BYTES = 10_000, 1_000_000
"""A group is read within a fraction of a second to half a minute: much beside handing it over, and little to lose."""

ROUNDS = 16
"""Groups for each worker that there are at least, where files are enough: so that all of them end at the same time."""

LEAST_GROUPS, MOST_PARTITIONS = 8, 64
"""What comes home is merged by one process, so it is no more than so many sums, whatever the size of the corpus."""


def grouped(files: Sequence[File], workers: int) -> Iterator[tuple[int, Sequence[File]]]:
    """The files in order, in groups, each with the number of its partition."""
    size = files.bytes if isinstance(files, Files) else sum(file.size for file in files)
    each = min(MOST_BYTES, max(LEAST_BYTES, size // (ROUNDS * workers)))
    in_partition = max(LEAST_GROUPS, ceil(size / each / MOST_PARTITIONS))
    for n, group in enumerate(chunks(files, each)):
        yield n // in_partition, group


def halves(group: Sequence[File]) -> Iterable[Sequence[File]]:
    half = len(group) // 2
    return group[:half], group[half:]
