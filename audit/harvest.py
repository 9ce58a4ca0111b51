"""What files come to, summed up: all that an audit asks of a corpus, small whatever its size.

A harvest is made of the pieces of some files and merges with those of others in any order and grouping. It is records
and packed sets, so that it goes to and from other processes and machines as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from struct import Struct

import msgspec

from audit.cells import Cut, claim_order
from audit.dated import as_of
from audit.defects import Told
from audit.files import File
from audit.model import STALE_DAYS, Defect, Position
from audit.packed import MARK, Packed, mark
from audit.pieces import Piece, Scanned, Task, claim_key, defect_key, repeated
from audit.positions import MergeError, Needs, Summary, position_of
from audit.problem import Problem, problem_key
from audit.rulings.model import Rest
from claims.identity import folded
from claims.model import Claim, part_name, path_of
from claims.topics import Topic

_COVERED = Struct(f">{MARK}sIII")
"""An article's mark, the number of its part (0 the main one), typed assertions, all assertions."""

_TITLES = 1000


class Watch(msgspec.Struct, frozen=True):
    """What rulings rest on, so that it can be told whether it still stands or what became of it: claims (ids), words
    (article, folded quote) that name none, files whose claims are all wanted, folded quotes wherever they stand."""

    ids: frozenset[str] = frozenset()
    words: frozenset[tuple[str, str]] = frozenset()
    paths: frozenset[str] = frozenset()
    quotes: frozenset[str] = frozenset()


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What an audit asks of every file: what is done with it (`task`), as of which day (ISO) and after how many days a
    figure is stale, which claims are to be told apart (`needs`), what rulings rest on (`watch`), whether `teasers` take
    part; `quiet` defects are off, and tell no pair of claims."""

    task: Task
    today: str
    stale_days: int = STALE_DAYS
    needs: Needs
    watch: Watch = Watch()
    teasers: bool = True
    quiet: frozenset[str] = frozenset()


def watched(rests: Iterable[Rest]) -> Watch:
    """What is to be watched for the words that rulings rest on."""
    known = list(rests)
    return Watch(
        ids=frozenset(r.id for r in known if r.id is not None),
        words=frozenset((r.article, folded(r.quote)) for r in known if r.id is None),
        paths=frozenset(path_of(r.article) for r in known),
        quotes=frozenset(folded(r.quote) for r in known),
    )


def asked(
    task: Task, today: str, topics: Mapping[str, Topic], cuts: Mapping[str, tuple[Cut, ...]],
    rests: Iterable[Rest] = (), *, stale_days: int = STALE_DAYS, teasers: bool = True, quiet: Iterable[str] = (),
) -> Asked:  # fmt: skip
    """What an audit asks that keeps few claims; `cuts` are of all references that there may be."""
    watch = watched(rests)
    needs = Needs(topics=topics, cuts=cuts, named=watch.ids, words=watch.words, whole=False)
    return Asked(
        task=task, today=today, stale_days=stale_days, needs=needs, watch=watch, teasers=teasers, quiet=frozenset(quiet)
    )


class Harvest:
    """The sum of some files. `claims` counts those on a topic; `defects` are all, of teasers and quiet ones too."""

    def __init__(self, needs: Needs) -> None:
        self.summary = Summary(needs=needs)
        self.articles = Packed(MARK)
        self.ids = Packed(2 * MARK)
        self.covered = Packed(_COVERED.size)
        self.claims = 0
        self.defects: list[Defect] = []
        self.problems: list[Problem] = []
        self._watched: set[Claim] = set()
        self._echoes: dict[tuple[str, Position], tuple[Claim, ...]] = {}
        self._titles: dict[str, str] = {}
        self._pruned = 0

    def absorb(self, other: Harvest) -> None:
        """Add what other files come to, which is left as it is. Raises MergeError if any file is in both."""
        if self.articles.shared(other.articles) is not None:
            raise MergeError("a file is in two harvests that are to be merged")
        self.articles.absorb(other.articles)
        self.summary.absorb(other.summary)
        self.ids.absorb(other.ids)
        self.covered.absorb(other.covered)
        self.claims += other.claims
        self.defects += other.defects
        self.problems += other.problems
        self._watched |= other._watched
        for key, claims in other._echoes.items():
            self._echoes[key] = min(claims, self._echoes.get(key, claims), key=lambda found: claim_key(found[0]))
        self._titles |= other._titles
        if len(self._titles) > 2 * self._pruned + _TITLES:
            self.prune()

    def prune(self) -> None:
        """Forget the titles of articles of which nothing is kept."""
        said = {c.article for c in (*self.summary.kept(), *self.watched())}
        said.update(q.article for d in self.defects for q in (*d.stated, *d.refuted))
        self._titles = {article: title for article, title in self._titles.items() if article in said}
        self._pruned = len(self._titles)

    def titles(self) -> Mapping[str, str]:
        """The titles of the articles of which anything is kept, by a claim's `article`."""
        self.prune()
        return self._titles

    def watched(self) -> tuple[Claim, ...]:
        """The claims that rulings may be about, by place; two that differ in their day alone are told apart, too."""
        found = self._watched.union(*self._echoes.values())
        return tuple(sorted(found, key=lambda c: (claim_key(c), claim_order(c))))

    def sorted_defects(self) -> tuple[Defect, ...]:
        return tuple(sorted(self.defects, key=defect_key))

    def sorted_problems(self) -> tuple[Problem, ...]:
        return tuple(sorted(self.problems, key=problem_key))

    def totals(self) -> tuple[int, int]:
        """Typed assertions, and all assertions, of the articles that are shown."""
        numbers = [_COVERED.unpack(record)[2:] for record in self.covered]
        return sum(typed for typed, _ in numbers), sum(assertions for _, assertions in numbers)

    def coverage(self, path: str) -> Iterator[tuple[str, int, int]]:
        """Of each part of an article: its name as a claim's `article` has it, typed assertions, all assertions."""
        for record in self.covered.starting(mark(path)):
            _, part, typed, assertions = _COVERED.unpack(record)
            yield f"{path}#teaser-{part}" if part else path, typed, assertions

    def same_ids(self, files: Sequence[File], id_of: Callable[[File], str | None]) -> Iterator[Problem]:
        """Articles whose id another one has. `id_of` reads the id of one; few are asked for."""
        several: set[bytes] = set()
        before = b""
        for record in self.ids:
            if record[:MARK] == before[:MARK]:
                several |= {before[MARK:], record[MARK:]}
            before = record
        if not several:  # as a rule: no file need be looked at
            return
        alike = sorted((f for f in files if mark(f.path) in several), key=lambda f: f.path)
        yield from repeated((file.path, id_of(file)) for file in alike)

    # Made of pieces.

    def add(self, found: Iterable[tuple[File, Piece]], asked: Asked) -> None:
        """Add some files, each with what it came to."""
        pieces = list(found)
        claims: list[Claim] = []
        told: list[Defect] = []
        for _, piece in pieces:
            claims += [c for c in piece.claims if asked.teasers or not c.is_teaser]
            defects = as_of(piece.defects, asked.today, asked.stale_days)
            told += [d for d in defects if d.code not in asked.quiet and _takes_part(d, asked)]
            self.defects += defects
            self._look(piece.claims, asked.watch)
            if piece.problem is not None:
                self.problems.append(piece.problem)
            if piece.article is not None and (piece.claims or piece.defects):
                self._titles |= titles_of(piece.article)
        read = [(file, piece.article) for file, piece in pieces if piece.article is not None]
        self.articles.absorb(Packed(MARK, (mark(a.path) for _, a in read)))
        self.ids.absorb(Packed(2 * MARK, (mark(a.id) + mark(a.path) for _, a in read if a.id is not None)))
        shown = (a for file, a in read if file.shown)
        self.covered.absorb(Packed(_COVERED.size, (r for a in shown for r in _records(a, asked))))
        self.claims += sum(c.value is not None for c in claims)
        hidden = frozenset(file.path for file, _ in pieces if not file.shown)
        self.summary.add(claims, asked.needs, Told(told), hidden)

    def _look(self, claims: Iterable[Claim], watch: Watch) -> None:
        """Keep the claims that are watched: of those that say a watched quote elsewhere, the first of each position."""
        if not watch.paths:
            return
        for claim in claims:
            if claim.id in watch.ids or claim.path in watch.paths:
                self._watched.add(claim)
            elif (words := folded(claim.quote)) in watch.quotes and (position := position_of(claim)) is not None:
                known = self._echoes.get((words, position), ())
                if not known or known[0].path == claim.path:
                    self._echoes[words, position] = tuple(sorted({*known, claim}, key=claim_key))
                elif claim_key(claim) < claim_key(known[0]):
                    self._echoes[words, position] = (claim,)


def titles_of(article: Scanned) -> dict[str, str]:
    """By a claim's `article`."""
    return {part_name(article.path, part): title for part, title in article.titles}


def _takes_part(defect: Defect, asked: Asked) -> bool:
    return asked.teasers or not any(q.is_teaser for q in defect.stated)


def _records(article: Scanned, asked: Asked) -> Iterator[bytes]:
    for c in article.coverage:
        if c.part == "main" or asked.teasers:
            part = 0 if c.part == "main" else int(c.part.rpartition("-")[2])
            yield _COVERED.pack(mark(article.path), part, c.typed, c.assertions)
