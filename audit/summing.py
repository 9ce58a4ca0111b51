"""From files to a harvest, in as many processes as there are: nobody ever holds the claims of all."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from audit.contents import gathered
from audit.files import File, Files
from audit.harvest import Asked, Harvest
from audit.pieces import Piece, Shelf, Store, killed_by
from audit.workers import Work, cores, spread
from claims.domain import load_domain

BATCH = 64
"""Known pieces that are summed up at once."""

MANY = 5_000
"""Files beyond which what is kept is set apart from what comes and goes."""

Parts: TypeAlias = Callable[[Sequence[File], Asked], Iterator[tuple[int, Harvest | None]]]
"""Files summed up in parts, of any grouping and in any order: how many more files are done, and what some of those
that are done come to; None where that is still to come."""


def summarise(files: Sequence[File], asked: Asked) -> Harvest:
    """Read files and sum them up. Pure, as far as the files are the same: on any machine that has them, and nothing but
    records goes in and comes out. A file that cannot be read is a problem in the harvest."""
    from audit.drawing import scan_file  # with all that reads

    return harvest_of(((file, scan_file(file, asked.task)) for file in files), asked)


def harvest_of(found: Iterable[tuple[File, Piece]], asked: Asked) -> Harvest:
    """The sum of files that are read already."""
    harvest = Harvest(asked.needs)
    harvest.add(found, asked)
    return harvest


def sum_up(
    files: Sequence[File],
    asked: Asked,
    *,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    store: Store | None = None,
    remote: Parts | None = None,
) -> Harvest:
    """Read, extract, lint and sum up: in processes of this machine, or by `remote` ones. The result is the same for
    any number of jobs and whatever `store` has. Raises DomainError for a bad domain."""
    for name in asked.task.domains:
        load_domain(name)
    harvest, done = Harvest(asked.needs), 0
    parts = _parts(files, asked, jobs or cores(), store) if remote is None else remote(files, asked)
    try:
        for n, part in parts:
            if part is not None:
                harvest.absorb(part)
            done += n
            if done >= MANY:
                # The search for cycles is not to look again and again through all that is kept, which has none.
                gc.collect()
                gc.freeze()
            if progress is not None:
                progress(done, len(files))
    finally:
        gc.unfreeze()
    harvest.problems += gathered(harvest.same_ids(files, lambda file: _id_of(file, asked, store)))
    return harvest


def _parts(files: Sequence[File], asked: Asked, jobs: int, store: Store | None) -> Iterator[tuple[int, Harvest | None]]:
    if store is None:
        yield from spread(files, summing(asked), jobs)
        return
    shelf, new = Shelf(store, asked.task), Files()
    known = _known(files, shelf, new)
    while batch := list(islice(known, BATCH)):
        yield len(batch), harvest_of(batch, asked)
    # What is new is kept, so it comes here as pieces.
    for n, found in spread(new, Work(_read, asked, _killed, asked.task.domains), jobs):
        for file, piece in found:
            shelf.keep(file, piece)
        yield n, harvest_of(found, asked)


def _known(files: Iterable[File], shelf: Shelf, new: Files) -> Iterator[tuple[File, Piece]]:
    for file in files:
        piece = shelf.find(file)
        if piece is None:
            new.append(file)
        else:
            yield file, piece


def _read(files: Sequence[File], asked: Asked) -> list[tuple[File, Piece]]:
    from audit.drawing import scan_file

    return [(file, scan_file(file, asked.task)) for file in files]


def _killed(file: File, asked: Asked) -> list[tuple[File, Piece]]:
    return [(file, killed_by(file))]


def killed(file: File, asked: Asked) -> Harvest:
    """What stands for a file that ends every process that reads it."""
    return harvest_of(_killed(file, asked), asked)


def summing(asked: Asked) -> Work[Harvest]:
    """Summing up as the work of processes."""
    return Work(summarise, asked, killed, asked.task.domains)


def _id_of(file: File, asked: Asked, store: Store | None) -> str | None:
    piece = Shelf(store, asked.task).find(file) if store is not None else None
    if piece is None:
        from audit.drawing import scan_file

        piece = scan_file(file, asked.task)
    return piece.article.id if piece.article is not None else None
