"""Start-up: what a command costs before it has read anything, beside the import of click alone.

    python -m benchmarks.startup [--rounds 5]

The check is of one small article, with the user's cache as it is on every day but the first: `unchanged` was checked
before, `changed` has words in it that no run has read. Each is a process of its own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.result import Check, Row, Side
from benchmarks.workers import environment

SECTION = "start-up"
TIMES_VERSION, TIMES_CHECK = 1.3, 5.0
ARTICLE = "---\ntitle: 家庭共济问答\ndate: 2025-03-11\n---\n\n职工医保个人账户的家庭共济已经可以跨省使用。\n"


def measured(folder: Path, rounds: int) -> tuple[list[Row], list[Check]]:
    """The rows and checks, by runs in turn in an empty folder."""
    place = folder / "article.md"
    env = {**environment(), "KOUJING_CACHE_DIR": str(folder / "cache")}
    said: dict[str, set[tuple[int, bytes]]] = {}

    def run(name: str, *command: str) -> float:
        begun = time.perf_counter()
        done = subprocess.run([sys.executable, *command], cwd=folder, env=env, capture_output=True, check=False)
        took = time.perf_counter() - begun
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{name} failed: {done.stderr.decode(errors='replace')[-2000:]}")
        said.setdefault(name, set()).add((done.returncode, done.stdout))
        return took

    def changed(n: int) -> float:
        place.write_text(f"{ARTICLE}\n第{n}次修改。\n", encoding="utf-8")
        took = run("changed", *CHECK)
        place.write_text(ARTICLE, encoding="utf-8")
        return took

    contestants: dict[str, Callable[[int], float]] = {
        "import click": lambda n: run("import click", "-c", "import click"),
        "version": lambda n: run("version", "-m", "koujing", "--version"),
        "unchanged": lambda n: run("unchanged", *CHECK),
        "changed": changed,
    }
    place.write_text(ARTICLE, encoding="utf-8")
    took: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(rounds + 2):
        for name in contestants if turn % 2 else reversed(contestants):
            seconds = contestants[name](turn)
            if turn > 1:  # first come .pyc files and the cache
                took[name].append(seconds)
    sides = {name: Side(name, tuple(seconds)) for name, seconds in took.items()}

    def row(name: str, one: str, most: float | None) -> Row:
        return Row(
            section=SECTION, name=f"{name} / python -c 'import click'", one=sides[one], other=sides["import click"],
            clock="wall", at_most=most,
        )  # fmt: skip

    rows = [
        row("koujing --version", "version", TIMES_VERSION),
        row("koujing check of one small article, unchanged", "unchanged", TIMES_CHECK),
        row("koujing check of one small article, changed", "changed", None),
    ]
    same = all(len(several) == 1 for several in said.values())
    return rows, [Check("start-up: the same bytes each time", same)]


CHECK: Sequence[str] = ("-m", "koujing", "check", "--today", "2026-01-15", "article.md")


def main() -> None:
    parser = argparse.ArgumentParser(description="Start-up beside the import of click.")
    parser.add_argument("--rounds", type=int, default=5, help="counted runs (default: 5)")
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        rows, checks = measured(Path(folder), args.rounds)
    for row in rows:
        print(f"{row.name:75} {row.ratio:6.2f}  ({min(row.ratios):.2f}-{max(row.ratios):.2f})")
    for check in checks:
        print(f"{check.name}: {'yes' if check.holds else 'NO'}")


if __name__ == "__main__":
    main()
