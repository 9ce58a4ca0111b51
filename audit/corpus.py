"""From files to claims: every article read and extracted, in as many processes as there are, in one order.

What goes wrong with one article is a problem of that article and never stops the others.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeAlias

import msgspec

from audit.dated import as_of
from audit.files import File
from audit.model import STALE_DAYS, Defect
from audit.pieces import Piece, Scanned, Shelf, Store, Task
from audit.problem import Problem, problem_key
from claims.domain import load_domain
from claims.model import Claim

ALONE_BYTES = 400_000
"""A corpus smaller than this is done sooner in one process than others could be started."""

CHUNK_BYTES = 100_000
NEVER = "0001-01-01"
"""A today on which nothing has gone by."""

MAX_JOBS = 61
"""What Windows can wait for."""


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
    problems += same_ids(articles)
    return Corpus(
        tuple(sorted(articles, key=lambda a: a.path)),
        tuple(sorted(claims, key=claim_key)),
        tuple(sorted(defects, key=lambda d: (d.stated, d.refuted, d.code))),
        tuple(sorted(problems, key=problem_key)),
    )


def stream(files: Sequence[File], domains: Sequence[str], *, jobs: int | None = None) -> Iterator[Piece]:
    """What each file comes to, in their order and one after another: for what keeps none of it."""
    for name in domains:
        load_domain(name)
    return _pieces(files, Task(tuple(domains)), jobs or cores())


def claim_key(claim: Claim) -> tuple[str, int, str, str, int, str]:
    """The order in which claims stand everywhere."""
    return (claim.path, claim.start, claim.topic, claim.id, claim.end, claim.article)


def cores() -> int:
    """How many processes may run at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


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
    if not files:
        return
    from audit.drawing import scan_file  # with all that reads: not for a corpus of which every piece is known

    one = partial(scan_file, task=task)
    jobs = min(jobs, MAX_JOBS)
    if jobs == 1 or len(files) < 2 or sum(f.size for f in files) < ALONE_BYTES:
        yield from map(one, files)
        return
    from concurrent.futures import ProcessPoolExecutor  # here and below: for those who start processes
    from concurrent.futures.process import BrokenProcessPool

    chunks = list(_chunks(files))
    pool = ProcessPoolExecutor(min(jobs, len(chunks)), initializer=_start, initargs=(task,))
    done = 0
    try:
        for pieces in pool.map(partial(_several, task=task), chunks):
            yield from pieces
            done += 1
    except BrokenProcessPool:
        # An article ended its process (out of memory, a fault in C code): the rest, one process each, finds which.
        for file in (f for chunk in chunks[done:] for f in chunk):
            yield _apart(file, task)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _several(files: Sequence[File], task: Task) -> list[Piece]:
    from audit.drawing import scan_file

    return [scan_file(file, task) for file in files]


def _apart(file: File, task: Task) -> Piece:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    from audit.drawing import scan_file

    with ProcessPoolExecutor(1, initializer=_start, initargs=(task,)) as pool:
        try:
            return pool.submit(scan_file, file, task).result()
        except BrokenProcessPool:
            return Piece(problem=Problem(path=file.path, code="killed"))


def _start(task: Task) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for name in task.domains:
        load_domain(name)


def _chunks(files: Iterable[File]) -> Iterator[tuple[File, ...]]:
    chunk: list[File] = []
    size = 0
    for file in files:
        chunk.append(file)
        size += file.size
        if size >= CHUNK_BYTES:
            yield tuple(chunk)
            chunk, size = [], 0
    if chunk:
        yield tuple(chunk)


def same_ids(articles: Iterable[Scanned]) -> Iterator[Problem]:
    """Articles whose id another one has, too."""
    first: dict[str, str] = {}
    for article in sorted(articles, key=lambda a: a.path):
        if article.id is None:
            continue
        if article.id in first:
            args = (("first", first[article.id]), ("id", article.id))
            yield Problem(path=article.path, severity="warning", code="same-id", args=args)
        first.setdefault(article.id, article.path)
