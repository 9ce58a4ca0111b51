"""What git knows about a folder. Nothing here fails where there is no git: it then knows nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_LOCAL = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR",
    "GIT_NAMESPACE", "GIT_CEILING_DIRECTORIES",
)  # fmt: skip
"""Set inside hooks, relative to another folder than the one we ask about."""


class GitError(Exception):
    """git is there, the folder is a work tree, and git refused."""


def work_tree(folder: Path) -> Path | None:
    """The top of the work tree that `folder` lies in."""
    for place in (folder, *folder.parents):
        if (place / ".git").exists():
            return place
    return None


def run(top: Path, *args: str) -> bytes | None:
    """git's answer, None where git is not installed. Raises GitError where it refuses."""
    env = {k: v for k, v in os.environ.items() if k not in _LOCAL} | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(top), *args]
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, env=env, check=False)
    except OSError:
        return None
    if done.returncode > 1:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"exit code {done.returncode}"]
        raise GitError(lines[0])
    return done.stdout


def ignored(folder: Path) -> frozenset[str]:
    """Absolute paths below `folder` that git ignores: files, and whole folders without what is in them.

    A folder that is ignored itself is being looked at on purpose: nothing below it counts as ignored then.
    """
    top = work_tree(folder)
    if top is None:
        return frozenset()
    below = [] if folder == top else ["--", str(folder.relative_to(top))]
    command = ["ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"]
    answer = run(top, "--literal-pathspecs", *command, *below)
    if not answer:
        return frozenset()
    return frozenset(os.path.join(top, os.fsdecode(name).rstrip("/")) for name in answer.split(b"\0") if name)


def ignores(path: Path) -> bool:
    """Whether git would ignore a file, there or not."""
    top = work_tree(path.parent)
    if top is None:
        return False
    try:
        return bool(run(top, "check-ignore", "--", str(path)))
    except GitError:
        return False


def head_date(folder: Path) -> str | None:
    """The day (YYYY-MM-DD) of the commit that is checked out, as its author's clock had it."""
    top = work_tree(folder)
    if top is None:
        return None
    try:
        answer = run(top, "log", "-1", "--format=%cs", "HEAD")
    except GitError:
        return None
    return answer.decode().strip() or None if answer else None
