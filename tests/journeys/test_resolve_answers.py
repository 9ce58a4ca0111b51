"""What editors type, as `koujing resolve` takes it."""

from __future__ import annotations

import pytest

from koujing.resolve.asking import numbers, plain_day, published
from koujing.resolve.terminal import fold_key, is_text


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("1", "1"), ("１", "1"), ("ｂ", "b"), ("Ｂ", "b"), ("甲", "1"), ("乙", "2"), ("？", "?"), ("是", "y"),
        ("　", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_keys_of_any_input_method(typed: str, key: str) -> None:
    assert fold_key(typed) == key


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-01-31", "2025-01-31"), ("2025年1月31日", "2025-01-31"), ("２０２５．１．３１", "2025-01-31"),
        ("2025/1/31", "2025-01-31"), ("2025年1月", "2025-01"), ("2025", "2025"), ("明天", "明天"),
        ("1.2.3.4", "1.2.3.4"),
    ],
)  # fmt: skip
def test_days_as_people_write_them(typed: str, day: str) -> None:
    assert plain_day(typed) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2024", "2024"), ("2024年12月", "2024-12"), ("2024.12.9", "2024-12-09"), ("2024-13", None), ("2024-02-30", None)],
)
def test_what_is_published_in_a_year_a_month_or_on_a_day(typed: str, day: str | None) -> None:
    assert published(typed) == day


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1", ([0], "")), ("１、３", ([0, 2], "")), ("3 1", ([0, 2], "")), ("甲", ([0, 1], "")), ("b", ([2], "")),
        ("乙，1", ([0, 2], "")), ("4", ([], "4")), ("0", ([], "0")), ("x", ([], "x")), ("", ([], "")),
    ],
)  # fmt: skip
def test_claims_by_number_or_by_side(typed: str, found: tuple[list[int], str]) -> None:
    assert numbers(typed, [0, 0, 1]) == found


def test_bytes_that_are_no_text() -> None:
    assert is_text("两类人")
    assert not is_text("两类人".encode("gbk").decode("utf-8", "surrogateescape"))
