"""`koujing report`: the audit as a web page."""

from __future__ import annotations

from pathlib import Path

import click

from audit.workers import cores
from koujing import options
from koujing.auditing import tell_problems
from koujing.check import is_article
from koujing.clicks import Command, option
from koujing.faults import Fault
from koujing.forking import forked
from koujing.page import audit_of, audit_of_change
from koujing.project import Project, open_project
from koujing.remembered import About
from koujing.run import find_conflicts, read_project
from koujing.streams import out, write_files
from koujing.today import today_of
from reports.wording.terms import Lang, term

INDEX = "index.html"
TODO = "todo.csv"
LARGE = ("articles/a-0000000000.html", "findings/001.html")
"""Pages that a large report may have."""
BESIDE = (
    f"articles/a-{'[0-9a-f]' * 10}.html", *(f"findings/{'[0-9]' * n}.html" for n in (3, 4, 5)),
    "assets/koujing.css", "assets/koujing.js", "assets/claims.js", "assets/findings.js",
)  # fmt: skip
"""What a report too large for one file has beside the index."""


@click.command(
    "report",
    cls=Command,
    words=(
        "把检查结果写成网页：概览、每个问题的两方原文、怎么办。用浏览器打开，不联网。\n\n"
        "退出码：0 网页写好了（无论检查是否通过）；2 没有写成。",
        "Write the audit as a web page: an overview, both sides of every finding, what to do. It opens from disk.\n\n"
        "Exit codes: 0 the page is written, whether or not the audit passes; 2 it is not.",
    ),
)
@options.paths
@option(
    "-o", "--output", "folder", required=True, metavar="DIR",
    zh="写到哪个文件夹，没有就新建", en="The folder to write to; made where there is none.",
)  # fmt: skip
@option(
    "--base", metavar="REF",
    zh="同时说明本次改动带来了什么：与 REF（分支、标签或提交）对比",
    en="Say what is new since the branch, tag or commit REF, too.",
)  # fmt: skip
@options.possible
@options.jobs
@options.no_cache
@options.today
@options.lang
def command(
    paths: tuple[str, ...], folder: str, base: str | None, possible: bool | None, jobs: int | None,
    today: str | None, lang: Lang | None,
) -> None:  # fmt: skip
    project = open_project(paths)
    lang = options.spoken(lang, project)
    file = Path(folder) / INDEX
    _check_folder(Path(folder), project)
    day = today_of(project, today)
    about: About = {"lang": lang, "today": day, "fail_on": project.config.fail_on, "least": 0}
    with options.counted(lang) as counter:
        if base is None:
            reading = read_project(project, day[0], jobs=jobs, progress=counter)
            audit = audit_of(reading, find_conflicts(reading, possible=possible), about)
        else:
            from koujing.base import compare_with

            compared = compare_with(project, base, day[0], jobs=jobs, progress=counter, possible=possible)
            audit = audit_of_change(compared, about)
    tell_problems(audit.report)
    from reports.html.page import book  # jinja2 is imported by those who need it alone

    write_files(Path(folder), book(audit, spread=forked(jobs or cores())), BESIDE)
    out(term("written", lang, file=file.as_posix()) + "\n")


def _check_folder(folder: Path, project: Project) -> None:
    """Refuse a folder in which a page would be found as an article, or takes the place of one. Raises Fault."""
    for name in (INDEX, TODO, *LARGE):
        if is_article((folder / name).as_posix(), project):
            raise Fault("output-folder", got=(folder / name).as_posix())
    if folder.exists() and not folder.is_dir():
        raise Fault("output-failed", got=folder.as_posix(), why="is a file")
    if (folder / INDEX).is_dir():
        raise Fault("output-failed", got=(folder / INDEX).as_posix(), why="is a directory")
