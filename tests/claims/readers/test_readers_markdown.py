from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.article import Article, Block
from claims.errors import ReadError
from claims.readers import read
from claims.readers.markdown import read as read_markdown

SpanLaw = Callable[[Article], None]

FRONT = "---\ntitle: 家人能用吗\ndate: 2025-05-20\n---\n"


def markdown(source: str) -> Article:
    return read("a.md", source.encode())


def blocks(source: str) -> tuple[Block, ...]:
    return markdown(source).parts[0].blocks


def shape(source: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text.chars) for block in blocks(source)]


# Front matter


def test_front_matter_fields(span_law: SpanLaw) -> None:
    article = markdown(
        "---\ntitle: '甲''乙'\ndate: 2025年5月2日\nid: 0012\nregion: 某省\nauthor: [甲, 乙]\ntags: [x]\n---\n正文。\n"
    )
    assert (article.title, article.date, article.id) == ("甲'乙", "2025-05-02", "0012")
    assert (article.region, article.author) == ("某省", "甲、乙")
    part = article.parts[0]
    assert (part.name, part.title, part.date) == ("main", 0, "2025-05-02")
    assert [block.kind for block in part.blocks] == ["title", "paragraph"]
    span_law(article)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("家人能用吗", "家人能用吗"),
        ('"家人\uff1a能用吗"', "家人\uff1a能用吗"),
        ('"家人\\u80fd用 \\"吗\\""', '家人能用 "吗"'),
        ("'家人''能用'", "家人'能用"),
        ("2025", "2025"),
        ("yes", "yes"),
        (">-\n  家人\n  能用吗", "家人 能用吗"),
        ("|\n  家人能用吗\n", "家人能用吗"),
        ("家人   # 注", "家人"),
        ("'家人''  能用　　吗'", "家人'  能用　　吗"),
        ('"家人  能用\\u5417"', "家人  能用吗"),
        ('"家人\\\n  能用吗"', "家人能用吗"),
        ('"家人 \\t能用\n\n  吗"', "家人 \t能用 吗"),
        (">-\n  家人\n  能\n\n   用\n  吗", "家人 能   用 吗"),
    ],
)
def test_title_is_placed_in_its_value(written: str, title: str, span_law: SpanLaw) -> None:
    article = markdown(f"---\ndate: 2025-05-20\ntitle: {written}\n---\n正文\n")
    assert article.title == title
    block = article.parts[0].blocks[0]
    start, end = block.text.span(0, len(block.text.chars))
    assert article.source[start - 1] in " '\""
    assert article.source[start] not in "'\""
    assert article.source[end] in "'\"\n "
    if "\\" not in written:
        span_law(article)


def test_front_matter_with_bom_and_crlf(span_law: SpanLaw) -> None:
    article = read("a.md", b"\xef\xbb\xbf" + (FRONT + "# 一\n\n正文。\n").replace("\n", "\r\n").encode())
    assert article.title == "家人能用吗"
    assert [block.text.chars for block in article.parts[0].blocks] == ["家人能用吗", "一", "正文。"]
    span_law(article)


def test_empty_fields_are_none() -> None:
    article = markdown("---\ntitle:\ndate:\nid: ~\n---\n# 标题\n")
    assert (article.title, article.date, article.id) == ("标题", None, None)
    assert markdown("---\n---\n正文").title is None


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("---\ntitle: 甲\n正文没有结束\n", 1, "not closed"),
        ("---\ntitle: 甲: 乙\n---\n", 2, "not valid YAML"),
        ("---\ndate: 2025-05-20\ntitle: '甲\n---\n", 3, "not valid YAML"),
        ("---\n\ttitle: 甲\n---\n", 2, "not valid YAML"),
        ("---\r\n一: 二\r\ntitle: [甲\r\n---\r\n", 3, "not valid YAML"),
        ("---\ntitle\uff1a甲\n---\n", 2, "not a mapping"),
        ("---\n\n- 甲\n---\n", 3, "not a mapping"),
        ("---\ntitle: 甲\ndate: 2025-05-20\ntitle: 乙\n---\n", 4, "`title` twice"),
        ("---\ntitle: 甲\ndate: 2025-13-01\n---\n", 3, "not a date"),
        ("---\ndate: [2025-05-20]\n---\n", 2, "not a date"),
        ("---\ntitle:\n  a: 1\n---\n", 3, "not a text"),
        ("---\ntitle: 甲\x07\n---\n", 2, "does not allow"),
        ("\ufeff---\ntitle: 甲\n", 1, "not closed"),
        ("---\na: " + "[" * 5000 + "\n---\n", 2, "nested too deeply|not valid YAML"),
    ],
)
def test_broken_front_matter(source: str, line: int, message: str) -> None:
    with pytest.raises(ReadError, match=message) as error:
        read("folder/a.md", source.encode())
    assert error.value.path == "folder/a.md"
    assert error.value.line == line
    assert error.value.hint


