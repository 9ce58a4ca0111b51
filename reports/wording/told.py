"""The Chinese of what readers and domains say in English where they find something wrong. A test reads their source
and holds that nothing that a reader says is missing here."""

from __future__ import annotations

import re
from functools import cache
from typing import TypeAlias

from reports.wording.terms import Lang
from reports.wording.told_exports import EXPORTS

FACTS: tuple[tuple[str, str], ...] = (
    (r"there is no topic `(.*)`", r"没有主题 \g<1>"),
    (r"there is no key `(.*)` in a fact", r"没有“\g<1>”这个键"),
    (r"`(.*)` is missing", r"缺少 \g<1>"),
    (r"a mapping of keys to values is wanted", r"应是“键: 值”的形式"),
    (r"a quantifier is `all` or `some`", r"quantifier 只能是 all 或 some"),
    (r"`(.*)` is no severity", r"没有“\g<1>”这个级别"),
    (r"`until` lies before `since`", r"until 早于 since"),
    (r"`(.*)` is to be a text", r"\g<1> 应是一段文字"),
    (r"`(.*)` is true or false", r"\g<1> 只能是 true 或 false"),
    (r"`(.*)` is not a day: (.*)", r"\g<1> 不是日期：\g<2>"),
    (r"`(.*)` is no member of (.*)", r"\g<2> 没有“\g<1>”这一项"),
    (r"the value of (.*) is a (.*)", r"\g<1> 的取值应是 \g<2>"),
    (r"`members` is a list", r"members 应是列表"),
    (r"a measure needs `low` or `high`", r"要写 low 或 high"),
    (r"`low` is more than `high`", r"low 大于 high"),
    (r"`(.*)` is no mode of a set", r"mode 不能是“\g<1>”"),
    (r"`(.*)` is not on the scale of (.*)", r"\g<2> 没有“\g<1>”这一级"),
    (r"`(.*)` is a number", r"\g<1> 应是数字"),
)
"""What may be wrong with a reference fact, or with what a ruling says stands."""

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
    (
        r"the front matter holds half a character \(a lone surrogate such as \\ud83d\)",
        r"文章开头的信息（front matter）里有半个字符（单独的 \\ud83d 之类）",
    ),
    (r"lists and quotes are nested too deeply to be read", r"列表和引用嵌套太深，读不了"),
    (r"the front matter is nested too deeply", r"文章开头的信息（front matter）嵌套太深"),
    (r"`date` in the front matter is not a date", r"文章开头的 date 不是日期"),
    (r"`title` in the front matter is not a text", r"文章开头的 title 不是文字"),
    (r"no reader for files with the suffix `(.*)`", r"扩展名是 \g<1> 的文件不能检查"),
    (r"the file has no suffix", r"文件没有扩展名"),
    (r"the file has (\d+) bytes, more than the limit of (\d+)", r"文件太大：\g<1> 字节，上限 \g<2>"),
    (r"there is no domain '(.*)'", r"没有名为 \g<1> 的领域"),
    *EXPORTS,
    # rulings, and reference facts too
    *FACTS,
    (r"the required key '(.*)' is missing", r"缺少必需的键“\g<1>”"),
    (r"there is no key '(.*)'", r"没有“\g<1>”这个键"),
    (r"`(.*)` belongs to a `stands`, not to `(.*)`", r"\g<1> 只用在 stands 里，不用在 \g<2> 里"),
    (r"a ruling is a mapping of keys to values", r"裁定应是“键: 值”的形式"),
    (r"the tag (.*) has no place in a ruling", r"裁定里不能有标签 \g<1>"),
    (r"an anchor or alias \(& or \*\) has no place in a ruling", r"裁定里不能有锚点或引用（& 或 *）"),
    (r"there is a ruling of that name already: (.*)", r"已有同名的裁定：\g<1>"),
    # hints
    (r"a text was cut within a character: write it again", r"文字在一个字符中间被截断：重新写一遍"),
    (r"take marks such as > and - away", r"去掉多余的 >、- 等符号"),
    (r"a ruling is one decision: make a file of each", r"一份裁定只写一个决定，请分成几个文件"),
    (
        r"write plain names and values; put a value that begins with a sign in quotes",
        r"只写简单的名称和值；以符号开头的值加上引号",
    ),
    (
        r"quote strings that hold \{ \} : #; keep both sides of a merge apart, in two files",
        r"含有 { } : # 的文字要加引号；合并时两方的裁定分成两个文件",
    ),
    (r"write verdict:, reason:, by: and on:.*", r"写上 verdict、reason、by 和 on"),
    (r"delete it, or change the verdict", r"删去它，或改 verdict"),
    (r"the next editor must know who decided, and why", r"要让下一位编辑知道是谁决定的、为什么"),
    (r"rename one of the two files", r"给其中一个文件改名"),
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
    (r"split it, or make words and patterns fewer", r"拆成几个文件，或减少词语和句式"),
    (r"make some forms compounds", r"把其中一些改成 compounds"),
    (r"let one pattern name several concepts", r"让一条句式写上几个概念"),
    (r"the file has more than (\d+) bytes", r"文件超过 \g<1> 字节"),
    (r"with this file the domain has (\d+) patterns, the limit is (\d+)", r"到这个文件为止有 \g<1> 条句式，上限 \g<2>"),
    (
        r"(.*): up to here the lexicon stands for (\d+) strings, the limit is (\d+)",
        r"\g<1>：到这里为止的词语展开成 \g<2> 个词，上限 \g<3>",
    ),
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
    (r"the rule id '(.*)' is repeated", r"规则的 id“\g<1>”重复了"),
    (r"(.*): no facet '(.*)'", r"\g<1>：没有范围项 \g<2>"),
    (r"(.*): no unit '(.*)'", r"\g<1>：没有单位 \g<2>"),
    (r"(.*): a figure is a measure, and (.*) is a (\w+)", r"\g<1>：数字规则的主题应是 measure 类，\g<2> 是 \g<3> 类"),
    (r"(.*): a rule has either `unit` or `at`", r"\g<1>：规则里 unit 和 at 要写其中一个，只写一个"),
    (r"(.*): a rule of numbers needs cues", r"\g<1>：有 unit 的规则要有 cues"),
    (r"(.*): what `at` says must be told", r"\g<1>：at 的概念表示什么数，要写出来"),
    (r"(.*): (\w+) is none of its units", r"\g<1>：\g<2> 不在 unit 里"),
    (r"(.*): least is more than most", r"\g<1>：least 大于 most"),
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
    (r"choose a topic of kind measure", r"改用 measure 类的主题"),
    (r"name the units of its numbers, or its concepts", r"写上数字的单位，或直接表示数字的概念"),
    (r"add cues: \[CONCEPT\]", r"加上 cues: [概念]"),
    (r"add (\w+) to unit", r"把 \g<1> 加进 unit"),
    (r"swap them", r"两个对调"),
    (r"give each rule an id of its own", r"每条规则用自己的 id"),
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

_FACT = re.compile(r"([a-z0-9-]+): (.*)\Z", re.DOTALL)
_Known: TypeAlias = tuple[tuple[re.Pattern[str], str], ...]


@cache
def _compiled(pairs: tuple[tuple[str, str], ...]) -> _Known:
    """Not at import: most runs have nothing to tell."""
    return tuple((re.compile(english + r"\Z", re.DOTALL), chinese) for english, chinese in pairs)


def told(text: str, lang: Lang) -> str:
    """What was said, in the language where we know it."""
    if lang != "zh":
        return text
    of_fact = _FACT.match(text)
    if of_fact:  # of a fact by its id
        wrong = _among(_compiled(FACTS), of_fact[2])
        if wrong is not None:
            return f"参考事实 {of_fact[1]}：{wrong}"
    return _among(_compiled(TOLD), text) or text


def _among(known: _Known, text: str) -> str | None:
    return next((found.expand(chinese) for english, chinese in known if (found := english.match(text))), None)
