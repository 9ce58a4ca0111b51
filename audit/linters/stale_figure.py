"""# stale-figure（数据陈旧）

## 是什么

文中用“截至某年某月”注明的数据，到今天已经超过一定天数（配置项 `stale_after_days`，默认 365 天）。
“截至目前”“截至11月底”按文章的日期推算；文章没有日期的，不推算。

## 为什么要紧

开通了多少省份、多少人参保，这样的数字一年一个样；读者看到的多半不是这一行里的日期，而是数字。

## 例子

- 截至2023年6月，已有9个省份开通。（今天是2025年6月1日）

## 怎么办

1. 查最新的数据，连日期一起换掉。
2. 这个数字只作历史对照的，在后面补上新的数据：截至2023年6月为9个，截至2025年5月已有20个。
3. 认为时限太紧或太松的，在 `koujing.yaml` 里改 `stale_after_days`。

## 级别

提示。

# stale-figure

## What it is

Something that the text gives as of a day (截至某年某月) more than so many days before today: `stale_after_days` in the
config, 365 by default. 截至目前 and 截至11月底 are reckoned from the article's date; without one they are left alone.

## Why it matters

How many provinces have joined or how many people are enrolled changes from year to year; what a reader takes away is
the number, not the date beside it.

## Example

- 截至2023年6月，已有9个省份开通。 (today is 1 June 2025)

## How to resolve it

1. Find the latest figure and replace it, with its date.
2. If it is there for comparison only, add the new one: 截至2023年6月为9个，截至2025年5月已有20个.
3. If the time is too short or too long, change `stale_after_days` in `koujing.yaml`.

## Severity

Info.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from audit.linters.assertions import believed, written
from audit.linters.later import later
from audit.linters.page import Page
from audit.linters.times import past_day
from audit.model import Defect, DefectCode
from claims.language.dates import DateHit, find
from claims.reading import BlockReading, Span, is_question

CODE: DefectCode = "stale-figure"

_AS_OF = later(
    r"截(?:至|止到?|至到|止至)(?P<now>目前|发稿|今日|今天|本月|本周|现在|当前|上个?月[底末]?)?|(?P<to>(?:^|(?<=[,。;:!?\n]))到)(?=\d|去年|今年)"
)
# 到2023年底,已有…: so far, and not 到2025年底将….
_SO_FAR = later(r"(?:已经?|累计|共有?|达到?|超过|突破)[^,。;]{0,16}?[\d一二三四五六七八九十百千万亿]")
# 数据显示截至…, 全省截至…. After other words (集中缴费截至…, 缴费时间:截至…) it is a deadline.
_LEAD = later(
    r"(?:.*(?:数据|统计|显示|悉|介绍|表示|了解|透露|称|说|指出|消息|报道|其中)|(?:全|我|本|各)?[\u4e00-\u9fff]{0,6}[国省市县区州]|.*[(、])?"
)
_TERM = later(r"费|期|时间|报名|申报|申请|受理|登记|截止|日期")
_CLOSES = later(r"[日号月底末]?(?:止|结束|关闭|停止|前(?!三|两|十)|,?(?:逾期|过期|过后|之后|错过|未))")


class _Moment(msgspec.Struct):
    block: BlockReading
    span: Span
    start: int
    end: int
    day: str


def check(page: Page) -> Iterator[Defect]:
    today = date.fromisoformat(page.today)
    for block in page.blocks:
        moments = list(_moments(page, block))
        for m in moments:
            age = (today - date.fromisoformat(m.day)).days
            # Set beside a newer one it is history.
            if age > page.stale_days and not any(other.day > m.day for other in moments):
                yield page.defect(
                    CODE, (block, m.start, _until(m)), (block, m.start, m.end), day=m.day, days=age,
                )  # fmt: skip


def _moments(page: Page, block: BlockReading) -> Iterator[_Moment]:
    text = block.folded.chars
    if not _AS_OF.search(text):
        return
    dates = {hit.start: hit for hit in find(text)}
    for span in block.spans:
        if is_question(span, text):
            continue
        for m in _AS_OF.finditer(text, span.sentence.start, span.sentence.end):
            clause = next((c for c in span.sentence.clauses if c.start <= m.start() < c.end), None)
            hit = dates.get(m.end())
            if clause is None or (hit is None and not m["now"]) or believed(page, block, clause):
                continue
            end = hit.end if hit is not None else m.end()
            # 缴费时间:截至… is a deadline, 进展:截至… none.
            labelled = text[clause.start - 1 : clause.start] == ":"
            label = text[span.sentence.start : clause.start - 1] if labelled else ""
            # In scraped text a line break is a space, which folding has left out.
            opens = m.start() in block.folded.gaps or _LEAD.fullmatch(text[clause.start : m.start()])
            if not opens or _TERM.search(label) or _CLOSES.match(text, end):
                continue
            if m["to"] and (not _SO_FAR.search(text, end, span.sentence.end) or any(g.future for g in span.grammars)):
                continue
            day = _day(page, text, hit)
            if day is not None:
                yield _Moment(block, span, m.start(), end, day)


def _day(page: Page, text: str, hit: DateHit | None) -> str | None:
    return written(page) if hit is None else past_day(hit, text, written(page))


def _until(moment: _Moment) -> int:
    """The end of what is said as of that day: its clause, and the next where its own holds no more than the day."""
    clauses = moment.span.sentence.clauses
    n = next(i for i, c in enumerate(clauses) if c.start <= moment.start < c.end)
    if clauses[n].end - moment.end <= 2 and n + 1 < len(clauses):
        n += 1
    return clauses[n].end
