"""A domain is a folder of YAML: topics, lexicon, patterns. Here are its records, and which is which;
:mod:`claims.domain_compiling` makes them of the files.

Nothing of a domain is code; a second one needs only another folder (docs/domain-authors.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from claims.errors import DomainError
from claims.facts import Fact
from claims.figures.rules import Figures
from claims.language.lexicon import Lexicon
from claims.rarity import Index
from claims.things import ThingKind
from claims.topics import Topic
from claims.wording import Tongues, Words

ANY = "any"
"""The subject of patterns that do not ask what a sentence is about."""

DOMAINS = Path(__file__).parent / "domains"


class Need(msgspec.Struct, frozen=True):
    """Any of `concepts`, as (concept, negated: True only, False never, None either, zone of the unit)."""

    concepts: tuple[tuple[str, bool | None, str], ...]


class About(msgspec.Struct, frozen=True):
    """Where the thing that a claim is about stands: before the words it rests on, after them, or before and, if it
    follows at once, after (`around`); it is about `each` of a list."""

    side: str = "before"
    each: bool = False


class Pattern(msgspec.Struct, frozen=True, kw_only=True):
    """One way of saying a claim on `topic`; the fields are described in docs/domain-authors.md."""

    id: str
    topic: str
    need: tuple[Need, ...]
    forbid: tuple[Need, ...] = ()
    sign: str = "+0"
    flags: tuple[str, ...] = ()
    not_flags: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    sequences: tuple[tuple[str, str, int], ...] = ()
    subject: tuple[str, ...] = ()
    value: Mapping[str, Any]
    members: str | None = None
    members_zone: str = "clause"
    least: int = 1
    number: str | None = None
    scope: Mapping[str, tuple[str, ...]] = {}
    quantifier: str | None = None
    rank: int = 0
    about: About = About()
    only_place: Mapping[str, Any] | None = None
    way: str = ""
    says: tuple[Any, ...] = ()
    silent: tuple[Any, ...] = ()
    place: tuple[str, int] = ("", 0)
    "Its file, and which of the patterns there it is, from 0."


class ScopeWords(msgspec.Struct, frozen=True):
    """How a facet is said: concept -> member in the `zone` of the unit (`said`; by default in its sentence so far), in
    a table's row labels (`rows`), in its column headers (`columns`); `years`: by the years that are named. With `part`
    also where the part as a whole says one member only. It is asked of `topics` (all, if empty) but `not_topics`."""

    said: Mapping[str, str]
    rows: Mapping[str, str]
    columns: Mapping[str, str] = {}
    years: bool = False
    part: bool = False
    zone: str = ""
    topics: frozenset[str] = frozenset()
    not_topics: frozenset[str] = frozenset()

    def narrows(self, topic: str) -> bool:
        """Whether it is asked of claims on a topic."""
        return topic not in self.not_topics and (not self.topics or topic in self.topics)


class SameSubject(msgspec.Struct, frozen=True):
    """A subject is also `as_` in a part where one clause holds all of the concepts `when`."""

    as_: str
    when: tuple[str, ...]


class Domain(msgspec.Struct, frozen=True, kw_only=True):
    """A compiled domain, read from `folder`. `sample_title` is the title under which examples are read;
    `members_of[family][concept]` are the set members that a concept stands for; `about_words` are the concepts that
    make a clause one about the domain, `about_weak` those that do so where it has a subject; `subjects` maps a
    subject's name to its concepts; `predicates` are the concepts that make a clause an assertion though it holds no
    grammar word; `levels`
    maps (inside|outside, province|prefecture|county) to a concept. A part without a word of `wakes` is not read; where
    `wakes` is None every one is. `uses` are kinds of what money is spent on, of which none is part of another, each
    with its concepts. `compounds_from` and `compounds_to` are the numbers of the compounds that begin and that end with
    a concept, `subjects_of` the subjects that it names; `idle` are concepts that only compounds are made of."""

    name: str
    folder: Path
    title: Tongues = ()
    sample_title: str
    topics: Mapping[str, Topic]
    words: Mapping[str, Words]
    facets: Mapping[str, Words]
    lexicon: Lexicon
    wakes: Lexicon | None = None
    things: Mapping[str, ThingKind] = {}
    roles: frozenset[str]
    members_of: Mapping[str, Mapping[str, tuple[str, ...]]]
    subjects: Mapping[str, frozenset[str]]
    default_subject: str
    about: Mapping[str, Any]
    about_words: frozenset[str] = frozenset()
    about_weak: frozenset[str] = frozenset()
    predicates: frozenset[str]
    levels: Mapping[str, Mapping[str, str]]
    aliases: Mapping[str, tuple[str, ...]]
    compounds: tuple[tuple[str, tuple[tuple[str, ...], ...], int], ...]
    compounds_from: Mapping[str, frozenset[int]] = {}
    compounds_to: Mapping[str, frozenset[int]] = {}
    idle: frozenset[str] = frozenset()
    subjects_of: Mapping[str, tuple[str, ...]] = {}
    scopes: Mapping[str, ScopeWords]
    same_subject: Mapping[str, SameSubject]
    patterns: tuple[Pattern, ...]
    index: Index = Index()
    uses: Mapping[str, frozenset[str]] = {}
    facts: tuple[Fact, ...] = ()
    figures: Figures | None = None


def shipped() -> tuple[str, ...]:
    """The names of the domains that come with the package, sorted."""
    return tuple(sorted(p.name for p in DOMAINS.iterdir() if (p / "domain.yaml").is_file()))


_loaded: dict[str, Domain] = {}
"""By the names that `load_domain` takes."""


def load_domain(name: str) -> Domain:
    """The shipped domain `name` (a folder of claims/domains), or the one in a folder of one's own: a path, which has a
    separator in it. Each is read once. Raises DomainError where there is none or it is bad."""
    if name not in _loaded:
        _loaded[name] = compile_domain(name)
    return _loaded[name]


def compile_domain(name: str) -> Domain:
    """What `load_domain` gives, compiled from its files. Raises DomainError."""
    return load_folder(domain_folder(name), check=is_path(name))


def load_folder(folder: Path, check: bool = True) -> Domain:
    """Load the domain in `folder`; `check` its files against the schemas first. Raises DomainError naming the file and
    what to mend."""
    from claims.domain_compiling import compiled

    return compiled(folder, check)


def loaded(name: str) -> bool:
    """Whether `load_domain` has a domain at hand."""
    return name in _loaded


def put_loaded(name: str, domain: Domain) -> None:
    """Have `load_domain` give this one, which somebody has kept of an earlier run."""
    _loaded[name] = domain


def is_path(name: str) -> bool:
    """Whether a domain is named by the path of its folder, which has a separator in it (./geo)."""
    return Path(name).name != name


def domain_folder(name: str) -> Path:
    """Where the files of a domain are, as `load_domain` takes its name. Raises DomainError where there is none."""
    if is_path(name):
        return Path(name)
    if name not in shipped():
        raise DomainError(f"there is no domain {name!r}", hint=f"shipped domains: {', '.join(shipped())}")
    return DOMAINS / name


def domain_mark(name: str) -> str:
    """What tells whether two domains, as :func:`load_domain` takes them, are the same: the digest of all their files,
    wherever they lie."""
    folder = Path(name) if is_path(name) else DOMAINS / name
    mark = sha256()
    for path in sorted(p for p in folder.rglob("*.yaml") if p.is_file()):
        data = path.read_bytes()
        mark.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode())
        mark.update(data)
    return mark.hexdigest()


def reread() -> None:
    """Forget the domains of folders of one's own: they may have been edited since."""
    for name in [name for name in _loaded if is_path(name)]:
        del _loaded[name]
