"""Months, quarters and years in words. A month is counted as `year * 12 + month - 1`."""

from __future__ import annotations

from reports.wording.terms import Lang

_QUARTERS = "一二三四"


def moment(month: int, size: int, lang: Lang) -> str:
    """The month, the quarter or the year that begins with a month, by how many months it has."""
    year, of_year = divmod(month, 12)
    if size >= 12:
        return f"{year}年" if lang == "zh" else str(year)
    if size == 3:
        quarter = of_year // 3
        return f"{year}年{_QUARTERS[quarter]}季度" if lang == "zh" else f"{year} Q{quarter + 1}"
    return f"{year}年{of_year + 1}月" if lang == "zh" else f"{year}-{of_year + 1:02d}"


def span(month: int, size: int, lang: Lang) -> str:
    """As `moment`, and several years as 2000–2009年."""
    if size <= 12:
        return moment(month, size, lang)
    first = month // 12
    return f"{first}–{first + size // 12 - 1}" + ("年" if lang == "zh" else "")
