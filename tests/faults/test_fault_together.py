"""Several at once: each is right, no decision is lost, whoever could not write says so."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fault_runs import WHY, audited, committed, decided, ids, rulings, within
from hostile_runs import begin
from property_runs import DEEP

import audit.cache.disk
import koujing.resolve.files
import koujing.rulings.files

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the processes of these tests are forked")


def test_runs_at_once_with_one_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command in processes of their own, on a cache that none has made yet."""
    root = committed(tmp_path / "repo", articles=20)
    monkeypatch.setenv("KOUJING_CACHE_DIR", str(tmp_path / "cache"))
    wanted = audited(root, "--no-cache", "--format", "json")
    command = [sys.executable, "-m", "koujing", "check", "--lang", "en", "--today", "2025-06-30", "--format", "json"]
    running = [
        subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(8 if DEEP else 2)
    ]
    for one in running:
        out, err = one.communicate(timeout=900)
        assert (one.returncode, out.decode(), err.decode()) == (wanted.code, wanted.out, "")
    again = audited(root, "--format", "json")
    assert (again.code, again.out, again.err) == (wanted.code, wanted.out, "")


WRITES = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
print("begun", flush=True)
sys.stdin.readline()
db.execute("ROLLBACK")
"""


def test_a_run_waits_for_another_that_writes_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is to write, too, while the other has begun and not ended."""
    root = committed(tmp_path / "repo")
    monkeypatch.setenv("KOUJING_CACHE_DIR", str(tmp_path / "cache"))
    audited(root)
    (root / "more" / "new.md").write_text("家庭共济可以跨省使用。\n", encoding="utf-8")
    wanted, mark, real = audited(root, "--no-cache"), tmp_path / "writes", audit.cache.disk._write

    def marked(db: sqlite3.Connection, *rows: Any) -> None:
        mark.touch()
        real(db, *rows)

    [file] = (tmp_path / "cache").rglob(audit.cache.disk.NAME)
    other = subprocess.Popen(
        [sys.executable, "-c", WRITES, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    other.stdout.readline()
    running = begin(
        root, "check", "--lang", "en", "--today", "2025-06-30",
        before=lambda: setattr(audit.cache.disk, "_write", marked),
    )  # fmt: skip
    for _ in within(60):
        if mark.exists():
            break
    time.sleep(0.5)
    other.communicate("\n", timeout=60)
    assert running.end() == wanted


def lingers(module: object, name: str, seconds: float = 0.5) -> Callable[[], None]:
    """What is done before a run, so that after a function of it another has time to come between."""

    def before() -> None:
        real = getattr(module, name)

        def slow(*args: object, **named: object) -> object:
            result = real(*args, **named)
            time.sleep(seconds)
            return result

        setattr(module, name, slow)

    return before


def resolve(name: str, verdict: str, reason: str) -> list[str]:
    more = ["--expires", "2099-01-01"] if verdict == "under-review" else []
    return ["resolve", name, "--verdict", verdict, "--reason", reason, *WHY[2:], "--lang", "en", "--jobs", "1", *more]


def test_of_two_that_replace_one_ruling_one_is_told(tmp_path: Path) -> None:
    """Both have read the ruling that says `under-review`, and both find that it is still as it was."""
    root = committed(tmp_path / "repo")
    name = ids(root)[0]
    assert decided(root, name, "under-review", "--expires", "2099-01-01").code == 0
    slow = lingers(koujing.resolve.files, "_check")
    both = [begin(root, *resolve(name, "both-stand", reason), before=slow) for reason in ("甲的理由", "乙的理由")]
    done = [one.end() for one in both]
    assert sorted(one.code for one in done) == [0, 2]
    won, lost = sorted(zip(done, ("甲的理由", "乙的理由"), strict=True), key=lambda pair: pair[0].code)
    assert won[1] in rulings(root)[f"{name}.yaml"]
    assert lost[1] not in rulings(root)[f"{name}.yaml"]
    assert lost[0].refuses(f"rulings/{name}.yaml")


def test_of_two_that_decide_one_finding_one_is_told(tmp_path: Path) -> None:
    root = committed(tmp_path / "repo")
    name = ids(root)[0]
    slow = lingers(koujing.resolve.files, "beside")
    both = [begin(root, *resolve(name, "both-stand", reason), before=slow) for reason in ("甲的理由", "乙的理由")]
    done = [one.end() for one in both]
    assert sorted(one.code for one in done) == [0, 2]
    [text] = rulings(root).values()
    assert "甲的理由" in text if done[0].code == 0 else "乙的理由" in text


def test_of_many_that_decide_other_findings_none_is_lost(tmp_path: Path) -> None:
    root = committed(tmp_path / "repo")
    names = ids(root)
    slow = lingers(koujing.resolve.files, "_write", 0.2)
    running = [begin(root, *resolve(name, "both-stand", "某"), before=slow) for name in names]
    assert [one.end().code for one in running] == [0] * len(names)
    assert list(rulings(root)) == [f"{name}.yaml" for name in names]
    assert audited(root).code == 0


def test_who_prunes_and_who_decides_take_turns(tmp_path: Path) -> None:
    """`rulings --prune` has read an expired ruling; `resolve` puts a decision in its place meanwhile."""
    root = committed(tmp_path / "repo")
    name = ids(root)[0]
    assert decided(root, name, "under-review", "--expires", "2099-01-01").code == 0
    prunes = begin(
        root, "rulings", "--prune", name, "--today", "2100-01-01", "--lang", "en",
        before=lingers(koujing.rulings.files, "_same", 1.0),
    )  # fmt: skip
    decides = begin(root, *resolve(name, "both-stand", "决定"), before=lingers(koujing.resolve.files, "_check", 0.1))
    codes = prunes.end().code, decides.end().code
    if codes[1] == 0:
        assert "决定" in rulings(root)[f"{name}.yaml"]
    assert 0 in codes


def test_who_waits_too_long_says_so(tmp_path: Path) -> None:
    import fcntl
    import os

    root = committed(tmp_path / "repo")
    held = os.open(root, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    done = decided(root, ids(root)[0], before=lambda: setattr(koujing.alone, "PATIENCE", 0.3))
    os.close(held)
    assert done.refuses("another koujing goes on and on writing rulings here")
    assert rulings(root) == {}
