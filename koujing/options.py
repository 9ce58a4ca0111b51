"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from audit.corpus import NEVER
from claims.facts import is_day
from koujing import caching
from koujing.clicks import language, option, speak
from koujing.faults import Fault
from koujing.project import Project
from koujing.run import Reading, read_project
from koujing.streams import Counter
from reports.wording.terms import LANGS, Lang, term

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_F = TypeVar("_F", bound=Callable[..., Any])


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only in recent clicks
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not is_day(value):
            raise Fault("bad-date", got=value)
        return value


def paths(command: _F) -> _F:
    return click.argument("paths", nargs=-1, metavar="[PATHS]...", shell_complete=_files)(command)


def _files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Files and folders, which the shell knows better how to complete."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def jobs(command: _F) -> _F:
    return option(
        "--jobs", type=click.IntRange(min=1), metavar="N",
        zh="同时使用的进程数，默认等于处理器数；结果与此无关", en="Processes to use (default: one a CPU).",
    )(command)  # fmt: skip


def no_cache(command: _F) -> _F:
    return option(
        "--no-cache", is_flag=True, expose_value=False, callback=_refuse,
        zh="不用缓存：全部重新读取，也不存下来", en="Do without the cache: read everything anew, keep nothing.",
    )(command)  # fmt: skip


def _refuse(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        caching.without()


def possible(command: _F) -> _F:
    return option(
        "--possible/--no-possible", default=None,
        zh="是否也列出“可能矛盾”，默认按配置，否则不列",
        en="List possible conflicts too (default: the config's, else not).",
    )(command)  # fmt: skip


def today(command: _F) -> _F:
    return option(
        "--today", type=Day(), metavar="DATE",
        zh="哪天算今天，默认按配置，否则取提交日期或系统时钟", en="The day that counts as today.",
    )(command)  # fmt: skip


def lang(command: _F) -> _F:
    return option(
        "--lang", type=click.Choice(LANGS), metavar="zh|en",
        zh="输出的语言，默认按配置，否则中文", en="Language of the output (default: the config's, else zh).",
    )(command)  # fmt: skip


def spoken(asked: Lang | None, project: Project) -> Lang:
    """The language of the run: the option, else the config's. The locale has no say: output is the same everywhere."""
    speak(asked or project.config.language)
    return language()


@contextmanager
def counted(lang: Lang) -> Iterator[Counter]:
    """A counter for whoever waits at a terminal."""
    counter = Counter(term("progress", lang, done="{done}", all="{all}"))
    try:
        yield counter
    finally:
        counter.close()


def watched(project: Project, jobs: int | None, lang: Lang, today: str = NEVER) -> Reading:
    """The project read as of `today`, and counted."""
    with counted(lang) as counter:
        return read_project(project, today, jobs=jobs, progress=counter)
