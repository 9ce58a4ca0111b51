"""SIGTERM, which CI sends to a job that is cancelled: an exception, so that what is temporary is cleared away."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

TERMINATED = 128 + signal.SIGTERM
"""The exit code, as of a shell's child that the signal ended."""


@contextmanager
def tidy_stop() -> Iterator[None]:
    """Within, SIGTERM raises SystemExit. A second one ends the process at once. A caller that has handled or ignored
    it already goes on doing so."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    raise SystemExit(TERMINATED)
