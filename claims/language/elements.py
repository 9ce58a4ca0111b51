"""A number or a range with its unit, and lists that share one unit: 50%-90%, 2-3万元, 500、800、1000元, 10县1区.

What the words about them say is for :mod:`claims.language.quantities`. Text is folded.
"""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from claims.language.amounts import Amount, amount_at, shared
from claims.language.measures import DIVISIONS, TIME, Unit, unit_at

RANGE = re.compile(r"(?:\((?:不?含)[^()]{0,6}\))?(?:-{1,2}|—{1,2}|至|到(?!位|期|账|院))")
_SEPARATOR = re.compile(r"[、/]|[和或与及](?=\d)")
# 10县1区: what follows one of several kinds in a row, the next of them or an end; and what comes before it.
_BESIDE = re.compile(
    r"(?P<next>[1-9一二三四五六七八九十两][\d一二三四五六七八九十两]*[县市区旗镇乡州])|\([市县区]|[,。;、!?)\n(]|$|和"
)
_AMONG = re.compile(r"(?<=[0-9一二三四五六七八九十][县市区旗镇乡州])|(?<=[辖共])|(?<=共有)")
_BARE_UNITS = {
    "县": "county",
    "市": "city",
    "区": "district",
    "旗": "county",
    "镇": "township",
    "乡": "township",
    "州": "prefecture",
}
_BARE_MONTH = re.compile(r"月(?![龄饼嫂子\d])")
_LASTS = ("满", "足", "不到", "连续")
_LASTED = re.compile(r"月(?:期(?!间)|(?:及?以)[上下])")
_DAY_OF_MONTH = re.compile(r"日(?:前(?!后)|[起至号])")
# 分成两块, 这两块: parts. 上一年, 每一天: no count. 二次报销, 二类疫苗: the second; two of them are 两次.
_BEFORE_PARTS = frozenset("成为由这那")
_BEFORE_ONE = frozenset("上下每同该这那哪某另前后头")
_SECOND = frozenset("次类种条项笔")
_AND = frozenset("和或与及")


class Element(msgspec.Struct, frozen=True):
    """One number or range, with its unit if it has one of its own."""

    start: int
    end: int
    first: Amount
    last: Amount
    unit: Unit | None
    inclusive: bool = False


def element_at(text: str, at: int) -> Element | None:
    first = amount_at(text, at)
    if first is None:
        return None
    unit = _unit(text, first)
    end = unit.end if unit is not None else first.end
    sep = RANGE.match(text, end)
    if sep is not None:
        second = amount_at(text, sep.end())
        if second is not None:
            whole = _range(text, at, first, unit, second)
            if whole is not None:
                return msgspec.structs.replace(whole, inclusive="(" in sep[0] and "不" not in sep[0])
    return Element(at, end, first, first, unit)


def _unit(text: str, amount: Amount) -> Unit | None:
    if amount.percent is not None:
        return Unit("percent", amount.end, amount.percent)
    unit = unit_at(text, amount.end)
    if unit is None:
        return _month(text, amount) or _division(text, amount)
    if not _fits(amount, unit, text):
        return None
    return unit


def _fits(amount: Amount, unit: Unit, text: str) -> bool:
    if amount.half and unit.name not in TIME:
        return False
    value = amount.low
    first = text[amount.end]
    if unit.name == "year" and first == "年" and amount.written and 1900 <= value < 2100:
        return False
    if first == "成":
        return value <= 10
    before = text[amount.start - 1 : amount.start]
    if text[amount.end : unit.end] == "块" and (value == 1 or (value < 10 and before in _BEFORE_PARTS)):
        return False
    if value == 1 and unit.name in TIME and before in _BEFORE_ONE:
        return False
    if text[amount.start : amount.end] == "二" and first in _SECOND:
        return False
    # 同一个市 is no count; 15日前, 1日起 are days of a month.
    if value == 1 and (unit.name == "province" or (before == "同" and unit.name in DIVISIONS)):
        return False
    return _DAY_OF_MONTH.match(text, amount.end) is None


def _month(text: str, amount: Amount) -> Unit | None:
    """满6月, 6月期: months as a span of time without 个."""
    if not _BARE_MONTH.match(text, amount.end):
        return None
    if text.endswith(_LASTS, 0, amount.start) or _LASTED.match(text, amount.end):
        return Unit("month", amount.end + 1)
    return None


def _division(text: str, amount: Amount) -> Unit | None:
    """10县1区: divisions without 个, where several kinds stand in a row or after 辖."""
    name = _BARE_UNITS.get(text[amount.end : amount.end + 1])
    if name is None or amount.low != amount.high or amount.low > 400:
        return None
    after = _BESIDE.match(text, amount.end + 1)
    if after is not None and (after["next"] or _AMONG.match(text, amount.start)):
        return Unit(name, amount.end + 1)
    return None


def _range(text: str, at: int, first: Amount, unit: Unit | None, second: Amount) -> Element | None:
    """`first` - `second`, where they count the same and make sense together."""
    other = _unit(text, second)
    if other is None:
        if unit is None or unit.name != "percent" or first.percent is None:
            if unit is None and _plain(first) and _plain(second):
                meant = shared(first, second)
                return Element(at, second.end, meant, second, None) if meant.low < second.high else None
            return None
        # 百分之五十到七十: said once.
        other = Unit(unit.name, second.end, first.percent)
    if unit is None:
        first = shared(first, second)
    elif unit.name != other.name:
        return None
    more = unit.more if unit is not None else Decimal(0)
    low = first.low * (unit or other).factor + more
    high = second.high * other.factor + other.more
    if more != other.more:
        # 八成五到九成: what comes on top of the last is added to both.
        apart = (more - other.more) / other.factor
        first = msgspec.structs.replace(first, low=first.low + apart, high=first.high + apart)
    if low >= high:
        if other.name != "percent" or low == high:
            return None
        return Element(at, other.end, second, first, msgspec.structs.replace(other))
    if unit is not None and unit.factor != other.factor:
        first = msgspec.structs.replace(first, low=first.low * unit.factor / other.factor)
    return Element(at, other.end, first, second, other)


def _plain(amount: Amount) -> bool:
    return amount.low == amount.high and not amount.half


def listed(text: str, first: Element) -> list[Element]:
    """The list that `first`, which has no unit of its own, opens: up to the element that has one."""
    before = text[first.start - 1 : first.start]
    opening = before in ("", "\n", "。", ";") and first.last.high < 30 and text[first.end : first.end + 1] == "、"
    elements = [first]
    while len(elements) < 12 and (sep := _SEPARATOR.match(text, elements[-1].end)):
        following = element_at(text, sep.end())
        if following is None:
            break
        elements.append(following)
        if following.unit is not None:
            slashes = sep[0] == "/" and following.unit.name not in ("yuan", "percent", "month", "year", "day", "age")
            small = sep[0] in _AND and len(elements) == 2 and first.last.high < 2
            paragraph = opening and len(elements) == 2  # 1、400元
            return [first] if slashes or small or paragraph else elements
    return [first]
