"""`koujing claims`: the claim records."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from audit.gate import exit_code
from audit.model import Position
from audit.positions import position_of
from audit.problem import Problem
from claims.forms import forms
from claims.model import Claim
from koujing import options
from koujing.check import check_output
from koujing.clicks import Command, option
from koujing.counting import count_project
from koujing.explain import lookup
from koujing.faults import Fault
from koujing.project import Project, open_project
from koujing.run import by_id, find_conflicts
from koujing.streaming import WRITERS, Claims, write_claims
from koujing.streams import err, out, write_file
from koujing.today import today_of
from reports.forms import FORMATS as FORMS
from reports.paint import Paint
from reports.table import FORMATS
from reports.text import render_problem
from reports.wording.terms import Lang

NAMES = (*FORMATS, "parquet")


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
    "--format", "form", type=click.Choice(NAMES), default=None, metavar="|".join(NAMES),
    zh="输出格式，默认 table；写进文件时默认按扩展名",
    en="Format of the output (default: table; of a file, as it ends).",
)  # fmt: skip
@option(
    "-o", "--output", "file", metavar="FILE",
    zh="写进文件；jsonl、csv、parquet 边读边写，再多的文章也不占内存",
    en="Write to a file; jsonl, csv and parquet as articles are read, in little memory.",
)  # fmt: skip
@option(
    "--topic", metavar="PREFIX", default="",
    zh="只列这个主题（或以此开头的主题），例如 gongji.", en="Only topics that begin so, such as gongji.",
)  # fmt: skip
@option(
    "--finding", metavar="ID", default="",
    zh="只列一个矛盾两边的说法，一条不漏（编号如 K7QF2M，也可以只写开头）",
    en="Only what takes either side of a finding (K7QF2M, or how it begins), every claim.",
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
    ctx: click.Context, paths: tuple[str, ...], form: str | None, file: str | None, topic: str, finding: str,
    untyped: bool, jobs: int | None, lang: Lang | None,
) -> None:  # fmt: skip
    project = open_project(paths)
    lang = options.spoken(lang, project)
    form = form or _form_of(file)
    if form == "parquet" and (file is None or untyped):
        raise Fault("claims-parquet-untyped" if untyped else "claims-parquet")
    if file is not None:
        check_output(file, project)

    sides = positions_of(project, finding, jobs, lang) if finding else None

    def wanted(claim: Claim) -> bool:
        if sides is not None and position_of(claim) not in sides:
            return False
        # Records on no topic are left out unless they are asked for by that name.
        if claim.is_teaser and project.config.teasers == "ignore":
            return False
        return claim.topic.startswith(topic) and bool(topic or claim.value is not None)

    if file is not None and form in WRITERS and not untyped:
        with options.counted(lang) as counter:
            found = Claims(project, wanted, jobs, counter)
            write_claims(form, found, file)
        _tell(found.problems, lang)
        ctx.exit(exit_code(False, found.problems))
    reading = options.watched(project, jobs, lang)
    shown = reading.shown
    claims = [c for c in reading.claims() if c.path in shown]
    _tell(reading.problems, lang)
    words = reading.words(lang)
    if untyped:
        text = FORMS[form](forms(c for c in claims if c.value is None), words)
    else:
        text = FORMATS[form](list(filter(wanted, claims)), words)
    if file is None:
        out(text)
    else:
        write_file(Path(file), text)
    ctx.exit(exit_code(False, reading.problems))


def positions_of(project: Project, name: str, jobs: int | None, lang: Lang) -> frozenset[Position]:
    """The positions that a finding is of. Raises Fault where there is no such finding, or it is of none."""
    with options.counted(lang) as counter:
        reading = count_project(project, today_of(project)[0], jobs=jobs, progress=counter)
    known = by_id(find_conflicts(reading, possible=True))
    finding = known[lookup(name, known)]
    sides = frozenset(s.position for s in finding.sides if s.position is not None and s.reference is None)
    if not sides:
        raise Fault("no-positions", got=finding.id)
    return sides


def _tell(problems: Iterable[Problem], lang: Lang) -> None:
    for problem in problems:
        err("\n".join(render_problem(problem, lang, Paint())) + "\n")


def _form_of(file: str | None) -> str:
    """The format that a file's name asks for."""
    ending = Path(file).suffix.lower() if file is not None else ""
    return {".yml": "yaml", ".ndjson": "jsonl"}.get(ending) or (ending[1:] if ending[1:] in NAMES else "table")
