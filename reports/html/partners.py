"""Which findings a claim takes part in, and what it meets there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from audit.model import KINDS, SEVERITIES, Finding
from claims.model import Claim
from reports.html.links import Links
from reports.html.plain import cut
from reports.html.record import Audit
from reports.telling import says
from reports.wording.messages import message
from reports.wording.terms import KIND, REFERENCE, SEVERITY, STATE, pick

MOST = 5
"""Findings of one claim that are listed."""
SAID = 90
"""Characters shown of what the other side says."""

Taking: TypeAlias = tuple[Finding, int]
"""A finding and the side of it that a claim is on."""


class Partner(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as seen from one claim: what the other side says, in how many articles."""

    id: str
    href: str
    severity_code: str
    severity: str
    state_code: str
    state: str
    kind: str
    says: str
    articles: int


class Partners(msgspec.Struct, frozen=True):
    """The findings of every claim (by its article and id), the worst first, and those of every article."""

    of_claim: Mapping[tuple[str, str], Sequence[Taking]]
    of_article: Mapping[str, Sequence[Finding]]

    def of(self, claim: Claim) -> Sequence[Taking]:
        return self.of_claim.get((claim.article, claim.id), ())

    def counts(self, article: str) -> Mapping[str, int]:
        """How many findings of an article stand, by severity; those to which it is only the side that is right too."""
        return Counter(f.severity for f in self.of_article.get(article, ()) if f.state != "resolved")


def partners_of(findings: Iterable[Finding]) -> Partners:
    of_claim: dict[tuple[str, str], list[Taking]] = defaultdict(list)
    of_article: dict[str, dict[str, Finding]] = defaultdict(dict)
    for finding in sorted(findings, key=_worst):
        for n, side in enumerate(finding.sides):
            for place in side.places:
                of_article[place.article][finding.id] = finding
            for claim in side.claims:
                taken = of_claim[claim.article, claim.id]
                if (finding, n) not in taken[-1:]:
                    taken.append((finding, n))
    return Partners(dict(of_claim), {article: tuple(found.values()) for article, found in of_article.items()})


def _worst(finding: Finding) -> tuple[bool, int, str]:
    return (finding.state == "resolved", SEVERITIES.index(finding.severity), finding.id)


def partner(taking: Taking, audit: Audit, links: Links) -> Partner:
    finding, n = taking
    words = audit.report.words
    others = [(m, side) for m, side in enumerate(finding.sides) if m != n]
    told = []
    for m, side in others if finding.kind in KINDS else ():
        known = f"{pick(REFERENCE[side.reference.kind], words.lang)} " if side.reference is not None else ""
        told.append(known + says(m, side, finding, words))
    return Partner(
        id=finding.id,
        href=links.finding(finding.id),
        severity_code=finding.severity,
        severity=pick(SEVERITY[finding.severity], words.lang),
        state_code=finding.state,
        state=pick(STATE[finding.state], words.lang),
        kind=pick(KIND[finding.kind], words.lang),
        says=cut(" / ".join(told) or message(finding, words), SAID),
        articles=len({place.article for _, side in others for place in side.places}),
    )
