"""The trees that scopes and sets are compared on (docs/claims.md sections 4 and 5).

One place knows them: which facets there are, which of their members lie in which, that `population` has four
dimensions, and that `flexible` lies in `employee` wherever it is a member of a set. Regions are left to
:mod:`claims.language.gazetteer`; whatever is not known here is compared as a flat list of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from claims.language import gazetteer
from claims.model import Scope

MEMBERS: Mapping[str, tuple[str, ...]] = {
    "scheme": ("employee", "resident", "flexible", "serious_illness", "child"),
    "setting": ("outpatient", "inpatient", "pharmacy", "special_outpatient", "emergency"),
    "tier": ("community", "tier1", "tier2", "tier3"),
    "population": (
        "active", "retired", "adult", "child", "student", "elderly", "poor", "male", "female",
    ),
    "payer": ("individual", "employer", "flexible"),
    "reach": ("nation", "province"),
}  # fmt: skip
"""The facets with a closed list of members; `region` and `year` are open."""

FACETS: tuple[str, ...] = ("region", *MEMBERS, "year")

_PARENTS: Mapping[str, Mapping[str, str]] = {
    "scheme": {"flexible": "employee", "child": "resident"},
    "setting": {"special_outpatient": "outpatient", "emergency": "outpatient"},
}
_SET_PARENTS: Mapping[str, str] = {"flexible": "employee"}

_DIMENSIONS: Mapping[str, str] = {
    "active": "work", "retired": "work",
    "adult": "age", "child": "age", "student": "age", "elderly": "age",
    "poor": "means",
    "male": "sex", "female": "sex",
}  # fmt: skip


def lies_in(facet: str, inner: str, outer: str) -> bool:
    """Whether `inner` is `outer` or lies below it on the tree of `facet` (or of one of its dimensions)."""
    if inner == outer:
        return True
    if facet == "region":
        return gazetteer.lies_in(inner, outer)
    return _below(_PARENTS.get(facet, {}), inner, outer)


def has_parent(facet: str, member: str) -> bool:
    """Whether a member lies in another of its facet (门诊慢特病 in 门诊). Regions apart."""
    return member in _PARENTS.get(facet, {})


def member_lies_in(inner: str, outer: str) -> bool:
    """Whether a set's member is `outer` or lies below it (section 5a: `flexible` lies in `employee`)."""
    return inner == outer or _below(_SET_PARENTS, inner, outer)


def _below(parents: Mapping[str, str], inner: str, outer: str) -> bool:
    above = parents.get(inner)
    while above is not None:
        if above == outer:
            return True
        above = parents.get(above)
    return False


def topmost(members: Iterable[str]) -> tuple[str, ...]:
    """A set's members without those below another listed one, sorted."""
    listed = sorted(set(members))
    return tuple(m for m in listed if not any(m != other and member_lies_in(m, other) for other in listed))


def in_municipality(region: str) -> bool:
    """Whether a region is, or lies in, 北京, 天津, 上海 or 重庆, where pool, city and province are one level."""
    return gazetteer.municipality(region)


@lru_cache(maxsize=1 << 16)
def dimensions(scope: Scope) -> Mapping[str, tuple[str, ...]]:
    """A scope by what it restricts: each facet under its name, `population` split into `population.work`, `.age`,
    `.means` and `.sex`, since within one of these a list is a union and across them an intersection (section 4).

    Cached: not to be changed by the caller.
    """
    split: dict[str, tuple[str, ...]] = {}
    for facet, members in scope.facets:
        if facet != "population":
            split[facet] = members
            continue
        for member in members:
            name = dimension(facet, member)
            split[name] = (*split.get(name, ()), member)
    return split


def dimension(facet: str, member: str) -> str:
    """What a member restricts: its facet, or one of the dimensions of `population`."""
    return f"{facet}.{_DIMENSIONS.get(member, 'other')}" if facet == "population" else facet


def facet_of(dimension: str) -> str:
    """The facet that a dimension belongs to."""
    return dimension.partition(".")[0]
