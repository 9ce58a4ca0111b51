"""Archives: names of every system, and what is refused."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from audit import containers
from audit.containers import zipped
from claims.errors import ReadError
from claims.exports import Form
from claims.readers import MAX_BYTES

Pack = Callable[..., str]


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """An archive of members: names (or ZipInfo) and contents."""

    def of(*members: tuple[str | zipfile.ZipInfo, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> str:
        place = tmp_path / "a.zip"
        with zipfile.ZipFile(place, "w", method) as archive:
            for name, content in members:
                archive.writestr(name, content)
        return str(place)

    return of


def listed(place: str) -> list[Any]:
    """Names with contents, and what is wrong by name."""
    found: list[Any] = []
    for one in containers.entries(place, ".zip", Form()):
        if isinstance(one, ReadError):
            found.append((one.path, one.line, one.message))
        else:
            name, size, entry = one
            data = containers.data(place, entry)
            assert entry.record or size == len(data)
            found.append((name, data.decode() if not entry.record else containers.unpacked(data).body))
    return found


def test_articles_as_in_a_folder(pack: Pack) -> None:
    place = pack(
        ("b.md", "乙"), ("a/x.html", "<p>甲"), ("a/", ""), ("README.md", "关于"), (".hidden.md", "x"),
        ("a/.git/c.md", "x"), ("__MACOSX/._b.md", "x"), ("pic.png", b"\x89PNG"), ("a/z.TXT", "丙"), ("empty.md", ""),
    )  # fmt: skip
    assert listed(place) == [("b.md", "乙"), ("a/x.html", "<p>甲"), ("a/z.TXT", "丙"), ("empty.md", "")]


def _named(raw: bytes) -> zipfile.ZipInfo:
    """A member whose name is written in these bytes, and not said to be UTF-8."""

    class Raw(zipfile.ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:
            return raw, self.flag_bits & ~0x800

    return Raw("x.md")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("医保/共济.md".encode("gb18030"), "医保/共济.md"),
        ("医保/共济.md".encode(), "医保/共济.md"),
        ("医保\\共济.md".encode("gb18030"), "医保/共济.md"),
        (b"a\\b.md", "a/b.md"),
        (b"\x81.md", "\u00fc.md"),
    ],
)
def test_names(raw: bytes, name: str, pack: Pack) -> None:
    assert listed(pack((_named(raw), "甲"))) == [(name, "甲")]


def _link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("l.md")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return info


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../a.md", "leads out"), ("x/../../a.md", "leads out"), ("/etc/a.md", "leads out"), ("C:/a.md", "leads out"),
        ("c:\\a.md", "leads out"), ("..\\a.md", "leads out"), ("x/..\\a.md", "leads out"), (_link(), "a link"),
        ("inner.zip", "an archive in an archive"),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_and_the_rest_is_read(name: Any, message: str, pack: Pack) -> None:
    bad, good = listed(pack((name, "x"), ("a/good..md", "甲")))
    assert good == ("a/good..md", "甲")
    assert bad[0] == (name.filename if isinstance(name, zipfile.ZipInfo) else name.replace("\\", "/"))
    assert message in bad[2]


def _patched(place: str, find: bytes, at: int, value: bytes) -> None:
    """Change bytes `at` behind every one of some signatures."""
    data = bytearray(Path(place).read_bytes())
    start = data.find(find)
    while start >= 0:
        data[start + at : start + at + len(value)] = value
        start = data.find(find, start + 4)
    Path(place).write_bytes(bytes(data))


def test_a_password(pack: Pack) -> None:
    place = pack(("a.md", "x"), ("b.md", "y"))
    _patched(place, b"PK\x01\x02", 8, b"\x01\x00")
    _patched(place, b"PK\x03\x04", 6, b"\x01\x00")
    assert [(name, message) for name, _, message in listed(place)] == [
        ("a.md", "the file is encrypted"), ("b.md", "the file is encrypted"),
    ]  # fmt: skip


def test_an_unknown_method(pack: Pack) -> None:
    place = pack(("a.md", "x"))
    _patched(place, b"PK\x01\x02", 10, struct.pack("<H", 99))
    assert listed(place) == [("a.md", None, "packed by method 99, which is not known")]


def test_one_file_that_unpacks_to_far_too_much(pack: Pack) -> None:
    noise = b"".join(sha256(b"%d" % n).digest() for n in range(3_000))
    place = pack(("a.md", b"0" * 12_000_000), ("good.md", "甲"), ("pad.bin", noise))
    bad, good = listed(place)
    assert good == ("good.md", "甲")
    assert "more than 200 times what is packed" in bad[2]


def test_an_archive_that_unpacks_to_far_too_much(pack: Pack) -> None:
    with pytest.raises(ReadError, match="the archive would unpack to 45000000 bytes"):
        listed(pack(*((f"{n}.md", b"0" * 900_000) for n in range(50))))


def test_a_size_that_is_a_lie(pack: Pack) -> None:
    """No more is unpacked than the directory says."""
    place = pack(("a.md", b"0" * 500_000), ("b.md", "甲"))
    _patched(place, b"PK\x01\x02", 24, struct.pack("<I", 10))
    [first, *_] = list(containers.entries(place, ".zip", Form()))
    assert not isinstance(first, ReadError)
    assert first[1] == 10
    with pytest.raises(ReadError, match="cannot be unpacked"):
        containers.data(place, first[2])


def test_a_large_file_is_an_entry_that_is_too_large(pack: Pack) -> None:
    noise = bytes(i * i % 251 for i in range(100_000)) * 201
    place = pack(("a.md", noise), method=zipfile.ZIP_STORED)
    [one] = containers.entries(place, ".zip", Form())
    assert not isinstance(one, ReadError)
    assert one[1] == len(noise) > MAX_BYTES
    assert len(containers.data(place, one[2])) == MAX_BYTES + 1


def test_a_directory_of_too_many(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MAX_DIRECTORY", 1_000)
    with pytest.raises(ReadError, match="the archive's directory has"):
        listed(pack(*((f"{n}.md", "x") for n in range(100))))


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + b"\0" * 100, b"not a zip at all"])
def test_no_archive(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(ReadError, match="not a zip archive"):
        listed(str(tmp_path / "a.zip"))


def test_cut_off_and_damaged(pack: Pack) -> None:
    place = pack(("a.md", "医保" * 1000), ("b.md", "甲"))
    data = Path(place).read_bytes()
    Path(place).write_bytes(data[:-30])
    with pytest.raises(ReadError, match="not a zip archive"):
        listed(place)
    Path(place).write_bytes(data[:40] + b"\xff\xff\xff" + data[43:])
    found = [one for one in containers.entries(place, ".zip", Form()) if not isinstance(one, ReadError)]
    with pytest.raises(ReadError, match="cannot be unpacked"):
        containers.data(place, found[0][2])
    assert containers.data(place, found[1][2]).decode() == "甲"


def test_exports_in_an_archive(pack: Pack) -> None:
    rows = [{"id": n, "body": f"第{n}篇"} for n in range(3)]
    lines = "".join(json.dumps(r) + "\n" for r in rows) + "oops\n"
    place = pack(("x/e.jsonl", lines), ("a.md", "甲"), ("f.ndjson", lines))
    assert listed(place) == [
        ("0", "第0篇"), ("1", "第1篇"), ("2", "第2篇"), ("x/e.jsonl", 4, "not valid JSON: invalid character"),
        ("a.md", "甲"),
        ("0", "第0篇"), ("1", "第1篇"), ("2", "第2篇"), ("f.ndjson", 4, "not valid JSON: invalid character"),
    ]  # fmt: skip


def test_an_export_that_is_too_large_to_hold(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MAX_INSIDE", 10)
    [(name, _, message)] = listed(pack(("e.jsonl", '{"id": 1, "body": "x"}')))
    assert (name, message) == ("e.jsonl", "an export of 22 bytes in an archive; the limit is 10")


def test_an_archive_that_changes_is_opened_again(pack: Pack) -> None:
    assert listed(pack(("a.md", "甲"))) == [("a.md", "甲")]
    assert listed(pack(("a.md", "乙乙"))) == [("a.md", "乙乙")]


def test_a_parquet_file_in_an_archive(pack: Pack) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pyarrow.table({"id": [7, 8], "body": ["甲", "乙"]}), out)
    assert listed(pack(("e.parquet", out.getvalue()))) == [("7", "甲"), ("8", "乙")]
