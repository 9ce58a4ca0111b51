"""What differs from a commit, as far as git can tell without reading what is the same: for a comparison in which
nearly everything is. Whatever is out of the ordinary is left to `audit/revision.py`, which lays the commit out."""

from __future__ import annotations

import os
import re
from pathlib import Path

import msgspec

from audit import git
from audit.revision import Revision

_PLAIN = re.compile(r"[\w][\w./~^-]*\Z", re.ASCII)
_HASHES = re.compile(rb"([0-9a-f]{40,64})\n([0-9a-f]{40,64})\n\Z")
_UNSURE = re.compile(rb"(?:\A|\0)(?:[a-z]|S) ")
"""Of files that git was told not to look at it does not know."""

_TELLING = r"^core\.(autocrlf|attributesfile|trustctime|checkstat|ignorestat|sparsecheckout|worktree)$"
"""Settings by which a file may be taken for the same, and be another."""
_PLAINLY = frozenset({
    b"core.autocrlf\nfalse", b"core.trustctime\ntrue", b"core.checkstat\ndefault", b"core.ignorestat\nfalse",
    b"core.sparsecheckout\nfalse",
})  # fmt: skip
_ATTRIBUTES = ".gitattributes"
_EVERYBODYS = ("/etc/gitattributes", "/usr/local/etc/gitattributes", "/opt/homebrew/etc/gitattributes")


class Differing(msgspec.Struct, frozen=True):
    """The `revision` compared with; the paths below the audited folder, as seen from there, that are not as they are in
    it: changed, gone or new, and not ignored; `uncommitted` are those (in number) that are in no commit. `exact`: all
    other files have the commit's very bytes."""

    revision: Revision
    paths: frozenset[str]
    uncommitted: int
    exact: bool


def differing(folder: Path, ref: str) -> Differing | None:
    """What differs in a folder. None where this is not to be told so, or git refuses."""
    folder = Path(os.path.realpath(folder))
    top = git.work_tree(folder)
    if top is None or not _PLAIN.match(ref) or ".." in ref:
        return None
    shown = folder.relative_to(top).as_posix()
    below = "" if shown == "." else f"{shown}/"
    within = ("--", below) if below else ()
    try:
        commit, head = _commits(top, ref)
        if commit is None:
            return None
        status = git.tell(
            top, "--literal-pathspecs", "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames",
            "--ignore-submodules=none", *within,
        )  # fmt: skip
        tracked = git.tell(top, "--literal-pathspecs", "ls-files", "-v", "-z", *within)
        if _UNSURE.search(tracked):
            return None
        entries = [entry[3:] for entry in status.split(b"\0") if entry]
        paths = set(entries)
        if commit != head:
            paths |= set(_between(top, commit, head, within))
        start = len(os.fsencode(below))
        found = frozenset(path[start:].decode("utf-8") for path in paths)
        same = is_exact(folder, top, tracked)
    except (git.GitError, git.NoGit, UnicodeDecodeError):
        return None
    return Differing(Revision(ref, commit, top, below), found, len(entries), same)


def is_exact(folder: Path, top: Path, tracked: bytes | None = None) -> bool:
    """Whether files that git takes for unchanged have the very bytes of the commit: git changes nothing on the way into
    a commit or out of one, and looks at size, inode and both times. `tracked` are the files below `folder`, from the
    `top` (`ls-files -v -z`). Raises GitError, NoGit."""
    if not (top / ".git").is_dir():
        return False
    settings = git.tell(top, "config", "-z", "--get-regexp", _TELLING, most=1).split(b"\0")
    if not {line.lower() for line in settings if line} <= _PLAINLY:
        return False
    if tracked is None:
        within = ("--", folder.relative_to(top).as_posix()) if folder != top else ()
        tracked = git.tell(top, "--literal-pathspecs", "ls-files", "-v", "-z", *within)
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    folders = {name[2:].rpartition(b"/")[0] for name in tracked.split(b"\0")}
    places = {os.path.join(top, os.fsdecode(name), _ATTRIBUTES) for name in folders}
    places |= {os.path.join(above, _ATTRIBUTES) for above in (folder, *folder.parents) if above.is_relative_to(top)}
    places |= {str(top / ".git" / "info" / "attributes"), os.path.join(home, "git", "attributes"), *_EVERYBODYS}
    return not any(map(os.path.lexists, places))


def _commits(top: Path, ref: str) -> tuple[str | None, str]:
    """The merge base of a ref and HEAD, and HEAD."""
    answer = git.ask(top, "rev-parse", "HEAD^{commit}", f"{ref}^{{commit}}")
    hashes = _HASHES.match(answer.out) if answer.code == 0 else None
    if hashes is None:
        return None, ""
    head, wanted = (found.decode() for found in hashes.groups())
    if head == wanted:
        return head, head
    common = git.tell(top, "merge-base", wanted, head, most=1).decode().strip()
    return common or None, head


def _between(top: Path, one: str, other: str, within: tuple[str, ...]) -> list[bytes]:
    """The paths of files that two commits have not alike."""
    ask = ("diff-tree", "-r", "--name-only", "-z", "--no-renames", "--no-ext-diff", one, other)
    return [path for path in git.tell(top, "--literal-pathspecs", *ask, *within).split(b"\0") if path]
