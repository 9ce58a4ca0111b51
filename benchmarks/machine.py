"""What machine this is, and with what versions it measures."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from audit.workers import cores
from benchmarks.result import Machine
from benchmarks.workers import ROOT


def machine(peers: Mapping[str, str], load_before: float) -> Machine:
    return Machine(
        processor=_processor(),
        cores=cores(),
        system=platform.system(),
        python=f"{platform.python_implementation()} {platform.python_version()}",
        versions={name: _version(name) for name in ("koujing", "ahocorasick_rs", "msgspec")} | dict(peers),
        commit=_commit(),
        day=date.today().isoformat(),
        load=(round(load_before, 2), round(load(), 2)),
    )


def load() -> float:
    """How many processes have wanted to run, over the last minute; 0 where nobody counts."""
    try:
        return os.getloadavg()[0]
    except (AttributeError, OSError):
        return 0.0


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _commit() -> str:
    try:
        asked = subprocess.run(
            ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return asked.stdout.strip()
