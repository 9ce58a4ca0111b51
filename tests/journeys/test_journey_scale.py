"""`koujing check` of more than it keeps: counts are whole, examples few, and all can be listed."""

from __future__ import annotations

import json

import pytest
from conftest import ACROSS, WITHIN, Repo, Run

from audit import positions
from audit.corpus import NEVER
from koujing.counting import count_project
from koujing.project import open_project
from koujing.run import find_conflicts, read_project, report_of


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(positions, "LADDER", (2,))


@pytest.fixture
def many(repo: Repo) -> None:
    repo({f"{n:02}.md": ACROSS if n % 3 else WITHIN for n in range(30)})


@pytest.mark.usefixtures("many")
def test_a_side_has_counts_examples_and_a_way_to_list_them_all(run: Run) -> None:
    done = run("check", "--no-cache")
    assert done.exit_code == 1
    assert "20 篇文章" in done.stdout
    assert "10 篇文章" in done.stdout
    report = json.loads(run("check", "--no-cache", "--format", "json").stdout)
    finding = report["findings"][0]
    assert sorted(side["count"] for side in finding["sides"]) == [10, 20]
    assert [len(side["claims"]) for side in finding["sides"]] == [2, 2]
    assert f"koujing claims --finding {finding['id']}" in done.stdout
    listed = run("claims", "--no-cache", "--finding", finding["id"].lower(), "--format", "jsonl")
    claims = [json.loads(line) for line in listed.stdout.splitlines()]
    assert len(claims) == 30
    assert {c["topic"] for c in claims} == {finding["topic"]}
    assert {side["claims"][0]["id"] for side in finding["sides"]} <= {c["id"] for c in claims}


@pytest.mark.usefixtures("many")
def test_a_file_of_all_claims_of_a_finding(run: Run) -> None:
    finding = json.loads(run("check", "--no-cache", "--format", "json").stdout)["findings"][0]["id"]
    assert run("claims", "--no-cache", "--finding", finding, "-o", "all.jsonl").exit_code == 0
    with open("all.jsonl", encoding="utf-8") as stream:
        assert len(stream.readlines()) == 30
    assert run("claims", "--no-cache", "--finding", "K222222").exit_code == 2


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_counted_is_reported_as_what_is_kept(lang: str) -> None:
    project = open_project(())
    reports = []
    for reading in (count_project(project, NEVER, jobs=1), read_project(project, NEVER, jobs=1)):
        report = report_of(reading, find_conflicts(reading), lang=lang, today=(NEVER, "option"), fail_on="error")  # type: ignore[arg-type]
        said = [(f.id, f.severity, f.kind, [s.count for s in f.sides]) for f in report.findings]
        titles = {p.article: report.titles.get(p.article) for f in report.findings for s in f.sides for p in s.places}
        reports.append((said, report.articles, report.claims, sorted(report.coverage, key=repr), titles))
    few, every = reports
    assert few[:4] == every[:4]
    assert few[4].items() <= every[4].items()
