"""Concepts by their neighbours: which a negation stands before, and which several make together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from claims.domain import Domain
from claims.language.lexicon import Hit

_ADVERBS = re.compile(
    r"[再也都还就仍又曾直接予以被给把能够会另单独自己一律随意擅自任何去来做用过有按时及时正常在所因]{0,4}"
)


def with_negation(text: str, hits: Sequence[Hit], tokens: Sequence[Hit]) -> list[Hit]:
    """Mark the hits that a negation stands directly before (没参保, 未曾办理)."""
    ends = {t.end: t for t in tokens if t.concept in _NEGATIVE}
    if not ends:
        return list(hits)
    negated = {start for start in {h.start for h in hits} if _is_negated(text, start, ends)}
    return [Hit(h.start, h.end, h.concept, True) if h.start in negated else h for h in hits]


_NEGATIVE = frozenset(("NEG", "BAN", "CANNOT", "NEG_SCOPE"))


def _is_negated(text: str, start: int, ends: Mapping[int, Hit]) -> bool:
    """Whether what starts there has a single one of the negations, which are given by their ends, before it."""
    for end in range(start, max(-1, start - 5), -1):
        token = ends.get(end)
        if token is not None and _ADVERBS.fullmatch(text, end, start):
            return token.start not in ends
    return False


def compounds(text: str, hits: Sequence[Hit], domain: Domain) -> list[Hit]:
    """Concepts made of others in order within a gap (参加 … 医保), the first part's negation kept. Only those are tried
    whose first and last part occur, in their order: one may be part of a later one."""
    found: list[Hit] = []
    if not domain.compounds:
        return found
    grouped: dict[str, list[Hit]] = {}
    for h in hits:
        grouped.setdefault(h.concept, []).append(h)
    begun, ended = domain.compounds_from, domain.compounds_to
    to_try = sorted(_numbers(grouped, begun) & _numbers(grouped, ended))
    while to_try:
        number = to_try.pop(0)
        name, parts, gap = domain.compounds[number]
        chains = [(h, h) for c in parts[0] for h in grouped.get(c, ())]
        for options in parts[1:]:
            nexts = [h for c in options for h in grouped.get(c, ())]
            chains = [(first, near) for first, last in chains if (near := _next(last, nexts, gap, text)) is not None]
            if not chains:
                break
        if not chains:
            continue
        made = [Hit(first.start, last.end, name, first.negated) for first, last in chains]
        found += made
        new = name not in grouped
        grouped.setdefault(name, []).extend(made)
        if new and (name in begun or name in ended):
            later = _numbers(grouped, begun) & _numbers(grouped, ended)
            to_try = sorted({*to_try, *(n for n in later if n > number)})
    return found


def _numbers(concepts: Mapping[str, object], by_concept: Mapping[str, frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*[by_concept[c] for c in concepts.keys() & by_concept.keys()])


def _next(last: Hit, nexts: Sequence[Hit], gap: int, text: str) -> Hit | None:
    """The nearest of the hits that may follow another within a gap, if no punctuation stands between."""
    reached = [h for h in nexts if 0 <= h.start - last.end <= gap]
    if not reached:
        return None
    near = reached[0] if len(reached) == 1 else min(reached, key=lambda h: (h.start, -h.end, h.concept))
    return None if _PUNCTUATION.search(text, last.end, near.start) else near


_PUNCTUATION = re.compile(r"[,。;:!?]")
