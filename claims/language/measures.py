"""The units that numbers count in, and what written forms of them are: 元, 个月, 周岁, 平方公里, 个县.

A unit is known by its own words and by what must not follow: 3个人账户 counts no people, 三元区 no yuan. Text is
folded, so ㎡ and % are one character.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

# The name of a unit and its forms, longest first where one begins another. Order matters between units as well: the
# first that matches is taken.
_FORMS: Sequence[tuple[str, str, str, str]] = (
    # name, forms, what must not follow any of them, further forms with guards of their own
    ("percent_point", "个?百分点", "", r"个点(?![位数名赞评])"),
    ("percent", "%", "", r"成(?![为员本功立人年都长熟果就绩份分语套效全交品因型活一]|不变)"),
    ("permille", "‰", "", ""),
    ("yuan", "块钱|元钱|元整", "", r"元(?![化论素月旦朝气宵首帅老勋件区桥县里谋代典始音宝]|组(?!成)|结构)"),
    ("yuan", "圆整|圆", "[形桌满周圈锥柱球心]", r"块(?![地肉石砖板牌区儿头状内]|组成|构成)"),
    ("times", "人次|笔", "", r"次(?![年日月序第要品生数性均])"),
    ("person", "个(?:亲属|家属|亲人|近亲属|家人|家庭成员|成员|被共济人)|人口|口人", "", ""),
    ("person", "个人", "[账帐缴自负医信部基住待储所承支先身]", r"人(?![次民工均类份社寿格口])"),
    ("person", "名", "[医称单额录片义]", r"位(?![于数次置居列])|口(?![价气腔碑径服述头味岸])"),
    ("division", "个(?:县级|地级)行政(?:区划?|单位)(?:单位)?", "", ""),
    (
        "division",
        r"个县\((?:市|区|市、?[区旗])\)|个县市区|个市县区|个区市县|个区\(市\)县|个区\(县\)|个区县|个县区",
        "",
        "",
    ),
    ("division", r"个旗县(?:市区|市|区)?|个市\(州\)|个市州|个州市|个地市|个地\(市\)|个市县|个县市", "", ""),
    ("division", "个统筹(?:地?区)", "", ""),
    ("province", r"个省份|个省区市|个省\((?:自治)?区、(?:直辖)?市\)|个省级行政区|个省级|个省市|个省|省份", "", ""),
    ("province", "省", "[级市直本内外会钱事去力时略]", ""),
    ("prefecture", "个自治州", "", "个州(?!市)|个盟(?!市)"),
    ("city", "个地级市|个县级市|个设区的?市|个副省级市", "", "个城市(?![群带])|个市(?![辖场直区民级])"),
    ("district", "个市辖区|个城区", "", r"个区(?![域县间别块级市(])"),
    ("county", "个自治县|个自治旗", "", "个县城?(?![级域市区])|个旗(?!县)"),
    ("township", r"个乡镇|个镇街|个街镇|个乡\(镇\)|个民族乡|个苏木|个镇|个乡", "", "个街道(?!办)"),
    ("village", "个行政村|个自然村|个社区|个村", "", ""),
    ("age", "个?周岁|岁", "", ""),
    ("year", "周年|个年头|整年", "", "个?(?:自然|缴费|医保|结算|保险|参保)?年度(?![最累总限支内])"),
    ("year", "年", r"[龄纪份均薪利终检费金级代度鉴轻初底末限满缴月]|\d{1,2}月", ""),
    ("month", "个[半多余]?月", "", ""),
    ("day", "个(?:工作|自然|交易)日", "", "天(?![然津水台下赋堂生使空花平性山河])"),
    ("day", "日", "[期元均常报本益子渐照]|内瓦", ""),
    ("week", "个[多余]?星期|个[多余]?礼拜|星期|礼拜", "", "周(?![岁年一二三四五六日末边转报期围密知刊到口])"),
    ("hour", "个[半多余]?小时|小时|个[半多余]?钟头|钟头", "", ""),
    ("minute", "分钟", "", ""),
    ("square_kilometer", "平方公里|平方千米|km2|㎢|平方km", "", ""),
    ("square_meter", "平方米|平米|m2|㎡", "", ""),
    ("cubic_meter", "立方米|m3", "", ""),
    ("hectare", "公顷", "", ""),
    ("mu", "亩", "", ""),
    ("kilometer", "公里|千米|㎞", "", r"km(?![\da-z])"),
    ("centimeter", "厘米|㎝", "", r"cm(?![\da-z])"),
    ("meter", "米", "[粉饭线面粒酒油兰国易]", r"m(?![\da-z])"),
    ("celsius", "摄氏度|℃|°c|°", "", ""),
    ("multiple", "倍", "", ""),
    ("piece", "[个户张项种条类]", "", ""),
)
_NAMES = [name for name, _, _, _ in _FORMS]
UNITS = frozenset(_NAMES)
"""Every unit's name."""
_UNIT = re.compile(
    "|".join(
        f"(?P<u{i}>(?:{forms}){f'(?!{but})' if but else ''}{f'|{more}' if more else ''})"
        for i, (_, forms, but, more) in enumerate(_FORMS)
    )
)
# 一个半月, 两年半, 七成五: a half or a further digit behind the unit.
_HALF = re.compile(r"半(?![数价额载以径导成年月日天生])")
_HALVED = frozenset(("岁", "周岁", "个周岁", "年", "天", "周"))
_TENTH = re.compile(r"[一二三四五六七八九\d](?![十百千万亿年月日天元个人岁级档.%])")
TIME = frozenset(("year", "month", "week", "day", "hour", "minute"))
DIVISIONS = frozenset(("division", "province", "prefecture", "city", "district", "county", "township", "village"))

