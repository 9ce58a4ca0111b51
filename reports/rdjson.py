"""`--format rdjson`: diagnostics for reviewdog, which comments on the changed lines of a pull request.

Columns count bytes of UTF-8 from 1, the end is the first after the words; without the source only lines are given. The
places of both sides are related locations, and `original_output` is the finding as the text report has it.
Source: reviewdog, proto/rdf (DiagnosticResult).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from audit.containers import home_of
from audit.model import Finding, Severity
from audit.problem import Problem
from reports.grouping import in_order
from reports.primary import Place, in_file, primary, shown_places
from reports.record import Report, Sources
from reports.telling import headline, label
from reports.text import render_finding
from reports.width import encodable, safe
from reports.wording.messages import todo
from reports.wording.problems import words_of_problem

_SEVERITY: Mapping[Severity, str] = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}
_BOM = "\ufeff"


def render(report: Report, sources: Sources) -> str:
    """The result: problems first, then the findings that stand, worst first."""
    diagnostics = [_of_problem(p, report) for p in report.problems]
    diagnostics += [_of_finding(f, report, sources) for f in in_order(report.standing)]
    result = {"source": {"name": "koujing"}, "diagnostics": diagnostics}
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def _of_finding(finding: Finding, report: Report, sources: Sources) -> dict[str, Any]:
    words = report.words
    found = primary(finding, report)
    says = (headline(finding, words), safe(todo(finding, words.lang)), f"koujing explain {finding.id}")
    diagnostic: dict[str, Any] = {"message": "\n".join(says)}
    if found is not None:
        diagnostic["location"] = _location(found[1], report, sources)
    diagnostic |= {"severity": _SEVERITY[finding.severity], "code": {"value": finding.code}}
    related = [
        {"message": label(n, finding.sides[n], finding, words), "location": _location(place, report, sources)}
        for n, place in shown_places(finding)
        if found is None or (n, place) != found
    ]
    return diagnostic | {
        "original_output": encodable(render_finding(finding, report, sources, more=finding.id)),
        "related_locations": related,
    }


def _of_problem(problem: Problem, report: Report) -> dict[str, Any]:
    text, hint = words_of_problem(problem, report.words.lang)
    location: dict[str, Any] = {"path": safe(home_of(problem.path))}
    line = problem.line
    if home_of(problem.path) != problem.path:  # lines are those of the record
        text, line = f"{problem.path}: {text}", report.rows.get(problem.path)
    if line is not None:
        location["range"] = {"start": {"line": line}}
    return {
        "message": "\n".join(safe(t) for t in (text, hint) if t),
        "location": location,
        "severity": _SEVERITY[problem.severity],
        "code": {"value": problem.code},
    }


def _location(place: Place, report: Report, sources: Sources) -> dict[str, Any]:
    """A place; paths are as seen from the root, where koujing and reviewdog run."""
    source = sources(place.path)
    at, exact = in_file(place, report, source)
    if at is None:
        return {"path": safe(home_of(place.path))}
    start, end = {"line": at.line}, {"line": at.end_line}
    if exact and source is not None and source[place.start : place.end] == place.quote:
        of_line = max(source.rfind("\n", 0, place.start), source.rfind("\r", 0, place.start)) + 1
        before = source[of_line : place.start].removeprefix("" if of_line else _BOM)
        start["column"] = _size(before) + 1
        last = source[: place.end][-(at.end_column - 1) :] if at.end_column > 1 else ""
        end["column"] = (start["column"] + _size(place.quote)) if at.line == at.end_line else _size(last) + 1
    return {"path": safe(home_of(place.path)), "range": {"start": start, "end": end}}


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
