"""Concepts that are only part of compounds: once these are made, nothing asks for them any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

import msgspec


def names_in(record: object) -> Iterator[str]:
    """Every text that a record holds, at any depth: the names of all that it may ask for among them."""
    if isinstance(record, str):
        yield record
    elif isinstance(record, msgspec.Struct):
        for field in record.__struct_fields__:
            yield from names_in(getattr(record, field))
    elif isinstance(record, Mapping):
        for name, value in record.items():
            yield from names_in(name)
            yield from names_in(value)
    elif isinstance(record, tuple | list | Set):
        for item in record:
            yield from names_in(item)


def idle(concepts: Iterable[str], asking: Iterable[object]) -> frozenset[str]:
    """Those of some concepts that no record of `asking` names."""
    asked = frozenset(name for record in asking for name in names_in(record))
    return frozenset(concepts) - asked
