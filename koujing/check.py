"""`koujing check`: the audit. Prints findings, writes reports, sets the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from audit.files import Found, would_read
from audit.gate import FailOn
from koujing import options, remembered
from koujing.clicks import Command, option
from koujing.config import FAIL_ON
from koujing.faults import Fault
from koujing.project import Project, articles_of, open_project
from koujing.remembered import COLOURED, FORMATS, About, Asked, Came, Question
from koujing.streams import Counter, err, out, wants_color, write_file
from koujing.today import today_of
from reports.wording.terms import Lang

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
@option(
    "--cluster", metavar="ADDRESS",
    zh="在 Dask 集群上读文章，例如 tcp://10.0.0.5:8786；文章要在各台机器共享的文件夹里",
    en="Read on a Dask cluster, such as tcp://10.0.0.5:8786; articles must lie in a folder that its workers share.",
)  # fmt: skip
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
    base: str | None, fail_on: FailOn | None, possible: bool | None, jobs: int | None,
    cluster: str | None, today: str | None, coverage: bool, lang: Lang | None,
) -> None:  # fmt: skip
    project = open_project(paths)
    lang = options.spoken(lang, project)
    _check_outputs(outputs, project)
    day = today_of(project, today)
    about: About = {
        "lang": lang, "today": day, "fail_on": fail_on or project.config.fail_on, "least": LEAST if coverage else 0
    }  # fmt: skip
    shown, *others = ("text" if form == "text" else form), *(other for other, _ in outputs)
    asked = Asked(project, jobs, possible, base, about, shown, tuple(others), cluster)
    _check_cluster(asked)
    with options.counted(lang) as counter:
        came = _came(asked, counter)
    for other, file in outputs:
        write_file(Path(file), came.outputs[other])
    err(came.told)
    out(came.outputs[COLOURED if form == "text" else form])
    ctx.exit(came.exit_code)


def _came(asked: Asked, counter: Counter) -> Came:
    """What the run comes to: what it came to before, where nothing is different."""
    if asked.base is not None or asked.cluster is not None or "html" in (asked.shown, *asked.others):
        return _audited(asked, None, None, counter)
    found = articles_of(asked.project)
    question = remembered.asked(
        asked.project, found, [asked.possible, asked.about, asked.shown, asked.others, wants_color()]
    )
    came = remembered.found_again(question) if question is not None else None
    if came is None:
        came = _audited(asked, found, question, counter)
        if question is not None:
            remembered.keep(question, came)
    return came


def _audited(asked: Asked, found: Found | None, question: Question | None, counter: Counter) -> Came:
    from koujing.auditing import made  # with all that compares and renders

    return made(asked, found, question, counter)


def _check_cluster(asked: Asked) -> None:
    """Refuse what no cluster does. Raises Fault."""
    if asked.cluster is None:
        return
    if asked.base is not None:
        raise Fault("cluster-base")
    if "html" in (asked.shown, *asked.others):
        raise Fault("cluster-page")
    if asked.jobs is not None:
        raise Fault("cluster-jobs")


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
