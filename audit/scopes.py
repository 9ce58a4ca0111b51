"""Step b: do two claims speak of the same thing? (docs/claims.md section 5b)

Scopes are compared facet by facet on the facet's tree; the empty tuple stands for an absent facet, which holds
everything. Whether an absent facet was meant so (`everywhere`) or left open (`not_said`) is told apart at the end:
what was left open never hides that two scopes are disjoint, it only makes their meeting uncertain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal, TypeAlias

import msgspec

from audit.model import Reason, Said
from claims.facets import dimension, dimensions, facet_of, in_municipality, lies_in
from claims.model import Claim, Scope
from claims.topics import Absent

Relation: TypeAlias = Literal["equal", "inside", "contains", "overlaps", "disjoint"]
Members: TypeAlias = tuple[str, ...]
Box: TypeAlias = Mapping[str, Members]

_MIRROR: Mapping[Relation, Relation] = {"inside": "contains", "contains": "inside"}


class Meeting(msgspec.Struct, frozen=True):
    """How two scopes meet: `relation` is the first to the second, an absent facet taken as everything; `unsaid` are the
    facets in which the text leaves open whether they do; `restricted` is false where neither names any facet."""

    relation: Relation
    unsaid: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    restricted: bool = True


@lru_cache(maxsize=1 << 18)
def relation(name: str, a: Members, b: Members) -> Relation:
    """How the members `a` stand to `b` in one facet or dimension; lists are unions."""
    inside = not b or (bool(a) and all(_covered(name, m, b) for m in a))
    contains = not a or (bool(b) and all(_covered(name, m, a) for m in b))
    if inside:
        return "equal" if contains else "inside"
    if contains:
        return "contains"
    return "overlaps" if common(name, a, b) else "disjoint"


@lru_cache(maxsize=1 << 18)
def common(name: str, a: Members, b: Members) -> Members:
    """The members that both hold: the narrower of each comparable two, sorted; empty where both hold everything."""
    if not a or not b:
        return a or b
    inner = {x for x in a if _covered(name, x, b)} | {y for y in b if _covered(name, y, a)}
    return tuple(sorted(inner))


def _covered(name: str, member: str, members: Iterable[str]) -> bool:
    facet = facet_of(name)
    return any(lies_in(facet, member, m) for m in members)


def meet(a: Said, b: Said, absent: Absent, *, everywhere: tuple[bool, bool] = (False, False)) -> Meeting | Reason:
    """How two claims of one topic meet, or the reason why they do not.

    `everywhere` marks a side (a reference fact, a ruling) on which an absent facet is meant as everywhere and everyone
    whatever the topic says.
    """
    if a.quantifier == "some" and b.quantifier == "some":
        return Reason("both-some")
    in_a, in_b = dimensions(a.scope), dimensions(b.scope)
    names = sorted({*in_a, *in_b})
    relations = {n: relation(n, in_a.get(n, ()), in_b.get(n, ())) for n in names}
    for name, found in relations.items():
        if found == "disjoint":
            return _disjoint(name, in_a[name], in_b[name])
    shared = {n: common(n, in_a.get(n, ()), in_b.get(n, ())) for n in names}
    unsaid = tuple(n for n in names if _unsaid(n, in_a, in_b, absent, everywhere))
    return (
        _excepted(shared, a, b)
        or _no_witness(0, a, b, relations, unsaid)
        or _no_witness(1, b, a, {n: _MIRROR.get(r, r) for n, r in relations.items()}, unsaid)
        or Meeting(
            _overall(relations.values()),
            tuple(sorted({facet_of(n) for n in unsaid})),
            tuple(sorted({facet_of(n) for n, r in relations.items() if r in ("inside", "contains")})),
            bool(names),
        )
    )


def _disjoint(name: str, a: Members, b: Members) -> Reason:
    sides = (("a", ",".join(a)), ("b", ",".join(b)))
    return Reason("years-disjoint", sides) if name == "year" else Reason("scopes-disjoint", (("facet", name), *sides))


def _overall(relations: Iterable[Relation]) -> Relation:
    found = set(relations) - {"equal"}
    if len(found) > 1:
        return "overlaps"
    return found.pop() if found else "equal"


def _unsaid(name: str, in_a: Box, in_b: Box, absent: Absent, everywhere: tuple[bool, bool]) -> bool:
    """Whether one side alone names this dimension and the other left it open.

    A dimension of population that only one of two lists of people names is not said on any topic (section 4); a
    facet that is absent as a whole is left to the topic.
    """
    if (name in in_a) == (name in in_b):
        return False
    silent = 1 if name in in_a else 0
    if everywhere[silent]:
        return False
    others = (in_a, in_b)[silent]
    return absent == "not_said" or any(facet_of(n) == facet_of(name) for n in others)


# Exceptions. Each facet of an `except` takes out what lies in it; within population its dimensions hold together.


def _boxes(except_: Scope) -> Iterator[tuple[str, Members, Box]]:
    for facet, members in except_.facets:
        box: dict[str, Members] = {}
        for member in members:
            name = dimension(facet, member)
            box[name] = (*box.get(name, ()), member)
        yield facet, members, box


def _excepted(shared: Box, a: Said, b: Said) -> Reason | None:
    """What both speak of lies wholly in what one of them (or both together) takes out."""
    boxes = [*_boxes(a.except_), *_boxes(b.except_)]
    for facet in sorted({f for f, _, _ in boxes}):
        here = [(members, box) for f, members, box in boxes if f == facet]
        if _taken_out(shared, [box for _, box in here]):
            listed = sorted({m for members, _ in here for m in members})
            return Reason("excepted", (("facet", facet), ("members", ",".join(listed))))
    return None


def _taken_out(shared: Box, boxes: Iterable[Box]) -> bool:
    left = dict(shared)
    # A box of one dimension takes single members out; these come first, so that the order of the sides does not count.
    for box in sorted(boxes, key=len):
        if all(left.get(n) and all(_covered(n, m, out) for m in left[n]) for n, out in box.items()):
            return True
        if len(box) == 1:
            for n, out in box.items():
                left[n] = tuple(m for m in left.get(n, ()) if not _covered(n, m, out))
    return False


def _no_witness(
    side: int, some: Said, other: Said, relations: Mapping[str, Relation], unsaid: tuple[str, ...]
) -> Reason | None:
    """Why the witness of a `some`-claim, wherever it is in its scope, need not be one of the other claim's."""
    if some.quantifier != "some":
        return None
    for name, found in relations.items():
        if name not in unsaid and found not in ("equal", "inside"):
            return Reason("witness-outside", (("facet", name), ("side", str(side))))
    own = dimensions(some.scope)
    for facet, members, box in _boxes(other.except_):
        if all(relation(n, own.get(n, ()), out) != "disjoint" for n, out in box.items()):
            args = (("facet", facet), ("members", ",".join(members)), ("side", str(side)))
            return Reason("witness-excepted", args)
    return None


def in_one_municipality(a: Scope, b: Scope) -> bool:
    """Whether every region that two scopes share lies in a municipality (section 5a)."""
    shared = common("region", a.get("region"), b.get("region"))
    return bool(shared) and all(in_municipality(r) for r in shared)


def set_against(exception: Claim, rule: Claim, meeting: Meeting, side: int) -> bool:
    """Whether the text sets `exception` (side 0 or 1 of the meeting) against the `all`-claim `rule` (section 5b)."""
    span = exception.sets_against
    if span is None or rule.quantifier != "all" or not (span[0] <= rule.start and rule.end <= span[1]):
        return False
    return exception.quantifier == "some" or meeting.relation == ("inside", "contains")[side]
