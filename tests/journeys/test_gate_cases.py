"""What a change brings: a table of cases. Each is a state at the base, what is done to it, and what the gate says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

import pytest
from conftest import ACROSS, FUND, WITHIN, Repo, Run, git

OLD = {"koujing.yaml": "", "a.md": ACROSS, "b.md": WITHIN}
"""A conflict that has always been there."""
CALM = {"koujing.yaml": "", "a.md": ACROSS, "c.md": FUND}
MAY = FUND.replace("不能给", "可以给")
STANDS = (
    "verdict: stands\nreason: 原文如此\nby: 李\non: 2025-05-01\ntopic: gongji.area\nvalue: {low: nation}\n"
    "source: 某通知\n"
)
DATED = WITHIN.replace("2025-04-02", "2023-04-02")


class Case(NamedTuple):
    """Files at the base; files now (None is deleted), exit code, how many are brought, how many resolved."""

    base: Mapping[str, str]
    now: Mapping[str, str | None]
    code: int
    brought: int
    resolved: int = 0
    loosened: tuple[str, ...] = ()


CASES = {
    "nothing": Case(OLD, {}, 0, 0),
    "an article that agrees with nobody old": Case(CALM, {"b.md": WITHIN}, 1, 1),
    "an article that joins an old conflict": Case(OLD, {"d.md": WITHIN}, 1, 1),
    "one conflict mended, another added in the same article": Case(
        {**OLD, "c.md": FUND}, {"b.md": WITHIN.partition("家庭共济目前")[0] + MAY.rpartition("\n\n")[2]}, 1, 1, 1
    ),
    "the same sentence moved to another article": Case(
        {**OLD, "c.md": FUND}, {"b.md": None, "c.md": FUND + "\n家庭共济目前不能跨省使用。\n"}, 1, 1
    ),
    "an article renamed": Case(OLD, {"b.md": None, "sub/new.md": WITHIN}, 0, 0),
    "an article with an id renamed and rewritten around": Case(
        {**OLD, "b.md": WITHIN.replace("title", "id: x1\ntitle", 1)},
        {"b.md": None, "z.md": WITHIN.replace("title", "id: x1\ntitle", 1) + "\n另外一段话，说的是别的事情。\n" * 9},
        0, 0,
    ),
    "an article deleted": Case(OLD, {"b.md": None}, 0, 0, 1),
    "lines moved": Case(OLD, {"b.md": WITHIN.replace("家庭共济目前", "\n\n这是新加的一段。\n\n家庭共济目前")}, 0, 0),
    "an old date made a new one, so that what was outdated contradicts": Case(
        {**OLD, "b.md": DATED}, {"b.md": WITHIN}, 1, 1
    ),
    "a code turned off": Case(OLD, {"koujing.yaml": "severity: {contradiction: off}\n"}, 0, 0, 1, ("gone",)),
    "a level lowered": Case(OLD, {"koujing.yaml": "severity: {contradiction: info}\n"}, 0, 0, 0, ("lowered",)),
    "a level raised brings nothing": Case(
        {**OLD, "koujing.yaml": "severity: {contradiction: info}\n"}, {"koujing.yaml": ""}, 0, 0
    ),
    "articles narrowed": Case(OLD, {"koujing.yaml": "articles: ['*.md', '!b.md']\n"}, 0, 0, 1, ("gone",)),
    "an article against what stands": Case({**CALM, "rulings/s.yaml": STANDS}, {"b.md": WITHIN}, 1, 1),
    "an article that agrees with what stands": Case(
        {**OLD, "rulings/s.yaml": STANDS}, {"d.md": ACROSS}, 0, 0
    ),
    "a ruling removed": Case({**OLD, "rulings/s.yaml": STANDS}, {"rulings/s.yaml": None}, 1, 1, 1, ("gone",)),
    "a ruling added that two articles are against": Case(OLD, {"rulings/s.yaml": STANDS}, 1, 1, 1, ("closed",)),
    "a ruling that cannot be read": Case(OLD, {"rulings/s.yaml": "verdict: yes\n"}, 2, 0),
    "an article broken by the change": Case(CALM, {"a.md": "---\ntitle: 甲\n"}, 2, 0),
    "an article that was broken before": Case({**CALM, "x.md": "---\ntitle: 甲\n"}, {"d.md": ACROSS}, 0, 0),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_case(name: str, repo: Repo, run: Run) -> None:
    case = CASES[name]
    facts_off = "facts: {cross-province-national: off}\n"  # so that only the articles speak
    base = {path: text + (facts_off if path == "koujing.yaml" else "") for path, text in case.base.items()}
    root = repo(base)
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "base")
    for path, text in case.now.items():
        if text is None:
            (root / path).unlink()
        else:
            repo({path: text + (facts_off if path == "koujing.yaml" else "")})
    result = run("check", "--base", "HEAD", "--format", "json")
    summary = json.loads(result.stdout)["summary"]
    change = summary["change"]
    loosened = tuple(one["how"] for one in change["loosened"])
    errors = [f for f in json.loads(result.stdout)["findings"] if f["severity"] == "error"]
    assert (result.exit_code, len(errors), change["resolved"], loosened) == (
        case.code, case.brought, case.resolved, case.loosened,
    )  # fmt: skip
