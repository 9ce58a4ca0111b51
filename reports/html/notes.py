"""What stands beside a claim in its article: its record, and the findings that it takes part in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from claims.model import Claim, Quantifier, Scope, Value
from reports.html.links import Links
from reports.html.marking import Marked
from reports.html.partners import MOST, Partner, Partners, Taking, partner
from reports.html.record import Audit
from reports.wording.page import words_of
from reports.wording.phrases import day
from reports.wording.terms import HEDGE, ORIGIN, pick, term

Rows = tuple[tuple[str, str], ...]
"""Labels and what stands at each."""


class Said(msgspec.Struct, frozen=True):
    """What claims have in common that say the same: one for all of them."""

    topic: str
    topic_href: str
    value: str
    bounds: str
    rows: Rows


class Note(msgspec.Struct, frozen=True):
    """A claim's record beside the text, and the first of its findings; `left` counts the others. `hedge` stands
    before what it says."""

    mark: Marked
    said: Said
    hedge: str
    rows: Rows
    partners: tuple[Partner, ...]
    left: int


class Notes:
    """Makes notes for pages that see others by `links`."""

    def __init__(self, audit: Audit, known: Partners, links: Links) -> None:
        self._audit, self._known, self._links = audit, known, links
        self._said: dict[tuple[str, Value | None, Quantifier, Scope, Scope], Said] = {}
        self._partners: dict[tuple[str, int], Partner] = {}
        self._days: dict[str | None, tuple[str, str]] = {}

    def note(self, mark: Marked) -> Note:
        claim, lang = mark.claim, self._audit.report.words.lang
        taking = self._known.of(claim)
        return Note(
            mark=mark,
            said=self._of(claim),
            hedge=pick(HEDGE[claim.hedged], lang) if claim.hedged else "",
            rows=tuple(self._rows(claim)),
            partners=self._met(taking[:MOST]),
            left=max(0, len(taking) - MOST),
        )

    def _of(self, claim: Claim) -> Said:
        key = (claim.topic, claim.value, claim.quantifier, claim.scope, claim.except_)
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = self._said_by(claim)
        return said

    def _said_by(self, claim: Claim) -> Said:
        words, lang = self._audit.report.words, self._audit.report.words.lang
        scope = words.scope(claim.scope) or term("everywhere", lang)
        rows = [(term("topic", lang), claim.topic), (term("scope", lang), scope)]
        rows.append((term("quantifier", lang), term(claim.quantifier, lang)))
        if claim.except_:
            rows.append((term("except", lang), words.scope(claim.except_)))
        return Said(
            words.topic(claim.topic),
            self._links.topic(claim.topic),
            words.value(claim.topic, claim.value),
            words.bounds(claim.quantifier, claim.scope, claim.except_),
            tuple(rows),
        )

    def _rows(self, claim: Claim) -> Iterator[tuple[str, str]]:
        """The rows of this claim alone."""
        lang = self._audit.report.words.lang
        if claim.as_of not in self._days:
            self._days[claim.as_of] = (
                term("as_of", lang), day(claim.as_of, lang) if claim.as_of else term("no-date", lang)
            )  # fmt: skip
        yield self._days[claim.as_of]
        if claim.hedged:
            yield term("hedged", lang), pick(HEDGE[claim.hedged], lang)
        yield term("origin", lang), f"{pick(ORIGIN[claim.origin], lang)} · {words_of('line', lang, n=claim.line)}"
        yield term("pattern", lang), claim.pattern
        yield words_of("claim-id", lang), claim.id

    def _met(self, taking: Sequence[Taking]) -> tuple[Partner, ...]:
        for finding, n in taking:
            if (finding.id, n) not in self._partners:
                self._partners[finding.id, n] = partner((finding, n), self._audit, self._links)
        return tuple(self._partners[finding.id, n] for finding, n in taking)
