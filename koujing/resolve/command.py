"""`koujing resolve`: what an editor decides, written as rulings."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

from audit import git
from audit.model import RULING_CODES, SEVERITIES, Finding, Severity
from audit.rulings.model import DECISIONS, Decision
from claims.alike import nearest_ids
from koujing import options
from koujing.auditing import tell_problems
from koujing.base import compare_with
from koujing.clicks import INTERRUPTED, Command, option
from koujing.faults import Fault
from koujing.project import Project, open_project
from koujing.resolve import once
from koujing.resolve.asking import Asker, Known, published
from koujing.resolve.files import Written
from koujing.resolve.once import Asked
from koujing.resolve.state import State
from koujing.resolve.terminal import console, is_terminal
from koujing.resolve.walk import Plan, Walk
from koujing.run import read_project, report_of, touches
from koujing.streams import columns, out, wants_color
from koujing.today import decided_on, today_of
from reports.record import Report
from reports.resolving import View, ending
from reports.wording.messages import message, todo
from reports.wording.resolving import tell
from reports.wording.terms import Lang

SHORTEST = 3
"""Characters of an id that may stand for the whole."""

FILES = 6
"""So many files are named one by one; of more, their folder."""


class Side(click.ParamType):  # type: ignore[type-arg]  # generic only in recent clicks
    """1 or 2; 甲 or 乙, A or B."""

    name = "side"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        known: Mapping[str, int] = {"1": 0, "甲": 0, "a": 0, "2": 1, "乙": 1, "b": 1}
        if value.strip().lower() not in known:
            raise Fault("bad-side", got=value)
        return known[value.strip().lower()]


class Published(click.ParamType):  # type: ignore[type-arg]  # generic only in recent clicks
    """A year, a month or a day."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        found = published(value)
        if found is None:
            raise Fault("bad-date", got=value)
        return found


