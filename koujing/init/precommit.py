"""A hook added to a .pre-commit-config.yaml that is there, whose comments, order and manner stay as they are."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

_FIRST = re.compile(r"(?:\ufeff)?(?:#.*\n|\n)*repos:\n")


def has_hook(text: str) -> bool:
    """Whether a hook of koujing stands in it already."""
    try:
        repos = _plain(text).get("repos")
    except (yaml.YAMLError, ValueError):
        return False
    lists = [repo.get("hooks") for repo in _listed(repos) if isinstance(repo, dict)]
    hooks = [hook for hooks in lists for hook in _listed(hooks)]
    return any(isinstance(hook, dict) and str(hook.get("id", "")).startswith("koujing") for hook in hooks)


def entry(whole: str) -> str:
    """The lines of the one repo that a config of ours has, its dash at the margin."""
    lines = whole[_match(whole) :].splitlines()
    return "".join(f"{line[2:]}\n" for line in lines)


def added(text: str, whole: str) -> str | None:
    """`text` with the repo of our own config `whole` behind its others; None where it is not as pre-commit wants it."""
    try:
        before = _plain(text)
        tree = YAML(typ="rt").load(text.lstrip("\ufeff"))
    except (yaml.YAMLError, YAMLError, ValueError):
        return None
    if not before:
        return f"{text.rstrip()}\n\n{whole}" if text.strip() else whole
    repos = before.get("repos") or []
    if not isinstance(tree, CommentedMap) or not isinstance(repos, list):
        return None
    wanted = {**before, "repos": [*repos, *_plain(whole)["repos"]]}
    ways: tuple[Callable[[], str], ...] = (
        lambda: _inserted(text, tree, entry(whole)),
        lambda: _dumped(text, tree, whole),
    )
    return next((done for way in ways if _is(done := way(), wanted)), None)


def _inserted(text: str, tree: CommentedMap, lines: str) -> str:
    """The lines put in behind the last repo, where ruamel says; every other byte stays. "" where none is."""
    repos = tree.get("repos")
    if not isinstance(repos, CommentedSeq) or not repos or repos.fa.flow_style():
        return ""
    line, column = int(repos.lc.line), int(repos.lc.col)
    rows = text.splitlines(keepends=True)
    keys = sorted(int(place[0]) for place in tree.lc.data.values())
    end = next((key for key in keys if key > line), len(rows))
    is_last = end == len(rows)
    while end > line and (not rows[end - 1].strip() or (not is_last and rows[end - 1].startswith("#"))):
        end -= 1
    newline = "\r\n" if "\r\n" in text else "\n"
    new = "".join(" " * column + row + newline for row in lines.splitlines())
    if not rows[end - 1].endswith("\n"):
        new = newline + new
    return "".join(rows[:end]) + new + "".join(rows[end:])


def _dumped(text: str, tree: CommentedMap, whole: str) -> str:
    """The file written anew by ruamel, which keeps comments and order, for lists in brackets or none."""
    writer = YAML(typ="rt")
    writer.preserve_quotes = True
    writer.width = 4096
    writer.explicit_start = bool(re.search(r"^---", text, re.MULTILINE))
    writer.indent(mapping=2, sequence=4, offset=2)
    ours = YAML(typ="rt").load(whole)["repos"]
    repos = tree.get("repos")
    if isinstance(repos, CommentedSeq) and repos:
        repos.extend(ours)
    else:
        tree["repos"] = ours
    stream = io.StringIO()
    writer.dump(tree, stream)
    return stream.getvalue().replace("\n", "\r\n" if "\r\n" in text else "\n")


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _plain(text: str) -> dict[str, Any]:
    """Raises ValueError for what is no mapping, YAMLError for what is no YAML."""
    data = yaml.safe_load(text)
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise ValueError("no mapping")
    return data


def _is(text: str, wanted: dict[str, Any]) -> bool:
    try:
        return bool(text) and _plain(text) == wanted
    except (yaml.YAMLError, ValueError):
        return False


def _match(whole: str) -> int:
    found = _FIRST.match(whole)
    assert found, "our own template begins with comments and `repos:`"
    return found.end()
