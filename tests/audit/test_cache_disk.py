"""The cache's file: kept, bounded, and whatever is wrong with it, no run fails and nothing wrong comes out."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from audit.cache import disk as disk_module
from audit.cache.disk import FEW, NAME, OLD, Disk
from audit.cache.folder import Unusable, ours, place

ROOT = Path(__file__).parents[2]
ON_POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX's owners, modes and signals")


@contextmanager
def opened(folder: Path, day: int = 100, **how: int) -> Iterator[Disk]:
    disk = Disk(folder, day, **how)
    try:
        yield disk
    finally:
        disk.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def codes(disk: Disk) -> list[str]:
    return [note.code for note in disk.notes]


def filled(folder: Path, several: int = 3) -> None:
    with opened(folder) as disk:
        for n in range(several):
            disk.put("piece", b"%d" % n, b"value %d" % n)
    assert codes(disk) == []


def test_what_was_put_is_there_in_this_run_and_the_next(folder: Path) -> None:
    with opened(folder) as disk:
        assert disk.get("piece", b"0") is None
        disk.put("piece", b"0", b"")
        disk.put("other", b"0", b"x" * 5_000_000)
        assert disk.get("piece", b"0") == b""
    with opened(folder) as disk:
        assert (disk.get("piece", b"0"), disk.get("other", b"0")) == (b"", b"x" * 5_000_000)
        assert disk.get("piece", b"1") is disk.get("another", b"0") is None
        assert disk.size()[0] == 2
        assert disk.clear()
        assert disk.get("piece", b"0") is None
    assert codes(disk) == []
    with opened(folder) as disk:
        assert disk.size()[0] == 0


@ON_POSIX
def test_nobody_else_may_write_there(folder: Path) -> None:
    filled(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o777)
    with opened(folder) as disk:
        assert disk.get("piece", b"0") is None
        disk.put("piece", b"9", b"value")
    assert codes(disk) == ["cache-foreign"]
    folder.chmod(0o700)
    with opened(folder) as disk:
        assert disk.get("piece", b"0") == b"value 0"
        assert disk.get("piece", b"9") is None


@ON_POSIX
def test_a_link_is_no_folder_of_ours(folder: Path, tmp_path: Path) -> None:
    filled(folder)
    (tmp_path / "link").symlink_to(folder)
    with opened(tmp_path / "link") as disk:
        assert disk.get("piece", b"0") is None
    assert codes(disk) == ["cache-foreign"]


@pytest.mark.parametrize("content", [b"", b"this is no database" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_database_is_made_anew(folder: Path, content: bytes) -> None:
    folder.mkdir(mode=0o700)
    (folder / NAME).write_bytes(content)
    with opened(folder) as disk:
        assert disk.get("piece", b"0") is None
        disk.put("piece", b"0", b"value")
    assert codes(disk) == (["cache-renewed"] if content else [])
    with opened(folder) as disk:
        assert disk.get("piece", b"0") == b"value"


def test_a_file_cut_off_is_made_anew(folder: Path) -> None:
    filled(folder, 3000)
    data = (folder / NAME).read_bytes()
    (folder / NAME).write_bytes(data[: len(data) // 2])
    with opened(folder) as disk:
        found = [disk.get("piece", b"%d" % n) for n in range(3000)]
        assert all(value in (None, b"value %d" % n) for n, value in enumerate(found))
        disk.put("piece", b"0", b"value 0")
    assert codes(disk) == ["cache-renewed"]
    with opened(folder) as disk:
        assert disk.get("piece", b"0") == b"value 0"
    assert codes(disk) == []


def test_a_value_that_was_changed_is_none(folder: Path) -> None:
    filled(folder)
    db = sqlite3.connect(folder / NAME)
    with db:
        db.execute("UPDATE entries SET value = (SELECT value FROM entries WHERE key = ?) WHERE key = ?", (b"1", b"0"))
        db.execute("UPDATE entries SET value = substr(value, 1, 8) || x'00' WHERE key = ?", (b"1",))
    db.close()
    with opened(folder) as disk:
        assert disk.get("piece", b"0") is None, "the value of another key"
        assert disk.get("piece", b"1") is None
        assert disk.get("piece", b"2") == b"value 2"
    assert codes(disk) == ["cache-damaged"]


def test_the_database_of_another_program_is_left_alone(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    db = sqlite3.connect(folder / NAME)
    with db:
        db.execute("CREATE TABLE photos (name TEXT)")
        db.execute("INSERT INTO photos VALUES ('holiday')")
    db.close()
    with opened(folder) as disk:
        disk.put("piece", b"0", b"value")
        assert not disk.clear()
    assert codes(disk) == ["cache-foreign-file"]
    db = sqlite3.connect(folder / NAME)
    assert db.execute("SELECT name FROM photos").fetchall() == [("holiday",)]
    db.close()


@pytest.mark.parametrize(("layout", "code"), [(0, []), (99, ["cache-newer"])])
def test_another_layout_of_ours(folder: Path, layout: int, code: list[str]) -> None:
    """An older one is laid out anew, a newer one is left to the newer program."""
    filled(folder)
    db = sqlite3.connect(folder / NAME)
    db.execute("ALTER TABLE entries RENAME COLUMN value TO content")
    db.execute(f"PRAGMA user_version = {layout}")
    db.close()
    with opened(folder) as disk:
        assert disk.get("piece", b"0") is None
        disk.put("piece", b"0", b"value")
    assert codes(disk) == code


def test_tables_of_ours_that_lack_something_are_made_anew(folder: Path) -> None:
    filled(folder)
    db = sqlite3.connect(folder / NAME)
    db.execute("ALTER TABLE entries RENAME COLUMN value TO content")
    db.close()
    with opened(folder) as disk:
        assert disk.get("piece", b"0") is None
        disk.put("piece", b"0", b"value")
    assert codes(disk) == ["cache-renewed"]
    with opened(folder) as disk:
        assert disk.get("piece", b"0") == b"value"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with opened(tmp_path / "file" / "cache") as disk:
        disk.put("piece", b"0", b"value")
        assert disk.get("piece", b"1") is None
    assert codes(disk) == ["cache-unusable"]


@ON_POSIX
def test_a_folder_that_cannot_be_written_to(folder: Path) -> None:
    filled(folder)
    for path in (*folder.iterdir(), folder):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        with opened(folder) as disk:
            if os.geteuid() != 0:  # who may do everything, writes all the same
                assert disk.get("piece", b"0") in (None, b"value 0")
                disk.put("piece", b"9", b"value")
    finally:
        folder.chmod(0o700)
    if os.geteuid() != 0:
        assert codes(disk) == ["cache-unusable"]


def test_something_in_the_way_of_writing(folder: Path) -> None:
    """As where the folder cannot be written to: nothing can be written beside the file."""
    filled(folder)
    (folder / f"{NAME}-wal").mkdir()
    with opened(folder) as disk:
        assert disk.get("piece", b"0") in (None, b"value 0")
        disk.put("piece", b"9", b"value")
    assert codes(disk) == ["cache-unusable"]


def test_a_full_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(folder)

    def full(db: sqlite3.Connection, rows: object, used: object) -> None:
        db.execute("PRAGMA max_page_count = 1")
        db.execute("INSERT INTO entries VALUES ('piece', x'00', 0, 0, zeroblob(1000000))")

    monkeypatch.setattr(disk_module, "_write", full)
    with opened(folder) as disk:
        disk.put("piece", b"9", b"value")
        disk.flush()
        assert disk.get("piece", b"0") == b"value 0", "what is there can still be read"
        disk.put("piece", b"8", b"value")
    assert codes(disk) == ["cache-unusable"]
    monkeypatch.undo()
    with opened(folder) as disk:
        assert disk.get("piece", b"0") == b"value 0"


def test_another_process_that_never_stops_writing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(folder)
    monkeypatch.setattr(disk_module, "_PATIENCE", 0.05)
    other = sqlite3.connect(folder / NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with opened(folder) as disk:
        assert disk.get("piece", b"0") == b"value 0"
        disk.put("piece", b"9", b"value")
    assert codes(disk) == ["cache-busy"]
    other.execute("ROLLBACK")
    other.close()


def test_a_broken_file_in_use_is_not_deleted(folder: Path) -> None:
    filled(folder)
    with opened(folder) as one:
        assert one.get("piece", b"0") == b"value 0"
        data = (folder / NAME).read_bytes()
        (folder / NAME).write_bytes(b"x" * len(data))
        with opened(folder) as other:
            assert other.get("piece", b"0") is None
        assert codes(other) == (["cache-broken"] if os.name != "nt" else codes(other))
    with opened(folder) as disk:
        assert disk.get("piece", b"0") is None
    assert codes(disk) == ["cache-renewed"]


# Bounds.


def test_what_was_used_least_lately_goes_first(folder: Path) -> None:
    most = 400_000
    for day in range(10):
        with opened(folder, day, most=most) as disk:
            disk.get("piece", b"0-0")
            for n in range(20):
                disk.put("piece", b"%d-%d" % (day, n), os.urandom(5000))
    with opened(folder, 10) as disk:
        kept = [[n for n in range(20) if disk.get("piece", b"%d-%d" % (day, n))] for day in range(10)]
        assert disk.size()[1] < most + 100_000
    assert kept[0] == [0], "the one that was used every day"
    assert kept[9] == list(range(20))
    assert sum(map(len, kept)) > 50


def test_what_was_not_used_for_long_goes(folder: Path) -> None:
    filled(folder)
    with opened(folder, 100 + OLD) as disk:
        assert disk.get("piece", b"0") == b"value 0"
        disk.put("piece", b"9", b"")
    with opened(folder, 101 + OLD) as disk:
        disk.put("piece", b"8", b"")
    with opened(folder, 101 + OLD) as disk:
        assert [disk.get("piece", b"%d" % n) for n in range(3)] == [b"value 0", None, None]


def test_of_large_values_few_are_kept(folder: Path) -> None:
    few = FEW["domain"]
    for n in range(few + 5):
        with opened(folder) as disk:
            disk.put("domain", b"%d" % n, b"value")
    with opened(folder) as disk:
        assert [n for n in range(few + 5) if disk.get("domain", b"%d" % n)] == list(range(5, few + 5))


# Several processes.

WRITER = """
import sys, time
from pathlib import Path
from audit.cache.disk import Disk
folder, name, several, slow = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
disk = Disk(folder, 100)
for n in range(several):
    disk.put("piece", f"{name} {n}".encode(), f"value {name} {n}".encode() * 50)
    assert disk.get("piece", f"{name} {n // 2}".encode()) == f"value {name} {n // 2}".encode() * 50
    if n % 100 == 99:
        disk.flush()
        print(n, flush=True)
        time.sleep(slow)
