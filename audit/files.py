"""Which files are articles (docs/design.md, PATHS): the same files, in the same order, on every system.

Exports and archives (`audit.containers`) are opened where they are named: in PATHS, under `exports`, or by a glob that
ends as they do. Their articles come in the container's own order.

Left out unless named: hidden folders and files, node_modules, what git ignores, README, LICENSE and CHANGELOG files.
Links that lead out of the tree are not followed. A file reached twice counts once, under its own name.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import msgspec

from audit import containers, git, globs
from audit.contents import articles
from audit.listing import File, Files
from audit.names import is_article, is_hidden, may_hold, printable
from audit.problem import Gravity, Problem, problem_key
from claims.exports import Export, Form
from claims.model import path_of
from claims.readers import SUFFIXES

__all__ = ["File", "Files", "Found", "below_top", "discover", "shown_path", "would_read"]


class Elsewhere(msgspec.Struct, frozen=True):
    """Where a file is that is looked for in another place, and its size."""

    place: str
    size: int


class Opened(msgspec.Struct, frozen=True):
    """A container as it was when its articles were found: whatever they are, they are at places in it."""

    path: str
    place: str
    stamp: tuple[int, int, int] | None


class Found(msgspec.Struct, frozen=True):
    files: Files
    problems: tuple[Problem, ...] = ()
    opened: tuple[Opened, ...] = ()

    def changed(self) -> list[Problem]:
        """What is wrong now with containers that have changed since: nobody knows which of their articles was read."""
        now = (one for one in self.opened if one.stamp is not None and _stamp(one.place) != one.stamp)
        return [Problem(path=printable(one.path), code="changed-meanwhile") for one in now]


def _stamp(place: str) -> tuple[int, int, int] | None:
    try:
        status = os.stat(place)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def discover(
    root: Path, paths: Sequence[str] = (), *, here: Path | None = None, project: bool = False,
    patterns: Sequence[str] = (), leave_out: Sequence[str] = (), exports: Sequence[Export] = (),
    elsewhere: Mapping[str, Elsewhere] = MappingProxyType({}),
) -> Found:  # fmt: skip
    """The articles of a content repo.

    In a `project` the corpus is what `patterns` mean (everything, if there are none) and `paths` choose what is shown;
    else `paths` are the corpus. `paths` are relative to `here` (the current folder), `leave_out` to `root`. `exports`
    say how containers are read, and are of the corpus. Files of `elsewhere` are found as if they were in these (real)
    places, whose folders there must be.
    """
    left_out = frozenset(_below(os.path.realpath(root), name) for name in leave_out)
    hunt = _Hunt(root, left_out, exports, project=project, elsewhere=elsewhere)
    named = [(p, Path(os.path.abspath((here or Path.cwd()) / p))) for p in paths]
    if project or not named:
        _corpus(hunt, patterns)
    for export in exports if project or not named else ():
        _exports(hunt, export.files, patterns)
    shown: set[str] = set()
    for written, place in named:
        shown |= _named(hunt, written, place, project=project)
    return hunt.found(shown if named else None)


def would_read(
    place: Path, root: Path, paths: Sequence[Path] = (), *, project: bool = False, patterns: Sequence[str] = (),
    exports: Sequence[Export] = (),
) -> bool:  # fmt: skip
    """Whether a file at `place`, there or not, is or would be an article of the corpus: no report may be written so."""
    real, top = os.path.realpath(place), os.path.realpath(root)
    named = [os.path.realpath(containers.home_of(str(p))) for p in paths]
    if real in named:
        return True
    if containers.is_container(real):
        shown = shown_path(real, top)
        opened = [p for p in patterns if p.startswith("!") or containers.is_container(p)]
        wanted = (opened, *((*export.files, *globs.taken_out(patterns)) for export in exports))
        return project and any(globs.matches(shown, each) for each in wanted)
    if not is_article(os.path.basename(real)):
        return False
    if not project:
        starts = named or [top]
    elif globs.matches(shown_path(real, top), patterns) if patterns else _inside(real, top):
        starts = [_below(top, globs.base(p)) for p in patterns] or [top]
    else:
        starts = named
    return any(_inside(real, s) and not is_hidden(shown_path(real, s)) for s in starts) and not git.ignores(Path(real))


def shown_path(place: str, root: str) -> str:
    """A path as records write it: relative to the root, with `/`, read as UTF-8 whatever the locale says of names."""
    try:
        path = Path(os.path.relpath(place, root)).as_posix()
    except ValueError:  # another drive
        path = Path(place).as_posix()
    try:
        return os.fsencode(path).decode("utf-8")
    except UnicodeError:
        return path


def below_top(folder: Path) -> str:
    """The way from the top of git's work tree to a folder: `content/`, "" where they are one or there is no git."""
    place = Path(os.path.realpath(folder))
    top = git.work_tree(place)
    return "" if top is None or top == place else shown_path(str(place), str(top)) + "/"


def _below(root: str, path: str) -> str:
    """The place of a path that is written as records and configs write it."""
    return os.path.join(root, *(os.fsdecode(part.encode("utf-8")) for part in path.split("/") if part))


