"""What a report is made of. The command fills it in; every format only reads it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Literal, TypeAlias

import msgspec

from audit.changes import Change
from audit.model import SEVERITIES, Finding
from audit.problem import Problem
from audit.rulings.model import Ruling
from reports.wording.vocabulary import Vocabulary

FactOrigin: TypeAlias = Literal["domain", "replaced", "added"]
"""Where a fact comes from: a domain, or koujing.yaml in place of a domain's, or besides them."""

Sources: TypeAlias = Callable[[str], str | None]
"""Path -> the file as decoded, None where it is not at hand."""


class Covered(msgspec.Struct, frozen=True):
    """How many of the assertions of an article (or teaser, as a claim's `article` names it) are typed."""

    article: str
    typed: int
    assertions: int


class Coverings:
    """What of very many articles is typed, made one by one when it is asked for; `totals` are (typed, assertions)."""

    def __init__(self, totals: tuple[int, int], count: int, each: Callable[[], Iterator[Covered]]) -> None:
        self.totals = totals
        self._count, self._each = count, each

    def __iter__(self) -> Iterator[Covered]:
        return self._each()

    def __len__(self) -> int:
        return self._count

    def __contains__(self, one: object) -> bool:
        return any(one == other for other in self)


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One audit as a reader gets it.

    `findings` are those to show, `hidden` how many more there are that do not touch the chosen paths. `titles` are
    by a claim's `article`. `today_source` is `option`, `config`, `commit` or `clock`. `claims` are those on a topic;
    `coverage` is that of the chosen paths, by article, and `least` how many of the least typed a reader asked to see.

    `blocks` are the ids of the findings that block. Compared with a commit, `change` says what is brought: `findings`
    are then only those, `others` what else there is now in the chosen paths, and `hidden` counts all that is not shown.
    `rulings` are by id; `version` is koujing's.

    `configured`: there is a koujing.yaml. `rows` are the lines of records in their exports, by path, where these have
    lines.

    All paths are as seen from the content repo's root; `root_prefix` is the way there from the top of git's work tree
    (`content/`, or ""): what reads a format beside the whole repo wants `primary.from_top(path, report)`.
    """

    findings: tuple[Finding, ...] = ()
    others: tuple[Finding, ...] = ()
    hidden: int = 0
    problems: tuple[Problem, ...] = ()
    articles: int = 0
    claims: int = 0
    coverage: Collection[Covered] = ()
    least: int = 0
    titles: Mapping[str, str] = {}
    today: str = ""
    today_source: str = "clock"
    fail_on: str = "error"
    blocks: frozenset[str] = frozenset()
    change: Change | None = None
    rulings: Mapping[str, Ruling] = {}
    version: str = ""
    exit_code: int = 0
    root_prefix: str = ""
    rows: Mapping[str, int] = {}
    configured: bool = True
    words: Vocabulary = Vocabulary()

    @property
    def blocking(self) -> int:
        """How many findings block."""
        return len(self.blocks)

    @property
    def typed(self) -> int:
        return _totals(self.coverage)[0]

    @property
    def assertions(self) -> int:
        return _totals(self.coverage)[1]

    @property
    def standing(self) -> tuple[Finding, ...]:
        """The findings that no ruling has resolved."""
        return tuple(f for f in self.findings if f.state != "resolved")

    @property
    def resolved(self) -> int:
        """How many findings rulings have resolved."""
        return len(self.findings) - len(self.standing)

    def by_severity(self) -> dict[str, int]:
        """How many findings stand."""
        return {s: sum(f.severity == s for f in self.standing) for s in SEVERITIES}

    def by_gravity(self) -> dict[str, int]:
        return {g: sum(p.severity == g for p in self.problems) for g in ("error", "warning")}


def _totals(coverage: Collection[Covered]) -> tuple[int, int]:
    if isinstance(coverage, Coverings):
        return coverage.totals
    return sum(c.typed for c in coverage), sum(c.assertions for c in coverage)
