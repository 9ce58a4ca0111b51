"""Dates in prose, and the coverage years that it names: 截至2024年12月, 9月1日至次年2月底, 2025年度. Text is folded.

A date is an interval of days. Where the text names no year, its ends are written --MM-DD, unless the caller knows
the year. Whether a date opens or closes a period (自…起, …前) is the caller's business. 25年 and 满6月 are spans of
time, for :mod:`claims.language.quantities`; 25年12月 and 25年城乡居民医保 are not.
"""

from __future__ import annotations

import calendar
import re
from typing import Literal, TypeAlias

import msgspec

from claims.language.numerals import chinese
from claims.language.years import COVER, SHORT_YEAR, YEAR, YEARS, coverage, year_of, years, years_of

__all__ = ["DateHit", "as_of", "coverage", "find", "last_day", "years"]

Precision: TypeAlias = Literal["day", "month", "year"]

_MONTH = r"(?:1[0-2](?!\d)|0?[1-9](?!\d)|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_CLOCK = r"(?:(?:[01]?\d|2[0-4])(?:时|点|:\d\d)(?:\d\d?分)?|零时|零点)"
_TO = rf"(?:{_CLOCK}?(?:起|开始|\(含\))?(?:-{{1,2}}|—{{1,2}}|至|到|截至|截止到?))"
_RELATIVE = {
    "next-year": ("次年度", "次年", "翌年", "来年", "明年", "下一年度", "下一年", "第二年"),
    "this-year": ("当年度", "当年", "本年度", "本年", "同年", "今年"),
    "last-year": ("上一年度", "上一年", "上年度", "上年", "去年"),
    "every-year": ("每年度", "每年", "每一年", "历年"),
}
_RELATIVE_OF = {word: name for name, words in _RELATIVE.items() for word in words}
_SHIFT: dict[str | None, int] = {"next-year": 1, "last-year": -1}
_RELATIVES = "|".join(sorted(_RELATIVE_OF, key=len, reverse=True))
# The parts of a year, as (first month, first day, last month, last day).
_PARTS = {
    "底": (12, 31, 12, 31), "末": (12, 31, 12, 31), "初": (1, 1, 1, 31), "上半年": (1, 1, 6, 30),
    "下半年": (7, 1, 12, 31), "一季度": (1, 1, 3, 31), "二季度": (4, 1, 6, 30), "三季度": (7, 1, 9, 30),
    "四季度": (10, 1, 12, 31), "前三季度": (1, 1, 9, 30), "前两季度": (1, 1, 6, 30),
}  # fmt: skip
_QUARTER = str.maketrans("1234", "一二三四")

# What a date begins with; cheap to search for.
_START = re.compile(
    rf"\d{{1,4}}(?=[年月/.至到—-])|[〇○零一二三四五六七八九十]{{1,4}}(?=[年月])|(?:{_RELATIVES})|年[底末]|"
    r"(?:19|20)\d\d(?=[\u4e00-\u9fff]{2,4}年度)"
)
_POINT = re.compile(
    rf"(?:(?:(?P<rel>{_RELATIVES})|(?P<y>{YEAR})年度?)(?:的(?=[\d一二三四五六七八九十上下前第]))?|(?P<y2>\d\d)年(?={_MONTH}月(?!龄)))?"
    rf"(?:(?P<m>{_MONTH})(?:月份?|(?=(?:{_TO}|、){_MONTH}月))(?:(?P<d>{_DAY})(?:[日号]|(?={_TO}{_DAY}[日号]))|"
    r"(?P<mpart>月?底|月?末|月?初|上旬|中旬|下旬)(?!期))?|"
    r"(?P<part>年?底|年?末|年?初|年?[上下]半年|年?第?[一二三四1234]个?季度|年?前三个?季度|年?前两个季度)(?!期))?"
)
_DAY_ONLY = re.compile(rf"(?P<d>{_DAY})[日号]")
_ISO = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?:(?P<s>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=s)(?P<d>3[01]|[12]\d|0?[1-9])|[-/](?P<m2>0[1-9]|1[0-2]))"
    r"(?![\d.])"
)
_COVERED = re.compile(rf"(?P<year>{YEAR})年?{COVER}|{SHORT_YEAR}")
_MONTH_DAY = re.compile(r"(?P<m>1[0-2]|0?[1-9])(?P<s>[-/.])(?P<d>3[01]|[12]\d|0?[1-9])(?!\d|[./-]\d)")
_COMMA = re.compile("、")
_SEPARATOR = re.compile(_TO)
_MONTHS = re.compile(
    r"(?P<y>20\d\d)\.(?P<m>1[0-2]|0?[1-9])(?:-{1,2}|—{1,2}|至|到)(?P<y2>20\d\d)\.(?P<m2>1[0-2]|0?[1-9])(?![\d.])"
)
# 满6月, 6月期: a span of time. 每一月: none either.
_NO_MONTH_BEFORE = (*"个满足隔每数几同孕", "连续", "达", "达到", "缴费", "累计")
_NO_MONTH_AFTER = re.compile(r"月(?:龄|期(?!间)|以上|以下|以内|之内|饼|嫂|子)")
_ENDS = frozenset("月份日号底末初旬")
# 学年末, 三年底: no 年底.
_NO_YEAR_BEFORE = frozenset("学财半多几整全一二三四五六七八九十两")
_UP_TO = ("截至", "截止", "截止到", "截至到", "截止至")
_NO_YEAR_AFTER = re.compile(r"[级龄]")


