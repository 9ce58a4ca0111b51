"""What a text reports as somebody's belief, and whether it denies it."""

from __future__ import annotations

import re
from collections.abc import Callable

from claims.labels import misbelief_label
from claims.language.clauses import Clause
from claims.reading import BlockReading, Lent, Span

_SHORTEST_BELIEF = 4
"""A clause that holds more than the belief word holds the belief itself (characters)."""


_HEARSAY = re.compile(r"有人|网上|网友|群里|朋友圈|在传|传说|传的|听人|听谁|以讹")
"""Words of what others say, before the word that tells of a belief."""


_GESTURE = re.compile(r"[摆摇].{0,3}[手头]$")
"""店员摆摆手:“先去绑定。” What somebody says then is the answer; before a colon the gesture denies only a belief."""


_CALMS = re.compile(r"(?:不用|不必|无需)担心(?:[,。;!]|$)")
"""可以跨省使用,不用担心。: calms, and denies nothing but what somebody fears."""


def beliefs(reading: BlockReading, lent: Lent) -> frozenset[Clause]:
    """The clauses of a block that tell somebody's belief, denied or not: what they say of figures is not asserted."""
    told: list[Clause] = []
    for number, span in enumerate(reading.spans):
        following = reading.spans[number + 1] if number + 1 < len(reading.spans) else None
        s, text = span.sentence, reading.folded.chars
        state = believed(span, following, lent, text)
        begins = next((c.start for c, g in zip(s.clauses, span.grammars, strict=True) if g.believes is not None), -1)
        for c in s.clauses:
            # 断缴三个月内可补,有人说随时能补,没这回事: what comes before the belief is the text's own.
            own = c.end <= begins and not _HEARSAY.search(text, s.start, c.end)
            if state(c) == "flip" or (state(c) == "skip" and not own):
                told.append(c)
    return frozenset(told)


def believed(span: Span, following: Span | None, lent: Lent, text: str) -> Callable[[Clause], str]:
    """A function head clause -> "keep", "skip" or "flip": is it somebody's belief, and does the text deny it? It is a
    "comment" where it is the denial, and says nothing beside what it denies (…，不属实)."""
    s = span.sentence
    label = misbelief_label(text[s.start : s.end]) or (lent.misbelief and s.start == 0)
    answered = following is not None and following.grammars[0].denies
    tells = any(g.denies or g.believes is not None or g.disbelieves is not None for g in span.grammars)
    if not (label or answered or tells):
        # Most sentences tell of no belief and deny none.
        return _kept
    belief_at = next((g.believes for g in span.grammars if g.believes is not None), None)
    denials = [
        c.start for c, g in zip(s.clauses, span.grammars, strict=True)
        if g.denies and not (belief_at is None and c.closed_by == ":" and _GESTURE.search(text, c.start, c.end))
        and (belief_at is not None or not _CALMS.match(text, c.start))
    ]  # fmt: skip
    real_at = next((c.start for c, g in zip(s.clauses, span.grammars, strict=True) if g.reality), None)
    belief_ends = next(
        (
            c.end
            for c, g in zip(s.clauses, span.grammars, strict=True)
            if g.believes is not None and c.closed_by == ":" and c.end - g.believes > _SHORTEST_BELIEF
        ),
        None,
    )
    wrong = next((g for g in span.grammars if g.disbelieves is not None), None)
    wrong_at = wrong.disbelieves if wrong is not None else None
    wrong_says = wrong is not None and bool(wrong.sign or wrong.must)
    denied_next = False
    if following is not None:
        opening = following.grammars[0]
        denied_next = opening.denies and following.sentence.clauses[0].end - following.sentence.start <= 24
        denied_next = denied_next and (belief_at is not None or not _CALMS.match(text, following.sentence.start))
    # 能走我的统筹。错得离谱。: a sentence that is nothing but a denial.
    denied_whole = denied_next and following is not None and following.sentence.end - following.sentence.start <= 8
    # “母亲就能照职工的比例报。”——同样站不住脚: the dash comments on what is quoted.
    denied_whole = denied_whole or (
        denied_next and following is not None and "—" in text[s.end : following.sentence.clauses[0].start + 1]
    )

    def state(head: Clause) -> str:
        own = next(g for c, g in zip(s.clauses, span.grammars, strict=True) if c is head)
        # 有人把二者混为一谈,觉得…,其实不然: what is denied is so by the next denial, else by the first.
        deny_at = next((at for at in denials if at >= head.start), denials[0] if denials else None)
        if own.answer_from is not None:
            return "keep"
        if wrong_at is not None and deny_at is None and real_at is None:
            # 别以为绑上就能省保费,人家那份照缴: what follows the first predicate is said.
            if head.end <= wrong_at or (head.start > wrong_at and wrong_says):
                return "keep"
            return "keep" if head.start > wrong_at and (own.must or own.contrast or own.reality) else "flip"
        if belief_at is not None and real_at is not None:
            # 有人以为…,其实…: the belief is denied, what follows is said.
            if head.start >= real_at:
                return "keep"
            return "skip" if head.end <= belief_at else "flip"
        if own.denies and belief_at is not None and belief_at < head.start and deny_at == head.start:
            return "comment"
        if own.denies and not (belief_at is not None and belief_at < head.end and deny_at == head.start):
            return "skip" if deny_at == head.start and head.start > s.start else "keep"
        if deny_at is not None and head.end <= deny_at:
            if belief_at is not None and head.end <= belief_at:
                return "skip"
            return "flip"
        if belief_ends is not None and head.start >= belief_ends:
            # 以为只能带一个:一个账户最多绑六名: what is so stands after the colon.
            return "keep"
        if belief_at is not None and head.start > belief_at and deny_at is None and (own.must or own.contrast):
            # 别以为绑上就万事大吉,该缴还得缴: the belief ends where the text requires or objects.
            return "keep"
        if belief_at is not None and head.end > belief_at and deny_at is None:
            return "flip" if denied_next else "skip"
        if belief_at is not None and deny_at is not None and head.end > deny_at:
            return "keep"
        if label:
            # 误区:… and no more is a denial; with the correction after it the correction is the claim.
            return "flip" if denied_next or deny_at is not None or following is None else "skip"
        return "flip" if (denied_next and belief_at is not None) or denied_whole else "keep"

    return state


def _kept(head: Clause) -> str:
    return "keep"


def denial_end(span: Span, following: Span | None, head: Clause) -> int | None:
    """Where the words that deny a belief end, in its sentence or the next: the quote shows them too."""
    for clause, g in zip(span.sentence.clauses, span.grammars, strict=True):
        if g.denies and clause.start >= head.end:
            return clause.end
    if following is not None and following.grammars[0].denies:
        return following.sentence.clauses[0].end
    return None
