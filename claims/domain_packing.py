"""A compiled domain as bytes: once what the lexicon's strings are, which is most of it, whole and in parts, and once
all the rest.

The strings are asked for when a text is searched, of a short text in parts; a run that reads no article has no use for
them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from claims.domain import Domain
from claims.language.lexicon import Lexicon
from claims.language.wordlist import Index, Load, Part, Parted, Table, Words, parts_of, table_of
from claims.packing import Packing, PackingError

_tables = msgspec.msgpack.Decoder(list[Table])
_indices = msgspec.msgpack.Decoder(list[Index])
_part = msgspec.msgpack.Decoder(Part)


def pack_domain(domain: Domain) -> tuple[bytes, bytes]:
    """A domain without the strings of its lexicons, and these."""
    tables = [lexicon.table for lexicon in (domain.lexicon, domain.wakes) if lexicon is not None]
    # Where its files lie is none of the domain's.
    return _packing().pack(replace(domain, folder=Path())), msgspec.msgpack.encode(tables)


def pack_parts(domain: Domain) -> tuple[bytes, Iterator[tuple[str, bytes]]]:
    """The strings of its lexicons in parts: an index, and the parts with their names."""
    tables = [lexicon.table for lexicon in (domain.lexicon, domain.wakes) if lexicon is not None]
    several = [parts_of(table) for table in tables]
    parts = (
        (f"{number} {head}", msgspec.msgpack.encode(part))
        for number, (_, of) in enumerate(several)
        for head, part in of
    )
    return msgspec.msgpack.encode([index for index, _ in several]), parts


def unpack_domain(data: bytes, folder: Path, words: Callable[[], Sequence[Words]]) -> Domain:
    """The domain of `data`, its files in `folder`; `words` gives the strings when they are wanted. Raises
    PackingError."""
    domain = _packing().unpack(data)

    def lexicon(bare: Lexicon, number: int) -> Lexicon:
        return Lexicon(lambda: words()[number], bare.weak, bare.covering)

    wakes = None if domain.wakes is None else lexicon(domain.wakes, 1)
    return replace(domain, folder=folder, lexicon=lexicon(domain.lexicon, 0), wakes=wakes)


def unpack_tables(data: bytes) -> Sequence[Table]:
    """The strings of a domain's lexicons. Raises PackingError."""
    try:
        return _tables.decode(data)
    except msgspec.MsgspecError as e:
        raise PackingError(str(e)) from e


def unpack_parts(
    data: bytes, parts: Callable[[Collection[str]], Mapping[str, bytes]], tables: Callable[[], Sequence[Table]]
) -> Sequence[Words]:  # fmt: skip
    """The strings of a domain's lexicons by their index; `parts` gives what is packed under some names. Raises
    PackingError."""
    try:
        indices = _indices.decode(data)
    except msgspec.MsgspecError as e:
        raise PackingError(str(e)) from e

    def loading(number: int) -> Load:
        def load(heads: Collection[str]) -> Mapping[str, Part]:
            names = {f"{number} {head}": head for head in heads}
            try:
                return {names[name]: _part.decode(packed) for name, packed in parts(names).items()}
            except msgspec.MsgspecError:
                return {}

        return load

    def whole(number: int) -> Callable[[], Table]:
        return lambda: tables()[number]

    return [Parted(index, loading(number), whole(number)) for number, index in enumerate(indices)]


@cache
def _packing() -> Packing[Domain]:
    return Packing(Domain, to=_to, from_=_from)


def _to(value: Any) -> Any:
    if isinstance(value, Lexicon):
        return [sorted(value.weak), sorted(value.covering)]
    if isinstance(value, re.Pattern):
        return value.pattern
    if isinstance(value, Path):
        return value.as_posix()
    raise TypeError(f"a domain holds a {type(value).__name__}, which cannot be packed")


def _from(kind: type, value: Any) -> Any:
    if kind is Lexicon:
        weak, covering = value
        return Lexicon(_NONE, frozenset(weak), frozenset(covering))
    if kind is Path:
        return Path(value)
    return re.compile(value)


_NONE = table_of({})
