"""Chinese and Arabic numerals as exact decimals: 三百八十, 3.8万, 两万五, 五百, 1,000, 二十多.

`read(text, at)` reads the longest numeral at a place; what the number counts is the caller's business.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3}
UNITS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}

_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_CHINESE = re.compile(r"[零〇一二三四五六七八九两俩仨十百千万亿]+")


def chinese(text: str) -> Decimal | None:
    """The value of a numeral written in Chinese characters only, or None where it is none.

    Positional (二〇二四 = 2024) and spoken forms (两万五 = 25000, 三百八 = 380) are both read.
    """
    if not text or not _CHINESE.fullmatch(text):
        return None
    if all(c in DIGITS for c in text):
        return Decimal("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0
    last_unit = 1
    pending = False
    for c in text:
        if c in DIGITS:
            if pending and DIGITS[c] and digit:
                return None
            digit, pending = DIGITS[c], True
            if c in "零〇":
                last_unit = 1
                pending = False
        elif c in UNITS:
            section += (digit if pending or section else digit or 1) * UNITS[c]
            last_unit, digit, pending = UNITS[c], 0, False
        else:
            section += digit
            total = (total + section) * MYRIADS[c] if c == "亿" else total + (section or 1) * MYRIADS[c]
            last_unit, section, digit, pending = MYRIADS[c], 0, 0, False
    if pending and digit and last_unit >= 100:
        # 两万五, 三百八: the last digit counts the next unit below.
        digit *= last_unit // 10
    return Decimal(total + section + digit)


def read(text: str, at: int) -> tuple[Decimal, int] | None:
    """The numeral that starts at `at` and the index after it; None where none starts there."""
    m = _ARABIC.match(text, at)
    if m:
        value, end = Decimal(m[0].replace(",", "")), m.end()
        while end < len(text) and text[end] in "百千万亿":
            value *= UNITS.get(text[end]) or MYRIADS[text[end]]
            end += 1
        return value, end
    m = _CHINESE.match(text, at)
    if not m:
        return None
    for end in range(m.end(), at, -1):
        value_or_none = chinese(text[at:end])
        if value_or_none is not None and text[at:end] not in ("万", "亿", "百", "千"):
            return value_or_none, end
    return None
