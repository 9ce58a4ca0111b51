"""May or may not, must or need not, is there or not: what a heading says of an act, and what a clause says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

import msgspec

from audit.linters.contrasts import FAMILIES
from audit.linters.later import later
from audit.linters.page import Piece
from claims.language.clauses import Clause
from claims.language.grammar import Grammar
from claims.reading import BlockReading

Sort: TypeAlias = Literal["duty", "leave", "being"]

_NO: dict[Sort, re.Pattern[str]] = {
    "duty": later(r"无需|无须|不需要?|不必|不用|免予?(?=[^费疫])|不要求"),
    "leave": later(r"不可以?|不能够?|不得|无法|不予|不支持|不允许|未开通|没有?开通|尚未|用不了"),
    "being": later(r"没有|不设置?|不存在|取消了?|无(?![需须法论效偿])"),
}
_YES: dict[Sort, re.Pattern[str]] = {
    "duty": later(
        r"(?<![不无])(?:必须|需要?|须(?!知)|应当|(?<![相适对反效])应(?![用对急该])|(?<![主重不需只])要(?![求件素点]))"
    ),
    "leave": later(r"(?<!不)(?:可以|能够|允许|支持|可(?![能靠信])|能(?![力源])|已开通)"),
    "being": later(r"(?<!没)有(?![关效些的人])|设有?|设置了?"),
}
_ADVERBS = later(r"(?:再|先|另外|另行|单独|重新|直接|提前|事先|及时|继续|任何|均|都|也|一律|可以?)*")
_LONGEST_GAP = 12
_SAME_ACT = (("缴费", "交费", "缴纳", "缴"), ("报销", "报"), ("绑定", "绑"), ("使用", "用"))


class Said(msgspec.Struct, frozen=True):
    """`negative` or not, of the act (or thing) that begins with `core`; `start` is where the modal begins."""

    sort: Sort
    negative: bool
    start: int
    core: str


def modals_of(text: str) -> Iterator[Said]:
    """What a heading says, of each sort at most once."""
    for sort in ("duty", "leave", "being"):
        for pattern, negative in ((_NO[sort], True), (_YES[sort], False)):
            m = pattern.search(text)
            if m is None:
                continue
            start = _ADVERBS.match(text, m.end()).end()  # type: ignore[union-attr]
            core = re.match(r"[\u4e00-\u9fff]{2,4}", text[start:])
            if core:
                yield Said(sort, negative, m.start(), core[0][: 3 if sort == "being" else 2])
            break


def clauses_about(said: Said, blocks: Sequence[BlockReading]) -> Iterator[tuple[Piece, bool, Grammar]]:
    """The clauses that say of the same act that it may or may not be, each with whether it agrees."""
    forms = next((f for f in _SAME_ACT if said.core.startswith(f[0]) or said.core in f), (said.core,))
    if said.core[0] in "缴交":
        forms = ("缴", "交")
    for block in blocks:
        text = block.folded.chars
        for span in block.spans:
            for clause, grammar in zip(span.sentence.clauses, span.grammars, strict=True):
                negative = _polarity(text, clause, said.sort, forms)
                if negative is not None:
                    yield (block, clause.start, clause.end), negative == said.negative, grammar


def _polarity(text: str, clause: Clause, sort: Sort, forms: Sequence[str]) -> bool | None:
    """Whether a clause denies the act; None where it says neither."""
    found = [
        (m.end(), negative)
        for at in (m.start() for m in later("|".join(forms)).finditer(text, clause.start, clause.end))
        for pattern, negative in ((_NO[sort], True), (_YES[sort], False))
        for m in pattern.finditer(text, clause.start, at)
        if at - m.end() <= _LONGEST_GAP
    ]
    # 不需要: the 要 in it is no modal of its own.
    return max(found, key=lambda f: (f[0], f[1]))[1] if found else None


def set_apart(heading: str, clause: str) -> bool:
    """Whether a clause speaks of another member of a family (跨省) than its heading does (省内)."""
    for family in FAMILIES:
        ours, theirs = set(family.findall(heading)), set(family.findall(clause))
        if ours and theirs and not ours & theirs:
            return True
    return False
