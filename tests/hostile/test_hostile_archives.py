"""Archives and exports that are attacks: each member refused by name, while the rest is read."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hostile_runs import DENIES, SAYS, check, write

GOOD = {"says.md": SAYS, "denies.md": DENIES}


def archive(**more: bytes | str) -> bytes:
    """Two articles that contradict each other, and other members (`__` in a name is a dot)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in {**GOOD, **{key.replace("__", "."): text for key, text in more.items()}}.items():
            pack.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize("name", ["../out.md", "/etc/out.md", "a/../../out.md", "C:/out.md", "..\\out.md"])
def test_a_name_that_leads_out_is_refused_and_nothing_unpacked(tmp_path: Path, name: str) -> None:
    root = write(tmp_path / "repo", {"site.zip": archive(**{name: SAYS})})
    done = check(root, "site.zip")
    assert done.refuses("the name leads out of the archive", "site.zip#", "names below one folder")
    assert done.out.count("error[contradiction]") == 1
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["repo", "site.zip"]


def test_a_bomb_in_an_archive_is_refused(tmp_path: Path) -> None:
    noise = b"".join(struct.pack("<I", n * 2654435761 % 2**32) for n in range(20_000))
    root = write(tmp_path, {"site.zip": archive(bomb__md=b"\0" * 15_000_000, noise__bin=noise)})
    done = check(root, "site.zip", memory=300 << 20)
    assert done.refuses("would unpack to 15000000 bytes, more than 200 times what is packed", "site.zip#bomb.md")
    assert done.out.count("error[contradiction]") == 1


def test_an_archive_that_is_a_bomb_is_not_opened(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as pack:
        for n in range(200):
            pack.writestr(f"{n}.md", b"a" * 1_000_000)
    root = write(tmp_path, {"site.zip": inner.getvalue()})
    assert check(root, "site.zip", memory=300 << 20).refuses("the archive would unpack to 200000000 bytes")


def test_a_member_that_is_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    """The directory says ten bytes; what is packed is a hundred million."""
    data = archive(bomb__md=b"a" * 100_000_000)
    for told in (struct.pack("<I", 100_000_000),):
        assert data.count(told) >= 2
        data = data.replace(told, struct.pack("<I", 10))
    root = write(tmp_path, {"site.zip": data})
    done = check(root, "site.zip", memory=300 << 20)
    assert done.code == 2
    assert "Traceback" not in done.out + done.err
    assert "site.zip#bomb.md" in done.out


def test_archives_in_archives_are_not_opened(tmp_path: Path) -> None:
    root = write(tmp_path, {"site.zip": archive(inner__zip=archive())})
    assert check(root, "site.zip").refuses("an archive in an archive is not opened", "site.zip#inner.zip")


def test_links_and_passwords_in_archives_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO(archive())
    with zipfile.ZipFile(out, "a") as pack:
        link = zipfile.ZipInfo("link.md")
        link.external_attr = 0o120777 << 16
        pack.writestr(link, "/etc/passwd")
    data = bytearray(out.getvalue())
    central = data.find(b"PK\x01\x02")
    data[central + 8] |= 1  # says.md is encrypted, says the directory
    done = check(write(tmp_path, {"site.zip": bytes(data)}), "site.zip")
    assert done.refuses("a link, which is not followed in an archive", "the file is encrypted", "site.zip#link.md")
    assert "root:" not in done.out


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_in_an_archive_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO(archive())
    with zipfile.ZipFile(out, "a") as pack:
        pack.writestr("says.md", DENIES)
    done = check(write(tmp_path, {"site.zip": out.getvalue()}), "site.zip")
    assert done.refuses("error[same-member]", "says.md")


@pytest.mark.parametrize("cut", [10, 200, -30, -1])
def test_an_archive_cut_short_is_refused(tmp_path: Path, cut: int) -> None:
    done = check(write(tmp_path, {"site.zip": archive()[:cut]}), "site.zip")
    assert done.refuses("not a zip archive", "site.zip", "make the archive again")


def test_an_archive_damaged_inside_is_refused(tmp_path: Path) -> None:
    data = bytearray(archive(long__md=SAYS * 400))
    at = data.find(b"long.md") + 20
    data[at : at + 8] = b"\xff" * 8
    done = check(write(tmp_path, {"site.zip": bytes(data)}), "site.zip")
    assert done.refuses("cannot be unpacked", "site.zip#long.md")
    assert done.out.count("error[contradiction]") == 1


def test_parquet_that_is_none_or_damaged_is_refused(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    out = io.BytesIO()
    rows = [{"id": n, "body": SAYS.strip() * 50} for n in range(50)]
    parquet.write_table(pyarrow.Table.from_pylist(rows), out)
    whole = out.getvalue()
    broken = bytearray(whole)
    broken[40:80] = b"\xff" * 40
    length = bytearray(whole)
    length[-8:-4] = b"\xff\xff\xff\x7f"  # a directory of two gigabytes
    for data in (b"", b"PAR1", whole[:-20], bytes(broken), bytes(length), b"PAR1" + b"\0" * 100 + b"PAR1"):
        done = check(write(tmp_path, {"e.parquet": data}), "e.parquet")
        assert done.refuses("e.parquet", "not valid Parquet", "export it again"), data[:8]
