"""`koujing claims`: the claim records."""

from __future__ import annotations

import click

from audit.gate import exit_code
from claims.forms import forms
from koujing import options
from koujing.clicks import Command, option
from koujing.project import open_project
from koujing.streams import err, out
from reports.forms import FORMATS as FORMS
from reports.paint import Paint
from reports.table import FORMATS
from reports.text import render_problem
from reports.wording.terms import Lang


@click.command(
    "claims",
    cls=Command,
    words=(
        "列出从文章里读出的说法，一条一行；加 --untyped 列出不属于任何主题的说法。",
        "List the claims read from articles, one a line; with --untyped, what is on no topic.",
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
@option(
    "--untyped", is_flag=True,
    zh="列出不属于任何主题的说法，按形式归并，最常见的在前（数字写作 N，地名写作 X）",
    en="List what no topic takes instead, by form, commonest first (numbers as N, places as X).",
)  # fmt: skip
@options.jobs
@options.no_cache
@options.lang
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], form: str, topic: str, untyped: bool, jobs: int | None,
    lang: Lang | None,
) -> None:  # fmt: skip
    project = open_project(paths)
    lang = options.spoken(lang, project)
    reading = options.watched(project, jobs, lang)
    shown = reading.shown
    claims = [c for c in reading.claims() if c.path in shown]
    for problem in reading.problems:
        err("\n".join(render_problem(problem, lang, Paint())) + "\n")
    words = reading.words(lang)
    if untyped:
        out(FORMS[form](forms(c for c in claims if c.value is None), words))
    else:
        # Records on no topic are left out unless they are asked for by that name.
        chosen = [c for c in claims if c.topic.startswith(topic) and (topic or c.value is not None)]
        out(FORMATS[form](chosen, words))
    ctx.exit(exit_code(False, reading.problems))
