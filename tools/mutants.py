"""Mutation testing (docs/testing.md): small mistakes are put into the code, one at a time; a test should notice each.

    python -m tools.mutants [--again] [--jobs N] [PART-OF-A-FILE-NAME …]

The mistakes are those of mutmut (pyproject.toml, `[tool.mutmut]`, says in which files and for which tests). Running them is done
here: the tests are collected once; each mutant is a fork of that process in which the code of one function is exchanged, and
which runs the tests that reach the changed statement, those that noticed its neighbours first, up to the first that fails.
"""

from __future__ import annotations

import __future__

import argparse
import ast
import gc
import hashlib
import importlib
import inspect
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
from typing import Any, NamedTuple

import coverage
import libcst as cst
import pytest
import yaml
from hypothesis import Phase, settings
from mutmut.configuration import config
from mutmut.mutation.file_mutation import create_mutations, deep_replace

LEAST = 90.0
"""The score, in percent, below which the exit code is 1."""

RESULTS = Path("build/mutants.json")
EQUIVALENT = Path("tests/equivalent_mutants.yaml")

PATIENCE = 1.5
"""The CPU seconds of tests that one mutant is given, the quickest first."""

NO_CODE = "no code"


class Mutant(NamedTuple):
    """A function with one change. `was` and `now`: the lines that differ; `lines`: of the statement that is changed."""

    file: str
    function: str
    was: str
    now: str
    lines: range
    code: str

    @property
    def key(self) -> str:
        return json.dumps([self.file, self.function, self.was, self.now, hash_of(self.code)], ensure_ascii=False)


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def files(wanted: list[str]) -> list[str]:
    """The files that are mutated, of those whose names hold a part that is wanted."""
    found = {str(p) for pattern in config().only_mutate for p in Path().glob(pattern) if p.suffix == ".py"}
    return sorted(f for f in found if not wanted or any(w in f for w in wanted))


def mutants_of(file: str) -> Iterator[Mutant]:
    text = Path(file).read_text(encoding="utf-8")
    module, mutations, _, _ = create_mutations(file, text)
    classes = {f: c.name.value for c in module.body if isinstance(c, cst.ClassDef) for f in c.body.body}
    places = {
        (c.name if isinstance(c, ast.ClassDef) else None, f.name): f
        for c in ast.parse(text).body
        for f in (c.body if isinstance(c, ast.ClassDef) else (c,))
        if isinstance(f, ast.FunctionDef)
    }
    for mutation in mutations:
        function = mutation.contained_by_top_level_function
        if not isinstance(function, cst.FunctionDef):
            continue
        plain, owner = function.with_changes(leading_lines=[]), classes.get(function)
        before = module.code_for_node(plain)
        after = module.code_for_node(deep_replace(plain, mutation.original_node, mutation.mutated_node))
        old, new = before.splitlines(), after.splitlines()
        same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
        tail = 0
        while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
            tail += 1
        was, now = (" ".join(s.strip() for s in side[same : len(side) - tail]) for side in (old, new))
        node = places[owner, function.name.value]
        first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
        name = f"{owner}.{function.name.value}" if owner else function.name.value
        yield Mutant(file, name, was, now, _statement(node, first + same), after)


def _statement(function: ast.FunctionDef, line: int) -> range:
    """The lines of the innermost statement of a function at a line; of one that holds others, its head."""
    within = [s for s in ast.walk(function) if isinstance(s, ast.stmt) and s.lineno <= line <= (s.end_lineno or 0)]
    found = max(within, key=lambda s: s.lineno, default=function)
    below = [s.lineno for s in ast.iter_child_nodes(found) if isinstance(s, ast.stmt)]
    if found is function or not below:
        return range(found.lineno, (found.end_lineno or found.lineno) + 1)
    return range(found.lineno, max(found.lineno + 1, min(below)))


