"""`python -m fuzz`: every target for its share of the time; a table; exit code 1 where something was found.

python -m fuzz --minutes 60
python -m fuzz --minutes 5 extraction domain
python -m fuzz --smallest extraction build/fuzz/extraction/findings/0123456789ab
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from fuzz.one import Stats
from fuzz.smallest import smallest
from fuzz.targets import NAMES, target

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "fuzz"
_COVERED = re.compile(r"cov: (\d+)")
_ENDED = ("crash-", "timeout-", "oom-", "leak-")
_START = 120
"""Seconds that a process may take beside its share: to import and to run its seeds."""


class Came(msgspec.Struct, frozen=True):
    """What fuzzing a target came to: `covered` counts branches of our code."""

    name: str
    inputs: int
    minutes: float
    cpu: float
    covered: int
    slowest: float
    findings: tuple[str, ...]

    def row(self) -> str:
        speed = self.inputs / max(self.cpu, 1e-9)
        return (
            f"| {self.name:<12} | {self.minutes:7.1f} | {self.cpu / 60:7.1f} | {self.inputs:9,} | {speed:8,.0f} "
            f"| {self.covered:8,} | {self.slowest:9.2f} | {len(self.findings):8} |"
        )


HEAD = """\
| target       | minutes | CPU min |    inputs | in/CPU s | branches | slowest s | findings |
|--------------|--------:|--------:|----------:|---------:|---------:|----------:|---------:|"""


def fuzzed(name: str, seconds: float, folder: Path) -> Came:
    """One target fuzzed; again where its process ends before its time, until that has passed."""
    place = folder / name
    findings = place / "findings"
    findings.mkdir(parents=True, exist_ok=True)
    for old in findings.iterdir():
        old.unlink()
    end, whole = time.monotonic() + seconds, Stats()
    covered, told = 0, dict[str, str]()
    while (left := end - time.monotonic()) > 5 or not whole.inputs:
        (place / "stats.json").unlink(missing_ok=True)
        command = [sys.executable, "-m", "fuzz.one", name, str(max(left, 1)), str(place)]
        with open(place / "log", "ab") as log:
            ran = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, check=False)
        if (place / "stats.json").exists():
            stats = msgspec.json.decode((place / "stats.json").read_bytes(), type=Stats)
            whole.inputs += stats.inputs
            whole.seconds += stats.seconds
            whole.cpu += stats.cpu
            whole.slowest = max(whole.slowest, stats.slowest)
            told |= {file: f"{what} at {where}" for what, where, file in stats.findings}
        tail = (place / "log").read_bytes()[-200_000:].decode("utf-8", "replace")
        covered = max([covered, *map(int, _COVERED.findall(tail))])
        ended = [file.name for file in findings.iterdir() if file.name.startswith(_ENDED)]
        told |= {file: f"the process ended ({ran.returncode})" for file in ended if file not in told}
        if ran.returncode and not ended:
            told[f"exit-{ran.returncode}"] = f"the process ended: see {place / 'log'}"
            break
    for file, words in told.items():
        print(f"  {name}: {words}: {findings / file}", flush=True)
    return Came(name, whole.inputs, whole.seconds / 60, whole.cpu, covered, whole.slowest, tuple(told))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"default: all of {', '.join(NAMES)}")
    parser.add_argument("--minutes", type=float, default=10, help="over all targets, each for the same share")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="corpora and findings")
    parser.add_argument("--smallest", nargs=2, metavar=("TARGET", "FILE"), help="cut a found input to what is needed")
    options = parser.parse_args(arguments)
    if options.smallest:
        name, file = options.smallest
        sys.stdout.buffer.write(smallest(target(name).check, Path(file).read_bytes()) + b"\n")
        return 0
    names = options.targets or list(NAMES)
    unknown = set(names) - set(NAMES)
    if unknown:
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    print(HEAD, flush=True)
    came = []
    for name in names:
        came.append(fuzzed(name, options.minutes * 60 / len(names), options.folder))
        print(came[-1].row(), flush=True)
    inputs, found = sum(one.inputs for one in came), sum(len(one.findings) for one in came)
    minutes, cpu = sum(one.minutes for one in came), sum(one.cpu for one in came) / 60
    print(f"{inputs:,} inputs in {minutes:.0f} minutes, {cpu:.0f} of CPU; open findings: {found}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
