"""The facts that a project holds its articles against: its domains', as koujing.yaml turns off, replaces or adds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from claims.alike import nearest
from claims.domain import Domain
from claims.domain_files import deepest
from claims.errors import ConfigError
from claims.facts import Fact, FactError, fact_of
from claims.topics import Topic
from koujing.config import Config
from koujing.faults import ConfigFault
from koujing.knowledge import topics_of
from reports.record import FactOrigin

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")


class Known(msgspec.Struct, frozen=True):
    """A fact, where it comes from, and whether articles are held against it."""

    fact: Fact
    origin: FactOrigin
    off: bool = False


def known_facts(config: Config, domains: Iterable[Domain]) -> tuple[Known, ...]:
    """All facts by id, those turned off too. Raises ConfigError where the config's `facts` cannot be read."""
    domains = tuple(domains)
    shipped = {fact.id: fact for domain in domains for fact in domain.facts}
    topics = topics_of(domains)
    known = {name: Known(fact, "domain", config.facts.get(name) == "off") for name, fact in shipped.items()}
    known |= _own(config, shipped, topics)
    return tuple(known[name] for name in sorted(known))


def _own(config: Config, shipped: Mapping[str, Fact], topics: Mapping[str, Topic]) -> Iterator[tuple[str, Known]]:
    for name, entry in config.facts.items():
        line = config.line(f"facts.{name}")
        if entry == "off":
            if name not in shipped:
                raise ConfigFault(
                    "unknown-fact", path=config.path, line=line, got=name, near=nearest(name, shipped),
                    known=", ".join(sorted(shipped)) or "—",
                )  # fmt: skip
            continue
        if not _NAME.match(name):
            raise ConfigFault("fact-name", path=config.path, line=line, got=name)
        try:
            fact = fact_of(name, entry, topics)
        except FactError as e:
            where = deepest(["facts", name, *e.where], dict(config.lines))
            raise ConfigError(f"{name}: {e.message}", path=config.path, line=where, hint=e.hint) from e
        yield name, Known(fact, "replaced" if name in shipped else "added")
