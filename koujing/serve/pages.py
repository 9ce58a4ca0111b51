"""The pages of one audit as they are served: each rendered when it is first asked for, and kept while it is wanted."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from hashlib import sha256

from reports.html.page import INDEX, MOST, Book
from reports.html.record import Audit
from reports.html.serving import Serving

KEPT = 64
"""So many pages beside the first are kept."""
NONE = ("", b"")


class Pages:
    """`mark` is the first page's, another one for every audit. That of a page beside it is another one when that page
    shows something else: `blank` stands in it until its mark is known, a word that no article can hold. `marks` are
    of findings that can be decided."""

    def __init__(self, audit: Audit, mark: str, blank: str, marks: Mapping[str, str], most: int = MOST) -> None:
        self.mark = mark
        self._blank = blank
        self._marks = marks
        self._book = Book(audit, most, self._serving)
        self._first: bytes | None = None
        self._kept: OrderedDict[str, tuple[str, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def _serving(self, name: str) -> Serving:
        if name == INDEX:
            return Serving(self.mark, self._marks)
        here = self._book.findings_on(name)
        return Serving(self._blank, {one: self._marks[one] for one in self._marks if one in here}, f"/{name}")

    @property
    def beside(self) -> list[str]:
        """The names of the pages beside the first."""
        with self._lock:
            return list(self._book.beside)

    def page(self, name: str) -> bytes:
        """A page; nothing where there is none of that name."""
        with self._lock:
            return self._made_first() if name == INDEX else self._made(name)[1]

    def mark_of(self, name: str) -> str:
        """A page's mark; "" where there is none of that name."""
        if name == INDEX:
            return self.mark
        with self._lock:
            return self._made(name)[0]

    def _made_first(self) -> bytes:
        if self._first is None:
            self._first = _bytes(self._book.page(INDEX) or "")
        return self._first

    def _made(self, name: str) -> tuple[str, bytes]:
        if name not in self._kept:
            text = self._book.page(name)
            if text is None:
                return NONE
            page = _bytes(text)
            mark = sha256(page).hexdigest()
            self._kept[name] = mark, page.replace(self._blank.encode(), mark.encode())
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(name)
        return self._kept[name]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
