"""Small content repos in temporary folders, and the command run in them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from koujing.cli import main

ACROSS = "---\ntitle: 职工医保家庭共济指南\ndate: 2025-03-11\n---\n\n职工医保个人账户的家庭共济已经可以跨省使用。\n"
WITHIN = "---\ntitle: 家庭共济常见问题\ndate: 2025-04-02\n---\n\n家庭共济目前不能跨省使用。\n"
FUND = "---\ntitle: 家庭共济与统筹基金\ndate: 2025-04-02\n---\n\n统筹基金不能给家人共享。\n"

Repo = Callable[[Mapping[str, str | bytes]], Path]
Run = Callable[..., Result]


class SomeDay(date):
    """A clock that stands still, so that no test depends on when it is run."""

    @classmethod
    def today(cls) -> SomeDay:
        return cls(2025, 6, 30)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Write files below a fresh folder and make it the current one."""
    root = tmp_path / "repo"
    root.mkdir()
    monkeypatch.chdir(root)
    monkeypatch.setattr("koujing.today.date", SomeDay)

    def write(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return write


@pytest.fixture
def run() -> Run:
    """The command in this process; its error text is `result.stderr`."""

    def invoke(*args: str) -> Result:
        return CliRunner().invoke(main, list(args), catch_exceptions=False, prog_name="koujing")

    return invoke


def start(*args: str, cwd: Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, with just this environment."""
    kept = ("PATH", "PYTHONPATH", "SYSTEMROOT", "KOUJING_CACHE_DIR")
    clean = {k: os.environ[k] for k in kept if k in os.environ} | dict(env or {})
    command = [sys.executable, "-m", "koujing", *args]
    return subprocess.run(command, cwd=cwd, env=clean, capture_output=True, check=False, timeout=400)


def git(root: Path, *args: str, when: str = "2025-05-06T12:00:00+08:00") -> None:
    env = {**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull}
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *args], cwd=root, env=env, check=True, capture_output=True)
