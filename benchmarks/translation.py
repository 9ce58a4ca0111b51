"""koujing's lexicon and patterns as spaCy's PhraseMatcher and Matcher take them.

Every string of the lexicon is a phrase; its label is all that the string means. A compound (concepts within a gap) is a
pattern of tokens. A pattern of the domain is one too: the words that it needs, in each order, and nothing between them
that ends its clause or sentence. A compound that a pattern needs is looked for by its first part's words.

Left out, so that spaCy has less to do: needs that may be filled outside the sentence (a heading, a title, a question
before), those of places and numbers, what forbids a pattern, yes and no, values, scopes, quotes and records, figures.
Of more than three needs the first three are looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from typing import Any, TypeAlias

import msgspec

from claims.domain import Domain, Pattern

ENDS_CLAUSE = list(",。;:!?\n")
ENDS_SENTENCE = list("。!?;\n")
INSIDE = frozenset(("clause", "unit", "sentence"))
MOST = 3
"""So many needs of a pattern at the most."""

Token: TypeAlias = dict[str, Any]
"""What spaCy's Matcher asks of one token."""


class Translated(msgspec.Struct, frozen=True):
    """label -> strings; name -> token patterns, of compounds, of patterns in each order, and in the order written."""

    phrases: dict[str, list[str]]
    compounds: dict[str, list[list[Token]]]
    any_order: dict[str, list[list[Token]]]
    one_order: dict[str, list[list[Token]]]


def translate(domain: Domain) -> Translated:
    phrases: dict[str, list[str]] = {}
    for string, meanings in domain.lexicon.forms.items():
        phrases.setdefault(label_of(concept for _, concept in meanings), []).append(string)
    labels = _Labels(phrases, domain)
    compounds = {}
    for name, parts, gap in domain.compounds:
        of_parts = [token for part in parts if (token := labels.token(part)) is not None]
        if len(of_parts) == len(parts):
            compounds[name] = [_joined(of_parts, _gap(ENDS_CLAUSE, gap))]
    any_order: dict[str, list[list[Token]]] = {}
    one_order: dict[str, list[list[Token]]] = {}
    for pattern in domain.patterns:
        tokens, gap_between = _needs(pattern, labels)
        if tokens:
            any_order[pattern.id] = [_joined(order, gap_between) for order in permutations(tokens)]
            one_order[pattern.id] = [_joined(tokens, gap_between)]
    return Translated(phrases, compounds, any_order, one_order)


def label_of(concepts: Iterable[str]) -> str:
    """One label for all that a string means: spaCy gives a token one."""
    return "|".join(sorted(set(concepts)))


class _Labels:
    """The labels of the phrases that fill a concept."""

    def __init__(self, phrases: Mapping[str, object], domain: Domain) -> None:
        self._of: dict[str, list[str]] = {}
        for label in phrases:
            for concept in label.split("|"):
                self._of.setdefault(concept, []).append(label)
        self._first_parts = {name: parts[0] for name, parts, _ in domain.compounds}

    def token(self, concepts: Iterable[str]) -> Token | None:
        """A token of any of these concepts; None where no phrase is one."""
        found = sorted({label for concept in concepts for label in self._labels(concept, frozenset())})
        return {"ENT_TYPE": {"IN": found}} if found else None

    def _labels(self, concept: str, above: frozenset[str]) -> list[str]:
        concept = concept.removeprefix("g.")
        if concept in self._first_parts and concept not in above:
            return [x for c in self._first_parts[concept] for x in self._labels(c, above | {concept})]
        return self._of.get(concept, [])


def _needs(pattern: Pattern, labels: _Labels) -> tuple[list[Token], Token]:
    """The tokens that a pattern needs inside a sentence, and what may stand between them."""
    tokens: list[Token] = []
    narrow = True
    for need in pattern.need:
        inside = [(c, zone) for c, _, zone in need.concepts if zone in INSIDE]
        token = labels.token(c for c, _ in inside)
        if token is None or len(inside) < len(need.concepts):
            continue
        tokens.append(token)
        narrow = narrow and all(zone == "clause" for _, zone in inside)
    return tokens[:MOST], _gap(ENDS_CLAUSE if narrow else ENDS_SENTENCE)


def _gap(ends: Sequence[str], most: int | None = None) -> Token:
    return {"ORTH": {"NOT_IN": list(ends)}, "OP": "*" if most is None else f"{{0,{most}}}"}


def _joined(tokens: Sequence[Token], between: Token) -> list[Token]:
    whole: list[Token] = []
    for token in tokens:
        whole += [between, token] if whole else [token]
    return whole
