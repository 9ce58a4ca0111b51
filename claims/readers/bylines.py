"""Dates and bylines (发布日期:2025-05-20 来源:…): what a page says about itself, not about its subject."""

from __future__ import annotations

import calendar
import datetime
import re

_DATE = r"(?P<y>(?:19|20)\d\d)\s*(?:[-/.]|年)\s*(?P<m>\d{1,2})\s*(?:[-/.]|月)\s*(?P<d>\d{1,2})(?!\d)(?:\s*日)?"
_FULL_DATE = re.compile(rf"(?<!\d){_DATE}")
_MONTH = re.compile(r"((?:19|20)\d\d)\s*(?:[-/.]|年)\s*(\d{1,2})\s*月?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_TIME = r"(?:[T\s]*\d{1,2}[:\uff1a]\d{2}(?:[:\uff1a]\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_DATED = re.compile(rf"\s*{_DATE}{_TIME}\s*")
_SOURCED = re.compile(rf"(?P<source>\S[^\uff0c\u3002\uff01\uff1f,!?;\uff1b:\uff1a]{{0,15}}?)\s+{_DATE}{_TIME}")

_WHEN = r"(?:(?:发布|更新|发表|刊发|创建|最后更新)(?:日期|时间|于)?|日期|时间)"
_WHO = (
    "来源|信息来源|文章来源|本文来源|作者|撰文|文|编辑|责任编辑|责编|整理|审核|校对|"
    "记者|通讯员|发布单位|发布机构|供稿|阅读|浏览|点击|阅读量|浏览量|浏览次数|点击数|字号|字体"
)
_WHEN_LABEL = re.compile(rf"(?:^|(?<=[\s\u3000|\uff5c\u00b7]))(?:{_WHEN})\s*[:\uff1a]?\s*$")
_WHO_LABEL = re.compile(rf"(?:{_WHO})\s*[:\uff1a]\s*(\S.{{0,29}})?")
_SEPARATOR = re.compile(r"[\s\u3000]*[|\uff5c\u00b7\u2022/][\s\u3000]*|[\s\u3000]+")
_ASKS_WHEN = re.compile(r"何时|什么时候|什么时间|几月|几号|哪天|哪一天|截止|到期|日期|多久")
_SENTENCE = re.compile(r"[\u3002\uff01\uff1f!?;\uff1b]")
# Words beside a date that make it part of a sentence: 2025年1月1日 起, 截至 2025年1月1日.
_RUNS_ON = re.compile(r"[起前后止至以到开正实将已之全各不可能是截自从]")


def iso_date(text: str) -> str | None:
    """The first full date in the text (2025-05-20, 2025/5/20, 2025年5月20日) as YYYY-MM-DD, else None."""
    for found in _FULL_DATE.finditer(text):
        date = _iso(int(found["y"]), int(found["m"]), int(found["d"]))
        if date:
            return date
    return None


def stated_date(text: str) -> str | None:
    """A date that a field states alone; 20250520 too, and a month means its last day. None where it is no date."""
    text = text.strip()
    if _DATED.fullmatch(text):
        return iso_date(text)
    compact = _COMPACT.fullmatch(text)
    if compact:
        return _iso(*map(int, compact.groups()))
    month = _MONTH.fullmatch(text)
    if month and 1 <= int(month[2]) <= 12:
        return _iso(int(month[1]), int(month[2]), calendar.monthrange(int(month[1]), int(month[2]))[1])
    return None


def is_byline(text: str, title: str = "") -> bool:
    """Whether a line is nothing but dates, labelled sources and names.

    Everything in it must be recognised, and it must hold a date or a label, so that a sentence is never taken for one.
    A bare date below a title that asks for a time (何时截止) is the answer.
    """
    text = text.strip()
    if not text or len(text) > 80 or _SENTENCE.search(text):
        return False
    if _DATED.fullmatch(text) and "年" in text and _ASKS_WHEN.search(title):
        return False
    marked = _cut_dates(text)
    if marked is None:
        return False
    known = "\x00" in marked
    for piece in _pieces(marked):
        if piece == "\x00":
            continue
        if _WHO_LABEL.fullmatch(piece):
            known = True
        elif not _is_name(piece):
            return False
    return known


def sourced_date(line: str) -> str | None:
    """The date of a line `SOURCE YYYY-MM-DD` or of a bare date, as lists of articles show it, else None."""
    line = line.strip()
    if _DATED.fullmatch(line) or _SOURCED.fullmatch(line):
        return iso_date(line)
    return None


def _cut_dates(text: str) -> str | None:
    """The line with its one or two dates, and the labels before them, replaced by a mark; None if it says a period."""
    dates = list(re.finditer(rf"{_DATE}{_TIME}", text))
    if len(dates) > 2 or any(not iso_date(date.group()) for date in dates):
        return None
    for date in reversed(dates):
        after = text[date.end() :].lstrip()
        if after and (_RUNS_ON.match(after) or after[0] in "-~\u2014\u2013\uff5e"):
            return None
        glued = text[date.end() : date.end() + 1]
        if glued and not _SEPARATOR.match(glued):
            return None
        label = _WHEN_LABEL.search(text, 0, date.start())
        cut = label.start() if label else date.start()
        if cut and not _SEPARATOR.fullmatch(text[cut - 1]):
            return None
        text = f"{text[:cut]} \x00 {text[date.end() :]}"
    return text


def _pieces(text: str) -> list[str]:
    """The line cut at spaces and separators, a label kept with its value (来源: 某某)."""
    pieces: list[str] = []
    for piece in _SEPARATOR.split(text.strip()):
        if not piece:
            continue
        if pieces and pieces[-1].endswith((":", "\uff1a")) and piece != "\x00":
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _is_name(piece: str) -> bool:
    """A short word that may be a site's or a person's name; not one that goes on from the date before it."""
    return len(piece) <= 12 and not re.search(r"[,\uff0c\u3001:\uff1a%\d]", piece) and not _RUNS_ON.match(piece)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
