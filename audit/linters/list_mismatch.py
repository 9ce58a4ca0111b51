"""# list-mismatch（清单不符）

## 是什么

一份清单和它自己的总说法或分类对不上：说“下辖11个县”，列出来的是10个县和1个区；前面说某地属于四类区，下面的分类表却把它放在
一类区；同一个地方被放进两类；分段互相重叠。

## 为什么要紧

读者查清单，是想知道自己属于哪一类。说法和清单不一致，查了等于没查。

## 例子

- 全市下辖5个县：江口区、东山县、西河县、南关县、北桥县。（有一个是区）
- 本市属于四类地区。一类：本市、邻市；四类：其他地区。

## 怎么办

1. 逐项核对每一项属于哪一类。
2. 改正总的说法，或把放错的一项移到该在的那一类。
3. 分段重叠的，把上一段的终点和下一段的起点写成同一个数。

## 级别

警告。

# list-mismatch

## What it is

A list contradicts what is said of it as a whole, or its own classes: “eleven counties” over ten counties and one
district; a city said to be of class 4 that the list puts in class 1; one place in two classes; bands that overlap.

## Why it matters

Readers look a list up to see which class is theirs. If list and statement differ, they are none the wiser.

## Example

- 全市下辖5个县：江口区、东山县、西河县、南关县、北桥县。 (one of them is a district)
- 本市属于四类地区。一类：本市、邻市；四类：其他地区。

## How to resolve it

1. Check each item: which class is it of?
2. Correct the statement, or move the item to its class.
3. Where bands overlap, let each begin where the one before ends.

## Severity

Warning.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from audit.linters.classes import LABEL, Entry, bands, entries, label_of
from audit.linters.enumerations import NUMBER, count_of, items_of
from audit.linters.later import later
from audit.linters.membership import strangers
from audit.linters.page import Page, Piece, prose
from audit.model import Defect, DefectCode
from claims.language.clauses import Clause
from claims.reading import BlockReading, Span

CODE: DefectCode = "list-mismatch"

_KINDS = r"(?:市辖区|县级市|自治县|自治旗|区|县|市|旗)(?![级域以内外区县市旗(]|辖)"
_COUNT = later(rf"(?P<n>{NUMBER})个?(?P<kind>{_KINDS})")
_COUNTS = later(rf"{NUMBER}个?{_KINDS}(?:[、,和及]?{NUMBER}个?{_KINDS})*")
_SUFFIX = later(r"[区县市旗]$")
_KIND_OF = {"市辖区": "区", "县级市": "市", "自治县": "县", "自治旗": "旗"}
_SOME = later(r"包括|其中|例如|比如|如$|部分|等")
_BELONGS = later(
    rf"(?:目前|现)?(?:属于?|归为|归入|划为|划入|列为|列入|被划?列?[为入])[^,。;:、\d]{{0,4}}?(?P<label>{LABEL})(?!以|及|或|、)"
)
_ASKS = later(r"[几哪]类|是否|吗")
_CLOSES = later(r"等?(?:共计?|一共|总共|合计)?(?:有|的|这)?")
_HYPHEN = frozenset("、,和及与;")


def check(page: Page) -> Iterator[Defect]:
    for block in page.blocks:
        yield from _divisions(page, block)
    listed = entries(page)
    if len({e.label for e in listed}) > 1:
        yield from _said_of(page, listed)
        yield from _twice(page, listed)
        yield from _in_brackets(page, listed)
    yield from _overlaps(page, listed)
    for one in strangers(page):
        yield page.defect(CODE, one.stated, one.strange, reason=one.reason, what=one.what, kind=one.kind)


# 下辖11个县 over ten 县 and one 区.


def _divisions(page: Page, block: BlockReading) -> Iterator[Defect]:
    text = block.folded.chars
    for m in _COUNTS.finditer(text):
        stated = Counter({_KIND_OF.get(c["kind"], c["kind"]): count_of(c["n"]) or 0 for c in _COUNT.finditer(m[0])})
        after = _names_after(page, block, m.end())
        names = after or _names_before(block, m.start())
        if len(names) < 3 or text[m.start() - 1 : m.start()] in ("第", "每"):
            continue
        listed: Counter[str] = Counter()
        for where, start, end in names:
            suffix = _SUFFIX.search(where.folded.chars, start, end)
            listed[suffix[0] if suffix else ""] += 1
        if listed[""] or listed == stated:
            continue
        others = set(listed) - set(stated)
        some = text.startswith("包括", m.end()) and sum(listed.values()) < sum(stated.values())
        fits = sum(listed.values()) == sum(stated.values()) or (some and others)
        if (some and not others) or not (after or fits):
            continue
        if not (others and fits) and not (len(stated) > 1 and fits) and not (len(stated) > 1 and not others):
            continue
        yield page.defect(
            CODE, (block, m.start(), m.end()), _run(page, names), reason="list-divisions", stated=m[0],
            listed="、".join(f"{n}个{kind}" for kind, n in sorted(listed.items(), key=lambda i: -i[1])),
        )  # fmt: skip


def _names_after(page: Page, block: BlockReading, at: int) -> list[Piece]:
    """The names of places that follow a number of them: one after the other, or the items of the list."""
    text = block.folded.chars
    items = items_of(page, block)
    if items and at > len(text) - 16:
        first = [(i, p.start, p.end) for i in items for p in i.places if p.start == 0]
        return first if len(first) == len(items) else []
    found: list[Piece] = []
    places = [p for p in block.places if p.start >= at]
    if not places or places[0].start - at > 10 or re.search(r"[。;]", text[at : places[0].start]):
        return []
    # 包括 lists some, yet what it lists must be of the kind.
    if _SOME.search(text[at : places[0].start].removeprefix("包括")):
        return []
    for place in places:
        if found and not set(text[found[-1][2] : place.start]) <= _HYPHEN:
            break
        found.append((block, place.start, place.end))
    return [] if found and text[found[-1][2] : found[-1][2] + 1] == "等" else found


def _names_before(block: BlockReading, at: int) -> list[Piece]:
    """The names of places that a number of them closes (甲县、乙县、丙市等3个县), the nearest run of them."""
    text = block.folded.chars
    found: list[Piece] = []
    for place in sorted((p for p in block.places if p.end <= at), key=lambda p: -p.end):
        between = text[place.end : found[-1][1] if found else at]
        if not (set(between) <= _HYPHEN if found else _CLOSES.fullmatch(between)):
            break
        found.append((block, place.start, place.end))
    return found[::-1]


def _run(page: Page, names: Sequence[Piece]) -> list[Piece]:
    """One piece where all stand in one block."""
    if len({id(b) for b, _, _ in names}) == 1:
        return [(names[0][0], names[0][1], names[-1][2])]
    return list(names)


# 拉萨属于四类 over a list that puts it in class 1.


def _said_of(page: Page, listed: Sequence[Entry]) -> Iterator[Defect]:
    labels = {e.label for e in listed}
    for block in page.blocks:
        text = block.folded.chars
        for m in _BELONGS.finditer(text):
            label = label_of(m["label"])
            clause = max(text.rfind(c, 0, m.start()) for c in ",。;:") + 1
            if label not in labels or _ASKS.search(text, clause, m.end()) or not text[clause : m.start()]:
                continue
            stated = (block, clause, m.end())
            inside = [e for e in listed if e.block is block and e.start <= m.start() < e.end]
            wrong = [e for e in listed if e.label != label and e not in inside and _holds(e, block, clause, m.start())]
            right = [e for e in listed if e.label == label and e not in inside and _holds(e, block, clause, m.start())]
            if wrong and not right:
                yield page.defect(
                    CODE, stated, [e.piece for e in wrong], reason="list-class", what=text[clause : m.start()],
                    stated=label, listed="、".join(sorted({e.label for e in wrong})),
                )  # fmt: skip


def _in_brackets(page: Page, listed: Sequence[Entry]) -> Iterator[Defect]:
    """小港院区(三级) after a list that has it as 二级."""
    for block in page.blocks:
        text = block.folded.chars
        for m in re.finditer(rf"\((?P<label>{LABEL})(?:甲等|乙等)?\)", text):
            label, before = label_of(m["label"]), text[max(0, m.start() - 14) : m.start()]
            named = [(e, i) for e in listed for i in e.items() if len(i) > 2 and before.endswith(i)]
            apart = [(e, i) for e, i in named if e.block is not block or not e.start <= m.start() < e.end]
            kin = [(e, i) for e, i in apart if e.label[-1] == label[-1]]
            if kin and all(e.label != label for e, _ in kin):
                name = max((i for _, i in kin), key=len)
                yield page.defect(
                    CODE, (block, m.start() - len(name), m.end()), [e.piece for e, _ in kin], reason="list-class",
                    what=name, stated=label, listed="、".join(sorted({e.label for e, _ in kin})),
                )  # fmt: skip


def _holds(entry: Entry, block: BlockReading, start: int, end: int) -> bool:
    """Whether an entry lists what `[start, end)` names: a place by any of its names, anything else word for word."""
    named = [p for p in block.places if start <= p.start and p.end <= end]
    if named:
        last = named[-1]
        return last.end >= end - 2 and any(set(p.names) == set(last.names) for p in entry.places())
    return block.folded.chars[start:end] in entry.items()


def _twice(page: Page, listed: Sequence[Entry]) -> Iterator[Defect]:
    """One place in two 类."""
    for a, b in combinations([e for e in listed if e.label.endswith("类")], 2):
        if a.label == b.label:
            continue
        ours = {p.names: p for p in a.places() if len(p.names) == 1}
        theirs = {p.names: p for p in b.places() if len(p.names) == 1}
        both = sorted(n for (n,) in ours.keys() & theirs.keys())
        if not both and a.is_list and b.is_list:
            both = sorted(i for i in a.items() & b.items() if len(i) > 2)
        if both:
            yield page.defect(CODE, a.piece, b.piece, reason="list-twice", what="、".join(both), a=a.label, b=b.label)


# 0-1万元, 1-2万元, 1.5-3万元.


def _overlaps(page: Page, listed: Sequence[Entry]) -> Iterator[Defect]:
    for rows in _rows(page, listed):
        found = bands(rows)
        if len(found) < 3:
            continue
        pairs = list(pairwise(found))
        apart = [(a, b) for a, b in pairs if a.high <= b.low or b.high <= a.low]
        over = [(a, b) for a, b in pairs if (a, b) not in apart]
        if len(over) != 1 or not apart or not any(a.closed or b.closed for a, b in apart):
            continue
        [(a, b)] = over
        if (a.closed and a.low <= b.low < a.high < b.high) or (b.closed and b.low < a.low < b.high <= a.high):
            yield page.defect(CODE, a.piece, b.piece, reason="list-overlap", a=_words(a.piece), b=_words(b.piece))


def _rows(page: Page, listed: Sequence[Entry]) -> Iterator[list[Piece]]:
    """What can be a list of bands: classes in one block, a list's items, a table's labels, the parts of a sentence."""
    for block in page.blocks:
        here = [e.piece for e in listed if e.block is block]
        if here:
            yield here
        items = items_of(page, block)
        if items:
            yield [(i, 0, len(i.folded.chars)) for i in items]
        text = block.folded.chars
        yield from _parted(block)
        for span in prose(block):
            yield [(block, c.start, c.end) for c in _after_colon(span)]
            sentence = text[span.sentence.start : span.sentence.end]
            if sentence.count("、") >= 2 and len(span.sentence.clauses) <= 3:
                clause = span.sentence.clauses[-1]
                commas = [i + 1 for i in range(clause.start, clause.end) if text[i] == "、"]
                cuts = [clause.start, *commas, clause.end + 1]
                yield [(block, a, b - 1) for a, b in pairwise(cuts)]
    columns: dict[int, list[Piece]] = {}
    for block in page.blocks:
        cell = block.block.cell
        if cell is not None and cell.column == 0 and cell.row > 0 and block.folded.chars:
            columns.setdefault(cell.table, []).append((block, 0, len(block.folded.chars)))
    yield from columns.values()


def _parted(block: BlockReading) -> Iterator[list[Piece]]:
    """Sentences that ; parts, the first from its colon on."""
    row: list[Piece] = []
    for span in prose(block):
        start = span.sentence.start if row else _after_colon(span)[0].start
        row.append((block, start, span.sentence.end))
        if span.sentence.closed_by != ";":
            yield row
            row = []
    if row:
        yield row


def _after_colon(span: Span) -> Sequence[Clause]:
    clauses = span.sentence.clauses
    first = next((n + 1 for n, c in enumerate(clauses[:-1]) if c.closed_by == ":"), 0)
    return clauses[first:]


def _words(piece: Piece) -> str:
    block, start, end = piece
    return block.folded.chars[start:end]
