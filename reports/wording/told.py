"""The Chinese of what readers and domains say in English where they find something wrong. A test reads their source
and holds that nothing that a reader says is missing here."""

from __future__ import annotations

import re

from reports.wording.terms import Lang

TOLD: tuple[tuple[str, str], ...] = (
    # messages
    (r"not a text file: it holds NUL bytes", r"不是文本文件（含有 NUL 字节）"),
    (r"the file is empty", r"文件是空的"),
    (
        r"neither UTF-8 nor GB18030: byte (\S+) at (\d+) fits neither",
        r"编码既不是 UTF-8 也不是 GB18030：第 \g<2> 个字节 \g<1> 两种都不符合",
    ),
    (r"the front matter is not closed", r"文章开头的信息（front matter）没有结束"),
    (r"the front matter is not a mapping of names to values", r"文章开头的信息（front matter）不是“名称: 值”的形式"),
    (r"the front matter names `(.*)` twice", r"文章开头的信息（front matter）里“\g<1>”写了两次"),
    (r"the front matter is not valid YAML: (.*)", r"文章开头的信息（front matter）不是有效的 YAML：\g<1>"),
    (
        r"the front matter holds a character that YAML does not allow",
        r"文章开头的信息（front matter）里有 YAML 不允许的字符",
    ),
    (r"the front matter is nested too deeply", r"文章开头的信息（front matter）嵌套太深"),
    (r"`date` in the front matter is not a date", r"文章开头的 date 不是日期"),
    (r"`title` in the front matter is not a text", r"文章开头的 title 不是文字"),
    (r"no reader for files with the suffix `(.*)`", r"扩展名是 \g<1> 的文件不能检查"),
    (r"the file has no suffix", r"文件没有扩展名"),
    (r"the file has (\d+) bytes, more than the limit of (\d+)", r"文件太大：\g<1> 字节，上限 \g<2>"),
    (r"there is no domain '(.*)'", r"没有名为 \g<1> 的领域"),
    # reference facts, each behind the fact's id
    (r"([a-z0-9-]+): there is no topic `(.*)`", r"参考事实 \g<1>：没有主题 \g<2>"),
    (r"([a-z0-9-]+): there is no key `(.*)` in a fact", r"参考事实 \g<1>：没有“\g<2>”这个键"),
    (r"([a-z0-9-]+): `(.*)` is missing", r"参考事实 \g<1>：缺少 \g<2>"),
    (r"([a-z0-9-]+): a mapping of keys to values is wanted", r"参考事实 \g<1>：应是“键: 值”的形式"),
    (r"([a-z0-9-]+): a quantifier is `all` or `some`", r"参考事实 \g<1>：quantifier 只能是 all 或 some"),
    (r"([a-z0-9-]+): `(.*)` is no severity", r"参考事实 \g<1>：没有“\g<2>”这个级别"),
    (r"([a-z0-9-]+): `until` lies before `since`", r"参考事实 \g<1>：until 早于 since"),
    (r"([a-z0-9-]+): `(.*)` is to be a text", r"参考事实 \g<1>：\g<2> 应是一段文字"),
    (r"([a-z0-9-]+): `(.*)` is true or false", r"参考事实 \g<1>：\g<2> 只能是 true 或 false"),
    (r"([a-z0-9-]+): `(.*)` is not a day: (.*)", r"参考事实 \g<1>：\g<2> 不是日期：\g<3>"),
    (r"([a-z0-9-]+): `(.*)` is no member of (.*)", r"参考事实 \g<1>：\g<3> 没有“\g<2>”这一项"),
    (r"([a-z0-9-]+): the value of (.*) is a (.*)", r"参考事实 \g<1>：\g<2> 的取值应是 \g<3>"),
    (r"([a-z0-9-]+): `members` is a list", r"参考事实 \g<1>：members 应是列表"),
    (r"([a-z0-9-]+): a measure needs `low` or `high`", r"参考事实 \g<1>：要写 low 或 high"),
    (r"([a-z0-9-]+): `low` is more than `high`", r"参考事实 \g<1>：low 大于 high"),
    (r"([a-z0-9-]+): `(.*)` is no mode of a set", r"参考事实 \g<1>：mode 不能是“\g<2>”"),
    (r"([a-z0-9-]+): `(.*)` is not on the scale of (.*)", r"参考事实 \g<1>：\g<3> 没有“\g<2>”这一级"),
    (r"([a-z0-9-]+): `(.*)` is a number", r"参考事实 \g<1>：\g<2> 应是数字"),
    # hints
    (r"did you mean (.*)\?", r"是不是想写 \g<1>？"),
    (r"known: (.*)", r"可用的：\g<1>"),
    (r"choose one of: (.*)", r"可选：\g<1>"),
    (r"see docs/facts.md for an example", r"例子见 docs/facts.md"),
    (r"see docs/claims.md, 2", r"见 docs/claims.md 第 2 节"),
    (r"leave it out for `all`", r"不写就是 all"),
    (r"exchange them, or leave one out", r"交换两者，或删去一个"),
    (r"exchange them", r"交换两者"),
    (r"put it in quotes", r"加上引号"),
    (r"write `(.*): true` or leave it out", r"写成 \g<1>: true，或不写"),
    (r"write `holds: true`", r"写成 holds: true"),
    (r"write it like 2025-01-31", r"写成 2025-01-31 的样子"),
    (r"write the full name, such as (.*) or (.*)", r"写全称，例如\g<1>、\g<2>"),
    (r"write a year, such as 2025", r"写年份，例如 2025"),
    (r"name at least one, in \[ \]", r"在 [ ] 里至少写一项"),
    (r"null is open on that side", r"null 表示这一边不限"),
    (r"digits without a unit", r"只写数字，不带单位"),
    (r"the scale: (.*)", r"可用的级：\g<1>"),
    (r"only text files can be audited", r"只能检查文本文件"),
    (r"only texts can be audited", r"只能检查文本文件"),
    (r"this looks like UTF-(16|32); save the file as UTF-8", r"看起来是 UTF-\g<1>；请另存为 UTF-8"),
    (r"write the article or delete the file", r"写上内容，或删除文件"),
    (r"save the file as UTF-8", r"把文件另存为 UTF-8"),
    (r"end it with a line of three dashes \(---\)", r"用单独一行 --- 结束它"),
    (r"write `title: ...` with an ASCII colon and a space after it", r"写成 title: ...，用半角冒号，后面加一个空格"),
    (r"keep one of the two lines", r"两行只留一行"),
    (r"put a value that holds `: ` or begins with a sign in quotes", r"值里有“: ”或以符号开头时，加上引号"),
    (r"delete the character", r"删去这个字符"),
    (r"write plain names and values", r"只写简单的名称和值"),
    (r"write it as 2025-05-20", r"写成 2025-05-20 的样子"),
    (r"put the title in quotes", r"给标题加上引号"),
    (r"articles end in (.*)", r"文章的扩展名：\g<1>"),
    (r"split it, or leave it out of the articles", r"拆开它，或把它排除在外"),
    (r"shipped domains: (.*)", r"自带的领域：\g<1>"),
    # a domain's files
    (r"there is no domain '(.*)'", r"没有名为 \g<1> 的领域"),
    (r"(.*): there is no key '(.*)'", r"\g<1> 里没有“\g<2>”这个键"),
    (r"(.*): the required key '(.*)' is missing", r"\g<1> 里缺少必需的键“\g<2>”"),
    (r"(.*) must be a mapping of names to values", r"\g<1> 应是“名称: 值”的形式"),
    (r"(.*) must be a list", r"\g<1> 应是列表"),
    (r"(.*) must be text", r"\g<1> 应是文字"),
    (r"(.*) must be a whole number", r"\g<1> 应是整数"),
    (r"(.*) must be a number", r"\g<1> 应是数字"),
    (r"(.*) must be true or false", r"\g<1> 应是 true 或 false"),
    (r"(.*) cannot be (.*)", r"\g<1> 不能是 \g<2>"),
    (r"(.*) is empty", r"\g<1> 是空的"),
    (r"(.*) has the wrong form", r"\g<1> 的写法不对"),
    (r"(.*): no concept '(.*)' in the lexicon", r"\g<1>：词语里没有概念 \g<2>"),
    (r"(.*): no family '(.*)' in the lexicon", r"\g<1>：词语里没有词族 \g<2>"),
    (r"(.*): no topic (.*) in topics.yaml", r"\g<1>：topics.yaml 里没有主题 \g<2>"),
    (r"(.*): no subject '(.*)' in domain.yaml", r"\g<1>：domain.yaml 里没有对象 \g<2>"),
    (r"(.*): no kind of things '(.*)' in domain.yaml", r"\g<1>：domain.yaml 里没有事物 \g<2>"),
    (r"(.*): no subject '(.*)'", r"\g<1>：没有对象 \g<2>"),
    (r"(.*): no zone '(.*)'", r"\g<1>：没有范围 \g<2>"),
    (r"(.*): no scale '(.*)'", r"\g<1>：没有标尺 \g<2>"),
    (r"(.*): no level (.*) on the scale", r"\g<1>：标尺上没有 \g<2>"),
    (r"(.*): no member '(.*)'", r"\g<1>：没有成员 \g<2>"),
    (r"(.*): no mode (.*)", r"\g<1>：没有 mode \g<2>"),
    (r"(.*): a (\w+) has no '(.*)'", r"\g<1>：\g<2> 类的值没有 \g<3>"),
    (r"(.*): the value says nothing", r"\g<1>：value 是空的"),
    (r"(.*): `number` and a value `as: range` go together", r"\g<1>：number 和 value 的 as: range 要一起写"),
    (r"(.*): a measure needs a unit or a scale", r"\g<1>：measure 要有 unit 或 scale"),
    (r"(.*): a (\w+) needs members", r"\g<1>：\g<2> 要有 members"),
    (r"the pattern id '(.*)' is repeated", r"模式的 id“\g<1>”重复了"),
    (r"(.*): (.*) (?:is )?defined in two files", r"\g<1>：\g<2> 在两个文件里都有"),
    (r"(.*): unbalanced braces in (.*)", r"\g<1>：花括号不成对：\g<2>"),
    (r"(.*): the form (.*) stands for more than (\d+) strings: make it a compound",
     r"\g<1>：写法 \g<2> 能展开成 \g<3> 个以上的词，请改用 compounds"),
    (r"is not valid YAML: (.*)", r"不是有效的 YAML：\g<1>"),
    (r"cannot be read: (.*)", r"读不了：\g<1>"),
    (r"is not UTF-8", r"不是 UTF-8 编码"),
    (r"did you mean (.*)\?", r"是不是想写 \g<1>？"),
    (r"known: (.*)", r"可用的有：\g<1>"),
    (r"choose one of: (.*)", r"可选：\g<1>"),
    (r"add it to lexicon/", r"把它加进 lexicon/"),
    (r"add (.*: …)", r"加上 \g<1>"),
    (r"it must match (.*)", r"应符合 \g<1>"),
    (r"see docs/domain-authors.md", r"见 docs/domain-authors.md"),
    (r"a (\w+) is given by (.*)", r"\g<1> 类的值用 \g<2>"),
    (r"give both or neither", r"两个都写，或都不写"),
    (r"give (.*)", r"写上 \g<1>"),
    (r"it is also in (.*)", r"\g<1> 里已有"),
    (r"check the braces of the form", r"检查写法里的花括号"),
    (r"quote strings that hold \{ \} : #", r"含有 { } : # 的文字要加引号"),
)
"""What is said, as a regular expression that must match it whole, and its Chinese."""

_TOLD = tuple((re.compile(english + r"\Z", re.DOTALL), chinese) for english, chinese in TOLD)


def told(text: str, lang: Lang) -> str:
    """What was said, in the language where we know it."""
    if lang == "zh":
        for english, chinese in _TOLD:
            found = english.match(text)
            if found:
                return found.expand(chinese)
    return text
