"""What a config makes of findings: their severity, which of them block publication, and the exit code."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Literal, TypeAlias

from msgspec.structs import replace

from audit.identity import worst_first
from audit.model import SEVERITIES, Finding, Reason, Severity
from audit.problem import Problem
from audit.verdict import MILDER

Level: TypeAlias = Literal["error", "warning", "info", "off"]
FailOn: TypeAlias = Literal["error", "warning", "info", "never"]

_BY_NATURE = frozenset({"only-maybe", "of-teaser"})
"""Reasons for a severity that no config takes back."""


def wants_possible(levels: Mapping[str, Level]) -> bool:
    """Whether a config turns `possible` findings on."""
    return levels.get("possible", "off") != "off"


def settle(findings: Iterable[Finding], levels: Mapping[str, Level]) -> list[Finding]:
    """The findings with the severities that a config gives them, worst first, those that are off left out.

    A level for a topic goes before one for a code, being the narrower choice, except that it never raises a `possible`
    finding. What makes a single finding milder by nature (a `maybe`, a teaser) keeps doing so.
    """
    settled = (f for f in (_settled(finding, levels) for finding in findings) if f is not None)
    return sorted(settled, key=worst_first)


def _settled(finding: Finding, levels: Mapping[str, Level]) -> Finding | None:
    of_code, of_topic = levels.get(finding.code), levels.get(finding.topic or "")
    if of_code == "off" or of_topic == "off":
        return None
    level = _milder(of_code, finding) if of_code is not None else None
    if of_topic is not None:
        asked = _milder(of_topic, finding)
        kept = level or finding.severity
        level = max(asked, kept, key=SEVERITIES.index) if finding.kind == "possible" else asked
    if level is None or level == finding.severity:
        return finding
    kept_reasons = tuple(r for r in finding.reasons if r.code not in MILDER or r.code in _BY_NATURE)
    nature = finding.natural or finding.severity
    return replace(finding, severity=level, natural=nature, reasons=(*kept_reasons, Reason("by-config")))


def _milder(level: Severity, finding: Finding) -> Severity:
    """A level as far as the finding can bear it: a side of `maybe` claims only is info, one of teasers one lower."""
    if any(side.claims and all(c.hedged == "maybe" for c in side.claims) for side in finding.sides):
        return "info"
    teasers = any(side.places and all(c.is_teaser for c in side.places) for side in finding.sides)
    return SEVERITIES[min(SEVERITIES.index(level) + teasers, len(SEVERITIES) - 1)]


def blocking(findings: Iterable[Finding], fail_on: FailOn, paths: Container[str] | None = None) -> list[Finding]:
    """The unresolved findings at least as severe as `fail_on`; one under review is not resolved.

    With `paths`, those of which a side that no reference upholds stands in one of them: who is right is not held up by
    who is wrong elsewhere.
    """
    if fail_on == "never":
        return []
    least = SEVERITIES.index(fail_on)
    return [
        f
        for f in findings
        if f.state != "resolved" and SEVERITIES.index(f.severity) <= least and (paths is None or _at_fault(f, paths))
    ]


def _at_fault(finding: Finding, paths: Container[str]) -> bool:
    return any(c.path in paths for side in finding.sides if side.upheld is None for c in side.places)


def exit_code(blocks: bool, problems: Iterable[Problem]) -> int:
    """2 where something could not be audited, whatever else; 1 where findings block; else 0."""
    if any(p.severity == "error" for p in problems):
        return 2
    return 1 if blocks else 0
