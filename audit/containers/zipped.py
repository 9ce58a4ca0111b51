"""Archives (.zip) of articles and exports. Nothing is unpacked to disk; what might be an attack is refused.

Names are UTF-8 where the archive says so or where they are, else GB18030, as Chinese Windows writes them.
"""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from audit.containers import Entry, Found, is_container, jsonl, parquet, suffix_of
from audit.names import may_hold
from claims.errors import ReadError
from claims.exports import Form
from claims.readers import MAX_BYTES

MAX_DIRECTORY = 32_000_000
"""Bytes of an archive's directory, which is read whole: some 300,000 files."""
MAX_TOTAL = 50_000_000_000
"""Bytes of all that is to be read, as the directory says."""
MAX_INSIDE = 300_000_000
"""Bytes of an export in an archive, which is held while it is read."""
MAX_RATIO = 200
"""How many times larger than it is packed a file may be; texts are 3 to 20 times, a page of one repeated line 100."""
SMALL = 1_000_000
"""Bytes that are no danger, however packed."""

_END, _END64 = b"PK\x05\x06", b"PK\x06\x06"
_TAIL = 66_000
_UNSAFE = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|\Z)", re.DOTALL)
_LEFT_OUT = ("__MACOSX", "node_modules")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, struct.error)
_HINT = "make the archive again"


def entries(place: str, kind: str, form: Form) -> Iterator[Found]:
    archive = _opened(place)
    wanted = [(at, info, name) for at, info, name in _members(archive) if is_wanted(name)]
    _check_sizes([info for _, info, _ in wanted], os.path.getsize(place))
    for at, info, name in wanted:
        try:
            _check(info, name)
            if not is_container(name):
                yield name, info.file_size, Entry(kind, at, at + 1, form, record=False)
                continue
            if info.file_size > MAX_INSIDE:
                message = f"an export of {info.file_size} bytes in an archive; the limit is {MAX_INSIDE}"
                raise ReadError(message, hint="take it out of the archive")
            for found in _entries_inside(_read(archive, info, MAX_INSIDE), suffix_of(name), form, name):
                if isinstance(found, ReadError):
                    found.path = name
                yield found
        except ReadError as e:
            e.path = name
            yield e


def data(place: str, entry: Entry) -> bytes:
    archive = _opened(place)
    if not entry.inside:
        if entry.at >= len(archive.infolist()):
            raise ReadError("the archive has changed since its files were listed", hint="run koujing again")
        return _read(archive, archive.infolist()[entry.at], MAX_BYTES)
    stream = _inside(place, entry.inside)
    if entry.kind == ".parquet":
        return parquet.data_of(stream, place, entry)
    return jsonl.data_of(stream, entry)


def is_wanted(name: str) -> bool:
    """Whether a member is an article or an export, as in a folder; an archive in an archive is told, not opened."""
    *above, last = name.split("/")
    if any(part in _LEFT_OUT or (part.startswith(".") and part != "..") for part in (*above, last)):
        return False
    return may_hold(last)


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[int, zipfile.ZipInfo, str]]:
    for at, info in enumerate(archive.infolist()):
        if info.filename and not info.is_dir():
            yield at, info, _name(info)


def _name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        try:
            raw = info.orig_filename.partition("\0")[0].encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "gb18030") if raw else ():
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _check_sizes(infos: list[zipfile.ZipInfo], size: int) -> None:
    total = sum(info.file_size for info in infos)
    if total > MAX_TOTAL or (total > SMALL and total > MAX_RATIO * size):
        raise ReadError(
            f"the archive would unpack to {total} bytes, {total // max(size, 1)} times its own size",
            hint="this is no archive of articles; make it again",
        )


def _check(info: zipfile.ZipInfo, name: str) -> None:
    """Refuse what is no plain file within the archive. Raises ReadError."""
    if _UNSAFE.match(name):
        raise ReadError("the name leads out of the archive", hint="make the archive again, with names below one folder")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ReadError("a link, which is not followed in an archive", hint="put the article itself in the archive")
    if info.flag_bits & 0x1:
        raise ReadError("the file is encrypted", hint="make the archive again without a password")
    if suffix_of(name) == ".zip":
        raise ReadError("an archive in an archive is not opened", hint="take it out of the archive")
    if info.compress_type not in _METHODS:
        raise ReadError(f"packed by method {info.compress_type}, which is not known", hint="pack it as plain zip")
    if info.file_size > SMALL and info.file_size > MAX_RATIO * info.compress_size:
        raise ReadError(
            f"would unpack to {info.file_size} bytes, more than {MAX_RATIO} times what is packed",
            hint="this is no article; leave it out of the archive",
        )


def _entries_inside(data: bytes, kind: str, form: Form, name: str) -> Iterator[Found]:
    module = parquet if kind == ".parquet" else jsonl
    yield from module.entries_of(io.BytesIO(data), form, kind, name)


# What is open. A process keeps the last archive, and the last export in one, for its articles are read in a row.

_archive: tuple[tuple[object, ...], zipfile.ZipFile] | None = None
_export: tuple[tuple[object, ...], bytes] | None = None


def _stamp(place: str) -> tuple[object, ...]:
    """Other after a fork: what is open here shares its position with the process that it was opened in."""
    status = os.stat(place)
    return os.getpid(), place, status.st_mtime_ns, status.st_size, status.st_ino


def _opened(place: str) -> zipfile.ZipFile:
    """Raises OSError, and ReadError for what is no archive."""
    global _archive
    stamp = _stamp(place)
    if _archive is None or _archive[0] != stamp:
        _check_directory(place)
        try:
            archive = zipfile.ZipFile(place)
        except (*_BROKEN, MemoryError) as e:
            if isinstance(e, OSError) and e.errno is not None:
                raise
            raise ReadError(f"not a zip archive: {e}", hint=_HINT) from e
        if _archive is not None:
            _archive[1].close()
        _archive = stamp, archive
    return _archive[1]


def _check_directory(place: str) -> None:
    with open(place, "rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _TAIL))
        tail = stream.read(_TAIL)
    end, end64 = tail.rfind(_END), tail.rfind(_END64)
    told = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if told == 0xFFFFFFFF and end64 >= 0:
        told = int.from_bytes(tail[end64 + 40 : end64 + 48], "little")
    if told > MAX_DIRECTORY:
        message = f"the archive's directory has {told} bytes, more than the limit of {MAX_DIRECTORY}"
        raise ReadError(message, hint="split the archive, or export JSON lines")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes of a member, at most one more than `most`. Raises ReadError."""
    try:
        with archive.open(info) as stream:
            return stream.read(most + 1)
    except _BROKEN as e:
        raise ReadError(f"cannot be unpacked: {e}", hint=_HINT) from e


def _inside(place: str, name: str) -> io.BytesIO:
    global _export
    key = (*_stamp(place), name)
    if _export is None or _export[0] != key:
        archive = _opened(place)
        info = next((info for _, info, own in _members(archive) if own == name), None)
        if info is None:
            raise ReadError("the archive has changed since its files were listed", hint="run koujing again")
        _export = key, _read(archive, info, MAX_INSIDE)
    return io.BytesIO(_export[1])
