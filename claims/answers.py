"""Answers that say only yes or no, and what the question makes of them."""

from __future__ import annotations

import re

import msgspec

from claims.language.grammar import Grammar
from claims.zones import Concepts

_BARE_LENGTH = 10
_POTENTIAL = re.compile(r".[不得](?:出来|上去|进去|了|着|走|成|动|通|进|出|上|起|掉|到|开|过)")
_FILLER_ROLES = frozenset(
    f"g.{r}"
    for r in (
        "NEG",
        "BAN",
        "CAN",
        "MUST",
        "NEED_NOT",
        "VERB",
        "ALL",
        "USUAL",
        "NOW",
        "MAYBE",
        "DENY",
        "THEN",
        "ANSWER",
        "IRRELEVANT",
        "AFFIRM",
    )
)
_FILLER = re.compile(
    r"那边|这边|那儿|这儿|早就|早已|已经|现在|如今|眼下|当然|目前|暂时|暂|完全|肯定|可惜|抱歉|确实|其实|真的?|照样|依然|直接|大家|对方|它|他们?|她们?|这个?|那个?|家人|系统|朋友|亲|"
    r"[的了呢哦吧啊呀嘛也还都就是很太用绑办刷加转交缴蹭报行搞想拿得,!~]|绑定|使用|共济|代缴|报销|享受|办理|添加|一起|这种操作|这种事|这种好事|这回事|这一说|这种说法|这个说法"
)
"""Words that an answer may hold and still say only yes or no (绑不了, 当然可以用)."""


def is_bare(words: str, start: int, zone: Concepts, grammar: Grammar) -> bool:
    """能, 不可以, 绑不了: an answer that says only yes or no. `words` begin at `start` of the folded text."""
    if len(words) > _BARE_LENGTH or not (
        grammar.sign or grammar.must or grammar.need_not or grammar.denies or grammar.affirms
    ):
        return False
    covered = [False] * len(words)
    for concept, hits in zone.items():
        if concept in _FILLER_ROLES or concept == "place":
            for h in hits:
                for i in range(max(0, h.start - start), min(len(words), h.end - start)):
                    covered[i] = True
    for m in [*_FILLER.finditer(words), *_POTENTIAL.finditer(words)]:
        for i in range(m.start(), m.end()):
            covered[i] = True
    return all(covered)


_IS_NOT = re.compile(r"[那这也可并当然其实绝对肯定完全]*不是(?:的|这样的?|啊|呀|哦|呢)?[!~]?")
"""不是: it judges the question as a statement, as 不对 does; 不能, 不用 answer its predicate."""


def answered(grammar: Grammar, question: Grammar | None, words: str) -> tuple[Grammar, bool]:
    """What a bare answer says: the question lends what is asked for (may or must), the answer yes or no; 对, 错 and
    不是 judge the question as a statement. With it, whether that statement is denied. `words` are the answer's."""
    replace = msgspec.structs.replace
    if question is None:
        return grammar, False
    if grammar.affirms:
        return replace(question, asks=False, wh=False, sign=question.sign or 1), False
    if grammar.denies or _IS_NOT.fullmatch(words):
        return replace(question, asks=False, wh=False, sign=question.sign or 1), True
    if grammar.sign > 0 and question.must and not grammar.need_not:
        return replace(grammar, must=True), False
    if grammar.sign < 0 and question.must:
        return replace(grammar, need_not=True, must=False), False
    if grammar.sign > 0 and question.need_not and not grammar.must:
        return replace(grammar, need_not=True), False
    return grammar, False
