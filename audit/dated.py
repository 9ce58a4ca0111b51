"""What linters found in an article, as of a day: which days have gone by by then, and what is told once only.

Linters look at every page as from the end of time. So what one file comes to depends on no clock, and can be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from audit.model import Defect, Quote

END = "9999-12-31"
"""A today by which everything has gone by."""

_EXAMPLES = frozenset(("rule-example-mismatch", "example-mismatch"))


def as_of(found: Iterable[Defect], today: str, stale_days: int) -> list[Defect]:
    """The defects of an article on a day (ISO), of those that :func:`audit.linters.lint` found, in their order. The
    same words are found once by each linter, and what two say of the same words is told by the first."""
    day = date.fromisoformat(today)
    kept: dict[tuple[object, ...], Defect] = {}
    for one in found:
        defect = _on(one, day, stale_days)
        if defect is not None and not any(_told(defect, other) for other in kept.values()):
            kept.setdefault((defect.code, defect.stated, defect.refuted), defect)
    return list(kept.values())


def _on(defect: Defect, today: date, stale_days: int) -> Defect | None:
    """A defect as it is on a day; None where it is none yet."""
    if defect.code not in ("expired-outlook", "stale-figure"):
        return defect
    args = dict(defect.reason.args)
    age = (today - date.fromisoformat(args["day"])).days
    if defect.code == "expired-outlook":
        return defect if age > 0 else None
    if age <= stale_days:
        return None
    told = tuple(sorted({**args, "days": str(age)}.items()))
    return replace(defect, reason=replace(defect.reason, args=told))


def _told(defect: Defect, other: Defect) -> bool:
    """Whether another linter has said so of the same words already; two that judge one example say one thing."""
    if defect.code == other.code or not _meet(defect.refuted, (*other.refuted, *other.stated)):
        return False
    if {defect.code, other.code} <= _EXAMPLES:
        return _meet(defect.refuted, other.refuted)
    ways = ((other.stated, other.refuted), (other.refuted, other.stated))
    return any(_meet(defect.stated, a) and _meet(defect.refuted, b) for a, b in ways)


def _meet(ours: Sequence[Quote], theirs: Sequence[Quote]) -> bool:
    return any(a.article == b.article and a.start < b.end and b.start < a.end for a in ours for b in theirs)
