"""`koujing rulings`: its options, and what each of them asks for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import click

from audit.gate import exit_code
from audit.rulings.standing import Standing, statistics
from koujing import options
from koujing.auditing import tell_problems
from koujing.clicks import DONE, FOUND, Command, option
from koujing.faults import Fault
from koujing.project import open_project
from koujing.rulings.case import Case, case_of, chosen
from koujing.rulings.pruning import prune
from koujing.rulings.renewing import renew
from koujing.run import find_conflicts, report_of
from koujing.streams import columns, out, wants_color
from koujing.today import today_of
from reports import rulings as shown
from reports.json import finding_record
from reports.record import Report
from reports.text import render_finding
from reports.wording.ruled import ruled
from reports.wording.terms import Lang

FORMATS = ("text", "json", "csv")


@click.command(
    "rulings",
    cls=Command,
    words=(
        "列出裁定：有没有作用、裁定了什么、谁在什么时候裁定的、为什么。写名字只看这几份。",
        "List the rulings: whether each has an effect, what it decides, who decided when, and why.\n"
        "Name some to see only those.",
    ),
)
@click.argument("names", nargs=-1, metavar="[RULING]...")
@option(
    "--check", is_flag=True,
    zh="只看没有作用的；有就以退出码 1 结束", en="Only those without an effect; exit code 1 if there are any.",
)  # fmt: skip
@option(
    "--prune", "pruning", is_flag=True,
    zh="删除无用和过期的裁定，从失效的裁定里去掉已经没有的原文",
    en="Delete unused and expired ones; drop words that are gone.",
)  # fmt: skip
@option(
    "--renew", "renewing", is_flag=True,
    zh="问过以后，把失效的裁定改用现在的原文；加 --expires 给新的有效期",
    en="Take over the words of today, once you agree; with --expires, another last day.",
)  # fmt: skip
@option("--stats", is_flag=True, zh="各识别模式的准确率，各人的裁定数", en="Precision of patterns, rulings by person.")
@option(
    "--dry-run", "dry", is_flag=True,
    zh="和 --prune 一起用：只说要做什么", en="With --prune: only say what it would do.",
)  # fmt: skip
@option("--yes", is_flag=True, zh="和 --renew 一起用：不问，直接改", en="With --renew: do not ask.")
@option(
    "--expires", type=options.Day(), metavar="DATE",
    zh="和 --renew 一起用：新的有效期", en="With --renew: the new last day.",
)  # fmt: skip
@option(
    "--format", "form", type=click.Choice(FORMATS), default="text", metavar="|".join(FORMATS),
    zh="输出格式，默认 text", en="Format of the output (default: text).",
)  # fmt: skip
@options.today
@options.jobs
@options.no_cache
@options.lang
@click.pass_context
def command(
    ctx: click.Context, names: tuple[str, ...], check: bool, pruning: bool, renewing: bool, stats: bool, dry: bool,
    yes: bool, expires: str | None, form: str, today: str | None, jobs: int | None, lang: Lang | None,
) -> None:  # fmt: skip
    project = open_project()
    lang = options.spoken(lang, project)
    asked = {"--check": check, "--prune": pruning, "--renew": renewing, "--stats": stats}
    _check_options(asked, {"--dry-run": dry}, {"--yes": yes, "--expires": expires is not None})
    if renewing and not names:
        raise Fault("renew-what")
    day = today_of(project, today)
    reading = options.watched(project, jobs, lang, day[0])
    findings = find_conflicts(reading, possible=True)
    report = report_of(reading, findings, lang=lang, today=day, fail_on=project.config.fail_on)
    tell_problems(report, errors_only=True)
    case = case_of(reading, findings)
    known = chosen(case, names)
    code = exit_code(False, reading.problems)
    if pruning or renewing:
        _check_articles(report, project.config.rulings)
    if pruning:
        prune(case, known if names else (), lang, dry=dry)
    elif renewing:
        renew(case, known, expires, lang, yes=yes)
    elif stats:
        out(_statistics(case, known, form, lang))
    elif check:
        out(_troubles(case, known, report, form))
        idle = any(s.state not in ("in-effect", "under-review") for s in known)
        code = code or (FOUND if idle else DONE)
    else:
        out(_listed(known, report, form))
    ctx.exit(code)


def _check_options(asked: Mapping[str, bool], of_prune: Mapping[str, bool], of_renew: Mapping[str, bool]) -> None:
    """One thing at a time, and options only with what they are of. Raises Fault."""
    given = [name for name, on in asked.items() if on]
    if len(given) > 1:
        raise Fault("rulings-one", options=", ".join(given))
    for of, names in (("--prune", of_prune), ("--renew", of_renew)):
        for name, on in names.items():
            if on and not asked[of]:
                raise Fault("rulings-only", option=name, of=of)


def _check_articles(report: Report, folder: str) -> None:
    """What rests on articles that cannot be read is not known to be gone. Raises Fault."""
    bad = [p for p in report.problems if p.severity == "error" and not p.path.startswith(f"{folder}/")]
    if bad:
        raise Fault("rulings-unsure", path=bad[0].path)


def _listed(known: Sequence[Standing], report: Report, form: str) -> str:
    if form == "json":
        return shown.as_json(known)
    if form == "csv":
        return shown.as_csv(known)
    return shown.listing(known, report.words, width=columns(), color=wants_color())


def _troubles(case: Case, known: Sequence[Standing], report: Report, form: str) -> str:
    """What is wrong with some rulings; findings as `koujing check` has them."""
    about = {f.id: f for s in known for f in case.about(s.ruling)}
    found = [f for f in case.troubles if f.id in about]
    if form == "json":
        return json.dumps([finding_record(f, report) for f in found], ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return shown.as_csv([s for s in known if s.state not in ("in-effect", "under-review")])
    if not found:
        return ruled("sound", report.words.lang) + "\n"
    sources, color = case.reading.sources(), wants_color()
    return "\n".join(render_finding(f, report, sources, color=color) for f in found)


def _statistics(case: Case, known: Sequence[Standing], form: str, lang: Lang) -> str:
    stats = statistics(known, case.reading.corpus.claims, case.effect)
    if form == "json":
        return shown.statistics_json(stats)
    return shown.statistics_csv(stats) if form == "csv" else shown.statistics_text(stats, lang, width=columns())
