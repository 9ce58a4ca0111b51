"""Files that hold many articles: exports of content systems (`.jsonl`, `.ndjson`, `.parquet`) and `.zip`.

Each kind has a module with the same two functions: `entries` says what there is, one after another and without keeping
any of it; `data` has the bytes of one entry again. Of a record these are its fields as JSON, whatever else the export
says of it and wherever it stands: what has the same bytes is the same article. What goes wrong in a container is a
ReadError with a line (a row's number in Parquet, None in a zip), told of the container.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    from claims.article import Article
    from claims.errors import ReadError
    from claims.exports import Form
    from claims.readers.fields import Record

_MODULES = MappingProxyType({".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".zip": "zipped"})
SUFFIXES = tuple(_MODULES)

_UNSAFE = re.compile(r"[\s%#\\\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff]|\Ateaser-")


class Entry(msgspec.Struct, frozen=True, gc=False):
    """Where an article is in its container, which is of a `kind` (a suffix): `at` is a byte offset (JSON lines), a row
    (Parquet) or a place in the directory (zip); `number` is the line or row, from 1. `inside` is the member of a zip
    that is a container itself. What is no `record` is a whole file."""

    kind: str
    at: int
    number: int
    form: Form
    inside: str = ""
    record: bool = True


Found: TypeAlias = "tuple[str | None, int, Entry] | ReadError"
"""An article's name in its container (None where it has none), its bytes there, and where it is; or what is wrong."""


def suffix_of(name: str) -> str:
    return posixpath.splitext(name)[1].lower()


def is_container(name: str) -> bool:
    return suffix_of(name) in _MODULES


def entries(place: str, kind: str, form: Form) -> Iterator[Found]:
    """What a container of a kind holds, in its own order. Raises OSError, and ReadError where nothing of it can be
    read."""
    found: Iterator[Found] = _module(kind).entries(place, kind, form)
    return found


def data(place: str, entry: Entry) -> bytes:
    """The bytes of one entry. Raises OSError, and ReadError for a record that is none."""
    found: bytes = _module(".zip" if entry.inside else entry.kind).data(place, entry)
    return found


def article(path: str, data: bytes, entry: Entry, max_bytes: int) -> Article:
    """The article in an entry's bytes. Raises ReadError."""
    if not entry.record:
        from claims import readers

        return readers.read(path, data, max_bytes=max_bytes)
    from claims.readers import records

    return records.read(path, unpacked(data), max_bytes=max_bytes)


def source(path: str, data: bytes, entry: Entry) -> str:
    """The characters that its claims' offsets count. Raises ReadError."""
    if not entry.record:
        from claims.readers.decode import decode

        return decode(path, data)
    from claims.readers.fields import source_of

    return source_of(unpacked(data))


def unpacked(data: bytes) -> Record:
    """What `packed` made."""
    from claims.readers.fields import Record

    return msgspec.json.decode(data, type=Record)


def packed(record: Record) -> bytes:
    return msgspec.json.encode(record)


def path_in(container: str, name: str) -> str:
    """A path as records write it, `export.jsonl#42`. What would break a line or be taken for a mark of ours is written
    as in addresses."""
    return f"{container}#{_UNSAFE.sub(_escaped, name)}"


def line_of(entry: Entry | None) -> int | None:
    """The line that a record is in its file, where that is one of lines."""
    lines = entry is not None and entry.record and not entry.inside and entry.kind != ".parquet"
    return entry.number if entry is not None and lines else None


def home_of(path: str) -> str:
    """The file that a path leads into: itself where it is in no container."""
    for cut in re.finditer("#", path):
        if is_container(path[: cut.start()]):
            return path[: cut.start()]
    return path


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    rest = char[1:] if len(char) > 1 else ""
    return "".join(f"%{byte:02X}" for byte in char[0].encode("utf-8", "surrogatepass")) + rest


def _module(kind: str) -> ModuleType:
    return import_module(f"audit.containers.{_MODULES[kind]}")
