"""Tables of bytes in one SQLite file: for several processes at once, bounded, and never a reason to fail.

A value is kept with a checksum over its key and itself. What is damaged is as good as not there; a file that SQLite
cannot read is made anew, unless another process is using it. Writes are collected and done a batch in a transaction;
who is killed in between loses that batch and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from audit.cache.folder import Unusable, ours
from audit.cache.locking import Lock, locked

NAME = "cache.sqlite"
MOST = 2 << 30
"""Bytes of the file, beyond which goes what was used least lately."""
OLD = 60
"""Days after which goes what was not used."""
FEW = {"domain": 8, "domain-words": 8, "domain-index": 8, "pattern": 8, "run": 24, "ledger": 100, "ledger-list": 100}
"""Of these tables only so many rows are kept: they are large, and hardly more are in use at any time."""

_BATCH_ROWS, _BATCH_BYTES = 500, 4 << 20
_PATIENCE = 10.0
"""Seconds to wait for another process that is writing."""

_APPLICATION, _LAYOUT = 0x4B4A6361, 1
"""Written in the head of the file: that it is ours, and how it is laid out."""

_TABLES = """
CREATE TABLE entries (
    name TEXT NOT NULL, key BLOB NOT NULL, used INTEGER NOT NULL, size INTEGER NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (name, key)
);
CREATE INDEX entries_used ON entries (used);
"""

_SQUEEZED, _PLAIN = b"z", b"p"
_SQUEEZABLE = 4 << 20
"""A value of more bytes is kept as it is: it is read as a whole at start-up, and to expand it would take longer."""

_NO_DAMAGE = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT,
})  # fmt: skip
"""What goes wrong while the file itself may be whole."""

T = TypeVar("T")


class Note(msgspec.Struct, frozen=True):
    """What a user should hear of: a code and its arguments, put into words by reports."""

    code: str
    args: tuple[tuple[str, str], ...] = ()


class Disk:
    """The tables. `day` is today as a number of days, for what was used when. Methods may be called from any thread;
    none raises for anything that may be wrong with the disk or the file. A forked child gets nothing and keeps
    nothing."""

    def __init__(self, folder: Path, day: int, *, most: int = MOST) -> None:
        """Opens nothing yet."""
        self.folder = folder
        self.notes: list[Note] = []
        self._day, self._most = day, most
        self._process = os.getpid()
        self._guard = threading.RLock()
        self._db: sqlite3.Connection | None = None
        self._lock: Lock | None = None
        self._opened = False
        self._writable = True
        self._new: dict[tuple[str, bytes], bytes] = {}
        self._new_bytes = 0
        self._touched: set[tuple[str, bytes]] = set()

    def get(self, name: str, key: bytes) -> bytes | None:
        """The value of a key of a table."""
        if os.getpid() != self._process:
            return None
        with self._guard:
            kept = self._new.get((name, key))
            used = self._day
            if kept is None:
                row = self._try(lambda db: db.execute(_GET, (name, key)).fetchone(), None)
                if row is None:
                    return None
                kept, used = row
            value = _unwrapped(name, key, kept)
            if value is None:
                self._note("cache-damaged", folder=self.folder.as_posix())
            elif used != self._day:
                self._touched.add((name, key))
            return value

    def get_all(self, name: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values of several keys of a table, as far as there are any: many at once cost less than one by one."""
        if os.getpid() != self._process:
            return {}
        wanted, found = list(keys), dict[bytes, bytes]()
        with self._guard:
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                none: list[tuple[bytes, Any, int]] = []
                known = {key: (kept, used) for key, kept, used in self._try(partial(_several, name, some), none)}
                known |= {key: (kept, self._day) for key in some if (kept := self._new.get((name, key))) is not None}
                for key, (kept, used) in known.items():
                    value = _unwrapped(name, key, kept)
                    if value is None:
                        self._note("cache-damaged", folder=self.folder.as_posix())
                        continue
                    found[key] = value
                    if used != self._day:
                        self._touched.add((name, key))
        return found

    def put(self, name: str, key: bytes, value: bytes) -> None:
        """Keep a value: at once for this process, for others with the next batch."""
        if os.getpid() != self._process or not self._writable:
            return
        with self._guard:
            kept = _wrapped(name, key, value)
            self._new[name, key] = kept
            self._new_bytes += len(kept)
            if len(self._new) >= _BATCH_ROWS or self._new_bytes >= _BATCH_BYTES:
                self.flush()

    def flush(self) -> None:
        """Write what was collected."""
        if os.getpid() != self._process:
            return
        with self._guard:
            rows = [(name, key, self._day, len(kept), kept) for (name, key), kept in self._new.items()]
            used = [(self._day, name, key) for name, key in self._touched]
            self._new.clear()
            self._touched.clear()
            self._new_bytes = 0
            if (rows or used) and self._writable:
                self._try(lambda db: _write(db, rows, used), None, writing=True)

    def close(self) -> None:
        """Write what was collected, throw out what is too much."""
        with self._guard:
            if os.getpid() == self._process:
                wrote = bool(self._new)
                self.flush()
                if wrote and self._db is not None and self._writable:
                    self._try(lambda db: _evict(db, self._day, self._most), None, writing=True)
            self._shut()
            self._opened = True  # nothing more is looked up

    def clear(self) -> bool:
        """Throw everything out; whether that was done."""
        with self._guard:
            self._new.clear()
            return self._try(_clear, False, writing=True)

    def size(self) -> tuple[int, int]:
        """How many values there are, and how many bytes the file takes."""
        with self._guard:
            rows: int = self._try(lambda db: db.execute("SELECT count(*) FROM entries").fetchone()[0], 0)
            return rows, _bytes(self.folder)

    # The file.

    def _try(self, what: Callable[[sqlite3.Connection], T], otherwise: T, *, writing: bool = False) -> T:
        """Do something with the file; whatever goes wrong is noted, and the run does without from then on."""
        for _ in range(2):
            try:
                if not self._opened:
                    self._opened = True
                    self._open()
                return otherwise if self._db is None else what(self._db)
            except Unusable as e:
                self._note(e.code, **e.blanks)
            except sqlite3.DatabaseError as e:
                code = getattr(e, "sqlite_errorcode", 0) & 0xFF
                if code in _NO_DAMAGE:
                    busy = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
                    self._note("cache-busy" if busy else "cache-unusable", folder=self.folder.as_posix(), why=str(e))
                    if writing and code != sqlite3.SQLITE_CANTOPEN:
                        self._writable = False  # what there is can still be read
                        return otherwise
                    break
                # No database, or a damaged one. Once it is made anew, the same is asked of the new one.
                self._shut()
                if self._renewed():
                    self._note("cache-renewed", folder=self.folder.as_posix(), why=str(e))
                    self._opened = False
                    continue
                self._note("cache-broken", folder=self.folder.as_posix(), why=str(e))
            except (OSError, ValueError, OverflowError) as e:
                self._note("cache-unusable", folder=self.folder.as_posix(), why=str(e))
            break
        self._shut()
        return otherwise

    def _open(self) -> None:
        ours(self.folder)
        self._lock = locked(self.folder, alone=False)
        db = sqlite3.connect(
            self.folder / NAME, timeout=_PATIENCE, isolation_level=None, check_same_thread=False,
            cached_statements=32,
        )  # fmt: skip
        self._db = db
        if _asked(db, "journal_mode") != "wal":
            db.execute("PRAGMA auto_vacuum = INCREMENTAL")  # possible as long as the file is empty
            with contextlib.suppress(sqlite3.OperationalError):  # another process is doing the same
                _asked(db, "journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        application, layout = _asked(db, "application_id"), _asked(db, "user_version")
        if (application, layout) == (_APPLICATION, _LAYOUT):
            return
        if application not in (0, _APPLICATION) or (application == 0 and _tables(db)):
            raise Unusable("cache-foreign-file", file=(self.folder / NAME).as_posix())
        if layout > _LAYOUT:
            raise Unusable("cache-newer", file=(self.folder / NAME).as_posix())
        _lay_out(db)

    def _shut(self) -> None:
        if self._db is not None and os.getpid() == self._process:
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
        self._db = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _renewed(self) -> bool:
        """Delete the file, so that it is made anew, unless another process has it open."""
        alone = locked(self.folder, alone=True)
        if alone is None:
            return False
        try:
            for name in (NAME, f"{NAME}-wal", f"{NAME}-shm"):
                (self.folder / name).unlink(missing_ok=True)
        except OSError:
            return False
        finally:
            alone.release()
        return True

    def _note(self, code: str, **args: str) -> None:
        note = Note(code, tuple(sorted(args.items())))
        if all(other.code != code for other in self.notes):
            self.notes.append(note)


_GET_ALL = "SELECT key, CAST(value AS BLOB), used FROM entries WHERE name = ? AND key IN"
_AT_ONCE = 400
_GET = "SELECT CAST(value AS BLOB), used FROM entries WHERE name = ? AND key = ?"


def _several(name: str, keys: list[bytes], db: sqlite3.Connection) -> list[tuple[bytes, Any, int]]:
    return db.execute(f"{_GET_ALL} ({', '.join('?' * len(keys))})", (name, *keys)).fetchall()


def _wrapped(name: str, key: bytes, value: bytes) -> bytes:
    """A value as it is kept: how it is, its checksum with its key, and itself."""
    squeezed = _SQUEEZED + zlib.compress(value, 1) if len(value) < _SQUEEZABLE else _PLAIN + value
    return _sum(name, key, squeezed) + squeezed


def _unwrapped(name: str, key: bytes, kept: Any) -> bytes | None:
    """None where it is damaged, or is another's."""
    if not isinstance(kept, bytes) or len(kept) < 5 or kept[:4] != _sum(name, key, memoryview(kept)[4:]):
        return None
    if kept[4:5] == _PLAIN:
        return kept[5:]
    try:
        return zlib.decompress(memoryview(kept)[5:])
    except zlib.error:
        return None


def _sum(name: str, key: bytes, value: bytes | memoryview) -> bytes:
    return zlib.crc32(value, zlib.crc32(key, zlib.crc32(name.encode()))).to_bytes(4, "big")


def _write(db: sqlite3.Connection, rows: list[tuple[Any, ...]], used: list[tuple[Any, ...]]) -> None:
    with _transaction(db):
        db.executemany("INSERT OR REPLACE INTO entries (name, key, used, size, value) VALUES (?, ?, ?, ?, ?)", rows)
        db.executemany("UPDATE entries SET used = ? WHERE name = ? AND key = ?", used)


@contextlib.contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _asked(db: sqlite3.Connection, pragma: str) -> Any:
    return db.execute(f"PRAGMA {pragma}").fetchone()[0]


def _tables(db: sqlite3.Connection) -> int:
    found: int = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return found


def _lay_out(db: sqlite3.Connection) -> None:
    """Make the tables, of an empty file or over those of another version; another process may be doing the same."""
    with _transaction(db):
        if _asked(db, "user_version") == _LAYOUT:
            return
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            db.execute(f'DROP TABLE "{name}"')
        for statement in filter(str.strip, _TABLES.split(";")):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {_APPLICATION}")
        db.execute(f"PRAGMA user_version = {_LAYOUT}")


def _evict(db: sqlite3.Connection, day: int, most: int) -> None:
    with _transaction(db):
        db.execute("DELETE FROM entries WHERE used < ?", (day - OLD,))
        for name, few in FEW.items():
            db.execute(
                "DELETE FROM entries WHERE name = ? AND rowid NOT IN"
                " (SELECT rowid FROM entries WHERE name = ? ORDER BY used DESC, rowid DESC LIMIT ?)",
                (name, name, few),
            )
    taken = _taken(db)
    if taken > most:
        # Least lately used first; a tenth more than must be, so that it is not done again at once.
        with _transaction(db):
            over = taken - most * 9 // 10
            for row, size in db.execute("SELECT rowid, size FROM entries ORDER BY used, rowid").fetchall():
                if over <= 0:
                    break
                db.execute("DELETE FROM entries WHERE rowid = ?", (row,))
                over -= size
    db.execute("PRAGMA incremental_vacuum").fetchall()


def _taken(db: sqlite3.Connection) -> int:
    taken: int = (_asked(db, "page_count") - _asked(db, "freelist_count")) * _asked(db, "page_size")
    return taken


def _clear(db: sqlite3.Connection) -> bool:
    with _transaction(db):
        db.execute("DELETE FROM entries")
    db.execute("PRAGMA incremental_vacuum").fetchall()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return True


def _bytes(folder: Path) -> int:
    total = 0
    for name in (NAME, f"{NAME}-wal"):
        with contextlib.suppress(OSError):
            total += (folder / name).stat().st_size
    return total
