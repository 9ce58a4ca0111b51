"""An audit whole, as the web page wants it: what was read, what was found, and what the run was given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from functools import partial
from typing import TypeAlias

from msgspec.structs import replace

from audit import git
from audit.cells import claim_order
from audit.containers import home_of
from audit.files import File, Files, shown_path
from audit.identity import position_key
from audit.model import Finding, Position
from audit.opening import article_of
from audit.pieces import Scanned, bytes_of, digest_of
from audit.positions import position_of
from audit.references import reference_of
from audit.revision import RevisionError, resolve
from audit.rulings.standing import Standing, held, standings
from claims.article import Article
from claims.domain import domain_mark
from claims.errors import KoujingError
from claims.model import Claim, part_name
from koujing import __version__
from koujing.base import Compared, report_of_change
from koujing.knowledge import references
from koujing.remembered import About
from koujing.run import Reading, held_to, report_of, ruled, ruling_corpus
from reports.html.record import Audit, DomainUsed, Fact, Listing, Run, Stand
from reports.record import Report

Parsed: TypeAlias = MutableMapping[tuple[File, str], Article]
"""Articles that need not be taken apart again, by their files and the digests of these."""


def audit_of(reading: Reading, findings: Iterable[Finding], about: About, parsed: Parsed | None = None) -> Audit:
    """The audit of a corpus as it is. `parsed` takes the articles that pages read, and gives them."""
    return _audit(reading, report_of(reading, findings, **about), parsed)


def audit_of_change(compared: Compared, about: About) -> Audit:
    """All that there is now, and what of it a change brings: that alone blocks."""
    brought = report_of_change(compared, **about)
    report = report_of(compared.reading, compared.findings, **about)
    report = replace(report, blocks=brought.blocks, change=brought.change, exit_code=brought.exit_code)
    return _audit(compared.reading, report)


def _audit(reading: Reading, report: Report, parsed: Parsed | None = None) -> Audit:
    paths = reading.shown
    shown = [claim for claim in reading.claims() if claim.path in paths]
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in shown:
        claims[claim.article].append(claim)
    facts = tuple(_facts(reading, shown))
    standing = [reference_of(ruling.fact, "ruling") for ruling in reading.rulings if ruling.fact is not None]
    known = {one.id: one for one in (*(fact.reference for fact in facts if not fact.off), *standing)}
    return Audit(
        report=report,
        articles={one.article: one for one in _listings(reading, claims)},
        claims={article: tuple(claims[article]) for article in sorted(claims)},
        stands=_stands(shown),
        facts=facts,
        references=known,
        rulings=reading.rulings,
        standings=_standings(reading, report),
        run=_run(reading),
        size=sum(file.size for file in reading.files if file.shown),
        read=partial(_read, reading.files, parsed),
        sources=reading.sources(),
    )


def _stands(claims: Iterable[Claim]) -> dict[str, tuple[Stand, ...]]:
    """The positions that claims take, by topic, in their one order."""
    taken: dict[str, dict[Position, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in dict.fromkeys(claims):
        position = position_of(claim)
        if position is not None:
            taken[claim.topic][position].append(claim)
    return {
        topic: tuple(
            Stand(position, tuple(sorted(taken[topic][position], key=claim_order)))
            for position in sorted(taken[topic], key=position_key)
        )
        for topic in sorted(taken)
    }


def _facts(reading: Reading, claims: Sequence[Claim]) -> Iterator[Fact]:
    on: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        on[claim.topic].append(claim)
    for known in reading.facts:
        reference, topic = reference_of(known.fact), reading.topics.get(known.fact.topic)
        follow, against = set[str](), set[str]()
        if topic is not None and not known.off:
            follow, against = held(reference, on[topic.id], topic, today=reading.today)
        yield Fact(reference, known.origin, known.off, tuple(sorted(follow - against)), tuple(sorted(against)))


def _standings(reading: Reading, report: Report) -> tuple[Standing, ...]:
    if not reading.rulings:
        return ()
    facts = held_to(reading)
    effect, corpus = ruled(reading, facts), ruling_corpus(reading, facts)
    return tuple(standings(reading.rulings, effect, corpus, report.findings))


def _listings(reading: Reading, claims: dict[str, list[Claim]]) -> Iterator[Listing]:
    teasers = reading.project.config.teasers == "include"
    shown = reading.shown
    for article in reading.corpus.articles:
        if article.path not in shown:
            continue
        for part in _parts(article):
            if part == "main" or teasers:
                name = part_name(article.path, part)
                yield _listing(article, part, name, claims.get(name, ()))


def _parts(article: Scanned) -> list[str]:
    """`main` first."""
    parts = dict.fromkeys(["main", *(c.part for c in article.coverage), *(part for part, _ in article.titles)])
    return list(parts)


def _listing(article: Scanned, part: str, name: str, claims: Sequence[Claim]) -> Listing:
    covered = next((c for c in article.coverage if c.part == part), None)
    return Listing(
        article=name,
        title=dict(article.titles).get(part, ""),
        date=dict(article.dates).get(part),
        author=article.author if part == "main" else None,
        claims=sum(claim.value is not None for claim in claims),
        typed=covered.typed if covered else 0,
        assertions=covered.assertions if covered else 0,
    )


def _read(files: Files, parsed: Parsed | None, paths: Iterable[str]) -> Iterator[Article]:
    for path in paths:
        file = files.find(path)
        if file is None:
            continue
        try:
            yield _article(file, parsed)
        except (OSError, KoujingError):
            continue


def _article(file: File, parsed: Parsed | None) -> Article:
    data = bytes_of(file)
    if parsed is None:
        return article_of(file, data)
    key = file, digest_of(data)
    article = parsed.get(key)
    if article is None:
        article = parsed[key] = article_of(file, data)
    return article


def _run(reading: Reading) -> Run:
    from koujing.cli import COMMANDS  # not at the top: the command line imports the commands

    project = reading.project
    refs = references(project)
    domains = tuple(
        DomainUsed(domain.name, domain.title, domain_mark(ref))
        for domain, ref in zip(reading.domains, refs, strict=True)
    )
    commit, uncommitted = _commit(reading)
    return Run(
        version=__version__, commit=commit, uncommitted=uncommitted, domains=domains, config=project.config.path,
        paths=project.paths, commands=frozenset(COMMANDS),
    )  # fmt: skip


def _commit(reading: Reading) -> tuple[str, int]:
    """HEAD, and how many files of the audit (articles, config, rulings) are in no commit yet. Nothing outside git."""
    project = reading.project
    try:
        revision = resolve(project.root, "HEAD")
    except RevisionError:
        return "", 0
    try:
        listed = git.tell(revision.top, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
    except (git.GitError, git.NoGit):
        return revision.commit, 0
    read = {home_of(file.path) for file in reading.files} | {ruling.path for ruling in reading.rulings}
    if project.configured:
        read.add("koujing.yaml")
    places = {shown_path(str(project.root / path), str(revision.top)) for path in read}
    changed = (entry[3:].decode("utf-8", "surrogateescape") for entry in listed.split(b"\0") if entry)
    return revision.commit, sum(path in places for path in changed)
