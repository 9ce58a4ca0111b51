"""Fuzz one target for some seconds, in this process: `python -m fuzz.one TARGET SECONDS FOLDER`.

Findings are written to FOLDER/findings, each kind once, and fuzzing goes on. What ends the process (a crash in native
code, no memory, a hang in native code) libFuzzer writes there. FOLDER/stats.json says how far it came.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from random import Random

import msgspec

from fuzz.guard import Clock, Finding, tried
from fuzz.mutating import mutated
from fuzz.target import Target
from fuzz.targets import target

PACKAGES = ["claims", "audit", "koujing"]
_HANG = 120
"""Seconds by the wall clock after which libFuzzer ends a process that is not even interrupted."""
_MEMORY = 3_000
"""Megabytes."""
_AGAIN = 0.45
"""Up to here of 0.15 to 1, an input is made of a seed, not of what libFuzzer has kept."""


class Stats(msgspec.Struct):
    """What came of a run."""

    inputs: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    slowest: float = 0.0
    findings: list[tuple[str, str, str]] = []


class _Run:
    def __init__(self, tried_on: Target, seconds: float, folder: Path) -> None:
        self.target = tried_on
        self.folder = folder
        self.stats = Stats()
        self._began, self._end = time.monotonic(), time.monotonic() + seconds
        self._known: set[tuple[str, str]] = set()
        self._clock = Clock()
        self._saved = 0.0

    def input(self, data: bytes) -> None:
        now = time.monotonic()
        if now > self._end or now > self._saved + 5:
            self.save()
            self._saved = now
        if now > self._end:
            sys.stderr.flush()
            os._exit(0)  # libFuzzer's own end would be measured by its limit of inputs, and prints a crash
        self.stats.inputs += 1
        self._clock.start()
        found = tried(self.target.check, data)
        if self._clock.stop():
            self.stats.slowest = self._clock.longest
            (self.folder / "slowest").write_bytes(data)
        if found is not None and found.key not in self._known:
            self._known.add(found.key)
            self._tell(found, data)

    def _tell(self, found: Finding, data: bytes) -> None:
        name = sha256("".join(found.key).encode()).hexdigest()[:12]
        place = self.folder / "findings" / name
        place.write_bytes(data)
        place.with_suffix(".txt").write_text(found.told, encoding="utf-8", errors="backslashreplace")
        self.stats.findings.append((found.what, found.where, name))
        self.save()
        print(f"\nFOUND {found.what} at {found.where}: {place}", file=sys.stderr, flush=True)

    def save(self) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        self.stats.seconds = time.monotonic() - self._began
        self.stats.cpu = used.ru_utime + used.ru_stime
        (self.folder / "stats.json").write_bytes(msgspec.json.encode(self.stats))


def main(arguments: Sequence[str]) -> None:
    import atheris

    name, seconds, folder = arguments[0], float(arguments[1]), Path(arguments[2])
    corpus, begin, findings = folder / "corpus", folder / "seeds", folder / "findings"
    for place in (corpus, begin, findings):
        place.mkdir(parents=True, exist_ok=True)
    with atheris.instrument_imports(include=PACKAGES):
        chosen = target(name)
        seeds = list(chosen.seeds())
        for seed in seeds:
            chosen.check(seed)  # imports what it needs before the clock runs; a seed that fails is a bug of ours
            (begin / sha256(seed).hexdigest()[:16]).write_bytes(seed)
        words = list(chosen.words())
        others = [text for text in (seed.decode("utf-8", "surrogateescape") for seed in seeds) if text]
        run = _Run(chosen, seconds, folder)

        def mutator(data: bytes, most: int, seed: int) -> bytes:
            chance = Random(seed)
            way = chance.random()
            if way < 0.15:
                return bytes(atheris.Mutate(data, most))
            # libFuzzer forgets seeds that reach no code of their own, though they say something of their own.
            begun = chance.choice(seeds) if way < _AGAIN else bytes(data)
            return mutated(begun, most, chance, words, others)

        options = [
            f"-max_len={chosen.longest}", "-len_control=20", f"-timeout={_HANG}", f"-rss_limit_mb={_MEMORY}",
            f"-artifact_prefix={findings}/", "-reload=0",
        ]  # fmt: skip
        atheris.Setup(["fuzz", *options, str(corpus), str(begin)], run.input, custom_mutator=mutator)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
