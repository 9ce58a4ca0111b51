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

from msgspec.structs import replace

from audit.linters.counted_blocks import counted_blocks
from audit.linters.enumerations import (
    COUNTED,
    NUMBER,
    PARTIAL,
    Labels,
    Listing,
    count_of,
    labels_in,
    listing_after,
    listing_before,
)
from audit.linters.later import later
from audit.linters.page import Page, prose, sentence_at
from audit.model import Defect, DefectCode
from claims.reading import BlockReading, Span

CODE: DefectCode = "count-mismatch"

_AFTER = later(
    rf"(?P<etc>等)?(?:,?(?:共计?|合计|一共|总共|总计)有?|在内的|这)?(?P<count>(?P<n>{NUMBER}){COUNTED})"
)
_ANNOUNCED = later(
    rf"(?P<count>(?P<n>{NUMBER}){COUNTED})(?:[^,。;:!?、(\d]{{0,10}}?)"
    r"(?:(?P<colon>(?:分别|依次|主要)?(?:是|为|包括|有|如下)?(?::|—+))|(?:分别|依次)(?:是|为|有)|为(?=[\u4e00-\u9fff]+、)"
    r"|[^。;:!?、(\d]{0,20},(?:分别|依次)(?:是|为|有)|,?(?:包括|包含|涵盖|即))"
)
_BRACKETED = later(
    rf"(?P<count>(?:{NUMBER}{COUNTED})+)[^,。;:()、\d]{{0,8}}\((?P<list>[^()]{{3,120}})\)"
)
_DIVIDED = later(rf"(?:分为?|分成|共分?|划分为)(?P<count>(?P<n>{NUMBER})个?(?P<kind>类|档|级|批|步|阶段))")
_UNITS = later(r"(?:自治|直辖|兵团|区|县|市|旗|州|盟|省|镇|乡|街道|、|和|或|/)+")
"""N个省(区、市): what is counted, not a list."""

_COUNTS = later(rf"(?P<n>{NUMBER}){COUNTED}")
_LABELLED = later(rf"(?P<count>(?P<n>{NUMBER}){COUNTED})(?P<rest>[^,。;:!?、(\d]{{0,12}}?)[:,。;]")
_GOES_ON = later(r"其余|另|上述|这|均|都|可|但|而|并|目前|除|需|须|应|暂|尚|也|还|是否|共")
_ADDED = later(rf"{NUMBER}{COUNTED}[、和,]?$")
"""6区3县: the list holds both."""

_PEOPLE = "人名位口"
_PLURAL = later(r"父母|公婆|夫妻|夫妇|子女|孩子|姐妹|兄弟|爷爷奶奶|外公外婆|老人|双亲|们|两")
"""Names of several people: 公婆、父母 are four."""

_LIMITED = later(r"(?:最多|至多|不超过|上限|至少|最少|不少于|限|仅限|达)(?:为|是|可|绑定|添加)*$")
_CLAIMED = later(r"[\d%]|都|均|可以|不能|不可|其中")


def check(page: Page) -> Iterator[Defect]:
    for block in page.blocks:
        if block.block.kind in ("title", "heading"):
            continue
        for span in prose(block):
            yield from _listed_before(page, block, span)
            yield from _listed_after(page, block, span)
        yield from _labelled(page, block)
        yield from _in_brackets(page, block)
        yield from _beyond(page, block)
    for one in counted_blocks(page):
        yield page.remarked(CODE, one)


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
        if m["count"][-1] in _PEOPLE and _PLURAL.search(text, listing.start, listing.end):
            listing = replace(listing, high=99)
        more, fewer = listing.low > n, listing.high < n and not m["etc"] and n - listing.high <= 2 and listing.low > 2
        if more or (fewer and not PARTIAL.search(text[max(start, listing.start - 4) : listing.start])):
            yield _defect(page, block, m.span("count"), listing, block)


