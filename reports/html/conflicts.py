"""The findings, a card each, and what they can be filtered by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import msgspec

from audit.model import SEVERITIES
from reports.grouping import in_order
from reports.html.cards import Card, card, places_shown
from reports.html.links import Links
from reports.html.passages import passages
from reports.html.plain import cut
from reports.html.record import Audit
from reports.wording.page import words_of
from reports.wording.terms import SEVERITY, STATE, pick

STATES = ("open", "under-review", "resolved")
NAME = 60
"""Characters shown of an article's title in a list to choose from."""

Options: TypeAlias = tuple["Option", ...]


class Option(msgspec.Struct, frozen=True):
    """A value that a filter can have, and how many findings have it."""

    value: str
    label: str
    count: int


class Filter(msgspec.Struct, frozen=True):
    """Something to filter by; `name` is its key in the address."""

    name: str
    options: Options


def conflicts(audit: Audit, links: Links) -> Mapping[str, Any]:
    findings = in_order(audit.report.findings)
    findings.sort(key=lambda f: f.state == "resolved")
    found = passages(places_shown(findings), audit)
    cards = tuple(card(finding, audit, found, links) for finding in findings)
    papers = {article: str(n) for n, article in enumerate(sorted({a for c in cards for a in c.articles}))}
    writers = {author: str(n) for n, author in enumerate(sorted({a for c in cards for a in c.authors}))}
    return {
        "cards": cards,
        "papers": papers,
        "writers": writers,
        "filters": _filters(cards, audit, papers, writers),
        "compared": audit.report.change is not None,
    }


def _filters(
    cards: Iterable[Card], audit: Audit, papers: Mapping[str, str], writers: Mapping[str, str]
) -> tuple[Filter, ...]:
    lang = audit.report.words.lang
    cards = tuple(cards)
    states = Counter(c.state_code for c in cards)
    severities = Counter(c.severity_code for c in cards)
    topics = Counter((c.topic_code, c.topic) for c in cards)
    kinds = Counter((c.kind_code, c.kind) for c in cards)
    in_article = Counter(a for c in cards for a in c.articles)
    by_author = Counter(a for c in cards for a in c.authors)
    return (
        Filter("state", tuple(Option(s, pick(STATE[s], lang), states[s]) for s in STATES if states[s])),
        Filter("severity", tuple(Option(s, pick(SEVERITY[s], lang), n) for s in SEVERITIES if (n := severities[s]))),
        Filter(
            "topic",
            tuple(
                Option(code or "-", title or words_of("no-topic", lang), n)
                for (code, title), n in sorted(topics.items(), key=lambda pair: (not pair[0][0], pair[0]))
            ),
        ),
        Filter("kind", tuple(Option(code, title, n) for (code, title), n in _commonest(kinds))),
        Filter("article", tuple(Option(papers[a], _named(a, audit), in_article[a]) for a in papers)),
        Filter("author", tuple(Option(writers[a], cut(a, NAME), n) for a, n in _commonest(by_author))),
    )


def _commonest(counted: Counter[Any]) -> list[tuple[Any, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def _named(article: str, audit: Audit) -> str:
    title = audit.articles[article].title if article in audit.articles else ""
    return cut(title or article, NAME)
