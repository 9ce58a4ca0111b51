from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.article import Article, Block
from claims.readers import read
from claims.readers.boilerplate import is_disclaimer, is_furniture
from claims.readers.scraped import read as read_text

SpanLaw = Callable[[Article], None]

PAGE = """家人能用我的余额吗

提示:本页整理自公开资料,仅供参考。

可以,但要先授权。

一、谁能用

  1. 亲属
    先看是不是近亲属。

  2. 参保

    • 家人要参保。
    • 参保地要已经开通。

二、注意

  1. 余额

余额不足时暂停。

  1. 范围

只能付医疗费。

如有不适,请尽快就医。
大家都在搜
某个词
相关推荐

某市居民怎么缴费

每年集中缴费 一、时间 九月开始

某某新闻 2025-05-20

忘带卡怎么办

用码也行

第二段

某某资讯 2025年5月21日

最后一篇没有日期

开头几句
首页 顶部
"""


def text(source: str) -> Article:
    return read("a.txt", source.encode())


def blocks(source: str) -> tuple[Block, ...]:
    return text(source).parts[0].blocks


def shape(source: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text.chars) for block in blocks(source)]


# Scraped pages


def test_main_part(span_law: SpanLaw) -> None:
    article = text(PAGE)
    found = article.parts[0].blocks
    assert [(b.kind, b.text.chars, b.level, b.headings, b.stem) for b in found] == [
        ("title", "家人能用我的余额吗", 0, (), None),
        ("paragraph", "可以,但要先授权。", 0, (), None),
        ("heading", "一、谁能用", 2, (), None),
        ("heading", "亲属", 4, (2,), None),
        ("paragraph", "先看是不是近亲属。", 0, (2, 3), None),
        ("heading", "参保", 4, (2,), None),
        ("list_item", "家人要参保。", 1, (2, 5), 5),
        ("list_item", "参保地要已经开通。", 1, (2, 5), 5),
        ("heading", "二、注意", 2, (), None),
        ("heading", "余额", 4, (8,), None),
        ("paragraph", "余额不足时暂停。", 0, (8, 9), None),
        ("heading", "范围", 4, (8,), None),
        ("paragraph", "只能付医疗费。", 0, (8, 11), None),
        ("paragraph", "如有不适,请尽快就医。", 0, (8, 11), None),
    ]
    assert (article.title, article.date, article.parts[0].title) == ("家人能用我的余额吗", None, 0)
    span_law(article)


def test_teasers_are_numbered_parts() -> None:
    teasers = text(PAGE).parts[1:]
    assert [(part.name, part.title, part.date) for part in teasers] == [
        ("teaser-1", 0, "2025-05-20"),
        ("teaser-2", 0, "2025-05-21"),
        ("teaser-3", 0, None),
    ]
    assert [[block.text.chars for block in part.blocks] for part in teasers] == [
        ["某市居民怎么缴费", "每年集中缴费 一、时间 九月开始"],
        ["忘带卡怎么办", "用码也行", "第二段"],
        ["最后一篇没有日期", "开头几句"],
    ]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_other_line_ends_and_bom_change_nothing(newline: str, bom: str, span_law: SpanLaw) -> None:
    article = text(bom + PAGE.replace("\n", newline))
    plain = text(PAGE)
    for part, expected in zip(article.parts, plain.parts, strict=True):
        assert [block.text.chars for block in part.blocks] == [block.text.chars for block in expected.blocks]
        assert [block.stem for block in part.blocks] == [block.stem for block in expected.blocks]
    span_law(article)


def test_gb18030_gives_the_same_article() -> None:
    assert read("a.txt", PAGE.encode("gb18030")) == text(PAGE)


def test_page_without_searches_and_end() -> None:
    article = text("标题\n\n正文。\n相关推荐\n\n甲\n\n甲文\n\n某网 2025-05-20")
    assert [part.name for part in article.parts] == ["main", "teaser-1"]
    assert [block.text.chars for block in article.parts[0].blocks] == ["标题", "正文。"]


