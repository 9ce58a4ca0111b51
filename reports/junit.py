"""`--format junit`: a test case an article, for CI systems that show test results.

An article passes unless a finding that blocks has its place to mend there (`reports.primary`); then all of these are in
one failure, for what reads the format shows one a case. Other findings are the case's output. A file that cannot be
audited is an error. Names are paths: they stay the same from run to run.
Source: the schema of Jenkins' xunit plugin, junit-10.xsd, which is stricter than most of what reads this.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from audit.model import Finding
from audit.problem import Problem
from claims.model import path_of
from reports.grouping import in_order
from reports.paint import Paint
from reports.primary import primary
from reports.record import Report, Sources
from reports.telling import headline
from reports.text import render_finding, render_problem
from reports.width import safe
from reports.wording.problems import words_of_problem
from reports.wording.summing import sums

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold (XML 1.0, 2.2), not even as a reference."""


def render(report: Report, sources: Sources) -> str:
    """The document."""
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in in_order(report.standing):
        found = primary(finding, report)
        findings[found[1].path if found is not None else "."].append(finding)
    problems: dict[str, list[Problem]] = defaultdict(list)
    for problem in report.problems:
        problems[problem.path or "."].append(problem)
    paths = sorted({*(path_of(c.article) for c in report.coverage), *findings, *problems})
    suite = ET.Element("testsuite", name="koujing")
    properties = ET.SubElement(suite, "properties")
    for name, value in (("today", report.today), ("fail_on", report.fail_on), ("version", report.version)):
        if value:
            ET.SubElement(properties, "property", name=name, value=value)
    for path in paths:
        suite.append(_case(path, findings[path], problems[path], report, sources))
    counts = {
        "tests": str(len(paths)),
        "failures": str(len(suite.findall("testcase/failure"))),
        "errors": str(len(suite.findall("testcase/error"))),
    }
    suite.attrib |= counts
    suites = ET.Element("testsuites", {"name": "koujing", **counts})
    suites.append(suite)
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


def _case(
    path: str, findings: Iterable[Finding], problems: Iterable[Problem], report: Report, sources: Sources
) -> ET.Element:
    name = _legal(safe(path))
    case = ET.Element("testcase", name=name, classname=name)
    blocks: list[Finding] = []
    output: list[str] = []
    broken: list[Problem] = []
    for problem in problems:
        if problem.severity == "error":
            broken.append(problem)
        else:
            output.append(_of_problem(problem, report))
    for finding in findings:
        if finding.id in report.blocks:
            blocks.append(finding)
        else:
            output.append(render_finding(finding, report, sources, more=finding.id))
    if broken:
        text, _ = words_of_problem(broken[0], report.words.lang)
        _add(case, "error", safe(text), broken[0].code, [_of_problem(p, report) for p in broken])
    if blocks:
        told = headline(blocks[0], report.words)
        if len(blocks) > 1:
            told += sums("more", report.words.lang, n=len(blocks) - 1)
        _add(case, "failure", told, blocks[0].code, [render_finding(f, report, sources, more=f.id) for f in blocks])
    if output:
        ET.SubElement(case, "system-out").text = _legal("\n".join(output))
    return case


def _add(case: ET.Element, tag: str, message: str, kind: str, texts: Sequence[str]) -> None:
    ET.SubElement(case, tag, message=_legal(message), type=kind).text = _legal("\n".join(texts))


def _of_problem(problem: Problem, report: Report) -> str:
    return "\n".join(render_problem(problem, report.words.lang, Paint())) + "\n"


def _legal(text: str) -> str:
    return _ILLEGAL.sub(lambda m: f"<U+{ord(m[0]):04X}>", text)
