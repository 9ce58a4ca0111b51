"""The last audit, and what is shown of it. Whoever reads takes it as it is; one at a time makes it anew or decides."""

from __future__ import annotations

import threading
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

import msgspec

from audit.corpus import Progress
from audit.following import Following
from audit.model import Finding
from audit.pieces import Key
from audit.problem import Problem
from claims.errors import KoujingError
from koujing import caching
from koujing.faults import Fault
from koujing.page import audit_of
from koujing.project import open_project
from koujing.remembered import About
from koujing.resolve.state import State
from koujing.run import Reading, read_project
from koujing.serve.pages import Pages
from koujing.serve.pieces import Kept, Recent
from koujing.serve.watching import Stamp, Watched
from koujing.today import decided_on, today_of
from reports.html.page import MOST
from reports.html.record import Run
from reports.wording.problems import problem_words, words_of_problem
from reports.wording.terms import Lang
from reports.wording.told import told


class Shown(msgspec.Struct, frozen=True):
    """An audit as served. `keys` are of what was read, `run` is what it was given; `troubles` are what is wrong with
    files; `today` and `on` the days of the audit and of a ruling that is given now."""

    state: State
    keys: frozenset[Key]
    run: Run
    pages: Pages
    troubles: tuple[str, ...]
    today: str
    on: str


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the command was asked for."""

    paths: tuple[str, ...] = ()
    here: Path
    lang: Lang = "zh"
    today: str | None = None
    jobs: int | None = None


class Site:
    """Made with the first audit: raises what that raises."""

    TRIES = 3
    """How often files may come and go while they are read before it is left to the next look."""

    def __init__(self, asked: Asked, progress: Progress | None = None) -> None:
        self.lock = threading.RLock()
        self._asked = asked
        self._blank = token_hex(32)
        self._store, self._following, self._parsed = Kept(caching.pieces()), Following(), Recent()
        self._broken: tuple[str, ...] = ()
        read = self._read(asked.jobs, progress)
        watched = Watched(read.reading)
        read, self._watched, self._stamp = self._settled(watched, watched.stamp())
        self._shown = self._show(read, None, None)

    @property
    def shown(self) -> Shown:
        return self._shown

    @property
    def lang(self) -> Lang:
        return self._asked.lang

    @property
    def broken(self) -> tuple[str, ...]:
        """Why the page is not of now: the config or a domain cannot be read."""
        return self._broken

    def page(self, name: str) -> bytes:
        """A page of the last audit by its name; nothing where there is none."""
        shown = self._shown
        try:
            return shown.pages.page(name)
        except Exception:
            # It reads its article again, which may have been changed since the audit.
            if self.refresh() is shown:
                raise
            return self._shown.pages.page(name)

    def refresh(self, tried: State | None = None) -> Shown:
        """The audit of what there is now; the last one where the config or a domain is broken. `tried` is what it may
        well be: then that is not worked out again."""
        with self.lock:
            stamp = self._watched.stamp()
            if stamp != self._stamp:
                self._stamp = stamp
                try:
                    read, self._watched, self._stamp = self._settled(self._watched, stamp)
                    self._shown = self._show(read, self._shown, tried)
                    self._broken = ()
                except KoujingError as e:
                    self._broken = (trouble(e, self.lang),)
            return self._shown

    def _settled(self, watched: Watched, stamp: Stamp) -> tuple[_Read, Watched, Stamp]:
        """What is read after the stamp of the places that it depends on was taken: whatever changes meanwhile makes
        the next stamp another one."""
        for _ in range(self.TRIES):
            read = self._read(1, None)  # other processes cannot be started safely from a thread
            again = Watched(read.reading)
            if again == watched:
                break
            watched, stamp = again, again.stamp()
        self._store.turn()
        return read, watched, stamp

    def _read(self, jobs: int | None, progress: Progress | None) -> _Read:
        project = open_project(self._asked.paths, self._asked.here)
        day = today_of(project, self._asked.today)
        reading = read_project(project, day[0], jobs=jobs, progress=progress, store=self._store)
        return _Read(reading, day, decided_on(project, self._asked.today))

    def _show(self, read: _Read, last: Shown | None, tried: State | None) -> Shown:
        """The audit as served: the last one where nothing is different. What either is of is not worked out again."""
        reading = read.reading
        known = [one for one in (last.state if last else None, tried) if one is not None]
        state = next((one for one in known if one.reading == reading), None) or State(
            reading, tool="koujing serve", following=self._following
        )
        config = reading.project.config
        about: About = {"lang": self.lang, "today": read.day, "fail_on": config.fail_on, "least": 0}
        audit = audit_of(reading, state.findings, about, self._parsed)
        keys = self._store.keys()
        if last is not None and (last.state, last.keys, last.run, last.on) == (state, keys, audit.run, read.on):
            return last
        marks = {f.id: mark_of(f, state) for f in state.open} if reading.project.configured else {}
        return Shown(
            state=state,
            keys=keys,
            run=audit.run,
            # Another server has other marks, so that a page which is still open asks for itself again.
            pages=Pages(audit, token_hex(32), self._blank, marks, MOST),
            troubles=tuple(_told(p, self.lang) for p in reading.problems if p.severity == "error"),
            today=read.day[0],
            on=read.on,
        )


class _Read(msgspec.Struct, frozen=True):
    reading: Reading
    day: tuple[str, str]
    on: str


def mark_of(finding: Finding, state: State) -> str:
    """What an editor saw of a finding when a form was filled in: another as soon as it would be another decision."""
    ruling = state.ruling(finding.ruling)
    sides = [
        [
            repr(side.position), side.reference.id if side.reference else "", side.upheld or "",
            sorted((claim.id, claim.article, claim.quote) for claim in side.claims),
            [(quote.article, quote.quote) for quote in side.quotes],
        ]
        for side in finding.sides
    ]  # fmt: skip
    parts = [finding.code, finding.state, ruling.text if ruling is not None else "", sides]
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def trouble(e: KoujingError, lang: Lang) -> str:
    """An error in one line."""
    if isinstance(e, Fault):
        message, hint = problem_words(e.code, e.blanks, lang)
    else:
        message, hint = told(e.message, lang), told(e.hint, lang)
    return _line(":".join(str(part) for part in (e.path, e.line) if part) if e.path else "", message, hint, lang)


def _told(problem: Problem, lang: Lang) -> str:
    return _line(":".join(str(p) for p in (problem.path, problem.line) if p), *words_of_problem(problem, lang), lang)


def _line(place: str, message: str, hint: str, lang: Lang) -> str:
    colon, stop = ("：", "。") if lang == "zh" else (": ", ". ")
    return (f"{place}{colon}" if place else "") + message + (f"{stop}{hint}" if hint else "")