def test_teaser_of_a_long_line_has_no_title() -> None:
    part = text("标题\n\n文。\n相关推荐\n\n" + "一句话。" * 20 + "\n\n某网 2025-05-20\n").parts[1]
    assert part.title is None
    assert len(part.blocks) == 1


# Titles, dates


def test_first_line_may_be_text() -> None:
    article = text("这一行是一个句子。\n\n后文。\n")
    assert article.title is None
    assert [block.kind for block in article.parts[0].blocks] == ["paragraph", "paragraph"]


def test_a_short_answer_is_no_second_title() -> None:
    assert shape("孙子女能绑定吗\n\n不可以\n\n正文。\n")[1] == ("paragraph", "不可以")
    assert shape("孙子女能绑定吗\n\n可以绑定孙子女\n\n正文。\n")[1] == ("paragraph", "可以绑定孙子女")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("孙子女能绑定吗", "孙子女能绑定吗"),
        ("孙子女能绑定吗_某某网", "孙子女能绑定吗"),
        ("某某健康网", "孙子女能绑定吗"),
    ],
)
def test_page_title_above_the_articles_own(first: str, second: str) -> None:
    article = text(f"{first}\n\n{second}\n\n不可以\n")
    part = article.parts[0]
    assert [block.kind for block in part.blocks] == ["title", "title", "paragraph"]
    assert part.title == 1
    assert article.title == second


def test_byline_gives_the_date_and_is_left_out() -> None:
    article = text("标题\n\n发布时间\uff1a2025-05-20 来源\uff1a某网\n\n正文。\n")
    assert article.date == article.parts[0].date == "2025-05-20"
    assert [block.kind for block in article.parts[0].blocks] == ["title", "paragraph"]


# Headings and lists


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第一章 总则", 1),
        ("一、范围", 2),
        ("十二、什么时候缴\uff1f", 2),
        ("(一)对象", 3),
        ("\uff08二\uff09对象", 3),
        ("一、授权人须参保。", 0),
        ("一、授权人须参保;居民不行", 0),
        ("小贴士", 0),
    ],
)
def test_heading_lines(line: str, level: int) -> None:
    found = blocks(f"标题\n\n{line}\n\n正文。\n")[1]
    assert (found.kind, found.level) == (("heading", level) if level else ("paragraph", 0))


def test_numbered_items_are_a_list() -> None:
    found = blocks("标题\n\n需要材料:\n  1. 户口本\n  2. 结婚证\n\n综上所述。\n")
    assert [(b.kind, b.text.chars, b.stem) for b in found[1:]] == [
        ("paragraph", "需要材料:", None),
        ("list_item", "户口本", 1),
        ("list_item", "结婚证", 1),
        ("paragraph", "综上所述。", None),
    ]


def test_nested_items() -> None:
    found = blocks(
        "标题\n\n一、材料\n  • 本人\n    - 身份证\n    - 社保卡\n  • 家人\n    补充说明。\n\n"
        "二、其他\n  ① 甲项。\n  ② 乙项。\n"
    )
    assert [(b.kind, b.text.chars, b.level, b.stem, b.list_id) for b in found[2:]] == [
        ("list_item", "本人", 1, 1, 0),
        ("list_item", "身份证", 2, 2, 1),
        ("list_item", "社保卡", 2, 2, 1),
        ("list_item", "家人", 1, 1, 0),
        ("paragraph", "补充说明。", 0, 5, 0),
        ("heading", "二、其他", 2, None, None),
        ("list_item", "甲项。", 1, 7, 2),
        ("list_item", "乙项。", 1, 7, 2),
    ]


def test_blank_lines_do_not_break_a_list() -> None:
    found = blocks("标题\n\n一、注意\n\n  • 甲。\n\n  • 乙。\n")
    assert [block.list_id for block in found[2:]] == [0, 0]


