"""What editors have decided and what policy says, each with how many articles follow it, and how many do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from audit.rulings.standing import Standing
from claims.wording import said
from reports.html.links import Links, reference_id
from reports.html.plain import cut
from reports.html.record import Audit, Fact
from reports.references import in_force, source_words
from reports.rulings import effects
from reports.wording.phrases import day
from reports.wording.ruled import STATE, VERDICT
from reports.wording.terms import SEVERITY, pick, term

MOST = 30
"""Articles that are listed by name."""
TITLE = 80
"""Characters shown of a title."""


class Paper(msgspec.Struct, frozen=True):
    """An article that follows or violates something."""

    href: str
    title: str


class Papers(msgspec.Struct, frozen=True):
    """Some of so many articles."""

    count: int
    some: tuple[Paper, ...]


class RestShown(msgspec.Struct, frozen=True):
    """Words that a ruling rests on."""

    href: str
    article: str
    quote: str


class RulingShown(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    id: str
    path: str
    state_code: str
    state: str
    working: bool
    verdict: str
    topic: str
    topic_href: str
    value: str
    finding: str
    finding_href: str
    reason: str
    by: str
    on: str
    expires: str
    effects: tuple[str, ...]
    closes: tuple[tuple[str, str], ...]
    follow: Papers | None
    against: Papers | None
    rests: tuple[RestShown, ...]


class FactShown(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    id: str
    words: str
    topic: str
    topic_href: str
    value: str
    bounds: str
    in_force: str
    source: str
    verified: bool
    level: str
    origin: str
    note: str
    off: bool
    follow: Papers
    against: Papers


def rulings(audit: Audit, links: Links) -> Mapping[str, Any]:
    decided = tuple(_ruling(one, audit, links) for one in audit.standings)
    facts = sorted(audit.facts, key=lambda f: (f.off, -len(f.against), -len(f.follow), f.reference.id))
    return {
        "decided": decided,
        "working": sum(one.working for one in decided),
        "facts": tuple(_fact(fact, audit, links) for fact in facts),
    }


def _ruling(one: Standing, audit: Audit, links: Links) -> RulingShown:
    ruling, words = one.ruling, audit.report.words
    lang = words.lang
    stands = ruling.verdict == "stands" and one.state == "in-effect"
    known = {f.id for f in audit.report.findings}
    named = next((f.id for f in audit.report.findings if ruling.finding and f.id.startswith(ruling.finding)), "")
    return RulingShown(
        key=reference_id("ruling", ruling.id),
        id=ruling.id,
        path=ruling.path,
        state_code=one.state,
        state=pick(STATE[one.state], lang),
        working=one.state in ("in-effect", "under-review"),
        verdict=pick(VERDICT[ruling.verdict], lang),
        topic=words.topic(one.topic) if one.topic else "",
        topic_href=links.topic(one.topic) if one.topic and one.topic in audit.stands else "",
        value=words.position(one.position) if one.position is not None else "",
        finding=ruling.finding or "",
        finding_href=links.finding(named) if named else "",
        reason=ruling.reason,
        by=ruling.by,
        on=day(ruling.on, lang),
        expires=day(ruling.expires, lang) if ruling.expires else "",
        effects=tuple(effects(one, lang)),
        closes=tuple((name, links.finding(name) if name in known else "") for name in one.closes),
        follow=_papers(one.follow, audit, links) if stands else None,
        against=_papers(one.against, audit, links) if stands else None,
        rests=tuple(
            RestShown(_of_article(rest.article, audit, links), rest.article, cut(rest.quote, TITLE))
            for rest in ruling.rests
        ),
    )


def _fact(fact: Fact, audit: Audit, links: Links) -> FactShown:
    known, words = fact.reference, audit.report.words
    lang, position = words.lang, fact.reference.position
    level = pick(SEVERITY[known.level], lang)
    if known.warning_until:
        level += term("warning-until", lang, day=day(known.warning_until, lang))
    bounds = words.bounds(position.quantifier, position.scope, position.except_) or term("everywhere-fact", lang)
    return FactShown(
        key=reference_id("fact", known.id),
        id=known.id,
        words=said(known.words, lang, ""),
        topic=words.topic(position.topic),
        topic_href=links.topic(position.topic) if position.topic in audit.stands else "",
        value=words.value(position.topic, position.value),
        bounds=bounds + (f" ({term('default', lang)})" if known.default else ""),
        in_force=in_force(known, lang) or term("always", lang),
        source=source_words(known.source, lang) if known.source is not None else "",
        verified=known.verified,
        level=level,
        origin=term("off" if fact.off else f"origin-{fact.origin}", lang),
        note=said(known.note, lang, "") if known.note else "",
        off=fact.off,
        follow=_papers(fact.follow, audit, links),
        against=_papers(fact.against, audit, links),
    )


def _papers(paths: Sequence[str], audit: Audit, links: Links) -> Papers:
    return Papers(len(paths), tuple(_paper(paths, audit, links)))


def _paper(paths: Sequence[str], audit: Audit, links: Links) -> Iterator[Paper]:
    for path in paths[:MOST]:
        title = audit.articles[path].title if path in audit.articles else ""
        yield Paper(_of_article(path, audit, links), cut(title or path, TITLE))


def _of_article(article: str, audit: Audit, links: Links) -> str:
    return links.article(article) if article in audit.articles else ""
