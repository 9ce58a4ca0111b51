"""`koujing domain init`: a new domain that loads, has a topic and a pattern, and passes its own test."""

from __future__ import annotations

import re
from pathlib import Path

import click

from audit.files import shown_path
from claims.domain import shipped
from koujing import options
from koujing.clicks import Command, option
from koujing.faults import Fault
from koujing.project import open_project
from koujing.shipped import template
from koujing.streams import out, write_file
from reports.wording.started import started
from reports.wording.terms import Lang

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_MARK = "@NAME@"


@click.command(
    "init",
    cls=Command,
    words=(
        "新建领域：一个文件夹，里面有一个主题、一个识别模式和它的例句，改成自己的内容就能用。已有的文件夹不会改动。",
        "Start a domain: a folder with one topic, one pattern and its examples, to be changed into your own.\n"
        "A folder that is already there is left as it is.",
    ),
)
@click.argument("name", metavar="NAME")
@option(
    "--dir", "where", type=click.Path(path_type=Path), default=Path("domains"), metavar="DIR",
    zh="放在哪个文件夹里，默认 domains", en="Where to put it (default: domains).",
)  # fmt: skip
@options.lang
def command(name: str, where: Path, lang: Lang | None) -> None:
    project = open_project()
    lang = options.spoken(lang, project)
    if not _NAME.match(name):
        raise Fault("domain-name", got=name)
    if name in shipped():
        raise Fault("domain-taken", got=name)
    folder = project.here / where / name
    shown = shown_path(str(folder), str(project.here))
    if folder.exists() or folder.is_symlink():
        raise Fault("domain-there", got=shown)
    written = []
    for path, text in template("domain"):
        write_file(folder / path, text.replace(_MARK, name))
        written.append(f"{shown}/{path}")
    ref = shown_path(str(folder), str(project.root))
    out(started(written, shown if "/" in shown else f"./{shown}", ref if ref.startswith(".") else f"./{ref}", lang))
