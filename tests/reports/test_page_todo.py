"""What to change, what has been decided: every finding that stands is somebody's, every ruling and fact is there."""

from __future__ import annotations

import csv
import io
import re
from base64 import b64decode
from pathlib import Path

import pytest
from test_page import EXAMPLES, audited

from audit.model import KINDS
from reports.html.page import index
from reports.html.record import Audit
from reports.html.todo import csv_of, listed
from reports.todo import FIELDS, follows


@pytest.fixture(scope="module")
def audit() -> Audit:
    return audited(EXAMPLES)


@pytest.fixture(scope="module")
def page(audit: Audit) -> str:
    return index(audit)


def test_every_finding_that_stands_is_to_be_changed_somewhere(audit: Audit) -> None:
    found = listed(audit)
    assert {task.finding.id for task in found} == {f.id for f in audit.report.standing}
    assert len({(task.finding.id, task.article) for task in found}) == len(found)


def test_who_is_right_has_nothing_to_change(audit: Audit) -> None:
    for task in listed(audit):
        if task.suggestion is not None and task.finding.kind in KINDS:
            assert task.side != task.suggestion.side
            assert follows(task, audit.report)


def test_an_article_against_a_fact_follows_it(audit: Audit) -> None:
    against = [task for task in listed(audit) if task.finding.kind == "against-fact"]
    assert against
    for task in against:
        assert task.suggestion is not None
        assert task.suggestion.reference in follows(task, audit.report)


def test_the_csv_is_the_one_in_the_page(audit: Audit, page: str) -> None:
    text = csv_of(audit, listed(audit))
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == FIELDS
    assert len(rows) == sum(len(task.places) for task in listed(audit))
    link = re.search(r'href="data:text/csv;charset=utf-8;base64,([^"]+)"', page)
    assert link is not None
    assert b64decode(link[1]).decode() == text


def test_a_spreadsheet_runs_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: '=HYPERLINK(\"x\")'\nauthor: '@SUM(1)'\n---\n\n家庭共济可以跨省使用。\n\n家庭共济不能跨省使用。\n",
        encoding="utf-8",
    )
    audit = audited(tmp_path)
    rows = list(csv.DictReader(io.StringIO(csv_of(audit, listed(audit)))))
    assert rows
    assert {row["title"] for row in rows} == {"'=HYPERLINK(\"x\")"}
    assert {row["author"] for row in rows} == {"'@SUM(1)"}


def test_rulings_and_facts_stand_with_their_articles(audit: Audit, page: str) -> None:
    assert audit.standings
    for one in audit.standings:
        assert f'id="r-{one.ruling.id}"' in page
        assert one.ruling.by in page
    for fact in audit.facts:
        assert f'id="f-{fact.reference.id}"' in page
        assert not set(fact.follow) & set(fact.against)
    against = {p.path for f in audit.report.findings if f.kind == "against-fact" for s in f.sides for p in s.claims}
    assert against <= {path for fact in audit.facts for path in fact.against}
