"""Findings: what a run has to say, as data. Reports render these; nothing here prints."""

from __future__ import annotations

from typing import Any, Literal, Protocol, TypeAlias, get_args

import msgspec

from claims.facts import Source
from claims.model import EVERYWHERE, Claim, Quantifier, Scope, Value, claim_record, path_of, value_record
from claims.wording import Tongues

Severity: TypeAlias = Literal["error", "warning", "info"]
Kind: TypeAlias = Literal[
    "self-contradiction", "contradiction", "overgeneral", "outdated", "against-ruling", "against-fact", "possible"
]
ReferenceKind: TypeAlias = Literal["fact", "ruling"]
DefectCode: TypeAlias = Literal[
    "count-mismatch", "list-mismatch", "sum-mismatch", "comparison-mismatch", "inequality-mismatch",
    "rule-example-mismatch", "example-mismatch", "heading-mismatch", "answer-mismatch", "permission-mismatch",
    "identity-mismatch", "expired-outlook", "stale-figure", "unsourced-figure",
]  # fmt: skip
RulingCode: TypeAlias = Literal["ruling-void", "ruling-expired", "ruling-unused", "ruling-contradiction"]
State: TypeAlias = Literal["open", "resolved", "under-review"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""Worst first."""

KINDS: tuple[Kind, ...] = (
    "against-ruling", "against-fact", "self-contradiction", "contradiction", "overgeneral", "outdated", "possible",
)  # fmt: skip
"""Worst first, for choosing the kind of a finding whose pairs of claims differ in kind."""


DEFECTS: tuple[DefectCode, ...] = get_args(DefectCode)
"""What can be wrong inside one article without any pair of claims (docs/claims.md section 6)."""

RULING_CODES: tuple[RulingCode, ...] = get_args(RulingCode)
"""What can be wrong with a ruling: a finding of the ruling's file, of the same shape as a defect."""

STALE_DAYS = 365
"""Days after which a figure that an article gives as of a day is stale, where no config says another number."""


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


class Quote(msgspec.Struct, frozen=True, order=True):
    """Words of an article that a defect rests on: `source[start:end] == quote`; fields as of a Claim."""

    article: str
    start: int
    end: int
    line: int
    column: int
    quote: str

    @property
    def path(self) -> str:
        """The file, without the part."""
        return path_of(self.article)

    @property
    def is_teaser(self) -> bool:
        return self.path != self.article


class Side(msgspec.Struct, frozen=True):
    """One side of a finding.

    Of a pair: a position with the claims that take it (examples first, `count` in all), or with the reference that
    gives it; `upheld` is the id of a reference that refutes the other side and not this one. Of a defect inside one
    article: no position, and the words that state something, or refute it. `days` are the first and the last ISO day of
    all of its claims, empty where none has one. `articles` is how many take it, where not all claims are examples.
    """

    position: Position | None
    count: int
    claims: tuple[Claim, ...] = ()
    reference: Reference | None = None
    upheld: str | None = None
    quotes: tuple[Quote, ...] = ()
    days: tuple[str, str] = ("", "")
    articles: int = 0

    @property
    def places(self) -> tuple[Claim | Quote, ...]:
        """Where the side stands in the articles."""
        return self.claims or self.quotes


class Reason(msgspec.Struct, frozen=True):
    """Why two sides meet (or do not): a code of audit.verdict with its arguments, rendered by reports in zh and en."""

    code: str
    args: tuple[tuple[str, str], ...] = ()


class Defect(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is wrong inside one article: what is stated, and what refutes it, each in the article's words.

    `key` is the article's id (with its part, where that is a teaser). `topic` is the one that it touches, if any.
    `reason` is put into words by reports.
    """

    code: DefectCode
    key: str
    topic: str | None = None
    stated: tuple[Quote, ...]
    refuted: tuple[Quote, ...]
    reason: Reason


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One pair of positions that cannot both be true, or one defect inside an article.

    A defect's `kind` is its code; its `topic` may be None. A pair's `kind` and `severity` are the worst among its pairs
    of claims; `other_kinds` lists the rest. The older side comes first where kind is `outdated` (`older` names it), the
    general one where it is `overgeneral`. `natural` is the severity before a config gave another; None where none did.
    `whole` is the whole id, which `id` is the beginning of; empty of a finding by itself, whose id is whole. `both` is
    how many articles take both sides, where that cannot be seen from their claims.
    """

    id: str
    code: str
    topic: str | None
    kind: Kind | DefectCode | RulingCode
    other_kinds: tuple[Kind, ...] = ()
    severity: Severity
    natural: Severity | None = None
    state: State = "open"
    reasons: tuple[Reason, ...] = ()
    sides: tuple[Side, ...]
    older: int | None = None
    ruling: str | None = None
    whole: str = ""
    both: int | None = None


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
    """A side as JSON writes it; `reference` and `upheld` only where there is one.

    One of a defect has no value; its quotes stand where claims would, for they are read alike: both name article,
    quote, start, end, line and column.
    """
    if side.position is None:
        nothing: dict[str, Any] = {"value": None, "quantifier": None, "scope": {}}
        return {**nothing, "count": side.count, "claims": [quote_record(q) for q in side.quotes]}
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


def quote_record(quote: Quote) -> dict[str, Any]:
    return {name: getattr(quote, name) for name in ("article", "quote", "start", "end", "line", "column")}


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
