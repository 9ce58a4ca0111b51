"""The rulings of a content repo with all that is known of them, and the one that a name means."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

import msgspec

from audit.model import RULING_CODES, Finding
from audit.rulings.effect import Effect
from audit.rulings.mending import Way, ways
from audit.rulings.model import Ruling
from audit.rulings.standing import Standing, standings
from claims.alike import nearest
from koujing.faults import Fault
from koujing.run import Reading, held_to, ruled, ruling_corpus
from reports.record import Report
from reports.rulings import ruling_page
from reports.text import render_finding

_EVERY = 1_000_000


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """`standings` are all rulings, in the order of their names; `ways` what can be done about void and expired ones;
    `findings` those of the whole audit."""

    reading: Reading
    effect: Effect
    ways: dict[str, Way]
    standings: tuple[Standing, ...]
    findings: tuple[Finding, ...]

    @property
    def troubles(self) -> tuple[Finding, ...]:
        """What is wrong with rulings."""
        return tuple(f for f in self.findings if f.code in RULING_CODES)

    def of(self, ruling: Ruling) -> Standing:
        return next(s for s in self.standings if s.ruling.id == ruling.id)

    def about(self, ruling: Ruling) -> list[Finding]:
        """What is wrong with one ruling."""
        return [f for f in self.troubles if any(q.article == ruling.path for side in f.sides for q in side.quotes)]


def case_of(reading: Reading, findings: Iterable[Finding]) -> Case:
    """The rulings of a corpus as read; `findings` are all of its audit, possible ones too."""
    facts, listed = held_to(reading), tuple(findings)
    corpus, effect = ruling_corpus(reading, facts), ruled(reading, facts)
    return Case(
        reading=reading, effect=effect, ways=ways(reading.rulings, effect, corpus),
        standings=tuple(standings(reading.rulings, effect, corpus, listed)), findings=listed,
    )  # fmt: skip


def chosen(case: Case, names: Sequence[str]) -> list[Standing]:
    """The rulings of these names or paths, each once, in their order; all where there are none. Raises Fault."""
    if not names:
        return list(case.standings)
    found = {s.ruling.id: s for s in (_named(case, name) for name in names)}
    return list(found.values())


def _named(case: Case, name: str) -> Standing:
    found = find_ruling(case.reading, name)
    if found is None:
        raise Fault("unknown-ruling", got=name, near=nearest(name, [s.ruling.id for s in case.standings]))
    return case.of(found)


def find_ruling(reading: Reading, name: str) -> Ruling | None:
    """The ruling of a name, in any case, or of a path, as seen from the root or from here."""
    place = os.path.abspath(reading.project.here / name)
    for ruling in reading.rulings:
        paths = (ruling.path, ruling.path.rpartition(".")[0])
        if ruling.id.casefold() == name.casefold() or name in paths:
            return ruling
        if os.path.abspath(reading.project.root / ruling.path) == place:
            return ruling
    return None


def page_of(ruling: Ruling, case: Case, report: Report, *, color: bool = False) -> str:
    """All that is known of one ruling, with what is wrong with it."""
    sources, way = case.reading.sources(), case.ways.get(ruling.id)
    gone = way.gone if way is not None else ()
    told = [render_finding(f, report, sources, color=color, most=_EVERY) for f in case.about(ruling)]
    return ruling_page(case.of(ruling), gone, told, report.words, color=color)
