"""What workers do: groups of files to sums, sums to one. Bytes go in and come out, so that their size is known to the
cluster, and what they mean to nobody but koujing."""

from __future__ import annotations

import pickle
import subprocess
import sys
import zlib
from collections.abc import Sequence
from os import environ, pathsep
from threading import Lock
from typing import TypeVar

import msgspec

from audit.cluster.fitness import Wanted, hold
from audit.cluster.groups import halves
from audit.files import File
from audit.harvest import Asked, Harvest
from audit.summing import killed, summarise

T = TypeVar("T")

_reading = Lock()
"""Threads of one process would not read sooner than one of them."""

_held: set[bytes] = set()


class Job(msgspec.Struct, frozen=True):
    """What is asked of every file, and what a worker must have for it."""

    asked: Asked
    wanted: Wanted


def packed(what: object) -> bytes:
    return zlib.compress(pickle.dumps(what, 5), 1)


def unpacked(data: bytes, kind: type[T]) -> T:
    what = pickle.loads(zlib.decompress(data))
    assert isinstance(what, kind)
    return what


def harvest_in(data: bytes) -> Harvest:
    """What a task gave."""
    return unpacked(data, Harvest)


def job_in(data: bytes) -> Job:
    return unpacked(data, Job)


def read(job: Job, group: bytes, worker: str = "") -> bytes:
    """Sum up a group of files. Raises ClusterError where this worker must not."""
    with _reading:
        fit(job.wanted, worker)
        return packed(summarise(unpacked(group, tuple), job.asked))


def read_alone(job: Job, group: bytes, worker: str = "") -> bytes:
    """The same in processes of their own, for files of which some may end theirs: such a one is a problem."""
    fit(job.wanted, worker)
    return packed(_alone(unpacked(group, tuple), job.asked))


def merge(*parts: bytes) -> bytes:
    """One sum of several."""
    with _reading:
        return packed(sum_of([harvest_in(part) for part in parts]))


def fit(what: Wanted, worker: str) -> None:
    """Raises ClusterError where this worker does not have what is wanted; looks once."""
    key = pickle.dumps(what, 5)
    if key not in _held:
        hold(what, worker)
        _held.add(key)


def sum_of(parts: Sequence[Harvest]) -> Harvest:
    """One of several, the first of which it becomes."""
    first, *others = parts
    for other in others:
        first.absorb(other)
    return first


def _alone(files: Sequence[File], asked: Asked) -> Harvest:
    # Not multiprocessing: a worker may be a daemon, which that allows no children.
    env = {**environ, "PYTHONPATH": pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-m", "audit.cluster.alone"], input=packed((files, asked)), capture_output=True, env=env,
        check=False,
    )  # fmt: skip
    if done.returncode == 0:
        return harvest_in(done.stdout)
    if done.returncode > 0:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    # Ended itself, though it is only the parent of those who read: memory is so short that anything may be.
    return sum_of([_alone(half, asked) for half in halves(files)]) if len(files) > 1 else killed(files[0], asked)
