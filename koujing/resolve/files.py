"""Rulings on disk: written whole, by one koujing at a time, never over a file that is there, and taken back as they
were."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from audit.rulings.folder import is_inside
from koujing.alone import alone
from koujing.faults import Fault
from koujing.streams import beside, write_file


class Written(msgspec.Struct, frozen=True):
    """A file as this run wrote it: its path as seen from the root, its text, and the text that it took the place of."""

    path: str
    text: str
    former: str | None = None


def write(root: Path, written: Written) -> None:
    """Write a new file, or put it in the place of one that still reads as it was. Raises Fault."""
    write_all(root, [written])


def write_all(root: Path, files: Sequence[Written]) -> None:
    """Write several, or none of them. Raises Fault."""
    done: list[Written] = []
    with alone(root):
        try:
            for one in files:
                _write(root, one)
                done.append(one)
        except BaseException:
            for one in reversed(done):
                _take_back(root, one)
            raise


def take_back(root: Path, written: Written) -> None:
    """Undo a `write`. Raises Fault where somebody has changed the file since."""
    with alone(root):
        _take_back(root, written)


def _write(root: Path, written: Written) -> None:
    place = inside(root, written.path)
    if written.former is None:
        _create(place, written)
    else:
        _check(place, written.path, written.former)
        write_file(place, written.text)


def _take_back(root: Path, written: Written) -> None:
    place = inside(root, written.path)
    _check(place, written.path, written.text)
    if written.former is not None:
        write_file(place, written.former)
        return
    try:
        place.unlink()
    except OSError as e:
        raise Fault("resolve-write", got=written.path, why=e.strerror or e) from e


def inside(root: Path, path: str) -> Path:
    """The place of a file of rulings. A content repo may hold a link that leads out of it: no ruling is written there.
    Raises Fault."""
    place = root / path
    if not is_inside(root, place):
        raise Fault("resolve-outside", got=path, real=os.path.realpath(place))
    return place


def _create(place: Path, written: Written) -> None:
    try:
        with beside(place, written.text.encode("utf-8")) as temporary:
            _move(temporary, place, written.path)
    except OSError as e:
        raise Fault("resolve-write", got=written.path, why=e.strerror or e) from e


def _move(temporary: str, place: Path, path: str) -> None:
    """Give the file its name, unless one of that name is there. Raises Fault."""
    try:
        os.link(temporary, place)
    except FileExistsError as e:
        raise Fault("resolve-there", got=path) from e
    except (OSError, NotImplementedError, AttributeError) as e:  # a file system without links
        if os.path.lexists(place):
            raise Fault("resolve-there", got=path) from e
        os.rename(temporary, place)


def _check(place: Path, path: str, text: str) -> None:
    try:
        with open(place, "rb") as stream:
            found = stream.read().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as e:
        raise Fault("resolve-changed", got=path) from e
    if found != text:
        raise Fault("resolve-changed", got=path)
