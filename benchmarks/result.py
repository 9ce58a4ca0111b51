"""What a benchmark comes to: rows of ratios with their spread, checks of the results, the machine."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Literal

import msgspec


class Side(msgspec.Struct, frozen=True):
    """One side of a ratio: what it is, and the seconds that each of its runs took (`Row.per`)."""

    name: str
    seconds: tuple[float, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """`one` over `other`, run by run. `clock`: CPU time of one process, or the wall. `at_most`, `at_least`: what is
    asked of the median. `per`: what the seconds of its sides are for. `absent`: why it was not measured."""

    section: str
    name: str
    one: Side = Side("", ())
    other: Side = Side("", ())
    clock: Literal["CPU", "wall"] = "CPU"
    at_most: float | None = None
    at_least: float | None = None
    per: str = "article"
    absent: str = ""

    @property
    def ratios(self) -> list[float]:
        return [a / b for a, b in zip(self.one.seconds, self.other.seconds, strict=True)]

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none, or nothing was measured."""
        if self.absent or (self.at_most is None and self.at_least is None):
            return None
        most, least = self.at_most, self.at_least
        return (most is None or self.ratio <= most) and (least is None or self.ratio >= least)


class Check(msgspec.Struct, frozen=True):
    """A result that is known, and whether it came out."""

    name: str
    holds: bool
    note: str = ""


class Corpus(msgspec.Struct, frozen=True):
    """What was read: its digest is over paths and bytes; `distinct` of the blocks of text are unlike all others."""

    name: str
    articles: int
    size: int
    digest: str
    distinct: float


class Machine(msgspec.Struct, frozen=True):
    processor: str
    cores: int
    system: str
    python: str
    versions: dict[str, str]
    commit: str
    day: str
    load: tuple[float, ...]
    "One-minute load averages before and after."


class Result(msgspec.Struct, frozen=True):
    """All of one run of the benchmark."""

    machine: Machine
    corpora: tuple[Corpus, ...]
    rows: tuple[Row, ...]
    checks: tuple[Check, ...]
    notes: tuple[str, ...] = ()
    took: float = 0.0

    def with_rows_of(self, other: Result) -> Result:
        """This result, with the rows of those sections that `other` has measured later; a note says so."""
        sections = list(dict.fromkeys(row.section for row in other.rows))
        kept = tuple(row for row in self.rows if row.section not in sections)
        again = {check.name for check in other.checks}
        m = other.machine
        note = f"{', '.join(sections)}: measured later, {m.day}, commit {m.commit}; load average {m.load[0]} before"
        return msgspec.structs.replace(
            self, rows=kept + other.rows, notes=(*self.notes, note),
            checks=tuple(check for check in self.checks if check.name not in again) + other.checks,
        )  # fmt: skip


def sections(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.section, []).append(row)
    return found
