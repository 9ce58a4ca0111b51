"""The other end of benchmarks/serving.py: processes that are asked to do one thing at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parent.parent


class Run(msgspec.Struct, frozen=True):
    """What one run took (a pass of it, the mean): CPU and wall seconds; and what it told of its result."""

    seconds: float
    wall: float
    passes: int
    told: Mapping[str, Any]


class WorkerError(Exception):
    """A process ended, or answered nothing that can be read."""


def environment() -> dict[str, str]:
    """For processes that are to find this checkout's modules, compiled once as those of an installed program are, with
    one order of sets."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}


class Worker:
    """A Python that serves, started with such arguments (`-m MODULE JOB`); a context manager."""

    def __init__(self, *arguments: str, python: Path | None = None) -> None:
        self._arguments = arguments
        self._process = subprocess.Popen(
            [str(python or sys.executable), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, encoding="utf-8", env=environment(), cwd=ROOT,
        )  # fmt: skip
        self.about: Mapping[str, Any] = self._answer()

    def run(self, name: str, part: int) -> Run:
        """Do what is called `name` with a part of the corpus. Raises WorkerError."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{name}\t{part}\n")
        self._process.stdin.flush()
        return msgspec.convert(self._answer(), Run)

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            code = self._process.wait()
            raise WorkerError(f"python {' '.join(self._arguments)} ended (exit code {code}); what it said is above")
        return json.loads(line)

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


def interleaved(
    contestants: Mapping[str, tuple[Worker, str]], parts: Sequence[int], warm_up: int
) -> dict[str, list[Run]]:
    """Let each contestant (a worker, and what it is to do) run once with each part, in turn, every other time from the
    last to the first; before that once with `warm_up`, which does not count."""
    for worker, what in contestants.values():
        worker.run(what, warm_up)
    runs: dict[str, list[Run]] = {name: [] for name in contestants}
    for number, part in enumerate(parts):
        order = list(contestants) if number % 2 == 0 else list(contestants)[::-1]
        for name in order:
            worker, what = contestants[name]
            runs[name].append(worker.run(what, part))
    return runs
