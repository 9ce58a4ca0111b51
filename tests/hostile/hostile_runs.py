"""The real command on hostile input: in a copy of this process, with bounds on its time, its memory and its rights.

The copy has everything imported already, so that a run costs milliseconds; whatever ends it, ends it alone.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import IO, NamedTuple

from claims.domain import load_domain
from koujing.cli import main

SAYS = "家庭共济可以跨省使用。\n"
DENIES = "家庭共济不能跨省使用。\n"
PAIR: Mapping[str, str] = {"across.md": SAYS, "within.md": DENIES}
"""Two articles that contradict each other: whatever lies beside them, that is found."""

SECONDS = 20
"""Of CPU: many times what any of these runs takes, and little beside for ever."""
PATIENCE = 400
"""Seconds after which what waits for ever is ended."""
MEMORY = 2 << 30
"""Bytes, besides what the process has when it starts."""

NOBODY = 65534
NEEDED = (
    "audit.drawing", "claims.domain_compiling", "claims.readers.html", "claims.readers.markdown",
    "claims.readers.records", "claims.readers.scraped", "koujing.auditing", "koujing.check", "koujing.config_reading",
    "koujing.counting", "reports.text", "encodings.utf_8_sig", "jsonschema.validators", "jsonschema.exceptions",
    "koujing.resolve.command", "koujing.resolve.once", "koujing.base", "filecmp",
)  # fmt: skip


class Ended(NamedTuple):
    """A run that has ended: its exit code (negative: the signal), what it wrote."""

    code: int
    out: str
    err: str

    def finds(self, count: int = 1) -> bool:
        """Whether it was whole, and found so many contradictions."""
        return self.code == (1 if count else 0) and self.out.count("error[contradiction]") == count

    def refuses(self, *words: str) -> bool:
        """Whether it says all of these words, as an error of ours, with exit code 2."""
        said = self.out + self.err
        return self.code == 2 and "Traceback" not in said and all(word in said for word in words)


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Files below a folder, and the folder."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


class Running:
    """A run that has begun, in a session of its own."""

    def __init__(self, pid: int, out: IO[bytes], err: IO[bytes]) -> None:
        self.pid, self._out, self._err = pid, out, err

    def told(self) -> str:
        """What it has written to stderr so far."""
        return os.pread(self._err.fileno(), 1 << 20, 0).decode("utf-8")

    def end(self, number: int = 0) -> Ended:
        """Send it a signal, unless 0, and wait for it."""
        if number:
            os.kill(self.pid, number)
        _, status = os.waitpid(self.pid, 0)
        told = []
        for stream in (self._out, self._err):
            stream.seek(0)
            told.append(stream.read().decode("utf-8"))
            stream.close()
        return Ended(os.waitstatus_to_exitcode(status), *told)


def begin(
    root: Path, *args: str, seconds: int = SECONDS, memory: int = MEMORY, user: int | None = None,
    before: Callable[[], object] = lambda: None,
) -> Running:  # fmt: skip
    """koujing in a folder; `before` is done first, in the process that it then is."""
    _warm()
    running = Running(0, tempfile.TemporaryFile(), tempfile.TemporaryFile())  # noqa: SIM115  # until it has ended
    sys.stdout.flush()
    sys.stderr.flush()
    running.pid = os.fork()
    if running.pid == 0:
        out, err = running._out.fileno(), running._err.fileno()
        _as_command(root, args, out, err, seconds, memory, user, before)
    return running


def run(
    root: Path, *args: str, seconds: int = SECONDS, memory: int = MEMORY, user: int | None = None,
    before: Callable[[], object] = lambda: None,
) -> Ended:  # fmt: skip
    """The same, to its end."""
    return begin(root, *args, seconds=seconds, memory=memory, user=user, before=before).end()


def check(root: Path, *args: str, **bounds: int) -> Ended:
    return run(root, "check", "--lang", "en", "--today", "2025-06-30", "--jobs", "1", "--no-cache", *args, **bounds)


def _as_command(
    root: Path, args: tuple[str, ...], out: int, err: int, seconds: int, memory: int, user: int | None,
    before: Callable[[], object],
) -> None:  # fmt: skip
    """Be koujing, and end."""
    code = 99
    try:
        os.setsid()
        os.dup2(out, 1)
        os.dup2(err, 2)
        for name, number in (("stdout", 1), ("stderr", 2)):
            setattr(sys, name, TextIOWrapper(os.fdopen(number, "wb", closefd=False), encoding="utf-8"))
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(PATIENCE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        spent = resource.getrusage(resource.RUSAGE_SELF)
        most = int(spent.ru_utime + spent.ru_stime) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
        if sys.platform == "linux":
            pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
            resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + memory, resource.RLIM_INFINITY))
        os.chdir(root)
        if user is not None and os.geteuid() == 0:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
            os.environ["HOME"] = "/nowhere"
        before()
        main(list(args), prog_name="koujing")
    except SystemExit as e:
        code = e.code if isinstance(e.code, int) else 0
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


_is_warm = False


def _warm() -> None:
    """Have here what every run needs."""
    global _is_warm
    if not _is_warm:
        for name in NEEDED:
            import_module(name)
        load_domain("yibao")
        _is_warm = True
