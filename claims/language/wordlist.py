"""The strings of a lexicon in one compact table, and finding them.

A table can be kept on disk, whole and in parts: read back, it finds the words of a short text at once, for only the
parts with words that begin like something in the text are asked for. Over more text, an automaton of all words is
built, which is the faster way from then on. Both find the same.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Protocol, TypeAlias

import msgspec
from ahocorasick_rs import AhoCorasick

Meaning: TypeAlias = tuple[tuple[str, str], ...]
"""(family, concept) pairs."""

FEW = 200_000
"""Characters: so much text is searched without the automaton of a lexicon of hundreds of thousands of strings, which
takes about as long to build."""
SMALL = 2_000
"""The automaton of so few strings is built without delay."""

_TYPE = "I"
_NUMBER = array(_TYPE).itemsize

HEAD = 2
"""Characters by which strings are grouped."""


class Table(msgspec.Struct, frozen=True):
    """Sorted strings, one a line of `text` (UTF-8; none has a line break in it). `heads` are their first characters,
    each with the number of the first such string and the span of bytes of them all; `which` (an array of "I", as
    bytes) gives each string's meaning, by its number in `meanings`."""

    text: bytes
    heads: Mapping[str, tuple[int, int, int]]
    which: bytes
    meanings: tuple[Meaning, ...]

    @property
    def count(self) -> int:
        return len(self.which) // _NUMBER

    def groups(self, heads: Iterable[str]) -> Mapping[str, Part]:
        """By head the strings that begin so, of those with which any does."""
        return {head: self._group(*self.heads[head]) for head in heads if head in self.heads}

    def _group(self, first: int, start: int, end: int) -> Part:
        text = self.text[start:end]
        return Part(first, text, self.which[first * _NUMBER : (first + text.count(b"\n")) * _NUMBER])

    def whole(self) -> Table:
        return self


class Part(msgspec.Struct, frozen=True, array_like=True):
    """Strings of a table with the same head: the number of the first, and as in the table what they are and mean."""

    first: int
    text: bytes
    which: bytes


class Index(msgspec.Struct, frozen=True):
    """What is known of a table that is not at hand: how many strings, their heads, all meanings."""

    count: int
    heads: str
    meanings: tuple[Meaning, ...]


class Words(Protocol):
    """A table, or what stands for one."""

    @property
    def count(self) -> int: ...
    @property
    def meanings(self) -> tuple[Meaning, ...]: ...
    def groups(self, heads: Iterable[str]) -> Mapping[str, Part]: ...
    def whole(self) -> Table: ...


Load: TypeAlias = Callable[[Collection[str]], Mapping[str, Part]]


class Parted:
    """A table in parts, each loaded when it is asked for; where one cannot be, the whole table is."""

    def __init__(self, index: Index, load: Load, whole: Callable[[], Table]) -> None:
        self.count, self.meanings = index.count, index.meanings
        self._heads = frozenset(index.heads.split("\n"))
        self._load, self._whole = load, whole
        self._table: Table | None = None

    def groups(self, heads: Iterable[str]) -> Mapping[str, Part]:
        known = self._heads.intersection(heads)
        if self._table is None:
            parts = self._load(known)
            if len(parts) == len(known):
                return parts
        return self.whole().groups(known)

    def whole(self) -> Table:
        if self._table is None:
            self._table = self._whole()
        return self._table


def parts_of(table: Table) -> tuple[Index, Iterator[tuple[str, Part]]]:
    """A table as an index and its parts, by their heads."""
    parts = ((head, table.groups([head])[head]) for head in table.heads)
    return Index(table.count, "\n".join(table.heads), table.meanings), parts


def table_of(forms: Mapping[str, Meaning]) -> Table:
    """The table of strings and what each means."""
    meanings: dict[Meaning, int] = {}
    which = array(_TYPE)
    heads: dict[str, tuple[int, int, int]] = {}
    lines: list[bytes] = []
    at = 0
    for number, form in enumerate(sorted(forms)):
        which.append(meanings.setdefault(forms[form], len(meanings)))
        line = form.encode() + b"\n"
        first, start, _ = heads.get(form[:HEAD], (number, at, at))
        at += len(line)
        heads[form[:HEAD]] = first, start, at
        lines.append(line)
    return Table(b"".join(lines), heads, which.tobytes(), tuple(meanings))


class Finder:
    """Finds the strings of a table in texts. It remembers nothing of them; what it has built, it keeps."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._which: dict[int, int] = {}
        self._heads: dict[str, tuple[Mapping[str, int], tuple[int, ...]] | None] = {}
        self._automaton: AhoCorasick | None = None
        self._searched = 0
        self.meaning: Callable[[int], Meaning] = self._meaning
        """What a string means, by its number."""
        if len(self) <= SMALL:
            self.build()

    def __len__(self) -> int:
        return self._words.count

    def forms(self) -> list[str]:
        """All strings, sorted; their numbers are their places."""
        return self._words.whole().text.decode().split("\n")[:-1]

    def _meaning(self, number: int) -> Meaning:
        which = self._which.get(number)
        if which is None:
            which = array(_TYPE, self._words.whole().which)[number]
        return self._words.meanings[which]

    def build(self) -> None:
        """Have the automaton, for much text is to come."""
        if self._automaton is None and len(self):
            self._automaton = AhoCorasick(self.forms())
            self._heads.clear()
            self._which.clear()
            meanings = self._words.meanings
            self.meaning = [meanings[which] for which in array(_TYPE, self._words.whole().which)].__getitem__

    def find(self, text: str) -> Iterable[tuple[int, int, int]]:
        """(number of the string, start, end) of each that stands in `text`, in any order, also where they overlap."""
        self._searched += len(text)
        if self._searched > FEW:
            self.build()
        if self._automaton is not None:
            return self._automaton.find_matches_as_indexes(text, overlapping=True)
        return self._without(text)

    def _without(self, text: str) -> list[tuple[int, int, int]]:
        # A string of one character is grouped under itself.
        self._gather({*text, *(text[start : start + HEAD] for start in range(len(text) - 1))})
        found: list[tuple[int, int, int]] = []
        for start in range(len(text)):
            for head in (text[start], text[start : start + HEAD]):
                group = self._heads[head]
                if group is not None:
                    numbers, lengths = group
                    for length in lengths:
                        end = start + length
                        if end > len(text):
                            break
                        number = numbers.get(text[start:end])
                        if number is not None:
                            found.append((number, start, end))
                if start + 1 == len(text):
                    break
        return found

    def _gather(self, heads: set[str]) -> None:
        """Have the strings that begin with one of these, and their lengths."""
        new = heads.difference(self._heads)
        self._heads.update(dict.fromkeys(new))
        for head, part in self._words.groups(new).items():
            forms = part.text.decode().split("\n")[:-1]
            numbers = {form: number for number, form in enumerate(forms, start=part.first)}
            self._which.update(enumerate(array(_TYPE, part.which), start=part.first))
            self._heads[head] = numbers, tuple(sorted(set(map(len, forms))))
