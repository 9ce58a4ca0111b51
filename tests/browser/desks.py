"""A content repo that is served, for tests in a browser."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ACROSS = "---\ntitle: 家庭共济可以跨省用\ndate: 2025-03-11\n---\n\n家庭共济可以跨省使用。\n"
WITHIN = "---\ntitle: 家庭共济的范围\ndate: 2025-03-31\nauthor: 王编辑\n---\n\n家庭共济目前不能跨省使用。\n"
FILES = {"koujing.yaml": "today: 2025-06-30\n", "a.md": ACROSS, "b.md": WITHIN}
SLOW = 120_000
"""Milliseconds that a busy machine may take."""


SPLIT = (
    "-c",
    "import koujing.serve.site, reports.html.conflicts; koujing.serve.site.MOST = reports.html.conflicts.MOST = 0;"
    "from koujing.cli import main; main()",
)
"""A program to which every audit is a large one."""


class Desk:
    """A content repo that is served."""

    def __init__(self, root: Path, lang: str, program: Sequence[str] = ("-m", "koujing")) -> None:
        self.root = root
        self.env = {k: os.environ[k] for k in ("PATH", "PYTHONPATH", "KOUJING_CACHE_DIR") if k in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, *program, "serve", "--port", "0", "--no-open", "--lang", lang],
            cwd=root, env={**self.env, "GIT_CONFIG_GLOBAL": os.devnull}, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self.process.stdout is not None
        found = re.search(r"http://\S+/", self.process.stdout.readline().decode())
        assert found is not None
        self.url = found[0]

    def check(self) -> int:
        return subprocess.run(
            [sys.executable, "-m", "koujing", "check"], cwd=self.root, env=self.env, capture_output=True, check=False
        ).returncode

    def put(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(60) == 0
