"""Articles against the domain's reference facts, and what koujing.yaml makes of these."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Repo, Run

from claims.domain import load_domain
from claims.errors import ConfigError
from koujing.config import parse_config
from koujing.facts import known_facts


def article(text: str, date: str = "2025-03-01", title: str = "家庭共济问答") -> str:
    day = f"date: {date}\n" if date else ""
    return f"---\ntitle: {title}\n{day}---\n\n{text}\n"


UNENROLLED = "没有参保的家人也可以绑定，使用共济账户里的钱。"
ENROLLED = "被共济人必须参加基本医疗保险。"
THREE = "共济对象仅限配偶、父母、子女。"


def findings(run: Run, *args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("check", "--format", "json", *args).stdout)["findings"]
    return found


def test_an_article_against_a_fact(repo: Repo, run: Run) -> None:
    repo({"a.md": article(UNENROLLED)})
    result = run("check")
    assert result.exit_code == 1
    assert "error[against-fact] K" in result.stdout
    assert "--> 参考事实 receiver-enrolled (自2024年8月1日起)" in result.stdout
    assert "出处: 国家医保局对公众提问的答复，2024年10月5日发布 (未与原文核对)" in result.stdout
    english = run("check", "--lang", "en").stdout
    assert "against the reference fact “the receiver must be enrolled too”" in english
    assert "--> reference fact receiver-enrolled (since 2024-08-01)" in english
    assert "published 2024-10-05 (not checked at the issuer)" in english
    (finding,) = findings(run)
    fact, side = finding["sides"]
    assert fact["reference"]["id"] == "receiver-enrolled"
    assert fact["reference"]["source"]["issuer"] == "国家医保局"
    assert (fact["count"], fact["claims"], fact["value"]) == (0, [], {"kind": "flag", "holds": True})
    assert side["claims"][0]["article"] == "a.md"


@pytest.mark.parametrize(
    ("date", "today", "code", "severity"),
    [
        ("2022-09-06", "2025-06-30", "outdated", "warning"),
        ("2022-09-06", "2024-06-30", None, None),
        ("2025-01-16", "2025-06-30", "against-fact", "error"),
        ("", "2025-06-30", "against-fact", "warning"),
        ("", "2024-06-30", None, None),
    ],
)
def test_what_held_on_its_day(
    repo: Repo, run: Run, date: str, today: str, code: str | None, severity: str | None
) -> None:
    repo({"a.md": article(THREE, date)})
    found = [(f["code"], f["severity"]) for f in findings(run, "--today", today)]
    assert found == ([(code, severity)] if code else [])


def test_an_overtaken_article_is_told_what_overtook_it(repo: Repo, run: Run) -> None:
    repo({"a.md": article(THREE, "2022-09-06")})
    text = run("check").stdout
    assert "warning[outdated] K" in text
    assert "1 篇文章仍说“仅限配偶、父母、子女”，参考事实已是“包括配偶、父母、子女、兄弟姐妹" in text
    assert "甲 (旧): “仅限配偶、父母、子女”" in text
    assert "甲说的是2022年9月6日的情况，这一口径自2024年12月9日起已经改变" in text
    assert "为什么只是警告: 写的时候未必有错" in text
    assert run("check").exit_code == 0


def test_who_is_right_is_not_held_up(repo: Repo, run: Run) -> None:
    repo({"right.md": article(ENROLLED), "wrong.md": article(UNENROLLED), "koujing.yaml": ""})
    whole = run("check")
    assert whole.exit_code == 1
    assert "参考事实: receiver-enrolled 支持" in whole.stdout
    assert run("check", "wrong.md").exit_code == 1
    right = run("check", "right.md")
    assert right.exit_code == 0
    assert "error[contradiction]" in right.stdout


# koujing.yaml


def test_a_fact_turned_off(repo: Repo, run: Run) -> None:
    repo({"a.md": article(UNENROLLED), "koujing.yaml": "facts:\n  receiver-enrolled: off\n"})
    assert findings(run) == []
    assert "来自: 领域自带，已在 koujing.yaml 关闭" in run("explain", "receiver-enrolled").stdout


OWN = """
facts:
  receiver-enrolled:
    words: 本站口径：家人不参保也可以
    topic: gongji.enrolment
    value: {holds: false}
    source: {document: 编辑部口径, published: 2025}
    verified: true
  five-at-most:
    words: {zh: 最多绑定5人, en: five at most}
    topic: gongji.relative_limit
    value: {low: 5, high: 5}
    scope: {region: [武汉市]}
    since: 2025-01-01
    severity: warning
    source: 武汉市医保局通知
