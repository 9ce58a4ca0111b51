"""Numerals, quantities and as-of dates."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.language.dates import as_of, years
from claims.language.numerals import Numeral, chinese, numeral, read, run_end, scale_at
from claims.language.quantities import quantities


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三百八十", 380), ("三百八", 380), ("两万五", 25000), ("两万五千", 25000), ("十", 10), ("十二", 12),
        ("一百零五", 105), ("一千零五十", 1050), ("三亿二千五百万", 325_000_000), ("二〇二四", 2024), 
        ("三十万", 300_000), ("二十", 20), ("一万", 10_000), ("五百", 500),
        ("万", 10_000), ("一万十五", 10_015), ("三万亿", 3_000_000_000_000),
        ("廿", 20), ("廿五", 25), ("百廿五", 125), ("一千一百卅", 1130), ("廿万", 200_000), ("两万零五", 20_005),
        ("一千零五", 1005), ("一百五", 150), ("三千亿", 300_000_000_000), ("三亿五", 350_000_000), ("万五", 15_000),
        ("一亿零五万", 100_050_000), ("亿", 100_000_000), ("两千零三万五", 20_035_000), ("〇", 0), ("百", 100),
        ("二万一百", 20_100), ("一百一十一", 111), ("九千万零八", 90_000_008),
    ],
)  # fmt: skip
def test_chinese_numerals(text: str, value: int) -> None:
    assert chinese(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "", "甲", "3", "十堰", "十百", "三五百", "二十三十", "五万亿万", "三亿万", "三亿亿", "三万万", "三万五万",
        "廿十", "廿卅",
        "五廿", "三百五零", "三零五百", "廿百", "十十", "百百", "百千", "一百二三",
    ],
)  # fmt: skip
def test_no_numeral(text: str) -> None:
    assert chinese(text) is None


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_numerals_are_read_as_cn2an_writes_them(n: int) -> None:
    """The oracle: https://github.com/Ailln/cn2an, spoken (一百二十三) and formal (壹佰贰拾叁) numerals."""
    assert chinese(cn2an.an2cn(n, "low")) == n
    assert chinese(cn2an.an2cn(n, "up")) == n


@given(st.integers(min_value=0, max_value=10**8 - 1))
def test_numerals_are_read_as_cn2an_reads_them(n: int) -> None:
    form = cn2an.an2cn(n, "low")
    assert chinese(form) == cn2an.cn2an(form, "strict"), form


@pytest.mark.parametrize(
    "text",
    ["两万五", "三百八", "一千五", "两百五", "一万八", "廿五", "二〇二四", "一百零五", "一万零五十", "一千零二十万"],
)
def test_short_forms_are_read_as_cn2an_reads_them(text: str) -> None:
    assert chinese(text) == cn2an.cn2an(text, "smart")


@pytest.mark.parametrize(
    ("text", "value", "end"),
    [
        ("三百八十元", "380", 4), ("1万2千元", "12000", 4), ("3千5百", "3500", 4), ("3.25亿", "325000000", 5),
        ("1,500元", "1500", 5), ("400,2025年", "400", 3), ("1,500,2025", "1500", 5), ("三点五万", "35000", 4),
        ("零点五", "0.5", 3), ("一〇〇〇〇点五", "10000", 5), ("九千九百九十九点五", "9999.5", 9), ("三百点五",
        "300", 2),
        ("三千米", "3", 1), ("十点五", "10.5", 3), ("3亿2千万", "320000000", 5), ("1万2千3百", "12300", 6),
        ("壹万贰仟元", "12000", 4), ("十堰", "10", 1),
    ],
)  # fmt: skip
def test_the_longest_numeral_at_a_place(text: str, value: str, end: int) -> None:
    assert read(text, 0) == (Decimal(value), end)


@pytest.mark.parametrize(
    ("text", "end", "mantissa", "scale", "spoken"),
    [
        ("3.8万", 4, "3.8", 10_000, False), ("5", 1, "5", 1, False), ("2千万", 3, "2", 10_000_000, False),
        ("三百八十", 4, "380", 1, True), ("三百万", 3, "3", 1_000_000, True), ("十万", 2, "10", 10_000, True),
        ("三点五万", 4, "3.5", 10_000, True), ("三点一四", 4, "3.14", 1, True),
        ("1万2千", 4, "12000", 1, False), ("1亿1,200万", 8, "112000000", 1, False),
    ],
)  # fmt: skip
def test_a_numeral_ends_in_a_scale_that_it_may_lend(
    text: str, end: int, mantissa: str, scale: int, spoken: bool
) -> None:
    value = Decimal(mantissa) * scale
    assert numeral(text, 0) == Numeral(value, end, Decimal(mantissa), scale, spoken)


