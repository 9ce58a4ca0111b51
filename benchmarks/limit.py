"""The limit that extraction is held against: one raw pass of the lexicon's automaton over the same folded text.

The automaton is koujing's own (ahocorasick_rs) over the same strings, given an article's text at a time; its hits are
dropped. Its settings differ in speed: all are tried, and the fastest is the limit. The fastest gives leftmost-longest
hits; those that koujing needs overlap, so the fastest setting that finds them all is kept as well.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from claims.article import Article
from claims.language.fold import fold

IMPLEMENTATIONS = {
    "noncontiguous": Implementation.NoncontiguousNFA,
    "contiguous": Implementation.ContiguousNFA,
    "dfa": Implementation.DFA,
}


class Automaton(msgspec.Struct, frozen=True):
    """A built automaton, and how it is set."""

    name: str
    automaton: AhoCorasick
    overlapping: bool

    def scan(self, texts: Sequence[str]) -> int:
        """One pass over the texts; how many hits there are."""
        find, overlapping = self.automaton.find_matches_as_indexes, self.overlapping
        found = 0
        for text in texts:
            found += len(find(text, overlapping=overlapping))
        return found


def folded(articles: Sequence[Article]) -> list[str]:
    """The text of each article as the automaton meets it, a block a line."""
    return ["\n".join(fold(b.text.chars).chars for p in a.parts for b in p.blocks) for a in articles]


def build(strings: Sequence[str], implementation: str, *, overlapping: bool) -> Automaton:
    kind = MatchKind.Standard if overlapping else MatchKind.LeftmostLongest
    made = AhoCorasick(
        list(strings), matchkind=kind, store_patterns=False, implementation=IMPLEMENTATIONS[implementation]
    )
    return Automaton(f"{implementation}, {'overlapping' if overlapping else 'leftmost-longest'}", made, overlapping)


def fastest(
    strings: Sequence[str], texts: Sequence[str], *, overlapping: bool, times: int = 5
) -> tuple[Automaton, dict[str, float]]:
    """The setting that takes the least CPU time over the texts, with the seconds of all."""
    seconds: dict[str, float] = {}
    best: Automaton | None = None
    for implementation in IMPLEMENTATIONS:
        one = build(strings, implementation, overlapping=overlapping)
        seconds[one.name] = min(_timed(one, texts) for _ in range(times))
        if best is None or seconds[one.name] < seconds[best.name]:
            best = one
    assert best is not None
    return best, seconds


def _timed(automaton: Automaton, texts: Sequence[str]) -> float:
    begun = time.process_time()
    automaton.scan(texts)
    return time.process_time() - begun
