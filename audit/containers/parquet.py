"""Parquet: a record a row, read by row groups with pyarrow (the extra `koujing[parquet]`), imported only here.

Only the columns that an article needs are read. A row group of ordinary size is held while its rows are read. Of a
larger one rows come in batches, in order; the first time that one is asked for which lies behind, the records of the
group are written to a temporary file, in which any of them is found at once.
"""

from __future__ import annotations

import os
import tempfile
import threading
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, BinaryIO

from audit.containers import Entry, Found, packed
from claims.errors import ReadError
from claims.exports import Field, Form
from claims.readers.fields import layout, missing, name_of, no_body, no_field, record_of

_NAMING: tuple[Field, ...] = ("id", "url")
_HELD = 64_000_000
"""Bytes of a row group that is held whole."""
_BATCH = 16_000_000
_MOST_ROWS = 1_000
_MOST_OF_LARGE = 200
"""Bytes and rows of a batch; rows of one of a group that is too large to hold."""
_LEAST_ROW = 1_000
"""Bytes that an article is reckoned to have, at least."""
MAX_RATIO = 200
SMALL = 100_000_000


def entries(place: str, kind: str, form: Form) -> Iterator[Found]:
    with open(place, "rb") as stream:
        yield from entries_of(stream, form, kind)


def entries_of(stream: BinaryIO, form: Form, kind: str = ".parquet", inside: str = "") -> Iterator[Found]:
    """The rows of an open file. Raises ReadError for what is no Parquet, and without pyarrow."""
    table = _Table(stream, form)
    for field, own, near in missing(table.names, form):
        yield no_field(field, own, near)
    if "body" not in table.keys:
        raise no_body(table.names, form)
    naming = sorted({table.top(field) for field in _NAMING if field in table.keys})
    for row, (batch, number) in enumerate(table.all(naming or table.names[:1])):
        try:
            name = name_of(_values(batch, number), table.keys) if naming else None
            yield name, table.bytes_a_row, Entry(kind, row, row + 1, form, inside)
        except ReadError as e:
            e.line = row + 1
            yield e


def data(place: str, entry: Entry) -> bytes:
    return _record(_kept(place, place, entry.form), entry)


def data_of(stream: BinaryIO, place: str, entry: Entry) -> bytes:
    """The bytes of one record of an open file, which is in the archive at `place`."""
    return _record(_kept(place, stream, entry.form, entry.inside), entry)


def _record(table: _Table, entry: Entry) -> bytes:
    try:
        return table.record(entry.at)
    except ReadError as e:
        e.line = entry.number
        raise


def _values(batch: Any, row: int) -> dict[str, Any]:
    """A row's values as Python has them. Raises ReadError where one is none, such as a text that is not UTF-8."""
    values: dict[str, Any] = {}
    for n, name in enumerate(batch.schema.names):
        try:
            values[name] = _moment(batch.column(n)[row]).as_py()
        except Exception as e:  # whatever Arrow, or Python's dates, find wrong with it
            raise ReadError(f"`{name}` holds a value that cannot be read: {e}", hint="correct the export") from e
    return values


