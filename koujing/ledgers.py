"""What a commit comes to, kept by a run that audited it in full, for runs that compare with it (`koujing/pull.py`)."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path

import msgspec

from audit import containers, git, globs
from audit.cache.ledgers import Ledgers
from audit.defects import defect_findings
from audit.differing import is_exact
from audit.files import below_top
from audit.harvest import watched
from audit.ledger import Article, Head, is_watched, pack_watched
from audit.model import Finding
from audit.names import is_hidden
from audit.pieces import Digests, Scanned
from audit.revision import Checkout
from audit.rulings.folder import written
from claims.domain import domain_mark
from koujing import caching
from koujing.knowledge import references
from koujing.project import Project
from koujing.remembered import SOON
from koujing.run import Reading

_encode = msgspec.msgpack.Encoder(enc_hook=str, order="deterministic").encode


def key_of(project: Project, commit: str, today: str, possible: bool | None) -> bytes | None:
    """What a commit's ledger is known by: all that its findings depend on. Config, rulings and domains are those of
    now, for one is only kept where these are the commit's, too. None where it cannot be known."""
    try:
        rulings = dict(written(project.root / project.config.rulings)) if project.configured else {}
        domains = [domain_mark(name) for name in references(project)]
        rest = [
            caching.program(), commit, below_top(project.root), project.config, project.configured, rulings, domains,
            today, possible,
        ]  # fmt: skip
        return sha256(_encode(rest)).digest()[:20]
    except (OSError, UnicodeEncodeError):
        return None


def plain(project: Project) -> bool:
    """Whether the articles of a project are all that is there, or what globs mean, each a file of its own."""
    config = project.config
    if project.paths or project.leave_out or project.elsewhere or config.exports:
        return False
    if posixpath.normpath(config.rulings) != config.rulings.rstrip("/") or config.rulings.startswith(("/", "..")):
        return False
    wanted = globs.wanted(config.articles)
    return not any(containers.is_container(glob) or is_hidden(globs.base(glob)) for glob in wanted)


def keep(
    then: Reading, findings: Sequence[Finding], checkout: Checkout, digests: Digests, possible: bool | None,
    now: Project, begun: float,
) -> None:  # fmt: skip
    """Keep what a commit came to, `then`, which config, domains and rulings of `now` made as well. Nothing is kept
    where anything is out of the ordinary, or a file has changed since the comparison was `begun` (seconds)."""
    disk = caching.disk()
    if disk is None or checkout.modules or checkout.links or not plain(now) or then.problems != then.corpus.problems:
        return
    if not _still(then, checkout, begun) or any(problem.code in ("internal", "killed") for problem in then.problems):
        return  # what the program failed on it may do better with next time
    key = key_of(now, checkout.revision.commit, then.today, possible)
    articles = _articles(then, digests)
    if key is None or articles is None:
        return
    revision = checkout.revision
    try:
        exact = is_exact(Path(os.path.realpath(now.root)), revision.top)
    except (git.GitError, git.NoGit):
        return
    claims = then.claims()
    watch = watched(rest for ruling in then.rulings for rest in ruling.rests)
    coverage = [c for a in articles for c in a.coverage]
    head = Head(
        findings=tuple((f.whole, f.state != "resolved") for f in findings),
        problems=then.problems,
        articles=sum(a.read for a in articles),
        said=sum(a.said for a in articles),
        typed=sum(typed for _, typed, _ in coverage),
        assertions=sum(assertions for _, _, assertions in coverage),
        parts=len(coverage),
        shards={},
        exact=exact,
        defects=tuple(f.id for f in defect_findings(then.corpus.defects)) if then.rulings else (),
        watched=pack_watched(c for c in then.corpus.claims if is_watched(c, watch)) if then.rulings else b"",
    )
    Ledgers(disk).keep(key, head, articles, claims)


def _still(then: Reading, checkout: Checkout, begun: float) -> bool:
    """Whether the files that were read where they are in the work tree are from before the comparison."""
    ours = str(checkout.index.parent)
    try:
        stats = (os.stat(file.place) for file in then.files if not file.place.startswith(ours))
        return all(max(found.st_mtime, found.st_ctime) < begun - SOON for found in stats)
    except OSError:
        return False


def _articles(then: Reading, digests: Digests) -> list[Article] | None:
    """The files of a corpus by path; None where one is out of the ordinary, or an id is given twice."""
    read = {article.path: article for article in then.corpus.articles}
    ids = [article.id for article in read.values() if article.id is not None]
    if len(ids) != len(set(ids)):
        return None
    said = {path: sum(c.value is not None for c in of) for path, of in groupby(then.claims(), lambda c: c.path)}
    found: list[Article] = []
    for file in then.files:
        digest = digests.of(file) if file.entry is None else None
        if digest is None:
            return None
        one = read.get(file.path)
        found.append(listed(file.path, file.size, digest, one, said.get(file.path, 0), then.project))
    return sorted(found, key=lambda a: a.path)


def listed(path: str, size: int, digest: str, read: Scanned | None, said: int, project: Project) -> Article:
    """A file as ledgers list it."""
    known = bytes.fromhex(digest)
    if read is None:
        return Article(path, size, known, read=False)
    teasers = project.config.teasers == "include"
    covered = ((c.part, c.typed, c.assertions) for c in read.coverage if teasers or c.part == "main")
    return Article(path, size, known, read.id, True, said, tuple(covered))
