"""The report's own words: labels, kinds, severities, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

Lang: TypeAlias = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")

Pair: TypeAlias = tuple[str, str]
"""A text in Chinese and in English."""

SIDES: Mapping[str, Pair] = {"0": ("甲", "A"), "1": ("乙", "B")}

SEVERITY: Mapping[str, Pair] = {
    "error": ("错误", "error"),
    "warning": ("警告", "warning"),
    "info": ("提示", "info"),
}

REFERENCE: Mapping[str, Pair] = {
    "fact": ("参考事实", "reference fact"),
    "ruling": ("裁定", "ruling"),
}

STATE: Mapping[str, Pair] = {
    "open": ("未解决", "open"),
    "resolved": ("已解决", "resolved"),
    "under-review": ("核实中", "under review"),
}

KIND: Mapping[str, Pair] = {
    "self-contradiction": ("自相矛盾", "self-contradiction"),
    "contradiction": ("互相矛盾", "contradiction"),
    "overgeneral": ("以偏概全", "overgeneral"),
    "outdated": ("口径过时", "outdated"),
    "against-ruling": ("违反裁定", "against a ruling"),
    "against-fact": ("违反参考事实", "against a reference fact"),
    "possible": ("可能矛盾", "possible conflict"),
    "count-mismatch": ("数目不符", "count and list differ"),
    "list-mismatch": ("清单不符", "list against its class or total"),
    "sum-mismatch": ("合计不符", "parts and whole differ"),
    "comparison-mismatch": ("比较不符", "comparison against its figures"),
    "inequality-mismatch": ("不等号写反", "inequality the wrong way round"),
    "rule-example-mismatch": ("例子违反规则", "example against its rule"),
    "example-mismatch": ("举例不符", "example against its statement"),
    "heading-mismatch": ("标题与正文不符", "heading against its body"),
    "answer-mismatch": ("回答与正文不符", "answer against its body"),
    "permission-mismatch": ("许可不一", "allowed and forbidden"),
    "identity-mismatch": ("同异不一", "one thing and two"),
    "expired-outlook": ("展望过期", "outlook gone by"),
    "stale-figure": ("数据陈旧", "stale figure"),
    "unsourced-figure": ("没有出处", "no source named"),
    "ruling-void": ("裁定失效", "void ruling"),
    "ruling-expired": ("裁定过期", "expired ruling"),
    "ruling-unused": ("裁定无用", "unused ruling"),
    "ruling-contradiction": ("裁定冲突", "rulings that contradict"),
}

TODO: Mapping[str, Pair] = {
    "self-contradiction": (
        "改掉其中一句；若两句各有前提，把地区、人群或时间写进句子里。",
        "Change one of the two sentences; if each holds under a condition, write the place, people or date into it.",
    ),
    "contradiction": (
        "核对政策原文，改正说错的一方；若两方各指一地或一类人，在文中写明。",
        "Check the policy itself and correct the side that is wrong; if they mean different places or people, say so.",
    ),
    "overgeneral": (
        "给笼统的一方（甲）加上限定（除…外、部分地区、目前），或改正具体的一方（乙）。",
        "Qualify the general side, A (except …, in some places, so far), or correct the particular one, B.",
    ),
    "outdated": (
        "按新口径修改旧的一方（甲），或在旧文中注明“截至某年某月”。",
        "Bring the older side, A, up to date, or say in it as of when it holds.",
    ),
    "against-ruling": (
        "按裁定修改文章；若裁定本身有误，先改裁定。",
        "Change the article to agree with the ruling; if the ruling is wrong, change that first.",
    ),
    "against-fact": (
        "按参考事实修改文章；若当地另有规定，在文中写明地区和依据。",
        "Change the article to agree with the fact; if a place has its own rule, name the place and the document.",
    ),
    "possible": (
        "给没有写明范围的一方补上地区、险种或年度，就能看出是否矛盾。",
        "Name the place, scheme or year on the side that leaves it open; then it shows whether they conflict.",
    ),
    "count-mismatch": (
        "数一遍所列的内容，改正数目，或补上、删去一项。",
        "Count what is listed; then correct the number, or add or drop an item.",
    ),
    "list-mismatch": (
        "核对每一项属于哪一类，改正总的说法或清单。",
        "Check which class each item is of, and correct the statement or the list.",
    ),
    "sum-mismatch": (
        "核对各项数字和总数，改正算错的一个。",
        "Check the parts and the whole, and correct the wrong one.",
    ),
    "comparison-mismatch": (
        "核对两个数字；数字没错就改掉表示高低、升降的词。",
        "Check both figures; if they are right, correct the word that compares them.",
    ),
    "inequality-mismatch": (
        "确认条件是以上还是以下，把符号或文字改成一致。",
        "Find out which side of the limit is meant, and make sign and words agree.",
    ),
    "rule-example-mismatch": (
        "按规则重算或重写例子；若规则写错，改规则。",
        "Work the example out by the rule again; if the rule is wrong, correct that.",
    ),
    "example-mismatch": (
        "换一个符合说法的例子，或改正这个说法。",
        "Give an example that fits the statement, or correct the statement.",
    ),
    "heading-mismatch": (
        "让标题说正文所说的事；若正文写错，改正文。",
        "Let the heading say what the body says; if the body is wrong, correct that.",
    ),
    "answer-mismatch": (
        "让开头的回答和正文一致；有前提的，把前提写进回答。",
        "Make the answer agree with the body; where it depends on something, say so in the answer.",
    ),
    "permission-mismatch": (
        "核对到底允许还是禁止；各有前提的，把前提写清楚。",
        "Find out whether it is allowed; if each holds under a condition, write the condition into it.",
    ),
    "identity-mismatch": (
        "核对两个名称是不是一回事，全文统一。",
        "Find out whether the two names mean one thing, and say the same throughout.",
    ),
    "expired-outlook": (
        "查一查到期后的实际情况，把预告改成结果。",
        "Find out what came of it, and replace the outlook by the outcome.",
    ),
    "stale-figure": ("换成最新的数据，并注明日期。", "Replace it by the latest figure, with its date."),
    "unsourced-figure": (
        "写明文件名称、发文机关或日期。",
        "Name the document, the body that issued it, or its date.",
    ),
}

WHERE: Mapping[str, Pair] = {
    "quote": ("原句", "the words quoted"),
    "sentence": ("同一句", "the same sentence"),
    "before": ("前一句", "a sentence before"),
    "column": ("列标题", "column header"),
    "row": ("行标题", "row header"),
    "stem": ("列表的引语", "list introduction"),
    "above": ("上文", "text above"),
    "heading": ("小标题", "heading"),
    "title": ("标题", "title"),
    "front-matter": ("文章信息", "front matter"),
}
"""Where words stand that a claim rests on."""

ORIGIN: Mapping[str, Pair] = {
    "sentence": ("正文句子", "a sentence"),
    "list_item": ("列表项", "a list item"),
    "table_cell": ("表格单元格", "a table cell"),
    "heading": ("标题", "a heading"),
    "title_answer": ("对标题提问的回答", "the answer to a question as title"),
    "manual": ("人工标注", "marked by hand"),
}

HEDGE: Mapping[str, Pair] = {
    "approx": ("约", "about"),
    "usual": ("一般", "usually"),
    "maybe": ("可能", "maybe"),
}

TERMS: Mapping[str, Pair] = {
    "why": ("为什么冲突", "why they conflict"),
    "why-not": ("为什么不冲突", "why they do not conflict"),
    "why-warning": ("为什么只是警告", "why only a warning"),
    "why-info": ("为什么只是提示", "why only info"),
    "todo": ("怎么办", "what to do"),
    "rule": ("作裁定", "to rule on it"),
    "more": ("更多", "more"),
    "also": ("同时也是", "also"),
    "ruling": ("裁定", "ruling"),
    "state": ("状态", "state"),
    "others": ("另有 {n} 处", "{n} more"),
    "others-all": (
        "另有 {n} 处（全部列出：koujing claims --finding {id}）",
        "{n} more (to list all: koujing claims --finding {id})",
    ),
    "shared": ("与 {id} 的{side}相同", "the same as {side} of {id}"),
    "no-source": ("（读不到原文）", "(the source is not at hand)"),
    "older": ("旧", "older"),
    "stated": ("文中这样说", "what is stated"),
    "refuted": ("与此不符", "what refutes it"),
    "by-ruling": ("裁定写的是", "what the ruling says"),
    "maybe-meant": ("是不是指这一句？", "did the ruling mean this?"),
    "teaser": ("（页面上摘引的另一篇文章）", "(another article quoted on the page)"),
    "summary": ("小结", "summary"),
    "checked": (
        "检查了 {articles} 篇文章，读出 {claims} 条说法。",
        "Articles checked: {articles}; claims read: {claims}.",
    ),
    "coverage": (
        "文中的断言有 {assertions} 处，其中 {typed} 处（{share}）归入主题、作了比较；其余见 koujing claims --untyped。",
        "Assertions: {assertions}, of which {typed} ({share}) are on a topic and were compared; for the rest, "
        "koujing claims --untyped.",
    ),
    "least": ("归入主题最少的文章：", "The articles of which least is on a topic:"),
    "found": (
        "问题：{error} 个错误，{warning} 个警告，{info} 个提示。",
        "Findings: error {error}, warning {warning}, info {info}.",
    ),
    "hidden": (
        "另有 {n} 个问题不涉及所选路径，未显示。",
        "Findings not shown, for they do not touch the chosen paths: {n}.",
    ),
    "problems": (
        "文件：{error} 个读不了，{warning} 个提醒。",
        "Files: {error} that cannot be read, {warning} to look at.",
    ),
    "today": ("今天按 {today} 计（{source}）。", "Today counts as {today} ({source})."),
    "today-option": ("取自 --today", "from --today"),
    "today-config": ("取自配置", "from the config"),
    "today-commit": ("取自所检查提交的日期", "the date of the commit that is checked"),
    "today-clock": ("取自系统时钟", "from the clock"),
    "exit-0": (
        "结论：通过，没有阻止发布的问题（fail_on: {fail_on}）。",
        "Passed: nothing found blocks publication (fail_on: {fail_on}).",
    ),
    "exit-1": (
        "结论：不通过，{blocking} 个未解决的问题阻止发布（fail_on: {fail_on}）。",
        "Failed: unresolved findings that block publication: {blocking} (fail_on: {fail_on}).",
    ),
    "exit-2": (
        "结论：检查未能完成，请先修好上面的文件（另有 {blocking} 个未解决的问题阻止发布；fail_on: {fail_on}）。",
        "Not done: mend the files above first (unresolved findings that block publication besides: {blocking}; "
        "fail_on: {fail_on}).",
    ),
    "none": ("无", "none"),
    "written": ("写好了：{file}", "written: {file}"),
    "progress": ("读文章 {done}/{all}", "reading {done}/{all}"),
    # explain
    "claim": ("说法 {id}", "claim {id}"),
    "topic": ("主题", "topic"),
    "value": ("意思", "value"),
    "scope": ("适用范围", "scope"),
    "except": ("排除", "except"),
    "quantifier": ("全称或部分", "all or some"),
    "all": ("全部", "all"),
    "some": ("部分地方或情形", "some places or cases"),
    "as_of": ("所指日期", "as of"),
    "hedged": ("语气", "hedge"),
    "origin": ("出处类型", "read from"),
    "pattern": ("识别模式", "pattern"),
    "like": ("（例句：{examples}）", " (for sentences such as {examples})"),
    "sets_against": ("同在这段里的说法不算与它矛盾", "no claim in this passage counts against it"),
    "findings": ("涉及的问题", "findings it takes part in"),
    "no-date": ("没有写明", "not said"),
    "everywhere": ("没有限定", "unrestricted"),
    "cue": ("数字所指", "what the number is"),
    "taken": ("{what} ← {where}{words}（第 {line} 行）", "{what} ← {where} {words} (line {line})"),
    "given": ("{what} ← 由识别模式规定", "{what} ← given by the pattern"),
    # reference facts
    "source": ("出处", "source"),
    "published": ("，{day}发布", ", published {day}"),
    "unverified": ("未与原文核对", "not checked at the issuer"),
    "verified": ("已与原文核对", "checked at the issuer"),
    "checked-at": ("核对", "checked"),
    "from": ("自{since}起", "since {since}"),
    "from-to": ("自{since}起，至{until}止", "from {since} to {until}"),
    "until": ("至{until}止", "until {until}"),
    "always": ("一直有效", "always"),
    "in-force": ("有效时间", "in force"),
    "everywhere-fact": ("所有地方、所有人", "everywhere, everyone"),
    "default": (
        "全国一般标准，写明地区的说法不受它约束",
        "a national default: claims that name a region are not held to it",
    ),
    "level": ("级别", "severity"),
    "warning-until": ("；{day}以前只作警告", "; a warning until {day}"),
    "note": ("说明", "note"),
    "origin-fact": ("来自", "from"),
    "origin-domain": ("领域自带", "the domain"),
    "origin-replaced": ("koujing.yaml，代替领域自带的", "koujing.yaml, in place of the domain's"),
    "origin-added": ("koujing.yaml", "koujing.yaml"),
    "off": ("领域自带，已在 koujing.yaml 关闭", "the domain, turned off in koujing.yaml"),
    "turn-off": ("关闭它", "to turn it off"),
    "upheld": ("参考事实", "reference fact"),
    "upholds": ("{id} 支持{side}", "{id} upholds {side}"),
    "verdict": ("判断", "verdict"),
    "conflict": ("冲突：{kind}（{severity}）", "conflict: {kind} ({severity})"),
    "no-conflict": ("不冲突", "no conflict"),
    "exit": ("退出码 {code}", "exit code {code}"),
    "help": ("提示", "help"),
}  # fmt: skip


def pick(pair: Pair, lang: Lang) -> str:
    return pair[0] if lang == "zh" else pair[1]


def term(key: str, lang: Lang, **args: object) -> str:
    """One of TERMS in a language, with its blanks filled."""
    text = pick(TERMS[key], lang)
    return text.format(**args) if args else text


def listed(items: list[str], lang: Lang) -> str:
    """甲、乙、丙 or A, B, C."""
    return ("、" if lang == "zh" else ", ").join(items)


def sentence(texts: Iterable[str], lang: Lang) -> str:
    """Clauses as one sentence, with its capital and its full stop; empty where there are none."""
    text = ("；" if lang == "zh" else "; ").join(texts)
    return text[:1].upper() + text[1:] + ("。" if lang == "zh" else ".") if text else ""
