from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.readers.inline import plain
from claims.readers.text import verbatim


def shown(source: str, *references: str) -> str:
    return plain(verbatim(source, 0, len(source)), lambda label: label in references).chars


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("普通文字", "普通文字"),
        ("**粗**和*斜*和***两样***", "粗和斜和两样"),
        ("**结束。**接着说", "结束。接着说"),
        ("** 有空格 **的粗体", "有空格 的粗体"),
        ("__粗__ _斜_ 字", "粗 斜 字"),
        ("snake_case_name", "snake_case_name"),
        ("~~旧~~新", "旧新"),
        ("好的~谢谢~", "好的~谢谢~"),
        ("2*3*4", "2*3*4"),
        ("138****0000和139****1111", "138****0000和139****1111"),
        ("没有配对的**星号", "没有配对的**星号"),
        ("`代 码*不*动`", "代 码*不*动"),
        ("`` 有`反引号 ``", "有`反引号"),
        ("没有结束的`反引号", "没有结束的`反引号"),
        ("[文字](http://例.cn)后", "文字后"),
        ('[文字](<a b> "题目")后', "文字后"),
        ("[**粗**字](x)后", "粗字后"),
        ("![图](a.png)后", "后"),
        ("[![图](a.png)](b)后", "后"),
        ("[方括号]不是链接", "[方括号]不是链接"),
        ("[文字]\uff08说明\uff09", "[文字]\uff08说明\uff09"),
        ("[文字][一]和[一]和[二]", "文字和一和[二]"),
        ("脚注[^1]后", "脚注后"),
        ("<http://a.cn/x>和<a@b.cn>", "http://a.cn/x和a@b.cn"),
        ("上<br>下<br/>\n再下", "上\n下\n再下"),
        ('<span class="x">字</span><!-- 注 -->后', "字后"),
        ("a < b 且 c > d", "a < b 且 c > d"),
        ("<!-- 没有结束", "<!-- 没有结束"),
        ("\\*不斜\\* \\[x\\]", "*不斜* [x]"),
        ("\\字", "\\字"),
        ("A&amp;B&nbsp;C&#x4e00;&#20108;&lt;", "A&B\xa0C一二<"),
        ("A&B &unknown; &", "A&B &unknown; &"),
        ("一行  \n二行\\\n三行", "一行\n二行\n三行"),
        ("一行\n\u3000\u3000二行", "一行\n二行"),
        (f"{'文' * 30}\n{'字' * 29}\n尾", "文" * 30 + "字" * 29 + "尾"),
        (f"{'文' * 30}\n  {'字' * 30}", "文" * 30 + "字" * 30),
        (f"{'ab ' * 20}ab\ncd {'ef ' * 15}", f"{'ab ' * 20}ab cd {'ef ' * 14}ef"),
        (f"{'文' * 30}\n{'字' * 20}\n尾", "文" * 30 + "\n" + "字" * 20 + "\n尾"),
        (f"{'文' * 30}  \n尾", "文" * 30 + "\n尾"),
        (f"{'文' * 20}\n尾", "文" * 20 + "尾"),
        ("甲项\n乙项\n丙项", "甲项\n乙项\n丙项"),
        ("甲项\n乙项\n丙项。", "甲项乙项丙项。"),
        ("一句500元\n两句70%", "一句500元\n两句70%"),
        ("电话\uff1a甲\n地址\uff1a乙。", "电话\uff1a甲\n地址\uff1a乙。"),
        ("**标题**\n正文一\n句。", "标题\n正文一句。"),
        ("一、标题\n正文一\n句。", "一、标题\n正文一句。"),
        ("问\uff1a行不\n行\uff1f\n答\uff1a不\n行。", "问\uff1a行不行\uff1f\n答\uff1a不行。"),
        ("头一句\n①甲\n项\n②乙\n项。", "头一句\n①甲项\n②乙项。"),
        ("`a*b`和*斜*", "a*b和斜"),
    ],
)
def test_markup_is_taken_off(source: str, expected: str) -> None:
    assert shown(source, "一") == expected


def test_places_point_into_the_source() -> None:
    source = "前**粗**&amp;\\*[链](x)"
    text = plain(verbatim(source, 0, len(source)))
    assert text.chars == "前粗&*链"
    assert [source[start:end] for start, end in zip(text.starts, text.ends, strict=True)] == [
        "前",
        "粗",
        "&amp;",
        "\\*",
        "链",
    ]


@example("1\na")
@given(st.text(alphabet="*_~`[]()!<>&;\\ a1文。\n-\"'", max_size=60))
def test_any_text_keeps_order_and_characters(source: str) -> None:
    text = plain(verbatim(source, 0, len(source)))
    assert list(text.starts) == sorted(text.starts)
    for char, start, end in zip(text.chars, text.starts, text.ends, strict=True):
        # A line break between two words of letters or digits is the space that a reader sees.
        joined = char == " " and source[start] == "\n"
        assert source[start] == char or source[start] in "\\&<" or end - start > 1 or joined


@pytest.mark.parametrize(
    "piece",
    ["[", "![", "](", "[a](b ", "`", "*a ", "**a_", "<a ", "<!-- ", "<a x='", "&", "\\", "<http:", "~~", "[^", "``` "],
)
def test_hostile_inline_is_read(piece: str) -> None:
    source = piece * (100_000 // len(piece))
    plain(verbatim(source, 0, len(source)))
