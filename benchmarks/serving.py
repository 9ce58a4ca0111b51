"""A process that does one of several things each time it is asked, and says how long it took.

What is measured runs in processes of its own, some in another environment: so this needs the standard library only. A
request is a line: what to do, and the number of the part of the corpus to do it with. The answer is a line of JSON.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

LEAST_SECONDS = 0.3
"""What is done sooner is done several times, and the mean counts."""


class Act(NamedTuple):
    """What is timed, given the number of a part, and what is told of its result, which is not. `once`: it may remember
    what it has seen, so it is done once with each part."""

    run: Callable[[int], Any]
    tell: Callable[[Any], Mapping[str, Any]]
    once: bool = False


def serve(acts: Mapping[str, Act], about: Mapping[str, Any]) -> None:
    """Answer requests until there are none. Whatever libraries print goes to standard error."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    passes: dict[str, int] = {}
    _say(out, about)
    for line in sys.stdin:
        name, _, number = line.rstrip("\n").partition("\t")
        act, part = acts[name], int(number)
        if name not in passes:
            passes[name] = 1 if act.once else _passes(act, part)
        seconds, wall, result = _timed(act, part, passes[name])
        _say(out, {"seconds": seconds, "wall": wall, "passes": passes[name], "told": act.tell(result)})


def settle() -> None:
    """Have the garbage collector leave alone what is there: what a benchmark has prepared would else be looked through
    again and again while others are timed."""
    gc.collect()
    gc.freeze()


def digest_of(what: Any) -> str:
    """The same for what is equal, in whatever process it was made."""
    return sha256(json.dumps(what, ensure_ascii=False).encode()).hexdigest()


def _passes(act: Act, part: int) -> int:
    """How often to do it so that it lasts long enough."""
    _, wall, _ = _timed(act, part, 1)
    return max(1, round(LEAST_SECONDS / max(wall, 1e-6)))


def _timed(act: Act, part: int, passes: int) -> tuple[float, float, Any]:
    """CPU and wall seconds of one pass (the mean), and the last one's result."""
    begun, wall = time.process_time(), time.perf_counter()
    for _ in range(passes):
        result = act.run(part)
    return (time.process_time() - begun) / passes, (time.perf_counter() - wall) / passes, result


def _say(out: Any, what: Mapping[str, Any]) -> None:
    print(json.dumps(what, ensure_ascii=False), file=out, flush=True)
