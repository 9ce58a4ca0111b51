"""What a corpus comes to, laid out so that of a large one little need be looked up: its claims in shards, by topic and
region; its articles as a list; of its findings their names.

A change of a few articles touches a few positions. What these can meet is in the shards of their topics whose regions
are not disjoint from theirs, and all other findings are what they were (`audit/nearby.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias, TypeVar

import msgspec

from audit.harvest import Watch
from audit.model import Position
from audit.positions import position_of
from audit.problem import Problem
from audit.scopes import Members, relation
from claims.identity import folded
from claims.model import Claim, Hedge, Origin
from claims.packing import Packing, PackingError


class Article(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file of the corpus: its path, size and digest; the article's id; whether it could be read; how many of its
    claims are on a topic; of each part that counts its name, typed assertions and all assertions."""

    path: str
    size: int
    digest: bytes
    id: str | None = None
    read: bool = True
    said: int = 0
    coverage: tuple[tuple[str, int, int], ...] = ()


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What there is: the whole ids of the findings, and which of them stand; problems; how many articles were read,
    claims said, and assertions typed, of all; the shards by topic, each with its region; whole ids of defects and the
    claims that rulings may be about (packed), where there are rulings; where the list of articles is; whether these
    had the commit's very bytes."""

    findings: tuple[tuple[str, bool], ...]
    problems: tuple[Problem, ...]
    articles: int
    said: int
    typed: int
    assertions: int
    parts: int
    shards: dict[str, list[tuple[Members, bytes]]]
    defects: tuple[str, ...] = ()
    watched: bytes = b""
    listing: bytes = b""
    exact: bool = False


class _Kept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A claim without what its position says."""

    id: str
    article: str
    as_of: str | None
    hedged: Hedge | None
    quote: str
    start: int
    end: int
    line: int
    column: int
    origin: Origin
    pattern: str
    sets_against: tuple[int, int] | None


class _Shard(msgspec.Struct, frozen=True, array_like=True):
    """Positions (packed), and the claims that take each."""

    positions: bytes
    claims: list[msgspec.Raw]


_encode = msgspec.msgpack.Encoder().encode
_positions: Packing[tuple[Position, ...]] = Packing(tuple[Position, ...])
_watched: Packing[tuple[Claim, ...]] = Packing(tuple[Claim, ...])
_shard = msgspec.msgpack.Decoder(_Shard)
_kept = msgspec.msgpack.Decoder(list[_Kept])
_head = msgspec.msgpack.Decoder(Head)
_listing = msgspec.msgpack.Decoder(list[Article])

T = TypeVar("T")

Name: TypeAlias = bytes
Load: TypeAlias = Callable[[Name], bytes | None]


class Torn(Exception):
    """Part of a ledger is missing, or is none."""


def bare(claim: Claim) -> Claim:
    """A claim as a ledger has it: without what it rests on."""
    return msgspec.structs.replace(claim, evidence=()) if claim.evidence else claim


def is_watched(claim: Claim, watch: Watch) -> bool:
    """Whether a ruling may be about it."""
    return claim.id in watch.ids or claim.path in watch.paths or folded(claim.quote) in watch.quotes


# Made.


def shards(claims: Iterable[Claim]) -> Iterator[tuple[str, Members, bytes]]:
    """The claims on topics, by topic and region."""
    found: dict[tuple[str, Members], dict[Position, list[Claim]]] = defaultdict(dict)
    for claim in claims:
        position = position_of(claim)
        if position is not None:
            key = position.topic, position.scope.get("region")
            found[key].setdefault(position, []).append(claim)
    for (topic, region), positions in sorted(found.items(), key=lambda item: item[0]):
        claimed = [msgspec.Raw(_encode([_keep(c) for c in several])) for several in positions.values()]
        yield topic, region, _encode(_Shard(_positions.pack(tuple(positions)), claimed))


def _keep(c: Claim) -> _Kept:
    return _Kept(
        c.id, c.article, c.as_of, c.hedged, c.quote, c.start, c.end, c.line, c.column, c.origin, c.pattern,
        c.sets_against,
    )  # fmt: skip


def pack_watched(claims: Iterable[Claim]) -> bytes:
    return _watched.pack(tuple(claims))


def pack_listing(articles: Sequence[Article]) -> bytes:
    return _encode(articles)


def pack_head(head: Head) -> bytes:
    return _encode(head)


# Looked up.


def unpack_head(data: bytes) -> Head:
    """Raises Torn."""
    return _decoded(_head, data)


def unpack_listing(data: bytes) -> list[Article]:
    """Raises Torn."""
    return _decoded(_listing, data)


def unpack_watched(data: bytes) -> tuple[Claim, ...]:
    """Raises Torn."""
    return _unpacked(_watched, data) if data else ()


def lines(
    shards: Mapping[str, Sequence[tuple[Members, Name]]], changed: Iterable[Position], load: Load,
    can_meet: Callable[[Position, Position], bool],
) -> dict[Position, list[Claim]]:  # fmt: skip
    """The claims of changed positions, and of all that these can meet. Raises Torn."""
    found: dict[Position, list[Claim]] = {}
    by_topic: dict[str, dict[Members, list[Position]]] = defaultdict(lambda: defaultdict(list))
    for position in changed:
        by_topic[position.topic][position.scope.get("region")].append(position)
        found[position] = []
    for topic, by_region in by_topic.items():
        for region, name in shards.get(topic, ()):
            near = [p for where, some in by_region.items() if _touch(where, region) for p in some]
            if not near:
                continue
            data = load(name)
            if data is None:
                raise Torn
            shard = _decoded(_shard, data)
            positions = _unpacked(_positions, shard.positions)
            if len(positions) != len(shard.claims):
                raise Torn
            for position, claims in zip(positions, shard.claims, strict=True):
                if position in found or any(can_meet(one, position) for one in near):
                    found[position] = [_claim(kept, position) for kept in _decoded(_kept, bytes(claims))]
    return found


@lru_cache(maxsize=1 << 16)
def _touch(one: Members, other: Members) -> bool:
    return relation("region", one, other) != "disjoint"


def _claim(kept: _Kept, position: Position) -> Claim:
    return Claim(
        id=kept.id, article=kept.article, topic=position.topic, value=position.value, quantifier=position.quantifier,
        scope=position.scope, except_=position.except_, as_of=kept.as_of, hedged=kept.hedged, quote=kept.quote,
        start=kept.start, end=kept.end, line=kept.line, column=kept.column, origin=kept.origin, pattern=kept.pattern,
        sets_against=kept.sets_against,
    )  # fmt: skip


def _decoded(decoder: msgspec.msgpack.Decoder[T], data: bytes) -> T:
    try:
        return decoder.decode(data)
    except msgspec.MsgspecError as e:
        raise Torn from e


def _unpacked(packing: Packing[T], data: bytes) -> T:
    try:
        return packing.unpack(data)
    except PackingError as e:
        raise Torn from e
