"""A number stated over a list of items, over numbered headings or paragraphs, or at the head of a table's column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.linters.enumerations import COUNTED, NUMBER, PARTIAL, count_of, items_of, listing_before
from audit.linters.later import later
from audit.linters.page import Page, Piece, Remark, remark, words
from claims.reading import BlockReading

_POINTED = later(
    rf"(?:以下|下列|下面|如下)(?:的|这)?(?P<count>(?P<n>{NUMBER}){COUNTED})"
    rf"|(?P<count2>(?P<n2>{NUMBER}){COUNTED})[^,。;:!?]{{0,10}}(?:如下|(?:分别|依次)(?:是|为)?|:)$"
)
_TOLD = later(rf"(?:一共|总共|共|分为?|只需要?|只要|需要?|就)(?P<count>(?P<n>{NUMBER}){COUNTED})[^。;!?]*$")
_OF_OTHERS = later(rf"每|各|其中|比如|例如|{NUMBER}{COUNTED}")
_HEADED = later(
    rf"(?<![第每\d一二两三四五六七八九十百])(?P<count>(?P<n>(?!0){NUMBER})(?:大(?!病|额|学|小|家|连)|个|种|类|项|条|点|步|样|份|件|方面))(?!以上|以下|以内|月|工作日|小时|省|市|人|家)"
)
_CHAPTER = later(
    rf"\s*(?:第?{NUMBER}(?:[、.．:：,，)）]|[章节步点条项]|[大个种类])|[(（]{NUMBER}[)）]|[\u4e00-\u9fff]{{2,4}}{NUMBER}[:：、,，])"
)
_CLOSING = later(
    r"总结|小结|结语|结论|写在|温馨|提醒|提示|注意|常见问题|问答|附|参考|最后|综上|相关|建议|政策依据"
)
_ASIDE = later(r"(?:注意|注|备注|提示|温馨提示|提醒|说明|特别提醒|特别说明|小贴士|总之|此外|另外)[:：,]")
_LONGEST = 40
"""Characters quoted of an item."""

_COUNTS = later(rf"(?P<n>{NUMBER}){COUNTED}")


def counted_blocks(page: Page) -> Iterator[Remark]:
    for block in page.blocks:
        yield from _itemised(page, block)
        yield from _chapters(page, block)
        yield from _steps(page, block)
    yield from _columns(page)


def _itemised(page: Page, block: BlockReading) -> Iterator[Remark]:
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
        if m is None and text.endswith(":"):
            m = _TOLD.search(text, sentence.start)
            # 一共三步,每步都有这些要点: the list is of something else.
            count = m.span("count") if m and not _OF_OTHERS.search(text, m.end("count")) else None
    if m is None or count is None:
        return
    n = count_of(m["n"] or m["n2"]) if "n2" in m.re.groupindex else count_of(m["n"])
    items = [b for b in items_of(page, block) if not _ASIDE.match(b.folded.chars)]
    if n is None or n < 2 or len(items) < 2 or PARTIAL.search(text[max(0, m.start() - 4) :]):
        return
    if n == len(items) or n in _other_counts(page, items) or (page.is_teaser and items[-1] is page.blocks[-1]):
        return
    yield _differ((block, *count), items)


def _other_counts(page: Page, items: list[BlockReading]) -> set[int]:
    """What else a list may be said to hold: what its items list in a line, the items of the lists inside it."""
    inside = [items_of(page, b) for b in items]
    listed = [b.folded.chars.rpartition(":")[2].count("、") + 1 for b in items]
    return {sum(listed), sum(len(i) or 1 for i in inside), sum(map(len, inside))}


def _chapters(page: Page, heading: BlockReading) -> Iterator[Remark]:
    """四大影响 over three numbered headings."""
    if heading.block.kind not in ("title", "heading"):
        return
    m = _HEADED.search(heading.folded.chars)
    n = count_of(m["n"]) if m else None
    if m is None or n is None or n < 2 or heading.folded.chars[m.start() - 1 : m.start()] in ("第", "每"):
        return
    if listing_before(heading.folded.chars, len(heading.folded.chars[: m.start()].rstrip(",:"))) is not None:
        return  # 甲、乙、丙,三样东西别搞混: those are counted, not the chapters
    own = heading.block.kind == "title"
    below = [
        b for b in page.blocks
        if b.block.kind == "heading" and (b.index > heading.index if own else heading.index in b.block.headings)
    ]  # fmt: skip
    level = min((b.block.level for b in below), default=0)
    parts = [b for b in below if b.block.level == level and not _CLOSING.search(b.folded.chars)]
    if len(parts) < 2 or len(parts) == n or not all(_CHAPTER.match(b.block.text.chars) for b in parts):
        return
    yield _differ((heading, *m.span("count")), parts)


def _steps(page: Page, block: BlockReading) -> Iterator[Remark]:
    """共五步 over 第一步… to 第四步…, each in a paragraph of its own."""
    text = block.folded.chars
    for m in _COUNTS.finditer(text):
        n, kind = count_of(m["n"]), m[0][-1]
        if n is None or n < 2 or kind not in "步种类条点项":
            continue
        if text[m.start() - 1 : m.start()] in ("第", "每", "这", "前"):
            continue
        numbered: list[BlockReading] = []
        for below in page.blocks[block.index + 1 : block.index + 60]:
            found = re.match(rf"(?:第(?P<n>{NUMBER}){kind}|步骤(?P<k>{NUMBER}))", below.folded.chars)
            if found and count_of(found["n"] or found["k"]) == len(numbered) + 1:
                numbered.append(below)
            elif found and numbered:
                break
        if len(numbered) > 1 and len(numbered) != n and not PARTIAL.search(text[max(0, m.start() - 4) : m.end()]):
            yield _differ((block, *m.span()), numbered)
            return


def _columns(page: Page) -> Iterator[Remark]:
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
            yield _differ((header, *m.span("count")), filled)


def _differ(count: Piece, listed: Sequence[BlockReading]) -> Remark:
    pieces = [(b, 0, min(_LONGEST, len(b.folded.chars))) for b in listed]
    return remark(count, pieces, reason="count-mismatch", stated=words(count), listed=str(len(listed)))
