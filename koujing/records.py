"""`koujing claims`: the claim records."""

from __future__ import annotations

import click

from audit.gate import exit_code
from koujing import options
from koujing.clicks import Command, option
from koujing.project import open_project
from koujing.streams import err, out
from reports.paint import Paint
from reports.table import FORMATS
from reports.text import render_problem
from reports.wording.terms import Lang


@click.command(
    "claims",
    cls=Command,
    words=(
        "列出从文章里读出的说法，一条一行。",
        "List the claims read from articles, one a line.",
    ),
)
@options.paths
@option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="table", metavar="|".join(FORMATS),
    zh="输出格式，默认 table", en="Format of the output (default: table).",
)  # fmt: skip
@option(
    "--topic", metavar="PREFIX", default="",
    zh="只列这个主题（或以此开头的主题），例如 gongji.", en="Only topics that begin so, such as gongji.",
)  # fmt: skip
@options.jobs
@options.lang
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], form: str, topic: str, jobs: int | None, lang: Lang | None
) -> None:
    project = open_project(paths)
    lang = options.spoken(lang, project)
    reading = options.watched(project, jobs, lang)
    shown = reading.shown
    claims = [c for c in reading.claims() if c.path in shown and c.topic.startswith(topic)]
    for problem in reading.problems:
        err("\n".join(render_problem(problem, lang, Paint())) + "\n")
    out(FORMATS[form](claims, reading.words(lang)))
    ctx.exit(exit_code(False, reading.problems))
