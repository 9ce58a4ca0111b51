"""What is put into inputs: words that readers, grammar and domains look for, which bytes alone would hardly hit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

PUNCTUATION = (
    *"，。；：？！、…—·（）()【】《》「」『』“”‘’\"'＂｢｣%％‰¥￥/~-－～+*&#^|\\`", "\u3000", "\u00a0", "\u200b",
    "\ufeff", "\u2028", "\u0301", "\u202e",
)  # fmt: skip
NUMBERS = (
    *"0123456789０９〇零一二两三四五六七八九十百千万亿廿卅半几多余点兆①⑩½㎡²Ⅷ٣१", "1,000", "3.8万", "二〇二五",
    "百分之六十", "三分之一", "七成五", "50%-90%", "99999999999999999999", "1.000000000001", "第3位", "一百零五",
    "两万五", "１２３",
)  # fmt: skip
UNITS = (
    "元", "万元", "个月", "年", "天", "次", "人", "岁", "%", "周", "日", "元/人·年", "平方公里", "公里", "米", "省",
    "市", "县", "名", "位", "倍", "家",
)  # fmt: skip
DATES = (
    "2025年", "1月", "31日", "2月30日", "2024年底", "次年", "去年", "每年", "截至", "起", "至", "到", "前", "以来",
    "上半年", "第一季度", "月底", "9-11月", "2024-2025年度", "2025-02-29", "2025/3/1", "2025.13.01", "0000-00-00",
    "9999年", "12月32日", "1月至13月", "20250301",
)  # fmt: skip
PLACES = (
    "北京", "上海市", "湖北省", "十堰市", "竹溪县", "京津冀", "长三角", "内蒙古", "新疆维吾尔自治区", "鼓楼区",
    "兰州大学", "全国", "外省", "省内", "本市", "两省", "各地", "市", "区",
)  # fmt: skip
ODD = (
    *"ßİé々〇○ﬁ㍿⅔ｱ𠮷", "\u0130", "👨\u200d👩\u200d👧", "e\u0301", "\u0085", "\x0b", "\x0c", "\x1c", "\x7f",
    "\ud7ff", "\ue000", "\U0010ffff",
)  # fmt: skip
MARKDOWN = (
    "# ", "## ", "###### ", "\n", "\n\n", "- ", "  - ", "1. ", "> ", "```\n", "    ", "| ", " |\n", "|---|---|\n",
    ":---:", "\\|", "**", "__", "~~", "`", "[a](b)", "![", "](", "[^1]", "[^1]: ", "[a]: b\n", "<!--", "-->",
    "<br>", "<div>", "</div>", "&amp;", "&#x4e00;", "&nbsp;", "\\", "---\n", "===\n", "***\n", "\r\n", "\r", "\t",
    "<", "&",
)  # fmt: skip
_TAGS = """
    html head body title h1 h2 h6 p div span ul ol li dl dt dd table thead tbody tfoot tr td th caption colgroup a b i
    strong em br hr pre code script style template noscript svg math select option textarea iframe details summary
    blockquote section article header footer nav aside figure form button input img video plaintext xmp frameset ruby rt
    meta link base
"""
HTML = (
    *(f"<{name}>" for name in _TAGS.split()), *(f"</{name}>" for name in _TAGS.split()), "<td rowspan=2>",
    "<td colspan=999999>", "<td rowspan=0>", "<th scope=row>", "<!--", "-->", "<!DOCTYPE html>", "<![CDATA[", "]]>",
    "<p hidden>", '<p style="display:none">', 'class="', "id=", '"', "'", ">", "/>", "&lt;", "&#0;", "&#x110000;",
    "&notin;", "&amp", '<meta charset="gbk">', '<meta name="author" content="', "<time datetime=2025-03-01>", "\n",
    "\0",
)  # fmt: skip
SCRAPED = (
    "\n", "\n\n", "一、", "（一）", "1. ", "①", "- ", "\u3000\u3000", "相关推荐\n", "大家都在搜\n", "来源：",
    "发布时间：", "2025-03-01 09:30", "作者：", "第一章 ", "\t", "\r", "·", "问：", "答：",
)  # fmt: skip
YAML = (
    ": ", "- ", "\n", "\n  ", "\n    ", "? ", "| ", ">-\n", "{", "}", "[", "]", ",", "&a ", "*a", "<<: *a",
    "!!int ", "!!float ", "!!python/x ", "!!binary ", "!!set ", "!!omap ", "!!timestamp ", "!x ", "%YAML 1.1\n",
    "---\n", "...\n", "#", '"', "'", "''", "~", "null", "true", "off", "0x1f", "1_0", "1:30", ".inf", ".nan",
    "-.inf", "1e400", "2025-01-31", "2025-02-30", '"\\x00"', '"\\ud800"', '"\\U0010ffff"', "\t", "=", "\ufeff",
)  # fmt: skip
JSON = (
    "{", "}", "[", "]", ":", ",", '"', "\\", "\n", '"id": ', '"body": ', '"title": ', '"date": ', '"正文": ',
    '"author": ', '"url": ', '"region": ', '{"rendered": ', '{"$oid": ', "null", "true", "NaN", "Infinity",
    "-Infinity", "1e999", "-0", "12.0", "1e-7", "123456789012345678901234567890", "\\ud83d", "\\ude00", "\\u0000",
    "\\u4e00", '"2025-03-01"', "1740787200", "1740787200000", "[1, 2]", "{}", '""', "\ufeff", "-1e18",
    "99999999999999",
)  # fmt: skip
_REST = (*PUNCTUATION, *NUMBERS, *UNITS, *DATES, *PLACES, *ODD)
_MOST = 4_000
"""Of a lexicon of hundreds of thousands of forms, taken evenly."""


@cache
def chinese() -> tuple[str, ...]:
    """Forms of the shipped domains' lexicons, and every word of the grammar."""
    from claims.domain import load_domain, shipped
    from claims.language.grammar import grammar_words

    found = [form for family in grammar_words().values() for forms in family.values() for form in forms]
    for name in shipped():
        forms = sorted(load_domain(name).lexicon.forms)
        found += forms[:: max(1, len(forms) // _MOST)]
    return tuple(dict.fromkeys(form for form in found if "{" not in form and form))


def prose() -> tuple[str, ...]:
    """What a sentence is made of; numbers and signs as often as words."""
    return chinese() + _REST * (len(chinese()) // len(_REST))


def markup(*tokens: str) -> tuple[str, ...]:
    """A format's own tokens twice as often as what stands between them."""
    return (*_REST, *tokens * (1 + 2 * len(_REST) // len(tokens)))


def yaml_of(*schemas: str) -> tuple[str, ...]:
    """YAML with the keys and values that JSON Schemas (paths below the root) know."""
    found: list[str] = []
    for schema in schemas:
        found += _named(json.loads((ROOT / schema).read_text(encoding="utf-8")))
    return (*YAML, *dict.fromkeys(found))


def _named(schema: Any) -> Iterator[str]:
    if isinstance(schema, list):
        for item in schema:
            yield from _named(item)
    if not isinstance(schema, dict):
        return
    for key, value in schema.items():
        if key == "properties":
            yield from (f"{name}: " for name in value)
            yield from _named(list(value.values()))
        elif key in ("enum", "const"):
            yield from _texts(value if isinstance(value, list) else [value])
        else:
            yield from _named(value)


def _texts(values: Iterable[Any]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))
