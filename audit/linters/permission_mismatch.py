"""# permission-mismatch（许可不一）

## 是什么

同一篇文章里，同一件事一处说可以，一处说不可以：个人断缴可补缴／个人断缴不得补缴；可以代办／必须本人办理；
资金仅用于医疗费用／用于参保缴费。条件、对象、地区、时间不同的，或者写明是例外的（但、除外、另有规定），不算。

## 为什么要紧

读者正是来问能不能办的；两句话都在，他只会看到先碰上的那一句。

## 例子

- 个人原因断缴可补缴。……个人断缴不得补缴。
- 家庭共济可以代办。……家庭共济必须由本人办理。
- 共济资金仅用于支付医疗费用。……用于居民参保的共济资金超过4亿元。

## 怎么办

1. 核对政策到底允许还是禁止。
2. 改掉说错的一句。
3. 两句各有条件的，把条件写进句子里：断缴3个月以内的可补缴，超过3个月的不得补缴。

## 级别

警告。

# permission-mismatch

## What it is

One article allows and forbids the same thing: 个人断缴可补缴 / 个人断缴不得补缴; 可以代办 / 必须本人办理;
仅用于医疗费用 / 用于参保缴费. Different conditions, people, places or times make it none, nor does an exception that is
called one (但, 除外, 另有规定).

## Why it matters

Whether it is allowed is what the reader came to ask; of two answers they see the one that comes first.

## Example

- 个人原因断缴可补缴。 … 个人断缴不得补缴。
- 家庭共济可以代办。 … 家庭共济必须由本人办理。
- 共济资金仅用于支付医疗费用。 … 用于居民参保的共济资金超过4亿元。

## How to resolve it

1. Check whether the policy allows it.
2. Correct the sentence that is wrong.
3. If each holds under a condition, write the condition into the sentence.

## Severity

Warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import msgspec

from audit.linters.any_time import at_any_time, in_no_case
from audit.linters.assertions import Assertion, assertions
from audit.linters.cases import contrary
from audit.linters.later import later
from audit.linters.page import Page
from audit.linters.permits import Rule, firm, rule, rules
from audit.linters.told import judged
from audit.model import Defect, DefectCode
from claims.language.lexicon import Hit

CODE: DefectCode = "permission-mismatch"

_AGENT = (
    r"(?:代办|代为(?:办理|申请|提交|领取|操作)|委托(?:他人|家人|亲属|别人|其他人)?(?:办理|代办|申请|领取)?|"
    r"(?:由|让|请)(?:他人|家人|亲属|子女|家属|别人|旁人|单位|社区|村干部|亲友|代办员)(?:代为|代|来|帮忙|帮)?(?:办理|办|申请|提交|领取|操作)|他人代办)"
)
_IN_PERSON = later(
    rf"(?P<no>(?:不得|不能|不可以?|不允许|不支持|不接受|谢绝|禁止|无法)[^,。;]{{0,4}}?{_AGENT}|"
    r"(?:必须|务必|须|需要?|应当?|只能|仅限|限)由?(?:参保|授权|职工|申请|参保职工)?(?:人)?(?:本人|亲自|自己)"
    r"(?:本人|亲自|持证|到场|到现场|到窗口|现场|前往|携带.{1,8}?)*(?:办理|申请|提交|领取|操作|签字|到场|去办|来办|办))"
    rf"|(?P<yes>(?:可以?|能|允许|支持|接受|均可|也可以?|都可以?)[^,。;不]{{0,3}}?{_AGENT}|(?:无需|不必|不用|无须)(?:本人|亲自)(?:到场|办理|前往|去办))"
)
_USE = later(r"用于|用来|用作|用在|用以|支付|支出|花在|缴纳|缴|交|代缴|垫付|抵扣|使用")


def check(page: Page) -> Iterator[Defect]:
    said = [*rules(page)]
    yield from _acts(page, said)
    for way in (at_any_time, in_no_case):
        by_act: dict[str, list[tuple[Rule, Rule]]] = {}
        for yes, no in way(page):
            by_act.setdefault(min(yes.act, no.act, key=len), []).append((yes, no))
        for act, pairs in by_act.items():
            yield page.defect(CODE, [yes.piece for yes, _ in pairs], [no.piece for _, no in pairs], act=act)
    yield from _agents(page)
    yield from _uses(page)


def _acts(page: Page, said: list[Rule]) -> Iterator[Defect]:
    by_act: dict[str, tuple[list[Rule], list[Rule]]] = {}
    for r in said:
        by_act.setdefault(r.act[-2:], ([], []))[r.allowed].append(r)
    for forbidden, allowed in by_act.values():
        pairs = [
            (yes, no)
            for yes, no in product(allowed, forbidden)
            if contrary(yes, no) and judged(page, yes.piece, no.piece) is None
        ]
        for act in dict.fromkeys(min(yes.act, no.act, key=len) for yes, no in pairs):
            mine = [(y.piece, n.piece) for y, n in pairs if min(y.act, n.act, key=len) == act]
            yield page.defect(CODE, [yes for yes, _ in mine], [no for _, no in mine], act=act)


def _agents(page: Page) -> Iterator[Defect]:
    """可以代办 / 必须本人办理."""
    found: list[Rule] = []
    for said in assertions(page):
        m = _IN_PERSON.search(said.words)
        if m is None or not firm(said.grammar) or said.block.block.kind == "cell":
            continue
        rest = said.words[: m.start()] + "," + said.words[m.end() :]
        found.append(rule(page, said, m["yes"] is not None, "代办", rest))
    pairs = [
        (yes.piece, no.piece)
        for yes, no in product([r for r in found if r.allowed], [r for r in found if not r.allowed])
        if contrary(yes, no) and judged(page, yes.piece, no.piece) is None
    ]
    if pairs:
        yield page.defect(CODE, [a for a, _ in pairs], [b for _, b in pairs], reason="permission-agent")


class _Use(msgspec.Struct, frozen=True):
    said: Assertion
    kind: str
    hit: Hit


def _uses(page: Page) -> Iterator[Defect]:
    """仅用于医疗费用 / 用于参保缴费: the domain names kinds of use of which none is part of another."""
    if not page.domain.uses:
        return
    only: list[_Use] = []
    other: list[_Use] = []
    for said in assertions(page):
        if not _USE.search(said.words) or not firm(said.grammar) or said.grammar.sign < 0 or said.grammar.not_only:
            continue
        hits = {kind: hit for kind, concepts in page.domain.uses.items() for hit in _hits(said, concepts)}
        if len(hits) != 1 or said.grammar.contrast:
            continue
        [(kind, hit)] = hits.items()
        limited = any(end <= hit.start for end in said.grammar.only)
        (only if limited else other).append(_Use(said, kind, hit))
    subjects = {(u.reading.index, u.head): u.subject for u in page.reading.units}
    pairs: dict[tuple[str, str], list[tuple[_Use, _Use]]] = {}
    for a, b in product(only, other):
        of_a, of_b = (subjects.get((x.said.block.index, x.said.clause)) for x in (a, b))
        alike = of_a == of_b and (of_a is not None or _shares(a.said.words[: a.hit.start], b.said.words))
        if a.kind != b.kind and alike and a.said.span is not b.said.span:
            pairs.setdefault((a.kind, b.kind), []).append((a, b))
    for mine in pairs.values():
        a, b = mine[0]
        yield page.defect(
            CODE, [a.said.piece for a, _ in mine], [b.said.piece for _, b in mine], reason="permission-use",
            only=_words(a), use=_words(b),
        )  # fmt: skip


def _hits(said: Assertion, concepts: frozenset[str]) -> Iterator[Hit]:
    for h in said.span.hits:
        if h.concept in concepts and said.clause.start <= h.start and h.end <= said.clause.end and not h.negated:
            yield h


def _shares(one: str, other: str) -> bool:
    """Whether two clauses name the same money: four characters of it."""
    return any(one[i : i + 4] in other for i in range(len(one) - 3))


def _words(use: _Use) -> str:
    return use.said.block.folded.chars[use.hit.start : use.hit.end]
