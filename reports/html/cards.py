"""A finding as a card: both sides with their quotes, what bounds them, why they meet, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

import msgspec
from msgspec.structs import asdict

from audit.model import KINDS, Finding, Position, Reference, Side
from claims.model import Claim
from claims.wording import said
from reports.grouping import examples
from reports.html.links import Links
from reports.html.passages import Passage, Place, Spot, spot_of
from reports.html.plain import cut
from reports.html.record import Audit, Listing
from reports.references import in_force, source_words
from reports.telling import letter, says
from reports.wording.messages import message, todo
from reports.wording.page import words_of
from reports.wording.phrases import day
from reports.wording.ruled import VERDICT
from reports.wording.terms import HEDGE, KIND, REFERENCE, SEVERITY, STATE, Lang, listed, pick, term
from reports.wording.vocabulary import Vocabulary

SHOWN = 3
"""Places of a side that are shown in context."""
FOLDED = 40
"""Further places of a side that are listed, folded; the rest are counted."""
TITLE = 120
"""Characters shown of a title."""

ChipKind: TypeAlias = Literal["scope", "year", "some", "except", "age", "date"]


class Chip(msgspec.Struct, frozen=True):
    """Something that bounds a side: what it is (地区; "" where that is plain) and which (湖北省)."""

    kind: ChipKind
    label: str
    text: str


class PlaceShown(msgspec.Struct, frozen=True, kw_only=True):
    """Words of an article: where they stand, and for those shown in context their passage."""

    href: str
    title: str
    where: str
    date: str
    author: str
    quote: str
    hedge: str
    teaser: bool
    brought: bool
    passage: Passage | None = None


class ReferenceShown(msgspec.Struct, frozen=True, kw_only=True):
    """A fact or a ruling that is a side, or speaks for one."""

    kind: str
    id: str
    href: str
    words: str
    in_force: str
    source: str
    verified: bool


class RulingShown(msgspec.Struct, frozen=True, kw_only=True):
    """The ruling that has decided a finding: what, why, by whom and when."""

    id: str
    href: str
    verdict: str
    reason: str
    signed: str


class SideShown(msgspec.Struct, frozen=True, kw_only=True):
    """One side. `says` is its value; `articles` and `count` are how many articles and claims take it. `places` are
    shown in context, `folded` listed, `left` counted."""

    letter: str
    says: str
    defect: bool
    chips: tuple[Chip, ...]
    articles: int
    count: int
    older: bool
    upheld: ReferenceShown | None
    reference: ReferenceShown | None
    places: tuple[PlaceShown, ...]
    folded: tuple[PlaceShown, ...]
    left: int


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What a finding is, in one line. Fields that end in `_code` are what filters ask for. `href` leads to its card,
    `lasting` is the address to pass on."""

    id: str
    href: str
    lasting: str
    severity_code: str
    severity: str
    state_code: str
    state: str
    kind_code: str
    kind: str
    topic_code: str
    topic: str
    message: str
    blocks: bool
    brought: bool
    articles: tuple[str, ...]
    authors: tuple[str, ...]
    latest: str


class Card(Head, frozen=True, kw_only=True):
    """A finding whole."""

    also: str
    ruling: RulingShown | None
    sides: tuple[SideShown, ...]
    why: str
    milder: str
    milder_label: str
    todo: str
    commands: tuple[str, ...]


def places_shown(findings: Iterable[Finding]) -> Iterator[Place]:
    """The places of findings that cards show in context."""
    for finding in findings:
        for side in finding.sides:
            yield from (side.places[i] for i in examples(side, SHOWN))


def head(finding: Finding, audit: Audit, links: Links) -> Head:
    report, words = audit.report, audit.report.words
    lang, listings = words.lang, audit.articles
    articles = tuple(sorted({place.article for side in finding.sides for place in side.places}))
    dates = [listings[a].date or "" for a in articles if a in listings]
    return Head(
        id=finding.id,
        href=links.finding(finding.id),
        lasting=links.lasting(finding.id),
        severity_code=finding.severity,
        severity=pick(SEVERITY[finding.severity], lang),
        state_code=finding.state,
        state=pick(STATE[finding.state], lang),
        kind_code=finding.kind,
        kind=pick(KIND[finding.kind], lang),
        topic_code=finding.topic or "",
        topic=words.topic(finding.topic) if finding.topic else "",
        message=message(finding, words),
        blocks=finding.id in report.blocks,
        brought=report.change is not None and finding.id in report.change.brought,
        articles=articles,
        authors=tuple(sorted({listings[a].author or "" for a in articles if a in listings} - {""})),
        latest=max(dates, default=""),
    )


