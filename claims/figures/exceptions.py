"""What an article itself takes out of a general figure: 全省400元 … 武汉市600元 takes 武汉市 out of the first.

A figure whose scope lies inside another's, narrower in one facet only, with another value, is its exception (section 1
of docs/claims.md: `except`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from claims.facets import lies_in
from claims.figures.facets import Entry
from claims.figures.figure import Figure
from claims.model import Measure

_FACETS = ("region", "population")
_Said: TypeAlias = frozenset[tuple[str, frozenset[str]]]
"""What is said of a figure: the members on some dimensions."""


def exceptions(figures: Sequence[Figure]) -> list[dict[str, list[str]]]:
    """For each figure the facet -> members that others of the same part take out of it."""
    # Only such take out of each other that say the same on all other facets.
    keys = [(f.rule.topic, _said({n: e for n, e in f.entries.items() if e.facet not in _FACETS})) for f in figures]
    groups: dict[tuple[str, _Said], list[Figure]] = {}
    for key, f in zip(keys, figures, strict=True):
        groups.setdefault(key, []).append(f)
    alike = {key: _Alike(group) for key, group in groups.items() if len(group) > 1}
    found = [alike[key].taken_out(f) if key in alike else {} for key, f in zip(keys, figures, strict=True)]
    plain = [any(_is_plain(e) for e in f.entries.values()) for f in figures]
    if any(plain):
        told = _told(figures)
        found = [_kinds_apart(f, told) | out if p else out for f, out, p in zip(figures, found, plain, strict=True)]
    return found


_PLAIN = ("普通", "一般", "日常")


def _is_plain(e: Entry) -> bool:
    reading = e.source.reading
    return e.facet == "setting" and reading is not None and reading.folded.chars.startswith(_PLAIN, e.source.start)


def _told(figures: Sequence[Figure]) -> dict[tuple[str, str], set[str]]:
    """By topic and dimension the members that figures of a part name."""
    told: dict[tuple[str, str], set[str]] = {}
    for f in figures:
        for name, e in f.entries.items():
            told.setdefault((f.rule.topic, name), set()).update(e.members)
    return told


def _kinds_apart(general: Figure, told: Mapping[tuple[str, str], set[str]]) -> dict[str, list[str]]:
    """普通门诊限额420元 beside 住院与门诊慢特病合计15万元: the plain kind is not the one that lies in it and has
    a figure of its own."""
    found: dict[str, list[str]] = {}
    for name, e in general.entries.items():
        if not _is_plain(e):
            continue
        beside = told[general.rule.topic, name].difference(e.members)
        own = {m for m in beside if any(lies_in(e.facet, m, w) for w in e.members)}
        if own:
            found[e.facet] = sorted(own)
    return found


class _Alike:
    """Figures by what is said of them on :data:`_FACETS`, so that a table of a thousand rows is no million pairs."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.values: dict[_Said, set[Measure]] = {}
        self.narrower: dict[_Said, list[tuple[Entry, _Said]]] = {}
        "What narrower figures say, by what they say but for one entry of theirs."
        for f in figures:
            entries = _entries(f)
            said = _said(entries)
            if said not in self.values:
                for name, e in entries.items():
                    self.narrower.setdefault(said - _said({name: e}), []).append((e, said))
            self.values.setdefault(said, set()).add(f.value)

    def taken_out(self, general: Figure) -> dict[str, list[str]]:
        """What figures that are narrower in one facet, with another value, take out of this one."""
        found: dict[str, list[str]] = {}
        ranges = general.value.high is not None and general.value.low != general.value.high
        if general.quantifier == "some" or ranges:
            return found
        for e, narrow in self._inside(_entries(general)):
            if any(value != general.value for value in self.values[narrow]):
                found.setdefault(e.facet, []).extend(m for m in e.members if m not in found.get(e.facet, ()))
        return found

    def _inside(self, entries: Mapping[str, Entry]) -> Iterator[tuple[Entry, _Said]]:
        """The entry by which figures are narrower than these entries, and all that they say."""
        said = _said(entries)
        yield from self.narrower.get(said, ())
        wide = entries.get("region")
        if wide is None:
            return
        for e, narrow in self.narrower.get(said - _said({"region": wide}), ()):
            if e.facet == "region" and narrow != said and _lies_in(e.members, wide.members):
                yield e, narrow


def _entries(f: Figure) -> dict[str, Entry]:
    return {name: e for name, e in f.entries.items() if e.facet in _FACETS}


def _said(entries: Mapping[str, Entry]) -> _Said:
    return frozenset([(name, frozenset(e.members)) for name, e in entries.items()])


def _lies_in(narrow: Sequence[str], wide: Sequence[str]) -> bool:
    return all(any(n != w and lies_in("region", n, w) for w in wide) for n in narrow)
