"""What a row of a topic says, and of what, in few words: hundreds of scopes are told by what they are made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from audit.model import Position
from reports.html.stands import By, Row
from reports.wording.page import words_of
from reports.wording.terms import listed
from reports.wording.vocabulary import Vocabulary

NAMED = 3
"""Members or values that are named before they are counted."""


def label(row: Row, by: By, words: Vocabulary) -> tuple[str, str]:
    """What it says, and of what; of a row by scope, the scope and what is said of it."""
    if by == "scope":
        return _of_scope(row, words)
    says = words.value(row.position.topic, row.position.value)
    if len(row.positions) == 1:
        only = row.position
        return says, words.bounds(only.quantifier, only.scope, only.except_)
    parts = [words_of("n-bounds", words.lang, n=len(row.positions)), *_made_of(row.positions, words)]
    return says, " · ".join(parts)


def _of_scope(row: Row, words: Vocabulary) -> tuple[str, str]:
    lang, first = words.lang, row.position
    scope = words.bounds("all", first.scope, first.except_) or words_of("no-bounds", lang)
    values = list(dict.fromkeys(words.value(first.topic, position.value) for position in row.positions))
    if len(values) <= NAMED:
        return scope, listed(values, lang)
    return scope, words_of("n-values", lang, n=len(values)) + " · " + _some(values, len(values), words)


def _made_of(positions: Sequence[Position], words: Vocabulary) -> Iterator[str]:
    """By facet, the members that most positions name; whether one names nothing, how many hold of some only."""
    lang = words.lang
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for position in positions:
        for facet, of in position.scope.facets:
            found[facet].update(of)
    if any(not (p.scope or p.except_) for p in positions):
        yield words_of("no-bounds", lang)
    some = sum(p.quantifier == "some" for p in positions)
    if some:
        yield words_of("n-some", lang, n=some)
    for facet in sorted(found):
        members = [m for m, _ in sorted(found[facet].items(), key=lambda pair: (-pair[1], pair[0]))]
        if facet == "year" and len(members) >= NAMED and all(m.isdigit() for m in members):
            yield words.in_facet(facet, [f"{min(members)}–{max(members)}"])
        else:
            named = sorted(members[:NAMED]) if facet == "year" else members[:NAMED]
            yield _some([words.in_facet(facet, [m]) for m in named], len(members), words)


def _some(names: Sequence[str], n: int, words: Vocabulary) -> str:
    text = listed(list(names)[:NAMED], words.lang)
    return text if n <= NAMED else words_of("and-others", words.lang, names=text, n=n)