def test_figures_are_no_marks() -> None:
    assert shape("标题\n\n1.5万元起。\n\n2025.1.1起。\n\n-5度。\n")[1:] == [
        ("paragraph", "1.5万元起。"),
        ("paragraph", "2025.1.1起。"),
        ("paragraph", "-5度。"),
    ]


def test_spaces_are_kept_and_full_width_indentation_is_none(span_law: SpanLaw) -> None:
    article = text("标题\n\n\u3000\u3000前句 ,后句\u3000\uff08全角\uff09  两格。\n  • 项\n\u3000\u3000下一段。\n")
    assert [(block.kind, block.text.chars) for block in article.parts[0].blocks[1:]] == [
        ("paragraph", "前句 ,后句\u3000\uff08全角\uff09  两格。"),
        ("list_item", "项"),
        ("paragraph", "下一段。"),
    ]
    span_law(article)


def test_collapsed_table_lines_are_paragraphs() -> None:
    assert [kind for kind, _ in shape("标题\n\n一、对比\n\n项目甲类乙类\n比例九成八成\n限额有无\n")] == [
        "title",
        "heading",
        "paragraph",
        "paragraph",
        "paragraph",
    ]


# Disclaimers


@pytest.mark.parametrize(
    "line",
    [
        "提示:本页不能代替面诊。",
        "提示\uff1a以上不构成建议\uff0c不舒服请看医生。",
        "温馨提示\uff1a文中内容仅供了解\uff0c身体不适请及时去医院就诊。",
        "免责声明\uff1a本站资料来自网络\uff0c如有侵权请联系删除。",
        "本信息整理自公开渠道,仅供参考。如有错漏有误,请联系更正。",
        "以下内容由小编汇总而成,难免滞后,以官方公告为准。",
        "【声明】本文仅供参考\uff0c不作为诊疗依据\uff1b用药请遵医嘱。",
        "以上内容仅供参考",
    ],
)
def test_disclaimers(line: str) -> None:
    assert is_disclaimer(line)
    assert len(blocks(f"标题\n\n正文。\n\n{line}\n")) == 2


@pytest.mark.parametrize(
    "line",
    [
        "提示:没有参保的家人不能绑定。",
        "温馨提示\uff1a报销比例以参保地政策为准。",
        "提示\uff1a本文仅供参考。家属不得使用统筹基金。",
        "声明\uff1a本文仅供参考\uff0c家属不得使用统筹基金。",
        "本文所涉的余额仅限本人使用。",
        "以上三类亲属都能绑定。",
        "说明\uff1a成人每年四百元。",
        "共济余额仅供家属看病使用,不能代替参保。",
    ],
)
def test_real_content_is_kept(line: str) -> None:
    assert not is_disclaimer(line)


def test_furniture() -> None:
    assert is_furniture("首页 顶部")
    assert is_furniture("返回顶部")
    assert not is_furniture("首页上的入口")
    assert not is_furniture("")


# Any text


@given(
    st.lists(
        st.sampled_from(
            ["标题", "一、甲", "(一)乙", "1. ", "• ", "  ", "    ", "\t", "\n", "\n\n", "\r\n", "\r", "文。",
             "相关推荐", "大家都在搜", "某网 2025-05-20", "首页 顶部", "提示:仅供参考",
             "\u3000", "\xa0", "\x1c", "\x85", "\ufeff", "- ", "x"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_law_for_any_text(span_law: SpanLaw, pieces: list[str]) -> None:
    span_law(read_text("a.txt", "".join(pieces)))


@pytest.mark.parametrize(
    "source", ["文" * 200_000, "\n" * 200_000, "".join(" " * (i % 300) + "• 项\n" for i in range(3000)),
               "相关推荐\n" * 20_000, "提示:" * 50_000, "1. 甲\n" * 30_000, " " * 200_000 + "文",
               "某网 2025-05-20\n" * 10_000, "文\uff0c\n" * 50_000, ("文" * 30 + "\n") * 20_000]
)  # fmt: skip
def test_hostile_text_is_read(source: str, span_law: SpanLaw) -> None:
    article = read_text("a.txt", source)
    span_law(article)
