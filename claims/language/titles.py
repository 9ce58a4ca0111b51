"""The county that a title names by its short name alone (岳西新闻), which elsewhere may be a word or parts of two.

It is read only where the title, or a piece of it, begins with the name, the name is no ordinary word and that of one
county, and the text below names that county in full or the prefecture that it lies in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from claims.language.gazetteer import holder_of, tree
from claims.language.places import find, never_short, short_name

_BEGINS = re.compile(r"(?:^|[\s|·:：,，。!！?？《“「【〖\[(（—-]|20[0-4]\d年?)(?=[\u4e00-\u9fff]{2})")
_FEW = 400
"""So much of a block may be searched for the county or its prefecture (characters)."""


@cache
def _counties() -> dict[str, str]:
    """Short name -> the one county that bears it."""
    bearing: dict[str, list[str]] = {}
    for place in tree().places.values():
        if place.level == "county":
            bearing.setdefault(short_name(place.name), []).append(place.name)
    none = never_short()
    return {
        short: names[0] for short, names in bearing.items()
        if len(names) == 1 and 2 <= len(short) <= 4 and short != names[0] and short not in none
    }  # fmt: skip


def titled_county(title: str, below: Sequence[str]) -> str | None:
    """The canonical name of the county, or None. `below`: the texts under the title."""
    counties = _counties()
    for m in _BEGINS.finditer(title):
        for length in (4, 3, 2):
            name = counties.get(title[m.end() : m.end() + length])
            if name is not None and _told(name, below):
                return name
    return None


def _told(name: str, below: Sequence[str]) -> bool:
    near = {name, holder_of(name)}
    return any(n in near for text in below for p in find(text[:_FEW]) for n in p.names)
