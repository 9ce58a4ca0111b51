"""Numerals and quantities."""

from __future__ import annotations

from itertools import pairwise

from claims.language.fold import fold
from claims.language.numerals import chinese, numeral, run_end
from claims.language.quantities import quantities
from fuzz import seeds, words
from fuzz.target import Target

_PER = frozenset(("year", "month", "day", "visit", "person"))


def check(data: bytes) -> None:
    text = fold(data.decode("utf-8", "replace")).chars
    at = 0
    while at < len(text):
        found = numeral(text, at)
        if found is not None:
            assert at < found.end <= len(text)
            assert found.value.is_finite()
            assert found.value == found.mantissa * found.scale, found
            assert found.scale >= 1
            chinese(text[at : found.end])
        at += 1
    assert run_end(text, 0) >= 1
    several = quantities(text)
    for one in several:
        assert 0 <= one.whole_start <= one.start < one.end <= one.whole_end <= len(text), one
        assert one.low.is_finite(), one
        assert one.high.is_finite(), one
        assert one.low <= one.high, one
        assert one.bound in (None, "max", "min"), one
        assert set(one.per) <= _PER, one
    for one, after in pairwise(several):
        assert one.start <= after.start, (one, after)


TARGET = Target(
    check, seeds.paragraphs, lambda: words.prose()[::40] + (words.NUMBERS + words.UNITS + words.DATES) * 8, 3_000
)
