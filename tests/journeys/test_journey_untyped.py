"""How much of the articles was on a topic, and what was not."""

from __future__ import annotations

import csv
import io
import json

import pytest
import yaml
from conftest import Repo, Run

HALF = "---\ntitle: 家庭共济问答\n---\n\n家庭共济不能跨省使用。家庭共济每次收手续费5元。\n"
NONE = "---\ntitle: 家庭共济的费用\n---\n\n家庭共济每次收手续费8元。\n"
ALL = "---\ntitle: 家庭共济的范围\n---\n\n家庭共济不能跨省使用。\n"
PAGES = {"all.md": ALL, "half.md": HALF, "none.md": NONE}


def test_check_says_how_much_was_typed(repo: Repo, run: Run) -> None:
    repo(PAGES)
    text = run("check").stdout
    assert "检查了 3 篇文章，读出 2 条说法。\n文中的断言有 4 处，其中 2 处（50%）归入主题、作了比较" in text
    assert "Assertions: 4, of which 2 (50%) are on a topic" in run("check", "--lang", "en").stdout
    record = json.loads(run("check", "--format", "json").stdout)
    assert [record["summary"][key] for key in ("claims", "assertions", "typed", "untyped")] == [2, 4, 2, 2]
    assert record["coverage"] == [
        {"article": "all.md", "typed": 1, "assertions": 1},
        {"article": "half.md", "typed": 1, "assertions": 2},
        {"article": "none.md", "typed": 0, "assertions": 1},
    ]


def test_the_least_typed_articles_come_first_for_whoever_asks(repo: Repo, run: Run) -> None:
    repo(PAGES)
    lines = run("check", "--coverage").stdout.splitlines()
    at = lines.index("归入主题最少的文章：")
    assert lines[at + 1 : at + 4] == ["    0%  0/1  none.md", "   50%  1/2  half.md", "  100%  1/1  all.md"]
    assert "归入主题最少" not in run("check").stdout


def test_paths_choose_whose_assertions_are_counted(repo: Repo, run: Run) -> None:
    repo({**PAGES, "koujing.yaml": ""})
    assert json.loads(run("check", "half.md", "--format", "json").stdout)["coverage"] == [
        {"article": "half.md", "typed": 1, "assertions": 2}
    ]


def test_teasers_are_counted_apart_and_only_where_they_are_read(repo: Repo, run: Run) -> None:
    page = (
        "家庭共济怎么用\n\n家庭共济不能跨省使用。\n\n大家都在搜\n相关推荐\n\n家庭共济收费吗\n\n"
        "家庭共济每次收手续费5元。\n\n生活百科 2025-03-20\n"
    )
    root = repo({"page.txt": page, "koujing.yaml": ""})
    counted = json.loads(run("check", "--format", "json").stdout)["coverage"]
    assert [c["article"] for c in counted] == ["page.txt", "page.txt#teaser-1"]
    (root / "koujing.yaml").write_text("teasers: ignore\n", encoding="utf-8")
    counted = json.loads(run("check", "--format", "json").stdout)["coverage"]
    assert [c["article"] for c in counted] == ["page.txt"]


def test_the_rest_is_listed_by_form(repo: Repo, run: Run) -> None:
    repo(PAGES)
    head, row = run("claims", "--untyped").stdout.splitlines()
    assert head.split() == ["次数", "篇数", "说法的形式", "例"]
    assert row.split() == ["2", "2", "家庭共济每次收手续费N元", "half.md:5:12"]
    assert "form" in run("claims", "--untyped", "--lang", "en").stdout


@pytest.mark.parametrize("form", ["jsonl", "json", "yaml", "csv"])
def test_the_forms_as_data(repo: Repo, run: Run, form: str) -> None:
    repo(PAGES)
    out = run("claims", "--untyped", "--format", form).stdout
    records = {
        "jsonl": lambda: [json.loads(line) for line in out.splitlines()],
        "json": lambda: json.loads(out),
        "yaml": lambda: yaml.safe_load(out),
        "csv": lambda: list(csv.DictReader(io.StringIO(out))),
    }[form]()
    (record,) = records
    assert (record["form"], int(record["count"]), int(record["articles"])) == ("家庭共济每次收手续费N元", 2, 2)
    example = record if form == "csv" else record["example"]
    assert (example["article"], example["quote"]) == ("half.md", "家庭共济每次收手续费5元")


def test_claims_leave_them_out_unless_they_are_asked_for(repo: Repo, run: Run) -> None:
    repo(PAGES)
    topics = [json.loads(line)["topic"] for line in run("claims", "--format", "jsonl").stdout.splitlines()]
    assert topics == ["gongji.area", "gongji.area"]
    records = [json.loads(x) for x in run("claims", "--format", "jsonl", "--topic", "untyped").stdout.splitlines()]
    assert [(r["article"], r["value"]) for r in records] == [("half.md", None), ("none.md", None)]
    page = run("explain", records[0]["id"]).stdout
    assert page.startswith(f"说法 {records[0]['id']}")


def test_nothing_left_over(repo: Repo, run: Run) -> None:
    repo({"all.md": ALL})
    assert run("claims", "--untyped").stdout == "无\n"
    assert run("claims", "--untyped", "--format", "jsonl").stdout == ""
