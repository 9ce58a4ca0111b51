"""Days that a text means by words that leave the year open, reckoned from the day on which it was written."""

from __future__ import annotations

from audit.linters.later import later
from claims.language.dates import DateHit, last_day

_SHIFT = {"next-year": 1, "this-year": 0, "last-year": -1}
# Reckoned from another day of the text, not from that of writing.
_ELSEWHERE = later(r"次年|翌年|当年|同年|第二年|每")


def past_day(hit: DateHit, text: str, written: str | None) -> str | None:
    """The last day (ISO) of a date of `text` that has been (截至11月底): the latest such day up to `written`; None
    where the text gives no year and the day of writing is not known."""
    return _day(hit, text, written, ahead=False)


def coming_day(hit: DateHit, text: str, written: str | None) -> str | None:
    """The last day of a date to come (10月起, 年底前, 明年): the first such day from `written` on; None likewise."""
    return _day(hit, text, written, ahead=True)


def _day(hit: DateHit, text: str, written: str | None, *, ahead: bool) -> str | None:
    if _ELSEWHERE.search(text, hit.start, hit.end):
        return None
    if not hit.last.startswith("--"):
        return hit.last
    if written is None:
        return None
    year = int(written[:4])
    if hit.relative is not None:
        return _in(year + _SHIFT[hit.relative], hit)
    # A month that is not over counts as this year's: 截至4月 in an article of 10 April.
    if ahead and hit.last[2:] < written[5:]:
        year += 1
    if not ahead and hit.first[2:] > written[5:]:
        year -= 1
    return _in(year, hit)


def _in(year: int, hit: DateHit) -> str:
    """The last day of a date without year, in a year."""
    month = int(hit.last[2:4])
    return last_day(year, month) if hit.precision != "day" and month == 2 else f"{year:04d}-{hit.last[2:]}"
