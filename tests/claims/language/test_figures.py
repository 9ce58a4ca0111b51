"""Figures and dates as data: figures.yaml and dates.yaml hold a text and how it is read, figures_laws below what holds
of all texts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from claims.language import dates
from claims.language.fold import fold
from claims.language.gazetteer import tree
from claims.language.quantities import Quantity, quantities

HERE = Path(__file__).parent


def cases(name: str) -> list[tuple[str, str]]:
    groups = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return [(text, reading) for group in groups.values() for text, reading in group.items()]


def number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def written(q: Quantity) -> str:
    """A quantity in the notation of figures.yaml."""
    words = [number(q.low) if q.low == q.high else f"{number(q.low)}..{number(q.high)}", q.unit]
    if q.bound:
        words.append(q.bound + ("!" if q.strict else ""))
    if q.approx:
        words.append("~")
    if q.per:
        words.append("/" + "+".join(q.per))
    if q.inclusive:
        words.append("incl")
    return " ".join(words)


def dated(hit: dates.DateHit) -> str:
    """A date in the notation of dates.yaml."""
    days = hit.first if hit.first == hit.last else f"{hit.first}..{hit.last}"
    return " ".join(filter(None, (days, hit.precision, hit.relative)))


@pytest.mark.parametrize(("text", "reading"), cases("figures.yaml"))
def test_figures(text: str, reading: str) -> None:
    assert "; ".join(map(written, quantities(fold(text).chars))) == reading


@pytest.mark.parametrize(("text", "reading"), cases("dates.yaml"))
def test_dates(text: str, reading: str) -> None:
    words, _, year = text.partition(" @")
    assert "; ".join(map(dated, dates.find(fold(words).chars, int(year) if year else None))) == reading


@pytest.mark.parametrize("text", [text for text, _ in cases("figures.yaml")])
def test_another_sentence_before_a_figure_does_not_matter(text: str) -> None:
    words = fold(text).chars
    shifted = [
        replace(q, start=q.start + 2, end=q.end + 2, whole_start=q.whole_start + 2, whole_end=q.whole_end + 2)
        for q in quantities(words)
    ]
    assert quantities("甲。" + words) == shifted


@pytest.mark.parametrize("text", [text for text, _ in cases("dates.yaml")])
def test_another_sentence_before_a_date_does_not_matter(text: str) -> None:
    words, _, known = text.partition(" @")
    words, year = fold(words).chars, int(known) if known else None
    shifted = [replace(hit, start=hit.start + 2, end=hit.end + 2) for hit in dates.find(words, year)]
    assert dates.find("甲。" + words, year) == shifted
    assert dates.find("甲。" + words + "。乙", year) == shifted


@pytest.mark.parametrize("text", [text for text, _ in (*cases("figures.yaml"), *cases("dates.yaml"))])
def test_dates_that_are_known_need_not_be_found_again(text: str) -> None:
    words = fold(text.partition(" @")[0]).chars
    assert quantities(words, dates.find(words)) == quantities(words)


def test_only_dates_that_are_known_are_kept_out() -> None:
    assert [(q.low, q.unit) for q in quantities("12月31日", [])] == [(31, "day")]


def test_what_is_known_to_be_a_date_holds_no_number() -> None:
    [known] = dates.find("2025年9月")
    text = "3.8万,第3名,4.2万"
    spans = [(0, 4), (6, 8), (9, 13)]
    all_three = [replace(known, start=start, end=end) for start, end in spans]
    assert quantities(text, all_three) == []
    for span, hit in zip(spans, all_three, strict=True):
        assert [(q.start, q.end) for q in quantities(text, [hit])] == [other for other in spans if other != span]


def test_there_are_cases_enough() -> None:
    assert len(cases("figures.yaml")) >= 150
    assert len(cases("dates.yaml")) >= 60


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("医保每人每年不低于670元/人。", "670元", "每人每年不低于670元/人"),
        ("连续满6个月(含)以上", "6个月", "满6个月(含)以上"),
        ("大约为3000元左右", "3000元", "大约为3000元左右"),
        ("最多可以绑定6人", "6人", "6人"),
        ("标准为50%至90%", "50%至90%", "50%至90%"),
        ("交¥380就行", "¥380", "¥380"),
        ("居全国第3位", "3位", "第3位"),
        ("两年多没缴", "两年多", "两年多"),
    ],
)
def test_spans(text: str, words: str, whole: str) -> None:
    [q] = quantities(text)
    assert text[q.start : q.end] == words
    assert text[q.whole_start : q.whole_end] == whole


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("12", "12 number"), ("0", "0 number"), ("0.5", "0.5 number"), ("500-800", "500..800 number"), ("05", ""),
        ("一百", "100 number"), ("一〇〇", "100 number"), ("九十", ""), ("半", ""), ("12 13", ""), ("12.", ""),
        ("十几", ""),
    ],
)  # fmt: skip
def test_a_number_may_be_all_of_a_text(text: str, reading: str) -> None:
    """As in a table's cell, where the unit stands in the header."""
    assert "; ".join(map(written, quantities(text))) == reading
    assert quantities(text + "号") == []