@click.command(
    "resolve",
    cls=Command,
    words=(
        "一个一个地处理没有解决的问题，最严重的在前：看两方的原文，按一个键裁定，写成 rulings/ 里的文件。\n"
        "随时可以退出，写好的都在；下次从没处理的接着来。给出编号，就只处理这些。\n\n"
        "也可以不问，一条命令写完：\n"
        "koujing resolve K7QF2M --verdict both-stand --reason 两篇说的是两类人",
        "Walk through what is open, worst first: see both sides in their context, press one key, and the verdict is\n"
        "written as a file below rulings/. Quit when you like: what was written stays. IDs choose which.\n\n"
        "Or decide in one command, without questions:\n"
        "koujing resolve K7QF2M --verdict both-stand --reason 'they mean different people'",
    ),
)
@click.argument("names", nargs=-1, metavar="[ID]...")
@option("--topic", metavar="TOPIC", zh="只看这个主题", en="Only findings on this topic.")
@option(
    "--severity", type=click.Choice(SEVERITIES), metavar="|".join(SEVERITIES),
    zh="只看这样严重的，以及更严重的", en="Only findings at least so severe.",
)  # fmt: skip
@option(
    "--base", metavar="REF",
    zh="只看这次改动带来的：与 REF（分支、标签或提交）分开之后的",
    en="Only what is new since the branch, tag or commit REF.",
)  # fmt: skip
@option(
    "--path", "paths", multiple=True, metavar="PATH",
    zh="只看涉及这里的文章的，可以多次", en="Only findings of these articles; may be repeated.",
)  # fmt: skip
@option(
    "--possible/--no-possible", default=None,
    zh="是否也看“可能矛盾”，默认按配置，否则不看", en="Possible conflicts too (default: the config's, else not).",
)  # fmt: skip
@option(
    "--verdict", type=click.Choice(DECISIONS), metavar="|".join(DECISIONS),
    zh="裁定：一方对、两方都对、读错了、正在核实；不再一个一个地问",
    en="The verdict; nothing is asked then.",
)  # fmt: skip
@option("--side", type=Side(), metavar="1|2", zh="哪一方：1 是甲，2 是乙", en="Which side: 1 is A, 2 is B.")
@option("--reason", metavar="TEXT", zh="理由", en="Why.")
@option("--by", metavar="NAME", zh="裁定人，默认是 git 里的名字", en="Who decides (default: git's user.name).")
@option("--source", "document", metavar="TEXT", zh="stands 依据的文件", en="stands: the document that says so.")
@option("--issuer", metavar="TEXT", zh="stands 的发文机关", en="stands: who issued it.")
@option("--published", type=Published(), metavar="DATE", zh="stands 的发布日期", en="stands: when it was published.")
@option("--since", type=options.Day(), metavar="DATE", zh="stands 从哪天起", en="stands: since when.")
@option("--until", type=options.Day(), metavar="DATE", zh="stands 到哪天为止", en="stands: until when.")
@option("--expires", type=options.Day(), metavar="DATE", zh="有效到哪天为止", en="The last day of effect.")
@option(
    "--claim", "claims", multiple=True, metavar="ID",
    zh="只对这些说法（编号以 c 开头），可以多次", en="Only for these claims; may be repeated.",
)  # fmt: skip
@option(
    "--same-wording", "alike", is_flag=True,
    zh="原话相同的别的问题，作同样的裁定", en="The same verdict for other findings that rest on the same words.",
)  # fmt: skip
@option("--yes", "sure", is_flag=True, zh="不再确认", en="Do not ask to confirm.")
@option("--dry-run", "dry", is_flag=True, zh="只显示会写什么，不写", en="Show what would be written, write nothing.")
@options.jobs
@options.no_cache
@option("--today", type=options.Day(), metavar="DATE", zh="哪天算今天", en="The day that counts as today.")
@options.lang
@click.pass_context
def command(
    ctx: click.Context, names: tuple[str, ...], topic: str | None, severity: Severity | None, base: str | None,
    paths: tuple[str, ...], possible: bool | None, verdict: Decision | None, side: int | None, reason: str | None,
    by: str | None, document: str | None, issuer: str | None, published: str | None, since: str | None,
    until: str | None, expires: str | None, claims: tuple[str, ...], alike: bool, sure: bool, dry: bool,
    jobs: int | None, today: str | None, lang: Lang | None,
) -> None:  # fmt: skip
    project = open_project(paths)
    lang = options.spoken(lang, project)
    if not project.configured:
        raise Fault("resolve-no-config")
    given = {
        "--side": side is not None, "--reason": reason, "--source": document, "--issuer": issuer,
        "--published": published, "--since": since, "--until": until, "--expires": expires, "--claim": claims,
    }  # fmt: skip
    loose = [name for name, value in given.items() if value]
    if verdict is None and loose:
        raise Fault("resolve-needs-verdict", options=", ".join(loose))
    if verdict is not None and not names:
        raise Fault("resolve-needs-id")
    for name, value in {"--reason": reason, "--by": by, "--source": document}.items():
        if value is not None and not value.strip():
            raise Fault("resolve-empty", option=name)
    day = today_of(project, today)
    # An id that is asked for by name may be of a possible conflict, whatever the config lists.
    wanted = True if names and possible is None else possible
    with options.counted(lang) as counter:
        if base is None:
            reading = read_project(project, day[0], jobs=jobs, progress=counter)
            state, brought = State(reading, possible=wanted), None
        else:
            compared = compare_with(project, base, day[0], jobs=jobs, progress=counter, possible=wanted)
            state, brought = State(compared.reading, possible=wanted), compared.change.brought.keys()
    if topic is not None and topic not in state.reading.topics:
        raise Fault("unknown-topic", got=topic)
    report = report_of(state.reading, state.findings, lang=lang, today=day, fail_on=project.config.fail_on)
    tell_problems(report, errors_only=True)
    view = View(
        words=report.words, sources=state.reading.sources(), titles=report.titles, width=columns(), color=wants_color()
    )  # fmt: skip
    chosen = _chosen(state, names, report)
    chosen = [
        f for f in chosen
        if (topic is None or f.topic == topic)
        and (severity is None or SEVERITIES.index(f.severity) <= SEVERITIES.index(severity))
        and (brought is None or f.id in brought)
        and (not paths or touches(f, state.reading.shown))
    ]  # fmt: skip
    on, signed = decided_on(project, today), by or git.user_name(project.root)
    if verdict is not None and chosen:
        asked = Asked(
            verdict=verdict, side=side, reason=reason or "", by=signed, on=on, today=day[0], document=document or "",
            issuer=issuer or "", published=published or "", since=since or "", until=until or "",
            expires=expires or "", claims=claims, alike=alike, sure=sure, dry=dry,
        )  # fmt: skip
        then, written = once.decide(state, chosen, asked, view, _confirm(asked, view))
        out(_ending(project, then, written, then.open, 0, base, dry, view))
        return
    if not chosen:
        elsewhere = len(state.open)
        out((tell("none-chosen", lang, n=elsewhere) if elsewhere else tell("none-left", lang)) + "\n")
        out(_about_rulings(state, view))
        return
    known = Known(by=signed, on=on, today=day[0])
    plan = Plan(queue=tuple(f.id for f in chosen), known=known, sure=sure, alike=alike, dry=dry)
    walk = Walk(state, plan, console(lang), view)
    try:
        walk.run()
    except KeyboardInterrupt:
        out(f"\n{tell('stopped', lang)}\n")
        ctx.exit(INTERRUPTED)
    finally:
        out(_ending(project, walk.state, walk.written, chosen, walk.edits, base, dry, view))


