"""Topic by topic, what the corpus says: how many articles assert what, and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from audit.model import Reference
from claims.wording import said
from reports.html import charts
from reports.html.cards import ReferenceShown, reference_shown
from reports.html.charts import Axis, Piece
from reports.html.links import Links, topic_id
from reports.html.plain import cut
from reports.html.record import Audit
from reports.html.row_words import label
from reports.html.stands import TONES, By, Row, Rows, rows_of, weigh
from reports.wording.page import words_of
from reports.wording.phrases import day
from reports.wording.terms import Lang, listed
from reports.wording.times import moment, span
from reports.wording.vocabulary import Vocabulary

LABEL = 160
"""Characters shown of what a row says, or of what it says it of."""
NAMED = 3
"""Findings that a row links to before it counts them."""
LOW = 3
"""Articles that a bar or a column needs at least to fill its box: one article is not many."""
MARKS = 6
"""References that are shown with a topic; the rest are counted."""


class MarkShown(msgspec.Struct, frozen=True):
    """A reference on a topic; `x` is where its `since` stands on the axis, None where it is not on it."""

    reference: ReferenceShown
    since: str
    x: float | None


class TickShown(msgspec.Struct, frozen=True):
    x: float
    anchor: str
    text: str
    near: bool


class RowShown(msgspec.Struct, frozen=True, kw_only=True):
    """A row: what it says and of what, its bar, its columns, and all of it in figures. `filter` shows its claims in
    the table of them."""

    says: str
    bounds: str
    filter: tuple[tuple[str, str], ...]
    articles: int
    claims: int
    tones: tuple[tuple[str, int], ...]
    bar: tuple[Piece, ...]
    columns: tuple[Piece, ...]
    when: str
    times: str
    undated: int
    findings: tuple[tuple[str, str], ...]
    findings_left: int


class TopicShown(msgspec.Struct, frozen=True, kw_only=True):
    """`positions` are all that there are, `rows` those shown (by position, value or scope), `left` counts the rest."""

    id: str
    element: str
    title: str
    says: str
    articles: int
    claims: int
    positions: int
    findings: int
    by: str
    rows: tuple[RowShown, ...]
    left: int
    left_articles: int
    undated: int
    ticks: tuple[TickShown, ...]
    marks: tuple[MarkShown, ...]
    marks_left: int


def topics(audit: Audit, links: Links) -> Mapping[str, Any]:
    weighed = weigh(audit)
    dates = {article: listing.date for article, listing in audit.articles.items()}
    standing = Counter(f.topic for f in audit.report.standing if f.topic)
    references: dict[str, list[Reference]] = defaultdict(list)
    for reference in audit.references.values():
        references[reference.position.topic].append(reference)
    shown = [
        _topic(topic, audit, rows_of(stands, weighed, dates), references.get(topic, []), standing[topic], links)
        for topic, stands in audit.stands.items()
    ]
    shown.sort(key=lambda one: (-one.findings, -one.articles, one.id))
    return {
        "said": tuple(shown),
        "tones": TONES,
        "to_conflicts": links.section("conflicts"),
        "to_claims": links.section("claims"),
    }


def _topic(
    topic: str, audit: Audit, rows: Rows, references: Iterable[Reference], findings: int, links: Links
) -> TopicShown:
    words, stands = audit.report.words, audit.stands[topic]
    lang = words.lang
    dated = {d for row in rows.rows for d in row.dated}
    known = sorted(references, key=lambda r: (r.since or "", r.kind, r.id))
    since = [r.since for r in known if r.since]
    axis = charts.axis(dated, since, audit.report.today)
    most = max([LOW, *(len(row.articles) for row in rows.rows)])
    filled = [_filled(row, axis) if axis else {} for row in rows.rows]
    highest = max([LOW, *(sum(n for _, n in tones) for row in filled for tones in row.values())])
    articles = {claim.article for stand in stands for claim in stand.claims}
    return TopicShown(
        id=topic,
        element=topic_id(topic),
        title=words.topic(topic),
        says=said(words.topics[topic].says, lang, "") if topic in words.topics else "",
        articles=len(articles),
        claims=sum(len(stand.claims) for stand in stands),
        positions=len(stands),
        findings=findings,
        by=rows.by,
        rows=tuple(
            _row(row, rows.by, when, axis, most, highest, words, links)
            for row, when in zip(rows.rows, filled, strict=True)
        ),
        left=rows.left,
        left_articles=rows.left_articles,
        undated=sum(not (audit.articles[a].date if a in audit.articles else None) for a in articles),
        ticks=tuple(_ticks(axis, lang)) if axis else (),
        marks=tuple(_marks(known[:MARKS], axis, words, links)),
        marks_left=max(0, len(known) - MARKS),
    )


def _filled(row: Row, axis: Axis) -> Mapping[int, tuple[tuple[str, int], ...]]:
    """Articles by bucket and tone."""
    filled: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(TONES, 0))
    for when, tones in row.dated.items():
        for tone, n in tones:
            filled[axis.bucket(when)][tone] += n
    return {bucket: tuple(filled[bucket].items()) for bucket in sorted(filled)}


def _row(
    row: Row, by: By, filled: Mapping[int, tuple[tuple[str, int], ...]], axis: Axis | None, most: int, highest: int,
    words: Vocabulary, links: Links,
) -> RowShown:  # fmt: skip
    lang = words.lang
    says, bounds = label(row, by, words)
    findings = sorted(row.findings)
    days = sorted(row.dated)
    times = [
        (span(axis.month(bucket), axis.size, lang), sum(n for _, n in tones)) for bucket, tones in filled.items()
    ] if axis else []  # fmt: skip
    return RowShown(
        says=cut(says, LABEL),
        bounds=cut(bounds, LABEL),
        filter=_filter(row, by, words),
        articles=len(row.articles),
        claims=row.claims,
        tones=tuple(row.tones),
        bar=charts.bar(row.tones, most),
        columns=charts.columns(filled, axis, highest) if axis else (),
        when=_when(days, lang),
        times=listed([words_of("at-time", lang, when=when, n=n) for when, n in times], lang),
        undated=row.undated,
        findings=tuple((name, links.finding(name)) for name in findings[:NAMED]),
        findings_left=max(0, len(findings) - NAMED),
    )


def _filter(row: Row, by: By, words: Vocabulary) -> tuple[tuple[str, str], ...]:
    """What of the table of claims (static/js/claims.js) is in a row."""
    topic = row.position.topic
    asked = [("topic", topic)]
    if by != "scope":
        asked.append(("value", words.value(topic, row.position.value)))
    if by != "value":
        bounds = dict.fromkeys(words.bounds(p.quantifier, p.scope, p.except_) for p in row.positions)
        asked += [("bounds", text) for text in bounds]
    return tuple(asked)


def _when(days: list[str], lang: Lang) -> str:
    """The first day and the last."""
    if not days:
        return ""
    if len(days) == 1:
        return day(days[0], lang)
    return words_of("from-day-to", lang, first=day(days[0], lang), last=day(days[-1], lang))


def _ticks(axis: Axis, lang: Lang) -> Iterator[TickShown]:
    for tick in charts.ticks(axis):
        text = span(tick.month, axis.size, lang) if tick.whole else moment(tick.month, charts.YEAR, lang)
        yield TickShown(tick.x, tick.anchor, text, tick.near)


def _marks(references: Iterable[Reference], axis: Axis | None, words: Vocabulary, links: Links) -> Iterator[MarkShown]:
    for reference in references:
        since = reference.since or ""
        x = axis.at(since) if since and axis is not None and axis.holds(since) else None
        yield MarkShown(reference_shown(reference, words, links), since, x)
