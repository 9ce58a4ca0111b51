"""Every code has its words in both languages, and values read as people say them."""

from __future__ import annotations

import ast
import re
import string
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from report_cases import ACROSS, FINDINGS, HUBEI, NATION, PROVINCE, WITHIN, side, words

from audit.model import DEFECTS, KINDS, RULING_CODES, SEVERITIES, Finding, Kind, Reason, Side
from audit.verdict import REASONS
from claims.domain import load_domain
from claims.model import Choice, Flag, Measure, Value, scope_of, set_of
from claims.wording import Words, tongues, words_of
from koujing.config import CODES as CONFIG_CODES
from reports.manual import CODES, contents, manual
from reports.wording import messages, phrases, resolving, terms
from reports.wording.defects import DEFECT
from reports.wording.problems import PROBLEM, problem_words
from reports.wording.reasons import REASON
from reports.wording.rulings import MEND, RULING
from reports.wording.terms import LANGS, Lang
from reports.wording.told import told
from reports.wording.usage import usage
from reports.wording.vocabulary import Vocabulary

CJK = re.compile("[\u4e00-\u9fff]")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_has_both_languages(code: str) -> None:
    zh, en = REASON[code]
    assert CJK.search(zh)
    assert not CJK.search(en)
    assert blanks(zh) == blanks(en)


@pytest.mark.parametrize("code", DEFECT)
def test_every_reason_of_a_defect_has_both_languages(code: str) -> None:
    zh, en = DEFECT[code]
    assert CJK.search(zh)
    assert not CJK.search(en)
    assert blanks(zh) == blanks(en)


def test_no_reason_is_left_over() -> None:
    assert set(REASON) == set(REASONS)


@pytest.mark.parametrize(
    "table",
    [
        terms.TERMS, terms.KIND, terms.TODO, terms.SEVERITY, terms.ORIGIN, terms.STATE, resolving.TEXT, resolving.KEYS,
        resolving.HELP, resolving.VERDICT,
    ],
)  # fmt: skip
def test_every_term_has_both_languages_and_the_same_blanks(table: dict[str, tuple[str, str]]) -> None:
    for zh, en in table.values():
        assert zh
        assert not CJK.search(en)
        assert blanks(zh) == blanks(en)


def test_every_problem_has_both_languages_and_the_same_blanks() -> None:
    for message, hint in PROBLEM.values():
        for zh, en in (message, hint):
            assert CJK.search(zh)
            assert not CJK.search(en)
            assert blanks(zh) == blanks(en)


def test_kinds_and_severities_are_all_worded() -> None:
    assert set(terms.TODO) == {*KINDS, *DEFECTS}
    assert set(terms.KIND) == {*KINDS, *DEFECTS, *RULING_CODES}
    assert set(RULING) == set(MEND)
    assert set(KINDS) <= set(CODES) <= {*KINDS, *DEFECTS, *RULING_CODES}
    assert set(terms.SEVERITY) == set(SEVERITIES)
    assert set(KINDS) <= set(messages.MESSAGE)
    assert set(KINDS) <= set(CONFIG_CODES)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", CODES)
def test_every_kind_has_its_manual(code: str, lang: Lang) -> None:
    page = manual(code, lang)
    assert page.startswith(f"# {code}")
    assert page.count("\n## ") == 5
    assert code in contents(lang)


def _filled(piece: ast.expr) -> str:
    if isinstance(piece, ast.FormattedValue):
        return "'12'" if piece.conversion == ord("r") else "12"
    return str(piece.value) if isinstance(piece, ast.Constant) else ""


SAYERS = ("ReadError", "EmptyArticle", "self._error", "DomainError", "self.fail", "files.fail")


def _said_by(path: Path) -> set[str]:
    """The messages and hints that a reader's source can give, each blank filled with 12."""
    found: set[str] = set()

    def texts(node: ast.expr) -> None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            found.add("".join(map(_filled, node.values)))
        elif isinstance(node, ast.IfExp):
            texts(node.body)
            texts(node.orelse)

    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in SAYERS:
            for arg in node.args:
                texts(arg)
            for keyword in node.keywords:
                if keyword.arg == "hint":
                    texts(keyword.value)
    return {text for text in found if re.search("[a-z]", text)}


def test_what_readers_say_is_told_in_chinese() -> None:
    folder = Path(__file__).parents[2] / "claims" / "readers"
    containers = folder.parents[1] / "audit" / "containers"
    paths = [*folder.glob("*.py"), *folder.parent.glob("domain*.py"), *containers.glob("*.py")]
    said = {text for path in paths for text in _said_by(path)}
    assert len(said) > 10
    assert {text for text in said if not CJK.search(told(text, "zh"))} == set()
    assert all(told(text, "en") == text for text in said)


