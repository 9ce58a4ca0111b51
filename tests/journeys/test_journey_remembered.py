"""A run of which nothing is different is remembered; whatever its reports depend on makes another run of it."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import ACROSS, FUND, WITHIN, Repo, Run

CONFIG = "articles: ['**/*.md']\nfacts: {cross-province-national: off}\n"
FILES = {"koujing.yaml": CONFIG, "across.md": ACROSS, "within.md": WITHIN, "fund.md": FUND}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Fills with a line for every audit that is made rather than remembered."""
    from koujing import auditing

    monkeypatch.setenv("KOUJING_CACHE_DIR", str(tmp_path / "cache"))
    seen: list[str] = []
    really = auditing.made

    def counting(*args: Any) -> Any:
        seen.append("made")
        return really(*args)

    monkeypatch.setattr(auditing, "made", counting)
    return seen


def old(root: Path) -> Path:
    """Files as of an hour ago: a run keeps nothing of what is changed while it runs."""
    for path in root.rglob("*"):
        os.utime(path, (time.time() - 3600, time.time() - 3600))
    return root


def test_the_second_time_nothing_is_made(repo: Repo, run: Run, made: list[str]) -> None:
    root = old(repo(FILES))
    first = run("check", "--format", "json", "--output", "sarif=one.sarif")
    assert made == ["made"]
    again = run("check", "--format", "json", "--output", "sarif=two.sarif")
    assert made == ["made"]
    assert (again.stdout, again.stderr, again.exit_code) == (first.stdout, first.stderr, first.exit_code)
    assert (root / "one.sarif").read_bytes() == (root / "two.sarif").read_bytes()
    assert run("check", "--format", "json", "--output", "sarif=one.sarif", "--no-cache").stdout == first.stdout
    assert len(made) == 2


@pytest.mark.parametrize(
    "options",
    [
        ("--lang", "en"), ("--today", "2026-01-01"), ("--possible",), ("--coverage",), ("--fail-on", "never"),
        ("--format", "json"), ("within.md",), ("--output", "csv=x.csv"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_other_options_make_another_run(repo: Repo, run: Run, made: list[str], options: tuple[str, ...]) -> None:
    old(repo(FILES))
    run("check")
    other = run("check", *options)
    assert len(made) == 2
    assert run("check", *options).stdout == other.stdout
    assert len(made) == 2


RULING = "verdict: both-stand\nfinding: {}\nreason: 两篇说的是两回事\nby: 张编辑\non: 2025-06-01\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("within.md", WITHIN.replace("目前", "现在")),
        ("new.md", WITHIN.replace("常见", "其他")),
        ("koujing.yaml", CONFIG + "severity: {possible: off}\n"),
        ("rulings/one.yaml", RULING.format("KSM4R25")),
        ("fund.md", None),
    ],
)
def test_other_files_make_another_run(repo: Repo, run: Run, made: list[str], name: str, text: str | None) -> None:
    root = old(repo(FILES))
    run("check")
    if text is None:
        (root / name).unlink()
    else:
        repo({name: text})
    old(root)
    run("check")
    assert len(made) == 2


def test_what_is_changed_while_it_runs_is_not_remembered(repo: Repo, run: Run, made: list[str]) -> None:
    root = old(repo(FILES))
    (root / "fund.md").touch()
    run("check")
    run("check")
    assert len(made) == 2


def test_what_the_program_fails_on_is_tried_again(
    repo: Repo, run: Run, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old(repo(FILES))
    with monkeypatch.context() as broken:
        broken.setattr("audit.drawing.draw", None)
        assert run("check").exit_code == 2
    assert run("check").exit_code == 1
    assert len(made) == 2
