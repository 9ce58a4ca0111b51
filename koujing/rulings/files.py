"""Rulings' files changed and deleted: each in one step, one command at a time, and only as they were when read."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

from audit import git
from audit.rulings.model import Ruling
from koujing.faults import Fault
from koujing.project import Project
from koujing.resolve.files import inside
from koujing.streams import write_file


def delete(project: Project, ruling: Ruling) -> None:
    """Delete a ruling's file; one that is gone already is no fault. Raises Fault where it was changed since it was
    read."""
    text = _now(project, ruling)
    if text is None:
        return
    if not _same(text, ruling):
        raise Fault("ruling-meanwhile", path=ruling.path)
    try:
        os.unlink(project.root / ruling.path)
    except FileNotFoundError:
        return
    except OSError as e:
        raise Fault("output-failed", got=ruling.path, why=e.strerror or e) from e


def change(project: Project, ruling: Ruling, edit: Callable[[str], str]) -> None:
    """Change a ruling's file. Raises Fault where it was changed or deleted since it was read, EditError."""
    text = _now(project, ruling)
    if text is None:
        raise Fault("ruling-meanwhile", path=ruling.path)
    if _same(text, ruling):
        write_file(project.root / ruling.path, edit(text))
    elif text.removeprefix("\ufeff") != edit(ruling.text):  # another has done the same just now
        raise Fault("ruling-meanwhile", path=ruling.path)


def _now(project: Project, ruling: Ruling) -> str | None:
    """A file with its byte order mark and its line ends, None where it is gone. Raises Fault."""
    try:
        with open(inside(project.root, ruling.path), "rb") as stream:
            return stream.read().decode("utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as e:
        raise Fault("ruling-meanwhile", path=ruling.path) from e
    except OSError as e:
        raise Fault("output-failed", got=ruling.path, why=e.strerror or e) from e


def _same(text: str, ruling: Ruling) -> bool:
    return text.removeprefix("\ufeff") == ruling.text


def kept_by_git(project: Project, rulings: Sequence[Ruling]) -> tuple[list[str], list[str]]:
    """The paths, as a shell here takes them, of files that git could bring back as they are, and of the others."""
    places = {r.path: Path(os.path.abspath(project.root / r.path)) for r in rulings}
    held = _committed(project, list(places.values()))
    shown = {path: shlex.quote(Path(os.path.relpath(place, project.here)).as_posix()) for path, place in places.items()}
    return [shown[p] for p in places if places[p] in held], [shown[p] for p in places if places[p] not in held]


def _committed(project: Project, places: Sequence[Path]) -> set[Path]:
    """Those that git's index holds just as they are."""
    top = git.work_tree(project.root)
    if top is None or not places:
        return set()
    try:
        known = git.ask(top, "ls-files", "-z", "--", *map(str, places))
        changed = git.ask(top, "diff-files", "--name-only", "-z", "--", *map(str, places))
    except git.NoGit:
        return set()
    if known.code or changed.code:
        return set()
    names = set(known.out.split(b"\0")) - set(changed.out.split(b"\0")) - {b""}
    return {top / os.fsdecode(name) for name in names}