"""


def test_a_fact_replaced_and_one_added(repo: Repo, run: Run) -> None:
    six = article("武汉市一个个人账户最多可以绑定6名家人。")
    repo({"a.md": article(UNENROLLED), "b.md": article(ENROLLED), "c.md": six, "koujing.yaml": OWN})
    found = {f["sides"][0]["reference"]["id"]: f for f in findings(run) if f["code"] == "against-fact"}
    assert {name: f["sides"][1]["claims"][0]["article"] for name, f in found.items()} == {
        "receiver-enrolled": "b.md",
        "five-at-most": "c.md",
    }
    assert (found["receiver-enrolled"]["severity"], found["five-at-most"]["severity"]) == ("error", "warning")
    assert "已与原文核对" in run("explain", "receiver-enrolled").stdout
    assert "来自: koujing.yaml，代替领域自带的" in run("explain", "receiver-enrolled").stdout
    page = run("explain", "five-at-most", "--lang", "en").stdout
    assert page.startswith("reference fact five-at-most: five at most\n")
    assert "in force: since 2025-01-01" in page
    assert f"findings it takes part in: {found['five-at-most']['id']}" in page


NEEDS_VALUE = "facts:\n  own-card:\n    words: a\n    topic: gongji.own_card\n"
BAD = [
    # config, line, message in Chinese, hint
    ("facts:\n  receiver-enroled: off\n", 2, "没有叫“receiver-enroled”的参考事实", "是不是想写 receiver-enrolled？"),
    ("facts:\n  own-card: on\n", 2, "“facts.own-card”不能是“on”", "是不是想写 off？"),
    ("facts: off\n", 1, "“facts”的值类型不对", ""),
    ("facts:\n  Own Card: {words: a}\n", 2, "参考事实的编号不对：Own Card", "小写字母"),
    (NEEDS_VALUE, 2, "参考事实 own-card：缺少 value", "docs/facts.md"),
    (OWN.replace("enrolment", "enrollment").lstrip(), 4, "没有主题 gongji.enrollment", "是不是想写 gongji.enrolment"),
    (OWN.replace("{low: 5, high: 5}", "{low: 5, hihg: 5}").lstrip(), 11, "没有“hihg”这个键", "是不是想写 high？"),
    (OWN.replace("武汉市]", "武汉]").lstrip(), 12, "region 没有“武汉”这一项", "写全称"),
    (OWN.replace("2025-01-01", "2025-1-1").lstrip(), 13, "since 不是日期：2025-1-1", "2025-01-31"),
]  # fmt: skip


@pytest.mark.parametrize(("config", "line", "message", "hint"), BAD)
def test_what_is_wrong_with_facts_is_told(
    repo: Repo, run: Run, config: str, line: int, message: str, hint: str
) -> None:
    repo({"a.md": article(ENROLLED), "koujing.yaml": config})
    result = run("check")
    assert result.exit_code == 2
    assert message in result.stderr
    assert f"--> koujing.yaml:{line}" in result.stderr
    assert hint in result.stderr
    assert run("check", "--lang", "en").exit_code == 2


def test_known_facts_come_by_id_with_their_origin() -> None:
    domains = [load_domain("yibao")]
    known = known_facts(parse_config((OWN + "  own-card: off\n").encode()), domains)
    assert [k.fact.id for k in known] == sorted(k.fact.id for k in known)
    origins = {k.fact.id: k.origin for k in known if k.origin != "domain"}
    assert origins == {"five-at-most": "added", "receiver-enrolled": "replaced"}
    assert [k.fact.id for k in known if k.off] == ["own-card"]
    with pytest.raises(ConfigError):
        known_facts(parse_config(b"facts: {nothing: off}"), domains)


# explain


def test_explain_a_fact(repo: Repo, run: Run) -> None:
    repo({"a.md": article(UNENROLLED)})
    (finding,) = findings(run)
    page = run("explain", "receiver-enrolled").stdout
    assert page.startswith("参考事实 receiver-enrolled: 被共济人须参加基本医疗保险")
    assert "主题: 被共济人是否须参保 (gongji.enrolment)" in page
    assert f"涉及的问题: {finding['id']}" in page
    assert "关闭它: facts: {receiver-enrolled: off}" in page
    assert run("explain", "receiver-enr").stdout == page
    assert "error[against-fact]" in run("explain", finding["id"]).stdout
    assert "receiver-enrolled" in run("explain", "receiver-enroled").stderr
    english = run("explain", "cross-province-national", "--lang", "en").stdout
    assert "severity: error; a warning until 2026-12-31" in english
