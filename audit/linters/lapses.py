"""A lapse that is made up in time, by the rule without loss, and in the example with a wait all the same."""

from __future__ import annotations

from audit.linters.figures import is_point, quantities_in
from audit.linters.illustrations import Illustration
from audit.linters.later import later
from audit.linters.page import Piece, Remark, remark, words

_WHOLE = later(
    r"(?:视[为同作]|算作?|当)[^,。;]{0,4}(?:连续|没断|未断|未中断|没中断)|无缝|连续(?:计算|参保|享受)|不受影响|不影响|没有等待期|"
    r"不设等待期|无等待期|接着算|照常(?:报|享受)|即时恢复|当月恢复"
)
_MAKES_UP = later(r"补(?:缴|交|齐|上|办|回|足)")
_LEFT_IN = later(r"(?P<m>\d{1,2})月[^。;月]{0,8}?(?:停|断|离职|辞职|失业|辞工|没交|没缴)")
_BACK_IN = later(r"(?P<m>\d{1,2})月[^。;月]{0,24}?补(?:缴|齐|上|交|办|回|足)")
_WAITS = later(
    r"(?:等|熬|过|满|候)(?:上|够|足|满)?(?:\d{1,2}|[一二两三四五六]|半)个?[月年][^。;]{0,8}?(?:才|方|后|之后)[^,。;]{0,8}?(?:报|享受|恢复|用)"
    r"|(?:有|设|进入|经过|重新计算)[^,。;]{0,6}等待期|等待期[^,。;]{0,4}(?:\d{1,2}|[一二两三四五六])个?月"
)
_NOT = later(r"不|没|无|免|别|才怪|误")


def waits_though_made_up(one: Illustration) -> Remark | None:
    """断缴不超过3个月补齐的,待遇不受影响。例如她停了两个月补上,还得等6个月才能报."""
    block, start, end = one.rule
    text = block.folded.chars
    limits = [q for q in quantities_in(block, start, end, "month") if q.bound == "max" and is_point(q)]
    kept = _WHOLE.search(text, limits[0].end, end) if len(limits) == 1 else None
    if kept is None or not _MAKES_UP.search(text, start, kept.end()):
        return None
    waits = _WAITS.search(one.shown)
    made_up = _MAKES_UP.search(one.shown, 0, waits.start()) if waits else None
    if waits is None or made_up is None or _NOT.search(one.shown[max(0, waits.start() - 3) : waits.start()]):
        return None
    months = _months_out(one, waits.start())
    if months is None or months > limits[0].high:
        return None
    rule: Piece = (block, max(start, *(text.rfind(c, start, limits[0].start) + 1 for c in ",。;:")), kept.end())
    shown: Piece = (one.example[0], one.example[1] + made_up.start(), one.example[1] + waits.end())
    return remark(rule, shown, reason="rule-limit", rule=words(rule), shown=waits[0])


def _months_out(one: Illustration, upto: int) -> int | None:
    """How long the lapse of an example lasted: as it says, else from the month that it began in to that of paying."""
    block, start, _ = one.example
    told = [q for q in quantities_in(block, start, start + upto, "month") if is_point(q) and q.bound is None]
    if len(told) == 1:
        return int(told[0].low)
    left = _LEFT_IN.search(one.shown)
    back = _BACK_IN.search(one.shown, left.end()) if left else None
    return (int(back["m"]) - int(left["m"])) % 12 if left and back and not told else None
