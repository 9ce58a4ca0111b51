"""The scope of a figure: facets from title, headings, stem, table headers and sentence, each with its words.

What is said nearer replaces what was said further away; a new word of a wider rank (another scheme) ends what narrower
words said of the old one (its setting, its tier).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from claims.facets import dimension
from claims.figures.marks import Word
from claims.figures.rules import Figures, Rule
from claims.reading import BlockReading

JOINED = re.compile(r"[、,/+&和及与或跟]|以及|或者|还是|\(|\)")
_LISTED = re.compile(r"[、,/+&和与及或跟;。]|还是|以及")
_CLOSE = 6
_ONE_AT_A_TIME = ("scheme", "setting", "payer", "region")
"""A title or heading that names two of these lends neither."""


class Source(msgspec.Struct, frozen=True):
    """Where a facet was read: `[start, end)` of the folded text of a block; None is the front matter."""

    reading: BlockReading | None
    start: int
    end: int


class Entry(msgspec.Struct, frozen=True):
    """What is said on one dimension. `order`: (how near, where), later is nearer."""

    facet: str
    members: tuple[str, ...]
    source: Source
    order: tuple[int, int]
    under: Entry | None = None
    "What it was said over: it holds again where this is ended (大病保险 …, 基本医保 …)."


Entries = dict[str, Entry]
"""By dimension (population.sex, …)."""


def groups(words: Sequence[Word], text: str) -> list[Word]:
    """Words of one dimension that a list joins (学生、儿童; 一、二级) as one word."""
    joined: list[Word] = []
    last: dict[str, int] = {}
    for w in words:
        name = dimension_of(w)
        i = last.get(name)
        if i is not None and _names(w) and _names(joined[i]):
            between = text[joined[i].end : w.start]
            if len(between) <= 2 and (not between or JOINED.fullmatch(between)):
                members = tuple(dict.fromkeys((*joined[i].members, *w.members)))
                joined[i] = Word(joined[i].start, w.end, w.facet, members)
                continue
        last[name] = len(joined)
        joined.append(w)
    return joined


def _names(word: Word) -> bool:
    """Whether it names members, and does not only end what was said before it."""
    return bool(word.members) and not word.members[0].startswith("!")


def dimension_of(word: Word) -> str:
    return dimension(word.facet, word.members[0].lstrip("!")) if word.members else word.facet


def lend(entries: Entries, reading: BlockReading, words: Sequence[Word], near: int, figures: Figures) -> None:
    """What a title, heading, stem or header says, put over what is there. Two that exclude each other say nothing."""
    found: dict[str, list[Word]] = {}
    for w in _unjoined(groups(words, reading.folded.chars), reading.folded.chars):
        found.setdefault(dimension_of(w), []).append(w)
    for named in found.values():
        for w in [w for w in named if w.members and w.members[0].startswith("!")]:
            put(entries, reading, w, near, figures)
            named.remove(w)
        if not named:
            continue
        kinds = {w.members for w in named if w.members}
        if len(kinds) > 1 and named[0].facet != "year":
            narrowest = _narrowest(named, reading.folded.chars, figures)
            if narrowest is None:
                if near > 1:
                    _end(entries, named[0].facet)
                continue
            named = [narrowest]
        if named[0].facet in _ONE_AT_A_TIME and any(len(w.members) > 1 for w in named):
            continue
        put(entries, reading, named[-1], near, figures)


_KINDS = ("scheme", "setting")
_KINDS_LISTED = re.compile(r"[、/+&和与及或跟]|还是|以及")
"""A comma is none of them: 居民医保,住院怎么报 asks of one thing."""


def _unjoined(words: Sequence[Word], text: str) -> list[Word]:
    """Without the words of two kinds that a list joins: 慢特病与大病保险 heads what is of the one or of the other."""
    joined: set[int] = set()
    ordered = sorted(words, key=lambda w: w.start)
    for i, (a, b) in enumerate(pairwise(ordered)):
        between = text[a.end : b.start]
        listed = len(between) <= 3 and _KINDS_LISTED.search(between)
        if a.facet != b.facet and {a.facet, b.facet} <= set(_KINDS) and listed:
            joined |= {i, i + 1}
    return [w for i, w in enumerate(ordered) if i not in joined]


def _narrowest(named: Sequence[Word], text: str, figures: Figures) -> Word | None:
    """灵活就业人员参加职工医保 speaks of the flexible: the one that all others yield to, unless a list joins them."""
    between = text[named[0].end : named[-1].start]
    if len(between) <= _CLOSE and _LISTED.search(between):
        return None
    for w in named:
        yielding = figures.yields.get(w.facet, {})
        others = [o for o in named if o.members and o.members != w.members]
        if w.members and all(set(w.members) & set(yielding.get(o.members[0], ())) for o in others):
            return w
    return None


def _end(entries: Entries, facet: str) -> None:
    for name in [n for n, e in entries.items() if e.facet == facet]:
        del entries[name]


def put(
    entries: Entries, reading: BlockReading, word: Word, near: int, figures: Figures, numbers: Sequence[int] = (),
    since: int | None = None,
) -> None:  # fmt: skip
    """One word, put over what is there. `numbers`: where figures end in its sentence, in order; what was said of a
    narrower rank since the last of them is said of this word (退休人员 药店). `since`: what was said further away than
    this holds on, whatever the word is (门诊 as the list's stem, 职工 as its item); only here by default."""
    source = Source(reading, word.start, word.end)
    if not word.members or word.members[0].startswith("!"):
        ended = {m[1:] for m in word.members}
        for name, e in list(entries.items()):
            if e.facet == word.facet and (not ended or ended & set(e.members)):
                back = e.under if ended else None
                while back is not None and ended & set(back.members):
                    back = back.under
                # Without one it stays as said and ended, so that the next word is seen to be a new one.
                entries[name] = back or Entry(e.facet, (), source, (near, word.start))
        return
    name = dimension_of(word)
    old = entries.get(name)
    if old is not None and (old.order[0] == near or word.facet in figures.lasting):
        strong = {b for m in word.members for b in figures.yields.get(word.facet, {}).get(m, ())}
        if strong & set(old.members):
            return
    ends = bool(set(word.members) & set(figures.resets.get(word.facet, ())))
    first = old is None or old.order < (0, 0)
    if (first and ends) or (old is not None and old.members != word.members):
        rank = figures.rank(word.facet)
        floor = max(old.order, (near if since is None else since, -1)) if old is not None and not ends else (-9, -1)
        before = bisect_right(numbers, word.start)
        last = numbers[before - 1] if before else -1
        for other, e in list(entries.items()):
            narrower = rank < figures.rank(e.facet) < len(figures.ranks)
            if narrower and floor <= e.order < (near, last):
                del entries[other]
    under = old if old is None or old.under is None else msgspec.structs.replace(old, under=None)
    entries[name] = Entry(word.facet, word.members, source, (near, word.start), under)


def scope_for(rule: Rule, entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """The entries that count for a rule: its facets, and of these the members that it knows."""
    kept: dict[str, Entry] = {}
    for name, e in entries.items():
        known = rule.facets.get(e.facet)
        if known is None:
            continue
        members = tuple([m for m in e.members if m in known]) if known else e.members
        if members:
            kept[name] = e if members == e.members else msgspec.structs.replace(e, members=members)
    return kept


def facets_of(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """As a scope: facet -> members."""
    scope: dict[str, list[str]] = {}
    for e in entries:
        scope.setdefault(e.facet, []).extend(e.members)
    return scope


def holds(rule: Rule, entries: Mapping[str, Entry]) -> bool:
    """Whether what is said on the facets of `only_if` lets the rule speak."""
    for facet, allowed in rule.only_if.items():
        said = [m for e in entries.values() if e.facet == facet for m in e.members]
        if not said and "none" not in allowed:
            return False
        if said and not any(m in allowed for m in said):
            return False
    return True