def test_rule_within_the_text_is_no_front_matter() -> None:
    assert shape("一段。\n\n---\n\n二段。\n") == [("paragraph", "一段。"), ("paragraph", "二段。")]


# Titles and headings


def test_first_h1_is_the_title_without_front_matter() -> None:
    article = markdown("导语。\n\n# 标题 #\n\n## 小节\n\n# 另一个\n\n正文。\n")
    part = article.parts[0]
    assert article.title == "标题"
    assert part.title == 1
    assert [(block.kind, block.level) for block in part.blocks] == [
        ("paragraph", 0),
        ("title", 0),
        ("heading", 2),
        ("heading", 1),
        ("paragraph", 0),
    ]


def test_h1_below_front_matter_is_a_heading() -> None:
    assert [block.kind for block in blocks(FRONT + "# 家人能用吗\n")] == ["title", "heading"]


def test_headings_nest() -> None:
    found = blocks("## 一\n\n### 甲\n\n文一。\n\n### 乙\n\n文二。\n\n## 二\n\n文三。\n")
    headings = {block.text.chars: [found[index].text.chars for index in block.headings] for block in found}
    assert headings["文一。"] == ["一", "甲"]
    assert headings["文二。"] == ["一", "乙"]
    assert headings["文三。"] == ["二"]
    assert headings["乙"] == ["一"]


def test_heading_without_space_and_setext() -> None:
    assert shape("##小节\n正文。\n\n标题\n===\n") == [("heading", "小节"), ("paragraph", "正文。"), ("title", "标题")]
    assert shape("#话题# 谈谈\n") == [("paragraph", "#话题# 谈谈")]


def test_rule_under_a_paragraph_makes_no_heading() -> None:
    assert shape("这是一整句话。\n---\n后文\n") == [("paragraph", "这是一整句话。"), ("paragraph", "后文")]


# Paragraphs


def test_soft_and_hard_breaks_are_one_newline(span_law: SpanLaw) -> None:
    article = read("a.md", "一行\r\n二行  \r\n三行\\\r\n四行\r\n".encode())
    assert [block.text.chars for block in article.parts[0].blocks] == ["一行\n二行\n三行\n四行"]
    span_law(article)


def test_a_picture_ends_a_line(span_law: SpanLaw) -> None:
    article = read("a.md", "起付线500元💸\n低保户全免👍🏻 \n年底前要\n交清保费。\n".encode())
    told = "起付线500元💸\n低保户全免👍🏻\n年底前要交清保费。"
    assert [block.text.chars for block in article.parts[0].blocks] == [told]
    span_law(article)


def test_indented_chinese_is_text_and_code_is_not() -> None:
    source = "前文。\n\n    缩进的一段。\n\n\u3000\u3000全角缩进。\n\n    x = 1\n\n```\n围栏里的话\n```\n"
    assert shape(source) == [("paragraph", "前文。"), ("paragraph", "缩进的一段。"), ("paragraph", "全角缩进。")]


def test_quotes_are_paragraphs(span_law: SpanLaw) -> None:
    article = markdown("> 引文**一**\n> 二\n懒行\n\n> > 深\n")
    assert [block.text.chars for block in article.parts[0].blocks] == ["引文一\n二\n懒行", "深"]
    span_law(article)


