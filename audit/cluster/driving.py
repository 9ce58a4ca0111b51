"""A Dask cluster made to sum files up, from the side of the one who asks. The only module that knows Dask.

Groups of files are tasks; the sums of a partition's groups are merged in a tree, by workers, and come home as one. What
is home is safe. Until then the sums of groups stay where they are, so that a worker that is lost costs what it was
reading, and those of its sums that had not come home: the others are merged once more, not read.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import Any

from distributed import Client, Future, KilledWorker, get_worker

from audit.cluster import tasks
from audit.cluster.errors import ClusterError
from audit.cluster.fitness import PACKAGES, Wanted, hold_versions, versions_here, wanted
from audit.cluster.groups import grouped, halves
from audit.cluster.tasks import Job, harvest_in, packed
from audit.files import File
from audit.harvest import Asked, Harvest
from audit.summing import killed

AHEAD = 3
"""Groups that wait for each worker."""

FAN_IN = 8
"""Sums that are merged at once."""

TRIES = 3
"""How often a merge is tried that loses its workers."""

WAIT = 60.0
"""Seconds without any worker after which nobody is waited for."""

LOOK = 2.0
"""Seconds between two looks at the workers."""


class Cluster:
    """A connection to a scheduler; a context manager. Raises ClusterError where there is none within `timeout` seconds,
    or no worker, or one that has not the same versions of all."""

    def __init__(self, address: str, timeout: float) -> None:
        self.address = address
        try:
            self.client = Client(address, timeout=timeout, set_as_default=False, name="koujing")
        except Exception as e:  # what an address, a host or a stranger's answer may raise is of many kinds
            raise ClusterError("cluster-unreachable", address=address, why=_why(e)) from e
        try:
            self.workers = self._workers(timeout)
            found = self.client.get_versions(packages=list(PACKAGES))["workers"]
            there = [(name, _versions(worker["packages"])) for name, worker in sorted(found.items())]
            hold_versions(versions_here(), there)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        # What is under way is let go with the connection.
        self.client.close(timeout=5)

    @property
    def dashboard(self) -> str:
        """Its address, "" where the scheduler has none."""
        try:
            return str(self.client.dashboard_link or "")
        except (KeyError, AttributeError):
            return ""

    def _workers(self, timeout: float) -> int:
        until = time.monotonic() + timeout
        while not (found := len(self.client.nthreads())):
            if time.monotonic() > until:
                raise ClusterError("cluster-no-workers", address=self.address)
            time.sleep(0.2)
        return found

    def sum_up(self, files: Sequence[File], asked: Asked) -> Iterator[tuple[int, Harvest | None]]:
        """`audit.summing.Parts`. Raises ClusterError."""
        what = wanted(files, asked.task.domains)
        self._look_at_all(what)
        yield from _Run(self, Job(asked, what)).parts(files)

    def _look_at_all(self, what: Wanted) -> None:
        """Raises ClusterError where one of the workers that are there now must not read."""
        try:
            answers = self.client.run(_fit, packed(what), on_error="return")
        except OSError as e:
            raise ClusterError("cluster-lost", address=self.address, why=_why(e)) from e
        for worker, answer in sorted(answers.items()):
            if isinstance(answer, ClusterError):
                raise answer
            if isinstance(answer, (ImportError, AttributeError)):  # a koujing without what is asked of it
                raise ClusterError("cluster-program", worker=worker) from answer


class _Partition:
    """Groups whose sums are to be one. `sums` of those that are read; `left` of those that are not."""

    def __init__(self) -> None:
        self.sums: list[Future] = []
        self.left = 0
        self.whole = False
        self.tries = 0


class _Run:
    """One sum over all workers, with what is under way."""

    def __init__(self, cluster: Cluster, job: Job) -> None:
        self._cluster = cluster
        self._client = cluster.client
        self._asked = job.asked
        self._job = self._client.submit(tasks.job_in, packed(job), pure=False)
        self._events: SimpleQueue[Future] = SimpleQueue()
        self._reading: dict[str, tuple[Future, Sequence[File], _Partition, bool]] = {}
        self._merging: dict[str, tuple[Future, _Partition]] = {}
        self._workers = cluster.workers
        self._looked = self._worked = time.monotonic()

    def parts(self, files: Sequence[File]) -> Iterator[tuple[int, Harvest | None]]:
        left = grouped(files, self._workers)
        ends, number, partition = False, -1, _Partition()
        while True:
            while not ends and len(self._reading) < AHEAD * self._workers:
                new, group = next(left, (-1, ()))
                if new != number:
                    partition.whole = True
                    self._merge(partition)
                    number, partition = new, _Partition()
                ends = not group
                if group:
                    self._read(group, partition)
            if ends and not self._reading and not self._merging:
                return
            future = self._next()
            if future is None:
                continue
            if future.key in self._reading:
                yield from self._have_read(future)
            elif future.key in self._merging:
                yield from self._have_merged(future)

    def _next(self) -> Future | None:
        """Something that is done; None after some time without anything."""
        now = time.monotonic()
        if now - self._looked > LOOK:
            self._look(now)
        try:
            return self._events.get(timeout=LOOK)
        except Empty:
            return None

    def _look(self, now: float) -> None:
        """Who works now? Workers may come and go."""
        try:
            self._workers = len(self._client.nthreads())
        except OSError as e:
            raise self._lost(e) from e
        self._looked = now
        if self._workers:
            self._worked = now
        elif now - self._worked > WAIT:
            raise ClusterError("cluster-no-workers", address=self._cluster.address)
        if self._client.status != "running":
            raise self._lost(None)

    def _lost(self, e: Exception | None) -> ClusterError:
        return ClusterError("cluster-lost", address=self._cluster.address, why=_why(e) if e else "closed")

    # Groups.

    def _read(self, group: Sequence[File], partition: _Partition, *, alone: bool = False) -> None:
        task = _read_alone if alone else _read
        future = self._client.submit(task, self._job, packed(tuple(group)), pure=False)
        self._reading[future.key] = (future, group, partition, alone)
        partition.left += 1
        future.add_done_callback(self._events.put)

    def _have_read(self, future: Future) -> Iterator[tuple[int, Harvest | None]]:
        _, group, partition, alone = self._reading.pop(future.key)
        partition.left -= 1
        if future.status == "finished":
            partition.sums.append(future)
            yield len(group), None
        elif not isinstance(self._error(future), KilledWorker):
            raise self._raised(future)
        elif not alone:
            # Some file of it has ended several workers, or others that were read there have.
            self._read(group, partition, alone=True)
        elif len(group) > 1:
            for half in halves(group):
                self._read(half, partition, alone=True)
        else:
            yield 1, killed(group[0], self._asked)
        self._merge(partition)

    # Sums.

    def _merge(self, partition: _Partition) -> None:
        """Have the sums of a partition merged, if it has all of them."""
        if not partition.whole or partition.left or not partition.sums:
            return
        row = deque(partition.sums)
        while len(row) > 1:
            several = [row.popleft() for _ in range(min(FAN_IN, len(row)))]
            row.append(self._client.submit(tasks.merge, *several, pure=False, priority=1))
        self._merging[row[0].key] = (row[0], partition)
        row[0].add_done_callback(self._events.put)

    def _have_merged(self, future: Future) -> Iterator[tuple[int, Harvest | None]]:
        _, partition = self._merging.pop(future.key)
        if future.status == "finished":
            try:
                data = future.result()
            except Exception:  # it was lost on its way
                data = None
            if data is not None:
                partition.sums.clear()
                yield 0, harvest_in(data)
                return
        elif not isinstance(self._error(future), KilledWorker):
            raise self._raised(future)
        partition.tries += 1
        if partition.tries == TRIES:
            raise ClusterError("cluster-dying", address=self._cluster.address)
        self._merge(partition)

    def _error(self, future: Future) -> BaseException | None:
        return future.exception(timeout=LOOK) if future.status == "error" else None

    def _raised(self, future: Future) -> BaseException:
        return self._error(future) or self._lost(None)


# What workers are sent: they know their own address.


def _fit(what: bytes, dask_worker: Any) -> None:
    tasks.fit(tasks.unpacked(what, Wanted), str(dask_worker.address))


def _read(job: Job, group: bytes) -> bytes:
    return tasks.read(job, group, str(get_worker().address))


def _read_alone(job: Job, group: bytes) -> bytes:
    return tasks.read_alone(job, group, str(get_worker().address))


def _versions(packages: dict[str, str | None]) -> dict[str, str | None]:
    """As `versions_here` has them: Dask tells that of Python with all that belongs to it (3.11.7.final.0)."""
    python = packages.get("python") or ""
    return {**packages, "python": ".".join(python.split(".")[:3])}


def _why(e: Exception) -> str:
    return (str(e) or type(e).__name__).splitlines()[0]