class DateHit(msgspec.Struct, frozen=True):
    """`[start, end)` of the folded text names the days from `first` to `last`: ISO dates, or --MM-DD where neither the
    text nor the caller gives a year. A month or a year counts whole, 底 is its last day alone. `precision`: the finest
    unit written. `yearless`: the text itself gives no year. `relative`: "next-year" (次年, 翌年, 明年), "this-year"
    (当年, 今年), "last-year" or "every-year" (每年) where such a word stands with the date; in a range, with its end,
    else with its start."""

    start: int
    end: int
    first: str
    last: str
    precision: Precision
    yearless: bool = False
    relative: str | None = None


class _Point(msgspec.Struct, frozen=True):
    """One end of a range, as written."""

    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    relative: str | None = None


def last_day(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


def find(text: str, year: int | None = None) -> list[DateHit]:
    """The dates of `text`, in order, without overlap. `year`: the year of those that name none, where it is known; 次年
    is then the year after it."""
    found: list[DateHit] = []
    done = 0
    for m in _START.finditer(text):
        if m.start() < done:
            continue
        hit = _hit(text, m.start(), year)
        if hit is not None:
            found.append(hit)
            done = hit.end
    return found


def as_of(text: str) -> str | None:
    """The date that 截至… names in folded text, as ISO; None where there is none."""
    if "截" not in text:
        return None
    for hit in find(text):
        if not hit.yearless and text.endswith(_UP_TO, 0, hit.start):
            return hit.last
    return None


def _number(written: str) -> int:
    return int(written) if written.isascii() else int(chinese(written) or 0)


def _hit(text: str, at: int, year: int | None) -> DateHit | None:
    before = text[at - 1 : at]
    within = before in (".", ":", "/") and text[at - 2 : at - 1].isdigit()
    if before and (within or before == "第" or (before.isascii() and before.isalnum())):
        return None
    span = YEARS.match(text, at)
    if span:
        low, high = years_of(span)
        return DateHit(at, span.end(), f"{low}-01-01", f"{high}-12-31", "year") if low < high else None
    months = _MONTHS.match(text, at)
    if months:
        first = f"{months['y']}-{int(months['m']):02d}-01"
        last = last_day(int(months["y2"]), int(months["m2"]))
        return DateHit(at, months.end(), first, last, "month") if first[:7] < last[:7] else None
    covered = _COVERED.match(text, at)
    if covered:
        name = year_of(covered["year"]) if covered["year"] else "20" + covered["y"]
        return DateHit(at, covered.end(), f"{name}-01-01", f"{name}-12-31", "year")
    point = _iso_point(text, at) or _point(text, at)
    if point is None:
        return None
    # 9、10月: both of them.
    sep = _SEPARATOR.match(text, point.end) or (
        _COMMA.match(text, point.end) if text[point.end - 1].isdigit() else None
    )
    second = None
    if sep:
        second = (
            _iso_point(text, sep.end())
            or _month_day(text, at, sep.end())
            or _point(text, sep.end())
            or _day_point(text, sep.end(), point)
        )
        if second is not None and (second.month is None) != (point.month is None) and not (second.part or point.part):
            second = None
    if point.month is None and not point.part and point.year is None:
        return None
    if second is None and point.month is not None and text[point.end - 1] not in _ENDS and not _iso_like(text, at):
        return None
    return _resolved(at, point, second, year)


def _iso_like(text: str, at: int) -> bool:
    return _ISO.match(text, at) is not None


def _iso_point(text: str, at: int) -> _Point | None:
    m = _ISO.match(text, at)
    if not m or text[m.end() : m.end() + 1] in ("元", "%", "万", "个", "人"):
        return None
    # The end of a range may follow; more digits make it another number.
    runs_on = text[m.end() : m.end() + 1] in ("-", "/") and text[m.end() + 1 : m.end() + 2].isdigit()
    if runs_on and m["s"] != "." and not _ISO.match(text, m.end() + 1):
        return None
    return _Point(m.end(), int(m["y"]), int(m["m"] or m["m2"]), int(m["d"]) if m["d"] else None)


def _month_day(text: str, first: int, at: int) -> _Point | None:
    """2024.9.1-12.31: the end of a range whose start is written so as well."""
    start = _ISO.match(text, first)
    m = _MONTH_DAY.match(text, at)
    return _Point(m.end(), None, int(m["m"]), int(m["d"])) if start and m and m["s"] == start["s"] else None


def _point(text: str, at: int) -> _Point | None:
    m = _POINT.match(text, at)
    assert m is not None  # all of it may be missing: it is none then, below
    relative = _RELATIVE_OF[m["rel"]] if m["rel"] else None
    year = int(year_of(m["y"])) if m["y"] else 2000 + int(m["y2"]) if m["y2"] else None
    month = _number(m["m"]) if m["m"] else None
    day = _number(m["d"]) if m["d"] else None
    part = (m["mpart"] or m["part"] or "").removeprefix("年").removeprefix("月")
    if "季度" in part:
        part = part.removeprefix("第").replace("个", "").translate(_QUARTER)
    if month is not None and year is None and relative is None:
        if day is None and not part and _NO_MONTH_AFTER.match(text, m.end() - 1):
            return None
        if text.endswith(_NO_MONTH_BEFORE, 0, at) and (day is None or text.endswith("个", 0, at)):
            return None
    if month is None and year is None and (not part or (relative is None and part not in ("底", "末"))):
        return None
    # 年底 alone.
    alone = month is None and year is None and relative is None
    if alone and (text[at : at + 1] != "年" or (at and text[at - 1] in _NO_YEAR_BEFORE)):
        return None
    if year is not None and month is None and not part and _NO_YEAR_AFTER.match(text, m.end()):
        return None
    return _Point(m.end(), year, month, day, part, relative)


def _day_point(text: str, at: int, first: _Point) -> _Point | None:
    m = _DAY_ONLY.match(text, at) if first.day is not None else None
    return _Point(m.end(), None, first.month, _number(m["d"])) if m else None


def _resolved(at: int, first: _Point, second: _Point | None, known: int | None) -> DateHit | None:
    base = first.year if first.year is not None else known
    start_year = base if first.year is not None or base is None else base + _SHIFT.get(first.relative, 0)
    begin, until = _bounds(first, start_year)
    if second is None:
        precision = _precision(first)
        return DateHit(at, first.end, begin, until, precision, first.year is None, first.relative)
    if second.year is not None:
        end_year: int | None = second.year
        if first.year is None and first.relative is None:
            # 9月1日至2025年2月28日: the year before, where the months say so.
            start_year = second.year - (_bounds(first, None)[0] >= _bounds(second, None)[0])
            begin, _ = _bounds(first, start_year)
    elif second.relative is not None:
        end_year = None if base is None else base + _SHIFT.get(second.relative, 0)
    else:
        end_year = start_year
    _, until = _bounds(second, end_year)
    if second.year is None and second.relative is None and end_year is not None and until < begin:
        _, until = _bounds(second, end_year + 1)
    if start_year is not None and end_year is not None and until < begin:
        return _resolved(at, first, None, known)
    precision = _precision(second)
    yearless = first.year is None and second.year is None
    return DateHit(at, second.end, begin, until, precision, yearless, second.relative or first.relative)


def _precision(point: _Point) -> Precision:
    return "day" if point.day else "month" if point.month or len(point.part) >= 3 else "year"


def _bounds(point: _Point, year: int | None) -> tuple[str, str]:
    """The first and last day that `point` may mean, in `year`."""
    head = f"{year:04d}" if year is not None else "-"
    days = calendar.monthrange(year if year is not None else 2023, point.month or 12)[1]
    if point.month is None:
        m1, d1, m2, d2 = _PARTS.get(point.part, (1, 1, 12, 31))
        return f"{head}-{m1:02d}-{d1:02d}", f"{head}-{m2:02d}-{d2:02d}"
    if point.day is not None:
        leap = 29 if point.month == 2 and year is None else days
        low = high = min(point.day, leap)
    else:
        low, high = {"底": (days, days), "末": (days, days), "初": (1, 10), "上旬": (1, 10), "中旬": (11, 20)}.get(
            point.part, (21, days) if point.part == "下旬" else (1, days)
        )
    return f"{head}-{point.month:02d}-{low:02d}", f"{head}-{point.month:02d}-{high:02d}"
