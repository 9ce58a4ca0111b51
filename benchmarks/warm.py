"""Warm runs: nothing changed, beside reading and hashing the same files; and a pull request of five articles.

    python -m benchmarks.warm [--articles 20000] [--pull 10000] [--rounds 5]

Each is a process of its own. A corpus is made and audited once, which fills the cache and takes far longer than all
that is measured here. The pull request changes five of so many articles, others each time, and `check --base HEAD`
compares; it is set beside a run over the same articles in which nothing changed, and beside one for which each article
is known and the result is made again. The first pull request, which meets the commit for the first time, counts as
little as any first round.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpus import TODAY, article, write
from benchmarks.result import Check, Row, Side
from benchmarks.workers import environment

SECTION = "warm runs"
TIMES_READING, TIMES_PULL = 2.5, 1.5
FIVE = 5
ARTICLES, PULL = 20_000, 10_000

READ = """
import hashlib, os, sys
for folder, below, names in os.walk(sys.argv[1]):
    below[:] = sorted(name for name in below if not name.startswith("."))
    for name in names:
        with open(os.path.join(folder, name), "rb") as stream:
            hashlib.sha256(stream.read()).hexdigest()
"""
CHECK = ("-m", "koujing", "check", "--today", TODAY, "--format", "json")


def measured(
    folder: Path, rounds: int, articles: int = ARTICLES, pull: int = PULL
) -> tuple[list[Row], list[Check]]:
    """The rows and checks, by runs in turn in an empty folder."""
    env = {**environment(), "KOUJING_CACHE_DIR": str(folder / "cache")}
    outputs: dict[str, set[bytes]] = {}

    def run(name: str, place: Path, *command: str) -> float:
        begun = time.perf_counter()
        done = subprocess.run([sys.executable, *command], cwd=place, env=env, capture_output=True, check=False)
        took = time.perf_counter() - begun
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{name} failed: {done.stderr.decode(errors='replace')[-2000:]}")
        outputs.setdefault(name, set()).add(done.stdout)
        return took

    everything, repo = folder / "all", folder / "repo"
    _make(everything, articles)
    _make(repo, pull)
    _commit(repo)
    run("cold", everything, *CHECK)
    run("cold, of the repo", repo, *CHECK)
    rows: list[Row] = []
    took = _in_turn(rounds, {
        "unchanged": lambda n: run("unchanged", everything, *CHECK),
        "read": lambda n: run("read", everything, "-c", READ, str(everything)),
    })  # fmt: skip
    size = f"{articles:,} articles"
    rows.append(
        Row(
            section=SECTION, name=f"koujing check, nothing changed in {size} / reading and hashing the files",
            one=took["unchanged"], other=took["read"], clock="wall", at_most=TIMES_READING,
        )
    )  # fmt: skip

    def pulled(n: int) -> float:
        # Five other articles each time: no round knows what the one before has read.
        for number in range(n * FIVE, n * FIVE + FIVE):
            place = repo / article(number).name
            place.write_text(f"{article(number).text}\n第{n}次修改：个人账户可以给父母使用。\n", encoding="utf-8")
        seconds = run("pull request", repo, *CHECK, "--base", "HEAD")
        subprocess.run(["git", "checkout", "-q", "."], cwd=repo, check=True, env=_GIT)
        return seconds

    took = _in_turn(rounds, {
        "pull": pulled,
        # A day on which nobody has asked: what is known of each article is summed up and compared once more.
        "known": lambda n: run("known", repo, *CHECK[:-2], "--format", "jsonl", "--today", f"2026-02-{n + 1:02}"),
        "unchanged": lambda n: run("unchanged, of the repo", repo, *CHECK),
    })  # fmt: skip
    name = f"PR of {FIVE} among {pull:,} / warm run of those {pull:,}"
    against = (("unchanged", name, TIMES_PULL), ("known", f"{name}, of which the result is made again", None))
    for other, what, most in against:
        rows.append(
            Row(section=SECTION, name=what, one=took["pull"], other=took[other], clock="wall", at_most=most)
        )  # fmt: skip
    pairs = (("cold", "unchanged"), ("cold, of the repo", "unchanged, of the repo"))
    same = all(len(outputs[a] | outputs[b]) == 1 for a, b in pairs)
    brought = [json.loads(output)["summary"]["change"] for output in outputs["pull request"]]
    return rows, [
        Check("warm runs: the same bytes as cold", same),
        Check("warm runs: a pull request is compared with what it changes", all("brought" in c for c in brought)),
    ]


_GIT = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def _make(place: Path, articles: int) -> None:
    place.mkdir(parents=True)
    write(map(article, range(articles)), place)


def _commit(repo: Path) -> None:
    who = ("-c", "user.name=b", "-c", "user.email=b@example.org")
    for command in (("init", "-q", "."), ("add", "."), (*who, "commit", "-q", "-m", "made")):
        subprocess.run(["git", *command], cwd=repo, check=True, env=_GIT)


def _in_turn(rounds: int, contestants: dict[str, Callable[[int], float]]) -> dict[str, Side]:
    """Seconds of each by rounds; the first does not count."""
    took: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(rounds + 1):
        order: Sequence[str] = list(contestants) if turn % 2 else list(contestants)[::-1]
        for name in order:
            seconds = contestants[name](turn)
            if turn:
                took[name].append(seconds)
    return {name: Side(name, tuple(several)) for name, several in took.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description="Warm runs beside reading and hashing.")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="of which nothing changes")
    parser.add_argument("--pull", type=int, default=PULL, help="of which five change")
    parser.add_argument("--rounds", type=int, default=5, help="counted runs")
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        rows, checks = measured(Path(folder), args.rounds, args.articles, args.pull)
    for row in rows:
        print(f"{row.name:100} {row.ratio:6.2f}  ({min(row.ratios):.2f}-{max(row.ratios):.2f})")
    for check in checks:
        print(f"{check.name}: {'yes' if check.holds else 'NO'}")


if __name__ == "__main__":
    main()
