"""Examples that are worked out: what an amount, a rate, a fee for delay comes to by the rule before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from audit.linters.enumerations import NUMBER, count_of
from audit.linters.figures import is_point, plain, quantities_in, worked
from audit.linters.illustrations import Illustration
from audit.linters.later import later
from audit.linters.page import Piece
from claims.language.quantities import Quantity
from claims.model import Claim, Measure

_OTHER_STEPS = later(
    r"先自付|先行自付|自费|目录外|乙类|封顶|限额|分段|分档|最高|大病|二次|救助|账户|保底|比例.*比例|各|分别"
)
_COST = later(r"(?:费用?|花费?|用了|消费|发生|产生|账单|花销|支出)(?:为|是|了|共|共计|总计|一共|合计|约|掉)*$")
_OWN = later(r"(?:自付|负担|承担|自负|花费?|费用|发生|费)(?:合规费用|费用)?(?:为|是|了|共|达|约)*$")
_BACK = later(
    r"(?:报销|可报|能报|报了|统筹支付|基金支付|医保支付|基金报|返还|大病保险报销)(?:金额|额)?(?:为|是|了|到|掉|约|的|出)*$"
)
_LINE = later(r"(?:起付线|起付标准|门槛费)(?:为|是|的|标准|金额|按)*$")
_LINES = later(r"起付线|起付标准|门槛费")
_NO_LINE = later(r"(?:不设|没有|无|取消)(?:置)?(?:起付|门槛)")
_CAP = later(r"(?:封顶线|封顶|支付限额|报销限额|最高支付限额|限额|上限)(?:为|是|每人每年|每年|标准|金额)*$")
_TAKEN_OFF = later(r"(?:扣除|减去|扣掉|减掉|去掉)[^,。;]{0,8}(?:起付|门槛)|起付(?:线|标准)(?:以上|以外)")
_BEYOND = later(r"超过|超出|封顶|只能|最多|限额|剩余|其中|自付|不予|不再|无法|不能")
_BASE = later(r"(?:基数|工资|收入|养老金|退休金)(?:标准)?(?:为|是|共|约|按)*$")
_DUE = later(
    r"(?:应缴|需缴|要缴|需交|应交|缴纳|缴费|缴|交|划入|计入|划拨|入账|到账)(?:医保费|费用|金额|个人账户|的)?(?:为|是|约|共)*$"
)
_OF_BASE = later(r"基数|工资|收入|养老金|退休金")
_DAILY = later(rf"(?:按日|每日|每天)[^,。;]{{0,8}}?万分之(?P<n>{NUMBER}|\d+(?:\.\d+)?)")
_OWED = later(r"(?:欠费|欠缴|欠|应缴)[^,。;\d]{0,6}$")
_LATE_FEE = later(r"滞纳金[^,。;\d]{0,6}$")
_POINTS = later(r"(?:下降|降低|下浮|减少|提高|上浮|增加|高出?|低)(?:了|约)?$")


class Reckoned(msgspec.Struct, frozen=True):
    """A rule, an example, what the example should come to, and the words that it gives."""

    rule: Piece
    shown: Piece
    right: str
    said: str


def reckoned(one: Illustration, claims: Sequence[Claim] = ()) -> Iterator[Reckoned]:
    """What an example gets wrong, by the first of the rules that it can be worked out by."""
    if any(worked(one.shown)):
        return
    for by in (_reimbursed, _below_line, _above_cap, _share_of_base, _late_fee, _points_apart):
        found = by(one)
        if found is not None:
            yield found
            return
    by_claims = _by_claims(one, claims)
    if by_claims is not None:
        yield by_claims


_TIERS = (("一级", "tier1"), ("二级", "tier2"), ("三级", "tier3"), ("社区", "community"), ("乡镇", "community"))
_SETTINGS = (("住院", "inpatient"), ("门诊", "outpatient"))


def _by_claims(one: Illustration, claims: Sequence[Claim]) -> Reckoned | None:
    """先扣除起付线,余额按上表报销: line and rate as the article claims them for the kind of hospital in the example."""
    if not _TAKEN_OFF.search(one.said) or _OTHER_STEPS.search(one.shown) or _rates(one.example):
        return None
    cost, back = _in_role(one.example, _COST), _in_role(one.example, _BACK)
    tiers = {name for word, name in _TIERS if word in one.shown}
    settings = {name for word, name in _SETTINGS if word in one.shown}
    if cost is None or back is None or len(tiers) != 1 or _in_role(one.example, _LINE):
        return None
    lines, rates = (_claimed(claims, topic, tiers, settings) for topic in (".deductible", ".reimbursement_rate"))
    if len(lines) != 1 or len(rates) != 1:
        return None
    [line], [rate] = lines, rates
    right = max(Decimal(0), cost.low - line) * rate / 100
    if abs(back.low - right) <= max(Decimal(1), right / 200):
        return None
    return Reckoned(one.rule, (one.example[0], cost.start, back.end), plain(right), _text(one.example, back))


def _claimed(claims: Sequence[Claim], topic: str, tiers: set[str], settings: set[str]) -> set[Decimal]:
    """The figures that claims on a topic give for a kind of hospital and of care."""
    found: set[Decimal] = set()
    for claim in claims:
        value, setting = claim.value, set(claim.scope.get("setting"))
        if not claim.topic.endswith(topic) or set(claim.scope.get("tier")) != tiers:
            continue
        if setting and settings and not setting & settings:
            continue
        if isinstance(value, Measure) and isinstance(value.low, Decimal) and value.low == value.high:
            found.add(value.low)
    return found


def _reimbursed(one: Illustration) -> Reckoned | None:
    """(Costs less the deductible) times the rate."""
    if _OTHER_STEPS.search(one.shown):
        return None
    cost, back = _in_role(one.example, _COST), _in_role(one.example, _BACK)
    own = _rates(one.example)
    if own and (_in_role(one.example, _LINE) or not _LINES.search(one.said)):
        return None  # by the example's own figures: that is example-mismatch
    rates = own or _rates(one.rule)
    if cost is None or back is None or len(rates) != 1:
        return None
    line = _in_role(one.example, _LINE) or _in_role(one.rule, _LINE)
    lines = sum(len(_LINES.findall(t)) for t in (one.said, one.shown))
    none = _NO_LINE.search(one.said) or _NO_LINE.search(one.shown)
    right = max(Decimal(0), cost.low - (line.low if line else 0)) * rates[0].low / 100
    if abs(back.low - right) <= max(Decimal(1), right / 200):
        return None
    known = (line is not None and lines <= 3) or none
    if not known and (lines or back.low <= right):
        return None  # what is not said here may have been taken off
    if _OTHER_STEPS.search(one.said) and (back.low < right or not known):
        return None
    block = one.example[0]
    return Reckoned(one.rule, (block, cost.start, back.end), plain(right), _text(one.example, back))


def _below_line(one: Illustration) -> Reckoned | None:
    """Costs below the deductible: nothing is paid back."""
    line, back = _in_role(one.rule, _LINE) or _in_role(one.example, _LINE), _in_role(one.example, _BACK)
    cost = _in_role(one.example, _COST) or _in_role(one.example, _OWN)
    if line is None or cost is None or back is None or cost.low > line.low or back.low <= 0 or line.bound == "max":
        return None
    inside = line in quantities_in(*one.rule, "yuan")
    rule = _lead(one.rule, (one.rule[0], line.start, line.end), _LINES) if inside else one.rule
    return Reckoned(rule, (one.example[0], cost.start, back.end), "0", _text(one.example, back))


def _above_cap(one: Illustration) -> Reckoned | None:
    """More than the cap was paid back."""
    cap, back = _in_role(one.rule, _CAP) or _most(one.rule), _in_role(one.example, _BACK)
    if cap is None or back is None or back.low <= cap.low or _BEYOND.search(one.shown):
        return None
    rule = _lead(one.rule, (one.rule[0], cap.start, cap.end), later(r"年度|封顶|限额|上限"))
    shown = (one.example[0], back.start, back.end)
    return Reckoned(rule, shown, plain(cap.low), _text(one.example, back))


def _most(rule: Piece) -> Quantity | None:
    """报销不超过3000元: the one amount of a rule, where it is the most that is paid back."""
    found = quantities_in(*rule, "yuan")
    if len(found) != 1 or found[0].bound != "max" or not is_point(found[0]) or "visit" in found[0].per:
        return None
    text = rule[0].folded.chars
    return found[0] if re.search(r"报销|支付", text[max(rule[1], found[0].start - 12) : found[0].start]) else None


def _share_of_base(one: Illustration) -> Reckoned | None:
    """8 % of the base: 5000 yuan give 400, or twelve times that in a year."""
    rates = _rates(one.example) or _rates(one.rule)
    base, due = _in_role(one.example, _BASE), _in_role(one.example, _DUE)
    if len(rates) != 1 or base is None or due is None or not _OF_BASE.search(one.said + one.shown):
        return None
    right = base.low * rates[0].low / 100
    if any(abs(due.low - right * times) <= max(Decimal(1), right * times / 200) for times in (1, 12)):
        return None
    if re.search(r"单位|合计|上限|下限|保底|封顶|\d月", one.shown) or base.low > 60_000:
        return None
    return Reckoned(one.rule, (one.example[0], base.start, due.end), plain(right), _text(one.example, due))


def _late_fee(one: Illustration) -> Reckoned | None:
    """0.05 % a day of what is owed."""
    daily = _DAILY.search(one.said)
    owed, fee = _in_role(one.example, _OWED), _in_role(one.example, _LATE_FEE)
    days = [q for q in quantities_in(*one.example, "day") if is_point(q)]
    if daily is None or owed is None or fee is None or len(days) != 1:
        return None
    n = count_of(daily["n"]) if not daily["n"][0].isdigit() else Decimal(daily["n"])
    if n is None:
        return None
    right = owed.low * Decimal(n) / 10_000 * days[0].low
    if abs(right - fee.low) <= max(Decimal("0.5"), right / 100):
        return None
    rule = (one.rule[0], one.rule[1] + daily.start(), one.rule[1] + daily.end())
    return Reckoned(rule, (one.example[0], owed.start, fee.end), plain(right), _text(one.example, fee))


def _points_apart(one: Illustration) -> Reckoned | None:
    """Ten points less: 70 % become 60 %."""
    block, start, end = one.rule
    points = [
        q for q in quantities_in(block, start, end, "percent_point")
        if is_point(q) and q.bound is None and _POINTS.search(block.folded.chars, start, q.start)
    ]  # fmt: skip
    rates = _rates(one.example)
    if len(points) != 1 or len(rates) != 2 or _rates(one.rule):
        return None
    [step], (a, b) = points, rates
    if abs(a.low - b.low) == step.low:
        return None
    shown = (one.example[0], a.start, b.end)
    return Reckoned((block, step.start, step.end), shown, plain(a.low - step.low) + "%", _text(one.example, b))


def _rates(piece: Piece) -> list[Quantity]:
    found = quantities_in(*piece, "percent")
    return [q for q in found if is_point(q) and q.bound is None] if all(is_point(q) for q in found) else []


def _in_role(piece: Piece, role: re.Pattern[str]) -> Quantity | None:
    """The one amount whose words before it give it a role."""
    block, start, _ = piece
    text = block.folded.chars
    found = [q for q in quantities_in(*piece, "yuan") if role.search(text, max(start, q.start - 14), q.start)]
    return found[0] if len(found) == 1 and is_point(found[0]) else None


def _lead(rule: Piece, piece: Piece, words: re.Pattern[str]) -> Piece:
    """A figure with the words that name it, as far as they stand in its clause."""
    block, start, end = piece
    text = block.folded.chars
    clause = max(rule[1], *(text.rfind(c, rule[1], start) + 1 for c in ",。;:"))
    m = words.search(text, clause, start)
    return (block, m.start() if m else start, end)


def _text(piece: Piece, q: Quantity) -> str:
    return piece[0].folded.chars[q.start : q.end]
