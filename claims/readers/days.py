"""Days as content systems write them: ISO 8601, epochs, 2025/3/1, 2025年3月1日, mail headers.

A moment with an offset, and an epoch, is the day that it was in China (UTC+8, no summer time since 1991).
"""

from __future__ import annotations

import datetime
import re

from claims.readers.bylines import iso_date, stated_date

CHINA = datetime.timezone(datetime.timedelta(hours=8))
_DIGITS = re.compile(r"-?\d+(?:\.0*)?\Z")
_ZERO = re.compile(r"0{1,4}(?:[-/]0{1,2}[-/]0{1,2})?(?:[T ]0{1,2}(?::00?){1,2}(?:\.0+)?)?\Z")
"""What databases write where there is no day: 0000-00-00 00:00:00, 0."""
_NONE = frozenset({"", "null", "none", "nan", "nat", "-", "—", "无"})
_DATE_AND_TIME = re.compile(
    r"(?:19|20)\d\d\s*(?:[-/.]|年)\s*\d{1,2}\s*(?:[-/.]|月)\s*\d{1,2}\s*日?"
    r"[\s,T]*(?:星期[一二三四五六日天]|周[一二三四五六日天])?[\s\d:：.时点分秒上下午晨晚APMapm]*\Z"
)
_MAIL = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s")
_UNITS = ((10**8, 10**11, 1), (10**11, 10**14, 1_000), (10**14, 10**17, 10**6), (10**17, 10**19, 10**9))
"""Epochs from 1973 on: from, below, and how many of the unit are a second."""
_FIRST, _LAST = 1900, 2199


def day_of(value: object) -> str | None:
    """The day (YYYY-MM-DD) that a field's value means, None where it says that there is none.

    Raises ValueError for what is no day.
    """
    if value is None:
        return None
    if isinstance(value, datetime.datetime):
        return _checked((value.astimezone(CHINA) if value.tzinfo is not None else value).date())
    if isinstance(value, datetime.date):
        return _checked(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return None if value != value or value == 0 else _of_number(value)
    if isinstance(value, str):
        return _of_text(value.strip())
    raise ValueError(value)


def _of_text(text: str) -> str | None:
    if text.lower() in _NONE or _ZERO.match(text):
        return None
    if len(text) > 64:
        raise ValueError(text)
    if _DIGITS.match(text):
        return _of_number(int(text.partition(".")[0]))
    try:
        return day_of(datetime.datetime.fromisoformat(text))
    except ValueError:
        pass
    found = stated_date(text) or (iso_date(text) if _DATE_AND_TIME.match(text) else None)
    if found is None and _MAIL.match(text):
        from email.utils import parsedate_to_datetime

        return day_of(parsedate_to_datetime(text))
    if found is None:
        raise ValueError(text)
    return found


def _of_number(number: int | float) -> str:
    """An epoch in any unit, or a day written as one number (20250301)."""
    for low, high, unit in _UNITS:
        if low <= number < high:
            return _checked(datetime.datetime.fromtimestamp(number / unit, CHINA).date())
    compact = stated_date(str(int(number))) if number == int(number) else None
    if compact is None:
        raise ValueError(number)
    return compact


def _checked(day: datetime.date) -> str:
    if not _FIRST <= day.year <= _LAST:
        raise ValueError(day)
    return day.isoformat()
