"""A content team's week: an old corpus with conflicts, a pull request that brings one more, the editor's rulings, and
what becomes of these later. Real git with a remote, the installed command, in CI the step that `koujing init` wrote.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import git

import koujing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pty, no bash")

PAGE = "---\ntitle: {}\ndate: {}\n---\n\n# {}\n\n{}\n"
WORKFLOW = ".github/workflows/koujing.yml"
EDITOR, WRITER = "李编辑", "小周"


def page(title: str, day: str, text: str) -> str:
    return PAGE.format(title, day, title, text)


YUEYANG = page("岳阳居民医保住院", "2025-02-10", "岳阳市居民医保参保人在三级医院住院，起付线是1200元。")
YUEYANG_OLD = page("岳阳住院门槛费", "2025-04-10", "岳阳市居民医保参保人在三级医院住院，起付线为1500元。")
HENGYANG = page("衡阳居民医保住院", "2025-01-20", "衡阳市居民医保参保人在二级医院住院，起付线是600元。")
HENGYANG_OLD = page("衡阳住院门槛费", "2025-04-01", "衡阳市居民医保参保人在二级医院住院，起付线为700元。")
ZHUZHOU = page("株洲职工医保住院", "2025-03-11", "株洲市职工医保参保人在三级医院住院，报销比例85%。")
OLD = {
    "yueyang": YUEYANG, "yueyang-old": YUEYANG_OLD, "hengyang": HENGYANG, "hengyang-old": HENGYANG_OLD,
    "zhuzhou": ZHUZHOU,
}  # fmt: skip
NEW = page("株洲住院能报多少", "2025-04-20", "株洲市职工医保参保人在三级医院住院，报销比例为90%。")
SOME = page("什么是个人账户", "2025-05-01", "职工医保有个人账户，每个月都有钱划进来。")
LATE = page("岳阳三级医院的门槛", "2025-07-04", "在岳阳市三级医院住院，居民医保的起付线已经是1500元。")


def installed(tmp_path: Path) -> Path:
    """A folder with the installed command. Where what is installed is another tree than the one under test, a command
    that runs this one."""
    script = Path(sys.executable).with_name("koujing")
    around = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    asked = [sys.executable, "-c", "import koujing; print(koujing.__file__)"]
    found = subprocess.run(asked, cwd=tmp_path, env=around, capture_output=True, text=True, check=False)
    if script.exists() and found.stdout.strip() == koujing.__file__:
        return script.parent
    folder = tmp_path / "bin"
    folder.mkdir()
    tree = Path(koujing.__file__).parents[1]
    code = f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(tree))} exec {shlex.quote(sys.executable)} -m koujing "$@"\n'
    (folder / "koujing").write_text(code, encoding="utf-8")
    (folder / "koujing").chmod(0o755)
    return folder


class Team:
    """A remote, and the clone in which the team works."""

    def __init__(self, tmp_path: Path) -> None:
        self.tmp_path, self.root = tmp_path, tmp_path / "articles-repo"
        path = os.pathsep.join([str(installed(tmp_path)), os.environ["PATH"]])
        cache = os.environ["KOUJING_CACHE_DIR"]
        self.env = {
            "PATH": path, "LC_ALL": "C.UTF-8", "TERM": "dumb", "GIT_CONFIG_GLOBAL": os.devnull,
            "KOUJING_CACHE_DIR": cache,
        }  # fmt: skip
        git(tmp_path, "init", "--bare", "-b", "main", "origin.git")
        git(tmp_path, "clone", "origin.git", "articles-repo")
        git(self.root, "checkout", "-B", "main")
        self.sign(WRITER)

    def sign(self, name: str) -> None:
        git(self.root, "config", "user.name", name)

    def write(self, name: str, text: str) -> None:
        (self.root / "articles").mkdir(exist_ok=True)
        (self.root / f"articles/{name}.md").write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / f"articles/{name}.md"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def branch(self, name: str) -> None:
        git(self.root, "checkout", "-b", name, "main")

    def push(self, message: str, day: str) -> None:
        branch = subprocess.run(
            ["git", "branch", "--show-current"], cwd=self.root, capture_output=True, text=True, check=True
        ).stdout.strip()
        git(self.root, "add", "-A")
        git(self.root, "commit", "-m", message, when=f"{day}T10:00:00+08:00")
        git(self.root, "push", "-u", "origin", branch)

    def merge(self, branch: str, day: str) -> None:
        git(self.root, "checkout", "main")
        git(self.root, "merge", "--no-ff", "-m", f"merge {branch}", branch, when=f"{day}T18:00:00+08:00")
        git(self.root, "push", "origin", "main")

    def koujing(self, *args: str, said: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["koujing", *args], cwd=self.root, env=self.env, input=said or "", capture_output=True, text=True,
            encoding="utf-8", check=False, timeout=300,
        )  # fmt: skip

    def ci(self, branch: str) -> CI:
        """The pull request's run: a fresh clone, and the step of the workflow that audits the change."""
        copy = self.tmp_path / f"ci-{len(list(self.tmp_path.iterdir()))}"
        git(self.tmp_path, "clone", "-b", branch, "origin.git", copy.name)
        steps = yaml.safe_load((copy / WORKFLOW).read_text(encoding="utf-8"))["jobs"]["koujing"]["steps"]
        (step,) = (s for s in steps if "pull_request'" in s.get("if", "") and "==" in s["if"])
        env = self.env | {"BASE": "origin/main", "RUNNER_TEMP": str(copy.parent)}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(
            command, cwd=copy, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
            check=False, timeout=300,
        )  # fmt: skip
        return CI(done, (copy.parent / "koujing.md").read_text(encoding="utf-8"))

    def at_terminal(self, command: list[str], answer: str) -> tuple[int, str]:
        """A command at a pseudo-terminal, answered when it asks."""
        import pty

        ours, theirs = pty.openpty()
        process = subprocess.Popen(command, cwd=self.root, env=self.env, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        seen = b""
        while b"[y/n]" not in seen:
            piece = os.read(ours, 65536)
            assert piece, seen.decode()
            seen += piece
        os.write(ours, answer.encode() + b"\n")
        try:
            while piece := os.read(ours, 65536):
                seen += piece
        except OSError:  # Linux tells the end so
            pass
        code = process.wait(timeout=60)
        os.close(ours)
        return code, seen.decode("utf-8")


class CI:
    """What a run in CI came to: its exit code, its annotations, the report of its summary."""

    def __init__(self, done: subprocess.CompletedProcess[str], report: str) -> None:
        assert done.stderr == ""
        self.code, self.report = done.returncode, report
        self.annotations = [line for line in done.stdout.splitlines() if line.startswith("::error")]

    def counts(self) -> tuple[int, int, int]:
        """How many findings the change brings, resolves and leaves as they were."""
        found = re.search(r"本次改动带来 (\d+) 个问题，解决 (\d+) 个，原有的 (\d+) 个没有变", self.report)
        assert found, self.report
        return int(found[1]), int(found[2]), int(found[3])


def test_a_week(tmp_path: Path) -> None:
    team = Team(tmp_path)
    old = monday(team)
    new = tuesday(team)
    wednesday(team, old["岳阳"], new)
    thursday(team)
    friday(team, old["岳阳"])
    the_sentence_changes(team, new)
    the_article_goes(team, new)


def findings(team: Team) -> list[dict[str, Any]]:
    import json

    found: list[dict[str, Any]] = json.loads(team.koujing("check", "--format", "json").stdout)["findings"]
    return found


def monday(team: Team) -> dict[str, str]:
    """Set up; the first audit finds two old conflicts; the team adopts the check all the same, for only what a change
    brings blocks a pull request. Gives the ids of the conflicts by city."""
    for name, text in OLD.items():
        team.write(name, text)
    team.push("articles", "2025-06-29")
    done = team.koujing("init", "--ci", "github")
    assert (done.returncode, done.stderr) == (0, "")
    first = team.koujing("check")
    assert first.returncode == 1
    conflicts = findings(team)
    assert [f["code"] for f in conflicts] == ["contradiction", "contradiction"]
    assert all(f["id"] in first.stdout for f in conflicts)
    ids = {city: f["id"] for f in conflicts for city in ("岳阳", "衡阳") if city in str(f["sides"])}
    team.push("koujing", "2025-06-30")
    team.branch("account")
    team.write("account", SOME)
    team.push("an article on something else", "2025-06-30")
    run = team.ci("account")
    assert (run.code, run.annotations, run.counts()) == (0, [], (0, 0, 2))
    team.merge("account", "2025-06-30")
    return ids


def tuesday(team: Team) -> str:
    """A pull request against an article that it does not touch. Gives the id."""
    team.branch("zhuzhou")
    team.write("zhuzhou-retired", NEW)
    team.push("an article on Zhuzhou", "2025-07-01")
    run = team.ci("zhuzhou")
    assert (run.code, run.counts()) == (1, (1, 0, 2))
    (line,) = run.annotations
    found = re.match(r"::error file=(.+?),line=(\d+),.*title=互相矛盾 (K\w+)::", line)
    assert found, line
    assert (found[1], found[2]) == ("articles/zhuzhou-retired.md", "8")
    assert "articles/zhuzhou.md:8" in run.report
    return found[3]


def wednesday(team: Team, stands: str, both: str) -> None:
    """The editor rules: on the new conflict by answering questions, on an old one by options."""
    team.sign(EDITOR)
    answers = "b\n前一篇说在职职工，后一篇说退休人员\n\ny\n"
    done = team.koujing("resolve", "--base", "origin/main", said=answers)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"rulings/{both}.yaml" in done.stdout
    ruling = yaml.safe_load((team.root / f"rulings/{both}.yaml").read_text(encoding="utf-8"))
    assert (ruling["verdict"], ruling["by"], len(ruling["claims"])) == ("both-stand", EDITOR, 2)
    why = ("--source", "岳政发〔2024〕12号", "--reason", "以文件为准")
    told = team.koujing("resolve", stands, "--verdict", "stands", "--side", "甲", *why)
    assert (told.returncode, told.stderr) == (0, "")
    assert "articles/yueyang-old.md:8" in told.stdout  # the article to be changed now
    assert team.koujing("check", "--base", "origin/main").returncode == 1
    team.edit("yueyang-old", "1500元", "1200元")
    passed = team.koujing("check", "--base", "origin/main")
    assert passed.returncode == 0
    assert "结论：通过" in passed.stdout
    team.push("what we decided", "2025-07-02")
    run = team.ci("zhuzhou")
    assert (run.code, run.annotations, run.counts()) == (0, [], (0, 1, 1))
    team.merge("zhuzhou", "2025-07-02")


def thursday(team: Team) -> None:
    """The next pull request passes; it resolves what was left."""
    team.sign(WRITER)
    team.branch("hengyang")
    team.edit("hengyang-old", "700元", "600元")
    team.push("Hengyang as the city says", "2025-07-03")
    run = team.ci("hengyang")
    assert (run.code, run.annotations, run.counts()) == (0, [], (0, 1, 0))
    team.merge("hengyang", "2025-07-03")
    assert team.koujing("check").returncode == 0


def friday(team: Team, stands: str) -> None:
    """An article against the ruling; nobody merges it."""
    team.branch("late")
    team.write("late", LATE)
    team.push("another article", "2025-07-04")
    run = team.ci("late")
    assert (run.code, run.counts()) == (1, (1, 0, 0))
    (line,) = run.annotations
    assert line.startswith("::error file=articles/late.md,line=8,")
    assert "title=违反裁定" in line
    assert "### 违反裁定 `K" in run.report
    assert stands in run.report
    assert "岳政发〔2024〕12号" in run.report
    git(team.root, "checkout", "main")


def command_of(report: str, action: str) -> list[str]:
    """The command that a report names."""
    found = re.search(rf"koujing rulings --{action} [\w-]+", report)
    assert found, report
    return found[0].split()


def the_sentence_changes(team: Team, both: str) -> None:
    """The quoted sentence is put otherwise: the ruling is void until the editor says that it still holds."""
    team.branch("words")
    team.edit("zhuzhou-retired", "报销比例为90%", "报销比例是90%")
    team.push("plainer words", "2025-07-04")
    run = team.ci("words")
    assert run.code == 1
    assert "### 裁定失效 `K" in run.report
    assert any(line.startswith(f"::error file=rulings/{both}.yaml,") for line in run.annotations)
    command = command_of(run.report, "renew")
    assert command == ["koujing", "rulings", "--renew", both]
    unasked = team.koujing(*command[1:])
    assert unasked.returncode == 2
    assert "--yes" in unasked.stderr
    code, seen = team.at_terminal(command, "y")
    assert code == 0
    assert "报销比例是90%" in seen
    team.push("the ruling still holds", "2025-07-04")
    again = team.ci("words")
    assert (again.code, again.annotations) == (0, [])
    team.merge("words", "2025-07-04")


def the_article_goes(team: Team, both: str) -> None:
    """With an article, what a ruling rested on goes; the command named takes the ruling away."""
    team.branch("gone")
    (team.root / "articles/zhuzhou-retired.md").unlink()
    team.push("the article is out of date", "2025-07-05")
    run = team.ci("gone")
    assert run.code == 1
    command = command_of(run.report, "prune")
    assert command[-1] == both
    assert team.koujing(*command[1:]).returncode == 0
    assert not (team.root / f"rulings/{both}.yaml").exists()
    team.push("and its ruling", "2025-07-05")
    assert team.ci("gone").code == 0
    team.merge("gone", "2025-07-05")
    assert team.koujing("check").returncode == 0
