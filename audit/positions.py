"""What the corpus says: each position with the claims that take it, counted, and some of them as examples.

A position is a topic, a value, a quantifier, a scope and exceptions (docs/design.md, the way of the data). The
summary of a corpus is the merge of the summaries of its articles, in any order and any grouping, so it can be built
in parts, by other processes and on other machines. It grows with what is said, not with how often.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec.structs import replace

from audit.cells import Cell, Cut, Profile, absorb, bounded, cell_of, claim_order, copied, era
from audit.defects import Told
from audit.identity import position_key
from audit.inside import NONE, Ends, Insides, Shared, Where, inside
from audit.model import Position
from audit.packed import Packed, mark
from claims.errors import KoujingError
from claims.identity import folded
from claims.model import Claim
from claims.topics import Topic

LADDER = (100, 30, 10, 3)
"""How many examples a cell keeps, the most that ROOM leaves room for."""

ROOM = 150_000
"""Examples of all cells that a summary keeps, if its cells are not so many that each must have its least."""


class MergeError(KoujingError):
    """Two sums hold one and the same article, or were made for different questions: there is no sum of both."""


class Needs(msgspec.Struct, frozen=True, kw_only=True):
    """What must be told apart of claims that are not kept.

    `topics` are those that are compared; `cuts` by topic, sorted, the days on which references begin and end; `named`
    the ids of claims that rulings name, `words` (article, folded quote) those that they name without an id. `whole`:
    all claims are kept.
    """

    topics: Mapping[str, Topic] = {}
    cuts: Mapping[str, tuple[Cut, ...]] = {}
    named: frozenset[str] = frozenset()
    words: frozenset[tuple[str, str]] = frozenset()
    whole: bool = True

    def profile(self, claim: Claim, shown: bool = True) -> Profile:
        """What a claim's fate depends on."""
        topic = self.topics.get(claim.topic)
        return Profile(
            hedge=claim.hedged if claim.hedged in ("approx", "maybe") else "",
            teaser=claim.is_teaser,
            month=(claim.as_of or "")[:7] if topic is not None and topic.counts_provinces else "",
            era=era(claim.as_of, self.cuts.get(claim.topic, ())),
            named=claim.id if self.names(claim) else "",
            shown=shown,
        )

    def names(self, claim: Claim) -> bool:
        """Whether a ruling names a claim."""
        return claim.id in self.named or (bool(self.words) and (claim.article, folded(claim.quote)) in self.words)


PLAIN = Needs()


def position_of(claim: Claim) -> Position | None:
    """The position that a claim takes; None for `untyped`, which says nothing that could be compared."""
    if claim.value is None:
        return None
    return Position(claim.topic, claim.value, claim.quantifier, claim.scope, claim.except_)


def _slim(claim: Claim, position: Position) -> Claim:
    """A claim as an example: what it says is its position's, and what it rests on is not asked of it."""
    return replace(claim, value=position.value, scope=position.scope, except_=position.except_, evidence=())


