"""Quantities of a block, sums written out (400元+670元=1070元), and how near two numbers must be to be called equal."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation
from itertools import product

import msgspec

from audit.linters.later import later
from claims.language.quantities import Quantity
from claims.reading import BlockReading

_MOST_PARTS = 7
"""More parts than these are not tried in every combination."""


def quantities_in(block: BlockReading, start: int, end: int, unit: str | None = None) -> list[Quantity]:
    """The quantities inside `[start, end)` of a block, of one unit if one is given."""
    first = bisect_left(block.quantities, start, key=lambda q: q.start)
    last = bisect_left(block.quantities, end, key=lambda q: q.start)
    return [q for q in block.quantities[first:last] if q.end <= end and unit in (None, q.unit)]


def is_point(q: Quantity) -> bool:
    return q.low == q.high


def plain(number: Decimal) -> str:
    """640, 0.5: without idle zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_words(number: Decimal, like: str) -> str:
    """A number in 万 or 亿 where a figure like it is."""
    for unit, size in (("亿", 100_000_000), ("万", 10_000)):
        if unit in like:
            return plain(number / size) + unit
    return plain(number)


def sum_in_words(text: str, parts: Sequence[Quantity]) -> str:
    """670元 + 400元."""
    return " + ".join(text[q.start : q.end] for q in parts)


def alike(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities can be set against each other: one unit, and not by the month and by the year."""
    periods = {"year", "month", "day", "visit"}
    one, other = periods & set(a.per), periods & set(b.per)
    return a.unit == b.unit and (one == other or not one or not other)


def is_total(parts: Sequence[Quantity], whole: Quantity) -> bool:
    """Whether the parts come to the whole, as exactly as the figures are given."""
    return _fits(sum((q.low for q in parts), Decimal(0)), sum((q.high for q in parts), Decimal(0)), whole, parts)


def can_be_total(parts: Sequence[Quantity], whole: Quantity) -> bool:
    """Whether the whole can be made of some of the parts at all: by adding and taking away two of them or more, or as
    so many times what they come to (12 months, 3 people)."""
    if len(parts) > _MOST_PARTS:
        return True
    for signs in product((1, 0, -1), repeat=len(parts)):
        if sum(map(abs, signs)) < 2 or 1 not in signs:
            continue
        low = sum((s * (q.low if s > 0 else q.high) for s, q in zip(signs, parts, strict=True)), Decimal(0))
        high = sum((s * (q.high if s > 0 else q.low) for s, q in zip(signs, parts, strict=True)), Decimal(0))
        if _fits(low, high, whole, parts):
            return True
    total = sum((q.low for q in parts), Decimal(0))
    times = whole.low / total if total > 0 else Decimal(0)
    return times == times.to_integral_value() and 2 <= times <= 60


def _fits(low: Decimal, high: Decimal, whole: Quantity, parts: Iterable[Quantity]) -> bool:
    if whole.bound == "min":
        return high >= whole.low
    if whole.bound == "max":
        return low <= whole.high
    near = Decimal(0)
    if whole.approx or any(q.approx for q in parts):
        near = whole.high / 20
    elif whole.high >= 10_000 or whole.high != whole.high.to_integral_value():
        near = whole.high / 150  # rounded: 3.25亿元
    return low - near <= whole.high and whole.low <= high + near


class Worked(msgspec.Struct, frozen=True):
    """A sum written out: `[start, end)`, where its result begins, what that is and what it should be."""

    start: int
    end: int
    result_at: int
    stated: Decimal
    right: Decimal


_NUMBER = r"\d[\d,]{0,14}(?:\.\d{1,6})?(?:万|亿)?(?:%|元|块|年|个月|人|公里)?"
_SUM = later(
    rf"(?<!\d)(?P<sum>[(]*{_NUMBER}[)]*(?:[+\-×÷]|加|减)(?:[(]*{_NUMBER}[)]*(?:[+\-×÷]|加|减))*[(]*{_NUMBER}[)]*)"
    rf"(?:=|等于)(?:约)?(?P<result>{_NUMBER})(?![\d+×÷*/])"
)
_TOKEN = later(r"(?P<n>\d[\d,]*(?:\.\d+)?)(?P<big>万|亿)?(?P<unit>%|元|块|年|个月|人|公里)?|(?P<op>[-+×÷()])")
_BIG = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


def worked(text: str) -> Iterator[Worked]:
    """The sums that a text writes out with all their signs and a result that differs from what they come to."""
    for m in _SUM.finditer(text):
        before = text[max(0, m.start() - 1) : m.start()]
        if before in tuple("+-×÷*/.") or (before.isascii() and before.isalnum()):
            continue
        right, stated = _evaluated(m["sum"]), _evaluated(m["result"])
        if right is None or stated is None:
            continue
        if abs(right - stated) > max(abs(stated) / 100, Decimal("0.011")) and _one_unit(m[0]):
            yield Worked(m.start(), m.end(), m.start("result"), stated, right)


def _one_unit(text: str) -> bool:
    """A sum over one kind of things: 3年+6个月 is none, and 元 by 人 is."""
    units = {m["unit"] for m in _TOKEN.finditer(text) if m["unit"]} - {"%", "块"}
    return len(units) <= 1 or "×" in text or "÷" in text


def _evaluated(text: str) -> Decimal | None:
    """The value of a sum of + - × ÷ and brackets, None for what is none."""
    tokens: list[Decimal | str] = []
    at = 0
    text = text.replace("加", "+").replace("减", "-")
    while at < len(text):
        m = _TOKEN.match(text, at)
        if m is None:
            return None
        at = m.end()
        if m["op"]:
            tokens.append(m["op"])
            continue
        value = Decimal(m["n"].replace(",", "")) * _BIG.get(m["big"] or "", Decimal(1))
        tokens.append(value / 100 if m["unit"] == "%" else value)
    percents = re.fullmatch(r"[^×÷]*", text) and "%" in text
    try:
        value, rest = _sum(tokens)
    except (IndexError, DivisionByZero, InvalidOperation, TypeError):
        return None
    if rest:
        return None
    return value * 100 if percents else value


def _sum(tokens: list[Decimal | str]) -> tuple[Decimal, list[Decimal | str]]:
    value, tokens = _product(tokens)
    while tokens and tokens[0] in ("+", "-"):
        other, rest = _product(tokens[1:])
        value = value + other if tokens[0] == "+" else value - other
        tokens = rest
    return value, tokens


def _product(tokens: list[Decimal | str]) -> tuple[Decimal, list[Decimal | str]]:
    value, tokens = _atom(tokens)
    while tokens and tokens[0] in ("×", "÷"):
        other, rest = _atom(tokens[1:])
        value = value * other if tokens[0] == "×" else value / other
        tokens = rest
    return value, tokens


def _atom(tokens: list[Decimal | str]) -> tuple[Decimal, list[Decimal | str]]:
    head = tokens[0]
    if head == "(":
        value, rest = _sum(tokens[1:])
        if rest[0] != ")":
            raise IndexError
        return value, rest[1:]
    if not isinstance(head, Decimal):
        raise TypeError
    return head, tokens[1:]
