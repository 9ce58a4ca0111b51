"""Who is using the cache: whoever would delete its file must be the only one.

On POSIX a lock on a file beside it, which the system lets go of when a process ends in whatever way. Windows refuses
to delete a file that is open, so that no lock is needed there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


class Lock:
    """Held until it is released, or this process and the children that it forked are gone."""

    def __init__(self, handle: int | None) -> None:
        self._handle = handle

    def release(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def locked(folder: Path, *, alone: bool) -> Lock | None:
    """A lock on a folder, shared or `alone`. A shared one waits for whoever is alone, which is never long; for one
    alone nobody is waited for. None where others have one, or the folder cannot be written to."""
    if sys.platform == "win32":
        return Lock(None)
    import fcntl

    try:
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
    except OSError:
        os.close(handle)
        return None
    return Lock(handle)
