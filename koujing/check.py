"""`koujing check`: the audit. Prints findings, writes reports, sets the exit code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit.files import would_read
from audit.gate import FailOn
from audit.model import Finding
from koujing import options
from koujing.clicks import Command, option
from koujing.config import FAIL_ON
from koujing.counting import count_project
from koujing.faults import Fault
from koujing.project import Project, open_project
from koujing.run import About, Reading, find_conflicts, read_project, report_of
from koujing.streams import err, out, wants_color, write_file
from koujing.today import today_of
from reports import text
from reports.paint import Paint
from reports.record import Report, Sources
from reports.wording.terms import Lang

if TYPE_CHECKING:
    from koujing.base import Compared

FORMATS: Mapping[str, tuple[str, str]] = {
    "text": ("text", "render"),
    "json": ("json", "render"),
    "jsonl": ("json", "render_lines"),
    "github": ("github", "render"),
    "gitlab": ("gitlab", "render"),
    "sarif": ("sarif", "render"),
    "junit": ("junit", "render"),
    "rdjson": ("rdjson", "render"),
    "markdown": ("markdown", "render"),
    "csv": ("csv", "render"),
}
"""What renders each: a module of `reports`, imported when it is asked for, and a function of it that takes a Report and
its Sources."""

NAMES: tuple[str, ...] = (*FORMATS, "html")
"""All formats. What `html` shows is more than a report has: the articles themselves."""

LEAST = 10
"""How many of the least typed articles --coverage lists."""


class Output(click.ParamType):  # type: ignore[type-arg]  # generic only in recent clicks
    """FORMAT=FILE."""

    name = "format=file"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        form, equals, file = value.partition("=")
        if not equals or not file or form not in NAMES:
            raise Fault("output-form", got=value, choices=", ".join(NAMES))
        return form, file


@click.command(
    "check",
    cls=Command,
    words=(
        "检查文章里的说法是否互相矛盾。\n\n"
        "有 koujing.yaml 时，它所在的文件夹是项目，全部文章都参与比较，路径只选择显示哪些；\n"
        "没有时，只检查给出的路径（默认是当前文件夹）。",
        "Audit articles for statements that cannot both be true.\n\n"
        "Below a koujing.yaml the whole project is compared, and PATHS choose whose findings are shown;\n"
        "without one, PATHS (default: the current folder) are the corpus.",
    ),
)
@options.paths
@option(
    "--format", "form", type=click.Choice(NAMES), default="text", metavar="|".join(NAMES),
    zh="输出格式，默认 text", en="Format of the output (default: text).",
)  # fmt: skip
@option(
    "--output", "outputs", type=Output(), multiple=True, metavar="FORMAT=FILE",
    zh="另外写一份报告到文件，可以多次", en="Write a report to a file as well; may be repeated.",
)  # fmt: skip
@option(
    "--base", metavar="REF",
    zh="只看这次改动带来的冲突：与 REF（分支、标签或提交）分开之后的",
    en="Only what is new since the branch, tag or commit REF.",
)  # fmt: skip
@option(
    "--fail-on", type=click.Choice(FAIL_ON), metavar="|".join(FAIL_ON),
    zh="多严重的冲突阻止发布（退出码 1），默认按配置，否则 error",
    en="The least severity that blocks, exit code 1 (default: the config's, else error).",
)  # fmt: skip
@options.possible
@options.jobs
@options.no_cache
@options.today
@option(
    "--coverage", is_flag=True,
    zh="也列出归入主题最少的文章", en="List the articles of which least is on a topic, too.",
)  # fmt: skip
@options.lang
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], form: str, outputs: tuple[tuple[str, str], ...],
    base: str | None, fail_on: FailOn | None, possible: bool | None, jobs: int | None, today: str | None,
    coverage: bool, lang: Lang | None,
) -> None:  # fmt: skip
    project = open_project(paths)
    lang = options.spoken(lang, project)
    _check_outputs(outputs, project)
    day = today_of(project, today)
    about: About = {
        "lang": lang, "today": day, "fail_on": fail_on or project.config.fail_on, "least": LEAST if coverage else 0
    }  # fmt: skip
    written: dict[str, str] = {}

    def made(name: str) -> str:
        if name not in written:
            written[name] = page() if name == "html" else rendered(name, report, sources)
        return written[name]

    with options.counted(lang) as counter:
        if base is None:
            # A page shows every claim of every article; all else needs no more than what they come to.
            read = read_project if "html" in (form, *dict(outputs)) else count_project
            reading = read(project, day[0], jobs=jobs, progress=counter)
            findings = find_conflicts(reading, possible=possible)
            report = report_of(reading, findings, **about)
            page = partial(page_of, reading, findings, about)
        else:
            from koujing.base import compare_with, report_of_change

            compared = compare_with(project, base, day[0], jobs=jobs, progress=counter, possible=possible)
            reading, report = compared.reading, report_of_change(compared, **about)
            page = partial(page_of_change, compared, about)
    sources = reading.sources()
    for other, file in outputs:
        write_file(Path(file), made(other))
    if form == "text":
        out(text.render(report, sources, color=wants_color()))
    else:
        tell_problems(report, errors_only=form == "json")
        out(made(form))
    ctx.exit(report.exit_code)


def rendered(form: str, report: Report, sources: Sources) -> str:
    """A report in one of FORMATS."""
    module, function = FORMATS[form]
    render: Callable[[Report, Sources], str] = getattr(import_module(f"reports.{module}"), function)
    return render(report, sources)


def tell_problems(report: Report, *, errors_only: bool = False) -> None:
    """Problems on stderr, for formats whose reader might miss them."""
    for problem in report.problems:
        if problem.severity == "error" or not errors_only:
            err("\n".join(text.render_problem(problem, report.words.lang, Paint())) + "\n")


def _check_outputs(outputs: Sequence[tuple[str, str]], project: Project) -> None:
    """Refuse what would lose a report or an article, before the work is done."""
    seen: set[Path] = set()
    for _, file in outputs:
        place = Path(file).resolve()
        if place in seen:
            raise Fault("output-twice", got=file)
        seen.add(place)
        check_output(file, project)


def check_output(file: str, project: Project) -> None:
    """Refuse to write where an article is, or would be found. Raises Fault."""
    if is_article(file, project):
        raise Fault("output-article", got=file)
    if Path(file).is_dir():
        raise Fault("output-failed", got=file, why="is a directory")


def is_article(file: str, project: Project) -> bool:
    """Whether an audit of a project reads what is written to a file."""
    named = [project.here / path for path in project.paths]
    config = project.config
    return would_read(
        Path(file).resolve(), project.root, named, project=project.configured, patterns=config.articles,
        exports=config.exports,
    )  # fmt: skip


def page_of(reading: Reading, findings: Sequence[Finding], about: About) -> str:
    """The web page of an audit, in one file."""
    from koujing.page import audit_of  # with jinja2: imported by those who want a page alone
    from reports.html.page import index

    return index(audit_of(reading, findings, about))


def page_of_change(compared: Compared, about: About) -> str:
    from koujing.page import audit_of_change
    from reports.html.page import index

    return index(audit_of_change(compared, about))