class Summary:
    """Positions with their claims, and the pairs of claims inside articles. The order of adding is forgotten.

    Each article is added once, with all of its claims; two summaries that hold one and the same article have no merge.
    """

    def __init__(self, claims: Iterable[Claim] = (), needs: Needs = PLAIN, told: Told | None = None) -> None:
        self._cells: dict[Position, dict[Profile, Cell]] = {}
        self._takers: dict[Position, dict[Where, int]] = {}  # articles
        self._insides: Insides = {}
        self._articles = Packed()
        self._sizes = [0] * len(LADDER)  # examples, for each bound that there might be
        self._step: int | None = None if needs.whole else 0
        self.add(claims, needs, told)

    def add(
        self, claims: Iterable[Claim], needs: Needs, told: Told | None = None, hidden: frozenset[str] = frozenset()
    ) -> None:
        """Add articles: all of their claims (the same claim given twice counts once). `told` knows which pairs inside
        an article a defect shows, `hidden` are the paths that are not to be shown."""
        said: dict[str, dict[Position, dict[Profile, list[Claim]]]] = {}
        known: dict[Position, Position] = {}
        for claim in dict.fromkeys(claims):
            position = position_of(claim)
            if position is not None:
                profile = needs.profile(claim, claim.path not in hidden)
                position = known.setdefault(position, position)
                if not needs.whole:
                    claim = _slim(claim, position)
                said.setdefault(claim.article, {}).setdefault(position, {}).setdefault(profile, []).append(claim)
        marks = {article: mark(article) for article in said}
        self._hold(Packed(records=marks.values()))
        cells: dict[Position, dict[Profile, list[Claim]]] = {}
        for article, positions in said.items():
            for position, profiles in positions.items():
                self._count(position, {frozenset(profiles): 1})
                for profile, found in profiles.items():
                    cells.setdefault(position, {}).setdefault(profile, []).extend(found)
            self._join(inside(positions, marks[article], needs.topics, told or Told()))
        for position, listed in cells.items():
            for profile, found in listed.items():
                self._absorb(position, profile, cell_of(found, marks, self._most))
        self._shrink()

    def absorb(self, other: Summary) -> None:
        """Add what another summary says, which is left as it is. Raises MergeError if both hold one article."""
        self._hold(other._articles)
        if (self._step is None) != (other._step is None):
            raise MergeError("one summary keeps all claims and the other does not")
        for position, cells in other._cells.items():
            for profile, cell in cells.items():
                self._absorb(position, profile, cell)
        for position, takers in other._takers.items():
            self._count(position, takers)
        self._join(other._insides)
        self._shrink()

    def _hold(self, articles: Packed) -> None:
        if self._articles.shared(articles) is not None:
            raise MergeError("an article is in two summaries that are to be merged")
        self._articles.absorb(articles)

    def _absorb(self, position: Position, profile: Profile, cell: Cell) -> None:
        cells = self._cells.setdefault(position, {})
        ours = cells.get(profile)
        before = 0 if ours is None else ours.count
        if ours is None:
            cells[profile] = ours = copied(cell)
            ours.examples = bounded(ours.examples, self._most)
        else:
            absorb(ours, cell, self._most)
        for n, most in enumerate(LADDER):
            self._sizes[n] += min(ours.count, most) - min(before, most)

    def _count(self, position: Position, takers: Mapping[Where, int]) -> None:
        ours = self._takers.setdefault(position, {})
        for where, n in takers.items():
            ours[where] = ours.get(where, 0) + n

    def _join(self, insides: Insides) -> None:
        for ends, shared in insides.items():
            self._insides.setdefault(ends, Shared()).absorb(shared)

    @property
    def _most(self) -> int | None:
        return None if self._step is None else LADDER[self._step]

    def _shrink(self) -> None:
        """Take the bound that the counts leave room for. It follows from what was added, in whatever order, for counts
        only grow."""
        if self._step is None:
            return
        needed = next((n for n, size in enumerate(self._sizes) if size <= ROOM), len(LADDER) - 1)
        if needed > self._step:
            self._step = needed
            for cells in self._cells.values():
                for cell in cells.values():
                    cell.examples = bounded(cell.examples, self._most)

    def positions(self, topic: str | None = None) -> list[Position]:
        """The positions (on one topic), in their one order."""
        chosen = [p for p in self._cells if topic is None or p.topic == topic]
        return sorted(chosen, key=lambda p: (p.topic, position_key(p)))

    def topics(self) -> list[str]:
        """The topics on which anything is said, sorted."""
        return sorted({p.topic for p in self._cells})

    def cells(self, position: Position) -> Mapping[Profile, Cell]:
        """The claims that take a position, by profile."""
        return self._cells.get(position, {})

    def claims(self, position: Position) -> tuple[Claim, ...]:
        """The claims that take a position, in their one order, as far as they are kept."""
        found = [c for cell in self.cells(position).values() for c in cell.examples]
        return tuple(sorted(found, key=claim_order))

    def kept(self) -> Iterator[Claim]:
        """All claims that are kept, some perhaps twice."""
        for cells in self._cells.values():
            for cell in cells.values():
                yield from cell.examples
        for found in self._insides.values():
            for one in found.cells.values():
                for both in (one.first, one.speaking):
                    yield from (*both.left, *both.right) if both is not None else ()

    def count(self, position: Position) -> int:
        """How many claims take a position."""
        return sum(cell.count for cell in self.cells(position).values())

    def takers(self, position: Position) -> Mapping[Where, int]:
        """How many articles take a position, by the cells in which they have claims."""
        return self._takers.get(position, {})

    def shared(self, ends: Ends) -> Shared:
        """The articles that take both of two positions, which stand in the order of their keys."""
        return self._insides.get(ends, NONE)

    def __len__(self) -> int:
        return len(self._cells)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Summary)
            and self._cells == other._cells
            and self._takers == other._takers
            and self._insides == other._insides
            and self._articles == other._articles
        )

    __hash__ = None  # type: ignore[assignment]  # it grows

    def __repr__(self) -> str:
        return f"<Summary: {len(self)} positions, {sum(map(self.count, self._cells))} claims>"


def merge(*summaries: Summary) -> Summary:
    """One summary of what all of them say; the arguments are left as they are. Raises MergeError as `absorb` does."""
    merged_ = Summary(needs=Needs(whole=all(s._step is None for s in summaries)))
    for summary in summaries:
        merged_.absorb(summary)
    return merged_
