"""A clock that is set back, or forth: what is kept from run to run is right whatever the clock says."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from fault_runs import committed
from hostile_runs import Ended, run

import koujing.today

YEAR = 365 * 24 * 60 * 60


def clock(seconds: float) -> Callable[[], None]:
    """From now on the clock of this process goes wrong by so many seconds."""

    def before() -> None:
        now = time.time
        time.time = lambda: now() + seconds

        class Day(date):
            @classmethod
            def today(cls) -> Day:
                found = date.fromtimestamp(now() + seconds)
                return cls(found.year, found.month, found.day)

        koujing.today.date = Day  # type: ignore[misc]

    return before


def long_ago(root: Path) -> Path:
    """Have all articles be from 2001: what was changed after a run began is not kept, and here that is to be."""
    for path in (root, *root.rglob("*")):
        os.utime(path, (10**9, 10**9))
    return root


def checked(root: Path, off: float, *args: str) -> Ended:
    return run(root, "check", "--lang", "en", "--format", "json", *args, before=clock(off))


@pytest.mark.parametrize("first", [0, YEAR, -YEAR * 20], ids=["now", "in a year", "long ago"])
@pytest.mark.parametrize("then", [0, -YEAR], ids=["now", "a year ago"])
def test_the_same_comes_out_whatever_the_clock_said_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int, then: int
) -> None:
    root = long_ago(committed(tmp_path / "repo"))
    monkeypatch.setenv("KOUJING_CACHE_DIR", str(tmp_path / "cache"))
    checked(root, first)
    for _ in range(2):
        assert checked(root, then)[:2] == checked(root, then, "--no-cache")[:2]
    assert checked(root, then).err == ""


def test_a_file_changed_while_the_clock_is_behind_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its time is older than that of the run before, or just the same; what counts is what is in it."""
    root = long_ago(committed(tmp_path / "repo"))
    monkeypatch.setenv("KOUJING_CACHE_DIR", str(tmp_path / "cache"))
    place = root / "denies.md"
    before = place.stat()
    assert checked(root, YEAR).out.count('"contradiction"') == checked(root, 0).out.count('"contradiction"')
    text = place.read_text("utf-8")
    place.write_text(text.replace("不能", "可以"), encoding="utf-8")
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    now = checked(root, -YEAR)
    assert now[:2] == checked(root, -YEAR, "--no-cache")[:2]
    place.write_text(text, encoding="utf-8")
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert checked(root, -YEAR)[:2] == checked(root, -YEAR, "--no-cache")[:2]
    assert checked(root, -YEAR).out != now.out


def test_the_day_of_a_run_without_git_is_the_clock_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept of a run in the future is not the answer of today."""
    from hostile_runs import write

    outlook = "---\ntitle: 展望\ndate: 2024-03-01\n---\n\n预计2024年底前全部省份实现家庭共济跨省使用。\n"
    root = long_ago(write(tmp_path / "repo", {"outlook.md": outlook}))
    monkeypatch.setenv("KOUJING_CACHE_DIR", str(tmp_path / "cache"))
    now = time.time()
    early = time.mktime((2024, 6, 1, 12, 0, 0, 0, 0, -1)) - now
    late = time.mktime((2025, 6, 1, 12, 0, 0, 0, 0, -1)) - now
    for off, found in ((late, True), (early, False), (late, True)):
        done = checked(root, off)
        assert ("expired-outlook" in done.out) is found
