"""Content repos in git, and what is left in them after something has gone wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from hostile_runs import DENIES, SAYS, Ended, run, write

WHY = ("--reason", "两篇说的是两类人", "--by", "李编辑", "--yes")
FEES = ("武汉市2025年职工医保三级医院住院起付线为800元。\n", "武汉市2025年职工医保三级医院住院起付线为600元。\n")


def committed(root: Path, articles: int = 2) -> Path:
    """A repo with a config, two contradictions, and so many articles besides."""
    files = {"says.md": SAYS, "denies.md": DENIES, "eight.md": FEES[0], "six.md": FEES[1], "koujing.yaml": ""}
    files |= {f"more/{n:03}.md": f"{SAYS}\n第{n}篇。\n" for n in range(articles)}
    write(root, files)
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"]):
        subprocess.run(["git", *who, *command], cwd=root, env=env, check=True, capture_output=True)
    return root


def audited(root: Path, *args: str, before: Callable[[], object] = lambda: None, user: int | None = None) -> Ended:
    """`koujing check`, with a cache, as of one day."""
    return run(root, "check", "--lang", "en", "--today", "2025-06-30", *args, before=before, user=user)


def ids(root: Path) -> list[str]:
    """The contradictions of a repo."""
    import json

    record = json.loads(audited(root, "--no-cache", "--format", "json").out)
    return sorted(f["id"] for f in record["findings"] if f["code"] == "contradiction" and f["state"] == "open")


def decided(root: Path, name: str, verdict: str = "both-stand", *more: str, **bounds: Callable[[], object]) -> Ended:
    return run(root, "resolve", name, "--verdict", verdict, *WHY, "--lang", "en", "--jobs", "1", *more, **bounds)


def rulings(root: Path) -> dict[str, str]:
    """The files of rulings, as koujing takes them."""
    return {path.name: path.read_text("utf-8") for path in sorted((root / "rulings").glob("[!.]*"))}


def others_of(session: int) -> list[int]:
    """The processes of a session besides its first, as far as the system shows them."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            told = (place / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[3]) == session and int(place.name) != session and told[0] not in "ZX":
            found.append(int(place.name))
    return found


def within(seconds: float) -> Iterator[None]:
    """Again and again, until so many seconds have gone by."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield
        time.sleep(0.02)


def kills_itself(module: object, name: str, *, after: bool = False, times: int = 1) -> None:
    """From now on this process ends by SIGKILL where a function is called (or has been) so many times."""
    real = getattr(module, name)
    calls: list[int] = []

    def dies(*args: object, **named: object) -> object:
        calls.append(1)
        if len(calls) >= times and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **named)
        if len(calls) >= times:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(module, name, dies)
