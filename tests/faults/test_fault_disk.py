"""A full disk, a folder that may only be read: told, nothing half-written, and right once there is room."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fault_runs import audited, committed, decided, ids, rulings
from hostile_runs import NOBODY, Ended, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other ways")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of one megabyte."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small file system; the limit of a file's size is tested instead")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path) -> Path:
    """Leave no byte free below a folder."""
    filler = place / "filler"
    with open(filler, "wb", buffering=0) as stream:
        for size in (65536, 1):
            try:
                while True:
                    stream.write(b"x" * size)
            except OSError:
                continue
    return filler


def test_a_full_disk(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = committed(small / "repo")
    monkeypatch.setenv("KOUJING_CACHE_DIR", str(small / "cache"))
    wanted = audited(root, "--no-cache")
    name = ids(root)[0]
    (root / "old.json").write_text("old", encoding="utf-8")
    filler = fill(small)
    full = audited(root)
    assert (full.code, full.out) == (wanted.code, wanted.out)
    assert "note: " in full.err
    report = audited(root, "--no-cache", "--output", "json=old.json")
    assert report.refuses("No space left on device")
    assert (root / "old.json").read_text("utf-8") == "old"
    assert decided(root, name).refuses("No space left on device", f"rulings/{name}.yaml")
    assert rulings(root) == {}
    assert not list(root.glob(".old*"))
    filler.unlink()
    assert decided(root, name).code == 0
    assert audited(root).out.count("error[contradiction]") == 1
    assert audited(root).err == ""


def limited() -> None:
    """No file may grow beyond 200 bytes: what a full disk is to a process without rights."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, resource.RLIM_INFINITY))


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    root = committed(tmp_path / "repo")
    name = ids(root)[0]
    (root / "old.json").write_text("old", encoding="utf-8")
    written = run(
        root, "check", "--lang", "en", "--no-cache", "--format", "csv", "--output", "json=old.json", before=limited
    )
    assert written.refuses("File too large")
    assert (root / "old.json").read_text("utf-8") == "old"
    done = decided(root, name, before=limited)
    assert done.code == 2
    assert rulings(root) == {}
    assert not list(root.glob(".old*"))
    assert not list(root.glob("rulings/.*"))
    assert decided(root, name).code == 0


def test_several_rulings_are_written_or_none(tmp_path: Path) -> None:
    """The disk fills up between the first and the second."""
    import koujing.resolve.files

    root = committed(tmp_path / "repo")
    names = ids(root)
    assert len(names) == 2
    real = koujing.resolve.files._create

    def once(place: Path, written: koujing.resolve.files.Written) -> None:
        real(place, written)
        limited()

    def before() -> None:
        koujing.resolve.files._create = once

    done = run(
        root, "resolve", *names, "--verdict", "both-stand", "--reason", "两类人" * 90, "--by", "李", "--yes",
        "--lang", "en", before=before,
    )  # fmt: skip
    assert done.code == 2
    assert rulings(root) == {}


def only_read(*places: Path) -> None:
    for place in places:
        for path in (place, *place.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        for above in place.parents:
            if above.stat().st_uid == os.geteuid() and above.parts[1:2] == ("tmp",) and len(above.parts) > 2:
                above.chmod(0o755)


def test_a_folder_that_may_only_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = committed(tmp_path / "repo")
    name = ids(root)[0]
    monkeypatch.setenv("KOUJING_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    only_read(root, tmp_path / "cache")
    wanted = audited(root, "--no-cache", user=NOBODY)
    assert wanted.out.count("error[contradiction]") == 2
    done = audited(root, user=NOBODY)
    assert (done.code, done.out) == (wanted.code, wanted.out)
    assert "note: " in done.err
    report = audited(root, "--no-cache", "--output", "json=new.json", user=NOBODY)
    assert report.refuses("Permission denied", "new.json")

    def resolve() -> Ended:
        args = ("--verdict", "both-stand", "--reason", "某", "--by", "李", "--yes", "--lang", "en", "--no-cache")
        return run(root, "resolve", name, *args, user=NOBODY)

    assert resolve().refuses("Permission denied", f"rulings/{name}.yaml")
    assert sorted(p.name for p in root.iterdir()) == [
        ".git", "denies.md", "eight.md", "koujing.yaml", "more", "says.md", "six.md",
    ]  # fmt: skip
    for path in (root, *root.rglob("*"), tmp_path / "cache"):
        path.chmod(0o755)


def test_the_output_is_full(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    root = committed(tmp_path / "repo")
    done = audited(root, "--no-cache", "--output", "json=/dev/full")
    assert done.refuses("No space left on device", "/dev/full")
