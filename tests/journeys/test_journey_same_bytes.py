"""The same bytes out: in any locale, for any number of processes, hash seed and order of arguments."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from conftest import ACROSS, FUND, WITHIN, Repo, Run, start


@pytest.fixture
def corpus(repo: Repo) -> Path:
    """Enough to be worth several processes."""
    padding = "参保人可以在手机上查询。" * 450
    files: dict[str, str | bytes] = {
        f"{folder}/{i:02}.md": f"{text}\n{padding}\n"
        for folder, text in (("across", ACROSS), ("within", WITHIN), ("fund", FUND))
        for i in range(9)
    }
    return repo({**files, "bad.md": b"\xff\xfe\0", "empty.md": "", "中文 名.md": WITHIN})


def test_any_locale_seed_and_number_of_processes(corpus: Path) -> None:
    from audit.workers import ALONE_BYTES

    assert sum(p.stat().st_size for p in corpus.rglob("*.md")) > ALONE_BYTES
    runs = [
        start("check", "--jobs", jobs, "--today", "2025-06-01", cwd=corpus, env=env)
        for jobs, env in [
            ("1", {"PYTHONHASHSEED": "0"}),
            ("2", {"PYTHONHASHSEED": "1", "LC_ALL": "C", "LANG": "C"}),
            ("3", {"PYTHONHASHSEED": "2", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
            ("2", {"LANG": "C.UTF-8", "LANGUAGE": "en", "TZ": "America/Los_Angeles", "COLUMNS": "40"}),
        ]
    ]
    assert {done.returncode for done in runs} == {2}
    assert len({done.stdout for done in runs}) == 1
    assert {done.stderr for done in runs} == {b""}
    text = runs[0].stdout.decode("utf-8")
    assert "结论：检查未能完成" in text
    assert "\r" not in text


def test_json_too(corpus: Path) -> None:
    runs = [
        start("check", "--format", "json", "--jobs", jobs, "--today", "2025-06-01", cwd=corpus, env=env)
        for jobs, env in [("1", {"PYTHONHASHSEED": "3"}), ("2", {"PYTHONHASHSEED": "4", "LC_ALL": "C"})]
    ]
    assert len({done.stdout for done in runs}) == 1


def test_any_order_of_paths(repo: Repo, run: Run) -> None:
    repo({"a/x.md": ACROSS, "b/y.md": WITHIN, "c/z.md": FUND})
    orders = [("a", "b", "c"), ("c", "b", "a"), ("b/y.md", "a", "c", "./a/x.md"), (".",)]
    outputs = {run("check", "--today", "2025-06-01", *paths).stdout for paths in orders}
    assert len(outputs) == 1


def test_the_folder_it_is_run_from_and_how_it_is_named_do_not_matter(
    repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repo({"a/x.md": ACROSS, "b/y.md": WITHIN, "koujing.yaml": "today: 2025-06-01\n"})
    outputs = [run("check", "a").stdout, run("check", str(root / "a")).stdout]
    monkeypatch.chdir(root / "b")
    outputs.append(run("check", "../a").stdout)
    assert len(set(outputs)) == 1


def test_a_worker_that_dies_costs_one_article(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "win32" or sys.version_info >= (3, 14):
        pytest.skip("needs workers that are forked")
    import audit.drawing as drawing
    from audit.corpus import scan
    from audit.files import discover

    real = drawing.draw

    def deadly(article: object, *more: object) -> object:
        if getattr(article, "path", "") == "within/04.md":
            os._exit(9)
        return real(article, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(drawing, "draw", deadly)
    found = scan(discover(corpus).files, ["yibao"], jobs=2)
    assert [p.path for p in found.problems if p.code == "killed"] == ["within/04.md"]
    assert len({c.path for c in found.claims}) == 9 * 3 - 1 + 1
