"""Claims written to a file while they are read, in little memory however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from audit.contents import gathered
from audit.corpus import Progress, same_ids, stream
from audit.pieces import Scanned, claim_key
from audit.problem import Problem, problem_key
from claims.model import Claim
from koujing import caching
from koujing.faults import Fault
from koujing.knowledge import references
from koujing.project import Project
from koujing.run import open_corpus
from koujing.streams import writing
from reports import parquet
from reports.table import csv_rows, jsonl

WRITERS = ("jsonl", "csv", "parquet")
"""Formats that need no look at all claims."""


class Claims:
    """The claims of the chosen paths in the order of the articles. `problems` are known once they are all read."""

    def __init__(
        self, project: Project, wanted: Callable[[Claim], bool], jobs: int | None, progress: Progress | None
    ) -> None:
        self._project = project
        self._wanted = wanted
        self._jobs = jobs
        self._progress = progress
        self.problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Claim]:
        opened = open_corpus(self._project)
        problems, named = list(opened.problems), list[Scanned]()
        pieces = stream(opened.files, references(self._project), jobs=self._jobs, store=caching.pieces())
        for done, (file, piece) in enumerate(zip(opened.files, pieces, strict=True), start=1):
            if piece.problem is not None:
                problems.append(piece.problem)
            if piece.article is not None and piece.article.id is not None:
                named.append(Scanned(path=piece.article.path, id=piece.article.id))
            if file.shown:
                yield from filter(self._wanted, sorted(piece.claims, key=claim_key))
            if self._progress is not None:
                self._progress(done, len(opened.files))
        self.problems = tuple(sorted({*problems, *gathered(same_ids(named)), *opened.changed()}, key=problem_key))


def write_claims(form: str, claims: Iterable[Claim], file: str) -> None:
    """Write claims to a file, which is replaced when it is whole. Raises Fault."""
    with writing(Path(file)) as stream:
        if form != "parquet":
            rows = jsonl(claims) if form == "jsonl" else csv_rows(claims)
            stream.writelines(row.encode("utf-8", "backslashreplace") for row in rows)
            return
        try:
            parquet.write(claims, stream)
        except ImportError as e:
            raise Fault("no-pyarrow") from e
