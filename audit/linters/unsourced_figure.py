"""# unsourced-figure（没有出处）

## 是什么

一个数字或一条规定，文中说是“根据最新政策”“按照有关规定”“综合权威信息”得来的，可是句子里、标题里都没有写明
哪份文件、哪个部门或哪个日期。

## 为什么要紧

这样的话没有办法核对：政策改了不知道该不该跟着改，读者问起来也答不上。

## 例子

- 根据最新政策，门诊报销比例提高到70%。
- 综合权威信息如下：家人不可以使用统筹基金。

## 怎么办

1. 找到依据，写明文件名称、文号、发文机关或日期。
2. 找不到依据的，向当地医保部门核实，或删去这句话。

## 级别

提示。

# unsourced-figure

## What it is

A figure or a rule is said to follow from 最新政策, 有关规定 or 权威信息, and neither the sentence nor its headings name
a document, the body that issued it, or a date.

## Why it matters

It cannot be checked: when the policy changes nobody knows whether this has to change too.

## Example

- 根据最新政策，门诊报销比例提高到70%。
- 综合权威信息如下：家人不可以使用统筹基金。

## How to resolve it

1. Find what it rests on, and name the document, its number, the body that issued it, or its date.
2. If there is nothing, ask the local insurance office, or drop the sentence.

## Severity

Info.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.linters.assertions import believed, sentence_after, sentence_before
from audit.linters.later import later
from audit.linters.page import Page, Piece
from audit.model import Defect, DefectCode
from claims.language.clauses import Clause
from claims.reading import BlockReading, Span, is_question

CODE: DefectCode = "unsourced-figure"

_BY = r"(?:根据|依据|按照|依照|遵照|参照|结合|综合|按|据)"
_VAGUE = (
    r"(?:最新|现行|现有|有关|相关|目前|当前|国家|当地|各地|地方|大多数地区|多数地区|本地|上级|部门|官方|权威|公开|网络|网上|"
    r"医保|医疗保险|社保|社会保险|居民|职工|参保|报销|缴费|共济|家庭|部分|的|和|与|及|、)"
)
_SOURCE = (
    r"(?:政策(?:法规|文件|规定|要求|精神|信息|解读)?|规定|法规|法律法规|条例规定|文件(?:规定|精神|要求)?|制度规定|要求|通知|信息|资料|"
    r"消息|渠道信息|说法|数据)"
)
# 根据最新政策, / 综合权威信息如下: what comes after it is said to follow from it. 按规定办理 only says how.
_FOLLOWS = later(
    rf"(?P<source>{_BY}了?(?P<where>[\u4e00-\u9fff]{{0,8}}?)(?:{_VAGUE}{{1,8}}{_SOURCE}(?:{_VAGUE}{{0,3}}{_SOURCE})?|新规定?|新政策?|规定|政策(?:规定|要求)?)|依规|照章)"
    r"(?P<told>(?:整理|归纳|汇总|说明|梳理|总结|显示|表明|来看|可知|得知|现将|现|答复|解答|回答|内容|情况|结果)*(?:如下)?)(?=[,:。])"
)
# 有关政策规定, 相关文件明确, 据权威人士介绍.
_TELLS = later(
    rf"(?:据|根据)?(?P<source>政策(?=规定)|{_VAGUE}{{1,6}}(?:政策|规定|文件|部门|人士|消息|渠道|资料|数据|说法|报道)|(?:权威|官方)人士)"
    r"(?P<told>(?:规定|明确(?:规定|提出|要求|表示)?|要求|指出|显示|表示|称|提出|介绍|透露)(?!的|了|范围|标准|比例|[\u4e00-\u9fff]{0,6}如下))[,:]?"
)
_NAMED = later(
    r"[《〈]|\d{4}年|\d{4}-\d{4}|(?:19|20)\d\d|〔|\(20\d\d\)|第[\d一二三四五六七八九十百]+[号条]|\d+号|"
    r"(?:国务院|国家|省|市|县|区|州|盟|自治区)(?:政府|人民政府|医疗保障局|医保局|医保中心|人社[厅局]|财政[厅局]|税务局|卫健委|发改委)|"
    r"(?:医疗保障|医保|人社|人力资源|财政|税务|卫生健康|民政|教育)(?:局|厅|部|委)|国家医保局|人社部|财政部|国务院|人大|"
    r"社会保险法|民法典|(?:管理|实施|暂行)(?:条例|办法|细则)|[\u4e00-\u9fff](?:条例|办法|细则|法典)(?:规定|第|明确|,|要求)|12393|12345"
)
# 以下是详细情况, 一、缴费标准, 搜索…即可: announces, or says how to go about it.
_ANNOUNCES = later(r"如下|以下(?!简称|的)|供.{0,3}参考|带您|^[一二三四五六七八九十]+、|^\d+[.、]|即可$|^注意|提醒")
_HEAD = later(r"关于|对于|针对|就|有关|本文|以下|下面")

_AHEAD = 5
"""What is told below an announcement begins within so many sentences or blocks."""


def check(page: Page) -> Iterator[Defect]:
    for block in page.blocks:
        if block.block.kind in ("title", "heading", "term"):
            continue
        for span in block.spans:
            text = block.folded.chars
            if is_question(span, text) or _named(page, block, span):
                continue
            m = _FOLLOWS.search(text, span.sentence.start, span.sentence.end + 1)
            told = next((t for c in span.sentence.clauses if (t := _TELLS.match(text, c.start, c.end + 1))), None)
            if m is None and told is None:
                continue
            if m is None:
                m = told
            elif m["where"] and not any((p.start, p.end) == m.span("where") for p in block.places):
                continue
            assert m is not None
            clause = next(c for c in span.sentence.clauses if c.start <= m.start() <= c.end)
            before = text[clause.start : m.start()]
            if believed(page, block, clause) or (before and not _HEAD.match(before) and len(before) > 6):
                continue
            said = _said(page, block, span, m, m is told)
            if said is not None:
                yield page.defect(CODE, said, (block, *m.span("source")), source=m["source"])


def _said(page: Page, block: BlockReading, span: Span, m: re.Match[str], teller: bool) -> Piece | None:
    """What is said to follow: the first clause after it that states a figure or a rule. `teller`: the source is the
    subject, and what it says may stand in the same clause."""
    after = [(block, c, g) for c, g in zip(span.sentence.clauses, span.grammars, strict=True) if c.end > m.end()]
    told = not teller and (bool(m["told"]) or (bool(after) and _refers(block, after[0][1])))
    if not after or told:
        # 综合权威信息如下: what stands below it.
        n = block.spans.index(span) + 1
        for following in block.spans[n : n + (_AHEAD if told else 1)]:
            after += [(block, c, g) for c, g in zip(following.sentence.clauses, following.grammars, strict=True)]
        for below in page.blocks[block.index + 1 : block.index + _AHEAD] if told else ():
            after += [
                (below, c, g)
                for s in below.spans
                for c, g in zip(s.sentence.clauses, s.grammars, strict=True)
                if below.block.kind not in ("title", "heading", "term")
            ]
    for where, clause, grammar in after:
        states = grammar.modal or grammar.must or grammar.need_not or grammar.only or grammar.sign < 0
        if grammar.asks or grammar.condition or _refers(where, clause):
            continue
        if states or _figure(where, clause):
            return where, max(clause.start, m.end()) if where is block else clause.start, clause.end
    return None


def _figure(block: BlockReading, clause: Clause) -> bool:
    return any(clause.start <= q.start and q.end <= clause.end for q in block.quantities)


def _refers(block: BlockReading, clause: Clause) -> bool:
    """Whether a clause announces something and states nothing."""
    return bool(_ANNOUNCES.search(block.folded.chars[clause.start : clause.end]))


def _named(page: Page, block: BlockReading, span: Span) -> bool:
    """Whether a document, a body or a date is named in the sentence, one beside it that it refers to, or a heading."""
    spans: list[tuple[BlockReading, Span]] = [(block, span)]
    before = sentence_before(page, block, span)
    if before is not None:
        spans.append(before)
    after = sentence_after(block, span)
    if after is not None and block.folded.chars.startswith("(", after.sentence.start):
        spans.append((block, after))
    texts = [_source(b, s.sentence.start, s.sentence.end) for b, s in spans]
    headings = [*page.headings(block), *([page.title] if page.title is not None else [])]
    texts += [b.block.text.chars for b in headings]
    stem = page.stem(block)
    if stem is not None:
        texts.append(stem.block.text.chars)
    return any(_NAMED.search(text.replace(" ", "")) for text in texts)


def _source(block: BlockReading, start: int, end: int) -> str:
    """Words as they are written: folding leaves the marks of a book's title out."""
    a, b = block.folded.back(start, end)
    return block.block.text.chars[max(0, a - 1) : b + 1]
