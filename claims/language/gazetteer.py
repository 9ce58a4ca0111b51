"""The tree of China's administrative divisions: provinces, prefectures, counties.

GB/T 2260 as of data/regions.json; data/NOTICE.md gives its sources, tools/make_regions.py makes it. Canonical names are
the standard's full names; a county name that several counties bear has its prefecture (in a municipality: its province)
before it: 南京市鼓楼区, 北京市朝阳区. For use through :mod:`claims.language.places`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

Level: TypeAlias = Literal["province", "prefecture", "county"]
DATA = Path(__file__).parent / "data"
MUNICIPALITIES = frozenset(("北京市", "天津市", "上海市", "重庆市"))


class Place(msgspec.Struct, frozen=True):
    """`name` and `parent` are canonical; `code` is GB/T 2260's, six digits (the production corps: 660000)."""

    name: str
    level: Level
    code: str
    parent: str | None = None


class _Snapshot(msgspec.Struct):
    places: list[tuple[str, str, int]]
    former: list[tuple[str, str]]


class Tree(msgspec.Struct, frozen=True):
    places: Mapping[str, Place]
    above: Mapping[str, frozenset[str]]
    """A place and all it lies in."""
    borne: Mapping[str, tuple[str, ...]]
    """The standard's name -> the canonical names of the places that bear it."""
    former: Mapping[str, str]


@cache
def tree() -> Tree:
    """The whole table, read once."""
    snapshot = msgspec.json.decode((DATA / "regions.json").read_bytes(), type=_Snapshot)
    rows = snapshot.places
    times = Counter(name for _, name, _ in rows)
    names: list[str] = []
    borne: dict[str, tuple[str, ...]] = {}
    for _, name, parent in rows:
        # Districts merged into another one lie below it, yet are named after the municipality.
        while parent >= 0 and not rows[parent][0].endswith("00"):
            parent = rows[parent][2]
        full = rows[parent][1] + name if times[name] > 1 and parent >= 0 else name
        names.append(full)
        borne[name] = (*borne.get(name, ()), full)
    places: dict[str, Place] = {}
    for (code, _, parent), full in zip(rows, names, strict=True):
        level: Level = "province" if parent < 0 else "prefecture" if code.endswith("00") else "county"
        places[full] = Place(full, level, code, names[parent] if parent >= 0 else None)
    above: dict[str, frozenset[str]] = {}
    for full in names:
        line = [full]
        while (parent_name := places[line[-1]].parent) is not None:
            line.append(parent_name)
        above[full] = frozenset(line)
    return Tree(places, above, borne, dict(snapshot.former))


def place(name: str) -> Place | None:
    """The place of that canonical name."""
    return tree().places.get(name)


def lies_in(inner: str, outer: str) -> bool:
    """Whether `inner` is `outer` or lies below it. A name that is no place equals only itself."""
    return inner == outer or outer in tree().above.get(inner, ())


def municipality(name: str) -> bool:
    """Whether it is, or lies in, 北京, 天津, 上海 or 重庆, where city and province are one."""
    return not MUNICIPALITIES.isdisjoint(tree().above.get(name, ()))


def holder_of(name: str) -> str | None:
    """The prefecture or province that it lies directly in; a merged district's is that of the district it is now in."""
    places = tree().places
    at = places.get(name)
    while at is not None and at.parent is not None:
        at = places[at.parent]
        if at.level != "county":
            return at.name
    return None


def province_of(name: str) -> str | None:
    """The province it lies in or is; None where it is no place."""
    places = tree().places
    at = places.get(name)
    while at is not None and at.parent is not None:
        at = places[at.parent]
    return at.name if at is not None else None
