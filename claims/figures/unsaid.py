"""What of a sentence asserts no figure: questions, plans, the past, beliefs, steps of a change (提高20元, 由380元)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from claims.figures.marks import Anchor
from claims.language.clauses import Clause
from claims.language.lexicon import Hit
from claims.reading import BlockReading, Span

_PLAN = re.compile(
    r"拟(?![定制])|预计|计划(?!生育|免疫|内|单列)|有望|争取|力争|征求意见|建议|理解[成为]|或将|设想|规划|目标|呼吁|打算(?![^,。;:]{1,12}的)|提案|传闻|听说|据说|网传|[网线]上[在都]?传|群里[在都]?传|坊间传|外[头面]传|消息称|谣传|谣言称"
)
"""打算养老的工友 has a plan of his own; nothing is planned of the figures."""
_CHANGE_TO = r"(?:提高|上涨|涨|增加|调整|上调|上浮|降|下调|下降|提升|升|增|减|变|改|扩大|缩短|延长|涨价|回落|压缩|放宽)"
_FROM = re.compile(
    r"(?:从|由)(?:原来|原先|原|此前|先前|去年|上年|上一年|之前|以前|过去|目前|现行|旧)?的?(?:每人|每年|每人每年|人均)?$"
)
_STEP = re.compile(
    r"(?:提高|增加|上涨|上调|上浮|涨|增|降低|下降|下调|减少|降|减|(?<!最)高|高出|高了|(?<!最)低|低了|(?<![最至顶])多|(?<![最至])少|提升|增长|优惠|减免|加|浮动|"
    r"添|延长|缩短|推迟|顺延|补贴|返还|差|相差|便宜|贵|扣减|递减|递增|倾斜|每(?:多|再)?(?:断缴|断交|中断|断))(?:了|约|近|各|出|收|报|缴|交|付|上|掏|花|拿){0,2}$"
)
_OLD = re.compile(
    r"(?:原来|原先|此前|先前|去年|上年|以前|过去|之前|前些年|早些年|早年|当年|曾|曾经)(?:的|是|为|只|才|只要|只需)?[^,。;:]{0,10}$"
)
_INSTEAD = re.compile(r"(?:不是|而非|并非|不再是|不只是)[^,。;:]{0,6}$")
_IMAGINED = re.compile(r"假设|假如|假定|假使|设想一下|举个例子|打个比方|比方说")
_ONCE = re.compile(
    r"(?:早?在)?(?:(?:(?:19|20)\d\d年(?:\d+月)?|改革|调整)(?:以前|之前|前)|以前|过去|从前|早年|早些年|那时候?|当时|原先|原来)[,:]?"
)
"""A clause of its own: what follows it was so once."""


class Unsaid(msgspec.Struct, frozen=True):
    """`[start, end)` asserts no figure; `future` where only as it is still to come: a day that is set counts."""

    start: int
    end: int
    future: bool = False


def unsaid(reading: BlockReading, span: Span, *, believed: frozenset[Clause], dated: int | None) -> Iterator[Unsaid]:
    """The spans of a sentence that asks nothing whose figures the text does not assert. `dated`: where it first names
    the year of its figures, so that past ones behind it and decided ones count too (section 7, 14); `believed`: clauses
    that are somebody's belief."""
    text = reading.folded.chars
    s = span.sentence
    imagined = _IMAGINED.search(text, s.start, s.end)
    if imagined:
        # …按70%报销 假如总费用两万元: what begins after a gap says nothing of what stands before it.
        begins = imagined.start() in reading.folded.gaps
        yield Unsaid(imagined.start() if begins else s.start, s.end)
    planned = once = False
    for clause, grammar in zip(s.clauses, span.grammars, strict=True):
        planned = planned or bool(_PLAN.search(text, clause.start, clause.end))
        asks = grammar.asks and grammar.answer_from is None and not (grammar.need_not or grammar.irrelevant)
        once = not (grammar.changed or grammar.now) and (once or bool(_ONCE.fullmatch(text, clause.start, clause.end)))
        of_year = dated is not None and dated < clause.end
        past = once or (grammar.past and not (grammar.changed or grammar.now or of_year))
        future = grammar.future and not (dated is not None or grammar.now)
        if planned or asks or past or clause in believed or grammar.unsure:
            yield Unsaid(clause.start, clause.end)
        elif future:
            yield Unsaid(clause.start, clause.end, future=True)


def is_step(text: str, anchor: Anchor, clause_start: int, called: Sequence[Hit] = ()) -> bool:
    """上调20元, 由380元提高到…, 而不是380元: a step of a change, or what is no more. Words that are part of a cue right
    before the number (国家补贴670元) make it none."""
    before = text[clause_start : anchor.start]
    if text[anchor.start] == "达":
        before = before.removesuffix("高")
    step = _STEP.search(before)
    if step and not any(c.start <= clause_start + step.start() and c.end == anchor.start for c in called):
        return True
    if _INSTEAD.search(before):
        return True
    if text.startswith(("的标准提高", "的基础上"), anchor.end) or _OLD.search(before):
        return not re.search(r"(?:19|20)\d\d年", before)
    if _FROM.search(before) and anchor.bound != "min":
        # 从50%起步: where it begins, and no change.
        return bool(re.search(_CHANGE_TO + r"|到|至", text[anchor.end : anchor.end + 14]))
    return False
