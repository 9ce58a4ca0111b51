"""Killed at any moment: nothing lost, nothing half-written, and the next run is right."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fault_runs import audited, committed, decided, ids, kills_itself, others_of, rulings, within
from hostile_runs import begin
from property_runs import DEEP

import audit.cache.disk
import audit.drawing
import koujing.streams

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked at in /proc")

MOMENTS = 100 if DEEP else 4


def names(root: Path) -> set[str]:
    return {p.relative_to(root).as_posix() for p in root.rglob("*") if ".git/" not in f"{p.as_posix()}/"}


def test_a_run_killed_at_any_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command in a process of its own, its report and its cache being written meanwhile."""
    root = committed(tmp_path / "repo", articles=30)
    monkeypatch.setenv("KOUJING_CACHE_DIR", str(tmp_path / "cache"))
    there = names(root)
    wanted = audited(root, "--no-cache", "--format", "json")
    command = [sys.executable, "-m", "koujing", "check", "--lang", "en", "--today", "2025-06-30", "--format", "json"]
    begun = time.monotonic()
    subprocess.run([*command, "--output", "json=report.json"], cwd=root, check=False, capture_output=True)
    whole = time.monotonic() - begun
    assert (root / "report.json").read_text("utf-8") == wanted.out
    chance = random.Random(None if DEEP else 7)
    for moment in range(MOMENTS):
        (root / "report.json").unlink(missing_ok=True)
        (root / "says.md").write_text(f"家庭共济可以跨省使用。\n\n第{moment}次。\n", encoding="utf-8")
        wanted = audited(root, "--no-cache", "--format", "json")
        process = subprocess.Popen(
            [*command, "--output", "json=report.json"], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.random() * whole)
        process.kill()
        process.wait()
        if (root / "report.json").exists():
            assert (root / "report.json").read_text("utf-8") == wanted.out
        left = names(root) - there - {"report.json"}
        assert all(Path(name).name.startswith(".report.json.") for name in left), left
        again = audited(root, "--format", "json")
        assert (again.code, again.out) == (wanted.code, wanted.out), moment


STEPS = [
    ("fsync", False), ("fsync", True), ("chmod", False), ("link", False), ("link", True), ("unlink", False),
    ("unlink", True),
]  # fmt: skip


@pytest.mark.parametrize(("step", "after"), STEPS, ids=lambda x: {True: "after", False: "before"}.get(x, x))
def test_a_new_ruling_killed_while_it_is_written_is_there_whole_or_not(tmp_path: Path, step: str, after: bool) -> None:
    root = committed(tmp_path / "repo")
    name = ids(root)[0]
    done = decided(root, name, before=lambda: kills_itself(os, step, after=after))
    assert done.code == -signal.SIGKILL
    left = rulings(root)
    assert list(left) in ([], [f"{name}.yaml"])
    assert bool(left) is ((step, after) in (("link", True), ("unlink", False), ("unlink", True)))
    now = audited(root)
    assert now.code == 1
    assert now.out.count("error[contradiction]") == (1 if left else 2)
    again = decided(root, name)
    assert again.code == (2 if left else 0)
    assert len(rulings(root)) == 1


@pytest.mark.parametrize(
    ("step", "after"), [("fsync", False), ("chmod", False), ("replace", False), ("replace", True)],
    ids=lambda x: {True: "after", False: "before"}.get(x, x),
)  # fmt: skip
def test_a_ruling_killed_while_it_is_replaced_is_the_old_or_the_new(tmp_path: Path, step: str, after: bool) -> None:
    root = committed(tmp_path / "repo")
    name = ids(root)[0]
    assert decided(root, name, "under-review", "--expires", "2099-01-01").code == 0
    old = rulings(root)
    done = decided(root, name, before=lambda: kills_itself(os, step, after=after))
    assert done.code == -signal.SIGKILL
    left = rulings(root)
    assert list(left) == list(old)
    if after:
        assert "verdict: both-stand" in left[f"{name}.yaml"]
    else:
        assert left == old
        assert decided(root, name).code == 0
    assert audited(root).out.count("error[contradiction]") == 1


