"""What can be done about rulings that have no effect: take over words that changed, drop words that are gone, delete.

Whatever is offered was tried on the corpus first: a ruling is renewed, or made smaller, only where it then has an
effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec
from msgspec.structs import replace

from audit.rulings.effect import Corpus, Effect, effect_of
from audit.rulings.meaning import likely
from audit.rulings.model import Rest, Ruling
from claims.model import Claim

Act: TypeAlias = Literal["delete", "drop", "keep"]


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How a void or expired ruling would have an effect again.

    `gone` are the numbers of its `rests` that are gone, `meant` the claims that these were most likely made into: of
    all of them, and only where the ruling has an effect with them. `opens`: it is expired, and another day is all that
    it needs besides. `drops`: it is void, and has an effect without the words that are gone.
    """

    gone: tuple[int, ...] = ()
    meant: tuple[tuple[int, Claim], ...] = ()
    opens: bool = False
    drops: bool = False

    def changes(self, ruling: Ruling) -> dict[int, dict[str, str]]:
        """What renewing it writes into its file, by the number of the entry under `claims` and its key."""
        return {n: _written(ruling.rests[n], claim) for n, claim in self.meant}


class Step(msgspec.Struct, frozen=True):
    """What pruning does with one ruling: delete its file, drop the words that are gone, or keep it as it is, for an
    editor has to say what becomes of it."""

    ruling: Ruling
    act: Act
    gone: tuple[int, ...] = ()


def ways(rulings: Iterable[Ruling], effect: Effect, corpus: Corpus) -> dict[str, Way]:
    """By the name of each ruling that is void or expired; `effect` is what all of them come to."""
    if not effect.void and not effect.expired:
        return {}
    gone = {r.id: numbers for r, numbers in effect.void}
    opened = [replace(r, expires=None) for r in effect.expired]
    if opened:
        gone |= {r.id: numbers for r, numbers in effect_of(opened, corpus).void}
    idle = [*opened, *(r for r, _ in effect.void)]
    names = {r.id for r in idle}
    sound = [r for r in rulings if r.id not in names]
    meant = {r.id: _meant(r, gone[r.id], corpus.claims) for r in idle if r.id in gone}
    renewed = _sound([_renewed(r, meant.get(r.id, ())) for r in idle], sound, corpus)
    smaller = _sound([left for r, numbers in effect.void if (left := _reduced(r, numbers)) is not None], sound, corpus)
    return {
        r.id: Way(
            gone=gone.get(r.id, ()), meant=meant.get(r.id, ()) if r.id in renewed else (),
            opens=r in opened and r.id in renewed, drops=r.id in smaller,
        )
        for r in idle
    }  # fmt: skip


def pruned(rulings: Iterable[Ruling], effect: Effect, known: Mapping[str, Way], named: bool) -> list[Step]:
    """What pruning does with rulings, in their order; with those that have an effect nothing.

    A void ruling whose words most likely only changed, and one that another contradicts, are kept unless they were
    `named`: that the one still holds, or the other is right, is for an editor to say.
    """
    clashing = {r.id for pair in effect.clashes for r in pair if isinstance(r, Ruling)}
    idle = {r.id for r in (*effect.unused, *effect.expired)}
    steps: list[Step] = []
    for ruling in rulings:
        way = known.get(ruling.id)
        if ruling.id in idle:
            steps.append(Step(ruling, "delete"))
        elif way is not None and way.meant and not named:
            steps.append(Step(ruling, "keep", way.gone))
        elif way is not None:
            steps.append(Step(ruling, "drop" if way.drops else "delete", way.gone))
        elif ruling.id in clashing:
            steps.append(Step(ruling, "delete" if named else "keep"))
    return steps


def _meant(ruling: Ruling, gone: Sequence[int], claims: Sequence[Claim]) -> tuple[tuple[int, Claim], ...]:
    """What each of the words that are gone was made into; empty unless that is known of all, each another claim."""
    found = [(n, meant) for n in gone if (meant := likely(ruling.rests[n], claims)) is not None]
    ids = [rest.id for n, rest in enumerate(ruling.rests) if n not in gone] + [claim.id for _, claim in found]
    named = [i for i in ids if i is not None]
    return tuple(found) if len(found) == len(gone) and len(set(named)) == len(named) else ()


def _written(rest: Rest, claim: Claim) -> dict[str, str]:
    """The keys of an entry that change. Words of a defect name no claim, and go on doing so."""
    now = {"article": claim.article, "quote": claim.quote} | ({"id": claim.id} if rest.id is not None else {})
    was = {"id": rest.id, "article": rest.article, "quote": rest.quote}
    return {key: value for key, value in now.items() if was[key] != value}


def _renewed(ruling: Ruling, meant: Iterable[tuple[int, Claim]]) -> Ruling:
    rests = list(ruling.rests)
    for n, claim in meant:
        rests[n] = replace(rests[n], **_written(rests[n], claim))
    return replace(ruling, rests=tuple(rests))


def _reduced(ruling: Ruling, gone: Sequence[int]) -> Ruling | None:
    left = tuple(rest for n, rest in enumerate(ruling.rests) if n not in gone)
    return replace(ruling, rests=left) if left else None


def _sound(tried: Sequence[Ruling], others: Sequence[Ruling], corpus: Corpus) -> frozenset[str]:
    """The names of those that, each beside the others, have an effect."""
    if not tried:
        return frozenset()
    effect = effect_of([*others, *tried], corpus)
    clashing = (r for pair in effect.clashes for r in pair if isinstance(r, Ruling))
    idle = {r.id for r in (*effect.expired, *effect.unused, *clashing)} | {r.id for r, _ in effect.void}
    return frozenset(r.id for r in tried) - idle