_FACTORS: Mapping[tuple[str, str | None], Decimal] = {
    ("meter", "kilometer"): Decimal("0.001"), ("kilometer", "meter"): Decimal(1000),
    ("hectare", "square_kilometer"): Decimal("0.01"), ("square_meter", "square_kilometer"): Decimal("0.000001"),
}  # fmt: skip


def factor_of(unit: str, wanted: str | None) -> Decimal:
    """How many of `wanted` one `unit` is; 1 where they are not two sizes of one measure."""
    return _FACTORS.get((unit, wanted), Decimal(1))


class Unit(msgspec.Struct, frozen=True):
    """`name` of the unit that ends before `end`. A number before it counts `factor` each (‰ is 0.1 percent, 成 is 10),
    and `more` comes on top (一年半, 七成五, 个半月); `over`: and something that is not said (个多月)."""

    name: str
    end: int
    factor: Decimal = Decimal(1)
    more: Decimal = Decimal(0)
    over: bool = False


_ONE, _TEN, _PERMILLE, _HALF_UNIT = Decimal(1), Decimal(10), Decimal("0.1"), Decimal("0.5")
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {str(i): i for i in range(10)}


def unit_at(text: str, at: int) -> Unit | None:
    """The unit written at `at`, None where none is."""
    m = _UNIT.match(text, at)
    if m is None or m.lastgroup is None:
        return None
    name, end = _NAMES[int(m.lastgroup[1:])], m.end()
    if name == "permille":
        return Unit("percent", end, _PERMILLE)
    if m[0] == "成":
        if text[end : end + 1] == "半":
            return Unit(name, end + 1, _TEN, Decimal(5))
        tenth = _TENTH.match(text, end)
        return Unit(name, end + 1, _TEN, Decimal(_DIGIT[tenth[0]])) if tenth else Unit(name, end, _TEN)
    if m[0][1:2] in ("多", "余"):
        return Unit(name, end, over=True)
    if "半" in m[0]:
        return Unit(name, end, _ONE, _HALF_UNIT)
    if m[0] in _HALVED and _HALF.match(text, end):
        return Unit(name, end + 1, _ONE, _HALF_UNIT)
    return Unit(name, end)
