"""# inequality-mismatch（不等号写反）

## 是什么

一处限定用文字说了一遍，又用符号或数字说了一遍，两遍方向相反：未达到法定退休年龄（男性≥60岁）；不超过300元（＞300元）。
或者一个区间没有任何数落在里面：5万元以上3万元以下。

## 为什么要紧

符号多半是手误，可是读者判断自己符不符合条件，看的正是它。

## 例子

- 未达到法定退休年龄（男性≥60岁，女性≥55岁）的人员可以参保。
- 连续参保满6个月（＜6个月）的，按全额报销。

## 怎么办

1. 查明条件是以上还是以下。
2. 把符号和文字改成一个方向。
3. 想说的是退休年龄本身的，去掉符号：法定退休年龄（男60岁，女55岁）。

## 级别

警告。

# inequality-mismatch

## What it is

A limit is given in words and again in signs or figures, and the two point in opposite directions:
未达到法定退休年龄（男性≥60岁）; 不超过300元（＞300元）. Or nothing at all lies in an interval: 5万元以上3万元以下.

## Why it matters

The sign is most likely a slip, yet it is what readers go by to see whether they qualify.

## Example

- 未达到法定退休年龄（男性≥60岁，女性≥55岁）的人员可以参保。
- 连续参保满6个月（＜6个月）的，按全额报销。

## How to resolve it

1. Find out which side of the limit is meant.
2. Make sign and words point the same way.
3. If only the limit itself is meant, drop the sign: 法定退休年龄（男60岁，女55岁）.

## Severity

Warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from audit.linters.later import later
from audit.linters.page import Page
from audit.model import Defect, DefectCode
from claims.language.numerals import read
from claims.reading import BlockReading

CODE: DefectCode = "inequality-mismatch"

_UNITS = r"(?:万元|元|块钱|周岁|岁|个月|年|天|日|周|次|人|名|户|家|张|片|支|盒|毫克|克|公斤|小时|分钟|倍|%|米|公里)"
_FIGURE = rf"[\d.,]{{1,14}}[万千百]?{_UNITS}?|[一二三四五六七八九十百千万两]{{1,8}}{_UNITS}"
_BELOW = (
    r"未达到?|没有?达到?|(?:尚|还)?[未没]到(?=[^,。;]{0,8}(?:年龄|岁|标准|线|额|年限|期限))|不到|未满|不满|不足|未超过|没超过|不超过|不[得能可应]超过|不[得能可应]?高于|"
    r"不[得能可应]大于|不多于|不大于|"
    r"低于|少于|小于或?等于|小于|至多|最多|≤|<"
)
_ABOVE = (
    r"已?达到|年满|满|超过|超出|高于|多于|大于或?等于|大于|不[得能可应]?低于|不[得能可应]?少于|不小于|至少|最少|已满|≥|>"
)
_WORDED = later(
    rf"(?<![不未没])(?:(?P<below>{_BELOW})|(?P<above>{_ABOVE}))"
    rf"(?P<what>[^,。;:!?()、\d≥≤<>]{{0,12}}|[^,。;:!?()、\d≥≤<>]{{0,8}}{_FIGURE})的?$"
)
_AFTER_FIGURE = later(
    rf"(?P<what>{_FIGURE})(?:\(?含\)?)?(?:(?P<below>以下|以内|之内)|(?P<above>及?以上))(?:的|者|人员)?$"
)
_MEANT = (
    (later(r"未成年人?$"), "below", 18), (later(r"(?<!未)成年人$"), "above", 18),
    (later(r"高龄老年?人$"), "above", 80), (later(r"老年人$|老人$"), "above", 60),
    (later(r"(?:退休|已退休)(?:人员|职工)$"), "above", 50),
)  # fmt: skip
"""What the name of a group says of its age, at least so far."""

_SIGN = r"(?P<sign>≥|≧|>=|>|≤|≦|<=|<)"
_THAT_IS = r"(?:即|也就是|也即|指)?"
_SIGNED = later(rf"{_THAT_IS}[^\d≥≤<>,;、。:]{{0,6}}{_SIGN}(?P<n>{_FIGURE})")
_WORDED_AGAIN = later(
    rf"{_THAT_IS}[^\d,;、。:≥≤<>]{{0,4}}?(?<![不未没])(?:(?P<below>{_BELOW})|(?P<above>{_ABOVE}))(?P<n>{_FIGURE})的?"
)
_SAID_AGAIN = later(rf"[^\d,;、。:]{{0,6}}?(?:(?P<n>{_FIGURE})(?:(?P<above>及?以上)|(?P<below>及?以下|以内)))")
_LIMIT = later(r"线|限额|上限|下限|标准|门槛|限$|基数|额度|水平|总额|起付|封顶")
"""Nouns with a figure of their own: 超过封顶线(≤2500元) gives the line, not what is beyond it."""

_ENDS = r"(?:\(?含\)?|\(不含\))?"
_EMPTY = later(rf"(?<![\d.,])(?P<low>{_FIGURE}){_ENDS}以上(?:至|到|且)?(?P<high>{_FIGURE}){_ENDS}以下")


def check(page: Page) -> Iterator[Defect]:
    for block in page.blocks:
        yield from _bracketed(page, block)
        yield from _empty(page, block)


def _bracketed(page: Page, block: BlockReading) -> Iterator[Defect]:
    text = block.folded.chars
    for bracket in re.finditer(r"\(([^()]{2,40})\)", text):
        inside = _directions(bracket[1])
        if inside is None:
            continue
        start = max(text.rfind(c, 0, bracket.start()) for c in ",。;:!?、\n()") + 1
        before = text[start : bracket.start()]
        m = _WORDED.search(before) or _AFTER_FIGURE.search(before)
        if m is None:
            yield from _groups(page, block, start, bracket, inside)
            continue
        outside = "below" if m["below"] else "above"
        named = _LIMIT.search(m["what"]) and not re.search(r"\d", m["what"])
        if outside == inside or named or _leaves_room(outside, before[m.start() :], bracket[1]):
            continue
        stated = (block, start if len(before) <= 16 else start + m.start(), bracket.start())
        yield page.defect(
            CODE, stated, (block, bracket.start(1), bracket.end(1)), words=text[stated[1] : stated[2]], sign=bracket[1]
        )


def _leaves_room(outside: str, words: str, sign: str) -> bool:
    """60周岁以上(70岁以下): two ends of one range, both given, with something between them."""
    first, second = re.search(_FIGURE, words), re.search(_FIGURE, sign)
    ours, theirs = (_value(m[0]) if m else None for m in (first, second))
    if ours is None or theirs is None or ours[1].removeprefix("周") != theirs[1].removeprefix("周"):
        return False
    return ours[0] < theirs[0] if outside == "above" else theirs[0] < ours[0]


def _groups(
    page: Page, block: BlockReading, start: int, bracket: re.Match[str], inside: str
) -> Iterator[Defect]:
    """未成年人(≥18周岁)."""
    text = block.folded.chars
    for name, means, age in _MEANT:
        m = name.search(text, start, bracket.start())
        figures = [f for f in (_value(x[0]) for x in re.finditer(_FIGURE, bracket[1])) if f is not None]
        if m is None or means == inside or not figures or not all("岁" in unit for _, unit in figures):
            continue
        if all(n >= age if inside == "above" else n <= age + 10 for n, _ in figures):
            yield page.defect(
                CODE, (block, *m.span()), (block, bracket.start(1), bracket.end(1)), words=m[0], sign=bracket[1]
            )


def _directions(inside: str) -> str | None:
    """The one direction of all that a bracket says, None where it says anything else."""
    found: set[str] = set()
    for part in re.split(r"[,;、]", inside):
        signed, again = _SIGNED.fullmatch(part), _SAID_AGAIN.fullmatch(part) or _WORDED_AGAIN.fullmatch(part)
        if signed:
            found.add("above" if signed["sign"][0] in ">≥≧" else "below")
        elif again:
            found.add("above" if again["above"] else "below")
        else:
            return None
    return found.pop() if len(found) == 1 else None


def _empty(page: Page, block: BlockReading) -> Iterator[Defect]:
    """5万元以上3万元以下: no number is both."""
    text = block.folded.chars
    for m in _EMPTY.finditer(text):
        low, high = _value(m["low"]), _value(m["high"])
        if low is None or high is None or low[0] <= high[0]:
            continue
        if low[1] and high[1] and low[1] != high[1]:
            continue
        yield page.defect(
            CODE, (block, *m.span("low")), (block, m.start("high"), m.end()), reason="inequality-empty", words=m[0]
        )


def _value(figure: str) -> tuple[Decimal, str] | None:
    """20000 and 元 of 2万元; a unit that is left out is the one of the other figure."""
    found = read(figure, 0)
    if found is None:
        return None
    return found[0], figure[found[1] :]
