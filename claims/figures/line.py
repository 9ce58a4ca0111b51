"""A sentence laid out with all its marks, so that each question about it is quick: it may be a lost table."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence, Set
from itertools import accumulate
from operator import attrgetter

import msgspec

from claims.figures.marks import Anchor, Word, anchors, brackets, cues, headed, stretch, words
from claims.figures.rules import Figures
from claims.figures.sharing import headings_of, shared_out
from claims.language.clauses import Clause, Sentence
from claims.language.lexicon import Hit
from claims.language.spans import Standing
from claims.reading import BlockReading

_BESIDE = re.compile(r"[、,/;和及与或](?:[和及与或])?|以及|或者")
"""Between two numbers of a row."""
_start, _end = attrgetter("start"), attrgetter("end")
_CUES_BEFORE = 16
_CUES_BEHIND = 40
"""Cues that may call a number: so many before it, and those that begin so many characters behind its row."""


class Line(msgspec.Struct, frozen=True):
    """The sentence that is read, with all its marks in order; `conditions` are words of such that no facet names, as
    一档, `brackets` the spans inside round brackets; `concepts` are those of its `hits`.

    `heavy[i]` is what weighs in the first i characters; `rows` are numbers of one unit side by side, by the place of
    each; `alike` the starts of the numbers of a unit, `ends` where numbers end; `shared` the number that a word of a
    list is of; `headings` the words of a lost table's header, by dimension."""

    reading: BlockReading
    sentence: Sentence
    hits: Sequence[Hit]
    concepts: frozenset[str]
    anchors: Sequence[Anchor]
    words: Sequence[Word]
    cues: Sequence[Hit]
    conditions: Sequence[Hit]
    brackets: Sequence[tuple[int, int]]
    heavy: Sequence[int]
    rows: Mapping[tuple[int, int, str], Sequence[Anchor]]
    alike: Mapping[str, Sequence[int]]
    ends: Sequence[int]
    shared: Mapping[Word, Anchor]
    headings: Sequence[tuple[BlockReading, Sequence[Word]]]


def line_of(reading: BlockReading, sentence: Sentence, headers: Sequence[BlockReading], figures: Figures) -> Line:
    """Lay out a sentence. `headers` of a cell may hold the unit of its number."""
    start, end, text = sentence.start, sentence.end, reading.folded.chars
    s = stretch(reading, start, end)
    numbers = headed(reading, headers, figures) or anchors(s, figures)
    told, called, spans = words(s, figures), cues(s, figures), brackets(text, start, end)
    concepts = frozenset([h.concept for h in s.hits])
    if not numbers:
        # What is asked of the rest is always asked about a number.
        return Line(reading, sentence, s.hits, concepts, (), told, called, (), spans, (), {}, {}, (), {}, ())
    conditions = [h for h in s.hits if h.concept in figures.banded]
    marks: tuple[Standing, ...] = (*told, *numbers, *called, *conditions)
    covered: set[int] = set().union(*[range(mark.start, mark.end) for mark in marks])
    light = figures.light
    weighs = [c not in light and i not in covered for i, c in enumerate(text[start:end], start)]
    alike: dict[str, list[int]] = {}
    for number in numbers:
        alike.setdefault(number.unit, []).append(number.start)
    rows = _rows(numbers, text)
    heads = [row for key, row in rows.items() if key == _key(row[0])]
    return Line(
        reading, sentence, s.hits, concepts, numbers, told, called, conditions, spans,
        list(accumulate(weighs, initial=0)), rows, alike, sorted(a.end for a in numbers),
        shared_out(told, numbers, heads, text), headings_of(headers, figures),
    )  # fmt: skip


def _rows(numbers: Sequence[Anchor], text: str) -> dict[tuple[int, int, str], Sequence[Anchor]]:
    found: dict[tuple[int, int, str], Sequence[Anchor]] = {}
    last: dict[str, list[Anchor]] = {}
    for a in numbers:
        row = last.get(a.unit)
        if row is not None and _BESIDE.fullmatch(text, row[-1].end, a.start):
            row.append(a)
        else:
            row = last[a.unit] = [a]
        found[_key(a)] = row
    return found


def _key(a: Anchor) -> tuple[int, int, str]:
    return a.start, a.end, a.concept


def weight(line: Line, start: int, end: int) -> int:
    """How much stands in `[start, end)` beside facet words, numbers and light words (characters)."""
    first, last = line.sentence.start, line.sentence.end
    a, b = max(start, first) - first, min(end, last) - first
    return line.heavy[b] - line.heavy[a] if a < b else 0


def says(line: Line, start: int, end: int, concepts: Set[str]) -> bool:
    """Whether one of some concepts stands inside `[start, end)` of the sentence."""
    if line.concepts.isdisjoint(concepts):
        return False
    return any(h.concept in concepts and start <= h.start and h.end <= end for h in line.hits)


def row_of(anchor: Anchor, line: Line) -> Sequence[Anchor]:
    """The numbers of one unit that stand side by side with `anchor`: 85%、75%、60%; 8%或者10%."""
    return line.rows[_key(anchor)]


def numbers_between(line: Line, unit: str, start: int, end: int) -> int:
    """How many numbers of a unit begin in `[start, end)`."""
    starts = line.alike.get(unit, ())
    return max(0, bisect_left(starts, end) - bisect_left(starts, start))


def after(line: Line, at: int) -> Anchor | None:
    """The first number at or behind a place."""
    i = bisect_left(line.anchors, at, key=_start)
    return line.anchors[i] if i < len(line.anchors) else None


def cues_about(anchor: Anchor, line: Line) -> Sequence[Hit]:
    """The cues near enough to call a number."""
    i = bisect_right(line.cues, anchor.start, key=_start)
    j = bisect_right(line.cues, row_of(anchor, line)[-1].end + _CUES_BEHIND, key=_start)
    return line.cues[max(0, i - _CUES_BEFORE) : max(i, j)]


def clause_of(sentence: Sentence, at: int) -> Clause:
    """The clause that holds a place, else the one before it."""
    i = bisect_right(sentence.clauses, at, key=_end)
    return sentence.clauses[min(i, len(sentence.clauses) - 1)]