def test_html_in_markdown(span_law: SpanLaw) -> None:
    source = (
        '<div class="x">\n<p>段落&amp;一</p>\n</div>\n\n<!-- 不见 -->\n\n'
        "<table><tr><th>甲</th><th>乙</th></tr><tr><td>丙</td><td>丁</td></tr></table>\n\n> <p>引</p>\n\n字<b>粗</b>\n"
    )
    article = markdown(source)
    found = article.parts[0].blocks
    assert [block.text.chars for block in found] == ["段落&一", "甲", "乙", "丙", "丁", "引", "字粗"]
    assert found[4].cell is not None
    assert found[4].cell.row_headers == (3,)
    span_law(article)


def test_byline_without_front_matter_date() -> None:
    article = markdown("# 标题\n\n发布日期\uff1a2025-05-20\n\n正文。\n")
    assert article.date == "2025-05-20"
    assert [block.text.chars for block in article.parts[0].blocks] == ["标题", "正文。"]
    assert len(blocks(FRONT + "发布日期\uff1a2025-05-20\n")) == 2


def test_link_definitions_are_no_text() -> None:
    assert shape("看[这里][甲]和[乙]。\n\n[甲]: http://x.cn\n") == [("paragraph", "看这里和[乙]。")]


# Lists


def test_nested_lists() -> None:
    found = blocks("可付范围\uff1a\n\n- 门诊\n  - 甲类\n    1. 细项\n  - 乙类\n- 药店\n\n尾段。\n")
    by_text = {block.text.chars: (index, block) for index, block in enumerate(found)}
    lead, outpatient, first = by_text["可付范围\uff1a"][0], by_text["门诊"], by_text["甲类"]
    assert outpatient[1].stem == by_text["药店"][1].stem == lead
    assert (outpatient[1].level, first[1].level, by_text["细项"][1].level) == (1, 2, 3)
    assert first[1].stem == by_text["乙类"][1].stem == outpatient[0]
    assert by_text["细项"][1].stem == first[0]
    assert outpatient[1].list_id == by_text["药店"][1].list_id != first[1].list_id == by_text["乙类"][1].list_id
    assert by_text["尾段。"][1].list_id is None


def test_stem_is_the_heading_where_no_paragraph_is_before() -> None:
    found = blocks("## 范围\n\n1. 门诊\n2. 药店\n\n- 另一个\n\n> 引\n\n- 三\n")
    assert [(block.text.chars, block.stem) for block in found if block.kind == "list_item"] == [
        ("门诊", 0),
        ("药店", 0),
        ("另一个", 0),
        ("三", 0),
    ]


def test_list_without_anything_before() -> None:
    assert [(block.kind, block.stem) for block in blocks("- 一\n- 二\n")] == [("list_item", None)] * 2


def test_further_paragraph_of_an_item_is_no_item() -> None:
    found = blocks("- 一\n\n  续段\n\n  - 内\n\n- 二\n")
    assert [(block.kind, block.stem, block.list_id) for block in found] == [
        ("list_item", None, 0),
        ("paragraph", 0, 0),
        ("list_item", 0, 1),
        ("list_item", None, 0),
    ]


def test_marks_in_a_list_are_found_at_the_right_place(span_law: SpanLaw) -> None:
    article = markdown("1. 1. 1\n- - -x\n\n2. **2** 2\n- [x] 办好\n")
    assert "1" in [block.text.chars for block in article.parts[0].blocks]
    assert article.parts[0].blocks[-1].text.chars == "办好"
    span_law(article)


def test_bullets_without_markup() -> None:
    found = blocks("范围\uff1a\n• 门诊\n• 药店\n续行\n\n① 甲\n② 乙\n\n一句1.5万元\n两句2.5万元\n")
    assert [(block.kind, block.text.chars, block.stem) for block in found] == [
        ("paragraph", "范围\uff1a", None),
        ("list_item", "门诊", 0),
        ("list_item", "药店续行", 0),
        ("list_item", "甲", None),
        ("list_item", "乙", None),
        ("paragraph", "一句1.5万元\n两句2.5万元", None),
    ]


