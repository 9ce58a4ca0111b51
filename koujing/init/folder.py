"""What there is where `koujing init` was called: articles, git, remotes, CI. Reads, and writes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from audit import git
from audit.files import discover, shown_path

_URL = re.compile(r"(?:[a-z+]+://)?(?:[^@/\s]*@)?(?P<host>[^:/\s]+)")
_USUAL = ("main", "master")


class Folder(msgspec.Struct, frozen=True, kw_only=True):
    """A content repo to be. `top` is where CI looks for its files: the top of the git work tree, else `root` itself.
    `below` is the way from there to `root`, "" where they are one."""

    root: Path
    top: Path
    below: str = ""
    is_git: bool = False
    has_commit: bool = False
    branch: str = "main"
    hosts: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


def look(root: Path, rulings: str) -> Folder:
    """The folder as it is. git that is missing or refuses is as no git."""
    top = git.work_tree(root)
    articles = tuple(file.path for file in discover(root, leave_out=(rulings,)).files)
    if top is None:
        return Folder(root=root, top=root, articles=articles)
    below = shown_path(str(root), str(top))
    return Folder(
        root=root, top=top, below="" if below == "." else below, is_git=True,
        has_commit=bool(_ask(top, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")),
        branch=_branch(top), hosts=_hosts(top), articles=articles,
    )  # fmt: skip


def detected(folder: Folder) -> tuple[str, ...]:
    """The kinds of CI that the folder already is at home with."""
    github = any(host == "github.com" or host.startswith("github.") for host in folder.hosts)
    gitlab = any("gitlab" in host.split(".") for host in folder.hosts)
    here = {
        "github": github or (folder.top / ".github").is_dir(),
        "gitlab": gitlab or (folder.top / ".gitlab-ci.yml").is_file() or (folder.top / ".gitlab").is_dir(),
        "pre-commit": (folder.top / ".pre-commit-config.yaml").is_file(),
    }
    return tuple(name for name, found in here.items() if found)


def _ask(top: Path, *args: str) -> str:
    try:
        answer = git.run(top, *args)
    except git.GitError:
        return ""
    return (answer or b"").decode("utf-8", "replace").strip()


def _branch(top: Path) -> str:
    """The default branch: the remote's, else the usual name, else what is checked out."""
    remote = _ask(top, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD").partition("/")[2]
    local = _ask(top, "for-each-ref", "--format=%(refname:short)", "refs/heads").split()
    usual = next((name for name in _USUAL if name in local), "")
    return remote or usual or _ask(top, "symbolic-ref", "--quiet", "--short", "HEAD") or "main"


def _hosts(top: Path) -> tuple[str, ...]:
    """The machines that the remotes are on, without what stands in their addresses besides."""
    lines = _ask(top, "config", "--get-regexp", r"^remote\..*\.url$").splitlines()
    found = (_URL.match(line.partition(" ")[2]) for line in lines)
    return tuple(sorted({m["host"].lower() for m in found if m}))
