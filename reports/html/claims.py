"""All claims, as data for a table that scripts fill page by page; without scripts, some of each topic."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import partial
from typing import Any, Generic, TypeVar

import msgspec

from claims.model import Claim, claim_record
from reports.html.links import Links
from reports.html.plain import cut
from reports.html.record import Audit
from reports.wording.page import words_of
from reports.wording.terms import HEDGE, Lang, pick

FEW = 5
"""Claims of each topic that stand on the page itself."""
QUOTE = 160
"""Characters shown of a quote."""
UNTYPED = "untyped"

K = TypeVar("K", bound=Hashable)


class Sample(msgspec.Struct, frozen=True):
    """A claim as it can be read without scripts."""

    value: str
    bounds: str
    quote: str
    href: str
    where: str


class Topic(msgspec.Struct, frozen=True):
    """A topic, or the assertions on none (`code` untyped), with some of its claims."""

    code: str
    title: str
    count: int
    some: tuple[Sample, ...]


class _Numbered(Generic[K]):
    """Things that many rows share, each once."""

    def __init__(self) -> None:
        self.numbers: dict[K, int] = {}
        self.rows: list[Any] = []

    def __call__(self, key: K, row: Any) -> int:
        if key not in self.numbers:
            self.numbers[key] = len(self.rows)
            self.rows.append(row() if callable(row) else row)
        return self.numbers[key]


def claims(audit: Audit, links: Links) -> Mapping[str, Any]:
    every = [claim for of in audit.claims.values() for claim in of]
    topics = _topics(every, audit, links)
    return {"topics": topics, "data": {"claims": partial(_table, every, audit, links)}}


def typed(claims: Iterable[Claim]) -> int:
    """How many claims are on a topic."""
    return sum(claim.value is not None for claim in claims)


def _topics(every: list[Claim], audit: Audit, links: Links) -> tuple[Topic, ...]:
    on: dict[str, list[Claim]] = defaultdict(list)
    for claim in every:
        on[claim.topic].append(claim)
    order = sorted(on, key=lambda topic: (topic == UNTYPED, topic))
    lang = audit.report.words.lang
    return tuple(
        Topic(
            topic, words_of("untyped", lang) if topic == UNTYPED else audit.report.words.topic(topic), len(on[topic]),
            tuple(_sample(claim, audit, links) for claim in on[topic][:FEW]),
        )
        for topic in order
    )  # fmt: skip


def _sample(claim: Claim, audit: Audit, links: Links) -> Sample:
    words = audit.report.words
    return Sample(
        _value(claim, audit), words.bounds(claim.quantifier, claim.scope, claim.except_), cut(claim.quote, QUOTE),
        links.article(claim.article, claim.id), f"{claim.article}:{claim.line}",
    )  # fmt: skip


def _value(claim: Claim, audit: Audit) -> str:
    if claim.value is None:
        return ""
    return _hedge(claim, audit.report.words.lang) + audit.report.words.value(claim.topic, claim.value)


def _hedge(claim: Claim, lang: Lang) -> str:
    return pick(HEDGE[claim.hedged], lang) + " " if claim.hedged else ""


def _table(every: list[Claim], audit: Audit, links: Links) -> Mapping[str, Any]:
    """The claims as rows of numbers and texts; what a row is, static/js/claims.js says too."""
    papers, says, names = _Numbered[str](), _Numbered[Any](), _Numbered[str]()
    lang = audit.report.words.lang

    def paper(article: str) -> list[str]:
        one = audit.articles.get(article)
        where = links.article(article) if links.folder or not links.texts else ""
        return [article, cut(one.title, QUOTE) if one else "", (one.author or "") if one else "", where]

    def position(claim: Claim) -> list[str]:
        words, record = audit.report.words, claim_record(claim)
        dumped = [json.dumps(record[k], ensure_ascii=False) if record.get(k) is not None else "" for k in _RECORDS]
        title = words_of("untyped", lang) if claim.value is None else words.topic(claim.topic)
        value = words.value(claim.topic, claim.value) if claim.value is not None else ""
        bounds = words.bounds(claim.quantifier, claim.scope, claim.except_)
        return [claim.topic, title, value, bounds, claim.quantifier, *dumped]

    rows = []
    for claim in every:
        key = (claim.topic, claim.value, claim.quantifier, claim.scope, claim.except_)
        rows.append([
            claim.id, papers(claim.article, lambda c=claim: paper(c.article)), says(key, lambda c=claim: position(c)),
            claim.as_of or "", claim.hedged or "", claim.quote, claim.start, claim.end, claim.line, claim.column,
            names(claim.origin, claim.origin), names(claim.pattern, claim.pattern),
        ])  # fmt: skip
    return {
        "papers": papers.rows,
        "says": says.rows,
        "names": names.rows,
        "hedges": {code: pick(pair, lang) for code, pair in HEDGE.items()},
        "texts": links.texts,
        "rows": rows,
    }


_RECORDS = ("value", "scope", "except")