def _corpus(hunt: _Hunt, patterns: Sequence[str]) -> None:
    for glob in globs.wanted(patterns) or [""]:
        start = globs.base(glob)
        found = hunt.look(_below(hunt.root, start))
        wanted_here = [glob, *globs.taken_out(patterns)]
        hits = [f for f in found if hunt.opened(f, glob) and (not patterns or globs.matches(f.path, wanted_here))]
        for file in hits:
            hunt.add(file)
        if patterns and not hits:
            hunt.trouble("glob-empty", glob, severity="warning", glob=glob)


def _exports(hunt: _Hunt, files: Sequence[str], patterns: Sequence[str]) -> None:
    for glob in files:
        wanted = [glob, *globs.taken_out(patterns)]
        found = hunt.look(_below(hunt.root, globs.base(glob)))
        hits = [f for f in found if containers.is_container(f.path) and globs.matches(f.path, wanted)]
        for file in hits:
            hunt.add(file)
        if not hits:
            hunt.trouble("export-empty", glob, severity="warning", glob=glob)


def _named(hunt: _Hunt, written: str, place: Path, *, project: bool) -> set[str]:
    """What one of PATHS shows; it joins the corpus where it is not of it yet."""
    home = containers.home_of(written)
    if home != written and os.path.isfile(within := containers.home_of(str(place))) and not os.path.lexists(place):
        chosen = path_of(written)[len(home) :]
        found = _named(hunt, home, Path(within), project=project)
        if chosen and found:
            hunt.chosen[chosen] = written
        return {name for p in found for name in (p + chosen, containers.path_in(p, chosen[1:]))} if chosen else found
    real = os.path.realpath(place)
    name = shown_path(real if _inside(real, hunt.root) else str(place), hunt.root)
    if not os.path.lexists(place) and real not in hunt.elsewhere:
        hunt.trouble("missing", written)
    elif project and not _inside(real, hunt.root):
        hunt.trouble("outside", written)
    elif os.path.isdir(real):
        below = "" if name == "." else name + "/"
        inside = {p for p in hunt.files if p.startswith(below)} if project else set()
        if not inside:
            new = [file for file in hunt.look(real) if hunt.opened(file, "")]
            inside = {file.path for file in new}
            for file in new:
                hunt.add(file)
        return inside
    elif Path(name).suffix.lower() not in (*SUFFIXES, *containers.SUFFIXES):
        hunt.trouble("not-an-article", name, suffixes=" ".join(sorted((*SUFFIXES, *containers.SUFFIXES))))
    else:
        one = hunt.file(real, name)
        if one is not None:
            hunt.add(one)
            return {one.path}
    return set()


