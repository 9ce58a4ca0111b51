"""`koujing claims` and `koujing explain`."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ACROSS, FUND, WITHIN, Repo, Run

PAIR = {"articles/across.md": ACROSS, "articles/within.md": WITHIN}


def records(run: Run, *args: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("claims", "--format", "jsonl", *args).stdout.splitlines()]


# claims


def test_claims_hold_their_quotes(repo: Repo, run: Run) -> None:
    root = repo({**PAIR, "fund.md": FUND})
    found = records(run)
    assert [r["article"] for r in found] == ["articles/across.md", "articles/within.md", "fund.md"]
    for record in found:
        source = (root / record["article"]).read_text(encoding="utf-8")
        assert source[record["start"] : record["end"]] == record["quote"]


def test_claims_in_every_format_are_the_same(repo: Repo, run: Run) -> None:
    repo(PAIR)
    found = records(run)
    assert json.loads(run("claims", "--format", "json").stdout) == found
    assert yaml.safe_load(run("claims", "--format", "yaml").stdout) == found
    rows = list(csv.DictReader(io.StringIO(run("claims", "--format", "csv").stdout)))
    assert [row["id"] for row in rows] == [r["id"] for r in found]
    table = run("claims").stdout
    assert all(r["id"] in table for r in found)


def test_claims_by_topic_and_path(repo: Repo, run: Run) -> None:
    repo({**PAIR, "fund.md": FUND})
    assert {r["topic"] for r in records(run, "--topic", "gongji.pooled")} == {"gongji.pooled_fund"}
    assert records(run, "--topic", "nothing") == []
    assert {r["article"] for r in records(run, "fund.md")} == {"fund.md"}


def test_claims_of_broken_articles(repo: Repo, run: Run) -> None:
    repo({**PAIR, "bad.md": b"\0", "empty.md": ""})
    result = run("claims", "--format", "jsonl")
    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 2
    assert "--> bad.md" in result.stderr
    assert "--> empty.md" in result.stderr
    assert run("claims", "articles").exit_code == 0


def test_ignored_teasers_are_no_claims(repo: Repo, run: Run) -> None:
    page = (
        "家庭共济能不能用统筹基金\n2025-04-02\n统筹基金不能给家人共享。\n\n相关阅读\n"
        "医保家庭共济可以跨省吗\n2025-03-01\n职工医保个人账户的家庭共济已经可以跨省使用。...[详细]\n"
    )
    root = repo({"page.txt": page})
    every = records(run)
    (root / "koujing.yaml").write_text("teasers: ignore\n", encoding="utf-8")
    assert records(run) == [r for r in every if "#teaser-" not in r["article"]]


# explain


def test_explain_lists_the_kinds(repo: Repo, run: Run) -> None:
    repo({})
    assert re.search(r"^contradiction +互相矛盾$", run("explain").stdout, re.MULTILINE)
    assert re.search(r"^overgeneral +overgeneral$", run("explain", "--lang", "en").stdout, re.MULTILINE)


@pytest.mark.parametrize("code", ["contradiction", "OUTDATED", "possible"])
def test_explain_a_kind(repo: Repo, run: Run, code: str) -> None:
    repo({})
    assert run("explain", code).stdout.startswith(f"# {code.lower()}（")
    assert "## How to resolve it" in run("explain", code, "--lang", "en").stdout


def test_explain_a_finding(repo: Repo, run: Run) -> None:
    repo(PAIR)
    [finding] = json.loads(run("check", "--format", "json").stdout)["findings"]
    page = run("explain", finding["id"])
    assert page.exit_code == 0
    assert f"error[contradiction] {finding['id']}" in page.stdout
    assert "两方都没有限定适用范围" in page.stdout
    assert page.stdout.endswith("koujing explain contradiction\n")
    assert run("explain", finding["id"].lower()).stdout == page.stdout
    assert run("explain", finding["id"][:4]).stdout == page.stdout


def test_explain_a_claim(repo: Repo, run: Run) -> None:
    repo(PAIR)
    across, _ = records(run)
    page = run("explain", across["id"]).stdout
    assert page.startswith(f"说法 {across['id']}")
    assert "--> articles/across.md:6:" in page
    assert f"识别模式: {across['pattern']}" in page
    assert re.search(r"涉及的问题: K\w{6}", page)
    assert "scope: unrestricted" in run("explain", across["id"], "--lang", "en").stdout


FIGURES = """\
# 湖北省居民医保待遇

