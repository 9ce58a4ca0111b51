"""The articles that a container holds, as files, with what is wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from audit import containers
from audit.containers import Entry
from audit.listing import File, Files
from audit.names import printable
from audit.problem import Gravity, Problem
from claims.errors import ReadError
from claims.exports import Form

MOST_WRONG = 50
"""So many broken records of one export are told one by one."""


def articles(container: File, form: Form, choose: Callable[[str], bool | None]) -> tuple[Files, list[Problem]]:
    """The articles of a container, in its own order, and what is wrong in it: the rest is read.

    `choose` says of a path whether its findings are shown, None where it is not of the corpus.
    """
    kind = containers.suffix_of(container.path)
    wrong = _Wrong(container.path)
    first: dict[str, int] = {}
    unnamed = 0
    files = Files()
    try:
        for found in containers.entries(container.place, kind, form):
            if isinstance(found, ReadError):
                wrong.broken(found)
                continue
            name, size, entry = found
            inside = containers.path_in(container.path, entry.inside) if entry.inside else container.path
            if name is None:
                unnamed += 1
                name = f"{'row' if entry.kind == '.parquet' else 'line'}-{entry.number}"
            path = containers.path_in(inside, name)
            if first.setdefault(path, entry.number) != entry.number:
                wrong.repeated(inside, name, entry, first[path])
                continue
            shown = choose(path)
            if shown is not None:
                files.append(File(path=path, place=container.place, size=size, shown=shown, entry=entry))
    except OSError as e:
        wrong.tell("unreadable", why=e.strerror or str(e))
    except ReadError as e:
        wrong.broken(e)
    if not first and not wrong.count:
        wrong.tell("export-no-articles", "warning")
    if unnamed:
        wrong.tell("records-unnamed", "warning", n=str(unnamed))
    if wrong.count > MOST_WRONG:
        wrong.tell("records-more", n=str(wrong.count - MOST_WRONG))
    return files, wrong.problems


def gathered(same_ids: Iterable[Problem]) -> Iterator[Problem]:
    """Ids that two exports share are one problem of the two: there may be a million, and there is one remedy."""
    shared: dict[tuple[str, str], tuple[Problem, int]] = {}
    for problem in same_ids:
        args = dict(problem.args)
        ours, theirs = containers.home_of(problem.path), containers.home_of(args["first"])
        if ours == problem.path or theirs == args["first"]:
            yield problem
        else:
            example, n = shared.get((ours, theirs), (problem, 0))
            shared[ours, theirs] = example, n + 1
    for (ours, theirs), (example, n) in shared.items():
        blanks = (("first", theirs), ("id", dict(example.args)["id"]), ("n", str(n)))
        yield Problem(path=ours, severity="warning", code="same-ids", args=blanks)


class _Wrong:
    """What is wrong in a container; of many records the first are told."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.count = 0
        self.problems: list[Problem] = []

    def tell(self, code: str, severity: Gravity = "error", **args: str) -> None:
        told = tuple(sorted(args.items()))
        self.problems.append(Problem(path=printable(self._path), severity=severity, code=code, args=told))
        self.count += severity == "error"

    def broken(self, e: ReadError) -> None:
        path = printable(containers.path_in(self._path, e.path) if e.path else self._path)
        code = "unreadable-article"
        self._one(Problem(path=path, code=code, line=e.line, column=e.column, message=e.message, hint=e.hint))

    def repeated(self, path: str, name: str, entry: Entry, first: int) -> None:
        code, line = ("same-record", entry.number) if entry.record else ("same-member", None)
        args = (("first", str(first)), ("id", printable(name)))
        self._one(Problem(path=printable(path), code=code, args=args, line=line))

    def _one(self, problem: Problem) -> None:
        self.count += 1
        if self.count <= MOST_WRONG:
            self.problems.append(problem)
