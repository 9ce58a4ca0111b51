"""Which clauses of a sentence head a unit, and which lean on them: conditions, times, topics, labels."""

from __future__ import annotations

import re

import msgspec

from claims.answers import is_bare
from claims.domain import Domain
from claims.language.clauses import Clause
from claims.language.grammar import Grammar
from claims.reading import BlockReading, Span, asserts
from claims.zones import Stretches


class Group(msgspec.Struct):
    """Numbers of clauses, their head among them; `inherits`: the yes or no of the head before, where they have none."""

    clauses: list[int]
    head: int
    inherits: Grammar | None = None


def groups(reading: BlockReading, span: Span, said: Stretches, domain: Domain) -> list[Group]:
    """Heads and what leans on them."""
    text = reading.folded.chars
    found: list[Group] = []
    waiting: list[int] = []
    for i, (clause, grammar) in enumerate(zip(span.sentence.clauses, span.grammars, strict=True)):
        hits = said.within(clause.start, clause.end)
        last = i == len(span.sentence.clauses) - 1
        leans = (dependent(text, clause, grammar) or clause.closed_by == "?") and not last
        if not last:
            leans = _leans(reading, span, said, i, leans)
        if not leans and asserts(hits, grammar, domain):
            found.append(Group([*waiting, i], i))
            waiting = []
        else:
            waiting.append(i)
    if waiting:
        inherits = None
        if found:
            head = span.grammars[found[-1].head]
            # 如门诊、购药: takes over yes or no, but not "only".
            inherits = Grammar(sign=head.sign, modal=head.modal, must=False)
        found.append(Group(waiting, waiting[-1], inherits))
    return found


_OTHERWISE = re.compile(r"(?:否则|不然|要不然|要不|反之)")


def _leans(reading: BlockReading, span: Span, said: Stretches, i: int, leans: bool) -> bool:
    """Whether clause `i` leans on the next one, given that by itself it does so or not."""
    text = reading.folded.chars
    grammar, following, judged = span.grammars[i], span.sentence.clauses[i + 1], span.grammars[i + 1]
    words = text[following.start : following.end]
    if _OTHERWISE.match(words):
        # 总得有一份在缴的,否则系统拒付: what is required stands before.
        return False
    if _BESIDE.match(text, span.sentence.clauses[i].start) and _ALSO.match(words):
        # 除了支付门诊费,还能交居民医保费: both are said.
        return True
    if leans or grammar.sign or grammar.must or grammar.need_not or grammar.only or not judged.sign:
        return leans
    if judged.denies or judged.affirms or judged.then or judged.irrelevant or judged.now:
        return False
    # 给儿媳交灵活就业那份,也不中: the verdict on what stands before.
    hits = said.within(following.start, following.end)
    return is_bare(words, following.start, hits, judged)


_DEPENDENT = (
    "的话", "的", "后", "时", "时候", "之前", "前提下", "情况下", "情形下", "条件下", "期间", "当中", "过程中",
    "来说", "而言", "看来", "也好", "也罢",
)  # fmt: skip
_NOT_DEPENDENT = (
    "可以的", "能的", "行的", "是的", "必须的", "没有的", "合规的", "一样的", "不同的", "正确的", "允许的", "单向的",
    "有限的", "固定的",
)  # fmt: skip
"""How clauses end that lean on the next one, and which of these do not."""

_SAYS_SO = re.compile(
    r"是(?:绝对|完全|肯定|万万|一律|都|根本)?(?:不能|不可|不会|不准|不让|不允许|可以|能够|允许)[^,。;:]*的$"
)
"""统筹基金是不能给家人共用的,: ends in 的, and leans on nothing."""
_BESIDE = re.compile(r"除了(?![^,。;:]*(?:外|之外)$)")
_ALSO = re.compile(r"还|也|另外?(?:还|也)")
_REASON = re.compile(r"(?:由于|鉴于|因(?!此|而))")


def dependent(text: str, clause: Clause, grammar: Grammar) -> bool:
    """Does the clause lean on the next one: a condition, a time, an exception, a label?"""
    words = text[clause.start : clause.end]
    if grammar.answer_from is not None and grammar.sign:
        # 得到的回答是否定的:… is the answer; what comes after it says why.
        return False
    if clause.closed_by == ":" or grammar.condition or grammar.concession:
        return True
    if _REASON.match(words):
        return not grammar.must
    return words.endswith(_DEPENDENT) and not words.endswith(_NOT_DEPENDENT) and not _SAYS_SO.search(words)
