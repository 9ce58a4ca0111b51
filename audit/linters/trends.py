"""Rows of figures with what is said of the whole row: 逐年下降, 级别越高报销越少."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from audit.linters.figures import alike, is_point, quantities_in
from audit.linters.later import later
from audit.linters.page import Page, prose
from claims.language.quantities import Quantity
from claims.reading import BlockReading, Span

_BY_YEAR = later(
    r"(?:逐年|连年|年年|持续|不断|一年比一年|每年都在?|连续\w{0,3}年)(?:有所)?(?:(?P<up>上升|上涨|提高|增加|增长|走高|上调|提升|升高|涨)"
    r"|(?P<down>下降|降低|减少|下调|走低|下滑|降))"
)
_BY_TIER = later(
    r"(?:(?:随着?|按)[^,。;]{0,6}(?:级别|等级|档次)[^,。;]{0,4}?(?:升高|提高|上升|增加|越高)|(?:级别|等级|档次)越高|越是?大(?:的)?医院|越高级的?医院)"
    r"(?P<rest>[^。;]{0,30})"
)
_GOES = later(
    r"(?P<what>[\u4e00-\u9fff]{0,8}?)(?:也|就|却|反而|而|随之)?"
    r"(?:(?P<up>越高|越多|提高|升高|上升|增加|递增)|(?P<down>越低|越少|降低|下降|减少|递减))"
)
_YEAR = later(r"(20\d\d)年?度?")
_TIERS: Sequence[Sequence[str]] = (
    ("社区", "基层", "乡镇", "乡级", "村"),
    ("一级", "县级", "一档"),
    ("二级", "市级", "二档"),
    ("三级", "省级", "三档"),
    ("四档",),
)


class Trend(msgspec.Struct, frozen=True):
    """Words (a span of `block`) that say which way a row of figures goes, and the row, in order."""

    block: BlockReading
    start: int
    end: int
    words: str
    up: bool
    row: tuple[tuple[BlockReading, Quantity], ...]

    @property
    def refuted(self) -> bool:
        """Whether every step goes the other way."""
        steps = zip(self.row, self.row[1:], strict=False)
        return all((b.high < a.low) if self.up else (b.low > a.high) for (_, a), (_, b) in steps)


def trends(page: Page) -> Iterator[Trend]:
    """What is said of rows of figures, in the sentence itself or the one before."""
    for block in page.blocks:
        spans = prose(block)
        for n, span in enumerate(spans):
            if any(g.asks for g in span.grammars):
                continue
            text = block.folded.chars
            here = [span, *([spans[n - 1]] if n else [])]
            m = _BY_YEAR.search(text, span.sentence.start, span.sentence.end)
            row = next((r for s in here if len(r := _by_year(block, s)) > 1), None) if m else None
            if m and row:
                yield Trend(block, m.start(), m.end(), m[0], m["up"] is not None, tuple(row))
            m = _BY_TIER.search(text, span.sentence.start, span.sentence.end)
            for goes in _GOES.finditer(text, m.start("rest"), m.end("rest")) if m else ():
                row = next((r for s in here if len(r := _by_tier(block, s)) > 1), None)
                row = row or _column(page, goes["what"])
                if m and row:
                    words = text[m.start() : goes.end()]
                    yield Trend(block, m.start(), goes.end(), words, goes["up"] is not None, tuple(row))


def _figures(block: BlockReading, span: Span) -> list[Quantity]:
    return [q for q in quantities_in(block, span.sentence.start, span.sentence.end) if is_point(q)]


def _by_year(block: BlockReading, span: Span) -> list[tuple[BlockReading, Quantity]]:
    """One figure a year, of rising years, each behind its year."""
    text = block.folded.chars
    years = list(_YEAR.finditer(text, span.sentence.start, span.sentence.end))
    row: list[tuple[BlockReading, Quantity]] = []
    for n, m in enumerate(years):
        stop = years[n + 1].start() if n + 1 < len(years) else span.sentence.end
        mine = [q for q in _figures(block, span) if m.end() <= q.start and q.end <= stop]
        if len(mine) != 1 or (n and int(m[1]) <= int(years[n - 1][1])) or (row and not alike(row[0][1], mine[0])):
            return []
        row.append((block, mine[0]))
    return row


def _by_tier(block: BlockReading, span: Span) -> list[tuple[BlockReading, Quantity]]:
    """One figure a tier, lowest first."""
    text = block.folded.chars
    found: list[tuple[int, Quantity]] = []
    marks = [
        (m.start(), m.end(), rank)
        for rank, names in enumerate(_TIERS) for name in names
        for m in later(name).finditer(text, span.sentence.start, span.sentence.end)
    ]  # fmt: skip
    marks.sort()
    for n, (_, end, rank) in enumerate(marks):
        stop = marks[n + 1][0] if n + 1 < len(marks) else span.sentence.end
        mine = [q for q in _figures(block, span) if end <= q.start and q.end <= stop]
        if len(mine) > 1 or (mine and found and not alike(found[0][1], mine[0])):
            return []
        found += [(rank, q) for q in mine]
    ranks = [rank for rank, _ in found]
    return [(block, q) for _, q in found] if ranks == sorted(set(ranks)) else []


def _column(page: Page, what: str) -> list[tuple[BlockReading, Quantity]] | None:
    """The figures of the one column of the part's tables that has `what` at its head and tiers at its side."""
    rows: dict[int, list[tuple[int, BlockReading, Quantity]]] = {}
    for block in page.blocks:
        cell = block.block.cell
        if cell is None or cell.is_header or len(block.quantities) != 1 or not is_point(block.quantities[0]):
            continue
        head = "".join(page.blocks[i].folded.chars for i in cell.column_headers)
        side = "".join(page.blocks[i].folded.chars for i in cell.row_headers)
        rank = [r for r, names in enumerate(_TIERS) if any(name in side for name in names)]
        if len(what) >= 2 and (what in head or what[-3:] in head) and len(rank) == 1:
            rows.setdefault(cell.column, []).append((rank[0], block, block.quantities[0]))
    if len(rows) != 1:
        return None
    [found] = rows.values()
    ranks = [rank for rank, _, _ in found]
    alone = len(set(ranks)) == len(ranks) > 1 and all(alike(found[0][2], q) for _, _, q in found)
    return [(b, q) for _, b, q in sorted(found, key=lambda f: f[0])] if alone else None
