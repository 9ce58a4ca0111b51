"""One koujing at a time: while one writes, deletes or takes back rulings of a content repo, others wait for it.

The system lets go of the lock when its holder ends, in whatever way. No file is left of it in the content repo.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from koujing.faults import Fault

PATIENCE = 30.0
"""Seconds to wait for another, which needs some milliseconds."""
_AGAIN = 0.02


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """While no other koujing changes rulings of the repo at `root`. Where a system has no such locks, nothing is held:
    files are compared with what was read of them all the same. Raises Fault where another does not come to an end."""
    handle = _opened(root)
    if handle is None:
        yield
        return
    try:
        until = time.monotonic() + PATIENCE
        while not _taken(handle):
            if time.monotonic() > until:
                raise Fault("rulings-busy", path=root.as_posix())
            time.sleep(_AGAIN)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt
    import tempfile
    from hashlib import sha256

    def _opened(root: Path) -> int | None:
        """A file beside other temporary ones: folders cannot be locked."""
        name = sha256(os.path.normcase(os.path.realpath(root)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        try:
            return os.open(os.path.join(tempfile.gettempdir(), f"koujing-{name}.lock"), os.O_RDWR | os.O_CREAT)
        except OSError:
            return None

    def _taken(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _opened(root: Path) -> int | None:
        try:
            return os.open(root, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return None

    def _taken(handle: int) -> bool:
        """Whether the lock is held now; also where the file system knows no locks."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True
