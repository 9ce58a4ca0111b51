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

from msgspec.structs import replace

from audit.linters.contrasts import FAMILIES, Named, figures_of, named_figures
from audit.linters.figures import alike, is_point, quantities_in
from audit.linters.page import Page, Piece
from audit.model import Defect, DefectCode
from claims.language.clauses import Clause
from claims.language.quantities import Quantity
from claims.reading import BlockReading, Span

CODE: DefectCode = "comparison-mismatch"

_DOWN = r"降低|下降|下调|调低|减少|缩减|缩短|压缩|回落|降|减|(?<=暂)降"
_UP = r"提高|提升|上调|调高|上升|上涨|增加|增长|升高|延长|增|涨|升|提"
_TO = re.compile(
    rf"(?P<verb>(?P<down>{_DOWN})|(?P<up>{_UP}))(?P<by>(?:了|约)*[^,。;:至到为达]{{0,12}}?)(?:后)?(?:至|到|为|成|达到?)"
    r"(?:了|约|大约|每人每年|每人|每年|每月|人均|原来的|现行的|[^,。;:\d]{0,5})$"
)
_FROM = re.compile(r"(?:从|由|自)[^,。;:]{0,14}$")
_BEFORE = re.compile(r"(?:原来?|此前|以前|之前|过去|去年|上年|上一?年度?|\d{4}年度?)(?:为|是|的|标准)*[^,。;:\d]{0,6}$")
_SEVERAL = re.compile(r"分别|依次|逐年|逐步|每年(?:均|都|再)?(?:提|增|上|降|下|减)")
_STEP_RANGE = re.compile(rf"(?:{_DOWN}|{_UP})(?:了|约)*$")
_THAN = re.compile(r"(?:较|比|相比|相较于?)[^,。;:]{0,14}$")
_CHANGED = re.compile(
    rf"(?:的?[^,。;:\d]{{0,4}})(?:(?P<up>{_UP}|高出?|多)|(?P<down>{_DOWN}|低|少))(?:了|约)*(?P<by>[\d.]+)?"
)
_COMPARED = re.compile(
    r"(?P<adverb>远远?|明显|显著|略|稍|大大|均|都|也|更|还|普遍)?(?:(?P<up>高于|多于|高过|超过|大于)|(?P<down>低于|少于|小于|不及|不如))"
    r"(?P<what>[^,。;:(\d]{2,24})"
)
_THRESHOLD = re.compile(r"的(?!水平|标准|限额|比例|额度)|者|部分|时|后|以上|以下|则|可|按|须|应|需|即")
_IF = re.compile(r"如果?|若|当|凡|不得?$|未$|是否|能否|无论|不论|假如|只要|以免|避免|防止|预计|争取|力争|拟|计划")
_HIGHER = r"高|多|贵|重|大|长"
_LOWER = r"低|少|便宜|轻|小|短"
_RANKED = re.compile(
    rf"(?P<attribute>[\u4e00-\u9fff]{{2,12}}?)(?:更|较|比较|相对较?|明显较?|略)(?:(?P<up>{_HIGHER})|(?P<down>{_LOWER}))$"
)


def check(page: Page) -> Iterator[Defect]:
    for block in page.blocks:
        for span in block.spans:
            if any(g.asks for g in span.grammars):
                continue
            yield from _changes(page, block, span)
            yield from _since(page, block, span)
            yield from _comparisons(page, block, span)
    for family in FAMILIES:
        figures = list(named_figures(page, family))
        if len({f.who for f in figures}) > 1:
            for block in page.blocks:
                yield from _ranked(page, block, family, figures)


# 从380元降至400元: the old figure, a verb, the new one.


def _changes(page: Page, block: BlockReading, span: Span) -> Iterator[Defect]:
    text, start = block.folded.chars, span.sentence.start
    found = _steps_apart(block, quantities_in(block, start, span.sentence.end))
    for n, new in enumerate(found):
        clause = max(text.rfind(c, start, new.start) for c in ",。;:") + 1
        m = _TO.search(text, max(start, clause), new.start)
        if m is None or not is_point(new):
            continue
        steps = [q for q in found[:n] if m.end("verb") <= q.start and q.end <= new.start]
        before = [q for q in found[:n] if q.end <= m.start("verb") and alike(q, new)]
        listed = n + 1 < len(found) and text[new.end : found[n + 1].start] in ("、", "和", "及")
        if not before or listed or len(steps) > 1 or _SEVERAL.search(text, clause, new.start):
            continue
        old = before[-1]
        if not is_point(old) or not _is_old(text, start, old, m.start("verb"), before):
            continue
        up = m["up"] is not None
        old_piece, new_piece = (block, old.start, old.end), (block, m.start("verb"), new.end)
        if new.low == old.low or (new.low > old.low) != up:
            yield _against(page, new_piece, old_piece, m["verb"], text, old, new)
        elif steps and not _comes_to(old, steps[0], new, up):
            yield page.defect(
                CODE, new_piece, old_piece, reason="comparison-step", old=text[old.start : old.end],
                step=m["verb"] + text[steps[0].start : steps[0].end], new=text[new.start : new.end],
            )  # fmt: skip


def _steps_apart(block: BlockReading, found: Sequence[Quantity]) -> list[Quantity]:
    """提高1000元至5000元 is no range: a step and where it leads."""
    text = block.folded.chars
    made: list[Quantity] = []
    for q in found:
        parts = re.match(r"[^至到]+元(?=[至到])", text[q.start : q.end])
        if parts is None or not _STEP_RANGE.search(text, 0, q.start):
            made.append(q)
            continue
        cut = q.start + parts.end()
        made.append(replace(q, end=cut, whole_end=cut, high=q.low))
        made.append(replace(q, start=cut + 1, whole_start=cut + 1, low=q.high))
    return made