@pytest.mark.parametrize("moment", ["_write", "_lay_out", "_evict", "flush"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_cache_killed_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, after: bool
) -> None:
    root = committed(tmp_path / "repo")
    monkeypatch.setenv("KOUJING_CACHE_DIR", str(tmp_path / "cache"))
    wanted = audited(root, "--no-cache")
    where = audit.cache.disk.Disk if moment == "flush" else audit.cache.disk
    done = audited(root, before=lambda: kills_itself(where, moment, after=after))
    assert done.code == -signal.SIGKILL
    for _ in range(2):
        again = audited(root)
        assert (again.code, again.out, again.err) == (wanted.code, wanted.out, "")


STATEMENTS = (
    "CREATE INDEX", "PRAGMA application_id =", "PRAGMA user_version =", "UPDATE entries", "DELETE FROM entries",
)  # fmt: skip


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_cache_killed_within_a_transaction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """Some of it is done and not committed yet: tables are made, or rows are in them."""
    root = committed(tmp_path / "repo")
    monkeypatch.setenv("KOUJING_CACHE_DIR", str(tmp_path / "cache"))
    wanted = audited(root, "--no-cache")

    class Dies(sqlite3.Connection):
        def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
            self._end_at(sql)
            return super().execute(sql, *args)

        def executemany(self, sql: str, *args: Any) -> sqlite3.Cursor:
            self._end_at(sql)
            return super().executemany(sql, *args)

        def _end_at(self, sql: str) -> None:
            if sql.lstrip().startswith(statement):
                os.kill(os.getpid(), signal.SIGKILL)

    real = sqlite3.connect
    done = audited(root, before=lambda: setattr(sqlite3, "connect", partial(real, factory=Dies)))
    assert done.code == -signal.SIGKILL
    for _ in range(2):
        again = audited(root)
        assert (again.code, again.out, again.err) == (wanted.code, wanted.out, "")


def test_a_report_killed_while_it_is_written_leaves_the_old_one(tmp_path: Path) -> None:
    root = committed(tmp_path / "repo")
    (root / "report.json").write_text("old", encoding="utf-8")
    done = audited(root, "--output", "json=report.json", before=lambda: kills_itself(os, "replace"))
    assert done.code == -signal.SIGKILL
    assert (root / "report.json").read_text("utf-8") == "old"
    assert audited(root).out == audited(root, "--no-cache").out


def slowly(seconds: float, mark: Path | None = None) -> None:
    """Every article takes so long, in this process and those that it forks; and even a few are read by several. The
    first that is read leaves a mark."""
    import multiprocessing

    import audit.workers

    multiprocessing.set_start_method("fork", force=True)
    real = audit.drawing.scan_file

    def slow(*args: object) -> object:
        if mark is not None:
            mark.touch()
        time.sleep(seconds)
        return real(*args)

    audit.drawing.scan_file = slow  # type: ignore[assignment]
    audit.workers.ALONE_BYTES = 0
    audit.workers.CHUNK_BYTES = 60


def test_workers_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    root = committed(tmp_path / "repo", articles=40)
    running = begin(root, "check", "--no-cache", "--jobs", "2", before=lambda: slowly(0.5))
    for _ in within(60):
        if len(others_of(running.pid)) >= 2:
            break
    assert len(others_of(running.pid)) >= 2
    assert running.end(signal.SIGKILL).code == -signal.SIGKILL
    for _ in within(30):
        if not others_of(running.pid):
            return
    left = others_of(running.pid)
    for process in left:
        os.kill(process, signal.SIGKILL)
    assert not left


def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    root = committed(tmp_path / "repo", articles=20)
    wanted = audited(root, "--no-cache", "--jobs", "1")
    args = ("check", "--lang", "en", "--today", "2025-06-30", "--no-cache", "--jobs", "2")
    running = begin(root, *args, before=lambda: slowly(0.1))
    for _ in within(60):
        if len(others_of(running.pid)) >= 2:
            os.kill(others_of(running.pid)[0], signal.SIGKILL)
            break
    done = running.end()
    assert done == wanted


@pytest.mark.parametrize("place", ["before", "after"])
def test_who_is_killed_holding_the_lock_lets_go_of_it(tmp_path: Path, place: str) -> None:
    import koujing.resolve.files

    root = committed(tmp_path / "repo")
    first, second = ids(root)
    kills = lambda: kills_itself(koujing.resolve.files, "_write", after=place == "after")  # noqa: E731
    assert decided(root, first, before=kills).code == -signal.SIGKILL
    assert decided(root, second, before=lambda: setattr(koujing.alone, "PATIENCE", 5.0)).code == 0
    assert f"{second}.yaml" in rulings(root)


def test_nothing_that_is_left_is_taken_for_an_article_or_a_ruling(tmp_path: Path) -> None:
    """What a killed run may leave beside a file has a hidden name."""
    root = committed(tmp_path / "repo")
    for place in (root / "says.md", root / "rulings" / "a.yaml"):


        def dies(place: Path = place) -> None:
            kills_itself(os, "replace")
            koujing.streams.write_file(place, "x")

        assert begin(root, "cache", before=dies).end().code == -signal.SIGKILL
    assert len([p for p in root.rglob(".*.*") if p.is_file() and ".git" not in p.parts]) == 2
    assert audited(root).out == audited(committed(tmp_path / "other")).out
