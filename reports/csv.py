"""`--format csv`: a row for each place of each side of a finding, for spreadsheets.

A side that is a reference has one row, without a place. Codes (`code`, `severity`, `state`, `topic`) are the same in
all languages, what is in words is in the report's. Cells that a spreadsheet would run get an apostrophe (`table.cell`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from audit.model import Finding, Quote
from claims.wording import said
from reports.grouping import in_order
from reports.record import Report, Sources
from reports.table import cell
from reports.telling import letter, says
from reports.width import encodable
from reports.wording.messages import message

FIELDS = (
    "finding", "code", "severity", "state", "blocks", "ruling", "topic", "subject", "message", "side", "value", "scope",
    "reference", "claim", "article", "title", "line", "column", "as_of", "quote",
)  # fmt: skip


def render(report: Report, sources: Sources | None = None) -> str:
    """All findings, resolved ones too, in the order of every report."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for finding in in_order(report.findings):
        for row in _rows(finding, report):
            writer.writerow([cell(row.get(field)) for field in FIELDS])
    return encodable(out.getvalue())


def _rows(finding: Finding, report: Report) -> Iterator[dict[str, str | int | None]]:
    words, lang = report.words, report.words.lang
    about: dict[str, str | int | None] = {
        "finding": finding.id,
        "code": finding.code,
        "severity": finding.severity,
        "state": finding.state,
        "blocks": "yes" if finding.id in report.blocks else "no",
        "ruling": finding.ruling,
        "topic": finding.topic,
        "subject": words.subject(finding),
        "message": message(finding, words),
    }
    for n, side in enumerate(finding.sides):
        of = side.position
        one = about | {
            "side": letter(n, lang),
            "value": words.value(of.topic, of.value) if of is not None else says(n, side, finding, words),
            "scope": words.bounds(of.quantifier, of.scope, of.except_) if of is not None else None,
        }
        if side.reference is not None:
            yield one | {"reference": side.reference.id, "quote": said(side.reference.words, lang, "")}
        for place in side.places:
            yield one | {
                "claim": None if isinstance(place, Quote) else place.id,
                "article": place.path,
                "title": report.titles.get(place.article),
                "line": place.line,
                "column": place.column,
                "as_of": None if isinstance(place, Quote) else place.as_of,
                "quote": place.quote,
            }