VALUES: list[tuple[str, Value, str, str]] = [
    ("gongji.area", Measure(low="nation"), "可跨省", "works across provinces"),
    ("gongji.area", Measure(high="province"), "不出省", "stays within a province"),
    ("gongji.area", Measure(low="pool"), "至少同一统筹区", "at least one pool"),
    ("gongji.pooled_fund", Flag(holds=True), "家人可用统筹基金", "relatives may use it"),
    ("gongji.pooled_fund", Flag(holds=False), "不能用统筹基金", "false"),
    ("gongji.unknown", Flag(holds=False), "不成立", "false"),
    (
        "gongji.payable",
        set_of("includes", ["devices", "outpatient"]),
        "包括门诊、器械",
        "includes outpatient care, devices",
    ),
    ("gongji.payable", set_of("excludes", ["inpatient"]), "不包括住院", "excludes inpatient care"),
    ("gongji.payable", set_of("only", ["other"]), "仅限other", "only other"),
    ("gongji.pay_order", Choice("giver_first"), "先扣共济人", "the giver first"),
    ("yibao.reimbursement_rate", Measure(Decimal(70), Decimal("70.0")), "70%", "70%"),
    ("yibao.reimbursement_rate", Measure(Decimal(50), Decimal(60)), "50% 至 60%", "50% to 60%"),
    ("yibao.resident_premium", Measure(Decimal(400), Decimal(400)), "400 元/年", "400 yuan a year"),
    ("yibao.resident_premium", Measure(Decimal(20), Decimal(20), "yuan_per_month"), "20 元/月", "20 yuan a month"),
    ("yibao.cap", Measure(low=Decimal("1E+9")), "不封顶", "no cap"),
    ("yibao.cap", Measure(high=Decimal("250000")), "最多 250000 元", "at most 250000 yuan"),
    ("gongji.min_balance", Measure(Decimal(0), Decimal("0.0")), "没有门槛", "none"),
    ("gongji.min_balance", Measure(Decimal(500), Decimal(500)), "至少 500 元", "at least 500 yuan"),
    ("gongji.min_balance", Measure(low=Decimal(500)), "至少 500 元", "at least 500 yuan"),
    ("gongji.min_balance", Measure(high=Decimal(500)), "最多 500 元", "at most 500 yuan"),
    ("yibao.payment_deadline", Measure("2025-02-28", "2025-02-28"), "2025年2月28日", "2025-02-28"),
    ("yibao.payment_deadline", Measure("--12-31", "--12-31"), "每年12月31日", "every 12-31"),
]


@pytest.mark.parametrize(("topic", "value", "zh", "en"), VALUES)
def test_values_in_words(topic: str, value: Value, zh: str, en: str) -> None:
    assert words("zh").value(topic, value) == zh
    assert words("en").value(topic, value) == en


def test_scopes_in_words() -> None:
    scope = scope_of({"region": ["湖北省"], "scheme": ["employee", "flexible"], "year": ["2025"]})
    assert words("zh").scope(scope) == "湖北省；职工医保、灵活就业；2025年"
    assert words("en").scope(scope) == "湖北省; employee scheme, flexible employment; 2025"
    excepted = scope_of({"region": ["新疆维吾尔自治区"]})
    assert words("zh").bounds("some", scope_of({}), excepted) == "部分地方或情形；新疆维吾尔自治区除外"
    own = Vocabulary(facets={"scheme": words_of({"members": {"employee": {"zh": "职工"}}}, {})})
    assert own.scope(scope_of({"scheme": ["employee", "resident"]})) == "职工、居民医保"


def test_reasons_in_words() -> None:
    for code, args, zh in REASONS_ZH:
        assert words().reason(Reason(code, tuple(sorted(args.items()))), "gongji.payable") == zh


REASONS_ZH: list[tuple[str, dict[str, str], str]] = [
    ("outside-only", {"members": "devices,inpatient"}, "一方包括住院、器械，另一方的限定清单里没有"),
    (
        "scopes-disjoint",
        {"facet": "population.sex", "a": "male", "b": "female"},
        "适用范围没有交集：性别，甲是男性，乙是女性",
    ),
    (
        "excepted",
        {"facet": "region", "members": "湖北省,湖南省"},
        "两方共同涉及的部分正是原文排除的（地区：湖北省、湖南省）",
    ),
    ("years-disjoint", {"a": "2024", "b": "2025"}, "说的是不同年度：甲是2024年，乙是2025年"),
    ("topics-differ", {"a": "gongji.area", "b": "x.y"}, "主题不同：甲说的是“家庭共济能否跨省”，乙说的是“x.y”"),
    (
        "count-grew",
        {"a": "2024-12-31", "b": "2025-02-28"},
        "后来的省份数更大（甲2024年12月31日，乙2025年2月28日），是陆续开通的结果",
    ),
    ("inside", {"side": "1", "facets": "region"}, "乙的适用范围在另一方之内（更窄的是地区）"),
    (
        "reach-differs",
        {"a": "nation", "b": "province"},
        "数的不是一回事：甲数的是开通跨省的省份，乙数的是开通省内的省份",
    ),
    ("units-differ", {"a": "yuan", "b": "percent"}, "单位不同，不能换算：甲是元，乙是%"),
    (
        "outdated",
        {"older": "1", "days": "863", "a": "2025-01-16", "b": "2022-09-06"},
        "甲说的情况截至2025年1月16日，乙说的截至2022年9月6日，乙是旧口径",
    ),
    ("of-teaser", {"sides": "0,1"}, "甲、乙出自页面上摘引的另一篇文章，级别降一级"),
    ("of-tomorrow", {"x": "1"}, "of-tomorrow x=1"),
]


