"""Where output goes: UTF-8 and `\\n` in any locale, quiet when the reader has gone, files written whole or not."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO, TextIO


def prepare() -> None:
    """Make the streams the same everywhere."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError, OSError):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def out(text: str) -> None:
    """Write to stdout. A reader that has closed it (`| head`) ends the output, not the command. Raises Fault."""
    try:
        _write(sys.stdout, text)
    except OSError as e:
        raise _failed("stdout", e) from e


def err(text: str) -> None:
    with contextlib.suppress(OSError):
        _write(sys.stderr, text)


def _failed(name: str, e: OSError) -> Exception:
    from koujing.faults import Fault  # not at the top: `koujing --version` needs the streams, but no more

    return Fault("output-failed", got=name, why=e.strerror or e)


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # closed by the shell: >&-
        return
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        # What is left in the buffer would raise once more when the interpreter closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def wants_color() -> bool:
    """Colour only for a terminal, and not where NO_COLOR is set."""
    return bool(sys.stdout) and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and _can_color()


def _can_color() -> bool:
    return os.environ.get("TERM") != "dumb"


def columns() -> int:
    """How wide the terminal is; COLUMNS has the first word, and without either it is 80."""
    import shutil  # here, and tempfile below: `koujing --version` waits for neither

    return shutil.get_terminal_size((80, 24)).columns


def write_file(path: Path, text: str) -> None:
    """Replace a file in one step: whoever reads it finds the old or the new, never half. Raises Fault."""
    data = text.encode("utf-8", "backslashreplace")
    try:
        path = Path(os.path.realpath(path))
        if path.exists() and not path.is_file():  # /dev/stdout, a pipe: nothing there to replace
            path.write_bytes(data)
            return
        with beside(path, data) as temporary:
            os.replace(temporary, path)
    except OSError as e:
        raise _failed(path.as_posix(), e) from e


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes replace a file in one step once all are written; if that fails the old one stays. What the
    `with` is left by goes on; raises Fault where the file cannot be written."""
    path = Path(os.path.realpath(path))
    try:
        if path.exists() and not path.is_file():  # /dev/stdout, a pipe
            with path.open("wb") as stream:
                yield stream
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        import tempfile

        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(temporary, _mode(path))
            os.replace(temporary, path)
        finally:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
    except OSError as e:
        raise _failed(path.as_posix(), e) from e


@contextlib.contextmanager
def beside(path: Path, data: bytes) -> Iterator[str]:
    """The name of a whole file in the folder where `path` is to stand, to be given that name; what still has its own
    name at the end is deleted. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())  # or a crash of the machine may leave the new name with nothing in it
        os.chmod(temporary, _mode(path))
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)


def write_files(folder: Path, files: Iterable[tuple[str, str]], ours: Sequence[str]) -> None:
    """Replace files below a folder, in the order in which they come, each in one step; then delete those that an
    earlier run has left: `ours` are the globs of their names. Raises Fault, and what `files` raises.

    Of files like `ours` there may be thousands, and the next run makes them anew: what a crash of the machine leaves of
    them is not waited for, and one that is there as it is to be stays as it is.
    """
    written: set[str] = set()
    for name, text in files:
        if any(fnmatchcase(name, one) for one in ours):
            _write_soon(folder / name, text.encode("utf-8", "backslashreplace"))
        else:
            write_file(folder / name, text)
        written.add(name)
    for path in sorted(path for one in ours for path in folder.glob(one)):
        if path.relative_to(folder).as_posix() not in written:
            with contextlib.suppress(OSError):
                path.unlink()


def _write_soon(path: Path, data: bytes) -> None:
    """Replace a file in one step, in as few as that takes. Raises Fault."""
    name, temporary = os.fspath(path), f"{path.parent}/.{os.getpid()}.part"
    try:
        if _holds(name, data):
            return
        try:
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        try:
            with open(handle, "wb", buffering=0) as stream:
                stream.write(data)
            os.replace(temporary, name)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as e:
        raise _failed(path.as_posix(), e) from e


def _holds(name: str, data: bytes) -> bool:
    try:
        with open(name, "rb", buffering=0) as stream:
            return os.fstat(stream.fileno()).st_size == len(data) and stream.read() == data
    except OSError:
        return False


def _mode(path: Path) -> int:
    """The mode of the file that is replaced, else what the umask leaves of a new one's."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


class Counter:
    """`读文章 120/3000` on stderr, where that is a terminal and the run takes longer than a second."""

    AFTER, EVERY = 1.0, 0.1

    def __init__(self, template: str) -> None:
        self._template = template
        self._on = bool(sys.stderr) and sys.stderr.isatty()
        self._next = time.monotonic() + self.AFTER
        self._shown = False

    def __call__(self, done: int, of: int) -> None:
        now = time.monotonic()
        if not self._on or now < self._next:
            return
        self._next, self._shown = now + self.EVERY, True
        err(f"\r\x1b[K{self._template.format(done=done, all=of)}")

    def close(self) -> None:
        if self._shown:
            err("\r\x1b[K")
            self._shown = False
