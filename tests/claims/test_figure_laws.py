"""Laws of figures: what is said in many ways is read as one and the same claim.

A figure (topic, value, scope) is told in sentences, lists, tables and answers; it reads back to exactly that figure.
The order of a list's items, line breaks, spaces and full-width characters change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_runs import ordinarily

from claims.domain import load_domain
from claims.examples import normal, notation
from claims.extraction import extract
from claims.readers import read

YIBAO = load_domain("yibao")
EXAMPLES = ordinarily(80)

REGIONS = {
    "湖北省": "湖北省", "襄阳": "襄阳市", "大理州": "大理白族自治州", "杭州市": "杭州市", "宁夏": "宁夏回族自治区",
}  # fmt: skip
SCHEMES = {"职工医保": "employee", "城乡居民医保": "resident", "居民医保": "resident", "城镇职工医保": "employee"}
SETTINGS = {"住院": "inpatient", "普通门诊": "outpatient", "门诊慢特病": "special_outpatient"}
TIERS = {"三级医院": "tier3", "二级医院": "tier2", "一级医疗机构": "tier1", "社区卫生服务中心": "community"}
GROUPS = {"在职人员": "active", "退休人员": "retired"}
SEXES = {"男性": "male", "女职工": "female"}
YEARS = {"2024年度": "2024", "2026年度": "2026"}
DIGITS = "零一二三四五六七八九"


def written(n: int) -> str:
    """A number below 100,000,000 in Chinese numerals: 一万二千零五十."""
    if n >= 10_000:
        rest = n % 10_000
        return written(n // 10_000) + "万" + (("零" if rest < 1000 else "") + written(rest) if rest else "")
    text = ""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // power % 10
        if digit:
            text += DIGITS[digit] + unit
        elif text and not text.endswith("零") and n % power:
            text += "零"
    return text


@st.composite
def amounts(draw: st.DrawFn, least: int, most: int, step: int) -> tuple[int, str]:
    """An amount of yuan and one way of writing it."""
    n = draw(st.integers(least // step, most // step)) * step
    ways = [f"{n}元", f"{n:,}元", f"{n} 元", written(n) + "元", written(n) + "块钱"]
    if n % 1000 == 0 and n >= 10_000:
        ways.append(f"{n / 10_000:g}万元")
    return n, draw(st.sampled_from(ways))


@st.composite
def shares(draw: st.DrawFn, least: int = 30, most: int = 95) -> tuple[int, str]:
    """A percentage and one way of writing it."""
    n = draw(st.integers(least, most))
    ways = [f"{n}%", f"{n}％", f"百分之{written(n)}", f"{n} %"]
    if n % 10 == 0:
        ways.append(f"{DIGITS[n // 10]}成")
    elif n % 5 == 0:
        ways.append(f"{DIGITS[n // 10]}成五")
    return n, draw(st.sampled_from(ways))


def told(source: str, topic: str, name: str = "a.md") -> list[str]:
    """The claims on a topic in the notation of cases, sorted."""
    found = extract(read(name, source.encode()), YIBAO)
    return sorted(notation(c, facets=True) for c in found if c.topic == topic)


def is_(value: object, **scope: str | Sequence[str] | None) -> str:
    """The notation of a value in a scope."""
    text = str(value)
    for facet, members in scope.items():
        if members:
            text += (" @" if facet == "region" else f" {facet}:") + (
                members if isinstance(members, str) else ",".join(members)
            )
    return normal(text)


TOPICS: dict[str, tuple[list[str], Any]] = {
    "yibao.deductible": (["起付线", "起付标准", "门槛费"], amounts(50, 3000, 50)),
    "yibao.reimbursement_rate": (["报销比例", "支付比例"], shares()),
    "yibao.cap": (["封顶线", "年度最高支付限额", "年度报销上限"], amounts(200, 600_000, 100)),
}
BENEFITS = st.sampled_from(sorted(TOPICS))

# Where the words of a scope may stand in one sentence; the order is that of the text.
SENTENCES = [
    "{region}{scheme}参保人在{tier}{setting}的{cue}为{value}。",
    "{region}{scheme}{setting}，{tier}的{cue}是{value}。",
    "在{region}，{scheme}{tier}{setting}{cue}{value}。",
    "{scheme}（{region}）：{tier}{setting}的{cue}按{value}执行。",
    "{region}规定，{tier}{scheme}{setting}{cue}统一为{value}。",
    "看{tier}，{region}{scheme}{setting}{cue}达到{value}。",
]
PAGES = [
    "# {region}医保待遇\n\n## {scheme}\n\n{setting}{cue}：\n\n- {tier}：{value}\n",
    "# {region}{scheme}\n\n- {setting}\n  - {tier}\n    - {cue}{value}\n",
    "# {region}{scheme}{setting}待遇\n\n| 医院级别 | {cue} |\n|---|---|\n| {tier} | {value} |\n",
    "# {region}{scheme}\n\n| 项目 | {tier} |\n|---|---|\n| {setting}{cue} | {value} |\n",
    "# {region}{scheme}{setting}在{tier}的{cue}是多少\n\n{value}\n",
    "# {region}医保\n\n{scheme}{setting}待遇如下。\n\n**{tier}**：{cue}{value}。\n",
]


@EXAMPLES
@given(st.data())
def test_a_benefit_reads_back_from_any_phrasing(data: st.DataObject) -> None:
    topic = data.draw(BENEFITS)
    cues, values = TOPICS[topic]
    n, value = data.draw(values)
    region, scheme, setting, tier = (data.draw(st.sampled_from(sorted(w))) for w in (REGIONS, SCHEMES, SETTINGS, TIERS))
    template = data.draw(st.sampled_from([*("# 医保待遇\n\n" + s for s in SENTENCES), *PAGES]))
    text = template.format(region=region, scheme=scheme, setting=setting, tier=tier, cue=data.draw(st.sampled_from(cues)), value=value)  # fmt: skip # noqa: E501
    scope = {"region": REGIONS[region], "scheme": SCHEMES[scheme], "setting": SETTINGS[setting], "tier": TIERS[tier]}
    assert told(text, topic) == [is_(n, **scope)], text


MONEY = {
    "yibao.resident_premium": [
        "{year}{region}城乡居民医保个人缴费标准为每人每年{value}。",
        "{region}居民参加{year}居民医保，每人每年缴纳{value}。",
        "{region}的居民医保，{year}个人缴费{value}。",
    ],
    "yibao.subsidy": [
        "{year}{region}居民医保财政补助标准为每人每年{value}。",
        "{region}的居民医保，{year}各级财政人均补助{value}。",
        "{year}，{region}为每位参保居民落实的政府补助是{value}。",
    ],
}


@EXAMPLES
@given(st.sampled_from(sorted(MONEY)), amounts(100, 1500, 10), st.sampled_from(sorted(REGIONS)),
       st.sampled_from(sorted(YEARS)), st.data())  # fmt: skip
def test_what_is_paid_a_year_reads_back(
    topic: str, amount: tuple[int, str], region: str, year: str, data: st.DataObject
) -> None:
    template = data.draw(st.sampled_from(MONEY[topic]))
    text = "# 居民医保缴费\n\n" + template.format(region=region, year=year, value=amount[1]) + "\n"
    assert told(text, topic) == [is_(amount[0], region=REGIONS[region], year=YEARS[year])], text


@EXAMPLES
@given(st.integers(2, 24), st.sampled_from(sorted(REGIONS)), st.sampled_from(sorted(SCHEMES)), st.data())
def test_waits_and_grace_read_back(n: int, region: str, scheme: str, data: st.DataObject) -> None:
    months = data.draw(st.sampled_from([f"{n}个月", f"{written(n)}个月" if n != 2 else "两个月"]))
    topic, template = data.draw(
        st.sampled_from([
            ("yibao.waiting_period", "{region}{scheme}断保后再参保，待遇等待期为{months}。"),
            ("yibao.waiting_period", "{region}的{scheme}设{months}等待期。"),
            ("yibao.grace_period", "{region}{scheme}断缴{months}内补缴的，视同连续缴费。"),
            ("yibao.grace_period", "{region}的{scheme}中断缴费不超过{months}，可以补缴。"),
        ])
    )  # fmt: skip
    text = "# 医保断缴\n\n" + template.format(region=region, scheme=scheme, months=months) + "\n"
    assert told(text, topic) == [is_(n, region=REGIONS[region], scheme=SCHEMES[scheme])], text


@EXAMPLES
@given(st.permutations(sorted(TIERS)), BENEFITS, st.sampled_from(sorted(SCHEMES)), st.data())
def test_the_order_of_items_does_not_matter(tiers: list[str], topic: str, scheme: str, data: st.DataObject) -> None:
    cues, values = TOPICS[topic]
    cue, items = cues[0], {t: data.draw(values) for t in sorted(TIERS)}
    head = f"# {scheme}住院待遇\n\n{cue}如下：\n\n"
    listed = head + "".join(f"- {t}：{items[t][1]}\n" for t in tiers)
    rows = head + f"| 医院 | {cue} |\n|---|---|\n" + "".join(f"| {t} | {items[t][1]} |\n" for t in tiers)
    lines = f"{scheme}住院待遇\n\n医院 {cue}\n" + "".join(f"{t} {items[t][1].replace(' ', '')}\n" for t in tiers)
    expected = sorted(is_(items[t][0], scheme=SCHEMES[scheme], setting="inpatient", tier=TIERS[t]) for t in tiers)
    assert told(listed, topic) == expected, listed
    assert told(rows, topic) == expected, rows
    assert told(lines, topic, "a.txt") == expected, lines


@EXAMPLES
@given(st.permutations(sorted(GROUPS)), shares(), shares(), st.sampled_from(["分别为", "依次为", "为"]))
def test_a_row_shares_out_a_list(groups: list[str], a: tuple[int, str], b: tuple[int, str], verb: str) -> None:
    text = f"# 医保\n\n职工医保普通门诊，{groups[0]}、{groups[1]}报销比例{verb}{a[1]}、{b[1]}。\n"
    expected = sorted(
        is_(n, scheme="employee", setting="outpatient", population=GROUPS[g])
        for g, (n, _) in zip(groups, (a, b), strict=True)
    )
    assert told(text, "yibao.reimbursement_rate") == expected, text


WIDE = str.maketrans("0123456789%:,()", "０１２３４５６７８９％：，（）")
PLAIN = [
    ("yibao.deductible", "职工医保住院，二级医院起付线为600元。", "600 scheme:employee setting:inpatient tier:tier2"),
    ("yibao.reimbursement_rate", "居民医保普通门诊:报销比例为55%,全年有效。", "55 scheme:resident setting:outpatient"),
    ("yibao.cap", "城乡居民医保(普通门诊):一年最多报销350元。", "350 scheme:resident setting:outpatient"),
    ("yibao.resident_premium", "2026年度居民医保个人缴费标准为每人每年400元。", "400 year:2026"),
    ("yibao.contribution_rate", "职工医保由单位按8%缴费。", "8 scheme:employee payer:employer"),
    ("yibao.retirement_years", "男性退休时职工医保须累计缴满30年。", "30 scheme:employee population:male"),
    ("yibao.waiting_period", "居民医保断保后,待遇等待期为3个月。", "3 scheme:resident"),
    ("yibao.payment_deadline", "居民医保集中缴费期至12月31日。", "--12-31"),
]  # fmt: skip


@pytest.mark.parametrize(("topic", "sentence", "expected"), PLAIN)
def test_full_width_characters_do_not_matter(topic: str, sentence: str, expected: str) -> None:
    assert told(f"# 医保问答\n\n{sentence}\n", topic) == [normal(expected)]
    assert told(f"# 医保问答\n\n{sentence.translate(WIDE)}\n", topic) == [normal(expected)]


@pytest.mark.parametrize(("topic", "sentence", "expected"), PLAIN)
def test_spaces_do_not_matter(topic: str, sentence: str, expected: str) -> None:
    spaced = re.sub(r"(?<=[一-鿿])(?=\d)|(?<=[\d%])(?=[一-鿿])", " ", sentence)
    assert told(f"# 医保问答\n\n{spaced}\n", topic) == [normal(expected)]


LONG = (
    "湖北省城乡居民医保参保人在三级医院住院，起付线为一千二百元，政策范围内的费用报销百分之六十；在二级医院住院，"
    "起付线为500元，报销75%；在一级医院住院，起付线为200元，报销85%。年度最高支付限额为15万元，门诊另外每年最多报销"
    "350元。2026年度个人缴费标准为每人每年400元，集中缴费期截至2025年12月31日，错过的要等3个月。"
)


def wrapped(text: str, columns: int) -> list[str]:
    """As an editor wraps it: a line ends anywhere, but none begins with a sign that closes."""
    lines, rest = [], text
    while rest:
        at = used = 0
        while at < len(rest) and (used := used + (1 if rest[at].isascii() else 2)) <= columns:
            at += 1
        while at < len(rest) and rest[at] in "，。；%":
            at -= 1
        lines.append(rest[:at])
        rest = rest[at:]
    return lines


@EXAMPLES
@given(st.integers(54, 110), st.integers(0, 3))
def test_wrapping_does_not_matter(columns: int, indent: int) -> None:
    text = f"\n{' ' * indent}".join(wrapped(LONG, columns))
    for topic in ("yibao.deductible", "yibao.reimbursement_rate", "yibao.cap", "yibao.resident_premium",
                  "yibao.payment_deadline", "yibao.waiting_period"):  # fmt: skip
        assert told(f"# 医保\n\n{text}\n", topic) == told(f"# 医保\n\n{LONG}\n", topic) != [], text


def test_a_sentence_may_hold_hundreds_of_figures() -> None:
    """A lost table is one sentence; what is asked of each number must not walk over all others again and again."""
    figures = "，".join(f"二级医院报销{50 + i % 40}%" for i in range(200))
    assert len(told(f"# 医保报销比例\n\n居民医保住院报销比例：{figures}。\n", "yibao.reimbursement_rate")) == 200
