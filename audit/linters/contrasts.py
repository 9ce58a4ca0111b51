"""Two things of a kind (一档 and 二档, 职工 and 居民) and the figures that an article gives for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from audit.linters.figures import alike, quantities_in
from audit.linters.later import later
from audit.linters.page import Page, Piece, prose
from claims.language.quantities import Quantity
from claims.reading import BlockReading

FAMILIES: Sequence[re.Pattern[str]] = tuple(
    later(p)
    for p in (
        r"[一二三四五]档",
        r"[一二三]级(?!甲|乙|丙|以)|基层|社区|乡镇",
        r"职工(?=医保|基本|医疗)|城乡居民|居民(?=医保|基本|医疗)|新农合|灵活就业",
        r"在职|退休(?!年龄)",
        r"男(?:性|职工)?|女(?:性|职工)?",
        r"省内|省外|跨省|异地|本地",
    )
)
"""Words of one pattern name things that are set against each other."""

_IDLE = later(r"的|压力|金额|标准|负担|水平|方面|数额|总体|通常|一般|相对|明显|往往|反而|也|都|却|则|但是?|而")
_MEMBER_IS = later(r"医院|医疗机构|职工|人员|医保|是|为|则|达|分别")


class Named(msgspec.Struct, frozen=True):
    """A figure with what it is said of (一档) and the words before it."""

    who: str
    what: str
    block: BlockReading
    quantity: Quantity

    @property
    def piece(self) -> Piece:
        return self.block, self.quantity.start, self.quantity.end


def named_figures(page: Page, family: re.Pattern[str]) -> Iterator[Named]:
    """Every figure of a part that is said of one member of a family: named in its clause, before it in its sentence, in
    the row or the column of its cell."""
    for block in page.blocks:
        if block.block.kind in ("title", "heading"):
            continue
        text = block.folded.chars
        cell = block.block.cell
        if cell is not None:
            headers = [page.blocks[i].folded.chars for i in (*cell.row_headers, *cell.column_headers)]
            named = {m[0] for h in headers for m in family.finditer(h)}
            if len(named) == 1 and len(block.quantities) == 1 and not cell.is_header:
                yield Named(named.pop(), "".join(headers), block, block.quantities[0])
            continue
        for span in prose(block):
            start = span.sentence.start
            said = ""
            if any(g.asks or g.believes is not None for g in span.grammars):
                continue
            for clause in span.sentence.clauses:
                for q in quantities_in(block, clause.start, clause.end):
                    members = [m[0] for m in family.finditer(text, start, q.start)]
                    before = [o.end for o in quantities_in(block, clause.start, q.start)]
                    own = {m[0] for m in family.finditer(text, max([clause.start, *before]), q.start)}
                    words = text[clause.start : q.start]
                    if len(_IDLE.sub("", _MEMBER_IS.sub("", family.sub("", words)))) >= 2:
                        said = words
                    if members and len(own) <= 1:
                        # 二级医院报销75%,三级医院65%: what it is stays as it was.
                        yield Named(members[-1], words + said, block, q)


def share_words(what: str, attribute: str) -> bool:
    """Whether words before a figure (个人缴) name what is compared (个人缴费压力)."""
    core = _IDLE.sub("", attribute)
    need = 3 if len(core) >= 4 else 2
    if len(core) >= 2 and any(core[i : i + need] in what for i in range(len(core) - need + 1)):
        return True
    if attribute.endswith("得"):  # 缴得更少
        return attribute[-2:-1] in what
    return any(word in core and word in what for word in ("报销", "起付", "封顶"))


def figures_of(figures: Sequence[Named], who: str, attribute: str) -> list[Named]:
    """What the article says of one member about an attribute, as far as it is of one unit."""
    mine = [f for f in figures if f.who == who and share_words(f.what, attribute)]
    if any(not alike(a.quantity, b.quantity) for a in mine for b in mine):
        return []
    return mine
