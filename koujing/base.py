"""`--base`: the working tree audited beside the commit that it grew from."""

from __future__ import annotations

import filecmp
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from audit.cache.pieces import Both
from audit.changes import Change, Loosened, compare, fresh, loosened
from audit.containers import home_of
from audit.corpus import Progress
from audit.following import Following
from audit.gate import FailOn
from audit.model import Finding
from audit.pieces import Digests, Store, bytes_of
from audit.problem import Problem, problem_key
from audit.revision import Checkout, RevisionError, checked_out, renames, resolve, uncommitted
from audit.rulings.folder import written
from claims.domain import domain_mark, is_path
from claims.errors import ConfigError, DomainError, ReadError
from koujing import caching, ledgers
from koujing.config import NAME, Config, load_config
from koujing.faults import Fault
from koujing.knowledge import references
from koujing.project import Project
from koujing.run import Reading, audited_by, find_conflicts, read_project, report_of
from reports.record import Report
from reports.wording.terms import Lang

_LAXER = ("info", "warning", "error", "never")
"""Levels of `fail_on`, each letting more pass than the one before."""


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """The audit of now, with the problems that there are in comparing, and what the change brings."""

    reading: Reading
    findings: tuple[Finding, ...]
    change: Change

    @property
    def brought(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.id in self.change.brought)


def compare_with(
    project: Project, ref: str, today: str, *, jobs: int | None = None, progress: Progress | None = None,
    possible: bool | None = None,
) -> Compared:  # fmt: skip
    """Audit the working tree and the merge base of `ref` and HEAD, both as of `today`.

    The commit is audited with its own config, domains and rulings; where these are broken there, with those of now.
    Raises Fault where there is nothing to compare with, and what `read_project` raises of the working tree.
    """
    begun, digests = time.time(), Digests()
    try:
        revision = resolve(project.root, ref)
        store = _store(digests)
        now = read_project(project, today, jobs=jobs, progress=progress, store=store)
        following = Following()  # of what is the same in both states nothing is compared twice
        findings = find_conflicts(now, possible=possible, following=following)
        with checked_out(revision, whole=not project.configured) as checkout:
            rules = _rules_then(project, checkout)
            then = read_project(_then(project, rules, checkout), today, jobs=jobs, progress=progress, store=store)
            before = find_conflicts(then, possible=possible, following=following)
            moved = _moved(checkout, then, now)
            laxer: tuple[Loosened, ...] = ()
            if _differ(project, rules, checkout):
                old_rules = _under_old_rules(project, rules, checkout)
                strict = read_project(old_rules, today, jobs=jobs, progress=progress, store=store)
                kept = _kept_rulings(project, old_rules)
                would_be = _without_changed(find_conflicts(strict, possible=possible), old_rules, kept)
                laxer = loosened(findings, would_be, kept)
            elif not rules.problems:
                ledgers.keep(then, before, checkout, digests, possible, project, begun)
            problems = {*_problems(now, then, moved), *rules.problems, *_about(project, rules, checkout, now, then)}
        came = compare(findings, before, moved)
        change = Change(
            base=ref, commit=revision.commit, brought=came.brought, resolved=came.resolved, left=came.left,
            loosened=laxer, uncommitted=uncommitted(revision),
            fresh=fresh((f for f in findings if f.id in came.brought), then.claims(), moved),
        )  # fmt: skip
    except RevisionError as e:
        raise Fault(e.code, path="", line=None, column=None, **e.blanks) from e
    told = tuple(sorted(problems, key=problem_key))
    return Compared(reading=replace(now, problems=told), findings=tuple(findings), change=change)


def _store(digests: Digests) -> Store:
    """What both states have in common is read once; what an earlier run has read, not at all."""
    kept = caching.pieces()
    return Both({}, {} if kept is None else kept, digests)


def report_of_change(
    compared: Compared, *, lang: Lang, today: tuple[str, str], fail_on: FailOn, least: int = 0
) -> Report:
    """What a change brings as a report, and its exit code; all else that there is now is counted as hidden."""
    report = report_of(compared.reading, compared.brought, lang=lang, today=today, fail_on=fail_on, least=least)
    hidden = len(compared.findings) - len(report.findings)
    everything = report_of(compared.reading, compared.findings, lang=lang, today=today, fail_on=fail_on)
    others = tuple(f for f in everything.findings if f.id not in compared.change.brought)
    return replace(report, others=others, hidden=hidden, change=compared.change)


