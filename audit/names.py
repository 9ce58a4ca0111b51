"""What a file's name says: whether it is an article, may hold articles, is about the repo, is hidden."""

from __future__ import annotations

import os
import re

from audit import containers
from claims.readers import SUFFIXES

_ABOUT = re.compile(r"(?:readme|licen[cs]e|changelog)(?:[._-][a-z]{2}(?:[_-][a-z]{2,4})?)?\.[a-z]+\Z", re.IGNORECASE)


def is_about(name: str) -> bool:
    """A file about the repo rather than an article of it: README.md, LICENSE.txt, CHANGELOG.zh-CN.md."""
    return _ABOUT.match(name) is not None


def is_article(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in SUFFIXES and not is_about(name)


def may_hold(name: str) -> bool:
    """An article, or a container of some."""
    return is_article(name) or containers.is_container(name)


def is_hidden(path: str) -> bool:
    if "/" not in path:  # a name, of which there may be very many
        return path.startswith(".") or path == "node_modules"
    return any(part.startswith(".") or part == "node_modules" for part in path.split("/"))


def printable(path: str) -> str:
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
