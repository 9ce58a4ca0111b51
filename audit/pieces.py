"""What single files come to: the pieces of which a corpus is made, and what each of them depends on.

A piece depends on nothing but its :class:`Key`: so it can be read in another process, and kept for another audit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Protocol

import msgspec

from audit import containers
from audit.containers import Entry
from audit.files import File
from audit.model import Defect, DefectCode, Quote
from audit.problem import Problem
from claims import readers
from claims.domain import domain_mark
from claims.errors import ReadError
from claims.model import Claim, Coverage
from claims.regular import opened


class Scanned(msgspec.Struct, frozen=True, kw_only=True):
    """An article that was read. `titles` and `dates` (ISO) are those of its parts: (`main` or `teaser-N`, title)."""

    path: str
    id: str | None = None
    titles: tuple[tuple[str, str], ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    author: str | None = None
    url: str | None = None
    claims: int = 0
    coverage: tuple[Coverage, ...] = ()


class Task(msgspec.Struct, frozen=True):
    """What is done with every file."""

    domains: tuple[str, ...]


class Piece(msgspec.Struct, frozen=True):
    """What one file comes to, on any day: which of its `defects` are some today, :func:`audit.dated.as_of` says.
    `digest` is that of its bytes, "" where these were not read."""

    article: Scanned | None = None
    claims: Sequence[Claim] = ()
    defects: Sequence[Defect] = ()
    problem: Problem | None = None
    digest: str = ""


class Key(msgspec.Struct, frozen=True):
    """All that a piece depends on, besides the program: where the file lies (records name it), its bytes, and what is
    done with it. A domain is known by what is in its files, not by where these are."""

    path: str
    digest: str
    domains: tuple[str, ...]


def claim_key(claim: Claim) -> tuple[str, int, str, str, int, str]:
    """The order in which claims stand everywhere."""
    return (claim.path, claim.start, claim.topic, claim.id, claim.end, claim.article)


def defect_key(defect: Defect) -> tuple[tuple[Quote, ...], tuple[Quote, ...], DefectCode]:
    """The order in which defects stand."""
    return (defect.stated, defect.refuted, defect.code)


def killed_by(file: File) -> Piece:
    """What a file that ends every process that reads it comes to."""
    return Piece(problem=Problem(path=file.path, code="killed"))


def repeated(named: Iterable[tuple[str, str | None]]) -> Iterator[Problem]:
    """Of articles, each by its path and its id and in order of paths, those whose id one before them has."""
    first: dict[str, str] = {}
    for path, name in named:
        if name is None:
            continue
        if name in first:
            args = (("first", first[name]), ("id", name))
            yield Problem(path=path, severity="warning", code="same-id", args=args)
        first.setdefault(name, path)


class Store(Protocol):
    """Pieces that need not be read again: a dict of them, or what is kept on disk (`audit/cache/`)."""

    def get(self, key: Key, /) -> Piece | None: ...
    def __setitem__(self, key: Key, piece: Piece, /) -> None: ...


def bytes_of(file: File) -> bytes:
    """What is in a file, as far as a reader takes it and one byte more; of a record of an export its fields.

    Raises OSError, and ReadError for a record that is none.
    """
    if file.entry is not None:
        return containers.data(file.place, file.entry)
    with opened(file.place) as stream:
        # To ask for the most that there may be, of each small file, would take longer than to read it.
        data = stream.read(min(file.size, readers.MAX_BYTES) + 1)
        while len(data) > file.size and len(data) <= readers.MAX_BYTES:  # it has grown
            more = stream.read(readers.MAX_BYTES + 1 - len(data))
            if not more:
                break
            data += more
        return data


def digest_of(data: bytes) -> str:
    return sha256(data).hexdigest()


def digest_in(file: File) -> str | None:
    """The digest of a file's bytes; None for what cannot be read, or is too large to be."""
    try:
        return None if file.size > readers.MAX_BYTES else digest_of(bytes_of(file))
    except (OSError, ReadError):
        return None


class Digests:
    """The digests of files, each read once, for as long as they stay the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Entry] | str, str | None] = {}

    def of(self, file: File) -> str | None:
        key = file.place if file.entry is None else (file.place, file.entry)
        if key not in self._known:
            self._known[key] = digest_in(file)
        return self._known[key]


class Shelf:
    """A store as one task uses it. One that has `digests` is used for files that stay the same meanwhile."""

    def __init__(self, store: Store, task: Task) -> None:
        self._store = store
        known: Digests | None = getattr(store, "digests", None)
        self._digest = digest_in if known is None else known.of
        self._task = task
        self._marks = tuple(map(domain_mark, task.domains))

    def _key(self, path: str, digest: str) -> Key:
        return Key(path, digest, self._marks)

    def find(self, file: File) -> Piece | None:
        """What a file came to when it was read, if it was, with the bytes that it has now."""
        digest = self._digest(file)
        return None if digest is None else self._store.get(self._key(file.path, digest))

    def keep(self, file: File, piece: Piece) -> None:
        if piece.digest and (piece.problem is None or piece.problem.code != "internal"):
            self._store[self._key(file.path, piece.digest)] = piece
