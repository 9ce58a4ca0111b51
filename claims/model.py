"""Claim records: one assertion that one place in one article makes about one topic.

Everything here is frozen, hashable and comparable; there is no behaviour beyond the laws of the records themselves.
The meaning of every field is the contract in docs/claims.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import msgspec

Quantifier: TypeAlias = Literal["all", "some"]
Hedge: TypeAlias = Literal["approx", "usual", "maybe"]
SetMode: TypeAlias = Literal["includes", "excludes", "only"]
Origin: TypeAlias = Literal["sentence", "list_item", "table_cell", "heading", "title_answer", "manual"]
Where: TypeAlias = Literal[
    "quote", "sentence", "before", "column", "row", "stem", "above", "heading", "title", "front-matter"
]
"""Where words stand that a claim rests on, nearest first: in its quote, else its sentence, a sentence before it in the
same block; its column's or row's header; what introduces its list; another block, such as the question that it answers
or the header of a table that scraping has lost; a heading; the title; the front matter."""
CUE = "cue"
"""What `Evidence.of` says of the word that calls a number a figure (起付线)."""
Bound: TypeAlias = Decimal | str | None
"""One end of a measure: an exact number, an ISO date or a name on the topic's ordered scale, or None where open."""


class Flag(msgspec.Struct, frozen=True, tag_field="kind", tag="flag"):
    """The topic's proposition holds or does not hold."""

    holds: bool


class Measure(msgspec.Struct, frozen=True, tag_field="kind", tag="measure"):
    """The quantity lies in [low, high]; None is open on that side; a point has low == high."""

    low: Bound = None
    high: Bound = None
    unit: str | None = None


class SetOf(msgspec.Struct, frozen=True, tag_field="kind", tag="set"):
    """`includes`: these are in, others may be; `excludes`: these are out; `only`: exactly these are in.

    `members` is sorted and without duplicates: build it with :func:`set_of`.
    """

    mode: SetMode
    members: tuple[str, ...]


class Choice(msgspec.Struct, frozen=True, tag_field="kind", tag="choice"):
    """Exactly one of several members that exclude each other."""

    is_: str = msgspec.field(name="is")


Value: TypeAlias = Flag | Measure | SetOf | Choice


def set_of(mode: SetMode, members: Iterable[str]) -> SetOf:
    """A set value in its one normal form."""
    return SetOf(mode, tuple(sorted(set(members))))


class Scope(msgspec.Struct, frozen=True):
    """Facet -> members, as sorted pairs of a facet's name and its sorted members; an absent facet is unrestricted."""

    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def get(self, facet: str) -> tuple[str, ...]:
        """The members of `facet`; empty where it is unrestricted."""
        for name, members in self.facets:
            if name == facet:
                return members
        return ()

    def names(self) -> tuple[str, ...]:
        """The facets that are restricted, sorted."""
        return tuple(name for name, _ in self.facets)

    def as_dict(self) -> dict[str, list[str]]:
        """As JSON writes it."""
        return {name: list(members) for name, members in self.facets}

    def __bool__(self) -> bool:
        return bool(self.facets)


EVERYWHERE = Scope()


def scope_of(facets: Mapping[str, Iterable[str]]) -> Scope:
    """A scope in its one normal form; facets without members are dropped."""
    if not facets:
        return EVERYWHERE
    pairs = [(name, tuple(sorted({str(m) for m in members}))) for name, members in facets.items()]
    return Scope(tuple(sorted([pair for pair in pairs if pair[1]])))


def part_name(article: str, part: str) -> str:
    """A part of an article (`main`, `teaser-N`) as claims name it, by the article's path or id: PAGE, PAGE#teaser-N."""
    return article if part == "main" else f"{article}#{part}"


def path_of(article: str) -> str:
    """The file of an article or of a teaser on its page (PAGE#teaser-N)."""
    before, mark, _ = article.rpartition("#teaser-")
    return before if mark and before else article


class Evidence(msgspec.Struct, frozen=True):
    """Words that a claim rests on: `of` a facet of its scope, or CUE; `[start, end)` of the source, and its line."""

    of: str
    words: str
    start: int
    end: int
    line: int
    where: Where


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One assertion. `source[start:end] == quote` always holds; offsets count code points of the decoded file.

    `value` is None for topic `untyped` only. `line` and `column` are 1-based. `sets_against` is the span (source
    offsets) of the sentence or list within which the text itself sets this claim against a more general one as its
    exception (个别地方仍…, 但…); None where it does not. `part` is `main` or `teaser-N`. `evidence` are the words that
    a figure's cue and the scope were taken from.
    """

    id: str
    article: str
    topic: str
    value: Value | None
    quantifier: Quantifier = "all"
    scope: Scope = EVERYWHERE
    except_: Scope = EVERYWHERE
    as_of: str | None = None
    hedged: Hedge | None = None
    quote: str
    start: int
    end: int
    line: int
    column: int
    origin: Origin
    pattern: str
    sets_against: tuple[int, int] | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def part(self) -> str:
        """`main` or `teaser-N`."""
        before, mark, number = self.article.rpartition("#teaser-")
        return f"teaser-{number}" if mark and before else "main"

    @property
    def path(self) -> str:
        """The file, without the part."""
        return path_of(self.article)

    @property
    def is_teaser(self) -> bool:
        return "#teaser-" in self.article


class Coverage(msgspec.Struct, frozen=True):
    """How many of a part's (`main`, `teaser-N`) assertions are typed."""

    part: str
    typed: int
    assertions: int


def number(x: Decimal) -> int | float:
    """A decimal as JSON writes it: 380, 0.5."""
    return int(x) if x == x.to_integral_value() else float(x)


def value_record(value: Value) -> dict[str, Any]:
    """A value as the claim record writes it (docs/claims.md section 2)."""
    if isinstance(value, Flag):
        return {"kind": "flag", "holds": value.holds}
    if isinstance(value, Choice):
        return {"kind": "choice", "is": value.is_}
    if isinstance(value, SetOf):
        return {"kind": "set", "mode": value.mode, "members": list(value.members)}
    record: dict[str, Any] = {"kind": "measure", "low": _bound(value.low), "high": _bound(value.high)}
    if value.unit is not None:
        record["unit"] = value.unit
    return record


def _bound(x: Bound) -> int | float | str | None:
    return number(x) if isinstance(x, Decimal) else x


def claim_record(claim: Claim) -> dict[str, Any]:
    """A claim as one JSON object, its keys always in this order; `except` only where there is one."""
    record: dict[str, Any] = {
        "id": claim.id,
        "article": claim.article,
        "topic": claim.topic,
        "value": value_record(claim.value) if claim.value is not None else None,
        "quantifier": claim.quantifier,
        "scope": claim.scope.as_dict(),
    }
    if claim.except_:
        record["except"] = claim.except_.as_dict()
    record |= {
        "as_of": claim.as_of,
        "hedged": claim.hedged,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "line": claim.line,
        "column": claim.column,
        "origin": claim.origin,
        "pattern": claim.pattern,
    }
    return record
