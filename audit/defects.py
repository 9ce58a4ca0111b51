"""Defects -> findings, and which pairs of claims a defect tells already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from audit.closings import NOTHING, Closings, resolved
from audit.identity import finding_id, worst_first
from audit.model import SEVERITIES, Defect, Finding, Quote, Reason, Severity, Side
from claims.identity import canonical, folded
from claims.model import Claim

_CORE = frozenset({"answer-mismatch", "example-mismatch"})
"""Errors where they touch a core topic."""

_MILD = frozenset({"stale-figure", "unsourced-figure"})


def defect_findings(
    defects: Iterable[Defect], core: Collection[str] = (), closings: Closings = NOTHING
) -> list[Finding]:
    """A finding each, worst first, then by (whole) id. `core` are the topics on which some defects are errors."""
    several: dict[tuple[str, ...], Defect] = {}
    for defect in defects:
        several.setdefault(_keys(defect), defect)  # word for word the same thing twice in one article is one finding
    found = [_left(_finding(defect, finding_id(keys), core), closings) for keys, defect in several.items()]
    return sorted(found, key=worst_first)


def _left(finding: Finding, closings: Closings) -> Finding:
    own = closings.of(finding.id)
    return resolved(finding, (c.ruling for c in own)) if own else finding


def _keys(defect: Defect) -> tuple[str, ...]:
    """What a defect is known by: its article, its code and its words; never a line or an order."""
    whose = {"article": defect.key, "code": defect.code}
    sides = {"stated": defect.stated, "refuted": defect.refuted}
    return tuple(
        canonical({**whose, "side": name, "quotes": sorted({folded(q.quote) for q in quotes})})
        for name, quotes in sides.items()
    )


def _finding(defect: Defect, name: str, core: Collection[str]) -> Finding:
    severity: Severity = "info" if defect.code in _MILD else "warning"
    if defect.code in _CORE and defect.topic in core:
        severity = "error"
    reasons = [defect.reason]
    sides = (defect.stated, defect.refuted)
    if any(q.is_teaser for side in sides for q in side):
        severity = SEVERITIES[min(SEVERITIES.index(severity) + 1, len(SEVERITIES) - 1)]
        reasons.append(Reason("of-teaser", (("sides", "0,1"),)))
    return Finding(
        id=name, code=defect.code, topic=defect.topic, kind=defect.code, severity=severity, reasons=tuple(reasons),
        sides=tuple(Side(None, len(quotes), quotes=quotes) for quotes in sides),
    )  # fmt: skip


class Told:
    """Which pairs of claims inside one article a defect shows too. Such a pair is one finding, the defect's."""

    def __init__(self, defects: Iterable[Defect] = ()) -> None:
        self._sides: dict[str, list[tuple[Sequence[Quote], Sequence[Quote]]]] = defaultdict(list)
        for defect in defects:
            for quote in defect.stated[:1]:
                self._sides[quote.article].append((defect.stated, defect.refuted))

    def __call__(self, ours: Sequence[Claim], theirs: Sequence[Claim]) -> bool:
        """Of two positions that one article takes, with its claims for each: do the words of one lie on one side of a
        defect and those of the other on its other side? A claim that says the same elsewhere is told with them."""
        return any(
            (_overlap(ours, stated) and _overlap(theirs, refuted))
            or (_overlap(ours, refuted) and _overlap(theirs, stated))
            for stated, refuted in self.sides(ours[0].article)
        )

    def sides(self, article: str) -> Sequence[tuple[Sequence[Quote], Sequence[Quote]]]:
        """What the defects of an article state, and what refutes it."""
        return self._sides.get(article, ())


def _overlap(claims: Sequence[Claim], quotes: Sequence[Quote]) -> bool:
    return any(c.start < q.end and q.start < c.end for c in claims for q in quotes)
