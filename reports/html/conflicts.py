"""The findings, a card each, and what they can be filtered by. Where they are too many for the index of a folder, it
has a line for each, and the cards stand on pages of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

import msgspec

from audit.model import SEVERITIES, Finding
from reports.grouping import in_order
from reports.html.cards import Card, Head, card, head, places_shown
from reports.html.links import Links
from reports.html.passages import passages
from reports.html.plain import cut
from reports.html.record import Apart, Audit
from reports.html.rendering import rendered
from reports.wording.page import words_of
from reports.wording.terms import SEVERITY, STATE, pick

STATES = ("open", "under-review", "resolved")
MOST = 500
"""Findings that stand on the index of a folder; of more the index has a line each."""
PAGE = 100
"""Findings on a page of their own."""
SEARCHED = 40
"""Places of a side whose words can be searched for where its card is on another page."""
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
    findings = ordered(audit)
    heads: Sequence[Head]
    data: dict[str, Callable[[], list[str]]] = {}
    if links.cards:
        heads = tuple(head(finding, audit, links) for finding in findings)
        data["findings"] = partial(_words, findings, audit)
    else:
        heads = _cards(findings, audit, links)
    papers = {article: str(n) for n, article in enumerate(sorted({a for c in heads for a in c.articles}))}
    writers = {author: str(n) for n, author in enumerate(sorted({a for c in heads for a in c.authors}))}
    return {
        "cards": heads,
        "apart": bool(links.cards),
        "papers": papers,
        "writers": writers,
        "filters": _filters(heads, audit, papers, writers),
        "compared": audit.report.change is not None,
        "data": data,
    }


def ordered(audit: Audit) -> list[Finding]:
    """The findings in the order of the page."""
    return sorted(in_order(audit.report.findings), key=lambda f: f.state == "resolved")


def cards_of(audit: Audit) -> Mapping[str, str]:
    """The files of the pages on which findings of a folder stand, by id; nothing where the index has room for them."""
    findings = ordered(audit)
    if len(findings) <= MOST:
        return {}
    return {finding.id: f"findings/{1 + n // PAGE:03}.html" for n, finding in enumerate(findings)}


def finding_pages(audit: Audit, links: Links) -> Mapping[str, Callable[[], Apart | None]]:
    """What makes the pages of findings, so many on each, as seen from there."""
    findings = ordered(audit) if links.cards else []
    files = list(dict.fromkeys(links.cards.values()))
    parts = {file: findings[n * PAGE : n * PAGE + PAGE] for n, file in enumerate(files)}
    lang = audit.report.words.lang

    def page(file: str, n: int) -> Apart:
        first = n * PAGE
        title = words_of(
            "findings-page", lang, first=first + 1, last=first + len(parts[file]), all=len(findings)
        )  # fmt: skip
        context = {
            "cards": _cards(parts[file], audit, links),
            "title": title,
            "back": links.section("conflicts"),
            "before": f"../{files[n - 1]}" if n else "",
            "after": f"../{files[n + 1]}" if n + 1 < len(files) else "",
        }
        return Apart(file, title, rendered("findings", context, lang))

    return {file: partial(page, file, n) for n, file in enumerate(files)}


def _cards(findings: Sequence[Finding], audit: Audit, links: Links) -> tuple[Card, ...]:
    found = passages(places_shown(findings), audit)
    return tuple(card(finding, audit, found, links) for finding in findings)


def _words(findings: Iterable[Finding], audit: Audit) -> list[str]:
    """What can be searched for in each finding besides its line: its quotes, and the articles that these are from."""
    return ["\n".join(dict.fromkeys(_said(finding, audit))) for finding in findings]


def _said(finding: Finding, audit: Audit) -> Iterator[str]:
    for side in finding.sides:
        for place in side.places[:SEARCHED]:
            yield place.quote
            yield place.path
            if place.article in audit.articles:
                yield audit.articles[place.article].title
                yield audit.articles[place.article].author or ""


def _filters(
    cards: Iterable[Head], audit: Audit, papers: Mapping[str, str], writers: Mapping[str, str]
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