def card(finding: Finding, audit: Audit, found: Mapping[Spot, Passage], links: Links) -> Card:
    report, words = audit.report, audit.report.words
    lang = words.lang
    new = frozenset((report.change.brought.get(finding.id) if report.change is not None else None) or ())
    milder = words.why(finding, finding.reasons, milder=True)
    return Card(
        **asdict(head(finding, audit, links)),
        also=listed([pick(KIND[k], lang) for k in finding.other_kinds], lang),
        ruling=_ruling(finding, audit, links),
        sides=tuple(_side(n, side, finding, audit, found, links, new) for n, side in enumerate(finding.sides)),
        # What is wrong inside one article, or with a ruling, is said in full by its message.
        why=words.why(finding, finding.reasons, milder=False) if finding.kind in KINDS else "",
        milder=milder if finding.severity != "error" else "",
        milder_label=term(f"why-{finding.severity}", lang) if finding.severity != "error" else "",
        todo=todo(finding, lang) if finding.state != "resolved" else "",
        commands=tuple(_commands(finding, audit)),
    )


def _commands(finding: Finding, audit: Audit) -> Iterator[str]:
    for name in ("resolve", "explain"):
        if name in audit.run.commands and not (name == "resolve" and finding.state == "resolved"):
            yield f"koujing {name} {finding.id}"


def _ruling(finding: Finding, audit: Audit, links: Links) -> RulingShown | None:
    ruling = next((one for one in audit.rulings if one.id == finding.ruling), None)
    if ruling is None:
        return None
    lang = audit.report.words.lang
    key = "signed-until" if ruling.expires else "signed"
    until = day(ruling.expires, lang) if ruling.expires else ""
    return RulingShown(
        id=ruling.id,
        href=links.reference("ruling", ruling.id),
        verdict=pick(VERDICT[ruling.verdict], lang),
        reason=ruling.reason,
        signed=words_of(key, lang, by=ruling.by, on=day(ruling.on, lang), until=until),
    )


def _side(
    n: int, side: Side, finding: Finding, audit: Audit, found: Mapping[Spot, Passage], links: Links,
    new: frozenset[str],
) -> SideShown:  # fmt: skip
    words = audit.report.words
    position = side.position
    shown = examples(side, SHOWN)
    others = [i for i in range(len(side.places)) if i not in shown]
    places = [_place(side.places[i], audit, links, new, found) for i in shown]
    folded = [_place(side.places[i], audit, links, new) for i in others[:FOLDED]]
    return SideShown(
        letter=letter(n, words.lang),
        says=words.value(position.topic, position.value) if position else says(n, side, finding, words),
        defect=position is None,
        chips=tuple(chips(position, words)) if position else (),
        articles=len({place.article for place in side.places}),
        count=side.count,
        older=finding.older == n and position is not None,
        upheld=_upheld(side, audit, links),
        reference=reference_shown(side.reference, words, links) if side.reference else None,
        places=tuple(places),
        folded=tuple(folded),
        left=side.count - len(places) - len(folded) if side.places else 0,
    )


def chips(position: Position, words: Vocabulary) -> Iterator[Chip]:
    """What bounds a position, one chip a facet."""
    lang = words.lang
    for facet, members in position.scope.facets:
        kind: ChipKind = "year" if facet == "year" else "scope"
        yield Chip(kind, words.facet(facet), words.in_facet(facet, members))
    if position.quantifier == "some":
        yield Chip("some", "", term("some", lang))
    for facet, members in position.except_.facets:
        yield Chip("except", term("except", lang), words.in_facet(facet, members))


def reference_shown(reference: Reference, words: Vocabulary, links: Links) -> ReferenceShown:
    lang = words.lang
    return ReferenceShown(
        kind=pick(REFERENCE[reference.kind], lang),
        id=reference.id,
        href=links.reference(reference.kind, reference.id),
        words=said(reference.words, lang, ""),
        in_force=in_force(reference, lang),
        source=source_words(reference.source, lang) if reference.source is not None else "",
        verified=reference.verified,
    )


def _upheld(side: Side, audit: Audit, links: Links) -> ReferenceShown | None:
    """The fact or ruling that refutes the other side and not this one."""
    reference = audit.references.get(side.upheld or "")
    return reference_shown(reference, audit.report.words, links) if reference is not None else None


def _place(
    place: Place, audit: Audit, links: Links, new: frozenset[str], found: Mapping[Spot, Passage] | None = None
) -> PlaceShown:
    lang = audit.report.words.lang
    listing = audit.articles.get(place.article) or Listing(article=place.article)
    as_of = place.as_of if isinstance(place, Claim) else None
    hedged = place.hedged if isinstance(place, Claim) else None
    return PlaceShown(
        href=links.article(place.article, place.id if isinstance(place, Claim) else ""),
        title=cut(listing.title, TITLE),
        where=f"{place.path}:{place.line}",
        date=_dated(listing.date, as_of, lang),
        author=listing.author or "",
        quote=cut(place.quote, TITLE),
        hedge=pick(HEDGE[hedged], lang) if hedged else "",
        teaser=place.is_teaser,
        brought=isinstance(place, Claim) and place.id in new,
        passage=found[spot_of(place)] if found is not None else None,
    )


def _dated(date: str | None, as_of: str | None, lang: Lang) -> str:
    """The article's day, and the one that the claim speaks of where that is another."""
    shown = day(date, lang) if date else ""
    if not as_of or as_of == date:
        return shown
    other = words_of("as-of", lang, day=day(as_of, lang))
    return f"{shown} {other}".strip()
