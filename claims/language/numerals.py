"""Chinese and Arabic numerals as exact decimals: 三百八十, 3.8万, 两万五, 1,000, 二〇二四, 三点五, 1万2千.

`numeral(text, at)` reads the longest numeral at a place; what the number counts is the caller's business. Text is
folded. A character that merely begins a name or a word (十堰, 百色, 一旦) is a numeral here as well: only a unit that
follows makes it a quantity.
"""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

_SPOKEN = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
DIGITS = (
    {c: i for i, c in enumerate(_SPOKEN)}
    | {c: i for i, c in enumerate(_FORMAL)}
    | {"〇": 0, "○": 0, "两": 2, "俩": 2, "仨": 3, "幺": 1, "貳": 2, "參": 3, "叄": 3, "陸": 6}
)
UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000, "萬": 10_000, "億": 100_000_000}
_MYRIAD = 10_000
_BELOW = {100: 10, 1000: 100, 10_000: 1000, 100_000_000: 10_000_000}
SCALES = {c: n for c, n in (UNITS | MYRIADS).items() if n > 10}
TENS = {"廿": 20, "卅": 30}

# No number that anyone writes is longer; what is, is an identifier, and no exact decimal.
_LONGEST = 24
_LARGEST = Decimal(10) ** _LONGEST
_CHARS = "".join((*DIGITS, *UNITS, *MYRIADS, *TENS))
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
_CHINESE = re.compile(rf"(?:[{_CHARS}](?!分之|(?<=千)[米克瓦卡])){{1,40}}")
_POINT = re.compile(rf"点([{''.join(DIGITS)}]{{1,8}})")
_SCALE = re.compile("(?:[" + "".join(SCALES) + "](?!分之|(?<=千)[米克瓦卡])){1,4}")
# What a scale may begin; others are words: 百姓, 万一, 亿万.
_SCALED = frozenset(("百万", "千万"))


class Numeral(msgspec.Struct, frozen=True):
    """`[…, end)` of the text is the number `value`, which is `mantissa` times `scale`: the 百, 千, 万, 亿 it ends in
    (3.8万: 3.8 and 10000; 三百八十: 380 and 1). A range or a list may lend the scale of its last number to the others
    (2-3万). `spoken`: in Chinese characters."""

    value: Decimal
    end: int
    mantissa: Decimal
    scale: int = 1
    spoken: bool = False


def chinese(text: str) -> Decimal | None:
    """The value of a numeral written in Chinese characters only, or None where it is none.

    Positional (二〇二四 = 2024) and spoken forms (两万五 = 25000, 三百八 = 380) are both read.
    """
    if not text or not _CHINESE.fullmatch(text):
        return None
    if all(c in DIGITS for c in text):
        return Decimal("".join(str(DIGITS[c]) for c in text))
    total = section = digit = last = above = zero = 0
    # `digit` waits for its unit; `last` is the unit last read, `above` the last 万 or 亿; what comes next is less than
    # `within`; `zero`: one was read behind the last unit (一百零五).
    within = _MYRIAD
    for c in text:
        if c in DIGITS:
            if digit:
                return None
            digit = DIGITS[c]
            zero = zero or not digit
        elif c in TENS:
            if digit or within < 100:
                return None
            section += TENS[c]
            last = within = 10
        elif c in UNITS:
            unit = UNITS[c]
            if unit >= within:
                return None
            section += (digit or 1) * unit
            last = within = unit
            digit = zero = 0
        else:
            unit = MYRIADS[c]
            section += digit
            # 三万亿 is allowed, 三亿万 and 三亿亿 are not.
            if above == unit or (unit == _MYRIAD and total and not section):
                return None
            total = (total + section or 1) * unit if unit > _MYRIAD else total + (section or 1) * unit
            above = last = unit
            section = digit = zero = 0
            within = _MYRIAD
    if not zero:
        # 两万五, 三百八: the last digit counts the next unit below.
        digit *= _BELOW.get(last, 1)
    return Decimal(total + section + digit)


def numeral(text: str, at: int) -> Numeral | None:
    """The numeral that starts at `at`; None where none starts there.

    Two bare digits (二四, 三五) are no number: positional writing is for years and for three digits or more. Nor is the
    beginning of something longer that is none (一百二三).
    """
    m = _ARABIC.match(text, at)
    if m:
        return _arabic(text, Decimal(m[0].replace(",", "")), m.end()) if len(m[0]) <= _LONGEST else None
    m = _CHINESE.match(text, at)
    if not m:
        return None
    form = m[0]
    positional = len(form) == 2 and all(c in DIGITS for c in form)
    value = None if positional or (form[0] in SCALES and form not in _SCALED) else chinese(form)
    return _spoken(text, form, value, m.end()) if value is not None and value < _LARGEST else None


def read(text: str, at: int) -> tuple[Decimal, int] | None:
    """The value of the numeral that starts at `at`, and the index after it."""
    found = numeral(text, at)
    return (found.value, found.end) if found is not None else None


def run_end(text: str, at: int) -> int:
    """Where the run of numeral characters at `at` ends; past the first character where there is none."""
    m = _CHINESE.match(text, at)
    return m.end() if m else at + 1


def scale_at(text: str, at: int) -> tuple[int, int]:
    """The product of the 百, 千, 万, 亿 at `at` (1 where there are none) and the index after them."""
    m = _SCALE.match(text, at)
    if not m:
        return 1, at
    product = 1
    for c in m[0]:
        product *= SCALES[c]
    return product, m.end()


def _arabic(text: str, mantissa: Decimal, end: int) -> Numeral | None:
    scale, end = scale_at(text, end)
    value = mantissa * scale
    whole = scale
    while m := _ARABIC.match(text, end):
        # 1万2千, 3千5百: further parts count smaller scales.
        smaller, after = scale_at(text, m.end())
        part = Decimal(m[0].replace(",", "")) * smaller
        if smaller == 1 or smaller >= whole or part >= whole:
            break
        value += part
        mantissa, scale, whole, end = value, 1, smaller, after
    return Numeral(value, end, mantissa, scale) if value < _LARGEST else None


def _spoken(text: str, form: str, value: Decimal, end: int) -> Numeral:
    point = _POINT.match(text, end)
    if point and value < _MYRIAD and form[-1] not in SCALES:
        # 三点五, 百分之零点五. A clock time is told apart by what follows: no unit.
        digits = "".join(str(DIGITS[c]) for c in point[1])
        mantissa = value + Decimal(digits).scaleb(-len(digits))
        scale, after = scale_at(text, point.end())
        return Numeral(mantissa * scale, after, mantissa, scale, True)
    scale = 1
    for c in reversed(form):
        if c not in SCALES:
            break
        scale *= SCALES[c]
    return Numeral(value, end, value / scale, scale, True)
