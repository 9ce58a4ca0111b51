"""Work of one process done by several, which begin as copies of it: nothing that they need is sent to them."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from audit.orphans import end_with_parent

R = TypeVar("R")

AHEAD = 32
"""Tasks that may be done before their turn: what they give waits in memory."""

_task: Callable[[int], Any] | None = None


def forked(jobs: int) -> Callable[[Callable[[int], R], int], Iterator[R]]:
    """A `Spread`: does a task for each of so many numbers in `jobs` processes, and gives what they come to in order.

    In this process where there are no copies (Windows, macOS) or they would not pay.
    """

    def spread(task: Callable[[int], R], count: int) -> Iterator[R]:
        if jobs < 2 or count < 2 or sys.platform != "linux":
            yield from map(task, range(count))
            return
        global _task
        _task = task
        pool = ProcessPoolExecutor(min(jobs, count), multiprocessing.get_context("fork"), initializer=_start)
        try:
            yield from _in_order(pool, task, count)
        finally:
            _task = None
            pool.shutdown(wait=True, cancel_futures=True)

    return spread


def _in_order(pool: ProcessPoolExecutor, task: Callable[[int], R], count: int) -> Iterator[R]:
    waiting: deque[tuple[int, Future[R] | None]] = deque()
    for n in range(count):
        if len(waiting) == AHEAD:
            yield _result(*waiting.popleft(), task)
        waiting.append((n, _submitted(pool, n)))
    while waiting:
        yield _result(*waiting.popleft(), task)


def _submitted(pool: ProcessPoolExecutor, n: int) -> Future[Any] | None:
    try:
        return pool.submit(_nth, n)
    except BrokenProcessPool:
        return None


def _result(n: int, future: Future[R] | None, task: Callable[[int], R]) -> R:
    """What a process has done; one that was ended from outside has its work done here."""
    if future is None:
        return task(n)
    try:
        return future.result()
    except BrokenProcessPool:
        return task(n)


def _start() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent()


def _nth(n: int) -> Any:
    assert _task is not None
    return _task(n)
