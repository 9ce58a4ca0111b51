"""# example-mismatch（举例不符）

## 是什么

举的例子与它要说明的话对不上：说的是统筹基金不能用，例子里却走统筹账户；说的是跨省共济，
例子却在省内；说密码是身份证后六位，例子写的不是那六位；例子里的起付线与表里的不同。

## 为什么要紧

读者记住的往往是例子，照着例子去做；例子错了，前面的话说得再对也没用。

## 例子

- 无法申请统筹基金报销。例如，子女的住院费用通过参保人的统筹账户支付。
- 跨省共济：例如新疆的参保人可以共济给疆内异地亲属。
- 初始密码为身份证号码后六位，例如110105197001011234的密码为19700112。

## 怎么办

1. 先看要说明的那句话对不对。
2. 话对的，换一个符合它的例子，数字重算一遍。
3. 例子其实是例外的，写明是例外。

## 级别

警告；涉及三个核心主题的是错误。

# example-mismatch

## What it is

An example does not fit what it is to illustrate: the pooled fund cannot be used, and the example pays from it; mutual
aid across provinces, and the example stays inside one; the password is the last six digits, and the example has others;
the example's deductible is not the table's.

## Why it matters

The example is what people remember and go by.

## Example

- 无法申请统筹基金报销。例如，子女的住院费用通过参保人的统筹账户支付。
- 跨省共济：例如新疆的参保人可以共济给疆内异地亲属。
- 初始密码为身份证号码后六位，例如110105197001011234的密码为19700112。

## How to resolve it

1. Check whether the statement itself is right.
2. If it is, find an example that fits it, and work its figures out again.
3. If the example is an exception, say so.

## Severity

Warning; an error on one of the three core topics.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from audit.linters.assertions import sentence_before
from audit.linters.example_figures import digits, money
from audit.linters.later import later
from audit.linters.page import Page, Piece
from audit.linters.page import words as words_of
from audit.linters.told import claims_at
from audit.model import Defect, DefectCode
from audit.verdict import judge
from claims.language.places import place
from claims.lending import asks_at_end
from claims.model import Claim, Measure
from claims.reading import BlockReading, Span, is_question

CODE: DefectCode = "example-mismatch"

MARKER = later(
    r"(?:例如|比如(?!说没)|譬如|诸如|举例来说|举例说明|举例|举个例子|打个比方|打比方|拿.{1,12}来说|以.{1,12}为例)[,:]?"
)
_SEVERAL = later(r"一家|全家|[两三四五六]口|合计|总共|一共|共计|夫妻|[两三四五]人|[两三四五]个(?:人|孩子)")
_EXAMPLE_HEADING = later(r"例子|举例|案例|示例|实例|举一例|算(?:一)?笔账|算算|怎么算|演算|测算")
_SOMEBODY = later(
    r"某(?:居民|职工|参保|市民|患者|病人|人|单位|企业|灵活就业)|(?:假设|假定|假如|设想)(?:某|一名|一位|有)"
)
# 有例外, 各地不同: what comes then is no instance of what was said before.
_APART = later(r"例外|不同|差异|不一|各异|除外|特殊|限制|个别|不尽相同|因地|有别|另有|但|不过|然而")


class _Example(msgspec.Struct, frozen=True):
    """The words of an example, and what it is to illustrate. `section`: it stands in a part of its own, for all that
    the text says elsewhere. `apart`: it may be an exception."""

    words: Piece
    illustrates: tuple[Piece, ...]
    section: bool = False
    apart: bool = False


def check(page: Page) -> Iterator[Defect]:
    for example in [*_in_sentences(page), *_sections(page)]:
        found = [] if example.apart else [*_claims(page, example)] or [*_levels(page, example)]
        yield from found or money(page, CODE, example.words, () if example.section else example.illustrates)
    yield from digits(page, CODE)


def _in_sentences(page: Page) -> Iterator[_Example]:
    for block in page.blocks:
        if block.block.kind in ("title", "heading", "term", "cell"):
            continue
        for span in block.spans:
            text, sentence = block.folded.chars, span.sentence
            m = MARKER.search(text, sentence.start, sentence.end)
            if m is None or is_question(span, text):
                continue
            before = (block, sentence.start, m.start()) if m.start() > sentence.start else None
            illustrated = [before] if before is not None else []
            if before is None or not claims_at(page, before):
                illustrated += _sentences_before(page, block, span)
            apart = any(_APART.search(b.folded.chars, start, end) for b, start, end in illustrated[:2])
            if m.end() < sentence.end:
                yield _Example((block, m.end(), sentence.end), tuple(illustrated), apart=apart)


def _sentences_before(page: Page, block: BlockReading, span: Span) -> list[Piece]:
    """The two sentences before one in its block; before the first, the end of the block before and the heading."""
    n = block.spans.index(span)
    found = [(block, s.sentence.start, s.sentence.end) for s in block.spans[max(0, n - 2) : n]][::-1]
    if not found:
        before = sentence_before(page, block, span)
        if before is not None and not asks_at_end(before[0]) and before[0].block.kind != "cell":
            where, s = before
            found.append((where, s.sentence.start, s.sentence.end))
    return found


def _sections(page: Page) -> Iterator[_Example]:
    """What stands under 举个例子 or 典型案例, and what tells of 某居民."""
    for block in page.blocks:
        if block.block.kind in ("title", "heading", "term", "cell") or not block.spans:
            continue
        headings = [b for b in page.headings(block) if b is not page.title]
        nearest = headings[-1] if headings else None
        told = nearest is not None and _EXAMPLE_HEADING.search(nearest.folded.chars) and not asks_at_end(nearest)
        if told or _SOMEBODY.match(block.folded.chars):
            own = (block, 0, len(block.folded.chars))
            inside = {b.index for b in page.blocks if told and headings[-1].index in b.block.headings} | {block.index}
            rest = [(b, 0, len(b.folded.chars)) for b in page.blocks if b.index not in inside and b.folded.chars]
            yield _Example(own, tuple(rest), section=True)


def _claims(page: Page, example: _Example) -> Iterator[Defect]:
    """A claim of the example against one of what it illustrates."""
    mine = claims_at(page, example.words)
    others = [c for c in claims_at(page, *example.illustrates) if c not in mine]
    for claim in mine:
        against = [c for c in others if _conflict(page, claim, c, example.section, words_of(example.words))]
        if against:
            yield page.defect(CODE, [page.of_claim(c) for c in against], page.of_claim(claim), topic=claim.topic)


def _conflict(page: Page, example: Claim, rule: Claim, section: bool, words: str) -> bool:
    if example.topic != rule.topic or rule.topic not in page.domain.topics:
        return False
    if "maybe" in (example.hedged, rule.hedged):
        return False
    if isinstance(example.value, Measure) and _SEVERAL.search(words):
        return False  # 一家三口每年缴1200元
    verdict = judge(example, rule, page.domain.topics[rule.topic])
    if verdict.kind == "overgeneral":
        # Far from its rule an example of some case is no exception; a rule for some cases is no rule for this one.
        return rule.quantifier == "all" and (not section or example.scope == rule.scope)
    return verdict.kind in ("self-contradiction", "contradiction")


def _levels(page: Page, example: _Example) -> Iterator[Defect]:
    """跨省共济:例如…疆内亲属: announced for beyond a region, and the example stays inside; or 不能跨省, and the example
    goes beyond."""
    if example.section or not example.illustrates:
        return
    words, announced = example.words, example.illustrates[0]
    beyond = page.domain.levels.get("outside", {}).get("province")
    if beyond in _concepts(announced) and _denies(announced) and not _denies(words) and _two_provinces(words):
        yield page.defect(CODE, announced, words, reason="example-beyond")
        return
    block, _, end = announced
    if block.block.kind not in ("heading", "term") and not block.folded.chars.startswith(":", end - 1):
        return
    outside, inside = page.domain.levels.get("outside", {}), page.domain.levels.get("inside", {})
    for level in ("province", "prefecture"):
        beyond = outside.get(level)
        # 省内跨市 is inside a province too.
        near = {inside.get(level), inside.get("prefecture"), outside.get("prefecture") if level == "province" else None}
        within = near - {None}
        if (
            beyond is not None
            and beyond in _concepts(announced)
            and not _denies(announced)
            and within & _concepts(words)
            and beyond not in _concepts(words)
        ):
            yield page.defect(CODE, announced, words, reason="example-level")
            return


def _concepts(piece: Piece) -> set[str]:
    """The concepts of a piece, without those of named places: 在湖南参保 is no 省内."""
    block, start, end = piece
    named = [(p.start, p.end) for p in block.places]
    return {
        h.concept
        for s in block.spans for h in s.hits
        if start <= h.start and h.end <= end and not any(a < h.end and h.start < b for a, b in named)
    }  # fmt: skip


def _two_provinces(piece: Piece) -> bool:
    """Whether two places of a piece lie in different provinces, one of them where somebody is enrolled or lives."""
    block, start, end = piece
    text = block.folded.chars
    named = [p for p in block.places if start <= p.start and p.end <= end]
    provinces = {_province(p.names[0]) for p in named} - {None}
    return len(provinces) == 2 and any(_LIVES.match(text, p.end) for p in named)


_LIVES = later(
    r"(?:本地|当地)?(?:参保|上班|工作|生活|居住|老家|的(?:父母|母亲|父亲|爸|妈|子女|女儿|儿子|家人|亲属))"
)


def _province(name: str) -> str | None:
    known = place(name)
    while known is not None and known.level != "province":
        known = place(known.parent) if known.parent else None
    return known.name if known is not None else None


def _denies(piece: Piece) -> bool:
    block, start, end = piece
    return any(
        g.sign < 0 or g.asks or g.need_not
        for s in block.spans for c, g in zip(s.sentence.clauses, s.grammars, strict=True) if start <= c.start < end
    )  # fmt: skip
