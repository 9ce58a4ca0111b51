"""Where formats show a finding that give each one place: which side, which of its places, from where to where."""

from __future__ import annotations

import posixpath
import re
from typing import TypeAlias

import msgspec

from audit.containers import home_of
from audit.model import Finding, Quote
from claims.model import Claim
from claims.readers.lines import LINE_END
from reports.grouping import examples
from reports.record import Report

Place: TypeAlias = Claim | Quote

MOST = 20
"""Places of a side that are named. Machines take more, but nobody reads them."""

_BOM = "\ufeff"


class Region(msgspec.Struct, frozen=True):
    """From where to where, 1-based in lines and code points; `end_column` is the first after the words."""

    line: int
    column: int
    end_line: int
    end_column: int


def primary(finding: Finding, report: Report) -> tuple[int, Place] | None:
    """The side at fault, and its place to show first; None of a finding without any place.

    That is where the change brings it, by what was not there before if it can be; else the side that is to be mended:
    one that no reference upholds; the older one of an outdated pair and the general one of an overgeneral pair (the
    first), what is stated of a defect, else the side last written.
    """
    brought, fresh = _brought(finding, report)
    sides = [n for n, side in enumerate(finding.sides) if side.places]
    if not sides:
        return None
    n = min(sides, key=lambda n: _turn(n, finding, brought, fresh))
    side = finding.sides[n]
    chosen = (i for ids in (fresh, brought) for i, c in enumerate(side.claims) if c.id in ids)
    return n, side.places[next(chosen, 0)]


def region(place: Place, source: str | None = None) -> Region:
    """The region of a claim or a quote. With its source, a byte order mark is no column, as no viewer counts it."""
    lines = LINE_END.split(place.quote)
    shift = int(place.line == 1 and source is not None and source.startswith(_BOM) and place.column > 1)
    column = place.column - shift
    if len(lines) == 1:
        return Region(place.line, column, place.line, column + len(place.quote))
    return Region(place.line, column, place.line + len(lines) - 1, len(lines[-1]) + 1)


def from_top(path: str, report: Report) -> str:
    """A path of the report as seen from the top of git's work tree, as GitHub and GitLab name files."""
    if not report.root_prefix or path.startswith("/"):
        return path
    return posixpath.normpath(report.root_prefix + path)


def file_of(path: str, report: Report) -> str:
    """The file that a path leads into, from the top of git's work tree: of a record its export, which is there."""
    return from_top(home_of(path), report)


def in_file(place: Place, report: Report, source: str | None = None) -> tuple[Region | None, bool]:
    """Where a viewer of that file marks a place, and whether to the column. Of a record in JSON lines that is its whole
    line; an archive and Parquet have no lines."""
    if home_of(place.path) == place.path:
        return region(place, source), True
    row = report.rows.get(place.path)
    return (Region(row, 1, row, 1) if row is not None else None), False


def _brought(finding: Finding, report: Report) -> tuple[frozenset[str], frozenset[str]]:
    """The claims by which a change brings a finding, and those of them that were not there before."""
    if report.change is None:
        return frozenset(), frozenset()
    brought = frozenset(report.change.brought.get(finding.id, ()))
    return brought, brought & report.change.fresh


def _turn(
    n: int, finding: Finding, brought: frozenset[str], fresh: frozenset[str]
) -> tuple[bool, bool, bool, bool, int, int]:
    """What sides are sorted by: brought by new words, brought, not upheld, older of an outdated pair, latest, first."""
    side = finding.sides[n]
    latest = 0
    if finding.kind != "overgeneral":
        days = (re.sub(r"\D", "", day or "") for day in (side.days[1], *(c.as_of for c in side.claims)))
        latest = max((int(day) for day in days if len(day) == len("20250131")), default=0)
    old = [not any(c.id in ids for c in side.claims) for ids in (fresh, brought)]
    return old[0], old[1], side.upheld is not None, finding.older is not None and finding.older != n, -latest, n


def shown_places(finding: Finding) -> list[tuple[int, Place]]:
    """The places that formats name which hold them all, each with the number of its side: one an article first."""
    return [(n, side.places[i]) for n, side in enumerate(finding.sides) for i in examples(side, MOST)]
