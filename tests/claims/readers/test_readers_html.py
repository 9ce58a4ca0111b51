from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.article import Article, Block
from claims.readers import read
from claims.readers.html import read as read_html

SpanLaw = Callable[[Article], None]


def page(body: str, head: str = "") -> Article:
    return read("a.html", f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())


def blocks(body: str) -> tuple[Block, ...]:
    return page(body).parts[0].blocks


def texts(body: str) -> list[str]:
    return [block.text.chars for block in blocks(body)]


# Which part is the article


def test_article_before_everything() -> None:
    assert texts(
        "<nav>导航</nav><header>站名</header><main>外<article><header><h1>题</h1></header><p>文</p>"
        "<footer>版权</footer></article></main><aside>旁</aside><footer>底</footer>"
    ) == ["题", "文"]


@pytest.mark.parametrize(
    "wrapper",
    [
        "<main>{}</main>",
        '<div role="main">{}</div>',
        '<div id="main">{}</div>',
        '<div class="wrap article-content">{}</div>',
        '<section class="mainBody">{}</section>',
    ],
)
def test_other_marks_of_content(wrapper: str) -> None:
    body = "<header>站名</header><p>外</p>" + wrapper.format("<h1>题目在此</h1><p>正文在这里写着。</p>")
    assert texts(body) == ["题目在此", "正文在这里写着。"]


def test_body_otherwise() -> None:
    assert texts("<header>站名</header><h1>题</h1><p>文</p><footer>底</footer>") == ["题", "文"]


def test_a_small_div_called_article_is_not_the_content() -> None:
    assert len(texts('<div class="article-title">题</div><p>正文比题目长得多\uff0c长得多。</p>')) == 2


def test_the_largest_article_is_taken() -> None:
    assert texts("<article>短</article><article><p>长得多的一篇</p></article>") == ["长得多的一篇"]


def test_what_is_left_out() -> None:
    assert texts(
        "<article>文一<script>x</script><style>p{}</style><noscript>无</noscript><template><p>模</p></template>"
        "<button>按</button><select><option>选</select><textarea>输</textarea><svg><text>图</text></svg>"
        "<p hidden>藏</p><p aria-hidden=true>藏</p><p style='color:red; Display : none'>藏</p><!-- 注 -->"
        "<div class='x related'>荐</div><ul class=breadcrumb><li>屑</ul><div id=comments>评</div>"
        "<p class=related-note>文二</p></article>"
    ) == ["文一", "文二"]


# Title, date, author


def test_title_is_the_first_heading_in_place() -> None:
    article = page("<article><p>前</p><h1>题<br>目</h1><h1>二</h1></article>", "<title>别的</title>")
    part = article.parts[0]
    assert part.title is not None
    assert part.blocks[part.title].text.chars == "题\n目"
    assert article.title == "别的"  # what the page calls itself, which may say more (the county)
    assert part.title == 1
    assert page("<article><h1>题<br>目</h1></article>").title == "题 目"
    assert [(block.kind, block.level) for block in part.blocks] == [("paragraph", 0), ("title", 0), ("heading", 1)]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("家人能用吗_某某网", "家人能用吗"),
        ("家人能用吗 | 某某网", "家人能用吗"),
        ("家人能用吗 - 频道 - 某某网", "家人能用吗"),
        ("家人能用吗-某某网", "家人能用吗"),
        ("2024-2025年标准", "2024-2025年标准"),
        ("A&amp;B 家人", "A&B 家人"),
        ("\n  家人\n  能用吗 ", "家人能用吗"),
        ("医保_某某网", "医保_某某网"),
    ],
)
def test_title_element_without_the_site(written: str, title: str, span_law: SpanLaw) -> None:
    article = page("<article><h1><img alt=x></h1><p>文</p></article>", f"<title>{written}</title>")
    assert article.title == title
    assert article.parts[0].title == 0
    span_law(article)


def test_no_title() -> None:
    article = page("<p>文</p>")
    assert article.title is None
    assert article.parts[0].title is None


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<p>文</p>", '<meta property="article:published_time" content="2025-05-20T08:00:00+08:00">'),
        ("<p>文</p>", '<meta name="PubDate" content="2025-05-20 08:00">'),
        ('<header><time datetime="2025-05-20">May 20</time></header><article><p>文</p></article>', ""),
        ("<div class=info>来源\uff1a某网 2025-05-20</div><article><p>文</p></article>", ""),
        ('<article><div><time datetime="2025-05-20">May 20</time></div><p>文</p></article>', ""),
        ("<article><h1>题</h1><p class=meta>发布日期\uff1a2025-05-20  来源\uff1a某网</p><p>文</p></article>", ""),
        ("<article><h1>题</h1><p>2025年5月20日 · 某编辑组</p><p>文</p></article>", ""),
        (
            "<article><h1>题</h1><div class=info><b>2025/5/20</b> <i>浏览 30 次</i></div><p>文</p></article>",
            "",
        ),
    ],
)
def test_dates(body: str, head: str) -> None:
    article = page(body, head)
    assert article.date == article.parts[0].date == "2025-05-20"
    assert [block.text.chars for block in article.parts[0].blocks if block.kind != "title"] == ["文"]