def test_paragraphs_with_bullets_are_one_list() -> None:
    found = blocks("## 范围\n\n• 门诊\n\n• 药店\n\n尾段。\n\n• 别的\n")
    assert [(block.kind, block.list_id) for block in found] == [
        ("heading", None),
        ("list_item", 0),
        ("list_item", 0),
        ("paragraph", None),
        ("list_item", 1),
    ]
    assert found[1].stem == found[2].stem == 0
    assert found[4].stem == 3


# Tables


def test_table(span_law: SpanLaw) -> None:
    article = markdown("| 人群 | 缴费 |\n| --- | :-: |\n| 成人 | **400元** |\n| 学生 \\| 儿童 | |\n| a |\n\n后文。\n")
    found = article.parts[0].blocks
    cells = [(block.text.chars, block.cell) for block in found if block.cell]
    assert [text for text, _ in cells] == ["人群", "缴费", "成人", "400元", "学生 | 儿童", "a"]
    head, figure = cells[0][1], cells[3][1]
    assert head is not None
    assert figure is not None
    assert head.is_header
    assert (figure.row, figure.column, figure.column_headers, figure.row_headers) == (1, 1, (1,), (2,))
    assert found[-1].kind == "paragraph"
    span_law(article)


def test_tables_in_quotes_and_without_outer_pipes(span_law: SpanLaw) -> None:
    article = markdown("> | 甲 | 乙 |\n> |---|---|\n> | 1 | 1 |\n\n丙 | 丁\n---|---\n2 | 3\n")
    found = article.parts[0].blocks
    assert [block.text.chars for block in found] == ["甲", "乙", "1", "1", "丙", "丁", "2", "3"]
    assert found[2].text.starts != found[3].text.starts
    assert {block.cell.table for block in found if block.cell} == {0, 1}
    span_law(article)


# All of it


def test_full_and_half_width_are_kept(span_law: SpanLaw) -> None:
    article = markdown("职工\uff08在职\uff09\uff0c\uff14\uff10\uff10元; (居民), 80\uff05\n")
    assert article.parts[0].blocks[0].text.chars == "职工\uff08在职\uff09\uff0c\uff14\uff10\uff10元; (居民), 80\uff05"
    span_law(article)


def test_tabs(span_law: SpanLaw) -> None:
    article = markdown("-\t项\n\n\t\t深\n- 二\n\n\t续\n")
    assert [block.text.chars for block in article.parts[0].blocks] == ["项", "深", "二", "续"]
    span_law(article)


@given(
    st.lists(
        st.sampled_from(
            ["文", "# ", "- ", "1. ", "> ", "\n", "\n\n", "\r\n", "\r", "    ", "\t", "**", "`", "```", "|",
             "|-|-|", "a|b", "<p>", "</p>", "<br>", "<!--", "-->", "&amp;", "\\", "[x](y)", "---",
             "===", "• ", "\u3000", "\xa0", "x", "。"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_law_for_any_markdown(span_law: SpanLaw, pieces: list[str]) -> None:
    source = "".join(pieces)
    try:
        article = read_markdown("a.md", source)
    except ReadError:
        assert source.startswith("---")
    else:
        span_law(article)


@pytest.mark.parametrize(
    "source",
    ["<a " * 70_000, "<!-- " * 40_000, "> " * 90 + "文", "- " * 40 + "文", "[" * 100_000, "**文" * 50_000,
     "文|" * 50_000, "`" * 100_000, "a\n" * 100_000, "- 项\n" * 20_000, "<div>" * 20_000, "• 项\n" * 50_000]
)  # fmt: skip
def test_hostile_markdown_is_read(source: str, span_law: SpanLaw) -> None:
    article = read_markdown("a.md", source)
    span_law(article)


@pytest.mark.parametrize("source", ["文\n\n" + "> " * 20_000 + "文", "文\n\n" + "- " * 20_000 + "文"])
def test_what_the_parser_would_leave_out_is_an_error(source: str) -> None:
    with pytest.raises(ReadError, match="nested too deeply") as raised:
        read_markdown("a.md", source)
    assert raised.value.line == 3