@pytest.mark.parametrize("code", REASONS)
@pytest.mark.parametrize("lang", LANGS)
def test_a_reason_without_its_arguments_is_still_a_sentence(code: str, lang: Lang) -> None:
    assert words(lang).reason(Reason(code), "gongji.area")


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_makes_a_sentence(lang: Lang) -> None:
    for kind in KINDS:
        one = replace(FINDINGS[2], kind=kind)
        assert "{" not in messages.message(one, words(lang))


def test_overgeneral_names_the_general_side_first() -> None:
    other = side(PROVINCE, WITHIN, scope=HUBEI)
    said = messages.message(replace(FINDINGS[1], sides=(FINDINGS[1].sides[0], other)), words())
    assert said == "1 篇文章笼统地说“可跨省”，但 1 篇文章说“不出省”（湖北省；职工医保）"


def test_one_article_on_both_sides() -> None:
    one = side(NATION, ACROSS)
    two = side(PROVINCE, replace(WITHIN, article=ACROSS.article))
    more = side(PROVINCE, *two.claims, WITHIN)

    def said(kind: Kind, *sides: Side) -> str:
        return messages.message(replace(FINDINGS[1], kind=kind, sides=sides), words())

    assert said("self-contradiction", one, two) == "同一篇文章里既说“可跨省”，又说“不出省”"
    assert said("overgeneral", one, two) == "同一篇文章里既笼统地说“可跨省”，又说“不出省”"
    assert said("overgeneral", one, more) == "1 篇文章笼统地说“可跨省”，但 2 篇文章说“不出省”，其中 1 篇两样都说"
    both = side(NATION, ACROSS, replace(ACROSS, article=WITHIN.article))
    assert said("overgeneral", both, more) == "2 篇文章各自既笼统地说“可跨省”，又说“不出省”"
    assert said("outdated", both, more) == "2 篇文章仍说“可跨省”，后来 2 篇文章说“不出省”"


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda f: f.kind)
def test_the_message_names_the_sides_in_their_order(finding: Finding) -> None:
    said = messages.message(finding, words())
    a, b = (said.index(words().position(s.position)) for s in finding.sides)
    assert a < b


def test_values_apart_are_said() -> None:
    assert words().reasons(FINDINGS[0]) == "甲说“不出省”，乙说“可跨省”，不能同时成立；两方都没有限定适用范围。"
    assert words("en").reasons(FINDINGS[0]) == (
        "A says “stays within a province” and B “works across provinces”, which cannot both be true; "
        "neither side restricts its scope."
    )


@pytest.mark.parametrize("code", terms.TODO)
def test_what_to_do_is_a_sentence(code: str) -> None:
    zh, en = terms.TODO[code]
    assert zh.endswith("。")
    assert en[0].isupper()
    assert en.endswith(".")


def test_the_domain_names_all_its_topics_and_members() -> None:
    domain = load_domain("yibao")
    for lang in LANGS:
        for name, topic in domain.topics.items():
            own: Words = domain.words[name]
            assert dict(own.title).get(lang), name
            if topic.kind in ("set", "choice"):
                assert [m for m, _ in own.members] == list(topic.members)
            if topic.kind == "flag":
                assert dict(own.true).get(lang), name
                assert dict(own.false).get(lang), name


def test_words_of_bare_text_serve_every_language() -> None:
    assert tongues("医保") == (("", "医保"),)
    assert tongues(None) == ()
    assert words_of({"title": "医保"}, {}).title == (("", "医保"),)


def test_near_names_stand_before_the_hint() -> None:
    _, hint = problem_words("unknown-key", {"key": "fail-on", "near": "fail_on", "known": "…"}, "zh")
    assert hint.startswith("是不是想写 fail_on？")
    _, hint = problem_words("unknown-key", {"key": "zzz", "near": "", "known": "…"}, "zh")
    assert hint == "可用的键：…"


def test_dates_that_are_none_stay_as_they_are() -> None:
    assert phrases.day("pool", "zh") == "pool"


def test_usage_errors_we_do_not_know_stay_english() -> None:
    assert usage("Something new.", "zh") == "Something new."
    assert usage("No such option '--x'.", "en") == "No such option '--x'."


def test_click_of_every_version_is_understood() -> None:
    """Before 8.4 it puts a colon where it puts quotes now."""
    for option in (": --x", " '--x'."):
        assert usage(f"No such option{option}", "zh") == "没有选项 --x"
    assert usage("No such option: --x (Possible options: --y, --z)", "zh") == "没有选项 --x，可用的有 --y, --z"
