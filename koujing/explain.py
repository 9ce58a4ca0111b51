"""`koujing explain`: a kind of finding, one finding, one claim, one fact, one ruling, or two claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from audit.model import Finding
from audit.references import reference_of
from audit.verdict import judge
from claims.alike import nearest_ids
from claims.domain import Domain
from claims.model import Claim
from claims.recording import FIGURES
from koujing import options
from koujing.auditing import tell_problems
from koujing.clicks import Command, option
from koujing.faults import Fault
from koujing.project import open_project
from koujing.rulings.case import case_of, find_ruling, page_of
from koujing.run import Reading, by_id, find_conflicts, report_of
from koujing.streams import out, wants_color
from koujing.today import today_of
from reports.explanation import claim_page, verdict_page
from reports.manual import CODES, contents, manual
from reports.record import Report
from reports.references import fact_page
from reports.text import render_finding
from reports.wording.terms import Lang

EVERY = 1_000_000
SHORTEST = 3
"""Characters of an id that may stand for the whole."""

NEAREST = 3


@click.command(
    "explain",
    cls=Command,
    words=(
        "解释一类问题（contradiction、sum-mismatch）、一个问题（K7QF2M）、一条说法（c4e15165zmp）、\n"
        "一条参考事实（own-card）或一份裁定（rulings/K7QF2M.yaml）；\n"
        "给出两条说法的编号，说明它们为什么矛盾或不矛盾。不给编号时列出各类问题。",
        "Explain a kind (sum-mismatch), a finding (K7QF2M), a claim (c4e15165zmp), a fact (own-card)\n"
        "or a ruling (rulings/K7QF2M.yaml); of two claims, why they conflict or do not.\n"
        "Without arguments, lists the kinds.",
    ),
)
@click.argument("names", nargs=-1, metavar="[CODE|ID [ID]]")
@option(
    "--path", "paths", multiple=True, metavar="PATH",
    zh="在哪里找，可以多次，默认是当前文件夹", en="Where to look; may be repeated (default: the current folder).",
)  # fmt: skip
@options.jobs
@options.no_cache
@options.lang
@click.pass_context
def command(
    ctx: click.Context, names: tuple[str, ...], paths: tuple[str, ...], jobs: int | None, lang: Lang | None
) -> None:
    if len(names) > 2:
        raise click.UsageError(f"Got unexpected extra arguments ({' '.join(names[2:])})")
    project = open_project(paths)
    lang = options.spoken(lang, project)
    if not names:
        out(contents(lang))
        return
    if len(names) == 1 and names[0].lower() in CODES:
        out(manual(names[0].lower(), lang))
        return
    day = today_of(project)
    reading = options.watched(project, jobs, lang, day[0])
    findings = find_conflicts(reading, possible=True)
    report = report_of(reading, findings, lang=lang, today=day, fail_on=project.config.fail_on)
    tell_problems(report, errors_only=True)
    out(_page(names, reading, findings, report))


def _page(names: Sequence[str], reading: Reading, findings: Sequence[Finding], report: Report) -> str:
    claims: dict[str, list[Claim]] = {}
    for claim in reading.claims():
        claims.setdefault(claim.id, []).append(claim)
    known = by_id(findings)
    sources, color = reading.sources(), wants_color()
    facts = {known.fact.id: known for known in reading.facts}
    rulings = {ruling.id: ruling for ruling in reading.rulings}
    if len(names) == 1 and ("/" in names[0] or "." in names[0]) and (named := find_ruling(reading, names[0])):
        return page_of(named, case_of(reading, findings), report, color=color)
    # A ruling may have the name of the finding that it decides; where that is still there it is meant.
    ids = [lookup(name, [*rulings, *CODES, *known, *claims, *facts]) for name in names]
    if len(ids) == 2:
        for name, found in zip(names, ids, strict=True):
            if found not in claims:
                raise Fault("two-claims", got=name)
        a, b = _pair(claims[ids[0]], claims[ids[1]])
        topic = reading.topics.get(a.topic) or next(iter(reading.topics.values()))
        return verdict_page(a, b, judge(a, b, topic), report, sources, color=color)
    if ids[0] in CODES:
        return manual(ids[0], report.words.lang)
    if ids[0] in known:
        return render_finding(known[ids[0]], report, sources, color=color, most=EVERY)
    if ids[0] in facts:
        fact = facts[ids[0]]
        return fact_page(reference_of(fact.fact), fact.origin, fact.off, findings, report.words, color=color)
    if ids[0] in rulings and ids[0] not in claims:
        return page_of(rulings[ids[0]], case_of(reading, findings), report, color=color)
    places = claims[ids[0]]
    examples = _examples(places[0].pattern, reading.domains)
    return claim_page(places, findings, report, sources, examples=examples, color=color)


def _pair(a: Sequence[Claim], b: Sequence[Claim]) -> tuple[Claim, Claim]:
    """A place of each; of one and the same claim two places, where it has them."""
    return (a[0], b[1]) if a[0] == b[0] and len(b) > 1 else (a[0], b[0])


def lookup(name: str, known: Iterable[str]) -> str:
    """The id that a name stands for: in any case, or its beginning where that is enough. Raises Fault."""
    ids = {i.lower(): i for i in known}
    low = name.lower()
    if low in ids:
        return ids[low]
    begun = sorted(i for key, i in ids.items() if len(low) >= SHORTEST and key.startswith(low))
    if len(begun) == 1:
        return begun[0]
    if begun:
        more = " …" if len(begun) > NEAREST else ""
        raise Fault("ambiguous-id", got=name, matches=", ".join(begun[:NEAREST]) + more)
    raise Fault("unknown-id", got=name, nearest=", ".join(nearest_ids(name, known, NEAREST)))


def _examples(pattern: str, domains: Iterable[Domain]) -> tuple[str, ...]:
    """Sentences that a pattern, or a rule of figures, was written for, as its domain gives them."""
    for domain in domains:
        rules = domain.figures.rules if domain.figures is not None else ()
        for name, says in [*((p.id, p.says) for p in domain.patterns), *((FIGURES + r.id, r.says) for r in rules)]:
            if name == pattern:
                return tuple(example for example in says if isinstance(example, str))[:2]
    return ()
