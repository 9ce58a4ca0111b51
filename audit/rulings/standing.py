"""Each ruling of a content repo with what it comes to there, and what rulings say of the patterns that read claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias, get_args

import msgspec

from audit.identity import is_named
from audit.model import Finding, Position, Reference
from audit.references import judge_reference, reference_of
from audit.rulings.effect import Corpus, Effect, closed_pairs
from audit.rulings.model import Ruling
from audit.scopes import Meeting, meet
from claims.model import Claim
from claims.topics import Topic

RulingState: TypeAlias = Literal["in-effect", "under-review", "void", "expired", "unused", "contradicted"]

STATES: tuple[RulingState, ...] = get_args(RulingState)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A ruling and what it comes to. `topic` is None where it is not known any more. Of a `stands` that has an effect,
    `follow` and `against` are the articles that say so, and those of which a claim is against it.

    `closes` are the ids of the findings that it resolves, of an `under-review` those that are shown so; `pairs` counts
    the pairs of claims that a `both-stand` closes.
    """

    ruling: Ruling
    state: RulingState
    topic: str | None = None
    position: Position | None = None
    follow: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    pairs: int = 0


def standings(rulings: Iterable[Ruling], effect: Effect, corpus: Corpus, findings: Iterable[Finding]) -> list[Standing]:
    """Every ruling, in the order of `rulings`; `findings` are those of the audit, as they are shown."""
    rulings, findings = list(rulings), list(findings)
    states, topics = _states(effect), {claim.id: claim.topic for claim in corpus.claims}
    pairs = closed_pairs((r for r in rulings if states.get(r.id, "in-effect") == "in-effect"), corpus)
    return [
        Standing(
            ruling=r, state=state, topic=_topic(r, topics, findings),
            position=reference_of(r.fact).position if r.fact is not None else None,
            follow=tuple(sorted(follow - against)), against=tuple(sorted(against)),
            closes=tuple(f.id for f in findings if f.ruling == r.id and f.state != "open"), pairs=pairs.get(r.id, 0),
        )
        for r in rulings
        for state in [states.get(r.id, "in-effect")]
        for follow, against in [_held(r, effect, corpus) if state == "in-effect" else (set[str](), set[str]())]
    ]  # fmt: skip


def _states(effect: Effect) -> Mapping[str, RulingState]:
    states: dict[str, RulingState] = {r.id: "under-review" for r in effect.reviews}
    states |= dict.fromkeys((r.id for r in effect.expired), "expired")
    states |= dict.fromkeys((r.id for r, _ in effect.void), "void")
    states |= dict.fromkeys((r.id for r in effect.unused), "unused")
    clashing = (r.id for pair in effect.clashes for r in pair if isinstance(r, Ruling))
    return states | dict.fromkeys(clashing, "contradicted")


def _topic(ruling: Ruling, topics: Mapping[str, str], findings: Iterable[Finding]) -> str | None:
    if ruling.fact is not None:
        return ruling.fact.topic
    named = (f.topic for f in findings if is_named(f.id, ruling.finding or "") and f.topic)
    listed = (topics[rest.id] for rest in ruling.rests if rest.id is not None and rest.id in topics)
    return next(named, None) or next(listed, None)


def _held(ruling: Ruling, effect: Effect, corpus: Corpus) -> tuple[set[str], set[str]]:
    """The articles that say what stands, and those that say otherwise."""
    topic = corpus.topics.get(ruling.fact.topic) if ruling.fact is not None else None
    if ruling.fact is None or topic is None:
        return set(), set()
    claims = [c for c in corpus.claims if c.topic == topic.id and c.id not in effect.closings.misread]
    return held(reference_of(ruling.fact, "ruling"), claims, topic, today=corpus.today)


def held(reference: Reference, claims: Iterable[Claim], topic: Topic, *, today: str) -> tuple[set[str], set[str]]:
    """The paths of the articles that say what a ruling or a fact says, and of those that say otherwise of now; `claims`
    are on its topic."""
    follow, against = set[str](), set[str]()
    for claim in claims:
        verdict = judge_reference(reference, claim, topic, today=today)
        if verdict.kind == f"against-{reference.kind}":
            against.add(claim.path)
        elif verdict.reasons[0].code == "values-meet":
            meeting = meet(reference.position, claim, topic.absent, everywhere=(True, False))
            if isinstance(meeting, Meeting):
                follow.add(claim.path)
    return follow, against


# What rulings say of patterns and people.


class Read(msgspec.Struct, frozen=True):
    """How a pattern has fared in this corpus: the claims that it read, and those of them that editors ruled misread."""

    pattern: str
    claims: int
    misread: int

    @property
    def precision(self) -> float:
        """The share of its claims that nobody has ruled misread, 0 to 1."""
        return 1 - self.misread / self.claims


class Count(msgspec.Struct, frozen=True):
    """How many rulings there are of a verdict, or by a person, and how many of them have an effect."""

    name: str
    rulings: int
    effective: int


class Statistics(msgspec.Struct, frozen=True):
    patterns: tuple[Read, ...]
    verdicts: tuple[Count, ...]
    people: tuple[Count, ...]


def statistics(known: Sequence[Standing], claims: Iterable[Claim], effect: Effect) -> Statistics:
    """Patterns by how many of their claims were misread, the most first; verdicts and people by their names."""
    patterns = {claim.id: claim.pattern for claim in claims if claim.value is not None}
    read = Counter(patterns.values())
    misread = Counter(patterns[claim] for claim in effect.closings.misread if claim in patterns)
    return Statistics(
        tuple(Read(p, read[p], misread[p]) for p in sorted(read, key=lambda p: (-misread[p], -read[p], p))),
        tuple(_counts(known, [s.ruling.verdict for s in known])),
        tuple(_counts(known, [s.ruling.by for s in known])),
    )


def _counts(known: Sequence[Standing], names: Sequence[str]) -> Iterator[Count]:
    every = Counter(names)
    working = Counter(n for s, n in zip(known, names, strict=True) if s.state in ("in-effect", "under-review"))
    yield from (Count(name, every[name], working[name]) for name in sorted(every))