住院待遇见下表。

| 医院级别 | 起付线 |
|---|---|
| 三级医院 | 800元 |
"""


def test_explain_shows_the_words_that_a_figure_rests_on(repo: Repo, run: Run) -> None:
    repo({"a.md": FIGURES})
    (record,) = records(run)
    page = run("explain", record["id"]).stdout
    assert (
        "  适用范围: 湖北省；居民医保；住院；三级医院\n"
        "    数字所指 ← 列标题“起付线”（第 5 行）\n"
        "    地区 湖北省 ← 标题“湖北省”（第 1 行）\n"
        "    险种 居民医保 ← 标题“居民医保”（第 1 行）\n"
        "    就医类别 住院 ← 上文“住院待遇”（第 3 行）\n"
        "    医院级别 三级医院 ← 行标题“三级医院”（第 7 行）\n"
    ) in page
    english = run("explain", record["id"], "--lang", "en").stdout
    assert "    what the number is ← column header “起付线” (line 5)\n" in english
    assert "    region 湖北省 ← title “湖北省” (line 1)\n" in english


def test_explain_two_claims_that_conflict(repo: Repo, run: Run) -> None:
    repo(PAIR)
    ids = [r["id"] for r in records(run)]
    page = run("explain", *ids).stdout
    assert "判断: 冲突：互相矛盾（错误）" in page
    assert "为什么冲突: 甲说“可以跨省共济”，乙说“不能跨省”，不能同时成立；两方都没有限定适用范围。" in page


def test_explain_two_claims_that_do_not(repo: Repo, run: Run) -> None:
    repo({**PAIR, "fund.md": FUND})
    across, within, fund = (r["id"] for r in records(run))
    assert "判断: 不冲突\n  为什么不冲突: 主题不同" in run("explain", across, fund).stdout
    assert "同一条说法" in run("explain", within, within).stdout


def test_explain_looks_in_the_paths_given(
    repo: Repo, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo(PAIR)
    across, _ = records(run, "articles")
    monkeypatch.chdir(tmp_path)
    (record,) = [r for r in records(run, "repo/articles") if r["quote"] == across["quote"]]
    assert run("explain", record["id"], "--path", "repo/articles").exit_code == 0


def test_ids_that_are_none(repo: Repo, run: Run) -> None:
    repo(PAIR)
    across, within = records(run)
    wrong = within["id"][:-1] + ("0" if within["id"][-1] != "0" else "1")
    result = run("explain", wrong)
    assert result.exit_code == 2
    assert f"最接近的：{within['id']}" in result.stderr
    assert "最接近的：contradiction" in run("explain", "contradicton").stderr
    [finding] = json.loads(run("check", "--format", "json").stdout)["findings"]
    assert run("explain", across["id"], finding["id"]).exit_code == 2
    assert run("explain", "a", "b", "c").exit_code == 2


# the rest of the roof


def test_version_imports_little_more_than_click() -> None:
    code = (
        "import sys\nfrom koujing.cli import main\n"
        "try: main(['--version'])\nexcept SystemExit: pass\n"
        "heavy = {'msgspec', 'yaml', 'claims', 'audit', 'rapidfuzz', 'jsonschema'}\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "koujing 0.1.0\n[]\n"


def test_the_version_is_that_of_the_distribution() -> None:
    import tomllib

    import koujing

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert koujing.__version__ == project["project"]["version"]


def test_the_public_names(repo: Repo, run: Run) -> None:
    import koujing

    repo(PAIR)
    report = koujing.audit("articles", today="2025-06-01")
    assert report.exit_code == 1
    assert [f.kind for f in report.findings] == ["contradiction"]
    claims = koujing.extract(koujing.read("a.md", ACROSS.encode()), koujing.load_domain("yibao"))
    assert [koujing.claim_record(c)["topic"] for c in claims] == ["gongji.area"]
    assert all(getattr(koujing, name) is not None for name in koujing.__all__)
    assert set(koujing.__all__) <= set(dir(koujing))
    with pytest.raises(AttributeError):
        _ = koujing.nothing
    Path("koujing.yaml").write_text("colour: red", encoding="utf-8")
    with pytest.raises(koujing.ConfigError):
        koujing.audit()
