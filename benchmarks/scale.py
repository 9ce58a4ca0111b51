"""How `koujing check` grows: CPU time an article and peak memory of all processes, from ten thousand articles to a
million, each planted conflict looked for among the findings.

    python -m benchmarks.scale 10000 100000 [1000000] [--long] [--jobs 2]

The articles are records of one export. Memory is what the processes have of their own and their share of what they
share (PSS), looked at four times a second; it needs Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks.corpus import TODAY, Made, Planted, article, planted, rows, short
from benchmarks.workers import ROOT, environment

LOOKS = 0.25
"""Seconds between two looks at memory."""


class Grown(msgspec.Struct, frozen=True, kw_only=True):
    """One run. `cpu` and `wall` in seconds, `peak` in bytes; `planted` of the conflicts, `found` of these, `invented`
    that are none."""

    articles: int
    size: int
    cpu: float
    wall: float
    peak: int
    planted: int
    found: int
    invented: int


def measured(number: int, make: Callable[[int], Made], folder: Path, jobs: int) -> Grown:
    """Make a corpus of so many articles, audit it, and hold the findings against what was planted."""
    export, out = folder / f"{number}.jsonl", folder / f"{number}.findings.jsonl"
    with export.open("w", encoding="utf-8") as stream:
        for row in rows(map(make, range(number))):
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    command = [
        sys.executable, "-m", "koujing", "check", str(export), "--format", "jsonl", "--today", TODAY, "--no-cache",
        "--jobs", str(jobs),
    ]  # fmt: skip
    before, begun = children_cpu(), time.monotonic()
    with out.open("wb") as stream, subprocess.Popen(command, stdout=stream, env=environment(), cwd=ROOT) as run:
        peak = max(_peak(run), default=0)
    if run.returncode not in (0, 1):
        raise RuntimeError(f"koujing ended with exit code {run.returncode}; what it said is above")
    cpu, wall = children_cpu() - before, time.monotonic() - begun
    expected = planted(map(make, range(number)))
    said = list(_conflicts(out))
    known = {key for one in expected for key in [_key(one)]}
    size = export.stat().st_size
    export.unlink()
    return Grown(
        articles=number, size=size, cpu=cpu, wall=wall, peak=peak, planted=len(known), found=len(known & set(said)),
        invented=len(said) - len(known & set(said)),
    )  # fmt: skip


Key = tuple[str, str, str, str, str]


def _key(one: Planted) -> Key:
    low, high = sorted(one.values, key=float)
    return (one.topic, one.city, str(one.year), low, high)


def _conflicts(out: Path) -> Iterator[Key]:
    """What was found, as what was planted is known."""
    with out.open(encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            if "sides" not in record:
                continue
            values = sorted(f"{side['value']['low']:g}" for side in record["sides"])
            values.sort(key=float)
            scope = record["sides"][0]["scope"]
            year = scope.get("year", [record["sides"][0]["claims"][0]["as_of"][:4]])[0]
            yield record["topic"], scope["region"][0], year, values[0], values[1]


def children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak(run: subprocess.Popen[bytes]) -> Iterator[int]:
    while run.poll() is None:
        yield sum(map(_own, _family(run.pid)))
        time.sleep(LOOKS)


def _family(pid: int) -> Iterable[int]:
    yield pid
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
        for task in tasks:
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                yield from _family(int(child))
    except OSError:
        return


def _own(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def main() -> None:
    parser = argparse.ArgumentParser(description="How koujing check grows with the number of articles.")
    parser.add_argument("articles", type=int, nargs="+")
    parser.add_argument("--long", action="store_true", help="long articles, of twenty claims, instead of short ones")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    print("| articles | MB | CPU ms an article | wall s | peak MB | planted | found | invented |")
    print("|---|---|---|---|---|---|---|---|")
    with TemporaryDirectory() as folder:
        for number in args.articles:
            one = measured(number, article if args.long else short, Path(folder), args.jobs)
            print(
                f"| {one.articles:,} | {one.size / 1e6:.1f} | {1000 * one.cpu / one.articles:.2f} | {one.wall:.0f} "
                f"| {one.peak / 1e6:.0f} | {one.planted:,} | {one.found:,} | {one.invented:,} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
