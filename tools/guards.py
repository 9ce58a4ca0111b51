"""Guards taken out, one at a time, and whether a test notices each (docs/testing.md).

    python -m tools.guards [WORD …]

Each row of the tables of docs/security.md has a guard or several. tests/guards.yaml says where each stands, what stands
there without it, and which tests must fail then: these are run in a copy of the checkout in which it is so. Words are
parts of a row, of a file's or of a test's name.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import yaml

ROOT = Path(__file__).parents[1]
LISTED = ROOT / "tests" / "guards.yaml"
TABLES = ("`koujing serve`", "Hostile input", "Faults")

PATIENCE = 45.0
"""Seconds that tests are given, besides four times what they take with everything in its place: who waits for ever for
a pipe is noticed by then."""

ORDINARY = "tests/hostile/test_hostile_characters.py::test_gb18030_alone_is_read"
"""What must work without any of the guards, or more than a guard was taken out."""


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`take` stands in a file just once."""

    file: str
    take: str
    put: str


class Guard(Change, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One guard of a row, which is named by how it begins, and the tests that must fail without it, each. `and_`: what
    else does the same, and goes with it."""

    row: str
    tests: tuple[str, ...]
    and_: tuple[Change, ...] = msgspec.field(default=(), name="and")

    @property
    def changes(self) -> tuple[Change, ...]:
        return (Change(self.file, self.take, self.put), *self.and_)


def rows(text: str) -> list[str]:
    """The first cells of the tables, in order."""
    found = []
    for section in text.split("\n## ")[1:]:
        if section.startswith(TABLES):
            found += [line.split(" | ")[0].removeprefix("| ") for line in re.findall(r"^\|.*", section, re.M)[2:]]
    return found


def guards() -> list[Guard]:
    return msgspec.convert(yaml.safe_load(LISTED.read_text("utf-8")), list[Guard])


def without(change: Change, root: Path) -> str:
    """A file's text, changed. Raises ValueError where there is nothing to take out, or it stands there twice."""
    text = (root / change.file).read_text("utf-8")
    if text.count(change.take) != 1:
        raise ValueError(f"{change.file}: this stands there {text.count(change.take)} times: {change.take}")
    return text.replace(change.take, change.put)


class Run(NamedTuple):
    """What became of tests, by their names (passed, failed, skipped), and in how many seconds."""

    cases: dict[str, tuple[str, float]]
    code: int
    said: str

    def of(self, test: str) -> dict[str, float]:
        """What became of a test, or of those that it stands for, and how long that took."""
        found = [case for name, case in self.cases.items() if name == test or name.startswith(f"{test}[")]
        return {how: sum(s for other, s in found if other == how) for how, _ in found}


class Copy:
    """A copy of the checkout, in which tests are run by this interpreter. Whatever they start finds the copy first."""

    def __init__(self, root: Path) -> None:
        self.root = root
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
        for name in listed.stdout.split("\0"):
            if name and (ROOT / name).is_file():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, root / name, follow_symlinks=False)
        # Compiled code is known by what was compiled, not by its age: files here change back within a second.
        self.env = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
        compiles = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "."]
        subprocess.run(compiles, cwd=root, check=True)
        asks = [sys.executable, "-c", "import koujing, claims, audit; print(koujing, claims, audit)"]
        found = subprocess.run(asks, cwd="/", env=self.env, check=True, capture_output=True, text=True).stdout
        assert found.count(str(root)) == 3, found

    def tests(self, names: Sequence[str], patience: float | None = None) -> Run | None:
        """What becomes of tests; None where they do not end."""
        result = self.root / "result.xml"
        result.unlink(missing_ok=True)
        command = [sys.executable, "-m", "pytest", *names, f"--junitxml={result}", "-p", "no:cacheprovider"]
        with tempfile.TemporaryFile() as out:
            process = subprocess.Popen(command, cwd=self.root, env=self.env, stdout=out, stderr=out)
            try:
                code = process.wait(patience)
            except subprocess.TimeoutExpired:
                _end(process.pid)
                process.wait()
                return None
            out.seek(0)
            said = out.read().decode("utf-8", "replace")
        cases = {}
        for case in ET.parse(result).iter("testcase") if result.exists() else ():
            how = {child.tag for child in case}
            became = "failed" if how & {"failure", "error"} else "skipped" if "skipped" in how else "passed"
            name = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"
            cases[name] = became, float(case.get("time", 0))
        return Run(cases, code, said)

    def try_(self, guard: Guard, whole: Run) -> tuple[str, str]:
        """What comes of taking a guard out, and who notices. Of tests that are skipped here nothing is asked."""
        tests = [test for test in guard.tests if set(whole.of(test)) != {"skipped"}]
        if not tests:
            return "skipped", "its tests cannot be run here"
        seconds = sum(sum(whole.of(test).values()) for test in (*tests, ORDINARY))
        before = {c.file: (self.root / c.file).read_bytes() for c in guard.changes}
        try:
            for change in guard.changes:
                (self.root / change.file).write_text(without(change, self.root), encoding="utf-8")
            run = self.tests([*tests, ORDINARY], PATIENCE + 4 * seconds)
        finally:
            for file, data in before.items():
                (self.root / file).write_bytes(data)
        if run is None:
            return "noticed", "they do not end: " + ", ".join(tests)
        if run.code not in (0, 1) or set(run.of(ORDINARY)) != {"passed"}:
            return "NOT NOTICED", f"nothing works any more\n{run.said}"
        unmoved = [test for test in tests if "failed" not in run.of(test)]
        return ("NOT NOTICED", "passed: " + ", ".join(unmoved)) if unmoved else ("noticed", ", ".join(tests))


def _end(pid: int) -> None:
    """Kill a process and those that it has started, which may be in sessions of their own."""
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(place.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            _end(int(place.parent.name))
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.guards")
    parser.add_argument("words", nargs="*", metavar="WORD")
    words = parser.parse_args().words
    wanted = [g for g in guards() if not words or any(word in f"{g.row} {g.file} {g.tests}" for word in words)]
    names = list(dict.fromkeys(test for guard in wanted for test in guard.tests))
    with tempfile.TemporaryDirectory(prefix="koujing-guards-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)  # tests are other users, too
        copy = Copy(Path(folder).resolve())
        whole = copy.tests([*names, ORDINARY])
        if whole is None or whole.code:
            sys.exit(f"with everything in its place tests fail:\n{whole.said if whole else ''}")
        counts = Counter[str]()
        for guard in wanted:
            begun = time.monotonic()
            how, why = copy.try_(guard, whole)
            counts[how] += 1
            print(f"{how:11} {time.monotonic() - begun:5.1f} s  {guard.row}: {guard.file} ({why})", flush=True)
            if how == "NOT NOTICED":
                print("".join(f"    - {c.take}\n    + {c.put}\n" for c in guard.changes), flush=True)
    print(f"\n{len(wanted)} guards: " + ", ".join(f"{n} {how}" for how, n in counts.items()))
    return int(counts["NOT NOTICED"] > 0)


if __name__ == "__main__":
    sys.exit(main())
