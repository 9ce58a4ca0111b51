"""A topic: what a claim can be about (docs/claims.md section 3). `claims.domain` reads them from YAML."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

TopicKind: TypeAlias = Literal["flag", "measure", "set", "choice"]
Absent: TypeAlias = Literal["everywhere", "not_said"]


class Topic(msgspec.Struct, frozen=True):
    """One topic of a domain.

    `scale` names the levels of an ordered scale, lowest first, None where the values are numbers or dates of `unit`.
    `open` is the kind of things whose names are the members, where these are not listed; `about` are the kinds of
    things that its claims are about, each claim of one. `absent` says what a missing scope facet means (section 5b):
    `everywhere` and everyone (`gongji.*`), or `not_said` (`yibao.*`). `names` are the topic's titles as (language,
    text). `facets` are those that its domain declares, with their members; one without members takes any name.
    """

    id: str
    kind: TopicKind
    unit: str | None = None
    scale: tuple[str, ...] | None = None
    members: tuple[str, ...] = ()
    open: str | None = None
    about: tuple[str, ...] = ()
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    core: bool = False
    absent: Absent = "everywhere"
    names: tuple[tuple[str, str], ...] = ()

    @property
    def counts_provinces(self) -> bool:
        """A count of provinces that grows as they join, compared by the rule for `province_count` (section 5b)."""
        return self.kind == "measure" and self.unit == "province"

    def name(self, language: str) -> str:
        """The title in a language, else the id."""
        return dict(self.names).get(language, self.id)
