"""A commit to compare with: which one a ref means, its files in a folder of their own, and what was renamed since.

The user's index, work tree and .git stay as they are: trees are put together in an index of our own, new contents go
to a temporary object store beside git's, hooks are off. Only filters that git itself would run on checkout are run.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from audit import git
from audit.containers import SUFFIXES as CONTAINERS
from audit.files import Elsewhere
from claims.alike import nearest
from claims.readers import SUFFIXES

_READ = frozenset({*SUFFIXES, *CONTAINERS, ".yaml", ".yml"})
"""Endings of files that an audit may read; no others are taken out of a commit: some repos hold gigabytes of film."""

_LINK, _MODULE = b"120000", b"160000"
_PLAIN = re.compile(r"[\w][\w./-]*\Z")
_MOST_RENAMES = 1000
"""So many files gone by so many new are tried for likeness; beyond that only identical ones count as renamed."""


class RevisionError(Exception):
    """There is nothing to compare with. `code` and `blanks` say why, in any language."""

    def __init__(self, code: str, **blanks: str) -> None:
        super().__init__(code)
        self.code = code
        self.blanks = blanks


class Revision(msgspec.Struct, frozen=True):
    """The commit that a work tree is compared with: the merge base of `ref` and HEAD. `top` is the top of the work
    tree, `below` the audited folder as seen from there (`""`, or `content/`)."""

    ref: str
    commit: str
    top: Path
    below: str


def resolve(folder: Path, ref: str) -> Revision:
    """The commit to compare `folder` with, were it named by a branch, a tag or a hash. Raises RevisionError."""
    folder = Path(os.path.realpath(folder))
    top = git.work_tree(folder)
    if top is None:
        raise RevisionError("base-no-git", folder=folder.as_posix())
    with _refusals(top):
        git.tell(top, "rev-parse", "--git-dir")
        head = _commit(top, "HEAD")
        if head is None:
            raise RevisionError("base-no-commit")
        wanted = _commit(top, ref)
        if wanted is None:
            raise _unknown(top, ref)
        common = git.tell(top, "merge-base", wanted, head, most=1).decode().strip()
        if not common:
            raise RevisionError("base-shallow" if _shallow(top) else "base-apart", got=ref)
    below = folder.relative_to(top).as_posix()
    return Revision(ref, common, top, "" if below == "." else f"{below}/")


@contextmanager
def _refusals(top: Path) -> Iterator[None]:
    try:
        yield
    except git.NoGit as e:
        raise RevisionError("base-git-missing") from e
    except git.GitError as e:
        code = "base-ownership" if "dubious ownership" in str(e) else "base-refused"
        raise RevisionError(code, why=str(e), folder=top.as_posix()) from e


def _commit(top: Path, ref: str) -> str | None:
    """The full hash of what a ref names. No ref begins with a dash, so none can become an option of git's."""
    if not ref or ref.startswith("-") or "\0" in ref:
        return None
    answer = git.ask(top, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    return answer.out.decode().strip() if answer.code == 0 else None


def _shallow(top: Path) -> bool:
    return git.tell(top, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _unknown(top: Path, ref: str) -> RevisionError:
    """Why git may not know a ref: it was never fetched, the history is cut off, or it is misspelt."""
    names = git.tell(top, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
    known = sorted(name for name in names.decode("utf-8", "replace").split("\n") if name)
    blanks = {"got": ref, "near": nearest(ref, known), "known": ", ".join(known[:10]) or "—"}
    remotes = git.tell(top, "remote").decode("utf-8", "replace").split()
    if not remotes or not _PLAIN.match(ref):
        code = "base-unknown-shallow" if remotes and _shallow(top) else "base-unknown"
        return RevisionError(code, **blanks)
    remote, slash, branch = ref.partition("/")
    if slash and remote in remotes:
        fetch = f"{remote} {branch}:refs/remotes/{remote}/{branch}"
    else:
        remote = "origin" if "origin" in remotes else remotes[0]
        fetch = f"{remote} {ref}" if re.fullmatch(r"[0-9a-f]{7,40}", ref) else f"{remote} {ref}:{ref}"
    return RevisionError("base-unfetched-shallow" if _shallow(top) else "base-unfetched", fetch=fetch, **blanks)


# The files.


class Checkout(msgspec.Struct, frozen=True):
    """A commit's files that an audit may read, in a folder of their own. `root` is there what the audited folder is in
    the work tree; it need not exist. `modules` are submodules, as seen from `root`: what is in them is not known.

    Articles that are the same in the work tree are not laid out: `elsewhere` has the place and size that such a file
    has there, by the place that it would have. `links`: it has symbolic links."""

    revision: Revision
    root: Path
    index: Path
    objects: Path
    modules: tuple[str, ...] = ()
    links: bool = False
    elsewhere: Mapping[str, Elsewhere] = {}


@contextmanager
def checked_out(revision: Revision, whole: bool = False) -> Iterator[Checkout]:
    """The files of a commit below the audited folder, or the `whole` commit, until the `with` is left, however that
    may be. Raises RevisionError."""
    with tempfile.TemporaryDirectory(prefix="koujing-", ignore_cleanup_errors=True) as name:
        place = Path(os.path.realpath(name))
        index, objects = place / "index", place / "objects"
        objects.mkdir()
        with _refusals(revision.top):
            modules, links, elsewhere = _fill(revision, index, place / "tree", whole)
        root = Path(os.path.join(place / "tree", *revision.below.split("/")))
        yield Checkout(revision, root, index, objects, modules, links, elsewhere)


def _fill(
    revision: Revision, index: Path, tree: Path, whole: bool
) -> tuple[tuple[str, ...], bool, Mapping[str, Elsewhere]]:
    """Write what is wanted of a commit below `tree`; the submodules met, whether there are links, and what was left
    where it is."""
    env = {"GIT_INDEX_FILE": str(index)}
    git.tell(revision.top, "read-tree", revision.commit, env=env)
    within = ("--", revision.below) if revision.below and not whole else ()
    listed = git.tell(revision.top, "--literal-pathspecs", "ls-files", "-z", "-t", "-s", *within, env=env)
    wanted: list[bytes] = []
    modules: list[str] = []
    links = False
    for entry in filter(None, listed.split(b"\0")):
        about, _, path = entry.partition(b"\t")
        tag, mode = about.split()[:2]
        if mode == _MODULE:
            modules.append(os.fsdecode(path).removeprefix(revision.below))
        elif tag != b"S" and (mode == _LINK or os.path.splitext(os.fsdecode(path))[1].lower() in _READ):
            wanted.append(path)
            links |= mode == _LINK
    tree.mkdir()
    # A link may lead to any file, so all must be there.
    elsewhere = {} if links else _same(revision, wanted, within, tree)
    wanted = [path for path in wanted if _placed(tree, path) not in elsewhere]
    # A path that cannot be written here (its name is none on this system) is missing, as after a checkout.
    prefix = tree.as_posix() + "/"
    given = b"\0".join(wanted)
    git.tell(revision.top, "checkout-index", "-q", "-z", "--stdin", f"--prefix={prefix}", given=given, env=env, most=1)
    return tuple(modules), links, elsewhere


def _same(
    revision: Revision, wanted: Sequence[bytes], within: Sequence[str], tree: Path
) -> Mapping[str, Elsewhere]:
    """Articles that are in the work tree as they are in the commit, as far as git can tell without reading them."""
    articles = [path for path in wanted if os.path.splitext(os.fsdecode(path))[1].lower() in SUFFIXES]
    ask = ("diff-index", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=all")
    changed = git.tell(revision.top, "--literal-pathspecs", *ask, revision.commit, *within)
    listed = git.tell(revision.top, "--literal-pathspecs", "ls-files", "-v", "-z", *within)
    # Of files that git was told not to look at (a small letter, S) it does not know.
    unsure = {line[2:] for line in listed.split(b"\0") if line[:1].islower() or line[:1] == b"S"}
    unsure.update(changed.split(b"\0"))
    found: dict[str, Elsewhere] = {}
    for path in articles:
        place = os.path.join(revision.top, os.fsdecode(path))
        if path in unsure:
            continue
        with contextlib.suppress(OSError):
            status = os.lstat(place)
            if stat.S_ISREG(status.st_mode):
                found[_placed(tree, path)] = Elsewhere(place, status.st_size)
    for folder in {os.path.dirname(place) for place in found}:
        os.makedirs(folder, exist_ok=True)
    return found


def _placed(tree: Path, path: bytes) -> str:
    return os.path.join(tree, *os.fsdecode(path).split("/"))


# What was renamed, and what is in no commit yet.


def renames(checkout: Checkout, gone: Iterable[str], new: Iterable[str]) -> Mapping[str, str]:
    """Old path -> new path of files that git takes for renamed, all as seen from the audited folder.

    `gone` are in the commit and not in the work tree, `new` the other way round, tracked or not. Raises RevisionError.
    """
    revision = checkout.revision
    gone, new = list(gone), list(new)
    if not gone or not new:
        return {}
    with _refusals(revision.top):
        top = revision.top
        store = os.path.join(top, os.fsdecode(git.tell(top, "rev-parse", "--git-path", "objects").rstrip(b"\r\n")))
        env = {
            "GIT_INDEX_FILE": str(checkout.index),
            "GIT_OBJECT_DIRECTORY": str(checkout.objects),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": _quoted(store),
        }
        git.tell(top, "update-index", "-z", "--force-remove", "--stdin", given=_paths(revision, gone), env=env)
        # One that vanished meanwhile is passed over: `--remove` takes it for gone.
        git.tell(top, "update-index", "-z", "--add", "--remove", "--stdin", given=_paths(revision, new), env=env)
        seen = git.tell(
            top, "diff-index", "--cached", "-z", "--name-status", "--diff-filter=R", "-M50%", f"-l{_MOST_RENAMES}",
            "--no-ext-diff", "--ignore-submodules=all", revision.commit, env=env,
        )  # fmt: skip
    fields = [os.fsdecode(field) for field in seen.split(b"\0") if field]
    pairs = zip(fields[1::3], fields[2::3], strict=True)
    known = {*gone}, {*new}
    moved = ((old.removeprefix(revision.below), path.removeprefix(revision.below)) for old, path in pairs)
    return {old: path for old, path in moved if old in known[0] and path in known[1]}


def renamed(revision: Revision, gone: Sequence[str], new: Sequence[str]) -> Mapping[str, str]:
    """As `renames`, of a commit that is not checked out. Raises RevisionError."""
    if not gone or not new:
        return {}
    with tempfile.TemporaryDirectory(prefix="koujing-", ignore_cleanup_errors=True) as name:
        place = Path(os.path.realpath(name))
        index, objects = place / "index", place / "objects"
        objects.mkdir()
        with _refusals(revision.top):
            git.tell(revision.top, "read-tree", revision.commit, env={"GIT_INDEX_FILE": str(index)})
        return renames(Checkout(revision, place, index, objects), gone, new)


def _paths(revision: Revision, paths: Iterable[str]) -> bytes:
    return b"\0".join(os.fsencode(revision.below) + path.encode("utf-8") for path in paths)


def _quoted(path: str) -> str:
    """A path as an entry of a list of object stores, in which the system's separator of paths has a meaning."""
    if os.pathsep not in path and not path.startswith('"'):
        return path
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def uncommitted(revision: Revision) -> int:
    """How many files below the audited folder are in no commit: changed, staged, deleted, or untracked and not
    ignored. Raises RevisionError."""
    within = ("--", revision.below) if revision.below else ()
    with _refusals(revision.top):
        listed = git.tell(
            revision.top, "--literal-pathspecs", "status", "--porcelain=v1", "-z", "--untracked-files=all",
            "--no-renames", "--ignore-submodules=none", *within,
        )  # fmt: skip
    return sum(bool(entry) for entry in listed.split(b"\0"))
