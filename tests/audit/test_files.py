"""Discovery: which files are articles, the same on every system."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from audit import git, globs
from audit.files import Found, discover, would_read
from audit.names import is_about

Tree = Callable[..., Path]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Empty files below a fresh folder, which becomes the current one."""

    def grow(*names: str) -> Path:
        root = tmp_path / "root"
        for name in names:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name, encoding="utf-8")
        monkeypatch.chdir(root)
        return root

    return grow


def paths(found: Found) -> list[str]:
    return [f.path for f in found.files]


def codes(found: Found) -> list[tuple[str, str]]:
    return [(p.code, p.path) for p in found.problems]


def test_suffixes_and_order(tree: Tree) -> None:
    root = tree("b.md", "a.HTML", "B.txt", "sub/a.markdown", "x.htm", "no.py", "no.md.bak", "中文.md", "sub.md")
    assert paths(discover(root)) == ["B.txt", "a.HTML", "b.md", "sub.md", "sub/a.markdown", "x.htm", "中文.md"]


def test_left_out(tree: Tree) -> None:
    root = tree(
        "a.md", ".hidden.md", ".git2/b.md", "node_modules/c.md", "sub/node_modules/d.md", "README.md",
        "readme.zh-CN.md", "LICENSE.txt", "licence.md", "CHANGELOG.md", "sub/Readme.html", "readme-first.md",
        "license-renewal.md",
    )  # fmt: skip
    assert paths(discover(root)) == ["a.md", "license-renewal.md", "readme-first.md"]


@pytest.mark.parametrize("name", [".hidden.md", "README.md", ".drafts", "node_modules", "node_modules/c.md"])
def test_unless_named(tree: Tree, name: str) -> None:
    root = tree("a.md", ".hidden.md", "README.md", ".drafts/b.md", "node_modules/c.md")
    [one] = discover(root, [name]).files
    assert one.path.startswith(name)
    in_project = discover(root, [name], project=True)
    assert paths(in_project) == sorted(["a.md", one.path])
    assert [f.path for f in in_project.files if f.shown] == [one.path]


def test_about_files() -> None:
    assert is_about("README.md")
    assert is_about("Changelog.zh_CN.html")
    assert not is_about("readme-about-you.md")
    assert not is_about("README")


def test_a_project_compares_all_and_shows_some(tree: Tree) -> None:
    root = tree("a/x.md", "a/y.md", "b/z.md")
    found = discover(root, ["a"], project=True)
    assert [(f.path, f.shown) for f in found.files] == [("a/x.md", True), ("a/y.md", True), ("b/z.md", False)]
    assert all(f.shown for f in discover(root, project=True).files)
    assert paths(discover(root, ["a"])) == ["a/x.md", "a/y.md"]


def test_patterns_of_a_project(tree: Tree) -> None:
    root = tree("content/a.md", "content/drafts/b.md", "content/c.html", "docs/d.md", ".posts/e.md")
    assert paths(discover(root, project=True, patterns=["content", "!content/drafts"])) == [
        "content/a.md",
        "content/c.html",
    ]
    assert paths(discover(root, project=True, patterns=["**/*.md"])) == [
        "content/a.md",
        "content/drafts/b.md",
        "docs/d.md",
    ]
    assert paths(discover(root, project=True, patterns=[".posts/*.md"])) == [".posts/e.md"]
    empty = discover(root, project=True, patterns=["content", "nowhere/*.md"])
    assert codes(empty) == [("glob-empty", "nowhere/*.md")]
    outside = discover(root, ["docs/d.md"], project=True, patterns=["content/*.md"])
    assert [(f.path, f.shown) for f in outside.files] == [("content/a.md", False), ("docs/d.md", True)]


def test_the_rulings_folder_holds_no_articles(tree: Tree) -> None:
    root = tree("a.md", "rulings/why.md")
    assert paths(discover(root, project=True, leave_out=["rulings"])) == ["a.md"]


def test_order_and_repetition_of_paths_do_not_matter(tree: Tree) -> None:
    root = tree("a/x.md", "a/y.md", "b/z.md")
    wanted = discover(root, ["a", "b"])
    for order in (["b", "a"], ["./b/../b", "a/x.md", "a"], [str(root / "a"), "b/z.md"], ["."]):
        assert discover(root, order) == wanted


