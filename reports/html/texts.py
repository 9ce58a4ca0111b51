"""An article as the page shows it: its text with the claims marked, and beside them what each is and meets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from claims.article import Article, Part
from claims.model import Claim, part_name
from reports.html.links import Links, article_id
from reports.html.marking import Group, Line, Marked, groups, title
from reports.html.notes import Note, Notes
from reports.html.partners import Partners
from reports.html.plain import cut
from reports.html.record import Audit, Listing
from reports.wording.phrases import day

HUES = 6
"""Colours of topics; an article on more uses them again."""
TITLE = 300
"""Characters shown of an article's title."""


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


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """All that is shown of a file; `back` leads to the list."""

    id: str
    parts: tuple[Shown, ...]
    back: str


class Texts:
    """Makes texts for pages that see others by `links`: what many claims share is said once."""

    def __init__(self, audit: Audit, known: Partners, links: Links) -> None:
        self._audit, self._known, self._links = audit, known, links
        self._notes = Notes(audit, known, links)

    def shown(self, article: Article, taken: set[str]) -> Text:
        """`taken` are ids of elements that the page has already."""
        wanted = (part for part in article.parts if self._wanted(article, part))
        parts = tuple(self._part(article, part, taken) for part in wanted)
        return Text(id=article_id(article.path), parts=parts, back=self._links.section("articles"))

    def _wanted(self, article: Article, part: Part) -> bool:
        return part.name == "main" or f"{article.path}#{part.name}" in self._audit.articles

    def _part(self, article: Article, part: Part, taken: set[str]) -> Shown:
        name = part_name(article.path, part.name)
        listing = self._audit.articles.get(name) or Listing(article=name, title=article.title or "")
        marks = tuple(self._marks(self._audit.claims.get(name, ()), taken))
        words = self._audit.report.words
        hues = {m.claim.topic: m.hue for m in marks if m.typed}
        return Shown(
            listing=listing,
            name=part.name,
            title=title(part, marks),
            title_text=cut(listing.title or listing.path, TITLE),
            date=day(listing.date, words.lang) if listing.date else "",
            groups=groups(part, marks),
            notes={m.key: self._notes.note(m) for m in marks if m.typed},
            topics=tuple((hue, words.topic(topic), self._links.topic(topic)) for topic, hue in hues.items()),
            untyped=sum(not m.typed for m in marks),
        )

    def _marks(self, claims: Sequence[Claim], taken: set[str]) -> Iterator[Marked]:
        hues: dict[str, int] = {}
        number = 0
        for claim in sorted(claims, key=lambda c: (c.start, c.end, c.id)):
            typed = claim.value is not None
            if typed:
                number += 1
                hues.setdefault(claim.topic, len(hues) % HUES)
            standing = [f.severity for f, _ in self._known.of(claim) if f.state != "resolved"]
            yield Marked(
                claim=claim, number=number if typed else 0, key=_free(claim.id, taken),
                hue=hues.get(claim.topic, 0), bad=standing[0] if standing else "",
            )  # fmt: skip


def _free(name: str, taken: set[str]) -> str:
    """An id that no other element has: one claim may stand in several places."""
    key, n = name, 1
    while key in taken:
        n += 1
        key = f"{name}-{n}"
    taken.add(key)
    return key
