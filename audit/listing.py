"""Files as they are listed: compactly, for a content system may export a million articles."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from struct import Struct
from typing import Generic, TypeVar, overload

import msgspec
from msgspec.structs import replace

from audit.containers import Entry
from audit.packed import MARK, Packed, mark

_WHERE = Struct(f">{MARK}sI")
"""A path's mark, and its number in the list."""


class File(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An article's file: its path as records write it, where it is, its size, and whether its findings are shown.

    An article in a container has an `entry`; `place` is then the container's, and `path` is `CONTAINER#NAME`.
    """

    path: str
    place: str
    size: int
    shown: bool = True
    entry: Entry | None = None


_T = TypeVar("_T")


class _Table(Generic[_T]):
    """Things by number."""

    def __init__(self) -> None:
        self._numbers: dict[_T, int] = {}
        self._listed: list[_T] = []

    def number(self, thing: _T) -> int:
        if thing not in self._numbers:
            self._numbers[thing] = len(self._listed)
            self._listed.append(thing)
        return self._numbers[thing]

    def __getitem__(self, number: int) -> _T:
        return self._listed[number]


class Files(Sequence[File]):
    """Files in the order in which they were added; each is made anew when it is asked for.

    Of a file little is kept besides its path: a place mostly ends in it, and entries of one container differ in where
    they begin and in their number only. Processes that are forked share the list, for nobody counts who uses its parts.
    """

    def __init__(self, files: Iterable[File] = ()) -> None:
        self._paths = bytearray()
        self._ends = array("Q")
        self._sizes = array("Q")
        self._shown = bytearray()
        self._homes = _Table[tuple[str, bool]]()  # what a place begins with, or the whole place
        self._home = array("I")
        self._kinds = _Table[Entry | None]()  # entries but for where they are
        self._kind = array("I")
        self._at = array("Q")
        self._number = array("Q")
        self._where: Packed | None = None
        self.bytes = 0
        """The size of all."""
        for file in files:
            self.append(file)

    def append(self, file: File) -> None:
        self._paths += file.path.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._paths))
        self._sizes.append(file.size)
        self._shown.append(file.shown)
        below = file.place.endswith(file.path)
        home = file.place[: -len(file.path)] if below and file.path else file.place
        self._home.append(self._homes.number((home, below)))
        entry = file.entry
        kind = None if entry is None else replace(entry, at=0, number=0)
        self._kind.append(self._kinds.number(kind))
        self._at.append(0 if entry is None else entry.at)
        self._number.append(0 if entry is None else entry.number)
        self._where = None
        self.bytes += file.size

    def find(self, path: str) -> File | None:
        """The file of a path, the first if there are several."""
        if self._where is None:
            self._where = Packed(_WHERE.size, (_WHERE.pack(mark(p), i) for i, p in enumerate(self.paths())))
        for record in self._where.starting(mark(path)):
            number: int = _WHERE.unpack(record)[1]
            file = self[number]
            if file.path == path:
                return file
        return None

    def paths(self) -> Iterator[str]:
        """The paths of all."""
        return map(self._path, range(len(self)))

    @property
    def all_shown(self) -> bool:
        return 0 not in self._shown

    def _path(self, i: int) -> str:
        start = self._ends[i - 1] if i else 0
        return self._paths[start : self._ends[i]].decode("utf-8", "surrogatepass")

    @overload
    def __getitem__(self, i: int) -> File: ...
    @overload
    def __getitem__(self, i: slice) -> Files: ...
    def __getitem__(self, i: int | slice) -> File | Files:
        if isinstance(i, slice):
            return Files(self[n] for n in range(*i.indices(len(self))))
        n = range(len(self))[i]
        path = self._path(n)
        home, below = self._homes[self._home[n]]
        kind = self._kinds[self._kind[n]]
        return File(
            path=path, place=home + path if below else home, size=self._sizes[n], shown=bool(self._shown[n]),
            entry=None if kind is None else replace(kind, at=self._at[n], number=self._number[n]),
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self._ends)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        return all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # it grows
