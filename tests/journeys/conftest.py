"""Small content repos in temporary folders, and the command run in them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sample_articles import ACROSS, FUND, WITHIN
from serving import FILES, Served, put
from starting import start

from koujing.cli import main

__all__ = ["ACROSS", "FUND", "WITHIN", "start"]

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


def git(root: Path, *args: str, when: str = "2025-05-06T12:00:00+08:00") -> None:
    env = {**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull}
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *args], cwd=root, env=env, check=True, capture_output=True)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """For what writes nothing."""
    one = Served(put(tmp_path_factory.mktemp("serve"), FILES))
    one.form()
    yield one
    assert one.stop() == (0, "Stopped.\n", "")
    assert not (one.root / "rulings").exists()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """For what writes."""
    all_: list[Served] = []

    def one(files: Mapping[str, str] = FILES, *args: str, **more: str) -> Served:
        all_.append(Served(put(tmp_path, files), *args, **more))
        return all_[-1]

    yield one
    for server in all_:
        code, _, err = server.stop()
        assert (code, "Traceback" in err) == (0, False), err


@pytest.fixture(scope="module")
def attack(served: Any) -> Iterator[Any]:
    """A server with an editor at work: a form that has been looked at, and wants only to be written."""
    form = served.form()
    served.ready = {**form, "seen": served.post("/preview", form)[1]["seen"]}
    yield served
    assert served.ask("/")[0] == 200
    assert not (served.root / "rulings").exists()
    # It would have been written: what was refused was refused for what was wrong with it.
    assert served.post("/preview", form)[1]["seen"] == served.ready["seen"]
