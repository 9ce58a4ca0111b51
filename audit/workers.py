"""Work on files spread over processes, chunk by chunk: the results in the order of the files, whoever was quicker.

An article that ends its process (out of memory, a fault in C code) costs itself and nothing else.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

import msgspec

from audit.files import File, Files
from audit.orphans import end_with_parent
from claims.domain import load_domain

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")

ALONE_BYTES = 400_000
"""A corpus smaller than this is done sooner in one process than others could be started."""

CHUNK_BYTES = 100_000

AHEAD = 4
"""Chunks that wait for each process: enough to keep it busy, few enough to keep no list of a million files twice."""

MAX_JOBS = 61
"""What Windows can wait for."""

Chunk: TypeAlias = Sequence[File]


class Work(msgspec.Struct, Generic[T], frozen=True):
    """What is done with each chunk: `run`, a function of a module, with `given`; `lost` is what stands for a file that
    ended its process. `domains` are loaded by a process before its first chunk."""

    run: Callable[[Chunk, Any], T]
    given: Any
    lost: Callable[[File, Any], T]
    domains: tuple[str, ...] = ()


def cores() -> int:
    """How many processes may run at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


def spread(files: Chunk, work: Work[T], jobs: int) -> Iterator[tuple[int, T]]:
    """For each chunk of files how many there are, and what they come to."""
    jobs = min(jobs, MAX_JOBS)
    size = files.bytes if isinstance(files, Files) else sum(f.size for f in files)
    if jobs == 1 or len(files) < 2 or size < ALONE_BYTES:
        for chunk in chunks(files):
            yield len(chunk), work.run(chunk, work.given)
        return
    left, unsure = chunks(files), list[Chunk]()
    while True:
        yield from _pooled(left, work, jobs, unsure)
        if not unsure:
            return
        # One of these has ended its process. A process for each, and for each half of what ends it, finds which.
        for chunk in unsure:
            yield from apart(chunk, work)
        unsure.clear()


def chunks(files: Iterable[File], most: int | None = None) -> Iterator[Chunk]:
    """The files in order, so many at a time that handing them over costs little beside reading them."""
    most = CHUNK_BYTES if most is None else most
    chunk: list[File] = []
    size = 0
    for file in files:
        chunk.append(file)
        size += file.size
        if size >= most:
            yield tuple(chunk)
            chunk, size = [], 0
    if chunk:
        yield tuple(chunk)


def _pooled(left: Iterator[Chunk], work: Work[T], jobs: int, unsure: list[Chunk]) -> Iterator[tuple[int, T]]:
    """Chunks until there are no more, or a process ends: then those that were under way are `unsure`."""
    from concurrent.futures import ProcessPoolExecutor  # here and below: for those who start processes
    from concurrent.futures.process import BrokenProcessPool

    _ready(work.domains)
    pool = ProcessPoolExecutor(jobs, initializer=_start, initargs=(work,))
    waiting: deque[tuple[Chunk, Future[T]]] = deque()
    try:
        for chunk in left:
            unsure.append(chunk)
            waiting.append((chunk, pool.submit(_run, chunk)))
            if len(waiting) > AHEAD * jobs:
                yield _next(waiting, unsure)
        while waiting:
            yield _next(waiting, unsure)
    except BrokenProcessPool:
        pass
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _ready(domains: Sequence[str]) -> None:
    """Where processes are forked, have here once what they all need: what reads, and the automata of the lexicons."""
    from multiprocessing import get_context

    if get_context().get_start_method() != "fork":
        return
    import audit.drawing  # noqa: F401

    for domain in map(load_domain, domains):
        for lexicon in (domain.lexicon, domain.wakes):
            if lexicon is not None:
                lexicon.finder.build()


def _next(waiting: deque[tuple[Chunk, Future[T]]], unsure: list[Chunk]) -> tuple[int, T]:
    chunk, future = waiting[0]
    result = future.result()
    waiting.popleft()
    del unsure[0]
    return len(chunk), result


def apart(chunk: Chunk, work: Work[T]) -> Iterator[tuple[int, T]]:
    """A chunk in a process of its own, and where that ends, each half of it so. What there is of `work.domains` in this
    process is theirs, too."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(1, initializer=_start, initargs=(work,)) as pool:
        try:
            result: T = pool.submit(_run, chunk).result()
        except BrokenProcessPool:
            if len(chunk) > 1:
                half = len(chunk) // 2
                yield from (*apart(chunk[:half], work), *apart(chunk[half:], work))
                return
            result = work.lost(chunk[0], work.given)
    yield len(chunk), result


# In the other processes.

_work: Work[Any] | None = None


def _start(work: Work[Any]) -> None:
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent()
    for name in work.domains:
        load_domain(name)
    _work = work


def _run(chunk: Chunk) -> Any:
    assert _work is not None, "a process starts with its work"
    return _work.run(chunk, _work.given)
