"""The rulings of a content repo: every YAML file in its folder of rulings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from audit.pieces import digest_of
from audit.problem import Problem
from audit.rulings.model import Ruling
from audit.rulings.reading import MAX_BYTES, SUFFIXES, RulingError, read_ruling
from claims.regular import content
from claims.topics import Topic


def read_rulings(root: Path, folder: str, topics: Mapping[str, Topic]) -> tuple[tuple[Ruling, ...], list[Problem]]:
    """All rulings by name, and what is wrong with files that are none: each of these makes the audit incomplete.

    `folder` is relative to `root`, with `/`, or absolute; a repo may have none. Hidden files and other suffixes are
    left alone.
    """
    rulings: dict[str, Ruling] = {}
    problems: list[Problem] = []
    if not is_inside(root, root / folder):
        return (), [Problem(path=folder, code="ruling-outside")]
    try:
        files = ruling_files(root / folder)
    except OSError as e:
        return (), [Problem(path=folder, code="unreadable-folder", args=(("why", e.strerror or str(e)),))]
    for path in files:
        shown = f"{folder}/{path.relative_to(root / folder).as_posix()}"
        if path.is_symlink() and not is_inside(root, path):
            problems.append(Problem(path=shown, code="ruling-outside"))
            continue
        try:
            ruling = read_ruling(shown, content(path, MAX_BYTES), topics)
            first = rulings.setdefault(ruling.id.casefold(), ruling)
            if first is not ruling:
                message = f"there is a ruling of that name already: {first.path}"
                raise RulingError(message, path=shown, hint="rename one of the two files")
        except RulingError as e:
            problems.append(Problem(path=shown, code="ruling-malformed", line=e.line, message=e.message, hint=e.hint))
        except OSError as e:
            if isinstance(e, FileNotFoundError) and not os.path.lexists(path):
                continue  # deleted just now, by another command perhaps: it is no ruling any more
            problems.append(Problem(path=shown, code="unreadable", args=(("why", e.strerror or str(e)),)))
    return tuple(sorted(rulings.values(), key=lambda r: r.id)), problems


def written(folder: Path) -> Mapping[str, str]:
    """The files of a folder of rulings, by name, each with the digest of its bytes. Raises OSError."""
    files = [file for file in ruling_files(folder) if file.is_file()]
    return {file.relative_to(folder).as_posix(): digest_of(content(file, MAX_BYTES)) for file in files}


def ruling_files(folder: Path) -> list[Path]:
    """The files that are rulings by their names, sorted; none where there is no folder. Raises OSError where one
    cannot be listed: what was decided would be lost without a word."""
    found: list[Path] = []
    for below, folders, names in os.walk(folder, onerror=_refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [
            Path(below) / name for name in sorted(names)
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES
        ]  # fmt: skip
    return sorted(found)


def _refused(error: OSError) -> None:
    if isinstance(error, FileNotFoundError) and not os.path.lexists(error.filename):
        return  # a repo may have no rulings
    raise error


def is_inside(root: Path, place: Path) -> bool:
    """Whether a place is in the tree, links followed: decisions are committed with what they are about."""
    return Path(os.path.realpath(place)).is_relative_to(os.path.realpath(root))
