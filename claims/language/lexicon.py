"""Surface forms to concepts, in one pass.

A lexicon is data: concept -> forms, where a form may hold alternatives, `{没|没有|未}{参加|办理}{|基本}医保`.
Concepts live in families. Within a family a form that lies inside a longer one is dropped (参保 inside 参保地); across
families both stay (共济 inside 共济对象). Forms of the family `stop` swallow everything inside them. Words of `weak`
families (grammar) give way where a longer word of a `covering` family holds them or cuts through them (不 in 不同省).

The automaton is Aho-Corasick (Aho & Corasick 1975), by ahocorasick_rs (`claims/language/wordlist.py`).
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

import msgspec

from claims.language.wordlist import Finder, Meaning, Table, Words, table_of

STOP = "stop"
DEEPEST = 50
"""Braces in each other."""
MOST = 60_000
"""The most strings one form may stand for: beyond it, words that combine so freely want a compound."""


class Hit(msgspec.Struct, frozen=True, order=True, gc=False):
    """One concept at `[start, end)` of the folded text. `negated`: a negation stands directly before it. There are
    many, and the garbage collector need not look at what can hold no cycle (`gc`)."""

    start: int
    end: int
    concept: str
    negated: bool = False


def expand(form: str) -> list[str]:
    """All strings that a form with (nested) alternatives stands for. Raises ValueError where braces do not match."""
    strings, _ = _alternatives(form, 0, 0)
    return list(dict.fromkeys(strings))


def _alternatives(form: str, at: int, depth: int) -> tuple[list[str], int]:
    """The strings from `at` on, where `depth` braces are open, and where they end: there, or at the brace's."""
    if depth > DEEPEST:
        raise ValueError(f"the form {form[:60]!r}… has braces nested more than {DEEPEST} deep")
    done: list[str] = []
    current = [""]
    while at < len(form):
        c = form[at]
        if c == "{":
            inner, at = _alternatives(form, at + 1, depth + 1)
            if at >= len(form) or form[at] != "}":
                raise ValueError(f"unbalanced braces in {form!r}")
            if len(current) * len(inner) > MOST:
                raise ValueError(f"the form {form[:60]!r}… stands for more than {MOST} strings: make it a compound")
            current = [head + tail for head, tail in itertools.product(current, inner)]
        elif depth and c == "}":
            break
        elif depth and c == "|":
            done += current
            current = [""]
        elif c in "}|":
            raise ValueError(f"unbalanced braces in {form!r}")
        else:
            current = [head + c for head in current]
        at += 1
    return done + current, at


class Lexicon:
    """Compiled forms. Build with :func:`compile_lexicon`; it holds no state between texts. A table given as a function
    is asked for once it is needed."""

    def __init__(
        self, words: Words | Callable[[], Words], weak: frozenset[str] = frozenset(),
        covering: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self._given = words
        self.weak = weak
        self.covering = covering

    @cached_property
    def _words(self) -> Words:
        return self._given() if callable(self._given) else self._given

    @property
    def table(self) -> Table:
        return self._words.whole()

    @cached_property
    def finder(self) -> Finder:
        return Finder(self._words)

    @property
    def forms(self) -> Mapping[str, Meaning]:
        """form -> its (family, concept) pairs."""
        return {form: self.finder.meaning(number) for number, form in enumerate(self.finder.forms())}

    def find(self, text: str) -> list[Hit]:
        """All hits in `text` by start, longer first, then concept: a total order, the same in every process."""
        return self.find_in([text])[0]

    def find_in(self, texts: Sequence[str]) -> list[list[Hit]]:
        """The hits of each of some texts, found in one pass over all of them: no form goes over a line's end."""
        meaning, weak_families, covering = self.finder.meaning, self.weak, self.covering
        # As (start, -end, …) until the last: so they sort by themselves.
        raw = [(start, -end, number) for number, start, end in self.finder.find("\n".join(texts))]
        raw.sort()
        kept: list[tuple[int, int, str]] = []
        weak: list[tuple[int, int, str]] = []
        covers: list[tuple[int, int]] = []
        longest = 0
        # The form that reached furthest so far, by family: a later one that ends before it lies inside it (starts only
        # grow).
        reach: dict[str, tuple[int, int]] = {}
        stop_start = stop_end = 1
        for start, end_, number in raw:
            if end_ >= stop_end and (end_ != stop_end or start != stop_start):
                continue
            for family, concept in meaning(number):
                if family == STOP:
                    stop_start, stop_end = start, end_
                    continue
                if family in reach:
                    reach_start, reach_end = reach[family]
                    if end_ >= reach_end and (end_ != reach_end or start != reach_start):
                        continue
                reach[family] = (start, end_)
                if family in weak_families:
                    weak.append((start, end_, concept))
                    continue
                kept.append((start, end_, concept))
                if family in covering:
                    covers.append((start, -end_))
                    longest = max(longest, -end_ - start)
        kept += [w for w in weak if not _gives_way(w[0], -w[1], covers, longest)] if covers else weak
        kept.sort()
        return _apart(kept, texts)


def _apart(kept: Sequence[tuple[int, int, str]], texts: Sequence[str]) -> list[list[Hit]]:
    """What was found in lines joined as the hits of each line."""
    found: list[list[Hit]] = []
    begin = first = 0
    for text in texts:
        stop = begin + len(text)
        last = first
        while last < len(kept) and kept[last][0] < stop:
            last += 1
        found.append([Hit(start - begin, -end_ - begin, concept) for start, end_, concept in kept[first:last]])
        first, begin = last, stop + 1
    return found


def _gives_way(a: int, b: int, covers: list[tuple[int, int]], longest: int) -> bool:
    """Does a longer covering word hold the weak one at `[a, b)`, or cut through it? `covers` are sorted, none longer
    than `longest`."""
    first, last = bisect_left(covers, (a - longest,)), bisect_left(covers, (b,))
    for start, end in covers[first:last]:
        if a < end:
            holds = a <= start and end <= b
            # 并不是只有 before 有职工医保: a long grammar word that begins first stands; 在外 before 外省 does not.
            leads = a < start and b - a >= 3
            if not holds and not leads:
                return True
    return False


ALL = 400_000
"""The most strings of a whole lexicon: it is loaded at every start."""


def compile_lexicon(
    families: Mapping[str, Mapping[str, Iterable[str]]], weak: Iterable[str] = (), covering: Iterable[str] = ()
) -> Lexicon:
    """Compile family -> concept -> forms. A form may mean several concepts. Raises ValueError naming a bad form."""
    forms: dict[str, list[tuple[str, str]]] = {}
    for family, concepts in families.items():
        for concept, alternatives in concepts.items():
            for form in alternatives:
                for surface in expand(form):
                    if not surface:
                        raise ValueError(f"{family}/{concept}: the form {form!r} may be empty")
                    meaning = (family, concept)
                    meanings = forms.setdefault(surface, [])
                    if meaning not in meanings:
                        meanings.append(meaning)
                if len(forms) > ALL:
                    raise ValueError(f"the lexicon stands for more than {ALL} strings: make some forms compounds")
    return Lexicon(table_of({f: tuple(sorted(m)) for f, m in forms.items()}), frozenset(weak), frozenset(covering))
