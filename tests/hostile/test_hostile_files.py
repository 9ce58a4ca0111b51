"""What lies where a file should: links, pipes, sockets, devices, what may not be read."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_runs import DENIES, NOBODY, PAIR, SAYS, check, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are none of these")

RULING = "verdict: both-stand\nreason: 某\nby: 某\non: 2025-01-01\nfinding: KSM4R25\n"


def _socket(place: Path) -> None:
    here = os.open(place.parent, os.O_RDONLY)
    before = os.open(".", os.O_RDONLY)
    os.fchdir(here)  # the name of a socket may have 100 bytes
    try:
        socket.socket(socket.AF_UNIX).bind(place.name)
    finally:
        os.fchdir(before)
        os.close(here)
        os.close(before)


def _linked(to: str) -> Callable[[Path], None]:
    return lambda place: place.symlink_to(to)


NO_FILES: dict[str, Callable[[Path], None]] = {
    "pipe": os.mkfifo, "socket": _socket, "device": _linked("/dev/zero"), "terminal": _linked("/dev/tty"),
    "itself": lambda place: place.symlink_to(place.name),
}  # fmt: skip


@pytest.mark.parametrize("kind", NO_FILES)
def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path, kind: str) -> None:
    root = write(tmp_path, PAIR)
    NO_FILES[kind](root / "no.md")
    done = check(root)
    assert done.out.count("error[contradiction]") == 1
    assert "no.md" in done.out
    links = kind in ("device", "terminal")
    assert ("warning[link-outside]" in done.out) is links
    assert done.code == (1 if links else 2)


@pytest.mark.parametrize("kind", NO_FILES)
def test_a_ruling_that_is_no_file_is_told_and_not_waited_for(tmp_path: Path, kind: str) -> None:
    root = write(tmp_path, {**PAIR, "koujing.yaml": "", "rulings/good.yaml": RULING})
    NO_FILES[kind](root / "rulings" / "no.yaml")
    done = check(root)
    assert done.refuses("rulings/no.yaml")


@pytest.mark.parametrize("name", ["e.jsonl", "e.parquet", "e.zip"])
def test_an_export_that_is_no_file_is_told_and_not_waited_for(tmp_path: Path, name: str) -> None:
    root = write(tmp_path, PAIR)
    os.mkfifo(root / name)
    assert check(root, name).refuses("is not a regular file", name)


@pytest.mark.parametrize("name", ["lexicon/z.yaml", "facts.yaml", "patterns/z.yaml"])
def test_a_domain_s_file_that_is_none_is_told_and_not_waited_for(tmp_path: Path, name: str) -> None:
    from test_hostile_yaml import with_domain

    root = with_domain(tmp_path, {})
    os.mkfifo(root / "geo" / name)
    assert check(root).refuses("cannot be read: it is not a regular file", f"geo/{name}")


def test_links_in_circles_end(tmp_path: Path) -> None:
    root = write(tmp_path, {**PAIR, "d/e/f.md": SAYS})
    for place, to in (("d/up", ".."), ("d/self", "."), ("d/e/top", "../../d"), ("x", "y"), ("y", "x"), ("m.md", "n.md"),
                      ("n.md", "m.md")):  # fmt: skip
        (root / place).symlink_to(to)
    done = check(root)
    assert done.refuses("error[link-broken]", "m.md", "n.md")
    assert "Articles checked: 3" in done.out


def test_links_out_of_the_tree_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret", {"s.md": DENIES.replace("家庭", "秘密家庭")})
    root = write(tmp_path / "repo", PAIR)
    for place, to in (("s.md", secret / "s.md"), ("dir", secret), ("pw.md", "/etc/passwd"), ("up", "../../..")):
        (root / place).symlink_to(to)
    done = check(root)
    assert done.finds()
    assert done.out.count("warning[link-outside]") == 4
    assert "秘密" not in done.out
    assert "root:" not in done.out


@pytest.mark.parametrize("place", ["rulings", "rulings/a.yaml", "rulings/sub/a.yaml"])
def test_rulings_out_of_the_tree_are_not_read(tmp_path: Path, place: str) -> None:
    elsewhere = write(tmp_path / "elsewhere", {"a.yaml": RULING})
    root = write(tmp_path / "repo", {**PAIR, "koujing.yaml": ""})
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(elsewhere if place == "rulings" else elsewhere / "a.yaml")
    done = check(root)
    assert done.refuses("error[ruling-outside]", place, "keep rulings inside the project")
    assert done.out.count("error[contradiction]") == 1


@pytest.fixture
def open_way(tmp_path: Path) -> Path:
    """A folder to which another user finds the way."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder.parts[1:2] == ("tmp",) and len(folder.parts) > 2:
            folder.chmod(0o755)
    return tmp_path


def test_what_may_not_be_read_is_told(open_way: Path) -> None:
    root = write(open_way, {**PAIR, "shut.md": SAYS, "shut/a.md": SAYS})
    (root / "shut.md").chmod(0)
    (root / "shut").chmod(0)
    done = check(root, user=NOBODY)
    (root / "shut").chmod(0o755)
    assert done.refuses("error[unreadable]", "shut.md", "error[unreadable-folder]", "Permission denied")
    assert done.out.count("error[contradiction]") == 1


@pytest.mark.parametrize("place", ["rulings", "rulings/a.yaml", "rulings/sub"])
def test_rulings_that_may_not_be_read_are_never_left_out_without_a_word(open_way: Path, place: str) -> None:
    root = write(open_way, {**PAIR, "koujing.yaml": "", "rulings/a.yaml": RULING, "rulings/sub/b.yaml": RULING})
    (root / place).chmod(0)
    done = check(root, user=NOBODY)
    (root / place).chmod(0o755)
    assert done.refuses("Permission denied", "rulings")


@pytest.mark.parametrize("name", ["koujing.yaml", "geo/topics.yaml", "geo/lexicon/z.yaml"])
def test_a_config_or_domain_that_may_not_be_read_is_told(open_way: Path, name: str) -> None:
    from test_hostile_yaml import with_domain

    root = with_domain(open_way, {"geo/lexicon/z.yaml": ""})
    (root / name).chmod(0)
    assert check(root, user=NOBODY).refuses("Permission denied", name)
