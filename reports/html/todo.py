"""What to change, by article and by author."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec

from claims.model import Claim
from reports.html.cards import TITLE
from reports.html.links import Links
from reports.html.plain import cut
from reports.html.record import Audit
from reports.todo import Task, as_csv, follows, tasks
from reports.wording.messages import message
from reports.wording.messages import todo as how
from reports.wording.page import words_of
from reports.wording.phrases import day
from reports.wording.terms import KIND, SEVERITY, STATE, pick

MOST = 2000
"""Things to change that are listed; the file has all."""
PLACES = 5
"""Places of one that are shown."""


class Words(msgspec.Struct, frozen=True):
    """Words to change, and where they stand."""

    quote: str
    line: int
    href: str


class ToDo(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    href: str
    severity_code: str
    severity: str
    state_code: str
    state: str
    kind: str
    blocks: bool
    subject: str
    message: str
    words: tuple[Words, ...]
    left: int
    follow: str
    reference: str
    reference_href: str
    how: str


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """An article, or a ruling's file, with what to change in it."""

    path: str
    href: str
    title: str
    author: str
    date: str
    tasks: tuple[ToDo, ...]

    @property
    def blocking(self) -> int:
        return sum(task.blocks for task in self.tasks)


class Hand(msgspec.Struct, frozen=True):
    """An author, and how much there is for them."""

    name: str
    articles: int
    tasks: int
    blocking: int


def todo(audit: Audit, links: Links) -> Mapping[str, Any]:
    found = listed(audit)
    sheets = tuple(_sheets(found[:MOST], audit, links))
    return {
        "found": found,
        "sheets": sheets,
        "hands": _hands(found, audit),
        "left": max(0, len(found) - MOST),
        # Beside the page of a folder; on the page that may travel alone.
        "file": "todo.csv"
        if links.folder
        else "data:text/csv;charset=utf-8;base64," + b64encode(csv_of(audit, found).encode()).decode(),
    }


def listed(audit: Audit) -> list[Task]:
    """All that is to be changed in the articles (and rulings) of the audit."""
    return tasks(audit.report, _about(audit))


def csv_of(audit: Audit, found: Sequence[Task]) -> str:
    return as_csv(found, audit.report, _about(audit))


def _about(audit: Audit) -> Mapping[str, tuple[str, str, str]]:
    """Title, author and day of each article; of a ruling its name and who decided."""
    known = {ruling.path: (ruling.id, ruling.by, ruling.on) for ruling in audit.rulings}
    for one in audit.articles.values():
        if not one.is_teaser:
            known[one.path] = (one.title, one.author or "", one.date or "")
    return known


def _sheets(found: Sequence[Task], audit: Audit, links: Links) -> Iterator[Sheet]:
    about, lang = _about(audit), audit.report.words.lang
    for path, group in groupby(found, key=lambda task: task.article):
        title, author, date = about[path]
        yield Sheet(
            path=path,
            href=links.article(path) if path in audit.articles else "",
            title=cut(title or path, TITLE),
            author=cut(author, TITLE) or words_of("no-author", lang),
            date=day(date, lang) if date else "",
            tasks=tuple(_todo(task, audit, links) for task in group),
        )


def _todo(task: Task, audit: Audit, links: Links) -> ToDo:
    finding, report = task.finding, audit.report
    lang, of = report.words.lang, task.suggestion
    named = of is not None and of.why == "reference"
    return ToDo(
        id=finding.id,
        href=links.finding(finding.id),
        severity_code=finding.severity,
        severity=pick(SEVERITY[finding.severity], lang),
        state_code=finding.state,
        state=pick(STATE[finding.state], lang),
        kind=pick(KIND[finding.kind], lang),
        blocks=finding.id in report.blocks,
        subject=report.words.subject(finding),
        message=message(finding, report.words),
        words=tuple(
            Words(
                cut(place.quote, TITLE), place.line,
                links.article(place.article, place.id if isinstance(place, Claim) else "")
                if place.article in audit.articles else "",
            )
            for place in task.places[:PLACES]
        ),
        left=max(0, len(task.places) - PLACES),
        follow=follows(task, report),
        reference=of.reference if of is not None and named else "",
        reference_href=links.reference(of.kind, of.reference) if of is not None and named else "",
        how=how(finding, lang),
    )  # fmt: skip


def _hands(found: Sequence[Task], audit: Audit) -> tuple[Hand, ...]:
    about, nobody = _about(audit), words_of("no-author", audit.report.words.lang)
    names = [(cut(about[task.article][1], TITLE) or nobody, task) for task in found]
    counted, blocking = Counter(name for name, _ in names), Counter(
        name for name, task in names if task.finding.id in audit.report.blocks
    )
    papers = Counter(name for name, _ in {(name, task.article) for name, task in names})
    order = sorted(counted, key=lambda name: (-blocking[name], -counted[name], name))
    return tuple(Hand(name, papers[name], counted[name], blocking[name]) for name in order)
