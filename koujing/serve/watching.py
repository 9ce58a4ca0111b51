"""What an audit depends on, as the disk has it: looked at now and then, read only when it has changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeAlias

from audit import git
from claims.domain import is_path
from koujing.run import Reading

Stamp: TypeAlias = tuple[object, ...]
"""Equal as long as nothing was changed."""

_COMMIT = ("HEAD", "logs/HEAD")
"""What a commit and a checkout change in the folder of git; the index is changed by mere looking."""


class Watched:
    """The places that a reading depends on: its articles, the folders in which more may turn up, config, rulings,
    domains of one's own, the commit that is checked out, and the clock's day."""

    def __init__(self, reading: Reading) -> None:
        project = reading.project
        self._files = tuple(dict.fromkeys(file.place for file in reading.files))
        named = [os.path.abspath(project.here / path) for path in project.paths]
        domains = [str(project.root / name) for name in project.config.domains if is_path(name)]
        rulings = os.path.join(project.root, project.config.rulings)
        self._trees = tuple([str(project.root)] if project.configured or not named else named)
        self._whole = (*domains, rulings)
        self._single = (str(project.root / "koujing.yaml"), *_commit(project.root))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Watched) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    def stamp(self) -> Stamp:
        """What there is now. A file that is changed while it is read changes the next stamp."""
        folders = (folder for tree in self._trees for folder in _folders(tree))
        whole = (place for tree in self._whole for place in _everything(tree))
        places = (*self._single, *self._files, *folders, *whole)
        return (date.today().isoformat(), *_stats(places))


def _stats(places: Iterable[str]) -> Iterator[tuple[str, int, int, int] | tuple[str]]:
    for place in places:
        try:
            one = os.stat(place)
        except OSError:
            yield (place,)
        else:
            yield (place, one.st_mtime_ns, one.st_size, one.st_ino)


def _folders(top: str) -> Iterator[str]:
    """A folder and those below it, in which articles are looked for. Hidden ones and those of packages are not."""
    for folder, below, _ in os.walk(top):
        below[:] = sorted(name for name in below if not name.startswith(".") and name != "node_modules")
        yield folder


def _everything(top: str) -> Iterator[str]:
    for folder, below, names in os.walk(top):
        below.sort()
        yield folder
        yield from (os.path.join(folder, name) for name in sorted(names))


def _commit(root: Path) -> Iterator[str]:
    top = git.work_tree(root)
    if top is not None:
        yield from (str(top / ".git" / name) for name in _COMMIT)
