"""# answer-mismatch（回答与正文不符）

## 是什么

标题或小标题提了一个问题，开头答“可以”“不可以”“需要”“不需要”或一个数字，正文说的却相反。

## 为什么要紧

很多读者只看第一句；搜索结果里摘出来的也正是这一句。

## 例子

- 标题“统筹账户家属能用吗”，答“能用”，正文“家属碰不到统筹的钱”。
- 标题“医保断缴后能补缴吗”，答“可以”，正文“断缴后不得补缴”。

## 怎么办

1. 核对哪一方对。
2. 改回答，或改正文。
3. 回答有前提的，把前提写进第一句：可以，但限断缴3个月以内。

## 级别

警告；涉及三个核心主题的是错误。

# answer-mismatch

## What it is

A title or heading asks, the text begins with yes, no, 需要, 不需要 or a figure, and goes on to say the opposite.

## Why it matters

Many read no further than the first line, and it is the line that search results show.

## Example

- Title 统筹账户家属能用吗, answer 能用, text 家属碰不到统筹的钱.
- Title 医保断缴后能补缴吗, answer 可以, text 断缴后不得补缴.

## How to resolve it

1. Find out which of the two is right.
2. Correct the answer, or the text.
3. If the answer depends on something, say so in the first line: 可以，但限断缴3个月以内.

## Severity

Warning; an error on one of the three core topics.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from audit.linters.assertions import Assertion, assertions
from audit.linters.cases import contrary
from audit.linters.later import later
from audit.linters.page import Page, Piece, whole
from audit.linters.permits import Rule, act_of, firm, rule, rules
from audit.linters.told import claims_at, judged
from audit.model import Defect, DefectCode
from audit.verdict import judge
from claims.language.clauses import Clause
from claims.language.quantities import Quantity
from claims.lending import asks_at_end
from claims.reading import BlockReading, Span

CODE: DefectCode = "answer-mismatch"

_LABEL = r"(?:答案是?|答|回答|结论是?|答复)?[:]?(?:一般|通常|原则上|目前|暂时|当然|都|也|还)*"
_YES = later(
    rf"{_LABEL}(?:可以的?|能够?|能用|能的|行的?|需要的?|要的?|必须|应当|支持|允许|会的?|是的|对的?|有的?|没问题)(?=[,。;!:(]|$)"
)
_NO = later(
    rf"{_LABEL}(?:不可以|不可|不能用?|不能够|不行|不需要|不用|无需|无须|不必|不支持|不允许|不会|不是|没有|不得|不对|否|不要)"
    r"(?=[,。;!:(]|$)"
)
_MAY_ASKED = later(
    r"(?:能不能|可不可以|可以不可以|能否|可否|是否可以|是否能够?|是否允许|是否支持|支不支持|可以|可(?![能靠])|能够?|允许|支持)"
)
_MUST_ASKED = later(r"(?:需不需要|要不要|是否需要|是否必须|用不用|是不是(?:一定)?要|必须|需要|需|要)")
_ASKS_END = later(r"[吗么呢吧嘛]?[?]?$")
_MUST = later(
    r"(?P<no>不再(?!允许|支持|接受)|不需要?|无需|无须|不必|不用|毋须|用不着|免于)|(?P<yes>必须|务必|须|需要?|应当|应该|一定要|得先)"
)
_HOW_MUCH = later(r"多少钱?|几(?:元|个月|年|天)?|多高|多久|多长时间|是多少")
_FILLING = later(
    r"单独|个人|需要?|缴纳|缴费|缴存|缴|交|医疗保险|医保|保险|标准|费用?|金额|每(?:人|月|年)|一个月|一年|每个月|比例|为|是|的|大约|约|[,:、()]"
)


class _Answered(msgspec.Struct, frozen=True):
    """A question (block `asked`) and the sentence that answers it; `body` are the blocks that the question heads."""

    asked: BlockReading
    block: BlockReading
    span: Span
    yes: bool | None
    body: frozenset[int]

    @property
    def piece(self) -> Piece:
        s = self.span.sentence
        return self.block, s.start, s.end

    @property
    def bare(self) -> Piece:
        """The clause that says yes or no."""
        c = self.span.sentence.clauses[0]
        return self.block, c.start, c.end


def check(page: Page) -> Iterator[Defect]:
    for answered in _answers(page):
        found = list(_claims(page, answered))
        yield from found
        if not found:
            yield from _acts(page, answered)
            yield from _figures(page, answered)


def _answers(page: Page) -> Iterator[_Answered]:
    for asked in page.blocks:
        if asked.block.kind not in ("title", "heading", "term") or not asked.spans:
            continue
        if not asks_at_end(asked) and not _HOW_MUCH.search(asked.folded.chars):
            continue
        block = next((b for b in page.blocks[asked.index + 1 :] if b.block.kind != "title"), None)
        if block is None or not block.spans or block.block.kind in ("heading", "term", "cell"):
            continue
        span = block.spans[0]
        opening = span.sentence.clauses[0]
        yes = _says(page, block, opening)
        figure = bool(_first_figure(block, span)) and bool(_HOW_MUCH.search(asked.folded.chars))
        if yes is None and not figure:
            continue
        yield _Answered(asked, block, span, yes, _body(page, asked, block))


def _says(page: Page, block: BlockReading, opening: Clause) -> bool | None:
    """Yes or no, or neither: what an opening clause answers."""
    text = block.folded.chars
    if _YES.match(text, opening.start):
        return True
    if _NO.match(text, opening.start):
        return False
    # 能报, 绑不了: an answer that says it with the verb asked for.
    bare = next((u for u in page.reading.units if u.bare and u.reading is block and u.head == opening), None)
    return bare.grammar.sign > 0 if bare is not None and bare.grammar.sign and not bare.flip else None


def _first_figure(block: BlockReading, span: Span) -> Quantity | None:
    """The figure that a sentence begins with, or which is nearly all it says (三级医院800元)."""
    s = span.sentence
    for q in block.quantities:
        if s.start <= q.start < s.end:
            return q if q.start - s.start <= _LEAD or s.end - s.start <= _SHORT else None
    return None


_LEAD, _SHORT = 2, 14
"""Characters before the figure of an answer, and of an answer in all."""


def _body(page: Page, asked: BlockReading, block: BlockReading) -> frozenset[int]:
    if asked is page.title:
        return frozenset(range(block.index, len(page.blocks)))
    if asked.block.kind == "term":
        return frozenset({block.index})
    return frozenset(b.index for b in page.blocks[block.index :] if b is block or asked.index in b.block.headings)


def _claims(page: Page, answered: _Answered) -> Iterator[Defect]:
    """A claim of the answer against one of the body on the same topic."""
    own = claims_at(page, answered.piece)
    body = [whole(page.blocks[i]) for i in sorted(answered.body) if page.blocks[i].spans]
    others = [c for c in claims_at(page, *body) if c not in own]
    for mine in own:
        against = [
            c for c in others
            if c.topic == mine.topic and c.topic in page.domain.topics
            and (v := judge(mine, c, page.domain.topics[c.topic])).kind in ("self-contradiction", "contradiction")
            and v.severity != "info"
        ]  # fmt: skip
        if against:
            yield page.defect(CODE, page.of_claim(mine), [page.of_claim(c) for c in against], topic=mine.topic)


def _acts(page: Page, answered: _Answered) -> Iterator[Defect]:
    """A bare yes or no to 能…吗 or 需要…吗 against what the body allows, forbids or requires, on no topic."""
    question = _asked(page, answered)
    if question is None or not firm(answered.span.grammars[0]):
        return
    stated, must = question
    for other in _required(page) if must else rules(page):
        if (
            other.block.index in answered.body
            and other.span is not answered.span
            and contrary(stated, other)
            and judged(page, answered.piece, other.piece) is None
        ):
            yield page.defect(CODE, answered.bare, other.piece, reason="answer-act", act=stated.act)


def _asked(page: Page, answered: _Answered) -> tuple[Rule, bool] | None:
    """The rule that question and answer state together, and whether it is one of 必须 (else of 可以)."""
    if answered.yes is None:
        return None
    asked, span = answered.asked, answered.asked.spans[-1]
    clause = span.sentence.clauses[-1]
    words = _ASKS_END.sub("", asked.folded.chars[span.sentence.start : clause.end])
    for way, must in ((_MUST_ASKED, True), (_MAY_ASKED, False)):
        modals = list(way.finditer(words))
        if not modals:
            continue
        act, moved = act_of(words[modals[-1].end() :])
        if act is None:
            continue
        stated = rule(
            page, Assertion(answered.block, answered.span, 0), answered.yes, act, words[: modals[-1].start()] + moved
        )
        return stated, must
    return None


def _required(page: Page) -> Iterator[Rule]:
    """What the part requires (`allowed`: it must be done) or says need not be."""
    for said in assertions(page):
        found = list(_MUST.finditer(said.words))
        if not found or not firm(said.grammar) or said.block.block.kind == "cell":
            continue
        m = found[-1]
        act, moved = act_of(said.words[m.end() :])
        if act is not None:
            yield rule(page, said, m["yes"] is not None, act, said.words[: m.start()] + moved)


def _figures(page: Page, answered: _Answered) -> Iterator[Defect]:
    """A bare figure against the figure that the body gives beside the very thing that was asked about."""
    question = answered.asked.folded.chars
    how = _HOW_MUCH.search(question)
    first = _first_figure(answered.block, answered.span)
    if how is None or first is None:
        return
    found: list[tuple[Piece, Quantity]] = []
    for said in assertions(page):
        if said.block.index not in answered.body:
            continue
        for q in said.block.quantities:
            if q is first or not said.clause.start <= q.start < said.clause.end or not _like(q, first, question):
                continue
            start, label = _label(said, q)
            if _is_about(label, question[: how.start()]):
                found.append(((said.block, start, said.clause.end), q))
    if found and all(_differs(q, first) for _, q in found):
        yield page.defect(
            CODE, (answered.block, first.whole_start, first.whole_end), [p for p, _ in found], reason="answer-figure",
            stated=answered.block.folded.chars[first.whole_start : first.whole_end],
            found="、".join(dict.fromkeys(p[0].folded.chars[q.whole_start : q.whole_end] for p, q in found)),
        )  # fmt: skip


def _like(q: Quantity, answer: Quantity, question: str) -> bool:
    """Whether a figure is of the kind that was asked for and answered: its unit, and a month's or a year's."""
    asked = {per for per, words in (("month", "月"), ("year", "年")) if words in question} or {*answer.per} - {"person"}
    return q.unit == answer.unit and q.bound == answer.bound and {*q.per} - {"person"} == asked


def _differs(a: Quantity, b: Quantity) -> bool:
    """Whether two figures, both exact or both limits of one kind, are not the same."""
    if a.bound == "max":
        return a.high != b.high
    return a.low != b.low if a.bound == "min" else a.high < b.low or b.high < a.low


def _label(said: Assertion, q: Quantity) -> tuple[int, str]:
    """The words before a figure in its clause, or the clause before that ends in a colon; and where they begin."""
    text = said.block.folded.chars
    label = text[said.clause.start : q.start]
    if said.at and len(_FILLING.sub("", label)) < 2:
        before = said.span.sentence.clauses[said.at - 1]
        if before.closed_by == ":":
            return before.start, text[before.start : q.start]
    return said.clause.start, label


def _is_about(label: str, asked: str) -> bool:
    """Whether a label names nothing that the question does not, and shares with it what the question ends in."""
    core = _FILLING.sub("", label)
    subject = _FILLING.sub("", asked)
    return len(core) >= 2 and core in subject and subject.endswith(core)
