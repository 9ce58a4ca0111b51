"""`--format gitlab`: a code quality report, for the widget of a merge request and the marks in its diff.

GitLab compares the report of a merge request with the target branch's, by fingerprint, and shows what is in one alone.
So all findings that stand are listed, those too that a change (`--base`) does not bring: left out, they would show as
fixed. A finding that was there and that the change adds articles to is listed twice, as what it was and as what is new.
Of entries with one fingerprint GitLab keeps the first. Source: docs.gitlab.com, "Code Quality report format".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from audit.changes import taking_part
from audit.containers import home_of
from audit.model import Finding, Severity
from audit.problem import Problem
from claims.identity import DIGITS, canonical, digest
from reports.grouping import in_order
from reports.primary import file_of, in_file, primary
from reports.record import Report, Sources
from reports.telling import headline
from reports.width import safe
from reports.wording.messages import todo
from reports.wording.problems import words_of_problem

_SEVERITY: Mapping[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}
_BLOCKS = "critical"
"""Of what blocks, and of a file that cannot be audited."""


def render(report: Report, sources: Sources) -> str:
    """The report: problems first, then findings, worst first."""
    return json.dumps(list(_entries(report)), ensure_ascii=False, indent=2) + "\n"


def _entries(report: Report) -> Iterator[dict[str, Any]]:
    for problem in report.problems:
        yield _of_problem(problem, report)
    others = (f for f in report.others if f.state != "resolved")
    for finding in in_order([*report.standing, *others]):
        yield from _of_finding(finding, report)


def _of_finding(finding: Finding, report: Report) -> Iterator[dict[str, Any]]:
    whole = finding.whole or finding.id
    brought = frozenset(report.change.brought.get(finding.id, ())) if report.change is not None else frozenset()
    if brought and brought < {claim.id for claim in taking_part(finding)}:
        yield _at_primary(_without(finding, brought), whole, replace(report, change=None, blocks=frozenset()))
        whole = "K" + digest(canonical([whole, *sorted(brought)]), DIGITS)
    yield _at_primary(finding, whole, report)


def _without(finding: Finding, claims: frozenset[str]) -> Finding:
    """A finding as it was before these claims."""
    kept = (tuple(c for c in side.claims if c.id not in claims) for side in finding.sides)
    return replace(finding, sides=tuple(replace(s, claims=c) for s, c in zip(finding.sides, kept, strict=True)))


def _at_primary(finding: Finding, fingerprint: str, report: Report) -> dict[str, Any]:
    found = primary(finding, report)
    says = f"{headline(finding, report.words)} [{finding.id}] {safe(todo(finding, report.words.lang))}"
    severity = _BLOCKS if finding.id in report.blocks else _SEVERITY[finding.severity]
    at = in_file(found[1], report)[0] if found is not None else None
    path, line = (found[1].path if found is not None else "."), (at.line if at is not None else 1)
    path = safe(file_of(path, report))
    return _entry(says, finding.code, fingerprint, severity, path, line)


def _of_problem(problem: Problem, report: Report) -> dict[str, Any]:
    says = " ".join(safe(text) for text in words_of_problem(problem, report.words.lang) if text)
    known_by = canonical([problem.code, problem.path, list(problem.args), problem.line, problem.message])
    severity = _BLOCKS if problem.severity == "error" else _SEVERITY["warning"]
    path, line = safe(file_of(problem.path, report)), problem.line or 1
    if home_of(problem.path) != problem.path:  # lines are those of the record
        says, line = f"{safe(problem.path)}: {says}", report.rows.get(problem.path, 1)
    return _entry(says, problem.code, "P" + digest(known_by, DIGITS), severity, path, line)


def _entry(description: str, name: str, fingerprint: str, severity: str, path: str, line: int) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": name,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }
