"""Named places as levels of reach: 山东省内 limits like 省内 does, a place far from the article's own is elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.domain import Domain
from claims.language.lexicon import Hit
from claims.language.places import PlaceHit, place

_NAMED_PLACE_NEEDS = re.compile(r"(?:省|市|区|县|州|盟)?(?:内|境内|域内|范围内|以内|全域|本地)")
_OUTSIDE = re.compile(r"(?:省|市|区|县|州)?(?:外|境外|以外|之外|域外)(?!孙|祖|公|婆|甥|伤|科)")


_LEAVING = re.compile(r"(?:出了|出|离开|离开了|跨出)$")
_LIMITED_TO = re.compile(r"(?:[只仅限](?:能|可|许|准)?(?:在|于|认|限)?|须在)$")
_CARE_OF = re.compile(r"的?(?:各?定点|医院|药店|医疗机构|医药机构|联网)")
_AT = re.compile(r"(?:[在到去赴回上从往与和跟同]|来自|隔壁|邻近|隔壁的)$")
_LISTED = re.compile(r"[、及或]|以及|或者|,?甚至|,?还有")
_LIST_END = re.compile(r"等(?:外省|省份?|省市|城市|地区?|地市|市)?")
_ENROL_AFTER = re.compile(r"(?:本地|当地|市里|省里)?(?:参保|参加|缴费|缴纳|正常参保|参了保|投保)")


def level_hits(text: str, places: Sequence[PlaceHit], domain: Domain, home: Sequence[str]) -> list[Hit]:
    """A named region with 内 or 外 limits like 省内 and 省外 do (在山东省内参保); one far from `home`, the region
    that the text is about, is elsewhere (老人在辽宁参保, told in 赤峰)."""
    hits: list[Hit] = []
    told = home
    for number, p in enumerate(places):
        known = place(p.names[0])
        if known is None:
            continue
        # 与武汉、宜昌等市, 在广东、福建等外省参保: what stands round the list holds for each of its places.
        start, end = _list_round(text, places, number)
        if len(home) != 1:
            # 儿女在贵阳参保,老人在毕节参保: the first is home to the second.
            told = _enrolled_before(text, places, p) or home
        if len(told) == 1 and (
            _AT.search(text[max(0, start - 3) : start])
            or _ENROL_AFTER.match(text, end)
            or _CARE_OF.match(text, end)
        ):
            level = _apart(p.names[0], told[0])
            if not level and (other := _other_before(text, places, p)):
                # 女儿在南昌、父亲在赣州, told in 江西: they are apart from each other.
                level = _apart(p.names[0], other)
            concept = domain.levels.get("apart", {}).get(level)
            if concept:
                hits.append(Hit(p.start, p.end, concept))
                continue
        inside, outside = _NAMED_PLACE_NEEDS.match(text, p.end), _OUTSIDE.match(text, p.end)
        if inside and inside.end() > p.end:
            concept = domain.levels.get("inside", {}).get(known.level)
            if concept:
                hits.append(Hit(p.start, inside.end(), concept))
        elif _LEAVING.search(text[max(0, p.start - 3) : p.start]):
            # 出了湖北才绑不上
            concept = domain.levels.get("outside", {}).get(known.level)
            if concept:
                hits.append(Hit(p.start - 1, p.end, concept))
        elif _LIMITED_TO.search(text[max(0, p.start - 4) : p.start]) and _CARE_OF.match(text, p.end):
            # 只在十堰市的定点医院认账
            concept = domain.levels.get("inside", {}).get(known.level)
            if concept:
                hits.append(Hit(p.start, p.end, concept))
        elif outside:
            concept = domain.levels.get("outside", {}).get(known.level)
            if concept:
                hits.append(Hit(p.start, outside.end(), concept))
        elif text[max(0, p.start - 1) : p.start] in ("在", "由", "于") and _ENROL_AFTER.match(text, p.end):
            concept = domain.levels.get("enrolled", {}).get(known.level)
            if concept:
                hits.append(Hit(p.start, p.end, concept))
    return hits


def _list_round(text: str, places: Sequence[PlaceHit], number: int) -> tuple[int, int]:
    """Where the list of places begins and ends that `places[number]` is one of, its 等地 included; alone, itself."""
    first = last = number
    while first and _LISTED.fullmatch(text[places[first - 1].end : places[first].start]):
        first -= 1
    while last + 1 < len(places) and _LISTED.fullmatch(text[places[last].end : places[last + 1].start]):
        last += 1
    end = places[last].end
    rest = _LIST_END.match(text, end) if last > first else None
    return places[first].start, rest.end() if rest else end


def _enrolled_before(text: str, places: Sequence[PlaceHit], p: PlaceHit) -> tuple[str, ...]:
    """The place before `p` in its sentence in which somebody else is enrolled, if `p` is such a place too."""
    if not _ENROL_AFTER.match(text, p.end):
        return ()
    for q in reversed([q for q in places if q.end <= p.start]):
        if any(c in "。;!?" for c in text[q.end : p.start]):
            return ()
        if _ENROL_AFTER.match(text, q.end) and len(q.names) == 1:
            return tuple(q.names)
    return ()


def _other_before(text: str, places: Sequence[PlaceHit], p: PlaceHit) -> str:
    """The place before `p` in its sentence that somebody else is in (女儿在南昌), if `p` is such a place too; or ""."""
    if not text.startswith("在", p.start - 1):
        return ""
    for q in reversed([q for q in places if q.end <= p.start]):
        if any(c in "。;!?" for c in text[q.end : p.start]):
            return ""
        if text.startswith("在", q.start - 1) and len(q.names) == 1:
            return q.names[0]
    return ""


def _apart(name: str, home: str) -> str:
    """The level at which a place lies apart from `home`: "province", "prefecture", or "" where it does not."""
    here, there = _chain(home), _chain(name)
    for level in ("province", "prefecture"):
        a, b = here.get(level), there.get(level)
        if a is not None and b is not None and a != b:
            return level
    return ""


def _chain(name: str) -> dict[str, str]:
    """A place and those that it lies in, by level."""
    found: dict[str, str] = {}
    known = place(name)
    while known is not None and known.level not in found:
        found[known.level] = known.name
        known = place(known.parent) if known.parent else None
    return found
