"""Pairs of claims inside one article: judged when the article is summed up, while all of its claims are at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec

from audit.cells import Mark, Profile
from audit.defects import Told
from audit.identity import position_key
from audit.model import Position
from audit.verdict import Ground, ground, settle
from claims.model import Claim
from claims.topics import Topic

Where: TypeAlias = frozenset[Profile]
"""The cells of one position in which an article has claims."""


class Both(msgspec.Struct, frozen=True):
    """An article with claims in both of two cells: how many, and those of them that conflict inside it; and in which
    cells of both positions it has any."""

    article: Mark
    counts: tuple[int, int]
    where: tuple[Where, Where]
    left: tuple[Claim, ...] = ()
    right: tuple[Claim, ...] = ()

    @property
    def speaks(self) -> bool:
        """Whether any conflict."""
        return bool(self.left)


class Inside(msgspec.Struct, frozen=True):
    """The articles with claims in both of two cells that can conflict: the first of them (by mark), and the first in
    which claims do. That is enough: any other counts as every article does, by what it says beside what others say."""

    first: Both
    speaking: Both | None = None


Ends: TypeAlias = tuple[Position, Position]
"""Two positions, in the order of their keys."""
Profiles: TypeAlias = tuple[Profile, Profile]


class Shared(msgspec.Struct):
    """The articles that take both of two positions: by cells, and how many there are by where they have claims."""

    cells: dict[Profiles, Inside] = {}
    articles: dict[tuple[Where, Where], int] = {}

    def absorb(self, other: Shared) -> None:
        """Add those of other articles."""
        for profiles, one in other.cells.items():
            self.cells[profiles] = merged(self.cells[profiles], one) if profiles in self.cells else one
        for where, n in other.articles.items():
            self.articles[where] = self.articles.get(where, 0) + n


Insides: TypeAlias = dict[Ends, Shared]
NONE = Shared()

Said: TypeAlias = Mapping[Position, Mapping[Profile, Sequence[Claim]]]
"""What one article says."""


def inside(said: Said, mark: Mark, topics: Mapping[str, Topic], told: Told) -> Insides:
    """The pairs inside one article. Those that a defect has told are silent, as are those of topics not given."""
    found: Insides = {}
    for one, other in _pairs(said, topics):
        topic = topics[one.topic]
        silent: bool | None = None
        where = frozenset(said[one]), frozenset(said[other])
        for p, ours in said[one].items():
            for q, theirs in said[other].items():
                rests_on = ground(one, other, topic, approx=(p.hedge == "approx", q.hedge == "approx"))
                if not isinstance(rests_on, Ground):
                    continue
                if silent is None:
                    silent = told(_all(said[one]), _all(said[other]))
                pairs = [] if silent else _conflicts(ours, theirs, topic, rests_on)
                both = Both(
                    mark, (len(ours), len(theirs)), where,
                    tuple(dict.fromkeys(a for a, _ in pairs)), tuple(dict.fromkeys(b for _, b in pairs)),
                )  # fmt: skip
                shared = found.setdefault((one, other), Shared(articles={where: 1}))
                shared.cells[p, q] = Inside(both, both if both.speaks else None)
    return found


def merged(one: Inside, other: Inside) -> Inside:
    """Of two that hold different articles."""
    speaking = [i.speaking for i in (one, other) if i.speaking is not None]
    return Inside(
        min(one.first, other.first, key=lambda b: b.article), min(speaking, key=lambda b: b.article, default=None)
    )


def _pairs(said: Said, topics: Mapping[str, Topic]) -> Iterator[Ends]:
    """The pairs of positions on one topic that cannot both be true, whoever says so."""
    by_topic: dict[str, list[Position]] = {}
    for position in said:
        if position.topic in topics:
            by_topic.setdefault(position.topic, []).append(position)
    for name, positions in by_topic.items():
        for i, one in enumerate(positions):
            for other in positions[i + 1 :]:
                # An approximate value never finds a ground where an exact one finds none.
                if isinstance(ground(one, other, topics[name]), Ground):
                    yield (one, other) if position_key(one) <= position_key(other) else (other, one)


def _conflicts(
    ours: Sequence[Claim], theirs: Sequence[Claim], topic: Topic, rests_on: Ground
) -> list[tuple[Claim, Claim]]:
    return [(a, b) for a in ours for b in theirs if settle(a, b, topic, rests_on).kind is not None]


def _all(said: Mapping[Profile, Sequence[Claim]]) -> list[Claim]:
    return [claim for claims in said.values() for claim in claims]