# What the commit is audited by.


class _Rules(msgspec.Struct, frozen=True, kw_only=True):
    """A config whose own domains are absolute paths; `own`: it is the commit's. `problems` say what of the commit is
    broken, and so is taken from now."""

    config: Config
    configured: bool
    own: bool = True
    problems: tuple[Problem, ...] = ()


def _rules_then(project: Project, checkout: Checkout) -> _Rules:
    file = checkout.root / NAME
    if not file.is_file():
        return _Rules(config=Config(), configured=False)
    commit = checkout.revision.commit[:10]
    config: Config | None = None
    first: ConfigError | DomainError | None = None
    try:
        config = load_config(file, NAME)
    except ConfigError as e:
        first = e
    choices = [(own, root) for own in (config, None) for root in (checkout.root, project.root)]
    for own, root in choices:
        if own is None and config is not None and root != project.root:
            continue  # its config can be read: then the domains are tried before the config
        chosen = _absolute(own or project.config, root)
        try:
            audited_by(replace(project, root=root, here=root, config=chosen, configured=True))
        except (ConfigError, DomainError) as e:
            first = first or e
            continue
        if first is None:
            return _Rules(config=chosen, configured=True)
        code = "base-domain" if own is not None else "base-config"
        where = ":".join(str(part) for part in (first.path or NAME, first.line) if part)
        told = Problem(path=NAME, severity="warning", code=code, args=(("commit", commit), ("where", where)))
        return _Rules(config=chosen, configured=True, own=own is not None, problems=(told,))
    raise AssertionError("the config and domains of now were read before")


def _absolute(config: Config, root: Path) -> Config:
    """A config that means the same from any folder, as far as domains are concerned."""
    return replace(config, domains=tuple(str(root / name) if is_path(name) else name for name in config.domains))


def _then(project: Project, rules: _Rules, checkout: Checkout) -> Project:
    """The project as it was. PATHS that were not there yet are left out."""
    root = checkout.root
    root.mkdir(parents=True, exist_ok=True)
    if project.configured and not rules.configured:
        return Project(
            root=root, here=root, config=rules.config, configured=False, elsewhere=checkout.elsewhere
        )  # fmt: skip
    top = os.path.abspath(project.root)
    named = (os.path.relpath(os.path.abspath(project.here / path), top) for path in project.paths)
    paths = tuple(path for path in named if _was_there(root, path, checkout))
    if project.paths and not paths and not rules.configured:
        root = checkout.root.parent / f"{checkout.root.name}-nothing"
        root.mkdir(parents=True, exist_ok=True)
    return Project(
        root=root, here=root, config=rules.config, configured=rules.configured, paths=paths,
        elsewhere=checkout.elsewhere,
    )  # fmt: skip


def _was_there(root: Path, path: str, checkout: Checkout) -> bool:
    places = (root / path, root / home_of(path))
    return any(os.path.lexists(place) or os.path.realpath(place) in checkout.elsewhere for place in places)


def _under_old_rules(project: Project, rules: _Rules, checkout: Checkout) -> Project:
    """The articles of now, with the config, domains and rulings of the commit. What is a ruling in either is none of
    the articles."""
    folders = tuple(dict.fromkeys((project.config.rulings, rules.config.rulings)))
    config = replace(rules.config, rulings=(checkout.root / rules.config.rulings).as_posix())
    paths = project.paths if rules.configured or not project.configured else ()
    return replace(project, config=config, configured=rules.configured, paths=paths, leave_out=folders)


def _differ(project: Project, rules: _Rules, checkout: Checkout) -> bool:
    """Whether config, domains or rulings do, in anything that makes findings."""
    now, then = project.config, rules.config
    fields = ("articles", "exports", "severity", "teasers", "facts", "stale_after_days")
    if project.configured != rules.configured or any(getattr(now, f) != getattr(then, f) for f in fields):
        return True
    marks = [sorted(map(domain_mark, refs)) for refs in (references(project), then.domains)]
    return marks[0] != marks[1] or written(project.root / now.rulings) != written(checkout.root / then.rulings)


def _kept_rulings(project: Project, old_rules: Project) -> Mapping[str, str]:
    """The rulings that are in both states, word for word: their paths, as of the commit's rules -> as of now."""
    folders = (old_rules.config.rulings, project.config.rulings)
    then, now = (written(project.root / folder) for folder in folders)
    return {f"{folders[0]}/{name}": f"{folders[1]}/{name}" for name in then if then[name] == now.get(name)}


