"""Counted things: a number (or range) with its unit and the words about it, as an exact interval.

不超过6人, 20多个, 近30个, 三百八十元, 3.8万元, 七成五, 百分之六十, 50%-90%, 400元/人·年, 每人每年不低于670元,
6个月(含), 一年半, 25至30年, 500、800、1000元, 10县1区, 第3位. Dates (2024年12月, 9-11月), other ordinals (第2次),
一档, 三级, document numbers and telephone numbers are no quantities.

Units are those of :mod:`claims.language.measures`, and "rank" (第3位) and "number", a number without unit: one with
万 or in words above a hundred (报销3.8万, 两万五), or all there is of a text (a table's cell, whose header holds the
unit).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from claims.language import dates, limits
from claims.language.amounts import START, amount_at, shared
from claims.language.elements import RANGE, Element, element_at, listed
from claims.language.measures import TIME, Unit
from claims.language.numerals import run_end

_CUT = re.compile(r"[,。;!?\n]")
_WINDOW = 28
_RANKED = re.compile(
    r"位(?!于)|名(?![医称单额录])|大(?![学道街厦队桥会病额门夫])|长(?![途期])|高(?![中级等校考铁危])|多(?!数)|[深宽强富快广]|低(?![保收档])|"
    r"小(?![学时区组型额城])"
)
_RANKS = re.compile(r"(?:[居列]|排名?|名次|排在|排行)[^,。;第]{0,8}$")
_CURRENCY = re.compile(r"(?:[¥￥]|rmb|人民币)$")
_MORE = re.compile(r"[多余](?![数地个次种人年少额])")
_LARGE = frozenset("百千万亿")
_ENDS = frozenset(",。;、!?)(\n")
_EACH_TIME = re.compile(r"(?:(?:最多|最高|顶多|至多|封顶|限额?|只)(?:只|能|可以?|给)*(?:报销?|支付|补偿?|用|刷|付)?)?")
_EACH = {"person": "person", "month": "month", "year": "year", "day": "day", "times": "visit"}
_YEARLY = re.compile(limits.YEARLY)
_NUMBER_ENDS = re.compile(r"[,。;:!?、)(\n]|$|以[上下内]|左右|封顶|的|起(?!付)")


class Quantity(msgspec.Struct, frozen=True):
    """`[start, end)` of the folded text is the number, or numbers, with the unit. The number lies in [low, high], in
    units of `unit`; equal for a point. `bound`: "max" or "min" where words make it a limit (不超过6人), else None;
    `strict` where the limit itself is out (超过, 低于, 不足, 不含). `approx`: 约, 左右, 上下, 近. `per`: what it is for
    each of, a sorted subset of "year", "month", "day", "visit", "person". `inclusive`: (含), the limit itself is in.
    `[whole_start, whole_end)`: with the limit, 约, 每人每年 and (含) that stand directly beside it."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    bound: str | None = None
    approx: bool = False
    strict: bool = False
    per: tuple[str, ...] = ()
    inclusive: bool = False
    whole_start: int = -1
    whole_end: int = -1


def quantities(text: str, known: Sequence[dates.DateHit] | None = None) -> list[Quantity]:
    """All quantities of `text`, in order, without overlap. `known`: its dates, where they have been found already."""
    found: list[Quantity] = []
    dated = [(hit.start, hit.end) for hit in (dates.find(text) if known is None else known)]
    next_date = 0
    at = 0
    for m in START.finditer(text):
        if m.start() < at:
            continue
        at = m.start()
        while next_date < len(dated) and dated[next_date][1] <= at:
            next_date += 1
        if next_date < len(dated) and dated[next_date][0] <= at:
            at = dated[next_date][1]
            continue
        limit = dated[next_date][0] if next_date < len(dated) else len(text)
        made, at = _read(text, at, limit, found)
        found += made
    return found


def _read(text: str, at: int, limit: int, found: Sequence[Quantity]) -> tuple[list[Quantity], int]:
    """The quantities that begin at `at`, and where to go on."""
    ordinal = at > 0 and text[at - 1] == "第"
    if at and not ordinal and _continues(text, at):
        return [], run_end(text, at)
    if ordinal:
        return _rank(text, at)
    if text[at] == "一" and (yearly := _YEARLY.match(text, at)):
        return [], yearly.end()
    element = element_at(text, at)
    if element is None:
        return [], run_end(text, at)
    elements = [element]
    if element.unit is None:
        elements = listed(text, element)
        if elements[-1].unit is None:
            bare = _bare(text, element, found)
            return ([bare], bare.end) if bare is not None else ([], element.end)
    made = _made(text, elements, found)
    if not made or made[-1].end > limit:
        return [], element.end
    return made, made[-1].whole_end


def _continues(text: str, at: int) -> bool:
    """Whether what stands before makes the number part of a name or another number: G60, 1.2.3, 〔2024〕."""
    c = text[at - 1]
    if c.isascii() and (c.isalpha() or c.isdigit()) and text[at].isascii():
        return not text.startswith("rmb", max(0, at - 3))
    if c in _LARGE and not text[at].isascii():
        return True  # 百八十块
    return (c == "." and text[at - 2 : at - 1].isdigit()) or (
        c == ":" and text[at - 2 : at - 1].isdigit() and text[at].isdigit()
    )


