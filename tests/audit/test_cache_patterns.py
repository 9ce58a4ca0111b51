"""Regular expressions that were compiled before are the very same, whatever has become of what was kept."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from audit.cache.disk import Disk
from audit.cache.patterns import TABLE, Patterns

ASKED = [
    (r"(?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月)?", 0),
    (r"[\u4e00-\u9fff]+?(?<![在到])(?:省|市|县)|(a)(?P<b>b)?(?(b)c|d)", 0),
    (r"^ \w+ # words", re.VERBOSE | re.MULTILINE | re.IGNORECASE),
    (r"(?i:straße)|(?a:\w)\b.", re.DOTALL),
    ("", 0),
    (r"[^\W\d_]{2,5}+(?>x|xy)", re.IGNORECASE),
]


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    re.purge()
    yield
    re.purge()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    disk = Disk(tmp_path / "cache", 1)
    yield disk
    disk.close()


def compiled(disk: Disk, monkeypatch: pytest.MonkeyPatch | None = None) -> list[re.Pattern[str]]:
    re.purge()
    patterns = Patterns(disk, "program")
    patterns.use()
    try:
        if monkeypatch is not None:
            monkeypatch.setattr("re._parser.parse", None)
        return [re.compile(*asked) for asked in ASKED]
    finally:
        patterns.close()


def test_the_same_and_not_compiled_again(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = [re.compile(*asked) for asked in ASKED]
    assert compiled(disk) == plain
    known = compiled(disk, monkeypatch)
    assert known == plain  # patterns are equal if their numbers are
    for one, other in zip(known, plain, strict=True):
        assert (one.flags, one.groups, one.groupindex, one.pattern) == (
            other.flags, other.groups, other.groupindex, other.pattern,
        )  # fmt: skip
    assert known[0].match("2024年3月")["month"] == "3"  # type: ignore[index]
    assert known[1].fullmatch("abc")


def test_afterwards_all_is_as_it_was(disk: Disk) -> None:
    before = re._compiler.compile  # type: ignore[attr-defined]
    compiled(disk)
    assert re._compiler.compile is before  # type: ignore[attr-defined]
    assert re._compiler._sre.__name__ == "_sre"  # type: ignore[attr-defined]


def test_what_is_wrong_is_told_as_ever(disk: Disk) -> None:
    patterns = Patterns(disk, "program")
    patterns.use()
    try:
        for _ in range(2):
            with pytest.raises(re.error, match="unterminated"):
                re.compile("(a")
        assert re.compile(b"a+").match(b"aa")
    finally:
        patterns.close()


@pytest.mark.parametrize("harm", ["numbers", "names", "bytes", "nothing"])
def test_what_is_unsound_is_compiled(disk: Disk, harm: str) -> None:
    plain = compiled(disk)
    [(key,)] = [(k,) for name, k in disk._new if name == TABLE]
    kept = msgspec.msgpack.decode(disk.get(TABLE, key) or b"")
    for made in kept:
        if harm == "numbers":
            made[3] = b"\xff" * len(made[3])
        elif harm == "names":
            made[5] = {"x": 99}
        elif harm == "bytes":
            made[3] = made[3][:-3]
    disk.put(TABLE, key, b"" if harm == "nothing" else msgspec.msgpack.encode(kept))
    assert compiled(disk) == plain


def test_threads_share_it(disk: Disk) -> None:
    patterns = Patterns(disk, "program")
    patterns.use()
    found: list[re.Pattern[str]] = []
    several = [threading.Thread(target=lambda: found.extend(re.compile(*a) for a in ASKED)) for _ in range(8)]
    for one in several:
        one.start()
    for one in several:
        one.join()
    patterns.close()
    assert set(found) == {re.compile(*asked) for asked in ASKED}
    assert compiled(disk) == [re.compile(*asked) for asked in ASKED]
