"""Make docs/editors-guide.zh-CN.md of tools/editors_guide/guide.md: what it says, with what the commands show in a
content repo made for it. It needs git and a terminal (not Windows).

    python -m tools.make_editors_guide

A test holds that the page is up to date. In the text {{name}} stands for what a command showed, {{=name}} for an id.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tools.screens import at_terminal

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "editors-guide.zh-CN.md"
TEXT = Path(__file__).parent / "editors_guide" / "guide.md"
TODAY = "2025-07-02"
"""The day on which the editor decides. Everything is committed on it, too, so that it is the day of the audits."""

BASE = ("--base", "origin/main")

ZHIGONG, MENKAN, CHUANDAN = (f"articles/zhuzhou-{name}.md" for name in ("zhigong", "menkan", "chuandan"))
_PAGE = "---\ntitle: {title}\ndate: {day}\n---\n\n# {title}\n\n{text}\n"
OLD = {
    "koujing.yaml": "articles: [articles]\nlanguage: zh\n",
    ZHIGONG: _PAGE.format(
        title="株洲市职工医保住院怎么报销", day="2025-03-11",
        text="株洲市职工医保参保人在三级医院住院，起付线800元，报销比例85%。\n\n出院时在医院窗口直接结算。",
    ),
}  # fmt: skip
NEW = {
    MENKAN: _PAGE.format(
        title="株洲住院的门槛费", day="2025-06-27",
        text="门槛费就是起付线。\n\n株洲市职工医保参保人在三级医院住院，起付线为1000元。",
    ),
    CHUANDAN: _PAGE.format(
        title="医院宣传单（转载）", day="2025-06-30",
        text="株洲市职工医保参保人在三级医院住院，报销比例为90%。",
    ),
}  # fmt: skip
"""What the pull request brings: a slip, and a leaflet for pensioners that does not say that it is."""


class Desk:
    """The clone in which the editor works."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "articles-repo"
        self.env = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "TERM": "dumb",
            "HOME": str(folder), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": f"{TODAY}T09:00:00+08:00", "GIT_COMMITTER_DATE": f"{TODAY}T09:00:00+08:00",
        }  # fmt: skip
        self.run("git", "init", "--quiet", "--bare", "--initial-branch=main", "origin.git", cwd=folder)
        self.run("git", "clone", "--quiet", "origin.git", self.root.name, cwd=folder)
        self.git("checkout", "--quiet", "-B", "main")

    def run(self, *command: str, code: int = 0, cwd: Path | None = None) -> tuple[str, str]:
        """What it writes on the two streams. Raises RuntimeError where it ends with another exit code."""
        done = subprocess.run(
            command, cwd=cwd or self.root, env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            encoding="utf-8", check=False,
        )  # fmt: skip
        if done.returncode != code:
            raise RuntimeError(f"{command}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout, done.stderr

    def git(self, *args: str) -> str:
        return self.run("git", *args)[0]

    def koujing(self, *args: str, code: int = 0) -> str:
        out, err = self.run(sys.executable, "-m", "koujing", *args, code=code)
        return out + err

    def answered(self, *args: str, answers: list[str]) -> str:
        command = [sys.executable, "-m", "koujing", *args]
        return at_terminal(command, answers, cwd=self.root, env=self.env)

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise RuntimeError(f"{name} says {old} {text.count(old)} times")
        self.write({name: text.replace(old, new)})

    def commit(self, message: str, who: str = "小周") -> str:
        self.git("add", "--all")
        return self.git("-c", f"user.name={who}", "-c", "user.email=editor@example.org", "commit", "-m", message)

    def push(self, branch: str) -> str:
        """The last line that git shows."""
        return self.run("git", "push", "--set-upstream", "origin", branch)[1].splitlines()[-1] + "\n"


def played(folder: Path) -> dict[str, str]:
    """What is shown from the red pull request to the green one, and after, by the names in the text."""
    desk, shown = Desk(folder), dict[str, str]()
    shown["version"] = desk.koujing("--version")
    shown["=install"] = "==".join(shown["version"].split())
    desk.write(OLD)
    desk.commit("文章")
    desk.push("main")
    desk.git("checkout", "--quiet", "-b", "zhuzhou")
    desk.write(NEW)
    desk.commit("株洲两篇")
    desk.push("zhuzhou")
    _red(desk, shown)
    _decided(desk, shown)
    _void(desk, shown)
    _troubles(desk, shown)
    return shown


def _red(desk: Desk, shown: dict[str, str]) -> None:
    shown["annotation"], shown["=slip"], shown["=leaflet"] = _annotations(
        desk.koujing("check", *BASE, "--format", "github", code=1)
    )
    shown["red"] = desk.koujing("check", *BASE, code=1)


def _decided(desk: Desk, shown: dict[str, str]) -> None:
    desk.edit(MENKAN, "1000元", "800元")
    shown["edited"] = _summary(desk.koujing("check", *BASE, code=1))
    desk.git("config", "user.name", "李编辑")
    # The day is said here only: whoever follows the page decides on a day of theirs.
    resolve = ("resolve", *BASE, "--today", TODAY)
    reason = "宣传单是发给退休人员的，90%说的是退休人员；转载的原文不能改\n"
    shown["resolve"] = desk.answered(*resolve, answers=["b", reason, "\n", "y"])
    shown["green"] = _summary(desk.koujing("check", *BASE))
    shown["status"] = desk.git("status", "--short", "--untracked-files=all")
    shown["commit"] = desk.commit("改正株洲起付线，裁定报销比例", "李编辑")
    shown["push"] = desk.push("zhuzhou")
    desk.koujing("check", *BASE)
    desk.git("checkout", "--quiet", "main")
    desk.git("merge", "--quiet", "--ff-only", "zhuzhou")
    desk.push("main")


def _void(desk: Desk, shown: dict[str, str]) -> None:
    desk.git("checkout", "--quiet", "-b", "words")
    desk.edit(ZHIGONG, "报销比例85%", "报销比例是85%")
    shown["void"] = desk.koujing("check", *BASE, code=1).partition("\n\n")[0] + "\n"
    name = shown["=leaflet"]
    shown["renew"] = desk.answered("rulings", "--renew", name, "--today", TODAY, answers=["y\n"])
    desk.koujing("check", *BASE)
    shown["rulings"] = desk.koujing("rulings")
    shown["report"] = desk.koujing("report", "--output", "../report", *BASE)


def _troubles(desk: Desk, shown: dict[str, str]) -> None:
    elsewhere = desk.root.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.md").write_text("医保\n", encoding="utf-8")
    told = desk.run(sys.executable, "-m", "koujing", "check", *BASE, code=2, cwd=elsewhere)[1]
    shown["no-repository"] = told.replace(str(elsewhere), "/Users/li")
    shown["no-ref"] = desk.koujing("check", "--base", "origin/mian", code=2)
    path = f"rulings/{shown['=leaflet']}.yaml"
    desk.edit(path, "verdict: both-stand", "verdict: both-stnad")
    told = desk.koujing("check", *BASE, code=2)
    shown["malformed"] = told[told.index("error[ruling-malformed]") :].partition("\n\n")[0]


def _annotations(told: str) -> tuple[str, str, str]:
    """The first annotation as GitHub shows it, and the ids of both."""
    found = re.findall(r"^::error file=([^,]+),line=(\d+).*?,title=(.*?)::(.*)$", told, re.MULTILINE)
    (path, line, title, text), _ = found
    lines = [f"{path}#L{line}", title, *text.split("%0A")]
    ids = [title.split()[-1] for _, _, title, _ in found]
    return "\n".join(lines).replace("%25", "%") + "\n", ids[0], ids[1]


def _summary(told: str) -> str:
    """The last lines, from 问题 on."""
    return "…\n" + told[told.rindex("\n问题：") + 1 :]


def filled(text: str, shown: Mapping[str, str]) -> str:
    """Raises KeyError for a name that nothing was shown for, ValueError where something is not used."""
    used: set[str] = set()

    def blank(m: re.Match[str]) -> str:
        used.add(m[1])
        return shown[m[1]].removesuffix("\n")

    done = re.sub(r"\{\{(=?[a-z-]+)\}\}", blank, text)
    if unused := shown.keys() - used:
        raise ValueError(f"not in the text: {', '.join(sorted(unused))}")
    return done


def page() -> str:
    with tempfile.TemporaryDirectory() as folder:
        return filled(TEXT.read_text(encoding="utf-8"), played(Path(folder).resolve()))


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
