"""What rulings have closed, as the search for conflicts asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from msgspec.structs import replace

from audit.identity import is_named
from audit.model import Finding
from claims.model import Claim


class Closing(msgspec.Struct, frozen=True):
    """What one ruling closes of the finding that it names: for a pair of positions those pairs of claims (ids) that
    are both listed, on a reference each claim that is listed, of a defect the whole."""

    ruling: str
    finding: str
    claims: frozenset[str] = frozenset()


class Closings(msgspec.Struct, frozen=True):
    """`misread` maps a claim (id) that was read wrongly to its ruling: it takes part in nothing."""

    closings: tuple[Closing, ...] = ()
    misread: Mapping[str, str] = {}

    def of(self, finding: str) -> tuple[Closing, ...]:
        """Those of a finding, by its whole id."""
        return tuple(c for c in self.closings if is_named(finding, c.finding))

    @property
    def named(self) -> frozenset[str]:
        """The claims (ids) that are to be told apart."""
        return frozenset(self.misread).union(*(c.claims for c in self.closings))

    def wrong(self, claims: Iterable[Claim]) -> tuple[str, ...]:
        """The rulings by which some of these claims were misread, sorted."""
        if not self.misread:
            return ()
        return tuple(sorted({self.misread[c.id] for c in claims if c.id in self.misread}))


NOTHING = Closings()


def resolved(finding: Finding, rulings: Iterable[str]) -> Finding:
    """A finding of which rulings leave nothing; the first of them is named."""
    return replace(finding, state="resolved", ruling=next(iter(rulings)))