# Each quantity: the number with its unit, and with the words directly beside it.
@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("每人每年不低于60%、70%左右", "60%|每人每年不低于60%; 70%|70%左右"),
        ("500、800、1000元以上", "500|500; 800|800; 1000元|1000元以上"),
        ("约500、800元", "500|约500; 800元|800元"),
        ("最多1至3个月(含)", "1至3个月|最多1至3个月(含)"),
        ("120元(含120元)至300元(不含)", "120元(含120元)至300元|120元(含120元)至300元(不含)"),
        ("不超过¥380", "¥380|不超过¥380"),
        ("交rmb380起", "rmb380|rmb380起"),
        ("满25年6个月以上", "25年6个月|满25年6个月以上"),
        ("约1年零3个月左右/人", "1年零3个月|约1年零3个月左右/人"),
        ("1年又3个月(不含)", "1年又3个月|1年又3个月(不含)"),
        ("1年3个月/次", "1年3个月|1年3个月/次"),
        ("1年12个月", "1年|1年; 12个月|12个月"),
        ("1年0个月", "1年|1年; 0个月|0个月"),
        ("1年10多个月", "1年|1年; 10多个月|10多个月"),
        ("1年3个人", "1年|1年; 3个人|3个人"),
        ("1年零", "1年|1年"),
        ("1年至2年3个月", "1年至2年3个月|1年至2年3个月"),
        ("居全国第三", "三|第三"),
        ("是第12大河", "12大|第12大"),
        ("约三百八左右", "三百八|约三百八左右"),
        ("不超过两万五封顶", "两万五|不超过两万五封顶"),
        ("一人约400块", "一人|一人; 400块|约400块"),
        ("每月一人400块", "一人|每月一人; 400块|400块"),
        ("近两年多左右", "两年多|近两年多左右"),
        ("两年多个", "两年|两年"),
        ("一个多月内", "一个多月|一个多月内"),
        ("不低于60%、约70%", "60%|不低于60%; 70%|约70%"),
        ("超过1万元不满3万元", "1万元|超过1万元; 3万元|不满3万元"),
        ("9月1日前交400元", "400元|400元"),
        ("辖10县1区", "10县|10县; 1区|1区"),
    ],
)  # fmt: skip
def test_spans_of_all(text: str, spans: str) -> None:
    assert "; ".join(f"{text[q.start : q.end]}|{text[q.whole_start : q.whole_end]}" for q in quantities(text)) == spans


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("自2024年9月1日起至12月25日止", "2024年9月1日起至12月25日"),
        ("2024—2025年执行", "2024—2025年"),
        ("2025—2025年执行", "2025年"),
        ("2024.9至2025.2,共半年", "2024.9至2025.2"),
        ("2025参保年度缴费", "2025参保年度"),
        ("每年9月底前", "每年9月底"),
        ("2024年9月1日至2024年9月1日", "2024年9月1日至2024年9月1日"),
    ],
)
def test_where_dates_stand(text: str, words: str) -> None:
    assert [text[hit.start : hit.end] for hit in dates.find(text)] == [words]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2025年度个人缴费400元", ["2025"]),
        ("2025年居民医保", ["2025"]),
        ("2025参保年度", ["2025"]),
        ("2025年医保年度", ["2025"]),
        ("二〇二五年度", ["2025"]),
        ("25年城乡居民医保", ["2025"]),
        ("25年度标准", ["2025"]),
        ("2024-2025年度", ["2024", "2025"]),
        ("2024、2025年度", ["2024", "2025"]),
        ("2024-25年度", ["2024", "2025"]),
        ("2024—2025年", ["2024", "2025"]),
        ("2024年度至2025年度", ["2024", "2025"]),
        ("2025年的标准", ["2025"]),
        ("2020-2025年", []),
        ("于2024年实施", []),
        ("2021年的文件", []),
        ("2024年夏天", []),
        ("2025年的9月", []),
        ("2024年度380元,2025年度400元", ["2024", "2025"]),
        ("二○二五年度", ["2025"]),
        ("2000-01年度", ["2000", "2001"]),
        ("1999-2000年度", ["1999", "2000"]),
        ("2025-2025年度", []),
        # What is none hides none of the others.
        ("2020-2025年,2026年度", ["2026"]),
        ("2026年度,2020-2025年", ["2026"]),
        ("2023年2024-2025年度2026年", ["2023", "2024", "2025", "2026"]),
        ("12025年,2026年度", ["2026"]),
        ("2024年底前缴2026年度", ["2026"]),
        ("于2024年缴2026年度", ["2026"]),
        # Spans of time, and years that open or close a period or date an event.
        ("缴满25年", []),
        ("缴满25年职工医保", []),
        ("2030年起", []),
        ("自2025年", []),
        ("2024年12月", []),
        ("2024年9-12月", []),
        ("2024年十二月", []),
        ("截至2024年", []),
        ("2024年底", []),
        ("2024年年底", []),
        ("2024年以前", []),
        ("2024年上半年", []),
        ("1025年", []),
        ("12025年", []),
    ],
)
def test_coverage_years(text: str, named: list[str]) -> None:
    assert [year for _, _, year in dates.years(text)] == named


