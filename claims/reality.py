"""Whether what a clause says is so: now, or planned, past, undecided; everywhere, or in some places only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.language.grammar import Grammar
from claims.reading import Span

_COUNTED_SOME = re.compile(
    r"(?:(?!1个?省|1个?市)\d+|[二三四五六七八九十]十?[一二三四五六七八九]?)(?:多|余|来)?个?"
    r"(?:省份|省区市|省市|省|统筹地区|统筹区|城市|地市)"
    r"|(?:省份|省级行政区|省区市|省市|地区|地方|跨省的|省内的)(?:已经?|则|总数|数)?(?:有|达到?|增至|增加到|扩大到|扩到|为|是)\d+个"
)
_EVERY = re.compile(r"(?:都|均|全部|一律|悉数|全数|统统|无一例外)")


def counted_some(words: str, sentence: str) -> bool:
    """已有11个省份开通: so many places are some, unless the sentence says all of them."""
    return bool(_COUNTED_SOME.search(words)) and not _EVERY.search(sentence)


def unreal(parts: Sequence[Grammar], head: Grammar) -> bool:
    """Planned, past or undecided: no claim."""
    if head.unsure:
        return True
    if any(g.now for g in parts):
        return False
    # 由过去的三类放宽到近亲属: the past ends where something changed.
    return any(g.future for g in parts) or (any(g.past for g in parts) and not head.changed)


def conditioned(span: Span, head: int) -> bool:
    """可以跨省,不过要两头都开通才行: a condition on the places, said afterwards."""
    return any(g.some and (g.must or g.then or g.condition or g.unsure) for g in span.grammars[head + 1 :])


_GOES_ON = re.compile(r"(?:目前|暂时)?(?:仍|依旧|依然)")


def carried_some(span: Span, head: int, text: str) -> bool:
    """部分地区已开通,允许…: what is said of some places goes on to be, until a 但 or a 都 ends it. A 仍 at the
    beginning of a clause does not."""
    clauses = span.sentence.clauses
    for i in range(head, -1, -1):
        g = span.grammars[i]
        if g.some:
            return True
        if g.all_ or (g.contrast and not _GOES_ON.match(text, clauses[i].start)):
            return False
    return False


def elsewhen_from(span: Span) -> int | None:
    """The clause from which on a sentence speaks of the future or the past (要是哪天…), or None."""
    return next(
        (i for i, g in enumerate(span.grammars) if (g.future or (g.past and not g.changed)) and not g.now), None
    )
