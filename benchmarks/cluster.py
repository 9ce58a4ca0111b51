"""What `koujing check --cluster` costs beside a run on this machine: CPU time of the workers, the scheduler and the one
who asks, an article; and whether both print the same bytes.

    python -m benchmarks.cluster 10000 [40000] [--long] [--workers 2]

The articles are records of one export. The scheduler and the workers are processes of this machine, so nothing is said
of a network. It needs koujing[cluster], and its psutil.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks.corpus import TODAY, Made, article, rows, short
from benchmarks.scale import children_cpu
from benchmarks.workers import ROOT, environment

PATIENCE = 120


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """One corpus read twice: CPU seconds of a run here (two processes), and of the parts of a cluster's."""

    articles: int
    size: int
    local: float
    client: float
    scheduler: float
    workers: float
    wall: float
    same: bool


def measured(number: int, make: Callable[[int], Made], folder: Path, workers: int) -> Shared:
    export = folder / f"{number}.jsonl"
    with export.open("w", encoding="utf-8") as stream:
        for row in rows(map(make, range(number))):
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    command = [
        sys.executable, "-m", "koujing", "check", str(export), "--format", "jsonl", "--today", TODAY, "--no-cache",
    ]  # fmt: skip
    before = children_cpu()
    here = subprocess.run([*command, "--jobs", "2"], stdout=subprocess.PIPE, env=environment(), cwd=ROOT, check=False)
    local = children_cpu() - before
    with cluster(folder, workers) as (address, scheduler, others):
        marks = [_used(scheduler), sum(map(_used, others))]
        begun = time.monotonic()
        asking = subprocess.Popen(
            [*command, "--cluster", address], stdout=subprocess.PIPE, env=environment(), cwd=ROOT
        )  # fmt: skip
        # Not by what has ended of this process's children: the workers go on.
        before = children_cpu()
        out, _ = asking.communicate()
        client = children_cpu() - before
        used = [_used(scheduler) - marks[0], sum(map(_used, others)) - marks[1]]
        wall = time.monotonic() - begun
    return Shared(
        articles=number, size=export.stat().st_size, local=local, client=client, scheduler=used[0], workers=used[1],
        wall=wall, same=(here.returncode, here.stdout) == (asking.returncode, out),
    )  # fmt: skip


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, int, list[int]]]:
    """The address of a scheduler, its process, those of its workers."""
    told = folder / "scheduler.json"
    told.unlink(missing_ok=True)
    with ExitStack() as stack:

        def start(name: str, *arguments: str) -> int:
            log = stack.enter_context((folder / f"{name}.log").open("wb"))
            process = subprocess.Popen(
                [sys.executable, *arguments], stdout=log, stderr=log, env=environment(), cwd=folder
            )  # fmt: skip
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process.pid

        scheduler = start(
            "scheduler", "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            "--scheduler-file", str(told),
        )  # fmt: skip
        others = [
            start(
                f"worker-{n}", "-m", "distributed.cli.dask_worker", "--scheduler-file", str(told), "--nthreads", "1",
                "--no-nanny", "--no-dashboard", "--host", "127.0.0.1", "--local-directory", str(folder / f"w{n}"),
            )
            for n in range(workers)
        ]  # fmt: skip
        for n in range(workers):
            _until(folder / f"worker-{n}.log", b"Registered to")
        yield json.loads(told.read_text())["address"], scheduler, others


def _until(log: Path, said: bytes) -> None:
    end = time.monotonic() + PATIENCE
    while said not in log.read_bytes():
        if time.monotonic() > end:
            raise RuntimeError(log.read_text())
        time.sleep(0.1)


def _used(pid: int) -> float:
    import psutil  # type: ignore[import-untyped, unused-ignore]

    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def main() -> None:
    parser = argparse.ArgumentParser(description="What koujing check --cluster costs beside a run on this machine.")
    parser.add_argument("articles", type=int, nargs="+")
    parser.add_argument("--long", action="store_true", help="long articles, of twenty claims, instead of short ones")
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    print("CPU ms an article:")
    print("| articles | MB | here | cluster: workers | scheduler | who asks | wall s | same bytes |")
    print("|---|---|---|---|---|---|---|---|")
    with TemporaryDirectory() as folder:
        for number in args.articles:
            one = measured(number, article if args.long else short, Path(folder), args.workers)
            each = [1000 * seconds / number for seconds in (one.local, one.workers, one.scheduler, one.client)]
            print(
                f"| {one.articles:,} | {one.size / 1e6:.1f} | {each[0]:.2f} | {each[1]:.2f} | {each[2]:.3f} "
                f"| {each[3]:.2f} | {one.wall:.0f} | {'yes' if one.same else '**no**'} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
