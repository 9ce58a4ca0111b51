"""The command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def start(*args: str, cwd: Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, with just this environment."""
    kept = ("PATH", "PYTHONPATH", "SYSTEMROOT", "KOUJING_CACHE_DIR")
    clean = {k: os.environ[k] for k in kept if k in os.environ} | dict(env or {})
    command = [sys.executable, "-m", "koujing", *args]
    return subprocess.run(command, cwd=cwd, env=clean, capture_output=True, check=False, timeout=400)
