"""Rulings in a content repo: what each verdict does to `koujing check`, and what is told of a ruling that has none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ACROSS, WITHIN, Repo, Run

PAIR = {"koujing.yaml": "", "articles/across.md": ACROSS, "articles/within.md": WITHIN}
ON = "by: 李编辑\non: 2025-06-01\nreason: 核对过通知原文\n"
AREA = "topic: gongji.area\nvalue: {low: nation}\n"
ONE = "claims: [{article: a.md, quote: 字}]\n"
LATER = "---\ntitle: 共济怎么用\ndate: 2025-05-20\n---\n\n家庭共济目前不能跨省使用。\n"


def audit(run: Run, *args: str) -> dict[str, Any]:
    result = run("check", "--format", "json", *args)
    record: dict[str, Any] = json.loads(result.stdout)
    assert record["summary"]["exit_code"] == result.exit_code
    return record


def conflict(run: Run) -> dict[str, Any]:
    [found] = audit(run)["findings"]
    assert found["state"] == "open"
    return dict(found)


def listed(finding: dict[str, Any]) -> str:
    """The claims of a finding, as a ruling lists them."""
    claims = [claim for side in finding["sides"] for claim in side["claims"]]
    return "claims:\n" + "".join(
        f"  - id: {c['id']}\n    article: {c['article']}\n    quote: {c['quote']}\n" for c in claims
    )


def states(record: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
    return {f["code"]: (f["state"], f["ruling"]) for f in record["findings"]}


def test_both_stand_closes_the_conflict_for_these_claims_only(repo: Repo, run: Run) -> None:
    repo(PAIR)
    found = conflict(run)
    repo({"rulings/two.yaml": f"finding: {found['id']}\nverdict: both-stand\n{ON}{listed(found)}"})
    record = audit(run)
    assert states(record) == {"contradiction": ("resolved", "two")}
    assert record["findings"][0]["id"] == found["id"]
    assert record["summary"]["exit_code"] == 0
    assert "已由裁定解决 1 个问题" in run("check").stdout
    repo({"articles/later.md": LATER})
    record = audit(run)
    assert states(record) == {"contradiction": ("open", None)}
    assert record["findings"][0]["id"] == found["id"]
    articles = {c["article"] for side in record["findings"][0]["sides"] for c in side["claims"]}
    assert articles == {"articles/across.md", "articles/later.md"}
    assert record["summary"]["exit_code"] == 1


def test_what_stands_decides_for_every_article_now_and_later(repo: Repo, run: Run) -> None:
    repo(PAIR)
    found = conflict(run)
    stands = f"finding: {found['id']}\nverdict: stands\n{ON}{AREA}source: 某通知\n"
    root = repo({"rulings/across.yaml": stands})
    record = audit(run)
    assert states(record) == {"contradiction": ("resolved", "across"), "against-ruling": ("open", None)}
    [against] = [f for f in record["findings"] if f["code"] == "against-ruling"]
    assert (against["severity"], against["sides"][0]["reference"]["id"]) == ("error", "across")
    assert record["summary"]["exit_code"] == 1
    (root / "articles/within.md").write_text(ACROSS, encoding="utf-8")
    assert audit(run)["findings"] == []  # nobody is against it: it stands all the same, and is not unused
    repo({"articles/later.md": LATER})
    assert set(states(audit(run))) == {"contradiction", "against-ruling"}
    assert "裁定 across" in run("check").stdout


def test_a_claim_that_was_misread_takes_part_in_nothing(repo: Repo, run: Run) -> None:
    repo(PAIR)
    found = conflict(run)
    claim = found["sides"][1]["claims"][0]
    entry = f"claims:\n  - {{id: {claim['id']}, article: {claim['article']}, quote: {claim['quote']}}}\n"
    repo({"rulings/wrong.yaml": f"finding: {found['id']}\nverdict: misread\n{ON}{entry}"})
    assert states(audit(run)) == {"contradiction": ("resolved", "wrong")}


def test_what_is_under_review_still_blocks_until_it_expires(repo: Repo, run: Run) -> None:
    repo(PAIR)
    found = conflict(run)
    ruling = f"finding: {found['id'].lower()}\nverdict: under-review\nexpires: 2025-07-01\n{ON}{listed(found)}"
    repo({"rulings/ask.yaml": ruling})
    record = audit(run)
    assert states(record) == {"contradiction": ("under-review", "ask")}
    assert record["summary"]["exit_code"] == 1
    assert "核实中 (ask)" in run("check").stdout
    late = audit(run, "--today", "2025-07-02")
    assert states(late) == {"contradiction": ("open", None), "ruling-expired": ("open", None)}


def test_a_ruling_is_void_when_words_that_it_rests_on_change(repo: Repo, run: Run) -> None:
    root = repo(PAIR)
    found = conflict(run)
    repo({"rulings/two.yaml": f"finding: {found['id']}\nverdict: both-stand\n{ON}{listed(found)}"})
    within = root / "articles/within.md"
    within.write_text(WITHIN.replace("目前不能", "现在仍然不能"), encoding="utf-8")
    record = audit(run)
    assert states(record) == {"contradiction": ("open", None), "ruling-void": ("open", None)}
    [void] = [f for f in record["findings"] if f["code"] == "ruling-void"]
    assert (void["severity"], void["sides"][0]["claims"][0]["article"]) == ("error", "rulings/two.yaml")
    assert "现在仍然不能跨省使用" in void["message"]
    told = run("check").stdout
    assert "是不是指这一句？" in told
    assert "--> rulings/two.yaml:" in told
    assert "koujing rulings --renew two" in told
    within.write_text(WITHIN.replace("不能跨省", "不能 跨省"), encoding="utf-8")  # a space is no change
    assert states(audit(run)) == {"contradiction": ("resolved", "two")}


@pytest.mark.parametrize("verdict", ["both-stand", "misread", "under-review\nexpires: 2025-12-31"])
def test_a_ruling_is_void_where_an_article_without_an_id_is_renamed(repo: Repo, run: Run, verdict: str) -> None:
    """What is offered is the same claim in the article of the new name, before anything like it in others."""
    root = repo({**PAIR, "articles/like.md": WITHIN.replace("目前", "目前仍")})
    found = conflict(run)
    repo({"rulings/two.yaml": f"finding: {found['id']}\nverdict: {verdict}\n{ON}{listed(found)}"})
    (root / "articles/within.md").rename(root / "articles/inside.md")
    [void] = [f for f in audit(run)["findings"] if f["code"] == "ruling-void"]
    [meant] = void["sides"][1]["claims"]
    assert (meant["article"], meant["quote"]) == ("articles/inside.md", "家庭共济目前不能跨省使用")
    assert "现在在 articles/inside.md 里" in void["message"]
    told = run("check").stdout
    assert "是不是指这一句？" in told
    assert "koujing rulings --renew two" in told
    assert "写上 id:" in told
    assert "give its front matter an `id:`" in run("check", "--lang", "en").stdout


def test_a_ruling_is_void_where_an_article_is_given_an_id(repo: Repo, run: Run) -> None:
    root = repo(PAIR)
    found = conflict(run)
    repo({"rulings/two.yaml": f"finding: {found['id']}\nverdict: both-stand\n{ON}{listed(found)}"})
    within = root / "articles/within.md"
    within.write_text(WITHIN.replace("---\n", "---\nid: within\n", 1), encoding="utf-8")
    [void] = [f for f in audit(run)["findings"] if f["code"] == "ruling-void"]
    assert "还在 articles/within.md 里" in void["message"]
    assert run("rulings", "--renew", "two", "--yes").exit_code == 0
    assert states(audit(run)) == {"contradiction": ("resolved", "two")}
    within.rename(root / "articles/inside.md")
    assert states(audit(run)) == {"contradiction": ("resolved", "two")}


def test_a_ruling_with_nothing_to_decide_is_unused(repo: Repo, run: Run) -> None:
    repo(PAIR)
    found = conflict(run)
    repo({"rulings/two.yaml": f"finding: KZZZZZZ\nverdict: both-stand\n{ON}{listed(found)}"})
    assert states(audit(run)) == {"contradiction": ("open", None), "ruling-unused": ("open", None)}
    assert "裁定 two 所裁定的问题 KZZZZZZ 已经没有了" in run("check").stdout


def test_two_editors_who_decided_otherwise(repo: Repo, run: Run) -> None:
    """Two branches, each with a ruling of its own, that git merges without a conflict."""
    repo(PAIR)
    found = conflict(run)
    yes = f"finding: {found['id']}\nverdict: stands\n{ON}{AREA}source: 甲通知\n"
    no = yes.replace("low: nation", "high: province").replace("甲", "乙")
    repo({"rulings/yes.yaml": yes, "rulings/no.yaml": no})
    assert states(audit(run)) == {"contradiction": ("open", None), "ruling-contradiction": ("open", None)}
    repo({"rulings/no.yaml": f"finding: {found['id']}\nverdict: both-stand\n{ON}{listed(found)}"})
    assert states(audit(run)) == {"contradiction": ("open", None), "ruling-contradiction": ("open", None)}
    assert "两份都不起作用" in run("check").stdout


def test_a_ruling_against_a_fact(repo: Repo, run: Run) -> None:
    fact = "facts:\n  ours: {words: 可以跨省, topic: gongji.area, value: {low: nation}, source: 某通知}\n"
    ruling = f"verdict: stands\n{ON}topic: gongji.area\nvalue: {{high: province}}\nsource: 另一通知\n"
    repo({"koujing.yaml": fact, "a.md": ACROSS, "rulings/no.yaml": ruling})
    assert states(audit(run)) == {"ruling-contradiction": ("open", None)}
    assert "facts: {ours: off}" in run("check").stdout


BROKEN = {
    "no verdict": ("finding: K7QF2MA\nreason: x\nby: y\non: 2025-06-01\n", 1, "verdict"),
    "a verdict misspelt": ("finding: K7QF2MA\nverdict: both_stand\n" + ON, 2, "both-stand"),
    "a key misspelt": ("finding: K7QF2MA\nverdict: both-stand\nreasons: x\n" + ON, 3, "reason"),
    "a key twice": ("verdict: stands\nverdict: misread\n" + ON, 2, "YAML"),
    "no day": ("finding: K7QF2MA\nverdict: misread\nreason: x\nby: y\non: 昨天\n" + ONE, 5, "昨天"),
    "no expiry": ("finding: K7QF2MA\nverdict: under-review\n" + ON + ONE, 1, "expires"),
    "an id that is none": ("finding: 7QF2M\nverdict: misread\n" + ON + ONE, 1, "7QF2M"),
    "a topic unknown": ("verdict: stands\n" + ON + AREA.replace("ea", "ae") + "source: x\n", 5, "gongji.area"),
    "what stands without a source": ("verdict: stands\n" + ON + AREA, 1, "source"),
    "a value for both": ("finding: K7QF2MA\nverdict: both-stand\n" + ON + "value: {low: nation}\n", 6, "value"),
    "an empty reason": ("verdict: stands\nreason: ' '\nby: y\non: 2025-06-01\nsource: x\n" + AREA, 2, "reason"),
    "the marks of a merge": ("verdict: stands\n<<<<<<< HEAD\nreason: x\n=======\n", 3, "YAML"),
    "a list": ("- verdict: stands\n", 1, "写上 verdict"),
    "an anchor": ("finding: &x K7QF2MA\nverdict: misread\n", 1, "&"),
    "not UTF-8": ("finding: K7QF2MA\nreason: 核对\n".encode("gb18030"), 2, "UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_ruling_edited_by_hand_wrongly_is_told_with_its_line(name: str, repo: Repo, run: Run) -> None:
    content, line, says = BROKEN[name]
    repo({**PAIR, "rulings/mine.yaml": content})
    record = audit(run)
    assert record["summary"]["exit_code"] == 2
    [problem] = record["problems"]
    assert (problem["path"], problem["code"], problem["line"]) == ("rulings/mine.yaml", "ruling-malformed", line)
    assert says in problem["message"] + problem["hint"]
    assert states(record) == {"contradiction": ("open", None)}  # and what it meant to decide stays open


def test_two_files_of_one_name(repo: Repo, run: Run) -> None:
    ruling = f"verdict: stands\n{ON}{AREA}source: 某通知\n"
    repo({"koujing.yaml": "", "a.md": ACROSS, "rulings/a.yaml": ruling, "rulings/b/A.yml": ruling})
    [problem] = audit(run)["problems"]
    assert (problem["path"], problem["code"]) == ("rulings/b/A.yml", "ruling-malformed")


def test_without_a_config_there_are_no_rulings(repo: Repo, run: Run, tmp_path: Path) -> None:
    repo({"a.md": ACROSS, "rulings/x.yaml": "nonsense"})
    assert audit(run)["problems"] == []
