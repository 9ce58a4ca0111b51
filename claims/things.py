"""Names of the things that a domain's claims are about: 塔里木河, 青海湖, 昌都市.

A domain declares in domain.yaml, by facet, kinds of things and how they are named:

    things:
      subject:                      # the facet of the scope that the name goes into
        river:
          family: river             # concepts of a lexicon family whose `members` are the names
          ends: 河 江 溪             # and whatever else ends so
          not: 内陆河 大河           # words that end so and are no names
          not_before: 路 街 镇       # what makes it part of another name, directly behind it
        place: {places: [province, prefecture, county]}     # places of the gazetteer, by level
        province: {places: [province, prefecture, county], as: province}    # each as the province it lies in

A name that no list knows is read only where both its ends show: from a boundary (punctuation, a space, a function
word, a place before it) to its ending, two to five characters that are no words of the domain. Names err towards
silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from claims.language.gazetteer import place, province_of
from claims.language.lexicon import Hit

if TYPE_CHECKING:
    from claims.language.places import PlaceHit

SHORTEST, LONGEST = 2, 5
"""Characters before the ending of a name that no list knows."""

_EDGE = frozenset(
    "的是在与和及或由从至到于向往经入过条座称叫为即内部侧岸畔有等其该此这那本各每对被把将以而但且则因虽比较"
)
"""Characters that end what stands before a name; those few that names hold as well cost these names, no false ones."""

_HAN = re.compile(r"[\u4e00-\u9fff]")


class ThingKind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of things: the facet of its names and how they are known (see the module)."""

    kind: str
    facet: str
    family: str | None = None
    ends: re.Pattern[str] | None = None
    common: frozenset[str] = frozenset()
    not_before: re.Pattern[str] | None = None
    levels: frozenset[str] = frozenset()
    province: bool = False


class Thing(msgspec.Struct, frozen=True, order=True):
    """`[start, end)` of the folded text names the thing `name` of a kind."""

    start: int
    end: int
    kind: str
    name: str


def kinds_of(raw: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, ThingKind]:
    """kind -> its declaration, from `things` of domain.yaml."""
    return {
        kind: ThingKind(
            kind=kind,
            facet=facet,
            family=how.get("family"),
            ends=_any(how.get("ends", "")),
            common=frozenset(str(how.get("not", "")).split()),
            not_before=_any(how.get("not_before", "")),
            levels=frozenset(how.get("places", ())),
            province=how.get("as") == "province",
        )
        for facet, kinds in raw.items()
        for kind, how in kinds.items()
    }


def _any(words: object) -> re.Pattern[str] | None:
    options = sorted(str(words).split(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, options))) if options else None


def find_things(
    text: str, hits: Sequence[Hit], places: Sequence[PlaceHit], gaps: frozenset[int], kinds: Iterable[ThingKind],
    names: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> tuple[Thing, ...]:  # fmt: skip
    """The things that a folded text names, in order. `hits` are the lexicon's, `gaps` as in `Folded`; `names[family]`
    gives the names that a family's concepts stand for. Of two that overlap the longer stands; a place and another
    thing of the same span both do."""
    found: list[Thing] = []
    for kind in kinds:
        known: list[Thing] = []
        if kind.levels:
            found += _placed(kind, places)
        if kind.family is not None:
            known = list(_listed(kind, text, hits, names.get(kind.family, {})))
            found += known
        if kind.ends is not None:
            ending = _ending(kind, kind.ends, text, hits, places, gaps, names.get(kind.family or "", {}))
            found += (t for t in ending if not any(t.start < k.end and k.start < t.end for k in known))
    longest = [t for t in found if not any(_covers(o, t) for o in found)]
    return tuple(sorted(set(longest)))


def _covers(longer: Thing, other: Thing) -> bool:
    overlap = longer.start < other.end and other.start < longer.end
    return overlap and longer.end - longer.start > other.end - other.start


def in_levels(name: str, kind: ThingKind) -> bool:
    """Whether a name is that of a place of one of the levels of a kind."""
    known = place(name)
    return known is not None and known.level in kind.levels


def _placed(kind: ThingKind, places: Sequence[PlaceHit]) -> Iterator[Thing]:
    for p in places:
        if len(p.names) == 1 and in_levels(p.names[0], kind):
            name = province_of(p.names[0]) if kind.province else p.names[0]
            yield Thing(p.start, p.end, kind.kind, name or p.names[0])


def _listed(kind: ThingKind, text: str, hits: Sequence[Hit], names: Mapping[str, tuple[str, ...]]) -> Iterator[Thing]:
    for h in hits:
        if h.concept in names and not (kind.not_before and kind.not_before.match(text, h.end)):
            yield Thing(h.start, h.end, kind.kind, names[h.concept][0])


def _ending(
    kind: ThingKind, ends: re.Pattern[str], text: str, hits: Sequence[Hit], places: Sequence[PlaceHit],
    gaps: frozenset[int], names: Mapping[str, tuple[str, ...]],
) -> Iterator[Thing]:  # fmt: skip
    closes = {p.end: p.start for p in places}
    words = [h for h in hits if h.concept not in names and h.end - h.start > 1]
    ended = -1
    for m in ends.finditer(text):
        # 羊卓雍措|湖面: the name has ended.
        if m.start() == ended:
            continue
        ended = m.end()
        if kind.not_before and kind.not_before.match(text, m.end()):
            continue
        if any(p.start <= m.start() and m.end() <= p.end for p in places):
            continue
        start = m.start()
        while start and start not in gaps and start not in closes and m.start() - start <= LONGEST:
            if not _HAN.match(text[start - 1]) or text[start - 1] in _EDGE:
                break
            start -= 1
        if start == m.start() and start in closes:
            start = closes[start]  # 伊犁|河
        name = text[start : m.end()]
        if not SHORTEST <= m.start() - start <= LONGEST or name in kind.common:
            continue
        # 嘉陵江长: a word may begin with the ending.
        if any(h.start < m.start() and start < h.end for h in words):
            continue
        yield Thing(start, m.end(), kind.kind, name)
