"""Files opened for reading, where nothing waits: what was a file when it was found may be a pipe by now."""

from __future__ import annotations

import errno
import os
import stat
from io import FileIO
from pathlib import Path

_HOW = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)  # fmt: skip


def opened(place: str | Path) -> FileIO:
    """A regular file, unbuffered. Raises OSError, also for a pipe, a socket, a device."""
    handle = os.open(place, _HOW)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", os.fspath(place))
        return FileIO(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def content(place: str | Path, most: int) -> bytes:
    """What is in a regular file, at most one byte more than `most`. Raises OSError."""
    pieces: list[bytes] = []
    left = most + 1
    with opened(place) as stream:
        while left and (piece := stream.read(left)):
            pieces.append(piece)
            left -= len(piece)
    return b"".join(pieces)
