"""One article as text: its claims marked, and a note for each with its record and what it meets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from claims.article import Article, Part
from claims.model import Claim
from reports.html.links import Links, article_id
from reports.html.marking import Group, Line, Marked, groups, title
from reports.html.partners import MOST, Partner, Partners, partner
from reports.html.plain import cut
from reports.html.record import Audit, Listing
from reports.wording.page import words_of
from reports.wording.phrases import day
from reports.wording.terms import HEDGE, ORIGIN, pick, term

HUES = 6
"""Colours of topics; an article on more uses them again."""
TITLE = 300
"""Characters shown of an article's title."""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A claim's record beside the text, by label, and the findings that it takes part in."""

    mark: Marked
    topic: str
    topic_href: str
    value: str
    bounds: str
    rows: tuple[tuple[str, str], ...]
    partners: tuple[Partner, ...]
    left: int


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a file: the article itself, or another's opening quoted on its page. `title` is the title's block,
    None where none of the text is one."""

    listing: Listing
    name: str
    title: Line | None
    title_text: str
    date: str
    groups: tuple[Group, ...]
    notes: Mapping[str, Note]
    topics: tuple[tuple[int, str, str], ...]
    untyped: int


def shown(article: Article, audit: Audit, known: Partners, links: Links, taken: set[str]) -> Mapping[str, Any]:
    """What the template `text` shows of an article; `taken` are ids of elements that the page has already."""
    wanted = (part for part in article.parts if _wanted(article, part, audit))
    parts = tuple(_part(article, part, audit, known, links, taken) for part in wanted)
    return {"id": article_id(article.path), "parts": parts, "back": links.section("articles")}


def _wanted(article: Article, part: Part, audit: Audit) -> bool:
    return part.name == "main" or f"{article.path}#{part.name}" in audit.articles


def _part(article: Article, part: Part, audit: Audit, known: Partners, links: Links, taken: set[str]) -> Shown:
    name = article.path if part.name == "main" else f"{article.path}#{part.name}"
    listing = audit.articles.get(name) or Listing(article=name, title=article.title or "")
    marks = tuple(_marks(audit.claims.get(name, ()), known, taken))
    words = audit.report.words
    hues = {m.claim.topic: m.hue for m in marks if m.typed}
    return Shown(
        listing=listing,
        name=part.name,
        title=title(part, marks),
        title_text=cut(listing.title or listing.path, TITLE),
        date=day(listing.date, words.lang) if listing.date else "",
        groups=groups(part, marks),
        notes={m.key: _note(m, audit, known, links) for m in marks if m.typed},
        topics=tuple((hue, words.topic(topic), links.topic(topic)) for topic, hue in hues.items()),
        untyped=sum(not m.typed for m in marks),
    )


def _marks(claims: Sequence[Claim], known: Partners, taken: set[str]) -> Iterator[Marked]:
    hues: dict[str, int] = {}
    number = 0
    for claim in sorted(claims, key=lambda c: (c.start, c.end, c.id)):
        typed = claim.value is not None
        if typed:
            number += 1
            hues.setdefault(claim.topic, len(hues) % HUES)
        standing = [f.severity for f, _ in known.of(claim) if f.state != "resolved"]
        yield Marked(
            claim=claim, number=number if typed else 0, key=_free(claim.id, taken), hue=hues.get(claim.topic, 0),
            bad=standing[0] if standing else "",
        )  # fmt: skip


def _free(name: str, taken: set[str]) -> str:
    """An id that no other element has: one claim may stand in several places."""
    key, n = name, 1
    while key in taken:
        n += 1
        key = f"{name}-{n}"
    taken.add(key)
    return key


def _note(mark: Marked, audit: Audit, known: Partners, links: Links) -> Note:
    claim, words, taking = mark.claim, audit.report.words, known.of(mark.claim)
    hedge = pick(HEDGE[claim.hedged], words.lang) + " " if claim.hedged else ""
    return Note(
        mark=mark,
        topic=words.topic(claim.topic),
        topic_href=links.topic(claim.topic),
        value=hedge + words.value(claim.topic, claim.value),
        bounds=words.bounds(claim.quantifier, claim.scope, claim.except_),
        rows=tuple(_rows(claim, audit)),
        partners=tuple(partner(one, audit, links) for one in taking[:MOST]),
        left=max(0, len(taking) - MOST),
    )


def _rows(claim: Claim, audit: Audit) -> Iterator[tuple[str, str]]:
    words, lang = audit.report.words, audit.report.words.lang
    yield term("topic", lang), claim.topic
    yield term("scope", lang), words.scope(claim.scope) or term("everywhere", lang)
    yield term("quantifier", lang), term(claim.quantifier, lang)
    if claim.except_:
        yield term("except", lang), words.scope(claim.except_)
    yield term("as_of", lang), day(claim.as_of, lang) if claim.as_of else term("no-date", lang)
    if claim.hedged:
        yield term("hedged", lang), pick(HEDGE[claim.hedged], lang)
    yield term("origin", lang), f"{pick(ORIGIN[claim.origin], lang)} · {words_of('line', lang, n=claim.line)}"
    yield term("pattern", lang), claim.pattern
    yield words_of("claim-id", lang), claim.id
