"""What no topic takes is still written down: which clauses are assertions of the domain, and how much was typed."""

from __future__ import annotations

import pytest

from claims.article import Article
from claims.domain import load_domain
from claims.examples import sample
from claims.extraction import drawn_from, read_parts
from claims.forms import form_of, forms
from claims.model import Claim
from claims.readers import read

TITLE = "职工医保家庭共济说明"


def drawn(article: Article) -> tuple[list[Claim], list[tuple[str, int, int]]]:
    domain = load_domain("yibao")
    found = drawn_from(article, read_parts(article, domain), domain)
    untyped = [c for c in found.claims if c.topic == "untyped"]
    return untyped, [(c.part, c.typed, c.assertions) for c in found.coverage]


def quotes(text: str, title: str = TITLE) -> list[str]:
    return [c.quote for c in drawn(sample(text, title))[0]]


ASSERTS = [
    "参保人需通过医保平台绑定家庭成员信息",
    "家庭共济的操作一般在线上办理",
    "家庭共济不收手续费",
    "家庭共济是一项惠民措施",
    "截至2024年11月，个人账户共济已达3.25亿人次",
    "医保个人账户的利息会按年计入",
    "授权人断缴停保期间，家庭共济功能随之暂停",
]


@pytest.mark.parametrize("text", ASSERTS)
def test_an_assertion_that_no_topic_takes_is_written_down(text: str) -> None:
    assert quotes(text + "。") == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办理家庭共济，须带上身份证。", ["须带上身份证"]),
        ("家庭共济不收手续费，也不收工本费。", ["家庭共济不收手续费"]),
        ("通过整合医保资金，家庭共济不收手续费。", ["家庭共济不收手续费"]),
        ("家庭共济次月1日生效，每月5日结算。", ["家庭共济次月1日生效", "每月5日结算"]),
    ],
)
def test_what_leads_up_or_carries_on_is_part_of_it(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


SILENT = [
    ("a question", "家庭共济要收手续费吗？"),
    ("another matter", "春天花粉多，出门可以戴口罩。"),
    ("a plan", "医保部门计划明年推出家庭共济的新界面。"),
    ("the past", "以前，家庭共济要到窗口办理。"),
    ("a belief", "有人以为家庭共济要收手续费。"),
    ("left open", "家庭共济的手续费视情况而定。"),
    ("praise", "家庭共济有效提高了医保资金的使用效率。"),
    ("no assertion", "家庭共济的那些事。"),
    ("typed", "家庭共济不能跨省使用。"),
]


@pytest.mark.parametrize(("why", "text"), SILENT, ids=lambda x: x if x.isascii() else "")
def test_what_is_no_untyped_assertion(why: str, text: str) -> None:
    title = "春季养生" if why == "another matter" else TITLE
    assert quotes(text, title) == []


def test_headings_and_what_a_page_says_of_itself_are_none() -> None:
    page = (
        "# 家庭共济说明\n\n## 家庭共济不收费\n\n家庭共济不收手续费。\n\n本文内容仅供参考，请以当地医保部门规定为准。\n"
    )
    assert [c.quote for c in drawn(read("a.md", page.encode()))[0]] == ["家庭共济不收手续费"]


def test_the_record() -> None:
    page = "---\ntitle: 家庭共济说明\ndate: 2025-03-01\n---\n\n- 家庭共济不收手续费。\n"
    (claim,), coverage = drawn(read("a.md", page.encode()))
    assert (claim.value, claim.topic, claim.pattern, claim.origin) == (None, "untyped", "untyped", "list_item")
    assert page[claim.start : claim.end] == claim.quote
    assert (claim.line, claim.column, claim.as_of) == (6, 3, "2025-03-01")
    assert coverage == [("main", 0, 1)]


def test_typed_and_all_are_counted_by_clause_not_by_record() -> None:
    text = "家庭共济不能跨省使用。家庭共济不收手续费。"
    assert drawn(sample(text, TITLE))[1] == [("main", 1, 2)]
    # Two records (scheme and enrolment), one clause.
    several = "被共济人须参加职工医保。"
    claims = drawn_from(
        sample(several, TITLE), read_parts(sample(several, TITLE), load_domain("yibao")), load_domain("yibao")
    )
    assert len([c for c in claims.claims if c.value is not None]) >= 1
    assert [(c.typed, c.assertions) for c in claims.coverage] == [(1, 1)]


def test_several_figures_of_one_clause_are_one_assertion() -> None:
    text = "居民医保住院报销比例：一级医院90%、二级医院80%、三级医院65%。"
    domain = load_domain("yibao")
    article = sample(text, "居民医保报销比例")
    found = drawn_from(article, read_parts(article, domain), domain)
    assert len(found.claims) >= 3
    assert [(c.typed, c.assertions) for c in found.coverage] == [(1, 1)]


def test_a_domain_without_words_of_its_own_counts_nothing() -> None:
    domain = load_domain("geography")
    article = sample("长江全长6300公里，家庭共济不收手续费。", "长江有多长")
    found = drawn_from(article, read_parts(article, domain), domain)
    assert [c for c in found.claims if c.topic == "untyped"] == []


@pytest.mark.parametrize(
    ("quote", "form"),
    [
        ("每人每年400元", "每人每年N元"),
        ("每人每年三百八十元", "每人每年N元"),
        ("在武汉市办理", "在X办理"),
        ("此外，一旦断保就停", "一旦断保就停"),
        ("（1）家庭共济不收手续费", "家庭共济不收手续费"),
        ("<td>不收<b>手续费</b></td>", "不收手续费"),
        ("400元", "N元"),
    ],
)
def test_the_form_of_a_saying(quote: str, form: str) -> None:
    assert form_of(quote) == form


def test_forms_come_commonest_first() -> None:
    pages = [
        f"家庭共济每次收手续费{n}元。家庭共济不收工本费。" if n < 3 else f"家庭共济每次收手续费{n}元。"
        for n in range(1, 5)
    ]
    claims = [c for n, text in enumerate(pages) for c in drawn(read(f"{n}.txt", f"{TITLE}\n\n{text}".encode()))[0]]
    found = forms(claims)
    assert [(f.form, len(f.claims), f.articles) for f in found] == [
        ("家庭共济每次收手续费N元", 4, 4),
        ("家庭共济不收工本费", 2, 2),
    ]
    assert forms(claims[::-1])[0].form == found[0].form