def _without_changed(findings: Iterable[Finding], old_rules: Project, kept: Mapping[str, str]) -> list[Finding]:
    """The findings without those of rulings that were changed or deleted, which is how such a finding is mended."""
    folder = old_rules.config.rulings + "/"

    def of_changed(finding: Finding) -> bool:
        paths = {quote.path for side in finding.sides for quote in side.quotes}
        return any(path.startswith(folder) and path not in kept for path in paths)

    return [finding for finding in findings if not of_changed(finding)]


# Which article is which.


def _moved(checkout: Checkout, then: Reading, now: Reading) -> Mapping[str, str]:
    """Path then -> path now of articles that are known by their id, or that git takes for renamed."""
    before, after = {file.path for file in then.files}, {file.path for file in now.files}
    root = now.project.root
    plain = {file.path for reading in (then, now) for file in reading.files if file.entry is None}
    gone = [p for p in sorted((before - after) & plain) if not os.path.lexists(root / p) and _within(p)]
    new = [p for p in sorted((after - before) & plain) if _within(p) and not os.path.islink(root / p)]
    moved = dict(renames(checkout, gone, new))
    ids_then, ids_now = _by_article_id(then), _by_article_id(now)
    return moved | {path: ids_now[name] for name, path in ids_then.items() if name in ids_now}


def _within(path: str) -> bool:
    return not path.startswith("../") and not os.path.isabs(path)


def _by_article_id(reading: Reading) -> Mapping[str, str]:
    """Of ids that one article has alone."""
    paths: dict[str, list[str]] = {}
    for article in reading.corpus.articles:
        if article.id is not None:
            paths.setdefault(article.id, []).append(article.path)
    return {name: found[0] for name, found in paths.items() if len(found) == 1}


# Problems.


def _problems(now: Reading, then: Reading, moved: Mapping[str, str]) -> Iterator[Problem]:
    """The problems of now. A file that could not be read then either, and is the same, makes no audit fail."""
    known: dict[tuple[str, str], str] = {}
    for problem in then.problems:
        known[moved.get(problem.path, problem.path), problem.code] = problem.path
    for problem in now.problems:
        before = known.get((problem.path, problem.code))
        if problem.severity == "error" and before is not None and _same(now, problem.path, then, before):
            yield replace(problem, severity="warning")
        else:
            yield problem


def _same(now: Reading, path: str, then: Reading, before: str) -> bool:
    if home_of(path) != path:
        return _bytes(now, path) == _bytes(then, before)
    ours, theirs = (_place(r.project, p) for r, p in ((now, path), (then, before)))
    try:
        return filecmp.cmp(ours, theirs, shallow=False)
    except OSError:  # no file on either side, such as a link that leads nowhere
        return not ours.is_file() and not theirs.is_file()


def _place(project: Project, path: str) -> Path:
    place = project.root / path
    known = project.elsewhere.get(os.path.join(os.path.realpath(place.parent), place.name))
    return place if known is None else Path(known.place)


def _bytes(reading: Reading, path: str) -> bytes | None:
    """Those of an article in a container; None where it is there no more, or no record."""
    try:
        return next((bytes_of(file) for file in reading.files if file.path == path), None)
    except (OSError, ReadError):
        return None


def _about(project: Project, rules: _Rules, checkout: Checkout, now: Reading, then: Reading) -> Iterator[Problem]:
    """What else of the commit a reader must know to judge the comparison."""
    commit = ("commit", checkout.revision.commit[:10])
    broken = {p.path for p in now.problems}
    folder = rules.config.rulings + "/"
    for problem in then.problems:
        if problem.severity == "error" and problem.path.startswith(folder) and problem.path not in broken:
            yield Problem(path=problem.path, severity="warning", code="base-ruling", args=(commit,))
    for module in checkout.modules:
        if any(file.path.startswith(f"{module}/") for file in now.files):
            yield Problem(path=module, severity="warning", code="base-submodule", args=(commit,))
    was, is_ = rules.config.fail_on, project.config.fail_on
    if rules.configured and rules.own and _LAXER.index(is_) > _LAXER.index(was):
        args = (commit, ("now", is_), ("was", was))
        line = project.config.line("fail_on")
        yield Problem(path=NAME, severity="warning", code="base-fail-on", args=args, line=line)
