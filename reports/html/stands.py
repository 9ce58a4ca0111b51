"""What is said on a topic, gathered into a few rows: how many articles say it, when, and how that stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from audit.identity import position_key
from audit.model import Position, Reference
from claims.model import Claim, Scope, Value
from reports.html.record import Audit, Stand

Tone: TypeAlias = Literal["upheld", "plain", "conflict", "refuted"]
TONES: tuple[Tone, ...] = ("upheld", "plain", "conflict", "refuted")
"""How a claim stands, worst last: a reference speaks for it; nothing is known; it takes part in a conflict that is not
resolved; a reference speaks against it."""
By: TypeAlias = Literal["position", "value", "scope"]
"""What a row is: one position, or all with one value, or all with one scope."""
ROWS = 10
"""Rows of a topic that are shown; one more is, rather than counted."""

Tally: TypeAlias = tuple[tuple[Tone, int], ...]


class Weighed(msgspec.Struct, frozen=True):
    """How claims (by id) stand, those that are not plain; `findings` not resolved in which a position takes part."""

    tones: Mapping[str, Tone]
    findings: Mapping[Position, frozenset[str]]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Positions that one bar stands for, and the articles that take one of them, each counted once, by tone.
    `dated` is by day; `undated` have none."""

    positions: tuple[Position, ...]
    articles: frozenset[str]
    claims: int
    tones: Tally
    dated: Mapping[str, Tally]
    undated: int
    findings: frozenset[str]

    @property
    def position(self) -> Position:
        """The one that most claims take."""
        return self.positions[0]


class Rows(msgspec.Struct, frozen=True):
    """`left` rows are not shown, nor `left_articles` that say nothing else."""

    by: By
    rows: tuple[Row, ...]
    left: int = 0
    left_articles: int = 0


def weigh(audit: Audit) -> Weighed:
    """What findings and references say of claims."""
    tones: dict[str, Tone] = {}
    findings: dict[Position, set[str]] = defaultdict(set)
    for finding in audit.report.findings:
        standing = finding.state != "resolved"
        for n, side in enumerate(finding.sides):
            if side.position is None:
                continue
            if standing:
                findings[side.position].add(finding.id)
            against = any(o.reference is not None or o.upheld for m, o in enumerate(finding.sides) if m != n)
            if side.upheld:
                _mark(tones, side.claims, "upheld")
            elif standing:
                _mark(tones, side.claims, "refuted" if against else "conflict")
    by_topic: dict[str, list[Reference]] = defaultdict(list)
    for reference in audit.references.values():
        by_topic[reference.position.topic].append(reference)
    for topic, references in by_topic.items():
        for stand in audit.stands.get(topic, ()):
            for reference in references:
                if _covers(reference, stand.position):
                    held = (c for c in stand.claims if _in_force(reference, c.as_of or audit.report.today))
                    _mark(tones, held, "upheld")
    return Weighed(tones, {position: frozenset(ids) for position, ids in findings.items()})


def _mark(tones: dict[str, Tone], claims: Iterable[Claim], tone: Tone) -> None:
    for claim in claims:
        tones[claim.id] = max(tones.get(claim.id, tone), tone, key=TONES.index)


def _covers(reference: Reference, position: Position) -> bool:
    """Whether a reference says the same of all that a position speaks of."""
    said = reference.position
    if said.value != position.value or said.quantifier != "all" or said.except_:
        return False
    if reference.default and position.scope.get("region"):
        return False
    return all(set(position.scope.get(facet)) & set(members) == set(position.scope.get(facet)) != set()
               for facet, members in said.scope.facets)  # fmt: skip


def _in_force(reference: Reference, day: str) -> bool:
    return (reference.since or "") <= day <= (reference.until or "9999")


def rows_of(stands: Sequence[Stand], weighed: Weighed, dates: Mapping[str, str | None]) -> Rows:
    """The positions of a topic as rows, what most articles say first; `dates` are those of articles."""
    by = _by(stands)
    groups: dict[object, list[Stand]] = defaultdict(list)
    for stand in stands:
        groups[_key(stand.position, by)].append(stand)
    rows = [_row(group, weighed, dates) for group in groups.values()]
    rows.sort(key=lambda row: (-len(row.articles), -row.claims, position_key(row.position)))
    shown = rows if len(rows) <= ROWS + 1 else rows[:ROWS]
    seen = frozenset[str]().union(*(row.articles for row in shown))
    rest = frozenset[str]().union(*(row.articles for row in rows[len(shown) :]))
    return Rows(by, tuple(shown), len(rows) - len(shown), len(rest - seen))


def _by(stands: Sequence[Stand]) -> By:
    """Each position for itself where there is room, else by what there is less of."""
    if len(stands) <= ROWS + 1:
        return "position"
    values = {stand.position.value for stand in stands}
    scopes = {(stand.position.scope, stand.position.except_) for stand in stands}
    return "value" if len(values) <= len(scopes) else "scope"


def _key(position: Position, by: By) -> Position | Value | tuple[Scope, Scope]:
    if by == "position":
        return position
    return position.value if by == "value" else (position.scope, position.except_)


def _row(group: list[Stand], weighed: Weighed, dates: Mapping[str, str | None]) -> Row:
    group = sorted(group, key=lambda stand: (-len(stand.claims), position_key(stand.position)))
    worst: dict[str, Tone] = {}
    for stand in group:
        for claim in stand.claims:
            tone = weighed.tones.get(claim.id, "plain")
            worst[claim.article] = max(worst.get(claim.article, tone), tone, key=TONES.index)
    by_day: dict[str, dict[Tone, int]] = defaultdict(lambda: defaultdict(int))
    for article, tone in worst.items():
        by_day[dates.get(article) or ""][tone] += 1
    undated = sum(by_day.pop("", {}).values())
    return Row(
        positions=tuple(stand.position for stand in group),
        articles=frozenset(worst),
        claims=sum(len(stand.claims) for stand in group),
        tones=_tally(worst.values()),
        dated={day: tuple((t, by_day[day][t]) for t in TONES if by_day[day][t]) for day in sorted(by_day)},
        undated=undated,
        findings=frozenset[str]().union(*(weighed.findings.get(stand.position, frozenset()) for stand in group)),
    )


def _tally(tones: Iterable[Tone]) -> Tally:
    counted: dict[Tone, int] = defaultdict(int)
    for tone in tones:
        counted[tone] += 1
    return tuple((tone, counted[tone]) for tone in TONES if counted[tone])
