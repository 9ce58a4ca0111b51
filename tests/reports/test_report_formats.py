"""One snapshot a format and language; what a snapshot cannot say is asserted."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
import yaml
from msgspec.structs import replace
from report_cases import (
    ACROSS,
    AGAINST,
    DEFECT,
    FINDINGS,
    NATION,
    PAYS,
    PROVINCE,
    RATE,
    SOURCES,
    WITHIN,
    claim,
    report,
    side,
    words,
)
from syrupy.assertion import SnapshotAssertion

from audit.changes import Change, Loosened
from audit.model import Finding, Reason
from audit.problem import Problem
from claims.model import Claim, claim_record
from reports import github, table, text
from reports import json as as_json
from reports.grouping import grouped
from reports.wording.terms import LANGS, Lang

OF_TEASER = Reason("of-teaser", (("sides", "0,1"),))
CLAIMS: list[Claim] = [ACROSS, WITHIN, RATE, PAYS]


@pytest.mark.parametrize("lang", LANGS)
def test_text(lang: Lang, snapshot: SnapshotAssertion) -> None:
    assert text.render(report(lang), SOURCES.get) == snapshot


@pytest.mark.parametrize("lang", LANGS)
def test_a_defect_inside_one_article(lang: Lang, snapshot: SnapshotAssertion) -> None:
    one = report(lang, findings=(replace(DEFECT, reasons=(*DEFECT.reasons, OF_TEASER)),), problems=())
    assert text.render(one, SOURCES.get) == snapshot
    [record] = json.loads(as_json.render(one))["findings"]
    assert record == snapshot
    for of_side, quotes in zip(record["sides"], (s.quotes for s in DEFECT.sides), strict=True):
        assert of_side["count"] == len(quotes)
        for found in of_side["claims"]:
            assert SOURCES[found["article"]][found["start"] : found["end"]] == found["quote"]


@pytest.mark.parametrize("lang", LANGS)
def test_against_a_reference(lang: Lang, snapshot: SnapshotAssertion) -> None:
    one = report(lang, findings=AGAINST, problems=(), least=2)
    assert text.render(one, SOURCES.get) == snapshot
    records = json.loads(as_json.render(one))["findings"]
    assert [[s.get("reference", {}).get("id") for s in r["sides"]] for r in records] == [
        [None, None],
        ["across-since", None],
        [None, "across-since"],
    ]
    assert records[0]["sides"][1]["upheld"] == "across-since"


def test_the_least_typed_are_listed_for_whoever_asks() -> None:
    shown = text.render(report(least=10), SOURCES.get).splitlines()
    at = shown.index("归入主题最少的文章：")
    assert shown[at + 1 : at + 4] == ["    0%  0/2  a.md#teaser-1", "   75%  3/4  a.md", "  100%  1/1  long.md"]
    assert "文中的断言有 7 处，其中 4 处（57%）归入主题" in text.render(report(), SOURCES.get)
    assert "归入主题最少" not in text.render(report(), SOURCES.get)
    assert "文中的断言" not in text.render(report(coverage=()), SOURCES.get)
    summary = json.loads(as_json.render(report()))["summary"]
    assert (summary["assertions"], summary["typed"], summary["untyped"]) == (7, 4, 3)


def test_a_defect_stands_among_the_others() -> None:
    both = report(findings=(*FINDINGS, DEFECT))
    shown = [f["id"] for f in json.loads(as_json.render(both))["findings"]]
    assert shown.index("KFFFFFF") == 2  # of the warnings, those on no topic first


def test_colour_adds_nothing_but_colour() -> None:
    plain, painted = (text.render(report(), SOURCES.get, color=c) for c in (False, True))
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == plain


def test_text_holds_no_control_characters() -> None:
    shown = text.render(report(), SOURCES.get)
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", shown)
    assert "<U+202E>" in shown


def test_text_without_sources_shows_the_quotes() -> None:
    shown = text.render(report(), lambda path: None)
    assert "可以跨省使用 （读不到原文）" in shown


def test_a_changed_source_is_not_underlined() -> None:
    shown = text.render(report(findings=FINDINGS[:1]), lambda path: "别的内容")
    assert "^" not in shown


@pytest.mark.parametrize("code", [0, 1, 2])
def test_every_exit_code_has_its_verdict(code: int) -> None:
    last = text.render(report(findings=(), problems=(), exit_code=code), SOURCES.get).splitlines()[-1]
    assert last.endswith(f"[退出码 {code}]")


def test_a_shared_side_is_shown_once() -> None:
    shown = text.render(report(findings=FINDINGS[:2]), SOURCES.get)
    assert shown.count("乙: “可跨省”") == 1
    assert "甲: “可跨省” (与 KAAAAAA 的乙相同)" in shown


def test_claims_on_one_line_share_an_excerpt() -> None:
    first, second = (claim("a.md", quote, "gongji.area", NATION) for quote in ("职工医保个人账户", "可以跨省使用"))
    against = claim("a.md", "父母在外省参保", "gongji.area", PROVINCE)
    one = replace(FINDINGS[0], sides=(side(NATION, first, second), side(PROVINCE, against)))
    lines = text.render_finding(one, report(), SOURCES.get).splitlines()
    (at,) = [i for i, line in enumerate(lines) if line.startswith(" 3 |")]
    assert sum("-->" in line for line in lines) == 1
    assert lines[at + 1 : at + 3] == [
        "   |       " + "^" * 16 + " " * 14 + "^" * 12 + " 甲: “可跨省”",
        "   |       " + " " * 44 + "^" * 14 + " 乙: “不出省”",
    ]
    plain, painted = (text.render_finding(one, report(), SOURCES.get, color=c) for c in (False, True))
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == plain


def test_a_milder_finding_says_why() -> None:
    def notes(finding: Finding) -> list[str]:
        shown = text.render_finding(finding, report(), SOURCES.get).splitlines()
        return [line.split("= ")[1] for line in shown if "为什么只是" in line]

    assert notes(FINDINGS[0]) == []
    assert notes(FINDINGS[2]) == ["为什么只是警告: 两方的日期相隔半年以上，多半是旧文章没有更新，按警告算。"]
    assert notes(FINDINGS[4]) == [
        "为什么只是提示: 乙的语气不确定（或许、可能），只作提示；甲出自页面上摘引的另一篇文章，级别降一级。"
    ]
    assert notes(replace(FINDINGS[2], severity="error")) == []


def test_findings_that_share_a_side_stand_together_in_any_order() -> None:
    ids = [[f.id for f in group] for group in grouped(FINDINGS)]
    assert ids == [["KAAAAAA", "KBBBBBB"], ["KCCCCCC"], ["KEEEEEE"], ["KDDDDDD"]]
    assert [[f.id for f in group] for group in grouped(reversed(FINDINGS))] == ids


@pytest.mark.parametrize("lang", LANGS)
def test_json(lang: Lang, snapshot: SnapshotAssertion) -> None:
    assert as_json.render(report(lang)) == snapshot


def test_json_has_the_keys_of_version_1() -> None:
    record = json.loads(as_json.render(report()))
    assert record["version"] == 1
    assert {"summary", "findings", "problems"} <= record.keys()
    for finding in record["findings"]:
        contract = {"id", "code", "topic", "kind", "severity", "state", "message", "reason", "sides", "ruling"}
        assert contract <= finding.keys()
        for record_of_side in finding["sides"]:
            assert {"value", "scope", "count", "claims"} <= record_of_side.keys()
    assert record["findings"][0]["sides"][1]["claims"] == [claim_record(ACROSS)]


def test_jsonl_is_one_finding_a_line() -> None:
    lines = as_json.render_lines(report()).splitlines()
    assert sorted(json.loads(line)["id"] for line in lines) == [f.id for f in FINDINGS]


def test_every_format_has_the_findings_in_one_order() -> None:
    shuffled = report(findings=FINDINGS[::-1])
    in_text = re.findall(r"^\w+\[[\w-]+\] (K\w+)", text.render(shuffled, SOURCES.get), re.MULTILINE)
    assert in_text == [f["id"] for f in json.loads(as_json.render(shuffled))["findings"]]
    assert in_text == [json.loads(line)["id"] for line in as_json.render_lines(shuffled).splitlines()]
    assert len(in_text) == len(FINDINGS)


@pytest.mark.parametrize("lang", LANGS)
def test_claims_table(lang: Lang, snapshot: SnapshotAssertion) -> None:
    assert table.table(CLAIMS, words(lang)) == snapshot


def test_claims_as_data_are_the_records() -> None:
    records = [claim_record(c) for c in CLAIMS]
    assert json.loads(table.FORMATS["json"](CLAIMS, words())) == records
    assert [json.loads(line) for line in table.FORMATS["jsonl"](CLAIMS, words()).splitlines()] == records
    assert yaml.safe_load(table.FORMATS["yaml"](CLAIMS, words())) == records
    rows = list(csv.DictReader(io.StringIO(table.as_csv(CLAIMS, words()))))
    assert [row["id"] for row in rows] == [c.id for c in CLAIMS]
    assert json.loads(rows[0]["value"]) == records[0]["value"]


@pytest.mark.parametrize("form", sorted(table.FORMATS))
def test_no_claims_is_a_valid_table(form: str) -> None:
    assert isinstance(table.FORMATS[form]([], words()), str)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_csv_does_not_run_as_a_formula(start: str) -> None:
    one = replace(ACROSS, quote=f'{start}HYPERLINK("http://x")')
    row = next(csv.DictReader(io.StringIO(table.as_csv([one], words()))))
    assert row["quote"] == "'" + one.quote


CHANGE = Change(
    base="main", commit="abc1234" + "0" * 33, brought={"KAAAAAA": (ACROSS.id,), "KFFFFFF": ()}, resolved=3, left=7,
    loosened=(Loosened("KOLD001", "closed", "area"), Loosened("KOLD002", "lowered"), Loosened("KOLD003", "gone")),
    uncommitted=2,
)  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_what_a_change_brings(lang: Lang, snapshot: SnapshotAssertion) -> None:
    one = report(lang, findings=(FINDINGS[0], DEFECT), problems=(), change=CHANGE, hidden=7, exit_code=1)
    assert text.render(one, SOURCES.get).split("\n\n")[-1] == snapshot
    assert json.loads(as_json.render(one))["summary"]["change"] == {
        "base": "main",
        "commit": CHANGE.commit,
        "brought": {"KAAAAAA": [ACROSS.id], "KFFFFFF": []},
        "resolved": 3,
        "left": 7,
        "loosened": [
            {"finding": "KOLD001", "how": "closed", "ruling": "area"},
            {"finding": "KOLD002", "how": "lowered", "ruling": None},
            {"finding": "KOLD003", "how": "gone", "ruling": None},
        ],
        "uncommitted": 2,
    }
    assert "change" not in json.loads(as_json.render(report(lang)))["summary"]


def test_what_a_ruling_resolved_is_counted_and_not_printed() -> None:
    one = report(findings=(replace(FINDINGS[0], state="resolved", ruling="area"), *FINDINGS[1:3]))
    shown = text.render(one, SOURCES.get)
    assert "KAAAAAA" not in shown
    assert "已由裁定解决 1 个问题，未列出。" in shown
    assert "问题：1 个错误，1 个警告，0 个提示。" in shown
    assert "状态: 核实中 (rulings/area.yaml)" in shown  # of KCCCCCC, which is under review
    written = json.loads(as_json.render(one))
    assert [(f["id"], f["state"], f["blocks"]) for f in written["findings"]] == [
        ("KAAAAAA", "resolved", True),
        ("KBBBBBB", "open", True),
        ("KCCCCCC", "under-review", False),
    ]
    assert written["summary"]["resolved"] == 1


@pytest.mark.parametrize("lang", LANGS)
def test_github(lang: Lang, snapshot: SnapshotAssertion) -> None:
    assert github.render(report(lang), SOURCES.get) == snapshot


def test_github_shows_ten_of_a_level_and_says_how_many_more() -> None:
    many = tuple(replace(FINDINGS[0], id=f"KMANY{n:02}") for n in range(13))
    shown = github.render(report(findings=many, problems=(), blocks=frozenset({"KMANY12"})), SOURCES.get).splitlines()
    assert len(shown) == 10
    assert "KMANY12" in shown[0]
    assert shown[-1].startswith("::error::还有 4 个错误没有列出。")


def test_github_names_files_from_the_top_of_the_work_tree() -> None:
    problem = Problem(path="../b.md", severity="warning", code="outside")
    shown = github.render(report(findings=FINDINGS[:1], problems=(problem,), root_prefix="site/content/"), SOURCES.get)
    assert re.findall(r"file=([^,]*)", shown) == ["site/content/a.md", "site/b.md"]


def test_github_takes_no_command_from_a_text() -> None:
    evil = Problem(path="a,b:c\n::error::x.md", code="unreadable", args=(("why", "100%\r\n::warning::y"),))
    (line,) = github.render(report(findings=(), problems=(evil,)), SOURCES.get).splitlines()
    assert line.startswith("::error file=a%2Cb%3Ac")
    assert line.count("::error") == 1
    assert "100%25" in line
