"""# rule-example-mismatch（例子违反规则）

## 是什么

先说规则，再举例子，例子却不合规则：不可跨年补缴，例如2024年的费用在2025年缴；起付线200元、报销80%，例子里1000元报了
800元；等待期三个月，例子里下个月就能用；最多绑定6人，例子里绑了8人。

## 为什么要紧

读者照着例子做，比照着规则做的多。

## 例子

- 医保费不可跨年补缴。例如，2024年的费用需在2025年缴纳。
- 起付线200元，超出部分报销80%。例如，花费1000元，可报销800元。（应为640元）

## 怎么办

1. 按规则把例子重新算一遍、走一遍。
2. 例子错的，改例子；规则写错的，改规则。
3. 例子另有前提的，把前提写出来。

## 级别

警告。

# rule-example-mismatch

## What it is

A rule, and then an example that breaks it: nothing can be paid in a later year, for example the fees of 2024 in 2025;
a deductible of 200 yuan and 80 %, and 800 of 1000 yuan paid back; a waiting period of three months, and benefits in the
next one; six relatives at most, and eight in the example.

## Why it matters

More readers go by the example than by the rule.

## Example

- 医保费不可跨年补缴。例如，2024年的费用需在2025年缴纳。
- 起付线200元，超出部分报销80%。例如，花费1000元，可报销800元。 (640 by the rule)

## How to resolve it

1. Work the example out by the rule again.
2. Correct whichever of the two is wrong.
3. If the example rests on something else, say so.

## Severity

Warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.linters.enumerations import NUMBER, count_of
from audit.linters.figures import is_point, quantities_in
from audit.linters.illustrations import Illustration, illustrations
from audit.linters.lapses import waits_though_made_up
from audit.linters.later import later
from audit.linters.page import Page, Piece, words
from audit.linters.reckoning import reckoned
from audit.model import Defect, DefectCode
from claims.language.quantities import Quantity

CODE: DefectCode = "rule-example-mismatch"

_NO_CROSSING = later(r"(?:不可|不能|不得|不允许|不准|无法|禁止|不支持|不予)(?:再)?跨年度?")
_CROSSING = later(
    r"(?P<a>20\d\d)年度?(?:\d{1,2}月)?(?P<what>[^。;\d]{0,16}?)(?:(?:在|于|到|至|等到|拖到)(?P<b>20\d\d)年[^。;,]{0,8}?"
    r"|,?(?P<c>20\d\d)年(?:\d{1,2}月)?(?:仍|还|也|再)?可以?[^。;,]{0,4}?)(?:缴|交|补|报|办|付)"
)
_NO = later(r"不|无法|未|没")
_WAIT = later(
    rf"(?P<n>{NUMBER})个月(?:的)?(?:待遇)?等待期|等待期(?:为|是|共)?(?P<n2>{NUMBER})个月"
    rf"|(?:满|过)?(?P<n3>{NUMBER})个月(?:之?后)(?:才|方|即|就|开始)?(?:可以|可|能|能够)?(?:享受|报销|恢复|使用)|(?P<next>次月|下个?月|第二个月)"
)
_WAIT_DAYS = later(r"等待期(?:为|是|共)?(?P<n>\d{1,3})天|(?P<k>\d{1,3})天(?:的)?(?:待遇)?等待期")
_DAY_OF = later(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
_PAID_IN = later(r"(?P<m>\d{1,2})月(?:份|\d{1,2}日)?[^。;月]{0,12}?(?:缴|交|参保|补|申请|办|登记)")
_USED_IN = later(r"(?P<m>\d{1,2})月(?:份|\d{1,2}日)?起?[^。;月]{0,10}?(?:享受|生效|报销|恢复|使用|待遇)")
_ACTS = later(
    r"(?P<makeup>补(?:缴|齐|上|交|办|得|回)?)|(?P<binding>绑定|添加|绑上|加入|授权)|(?P<lasting>连续|连着|接续|不断)"
    r"|(?P<paying>(?<![断停欠漏少补])缴(?:费|纳|满)?|累计)|(?P<refund>报销|报)|共济|使用|参保|享受|住院|提取|支付"
)
"""Ways of naming one act are one."""

_LEFT_IN = later(r"(?P<m>\d{1,2})月[^。;月]{0,8}?(?:停|断|离职|离厂|辞职|失业|辞工)")
_MADE_UP_IN = later(r"(?P<m>\d{1,2})月[^。;月]{0,24}?补(?:缴|齐|上|交|办|回)")
_STILL = later(r"仍|照样|依然|一次(?!性)|没断|未断|也[能可]|还[能可]|不受影响|即可|视同")
_REFUSED = later(r"不能|不得|无法|不予|未能|没能|拒|只能|不再受理|不可|重新|等待期|才能|须|需|超过|超出|失败|驳回")
_FORBIDS = later(
    rf"(?:超过|超出|满|不满|不足|未满|少于|低于)(?P<n>{NUMBER})(?:个月|年|周岁|岁|天|日|次|人)(?:以上)?的?,?(?:则|就|将|一律)?"
    r"(?:不能|不得|无法|不予|不可以?|不再)(?P<act>补缴|报销|共济|绑定|享受|参保|缴费|办理|申请|使用|添加)"
)
_WITHIN = frozenset(("person", "times", "month", "year", "day", "age"))


def check(page: Page) -> Iterator[Defect]:
    for one in illustrations(page):
        yield from _years(page, one)
        yield from _amounts(page, one)
        yield from _conditions(page, one)
        yield from _waiting(page, one)
        yield from _days(page, one)
        yield from [*_limits(page, one)] or _elapsed(page, one)
        waits = waits_though_made_up(one)
        if waits is not None:
            yield page.remarked(CODE, waits)


# Not in a later year; for example 2024's in 2025.


def _years(page: Page, one: Illustration) -> Iterator[Defect]:
    rule, shown = _NO_CROSSING.search(one.said), _CROSSING.search(one.shown)
    if rule is None or shown is None or int(shown["b"] or shown["c"]) <= int(shown["a"]):
        return
    clause = re.split(r"[,。;]", one.shown[shown.start("b") if shown["b"] else shown.start("c") :])[0]
    clause = one.shown[shown.start() : (shown.start("b") if shown["b"] else shown.start("c")) + len(clause)]
    if _NO.search(clause):
        return
    end = later(r"[。;]|$").search(one.said, rule.end())
    yield page.defect(
        CODE, _inside(one.rule, rule.start(), end.start() if end else rule.end()),
        _inside(one.example, shown.start(), shown.start() + len(clause)), reason="rule-years",
        a=shown["a"], b=shown["b"] or shown["c"],
    )  # fmt: skip


# Worked out: a deductible of 200 and 80 % of the rest make 640 of 1000.


def _amounts(page: Page, one: Illustration) -> Iterator[Defect]:
    for found in reckoned(one, page.claims):
        yield page.defect(CODE, found.rule, found.shown, reason="rule-amount", right=found.right, shown=found.said)


# Past three months nothing can be made up; for example five months made up at once.


def _conditions(page: Page, one: Illustration) -> Iterator[Defect]:
    rule = _FORBIDS.search(one.said)
    if rule is None:
        return
    block, start, _ = one.rule
    inside = quantities_in(block, start + rule.start(), start + rule.end())
    if len(inside) != 1 or inside[0].unit not in _WITHIN or inside[0].bound is None:
        return
    [limit] = inside
    text = one.example[0].folded.chars
    for shown in quantities_in(*one.example, limit.unit):
        if not is_point(shown) or shown.bound is not None:
            continue
        within = shown.low > limit.low if limit.bound == "min" else shown.low < limit.high
        done = re.search(rf"(?P<no>[^,。;]{{0,8}}){rule['act']}", one.shown[shown.end - one.example[1] :])
        denied = done is None or _NO.search(done["no"]) or re.search(r"申请|被拒|想|要求|遭拒|原因|单位原因", one.shown)
        if within and not denied:
            yield page.defect(
                CODE, (block, start + rule.start(), start + rule.end()), (one.example[0], shown.start, one.example[2]),
                reason="rule-condition", rule=rule[0], shown=text[shown.start : shown.end],
            )  # fmt: skip
            return


# Three months of waiting: paid in January, used from April.


def _days(page: Page, one: Illustration) -> Iterator[Defect]:
    """90 days of waiting: enrolled on the first of April, used from the first of May."""
    rule = _WAIT_DAYS.search(one.said)
    dates = list(_DAY_OF.finditer(one.shown))
    used = _USED_IN.search(one.shown, dates[1].start()) if len(dates) == 2 else None
    n = count_of(rule["n"] or rule["k"]) if rule else None
    if rule is None or n is None or used is None or _NO.search(one.shown[dates[0].start() : used.end()]):
        return
    (m1, d1), (m2, d2) = ((int(d["m"]), int(d["d"])) for d in dates)
    waited = (m2 - m1) % 12 * 30 + d2 - d1
    if 0 <= waited < n - 4:
        yield page.defect(
            CODE, _inside(one.rule, *rule.span()), _inside(one.example, dates[0].start(), used.end()),
            reason="rule-condition", rule=rule[0], shown=f"{dates[0][0]}–{dates[1][0]}",
        )  # fmt: skip


def _waiting(page: Page, one: Illustration) -> Iterator[Defect]:
    rules = list(_WAIT.finditer(one.said))
    paid = _PAID_IN.search(one.shown)
    used = _USED_IN.search(one.shown, paid.end() if paid else 0)
    if len(rules) != 1 or paid is None or used is None or _NO.search(one.shown[paid.start() : used.end()]):
        return
    [rule] = rules
    months = 1 if rule["next"] else count_of(rule["n"] or rule["n2"] or rule["n3"])
    first, last = int(paid["m"]), int(used["m"])
    if months is None or not (1 <= first <= 12 and 1 <= last <= 12):
        return
    waited = (last - first) % 12
    if months <= waited <= months + (0 if rule["next"] else 1):
        return
    yield page.defect(
        CODE, _inside(one.rule, *rule.span()), _inside(one.example, paid.start(), used.end()), reason="rule-waiting",
        rule=rule[0], months=waited,
    )  # fmt: skip


# At most 6; for example 8.


def _limits(page: Page, one: Illustration) -> Iterator[Defect]:
    block, start, end = one.example
    text = block.folded.chars
    for shown in quantities_in(block, start, end):
        if shown.unit not in _WITHIN or shown.bound is not None or not is_point(shown):
            continue
        limit = _limit_on(one, shown)
        if limit is None or text[max(start, shown.start - 1) : shown.start] in ("差", "缺", "少"):
            continue
        ours, theirs = shown.low * _size(shown), limit.low * _size(limit)
        beyond = ours > theirs if limit.bound == "max" else ours < theirs
        clause = _clause(text, shown.start, start, end)
        said = one.rule[0].folded.chars
        rule = (one.rule[0], _clause_start(said, limit.start, one.rule[1]), limit.whole_end)
        acts = _acts(re.split("[。;]", said[rule[1] : one.rule[2]])[0])
        strictly = re.search(r"不|无法|未|没|超|只能|最多|拒|需要?再|还差|才|重新|等待", one.shown)
        done = acts & _acts(clause) and not strictly
        # 中断五个月,…仍连续计算: the act may stand in another clause, and is done all the same.
        still = acts & _acts(one.shown) and _STILL.search(one.shown) and not _REFUSED.search(one.shown)
        if beyond and (done or still):
            yield page.defect(
                CODE, rule, (block, shown.start, end if still and not done else shown.end), reason="rule-limit",
                rule=words(rule), shown=text[shown.start : shown.end],
            )  # fmt: skip
            return


def _elapsed(page: Page, one: Illustration) -> Iterator[Defect]:
    """Within three months it can be made up; for example left in October and made up in March."""
    left = _LEFT_IN.search(one.shown)
    back = _MADE_UP_IN.search(one.shown, left.end() if left else 0)
    limits = [q for q in quantities_in(*one.rule, "month") if q.bound == "max" and is_point(q)]
    if left is None or back is None or len(limits) != 1 or _REFUSED.search(one.shown):
        return
    [limit] = limits
    months = (int(back["m"]) - int(left["m"])) % 12
    block = one.rule[0]
    rule = (block, _clause_start(block.folded.chars, limit.start, one.rule[1]), limit.whole_end)
    if months > limit.high + 1 and "makeup" in _acts(re.split("[。;]", block.folded.chars[rule[1] : one.rule[2]])[0]):
        yield page.defect(
            CODE, rule, _inside(one.example, left.start(), back.end()), reason="rule-waiting", rule=words(rule),
            months=months,
        )  # fmt: skip


def _limit_on(one: Illustration, shown: Quantity) -> Quantity | None:
    """The one limit of a rule on such a quantity: the most, or where there is none the least."""
    found = [q for q in quantities_in(*one.rule) if q.per == shown.per and _unit(q) == _unit(shown) and q.bound]
    for bound in ("max", "min"):
        limits = [q for q in found if q.bound == bound]
        if limits:
            return limits[0] if len({q.low * _size(q) for q in limits}) == 1 else None
    return None


def _acts(text: str) -> set[str]:
    return {m.lastgroup or m[0] for m in _ACTS.finditer(text)}


def _unit(q: Quantity) -> str:
    """Half a year is six months."""
    return "month" if q.unit == "year" else q.unit


def _size(q: Quantity) -> int:
    return 12 if q.unit == "year" else 1


def _clause_start(text: str, at: int, start: int) -> int:
    return max(start, *(text.rfind(c, start, at) + 1 for c in ",。;:"))


def _clause(text: str, at: int, start: int, end: int) -> str:
    ends = [i for i in (text.find(c, at, end) for c in ",。;:") if i >= 0]
    return text[_clause_start(text, at, start) : min(ends, default=end)]


def _inside(piece: Piece, start: int, end: int) -> Piece:
    """A span of a piece's words as a piece."""
    block, first, _ = piece
    return block, first + start, first + end
