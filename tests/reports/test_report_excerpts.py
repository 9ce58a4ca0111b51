"""Excerpts: what is underlined is the quote, whatever the characters are wide, whatever is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from property_runs import ordinarily

from reports.excerpt import WIDTH, Row, excerpt, together
from reports.width import columns, cut, pad, safe

TEXT = st.text(st.sampled_from("医保ab１，。“”…\t\u202e\u0301🙂é \n\r\x00\u200b|"), max_size=60)


def under(row: Row) -> str:
    """The characters that stand above the marks."""
    out, at = "", 0
    for char in row.text:
        width = columns(char)
        if width and row.marks[at : at + width].strip():
            out += char
        at += width
    return out


def test_wide_characters_take_two_columns() -> None:
    assert [columns(t) for t in ("医保380元", "ab", "１", "é", "e\u0301", "🙂", "“”…")] == [9, 2, 2, 1, 1, 2, 3]


def test_the_marks_stand_under_the_quote() -> None:
    source = "一行\n目前，共济(含ab)可以跨省使用。\n"
    [row] = excerpt(source, source.index("共济"), source.index("。"), 2)
    assert row == Row(2, "目前，共济(含ab)可以跨省使用。", "      " + "^" * columns("共济(含ab)可以跨省使用"))
    assert under(row) == "共济(含ab)可以跨省使用"


def test_a_long_line_is_cut_to_the_neighbourhood_of_the_quote() -> None:
    source = "前" * 200 + "重点在这里" + "后" * 200
    [row] = excerpt(source, 200, 205, 1)
    assert row.text.startswith("…前")
    assert row.text.endswith("后…")
    assert columns(row.text) <= WIDTH
    assert under(row) == "重点在这里"


def test_the_start_of_a_line_is_not_cut_needlessly() -> None:
    source = "重点" + "后" * 200
    [row] = excerpt(source, 0, 2, 1)
    assert row.text.startswith("重点后")
    assert under(row) == "重点"


def test_a_quote_longer_than_the_line_is_cut_at_its_end() -> None:
    [row] = excerpt("长" * 300, 10, 290, 1)
    assert row.text.startswith("…长")
    assert row.text.endswith("…")
    assert columns(row.text) <= WIDTH
    assert set(row.marks.strip()) == {"^"}


def test_a_quote_over_lines() -> None:
    source = "办理：\r\n\r\n- 跨省\r\n- 省内\r\n- 市内\r\n- 县内\r\n完"
    rows = excerpt(source, 0, source.index("\r\n完"), 1)
    assert [(r.number, r.text) for r in rows] == [(1, "办理："), (3, "- 跨省"), (None, "…"), (6, "- 县内")]
    assert [r.number for r in excerpt("甲\n乙\n丙", 0, 3, 7)] == [7, 8]


def test_lone_carriage_returns_end_lines_and_a_bom_is_not_shown() -> None:
    assert excerpt("甲\r乙丙\r丁", 3, 4, 2) == [Row(2, "乙丙", "  ^^")]
    assert excerpt("\ufeff甲乙", 1, 2, 1) == [Row(1, "甲乙", "^^")]


def test_control_and_bidi_characters_are_shown_by_name() -> None:
    source = "甲\x1b[31m乙\u202e丙\t丁"
    [row] = excerpt(source, source.index("丙"), len(source), 1)
    assert row.text == "甲<U+001B>[31m乙<U+202E>丙    丁"
    assert under(row) == "丙    丁"


def test_several_quotes_of_one_line() -> None:
    source = "前" * 60 + "甲乙丙丁戊" + "后" * 60 + "\n下一行\n"
    spans = [(60, 62), (63, 65)]
    rows = together(source, spans, 4)
    assert rows is not None
    assert [under(row) for row in rows] == ["甲乙", "丁戊"]
    assert len({row.text for row in rows}) == 1
    assert columns(rows[0].text) <= WIDTH
    assert together(source, [*spans, (100, 125)], 4) is None, "too far apart"
    assert together(source, [*spans, (124, 128)], 4) is None, "over the end of the line"


@ordinarily(300)
@given(TEXT, TEXT.filter(lambda t: bool(t.strip())), TEXT)
def test_any_quote_is_underlined_within_the_width(before: str, quote: str, after: str) -> None:
    source = before + quote + after
    rows = excerpt(source, len(before), len(before) + len(quote), 1)
    assert rows
    for row in rows:
        assert columns(row.text) <= WIDTH
        assert len(row.marks) <= columns(row.text)
        assert "\x00" not in row.text
        assert "\n" not in row.text


@given(st.text(max_size=40), st.integers(1, 30))
def test_cut_and_pad(text: str, width: int) -> None:
    assert columns(cut(safe(text), width)) <= width
    assert columns(pad(cut(safe(text), width), width)) == width
