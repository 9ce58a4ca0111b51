"""The cache as a user meets it: nothing but time depends on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ACROSS, FUND, WITHIN, Repo, Run, git, start

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("KOUJING_CACHE_DIR", str(folder))
    return folder


PAIR = {"across.md": ACROSS, "within.md": WITHIN, "fund.md": FUND}


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "command",
    [
        ("check", "--today", "2025-06-30", "--format", "json", "--coverage", "--possible"),
        ("check", "--today", "2035-06-30"),
        ("check", "--base", "HEAD~1", "--today", "2025-06-30"),
        ("claims", "--format", "jsonl"),
        ("claims", "--untyped"),
    ],
    ids=" ".join,
)
def test_the_same_bytes_with_it_and_without(tmp_path: Path, cache: Path, command: tuple[str, ...]) -> None:
    root = tmp_path / "repo"
    shutil.copytree(EXAMPLES, root)
    git(root, "init", ".")
    git(root, "add", ".")
    git(root, "commit", "-m", "one")
    (root / "articles" / "new.md").write_text(WITHIN, encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "-m", "two", when="2025-05-07T12:00:00+08:00")

    def told(*more: str) -> tuple[int, bytes, bytes]:
        done = start(*command, *more, cwd=root)
        return done.returncode, done.stdout, done.stderr

    without = told("--no-cache")
    assert not cache.exists()
    assert told() == without, "cold"
    assert (cache / "koujing-1" / "cache.sqlite").is_file()
    assert told() == without, "warm"
    assert told("--jobs", "1") == told("--jobs", "2") == without
    (cache / "koujing-1" / "cache.sqlite").write_bytes(b"broken" * 1000)
    code, out, err = told()
    assert (code, out) == without[:2]
    assert "已重新建立" in err.decode()
    assert told() == without, "made anew"


def test_today_is_another_day_and_nothing_is_read_again(
    repo: Repo, run: Run, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlook = "---\ntitle: 展望\ndate: 2024-03-01\n---\n\n预计2024年底前全部省份实现家庭共济跨省使用。\n"
    repo({**PAIR, "outlook.md": outlook})
    before = run("check", "--today", "2024-06-30").stdout
    monkeypatch.setattr("audit.drawing.draw", None)
    assert run("check", "--today", "2024-06-30").stdout == before
    after = run("check", "--today", "2025-06-30").stdout
    assert "expired-outlook" in after
    assert "expired-outlook" not in before


def test_what_is_changed_is_read_again(repo: Repo, run: Run, cache: Path) -> None:
    root = repo(PAIR)
    assert run("check").exit_code == 1
    (root / "within.md").write_text(WITHIN.replace("目前不能", "目前可以"), encoding="utf-8")
    assert run("check").exit_code == 0
    (root / "within.md").write_text(WITHIN, encoding="utf-8")
    assert run("check").exit_code == 1


def test_where_it_is_and_how_large(repo: Repo, run: Run, cache: Path) -> None:
    repo(PAIR)
    assert run("cache").stdout == f"缓存文件夹：{cache.as_posix()}/koujing-1\n大小：0.0 MB，0 项\n"
    run("check")
    told = run("cache", "--lang", "en").stdout
    assert told.startswith(f"cache folder: {cache.as_posix()}/koujing-1\nsize: ")
    assert "0 entries" not in told
    assert run("cache", "--clear").stdout == f"已清空缓存：{cache.as_posix()}/koujing-1\n"
    assert "0 项" in run("cache").stdout


def test_it_is_never_in_the_content_repo(repo: Repo, run: Run, cache: Path) -> None:
    root = repo(PAIR)
    run("check")
    assert files(root) == sorted(PAIR)


def test_a_place_that_cannot_be_one(repo: Repo, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo(PAIR)
    without = run("check", "--no-cache")
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("KOUJING_CACHE_DIR", str(tmp_path / "file"))
    done = run("check")
    assert (done.exit_code, done.stdout) == (without.exit_code, without.stdout)
    assert done.stderr.startswith("note: 不能读写缓存文件夹")
    done = run("check", "--lang", "en")
    assert done.stderr.startswith("note: the cache folder")
    assert run("cache", "--clear").exit_code == 2


def test_without_a_home(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    repo(PAIR)
    for name in ("KOUJING_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    done = run("check")
    assert done.exit_code == 1
    assert done.stderr.startswith("note: 没有用户文件夹可以放缓存")
