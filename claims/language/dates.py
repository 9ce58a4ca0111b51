"""Dates in prose: 截至2024年12月, 2025年3月1日, 2024年底. Only what a claim's as-of date needs."""

from __future__ import annotations

import calendar
import re

_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?:(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号])?|(?P<end>底|"
    r"末|年底))?"
)


def last_day(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


def iso(year: int, month: int | None, day: int | None) -> str:
    """A month counts as its last day, a year as its last."""
    if month is None:
        return f"{year:04d}-12-31"
    if day is None:
        return last_day(year, month)
    return f"{year:04d}-{month:02d}-{min(day, calendar.monthrange(year, month)[1]):02d}"


def as_of(text: str) -> str | None:
    """The date that 截至… names in folded text, as ISO; None where there is none."""
    for m in _DATE.finditer(text):
        before = text[max(0, m.start() - 4) : m.start()]
        if re.search(r"(?:截至|截止|截止到|截至到)$", before):
            month = int(m["month"]) if m["month"] else None
            return iso(int(m["year"]), month, int(m["day"]) if m["day"] else None)
    return None


def years(text: str) -> list[tuple[int, int, str]]:
    """Named coverage years (2025年度, 2025年): start, end, year."""
    return [
        (m.start(), m.end(), m["year"])
        for m in re.finditer(r"(?P<year>20\d\d)年度?(?!\d{1,2}月|底|末|起|以来|之?前)", text)
    ]
