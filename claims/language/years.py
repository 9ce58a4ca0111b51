"""The years that figures are for, as texts name them: 2025年度, 2025参保年度, 2024-2025年度, 25年城乡居民医保.

For use through :mod:`claims.language.dates`. Text is folded.
"""

from __future__ import annotations

import re

from claims.language.numerals import chinese

YEAR = r"(?:(?:19|20)\d\d(?!\d)|[一二][〇○零一二三四五六七八九]{3})"
TO_YEAR = r"(?:年度?)?(?:-{1,2}|—{1,2}|至|到)"
COVER = r"(?:参保|医保|缴费|参保缴费|医疗保险|结算|待遇|保险|集中缴费|筹资)年度"
SHORT_YEAR = (
    r"(?:(?<=[,。;:!?、(\n于在的])|^)(?P<y>[12]\d|3[0-5])年"
    r"(?:度(?!数)|(?=城乡居民|城镇|居民医保|居民医疗|新农合|职工医保))"
)
# 2024-2025年度, 2024-25年度, 2024、2025参保年度, 2024至2025年
YEARS = re.compile(
    rf"(?P<y1>{YEAR})(?:{TO_YEAR}|年?[、和/])(?:(?P<y2>{YEAR})(?:年?{COVER}|年度)|(?P<short>\d\d)年度)|"
    rf"(?P<y3>{YEAR}){TO_YEAR}(?P<y4>{YEAR})年(?!(?:\d{{1,2}}|十[一二]?|[一二三四五六七八九])月)"
)
_COVERAGE = re.compile(rf"(?P<year>{YEAR})(?:年?{COVER}|年度?)|{SHORT_YEAR}")
# A year that opens or closes a period, or dates an event, is none that figures are for.
_EVENT_BEFORE = re.compile(r"(?:截至|截止|截至到|截止到|截止至|自|自从|从|到|至|于)$")
_EVENT_AFTER = re.compile(
    r"的?(?:\d{1,2}(?:[-、至到]\d{1,2})?|十[一二]?|[一二三四五六七八九])月|年?[底末初]|[上下]半年|第?[一二三四1-4]季度|前[一两三]个?季度|"
    r"[春夏秋冬]|的?(?:文件|通知|意见|决定)|实施|出台|印发|发布|成立|启动|上线|开通|施行|起|始|开始|以来|以?之?[前后]"
)


def coverage(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Named coverage years (2025年度, 2025年, 2025参保年度; both of 2024-2025年度): start, end, years. Not 2030年起."""
    found: list[tuple[int, int, tuple[str, ...]]] = []
    if "年" not in text:
        return found
    ranges: list[tuple[int, int]] = []
    for m in YEARS.finditer(text):
        low, high = years_of(m)
        # 2020-2025年 is an era, 2024-2025年 are two coverage years.
        if high - low == 1 or (m["y2"] and low < high):
            found.append((m.start(), m.end(), (str(low), str(high))))
        ranges.append(m.span())
    for m in _COVERAGE.finditer(text):
        if any(start < m.end() and m.start() < end for start, end in ranges):
            continue
        if m["year"] and m.start() and text[m.start() - 1].isdigit():
            continue
        # 截至2025年, 2025年底; 2025参保年度 needs no such care.
        if _EVENT_AFTER.match(text, m.end()) or _EVENT_BEFORE.search(text[max(0, m.start() - 3) : m.start()]):
            continue
        found.append((m.start(), m.end(), (year_of(m["year"]) if m["year"] else "20" + m["y"],)))
    return sorted(found)


def years(text: str) -> list[tuple[int, int, str]]:
    """The years of :func:`coverage`, one by one: start, end, year."""
    return [(start, end, year) for start, end, named in coverage(text) for year in named]


def years_of(m: re.Match[str]) -> tuple[int, int]:
    """The first and the last year of a match of `YEARS`."""
    low = int(year_of(m["y1"] or m["y3"]))
    return low, low // 100 * 100 + int(m["short"]) if m["short"] else int(year_of(m["y2"] or m["y4"]))


def year_of(year: str) -> str:
    return year if year.isascii() else str(chinese(year))
