"""Benchmarks that are modules of their own, and have rows in the table of all.

Such a module has a function `measured(folder, rounds)`, which works in an empty folder, runs what it sets side by side
so many times in turn, and gives its rows and checks (`benchmarks.result`); it can be run by itself as well.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import msgspec

from benchmarks.result import Row
from benchmarks.rows import Measured

MODULES = {"startup": "start-up", "warm": "warm runs"}
"""Module -> section."""


def joined(name: str, folder: Path, rounds: int, into: Measured) -> None:
    """The rows and checks of a module of benchmarks; a row that says so where there is none."""
    try:
        module = import_module(f"benchmarks.{name}")
    except ModuleNotFoundError:
        into.rows.append(Row(section=MODULES[name], name=f"benchmarks.{name}", absent="there is no such module"))
        return
    if not hasattr(module, "measured"):
        alone = f"it runs by itself: python -m benchmarks.{name}"
        into.rows.append(Row(section=MODULES[name], name=f"benchmarks.{name}", absent=alone))
        return
    folder.mkdir(parents=True)
    rows, checks = module.measured(folder, rounds)
    into.rows += [msgspec.structs.replace(row, per="run") for row in rows]
    into.checks += checks