disk.close()
assert not disk.notes, disk.notes
"""


def writer(folder: Path, name: str, several: int, slow: float = 0.0) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(folder), name, str(several), str(slow)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_several_processes_write_at_once(folder: Path) -> None:
    writers = {name: writer(folder, name, 1000) for name in ("one", "two", "three")}
    for process in writers.values():
        _, told = process.communicate(timeout=120)
        assert (process.returncode, told) == (0, b"")
    with opened(folder) as disk:
        for name in writers:
            assert all(disk.get("piece", f"{name} {n}".encode()) for n in range(1000))
        assert disk.size()[0] == 3000
    assert codes(disk) == []


@ON_POSIX
def test_one_that_is_killed_while_it_writes_loses_what_it_had_not_written(folder: Path) -> None:
    process = writer(folder, "killed", 100_000, 0.01)
    other = writer(folder, "other", 500, 0.01)
    assert process.stdout is not None
    for _ in range(3):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert other.communicate(timeout=120)[1] == b""
    with opened(folder) as disk:
        assert all(disk.get("piece", f"killed {n}".encode()) for n in range(200))
        assert all(disk.get("piece", f"other {n}".encode()) for n in range(500))
        disk.put("piece", b"0", b"value")
    assert codes(disk) == []
    db = sqlite3.connect(folder / NAME)
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    db.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_leaves_it_alone(folder: Path) -> None:
    with opened(folder) as disk:
        disk.put("piece", b"0", b"value")
        child = os.fork()
        if not child:
            disk.put("piece", b"1", b"value")
            disk.flush()
            os._exit(0 if disk.get("piece", b"0") is None else 1)
        assert os.waitpid(child, 0)[1] == 0
    with opened(folder) as disk:
        assert disk.get("piece", b"0") == b"value"
        assert disk.get("piece", b"1") is None


# Where it is.


def test_where_it_is_by_the_rules_of_the_system(tmp_path: Path) -> None:
    home = tmp_path
    assert place({}, home, "linux") == home / ".cache/koujing/koujing-1"
    assert place({"XDG_CACHE_HOME": str(home / "x")}, home, "linux") == home / "x/koujing/koujing-1"
    assert place({"XDG_CACHE_HOME": "x"}, home, "linux") == home / ".cache/koujing/koujing-1"
    assert place({}, home, "darwin") == home / "Library/Caches/koujing/koujing-1"
    assert place({"LOCALAPPDATA": str(home / "l")}, home, "win32") == home / "l/koujing/Cache/koujing-1"
    assert place({}, home, "win32") == home / "AppData/Local/koujing/Cache/koujing-1"
    assert place({"KOUJING_CACHE_DIR": str(home / "k")}, None, "linux") == home / "k/koujing-1"
    with pytest.raises(Unusable) as caught:
        place({}, None, "linux")
    assert caught.value.code == "cache-no-home"


def test_making_it_twice_is_no_error(folder: Path) -> None:
    assert ours(folder) == ours(folder) == folder


def test_a_read_is_quick(folder: Path) -> None:
    """A run that knows everything asks for every article: that must cost little beside reading it."""
    filled(folder, 2000)
    with opened(folder) as disk:
        begun = time.process_time()
        for n in range(2000):
            assert disk.get("piece", b"%d" % n)
        assert time.process_time() - begun < 1.0


def test_several_at_once(tmp_path: Path) -> None:
    with closing(Disk(tmp_path / "c", 1)) as disk:
        for n in range(1000):
            disk.put("t", b"%d" % n, b"v%d" % n)
        disk.put("other", b"7", b"another's")
        wanted = [b"%d" % n for n in range(900, 1100)] + [b"%d" % n for n in range(500)]
        expected = {key: b"v" + key for key in wanted if int(key) < 1000}
        assert disk.get_all("t", wanted) == expected, "some of them not written yet"
        disk.flush()
        assert disk.get_all("t", wanted) == expected
        assert disk.get_all("t", []) == {}
        assert disk.notes == []
    with closing(sqlite3.connect(tmp_path / "c" / "cache.sqlite")) as db:
        db.execute("UPDATE entries SET value = X'00' WHERE name = 't' AND key = ?", (b"900",))
        db.commit()
    with closing(Disk(tmp_path / "c", 2)) as disk:
        assert disk.get_all("t", wanted) == {key: value for key, value in expected.items() if key != b"900"}
        assert [note.code for note in disk.notes] == ["cache-damaged"]
