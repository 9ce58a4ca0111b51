"""The cache of a run of the command: opened when it is first asked for, unless there is to be none.

Programs that call koujing's functions have none, unless they begin one.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.cache.disk import Disk, Note
    from audit.cache.patterns import Patterns
    from audit.cache.pieces import Pieces
    from audit.pieces import Digests

_DAY = 24 * 60 * 60


class _Run:
    """What there is of a cache: `wanted` until it is refused."""

    def __init__(self) -> None:
        self.wanted = False
        self.disk: Disk | None = None
        self.patterns: Patterns | None = None
        self.notes: list[Note] = []


_run = _Run()


def without() -> None:
    """This run is to have no cache."""
    _run.wanted = False


def disk() -> Disk | None:
    """The cache of this run, None where it has none."""
    if not _run.wanted:
        return None
    if _run.disk is None:
        from audit.cache.disk import Disk, Note
        from audit.cache.folder import Unusable, place

        try:
            home = Path(os.path.expanduser("~"))
            folder = place(os.environ, home if home.is_absolute() else None, sys.platform)
        except Unusable as e:
            _run.wanted = False
            _run.notes.append(Note(e.code, tuple(sorted(e.blanks.items()))))
            return None
        _run.disk = Disk(folder, int(time.time() // _DAY))
    return _run.disk


def program() -> str:
    """What tells this state of the program from others."""
    from audit.cache.program import program_mark

    return program_mark()


def ready() -> None:
    """Before anything that reads Chinese is imported: what it compiles was mostly compiled before."""
    kept = disk()
    if kept is not None and _run.patterns is None:
        from audit.cache.patterns import Patterns

        _run.patterns = Patterns(kept, program())
        _run.patterns.use()


def pieces(digests: Digests | None = None) -> Pieces | None:
    """What files come to, as far as it was kept; `digests` are those of files that stay the same from now on."""
    kept = disk()
    if kept is None:
        return None
    from audit.cache.pieces import Pieces

    return Pieces(kept, program(), digests)


@contextmanager
def cached() -> Iterator[None]:
    """Within, there is a cache; at the end it is written, and what a user should hear of it is told."""
    global _run
    outer, _run = _run, _Run()
    _run.wanted = True
    try:
        yield
    finally:
        mine, _run = _run, outer
        if mine.patterns is not None:
            mine.patterns.close()
        if mine.disk is not None:
            mine.disk.close()
            _tell([*mine.notes, *mine.disk.notes])
        else:
            _tell(mine.notes)


def _tell(notes: Sequence[Note]) -> None:
    if not notes:
        return
    from koujing.clicks import language
    from koujing.streams import err
    from reports.width import safe
    from reports.wording.caching import note_words
    from reports.wording.terms import term

    lang = language()
    for note in notes:
        message, hint = note_words(note.code, dict(note.args), lang)
        err(f"note: {safe(message)}\n  = {term('help', lang)}: {safe(hint)}\n")
