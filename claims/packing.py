"""Records as bytes and back, exactly: what is unpacked equals what was packed.

MessagePack by msgspec, read into the records' own types, so that bytes of whatever origin become these records or an
error, never code. A bound of a measure is an exact number or a text, which MessagePack writes alike; so every
record that a measure may be in has a stored form beside it, made from its fields, in which numbers begin with "=".
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from functools import cache, reduce
from operator import attrgetter, or_
from typing import Any, Generic, TypeVar, Union, get_args, get_origin

import msgspec

from claims.model import Bound, Measure

T = TypeVar("T")
_Change = Callable[[Any], Any]


class PackingError(Exception):
    """These are no bytes of such a record."""


class _Measure(msgspec.Struct, frozen=True, tag_field="kind", tag="measure"):
    """A measure as stored."""

    low: str | None = None
    high: str | None = None
    unit: str | None = None


class Packing(Generic[T]):
    """The way to bytes and back for records of one type; `to` and `from_` are msgspec's hooks for what is no record."""

    def __init__(
        self, kind: Any, *, to: Callable[[Any], Any] | None = None,
        from_: Callable[[type, Any], Any] | None = None,
    ) -> None:  # fmt: skip
        stored, self._store, self._restore = _stored(kind)
        self._encoder = msgspec.msgpack.Encoder(enc_hook=to)
        self._decoder = msgspec.msgpack.Decoder(stored, dec_hook=from_)

    def pack(self, record: T) -> bytes:
        return self._encoder.encode(record if self._store is None else self._store(record))

    def unpack(self, data: bytes) -> T:
        """Raises PackingError."""
        try:
            found = self._decoder.decode(data)
            whole: T = found if self._restore is None else self._restore(found)
        except (msgspec.MsgspecError, ArithmeticError, LookupError, ValueError, TypeError, re.error) as e:
            raise PackingError(str(e)) from e
        return whole


_Ways = tuple[Any, _Change | None, _Change | None]
"""The type to store, and the ways there and back; None where it is the same."""


def _to_measure(measure: Measure) -> _Measure:
    return _Measure(_to_text(measure.low), _to_text(measure.high), measure.unit)


def _from_measure(stored: _Measure) -> Measure:
    return Measure(_from_text(stored.low), _from_text(stored.high), stored.unit)


def _to_text(bound: Bound) -> str | None:
    return f"={bound}" if isinstance(bound, Decimal) else bound if bound is None else f"'{bound}"


def _from_text(text: str | None) -> Bound:
    return text if text is None else Decimal(text[1:]) if text[0] == "=" else text[1:]


@cache
def _stored(kind: Any) -> _Ways:
    if kind is Measure:
        return _Measure, _to_measure, _from_measure
    origin, args = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _of_struct(kind)
    if origin in (Union, types.UnionType):
        return _of_union(args)
    if origin is tuple and args[-1:] != (...,):
        return _of_row(kind, args)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        stored, to, from_ = _stored(args[1])
        if to is not None and from_ is not None:
            return dict[args[0], stored], _values(to), _values(from_)  # type: ignore[valid-type]
    elif origin is not None and isinstance(origin, type) and issubclass(origin, Collection):
        stored, to, from_ = _stored(args[0])
        if to is not None and from_ is not None:
            made = tuple if origin is tuple else list
            several = tuple[stored, ...] if origin is tuple else list[stored]  # type: ignore[valid-type]
            return several, _each(to, made), _each(from_, made)
    return kind, None, None


def _values(change: _Change) -> _Change:
    return lambda found: {key: change(value) for key, value in found.items()}


def _each(change: _Change, made: Callable[[Any], Any]) -> _Change:
    return lambda found: made(map(change, found))


def _of_row(kind: Any, args: tuple[Any, ...]) -> _Ways:
    """A tuple of one of each."""
    ways = [_stored(arg) for arg in args]
    if all(to is None for _, to, _ in ways):
        return kind, None, None

    def changed(changes: list[_Change | None]) -> _Change:
        return lambda row: tuple(c(x) if c else x for c, x in zip(changes, row, strict=True))

    stored: Any = types.GenericAlias(tuple, tuple(w[0] for w in ways))
    return stored, changed([w[1] for w in ways]), changed([w[2] for w in ways])


def _of_union(args: tuple[Any, ...]) -> _Ways:
    """Which of several a record is, is told by its class."""
    ways = [(arg, *_stored(arg)) for arg in args]
    to = {arg: there for arg, _, there, _ in ways if there is not None}
    from_ = {stored: back for _, stored, _, back in ways if back is not None}
    several: Any = reduce(or_, [stored for _, stored, _, _ in ways])
    if not to:
        return several, None, None
    assert all(isinstance(kind, type) for kind in (*to, *from_)), "a choice between collections of records"

    def changed(changes: Mapping[type, _Change]) -> _Change:
        def change(value: Any) -> Any:
            way = changes.get(type(value))
            return value if way is None else way(value)

        return change

    return several, changed(to), changed(from_)


def _of_struct(kind: type[msgspec.Struct]) -> _Ways:
    hints = typing.get_type_hints(kind)
    names = kind.__struct_fields__
    ways = {name: _stored(hints[name]) for name in names}
    changed = [name for name in names if ways[name][1] is not None]
    if not changed:
        return kind, None, None
    config = kind.__struct_config__
    stored = msgspec.defstruct(
        f"Stored{kind.__name__}", [(name, ways[name][0]) for name in names], frozen=True,
        tag=config.tag, tag_field=config.tag_field, array_like=config.tag is None,
    )  # fmt: skip

    def moving(to: Any, side: int) -> _Change:
        fields = attrgetter(*names) if len(names) > 1 else lambda record: (getattr(record, names[0]),)
        changes = [(name, change) for name in changed if (change := ways[name][side]) is not None]

        def move(record: Any) -> Any:
            values = dict(zip(names, fields(record), strict=True))
            for name, change in changes:
                values[name] = change(values[name])
            return to(**values)

        return move

    return stored, moving(stored, 1), moving(kind, 2)