def test_paths_outside_the_root(tree: Tree, tmp_path: Path) -> None:
    root = tree("a.md")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "b.md").write_text("b", encoding="utf-8")
    assert paths(discover(root, ["../other", "a.md"])) == ["../other/b.md", "a.md"]
    found = discover(root, ["../other"], project=True)
    assert paths(found) == ["a.md"]
    assert codes(found) == [("outside", "../other")]


def test_what_cannot_be_an_article(tree: Tree) -> None:
    root = tree("a.md", "b.xlsx")
    found = discover(root, ["a.md", "b.xlsx", "gone.md"])
    assert codes(found) == [("not-an-article", "b.xlsx"), ("missing", "gone.md")]
    assert all(p.severity == "error" for p in found.problems)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
class TestLinks:
    def test_inside_the_tree_a_file_counts_once_under_its_own_name(self, tree: Tree) -> None:
        root = tree("z/real.md", "b.md")
        (root / "a.md").symlink_to("z/real.md")
        (root / "y").symlink_to("z")
        assert paths(discover(root)) == ["b.md", "z/real.md"]

    def test_a_link_to_what_is_left_out_is_followed(self, tree: Tree) -> None:
        root = tree("_src/.store/real.md")
        (root / "a.md").symlink_to("_src/.store/real.md")
        (root / "posts").symlink_to("_src/.store")
        assert paths(discover(root)) == ["a.md"]

    def test_out_of_the_tree_it_is_not(self, tree: Tree, tmp_path: Path) -> None:
        root = tree("b.md")
        (tmp_path / "secret.md").write_text("x", encoding="utf-8")
        (root / "a.md").symlink_to(tmp_path / "secret.md")
        (root / "up").symlink_to("..")
        found = discover(root)
        assert paths(found) == ["b.md"]
        assert codes(found) == [("link-outside", "a.md"), ("link-outside", "up")]
        named = discover(root, ["a.md"], project=True)
        assert ("outside", "a.md") in codes(named)

    def test_loops_end(self, tree: Tree) -> None:
        root = tree("a/x.md")
        (root / "a" / "again").symlink_to("..")
        (root / "b").symlink_to("a")
        (root / "self.md").symlink_to("self.md")
        found = discover(root)
        assert paths(found) == ["a/x.md"]
        assert [code for code, _ in codes(found)] == ["link-broken"]

    def test_a_broken_link_is_told(self, tree: Tree) -> None:
        root = tree("a.md")
        (root / "gone.md").symlink_to("nowhere.md")
        (root / "gone.bin").symlink_to("nowhere.bin")
        assert codes(discover(root)) == [("link-broken", "gone.md")]

    def test_a_pipe_is_not_read(self, tree: Tree) -> None:
        root = tree("a.md")
        os.mkfifo(root / "pipe.md")
        found = discover(root)
        assert paths(found) == ["a.md"]
        assert codes(found) == [("not-regular", "pipe.md")]

    def test_a_name_that_is_not_utf_8(self, tree: Tree) -> None:
        root = tree("a.md")
        try:
            (Path(os.fsdecode(os.fsencode(root) + b"/\xff.md"))).write_text("x", encoding="utf-8")
        except OSError:
            pytest.skip("the file system allows none")
        assert codes(discover(root)) == [("name-not-utf8", "\\xff.md")]

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
    def test_a_folder_that_cannot_be_opened(self, tree: Tree) -> None:
        root = tree("a.md", "shut/b.md")
        (root / "shut").chmod(0)
        assert codes(discover(root)) == [("unreadable-folder", "shut")]
        (root / "shut").chmod(0o700)


