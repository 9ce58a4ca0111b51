"""Made-up articles and findings for the report tests."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from audit.model import Finding, Position, Quote, Reason, Reference, Side
from audit.problem import Problem
from audit.verdict import outdated
from claims.facts import Source
from claims.model import EVERYWHERE, Claim, Measure, Scope, Value, scope_of, set_of
from claims.wording import Words, words_of
from reports.record import Covered, Report
from reports.wording.terms import Lang
from reports.wording.vocabulary import Vocabulary

A = (
    "# 职工医保家庭共济指南\n\n"
    "目前，职工医保个人账户的家庭共济已经可以跨省使用，父母在外省参保也不受影响。\n\n"
    "余额可用于门诊。\n"
)
B = "\ufeff---\ntitle: 共济问答\n---\n\n被共济人须与共济人在\u202e同一省份\u202c参保。\n"
LONG = "说明" * 60 + "住院报销比例为70%" + "，其余见附表" * 30 + "。\n"

SOURCES = {"a.md": A, "sub/b.md": B, "long.md": LONG}

_SHARED = {
    "units": {"percent": {"zh": "%", "en": "%"}},
    "scales": {"area": {"pool": {"zh": "同一统筹区", "en": "one pool"}, "nation": {"zh": "全国", "en": "nationwide"}}},
}
WORDS: dict[str, Words] = {
    "gongji.area": words_of(
        {
            "title": {"zh": "家庭共济能否跨省", "en": "reach of mutual aid"},
            "scale": "area",
            "values": {
                "low": {"nation": {"zh": "可跨省", "en": "works across provinces"}},
                "high": {"province": {"zh": "不出省", "en": "stays within a province"}},
            },
        },
        _SHARED,
    ),
    "gongji.pooled_fund": words_of(
        {
            "title": {"zh": "统筹基金能否给家人用", "en": "pooled fund for relatives"},
            "values": {True: {"zh": "家人可用统筹基金", "en": "relatives may use it"}, False: {"zh": "不能用统筹基金"}},
        },
        _SHARED,
    ),
    "gongji.payable": words_of(
        {
            "title": {"zh": "共济资金支付范围", "en": "what it pays for"},
            "members": {
                "outpatient": {"zh": "门诊", "en": "outpatient care"},
                "inpatient": {"zh": "住院", "en": "inpatient care"},
                "devices": {"zh": "器械", "en": "devices"},
            },
        },
        _SHARED,
    ),
    "gongji.pay_order": words_of({"members": {"giver_first": {"zh": "先扣共济人", "en": "the giver first"}}}, _SHARED),
    "yibao.reimbursement_rate": words_of({"title": {"zh": "报销比例", "en": "reimbursement rate"}}, _SHARED),
    "gongji.min_balance": words_of(
        {"values": {"low": {"0": {"zh": "没有门槛", "en": "none"}, "*": {"zh": "至少 {}", "en": "at least {}"}}}},
        _SHARED,
    ),
    "yibao.cap": words_of({"values": {"low": {"1000000000": {"zh": "不封顶", "en": "no cap"}}}}, _SHARED),
}
UNITS = {
    "yibao.reimbursement_rate": "percent", "yibao.cap": "yuan", "yibao.resident_premium": "yuan_per_year",
    "gongji.min_balance": "yuan",
}  # fmt: skip


def words(lang: Lang = "zh") -> Vocabulary:
    return Vocabulary(lang=lang, topics=WORDS, units=UNITS)


def claim(path: str, quote: str, topic: str, value: Value | None, **more: object) -> Claim:
    """A claim at the first place of a quote in one of SOURCES."""
    source = SOURCES[path.partition("#")[0]]
    start = source.index(quote)
    before = source[:start]
    fields: dict[str, object] = {
        "id": f"c{len(path)}{start}", "article": path, "topic": topic, "value": value, "quote": quote, "start": start,
        "end": start + len(quote), "line": before.count("\n") + 1, "column": start - before.rfind("\n"),
        "origin": "sentence", "pattern": "made.up",
    } | more  # fmt: skip
    return Claim(**fields)  # type: ignore[arg-type]


NATION = Measure(low="nation")
PROVINCE = Measure(high="province")
HUBEI = scope_of({"region": ["湖北省"], "scheme": ["employee"]})


def side(value: Value, *claims: Claim, scope: Scope = EVERYWHERE, count: int | None = None) -> Side:
    position = Position(claims[0].topic, value, claims[0].quantifier, scope, claims[0].except_)
    return Side(position, len(claims) if count is None else count, claims)


ACROSS = claim("a.md", "可以跨省使用", "gongji.area", NATION, as_of="2025-03-11")
WITHIN = claim("sub/b.md", "须与共济人在\u202e同一省份\u202c参保", "gongji.area", PROVINCE, as_of="2023-01-31")
HUBEI_WITHIN = claim("a.md", "父母在外省参保也不受影响", "gongji.area", PROVINCE, scope=HUBEI, quantifier="some")
RATE = claim("long.md", "住院报销比例为70%", "yibao.reimbursement_rate", Measure(Decimal(70), Decimal(70)))
PAYS = claim("a.md#teaser-1", "余额可用于门诊", "gongji.payable", set_of("only", ["outpatient", "inpatient"]))

FINDINGS = (
    Finding(
        id="KAAAAAA", code="contradiction", topic="gongji.area", kind="contradiction", severity="error",
        other_kinds=("outdated",), reasons=(Reason("intervals-apart"), Reason("both-unrestricted")),
        sides=(side(PROVINCE, WITHIN), side(NATION, ACROSS, count=5)),
    ),
    Finding(
        id="KBBBBBB", code="overgeneral", topic="gongji.area", kind="overgeneral", severity="error",
        reasons=(Reason("intervals-apart"), Reason("some-against-all", (("side", "1"),))),
        sides=(side(NATION, ACROSS, count=5), side(PROVINCE, HUBEI_WITHIN, scope=HUBEI)),
    ),
    Finding(
        id="KCCCCCC", code="outdated", topic="gongji.area", kind="outdated", severity="warning", older=0,
        reasons=(Reason("intervals-apart"), outdated(0, "2023-01-31", "2025-03-11"), Reason("dates-apart")),
        sides=(side(PROVINCE, WITHIN), side(NATION, ACROSS)), state="under-review", ruling="rulings/area.yaml",
    ),
    Finding(
        id="KDDDDDD", code="possible", topic="yibao.reimbursement_rate", kind="possible", severity="info",
        reasons=(Reason("intervals-apart"), Reason("not-said", (("facets", "region,scheme"),))),
        sides=(side(RATE.value, RATE), side(Measure(Decimal(60), Decimal("65.5")), RATE)),  # type: ignore[arg-type]
    ),
    Finding(
        id="KEEEEEE", code="contradiction", topic="gongji.payable", kind="contradiction", severity="info",
        reasons=(
            Reason("outside-only", (("members", "devices"),)), Reason("scopes-overlap"),
            Reason("only-maybe", (("sides", "1"),)), Reason("of-teaser", (("sides", "0"),)),
        ),
        sides=(
            side(PAYS.value, PAYS),  # type: ignore[arg-type]
            side(set_of("includes", ["devices"]), claim("a.md", "余额可用于门诊", "gongji.payable", None)),
        ),
    ),
)  # fmt: skip

FACT = Reference(
    id="across-since", kind="fact", position=Position("gongji.area", NATION),
    words=(("en", "It works across provinces."), ("zh", "可以跨省。")), since="2025-01-01",
    source=Source("《某通知》", "某局", "2025-01-01"), level="warning",
)  # fmt: skip
AGAINST = (
    Finding(
        id="KFACT01", code="against-fact", topic="gongji.area", kind="against-fact", severity="warning",
        reasons=(
            Reason("intervals-apart"), Reason("both-unrestricted"), Reason("reference-level", (("level", "warning"),)),
        ),
        sides=(Side(FACT.position, 0, (), FACT), side(PROVINCE, WITHIN)),
    ),
    Finding(
        id="KFACT02", code="outdated", topic="gongji.area", kind="outdated", severity="warning",
        reasons=(
            Reason("intervals-apart"), Reason("both-unrestricted"),
            Reason("overtaken", (("side", "0"), ("day", "2024-05-01"), ("since", "2025-01-01"))), Reason("right-then"),
        ),
        sides=(side(PROVINCE, WITHIN), Side(FACT.position, 0, (), FACT)), older=0,
    ),
    Finding(
        id="KFACT03", code="contradiction", topic="gongji.area", kind="contradiction", severity="error",
        reasons=(Reason("intervals-apart"), Reason("both-unrestricted")),
        sides=(side(PROVINCE, WITHIN), replace(side(NATION, ACROSS), upheld="across-since")),
    ),
)  # fmt: skip
"""Articles against a reference fact, and a pair of which it upholds one."""

_LISTED = "父母在外省参保也不受影响"


def quote(path: str, words: str) -> Quote:
    """The first place of some words in one of SOURCES."""
    found = claim(path, words, "untyped", None)
    return Quote(found.article, found.start, found.end, found.line, found.column, found.quote)


DEFECT = Finding(
    id="KFFFFFF", code="count-mismatch", topic=None, kind="count-mismatch", severity="warning",
    reasons=(Reason("count-mismatch", (("listed", "2"), ("stated", "3个"))),),
    sides=(
        Side(None, 1, quotes=(quote("a.md", "余额可用于门诊"),)),
        Side(None, 2, quotes=(quote("a.md", "职工医保个人账户"), quote("a.md", _LISTED))),
    ),
)  # fmt: skip
"""What is wrong inside one article."""

PROBLEMS = (
    Problem(path="broken.md", code="unreadable-article", line=3, column=7,
            message="the front matter names `date` twice", hint="keep one of the two lines"),
    Problem(path="empty.md", severity="warning", code="empty", message="the file is empty",
            hint="write the article or delete the file"),
    Problem(path="huge.txt", code="too-large", args=(("limit", "10"), ("size", "11"))),
)  # fmt: skip


COVERAGE = (Covered("a.md", 3, 4), Covered("a.md#teaser-1", 0, 2), Covered("long.md", 1, 1), Covered("sub/b.md", 0, 0))


def report(lang: Lang = "zh", **more: object) -> Report:
    fields: dict[str, object] = {
        "findings": FINDINGS, "problems": PROBLEMS, "articles": 4, "claims": 8, "coverage": COVERAGE, "hidden": 2,
        "titles": {"a.md": "职工医保家庭共济指南", "sub/b.md": "共济问答", "a.md#teaser-1": "摘引\x1b[31m"},
        "today": "2025-06-01", "today_source": "config", "blocks": frozenset({"KAAAAAA", "KBBBBBB"}), "exit_code": 2,
        "words": words(lang),
    } | more  # fmt: skip
    return Report(**fields)  # type: ignore[arg-type]
