"""What targets that read exports have in common: every record listed, read, and held to the span law."""

from __future__ import annotations

from audit import containers
from audit.containers import Entry
from claims.errors import ReadError
from claims.exports import Form
from claims.readers import MAX_BYTES
from fuzz.laws import article_law
from fuzz.reading import folder

FORMS = (
    Form(),
    Form("markdown", (("body", "正文"), ("id", "meta.id")), "站-"),
    Form("html", (("title", "x"),)),
    Form("text"),
)
_MOST = 40
"""Entries of one input that are read: more teach nothing new."""


def read_all(data: bytes, kind: str, form: Form) -> int:
    """How many records of a container are articles."""
    with folder() as place:
        path = str(place / f"e{kind}")
        with open(path, "wb") as stream:
            stream.write(data)
        try:
            found = []
            for number, one in enumerate(containers.entries(path, kind, form)):
                if number < _MOST:
                    found.append(one)
            return sum(_read(path, one[0], one[2]) for one in found if not isinstance(one, ReadError))
        except ReadError:
            return 0


def _read(path: str, name: str | None, entry: Entry) -> bool:
    shown = containers.path_in("e", name or str(entry.number))
    shown.encode("utf-8")
    assert "\n" not in shown
    try:
        data = containers.data(path, entry)
        article = containers.article(shown if entry.record else name or "", data, entry, MAX_BYTES)
        assert containers.source("a", data, entry) == article.source
    except ReadError:
        return False
    article_law(article)
    return True