@pytest.mark.parametrize("text", ["1万2", "1万0.5万", "1万20千", "1万10千", "1万0万"])
def test_what_does_not_count_a_smaller_scale_is_another_number(text: str) -> None:
    assert numeral(text, 0) == Numeral(Decimal(10_000), 2, Decimal(1), 10_000)


@pytest.mark.parametrize("digit", ["9", "九"])
def test_nobody_writes_a_longer_number_than_24_digits(digit: str) -> None:
    assert read(digit * 24, 0) == (Decimal("9" * 24), 24)
    assert read(digit * 25, 0) is None
    assert read("一" + "〇" * 24, 0) is None
    assert read("0" * 24, 0) == (0, 24)
    assert read("0" * 25, 0) is read("1." + "0" * 23, 0) is None
    assert read("9" * 20 + "万", 0) == (Decimal("9" * 20 + "0000"), 21)
    assert read("1" + "0" * 20 + "万", 0) is read("9" * 21 + "万", 0) is None


@pytest.mark.parametrize(
    ("text", "product", "end"),
    [
        ("万元", 10_000, 1), ("百万元", 1_000_000, 2), ("千米", 1, 0), ("百分之", 1, 0), ("元", 1, 0), ("", 1, 0),
        ("十", 1, 0),
    ],
)  # fmt: skip
def test_the_scale_at_a_place(text: str, product: int, end: int) -> None:
    assert scale_at(text, 0) == (product, end)
    assert scale_at("5" + text, 1) == (product, end + 1)


def test_where_a_run_of_numerals_ends() -> None:
    assert run_end("元三百八元", 1) == 4
    assert run_end("元三百八元", 0) == 1


@pytest.mark.parametrize("text", ["百姓", "万一", "亿万", "二四", "一百二三", "堰", ""])
def test_no_numeral_at_a_place(text: str) -> None:
    assert read(text, 0) is None


@given(st.integers(min_value=0, max_value=10**10))
def test_arabic_numbers_with_and_without_separators_are_equal(n: int) -> None:
    assert read(f"{n:,}元", 0) == (Decimal(n), len(f"{n:,}"))
    assert read(f"{n}元", 0) == (Decimal(n), len(str(n)))


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "bound"),
    [
        ("最多绑定6人", 6, 6, "person", "max"),
        ("不得超过七名", 7, 7, "person", "max"),
        ("余额须在五百元以上", 500, 500, "yuan", "min"),
        ("留足1,000元", 1000, 1000, "yuan", None),
        ("31个省份", 31, 31, "province", None),
        ("20多个省份", 21, 29, "province", None),
        ("十余个省", 11, 19, "province", None),
        ("近30个省份", 25, 29, "province", None),
        ("50%-90%", 50, 90, "percent", None),
        ("2万元", 20000, 20000, "yuan", None),
        ("3.8万元", 38000, 38000, "yuan", None),
    ],
)
def test_quantities(text: str, low: int, high: int, unit: str, bound: str | None) -> None:
    [q] = quantities(text)
    assert (q.low, q.high, q.unit) == (low, high, unit)
    if bound:
        assert q.bound == bound


@pytest.mark.parametrize("text", ["第3个人", "一家人都能用", "十堰市", "一旦绑定", "万一不行"])
def test_no_quantity(text: str) -> None:
    assert [q for q in quantities(text) if q.unit in ("yuan", "province")] == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("截至2024年12月,全国", "2024-12-31"),
        ("截至2025年2月", "2025-02-28"),
        ("截止2024年11月5日", "2024-11-05"),
        ("截至2024年底", "2024-12-31"),
        ("自2024年9月起", None),
        ("到2024年", None),
    ],
)
def test_as_of(text: str, date: str | None) -> None:
    assert as_of(text) == date


def test_coverage_years() -> None:
    assert [y for _, _, y in years("2025年度标准,2024年底前缴费")] == ["2025"]
