"""Dates, and years that figures are for."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from claims.language import dates, years
from claims.language.fold import fold
from claims.readers.bylines import stated_date
from fuzz import seeds, words
from fuzz.laws import apart
from fuzz.target import Target


def check(data: bytes) -> None:
    written = data.decode("utf-8", "replace")
    text = fold(written).chars
    for year in (None, 2024):
        found = dates.find(text, year)
        apart(found, 0, len(text))
        for hit in found:
            first, last = _day(hit.first), _day(hit.last)
            if not hit.first.startswith("--") and not hit.last.startswith("--"):
                assert first <= last, hit
    for end in (dates.as_of(text), stated_date(written)):
        assert end is None or _day(end)
    covered = years.coverage(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in covered)
    assert all(a[0] <= b[0] for a, b in pairwise(covered))
    assert all(named and all(year.isdigit() for year in named) for _, _, named in covered)


def _day(written: str) -> date:
    """Raises ValueError for what is no day of any year."""
    return date.fromisoformat(written.replace("--", "2024-", 1) if written.startswith("--") else written)


TARGET = Target(check, seeds.paragraphs, lambda: words.prose()[::40] + (words.DATES + words.NUMBERS) * 10, 3_000)
