"""The report as files: one page with all sections, or an index with pages beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TypeAlias

from msgspec.structs import replace

from reports.html import assets
from reports.html.conflicts import cards_of
from reports.html.frame import Drawn, Frame, draw, tabs, whole
from reports.html.links import Links
from reports.html.record import Apart, Audit
from reports.html.rendering import data_script
from reports.html.sections import SECTIONS
from reports.html.serving import Serving
from reports.html.todo import csv_of, listed

MOST = 5_000_000
"""Bytes of a report in one file."""
NOTE = 500
"""Bytes that a claim's note has at least."""
INDEX = "index.html"
LIST = "todo.csv"
AT_ONCE = 40
"""Pages that one process makes before it is asked for others."""

File: TypeAlias = tuple[str, str]
"""A name, as seen from the report's folder, and a text."""
Spread: TypeAlias = Callable[[Callable[[int], Sequence[File]], int], Iterator[Sequence[File]]]
"""Does a task for each of so many numbers and gives what these come to, in order: one after the other, or several
processes at once."""


def in_turn(task: Callable[[int], Sequence[File]], count: int) -> Iterator[Sequence[File]]:
    return map(task, range(count))


def book(audit: Audit, most: int = MOST, spread: Spread = in_turn) -> Iterator[File]:
    """The files of a report by their names, the index last: it and the to-do list alone where it is not larger than
    `most` bytes, else with pages beside it."""
    return Book(audit, most).files(spread)


def _unserved(name: str) -> None:
    """A page that is not served."""


class Book:
    """A report's pages, each made when it is asked for; `most` as `book` has it, `serving` what a page of that name has
    besides where they are served."""

    def __init__(self, audit: Audit, most: int = MOST, serving: Callable[[str], Serving | None] = _unserved) -> None:
        self._audit, self._most, self._serving = audit, most, serving
        self._served = serving(INDEX) is not None

    @cached_property
    def _links(self) -> Links:
        """As seen from the index of a folder."""
        return replace(_links(folder=True), cards=cards_of(self._audit))

    @cached_property
    def _one(self) -> str | None:
        """All of it in one file, where that is not too large."""
        if _least(self._audit) > self._most:
            return None
        page = _whole(self._audit, _links(), self._serving(INDEX))
        return page if _size(page) <= self._most else None

    @cached_property
    def _makers(self) -> Mapping[str, Callable[[], Apart | None]]:
        """What makes each of the pages beside the index."""
        links = self._links.beside()
        apart = (section.apart(self._audit, links) for section in SECTIONS if section.apart is not None)
        return {file: make for of in apart for file, make in of.items()}

    @property
    def beside(self) -> Iterable[str]:
        """The names of the pages beside the index."""
        return () if self._one is not None else self._makers.keys()

    def findings_on(self, name: str) -> frozenset[str]:
        """The ids of findings whose cards stand on a page."""
        if name == INDEX and (self._one is not None or not self._links.cards):
            return frozenset(finding.id for finding in self._audit.report.findings)
        return frozenset(one for one, file in self._links.cards.items() if file == name)

    def page(self, name: str) -> str | None:
        """A page by its name, or a file that pages share; None where there is none, or nothing is left that it could
        show."""
        if name == LIST:
            return csv_of(self._audit, listed(self._audit))
        if self._one is not None:
            return self._one if name == INDEX else None
        if name in self._makers:
            return self._made(name)
        if name == INDEX:
            serving = self._serving(INDEX)
            return self._index(serving.mark) if serving is not None else dict(self._whole())[INDEX]
        if name in self._data:
            return self._data[name]()
        return self._shared.get(name)

    def files(self, spread: Spread = in_turn) -> Iterator[File]:
        """All of them by their names, the index last."""
        yield LIST, csv_of(self._audit, listed(self._audit))
        if self._one is not None:
            yield INDEX, self._one
            return
        names = list(self._makers)
        chunks = [names[n : n + AT_ONCE] for n in range(0, len(names), AT_ONCE)]
        _ = self._frame  # made before other processes need it
        # The index takes as long as hundreds of pages: it is begun first.
        made = spread(partial(self._some, chunks), 1 + len(chunks))
        *data, index = next(made)
        yield from (*self._shared.items(), *data)
        for pages in made:
            yield from pages
        yield index

    def _some(self, chunks: Sequence[Sequence[str]], n: int) -> Sequence[File]:
        if n == 0:
            return self._whole()
        return [(name, text) for name in chunks[n - 1] if (text := self._made(name)) is not None]

    def _made(self, name: str) -> str | None:
        one = self._makers[name]()
        return self._frame.page(one, self._serving(name)) if one is not None else None

    @cached_property
    def _frame(self) -> Frame:
        return Frame(self._audit, self._links.beside(), served=self._served)

    @cached_property
    def _shared(self) -> Mapping[str, str]:
        return assets.shared(served=self._served).files

    @cached_property
    def _drawn(self) -> Sequence[Drawn]:
        return [draw(section, self._audit, self._links) for section in SECTIONS]

    @cached_property
    def _data(self) -> Mapping[str, Callable[[], str]]:
        """What makes each of the files with data that the index's script asks for."""
        return {
            assets.data_file(name): partial(_scripted, name, make)
            for one in self._drawn
            for name, make in one.data.items()
        }

    def _index(self, mark: str) -> str:
        """The index of a folder; `mark` is that of its data."""
        return whole(self._audit, tabs(self._audit), self._drawn, self._serving(INDEX), mark)

    def _whole(self) -> Sequence[File]:
        """The files with data, and the index."""
        data = [(name, make()) for name, make in self._data.items()]
        return [*data, (INDEX, self._index(assets.mark(*(text for _, text in data))))]


def _scripted(name: str, make: Callable[[], object]) -> str:
    return data_script(name, make())


def index(audit: Audit) -> str:
    """The whole audit as one page; the articles' texts are left out where they would make it too large."""
    page = _whole(audit, _links()) if _least(audit) <= MOST else ""
    return page if page and _size(page) <= MOST else _whole(audit, _links(texts=False))


def _whole(audit: Audit, links: Links, serving: Serving | None = None) -> str:
    drawn: list[Drawn] = [draw(section, audit, links) for section in SECTIONS]
    return whole(audit, tabs(audit), drawn, serving)


def _least(audit: Audit) -> int:
    """Fewer bytes than a page with all texts can have, so that one that is too large is not tried."""
    return audit.size + NOTE * sum(map(len, audit.claims.values()))


def _size(page: str) -> int:
    return len(page.encode("utf-8", "backslashreplace"))


def _links(*, folder: bool = False, texts: bool = True) -> Links:
    return Links(frozenset(section.name for section in SECTIONS), folder, texts=texts)
