"""Findings: what a run has to say, as data. Reports render these; nothing here prints."""

from __future__ import annotations

from typing import Any, Literal, Protocol, TypeAlias

import msgspec

from claims.model import EVERYWHERE, Claim, Quantifier, Scope, Value, claim_record, value_record

Severity: TypeAlias = Literal["error", "warning", "info"]
Kind: TypeAlias = Literal[
    "self-contradiction", "contradiction", "overgeneral", "outdated", "against-ruling", "against-fact", "possible"
]
State: TypeAlias = Literal["open", "resolved", "under-review"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""Worst first."""

KINDS: tuple[Kind, ...] = (
    "against-ruling", "against-fact", "self-contradiction", "contradiction", "overgeneral", "outdated", "possible",
)  # fmt: skip
"""Worst first, for choosing the kind of a finding whose pairs of claims differ in kind."""


class Position(msgspec.Struct, frozen=True):
    """One thing that the corpus says: a topic, a value, and for what it is said."""

    topic: str
    value: Value
    quantifier: Quantifier = "all"
    scope: Scope = EVERYWHERE
    except_: Scope = EVERYWHERE


class Side(msgspec.Struct, frozen=True):
    """One side of a finding: a position with the claims that take it (examples first, `count` in all)."""

    position: Position
    count: int
    claims: tuple[Claim, ...]


class Reason(msgspec.Struct, frozen=True):
    """Why two sides meet (or do not): a code of audit.verdict with its arguments, rendered by reports in zh and en."""

    code: str
    args: tuple[tuple[str, str], ...] = ()


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One pair of positions that cannot both be true, or (later) one defect inside an article.

    `kind` and `severity` are the worst among the pairs of claims; `other_kinds` lists the rest. The older side comes
    first where kind is `outdated` (`older` names it), the general one where it is `overgeneral`.
    """

    id: str
    code: str
    topic: str
    kind: Kind
    other_kinds: tuple[Kind, ...] = ()
    severity: Severity
    state: State = "open"
    reasons: tuple[Reason, ...] = ()
    sides: tuple[Side, ...]
    older: int | None = None
    ruling: str | None = None


def position_record(position: Position) -> dict[str, Any]:
    """A position as JSON writes it; `except` only where there is one."""
    record: dict[str, Any] = {
        "value": value_record(position.value),
        "quantifier": position.quantifier,
        "scope": position.scope.as_dict(),
    }
    if position.except_:
        record["except"] = position.except_.as_dict()
    return record


def side_record(side: Side) -> dict[str, Any]:
    return {**position_record(side.position), "count": side.count, "claims": [claim_record(c) for c in side.claims]}


class Said(Protocol):
    """What of a claim is compared: a Claim that has a value, a Position, a reference fact."""

    @property
    def topic(self) -> str: ...
    @property
    def value(self) -> Value | None: ...
    @property
    def quantifier(self) -> Quantifier: ...
    @property
    def scope(self) -> Scope: ...
    @property
    def except_(self) -> Scope: ...
