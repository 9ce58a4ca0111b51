"""Articles held against what is known: the facts of a domain, the rulings that something stands (section 5).

A claim is held to what held on its day, one without a day to what holds today. What was said before a reference held
is outdated by it. One finding a position and reference; the reference is a side of it as a position is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from audit.closings import NOTHING, Closings, resolved
from audit.identity import finding_id, side_key, worst_first
from audit.model import KINDS, SEVERITIES, Finding, Kind, Position, Reason, Reference, ReferenceKind, Severity, Side
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
            claims = summary.claims(position)
            everyone = sum(c.id not in closings.misread for c in claims)
            for reference, verdicts in _against(position, claims, known, topics[name], today, possible):
                if not verdicts:
                    continue
                finding, left = _left(reference, position, verdicts, closings)
                findings.append(finding)
                if left and sum(v.kind != "possible" for v in left.values()) == everyone:
                    against.add(reference)
            if against:
                refuted[position] = frozenset(against)
    return Held(tuple(sorted(findings, key=worst_first)), refuted)


def _left(
    reference: Reference, position: Position, verdicts: Mapping[Claim, Verdict], closings: Closings
) -> tuple[Finding, Mapping[Claim, Verdict]]:
    """The finding with what rulings have left of it, and the claims that they have left."""
    finding = _finding(reference, position, verdicts)
    own = closings.of(finding.id)
    wrong = closings.wrong(verdicts)
    if not own and not wrong:
        return finding, verdicts
    closed = closings.misread.keys() | frozenset[str]().union(*(c.claims for c in own))
    left = {c: v for c, v in verdicts.items() if c.id not in closed}
    if not left:
        return resolved(finding, (*(c.ruling for c in own), *wrong)), left
    return _finding(reference, position, left), left


def _against(
    position: Position, claims: Sequence[Claim], references: Sequence[Reference], topic: Topic, today: str,
    possible: bool,
) -> list[tuple[Reference, dict[Claim, Verdict]]]:  # fmt: skip
    """The claims of a position that are against each reference. One that is against a reference of its own day is not
    called outdated as well."""
    met = [r for r in references if isinstance(ground(r.position, position, topic, everywhere=(True, False)), Ground)]
    if not met:
        return []
    found: list[tuple[Reference, dict[Claim, Verdict]]] = []
    wrong: set[Claim] = set()
    for reference in met:
        verdicts: dict[Claim, Verdict] = {}
        for claim in claims:
            verdict = judge_reference(reference, claim, topic, today=today)
            if verdict.kind is not None and (possible or verdict.kind != "possible"):
                verdicts[claim] = verdict
                if verdict.kind not in ("outdated", "possible"):
                    wrong.add(claim)
        found.append((reference, verdicts))
    return [(r, {c: v for c, v in vs.items() if v.kind != "outdated" or c not in wrong}) for r, vs in found]


def _finding(reference: Reference, position: Position, verdicts: Mapping[Claim, Verdict]) -> Finding:
    kinds = {v.kind for v in verdicts.values() if v.kind is not None}
    severity = worst_severity({v.severity for v in verdicts.values() if v.severity is not None})
    kind = worst_kind(kinds)
    # As for pairs: what makes one claim milder says nothing of a finding that another makes worse, and when the
    # article was overtaken only counts where none was wrong from the start.
    said = {r for v in verdicts.values() for r in v.reasons if r.code not in MILDER or v.severity == severity}
    overtaken = [r for r in said if r.code == "overtaken"]
    said -= set(overtaken)
    if kind == "outdated":
        said.add(max(overtaken, key=lambda r: r.args))
    reasons = sorted(said, key=lambda r: (REASONS.index(r.code), r.args))
    sides = (Side(reference.position, 0, (), reference), Side(position, len(verdicts), tuple(verdicts)))
    if kind == "outdated":  # the older side leads
        sides, reasons = sides[::-1], [turned(r) for r in reasons]
    return Finding(
        id=finding_id([side_key(side) for side in sides]), code=kind, topic=position.topic, kind=kind,
        other_kinds=tuple(k for k in KINDS if k in kinds - {kind}),
        severity=severity, reasons=tuple(reasons), sides=sides, older=0 if kind == "outdated" else None,
    )  # fmt: skip


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
