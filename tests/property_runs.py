"""How often properties are tried: a little in every run of the tests, a thousand times and more by `make deep`.

The environment variable KOUJING_LAWS chooses: `ordinary` (the default) tries the same examples each time, so that a
run says the same on every machine; `deep` tries LEAST new ones of every property, whatever the test says, and fails
each that did not get so many, unless it has tried all that there are. A test never sets `max_examples` itself; one
whose examples are slow says with `ordinarily` how many the ordinary run tries.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.statistics import collector

LEAST = 1000
"""Examples of each property in a deep run."""

DEEP = os.environ.get("KOUJING_LAWS", "ordinary") == "deep"

RUNS = "property-runs"

# What a law says does not depend on how busy the machine is.
_ANY_SPEED: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("ordinary", max_examples=100, derandomize=True, **_ANY_SPEED)
settings.register_profile("deep", max_examples=LEAST, derandomize=False, database=None, print_blob=True, **_ANY_SPEED)
settings.load_profile("deep" if DEEP else "ordinary")


def ordinarily(examples: int) -> settings:
    """A decorator: how many examples the ordinary run tries; a deep one tries as many as of all others."""
    return settings(max_examples=LEAST if DEEP else examples)


def _tried(statistics: dict[str, Any]) -> tuple[int, bool]:
    """How many valid examples were tried, and whether there are no others."""
    phases = (statistics.get(f"{name}-phase", {}) for name in ("reuse", "generate"))
    cases = [case["status"] for phase in phases for case in phase.get("test-cases", ())]
    all_of_them = statistics.get("stopped-because") == "nothing left to do"
    return sum(status in ("valid", "interesting") for status in cases), all_of_them


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Count the examples of a property; hypothesis has begun to listen before, and goes on."""
    before, heard, begun = collector.value, list[dict[str, Any]](), time.process_time()

    def hear(statistics: dict[str, Any]) -> None:
        heard.append(statistics)
        if before is not None:
            before(statistics)

    with collector.with_value(hear):
        result = yield
    for statistics in heard:
        tried, all_of_them = _tried(statistics)
        item.user_properties.append((RUNS, [tried, all_of_them, time.process_time() - begun]))
        if DEEP and tried < LEAST and not all_of_them:
            pytest.fail(f"only {tried} examples were tried of {LEAST}: {statistics.get('stopped-because')}")
    return result


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """At the end of a deep run: how many properties there are, and how many examples each was tried with."""
    if not DEEP:
        return
    reports = [r for r in terminalreporter.getreports("passed") if r.when == "call"]
    runs = sorted((run[0], r.nodeid, run[2]) for r in reports for name, run in r.user_properties if name == RUNS)
    fewer = [run for run in runs if run[0] < LEAST]
    terminalreporter.section("properties")
    for tried, name, _ in fewer:
        terminalreporter.line(f"{tried:6} {name} (there are no more)")
    total, seconds = sum(tried for tried, _, _ in runs), sum(seconds for _, _, seconds in runs)
    terminalreporter.line(
        f"{len(runs)} properties held, {total:,} examples; {len(runs) - len(fewer)} with {LEAST:,} or more, "
        f"{len(fewer)} with all that there are; {seconds / 60:.1f} CPU minutes"
    )
