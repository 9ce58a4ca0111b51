"""Sentences and clauses of folded text. Brackets, numbers and times stay whole; lost line breaks are found again."""

from __future__ import annotations

import re

import msgspec

from claims.language.fold import Folded

_SENTENCE_END = "。!?;\n…"
_CLAUSE_END = ",:—"
_OPEN = {"(": ")", "[": "]"}
_MARK = re.compile("[" + re.escape("".join((*_SENTENCE_END, *_CLAUSE_END, *_OPEN))) + "]")
_MAX_BRACKET = 80
"""A bracket longer than this is taken for a slip of the pen, and cut like other text (characters)."""

_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、](?!\d))")
_BEFORE_LABEL = frozenset("。;!?:")
_AFTER_LABEL = _BEFORE_LABEL | {","}
_IN_NUMBER = re.compile(r"(?<=\d)[,:](?=\d)")
"""1,000 and 9:00: separators between digits end nothing."""

_BARE = re.compile(
    r"(?:一般|通常|目前|暂时|原则上|当然|还|暂|都|也|均)?"
    r"(?:不可以|不可|不能用|不能|不行|不支持|不需要|不用|不必|不会|不是|可以用|可以的|可以|能用|能的|能|行|需要|必须|支持|会|是的|是|有|没有|对|不对|错)"
)
"""A yes or no that answers a title; in scraped text the space after it was a line break."""


_JUDGED = re.compile(
    r"(?:的|的?[这那此][种个类一些]?)(?:说法|传言|传闻|想法|看法|观点|认识|认知|理解|误解|流言|谣言|讲法|论调)"
    r"(?=(?:其实|显然|完全|根本|都|也|并|均|皆|是一种|是个|是|属于|纯属|实属|属|系|有)*"
    r"(?:不对|不实|不属实|不真实|不正确|不准确|不确切|不成立|不靠谱|不可信|不足信|不符|错的|错误|错了|有误|误$|误[,。;!]|误解|误区|误读|误传|谣言|"
    r"没有?(?:任何)?(?:依据|根据|道理)|毫?无(?:任何)?(?:依据|根据)|站不住|子虚乌有|假的|片面|信不得|不能信|不要信|没有?错|没毛病|不假|正确|准确|属实|成立|对的))"
)
"""…的说法不实: what is judged is a clause, and the judgement the next."""
_SHORTEST_SAYING = 4
"""Characters before such words that can say something."""


def is_answer(line: str) -> bool:
    """Whether a line is a yes or no of several characters and nothing else (不可以)."""
    return len(line) > 1 and _BARE.fullmatch(line) is not None


class Clause(msgspec.Struct, frozen=True, gc=False):
    """`[start, end)` of the folded text; `closed_by` is the character that ended it, "" at the end of the text."""

    start: int
    end: int
    closed_by: str


class Sentence(msgspec.Struct, frozen=True):
    """`[start, end)` of the folded text with its clauses, at least one."""

    start: int
    end: int
    closed_by: str
    clauses: tuple[Clause, ...]


def _bracket_end(text: str, at: int) -> int:
    """The index after the bracket that opens at `at`, or `at` where it does not close nearby."""
    close, depth = _OPEN[text[at]], 0
    for i in range(at, min(len(text), at + _MAX_BRACKET)):
        if text[i] == text[at]:
            depth += 1
        elif text[i] == close:
            depth -= 1
            if depth == 0:
                return i + 1
        elif text[i] == "\n":
            break
    return at


def _lost_breaks(folded: Folded) -> frozenset[int]:
    """Indices at which a space stood for a line break: after a bare answer at the start, and round numbered labels."""
    text = folded.chars
    found: set[int] = set()
    bare = _BARE.match(text)
    if bare and bare.end() in folded.gaps and bare.end() < len(text):
        found.add(bare.end())
    if not folded.gaps:
        return frozenset(found)
    for label in _NUMBERED.finditer(text):
        if label.start() and (label.start() in folded.gaps or text[label.start() - 1] in _BEFORE_LABEL):
            found.add(label.start())
        elif label.start():
            continue
        # 二、使用方式 直接刷卡支付: the label ends at the next space.
        for i in range(label.end() + 1, min(label.end() + 16, len(text))):
            if text[i] in _AFTER_LABEL:
                break
            if i in folded.gaps:
                found.add(i)
                break
    return frozenset(found)


_LONGEST = 600
"""Folded characters. No writer's sentence is longer; a page without full stops is one of a megabyte, else, and what is
done for each clause of a sentence takes its time squared."""


def split(folded: Folded) -> list[Sentence]:
    """Sentences with their clauses, in order. Every character but separators belongs to exactly one clause. What goes
    on and on between commas is cut at one of them."""
    text = folded.chars
    breaks = _lost_breaks(folded)
    judged = [m.start() for m in _JUDGED.finditer(text)]
    sentences: list[Sentence] = []
    clauses: list[Clause] = []
    start = bracketed = 0

    def close_clause(end: int, by: str) -> None:
        nonlocal start
        for at in judged:
            if start + _SHORTEST_SAYING <= at < end:
                clauses.append(Clause(start, at, ""))
                start = at
        if end > start:
            clauses.append(Clause(start, end, by))
        start = end + len(by)

    def close_sentence(by: str) -> None:
        if clauses:
            sentences.append(Sentence(clauses[0].start, clauses[-1].end, by, tuple(clauses)))
            clauses.clear()

    marks = [m.start() for m in _MARK.finditer(text)]
    for i in sorted({*marks, *breaks}) if breaks else marks:
        if i < bracketed:
            continue
        if i in breaks and i > start:
            close_clause(i, "")
            close_sentence("")
        c = text[i]
        if c in _OPEN:
            bracketed = _bracket_end(text, i)
        elif c in _SENTENCE_END:
            close_clause(i, c)
            close_sentence(c)
        elif c in _CLAUSE_END and not _IN_NUMBER.match(text, i):
            close_clause(i, c)
            if clauses and i - clauses[0].start > _LONGEST:
                close_sentence("")
    close_clause(len(text), "")
    close_sentence("")
    return sentences
