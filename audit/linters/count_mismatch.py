"""# count-mismatch（数目不符）

## 是什么

文中写了一个数目，旁边就列着所数的东西，而两者对不上：前面列了九类亲属，后面说“等6类”；说“以下三种情形”，
下面列了四条；说“五个步骤”，只写了四步。

## 为什么要紧

读者不知道是数目写错了，还是漏写、多写了一项；照着办事的人会少带一份材料，少走一步。

## 例子

- 配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女等6类近亲属都可以绑定。（列了7类）
- 有下列三种情形的，不予报销：（下面列了四条）

## 怎么办

1. 数一遍所列的内容，改正数目。
2. 数目没错的，补上漏掉的一项，或删去多出的一项。
3. 只是举例的，写成“等”“例如”，数目写全称。

## 级别

警告。

# count-mismatch

## What it is

A number is stated, the things it counts are listed beside it, and the two differ: seven kinds of relatives and then
等6类; “the following three cases” over four items; “five steps” and only four of them.

## Why it matters

Nobody can tell whether the number is wrong, or one item is missing or too many; whoever goes by it brings one paper
too few.

## Example

- 配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女等6类近亲属都可以绑定。 (seven are listed)
- 有下列三种情形的，不予报销： (over a list of four)

## How to resolve it

1. Count what is listed and correct the number.
2. If the number is right, add the item that is missing or drop the one too many.
3. If these are examples only, say so: 等, 例如.

## Severity

Warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.linters.enumerations import (
    COUNTED,
    NUMBER,
    Labels,
    Listing,
    count_of,
    items_of,
    labels_in,
    listing_after,
    listing_before,
)
from audit.linters.page import Page, sentence_at
from audit.model import Defect, DefectCode
from claims.reading import BlockReading, Span

CODE: DefectCode = "count-mismatch"

_AFTER = re.compile(rf"(?P<etc>等)?(?:共|共计|合计|在内的|这)?(?P<count>(?P<n>{NUMBER}){COUNTED})")
_ANNOUNCED = re.compile(
    rf"(?P<count>(?P<n>{NUMBER}){COUNTED})(?:[^,。;:!?、(\d]{{0,10}}?)"
    r"(?:(?P<colon>(?:分别|依次|主要)?(?:是|为|包括|有|如下)?:)|(?:分别|依次)(?:是|为)|为(?=[\u4e00-\u9fff]+、))"
)
_POINTED = re.compile(
    rf"(?:以下|下列|下面|如下)(?:的|这)?(?P<count>(?P<n>{NUMBER}){COUNTED})"
    rf"|(?P<count2>(?P<n2>{NUMBER}){COUNTED})[^,。;:!?]{{0,10}}(?:如下|(?:分别|依次)(?:是|为)?|:)$"
)
_HEADED = re.compile(rf"(?P<count>(?P<n>{NUMBER})(?:大|个|种|类|项|条|点|步))(?!以上|以下|以内|月|工作日|小时)")
_PARTIAL = re.compile(r"其中|例如|比如|譬如|如[:下]?$|包括|部分|主要|至少|不少于|超过|以上|之一|任[选一意何]|或者?$")
_GOES_ON = re.compile(r"其余|另|上述|这|均|都|可|但|而|并|目前|除|需|须|应|暂|尚|也|还|是否|共")
_ASIDE = re.compile(r"(?:注意|注|备注|提示|温馨提示|提醒|说明|特别提醒|特别说明|小贴士|总之|此外|另外)[:：,]")
_ADDED = re.compile(rf"{NUMBER}{COUNTED}[、和,]?$")
"""6区3县: the list holds both."""

_CLAIMED = re.compile(r"[\d%]")


def check(page: Page) -> Iterator[Defect]:
    for block in page.blocks:
        if block.block.kind in ("title", "heading"):
            continue
        for span in block.spans:
            yield from _listed_before(page, block, span)
            yield from _listed_after(page, block, span)
        yield from _labelled(page, block)
    for block in page.blocks:
        yield from _itemised(page, block)


def _listed_before(page: Page, block: BlockReading, span: Span) -> Iterator[Defect]:
    """甲、乙、丙等2类: more are listed than the number says. With 等 fewer may be."""
    text, start = block.folded.chars, span.sentence.start
    for m in _AFTER.finditer(text, start, span.sentence.end):
        if not m["etc"] and text[m.start() - 1 : m.start()] in "第、每":
            continue
        n = count_of(m["n"])
        listing = listing_before(text, m.start(), start) if n is not None else None
        if n is None or listing is None or n < 2 or not _same_things(text, listing):
            continue
        more, fewer = listing.low > n, listing.high < n and not m["etc"] and n - listing.high <= 2 and listing.low > 2
        if more or (fewer and not _PARTIAL.search(text[max(start, listing.start - 4) : listing.start])):
            yield _defect(page, block, m.span("count"), listing, block)


def _listed_after(page: Page, block: BlockReading, span: Span) -> Iterator[Defect]:
    """3类:甲、乙."""
    text, end = block.folded.chars, span.sentence.end
    for m in _ANNOUNCED.finditer(text, span.sentence.start, end):
        n = count_of(m["n"])
        if n is None or n < 2 or text[m.start() - 1 : m.start()] in ("第", "每", "、"):
            continue
        if _ADDED.search(text, span.sentence.start, m.start()):
            continue
        if labels_in(text, m.end(), end) is not None:
            continue  # _labelled counts those
        clause = next((c for c in span.sentence.clauses if c.start <= m.end() < c.end), None)
        if clause is None or not _ends_there(text, clause.end, end):
            continue
        stop, etc = clause.end, False
        tail = re.search(r"等[^、]{0,12}$", text[m.end() : stop])
        if tail:
            stop, etc = m.end() + tail.start(), True
        listing = listing_after(text, m.end(), stop)
        if listing is None or not _same_things(text, listing):
            continue
        partial = etc or _PARTIAL.search(text[m.start() : m.end()]) or (page.is_teaser and stop >= len(text))
        if listing.low > n or (listing.high < n and not partial):
            yield _defect(page, block, m.span("count"), listing, block)


def _labelled(page: Page, block: BlockReading) -> Iterator[Defect]:
    """分为三种:一是…;二是…: labels in running text, in the sentence or after it."""
    text = block.folded.chars
    for m in _ANNOUNCED.finditer(text):
        n = count_of(m["n"])
        if n is None or n < 2 or not m["colon"]:
            continue
        labels = labels_in(text, m.end(), len(text))
        if labels is None or labels.start - m.end() > 2:
            continue
        cut = page.is_teaser and text[-1] not in "。!?"
        if labels.count > n or (labels.count < n and not cut and not _PARTIAL.search(m[0])):
            yield _defect(page, block, m.span("count"), labels, block)


def _itemised(page: Page, block: BlockReading) -> Iterator[Defect]:
    """以下三种情形 over a list of four."""
    if not block.spans:
        return
    text, sentence = block.folded.chars, block.spans[-1].sentence
    if block.block.kind in ("title", "heading", "term"):
        m = _HEADED.search(text)
        count = m.span("count") if m else None
    else:
        # The colon that ended the stem belongs to what it announces.
        m = _POINTED.search(text, sentence.start)
        count = (m.span("count") if m["count"] else m.span("count2")) if m else None
    if m is None or count is None:
        return
    n = count_of(m["n"] or m["n2"]) if "n2" in m.re.groupindex else count_of(m["n"])
    items = [b for b in items_of(page, block) if not _ASIDE.match(b.folded.chars)]
    if n is None or n < 2 or len(items) < 2 or _PARTIAL.search(text[max(0, m.start() - 4) :]):
        return
    if n == len(items) or n in _other_counts(page, items) or (page.is_teaser and items[-1] is page.blocks[-1]):
        return
    yield page.defect(
        CODE, (block, *count), [(b, 0, min(len(b.folded.chars), 40)) for b in items],
        stated=text[slice(*count)], listed=len(items),
    )  # fmt: skip


def _other_counts(page: Page, items: list[BlockReading]) -> set[int]:
    """What else a list may be said to hold: what its items list in a line, the items of the lists inside it."""
    inside = [items_of(page, b) for b in items]
    listed = [b.folded.chars.rpartition(":")[2].count("、") + 1 for b in items]
    return {sum(listed), sum(len(i) or 1 for i in inside), sum(map(len, inside))}


def _same_things(text: str, listing: Listing) -> bool:
    """Names of things, not figures or whole statements."""
    items = text[listing.start : listing.end].split("、")
    return all(0 < len(i) <= 24 and not _CLAIMED.search(i) for i in items)


def _ends_there(text: str, clause_end: int, end: int) -> bool:
    """Is the list over with its clause?"""
    return clause_end >= end or bool(_GOES_ON.match(text, clause_end + 1))


def _defect(
    page: Page, block: BlockReading, count: tuple[int, int], listed: Listing | Labels, where: BlockReading
) -> Defect:
    text = where.folded.chars
    if isinstance(listed, Labels):
        span = sentence_at(where, listed.last)
        stop = span.sentence.end if span else len(text)
        return page.defect(
            CODE, (block, *count), (where, listed.start, stop), stated=text[slice(*count)], listed=listed.count
        )
    n = listed.low if listed.low == listed.high else f"{listed.low}–{listed.high}"
    return page.defect(CODE, (block, *count), (where, listed.start, listed.end), stated=text[slice(*count)], listed=n)
