"""Counted things: a number (or range) with its unit and the comparator about it, as an exact interval.

不超过6人, 至多7名, 20多个, 近30个, 五百元以上, 50%-90%: what is counted is the unit that follows. Months, dates and
ordinals are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from claims.language.numerals import read

_UNIT_WORDS: Sequence[tuple[str, str]] = (
    ("yuan", r"块钱|元钱|元|块"),
    ("percent", r"%|个百分点"),
    ("person", r"人次|个人|个亲属|个家属|个亲人|个近亲属|个家人|个家庭成员|个成员|个被共济人|人|名|位|口人|口"),
    ("province", r"个省份|个省区市|个省\(区、市\)|个省级行政区|个省级|个省市|个省|省份|省"),
    ("year", r"周年|年"),
    ("month", r"个月"),
    ("day", r"个工作日|天|日"),
    ("times", r"次|笔"),
    ("piece", r"个|户|张|项|种|条|类"),
)
_UNIT = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _UNIT_WORDS))
_BEFORE_MAX = re.compile(
    r"(?:最多|至多|不超过|不得超过|不能超过|不可超过|不多于|上限为?是?|顶多|限额为?|限|最高|封顶|不高于|低于|"
    r"少于|不满|不足|未满|≤|<=|<)[^,。;\d一二三四五六七八九十百千万两]{0,6}$"
)
_BEFORE_MIN = re.compile(
    r"(?:最少|至少|不低于|不得低于|不少于|不得少于|起码|最低|高于|超过|多于|大于|满|达到|达|≥|>=|>)[^,。;\d一二三四五六七八九十百千万两]"
    r"{0,4}$"
)
_START = re.compile(r"[\d一二三四五六七八九十百千两俩仨]")


class Quantity(msgspec.Struct, frozen=True):
    """`[start, end)` of the folded text. The number lies in [low, high]; equal for a point. `bound`: "max" or "min"
    where words make it a limit (不超过6人), else None. `approx`: 约, 左右."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    bound: str | None = None
    approx: bool = False


def quantities(text: str) -> list[Quantity]:
    """All quantities of `text`, in order."""
    found: list[Quantity] = []
    at = 0
    while m := _START.search(text, at):
        number = read(text, m.start())
        if number is None:
            at = m.start() + 1
            continue
        quantity = _quantity(text, m.start(), *number)
        if quantity is None:
            at = max(number[1], m.start() + 1)
            continue
        found.append(quantity)
        at = quantity.end
    return found


def _quantity(text: str, start: int, value: Decimal, end: int) -> Quantity | None:
    if start and (text[start - 1] in "第." or (text[start - 1].isascii() and text[start - 1].isalnum())):
        return None
    low = high = value
    if text[end : end + 1] in ("多", "余", "几") and value >= 10:
        # 20多个 is 21 to 29 (reading 17): up to the next multiple of its last unit.
        step = _step(value)
        low, high = value + 1 if step > 1 else value, value + step - 1
        end += 1
    elif text[end : end + 1] in ("-", "至", "到"):
        second = read(text, end + 1)
        if second is not None and second[0] > value and _UNIT.match(text, second[1]):
            high, end = second[0], second[1]
    unit = _UNIT.match(text, end)
    if unit is None or unit.lastgroup is None:
        return None
    if value == 1 and (unit.lastgroup == "province" or unit[0] == "块"):
        return None  # 同一个省份, 这一块: no count
    stop = unit.end()
    if low == high and text[stop : stop + 1] in ("-", "至", "到"):
        # 50%-90%: the unit stands with both ends.
        second = read(text, stop + 1)
        again = _UNIT.match(text, second[1]) if second is not None else None
        if second is not None and again is not None and again.lastgroup == unit.lastgroup and second[0] > value:
            high, stop = second[0], again.end()
    before = text[max(0, start - 12) : start]
    approx = bool(re.search(r"(?:约|大约|大概|差不多)$", before)) or text[stop : stop + 2] in ("左右", "上下")
    if re.search(r"(?:近|将近)$", before) and low == high and value >= 10:
        low, high = value - _step(value) / 2, value - 1
    bound = None
    after = text[stop : stop + 2]
    if _BEFORE_MAX.search(before) or after in ("以内", "以下", "为限", "封顶", "上限"):
        bound = "max"
    elif _BEFORE_MIN.search(before) or after in ("以上", "起步"):
        bound = "min"
    return Quantity(start, stop, low, high, unit.lastgroup, bound, approx)


def _step(value: Decimal) -> Decimal:
    """The unit that 多 leaves open: 20 -> 10, 300 -> 100."""
    step = Decimal(1)
    while value % (step * 10) == 0 and value >= step * 10:
        step *= 10
    return step
