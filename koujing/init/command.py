"""`koujing init`: writes config, folder of rulings and CI for a content repo, and shows what it wrote."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import click

from audit.files import shown_path
from audit.globs import matches
from koujing import __version__, options
from koujing.clicks import Command, language, option, speak
from koujing.config import Config, find_config, load_config, parse_config
from koujing.faults import ConfigFault, Fault
from koujing.init import texts
from koujing.init.folder import Folder, detected, look
from koujing.init.guessing import guess
from koujing.init.plan import Planned, Wish, kept_config, plan
from koujing.streams import out, write_file
from reports.setup import render
from reports.wording.terms import Lang

CI = ("github", "gitlab", "pre-commit", "none")
_SPEC = re.compile(r"[^\s$\\`\"'-][^$\\`\"'\n\r]*\Z")
"""What pip may be told to install: no option of pip's, nothing that a shell or a CI would take for its own."""


@click.command(
    "init",
    cls=Command,
    words=(
        "在当前文件夹里准备好检查：写 koujing.yaml、rulings/，需要时还写 CI 的配置，并显示写了什么。\n"
        "已有的文件不会改动（.pre-commit-config.yaml 只在末尾添加）；再运行一次不会有变化。",
        "Set the current folder up: writes koujing.yaml, rulings/ and, if asked, a CI configuration, and shows them.\n"
        "Files that are there stay as they are (a .pre-commit-config.yaml is added to); a second run changes nothing.",
    ),
)
@option(
    "--ci", "wanted", type=click.Choice(CI), multiple=True, metavar="|".join(CI),
    zh="为哪种 CI 写配置，可以多次；不写时，在终端里按仓库的情况选择，否则不写",
    en="Which CI to set up; may be repeated. Default: chosen by what is there, at a terminal; else none.",
)  # fmt: skip
@option(
    "--articles", "globs", multiple=True, metavar="GLOB",
    zh="哪些是文章，可以多次，默认按文件夹里有什么来猜",
    en="Which files are articles; may be repeated (default: guessed from what is there).",
)  # fmt: skip
@option(
    "--install", metavar="SPEC", default=f"koujing=={__version__}",
    zh="CI 里用 pip 安装什么，默认是现在这个版本", en="What CI has pip install (default: this version).",
)  # fmt: skip
@option(
    "--force", is_flag=True,
    zh="换掉已有的 koujing.yaml、rulings/README.md 和 koujing 自己的 CI 文件",
    en="Replace a koujing.yaml, rulings/README.md and koujing's own CI file that are there.",
)  # fmt: skip
@option(
    "--dry-run", "dry", is_flag=True,
    zh="只显示会写什么，不写", en="Show what would be written, and write nothing.",
)  # fmt: skip
@options.lang
def command(
    wanted: tuple[str, ...], globs: tuple[str, ...], install: str, force: bool, dry: bool, lang: Lang | None
) -> None:
    root = Path.cwd()
    config = _config(root, force)
    speak(lang or language())
    lang = language()
    if not _SPEC.match(install):
        raise Fault("init-install", got=install)
    folder = look(root, config.rulings)
    ci, chosen = _ci(wanted, folder)
    wish = Wish(
        globs=_globs(globs, folder), ci=ci, rulings=config.rulings, install=install, lang=lang, force=force,
    )  # fmt: skip
    planned = plan(folder, wish)
    if globs and kept_config(planned):
        raise Fault("init-there", got="koujing.yaml")
    if not dry:
        _write(planned)
    out(render([p.step for p in planned], _todo(folder, wish, chosen), lang, dry=dry))


def _config(root: Path, force: bool) -> Config:
    """The config that is there already, else the defaults. Raises Fault below another project."""
    above = find_config(root.parent) if root.parent != root else None
    if above is not None:
        raise Fault("init-inside", got=shown_path(str(above), str(root)))
    found = find_config(root)
    return Config() if found is None or force else load_config(found)


def _ci(wanted: tuple[str, ...], folder: Folder) -> tuple[tuple[str, ...], bool]:
    """The kinds of CI to write, and whether nobody asked for them by name."""
    if "none" in wanted and len(set(wanted)) > 1:
        raise Fault("init-none", got=", ".join(name for name in dict.fromkeys(wanted) if name != "none"))
    if wanted:
        return tuple(name for name in CI if name in wanted and name != "none"), False
    found = detected(folder) if at_terminal() else ()
    return found, bool(found)


def at_terminal() -> bool:
    """Whether somebody watches, who can tell that what was chosen is not what they want."""
    return bool(sys.stdin and sys.stdout) and sys.stdin.isatty() and sys.stdout.isatty()


def _globs(asked: tuple[str, ...], folder: Folder) -> tuple[str, ...]:
    """Globs that a config takes. Raises Fault for one of those asked for that it does not."""
    globs = asked or guess(folder.articles)
    try:
        parse_config(texts.config(globs, "en").encode("utf-8", "surrogateescape"))
    except ConfigFault as e:
        if not asked:  # names of folders that no glob can hold: then every article is meant
            return ()
        blanks: dict[str, Any] = {**e.blanks, "key": "--articles"}
        raise Fault(e.code, **blanks) from e
    return globs


def _write(planned: list[Planned]) -> None:
    """Each file whole or not at all; where one fails, the next run goes on from there."""
    for each in planned:
        if each.step.state in ("new", "changed"):
            write_file(each.place, each.step.after)


def _todo(folder: Folder, wish: Wish, chosen: bool) -> list[tuple[str, dict[str, str]]]:
    count = sum(not wish.globs or matches(path, wish.globs) for path in folder.articles)
    words = {
        "count": str(count), "ci": ", ".join(wish.ci), "branch": folder.branch,
        "folder": f"{wish.rulings}/",
    }  # fmt: skip
    keys = [
        *(["detected"] if chosen else []),
        "found" if count else "none-found",
        "check",
        *(["commit"] if folder.is_git else []),
        *(wish.ci or ["ci"]),
        *(["rulings"] if {"github", "gitlab"} & set(wish.ci) else []),
    ]
    return [(key, words) for key in keys]
