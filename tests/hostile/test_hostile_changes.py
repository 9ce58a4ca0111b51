"""Files that change, grow, shrink or vanish between being found and being read: at the seam where that is."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_runs import DENIES, PAIR, SAYS, check, write

import audit.drawing
import audit.pieces


def meanwhile(monkeypatch: pytest.MonkeyPatch, name: str, what: Callable[[], None]) -> None:
    """Do something after all files were found, and just before the one of a name is read."""
    read = audit.pieces.bytes_of
    done: list[str] = []

    def then_read(file: audit.pieces.File) -> bytes:
        if file.path.startswith(name) and not done:
            done.append(name)
            what()
        return read(file)

    monkeypatch.setattr(audit.drawing, "bytes_of", then_read)


def test_a_file_that_vanishes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, {**PAIR, "gone.md": SAYS})
    meanwhile(monkeypatch, "gone.md", (root / "gone.md").unlink)
    done = check(root)
    assert done.refuses("error[unreadable]", "No such file or directory", "gone.md")
    assert done.out.count("error[contradiction]") == 1


def test_a_folder_that_vanishes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, {**PAIR, "d/a.md": SAYS, "d/b.md": SAYS})
    meanwhile(monkeypatch, "d/a.md", lambda: (root / "d").rename(root / "e"))
    done = check(root)
    assert done.refuses("d/a.md", "d/b.md")
    assert done.out.count("error[contradiction]") == 1


@pytest.mark.parametrize("now", ["", DENIES * 3, "家庭共济"], ids=["empty", "longer", "shorter"])
def test_a_file_that_changes_is_read_as_it_is_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: str) -> None:
    root = write(tmp_path, {"says.md": SAYS, "other.md": SAYS})
    meanwhile(monkeypatch, "other.md", lambda: write(root, {"other.md": now}) and None)
    done = check(root)
    assert done.finds(now.count("不能跨省") and 1)
    assert ("warning[empty]" in done.out) is (not now)


def test_a_file_that_becomes_a_pipe_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, {**PAIR, "pipe.md": SAYS})

    def swap() -> None:
        (root / "pipe.md").unlink()
        os.mkfifo(root / "pipe.md")

    meanwhile(monkeypatch, "pipe.md", swap)
    assert check(root).refuses("error[unreadable]", "it is not a regular file", "pipe.md")


def test_a_file_that_grows_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, {**PAIR, "grows.md": SAYS})
    meanwhile(monkeypatch, "grows.md", lambda: os.truncate(root / "grows.md", 5_000_000_000))
    done = check(root, memory=500 << 20)
    assert done.refuses("more than the limit", "grows.md")


def record(n: int, body: str) -> str:
    return json.dumps({"id": n, "body": body}, ensure_ascii=False) + "\n"


def test_an_export_that_changes_is_told_and_no_record_taken_for_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line more at the top moves all others: what was found as record 2 is none of another id."""
    root = write(tmp_path, {"cms.jsonl": record(1, SAYS.strip()) + record(2, DENIES.strip())})
    now = record(9, "前面来了一条很长很长的新文章。" * 9) + record(1, SAYS.strip()) + record(2, DENIES.strip())
    meanwhile(monkeypatch, "cms.jsonl", lambda: write(root, {"cms.jsonl": now}) and None)
    assert check(root, "cms.jsonl").refuses("cms.jsonl")


def test_an_export_whose_records_change_places_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each at the offset of another, whole."""
    root = write(tmp_path, {"cms.jsonl": record(1, SAYS.strip()) + record(2, DENIES.strip())})
    assert len(record(1, SAYS.strip())) == len(record(2, DENIES.strip()))
    now = record(2, DENIES.strip()) + record(1, SAYS.strip())
    meanwhile(monkeypatch, "cms.jsonl", lambda: write(root, {"cms.jsonl": now}) and None)
    assert check(root, "cms.jsonl").refuses("cms.jsonl")


def test_an_archive_that_changes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pack(**files: str) -> None:
        with zipfile.ZipFile(tmp_path / "site.zip", "w") as archive:
            for name, text in files.items():
                archive.writestr(f"{name}.md", text)

    pack(a=SAYS, b=DENIES)
    meanwhile(monkeypatch, "site.zip", lambda: pack(c=SAYS))
    assert check(tmp_path, "site.zip").refuses("site.zip")


def test_an_archive_whose_members_change_places_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pack(*names: str) -> None:
        with zipfile.ZipFile(tmp_path / "site.zip", "w") as archive:
            for name in names:
                archive.writestr(f"{name}.md", SAYS if name == "a" else DENIES)

    pack("a", "b")
    meanwhile(monkeypatch, "site.zip", lambda: pack("b", "a"))
    assert check(tmp_path, "site.zip").refuses("site.zip")
