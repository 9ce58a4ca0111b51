"""The domains that a project is read with: shipped ones by their names, its own by the paths of their folders."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from audit.cache.domains import prepare
from audit.files import shown_path
from claims.alike import nearest
from claims.domain import Domain, is_path, load_domain, reread, shipped
from claims.errors import DomainError
from claims.topics import Topic
from koujing import caching
from koujing.faults import ConfigFault, Fault
from koujing.project import Project


def reference(name: str, base: Path) -> str:
    """What `claims.domain.load_domain` takes for a name, or for a path seen from `base`. Raises Fault where there is no
    such domain."""
    if not is_path(name):
        if name not in shipped():
            raise Fault("unknown-domain", got=name, near=_near(name, base), known=", ".join(shipped()))
        return name
    folder = base / name
    if not (folder / "domain.yaml").is_file():
        raise Fault("no-domain-folder", got=name)
    return str(folder.absolute())


def _near(name: str, base: Path) -> str:
    """The domain that was meant: a folder of the project, else the shipped one of the most alike name, else ""."""
    for folder in (base / "domains" / name, base / name):
        if (folder / "domain.yaml").is_file():
            return f"./{folder.relative_to(base).as_posix()}"
    return nearest(name, shipped())


def references(project: Project) -> tuple[str, ...]:
    """The references of the config's domains. Raises ConfigFault with the line that names one that is not there."""
    config = project.config
    found: list[str] = []
    for name in config.domains:
        try:
            found.append(reference(name, project.root))
        except Fault as e:
            line = config.line(f"domains.{name}")
            raise ConfigFault(e.code, path=config.path, line=line, column=None, **e.blanks) from e
    return tuple(found)


def load(ref: str, here: Path) -> Domain:
    """The domain of a reference. Raises DomainError; its files are named as seen from `here`."""
    try:
        disk = caching.disk()
        if disk is not None:
            caching.ready()
            prepare(ref, disk, caching.program())
        return load_domain(ref)
    except DomainError as e:
        if e.path and is_path(ref):
            e.path = shown_path(e.path, str(here))
        raise


def load_domains(project: Project) -> tuple[Domain, ...]:
    """The config's domains. Raises DomainError for one that is bad, ConfigFault where one is not there or two define
    the same topic."""
    reread()
    domains = tuple(load(ref, project.here) for ref in references(project))
    owner: dict[str, str] = {}
    for name, domain in zip(project.config.domains, domains, strict=True):
        for topic in domain.topics:
            if topic in owner:
                config = project.config
                line = config.line(f"domains.{name}")
                raise ConfigFault("same-topic", path=config.path, line=line, got=topic, first=owner[topic], second=name)
            owner[topic] = name
    return domains


def topics_of(domains: Iterable[Domain]) -> dict[str, Topic]:
    """The topics of all of them, by id."""
    return {name: topic for domain in domains for name, topic in domain.topics.items()}


def chosen(project: Project, name: str | None) -> tuple[Domain, ...]:
    """The domain of a name on the command line, else the config's; a path is one seen from the current folder, and
    the last part of a path in the config stands for it. Raises Fault."""
    if name is None:
        return load_domains(project)
    reread()
    if not is_path(name) and name not in shipped():
        for configured in project.config.domains:
            if is_path(configured) and Path(configured).name == name:
                return (load(reference(configured, project.root), project.here),)
    return (load(reference(name, project.here), project.here),)