@pytest.mark.parametrize(
    ("text", "yearless"),
    [
        ("12月31日", True),
        ("2024年12月31日", False),
        ("去年3月3日", True),
        ("9月1日至12月31日", True),
        ("9月1日至次年2月底", True),
        ("2024年9月1日至12月31日", False),
        ("9月1日至2024年12月31日", False),
        ("2024-2025年度", False),
        ("2024.9至2025.2", False),
        ("2024年至5", False),
    ],
)
def test_whether_the_text_names_the_year(text: str, yearless: bool) -> None:
    for known in (None, 2023):
        assert [hit.yearless for hit in dates.find(text, known)] == [yearless]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("截至2024年2月,全国已有", "2024-02-29"),
        ("数据截止到2024年底", "2024-12-31"),
        ("截至到2025年3月5日", "2025-03-05"),
        ("截止至2025年3月5日", "2025-03-05"),
        ("截止2025年3月5日", "2025-03-05"),
        ("2023年12月31日的截图,截至2025年3月", "2025-03-31"),
        ("2024年12月", None),
        ("截至12月底", None),
        ("截至目前,2024年参保", None),
        ("下载的截图,2024年12月", None),
    ],
)
def test_the_day_that_figures_are_of(text: str, day: str | None) -> None:
    assert dates.as_of(text) == day


def test_the_last_day_of_a_month() -> None:
    assert [dates.last_day(year, 2) for year in (2023, 2024)] == ["2023-02-28", "2024-02-29"]
    assert dates.last_day(2025, 12) == "2025-12-31"


# --- laws -------------------------------------------------------------------------------------------------------------

_DIGITS = "零一二三四五六七八九"
PIECES = st.lists(
    st.one_of(
        st.sampled_from([text for text, _ in cases("figures.yaml")]),
        st.sampled_from([text.partition(" @")[0] for text, _ in cases("dates.yaml")]),
        st.sampled_from(
            list(
                "0123456789一二两三四五六七八九十百千万亿半多余几数上第约近满超过不低于年月日个元%成-至到、,。./()每人次起内"
            )
        ),
        st.text(max_size=4),
    ),
    max_size=12,
).map(lambda parts: fold("".join(parts)).chars)


