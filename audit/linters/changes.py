"""Changes of a figure (从380元降至400元; 400元,比上年的380元提高20元) whose words and figures disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from audit.linters.figures import alike, is_point, quantities_in
from audit.linters.later import later
from audit.linters.page import Piece, Remark, remark
from claims.language.quantities import Quantity
from claims.reading import BlockReading, Span

_DOWN = r"降低|下降|下调|调低|减少|缩减|缩短|压缩|回落|降|减|(?<=暂)降"
_UP = r"提高|提升|上调|调高|上升|上涨|增加|增长|升高|延长|增|涨|升|提"
_TO = later(
    rf"(?P<verb>(?P<down>{_DOWN})|(?P<up>{_UP}))(?P<by>(?:了|约)*[^,。;:至到为达]{{0,12}}?)(?:后)?(?:至|到|为|成|达到?)"
    r"(?:了|约|大约|每人每年|每人|每年|每月|人均|原来的|现行的|20\d\d年度?的?|[^,。;:\d]{0,5})$"
)
_TURNED = later(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))了?[:,][^。;:]*?(?P<verb>变为|变成|改为|调整为|调整到|调到)[^,。;:\d]{{0,4}}$"
)
_COMPARED_WITH = later(r"(?:与|和|同|跟)[^,。;:]{0,10}$")
_FROM = later(r"(?:从|由|自)[^,。;:]{0,14}$")
_BEFORE = later(r"(?:原来?|此前|以前|之前|过去|去年|上年|上一?年度?|\d{4}年度?)(?:为|是|的|标准)*[^,。;:\d]{0,6}$")
_ONCE = later(
    r"(?:\(|,)(?:而|比)?(?:原来?|此前|之前|以前|过去|去年|上年)(?:为|是|的?标准为|仅为|仅有|的)*(?:每人每年|每年|每月|每人)?"
)
"""…(原为 and the like, between a new figure and the old one."""

_SEVERAL = later(r"分别|依次|逐年|逐步|每年(?:均|都|再)?(?:提|增|上|降|下|减)")
_STEP_RANGE = later(rf"(?:{_DOWN}|{_UP})(?:了|约)*$")
_THAN = later(r"(?:较|比|相比|相较于?)[^,。;:]{0,14}$")
_CHANGED = later(
    rf"(?:的?[^,。;:\d]{{0,4}}?)(?:(?P<up>{_UP}|高出?|多|贵|大)|(?P<down>{_DOWN}|低|少|便宜|小))(?:了|约)*(?P<by>[\d.]+)?"
)
_BY_WORDS = later(r"(?:了|出)*(?:一大截|一截|一大块|不少|许多|很多|一点儿?|一些|一倍|得多|多了|太多|老多)")
"""By how much, in words: it belongs to what is said."""
_TURNED_BY = later(rf"[^,。;:\d]{{0,8}}?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))")
_IF = later(r"如果?|若|当|不$|未$|是否")


def changed(block: BlockReading, span: Span) -> Iterator[Remark]:
    """从380元降至400元: the old figure, a verb, the new one."""
    text, start = block.folded.chars, span.sentence.start
    found = _steps_apart(block, quantities_in(block, start, span.sentence.end))
    for n, new in enumerate(found):
        clause = max(text.rfind(c, start, new.start) for c in ",。;:") + 1
        m = _TO.search(text, max(start, clause), new.start) or _TURNED.search(text, start, new.start)
        if m is None or not is_point(new):
            continue
        steps = [q for q in found[:n] if m.end("verb") <= q.start and q.end <= new.start]
        before = [q for q in found[:n] if q.end <= m.start("verb") and alike(q, new)]
        listed = n + 1 < len(found) and text[new.end : found[n + 1].start] in ("、", "和", "及")
        if listed or len(steps) > 1 or _SEVERAL.search(text, clause, new.start):
            continue
        after = found[n + 1] if n + 1 < len(found) else None
        if after is not None and _ONCE.fullmatch(text, new.end, after.start) and alike(after, new) and is_point(after):
            old = after
        elif before and is_point(before[-1]) and _is_old(text, start, before[-1], m.start("verb"), before):
            old = before[-1]
        else:
            continue
        up = m["up"] is not None
        old_piece, new_piece = (block, old.start, old.end), (block, m.start("verb"), new.end)
        word = m["verb"] if m.re is _TO else m["up"] or m["down"]
        if new.low == old.low or (new.low > old.low) != up:
            yield _against(new_piece, old_piece, word, text, old, new)
        elif steps and not comes_to(old, steps[0], new, up):
            yield remark(
                new_piece, old_piece, reason="comparison-step", old=text[old.start : old.end],
                step=m["verb"] + text[steps[0].start : steps[0].end], new=text[new.start : new.end],
            )  # fmt: skip


def _steps_apart(block: BlockReading, found: Sequence[Quantity]) -> list[Quantity]:
    """提高1000元至5000元 is no range: a step and where it leads."""
    text = block.folded.chars
    made: list[Quantity] = []
    for q in found:
        parts = re.match(r"[^至到]+元(?=[至到])", text[q.start : q.end])
        if parts is None or not _STEP_RANGE.search(text, 0, q.start):
            made.append(q)
            continue
        cut = q.start + parts.end()
        made.append(replace(q, end=cut, whole_end=cut, high=q.low))
        made.append(replace(q, start=cut + 1, whole_start=cut + 1, low=q.high))
    return made


def _is_old(text: str, start: int, old: Quantity, verb: int, before: Sequence[Quantity]) -> bool:
    """Whether a figure is the one that changed: 从…, 原为…, directly before the verb, or before the bracket."""
    between = text[old.end : verb]
    lead = text[max(start, old.start - 18) : old.start]
    bracket = between.rfind("(")
    if bracket >= 0:
        return bracket == 0 and ")" not in between and len(between) <= 14
    if re.search(r"[。;]", between) or len(between) > 16:
        return False
    if len(before) > 1 and text[before[-2].end : old.start] in ("、", "和", "及"):
        return False
    if len(between) <= 3 and not re.search(r"[,:]", between):
        return True
    return bool(_FROM.search(lead) or _BEFORE.search(lead))


def comes_to(old: Quantity, step: Quantity, new: Quantity, up: bool) -> bool:
    """380元 + 20元 = 400元; 60% + 5个百分点 = 65%; 380元 and 5% more."""
    sign = 1 if up else -1
    if step.unit == new.unit or (step.unit, new.unit) == ("percent_point", "percent"):
        off = abs(old.low + sign * step.low - new.low)
        near = Decimal(0) if new.high < 10_000 else new.high / 150
        return off <= near or step.approx or (step.unit == new.unit == "percent")
    if step.unit == "percent":
        return abs(old.low * (100 + sign * step.low) / 100 - new.low) <= new.high / 30
    return True


def since(block: BlockReading, span: Span) -> Iterator[Remark]:
    """400元,比上年的380元提高20元: the new figure, then the old one, a verb and perhaps the step."""
    text, start, end = block.folded.chars, span.sentence.start, span.sentence.end
    found = quantities_in(block, start, end)
    for n, old in enumerate(found):
        m = _THAN.search(text, start, old.start)
        changed = _CHANGED.match(text, old.end, end)
        if m is None or changed is None or not is_point(old):
            continue
        news = [q for q in found[:n] if q.end <= m.start() and alike(q, old)]
        if len(news) != 1 or not is_point(news[0]) or re.search(r"[。;]", text[news[0].end : m.start()]):
            continue
        [new] = news
        if m.start() - new.end > 8 or _IF.search(text, m.start() - 2, m.start()):
            continue
        up = changed["up"] is not None
        step = found[n + 1] if n + 1 < len(found) and found[n + 1].start <= changed.end() <= found[n + 1].end else None
        by = _BY_WORDS.match(text, changed.end(), end)
        end_of = max(changed.end(), step.end if step else by.end() if by else 0)
        pieces: tuple[Piece, Piece] = (block, m.start(), end_of), (block, new.start, new.end)
        if new.low == old.low or (new.low > old.low) != up:
            yield _against(*pieces, changed["up"] or changed["down"], text, old, new)
        elif step is not None and not comes_to(old, step, new, up):
            yield remark(
                *pieces, reason="comparison-step",
                old=text[old.start : old.end], new=text[new.start : new.end],
                step=(changed["up"] or changed["down"]) + text[step.start : step.end],
            )  # fmt: skip


def compared(block: BlockReading, span: Span) -> Iterator[Remark]:
    """与2023年的350元相比,2024年的380元下降了30元."""
    text, start, end = block.folded.chars, span.sentence.start, span.sentence.end
    found = quantities_in(block, start, end)
    for old, new in pairwise(found):
        if not text.startswith("相比", old.end) or not _COMPARED_WITH.search(text, start, old.start):
            continue
        turned = _TURNED_BY.match(text, new.end, end)
        if turned is None or not alike(old, new):
            continue
        if is_point(old) and is_point(new) and (new.low == old.low or (new.low > old.low) != bool(turned["up"])):
            word = turned["up"] or turned["down"]
            yield _against((block, new.start, turned.end()), (block, old.start, old.end), word, text, old, new)


def _against(stated: Piece, refuted: Piece, verb: str, text: str, old: Quantity, new: Quantity) -> Remark:
    a, b = text[old.start : old.end], text[new.start : new.end]
    return remark(stated, refuted, reason="comparison-mismatch", word=verb, a=a, b=b)
