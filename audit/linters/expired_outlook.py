"""# expired-outlook（展望过期）

## 是什么

文中预告到某天会怎样（年底前预计全部实现、将于2024年10月起施行、力争明年推开），而那一天已经过去。没有写明年份的，按文章的日期推算；文章没有日期的，不推算。

## 为什么要紧

读者分不清这件事到底办成了没有；多半是文章发出后再没有人改过。

## 例子

- 预计2024年底前全部省份实现跨省共济。（今天是2025年6月1日）
- 新标准将于2024年10月1日起执行。

## 怎么办

1. 查一查到期后的实际情况。
2. 办成了的，改成结果：2024年10月1日起已执行。没有办成的，换成新的时间，或删去。
3. 只是交代当初的计划的，写明“当时预计”，并补上结果。

## 级别

警告。

# expired-outlook

## What it is

The text announces what will be by a certain day (年底前预计全部实现, 将于2024年10月起, 力争明年), and that day has
passed.
A day without its year is reckoned from the article's date; in an article without one it is left alone.

## Why it matters

Nobody can tell whether it came about; most likely the article has not been looked at since.

## Example

- 预计2024年底前全部省份实现跨省共济。 (today is 1 June 2025)
- 新标准将于2024年10月1日起执行。

## How to resolve it

1. Find out what became of it.
2. If it was done, say so: 2024年10月1日起已执行. If it was not, give the new date or drop the sentence.
3. If the plan of the time is what you mean, say 当时预计, and add how it ended.

## Severity

Warning.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from audit.linters.assertions import Assertion, assertions, sentence_after, written
from audit.linters.later import later
from audit.linters.page import Page
from audit.linters.times import coming_day
from audit.model import Defect, DefectCode
from claims.language.dates import DateHit, find, last_day
from claims.reading import BlockReading

CODE: DefectCode = "expired-outlook"

# 将 before what will be, not before what is done to something (将个人账户余额用于…).
_WILL = (
    r"将(?=于|在|自|从|会|要|可|能|有|全面|全部|逐步|陆续|分批|正式|统一|同步|继续|进一步|不再|不得|实现|开通|上线|接入|推|"
    r"扩|启动|启用|停办|采用|更换|试行|公开|免收|给予|发放|举办|建设|增设|"
    r"实施|施行|实行|执行|支持|允许|放开|取消|调整|提高|提至|升至|增至|增加|降至|降低|下调|上调|达到?|覆盖|完成|作|做|由|对|向|以|与|改|变|降|升|增|减|开始|新增|结束|"
    r"截止|关闭|停止|停用|暂停|迎来|进入|打通|落地|普及|开放|建成|建立|出台|发布|公布|生效|纳入|延长|恢复|按)"
)
_HOPE = later(
    rf"{_WILL}|预计|预期|预估|有望|可望|力争|争取|计划(?!生育|书|单|内|外)|(?<![虚模])拟(?!定[了的]|合|人)|打算|确保|即将|或将|"
    r"目标是?|目标为|明确提出|届时将?|要(?=在|于|力争|实现|全面)"
)
# Without such a word it is an outlook only where the article is older than the day.
_EVENT = later(r"实现|完成|开通|上线|接入|打通|推开|推广|落地|覆盖|启用|建成|普及|放开")
_DONE = later(r"已|均|曾|了(?=$|[,。;])")
_DUTY = later(r"请|须|需|应|必须|务必|要求|及时|尽快|抓紧|逾期|未")
# What came of it is told: 如期完成, 结果推迟了.
_OUTCOME = later(
    r"如期|如约|按期(?:完成|实现)|提前(?:完成|实现|到|于)|已(?:经)?(?:全部|全面|按期|如期|提前|完成|实现)|最终|结果|后来|推迟|延期|延后|"
    r"落空|没能|未能|未如期|跳票|爽约|说到做到|兑现|实际(?:上|是|于|到)?"
)
_THEN = later(r"当时|当初|彼时|那时|曾|原计划|原定|原本|原先|此前|早先|一度|去年初|旧|最初|起初")
_YEAR_FOLLOWED = later(
    rf"[以之]?前|内|起|开始|中(?!断|央|心|小)|[,:]|年?底|末|{_HOPE.pattern}|全面|全部|基本|完成|实现|启动|开通|落地|推"
)
_PART = later(
    r"(?<![一二两三四五六七八九十几数多半\d每整全学])年内|(?<![年\d])(?P<part>上半年|下半年|[一二三四]季度)|(?P<month>下个?月)(?!龄)"
)
_LAST = {"上半年": "06-30", "一季度": "03-31", "二季度": "06-30", "三季度": "09-30"}
_LEAD = later(
    r"(?:按照?|根据|依照)?(?:计划|规划|部署|安排|通知|方案|要求|时间表|进度)?[,]?(?:预计|力争|计划|争取|有望|确保|拟)?"
    r"(?:届时,?)?(?:也就是|即)?(?:自|从|到|至|在|于|最迟|最晚|不晚于|大约|约)?"
)
_TAIL = later(r"(?:[以之]?前|起|开始|之?后|以?内|左右|的?时候|时|年内|期间|[初底末])*")


def check(page: Page) -> Iterator[Defect]:
    dates: dict[int, list[DateHit]] = {}
    told: dict[tuple[int, int], tuple[BlockReading, int, int, DateHit, str]] = {}
    for said in assertions(page):
        text = said.block.folded.chars
        if said.block.index not in dates:
            dates[said.block.index] = sorted([*find(text), *_parts(text, written(page))], key=lambda hit: hit.start)
        hope = _HOPE.search(text, said.clause.start, said.clause.end)
        found = _day_of(said, hope, dates[said.block.index], written(page))
        if found is None:
            continue
        start, hit, day = found
        if day >= page.today or _told(said, hit):
            continue
        # 预计到9月底,全省将接入: one outlook, whose day both clauses tell.
        first = told.get((said.block.index, hit.start))
        told[said.block.index, hit.start] = (said.block, first[1] if first else start, said.clause.end, hit, day)
    for block, start, end, hit, day in told.values():
        yield page.defect(CODE, (block, start, end), (block, hit.start, hit.end), day=day)


def _day_of(
    said: Assertion, hope: re.Match[str] | None, dates: list[DateHit], day: str | None
) -> tuple[int, DateHit, str] | None:
    """Where the outlook of a clause begins, its date, and the day that this is (ISO); None where it has none."""
    text, clause = said.block.folded.chars, said.clause
    for n in range(bisect_left(dates, said.span.sentence.start, key=lambda hit: hit.start), len(dates)):
        hit = dates[n]
        if hit.start >= clause.end:
            break
        inside = clause.start <= hit.start and hit.end <= clause.end
        before = not inside and hope is not None and _dates_next(said, hit)
        if not (inside or before) or (hit.last.startswith("--") and day is None):
            continue
        if "截" in text[max(0, hit.start - 3) : hit.start] or (inside and not _fits(text, hit, hope, said, day)):
            continue
        coming = coming_day(hit, text, day)
        if coming is not None:
            return (hit.start if before else clause.start), hit, coming
    return None


def _parts(text: str, day: str | None) -> Iterator[DateHit]:
    """年内, 上半年, 下个月: a part of the year of writing, the month after it."""
    for m in _PART.finditer(text):
        if not m["month"]:
            last = _LAST.get(m["part"] or "", "12-31")
            yield DateHit(m.start(), m.end(), "--01-01", f"--{last}", "month", yearless=True, relative="this-year")
        elif day is not None:
            year, month = divmod(int(day[:4]) * 12 + int(day[5:7]), 12)
            yield DateHit(m.start(), m.end(), f"{year:04d}-{month + 1:02d}-01", last_day(year, month + 1), "month")


def _fits(text: str, hit: DateHit, hope: re.Match[str] | None, said: Assertion, day: str | None) -> bool:
    """Whether the date in a clause is when what is hoped for will be."""
    if hit.precision == "year" and text[hit.end - 1] in "年度" and not _YEAR_FOLLOWED.match(text, hit.end):
        return False  # 2025年缴费标准将…: the year that it is for
    if hope is None:
        rest = text[hit.end : said.clause.end]
        return (
            day is not None
            and hit.last > day
            and bool(re.match(r"[以之]?前|[底末内]", rest) or text[hit.end - 1] in "底末")
            and bool(_EVENT.search(rest))
            and not _DONE.search(said.words)
            and not _DUTY.search(said.words)
        )
    if hope.start() < hit.start:
        return hit.start - hope.end() <= 14 and "的" not in text[hope.end() : hit.start]
    between = text[hit.end : hope.start()]
    # 2024年底前未缴费的将…: the date belongs to a condition.
    return not re.search(r"的(?!话)|未|没|断缴|参保后|缴费后|已", between) and len(between) <= 24


def _dates_next(said: Assertion, hit: DateHit) -> bool:
    """Whether the clause before this one is nothing but the date: 2024年10月1日起,将…"""
    if not said.at:
        return False
    clause = said.span.sentence.clauses[said.at - 1]
    if not (clause.start <= hit.start and hit.end <= clause.end):
        return False
    text = said.block.folded.chars
    return bool(_LEAD.fullmatch(text[clause.start : hit.start]) and _TAIL.fullmatch(text[hit.end : clause.end]))


def _told(said: Assertion, hit: DateHit) -> bool:
    """A plan told as past, a condition, or one whose outcome is told beside it."""
    text, sentence = said.block.folded.chars, said.span.sentence
    if said.grammar.condition or said.grammar.past or _THEN.search(text, sentence.start, said.clause.end):
        return True
    after = sentence_after(said.block, said.span)
    until = after.sentence.end if after is not None else sentence.end
    return bool(_OUTCOME.search(text, said.clause.start, until))