def exchange(mutant: Mutant) -> None:
    """Let the mutated function run in this process wherever the true one is known."""
    module = importlib.import_module(mutant.file.removesuffix(".py").replace("/", "."))
    owner, _, name = mutant.function.rpartition(".")
    place = getattr(module, owner) if owner else module
    space = dict(vars(module))
    exec(compile(mutant.code, mutant.file, "exec", __future__.annotations.compiler_flag, True), space)
    true, false = (
        inspect.unwrap(f.__func__ if isinstance(f, staticmethod | classmethod) else f)
        for f in (vars(place)[name], space[name])
    )
    true.__code__, true.__defaults__, true.__kwdefaults__ = false.__code__, false.__defaults__, false.__kwdefaults__


class Runner:
    """A pytest plugin that, of what was collected, runs other than all of it once."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.status = 1
        self.reached: dict[tuple[str, int], set[str]] = {}
        self.seconds: dict[str, float] = {}
        self.killers: dict[str, Counter[str]] = defaultdict(Counter)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        phases = (Phase.explicit, Phase.generate)  # what fails need not be made smaller
        settings.register_profile("mutants", parent=settings.default, phases=phases)
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        gc.collect()
        gc.freeze()
        self.items = {item.nodeid: item for item in session.items}
        self.reached, self.seconds = self._in_child(session, self._trace)[1]
        self.status = report(self._all(session))
        return True

    def _trace(self, session: pytest.Session) -> tuple[dict[tuple[str, int], set[str]], dict[str, float]]:
        """Which tests reach a line, and the CPU seconds of each. Without a mutant all pass."""
        seconds = {}
        cover = coverage.Coverage(data_file=None, config_file=False, include=files([]))
        cover.start()
        for item, following in itertools.pairwise([*session.items, None]):
            cover.switch_context(item.nodeid)
            before = time.process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            seconds[item.nodeid] = time.process_time() - before
            if session.testsfailed:
                raise SystemExit(f"{item.nodeid} fails before anything is changed")
        cover.stop()
        data, here = cover.get_data(), f"{Path.cwd()}/"
        return {
            (path.removeprefix(here), line): set(names) - {""}
            for path in data.measured_files()
            for line, names in data.contexts_by_lineno(path).items()
        }, seconds

    def _in_child(self, session: pytest.Session, task: Callable[[pytest.Session], Any]) -> tuple[int, Any]:
        pid, pipe = self._fork(session, task)
        with os.fdopen(pipe, "rb") as file:
            said = file.read()
        return os.waitpid(pid, 0)[1], pickle.loads(said)

    def _fork(self, session: pytest.Session, task: Callable[[pytest.Session], Any]) -> tuple[int, int]:
        """A process in which the task is done, and the pipe that its result comes through."""
        mine, its = os.pipe()
        pid = os.fork()
        if pid:
            os.close(its)
            return pid, mine
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        if task != self._trace:
            os.dup2(quiet, 2)
        try:
            said = pickle.dumps(task(session))
            with os.fdopen(its, "wb") as file:
                file.write(said)
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
        finally:
            os._exit(0)

    def _try(self, session: pytest.Session, mutant: Mutant, tests: list[str]) -> str | None:
        """The test that notices a mutant; NO_CODE where there is nothing to notice."""
        limit = math.ceil(1 + 3 * sum(self.seconds[t] for t in tests))
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        try:
            exchange(mutant)
        except Exception:
            return NO_CODE
        for item, following in itertools.pairwise([*(self.items[name] for name in tests), None]):
            try:
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            except BaseException:
                return item.nodeid
            if session.testsfailed:
                return item.nodeid
        return None

    def _all(self, session: pytest.Session) -> dict[str, list[Any]]:
        """What came of each mutant, by its key: how it ended, file, function, line, was, now, how many tests ran."""
        old = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
        results: dict[str, list[Any]] = {}
        running: dict[int, tuple[int, Mutant, list[str]]] = {}
        started = time.monotonic()
        for file in files(self.options.files):
            for mutant in mutants_of(file):
                if self.options.again and old.get(mutant.key, ["survived"])[0] != "survived":
                    results[mutant.key] = old[mutant.key]
                    continue
                tests = self._tests(mutant)
                if tests:
                    while len(running) >= self.options.jobs:
                        self._collect(running, results)
                    pid, pipe = self._fork(session, lambda s, m=mutant, t=tests: self._try(s, m, t))  # type: ignore[misc]
                    running[pid] = pipe, mutant, tests
                else:
                    results[mutant.key] = _row("no test", mutant, 0)
            while running:
                self._collect(running, results)
            kept = {key: row for key, row in old.items() if row[1] not in {r[1] for r in results.values()}}
            RESULTS.parent.mkdir(exist_ok=True)
            RESULTS.write_text(json.dumps(kept | results, ensure_ascii=False, indent=0), encoding="utf-8")
            print(f"{len(results):6} mutants, {time.monotonic() - started:5.0f} s: {file}", flush=True)
        return results

    def _tests(self, mutant: Mutant) -> list[str]:
        names = set[str]().union(*(self.reached.get((mutant.file, line), ()) for line in mutant.lines))
        killers = self.killers[mutant.file + mutant.function]
        ordered = sorted(names, key=lambda name: (-killers[name], self.seconds[name]))
        spent = itertools.accumulate(self.seconds[name] for name in ordered)
        return [name for name, seconds in zip(ordered, spent, strict=True) if seconds <= PATIENCE or name == ordered[0]]

    def _collect(self, running: dict[int, tuple[int, Mutant, list[str]]], results: dict[str, list[Any]]) -> None:
        pid, status = os.wait()
        pipe, mutant, tests = running.pop(pid)
        with os.fdopen(pipe, "rb") as file:
            said = file.read()
        if not said:
            results[mutant.key] = _row("timeout" if os.WIFSIGNALED(status) else "killed", mutant, len(tests))
            return
        killer = pickle.loads(said)
        self.killers[mutant.file + mutant.function][killer] += 1
        ended = "no code" if killer == NO_CODE else "killed" if killer else "survived"
        results[mutant.key] = _row(ended, mutant, len(tests))


def _row(ended: str, mutant: Mutant, tests: int) -> list[Any]:
    return [ended, mutant.file, mutant.function, mutant.lines[0], mutant.was, mutant.now, tests]


def report(results: dict[str, list[Any]]) -> int:
    """Print the score of each file and of all; 1 where that is too low, or an equivalent one is none."""
    listed = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8")) if EQUIVALENT.exists() else []
    equivalent = {(e["file"], e["function"], e["was"], e["now"]) for e in listed}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for ended, file, function, line, was, now, tests in sorted(results.values(), key=lambda row: (row[1], row[3])):
        same = (file, function, was, now) in equivalent
        if same and ended in ("killed", "timeout"):
            print(f"{EQUIVALENT}: a test notices this one: {file} {function}: {was} -> {now}")
        lives = ended in ("survived", "no test")
        if ended == "no code":
            continue
        kind = "equivalent" if same and lives else "lives" if lives else "killed"
        for name in (file, "all"):
            counts[name][kind] += 1
        if kind == "lives":
            print(f"{file}:{line} {function} ({ended}, {tests} tests)\n    - {was}\n    + {now}")
    print(f"\n{'score':>7} {'mutants':>8} {'killed':>7} {'equivalent':>11} {'survived':>9}")
    score = 100.0
    for name, count in sorted(counts.items(), key=lambda item: (item[0] == "all", item[0])):
        score = 100 * count["killed"] / max(1, count["killed"] + count["lives"])
        print(f"{score:6.1f}% {count.total():8} {count['killed']:7} {count['equivalent']:11} {count['lives']:9}  {name}")
    return int(score < LEAST)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.mutants")
    parser.add_argument("--again", action="store_true", help="try only what survived the last time, or is new")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("files", nargs="*", metavar="PART-OF-A-FILE-NAME")
    options = parser.parse_args()
    tests = [str(p) for pattern in config().pytest_add_cli_args_test_selection for p in sorted(Path().glob(pattern))]
    plain = ["--capture=no", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist", "--assert=plain"]
    runner = Runner(options)
    pytest.main([*plain, *tests], plugins=[runner])
    return runner.status


if __name__ == "__main__":
    sys.exit(main())
