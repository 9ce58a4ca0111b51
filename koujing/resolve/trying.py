"""Verdicts tried on an audit before they are given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from audit.model import Finding, Reference
from audit.rulings.deciding import Answer
from claims.facts import Source
from koujing.resolve.state import Draft, State
from reports.wording.terms import Lang

_UNSAID = "…"
"""Stands for what an editor has not been asked for yet."""


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """What would be wrong if a side stood. Where that is but `fact`, which holds from a later day on only, `until` is
    the last day before."""

    troubles: tuple[Finding, ...] = ()
    fact: Reference | None = None
    until: str | None = None


def try_side(state: State, finding: Finding, side: int, today: str, lang: Lang) -> Tried:
    """Whether a side of a finding can stand. Raises Fault where that cannot be written down."""
    unsaid = Answer(verdict="stands", reason=_UNSAID, by=_UNSAID, on=today, side=side, source=Source(_UNSAID))
    came, _ = state.outcome([state.draft(finding, unsaid, lang)])
    later = later_facts(came.troubles, today)
    if later:
        first = min(later, key=lambda fact: fact.since or "")
        until = day_before(later)
        then, _ = state.outcome([state.draft(finding, replace(unsaid, until=until), lang)])
        if then.works:
            return Tried(troubles=came.troubles, fact=first, until=until)
    return Tried(troubles=came.troubles)


def later_facts(troubles: Sequence[Finding], today: str) -> list[Reference]:
    """The facts behind all of the troubles, if each is one that holds from a later day on only; else none."""
    facts = [next((s.reference for s in trouble.sides if s.reference is not None), None) for trouble in troubles]
    later = [fact for fact in facts if fact is not None and (fact.since or "") > today]
    return later if len(later) == len(facts) else []


def day_before(facts: Sequence[Reference]) -> str:
    """The last day (ISO) on which none of some facts holds."""
    first = min(fact.since or "" for fact in facts)
    return (date.fromisoformat(first) - timedelta(days=1)).isoformat()


def same_for(
    state: State, found: Sequence[tuple[Finding, tuple[str, ...]]], answer: Answer, lang: Lang
) -> list[tuple[Draft, State]]:
    """A ruling for each further finding, with the audit after it. One that another has resolved by then is left out."""
    drafts: list[tuple[Draft, State]] = []
    for other, claims in found:
        still = state.named(other.id)
        if still is None or still.state == "resolved":
            continue
        there = {claim.id for side in still.sides for claim in side.claims}
        chosen = tuple(claim for claim in claims if claim in there)
        if not chosen:
            continue
        draft = state.draft(still, replace(answer, claims=chosen), lang)
        came, then = state.outcome([draft])
        if came.works:
            drafts.append((draft, then))
            state = then
    return drafts
