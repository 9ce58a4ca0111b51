"""# comparison-mismatch（比较不符）

## 是什么

文中说高、说低、说升、说降，写出来的数字却正好相反：从380元降至400元；封顶线2万元，远高于居民医保的25万元；一档个人缴2%，
二档缴0.2%，却说一档个人缴得少。涨了多少和涨到多少对不上，也算。

## 为什么要紧

词和数字总有一个是错的；读者往往只记住词。

## 例子

- 个人缴费标准从每年400元下调至420元。
- 门诊封顶线2万元，远高于居民医保（住院25万元封顶）。

## 怎么办

1. 核对两个数字。
2. 数字没错的，改掉高低、升降的词；数字写错的，改数字。
3. 比的不是同一件事的，写明各是什么。

## 级别

警告。

# comparison-mismatch

## What it is

The text says higher, lower, up or down, and its own figures say the opposite: “lowered from 380 to 400 yuan”; a cap of
20,000 “far above” one of 250,000; 2 % against 0.2 % and the first called the lighter. Also a rise that does not come
from the old figure to the new one.

## Why it matters

Either the word or a figure is wrong, and what readers remember is the word.

## Example

- 个人缴费标准从每年400元下调至420元。
- 门诊封顶线2万元，远高于居民医保（住院25万元封顶）。

## How to resolve it

1. Check both figures.
2. If they are right, correct the word; if not, the figure.
3. If two different things are compared, say what each of them is.

## Severity

Warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.linters.changes import changed, compared, since
from audit.linters.figures import alike, is_point, quantities_in
from audit.linters.later import later
from audit.linters.page import Page, Piece, prose
from audit.linters.rankings import rankings
from audit.linters.trends import trends
from audit.model import Defect, DefectCode
from claims.language.numerals import read
from claims.language.quantities import Quantity
from claims.reading import BlockReading, Span

CODE: DefectCode = "comparison-mismatch"

_COMPARED = later(
    r"(?P<adverb>远远?|明显|显著|略|稍|大大|均|都|也|更|还|普遍)?(?:(?P<up>高于|多于|高过|超过|大于)|(?P<down>低于|少于|小于|不及|不如))"
    r"(?P<what>[^,。;:(\d]{2,24})"
)
_NAMED = later(
    r"(?<=[,:;])(?P<a>[\u4e00-\u9fff]{2,8}?)(?:远|明显|略|也)?(?:(?P<up>高于|多于|大于)|(?P<down>低于|少于|小于))(?P<b>[\u4e00-\u9fff]{2,8})$"
)
_THRESHOLD = later(r"的(?!水平|标准|限额|比例|额度)|者|部分|时|后|以上|以下|则|可|按|须|应|需|即")
_IF = later(r"如果?|若|当|凡|不得?$|未$|是否|能否|无论|不论|假如|只要|以免|避免|防止|预计|争取|力争|拟|计划")


_EQUAL = later(
    r"(?:与|和|同|跟)(?P<old>[^,。;:]{0,14})$"
)
_SAME = later(r"(?:的)?[^,。;:\d]{0,6}(?:持平|相同|一样|一致|相等|保持不变|没有变化)")
_TIMES = later(r"是[^,。;:\d]{1,16}的(?P<n>[两二三四五六七八九十]|\d+(?:\.\d+)?)(?P<more>多)?倍|的(?P<half>一半)$")


def check(page: Page) -> Iterator[Defect]:
    for block in page.blocks:
        for span in prose(block):
            if any(g.asks for g in span.grammars):
                continue
            if not quantities_in(block, span.sentence.start, span.sentence.end):
                continue
            for one in (*changed(block, span), *since(block, span), *compared(block, span)):
                yield page.remarked(CODE, one)
            yield from _comparisons(page, block, span)
            yield from _equal(page, block, span)
            yield from _multiples(page, block, span)
            yield from _named(page, block, span)
    for trend in trends(page):
        if trend.refuted:
            row = [(b, q.start, q.end) for b, q in trend.row]
            yield page.defect(
                CODE, (trend.block, trend.start, trend.end), row, reason="comparison-trend", word=trend.words,
                row="、".join(b.folded.chars[start:end] for b, start, end in row),
            )  # fmt: skip
    for one in rankings(page):
        yield page.remarked(CODE, one)


# 2万元,远高于居民医保(25万元).


def _comparisons(page: Page, block: BlockReading, span: Span) -> Iterator[Defect]:
    text, start, end = block.folded.chars, span.sentence.start, span.sentence.end
    found = quantities_in(block, start, end)
    for m in _COMPARED.finditer(text, start, end):
        if _IF.search(text[max(start, m.start() - 4) : m.start()]) or text[m.start() - 1 : m.start()] in ("不", "未"):
            continue
        clause = next((c for c in span.sentence.clauses if c.start <= m.start() < c.end), None)
        if clause is None or span.grammars[span.sentence.clauses.index(clause)].condition:
            continue
        ours = _subject(text, found, start, m.start())
        theirs, stop = _compared_with(text, found, m, clause.end)
        theirs = [q for q in theirs if ours is not None and alike(q, ours)]
        if ours is None or not theirs:
            continue
        up = m["up"] is not None
        wrong = [q for q in theirs if (ours.high <= q.low if up else ours.low >= q.high)]
        if wrong and (len(wrong) == len(theirs) or m["adverb"]):
            yield _against(
                page, (block, m.start(), stop), (block, ours.start, ours.end),
                (m["adverb"] or "") + (m["up"] or m["down"]), text, ours, wrong[0],
            )  # fmt: skip


def _subject(text: str, found: Sequence[Quantity], start: int, at: int) -> Quantity | None:
    """The figure that is compared: the last one before, in the same clause or the one before that."""
    before = [q for q in found if q.end <= at]
    if not before:
        return None
    ours = before[-1]
    between = text[ours.end : at]
    if ours.bound == "min" or between.count(",") > 1 or re.search(r"[。;:()]", between) or len(between) > 12:
        return None
    listed = len(before) > 1 and text[before[-2].end : ours.start] in ("、", "和", "及", "或", "至")
    return None if listed else ours


def _compared_with(
    text: str, found: Sequence[Quantity], m: re.Match[str], clause_end: int
) -> tuple[list[Quantity], int]:
    """The figures compared with: all in the bracket that follows, or the one that ends the clause."""
    at = m.end()
    if text[at : at + 1] == "(":
        close = text.find(")", at)
        return ([q for q in found if at < q.start and q.end <= close], close + 1) if close > 0 else ([], at)
    theirs = [q for q in found if at <= q.end and m.start("what") < q.start and q.end <= clause_end]
    if len(theirs) != 1 or theirs[0].start - at > 2:
        return [], at
    [one] = theirs
    after = text[one.whole_end : clause_end]
    if _THRESHOLD.match(after) or len(after) > 6 or (m["up"] == "超过" and not m["adverb"]):
        return [], at
    return theirs, one.end


def _named(page: Page, block: BlockReading, span: Span) -> Iterator[Defect]:
    """个人缴费高于财政补助, each with its figure just before."""
    text, start, end = block.folded.chars, span.sentence.start, span.sentence.end
    m = _NAMED.search(text, start, end)
    if m is None:
        return
    names = (m["a"], m["b"])
    known = quantities_in(block, start, m.start())
    found = [[q for q in known if text[start : q.start].rstrip("为是").endswith(n)] for n in names]
    if any(len(f) != 1 or not is_point(f[0]) for f in found) or not alike(found[0][0], found[1][0]):
        return
    [ours], [theirs] = found
    if (ours.low <= theirs.low) if m["up"] else (ours.low >= theirs.low):
        both = [(block, q.start, q.end) for q in (ours, theirs)]
        word = m["up"] or m["down"]
        a, b = text[ours.start : ours.end], text[theirs.start : theirs.end]
        yield page.defect(CODE, (block, *m.span()), both, reason="comparison-words", word=word, a=a, b=b)


def _equal(page: Page, block: BlockReading, span: Span) -> Iterator[Defect]:
    """400元,与去年的380元持平."""
    text, start, end = block.folded.chars, span.sentence.start, span.sentence.end
    found = quantities_in(block, start, end)
    for n, old in enumerate(found):
        m, same = _EQUAL.search(text, start, old.start), _SAME.match(text, old.end, end)
        if m is None or same is None or not n or re.search(r"不$|不(?:相同|一样|一致)", same[0]):
            continue
        new = found[n - 1]
        if m.start() - new.end > 8 or not alike(new, old) or not is_point(new) or not is_point(old):
            continue
        if new.low != old.low and not old.approx and not re.search(r"基本|大致|大体", same[0]):
            yield _against(page, (block, m.start(), same.end()), (block, new.start, new.end), same[0], text, new, old)


def _multiples(page: Page, block: BlockReading, span: Span) -> Iterator[Defect]:
    """400元 and 670元, 是…的两倍: neither is near so many times the other."""
    text, start, end = block.folded.chars, span.sentence.start, span.sentence.end
    m = _TIMES.search(text, start, end)
    found = [q for q in quantities_in(block, start, end) if m and q.end <= m.start()]
    if m is None or len(found) != 2 or not alike(*found) or not all(is_point(q) and q.low > 0 for q in found):
        return
    if not m["n"]:
        return
    number = read(m["n"], 0)
    if number is None:
        return
    ratios = [found[0].low / found[1].low, found[1].low / found[0].low]
    low, high = number[0] * Decimal("0.85"), number[0] * Decimal("1.15") + (1 if m["more"] else 0)
    if not any(low <= r <= high for r in ratios):
        yield page.defect(
            CODE, (block, m.start(), m.end()), [(block, q.start, q.end) for q in found], reason="comparison-multiple",
            word=m[0], a=text[found[0].start : found[0].end], b=text[found[1].start : found[1].end],
        )  # fmt: skip


def _against(
    page: Page, stated: Piece, refuted: Piece, word: str, text: str, ours: Quantity, theirs: Quantity
) -> Defect:
    a, b = text[ours.start : ours.end], text[theirs.start : theirs.end]
    return page.defect(CODE, stated, refuted, reason="comparison-words", word=word, a=a, b=b)
