"""`koujing check --base REF` with real git: what it asks git for, what it leaves untouched, what it says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from conftest import ACROSS, FUND, WITHIN, Repo, Run, git, start

import koujing
from claims.errors import KoujingError

BOTH = FUND + "\n家庭共济目前不能跨省使用。\n"
CONFIG = "articles: [articles]\nfacts: {cross-province-national: off}\n"
OLD = {"koujing.yaml": CONFIG, "articles/across.md": ACROSS, "articles/fund.md": FUND}


def committed(root: Path, message: str = "one") -> Path:
    if not (root / ".git").exists():
        git(root, "init")
    git(root, "add", "-A")
    git(root, "commit", "--allow-empty", "-m", message)
    return root


def summary(result: Result) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(result.stdout)["summary"]
    return record


def everything(root: Path) -> dict[str, str]:
    """Every file below a folder, .git too, with the digest of its bytes."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(autouse=True)
def temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of its own, so that what is left behind shows."""
    place = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    return place


def test_what_is_new_blocks_and_what_was_there_does_not(repo: Repo, run: Run) -> None:
    committed(repo({**OLD, "articles/within.md": WITHIN}))
    result = run("check", "--base", "HEAD", "--format", "json")
    assert result.exit_code == 0
    assert summary(result)["hidden"] == 1
    assert run("check").exit_code == 1
    repo({"articles/fund.md": BOTH})
    result = run("check", "--base", "HEAD")
    assert result.exit_code == 1
    assert "articles/fund.md:8" in result.stdout


def test_the_merge_base_is_compared_with_not_the_tip(repo: Repo, run: Run) -> None:
    root = committed(repo(OLD))
    git(root, "checkout", "-b", "mine")
    repo({"articles/mine.md": "参保人每年四月收到一张通知单。\n"})
    committed(root, "two")
    git(root, "checkout", "main")
    repo({"articles/within.md": WITHIN})
    committed(root, "on main meanwhile")
    git(root, "checkout", "mine")
    result = run("check", "--base", "main", "--format", "json")
    assert result.exit_code == 0
    base = koujing.audit(base="main").change
    assert base is not None
    assert (base.resolved, base.left, base.uncommitted) == (0, 0, 0)


@pytest.mark.parametrize("ref", ["main", "v1", "HEAD", "HEAD~1", "HEAD^", "@", "main@{0}", "HASH", "SHORT"])
def test_any_name_of_a_commit_will_do(repo: Repo, run: Run, ref: str) -> None:
    root = committed(committed(repo(OLD)), "two")
    git(root, "tag", "-a", "v1", "-m", "v1")
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=True).stdout
    name = {"HASH": head.strip(), "SHORT": head[:8]}.get(ref, ref)
    assert run("check", "--base", name).exit_code == 0


def test_git_is_left_as_it_is(repo: Repo, run: Run, temporary: Path) -> None:
    root = committed(repo({**OLD, "articles/old.md": "甲说明\n\n" + WITHIN}))
    git(root, "config", "core.splitIndex", "true")
    hook = root / ".git" / "hooks" / "post-index-change"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ntouch ran\n", encoding="utf-8")
    hook.chmod(0o755)
    os.rename(root / "articles/old.md", root / "articles/new.md")
    repo({"articles/fund.md": BOTH, "articles/staged.md": WITHIN})
    git(root, "-c", "core.hooksPath=/dev/null", "add", "articles/staged.md")
    before = everything(root)
    assert run("check", "--base", "HEAD").exit_code == 1
    assert everything(root) == before
    assert list(temporary.iterdir()) == []


def test_it_works_inside_a_hook(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = committed(repo({**OLD, "articles/old.md": WITHIN}))
    os.rename(root / "articles/old.md", root / "articles/new.md")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next-index-1.lock")
    monkeypatch.setenv("GIT_PREFIX", "articles/")
    monkeypatch.chdir(root / "articles")
    assert run("check", "--base", "HEAD").exit_code == 0


def test_several_outputs(repo: Repo, run: Run) -> None:
    root = committed(repo(OLD))
    repo({"articles/fund.md": BOTH})
    outputs = ("--output", "json=../a.json", "--output", "text=../a.txt")
    result = run("check", "--base", "HEAD", *outputs, "--format", "jsonl")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert len(json.loads((root.parent / "a.json").read_text(encoding="utf-8"))["findings"]) == 1
    assert "articles/fund.md:8" in (root.parent / "a.txt").read_text(encoding="utf-8")


def test_the_public_function(repo: Repo) -> None:
    committed(repo(OLD))
    repo({"articles/fund.md": BOTH, "articles/extra.md": "  \n"})
    report = koujing.audit(base="HEAD")
    assert report.exit_code == 1
    assert report.change is not None
    assert (report.change.base, len(report.change.commit), report.change.uncommitted) == ("HEAD", 40, 2)
    (finding,) = report.findings
    assert report.blocks == {finding.id} == set(report.change.brought)
    ours = {c.id for side in finding.sides for c in side.claims}
    assert set(report.change.brought[finding.id]) == ours
    with pytest.raises(KoujingError, match="does not know"):
        koujing.audit(base="nowhere")


def test_nothing_is_left_behind_when_it_is_stopped(
    repo: Repo, run: Run, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(repo(OLD))
    repo({"articles/fund.md": BOTH})
    seen: list[Path] = []

    def stop(*_: object, **__: object) -> None:
        seen.extend(temporary.rglob("*.md"))
        raise KeyboardInterrupt

    monkeypatch.setattr("koujing.base._moved", stop)
    assert run("check", "--base", "HEAD", "--no-cache").exit_code == 130
    assert {path.name for path in seen} == {"fund.md"}, "what is the same is not laid out"
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_process_that_is_stopped_leaves_nothing_behind(
    repo: Repo, temporary: Path, number: signal.Signals, code: int, jobs: str
) -> None:
    """Stopped where the commit lies in a temporary folder and is being read; by then little of now was read."""
    many = {f"articles/{n}.md": f"{ACROSS}\n第{n}篇。" + "余额可以给父母买药。\n\n" * 100 for n in range(200)}
    root = committed(repo(many))
    for name in [*many][1:]:
        (root / name).unlink()
    command = [sys.executable, "-m", "koujing", "check", "--base", "HEAD", "--jobs", jobs]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        while process.poll() is None and not list(temporary.rglob("99.md")):
            time.sleep(0.01)
        assert process.poll() is None, "it was done before it could be stopped"
        process.send_signal(number)
        told = process.communicate(timeout=120)[1].decode()
    finally:
        process.kill()
    assert (process.returncode, told.strip()) == (code, "")
    assert list(temporary.iterdir()) == []


def test_unchanged_articles_are_read_once(
    repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from audit import drawing

    monkeypatch.setenv("KOUJING_CACHE_DIR", str(tmp_path / "cache"))

    committed(repo({**OLD, "own/x.yaml": "", "rulings/README.md": "x"}))
    repo({"articles/fund.md": BOTH, "koujing.yaml": CONFIG + "severity: {outdated: info}\n"})
    read: list[str] = []
    draw = drawing.draw

    def counting(article: Any, *rest: Any) -> Any:
        read.append(article.path)
        return draw(article, *rest)

    monkeypatch.setattr(drawing, "draw", counting)
    assert run("check", "--base", "HEAD").exit_code == 1
    assert sorted(read) == ["articles/across.md", "articles/fund.md", "articles/fund.md"]


@pytest.mark.parametrize("folder", ["rulings", "ruled"])
def test_notes_beside_rulings_are_no_articles_under_the_rules_of_then(repo: Repo, run: Run, folder: str) -> None:
    """Nor where the folder of rulings has another name now."""
    config = "articles: ['**/*.md']\nfacts: {cross-province-national: off}\n"
    committed(repo({"koujing.yaml": config, "a.md": ACROSS, "rulings/notes.md": WITHIN}))
    root = repo({"koujing.yaml": f"{config}rulings: {folder}\nstale_after_days: 500\n", f"{folder}/notes.md": WITHIN})
    if folder != "rulings":
        (root / "rulings/notes.md").unlink()
    assert summary(run("check", "--base", "HEAD", "--format", "json"))["change"]["loosened"] == []


@pytest.mark.skipif(os.name == "nt", reason="no such names, modes or cases of names there")
@pytest.mark.parametrize("quoted", ["true", "false"])
def test_names_and_changes_that_bring_nothing(repo: Repo, run: Run, quoted: str) -> None:
    """Names with spaces, line breaks, quotes and Chinese, renamed, in another case too; modes; line ends; a BOM."""
    before = ["a b.md", "line\nbreak.md", '"quoted".md', "共济.md", "Case.md", "mode.md", "ends.md", "bom.md", "t\t.md"]
    after = ["c d.md", "broken\nline.md", "'quoted'.md", "共济问答.md", "case.md", *before[5:8], "tt\t.md"]
    articles = {f"articles/{name}": f"{WITHIN}\n第{n}篇。\n" for n, name in enumerate(before)}
    root = committed(repo({**OLD, **articles}))
    git(root, "config", "core.quotePath", quoted)
    for old, new in zip(before, after, strict=True):
        (root / "articles" / old).rename(root / "articles" / new)
    (root / "articles/mode.md").chmod(0o755)
    ends, bom = root / "articles/ends.md", root / "articles/bom.md"
    ends.write_bytes(ends.read_bytes().replace(b"\n", b"\r\n"))
    bom.write_bytes("\ufeff".encode() + bom.read_bytes())
    for _ in ("not in the index", "staged"):
        result = run("check", "--base", "HEAD", "--format", "json")
        assert (result.exit_code, summary(result)["change"]["brought"]) == (0, {}), result.stdout
        assert summary(result)["change"]["left"] == 1
        git(root, "add", "-A")
    repo({"articles/新 的\n.md": WITHIN.replace("目前", "仍")})
    result = run("check", "--base", "HEAD", "--format", "json")
    [brought] = json.loads(result.stdout)["summary"]["change"]["brought"].values()
    assert (result.exit_code, len(brought)) == (1, 1)


@pytest.mark.parametrize("configured", [True, False])
def test_a_submodule_is_told_of(repo: Repo, run: Run, configured: bool) -> None:
    """What it held is not known; a submodule without articles is passed over in silence."""
    root = repo({"articles/across.md": ACROSS} | ({"koujing.yaml": CONFIG} if configured else {}))
    for name, content in (("guides", {"within.md": WITHIN}), ("theme", {"style.css": ""})):
        module = root.parent / name
        module.mkdir()
        for file, text in content.items():
            (module / file).write_text(text, encoding="utf-8")
        committed(module)
    git(root, "init")
    for name in ("guides", "theme"):
        git(root, "-c", "protocol.file.allow=always", "submodule", "add", f"../{name}", f"articles/{name}")
    committed(root)
    result = run("check", "--base", "HEAD", "--format", "json")
    record = json.loads(result.stdout)
    assert [(p["path"], p["code"], p["severity"]) for p in record["problems"]] == [
        ("articles/guides", "base-submodule", "warning")
    ]
    assert (result.exit_code, len(record["findings"])) == (1, 1)  # all that it says counts as new
    assert "articles/guides" in run("check", "--base", "HEAD").stdout


def test_a_domain_of_ones_own_is_the_commits(repo: Repo, run: Run) -> None:
    root = repo(OLD)
    assert run("domain", "init", "own").exit_code == 0
    with_own = "domains: [yibao, ./domains/own]\n" + CONFIG
    repo({"koujing.yaml": with_own, "articles/within.md": WITHIN})
    topics = root / "domains/own/topics.yaml"
    good = topics.read_text(encoding="utf-8")
    topics.write_text("topics: [", encoding="utf-8")
    committed(root)
    assert run("check", "--base", "HEAD").exit_code == 2  # it is still broken now
    topics.write_text(good, encoding="utf-8")
    result = run("check", "--base", "HEAD")
    assert result.exit_code == 0
    assert "warning[base-domain]" in result.stdout
    assert "domains/own/topics.yaml" in result.stdout
    committed(root, "mended")
    assert "base-domain" not in run("check", "--base", "HEAD").stdout
    repo({"koujing.yaml": CONFIG})
    report = koujing.audit(base="HEAD")
    assert report.change is not None
    assert (report.change.left, report.change.loosened) == (1, ())


# What is missing is said, with the command that mends it.


def told(result: Result, *phrases: str) -> None:
    assert result.exit_code == 2, result.stdout
    assert result.stdout == ""
    assert all(phrase in result.stderr for phrase in phrases), result.stderr


def test_no_repository(repo: Repo, run: Run) -> None:
    repo(OLD)
    told(run("check", "--base", "main"), "git init")
    told(run("check", "--base", "main", "--lang", "en"), "no git repository")


def test_no_commit(repo: Repo, run: Run) -> None:
    git(repo(OLD), "init")
    told(run("check", "--base", "HEAD"), "还没有任何提交", "git commit")


def test_no_git(repo: Repo) -> None:
    root = committed(repo(OLD))
    done = start("check", "--base", "HEAD", cwd=root, env={"PATH": str(root), "PYTHONPATH": os.pathsep.join(sys.path)})
    assert done.returncode == 2
    assert "没有安装 git" in done.stderr.decode()


@pytest.mark.parametrize("ref", ["mian", "--output=x", "-h", "", "main..HEAD", "HEAD:articles", "a b", "HEAD~7", ":/x"])
def test_a_ref_that_git_does_not_know(repo: Repo, run: Run, ref: str) -> None:
    root = committed(repo(OLD))
    before = everything(root)
    result = run("check", f"--base={ref}")
    told(result, "git 不认识", "main")
    if ref == "mian":
        assert "是不是想写 main？" in result.stderr
    assert everything(root) == before


@pytest.mark.parametrize(
    ("ref", "command"),
    [
        ("origin/main", "git fetch origin main:refs/remotes/origin/main"),
        ("release", "git fetch origin release:release"),
        ("0123456789abcdef", "git fetch origin 0123456789abcdef"),
    ],
)
def test_a_ref_that_was_not_fetched(repo: Repo, run: Run, ref: str, command: str) -> None:
    root = committed(repo(OLD))
    git(root, "remote", "add", "origin", "../elsewhere")
    told(run("check", "--base", ref), command)


def clone(root: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> Path:
    git(root.parent, "clone", *options, root.as_uri(), "clone")
    monkeypatch.chdir(root.parent / "clone")
    return root.parent / "clone"


def test_a_shallow_clone(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = committed(repo(OLD))
    git(root, "checkout", "-b", "mine")
    committed(committed(root, "two"), "three")
    git(root, "checkout", "main")
    committed(root, "meanwhile")
    clone(root, monkeypatch, "--depth", "1", "--branch", "mine", "--no-single-branch")
    told(run("check", "--base", "origin/main"), "git fetch --unshallow", "fetch-depth: 0")
    told(run("check", "--base", "HEAD~1"), "git fetch --unshallow", "fetch-depth: 0")
    assert run("check", "--base", "HEAD").exit_code == 0  # what is at hand suffices


def test_a_shallow_clone_of_one_branch_and_the_commands_that_mend_it(
    repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = committed(repo(OLD))
    git(root, "checkout", "-b", "mine")
    committed(root, "two")
    copy = clone(root, monkeypatch, "--depth", "1", "--branch", "mine")
    result = run("check", "--base", "origin/main")
    told(result, "git fetch --unshallow origin main:refs/remotes/origin/main")
    command = next(line for line in result.stderr.splitlines() if "git fetch" in line).split("git fetch ")[1]
    git(copy, "fetch", *command.split("；")[0].split())
    assert run("check", "--base", "origin/main").exit_code == 0


def test_no_common_history(repo: Repo, run: Run) -> None:
    root = committed(repo(OLD))
    git(root, "checkout", "--orphan", "apart")
    committed(root, "apart")
    told(run("check", "--base", "main"), "没有共同的历史")


def laid_out(run: Run, temporary: Path, monkeypatch: pytest.MonkeyPatch, *paths: str) -> set[str]:
    """The articles that are written to a temporary folder for a comparison, which comes to what it should."""
    from koujing import base

    seen: list[Path] = []
    moved = base._moved

    def looking(*args: Any) -> Any:
        seen.extend(temporary.rglob("*.md"))
        return moved(*args)

    monkeypatch.setattr("koujing.base._moved", looking)
    found = summary(run("check", "--base", "HEAD", "--format", "json", *paths))
    assert found["change"]["brought"], found
    return {path.name for path in seen}


@pytest.mark.parametrize("config", [CONFIG, "articles: [articles/across.md, articles/new.md]\n"])
def test_articles_that_are_the_same_are_not_laid_out(
    repo: Repo, run: Run, temporary: Path, monkeypatch: pytest.MonkeyPatch, config: str
) -> None:
    committed(repo({"articles/across.md": ACROSS, "articles/other.md": FUND, "koujing.yaml": config}))
    repo({"articles/new.md": WITHIN, "articles/other.md": FUND.replace("不能", "目前不能")})
    assert laid_out(run, temporary, monkeypatch) == {"other.md"}
    assert laid_out(run, temporary, monkeypatch, "articles/across.md", "articles/new.md") == {"other.md"}
    assert laid_out(run, temporary, monkeypatch, "articles") == {"other.md"}


def test_without_a_config_too(
    repo: Repo, run: Run, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(repo({"articles/across.md": ACROSS, "other.md": FUND}))
    repo({"articles/new.md": WITHIN})
    assert laid_out(run, temporary, monkeypatch) == set()
    assert laid_out(run, temporary, monkeypatch, "articles/across.md", "articles/new.md") == set()


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
def test_what_git_does_not_look_at_is_laid_out(
    repo: Repo, run: Run, temporary: Path, monkeypatch: pytest.MonkeyPatch, flag: str
) -> None:
    """Its index says that the file is the same, and it is not."""
    root = committed(repo({"articles/across.md": ACROSS, "articles/new.md": FUND, "koujing.yaml": CONFIG}))
    git(root, "update-index", flag, "articles/new.md")
    repo({"articles/new.md": WITHIN})
    assert laid_out(run, temporary, monkeypatch) == {"new.md"}


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_where_there_is_a_link_everything_is_laid_out(
    repo: Repo, run: Run, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repo({"articles/across.md": ACROSS, "koujing.yaml": CONFIG})
    (root / "articles" / "link.md").symlink_to("across.md")
    committed(root)
    repo({"articles/new.md": WITHIN})
    assert laid_out(run, temporary, monkeypatch) == {"across.md", "link.md"}
