"""Places that are named by where one stands: 省内, 全省, 本市, 外省, 疆内, 全国.

What such a word means depends on where the text is at home; :func:`find` says its level and, where the caller knows
the text's places, which one it is. 疆内, 川内 name their province themselves. Text is folded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, TypeAlias

import msgspec

from claims.language.gazetteer import municipality, place, province_of

Reach: TypeAlias = Literal["nation", "province", "prefecture", "county"]


class RelativeHit(msgspec.Struct, frozen=True, order=True):
    """`text[start:end]` names an area of `level`: all of it or within it, or, if `outside`, what lies beyond (省外,
    外市, 跨省). `name` is the canonical name of the one meant, None where the text's home does not say."""

    start: int
    end: int
    level: Reach
    outside: bool = False
    name: str | None = None


# 疆内, 川外, 全黔: characters that stand for a province beside 内, 外, 全 and mean nothing else there.
_OWN = {
    "疆": "新疆维吾尔自治区", "川": "四川省", "渝": "重庆市", "鄂": "湖北省", "皖": "安徽省", "赣": "江西省",
    "闽": "福建省", "粤": "广东省", "桂": "广西壮族自治区", "琼": "海南省", "黔": "贵州省", "滇": "云南省",
    "豫": "河南省", "冀": "河北省", "沪": "上海市",
}  # fmt: skip
_LEVELS: dict[str, Reach] = {
    "省": "province", "自治区": "province", "市": "prefecture", "地市": "prefecture", "州": "prefecture",
    "盟": "prefecture", "地区": "prefecture", "县": "county", "旗": "county", "区": "county",
}  # fmt: skip
_UNITS = "自治区|地市|地区|[省市州盟县旗区]"
# 城市内, 各省内 and the like are the same; 门市内, 超市内, 社区内, 灾区, 景区外 are none.
_NOT_BEFORE = r"(?<![门超夜早菜股上闹社灾景病厂园校城山院辖小地牧老林赛分跨])"
_LETTERS = "".join(_OWN)
_RELATIVE = re.compile(
    # 疆内, 疆外, 全疆
    rf"(?P<own>[{_LETTERS}])(?:内(?![江蒙科容])|(?P<oout>外(?![地科婆公祖孙])))|"
    rf"(?<![安健齐完周十])全(?P<wown>[{_LETTERS}])(?![剧菜江贝])|"
    # 全省, 本省, 我省以外
    rf"(?<![安健齐完周十])全(?P<wunit>{_UNITS})(?![场州直委])(?!(?<=州)县)|"
    r"(?<![根基成资原剧])(?:本|我|该|同)(?P<munit>自治区|[省市州盟县旗区])(?!场)(?P<mout>以外|之外|外(?!地))?|"
    # 省内, 市域外
    rf"{_NOT_BEFORE}(?P<unit>自治区|地市|[省市州县旗区])[域界]?"
    r"(?:(?:以|之|范围)?内(?![科容蒙部江])|(?:以|之)?(?P<out>外)(?![地科卖婆公祖孙]))|"
    # 外省, 跨市
    r"(?:跨|外|他|异|别的?|其他|其它)(?P<funit>[省市县])(?![场长内域])|"
    r"(?P<nation>全国|国内|各省(?:份|区市)?|我国)"
)


def find(text: str, home: Sequence[str] = ()) -> list[RelativeHit]:
    """The relative places of `text`, in order. `home`: canonical names of the places that the text is about."""
    found: list[RelativeHit] = []
    for m in _RELATIVE.finditer(text):
        start, end = m.span()
        if m["own"] or m["wown"]:
            name = _OWN[m["own"] or m["wown"]]
            found.append(RelativeHit(start, end, "province", m["oout"] is not None, name))
            continue
        if m["nation"]:
            found.append(RelativeHit(start, end, "nation"))
            continue
        unit = m["wunit"] or m["munit"] or m["unit"] or m["funit"]
        # 全区, 区内 is an autonomous region where the text is at home in one and in no district.
        level = _level(unit, home)
        outside = bool(m["mout"] or m["out"] or m["funit"])
        found.append(RelativeHit(start, end, level, outside, _meant(level, tuple(home))))
    return found


def _level(unit: str, home: Sequence[str]) -> Reach:
    if unit == "区" and not any((p := place(name)) is not None and p.level == "county" for name in home):
        regions = {province_of(name) for name in home}
        if any(name is not None and name.endswith("自治区") for name in regions):
            return "province"
    return _LEVELS[unit]


@cache
def _meant(level: Reach, home: tuple[str, ...]) -> str | None:
    """The one place of `level` that `home` lies in or is; a municipality is both province and city."""
    names: set[str] = set()
    for known in home:
        at = place(known)
        while at is not None and at.level != level:
            if at.level == "province" and municipality(at.name) and level == "prefecture":
                break
            at = place(at.parent) if at.parent is not None else None
        if at is not None:
            names.add(at.name)
    return names.pop() if len(names) == 1 else None
