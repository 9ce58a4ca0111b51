"""What the page is made of: an audit whole, as the command fills it in. Sections only read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

import msgspec

from audit.model import Position, Reference
from audit.rulings.model import Ruling
from audit.rulings.standing import Standing
from claims.article import Article
from claims.model import Claim, path_of
from claims.wording import Tongues
from reports.record import FactOrigin, Report, Sources

Read: TypeAlias = Callable[[Iterable[str]], Iterator[Article]]
"""Paths -> their articles, those that can be read, one at a time: a large corpus does not fit into memory whole."""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """An article, or a teaser on its page (`article` as a claim names it). `date` is ISO; `claims` are those on a
    topic, `typed` of `assertions` its coverage."""

    article: str
    title: str = ""
    date: str | None = None
    author: str | None = None
    claims: int = 0
    typed: int = 0
    assertions: int = 0

    @property
    def path(self) -> str:
        """The file, without the part."""
        return path_of(self.article)

    @property
    def is_teaser(self) -> bool:
        return self.path != self.article


class Stand(msgspec.Struct, frozen=True):
    """A position that articles take, and the claims that take it, in their one order."""

    position: Position
    claims: tuple[Claim, ...]


class Fact(msgspec.Struct, frozen=True):
    """A reference fact, where it comes from, and whether articles are held against it. `follow` and `against` are the
    paths of those that say so, and of those that say otherwise."""

    reference: Reference
    origin: FactOrigin = "domain"
    off: bool = False
    follow: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class DomainUsed(msgspec.Struct, frozen=True):
    """A domain that articles were read with; `mark` is the digest of its files (hexadecimal)."""

    name: str
    title: Tongues = ()
    mark: str = ""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """What the run was given. `commit` is HEAD's hash, "" outside git; `uncommitted` counts files of the working tree
    that are in no commit yet; `config` is the path of koujing.yaml, "" without one; `commands` are those that a
    reader can be told to run."""

    version: str = ""
    commit: str = ""
    uncommitted: int = 0
    domains: tuple[DomainUsed, ...] = ()
    config: str = ""
    paths: tuple[str, ...] = ()
    commands: frozenset[str] = frozenset()


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """One audit.

    `report.findings` are all that there are now, also where `report.change` compares: what is brought is told by
    that, and `report.blocks` are the findings among these that block. `articles` and `claims` are by a claim's
    `article`, in order of path and place; claims on no topic (`untyped`) are among them. `stands` are by topic,
    `references` (facts that are on, and what rulings say stands) by id. `size` is how many bytes
    the articles have.
    """

    report: Report
    articles: Mapping[str, Listing] = {}
    claims: Mapping[str, tuple[Claim, ...]] = {}
    stands: Mapping[str, tuple[Stand, ...]] = {}
    facts: tuple[Fact, ...] = ()
    references: Mapping[str, Reference] = {}
    rulings: tuple[Ruling, ...] = ()
    standings: tuple[Standing, ...] = ()
    run: Run = Run()
    size: int = 0
    read: Read = lambda paths: iter(())
    sources: Sources = lambda path: None


class Apart(msgspec.Struct, frozen=True):
    """A page beside the index: its file as seen from there (`articles/a-….html`), its title, and what is on it, as
    markup."""

    file: str
    title: str
    body: str
