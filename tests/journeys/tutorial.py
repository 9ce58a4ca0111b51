"""Runs what docs/domain-authors.md tells its reader to do. `python tests/journeys/tutorial.py` writes the output that
the commands give now into the page; the test holds that it is the same.

Blocks of the page: ```yaml FILE writes a file, ```yaml + FILE adds to its end, ```yaml ~ FILE replaces the lines of the
same keys; ```console runs each line that begins with $ and is followed by what it prints.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "domain-authors.md"
_BLOCK = re.compile(r"^```(?P<language>\w+)(?P<how> [+~])?(?P<file> [\w./-]+)?\n(?P<body>.*?)^```$", re.M | re.S)

Shell = Callable[[list[str]], str]
"""The output of `koujing` with some arguments."""


def retold(text: str, folder: Path, koujing: Shell) -> str:
    """The page with the output that its commands give, run in `folder`."""

    def block(m: re.Match[str]) -> str:
        if m["file"] and m["language"] != "console":
            write(folder / m["file"].strip(), m["body"], (m["how"] or "").strip())
            return m[0]
        if m["language"] != "console":
            return m[0]
        commands = [line for line in m["body"].splitlines() if line.startswith("$ ")]
        told = [f"{line}\n{koujing(line.split()[2:])}" for line in commands]
        return "```console\n" + "".join(told) + "```"

    return _BLOCK.sub(block, text)


def write(path: Path, body: str, how: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if how == "~":
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for new in body.splitlines(keepends=True):
            key = new.partition(":")[0]
            at = [i for i, line in enumerate(lines) if line.startswith(key + ":")]
            assert len(at) == 1, f"{path}: {len(at)} lines of {key.strip()}"
            lines[at[0]] = new
        body = "".join(lines)
    elif how == "+":
        body = path.read_text(encoding="utf-8") + body
    path.write_text(body, encoding="utf-8")


def main() -> None:
    import subprocess

    def koujing(args: list[str]) -> str:
        command = [sys.executable, "-m", "koujing", *args]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        return done.stdout + done.stderr

    text = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        PAGE.write_text(retold(text, Path(folder), koujing), encoding="utf-8")


if __name__ == "__main__":
    main()
