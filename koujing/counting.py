"""A corpus summed up while it is read: what `koujing check` needs of it, in little memory whatever its size."""

from __future__ import annotations

from collections.abc import Iterator

from audit.corpus import Corpus, Progress
from audit.defects import Told
from audit.files import Found
from audit.harvest import Asked, Harvest, asked
from audit.pieces import Store, Task
from audit.positions import Needs, Summary
from audit.references import cuts_by_topic, reference_of
from audit.summing import Parts, sum_up
from claims.model import Claim
from koujing import caching
from koujing.knowledge import references
from koujing.project import Project
from koujing.run import Opened, Reading, open_corpus
from reports.record import Covered, Coverings


class Counted(Reading, frozen=True, kw_only=True):
    """A corpus of which few claims are kept: `corpus.claims` are those that rulings may be about."""

    harvest: Harvest

    def claims(self) -> tuple[Claim, ...]:
        raise TypeError("claims are counted here, not kept")

    def summary(self, needs: Needs, told: Told) -> Summary:
        return self.harvest.summary

    def coverage(self) -> Coverings:
        return Coverings(self.harvest.totals(), len(self.harvest.covered), self._covered)

    def _covered(self) -> Iterator[Covered]:
        for path in sorted(file.path for file in self.files if file.shown):
            for name, typed, assertions in self.harvest.coverage(path):
                yield Covered(name, typed, assertions)

    def titles(self) -> dict[str, str]:
        return dict(self.harvest.titles())

    @property
    def articles(self) -> int:
        return len(self.harvest.articles)

    @property
    def said(self) -> int:
        return self.harvest.claims


def count_project(
    project: Project, today: str, *, jobs: int | None = None, progress: Progress | None = None,
    store: Store | None = None, found: Found | None = None, remote: Parts | None = None,
) -> Counted:  # fmt: skip
    """Find, read and sum up the whole corpus, as of `today`; what `store` has is not read again (by default, the cache
    of this run, unless it is read by `remote` processes)."""
    opened = open_corpus(project, found)
    if store is None and remote is None:
        store = caching.pieces()
    harvest = sum_up(
        opened.files, asked_of(opened, today), jobs=jobs, progress=progress, store=store, remote=remote
    )  # fmt: skip
    corpus = Corpus(
        claims=harvest.watched(), defects=harvest.sorted_defects(), problems=harvest.sorted_problems()
    )  # fmt: skip
    return Counted(harvest=harvest, **opened.fields(corpus, today))


def asked_of(opened: Opened, today: str) -> Asked:
    """What an audit of a project asks of every file."""
    config = opened.project.config
    facts = [reference_of(known.fact) for known in opened.facts if not known.off]
    standing = [reference_of(ruling.fact, "ruling") for ruling in opened.rulings if ruling.fact is not None]
    return asked(
        Task(references(opened.project)), today, opened.topics, cuts_by_topic([*facts, *standing]),
        (rest for ruling in opened.rulings for rest in ruling.rests), stale_days=config.stale_after_days,
        teasers=config.teasers != "ignore", quiet=(name for name, level in config.severity if level == "off"),
    )  # fmt: skip
