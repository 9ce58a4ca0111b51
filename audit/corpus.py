"""From files to claims: every article read and extracted, in as many processes as there are, in one order.

What goes wrong with one article is a problem of that article and never stops the others.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TypeAlias

import msgspec

from audit.files import File
from audit.problem import Gravity, Problem, problem_key
from claims import readers
from claims.article import Article
from claims.domain import load_domain
from claims.errors import KoujingError
from claims.extraction import extract
from claims.model import Claim
from claims.readers import EmptyArticle

ALONE_BYTES = 400_000
"""A corpus smaller than this is done sooner in one process than others could be started."""

CHUNK_BYTES = 100_000
MAX_JOBS = 61
"""What Windows can wait for."""


class Scanned(msgspec.Struct, frozen=True, kw_only=True):
    """An article that was read. `titles` are those of its parts: (`main` or `teaser-N`, title)."""

    path: str
    id: str | None = None
    titles: tuple[tuple[str, str], ...] = ()
    claims: int = 0


class Corpus(msgspec.Struct, frozen=True):
    """All that was read: articles by path, claims by place, problems by path."""

    articles: tuple[Scanned, ...] = ()
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()


Progress: TypeAlias = Callable[[int, int], None]
"""Called with the number of articles done and of all."""

_Piece: TypeAlias = tuple[Scanned | None, list[Claim], Problem | None]


def scan(
    files: Sequence[File], domains: Sequence[str], *, jobs: int | None = None, progress: Progress | None = None
) -> Corpus:
    """Read and extract. The result is the same for any number of jobs. Raises DomainError for a bad domain."""
    for name in domains:
        load_domain(name)  # here once, so that a bad domain is told once and forked workers have it already
    articles: list[Scanned] = []
    claims: list[Claim] = []
    problems: list[Problem] = []
    for done, (article, found, problem) in enumerate(_pieces(files, tuple(domains), jobs or cores()), start=1):
        if article is not None:
            articles.append(article)
        if problem is not None:
            problems.append(problem)
        claims += found
        if progress is not None:
            progress(done, len(files))
    problems += _same_ids(articles)
    return Corpus(
        tuple(sorted(articles, key=lambda a: a.path)),
        tuple(sorted(claims, key=claim_key)),
        tuple(sorted(problems, key=problem_key)),
    )


def claim_key(claim: Claim) -> tuple[str, int, str, str, int, str]:
    """The order in which claims stand everywhere."""
    return (claim.path, claim.start, claim.topic, claim.id, claim.end, claim.article)


def cores() -> int:
    """How many processes may run at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


def read_file(file: File) -> Article:
    """The article in a file. Raises ReadError, or OSError."""
    with open(file.place, "rb") as stream:
        data = stream.read(readers.MAX_BYTES + 1)
    return readers.read(file.path, data)


def scan_file(file: File, domains: Sequence[str]) -> _Piece:
    """One article: what it is, what it claims, or what is wrong with it. Never raises."""
    if file.size > readers.MAX_BYTES:
        limit = (("limit", str(readers.MAX_BYTES)), ("size", str(file.size)))
        return None, [], Problem(path=file.path, code="too-large", args=limit)
    try:
        article = read_file(file)
        found = [claim for name in domains for claim in extract(article, load_domain(name))]
    except EmptyArticle as e:
        return Scanned(path=file.path), [], _told("empty", file, e, "warning")
    except KoujingError as e:
        return None, [], _told("unreadable-article", file, e)
    except OSError as e:
        return None, [], Problem(path=file.path, code="unreadable", args=(("why", e.strerror or str(e)),))
    except Exception as e:
        return None, [], Problem(path=file.path, code="internal", args=(("why", f"{type(e).__name__}: {e}"),))
    titles = ((p.name, p.blocks[p.title].text.chars) for p in article.parts if p.title is not None)
    named = {"main": article.title, **dict(titles)} if article.title else dict(titles)
    kept = tuple((part, title) for part, title in sorted(named.items()) if title)
    return Scanned(path=file.path, id=article.id, titles=kept, claims=len(found)), found, None


def _told(code: str, file: File, e: KoujingError, severity: Gravity = "error") -> Problem:
    return Problem(
        path=file.path, severity=severity, code=code, line=e.line, column=e.column, message=e.message, hint=e.hint
    )


def _pieces(files: Sequence[File], domains: tuple[str, ...], jobs: int) -> Iterator[_Piece]:
    one = partial(scan_file, domains=domains)
    jobs = min(jobs, MAX_JOBS)
    if jobs == 1 or len(files) < 2 or sum(f.size for f in files) < ALONE_BYTES:
        yield from map(one, files)
        return
    chunks = list(_chunks(files))
    pool = ProcessPoolExecutor(min(jobs, len(chunks)), initializer=_start, initargs=(domains,))
    done = 0
    try:
        for pieces in pool.map(partial(_several, domains=domains), chunks):
            yield from pieces
            done += 1
    except BrokenProcessPool:
        # An article ended its process (out of memory, a fault in C code): the rest, one process each, finds which.
        for file in (f for chunk in chunks[done:] for f in chunk):
            yield _apart(file, domains)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _several(files: Sequence[File], domains: tuple[str, ...]) -> list[_Piece]:
    return [scan_file(file, domains) for file in files]


def _apart(file: File, domains: tuple[str, ...]) -> _Piece:
    with ProcessPoolExecutor(1, initializer=_start, initargs=(domains,)) as pool:
        try:
            return pool.submit(scan_file, file, domains).result()
        except BrokenProcessPool:
            return None, [], Problem(path=file.path, code="killed")


def _start(domains: tuple[str, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    for name in domains:
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


def _same_ids(articles: Iterable[Scanned]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for article in sorted(articles, key=lambda a: a.path):
        if article.id is None:
            continue
        if article.id in first:
            args = (("first", first[article.id]), ("id", article.id))
            yield Problem(path=article.path, severity="warning", code="same-id", args=args)
        first.setdefault(article.id, article.path)
