"""A compiled domain as bytes: once what the lexicon's strings are, which is most of it, and once all the rest.

The strings are asked for when a text is searched; a run that reads no article has no use for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from claims.domain import Domain
from claims.language.lexicon import Lexicon
from claims.language.wordlist import Table, table_of
from claims.packing import Packing, PackingError

_tables = msgspec.msgpack.Decoder(list[Table])


def pack_domain(domain: Domain) -> tuple[bytes, bytes]:
    """A domain without the strings of its lexicons, and these."""
    tables = [lexicon.table for lexicon in (domain.lexicon, domain.wakes) if lexicon is not None]
    # Where its files lie is none of the domain's.
    return _packing().pack(replace(domain, folder=Path())), msgspec.msgpack.encode(tables)


def unpack_domain(data: bytes, folder: Path, tables: Callable[[], Sequence[Table]]) -> Domain:
    """The domain of `data`, its files in `folder`; `tables` gives the strings when they are wanted. Raises
    PackingError."""
    domain = _packing().unpack(data)

    def lexicon(bare: Lexicon, number: int) -> Lexicon:
        return Lexicon(lambda: tables()[number], bare.weak, bare.covering)

    wakes = None if domain.wakes is None else lexicon(domain.wakes, 1)
    return replace(domain, folder=folder, lexicon=lexicon(domain.lexicon, 0), wakes=wakes)


def unpack_tables(data: bytes) -> Sequence[Table]:
    """The strings of a domain's lexicons. Raises PackingError."""
    try:
        return _tables.decode(data)
    except msgspec.MsgspecError as e:
        raise PackingError(str(e)) from e


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
