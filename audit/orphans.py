"""Processes that work for another one end with it, in whatever way that ends: killed, it could not tell them."""

from __future__ import annotations

import os
import signal
import threading


def end_with_parent() -> None:
    """From now on this process ends once its parent is gone. For processes that `multiprocessing` has started."""
    from multiprocessing import parent_process  # here and below: most commands start no process

    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    from multiprocessing.connection import wait

    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
