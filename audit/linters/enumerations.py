"""Things listed: in running text (甲、乙和丙), by labels (一是…二是…), as items of a list; and how many there are."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from audit.linters.later import later
from audit.linters.page import Page
from claims.language.numerals import read
from claims.reading import BlockReading

NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,4})"
COUNTED = (
    r"(?:大类|大|个|种|类|项|条|点|步|名|位|家|档|级|部分|方面|款|张|处|所|口|人|样|份(?!额)|件|组|套|批|"
    r"(?:省|市|州|县|区)(?![内外级区市]))"
    r"(?!月|工作日|小时|星期|百分点|自然日|交易日|季度|年|周|钟)"
)
"""What counts things. Months, days, yuan and percent are amounts."""

_BRACKETS = later(r"\([^()]*\)")
_LEAD = later(
    r"(?:分别是|分别为|依次为|包括|包含|涵盖|涉及|有|即|是|为|由|给|对|把|将|向|在|与|含|如|可|应|须|需|均|都|凭|持|用|按|的|了|"
    r"共济|绑定|提供|携带)"
)
_COUNTED_ALREADY = later(rf"[\u4e00-\u9fff]{NUMBER}{COUNTED}(?:和|及|与|以及)?")
"""甲、乙两市和丙、丁两县: the second list begins where the first is counted."""

_LONGEST_LIST = 1000
"""Characters."""

_CLOSING = later(r"[^和及与或]{2,}(?:和|以及|及(?!其)|与)[^和及与或]{2,}")
_AND = later(r"以及|及其|和|及|与|或者|或")


PARTIAL = later(
    r"其中|例如|比如|譬如|如[:下]?$|包括|部分(?=[地省市区])|主要(?!有|分|是)|至少|不少于|超过|以上|之一|任[选一意何]|或者?$"
)
"""Words that make a list one of some things only, or a number no exact one."""


class Listing(msgspec.Struct, frozen=True):
    """Things listed in `[start, end)` of a text: at least `low`, and `high` if every 和 parts two of them."""

    start: int
    end: int
    low: int
    high: int


def listing_before(text: str, end: int, start: int = 0) -> Listing | None:
    """The list (甲、乙、丙) that ends at `end`, two things or more; where it begins in a sentence is told by the words
    that lead up to it (包括甲、乙)."""
    start = max(start, end - _LONGEST_LIST)
    flat = _flat(text[start:end])
    low_at, parts, at = 0, 0, len(flat)
    while at > 0:
        comma = flat.rfind("、", 0, at)
        item = flat[comma + 1 : at]
        leads = sorted([*_LEAD.finditer(item), *_COUNTED_ALREADY.finditer(item)], key=lambda m: m.end())
        cut = max((m.start() for m in re.finditer(r"[,。;:!?\n]", item)), default=-1)
        parts += 1
        low_at = comma + 1
        if leads or cut >= 0:
            low_at += max([cut + 1, *(m.end() for m in leads[-1:] if m.end() > cut)])
            break
        if comma < 0:
            break
        at = comma
    if parts < 2:
        return None
    return _listing(text, start + low_at, end, parts)


def listing_after(text: str, start: int, end: int) -> Listing | None:
    """The list that fills `[start, end)`, of two things or more."""
    parts = _flat(text[start:end]).count("、") + 1
    return _listing(text, start, end, parts) if parts > 1 else None


def _listing(text: str, start: int, end: int, parts: int) -> Listing:
    flat = _flat(text[start:end])
    ands = sum(1 for _ in _AND.finditer(flat))
    # 甲、乙和丙: before the last thing 和 parts two, unless others hold one as well.
    closing = _CLOSING.fullmatch(flat.rpartition("、")[2]) is not None and ands == 1 and parts > 2
    return Listing(start, end, parts + closing, parts + ands)


def _flat(text: str) -> str:
    """The text with what stands in brackets blanked out."""
    return _BRACKETS.sub(lambda m: "\u3000" * len(m[0]), text)


def count_of(words: str) -> int | None:
    """六 -> 6; None for what is no whole number."""
    found = read(words, 0)
    if found is None or found[1] != len(words) or found[0] != int(found[0]):
        return None
    return int(found[0])


_LABELS: Sequence[re.Pattern[str]] = tuple(
    later(p)
    for p in (
        r"(?:^|(?<=[。;:!?,\n]))(?P<n>[一二三四五六七八九十]{1,2})是",
        r"(?:^|(?<=[。;:!?,\n]))其(?P<n>[一二三四五六七八九十]{1,2})[,、:]",
        r"(?:^|(?<=[。;:!?,\n]))第(?P<n>[一二三四五六七八九十]{1,2})(?=[,、:]|[个种类项条点步]|步)",
        r"\((?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})\)",
        r"(?:^|(?<=[。;:\n]))(?P<n>[一二三四五六七八九十]{1,2})、",
        r"(?:^|(?<=[。;:!?,\n]))(?P<n>\d{1,2})[.、](?!\d)",
        r"(?P<n>[①②③④⑤⑥⑦⑧⑨⑩⑪⑫])",
    )
)
_IN_TURN = later(r"(?:^|(?<=[。;:!?,\n]))(?:首先|其次|再次|然后|接着|最后)")
_CIRCLED = {c: i for i, c in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫", 1)}


class Labels(msgspec.Struct, frozen=True):
    """Labels 1, 2, … `count` of one kind, without a gap, the first at `start`, the last at `last`."""

    start: int
    last: int
    count: int


def labels_in(text: str, start: int, end: int) -> Labels | None:
    """The labels (一是…二是…; (1)…(2)…; 1.…2.…) that number the things said in `[start, end)`, two or more."""
    for kind in _LABELS:
        first = last = None
        expected = 1
        for m in kind.finditer(text, start, end):
            n = _CIRCLED.get(m["n"]) or count_of(m["n"])
            if n == expected:
                first = m.start() if first is None else first
                last, expected = m.start(), expected + 1
            elif n == 1 and expected > 1:
                break  # another list begins
        if first is not None and last is not None and expected > 2:
            return Labels(first, last, expected - 1)
    said = list(_IN_TURN.finditer(text, start, end))
    if len(said) > 1 and said[0][0] == "首先" and said[-1][0] == "最后" and len({m[0] for m in said}) == len(said):
        return Labels(said[0].start(), said[-1].start(), len(said))
    return None


def items_of(page: Page, stem: BlockReading) -> list[BlockReading]:
    """The items of the list that a block introduces, without those of lists inside it."""
    items = page.items_below.get(stem.index, ())
    if not items:
        return []
    level = min(b.block.level for b in items)
    first = next(b for b in items if b.block.level == level)
    # An item may run over several blocks; those after the first carry no marker.
    return [b for b in items if b.block.level == level and b.block.list_id == first.block.list_id]
