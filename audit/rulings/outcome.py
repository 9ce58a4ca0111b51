"""What new rulings would come to: two audits of one reading compared, without them and with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Literal, TypeAlias

import msgspec

from audit.identity import SHORTEST, is_named
from audit.model import RULING_CODES, Finding, Side
from audit.rulings.model import Ruling

End: TypeAlias = Literal["resolved", "reviewed", "reduced", "unchanged"]
"""Of the finding that was decided: nothing is left of it; marked as being clarified; open with fewer claims; as it
was."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """`left` counts the claims that the finding keeps. `troubles` are findings of the new rulings' own files, or of
    other rulings because of them. `closed` are further findings (ids) that they resolve, `against` those of articles
    that are against what stands now: these have to be changed."""

    end: End
    left: int = 0
    troubles: tuple[Finding, ...] = ()
    closed: tuple[str, ...] = ()
    against: tuple[Finding, ...] = ()

    @property
    def works(self) -> bool:
        """Whether the rulings do what they are written for."""
        return self.end != "unchanged" and not self.troubles


def outcome(
    finding: Finding, rulings: Sequence[Ruling], before: Iterable[Finding], after: Iterable[Finding]
) -> Outcome:
    """What comes of a finding when `rulings` are added; `before` and `after` are all findings of either audit."""
    was, now = list(before), list(after)
    lookup = Named(now)
    same = lookup(finding.id)
    known = {f.id for f in was if f.code in RULING_CODES}
    stood = [f for f in was if f.state != "resolved" and f.code not in RULING_CODES and not alike(f, finding)]
    return Outcome(
        end=_end(finding, same, rulings),
        left=sum(len(side.claims) for side in same.sides) if same is not None and same.state == "open" else 0,
        troubles=tuple(f for f in now if f.code in RULING_CODES and f.id not in known),
        closed=tuple(f.id for f in stood if (n := lookup(f.id)) is None or n.state == "resolved"),
        against=tuple(f for f in now if _is_against(f, {r.id for r in rulings})),
    )


def _end(finding: Finding, now: Finding | None, rulings: Sequence[Ruling]) -> End:
    if now is None or now.state == "resolved":
        return "resolved"
    if now.state == "under-review":
        return "reviewed" if any(now.ruling == ruling.id for ruling in rulings) else "unchanged"
    return "reduced" if _claims(now.sides) < _claims(finding.sides) else "unchanged"


def _claims(sides: Sequence[Side]) -> set[str]:
    return {claim.id for side in sides for claim in side.claims}


def _is_against(finding: Finding, rulings: Collection[str]) -> bool:
    known = (side.reference for side in finding.sides)
    return finding.state == "open" and any(r is not None and r.kind == "ruling" and r.id in rulings for r in known)


class Named:
    """The findings of an audit by id. How much of an id is shown depends on what else there is, so the one asked for
    may be longer or shorter."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._by_start: dict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            self._by_start[finding.id[: 1 + SHORTEST]].append(finding)

    def __call__(self, name: str) -> Finding | None:
        near = self._by_start.get(name[: 1 + SHORTEST], ())
        return next((f for f in near if is_named(f.id, name) or is_named(name, f.id)), None)


def alike(one: Finding, other: Finding) -> bool:
    """Whether two audits show one finding."""
    return is_named(one.id, other.id) or is_named(other.id, one.id)
