"""The articles, as a list; their texts are made one at a time (`texts`), for many do not fit into one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import msgspec
from markupsafe import Markup

from audit.model import SEVERITIES
from reports.html.links import Links, article_id
from reports.html.partners import partners_of
from reports.html.plain import cut
from reports.html.prose import Prose
from reports.html.record import Apart, Audit
from reports.html.texts import Texts
from reports.wording.phrases import day
from reports.wording.terms import SEVERITY, pick

TITLE = 90
"""Characters shown of a title."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An article in the list. `cells` are the findings that stand, by severity; `state_code` is `error`, `warning`,
    `info` or `ok`: how bad the worst of them is."""

    id: str
    href: str
    title: str
    path: str
    teaser: bool
    day: str
    date: str
    author: str
    claims: int
    typed: int
    assertions: int
    share: int
    cells: tuple[tuple[str, str, int], ...]
    found: int
    state_code: str
    state: str


def articles(audit: Audit, links: Links) -> Mapping[str, Any]:
    rows = tuple(_rows(audit, links))
    authors = Counter(row.author for row in rows if row.author)
    return {
        "listed": rows,
        "authors": sorted(authors.items(), key=lambda pair: (-pair[1], pair[0])),
        "left_out": not links.texts,
        "texts": _texts(audit, links) if links.texts and not links.folder else (),
    }


def pages(audit: Audit, links: Links) -> Mapping[str, Callable[[], Apart | None]]:
    """What makes the page of each article, as seen from there; None of one that cannot be read any more."""
    texts, prose = Texts(audit, partners_of(audit.report.findings), links), Prose(audit.report.words.lang)

    def page(path: str) -> Apart | None:
        for article in audit.read([path]):
            title = audit.articles[path].title if path in audit.articles else ""
            return Apart(links.file(path), title or path, prose.text(texts.shown(article, set())))
        return None

    return {links.file(path): partial(page, path) for path in _paths(audit)}


def _texts(audit: Audit, links: Links) -> Iterator[Markup]:
    """Every article's text, one at a time."""
    texts, prose = Texts(audit, partners_of(audit.report.findings), links), Prose(audit.report.words.lang)
    taken = set[str]()
    for article in audit.read(_paths(audit)):
        yield Markup(prose.text(texts.shown(article, taken)))


def _paths(audit: Audit) -> list[str]:
    return list(dict.fromkeys(one.path for one in audit.articles.values()))


def _rows(audit: Audit, links: Links) -> Iterator[Row]:
    lang, known = audit.report.words.lang, partners_of(audit.report.findings)
    seen: set[str] = set()
    for one in audit.articles.values():
        counts = known.counts(one.article)
        worst = next((s for s in SEVERITIES if counts.get(s)), None)
        name = article_id(one.path)
        yield Row(
            id="" if links.texts or name in seen else name,  # where there is no text, links lead here
            href=links.article(one.article) if links.texts else "",
            title=cut(one.title or one.path, TITLE),
            path=one.article,
            teaser=one.is_teaser,
            day=one.date or "",
            date=day(one.date, lang) if one.date else "",
            author=cut(one.author or "", TITLE),
            claims=one.claims,
            typed=one.typed,
            assertions=one.assertions,
            share=100 * one.typed // one.assertions if one.assertions else 0,
            cells=tuple((s, pick(SEVERITY[s], lang), counts[s]) for s in SEVERITIES if counts.get(s)),
            found=sum(counts.values()),
            state_code=worst or "ok",
            state=pick(SEVERITY[worst], lang) if worst else "",
        )
        seen.add(name)
