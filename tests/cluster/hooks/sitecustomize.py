"""On the path of the processes of a test (clusters.py): what is to happen in them, by TEST_HOOKS, as JSON.

`folder`: each file that is read is noted there (`PID: PATH`), and a file with slow- in its name waits there for `go`.
`deadly`: a file of that name ends its process. `small`: groups are small, and pools are used. `blind`: no file is seen.
`wait`: so many seconds a cluster without workers is waited for.
"""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import sys
import time
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

WHAT = json.loads(os.environ.get("TEST_HOOKS", "{}"))


def drawing(module: Any) -> None:
    inner = module.scan_file

    def scan_file(file: Any, task: Any) -> Any:
        name = Path(file.place).name
        folder = Path(WHAT["folder"])
        with (folder / f"read-{os.getpid()}").open("a") as stream:
            stream.write(file.path + "\n")
        while "slow-" in name and not (folder / "go").exists():
            time.sleep(0.02)
        if name == WHAT.get("deadly"):
            os.kill(os.getpid(), signal.SIGKILL)
        return inner(file, task)

    module.scan_file = scan_file


def groups(module: Any) -> None:
    module.LEAST_BYTES = 500


def workers(module: Any) -> None:
    module.ALONE_BYTES = 0


def driving(module: Any) -> None:
    module.WAIT = WHAT["wait"]


def pieces(module: Any) -> None:
    def bytes_of(file: Any) -> bytes:
        raise FileNotFoundError(file.place)

    module.bytes_of = bytes_of


PATCHES = {
    **({"audit.drawing": drawing} if "folder" in WHAT else {}),
    **({"audit.cluster.groups": groups, "audit.workers": workers} if WHAT.get("small") else {}),
    **({"audit.cluster.driving": driving} if "wait" in WHAT else {}),
    **({"audit.pieces": pieces} if WHAT.get("blind") else {}),
}


class Hooks(MetaPathFinder):
    """Modules are changed when they are imported."""

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        if name not in PATCHES:
            return None
        patch = PATCHES.pop(name)
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.loader is not None
        run = spec.loader.exec_module

        def exec_module(module: Any) -> None:
            run(module)
            patch(module)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


if PATCHES:
    sys.meta_path.insert(0, Hooks())