class _Hunt:
    """The state of one discovery: what was found, by path and by real place, and what is wrong."""

    def __init__(
        self, root: Path, leave_out: frozenset[str], exports: Sequence[Export] = (), *, project: bool = False,
        elsewhere: Mapping[str, Elsewhere],
    ) -> None:  # fmt: skip
        self.root = os.path.realpath(root)
        self.files: dict[str, File] = {}
        self._by_place: dict[str, str] = {}
        self._links: set[str] = set()
        self._problems: dict[Problem, None] = {}
        self._leave_out = leave_out
        self._exports = exports
        self._project = project
        self._opened: list[Opened] = []
        self.chosen: dict[str, str] = {}
        """`#NAME` of single articles of containers -> as PATHS name them."""
        self._unopened: str | None = None
        self._ignored: dict[str, frozenset[str]] = {}
        self.elsewhere = elsewhere
        self._elsewhere: dict[str, list[str]] = {}
        for place in elsewhere:
            self._elsewhere.setdefault(os.path.dirname(place), []).append(os.path.basename(place))

    def trouble(
        self, code: str, path: str, *, severity: Gravity = "error", line: int | None = None, **args: str
    ) -> None:
        told = tuple(sorted(args.items()))
        problem = Problem(path=printable(path), severity=severity, code=code, args=told, line=line)
        self._problems[problem] = None

    def found(self, shown: set[str] | None) -> Found:
        files = Files()
        for path in sorted(self.files):
            file = self.files[path]
            if containers.is_container(path):
                for article in self._articles(file, shown):
                    files.append(article)
            else:
                files.append(msgspec.structs.replace(file, shown=shown is None or path in shown))
        if not self.files and self._unopened is not None:
            self.trouble("export-unopened", self._unopened, severity="warning")
        found_names = set(files.paths()) if self.chosen else ()
        for inside, written in self.chosen.items():
            if not any(name.endswith((inside, containers.path_in("", inside[1:]))) for name in found_names):
                self.trouble("no-record", written)
        return Found(files, tuple(sorted(self._problems, key=problem_key)), tuple(self._opened))

    def opened(self, file: File, glob: str) -> bool:
        """Whether a glob, or a folder without one (""), means what is found there: a container only if it says so."""
        if not containers.is_container(file.path):
            return True
        if not containers.is_container(glob):
            self._unopened = self._unopened or file.path
            return False
        return True

    def _articles(self, container: File, shown: set[str] | None) -> Files:
        """The articles of a container; of one that only some are named of, what is wrong elsewhere is not told."""
        form = next((e.form for e in self._exports if globs.matches(container.path, e.files)), Form())
        whole = shown is None or container.path in shown

        def choose(path: str) -> bool | None:
            is_shown = whole or path in (shown or ())
            return is_shown if is_shown or self._project else None

        self._opened.append(Opened(container.path, container.place, _stamp(container.place)))
        files, problems = articles(container, form, choose)
        self._problems |= dict.fromkeys(problems if whole or self._project or not files else ())
        return files

    def add(self, file: File) -> None:
        """Of two names for one file the first in sorted order stays, a real name before a link."""
        before = self._by_place.get(file.place)
        if before is not None and before != file.path:
            if (before in self._links, before) <= (file.path in self._links, file.path):
                return
            del self.files[before]
        self._by_place[file.place] = file.path
        self.files[file.path] = file

    def file(self, place: str, path: str) -> File | None:
        """A file as found, None with a problem told where it is none."""
        try:
            path.encode("utf-8")
        except UnicodeEncodeError:
            self.trouble("name-not-utf8", path)
            return None
        if place in self.elsewhere:
            known = self.elsewhere[place]
            return File(path=path, place=known.place, size=known.size)
        try:
            status = os.stat(place)
        except OSError as e:
            self.trouble("link-broken" if os.path.islink(place) else "unreadable", path, why=e.strerror or str(e))
            return None
        if not stat.S_ISREG(status.st_mode):
            self.trouble("not-regular", path)
            return None
        real = os.path.realpath(place)
        if real != place:
            self._links.add(path)
        return File(path=path, place=real, size=status.st_size)

    def look(self, start: str) -> Iterator[File]:
        """The articles in a folder that is named (a file is one itself), links last."""
        if not os.path.isdir(start):
            if os.path.lexists(start) or start in self.elsewhere:
                file = self.file(start, shown_path(start, self.root))
                if file is not None:
                    yield file
            return
        try:
            ignored = git.ignored(Path(start))
        except git.GitError as e:
            self.trouble("git", shown_path(start, self.root), severity="warning", why=str(e))
            ignored = frozenset()
        seen: set[str] = set()
        folders, links = [start], list[str]()
        while folders or links:
            if not folders:
                yield from self._link(links.pop(), start, seen, folders)
                continue
            folder = folders.pop()
            real = os.path.realpath(folder)
            if real in seen:
                continue
            seen.add(real)
            below, here, linked = self._list(folder, real, ignored)
            folders += below
            links = sorted([*links, *linked], reverse=True)
            yield from here

    def _list(self, folder: str, real: str, ignored: frozenset[str]) -> tuple[list[str], list[File], list[str]]:
        """The folders, articles and links in a folder, whose real place is `real`."""
        below, here, links = list[str](), list[File](), list[str]()
        try:
            entries = sorted(os.scandir(folder), key=lambda e: e.name, reverse=True)
        except OSError as e:
            self.trouble("unreadable-folder", shown_path(folder, self.root), why=e.strerror or str(e))
            return below, here, links
        shown = shown_path(folder, self.root)
        above = "" if shown == "." else f"{shown}/"
        for entry in entries:
            name = entry.name
            if is_hidden(name) or entry.path in ignored:
                continue
            link = entry.is_symlink()
            place = os.path.realpath(entry.path) if link else os.path.join(real, name)
            if place in self._leave_out:
                continue
            if link:
                links.append(entry.path)
            elif entry.is_dir(follow_symlinks=False):
                below.append(entry.path)
            elif may_hold(name):
                path = above + name if name.isascii() else shown_path(entry.path, self.root)
                file = self._listed(entry, place, path)
                if file is not None:
                    here.append(file)
        for name in self._elsewhere.get(real, ()):
            place = os.path.join(real, name)
            if not is_hidden(name) and place not in self._leave_out and may_hold(name):
                file = self.file(place, shown_path(os.path.join(folder, name), self.root))
                if file is not None:
                    here.append(file)
        return below, here, links

    def _listed(self, entry: os.DirEntry[str], place: str, path: str) -> File | None:
        """A file of a folder, as `file` gives it, asking the system once: there may be very many. It is no link."""
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            return self.file(entry.path, path)
        if not stat.S_ISREG(status.st_mode) or not path.isprintable():
            return self.file(entry.path, path)
        if place != entry.path:
            self._links.add(path)
        return File(path=path, place=place, size=status.st_size)

    def _link(self, link: str, start: str, seen: set[str], folders: list[str]) -> Iterator[File]:
        real, path = os.path.realpath(link), shown_path(link, self.root)
        is_folder = os.path.isdir(real)
        if not is_folder and not may_hold(os.path.basename(link)):
            return
        if not os.path.exists(real):
            self.trouble("link-broken", path, why=os.strerror(2))
        elif not _inside(real, start) and not _inside(real, self.root):
            self.trouble("link-outside", path, severity="warning")
        elif is_folder:
            if real not in seen:
                folders.append(link)
        else:
            file = self.file(link, path)
            if file is not None:
                yield file


def _inside(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder.rstrip(os.sep) + os.sep)
