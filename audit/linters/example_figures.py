"""Figures of an example that are plainly wrong: digits taken from a number, money reckoned by a rate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from audit.linters.later import later
from audit.linters.page import Page, Piece
from audit.linters.told import claims_at
from audit.model import Defect, DefectCode, Reason
from audit.scopes import meet
from claims.language.numerals import read
from claims.language.quantities import Quantity
from claims.model import Claim, Measure
from claims.reading import BlockReading

_N = r"(?P<{0}>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})"
# 身份证号码后六位; 身份证号码最后7位数的前6位; 出生年月日(前6位).
_TAKEN = later(
    r"(?P<of>[\u4e00-\u9fff]{2,16}?)[的(]?(?:最?(?P<side>[前后末])"
    + _N.format("n")
    + r"位(?:数字?)?)(?:的?(?P<side2>[前后末])"
    + _N.format("m")
    + r"位(?:数字?)?)?"
)
# …110105199001011234,密码为19900112
_GIVEN = later(
    r"(?<![\d.])(?P<number>\d{8,18}[x\d]?)(?![\d.%])(?P<between>[^\d。;]{1,30}?)(?P<got>\d{3,17}x?)"
    r"(?![\d.%元年月日位])"
)
_RESULT = later(r"为|是|即|对应|:|→|=|就")
_COST = later(r"(?:花费|花了|花|费用|医疗费|医药费|总费|金额)[^,。;\d]{0,6}$")
_PAID = later(r"(?:报销|报|报了|支付|补偿|补助)(?:金额|费用)?[^,。;\d自个]{0,6}$")
_OWN = later(r"(?:自付|自费|自己|个人|本人|自掏)[^,。;\d]{0,8}$")
_LINE = later(r"(?:起付|门槛)[^,。;\d]{0,8}$")
_AT_MOST = later(r"(?:高达|最高|至多|最多|不超过|上限)[^,。;\d]{0,6}$")
_PARTLY = later(r"目录|乙类|先行自付|分段|超过|大病|二次|限额|封顶|其中|自费药")
_WINDOW = 80
"""An example stands this near what it illustrates (characters)."""


def digits(page: Page, code: DefectCode) -> Iterator[Defect]:
    """后六位 of a number that the example names, and other digits in the example."""
    for block in page.blocks:
        yield from _taken_wrong(page, block, code)


def _taken_wrong(page: Page, block: BlockReading, code: DefectCode) -> Iterator[Defect]:
    text = block.folded.chars
    rules = list(_TAKEN.finditer(text))
    for m in _GIVEN.finditer(text):
        rule = next((r for r in reversed(rules) if 0 <= m.start() - r.end() <= _WINDOW), None)
        if rule is None or not _RESULT.search(m["between"]):
            continue
        expected = _taken(m["number"], rule)
        # Two ways of taking them that give the same are one; a number shorter than what is taken is none.
        if expected is None or expected == m["got"]:
            continue
        stated: Piece = (block, _from(text, rule), rule.end() + text.startswith(")", rule.end()))
        yield page.defect(
            code, stated, (block, m.start(), m.end()), reason="example-part",
            rule=text[rule.start("side") : rule.end()], number=m["number"], expected=expected, got=m["got"],
        )  # fmt: skip


def _from(text: str, rule: re.Match[str]) -> int:
    """Where the words of a rule begin: in its clause."""
    start = rule.start()
    return max((start + m.end() for m in re.finditer(r"[,。;:!?]", text[start : rule.start("side")])), default=start)


def _taken(number: str, rule: re.Match[str]) -> str | None:
    """The digits that a rule takes of a number."""
    digits = number
    for side, count in ((rule["side"], rule["n"]), (rule["side2"], rule["m"])):
        if side is None:
            continue
        n = _whole(count)
        if n is None or not 0 < n < len(digits):
            return None
        digits = digits[:n] if side == "前" else digits[-n:]
    return digits


def _whole(words: str) -> int | None:
    found = read(words, 0)
    if found is None or found[1] != len(words) or found[0] != int(found[0]):
        return None
    return int(found[0])


def money(page: Page, code: DefectCode, words: Piece, illustrates: Sequence[Piece]) -> Iterator[Defect]:
    """An example's cost and what is reimbursed of it: by the one rate it names they do not fit, or they come to a
    larger share than is ever paid. Where anything else may bear on it (两段, 目录外, 限额) nothing is said."""
    block, start, end = words
    text = block.folded.chars
    yuan = [q for q in block.quantities if start <= q.start and q.end <= end and q.unit == "yuan"]
    roles = [(q, _role(text, start, q)) for q in yuan]
    by_role = {role: [q for q, r in roles if r == role] for role in ("cost", "paid", "own", "line", "")}
    if len(by_role["cost"]) != 1 or len(by_role["paid"]) != 1 or by_role[""] or _PARTLY.search(text, start, end):
        return
    cost, paid = by_role["cost"][0], by_role["paid"][0]
    if cost.low != cost.high or paid.low != paid.high or paid.approx or cost.low <= paid.low:
        return
    rates = [q for q in block.quantities if start <= q.start and q.end <= end and q.unit == "percent"]
    if len(rates) == 1 and rates[0].low == rates[0].high and len(by_role["line"]) <= 1:
        lines = [q.low for q in by_role["line"]]
        expected = [(cost.low - line) * rates[0].low / 100 for line in (lines or [Decimal(0)])]
        if all(abs(e - paid.low) >= 1 for e in expected):
            yield page.defect(
                code, (block, rates[0].start, rates[0].end), (block, cost.start, max(paid.end, cost.end)),
                reason="example-sum", expected=f"{expected[0].normalize():f}元", got=text[paid.start : paid.end],
            )  # fmt: skip
        return
    if not rates:
        yield from _more_than_ever(page, code, words, illustrates, paid.low / cost.low * 100)


def _more_than_ever(
    page: Page, code: DefectCode, words: Piece, illustrates: Sequence[Piece], share: Decimal
) -> Iterator[Defect]:
    """An example that is reimbursed at a larger share than the most that its paragraph gives for the same case."""
    block = words[0]
    rules = [c for c in claims_at(page, *illustrates) if _unit(page, c) == "percent"]
    highest = [c.value.high for c in rules if isinstance(c.value, Measure)]
    if highest and all(isinstance(h, Decimal) and h < share for h in highest):
        yield _share(page, code, rules, words, share)
        return
    whole: Piece = (block, 0, len(block.folded.chars))
    for most in claims_at(page, whole):
        value = most.value
        of_case = [c for c in rules if c.topic == most.topic and c != most]
        if not of_case or not isinstance(value, Measure) or not isinstance(value.high, Decimal) or share <= value.high:
            continue
        if not _AT_MOST.search(most.quote.rstrip("%0123456789.")):
            continue
        absent = page.domain.topics[most.topic].absent
        if all(not isinstance(meet(_certain(c), _certain(most), absent), Reason) for c in of_case):
            yield _share(page, code, [most], words, share)
            return


def _share(page: Page, code: DefectCode, rules: Sequence[Claim], words: Piece, share: Decimal) -> Defect:
    quotes = [page.of_claim(c) for c in rules]
    shown = f"{share.quantize(Decimal('0.1')).normalize():f}%"
    return page.defect(code, quotes, words, topic=rules[0].topic, reason="example-share", share=shown)


def _certain(claim: Claim) -> Claim:
    """A claim as said of all its scope, for the question is only whether two scopes meet."""
    return msgspec.structs.replace(claim, quantifier="all")


def _unit(page: Page, claim: Claim) -> str | None:
    topic = page.domain.topics.get(claim.topic)
    return topic.unit if topic is not None else None


def _role(text: str, start: int, q: Quantity) -> str:
    before = text[max(start, q.start - 14) : q.start]
    for role, words in (("line", _LINE), ("own", _OWN), ("paid", _PAID), ("cost", _COST)):
        if words.search(before):
            return role
    return ""