def spoken(n: int, two: str = "二") -> str:
    """A number from 0 to 10^12 - 1 in Chinese characters, as cn2an and people write it."""
    if n == 0:
        return "零"
    out = ""
    for size, name in ((100_000_000, "亿"), (10_000, "万"), (1, "")):
        part, n = divmod(n, size)
        if part == 0:
            continue
        words = ""
        gap = False
        for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, part = divmod(part, unit)
            if digit:
                words += ("零" if gap and (words or out) else "") + (
                    two if digit == 2 and unit > 10 else _DIGITS[digit]
                )
                words += sign
                gap = False
            else:
                gap = True
        if out and not words.startswith("零") and len(words) and (words[1:2] != "千"):
            words = "零" + words
        out += words + name
    return out.removeprefix("一") if out.startswith("一十") else out


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_a_number_reads_back_from_every_notation(n: int) -> None:
    forms = [str(n), f"{n:,}", spoken(n), spoken(n, "两"), "".join(chr(ord(c) + 0xFEE0) for c in str(n))]
    if n % 1000 == 0:
        forms.append(f"{Decimal(n) / 10_000:f}万")
    for form in forms:
        [q] = quantities(fold(f"缴纳{form}元。").chars)
        assert (q.low, q.high, q.unit) == (n, n, "yuan"), form


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_a_share_reads_back_from_every_notation(share: Decimal) -> None:
    for form in (f"{share}%", f"{share}％", f"百分之{share}"):
        [q] = quantities(fold(f"报销{form}。").chars)
        assert (q.low, q.high, q.unit) == (share, share, "percent"), form


@given(st.integers(min_value=1, max_value=98), st.integers(min_value=1, max_value=99))
def test_a_range_reads_back_from_every_notation(low: int, high: int) -> None:
    if low >= high:
        return
    for sep in ("-", "~", "—", "至", "到"):
        for form in (f"{low}{sep}{high}%", f"{low}%{sep}{high}%", f"百分之{low}{sep}百分之{high}"):
            [q] = quantities(fold(f"报销{form}。").chars)
            assert (q.low, q.high, q.unit) == (low, high, "percent"), form


@given(PIECES)
def test_quantities_lie_in_the_text_in_order_and_apart(text: str) -> None:
    at = 0
    for q in quantities(text):
        assert at <= q.start < q.end <= len(text)
        assert q.whole_start <= q.start
        assert q.end <= q.whole_end <= len(text)
        assert 0 <= q.low <= q.high
        assert list(q.per) == sorted(set(q.per))
        at = q.end


@given(PIECES)
def test_dates_lie_in_the_text_in_order_and_apart(text: str) -> None:
    at = 0
    for hit in dates.find(text):
        assert at <= hit.start < hit.end <= len(text)
        assert len(hit.first) in (7, 10)
        assert hit.yearless or hit.first <= hit.last
        at = hit.end
    for start, end, year in dates.years(text):
        assert 0 <= start < end <= len(text)
        assert len(year) == 4


@given(PIECES)
def test_no_quantity_begins_within_a_date_or_runs_into_one(text: str) -> None:
    spans = [(hit.start, hit.end) for hit in dates.find(text)]
    assert not [q for q in quantities(text) for start, end in spans if start < q.end and q.start < end]


@pytest.mark.parametrize(
    "piece",
    [
        "十", "一", "1", "1、", "1-", "1,000,", "第1", "每人", "2024年", "9月", "至2024", "三五", "百分之", "几百",
        "半", "约", "(", "1.", "1万", "不超过", "十百", "二十", "1元每", "一年",
    ],
)  # fmt: skip
def test_hostile_text_is_read(piece: str) -> None:
    quantities(piece * 10_000)
    dates.years(piece * 10_000)


def test_numbers_too_long_to_be_any_are_none() -> None:
    assert quantities("1" * 40 + "元") == quantities("第" + "1" * 40 + "名") == []
    assert quantities("编号" + "9" * 4000) == []
    assert [q.low for q in quantities("1" * 20 + "元")] == [Decimal("1" * 20)]


def test_names_of_places_hold_no_figures_and_no_dates() -> None:
    for name in tree().places:
        for text in (name, f"在{name}参保", f"{name}人民医院", f"{name}人均"):
            assert quantities(text) == [], text
            assert dates.find(text) == [], text
