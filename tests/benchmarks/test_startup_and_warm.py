"""The benchmarks of start-up and of warm runs measure what they say, on a few articles."""

from __future__ import annotations

from pathlib import Path

from benchmarks import startup, warm


def test_start_up(tmp_path: Path) -> None:
    rows, checks = startup.measured(tmp_path, 1)
    assert [len(row.ratios) for row in rows] == [1, 1, 1]
    assert all(row.ratio > 0 for row in rows)
    assert all(check.holds for check in checks)


def test_warm_runs(tmp_path: Path) -> None:
    rows, checks = warm.measured(tmp_path, 1, articles=6, pull=12)
    assert [len(row.ratios) for row in rows] == [1, 1, 1]
    assert all(check.holds for check in checks), checks
