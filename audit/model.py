"""Findings: what a run has to say, as data. Reports render these; nothing here prints."""

from __future__ import annotations

from typing import Any, Literal, Protocol, TypeAlias

import msgspec

from claims.facts import Source
from claims.model import EVERYWHERE, Claim, Quantifier, Scope, Value, claim_record, value_record
from claims.wording import Tongues

Severity: TypeAlias = Literal["error", "warning", "info"]
Kind: TypeAlias = Literal[
    "self-contradiction", "contradiction", "overgeneral", "outdated", "against-ruling", "against-fact", "possible"
]
ReferenceKind: TypeAlias = Literal["fact", "ruling"]
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


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """What articles are held against though none says it: a fact of a domain, or a ruling that something stands.

    It holds from `since` through `until` (ISO days, None where open). An absent scope facet of its position means
    everywhere and everyone; a `default` one yields to claims that name a region. `level` is how bad a claim against
    it is, up to `warning_until` a warning at most.
    """

    id: str
    kind: ReferenceKind
    position: Position
    words: Tongues = ()
    since: str | None = None
    until: str | None = None
    source: Source | None = None
    verified: bool = False
    level: Severity = "error"
    warning_until: str | None = None
    default: bool = False
    note: Tongues = ()


class Side(msgspec.Struct, frozen=True):
    """One side of a finding: a position with the claims that take it (examples first, `count` in all), or with the
    reference that gives it. `upheld` is the id of a reference that refutes the other side and not this one."""

    position: Position
    count: int
    claims: tuple[Claim, ...]
    reference: Reference | None = None
    upheld: str | None = None


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
    """A side as JSON writes it; `reference` and `upheld` only where there is one."""
    record = {**position_record(side.position), "count": side.count, "claims": [claim_record(c) for c in side.claims]}
    if side.reference is not None:
        record["reference"] = reference_record(side.reference)
    if side.upheld is not None:
        record["upheld"] = side.upheld
    return record


def reference_record(reference: Reference) -> dict[str, Any]:
    """A reference as JSON writes it, its position aside."""
    source = reference.source
    return {
        "id": reference.id,
        "kind": reference.kind,
        "words": dict(reference.words),
        "since": reference.since,
        "until": reference.until,
        "source": msgspec.to_builtins(source) if source is not None else None,
        "verified": reference.verified,
    }


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
