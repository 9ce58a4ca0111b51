"""A real scheduler and real workers on this machine, each a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
HOOKS = Path(__file__).parent / "hooks"
TODAY = "2026-06-30"
PATIENCE = 120.0
"""Seconds that anything may take on a machine that does other things besides."""


def environment(path: Path | None = None, **hooks: Any) -> dict[str, str]:
    """For a process with this checkout's modules (or first those of `path`), in which something is to happen
    (hooks/sitecustomize.py)."""
    kept = {k: os.environ[k] for k in ("PATH", "SYSTEMROOT", "KOUJING_CACHE_DIR") if k in os.environ}
    places = [str(p) for p in (path, HOOKS, ROOT) if p is not None]
    return {**kept, "PYTHONPATH": os.pathsep.join(places), "TEST_HOOKS": json.dumps(hooks)}


def until(what: Callable[[], Any]) -> Any:
    """What it gives once that is true."""
    end = time.monotonic() + PATIENCE
    while not (found := what()):
        assert time.monotonic() < end, "nothing has come of it"
        time.sleep(0.05)
    return found


@contextmanager
def process(log: Path, *arguments: str, env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A Python that runs within; its last words are in `log`."""
    with log.open("wb") as stream:
        started = subprocess.Popen(
            [sys.executable, *arguments], env=dict(env), cwd=log.parent, stdout=stream, stderr=stream,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield started
    finally:
        # With its children, which a nanny has.
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()


class Place:
    """A scheduler in a folder, which workers join."""

    def __init__(self, folder: Path, stack: ExitStack, *config: str) -> None:
        self.folder = folder
        self._file = folder / "scheduler.json"
        env = environment() | dict(one.split("=", 1) for one in config)
        arguments = [
            "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
            "--dashboard-address", "127.0.0.1:0", "--scheduler-file", str(self._file),
        ]  # fmt: skip
        stack.enter_context(process(folder / "scheduler.log", *arguments, env=env))
        self.address: str = json.loads(until(self._told))["address"]

    def _told(self) -> str:
        try:
            text = self._file.read_text()
        except OSError:
            return ""
        return text if text.endswith("}") else ""

    @contextmanager
    def worker(self, name: str, env: Mapping[str, str], *, nanny: bool = False) -> Iterator[subprocess.Popen[bytes]]:
        """One more worker, which is known to the scheduler."""
        log = self.folder / f"{name}.log"
        arguments = [
            "-m", "distributed.cli.dask_worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--name", name,
            "--no-dashboard", "--local-directory", str(self.folder / name), "--nanny" if nanny else "--no-nanny",
        ]  # fmt: skip
        with process(log, *arguments, env=env) as started:
            until(lambda: b"Registered to" in log.read_bytes())
            yield started


@contextmanager
def place(folder: Path, *config: str) -> Iterator[Place]:
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        yield Place(folder, stack, *config)


def command(corpus: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "koujing", "check", "--today", TODAY, *more, str(corpus)]


def check(corpus: Path, *more: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """`koujing check` in the folder of the corpus."""
    where = corpus if corpus.is_dir() else corpus.parent
    return subprocess.run(
        command(corpus, *more), cwd=where, env=env or environment(small=True), capture_output=True, check=False,
        timeout=2 * PATIENCE,
    )  # fmt: skip
