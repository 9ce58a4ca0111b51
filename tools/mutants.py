"""Mutation testing (docs/testing.md): small mistakes are put into the code, one at a time; a test should notice each.

    python -m tools.mutants [--again] [--jobs N] [PART-OF-A-FILE-NAME …]

The mistakes are those of mutmut; pyproject.toml, `[tool.mutmut]`, says in which files and for which tests. The running
is done here: tests are collected once; each mutant is a fork of that process in which the code of one function is
exchanged. It runs the tests that reach the changed statement, those that noticed its neighbours first, up to the first
that fails.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import math
import os
import pickle
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest
import yaml
from hypothesis import Phase, settings
from mutmut.configuration import config

from tools.mutating import Mutant, exchange, files, mutants_of

LEAST = 90.0  # the score, in percent, below which the exit code is 1
PATIENCE = 3.0  # the CPU seconds of tests that one mutant is given, the quickest first
RESULTS = Path("build/mutants.json")
EQUIVALENT = Path("tests/equivalent_mutants.yaml")
NO_CODE = "no code"


class Runner:
    """A pytest plugin that runs what was collected as often as there are mutants, each time in another process."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options, self.status = options, 1
        self.killers: dict[str, Counter[str | None]] = defaultdict(Counter)
        self.running: dict[int, tuple[int, Mutant]] = {}
        self.results: dict[str, list[Any]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        phases = (Phase.explicit, Phase.generate)  # what fails need not be made smaller
        settings.register_profile("mutants", parent=settings.default, phases=phases)
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        gc.freeze()
        self.session, self.items = session, {item.nodeid: item for item in session.items}
        pid, pipe = self._fork(self._trace)
        self.reached, self.seconds = pickle.loads(_read(pipe))
        os.waitpid(pid, 0)
        old = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
        for file in files(self.options.files):
            for mutant in mutants_of(file):
                key = mutant.key
                if self.options.again and old.get(key, ["survived"])[0] in ("killed", "timeout"):
                    self.results[key] = old[key]
                elif tests := self._tests(mutant):
                    while len(self.running) >= self.options.jobs:
                        self._collect()
                    pid, pipe = self._fork(lambda m=mutant, t=tests: self._try(m, t))  # type: ignore[misc]
                    self.running[pid] = pipe, mutant
                self.results.setdefault(key, ["no test", *mutant[:4], mutant.lines[0]])
            while self.running:
                self._collect()
            kept = {key: row for key, row in old.items() if row[1] not in {r[1] for r in self.results.values()}}
            RESULTS.parent.mkdir(parents=True, exist_ok=True)
            RESULTS.write_text(json.dumps(kept | self.results, ensure_ascii=False, indent=0), encoding="utf-8")
            print(f"{len(self.results):6} mutants after {file}", file=sys.stderr, flush=True)
        self.status = report(list(self.results.values()))
        return True

    def _run(self, tests: list[str]) -> Iterator[str]:
        """Run tests, one at a time; their names, until one fails."""
        for item, following in itertools.pairwise([*(self.items[name] for name in tests), None]):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.session.testsfailed:
                return
            yield item.nodeid

    def _trace(self) -> tuple[dict[tuple[str, int], set[str]], dict[str, float]]:
        """Which tests reach a line, and the CPU seconds of each. Without a mutant all pass."""
        cover = coverage.Coverage(data_file=None, config_file=False, include=files([]))
        cover.start()
        seconds: dict[str, float] = {}
        names, before = list(self.items), time.process_time()
        cover.switch_context(names[0])
        for name, following in zip(self._run(names), [*names[1:], ""], strict=False):
            seconds[name], before = time.process_time() - before, time.process_time()
            cover.switch_context(following)
        cover.stop()
        assert len(seconds) == len(names), f"{names[len(seconds)]} fails before anything is changed"
        data, root = cover.get_data(), f"{Path.cwd()}/"
        lines = [(path, data.contexts_by_lineno(path)) for path in data.measured_files()]
        return {(p.removeprefix(root), n): {*tests} - {""} for p, by in lines for n, tests in by.items()}, seconds

    def _tests(self, mutant: Mutant) -> list[str]:
        names = set[str]().union(*(self.reached.get((mutant.file, line), ()) for line in mutant.lines))
        killers = self.killers[mutant.file + mutant.function]
        ordered = sorted(names, key=lambda name: (-killers[name], self.seconds[name]))
        spent = itertools.accumulate(self.seconds[name] for name in ordered)
        return [name for name, so_far in zip(ordered, spent, strict=True) if so_far <= PATIENCE or name == ordered[0]]

    def _try(self, mutant: Mutant, tests: list[str]) -> str | None:
        """The test that notices a mutant."""
        limit = math.ceil(1 + 3 * sum(self.seconds[name] for name in tests))
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        try:
            exchange(mutant)
        except Exception:
            return NO_CODE
        passed = sum(1 for _ in self._run(tests))
        return tests[passed] if passed < len(tests) else None

    def _fork(self, task: Callable[[], Any]) -> tuple[int, int]:
        """A process in which a task is done, and the pipe that its result comes through."""
        mine, its = os.pipe()
        if pid := os.fork():
            os.close(its)
            return pid, mine
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.write(its, pickle.dumps(task()))
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
        finally:
            os._exit(0)

    def _collect(self) -> None:
        pid, status = os.wait()
        pipe, mutant = self.running.pop(pid)
        said = _read(pipe)
        killer = pickle.loads(said) if said else "it is killed by what it does"
        self.killers[mutant.file + mutant.function][killer] += 1
        ended = NO_CODE if killer == NO_CODE else "timeout" if status else "killed" if killer else "survived"
        self.results[mutant.key][0] = ended


def _read(pipe: int) -> bytes:
    with os.fdopen(pipe, "rb") as file:
        return file.read()


def report(rows: list[list[Any]]) -> int:
    """Print what survived, and the score of each file and of all; 1 where that is too low."""
    listed = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8"))
    equivalent = {(e["file"], e["function"], e["was"], e["now"]) for e in listed}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for ended, file, function, was, now, line in sorted(rows, key=lambda row: (row[1], row[-1])):
        lives = ended in ("survived", "no test")
        kind = "equivalent" if lives and (file, function, was, now) in equivalent else "lives" if lives else "killed"
        for name in (file, "all"):
            counts[name][kind] += ended != NO_CODE
        if kind == "lives":
            print(f"{file}:{line} {function} ({ended})\n    - {was}\n    + {now}")
        elif not lives and (file, function, was, now) in equivalent:
            print(f"{EQUIVALENT}: a test notices this one: {file} {function}: {was} -> {now}")
    print(f"\n{'score':>7} {'mutants':>8} {'killed':>7} {'equivalent':>11} {'survived':>9}")
    score = 0.0
    for name, count in sorted(counts.items(), key=lambda item: (item[0] == "all", item[0])):
        score = 100 * count["killed"] / max(1, count["killed"] + count["lives"])
        columns = f"{count.total():8} {count['killed']:7} {count['equivalent']:11} {count['lives']:9}"
        print(f"{score:6.1f}% {columns}  {name}")
    return int(score < LEAST)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.mutants")
    parser.add_argument("--again", action="store_true", help="try only what survived the last time, or is new")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("files", nargs="*", metavar="PART-OF-A-FILE-NAME")
    runner = Runner(parser.parse_args())
    tests = [str(p) for pattern in config().pytest_add_cli_args_test_selection for p in sorted(Path().glob(pattern))]
    plain = ["--capture=no", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist", "--assert=plain"]
    pytest.main([*plain, *tests], plugins=[runner])
    return runner.status


if __name__ == "__main__":
    sys.exit(main())
