"""How many: a number without its unit, exact or open to some extent.

三百八, 3.8万, 20多, 十几, 十余万, 上百, 几十, 三五百, 十七八, 百分之六十, 半. Text is folded.
"""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from claims.language.numerals import DIGITS, MYRIADS, UNITS, chinese, numeral, scale_at

_HEADS = "一二三四五六七八九两俩仨十廿卅"
_SCALES = "百千万亿"
# What an amount begins with.
START = re.compile(
    rf"\d|[{_HEADS}]|[壹贰叁肆伍陆柒捌玖拾](?=[拾佰仟萬万亿元圆])|百(?=分之|[余多])|[千万](?=分之|[余多])|[数几上](?=[十{_SCALES}])|半(?=个?(?:月|小时|钟头|学年)|年|天|周)|[百千](?=万[元人美])"
)
_PERCENT = re.compile(r"([百千万])分之")
_PER = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}
# 三五百, 十七八, 二十七八万: two neighbours.
_PAIR = re.compile(
    rf"((?:[一二三四五六七八九两]?[十{_SCALES}]){{0,6}})([一二两三四五六七八])([二两三四五六七八九])([十{_SCALES}]{{0,4}})"
)
_PAIRS = frozenset(zip("一二三四五六七八", "二三四五六七八九", strict=True)) | {
    ("两", "三"),
    ("三", "五"),
    ("一", "两"),
}
_OPEN = frozenset("多余几来")
_HALF_BEFORE = frozenset("上下前后一多大小对过每")


class Amount(msgspec.Struct, frozen=True):
    """`[start, end)` says a number between `low` and `high`. `scale`: the 百, 千, 万, 亿 it ends in; `step`: the unit
    of its last digit that is not zero (300: 100). `written`: digit by digit, in Arabic figures or as 二〇二四, so that
    it may be a year. `percent`: what a number after 百分之, 千分之 counts, in percent. `half`: 半."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    scale: int = 1
    step: Decimal = Decimal(1)
    spoken: bool = False
    written: bool = False
    approx: bool = False
    half: bool = False
    percent: Decimal | None = None


def amount_at(text: str, at: int) -> Amount | None:
    """The amount that starts at `at`; None where none does."""
    c = text[at : at + 1]
    if not c:
        return None
    if c == "半":
        if at and text[at - 1] in _HALF_BEFORE:
            return None
        half = Decimal("0.5")
        return Amount(at, at + 1, half, half, spoken=True, half=True)
    if m := _PERCENT.match(text, at):
        inner = amount_at(text, m.end()) if not _PERCENT.match(text, m.end()) else None
        if inner is None or (m[1] != "百" and at and text[at - 1] in _HEADS + _SCALES):
            return None
        return msgspec.structs.replace(inner, start=at, percent=_PER[m[1]])
    if c in "数几上":
        return _vague(text, at)
    if c in _SCALES and text[at + 1 : at + 2] in ("余", "多"):
        size, end = scale_at(text, at)
        return _opened(text, at, Decimal(size), end, 1, True)
    if c in DIGITS and (pair := _pair(text, at)):
        return pair
    if c == "十" and (pair := _pair(text, at)):
        return pair
    number = numeral(text, at)
    if number is None:
        return None
    if (
        text[number.end : number.end + 1] in _OPEN
        and number.value >= 10
        and number.value == number.value.to_integral_value()
    ):
        opened = _opened(text, at, number.value, number.end, number.scale, number.spoken)
        if opened is not None:
            return opened
    written = number.scale == 1 and (not number.spoken or all(x in DIGITS for x in text[at : number.end]))
    return Amount(
        at, number.end, number.value, number.value, number.scale, _step(number.value), number.spoken, written
    )  # fmt: skip


def shared(amount: Amount, last: Amount) -> Amount:
    """`amount` with the scale of the number that ends its range or list, where it is meant: 2-3万, not 500至1万."""
    myriads = 100_000_000 if last.scale >= 100_000_000 else 10_000 if last.scale >= 10_000 else 1
    lent = last.scale if amount.scale == 1 else myriads if amount.scale < 10_000 else 1
    if amount.high * lent >= 10 * last.low:
        return amount
    return msgspec.structs.replace(
        amount, low=amount.low * lent, high=amount.high * lent, scale=amount.scale * lent, step=amount.step * lent
    )


def _opened(text: str, at: int, value: Decimal, end: int, scale: int, spoken: bool) -> Amount | None:
    """20多 is 21 to 29, 十余万 100001 to 199999: up to the next multiple of its last unit. 十来 is about ten."""
    word = text[end]
    size, after = scale_at(text, end + 1)
    step = _step(value) * size
    if word == "来":
        return Amount(at, after, value * size, value * size, size, step, spoken, approx=True)
    if step == 1:
        return None
    value *= size
    return Amount(at, after, value + 1, value + step - 1, max(scale, size), step, spoken)


def _vague(text: str, at: int) -> Amount | None:
    """上百: a hundred or more, as near as words say; 几十, 数百: from two to nine of them."""
    if at and text[at] == "上" and text[at - 1] in "以加网线":
        return None
    tens = text[at + 1 : at + 2] == "十"
    size, end = scale_at(text, at + 1 + tens)
    size *= 10 if tens else 1
    if size == 1:
        return None
    if text[at] == "上":
        return Amount(at, end, Decimal(size), Decimal(size), 1, Decimal(size), True, approx=True)
    return Amount(at, end, Decimal(2 * size), Decimal(10 * size - 1), 1, Decimal(size), True, approx=True)


def _pair(text: str, at: int) -> Amount | None:
    m = _PAIR.match(text, at)
    if not m or (m[2], m[3]) not in _PAIRS or text[m.end() : m.end() + 1] in DIGITS:
        return None
    low, high = chinese(m[1] + m[2] + m[4]), chinese(m[1] + m[3] + m[4])
    if m[1] and not m[4] and m[1][-1] != "十":
        return None  # 一百三四: hundred and thirty, or three?
    if low is None or high is None:
        return None
    return Amount(at, m.end(), low, high, 1, Decimal(1), True)


def _step(value: Decimal) -> Decimal:
    """The unit of the last digit that is not zero: 20 -> 10, 300 -> 100."""
    step = Decimal(1)
    while value and value % (step * 10) == 0:
        step *= 10
    return step


__all__ = ["MYRIADS", "START", "UNITS", "Amount", "amount_at", "shared"]
