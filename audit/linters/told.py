"""What the claims of a part say of places in it: whether a pair of them already shows that two places conflict."""

from __future__ import annotations

from audit.linters.page import Page, Piece
from audit.verdict import judge
from claims.model import Claim


def claims_at(page: Page, *places: Piece) -> list[Claim]:
    """The claims whose words share any with one of these places."""
    spans = [(q.start, q.end) for q in map(page.quote, places)]
    return [c for c in page.claims if any(c.start < end and start < c.end for start, end in spans)]


def judged(page: Page, one: Piece, other: Piece) -> bool | None:
    """Of claims on one topic that two places make: whether a pair conflicts; None where no topic takes both."""
    verdicts = [
        judge(a, b, page.domain.topics[a.topic]).kind is not None
        for a in claims_at(page, one)
        for b in claims_at(page, other)
        if a.topic == b.topic and a.topic in page.domain.topics
    ]
    return any(verdicts) if verdicts else None
