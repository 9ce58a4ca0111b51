"""One audit from files to findings: what every command begins with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from audit.conflicts import conflicts
from audit.containers import line_of
from audit.corpus import NEVER, Corpus, Progress, scan
from audit.defects import Told, defect_findings
from audit.files import File, Files, Found, below_top
from audit.following import Basis, Following
from audit.gate import FailOn, Level, blocking, exit_code, settle, wants_possible
from audit.harvest import titles_of
from audit.identity import shortened
from audit.model import Defect, Finding, Reference
from audit.opening import source_of
from audit.pieces import Store, bytes_of
from audit.positions import Needs, Summary
from audit.problem import Problem, problem_key
from audit.references import cuts_by_topic, hold, reference_of, uphold
from audit.rulings import effect as ruling_effect
from audit.rulings.effect import Effect, reviewed
from audit.rulings.folder import read_rulings
from audit.rulings.mending import ways
from audit.rulings.model import Ruling
from audit.rulings.troubles import troubles
from claims.domain import Domain
from claims.errors import ReadError
from claims.model import Claim, part_name
from claims.topics import Topic
from koujing import __version__, caching
from koujing.config import Config, check_topics
from koujing.facts import Known, known_facts
from koujing.knowledge import load_domains, references, topics_of
from koujing.project import Project, articles_of
from reports.record import Covered, Report
from reports.wording.terms import Lang
from reports.wording.vocabulary import Vocabulary


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A corpus as read: its files, its claims (teasers as the config has them), its topics."""

    project: Project
    files: Files
    corpus: Corpus
    domains: tuple[Domain, ...]
    problems: tuple[Problem, ...]
    facts: tuple[Known, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    today: str = NEVER

    @property
    def topics(self) -> dict[str, Topic]:
        return topics_of(self.domains)

    @property
    def shown(self) -> frozenset[str]:
        """The paths whose claims and findings were asked for."""
        return frozenset(file.path for file in self.files if file.shown)

    def claims(self) -> tuple[Claim, ...]:
        if self.project.config.teasers == "ignore":
            return tuple(c for c in self.corpus.claims if not c.is_teaser)
        return self.corpus.claims

    def defects(self) -> tuple[Defect, ...]:
        if self.project.config.teasers == "ignore":
            return tuple(d for d in self.corpus.defects if not any(q.is_teaser for q in d.stated))
        return self.corpus.defects

    def summary(self, needs: Needs, told: Told) -> Summary:
        """All that is said."""
        return Summary(self.claims(), needs, told)

    @property
    def articles(self) -> int:
        """How many articles were read."""
        return len(self.corpus.articles)

    @property
    def said(self) -> int:
        """How many claims are on a topic."""
        return sum(c.value is not None for c in self.claims())

    def coverage(self) -> Collection[Covered]:
        """How much was typed of each article and teaser of the chosen paths."""
        teasers, shown = self.project.config.teasers == "include", self.shown
        return tuple(
            Covered(part_name(a.path, c.part), c.typed, c.assertions)
            for a in self.corpus.articles
            if a.path in shown
            for c in a.coverage
            if teasers or c.part == "main"
        )

    def rows(self, findings: Iterable[Finding]) -> dict[str, int]:
        """The lines of the records that findings and problems are of, as far as their exports have lines."""
        wanted = {place.path for finding in findings for side in finding.sides for place in side.places}
        wanted |= {problem.path for problem in self.problems}
        files = (file for path in sorted(wanted) if (file := self.files.find(path)) is not None)
        return {file.path: line for file in files if (line := line_of(file.entry))}

    def sources(self) -> Sources:
        return Sources(self.files, self.rulings)

    def words(self, lang: Lang) -> Vocabulary:
        return vocabulary(self.domains, lang)

    def titles(self) -> dict[str, str]:
        """By a claim's `article`."""
        return {name: title for a in self.corpus.articles for name, title in titles_of(a).items()}


class Findable(Protocol):
    """Files by their paths."""

    def find(self, path: str) -> File | None: ...


class Sources:
    """Source texts by path, of articles and rulings; an article is read when asked for, and one that cannot be read
    any more has none."""

    def __init__(self, files: Findable, rulings: Iterable[Ruling] = (), most: int = 64) -> None:
        self._files = files
        self._rulings = {ruling.path: ruling.text for ruling in rulings}
        self._most = most
        self._texts: dict[str, str | None] = {}

    def __call__(self, path: str) -> str | None:
        if path in self._rulings:
            return self._rulings[path]
        if path not in self._texts:
            if len(self._texts) >= self._most:
                self._texts.clear()
            self._texts[path] = self._read(path)
        return self._texts[path]

    def _read(self, path: str) -> str | None:
        try:
            file = self._files.find(path)
            return source_of(file, bytes_of(file)) if file is not None else None
        except (OSError, ReadError):
            return None


def vocabulary(domains: Iterable[Domain], lang: Lang) -> Vocabulary:
    domains = tuple(domains)
    words = {name: of for domain in domains for name, of in domain.words.items()}
    units = {name: t.unit for domain in domains for name, t in domain.topics.items() if t.unit is not None}
    facets = {name: of for domain in domains for name, of in getattr(domain, "facets", {}).items()}
    return Vocabulary(lang=lang, topics=words, facets=facets, units=units)


def audited_by(project: Project) -> tuple[tuple[Domain, ...], tuple[Known, ...]]:
    """The domains and facts that a project is audited by. Raises ConfigError or DomainError where its config does not
    go with them."""
    domains = load_domains(project)
    check_topics(project.config, topics_of(domains))
    return domains, known_facts(project.config, domains)


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A project before its articles are read: what it is audited by, its files, its rulings."""

    project: Project
    domains: tuple[Domain, ...]
    facts: tuple[Known, ...]
    files: Files
    rulings: tuple[Ruling, ...]
    problems: frozenset[Problem]
    changed: Callable[[], list[Problem]] = list
    """What has changed since these were found."""

    @property
    def topics(self) -> dict[str, Topic]:
        return topics_of(self.domains)

    def fields(self, corpus: Corpus, today: str) -> dict[str, Any]:
        """What a Reading is made of, now that its corpus is read."""
        problems = sorted({*self.problems, *corpus.problems, *self.changed()}, key=problem_key)
        return {
            "project": self.project, "files": self.files, "corpus": corpus, "domains": self.domains,
            "problems": tuple(problems), "facts": self.facts,
            "rulings": self.rulings, "today": today,
        }  # fmt: skip


def open_corpus(project: Project, found: Found | None = None) -> Opened:
    """Find the articles, unless they are `found`, and the rulings of a project."""
    config = project.config
    domains, facts = audited_by(project)
    found = found or articles_of(project)
    topics = topics_of(domains)
    rulings, malformed = read_rulings(project.root, config.rulings, topics) if project.configured else ((), [])
    problems = {*found.problems, *malformed}
    if not found.files:
        where = "." if not project.paths else project.paths[0]
        problems.add(Problem(path=where, severity="warning", code="no-articles"))
    return Opened(
        project=project, domains=domains, facts=facts, files=found.files, rulings=tuple(rulings),
        problems=frozenset(problems), changed=found.changed,
    )  # fmt: skip


def read_project(
    project: Project, today: str, *, jobs: int | None = None, progress: Progress | None = None,
    store: Store | None = None, found: Found | None = None,
) -> Reading:  # fmt: skip
    """Find and read the whole corpus, as of `today`; what `store` has is not read again (by default, the cache of this
    run)."""
    opened = open_corpus(project, found)
    corpus = scan(
        opened.files, references(project), today=today, stale_days=project.config.stale_after_days, jobs=jobs,
        progress=progress, store=caching.pieces() if store is None else store,
    )  # fmt: skip
    return Reading(**opened.fields(corpus, today))


def find_conflicts(
    reading: Reading, *, possible: bool | None = None, following: Following | None = None
) -> list[Finding]:
    """Every finding of the corpus, as the config has them and with what rulings make of them; `possible` overrides
    what the config says of that kind. With `following`, what is as it was before is not compared again."""
    levels, wanted = levels_of(reading.project.config, possible)
    # A defect that is off tells nothing: the pair of claims speaks for itself then.
    defects = [d for d in reading.defects() if levels.get(d.code) != "off"]
    core = {name for name, topic in reading.topics.items() if topic.core}
    facts = held_to(reading)
    topics, today = reading.topics, reading.today
    effect = ruled(reading, facts)
    closings, references = effect.closings, [*facts, *effect.references]
    if following is None:
        needs = Needs(topics=topics, cuts=cuts_by_topic(references), named=closings.named)
        summary = reading.summary(needs, Told(defects))
        held = hold(summary, references, topics, today=today, possible=wanted, closings=closings)
        pairs = conflicts(summary, topics, possible=wanted, closings=closings)
    else:
        basis = Basis(
            claims=reading.claims(), defects=defects, topics=topics, references=references, closings=closings,
            today=today, possible=wanted,
        )  # fmt: skip
        pairs, held = following(basis)
    pairs = uphold(pairs, held.refuted)
    found = reviewed([*pairs, *held.findings, *defect_findings(defects, core, closings)], effect.reviews)
    idle = effect.void or effect.expired
    known = ways(reading.rulings, effect, ruling_corpus(reading, facts)) if idle else {}
    return shortened(settle([*found, *troubles(effect, reading.corpus.claims, known)], levels))


def levels_of(config: Config, possible: bool | None) -> tuple[dict[str, Level], bool]:
    """The severities that a config gives, and whether pairs that are possible only are asked for."""
    levels: dict[str, Level] = dict(config.severity)
    wanted = wants_possible(levels) if possible is None else possible
    if possible and levels.get("possible") == "off":
        del levels["possible"]
    return levels, wanted


def held_to(reading: Reading) -> list[Reference]:
    """The facts that articles are held against."""
    return references_of(reading.facts)


def references_of(facts: Iterable[Known]) -> list[Reference]:
    return [reference_of(known.fact) for known in facts if not known.off]


def ruled(reading: Reading, facts: Sequence[Reference]) -> Effect:
    """What the rulings of a content repo come to in its corpus."""
    if not reading.rulings:
        return Effect()
    return ruling_effect.effect_of(reading.rulings, ruling_corpus(reading, facts))


def ruling_corpus(reading: Reading, facts: Sequence[Reference]) -> ruling_effect.Corpus:
    """What rulings are held against."""
    return ruling_effect.Corpus(
        claims=reading.corpus.claims,
        defects=frozenset(finding.id for finding in defect_findings(reading.corpus.defects)),
        facts=facts,
        topics=reading.topics,
        texts=reading.sources(),
        today=reading.today,
    )


class Everywhere:
    """All paths: those of a million articles are not listed only to find each of them among them."""

    def __contains__(self, path: object) -> bool:
        return True


def touches(finding: Finding, paths: Container[str]) -> bool:
    """Whether any words of a finding stand in one of the paths."""
    return any(place.path in paths for side in finding.sides for place in side.places)


def report_of(
    reading: Reading, findings: Iterable[Finding], *, lang: Lang, today: tuple[str, str], fail_on: FailOn,
    least: int = 0,
) -> Report:  # fmt: skip
    """What there is to show of an audit, and its exit code."""
    everything = list(findings)
    paths = reading.shown if reading.project.paths else Everywhere()
    shown = [f for f in everything if touches(f, paths)]
    blocks = blocking(shown, fail_on, paths)
    return Report(
        findings=tuple(shown),
        hidden=len(everything) - len(shown),
        problems=reading.problems,
        articles=reading.articles,
        claims=reading.said,
        coverage=reading.coverage(),
        least=least,
        titles=reading.titles(),
        today=today[0],
        today_source=today[1],
        fail_on=fail_on,
        blocks=frozenset(f.id for f in blocks),
        exit_code=exit_code(bool(blocks), reading.problems),
        rulings={ruling.id: ruling for ruling in reading.rulings},
        version=__version__,
        root_prefix=below_top(reading.project.root),
        rows=reading.rows(shown),
        configured=reading.project.configured,
        words=reading.words(lang),
    )


def by_id(findings: Iterable[Finding]) -> Mapping[str, Finding]:
    return {finding.id: finding for finding in findings}
