"""JSON lines: a record a line, in UTF-8 or GB18030. Lines are found once and read again by their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from audit.containers import Entry, Found, packed
from claims.errors import ReadError
from claims.exports import Field, Form
from claims.readers import MAX_BYTES
from claims.readers.decode import characters
from claims.readers.fields import layout, missing, name_of, no_field, record_of

_BOM = b"\xef\xbb\xbf"
_PIECE = 1 << 20
_COLUMN = re.compile(r"\s*\(byte (\d+)\)\Z")
_HINT = "a record is one JSON object on a line of its own"
_MOST_NAMES = 10_000
"""Names of fields that are remembered, to say which is nearest to one that no record has."""

_NAMING: tuple[Field, ...] = ("id", "url")
_LONE = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]")
_ANY = msgspec.json.Decoder(Any)
_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_VALUES = msgspec.json.Decoder(dict[str, Any])


def entries(place: str, kind: str, form: Form) -> Iterator[Found]:
    with open(place, "rb", buffering=_PIECE) as stream:
        yield from entries_of(stream, form, kind)


def entries_of(stream: BinaryIO, form: Form, kind: str = ".jsonl", inside: str = "") -> Iterator[Found]:
    """The records of an open file. Raises ReadError for one that is no JSON lines at all."""
    begin = stream.read(64).removeprefix(_BOM).lstrip()
    stream.seek(0)
    if begin.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadError("the file is UTF-16", hint="export it as UTF-8")
    if begin.startswith(b"["):
        raise ReadError("the file is one JSON list, not JSON lines", line=1, hint=_HINT + ", without [ ] and commas")
    seen: set[str] = set()
    for at, number, line, size in _lines(stream):
        if line is None:
            message = f"the line has {size} bytes, more than the limit of {MAX_BYTES}"
            yield ReadError(message, line=number, hint="a record is one article: split it, or leave it out")
            continue
        try:
            fields = _parsed(line, number, _FIELDS)
            names = tuple(fields)
            if len(seen) < _MOST_NAMES:
                seen.update(names)
            name = _name(fields, names, form)
        except ReadError as e:
            e.line = number
            yield e
            continue
        yield name, size, Entry(kind, at, number, form, inside)
    if seen:
        for field, own, near in missing(sorted(seen), form):
            yield no_field(field, own, near)


def data(place: str, entry: Entry) -> bytes:
    with open(place, "rb") as stream:
        return data_of(stream, entry)


def data_of(stream: BinaryIO, entry: Entry) -> bytes:
    """The bytes of one record of an open file."""
    stream.seek(entry.at)
    line = stream.readline(MAX_BYTES + 1)
    try:
        return packed(record_of(_parsed(line, entry.number, _VALUES), entry.form))
    except ReadError as e:
        e.line = entry.number
        raise
    except UnicodeEncodeError as e:  # what _with_nan let through
        raise ReadError("the JSON holds half a character", line=entry.number, hint="correct the export") from e


def _name(fields: dict[str, Any], names: tuple[str, ...], form: Form) -> str | None:
    """What a record is called; of all its values only those that may say so are read."""
    keys = layout(names, form)
    found = (keys[field] for field in _NAMING if field in keys)
    tops = (key if key in fields else key.partition(".")[0] for key in found)
    return name_of({top: _value(fields[top]) for top in tops}, keys)


def _value(value: Any) -> Any:
    return _decoded(bytes(value), _ANY) if isinstance(value, msgspec.Raw) else value


def _parsed(line: bytes, number: int, decoder: msgspec.json.Decoder[dict[str, Any]]) -> dict[str, Any]:
    """A line as a mapping of names to values. Raises ReadError with its place."""
    try:
        line = (line.removeprefix(_BOM) if number == 1 else line).rstrip()
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            line = characters("", line).encode("utf-8")
        found: dict[str, Any] = _decoded(line, decoder)
    except ReadError as e:
        e.line = number
        raise
    return found


def _decoded(line: bytes, decoder: msgspec.json.Decoder[Any]) -> Any:
    try:
        return decoder.decode(line)
    except msgspec.ValidationError as e:
        if "Expected `object`" in str(e):
            raise ReadError("the line is no JSON object", hint=_HINT) from e
        raise ReadError("the JSON holds a number that is out of range", hint="correct the export") from e
    except msgspec.DecodeError as e:
        if _LONE.search(line):
            message = "the JSON holds half a character (a lone surrogate such as \\ud83d)"
            raise ReadError(message, hint="a text was cut within a character: correct it, and export it again") from e
        if b"NaN" in line or b"Infinity" in line:
            return _with_nan(line, e)
        raise _broken(line, str(e)) from e
    except RecursionError as e:
        raise ReadError("the JSON is nested too deeply", hint=_HINT) from e


def _with_nan(line: bytes, error: msgspec.DecodeError) -> Any:
    """A line as Python writes it where a column has gaps, which is no JSON."""
    import json

    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as e:
        raise _broken(line, str(error)) from e
    if not isinstance(found, dict):
        raise ReadError("the line is no JSON object", hint=_HINT)
    return found


def _broken(line: bytes, why: str) -> ReadError:
    """What is wrong with a line that is no JSON, and in which column."""
    found = _COLUMN.search(why)
    column = len(line[: int(found[1])].decode("utf-8", "replace")) + 1 if found else None
    why = _COLUMN.sub("", why).removeprefix("JSON is malformed: ")
    if "truncated" in why.lower():
        return ReadError("the line breaks off within its JSON", hint="export it again; a record is one line, whole")
    return ReadError(f"not valid JSON: {why}", column=column, hint=_HINT)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, int, bytes | None, int]]:
    """The offset, number, bytes and length of each line that is not blank. One that is too long has no bytes."""
    at = number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        size = len(line)
        if size > MAX_BYTES and not line.endswith(b"\n"):
            while piece := stream.readline(_PIECE):
                size += len(piece)
                if piece.endswith(b"\n"):
                    break
            yield at, number, None, size
        elif (line.removeprefix(_BOM) if number == 1 else line).strip():
            yield at, number, line, size
        at += size
