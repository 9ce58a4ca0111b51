"""Whether a worker reads what the one who asks would read: the same program, the same domains, the same files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from audit.cache.program import program_mark
from audit.cluster.errors import ClusterError
from audit.files import File
from audit.pieces import bytes_of, digest_of
from claims.domain import domain_mark, is_path
from claims.errors import KoujingError

PROBES = 24
"""Files of which a worker shows that it sees them."""

PACKAGES = ("koujing", "msgspec")
"""Whose versions must be the same on all machines, besides that of Python."""


class Wanted(msgspec.Struct, frozen=True):
    """What a worker must have: the program's mark, marks of domains by their references, digests of some files."""

    program: str
    domains: tuple[tuple[str, str], ...]
    probes: tuple[tuple[File, str], ...]


def wanted(files: Sequence[File], domains: Sequence[str]) -> Wanted:
    """As it is here. Of the files some are looked at, from first to last; one that cannot be read here is none of
    them."""
    probes: list[tuple[File, str]] = []
    for file in files[:: max(1, len(files) // PROBES)]:
        digest = _digest(file)
        if digest is not None:
            probes.append((file, digest))
    return Wanted(program_mark(), tuple((name, domain_mark(name)) for name in domains), tuple(probes))


def hold(what: Wanted, worker: str) -> None:
    """Raises ClusterError with what is wrong on a worker (its address), if anything is."""
    if program_mark() != what.program:
        raise ClusterError("cluster-program", worker=worker)
    for name, mark in what.domains:
        try:
            same = domain_mark(name) == mark
        except (OSError, KoujingError):
            same = False
        if not same:
            code = "cluster-domain" if is_path(name) else "cluster-program"
            raise ClusterError(code, worker=worker, file=name)
    for file, digest in what.probes:
        ours = _digest(file)
        if ours != digest:
            code = "cluster-unseen" if ours is None else "cluster-other-file"
            raise ClusterError(code, worker=worker, file=file.place)


def _digest(file: File) -> str | None:
    try:
        return digest_of(bytes_of(file))
    except (OSError, KoujingError):
        return None


Versions = Mapping[str, str | None]


def versions_here() -> dict[str, str | None]:
    """Of Python and of `PACKAGES`."""
    found: dict[str, str | None] = {"python": ".".join(map(str, sys.version_info[:3])), "msgspec": msgspec.__version__}
    from importlib.metadata import PackageNotFoundError, version

    try:
        found["koujing"] = version("koujing")
    except PackageNotFoundError:
        found["koujing"] = None
    return found


def hold_versions(here: Versions, workers: Iterable[tuple[str, Versions]]) -> None:
    """Raises ClusterError for the first worker on which anything has another version than here, or is missing."""
    for worker, there in workers:
        for name in ("koujing", "python", "msgspec"):
            if there.get(name) != here.get(name):
                blanks = {"worker": worker, "what": name, "here": here.get(name) or "—"}
                if there.get(name) is None:
                    raise ClusterError("cluster-missing", **blanks)
                raise ClusterError("cluster-versions", there=str(there[name]), **blanks)
