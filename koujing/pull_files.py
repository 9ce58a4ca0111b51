"""The files of a comparison in which little has changed (`koujing/pull.py`): which articles differ, and that the others
are as they were."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from hashlib import sha256

from audit import git, globs
from audit.differing import Differing
from audit.ledger import Article, Torn
from audit.listing import File
from audit.names import is_article, is_hidden
from audit.pieces import Digests
from claims.regular import content
from koujing.project import Project

MOST, FEW = 0.1, 20
"""Where more than this part of the articles differs, and more than so many, all are read."""


class Compared:
    """Of the articles that differ those that there were (`then`) and those that there are (`now`), by path; `were` is
    the whole list of then; `exact`: these had the commit's very bytes. Raises Torn for what is out of the ordinary."""

    def __init__(self, project: Project, differs: Differing, were: Mapping[str, Article], exact: bool) -> None:
        self._project, self._differs, self._were = project, differs, were
        self._root = os.path.realpath(project.root)
        self._wanted = globs.wanted(project.config.articles)
        self._taken_out = globs.taken_out(project.config.articles)
        self.then: dict[str, Article] = {}
        self.now: dict[str, File] = {}
        self._check_ignored()
        self._compare()
        if not (exact and differs.exact):
            self._verify()
        self._check_globs()

    def find(self, path: str) -> File | None:
        """The file of an article of now."""
        if path in self.now or (path in self._were and path not in self.then):
            try:
                return self._file(path)
            except Torn:
                return None
        return None

    def _compare(self) -> None:
        digests = Digests()
        for path in sorted(self._differs.paths):
            file, before = self._file(path), self._were.get(path)
            if file is not None and before is None and not self._is_article(path):
                continue
            if file is not None and before is not None and digests.of(file) == before.digest.hex():
                continue  # changed, and changed back
            if before is not None:
                self.then[path] = before
            if file is not None:
                self.now[path] = file
        if max(len(self.then), len(self.now)) > max(MOST * len(self._were), FEW):
            raise Torn

    def _file(self, path: str) -> File | None:
        """The plain file at a path; None where there is none."""
        place = os.path.join(self._root, *path.split("/"))
        try:
            status = os.lstat(place)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as e:
            raise Torn from e
        if not stat.S_ISREG(status.st_mode) or not path.isprintable() or os.path.realpath(place) != place:
            raise Torn
        return File(path=path, place=place, size=status.st_size)

    def _is_article(self, path: str) -> bool:
        """Whether a file that is new is one of the corpus."""
        if any(globs.base(glob) == path for glob in self._wanted):
            raise Torn  # what is named is an article by any name
        if is_hidden(path) or not is_article(os.path.basename(path)):
            return False
        if self._project.configured and path.startswith(self._project.config.rulings.rstrip("/") + "/"):
            return False
        return not self._wanted or any(globs.matches(path, [glob, *self._taken_out]) for glob in self._wanted)

    def _check_ignored(self) -> None:
        """In a folder that git ignores, what is new is no news to git."""
        starts = {self._differs.revision.below + globs.base(glob) for glob in self._wanted or ("",)} - {""}
        if starts and git.ask(self._differs.revision.top, "check-ignore", "-q", "--", *sorted(starts)).code != 1:
            raise Torn

    def _check_globs(self) -> None:
        """There are articles, and each glob means some."""
        paths = (self._were.keys() - self.then.keys()) | self.now.keys()
        if not paths or not all(any(globs.matches(p, [g, *self._taken_out]) for p in paths) for g in self._wanted):
            raise Torn

    def _verify(self) -> None:
        """That what git takes for unchanged has the bytes that were read."""
        for article in self._were.values():
            if article.path in self.then:
                continue
            try:
                data = content(os.path.join(self._root, article.path), article.size)
            except OSError as e:
                raise Torn from e
            if sha256(data).digest() != article.digest:
                raise Torn