def test_sentences_with_dates_are_text() -> None:
    article = page(
        "<article><h1>题</h1><p class=info>自2025年5月20日起\uff0c标准更新。</p>"
        "<p>截至<time datetime=2025-05-20>2025年5月20日</time></p></article>"
    )
    assert article.date is None
    assert len(article.parts[0].blocks) == 3


def test_author() -> None:
    assert page("<p>文</p>", '<meta name="author" content="甲">').author == "甲"


# Blocks


def test_inline_tags_vanish_and_breaks_stay(span_law: SpanLaw) -> None:
    article = page("<p>甲<strong>乙</strong><a href=x>丙</a><span>丁</span> <br> 戊<em>己</em></p>")
    assert article.parts[0].blocks[0].text.chars == "甲乙丙丁\n戊己"
    span_law(article)


def test_white_space_collapses(span_law: SpanLaw) -> None:
    article = page("<p>\r\n  甲\r\n\t乙 <b> 丙</b>&nbsp;丁 </p>\n文\n")
    assert [block.text.chars for block in article.parts[0].blocks] == ["甲乙 丙\xa0丁", "文"]
    space = article.parts[0].blocks[0].text
    assert article.source[slice(*space.span(2, 3))] == " "
    span_law(article)


def test_entities_are_one_character_over_their_source(span_law: SpanLaw) -> None:
    article = page("<p>A&amp;B&lt;C&#x4e00;&#20108;&copy&ampx&nbsp;&unknown;&NotEqualTilde;尾</p>")
    text = article.parts[0].blocks[0].text
    assert text.chars == "A&B<C一二©&x\xa0&unknown;≂̸尾"
    assert article.source[slice(*text.span(1, 2))] == "&amp;"
    assert article.source[slice(*text.span(5, 6))] == "&#x4e00;"
    assert article.source[slice(*text.span(len(text.chars) - 1, len(text.chars)))] == "尾"
    span_law(article)


def test_bom_and_crlf(span_law: SpanLaw) -> None:
    source = "\ufeff<title>题目</title>\r\n<p>一\r\n二&amp;</p>\r\n<pre>\r\n三\r\n四</pre>"
    article = read("a.html", source.encode())
    assert [block.text.chars for block in article.parts[0].blocks] == ["题目", "一二&", "三\n四"]
    assert article.source == source
    span_law(article)


def test_gb18030(span_law: SpanLaw) -> None:
    article = read("a.html", "<p>医保共济可以跨省\uff08部分\uff09</p>".encode("gb18030"))
    assert article.parts[0].blocks[0].text.chars == "医保共济可以跨省\uff08部分\uff09"
    span_law(article)


def test_divs_with_direct_text() -> None:
    assert texts("<div>甲<div>乙</div>丙<p>丁</p><section>戊</section></div>") == ["甲", "乙", "丙", "丁", "戊"]


def test_nested_lists() -> None:
    found = blocks(
        "<p>范围\uff1a</p><ul><li>门诊<ul><li>甲类<li>乙类</ul>续</li><li><p>药店</p><p>二段</p></li></ul><p>尾</p><ol><li>一</ol>"
    )
    assert [(b.kind, b.text.chars, b.level, b.stem, b.list_id) for b in found] == [
        ("paragraph", "范围\uff1a", 0, None, None),
        ("list_item", "门诊", 1, 0, 0),
        ("list_item", "甲类", 2, 1, 1),
        ("list_item", "乙类", 2, 1, 1),
        ("paragraph", "续", 0, 1, 0),
        ("list_item", "药店", 1, 0, 0),
        ("paragraph", "二段", 0, 5, 0),
        ("paragraph", "尾", 0, None, None),
        ("list_item", "一", 1, 7, 2),
    ]


def test_list_below_a_heading() -> None:
    found = blocks("<h2>范围</h2><ul><li>甲</ul><ul><li>• 乙</ul>")
    assert [(block.kind, block.stem, block.headings, block.text.chars) for block in found[1:]] == [
        ("list_item", 0, (0,), "甲"),
        ("list_item", 0, (0,), "乙"),
    ]