def _made(text: str, elements: Sequence[Element], found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities that the elements, which share the unit of the last, make."""
    head, tail = elements[0], elements[-1]
    unit = tail.unit
    assert unit is not None
    previous = found[-1] if found else None
    since = max(head.start - _WINDOW, previous.whole_end if previous is not None else 0)
    window = text[since : head.start]
    cut = _CUT.split(window)[-1]
    said = limits.before(text, head.start - len(cut), head.start)
    end = unit.end
    more = _over(text, end, unit)
    end += more is not None and not unit.over
    behind = limits.after(text, end, unit.name in TIME)
    if unit.name == "year" and end == unit.end and (joined := _years_and_months(text, end)) is not None:
        return _joined(text, tail, joined, said) if len(elements) == 1 else []
    per = said.per | behind.per
    bound, strict = said.bound or behind.bound, said.strict or behind.strict
    inclusive = behind.inclusive or any(e.inclusive for e in elements)
    inherits = previous is not None and previous.unit == unit.name and cut == window
    if (
        previous is not None
        and unit.name == "yuan"
        and previous.low == 1 == previous.high
        and _EACH_TIME.fullmatch(text, previous.end, said.start)
    ):
        # 一人400块, 一个月300元, 一天最多报60元: one of these each.
        per |= {_EACH[previous.unit]} if previous.unit in _EACH else set()
    if inherits and previous is not None:
        per = per or frozenset(previous.per)
        if bound is None and window in ("、", "和", "或", "/", "、约") and previous.bound == "min" and not behind.bound:
            bound, strict = previous.bound, previous.strict or behind.strict
    made = []
    for element in elements:
        first, last = element.first, element.last
        if element is not tail:
            first, last = shared(first, tail.last), shared(last, tail.last)
        low, high = first.low * unit.factor + unit.more, last.high * unit.factor + unit.more
        lately = said.nearly and unit.name in TIME  # 近三年: the last three
        approx = (said.approx and not lately) or behind.approx or first.approx or last.approx
        if more:
            low, high, approx = low, high + more, True
        if said.nearly and low == high and unit.name not in TIME and first.step * unit.factor >= 10 and element is head:
            low, high = low - first.step / 2 * unit.factor, high - 1
        whole = (said.start if element is head else element.start, behind.end if element is tail else element.end)
        stop = end if element is tail else element.end
        made.append(
            Quantity(
                element.start, stop, low, high, unit.name, bound, approx, strict and bound is not None,
                tuple(sorted(per)), inclusive, whole[0], max(whole[1], stop),
            )
        )  # fmt: skip
    return made


def _over(text: str, at: int, unit: Unit) -> Decimal | None:
    """两年多, 一个多月: up to one more."""
    said = unit.over or (unit.name in TIME and not unit.more and _MORE.match(text, at) is not None)
    return Decimal(1) if said else None


def _years_and_months(text: str, at: int) -> tuple[int, int] | None:
    """一年零三个月, 25年6个月: the months, and where they end."""
    start = at + (text[at : at + 1] in ("零", "又", "加"))
    amount = amount_at(text, start)
    if (
        amount is None
        or amount.low != amount.high
        or not 0 < amount.low < 12
        or text[amount.end : amount.end + 2] != "个月"
    ):
        return None
    return int(amount.low), amount.end + 2


def _joined(text: str, tail: Element, months: tuple[int, int], said: limits.Before) -> list[Quantity]:
    low, high = tail.first.low * 12 + months[0], tail.last.high * 12 + months[0]
    behind = limits.after(text, months[1], True)
    bound = said.bound or behind.bound
    strict = (said.strict or behind.strict) and bound is not None
    return [
        Quantity(
            tail.start, months[1], low, high, "month", bound, said.approx or behind.approx, strict,
            tuple(sorted(said.per | behind.per)), behind.inclusive, said.start, behind.end,
        )
    ]  # fmt: skip


def _rank(text: str, at: int) -> tuple[list[Quantity], int]:
    """第3位, 居全国第三, 第二大. Any other ordinal is none."""
    amount = amount_at(text, at)
    if amount is None:
        return [], run_end(text, at)
    if amount.low != amount.high:
        return [], amount.end
    sep = RANGE.match(text, amount.end)
    if sep and (second := amount_at(text, sep.end())) is not None:
        return [], second.end  # 第1-3年
    noun = _RANKED.match(text, amount.end)
    if noun is None and not (
        _RANKS.search(text[max(0, at - 12) : at - 1])
        and (amount.end == len(text) or text[amount.end] in _ENDS)
    ):
        return [], amount.end
    end = noun.end() if noun is not None else amount.end
    return [Quantity(at, end, amount.low, amount.high, "rank", whole_start=at - 1, whole_end=end)], end


def _bare(text: str, element: Element, found: Sequence[Quantity]) -> Quantity | None:
    """A number without unit that is one all the same."""
    first, last = element.first, element.last
    alone = element.start == 0 and element.end == len(text) and (not last.spoken or last.high >= 100)
    if text[element.start] == "0" and text[element.start + 1 : element.start + 2].isdigit():
        return None  # 0716-12393
    money = _CURRENCY.search(text[max(0, element.start - 3) : element.start])
    if money and not first.half:
        [made] = _made(text, [msgspec.structs.replace(element, unit=Unit("yuan", element.end))], found)
        return msgspec.structs.replace(
            made, start=made.start - len(money[0]), whole_start=min(made.whole_start, made.start - len(money[0]))
        )
    large = (last.scale >= 10_000 or (last.spoken and last.high >= 100 and not last.written)) and (
        _NUMBER_ENDS.match(text, element.end) is not None
    )
    if not (alone or large) or first.half:
        return None
    unit = Unit("number", element.end)
    [made] = _made(text, [msgspec.structs.replace(element, unit=unit)], found)
    return made