def _is_old(text: str, start: int, old: Quantity, verb: int, before: Sequence[Quantity]) -> bool:
    """Whether a figure is the one that changed: 从…, 原为…, directly before the verb, or before the bracket."""
    between = text[old.end : verb]
    lead = text[max(start, old.start - 18) : old.start]
    bracket = between.rfind("(")
    if bracket >= 0:
        return bracket == 0 and ")" not in between and len(between) <= 14
    if re.search(r"[。;]", between) or len(between) > 16:
        return False
    if len(before) > 1 and text[before[-2].end : old.start] in ("、", "和", "及"):
        return False
    if len(between) <= 3 and not re.search(r"[,:]", between):
        return True
    return bool(_FROM.search(lead) or _BEFORE.search(lead))


def _comes_to(old: Quantity, step: Quantity, new: Quantity, up: bool) -> bool:
    """380元 + 20元 = 400元; 60% + 5个百分点 = 65%; 380元 and 5% more."""
    sign = 1 if up else -1
    if step.unit == new.unit or (step.unit, new.unit) == ("percent_point", "percent"):
        off = abs(old.low + sign * step.low - new.low)
        near = Decimal(0) if new.high < 10_000 else new.high / 150
        return off <= near or step.approx or (step.unit == new.unit == "percent")
    if step.unit == "percent":
        return abs(old.low * (100 + sign * step.low) / 100 - new.low) <= new.high / 30
    return True


# 400元,比上年的380元提高20元.


def _since(page: Page, block: BlockReading, span: Span) -> Iterator[Defect]:
    text, start, end = block.folded.chars, span.sentence.start, span.sentence.end
    found = quantities_in(block, start, end)
    for n, old in enumerate(found):
        m = _THAN.search(text, start, old.start)
        changed = _CHANGED.match(text, old.end, end)
        if m is None or changed is None or not is_point(old):
            continue
        news = [q for q in found[:n] if q.end <= m.start() and alike(q, old)]
        if len(news) != 1 or not is_point(news[0]) or re.search(r"[。;]", text[news[0].end : m.start()]):
            continue
        [new] = news
        if m.start() - new.end > 8 or _IF.search(text, m.start() - 2, m.start()):
            continue
        up = changed["up"] is not None
        pieces: tuple[Piece, Piece] = (block, m.start(), changed.end()), (block, new.start, new.end)
        step = found[n + 1] if n + 1 < len(found) and found[n + 1].start <= changed.end() <= found[n + 1].end else None
        if new.low == old.low or (new.low > old.low) != up:
            yield _against(page, *pieces, changed["up"] or changed["down"], text, old, new)
        elif step is not None and not _comes_to(old, step, new, up):
            yield page.defect(
                CODE, (block, m.start(), step.end), pieces[1], reason="comparison-step",
                old=text[old.start : old.end], new=text[new.start : new.end],
                step=(changed["up"] or changed["down"]) + text[step.start : step.end],
            )  # fmt: skip


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
                page, (block, m.start(), stop), (block, ours.start, ours.end), m["adverb"] or "", text, ours, wrong[0],
                word=m["up"] or m["down"],
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


# 一档个人缴费较少, where the figures of both are given.


def _ranked(page: Page, block: BlockReading, family: re.Pattern[str], figures: Sequence[Named]) -> Iterator[Defect]:
    text = block.folded.chars
    for span in block.spans:
        if any(g.asks or g.believes is not None for g in span.grammars):
            continue
        for clause in span.sentence.clauses:
            m = _RANKED.search(text, clause.start, clause.end)
            who = _subject_of(text, clause, span, family)
            if m is None or who is None or quantities_in(block, clause.start, clause.end):
                continue
            others = {f.who for f in figures} - {who}
            if len(others) != 1:
                continue
            attribute = family.sub("", m["attribute"])
            ours, theirs = (figures_of(figures, w, attribute) for w in (who, *others))
            if not ours or not theirs or not alike(ours[0].quantity, theirs[0].quantity):
                continue
            more, less = (theirs, ours) if m["up"] else (ours, theirs)
            if all(a.quantity.low > b.quantity.high for a in more for b in less):
                yield page.defect(
                    CODE, (block, clause.start, clause.end), [f.piece for f in (*ours, *theirs)],
                    reason="comparison-ranked", word=m[0], who=who, ours=_words(ours[0]), other=others.pop(),
                    theirs=_words(theirs[0]),
                )  # fmt: skip


def _subject_of(text: str, clause: Clause, span: Span, family: re.Pattern[str]) -> str | None:
    """The one member that a clause speaks of, or else the nearest clause before it that names any."""
    at = span.sentence.clauses.index(clause)
    for one in reversed(span.sentence.clauses[: at + 1]):
        named = {w[0] for w in family.finditer(text, one.start, one.end)}
        if named:
            return named.pop() if len(named) == 1 else None
    return None


def _words(named: Named) -> str:
    return named.block.folded.chars[named.quantity.start : named.quantity.end]


def _against(
    page: Page, stated: Piece, refuted: Piece, verb: str, text: str, old: Quantity, new: Quantity, word: str = ""
) -> Defect:
    return page.defect(
        CODE, stated, refuted, reason="comparison-words" if word else "comparison-mismatch", word=verb + word,
        a=text[old.start : old.end], b=text[new.start : new.end],
    )  # fmt: skip
