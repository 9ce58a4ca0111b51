"""`--format github`: annotations of GitHub Actions, one workflow command a line.

GitHub shows 10 errors, 10 warnings and 10 notices a step and drops the rest without a word. So the worst come first,
and where there are more than 10 of a level the last one says how many are not listed, and where they are. Source:
docs.github.com, "Workflow commands for GitHub Actions", and its limits on annotations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit.containers import home_of
from audit.model import Finding, Severity
from audit.problem import Problem
from reports.grouping import in_order
from reports.primary import file_of, in_file, primary
from reports.record import Report, Sources
from reports.telling import headline
from reports.width import safe
from reports.wording.messages import todo
from reports.wording.problems import words_of_problem
from reports.wording.summing import sums
from reports.wording.terms import KIND, pick

MOST = 10
"""Annotations of a level that one step shows."""

_COMMAND: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, sources: Sources) -> str:
    """The annotations: problems with files first, then what blocks, then the other findings that are not resolved."""
    by_command: dict[str, list[str]] = {command: [] for command in _COMMAND.values()}
    for command, line in _lines(report, sources):
        by_command[command].append(line)
    shown: list[str] = []
    for command, lines in by_command.items():
        if len(lines) > MOST:
            more = sums(f"not-listed-{command}", report.words.lang, n=len(lines) - MOST + 1)
            more += sums("read-on", report.words.lang)
            lines = [*lines[: MOST - 1], _command(command, {}, more)]
        shown += lines
    return "".join(f"{line}\n" for line in shown)


def _lines(report: Report, sources: Sources) -> Iterator[tuple[str, str]]:
    for problem in report.problems:
        yield problem.severity, _of_problem(problem, report)
    for finding in sorted(in_order(report.standing), key=lambda f: f.id not in report.blocks):
        command = _COMMAND[finding.severity]
        yield command, _of_finding(command, finding, report, sources)


def _of_problem(problem: Problem, report: Report) -> str:
    text, hint = words_of_problem(problem, report.words.lang)
    file, row = safe(file_of(problem.path, report)), report.rows.get(problem.path)
    place: dict[str, object] = {"file": file, "line": problem.line, "col": problem.column, "title": problem.code}
    if home_of(problem.path) != problem.path:  # lines are those of the record
        place |= {"line": row, "col": None}
        text = f"{safe(problem.path)}: {text}"
    return _command(problem.severity, place, "\n".join(t for t in (safe(text), safe(hint)) if t))


def _of_finding(command: str, finding: Finding, report: Report, sources: Sources) -> str:
    lang = report.words.lang
    place: dict[str, object] = {}
    found = primary(finding, report)
    if found is not None:
        at, exact = in_file(found[1], report, sources(found[1].path))
        place = {"file": safe(file_of(found[1].path, report))}
        if at is not None:
            place |= {"line": at.line, "endLine": at.end_line}
        if at is not None and exact and at.line == at.end_line:  # GitHub takes columns on one line only
            place |= {"col": at.column, "endColumn": at.end_column}
    place["title"] = f"{pick(KIND[finding.kind], lang)} {finding.id}"
    says = f"{headline(finding, report.words)}\n{safe(todo(finding, lang))}\nkoujing explain {finding.id}"
    return _command(command, place, says)


def _command(command: str, properties: Mapping[str, object], text: str) -> str:
    told = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items() if value is not None)
    return f"::{command}{' ' if told else ''}{told}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
