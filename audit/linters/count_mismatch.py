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

_AFTER = re.compile(
    rf"(?P<etc>等)?(?:,?(?:共计?|合计|一共|总共|总计)有?|在内的|这)?(?P<count>(?P<n>{NUMBER}){COUNTED})"
)
_ANNOUNCED = re.compile(
    rf"(?P<count>(?P<n>{NUMBER}){COUNTED})(?:[^,。;:!?、(\d]{{0,10}}?)"
    r"(?:(?P<colon>(?:分别|依次|主要)?(?:是|为|包括|有|如下)?:)|(?:分别|依次)(?:是|为|有)|为(?=[\u4e00-\u9fff]+、)"
    r"|[^。;:!?、(\d]{0,20},(?:分别|依次)(?:是|为|有)|,?(?:包括|包含|涵盖|即))"
)
_BRACKETED = re.compile(
    rf"(?P<count>(?:{NUMBER}{COUNTED})+)[^,。;:()、\d]{{0,8}}\((?P<list>[^()]{{3,120}})\)"
)
_COUNTS = re.compile(rf"(?P<n>{NUMBER}){COUNTED}")
_LABELLED = re.compile(rf"(?P<count>(?P<n>{NUMBER}){COUNTED})(?P<rest>[^,。;:!?、(\d]{{0,12}}?)[:,。;]")
_CHAPTER = re.compile(
    rf"\s*(?:第?{NUMBER}(?:[、.．:：,，)）]|[章节步点条项]|[大个种类])|[(（]{NUMBER}[)）]|[\u4e00-\u9fff]{{2,4}}{NUMBER}[:：、,，])"
)
_CLOSING = re.compile(
    r"总结|小结|结语|结论|写在|温馨|提醒|提示|注意|常见问题|问答|附|参考|最后|综上|相关|建议|政策依据"
)
_POINTED = re.compile(
    rf"(?:以下|下列|下面|如下)(?:的|这)?(?P<count>(?P<n>{NUMBER}){COUNTED})"
    rf"|(?P<count2>(?P<n2>{NUMBER}){COUNTED})[^,。;:!?]{{0,10}}(?:如下|(?:分别|依次)(?:是|为)?|:)$"
)
_HEADED = re.compile(
    rf"(?P<count>(?P<n>{NUMBER})(?:大|个|种|类|项|条|点|步|样|份|件|方面))(?!以上|以下|以内|月|工作日|小时|省|市|人|家)"
)
_PARTIAL = re.compile(
    r"其中|例如|比如|譬如|如[:下]?$|包括|部分|主要(?!有|分|是)|至少|不少于|超过|以上|之一|任[选一意何]|或者?$"
)
_GOES_ON = re.compile(r"其余|另|上述|这|均|都|可|但|而|并|目前|除|需|须|应|暂|尚|也|还|是否|共")
_ASIDE = re.compile(r"(?:注意|注|备注|提示|温馨提示|提醒|说明|特别提醒|特别说明|小贴士|总之|此外|另外)[:：,]")
_ADDED = re.compile(rf"{NUMBER}{COUNTED}[、和,]?$")
"""6区3县: the list holds both."""

_LIMITED = re.compile(r"(?:最多|至多|不超过|上限|至少|最少|不少于|限|仅限|达)(?:为|是|可|绑定|添加)*$")
_CLAIMED = re.compile(r"[\d%]|都|均|可以|不能|不可|其中")


def check(page: Page) -> Iterator[Defect]:
    for block in page.blocks:
        if block.block.kind in ("title", "heading"):
            continue
        for span in block.spans:
            yield from _listed_before(page, block, span)
            yield from _listed_after(page, block, span)
        yield from _labelled(page, block)
        yield from _in_brackets(page, block)
    for block in page.blocks:
        yield from _itemised(page, block)
        yield from _chapters(page, block)
    yield from _columns(page)


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
        if _ADDED.search(text, span.sentence.start, m.start()) or _LIMITED.search(text, 0, m.start()):
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
    for m in _LABELLED.finditer(text):
        n = count_of(m["n"])
        if n is None or n < 2 or text[m.start() - 1 : m.start()] in ("第", "每"):
            continue
        labels = labels_in(text, m.end(), len(text))
        if labels is None or labels.start - m.end() > 1:
            continue
        cut = page.is_teaser and text[-1] not in "。!?"
        if labels.count > n or (labels.count < n and not cut and not _PARTIAL.search(m[0])):
            yield _defect(page, block, m.span("count"), labels, block)


def _in_brackets(page: Page, block: BlockReading) -> Iterator[Defect]:
    """三省一市(甲、乙、丙、丁、戊)."""
    text = block.folded.chars
    for m in _BRACKETED.finditer(text):
        n = sum(count_of(c["n"]) or 0 for c in _COUNTS.finditer(m["count"]))
        listing = listing_after(text, *m.span("list"))
        if n < 2 or listing is None or text[m.start() - 1 : m.start()] in ("第", "每"):
            continue
        if not _same_things(text, listing):
            continue
        partial = re.search(r"等$|如|包括|含|主要|其中", m["list"])
        if listing.low > n or (listing.high < n and not partial):
            yield _defect(page, block, m.span("count"), listing, block)


def _chapters(page: Page, heading: BlockReading) -> Iterator[Defect]:
    """四大影响 over three numbered headings."""
    if heading.block.kind not in ("title", "heading"):
        return
    m = _HEADED.search(heading.folded.chars)
    n = count_of(m["n"]) if m else None
    if m is None or n is None or n < 2 or heading.folded.chars[m.start() - 1 : m.start()] in ("第", "每"):
        return
    own = heading.block.kind == "title"
    below = [
        b for b in page.blocks
        if b.block.kind == "heading" and (b.index > heading.index if own else heading.index in b.block.headings)
    ]  # fmt: skip
    level = min((b.block.level for b in below), default=0)
    parts = [b for b in below if b.block.level == level and not _CLOSING.search(b.folded.chars)]
    if len(parts) < 2 or len(parts) == n or not all(_CHAPTER.match(b.block.text.chars) for b in parts):
        return
    yield page.defect(
        CODE, (heading, *m.span("count")), [(b, 0, len(b.folded.chars)) for b in parts], stated=m["count"],
        listed=len(parts),
    )  # fmt: skip


def _columns(page: Page) -> Iterator[Defect]:
    """材料(4项) at the head of a column of three."""
    for header in page.blocks:
        cell = header.block.cell
        m = re.search(rf"\(共?(?P<count>(?P<n>{NUMBER}){COUNTED})\)$", header.folded.chars)
        if cell is None or not cell.is_header or m is None:
            continue
        below = [b for b in page.blocks if b.block.cell is not None and header.index in b.block.cell.column_headers]
        filled = [b for b in below if b.folded.chars]
        n = count_of(m["n"])
        if n is not None and n > 1 and len(filled) > 1 and len(filled) != n:
            listed = [(b, 0, len(b.folded.chars)) for b in filled]
            yield page.defect(CODE, (header, *m.span("count")), listed, stated=m["count"], listed=len(filled))


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