def test_terms_and_definitions() -> None:
    found = blocks("<dl><dt>甲吗\uff1f</dt><dd>是。<ul><li>一</ul></dd><dd><p>也是。</p></dd><dt>乙</dt></dl><p>尾</p>")
    assert [(block.kind, block.stem) for block in found] == [
        ("term", None),
        ("definition", 0),
        ("list_item", 1),
        ("definition", 0),
        ("term", None),
        ("paragraph", None),
    ]


def test_bullets_in_paragraphs() -> None:
    found = blocks("<p>范围\uff1a</p><p>• 门诊</p><p>&nbsp;• 药店</p><p>条件<br>1. 甲<br>2. 乙</p>")
    assert [(block.kind, block.text.chars, block.stem) for block in found] == [
        ("paragraph", "范围\uff1a", None),
        ("list_item", "门诊", 0),
        ("list_item", "药店", 0),
        ("paragraph", "条件", None),
        ("list_item", "甲", 3),
        ("list_item", "乙", 3),
    ]


def test_quotes_captions_details() -> None:
    assert texts(
        "<blockquote>引</blockquote><figure><img><figcaption>图注</figcaption></figure>"
        "<details><summary>要点</summary>细节</details><table><caption>表题</caption><tr><td>甲</td><td>乙</td></tr></table>"
    ) == ["引", "图注", "要点", "细节", "表题", "甲", "乙"]


def test_headings_nest() -> None:
    found = blocks("<h2>一</h2><h3>甲</h3><p>文</p><h2>二</h2><p>文二</p>")
    assert [block.headings for block in found] == [(), (0,), (0, 1), (), (3,)]


# Malformed and hostile


def test_text_that_the_parser_moves(span_law: SpanLaw) -> None:
    article = page("<p>一<table>漏<tr><td>甲</td>漏二<td>乙</td></table>尾</p>")
    everything = "".join(block.text.chars for block in article.parts[0].blocks)
    assert all(part in everything for part in ("一", "漏", "甲", "乙", "尾"))
    span_law(article)


def test_ignored_tags_within_text(span_law: SpanLaw) -> None:
    article = page("<p>一</x>二&amp;<!-- 注 -->三</tbody>四 < 五</p>")
    assert article.parts[0].blocks[0].text.chars == "一二&三四 < 五"
    span_law(article)


NAMES = (
    "p div ul li ol table tr td th thead b a i h1 h2 dl dt dd br article main pre time header nav select template svg "
    "title body html caption form"
)
TAGS = [tag for name in NAMES.split() for tag in (f"<{name}>", f"</{name}>")]


@given(
    st.lists(
        st.one_of(
            st.sampled_from(TAGS),
            st.sampled_from(["文", "字。", " ", "\r\n", "\n", "&amp;", "&nbsp;", "&lt", "&", "<", "<!--", "-->", "x",
                             "2025-05-20", "• ", "\u3000", "<td colspan=3>", "<td rowspan=2>", "<![CDATA[", "\ufeff"]),
        ),
        max_size=40,
    )
)  # fmt: skip
def test_law_for_any_html(span_law: SpanLaw, pieces: list[str]) -> None:
    span_law(read_html("a.html", "".join(pieces)))


@pytest.mark.parametrize(
    "source",
    ["<a " * 70_000, "<!-- " * 40_000, "<a x='" * 40_000, "<div>" * 20_000 + "文", "<b>" * 20_000 + "文",
     "<ul><li>文" * 5_000, "<table><tr><td>" * 3_000 + "文", "&amp;文" * 30_000, "文</x>" * 30_000, "<p>文<b>" * 1_000,
     "<dl><dd>文" * 5_000, "<table>文" * 3_000, "<p>" * 100_000, "<td>" * 100_000, "<table>漏</x><tr>" * 5_000,
     "<h1>" * 20_000]
)  # fmt: skip
def test_hostile_html_is_read(source: str, span_law: SpanLaw) -> None:
    article = read_html("a.html", source)
    span_law(article)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("家庭共济\n  不能跨省", "家庭共济不能跨省"),
        ("报销\n70%\n左右", "报销70%左右"),
        ("mutual\naid", "mutual aid"),
        ("1\n2", "1 2"),
        ("甲 乙", "甲 乙"),
        ("不可以\n家庭共济只限本省", "不可以 家庭共济只限本省"),
        ("甲<br>\n乙", "甲\n乙"),
        ("<b>甲</b>\n<b>乙</b>", "甲 乙"),
    ],
)
def test_a_line_break_beside_chinese_is_no_space(source: str, expected: str, span_law: SpanLaw) -> None:
    article = page(f"<p>{source}</p>")
    assert [block.text.chars for block in article.parts[0].blocks] == [expected]
    span_law(article)
