"""From files to claims: every article read and extracted, in as many processes as there are, in one order.

What goes wrong with one article is a problem of that article and never stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from audit.contents import gathered
from audit.dated import as_of
from audit.files import File
from audit.model import STALE_DAYS, Defect
from audit.pieces import Piece, Scanned, Shelf, Store, Task, claim_key, defect_key, killed_by, repeated
from audit.problem import Problem, problem_key
from audit.workers import Work, cores, spread
from claims.domain import load_domain
from claims.model import Claim

NEVER = "0001-01-01"
"""A today on which nothing has gone by."""


class Corpus(msgspec.Struct, frozen=True):
    """All that was read: articles by path, claims and defects by place, problems by path."""

    articles: tuple[Scanned, ...] = ()
    claims: tuple[Claim, ...] = ()
    defects: tuple[Defect, ...] = ()
    problems: tuple[Problem, ...] = ()


Progress: TypeAlias = Callable[[int, int], None]
"""Called with the number of articles done and of all."""


def scan(
    files: Sequence[File],
    domains: Sequence[str],
    *,
    today: str = NEVER,
    stale_days: int = STALE_DAYS,
    jobs: int | None = None,
    progress: Progress | None = None,
    store: Store | None = None,
) -> Corpus:
    """Read, extract and lint. The result is the same for any number of jobs. Raises DomainError for a bad domain.

    What has gone by is judged by `today` (ISO); without one nothing has. `stale_days` are those after which a figure is
    stale. What `store` has is not read again, and what is read is put there.
    """
    for name in domains:
        load_domain(name)  # here once, so that a bad domain is told once and forked workers have it already
    articles: list[Scanned] = []
    claims: list[Claim] = []
    defects: list[Defect] = []
    problems: list[Problem] = []
    task = Task(tuple(domains))
    for done, piece in enumerate(_known_and_new(files, task, jobs or cores(), store), start=1):
        if piece.article is not None:
            articles.append(piece.article)
        if piece.problem is not None:
            problems.append(piece.problem)
        claims += piece.claims
        defects += as_of(piece.defects, today, stale_days)
        if progress is not None:
            progress(done, len(files))
    problems += gathered(same_ids(articles))
    return Corpus(
        tuple(sorted(articles, key=lambda a: a.path)),
        tuple(sorted(claims, key=claim_key)),
        tuple(sorted(defects, key=defect_key)),
        tuple(sorted(problems, key=problem_key)),
    )


BATCH = 5_000
"""Files of which is known at once which of them are to be read."""


def stream(
    files: Sequence[File], domains: Sequence[str], *, jobs: int | None = None, store: Store | None = None
) -> Iterator[Piece]:
    """What each file comes to, in their order and one after another: for what keeps none of it. What `store` has is not
    read again, and what is read is put there."""
    for name in domains:
        load_domain(name)
    task, jobs = Task(tuple(domains)), jobs or cores()
    if store is None:
        yield from _pieces(files, task, jobs)
        return
    shelf = Shelf(store, task)
    for start in range(0, len(files), BATCH):
        batch = [(file, shelf.find(file)) for file in files[start : start + BATCH]]
        new = _pieces([file for file, piece in batch if piece is None], task, jobs)
        for file, known in batch:
            piece = next(new) if known is None else known
            if known is None:
                shelf.keep(file, piece)
            yield piece


def _known_and_new(files: Sequence[File], task: Task, jobs: int, store: Store | None) -> Iterator[Piece]:
    """A piece each, those that the store has first."""
    if store is None:
        yield from _pieces(files, task, jobs)
        return
    shelf = Shelf(store, task)
    new: list[File] = []
    for file in files:
        piece = shelf.find(file)
        if piece is None:
            new.append(file)
        else:
            yield piece
    for file, piece in zip(new, _pieces(new, task, jobs), strict=True):
        shelf.keep(file, piece)
        yield piece


def _pieces(files: Sequence[File], task: Task, jobs: int) -> Iterator[Piece]:
    work = Work(_several, task, _killed, task.domains)
    for _, pieces in spread(files, work, jobs):
        yield from pieces


def _several(files: Sequence[File], task: Task) -> list[Piece]:
    from audit.drawing import scan_file  # with all that reads: not for a corpus of which every piece is known

    return [scan_file(file, task) for file in files]


def _killed(file: File, task: Task) -> list[Piece]:
    return [killed_by(file)]


def same_ids(articles: Iterable[Scanned]) -> Iterator[Problem]:
    """Articles whose id another one has, too."""
    return repeated((article.path, article.id) for article in sorted(articles, key=lambda a: a.path))