def _confirm(asked: Asked, view: View) -> Callable[[str], bool] | None:
    """Asks at a terminal whether to write; nobody is asked elsewhere, or where that is settled."""
    if asked.sure or asked.dry or not is_terminal():
        return None
    asker = Asker(console(view.lang), view)
    return lambda key: asker.yes(key, default=key == "write")


# Which findings.


def _chosen(state: State, names: Sequence[str], report: Report) -> list[Finding]:
    """Those named, else all that is open. Raises Fault."""
    if not names:
        return state.open
    found = {f.id: f for f in (_lookup(name, state) for name in names)}
    for finding in found.values():
        if finding.code in RULING_CODES:
            lang = report.words.lang
            about, mend = message(finding, report.words), todo(finding, lang)
            raise Fault("resolve-of-ruling", got=finding.id, about=about, mend=mend)
        if finding.state == "resolved":
            ruling = state.ruling(finding.ruling)
            path = ruling.path if ruling is not None else f"{state.reading.project.config.rulings}/"
            raise Fault("resolve-resolved", got=finding.id, ruling=finding.ruling or "", file=path)
    return list(found.values())


def _lookup(name: str, state: State) -> Finding:
    """The finding of an id: in any case, or its beginning where that is enough. Raises Fault."""
    whole = state.named(name.upper())
    if whole is not None:
        return whole
    begun = [f for f in state.findings if len(name) >= SHORTEST and f.id.startswith(name.upper())]
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise Fault("ambiguous-id", got=name, matches=", ".join(f.id for f in begun[:SHORTEST]))
    known = [f.id for f in state.open]
    raise Fault("resolve-unknown", got=name, nearest=", ".join(nearest_ids(name, known)) or "—")


# What it came to.


def _ending(
    project: Project, state: State, written: Sequence[Written], chosen: Sequence[Finding], edits: int,
    base: str | None, dry: bool, view: View,
) -> str:  # fmt: skip
    still = (state.named(f.id) for f in chosen)
    left = sum(f is not None and f.state != "resolved" for f in still) - edits
    decided = len({one.path for one in written})
    text = ending(decided, edits, max(left, 0), _ruling_findings(state), _commands(project, written, edits, base), view)
    return text + (tell("preview", view.lang) + "\n" if dry else "")


def _ruling_findings(state: State) -> int:
    return sum(f.code in RULING_CODES for f in state.findings)


def _about_rulings(state: State, view: View) -> str:
    n = _ruling_findings(state)
    return tell("rulings-left", view.lang, n=n) + "\n" if n else ""


def _commands(project: Project, written: Sequence[Written], edits: int, base: str | None) -> list[str]:
    """What to run next."""
    check = " ".join(["koujing check", *(["--base", shlex.quote(base)] if base is not None else [])])
    if not written:
        return [check] if edits else []
    paths = list(dict.fromkeys(_shown(project, project.root / one.path) for one in written))
    if len(paths) > FILES:
        paths = [_shown(project, project.root / project.config.rulings)]
    add = " ".join(["git add", *map(shlex.quote, paths)])
    return [*([add] if git.work_tree(project.root) is not None else []), check]


def _shown(project: Project, place: Path) -> str:
    """A path as typed from the current folder."""
    try:
        return Path(os.path.relpath(place, project.here)).as_posix()
    except ValueError:  # another drive
        return place.as_posix()
