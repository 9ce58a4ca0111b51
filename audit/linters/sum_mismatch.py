"""# sum-mismatch（合计不符）

## 是什么

各部分加起来，不等于文中写的总数：财政补助670元、个人缴费400元，合计1050元；70%由基金支付，个人负担40%；表格里“合计”一行
对不上；算式算错。

## 为什么要紧

几个数字里必有一个是错的，读者没法知道是哪一个。

## 例子

- 财政补助670元，个人缴费400元，合计1050元。（应为1070元）
- 住院费用70%由统筹基金支付，个人负担40%。（应为30%）

## 怎么办

1. 把各部分重新加一遍。
2. 对照文件，改正算错的那个数。
3. 还有没写出来的部分，补写出来；四舍五入的，写“约”。

## 级别

警告。

# sum-mismatch

## What it is

The parts do not come to the whole that the text states: a subsidy of 670 yuan and a premium of 400 make “1050 yuan in
all”; 70 % from the fund and 40 % from the patient; a table's row of totals; a sum worked out wrongly.

## Why it matters

One of the figures is wrong, and readers cannot tell which.

## Example

- 财政补助670元，个人缴费400元，合计1050元。 (they come to 1070)
- 住院费用70%由统筹基金支付，个人负担40%。 (30 % are left)

## How to resolve it

1. Add the parts up again.
2. Look the figures up in the document and correct the wrong one.
3. If a part is missing, name it; if figures are rounded, say 约.

## Severity

Warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from audit.linters.bills import WORKED, bills
from audit.linters.figures import (
    alike,
    can_be_total,
    in_words,
    is_point,
    is_total,
    plain,
    quantities_in,
    sum_in_words,
    worked,
)
from audit.linters.later import later
from audit.linters.page import Page, prose
from audit.linters.sums_over import sums_over
from audit.model import Defect, DefectCode
from claims.language.quantities import Quantity
from claims.reading import BlockReading, Span

CODE: DefectCode = "sum-mismatch"

_TOTAL = later(
    r"(?:合计|共计|总计|总共|一共|总和|合起来|加起来|相加|总额|总数|总费率|总比例|(?<=[,、;])(?:两者|二者|两项|三项)?共)"
    r"[^,。;:\d]{0,8}$"
)
_OF = later(r"其中|(?:是|系)?由|包括|包含|构成为|分别(?:是|为)|\((?=[^()]*\))")
_DIVIDED = later(r"财政.*个人|个人.*财政|单位.*个人|个人.*单位")
_MADE_OF = later(r"由.*(?:组成|构成|分担|共同)|[两三]部分|[两三]项")
_SHARES = (
    (later(r"财政|政府|国家|补助|补贴|集体"), later(r"个人")),
    (later(r"单位|企业|雇主"), later(r"个人|职工")),
    (later(r"统筹|基金"), later(r"个人(?!账户)|自付|自费")),
    (later(r"职工"), later(r"居民")),
    (later(r"男"), later(r"女")),
    (later(r"城镇|城市"), later(r"农村|乡村")),
    (later(r"在职"), later(r"退休")),
    (later(r"门诊"), later(r"住院")),
)
"""Who divides a whole between them, so that there is no third part."""

_LIMITS = later(r"限额|封顶|上限|最高|最低|不超过|起付|基数")

_LABEL_TOTAL = later(r"合计|总计|共计|总额")


def check(page: Page) -> Iterator[Defect]:
    for block in page.blocks:
        text = block.folded.chars
        raw = block.block.text.chars
        for sum_ in worked(text) if "*" not in raw else ():
            result = (block, sum_.result_at, sum_.end)
            yield page.defect(
                CODE, (block, sum_.start, sum_.result_at), result, reason="sum-worked", right=plain(sum_.right),
                stated=text[sum_.result_at : sum_.end],
            )  # fmt: skip
        for span in prose(block):
            for one in sums_over(page, block, span):
                yield page.remarked(CODE, one)
            yield from _whole_last(page, block, span)
            yield from _whole_first(page, block, span)
            for one in bills(block, span):
                yield page.remarked(CODE, one)
    yield from _tables(page)


def _whole_last(page: Page, block: BlockReading, span: Span) -> Iterator[Defect]:
    """甲670元、乙400元,合计1050元."""
    text, start, end = block.folded.chars, span.sentence.start, span.sentence.end
    if span.grammars[0].asks:
        return
    found = quantities_in(block, start, end)
    for n, whole in enumerate(found):
        if not is_point(whole) or not _TOTAL.search(text[start : whole.whole_start]):
            continue
        parts = [q for q in found[:n] if alike(q, whole)]
        if not _are_parts(parts, text, start, whole.start) or is_total(parts, whole) or can_be_total(parts, whole):
            continue
        yield _unequal(page, block, whole, parts)


def _are_parts(parts: Sequence[Quantity], text: str, start: int, end: int) -> bool:
    if len(parts) < 2 or not all(is_point(q) and q.bound is None for q in parts):
        return False
    if not all(alike(parts[0], q) for q in parts):
        return False
    between = text[parts[0].start : end]
    return not WORKED.search(text[start:end]) and not re.search(r"或|/|占|比(?!例)|较|第", between)


def _whole_first(page: Page, block: BlockReading, span: Span) -> Iterator[Defect]:
    """1050元,其中甲670元、乙400元."""
    text, start, end = block.folded.chars, span.sentence.start, span.sentence.end
    found = quantities_in(block, start, end)
    for n, whole in enumerate(found[:-2]):
        if text[: whole.start].endswith(("达到", "达")) and text.startswith("(", whole.end):
            whole = replace(whole, bound=None)  # what the bracket splits up is exact
        if whole.unit not in ("yuan", "percent", "person", "times") or not is_point(whole) or whole.bound is not None:
            continue
        after = found[n + 1]
        of = _OF.search(text, whole.end, after.start)
        if of is None or of.start() - whole.end > 6 or _LIMITS.search(text[start:end]):
            continue
        bracket = text[of.start() + 1 : text.find(")", of.start())] if of[0] == "(" else ""
        if of[0] == "(" and "+" not in bracket and not _DIVIDED.search(bracket):
            continue
        last = text.find(")", of.start()) if bracket else end
        parts = [q for q in found[n + 1 :] if alike(q, whole) and q.end <= last]
        if len(parts) < 2 or not all(is_point(q) and q.bound is None for q in parts) or WORKED.search(text[start:end]):
            continue
        rest = text[of.start() : end]
        closed = len(parts) == 2 and _divided(block, whole, parts)
        closed = closed or "+" in bracket or (_MADE_OF.search(rest) is not None and of[0] != "其中")
        if is_total(parts, whole) or can_be_total(parts, whole):
            continue
        total = sum(q.low for q in parts)
        if closed or (total > whole.high and whole.unit != "person" and len(parts) == len(found) - n - 1):
            yield _unequal(page, block, whole, parts)


def _divided(block: BlockReading, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """财政…个人…, 单位…个人…: the two that there are."""
    text = block.folded.chars
    first, second = text[whole.end : parts[0].start], text[parts[0].end : parts[1].start]
    return any(
        (a.search(first) and b.search(second)) or (b.search(first) and a.search(second)) for a, b in _SHARES
    )


def _unequal(page: Page, block: BlockReading, whole: Quantity, parts: Sequence[Quantity]) -> Defect:
    text = block.folded.chars
    total = in_words(sum((q.low for q in parts), Decimal(0)), text[parts[0].start : parts[0].end])
    yuan = "元" if whole.unit == "yuan" and text[whole.start : whole.end].endswith("元") else ""
    return page.defect(
        CODE, (block, whole.start, whole.end), [(block, q.start, q.end) for q in parts],
        whole=text[whole.start : whole.end], parts=sum_in_words(text, parts),
        total=total + yuan,
    )  # fmt: skip


def _tables(page: Page) -> Iterator[Defect]:
    """A row or a column that is called 合计."""
    tables: dict[int, dict[tuple[int, int], BlockReading]] = {}
    for block in page.blocks:
        cell = block.block.cell
        if cell is not None:
            tables.setdefault(cell.table, {})[cell.row, cell.column] = block
    for cells in tables.values():
        for (row, column), block in cells.items():
            if not _LABEL_TOTAL.match(block.folded.chars) or len(block.folded.chars) > 8:
                continue
            if column == 0 and row >= 2:
                for at in sorted({c for r, c in cells if c > 0}):
                    yield from _added(page, cells.get((row, at)), [cells.get((r, at)) for r in range(row)])
            elif row == 0 and column >= 2:
                for at in sorted({r for r, _ in cells if r > 0}):
                    yield from _added(page, cells.get((at, column)), [cells.get((at, c)) for c in range(1, column)])


def _added(page: Page, total: BlockReading | None, cells: Sequence[BlockReading | None]) -> Iterator[Defect]:
    """One total of a table and the cells that make it, those without figures aside."""
    if total is None:
        return
    whole = _figure(total)
    found = [(b, q) for b in cells if b is not None and (q := _figure(b)) is not None]
    blank = [b for b in cells if b is not None and b.folded.chars and _figure(b) is None and b.quantities]
    if whole is None or len(found) < 2 or blank:
        return
    parts = [q for _, q in found]
    if any(not alike(q, whole) for q in parts) or is_total(parts, whole) or can_be_total(parts, whole):
        return
    yield page.defect(
        CODE, (total, whole.start, whole.end), [(b, q.start, q.end) for b, q in found],
        whole=total.folded.chars[whole.start : whole.end], total=plain(sum((q.low for q in parts), Decimal(0))),
        parts=" + ".join(b.folded.chars[q.start : q.end] for b, q in found),
    )  # fmt: skip


def _figure(block: BlockReading) -> Quantity | None:
    """The figure that is all there is in a cell."""
    if len(block.quantities) != 1:
        return None
    [q] = block.quantities
    rest = block.folded.chars[: q.whole_start] + block.folded.chars[q.whole_end :]
    return q if is_point(q) and q.bound is None and not rest else None