class TestGit:
    @pytest.fixture
    def repo(self, tree: Tree) -> Path:
        root = tree("a.md", "build/b.md", "sub/c.tmp.md", "sub/deep/d.md", "tracked/e.md", ".gitignore")
        (root / ".gitignore").write_text("build/\n*.tmp.md\ntracked/\n", encoding="utf-8")
        subprocess.run(["git", "init", "-q"], cwd=root, check=True)
        subprocess.run(["git", "add", "-f", "tracked/e.md"], cwd=root, check=True)
        return root

    def test_what_git_ignores_is_left_out(self, repo: Path) -> None:
        assert paths(discover(repo)) == ["a.md", "sub/deep/d.md", "tracked/e.md"]
        assert paths(discover(repo, ["sub"])) == ["sub/deep/d.md"]
        assert paths(discover(repo / "sub", here=repo / "sub")) == ["deep/d.md"]

    def test_unless_named(self, repo: Path) -> None:
        assert paths(discover(repo, ["build"])) == ["build/b.md"]
        assert paths(discover(repo, ["sub/c.tmp.md"])) == ["sub/c.tmp.md"]
        assert paths(discover(repo / "build", here=repo / "build")) == ["b.md"]

    def test_inside_a_hook(self, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GIT_DIR", ".git")
        monkeypatch.setenv("GIT_INDEX_FILE", ".git/other")
        assert paths(discover(repo / "sub", here=repo / "sub")) == ["deep/d.md"]

    def test_without_git(self, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        assert "build/b.md" in paths(discover(repo))

    def test_git_that_refuses_is_told(self, repo: Path) -> None:
        (repo / ".git" / "config").write_text("[broken\n", encoding="utf-8")
        found = discover(repo)
        assert "build/b.md" in paths(found)
        assert [(p.code, p.severity) for p in found.problems] == [("git", "warning")]

    def test_the_date_of_the_commit(self, repo: Path) -> None:
        assert git.head_date(repo) is None
        when = "2024-03-04T23:30:00+08:00"
        env = {**os.environ, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
        who = ["-c", "user.name=t", "-c", "user.email=t@e.org"]
        subprocess.run(["git", *who, "commit", "-qm", "x"], cwd=repo, env=env, check=True)
        assert git.head_date(repo / "sub") == "2024-03-04"

    def test_no_report_where_articles_are(self, repo: Path) -> None:
        assert would_read(repo / "report.txt", repo)
        assert would_read(repo / "sub" / "new.md", repo)
        assert not would_read(repo / "report.json", repo)
        assert not would_read(repo / "build" / "report.txt", repo)
        assert not would_read(repo / ".out" / "report.txt", repo)
        assert not would_read(repo / "README.md", repo)
        assert would_read(repo / "README.md", repo, [repo / "README.md"])
        assert not would_read(repo / "report.txt", repo, [repo / "sub"])
        assert not would_read(repo / "report.txt", repo, project=True, patterns=["sub/**"])
        assert would_read(repo / "sub" / "r.txt", repo, project=True, patterns=["sub/**"])
        assert not would_read(repo.parent / "r.txt", repo, project=True)


GLOBS: list[tuple[str, str, bool]] = [
    ("content", "content/a.md", True),
    ("content/", "content/x/a.md", True),
    ("content", "contents/a.md", False),
    ("content/a.md", "content/a.md", True),
    ("./content/*.md", "content/a.md", True),
    ("content/*.md", "content/x/a.md", False),
    ("content/**/*.md", "content/a.md", True),
    ("content/**/*.md", "content/x/y/a.md", True),
    ("content/**/*.md", "other/content/a.md", False),
    ("**/*.md", "a.md", True),
    ("**", "x/a.md", True),
    ("content/**", "content/x/a.md", True),
    ("**/drafts/**", "x/drafts/y/a.md", True),
    ("**/drafts", "x/drafts/a.md", True),
    ("20[0-9][0-9]/*", "2025/a.md", True),
    ("20[!0-9]*/*", "2025/a.md", False),
    ("a?.md", "ab.md", True),
    ("a?.md", "a/.md", False),
    ("a.md", "aXmd", False),
    ("[", "[", True),
    ("中文*/**", "中文篇/甲.md", True),
]


@pytest.mark.parametrize(("glob", "path", "wanted"), GLOBS)
def test_globs(glob: str, path: str, wanted: bool) -> None:
    assert globs.matches(path, [glob]) is wanted


def test_globs_that_take_out_win_in_any_order() -> None:
    assert not globs.matches("a/b.md", ["!a/b.md", "a"])
    assert not globs.matches("a/b.md", ["a", "!a/b.md"])
    assert globs.matches("a/c.md", ["a", "!a/b.md"])
