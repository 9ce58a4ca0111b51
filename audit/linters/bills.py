"""Who pays what: shares of a bill that do not make the whole, a bill and its parts, so much each for so many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from audit.linters.figures import in_words, is_point, is_total, plain, quantities_in, sum_in_words
from audit.linters.later import later
from audit.linters.page import Remark, remark
from claims.reading import BlockReading, Span

_FUND = r"(?:统筹基金|医保基金|基金|统筹|医保|财政|政府|大病保险)"
_SELF = r"(?:个人|患者|参保人|病人|自己|本人)"
_PAID = r"(?:支付|报(?!销)|承担|负担|报销|补助|分担|支出|出)"
_SHARE = r"(?:[\d.]+%|[一二三四五六七八九]成)"
_FUND_PAYS = later(
    rf"(?:由?{_FUND}(?:按|按照)?{_PAID}(?:比例)?(?:为|是|占)?(?:约)?(?P<a>{_SHARE})"
    rf"|(?P<b>{_SHARE})(?:的?费用)?(?:则|都|均|是)?由{_FUND}{_PAID}"
    rf"|(?:可|能|可以)?报销了?(?:比例)?(?:为|是)?(?P<c>{_SHARE}))"
)
_SELF_PAYS = later(
    rf"(?:由?{_SELF}(?:只|仅)?(?:需|要|须|应)?(?:再)?(?:自行)?(?:自付|自负|自费|支付|承担|负担|出|掏)(?:比例)?(?:为|是|占)?(?P<a>{_SHARE})"
    rf"|(?P<b>{_SHARE})(?:的?费用)?(?:则|都|均|是)?由?{_SELF}(?:自付|自负|自费|支付|承担|负担|出|掏)"
    rf"|(?:自付|自负)(?:比例)?(?:为|是)?(?P<c>{_SHARE}))"
)
_SPLIT = later(r"(?:由|共同|[两三四]方)[^,。;:\d]{0,16}(?:分担|分摊|共担|承担|构成|组成)[^,。;:\d]{0,8}:")
_NOT_SHARES = later(
    r"先行?|首先|乙类|目录外|缴|再按|(?:其余|剩余|剩下)(?!的?[\d.一二三四五六七八九]+[%成])|不低于|不超过|最高|至少|左右|约|起付|大病|救助|二次|或|每"
)
_COST = later(r"(?:总费用|医疗费用|医药费|费用|花费?了?|用了|消费)[^,。;:\d]{0,6}$")
_PAID_BACK = later(
    r"(?:报销|报了|报|(?:基金|统筹|医保|大病保险|商业保险|医疗救助|救助)(?:再|又)?(?:支付|报销|赔付|救助)?)了?[^,。;:\d自]{0,4}$"
)
_PAID_SELF = later(
    r"(?:自付|自费|自负|自己[^,。;:\d]{0,4}[付掏出]|个人[^,。;:\d账]{0,4}(?:[付掏出]|负担|承担))[^,。;:\d]{0,3}$"
)
_MORE_ON_THE_BILL = later(r"其中|另|账户|每|缴|起付|自费")
WORKED = later(r"×|÷|起付|报销|扣除|减去")
"""What makes of a sentence a calculation with more steps than adding up."""


def bills(block: BlockReading, span: Span) -> Iterator[Remark]:
    yield from _shares(block, span)
    yield from _bill(block, span)
    yield from _times(block, span)


def _shares(block: BlockReading, span: Span) -> Iterator[Remark]:
    """70%由基金支付,个人负担40%: what one pays the other does not."""
    text, start, end = block.folded.chars, span.sentence.start, span.sentence.end
    percents = quantities_in(block, start, end, "percent")
    split = _SPLIT.search(text, start, end)
    if split and len(percents) > 1 and all(q.start > split.end() and is_point(q) and q.bound is None for q in percents):
        total = sum((q.low for q in percents), Decimal(0))
        if abs(total - 100) > 1 and not re.search(r"左右|约|或|不等", text[start:end]):
            yield remark(
                (block, *split.span()), [(block, q.start, q.end) for q in percents], reason="sum-shares",
                a=sum_in_words(text, percents[:-1]), b=text[percents[-1].start : percents[-1].end], total=plain(total),
            )  # fmt: skip
        return
    if len(percents) != 2 or not all(is_point(q) for q in percents) or _NOT_SHARES.search(text[start:end]):
        return
    fund, own = _FUND_PAYS.search(text, start, end), _SELF_PAYS.search(text, start, end)
    if fund is None or own is None:
        return
    spans = [next(m.span(g) for g in "abc" if m[g]) for m in (fund, own)]
    of = [next((q for q in percents if q.start == s[0]), None) for s in spans]
    if of[0] is None or of[1] is None or of[0] is of[1] or of[0].low + of[1].low == 100:
        return
    if of[0].low + of[1].low < 50:  # contributions, not shares of a bill
        return
    yield remark(
        (block, *fund.span()), (block, *own.span()), reason="sum-shares", a=text[slice(*spans[0])],
        b=text[slice(*spans[1])], total=plain(of[0].low + of[1].low),
    )  # fmt: skip


def _bill(block: BlockReading, span: Span) -> Iterator[Remark]:
    """花费1000元,报销700元,自付400元: what was paid back and what was not make the bill."""
    text, start, end = block.folded.chars, span.sentence.start, span.sentence.end
    found = quantities_in(block, start, end, "yuan")
    if not 3 <= len(found) <= 5 or not all(is_point(q) and not q.per for q in found):
        return
    if _MORE_ON_THE_BILL.search(text, start, end):
        return
    before = [text[max(start, q.start - 16) : q.start] for q in found]
    roles = [
        "cost" if _COST.search(b) else "back" if _PAID_BACK.search(b) else "self" if _PAID_SELF.search(b) else ""
        for b in before
    ]
    if roles.count("cost") != 1 or roles.count("self") != 1 or "" in roles:
        return
    cost = found[roles.index("cost")]
    parts = [q for q, role in zip(found, roles, strict=True) if role != "cost"]
    if not is_total(parts, cost):
        yield remark(
            (block, cost.start, cost.end), [(block, q.start, q.end) for q in parts], reason="sum-mismatch",
            whole=text[cost.start : cost.end], parts=sum_in_words(text, parts),
            total=in_words(sum((q.low for q in parts), Decimal(0)), text[parts[0].start : parts[0].end]),
        )  # fmt: skip


def _times(block: BlockReading, span: Span) -> Iterator[Remark]:
    """每人380元,一家四口共1500元: so much each, so many, so much in all."""
    text, start, end = block.folded.chars, span.sentence.start, span.sentence.end
    found = quantities_in(block, start, end)
    if len(found) != 3 or not all(is_point(q) and q.bound is None and not q.approx for q in found):
        return
    each, many, whole = found if found[0].unit == "yuan" else (found[1], found[0], found[2])
    per = {"person": "person", "month": "month", "year": "year", "times": "visit"}.get(many.unit, "")
    if each.unit != "yuan" or whole.unit != "yuan" or per not in each.per or many.low < 2 or whole.per:
        return
    if not re.search(r"共|合计|总计|一起|全家|加起来", text[max(many.end, each.end) : whole.start]):
        return
    if WORKED.search(text, start, end):
        return
    right = each.low * many.low
    if right != whole.low and whole.low % right != 0:
        yield remark(
            (block, whole.start, whole.end), [(block, q.start, q.end) for q in (each, many)],
            reason="sum-mismatch", whole=text[whole.start : whole.end], total=plain(right),
            parts=f"{text[each.start : each.end]} × {text[many.start : many.end]}",
        )  # fmt: skip