def _listed_after(page: Page, block: BlockReading, span: Span) -> Iterator[Defect]:
    """3类:甲、乙."""
    text, end = block.folded.chars, span.sentence.end
    for m in _ANNOUNCED.finditer(text, span.sentence.start, end):
        # 由三类增加到七类,包括: what is listed is what it came to.
        came_to = [*_COUNTS.finditer(text, m.end("count"), m.end())]
        count = came_to[-1] if came_to and came_to[-1][0][-1] == m["count"][-1] else m
        n = count_of(count["n"])
        if n is None or n < 2 or text[m.start() - 1 : m.start()] in ("第", "每", "、"):
            continue
        counted = count.span() if count is not m else m.span("count")
        before = text[max(0, m.start() - 12) : m.start()]
        if _ADDED.search(before) or _LIMITED.search(before):
            continue
        if labels_in(text, m.end(), end) is not None:
            continue  # _labelled counts those
        if m["count"][-1] in "类档级批" and _is_label(page, m):
            continue
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
        partial = etc or PARTIAL.search(text[m.start() : m.end()]) or (page.is_teaser and stop >= len(text))
        if listing.low > n or (listing.high < n and not partial):
            yield _defect(page, block, counted, listing, block)


def _is_label(page: Page, m: re.Match[str]) -> bool:
    """三类区:… in an article that has a 一类区 or 二类区 too is the third class."""
    others = later(rf"[一二三四1-4]{m['count'][-1]}")
    return any(o[0] != m["count"] for b in page.blocks for o in others.finditer(b.folded.chars))


def _labelled(page: Page, block: BlockReading) -> Iterator[Defect]:
    """分为三种:一是…;二是…: labels in running text, in the sentence or after it."""
    text = block.folded.chars
    for m in _LABELLED.finditer(text):
        n = count_of(m["n"])
        if n is None or n < 2 or text[m.start() - 1 : m.start()] in ("第", "每"):
            continue
        labels = labels_in(text, m.end(), len(text))
        if labels is None or labels.start - m.end() > 1:
            continue
        cut = page.is_teaser and text[-1] not in "。!?"
        if labels.count > n or (labels.count < n and not cut and not PARTIAL.search(m[0])):
            yield _defect(page, block, m.span("count"), labels, block)


def _in_brackets(page: Page, block: BlockReading) -> Iterator[Defect]:
    """三省一市(甲、乙、丙、丁、戊)."""
    text = block.folded.chars
    for m in _BRACKETED.finditer(text):
        n = sum(count_of(c["n"]) or 0 for c in _COUNTS.finditer(m["count"]))
        listing = listing_after(text, *m.span("list"))
        if n < 2 or listing is None or text[m.start() - 1 : m.start()] in ("第", "每"):
            continue
        if not _same_things(text, listing) or _UNITS.fullmatch(m["list"]):
            continue
        partial = re.search(r"等$|如|包括|含|主要|其中", m["list"])
        if listing.low > n or (listing.high < n and not partial):
            yield _defect(page, block, m.span("count"), listing, block)


def _beyond(page: Page, block: BlockReading) -> Iterator[Defect]:
    """分为三类, and then 第一类 to 第四类."""
    text = block.folded.chars
    for m in _DIVIDED.finditer(text):
        n, kind = count_of(m["n"]), m["kind"]
        if n is None or n < 2 or text[m.start("n") - 1] == "第":
            continue
        ordinals = re.finditer(rf"第?(?P<k>[一二三四五六七八])(?:{kind})(?!以)", text[m.end() :])
        named = {count_of(k["k"]): k for k in ordinals}
        if all(k in named for k in range(1, n + 2)):
            last = named[n + 1]
            yield page.defect(
                CODE, (block, *m.span("count")), (block, m.end() + last.start(), m.end() + last.end()),
                stated=m["count"], listed=max(k for k in named if k is not None),
            )  # fmt: skip


def _same_things(text: str, listing: Listing) -> bool:
    """Names of things, not figures or whole statements."""
    items = text[listing.start : listing.end].split("、")
    short = all(len(i) == 1 for i in items)  # 甲、乙、丙三类
    return all((1 < len(i) <= 24 or short) and not _CLAIMED.search(i) for i in items)


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
