"""Write the lock files: of every package that is installed here one version, with the hashes of its files.

    python tools/lock.py              what pyproject.toml asks for now; a version that still fits stays
    python tools/lock.py --upgrade    the newest of everything

Needs an index of packages, which uv finds as it is set up to: no address of one stands in the locks. Where there is no
uv, one is installed below build/.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "requirements"
HOW = (
    "--universal", "--python-version", "3.11", "--generate-hashes",
    "--no-header", "--no-annotate", "--no-emit-index-url", "--quiet",
)  # fmt: skip
TOOLS = frozenset(
    ["axe-playwright-python", "coverage", "mutmut", "mypy", "playwright", "ruff", "types-PyYAML", "types-jsonschema"]
)  # fmt: skip
"""What no test needs that is run with the oldest versions."""
MADE = "# For {what}.\n# Made by `make lock` (tools/lock.py); not to be edited.\n"


class Lock(NamedTuple):
    """A file: what it is for, what it is made of, and lines beside that."""

    name: str
    what: str
    of: Sequence[str]
    more: Sequence[str] = ()


def locks() -> list[Lock]:
    with open(ROOT / "pyproject.toml", "rb") as stream:
        said = tomllib.load(stream)
    build, project = said["build-system"]["requires"], said["project"]
    tested = [one for one in project["optional-dependencies"]["dev"] if re.split("[>=]", one)[0] not in TOOLS]
    whole = ("pyproject.toml", "-")
    return [
        Lock("requirements/dev.txt", "`make test`: everything", (*whole, "--extra", "dev"), build),
        Lock(
            "requirements/run.txt", "`make audit`, and the action of action.yml",
            (*whole, "--constraint", "requirements/dev.txt"), build,
        ),
        Lock(
            "requirements/lowest.txt", "`make lowest`: the oldest versions that pyproject.toml admits",
            (*whole, "--resolution", "lowest-direct"), [*build, *tested],
        ),
        Lock(
            "requirements/fuzz.txt", "`make fuzz`: the fuzzer, beside what `make test` needs",
            ("-",), project["optional-dependencies"]["fuzz"],
        ),
        Lock("requirements/uv.txt", "`make lock`: the tool that writes these", ("-",), ["uv"]),
        Lock(
            "benchmarks/requirements.txt",
            "`make bench`: what koujing is measured beside, in an environment of its own, so nothing else gets it",
            ("benchmarks/requirements.in",),
        ),
    ]  # fmt: skip


def write(upgrade: bool) -> None:
    uv = _uv()
    for lock in locks():
        newest = ["--upgrade"] if upgrade else []
        command = [uv, "pip", "compile", *lock.of, *HOW, *newest, "--output-file", lock.name]
        lines = "".join(f"{line}\n" for line in lock.more)
        subprocess.run(command, cwd=ROOT, input=lines, text=True, check=True, stdout=subprocess.DEVNULL)
        place = ROOT / lock.name
        text = place.read_text(encoding="utf-8")
        place.write_text(MADE.format(what=lock.what) + text, encoding="utf-8")
        print(f"{lock.name}: {text.count('==')} versions")


def _uv() -> str:
    found = shutil.which("uv")
    if found:
        return found
    folder = ROOT / "build" / "uv"
    own = folder / ("Scripts" if os.name == "nt" else "bin") / "uv"
    if not own.exists():
        print("installing uv in build/uv (once) …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [own.with_name("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "--requirement", FOLDER / "uv.txt"], check=True)
    return str(own)


if __name__ == "__main__":
    write("--upgrade" in sys.argv[1:])
