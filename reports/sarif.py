"""`--format sarif`: SARIF 2.1.0, for code scanning and for viewers in editors.

One run. A result's location is the side at fault; its related locations are the places of both sides, which its text
links to. A ruling that resolves a finding is a suppression. Nothing in it depends on the machine or the time of day.
Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"; sections are named below.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit.containers import home_of
from audit.model import DEFECTS, KINDS, RULING_CODES, Finding, Severity
from audit.problem import Problem
from reports.grouping import in_order
from reports.manual import CODES, manual
from reports.primary import Place, from_top, in_file, primary, shown_places
from reports.record import Report, Sources
from reports.telling import headline, label, notes, others
from reports.width import encodable, safe
from reports.wording.problems import words_of_problem
from reports.wording.terms import KIND, REFERENCE, Lang, pick, term

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVEL: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_LANGUAGE: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en-US"}
_ORDER: tuple[str, ...] = (*KINDS, *DEFECTS, *RULING_CODES)
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
"""What stands for itself in the path of a URI (RFC 3986, 2.3)."""


def render(report: Report, sources: Sources) -> str:
    """The log."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, sources)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _run(report: Report, sources: Sources) -> dict[str, Any]:
    found = {f.code for f in report.findings}
    codes = [code for code in _ORDER if code in found] + sorted(found.difference(_ORDER))
    lang = report.words.lang
    driver: dict[str, Any] = {"name": "koujing"}
    if report.version:
        driver |= {"version": report.version}
    driver |= {"language": _LANGUAGE[lang], "rules": [_rule(code, lang) for code in codes]}
    return {
        "tool": {"driver": driver},
        "invocations": [
            {
                "executionSuccessful": report.exit_code != 2,
                "exitCode": report.exit_code,
                "toolExecutionNotifications": [_notification(p, report) for p in report.problems],
            }
        ],
        "language": _LANGUAGE[lang],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [_result(f, codes, report, sources) for f in in_order(report.findings)],
    }


def _rule(code: str, lang: Lang) -> dict[str, Any]:
    """A kind of finding, with its page of the manual where there is one."""
    title = pick(KIND[code], lang)
    rule = {"id": code, "name": title, "shortDescription": {"text": _braces(title)}}
    if code not in CODES:
        return rule
    page = manual(code, lang)
    first = next((p for p in page.split("\n\n") if not p.startswith("#")), title)
    between = "" if lang == "zh" else " "
    plain = re.sub(r"^#+ *", "", page, flags=re.MULTILINE)
    return rule | {
        "fullDescription": {"text": _plain(between.join(first.split("\n")))},
        "help": {"text": _plain(plain.strip()), "markdown": _braces(page.strip())},
    }


def _result(finding: Finding, codes: Sequence[str], report: Report, sources: Sources) -> dict[str, Any]:
    places = shown_places(finding)
    found = primary(finding, report)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVEL[finding.severity],
        "message": {"text": "\n".join(_text(finding, places, report))},
        "locations": [_location(found[1], report, sources)] if found is not None else [],
        "relatedLocations": [
            {
                "id": i,
                **_location(place, report, sources),
                "message": {"text": _plain(label(n, finding.sides[n], finding, report.words))},
            }
            for i, (n, place) in enumerate(places, 1)
        ],
        "partialFingerprints": {"koujingFinding/v1": finding.whole or finding.id},
        "suppressions": list(_suppressions(finding, report)),
    }
    if report.change is not None:
        result["baselineState"] = "new" if finding.id in report.change.brought else "unchanged"
    return result | {
        "properties": {
            "id": finding.id,
            "kind": finding.kind,
            "topic": finding.topic,
            "state": finding.state,
            "blocks": finding.id in report.blocks,
        }
    }


def _text(finding: Finding, places: Sequence[tuple[int, Place]], report: Report) -> Iterator[str]:
    """The finding in words: what it is, each side with links to its places, why, what to do."""
    words, lang = report.words, report.words.lang
    yield _plain(headline(finding, words))
    for n, side in enumerate(finding.sides):
        links = [
            f"[{_plain(safe(f'{place.path}:{place.line}'))}]({i})" for i, (of, place) in enumerate(places, 1) if of == n
        ]
        if side.reference is not None:
            links = [_plain(f"{pick(REFERENCE[side.reference.kind], lang)} {side.reference.id}")]
        if side.count > len(links) and links and side.reference is None:
            links.append(others(finding, side, side.count - len(links), lang))
        yield _plain(label(n, side, finding, words)) + ": " + (", " if lang == "en" else "、").join(links)
    for key, text in notes(finding, finding.id, words):
        yield f"{term(key, lang)}: {_plain(safe(text))}"


def _suppressions(finding: Finding, report: Report) -> Iterator[dict[str, Any]]:
    """None is empty, not absent: either no result of a run says who suppresses it, or all do (3.27.23)."""
    if finding.state == "open":
        return
    one: dict[str, Any] = {
        "kind": "external",
        "status": "accepted" if finding.state == "resolved" else "underReview",
    }
    ruling = report.rulings.get(finding.ruling or "")
    if ruling is not None:
        one["justification"] = safe(f"{ruling.reason} ({ruling.id}; {ruling.by}, {ruling.on})")
        one["location"] = {"physicalLocation": {"artifactLocation": {"uri": uri(ruling.path, report)}}}
    elif finding.ruling:
        one["justification"] = safe(finding.ruling)
    yield one


def _notification(problem: Problem, report: Report) -> dict[str, Any]:
    text = " ".join(safe(t) for t in words_of_problem(problem, report.words.lang) if t)
    place: dict[str, Any] = {"artifactLocation": {"uri": uri(home_of(problem.path), report)}}
    if home_of(problem.path) != problem.path:  # lines are those of the record
        text = f"{safe(problem.path)}: {text}"
        if (row := report.rows.get(problem.path)) is not None:
            place["region"] = {"startLine": row}
    elif problem.line is not None:
        place["region"] = {"startLine": problem.line}
        if problem.column is not None:
            place["region"]["startColumn"] = problem.column
    return {
        "descriptor": {"id": problem.code},
        "level": problem.severity,
        "message": {"text": _plain(text)},
        **({"locations": [{"physicalLocation": place}]} if problem.path else {}),
    }


def _location(place: Place, report: Report, sources: Sources) -> dict[str, Any]:
    at, exact = in_file(place, report, sources(place.path))
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(home_of(place.path), report)}}
    if at is not None and exact:
        physical["region"] = {
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.end_line,
            "endColumn": at.end_column,
            "snippet": {"text": encodable(place.quote)},
        }
    elif at is not None:
        physical["region"] = {"startLine": at.line}
    if exact:
        return {"physicalLocation": physical}
    named = {"fullyQualifiedName": encodable(f"{place.path}:{place.line}:{place.column}")}
    return {"physicalLocation": physical, "logicalLocations": [named]}


def uri(path: str, report: Report) -> str:
    """A path as a relative URI, from the top of the repository."""
    path = from_top(path, report)
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = path.encode("utf-8", "replace")
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in data)


def _plain(text: str) -> str:
    """Text in which nothing is a placeholder (3.11.5) or the beginning of a link (3.11.6)."""
    return re.sub(r"[\\\[\]]", r"\\\g<0>", _braces(text))


def _braces(text: str) -> str:
    return encodable(text).replace("{", "{{").replace("}", "}}")