class _Table:
    """An open file, of whose columns those are read that an article needs."""

    def __init__(self, source: str | BinaryIO, form: Form) -> None:
        pyarrow, parquet = _pyarrow()
        self._broken = (pyarrow.ArrowException, OSError, ValueError)
        try:
            schema = parquet.read_schema(source)
            self.names: tuple[str, ...] = tuple(schema.names)
            texts = [f.name for f in schema if f.type in (pyarrow.string(), pyarrow.binary(), pyarrow.large_string())]
            # Of a group that is held, a text that is stored once for many rows is held once: or a small file might
            # fill all memory. Of a larger one that would hold all texts.
            self._file = parquet.ParquetFile(source, pre_buffer=False, buffer_size=1 << 20, read_dictionary=texts)
            self._plain = parquet.ParquetFile(source, pre_buffer=False, buffer_size=1 << 20)
            # Of columns nothing is asked: pyarrow ends the process where what is said of one is damaged.
            groups = [self._file.metadata.row_group(n) for n in range(self._file.metadata.num_row_groups)]
            self._sizes = [int(group.total_byte_size) for group in groups]
        except self._broken as e:
            if isinstance(e, OSError) and e.errno is not None:
                raise
            raise _damaged(e) from e
        _check_size(sum(self._sizes), source)
        self._form = form
        self.keys = layout(self.names, form)
        self._columns = sorted({self.top(field) for field in self.keys})
        self._starts = [0]
        for group in groups:
            self._starts.append(self._starts[-1] + group.num_rows)
        # Texts that repeat are stored once: what is stored says little of a single row.
        self.bytes_a_row = max(_LEAST_ROW, sum(self._sizes) // max(1, self._starts[-1]))
        self._group = -1
        self._batches: Iterator[Any] = iter(())
        self._batch: Any = None
        self._at = 0
        self._spools: dict[int, _Spool] = {}
        self._lock = threading.Lock()

    def top(self, field: Field) -> str:
        """The column that a field is in."""
        key = self.keys[field]
        return key if key in self.names else key.partition(".")[0]

    def all(self, columns: Sequence[str]) -> Iterator[tuple[Any, int]]:
        """Every row, of some columns, as a batch and its place there."""
        for group in range(len(self._sizes)):
            for batch in self._read(group, columns, _MOST_ROWS):
                yield from ((batch, n) for n in range(batch.num_rows))

    def record(self, number: int) -> bytes:
        """The record in a row, which is counted from 0, packed. Raises ReadError."""
        with self._lock:
            group = bisect_right(self._starts, number) - 1
            rows = self._starts[group + 1] - self._starts[group]
            large = self._sizes[group] > _HELD
            if large:
                rows = max(1, min(_MOST_OF_LARGE, _BATCH * rows // self._sizes[group]))
            if large and group not in self._spools and group == self._group and number < self._at:
                self._spools[group] = _Spool(map(self._packed, self._read(group, self._columns, rows)))
                self._group = -1
            if group in self._spools:
                return self._spools[group].record(number - self._starts[group])
            if group != self._group or number < self._at:
                self._group, self._at, self._batch = group, self._starts[group], None
                self._batches = self._read(group, self._columns, rows)
            while self._batch is None or number >= self._at + self._batch.num_rows:
                self._at += self._batch.num_rows if self._batch is not None else 0
                self._batch = next(self._batches, None)
                if self._batch is None:
                    self._group = -1
                    raise _gone()
            return packed(record_of(_values(self._batch, number - self._at), self._form))

    def _packed(self, batch: Any) -> Iterator[bytes | ReadError]:
        for row in range(batch.num_rows):
            try:
                yield packed(record_of(_values(batch, row), self._form))
            except ReadError as e:
                yield e

    def _read(self, group: int, columns: Sequence[str], rows: int) -> Iterator[Any]:
        file = self._file if self._sizes[group] <= _HELD else self._plain
        try:
            # No threads: processes are forked from this one.
            yield from file.iter_batches(rows, row_groups=[group], columns=list(columns), use_threads=False)
        except self._broken as e:
            raise _damaged(e) from e


class _Spool:
    """Records in a temporary file, which is gone with the process, and what is wrong with those that are none."""

    def __init__(self, batches: Iterable[Iterable[bytes | ReadError]]) -> None:
        self._file = tempfile.TemporaryFile(prefix="koujing-")  # noqa: SIM115  # kept open as long as the table
        self._ends = array("Q", [0])
        self._wrong: dict[int, ReadError] = {}
        for found in chain.from_iterable(batches):
            if isinstance(found, ReadError):
                self._wrong[len(self._ends) - 1] = found
            else:
                self._file.write(found)
            self._ends.append(self._file.tell())

    def record(self, number: int) -> bytes:
        if number in self._wrong:
            raise self._wrong[number]
        if number + 1 >= len(self._ends):
            raise _gone()
        self._file.seek(self._ends[number])
        return self._file.read(self._ends[number + 1] - self._ends[number])


def _check_size(size: int, source: str | BinaryIO) -> None:
    """Raises ReadError for a file that unpacks to far more than it has."""
    stored = os.path.getsize(source) if isinstance(source, str) else source.seek(0, os.SEEK_END)
    if size > SMALL and size > MAX_RATIO * stored:
        message = f"would unpack to {size} bytes, more than {MAX_RATIO} times what is packed"
        raise ReadError(message, hint="this is no export of articles")


def _moment(value: Any) -> Any:
    """A value of Arrow, a moment in steps that Python has."""
    pyarrow, _ = _pyarrow()
    if not pyarrow.types.is_timestamp(value.type):
        return value
    zone = "UTC" if value.type.tz else None
    return value.cast(pyarrow.timestamp("us", zone), safe=False)


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as e:
        message = "Parquet is read with pyarrow, which is not installed"
        raise ReadError(message, hint='pip install "koujing[parquet]"') from e
    return pyarrow, pyarrow.parquet


def _gone() -> ReadError:
    return ReadError("the row is not there any more", hint="run the command again")


def _damaged(e: Exception) -> ReadError:
    return ReadError(f"not valid Parquet: {' '.join(str(e).split())[:200]}", hint="export it again")


_table: tuple[tuple[object, ...], _Table] | None = None
"""What is open: a process keeps the last one, for its rows are read one after another."""


def _kept(place: str, source: str | BinaryIO, form: Form, inside: str = "") -> _Table:
    global _table
    status = os.stat(place)
    stamp = (os.getpid(), place, inside, status.st_mtime_ns, status.st_size, status.st_ino, form)
    if _table is None or _table[0] != stamp:
        _table = stamp, _Table(source, form)
    return _table[1]
