"""What git knows about a folder. Nothing here fails where there is no git: it then knows nothing."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_LOCAL = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH", "GIT_NAMESPACE", "GIT_CEILING_DIRECTORIES",
    "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS", "GIT_EXTERNAL_DIFF",
)  # fmt: skip
"""Set inside hooks, relative to another folder than the one we ask about; or what would change the answers."""

_STILL = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",  # writing any index would run post-index-change
    "core.splitIndex=false",  # and would leave part of it in .git
    "submodule.recurse=false",
    "core.quotePath=false",
)
"""Settings under which git runs nothing of the repo's and leaves nothing in it."""


class GitError(Exception):
    """git is there, the folder is a work tree, and git refused."""


class NoGit(Exception):
    """git is not installed."""


class Answer(NamedTuple):
    """What git wrote, and its exit code."""

    code: int
    out: bytes
    err: str


def work_tree(folder: Path) -> Path | None:
    """The top of the work tree that `folder` lies in."""
    for place in (folder, *folder.parents):
        if (place / ".git").exists():
            return place
    return None


def ask(top: Path, *args: str, given: bytes = b"", env: Mapping[str, str] | None = None) -> Answer:
    """git's answer, whatever its exit code; `given` is what it reads, `env` is set on top of what it runs in. Raises
    NoGit."""
    around = {k: v for k, v in os.environ.items() if k not in _LOCAL} | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", *(part for setting in _STILL for part in ("-c", setting)), "-C", str(top), *args]
    try:
        done = subprocess.run(command, input=given, capture_output=True, env=around | dict(env or {}), check=False)
    except OSError as e:
        raise NoGit from e
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace").strip())


def tell(top: Path, *args: str, given: bytes = b"", env: Mapping[str, str] | None = None, most: int = 0) -> bytes:
    """What git writes. Raises GitError where its exit code is above `most`, with the line that says why; NoGit."""
    answer = ask(top, *args, given=given, env=env)
    if answer.code > most or answer.code < 0:
        lines = answer.err.splitlines() or [f"exit code {answer.code}"]
        raise GitError(next((line for line in lines if line.startswith(("fatal: ", "error: "))), lines[0]))
    return answer.out


def run(top: Path, *args: str) -> bytes | None:
    """git's answer, None where git is not installed. Raises GitError where it refuses."""
    try:
        return tell(top, *args, most=1)
    except NoGit:
        return None


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


def user_name(folder: Path) -> str:
    """The name that git would sign with in a folder; empty where it knows none."""
    try:
        answer = ask(folder, "config", "user.name")
    except NoGit:
        return ""
    return answer.out.decode("utf-8", "replace").strip() if answer.code == 0 else ""
