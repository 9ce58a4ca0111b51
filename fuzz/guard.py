"""One input tried: no exception but those that a target allows, no more CPU time than it may take."""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import msgspec

from fuzz.target import Check

LIMIT = 5.0
"""Seconds of CPU for one input, in instrumented code. Other processes do not count."""
_OURS = ("/claims/", "/audit/", "/koujing/", "/fuzz/")


class TooSlow(BaseException):
    """An input took longer than it may: no `except Exception` on the way may swallow it."""


class Finding(msgspec.Struct, frozen=True):
    """What went wrong: `what` is the kind of the exception, `where` the innermost place of ours, `told` all of it."""

    what: str
    where: str
    told: str

    @property
    def key(self) -> tuple[str, str]:
        return self.what, self.where


def tried(check: Check, data: bytes, limit: float = LIMIT) -> Finding | None:
    """What goes wrong with an input, None where nothing does."""
    try:
        with _limited(limit):
            check(data)
    except (Exception, TooSlow) as e:
        return _finding(e)
    return None


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "SIGVTALRM"):  # Windows
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    # Again and again: the first may come where an exception is swallowed.
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(number: int, frame: FrameType | None) -> None:
    raise TooSlow


def _finding(e: BaseException) -> Finding:
    frames = traceback.extract_tb(e.__traceback__)
    # An assertion's place is its own; of what is slow only the target's call into it says the same each time.
    ours = [frame for frame in frames if any(name in frame.filename for name in _OURS) and frame.name != "_stop"]
    at = ours[-1] if ours else frames[-1]
    where = f"{os.path.relpath(at.filename)}:{at.name}" + ("" if isinstance(e, TooSlow) else f":{at.lineno}")
    return Finding(type(e).__name__, where, "".join(traceback.format_exception(e)))


class Clock:
    """CPU time of one input after another."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._began = 0.0

    def start(self) -> None:
        self._began = time.process_time()

    def stop(self) -> bool:
        """Whether this was the slowest so far."""
        took = time.process_time() - self._began
        if took <= self.longest:
            return False
        self.longest = took
        return True
