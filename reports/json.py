"""`--format json` (version 1) and `jsonl`, one finding a line."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from audit.changes import Change
from audit.model import Finding, side_record
from audit.problem import Problem
from reports.grouping import in_order
from reports.record import Report, Sources
from reports.wording.messages import message
from reports.wording.problems import words_of_problem
from reports.wording.terms import Lang

VERSION = 1


def render(report: Report, sources: Sources | None = None) -> str:
    """The whole report as one JSON object; like all formats it gets the sources, and has no use for them."""
    whole = json.dumps(_record(report), ensure_ascii=False, indent=2) + "\n"
    # There is a row for every article, and all are alike: they are written here, in a fifth of the time.
    rows = ",\n".join(_ROW % (_quoted(c.article), c.typed, c.assertions) for c in report.coverage)
    return whole.replace(_NO_ROWS, f'\n  "coverage": [\n{rows}\n  ],\n', 1) if rows else whole


def render_lines(report: Report, sources: Sources | None = None) -> str:
    """One finding a line."""
    records = (finding_record(f, report) for f in in_order(report.findings))
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)


_ROW = """\
    {
      "article": %s,
      "typed": %d,
      "assertions": %d
    }"""
_NO_ROWS = '\n  "coverage": [],\n'
_quoted = json.JSONEncoder(ensure_ascii=False).encode


def _record(report: Report) -> dict[str, Any]:
    """All but the rows of `coverage`."""
    return {
        "version": VERSION,
        "summary": {
            "articles": report.articles,
            "claims": report.claims,
            "assertions": report.assertions,
            "typed": report.typed,
            "untyped": report.assertions - report.typed,
            "findings": report.by_severity(),
            "resolved": report.resolved,
            "hidden": report.hidden,
            "problems": report.by_gravity(),
            "today": report.today,
            "today_source": report.today_source,
            "fail_on": report.fail_on,
            "blocking": report.blocking,
            "exit_code": report.exit_code,
            **({"change": change_record(report.change)} if report.change is not None else {}),
        },
        "findings": [finding_record(f, report) for f in in_order(report.findings)],
        "coverage": [],
        "problems": [problem_record(p, report.words.lang) for p in report.problems],
    }


def change_record(change: Change) -> dict[str, Any]:
    """What a change brings, by the names of its fields."""
    return {
        "base": change.base,
        "commit": change.commit,
        "brought": {finding: list(claims) for finding, claims in sorted(change.brought.items())},
        "resolved": change.resolved,
        "left": change.left,
        "loosened": [msgspec.to_builtins(one) for one in change.loosened],
        "uncommitted": change.uncommitted,
    }


def finding_record(finding: Finding, report: Report) -> dict[str, Any]:
    """A finding; `reason` is in words, `reasons` are the codes it is made of."""
    words = report.words
    return {
        "id": finding.id,
        "code": finding.code,
        "topic": finding.topic,
        "kind": finding.kind,
        "other_kinds": list(finding.other_kinds),
        "severity": finding.severity,
        "state": finding.state,
        "blocks": finding.id in report.blocks,
        "message": message(finding, words),
        "reason": words.reasons(finding),
        "reasons": [{"code": r.code, **dict(r.args)} for r in finding.reasons],
        "sides": [side_record(side) for side in finding.sides],
        "older": finding.older,
        "ruling": finding.ruling,
    }


def problem_record(problem: Problem, lang: Lang) -> dict[str, Any]:
    text, hint = words_of_problem(problem, lang)
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": text,
        "hint": hint,
    }
