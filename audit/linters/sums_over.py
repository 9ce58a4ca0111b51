"""A whole that a sentence states of two or three figures told in the sentences, items or lines before it:
个人缴400元。财政补助670元。两笔加起来1090元。"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from audit.linters.figures import alike, can_be_total, in_words, is_point, is_total, quantities_in
from audit.linters.later import later
from audit.linters.page import Page, Piece, Remark, remark, words
from claims.language.quantities import Quantity
from claims.reading import BlockReading, Span

_ALL = later(
    r"(?:这|以上|前面这?|上述)?(?P<n>[两二三四234])(?:笔|项|者|部分|头|块|份|样|边|下|处|个数)(?:钱|账|费用|数|资金|里|都|全)?"
    r"(?:加|合|凑|相加|算|总|一共|共)[^,。;:\d]{0,8}"
)
"""两笔钱加在一起,: so many figures, told before."""
_SO_MANY = {"两": 2, "二": 2, "三": 3, "四": 4, "2": 2, "3": 3, "4": 4}
_IF = later(r"如果|假如|若|比如|例如|涨|降|差|每多|打折|减免|以前|去年|上年")


def sums_over(page: Page, block: BlockReading, span: Span) -> Iterator[Remark]:
    """What a sentence of a block adds up wrongly."""
    text, start, end = block.folded.chars, span.sentence.start, span.sentence.end
    m = _ALL.search(text, start, end)
    if m is None or any(g.asks for g in span.grammars):
        return
    found = quantities_in(block, start, end, "yuan")
    if len(found) != 1 or found[0].start < m.end() or not is_point(found[0]) or "month" in found[0].per:
        return
    [whole] = found
    parts = _told_before(page, block, start, _SO_MANY[m["n"]])
    if not parts or _IF.search(text, start, end) or _bracketed(text, start, whole.start):
        return
    added = [_exact(q) for _, q in parts]
    if not all(alike(q, whole) for q in added):
        return
    one = _exact(whole)
    if is_total(added, one) or can_be_total(added, one):
        return
    pieces: list[Piece] = [(b, q.start, q.end) for b, q in parts]
    total = in_words(sum((q.low for q in added), Decimal(0)), words(pieces[0]))
    stated = (block, whole.start, whole.end)
    yield remark(
        stated, pieces, reason="sum-mismatch", whole=words(stated), total=total + "元",
        parts=" + ".join(words(p) for p in pieces),
    )  # fmt: skip


def _told_before(page: Page, block: BlockReading, at: int, wanted: int) -> list[tuple[BlockReading, Quantity]]:
    """The amounts of what stands right before, as far back as so many are told; none where these are not just as many.
    A figure in brackets is said beside, a sentence without any ends it."""
    found: list[tuple[BlockReading, Quantity]] = []
    for before, start, end in _pieces_before(page, block, at):
        text = before.folded.chars
        told = [q for q in quantities_in(before, start, end, "yuan") if not _bracketed(text, start, q.start)]
        if not told or not all(is_point(q) for q in told) or _IF.search(text, start, end):
            return []
        found = [(before, q) for q in told] + found
        if len(found) >= wanted:
            return found if len(found) == wanted else []
    return []


def _pieces_before(page: Page, block: BlockReading, at: int) -> Iterator[Piece]:
    """The sentences before a place of a block, nearest first; where there are none, the blocks before it."""
    before_it = [s.sentence for s in block.spans if s.sentence.start < at]
    yield from ((block, s.start, s.end) for s in reversed(before_it))
    if before_it:
        return
    kind, headings = block.block.kind, block.block.headings
    for before in page.blocks[max(0, block.index - 4) : block.index][::-1]:
        if before.block.kind not in (kind, "list_item") or before.block.headings != headings:
            return
        yield before, 0, len(before.folded.chars)


def _bracketed(text: str, start: int, at: int) -> bool:
    return text.rfind("(", start, at) > text.rfind(")", start, at)


def _exact(q: Quantity) -> Quantity:
    """不低于670元 and 400元 come to 不低于1070元: added up as they are named."""
    return msgspec.structs.replace(q, bound=None)
