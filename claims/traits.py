"""What a unit is beside its words, seen once for all patterns: its sign, its subjects, what it requires or restricts.

Whether a pattern fits that is quickly told, and for most is the end of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from claims.domain import ANY, Domain, Pattern
from claims.rarity import kind_of
from claims.reading import Unit

_SIGNS = {1: "+", -1: "-", 0: "0"}


class Traits(msgspec.Struct, frozen=True):
    """`flags` are the names of those that hold; `figure`: it is a table's cell that holds a figure and no more."""

    sign: str
    flags: frozenset[str]
    subjects: frozenset[str | None]
    figure: bool

    @classmethod
    def of(cls, unit: Unit) -> Traits:
        g = unit.grammar
        values = {
            "must": g.must, "need_not": g.need_not or g.irrelevant, "only": bool(g.only), "not_only": g.not_only,
            "modal": g.modal, "some": unit.some, "all": g.all_, "bare": unit.bare, "contrast": unit.contrast,
            "example": g.example, "then": g.then,
            "listed": unit.reading.block.list_id is not None, "now": g.now, "labelled": unit.labelled,
            "row": unit.row is not None,
        }  # fmt: skip
        flags = frozenset(name for name, holds in values.items() if holds)
        return cls(_SIGNS[g.sign], flags, frozenset((ANY, unit.subject, unit.also)), unit.figure)


def fits(pattern: Pattern, traits: Traits, domain: Domain) -> bool:
    """Whether a pattern may speak of a unit with these traits."""
    return (
        traits.sign in pattern.sign
        and not traits.subjects.isdisjoint(pattern.subject or (domain.default_subject,))
        and _suits(pattern, traits)
    )


def _suits(pattern: Pattern, traits: Traits) -> bool:
    """Whether a pattern that may speak of units of this kind may speak of one with these traits."""
    return (
        traits.flags.issuperset(pattern.flags)
        and traits.flags.isdisjoint(pattern.not_flags)
        and (not traits.figure or pattern.number is not None)
    )


def likely(unit: Unit, domain: Domain) -> Iterator[Pattern]:
    """The patterns that fit a unit and for each of whose needs some concept stands where it should, in their order."""
    traits = Traits.of(unit)
    index, names = domain.index, unit.zones.names
    kinds = [kind_of(traits.sign, subject) for subject in traits.subjects if subject is not None]
    for number in index.candidates(names["context"], kinds):
        pattern = domain.patterns[number]
        if _suits(pattern, traits) and index.may_match(number, names):
            yield pattern
