"""`koujing domain test`: the examples of every pattern and every rule of figures, and the cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from audit.files import shown_path
from claims.domain import Domain
from claims.domain_files import line_of
from claims.errors import DomainError
from claims.examples import Cases, Failure, case_failures, figure_failures, load_cases, pattern_failures
from koujing import options
from koujing.clicks import DONE, FOUND, Command, option
from koujing.faults import Fault
from koujing.knowledge import chosen
from koujing.project import open_project
from koujing.streams import out
from reports.trials import Trial, render
from reports.wording.terms import Lang


@click.command(
    "test",
    cls=Command,
    words=(
        "检验领域：每个识别模式和数字规则的 says 必须由它读出，silent 必须读不出；案例的说法必须一条不多、一条不少。\n"
        "案例在领域文件夹的 cases/ 里，也可以用 --cases 另给。退出码：0 全部相符；1 有不符；2 领域有错。",
        "Test a domain: each pattern and each rule of figures must read its `says`, and no claim on its topic may\n"
        "come of its `silent`; a case must give what it lists and no more. Cases lie in the domain's cases/ folder,\n"
        "or in --cases.\n"
        "Exit codes: 0 all as told; 1 something is not; 2 the domain is not valid.",
    ),
)
@click.argument("name", required=False, metavar="[NAME]")
@option(
    "--cases", "folder", type=click.Path(path_type=Path), metavar="DIR",
    zh="另一个案例文件夹", en="Another folder of cases.",
)  # fmt: skip
@options.lang
@click.pass_context
def command(ctx: click.Context, name: str | None, folder: Path | None, lang: Lang | None) -> None:
    project = open_project()
    lang = options.spoken(lang, project)
    domains = chosen(project, name)
    lent = _cases(project.here / folder, project.here) if folder is not None else []
    trials = [_trial(domain, lent, project.here) for domain in domains]
    known = {topic for domain in domains for topic in domain.topics}
    for cases in lent:
        if name is None and cases.topic not in known:
            raise _stray(cases, project.here)
    out(render(trials, lang))
    ctx.exit(FOUND if any(trial.failures for trial in trials) else DONE)


def _cases(folder: Path, here: Path) -> list[Cases]:
    if not folder.is_dir():
        raise Fault("missing", path=shown_path(str(folder), str(here)))
    try:
        return [load_cases(path) for path in sorted(folder.glob("*.yaml"))]
    except DomainError as e:
        e.path = shown_path(e.path, str(here))
        raise


def _stray(cases: Cases, here: Path) -> Fault:
    path = shown_path(str(cases.file), str(here))
    return Fault("case-topic", path=path, line=line_of(cases.file, ["topic"]), got=cases.topic)


def _trial(domain: Domain, lent: Sequence[Cases], here: Path) -> Trial:
    own = _cases(domain.folder / "cases", here) if (domain.folder / "cases").is_dir() else []
    for cases in own:
        if cases.topic not in domain.topics:
            raise _stray(cases, here)
    run = [*own, *(c for c in lent if c.topic in domain.topics)]
    failures = [_told(f, here) for f in _failures(domain, run)]
    rules = domain.figures.rules if domain.figures is not None else ()
    return Trial(
        domain=domain.name,
        patterns=len(domain.patterns),
        rules=len(rules),
        examples=sum(len(p.says) + len(p.silent) for p in domain.patterns)
        + sum(len(r.says) + len(r.silent) for r in rules),
        cases=sum(len(c.cases) for c in run),
        failures=tuple(failures),
    )


def _failures(domain: Domain, run: Sequence[Cases]) -> Iterator[Failure]:
    yield from pattern_failures(domain)
    yield from figure_failures(domain)
    for cases in run:
        yield from case_failures(domain, cases)


def _told(failure: Failure, here: Path) -> tuple[str, int | None, Failure]:
    return shown_path(str(failure.file), str(here)), line_of(failure.file, failure.keys), failure
