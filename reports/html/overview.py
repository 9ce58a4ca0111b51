"""The overview: does the corpus pass, what must be decided first, how much there is, and what the run was given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from audit.model import SEVERITIES, Finding, State
from audit.problem import Problem
from claims.wording import said
from reports.html.links import Links
from reports.html.plain import cut
from reports.html.record import Audit
from reports.wording.messages import message
from reports.wording.page import words_of
from reports.wording.problems import words_of_problem
from reports.wording.summing import SHORT, loosened, sums
from reports.wording.terms import KIND, SEVERITY, STATE, Lang, pick, term

FIRST = 7
"""Findings listed as those to be decided first."""
LEAST = 5
"""Articles listed as those of which least was typed."""
FEW = 3
"""Assertions that an article has at least, to be listed so."""
MARK = 10
"""Digits of a domain's digest that are shown."""
STATES: tuple[State, ...] = ("open", "under-review", "resolved")


class Pressing(msgspec.Struct, frozen=True):
    """A finding to be decided."""

    id: str
    href: str
    severity_code: str
    severity: str
    subject: str
    message: str
    articles: int


class Count(msgspec.Struct, frozen=True):
    """How many findings of a row: by the codes of columns, in all, and the filter that shows them."""

    label: str
    filter: str
    cells: tuple[tuple[str, int], ...]
    total: int


class Trouble(msgspec.Struct, frozen=True):
    """A problem with a file, or with the config."""

    severity: str
    severity_words: str
    where: str


class Scant(msgspec.Struct, frozen=True):
    """An article of which little was typed."""

    href: str
    title: str
    path: str
    typed: int
    assertions: int
    share: int


def overview(audit: Audit, links: Links) -> Mapping[str, Any]:
    report = audit.report
    lang, change = report.words.lang, report.change
    return {
        "conflicts": links.section("conflicts"),
        "code": report.exit_code,
        "blocking": report.blocking,
        "first": tuple(_first(audit, links)),
        "severities": tuple((s, pick(SEVERITY[s], lang)) for s in SEVERITIES),
        "states": tuple(_by_state(report.findings, lang)),
        "by_topic": tuple(_by_topic(audit)),
        "kinds": tuple(_by_kind(report.findings, lang)),
        "topics": len(audit.stands),
        "articles": report.articles,
        "claims": report.claims,
        "typed": report.typed,
        "assertions": report.assertions,
        "share": 100 * report.typed // report.assertions if report.assertions else 0,
        "least": _least(audit, links),
        "change": change,
        "commit_then": change.commit[:SHORT] if change is not None else "",
        "loosened_text": sums("loosened", lang),
        "loosened": tuple(loosened(one, lang) for one in change.loosened) if change is not None else (),
        "problems": tuple((_trouble(p, lang), *words_of_problem(p, lang)) for p in report.problems),
        "inputs": tuple(_inputs(audit)),
    }


def _first(audit: Audit, links: Links) -> Iterator[Pressing]:
    report = audit.report
    words = report.words
    chosen = [(f, len(_articles(f))) for f in report.findings if f.id in report.blocks]
    chosen.sort(key=lambda pair: (SEVERITIES.index(pair[0].severity), -pair[1], pair[0].topic or "", pair[0].id))
    for finding, articles in chosen[:FIRST]:
        yield Pressing(
            id=finding.id,
            href=links.finding(finding.id),
            severity_code=finding.severity,
            severity=pick(SEVERITY[finding.severity], words.lang),
            subject=words.subject(finding),
            message=message(finding, words),
            articles=articles,
        )


def _trouble(problem: Problem, lang: Lang) -> Trouble:
    where = problem.path + "".join(f":{n}" for n in (problem.line, problem.column) if n is not None)
    return Trouble(problem.severity, pick(SEVERITY[problem.severity], lang), where)


def _articles(finding: Finding) -> frozenset[str]:
    return frozenset(place.article for side in finding.sides for place in side.places)


def _by_state(findings: Iterable[Finding], lang: Lang) -> Iterator[Count]:
    counted = Counter((f.state, f.severity) for f in findings)
    for state in STATES:
        cells = tuple((s, counted[state, s]) for s in SEVERITIES)
        yield Count(pick(STATE[state], lang), f"state={state}", cells, sum(n for _, n in cells))


def _by_kind(findings: Iterable[Finding], lang: Lang) -> Iterator[Count]:
    standing = [f for f in findings if f.state != "resolved"]
    counted = Counter((str(f.kind), f.severity) for f in standing)
    kinds = Counter(str(f.kind) for f in standing)
    for kind, total in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])):
        cells = tuple((s, counted[kind, s]) for s in SEVERITIES)
        yield Count(pick(KIND[kind], lang), f"kind={kind}", cells, total)


def _by_topic(audit: Audit) -> Iterator[Count]:
    """Findings that stand, the topic with the most first."""
    words = audit.report.words
    counted = Counter((f.topic or "", f.severity) for f in audit.report.standing)
    totals = Counter(f.topic or "" for f in audit.report.standing)
    for topic, total in sorted(totals.items(), key=lambda pair: (not pair[0], -pair[1], pair[0])):
        label = words.topic(topic) if topic else words_of("no-topic", words.lang)
        cells = tuple((s, counted[topic, s]) for s in SEVERITIES)
        yield Count(label, f"topic={topic or '-'}", cells, total)


def _least(audit: Audit, links: Links) -> tuple[Scant, ...]:
    some = [one for one in audit.articles.values() if one.assertions >= FEW and one.typed < one.assertions]
    some.sort(key=lambda one: (one.typed / one.assertions, -one.assertions, one.article))
    return tuple(
        Scant(
            links.article(one.article), cut(one.title or one.path, 60), one.path, one.typed, one.assertions,
            100 * one.typed // one.assertions,
        )
        for one in some[:LEAST]
    )  # fmt: skip


def _inputs(audit: Audit) -> Iterator[tuple[str, str]]:
    """What the run was given, by the key of its label."""
    report, run = audit.report, audit.run
    lang = report.words.lang
    commit = run.commit[:MARK]
    if not commit:
        yield "commit", words_of("no-commit", lang)
    elif run.uncommitted:
        yield "commit", words_of("with-uncommitted", lang, commit=commit, n=run.uncommitted)
    else:
        yield "commit", commit
    for domain in run.domains:
        title = said(domain.title, lang, domain.name)
        mark = words_of("domain-mark", lang, mark=domain.mark[:MARK])
        yield "domain", " · ".join(dict.fromkeys((title, domain.name, mark)))
    source = term(f"today-{report.today_source}", lang)
    yield "today", words_of("today-from", lang, today=report.today, source=source)
    yield "config", run.config or words_of("no-config", lang)
    yield "paths", " ".join(run.paths) or words_of("all-paths", lang)
    yield "blocks-at", pick(SEVERITY[report.fail_on], lang) if report.fail_on in SEVERITY else term("none", lang)
    if report.hidden:
        yield "hidden", words_of("hidden-text", lang, n=report.hidden)
