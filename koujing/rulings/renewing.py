"""`koujing rulings --renew`: the words of today for those that changed, another last day."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from audit.rulings.editing import EditError, with_expiry, with_words
from audit.rulings.mending import Way
from audit.rulings.model import Ruling
from audit.rulings.standing import Standing
from audit.rulings.troubles import shell_name
from koujing.alone import alone
from koujing.faults import Fault
from koujing.rulings import files
from koujing.rulings.case import Case
from koujing.streams import out
from reports.width import safe
from reports.wording.ruled import STATE, ruled
from reports.wording.terms import Lang, pick

_YES = frozenset({"y", "yes", "是"})


def renew(case: Case, named: Sequence[Standing], day: str | None, lang: Lang, *, yes: bool) -> None:
    """Take over what the words of rulings were made into, once somebody has said that they mean that, and a last day.
    Raises Fault where one of the rulings cannot be renewed, before any is."""
    for standing in named:
        _check(standing, case, day, lang)
    for standing in named:
        ruling, way = standing.ruling, case.ways.get(standing.ruling.id, Way())
        if way.meant:
            out("".join(f"{line}\n" for line in _question(ruling, way, lang)))
            if not yes and not _agreed(lang):
                out(ruled("left", lang, path=ruling.path) + "\n")
                continue
        with alone(case.reading.project.root):
            _write(case, ruling, way, day)
        if way.meant:
            out(ruled("renewed", lang, path=ruling.path) + "\n")
        if day is not None:
            out(ruled("moved", lang, path=ruling.path, day=day) + "\n")


def _check(standing: Standing, case: Case, day: str | None, lang: Lang) -> None:
    """Raise Fault where there is nothing to renew, or where it would not help."""
    ruling, state = standing.ruling, standing.state
    way, name = case.ways.get(ruling.id), shell_name(ruling)
    if day is not None and day < case.reading.today:
        raise Fault("renew-past", got=day, today=case.reading.today)
    if day is not None and ruling.expires is None:
        raise Fault("renew-no-day", got=ruling.id)
    if state == "expired" and day is None:
        raise Fault("renew-day", got=ruling.id, day=ruling.expires, name=name)
    if state == "expired" and not (way is not None and way.opens):
        raise Fault("renew-lost", got=ruling.id, name=name)
    if state == "void" and not (way is not None and way.meant):
        raise Fault("renew-lost", got=ruling.id, name=name)
    moves = day is not None and state in ("in-effect", "under-review")
    if state not in ("void", "expired") and not moves:
        raise Fault("renew-needless", got=ruling.id, state=pick(STATE[state], lang), name=name)


def _question(ruling: Ruling, way: Way, lang: Lang) -> Iterator[str]:
    yield ruled("meant", lang, path=ruling.path)
    for n, claim in way.meant:
        rest = ruling.rests[n]
        yield f"  {ruled('was', lang)}: {safe(rest.article)} “{safe(rest.quote)}”"
        at = ruled("at", lang, article=safe(claim.article), line=claim.line)
        yield f"  {ruled('now', lang)}: {at} “{safe(claim.quote)}”"


def _agreed(lang: Lang) -> bool:
    """Whether whoever sits at the terminal says yes. Raises Fault where nobody does."""
    if not sys.stdin or not sys.stdin.isatty():
        raise Fault("renew-unasked")
    out(ruled("ask", lang))
    return sys.stdin.readline().strip().lower() in _YES


def _write(case: Case, ruling: Ruling, way: Way, day: str | None) -> None:
    def edit(text: str) -> str:
        text = with_words(text, way.changes(ruling))
        return text if day is None else with_expiry(text, day)

    try:
        files.change(case.reading.project, ruling, edit)
    except EditError as e:
        raise Fault("ruling-uneditable", path=ruling.path, why=e.message) from e
