"""What a change of the content repo brings: two audits compared (docs/design.md, the gate)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

How: TypeAlias = Literal["closed", "lowered", "gone"]
"""By a ruling; by a level of the config; because what made it a finding is off or no longer read."""


class Loosened(msgspec.Struct, frozen=True):
    """A finding that is closed, lowered or gone although the articles still say the same, because a ruling or the
    config changed; `ruling` closed it, if one did."""

    finding: str
    how: How
    ruling: str | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """The audit of the working tree beside that of a commit.

    `base` is the ref as asked for, `commit` the full hash of the commit that was audited: their merge base. `brought`
    maps each finding that the change brings to the claims (ids) that take part in it now and did not then; none where
    the finding has no claims. `resolved` counts findings that were open then and are not now, `left` those open in
    both that nothing was brought to. `uncommitted` counts files of the working tree that are in no commit yet.
    """

    base: str
    commit: str
    brought: Mapping[str, tuple[str, ...]] = {}
    resolved: int = 0
    left: int = 0
    loosened: tuple[Loosened, ...] = ()
    uncommitted: int = 0
