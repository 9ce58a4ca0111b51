"""Articles held against what is known: the facts of a domain, the rulings that something stands (section 5).

A claim is held to what held on its day, one without a day to what holds today. What was said before a reference held
is outdated by it. One finding a position and reference; the reference is a side of it as a position is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from audit.cells import Cell, Cut, Profile, cell_of, claim_order, era
from audit.closings import NOTHING, Closings, resolved
from audit.identity import finding_id, side_key, worst_first
from audit.inside import Where
from audit.model import KINDS, SEVERITIES, Finding, Kind, Position, Reason, Reference, ReferenceKind, Severity, Side
from audit.packed import mark
from audit.positions import Summary
from audit.verdict import (
    MILDER,
    REASONS,
    Ground,
    Verdict,
    ground,
    lowered,
    reasons_of,
    turned,
    unlike_reach,
    worst_kind,
    worst_severity,
)
from claims.facts import Fact
from claims.model import Claim
from claims.topics import Topic

_AGAINST: Mapping[ReferenceKind, Kind] = {"fact": "against-fact", "ruling": "against-ruling"}


def reference_of(fact: Fact, kind: ReferenceKind = "fact") -> Reference:
    """A fact, or what a ruling says stands, as articles are held against it."""
    return Reference(
        id=fact.id,
        kind=kind,
        position=Position(fact.topic, fact.value, fact.quantifier, fact.scope, fact.except_),
        words=fact.words,
        since=fact.since,
        until=fact.until,
        source=fact.source,
        verified=fact.verified,
        level=fact.level,
        warning_until=fact.warning_until,
        default=fact.default,
        note=fact.note,
    )


# One claim.


def judge_reference(reference: Reference, claim: Claim, topic: Topic, *, today: str) -> Verdict:
    """Whether a claim (side 1) is against a reference (side 0), `today` being an ISO day.

    An absent facet of the reference means everywhere and everyone; a `default` one (a national rate that places may
    vary) yields to claims that name a region.
    """
    said = reference.position
    found = ground(said, claim, topic, approx=(False, claim.hedged == "approx"), everywhere=(True, False))
    if isinstance(found, Reason):
        return Verdict((found,))
    regions = claim.scope.get("region")
    if reference.default and regions:
        return Verdict((Reason("default-yields", (("a", ",".join(regions)),)),))
    if topic.counts_provinces and (unlike := unlike_reach(said, claim)):
        return Verdict((unlike,))
    day = claim.as_of or today
    overtaken = day < (reference.since or "")
    if not _holds(reference, today if overtaken else day):
        args = (("day", day), ("since", reference.since or ""), ("until", reference.until or ""))
        return Verdict((Reason("not-in-force", args),))
    reasons = reasons_of(said, claim, found)
    if found.possible:
        return Verdict(reasons, "possible", "info")
    kind: Kind = _AGAINST[reference.kind]
    if overtaken:
        kind = "outdated"
        reasons = (*reasons, Reason("overtaken", (("side", "1"), ("day", day), ("since", reference.since or ""))))
    severity, milder = _level(reference, claim, day, overtaken)
    severity, of_teaser = lowered(severity, False, claim.is_teaser)
    return Verdict((*reasons, *milder, *of_teaser), kind, severity, 1 if overtaken else None)


def _holds(reference: Reference, day: str) -> bool:
    """ISO days are in order as texts are."""
    return (reference.since or "") <= day <= (reference.until or "9999")


def _level(reference: Reference, claim: Claim, day: str, overtaken: bool) -> tuple[Severity, list[Reason]]:
    """The mildest that anything makes it, with what does."""
    until = reference.warning_until or ""
    caps: tuple[tuple[Severity, bool, Reason], ...] = (
        ("warning", overtaken, Reason("right-then")),
        ("warning", claim.as_of is None and reference.kind == "fact", Reason("undated")),
        (reference.level, not overtaken, Reason("reference-level", (("level", reference.level),))),
        ("warning", not overtaken and day <= until, Reason("rolling-out", (("until", until),))),
        ("info", claim.hedged == "maybe", Reason("only-maybe", (("sides", "1"),))),
        ("info", claim.quantifier == "some", Reason("only-some", (("sides", "1"),))),
    )
    bearing: list[Severity] = ["error", *(cap for cap, bears, _ in caps if bears)]
    severity = max(bearing, key=SEVERITIES.index)
    return severity, [why for cap, bears, why in caps if bears and cap == severity != "error"]


# The corpus.


class Held(msgspec.Struct, frozen=True):
    """What holding a corpus against references comes to. `refuted`: the positions of which every claim is against a
    reference or overtaken by it, each with these."""

    findings: tuple[Finding, ...] = ()
    refuted: Mapping[Position, frozenset[Reference]] = {}


def hold(
    summary: Summary,
    references: Iterable[Reference],
    topics: Mapping[str, Topic],
    *,
    today: str,
    possible: bool = False,
    closings: Closings = NOTHING,
) -> Held:
    """Every position held against every reference on its topic; findings worst first, then by topic and (whole) id.

    Topics that are not given are not compared; `possible` asks for the pairs whose scopes the text leaves open too. A
    finding of which `closings` leave no claim is resolved; a claim that they close refutes its position no more.
    """
    by_topic: dict[str, list[Reference]] = {}
    for reference in sorted(references, key=lambda r: (r.kind, r.id)):
        by_topic.setdefault(reference.position.topic, []).append(reference)
    findings: list[Finding] = []
    refuted: dict[Position, frozenset[Reference]] = {}
    for name, known in sorted(by_topic.items()):
        if name not in topics:
            continue
        for position in summary.positions(name):
            against = set[Reference]()
            for reference, judged in _against(position, summary.cells(position), known, topics[name], today, possible):
                if not judged:
                    continue
                finding, left = _left(reference, position, judged, closings, summary.takers(position))
                findings.append(finding)
                everyone = sum(c.count for p, c in summary.cells(position).items() if p.named not in closings.misread)
                if left and sum(one.cell.count for one in left if one.verdict.kind != "possible") == everyone:
                    against.add(reference)
            if against:
                refuted[position] = frozenset(against)
    return Held(tuple(sorted(findings, key=worst_first)), refuted)


class _Judged(msgspec.Struct, frozen=True):
    """Claims of one position that fare alike, and what a reference makes of them."""

    profile: Profile
    cell: Cell
    verdict: Verdict


def cuts_of(references: Iterable[Reference]) -> tuple[Cut, ...]:
    """The days on which any of these begins or ends to hold, or to be a warning only."""
    begin = {(r.since, 0) for r in references if r.since}
    return tuple(sorted(begin | {(day, 1) for r in references for day in (r.until, r.warning_until) if day}))


def cuts_by_topic(references: Iterable[Reference]) -> dict[str, tuple[Cut, ...]]:
    """Those days, for the references on each topic."""
    topics: dict[str, list[Reference]] = {}
    for reference in references:
        topics.setdefault(reference.position.topic, []).append(reference)
    return {topic: cuts_of(known) for topic, known in topics.items()}


def _left(
    reference: Reference, position: Position, judged: Sequence[_Judged], closings: Closings,
    takers: Mapping[Where, int],
) -> tuple[Finding, Sequence[_Judged]]:  # fmt: skip
    """The finding with what rulings have left of it, and the claims that they have left."""
    finding = _finding(reference, position, judged, takers)
    own = closings.of(finding.id)
    wrong = closings.wrong(c for one in judged for c in one.cell.examples)
    if not own and not wrong:
        return finding, judged
    closed = closings.misread.keys() | frozenset[str]().union(*(c.claims for c in own))
    left = [one for one in judged if one.profile.named not in closed]
    if not left:
        return resolved(finding, (*(c.ruling for c in own), *wrong)), left
    return _finding(reference, position, left, takers), left


def _against(
    position: Position, cells: Mapping[Profile, Cell], references: Sequence[Reference], topic: Topic, today: str,
    possible: bool,
) -> list[tuple[Reference, list[_Judged]]]:  # fmt: skip
    """The claims of a position that are against each reference. One that is against a reference of its own day is not
    called outdated as well."""
    met = [r for r in references if isinstance(ground(r.position, position, topic, everywhere=(True, False)), Ground)]
    if not met:
        return []
    parts = list(_parted(cells, cuts_of(references)))
    found: list[tuple[Reference, list[tuple[int, _Judged]]]] = []
    wrong: set[int] = set()
    for reference in met:
        judged: list[tuple[int, _Judged]] = []
        for n, (profile, cell) in enumerate(parts):
            # The last of them speaks for all: what an article was overtaken by is told by the latest day.
            days = cell.days()
            speaker = replace(cell.examples[0], as_of=days[1] if days else None)
            verdict = judge_reference(reference, speaker, topic, today=today)
            if verdict.kind is not None and (possible or verdict.kind != "possible"):
                judged.append((n, _Judged(profile, cell, verdict)))
                if verdict.kind not in ("outdated", "possible"):
                    wrong.add(n)
        found.append((reference, judged))
    return [(r, [one for n, one in js if one.verdict.kind != "outdated" or n not in wrong]) for r, js in found]


def _parted(cells: Mapping[Profile, Cell], cuts: Sequence[Cut]) -> Iterator[tuple[Profile, Cell]]:
    """The claims of a position by profile and the time that they speak of. Raises ValueError where that is not known of
    claims that are not kept."""
    for profile, cell in cells.items():
        times = {era(day, cuts) for day in cell.days() or ()} | ({era(None, cuts)} if cell.undated else set())
        if len(times) == 1:
            yield profile, cell
        elif cell.whole:
            marks = {c.article: mark(c.article) for c in cell.examples}
            for time in sorted(times):
                found = [c for c in cell.examples if era(c.as_of, cuts) == time]
                if found:
                    yield profile, cell_of(found, marks, None)
        else:
            raise ValueError("a summary was made without the days on which these references begin and end")


def _finding(
    reference: Reference, position: Position, judged: Sequence[_Judged], takers: Mapping[Where, int]
) -> Finding:
    verdicts = [one.verdict for one in judged]
    kinds = {v.kind for v in verdicts if v.kind is not None}
    severity = worst_severity({v.severity for v in verdicts if v.severity is not None})
    kind = worst_kind(kinds)
    # As for pairs: what makes one claim milder says nothing of a finding that another makes worse, and when the
    # article was overtaken only counts where none was wrong from the start.
    said = {r for v in verdicts for r in v.reasons if r.code not in MILDER or v.severity == severity}
    overtaken = [r for r in said if r.code == "overtaken"]
    said -= set(overtaken)
    if kind == "outdated":
        said.add(max(overtaken, key=lambda r: r.args))
    reasons = sorted(said, key=lambda r: (REASONS.index(r.code), r.args))
    sides = (Side(reference.position, 0, (), reference), _side(position, judged, takers))
    if kind == "outdated":  # the older side leads
        sides, reasons = sides[::-1], [turned(r) for r in reasons]
    return Finding(
        id=finding_id([side_key(side) for side in sides]), code=kind, topic=position.topic, kind=kind,
        other_kinds=tuple(k for k in KINDS if k in kinds - {kind}),
        severity=severity, reasons=tuple(reasons), sides=sides, older=0 if kind == "outdated" else None,
    )  # fmt: skip


def _side(position: Position, judged: Sequence[_Judged], takers: Mapping[Where, int]) -> Side:
    cells = [one.cell for one in judged]
    claims = sorted((c for cell in cells for c in cell.examples), key=claim_order)
    count = sum(cell.count for cell in cells)
    articles = 0
    if count > len(claims):
        against = {one.profile for one in judged}
        articles = sum(n for where, n in takers.items() if where & against)
    days = [day for cell in cells for day in cell.days() or ()]
    spoken = (min(days), max(days)) if days else ("", "")
    return Side(position, count, tuple(claims), days=spoken, articles=articles)


# Pairs of positions of which a reference refutes one.


def uphold(findings: Iterable[Finding], refuted: Mapping[Position, frozenset[Reference]]) -> list[Finding]:
    """Pairs of which one side is refuted by a reference that the other is not against: that other side is upheld. A
    pair of which a ruling refutes a side is resolved by it: what is against the ruling is a finding of its own."""
    return [_decided(finding, refuted) for finding in findings]


def _decided(finding: Finding, refuted: Mapping[Position, frozenset[Reference]]) -> Finding:
    by = [refuted.get(side.position, frozenset()) if side.position else frozenset() for side in finding.sides]
    if len(by) != 2 or not any(by):
        return finding
    sides = tuple(
        replace(side, upheld=min(by[1 - n], key=_strength).id) if by[1 - n] and not by[n] else side
        for n, side in enumerate(finding.sides)
    )
    strongest = min(by[0] | by[1], key=_strength)
    if strongest.kind == "ruling" and finding.state == "open":
        finding = resolved(finding, [strongest.id])
    return replace(finding, sides=sides)


def _strength(reference: Reference) -> tuple[bool, str]:
    """An editor's ruling goes before a fact."""
    return reference.kind != "ruling", reference.id
