"""Which globs mean the articles that a folder holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

MOST = 12
"""With more globs than this, a folder is named whole rather than by suffix."""

_ABOUT = re.compile(
    r"(?:contributing|code_of_conduct|security|authors|contributors|maintainers|notice|support|governance|todo|agents)"
    r"(?:[._-][a-z]{2}(?:[_-][a-z]{2,4})?)?\.(?:md|markdown|txt|html?)\Z"
    r"|(?:(?:[a-z-]*requirements[a-z-]*|constraints|robots|humans|ads|llms|cmakelists)\.txt|404\.html?)\Z",
    re.IGNORECASE,
)
"""Files at the root that are about the repo, or for machines. READMEs, licences and changelogs are never articles."""


def guess(paths: Iterable[str]) -> tuple[str, ...]:
    """Globs for articles at these paths (relative to the root, with `/`): by folder at the top, and suffix.

    >>> guess(["articles/a.md", "articles/x/b.html", "requirements.txt"])
    ('articles/**/*.html', 'articles/**/*.md')
    """
    paths = sorted(paths)
    about = [path for path in paths if "/" not in path and _ABOUT.match(path)]
    found = {(_top(path), PurePosixPath(path).suffix) for path in paths if path not in about}
    if len(found) > MOST:
        # The root stays by suffix: named whole, it would be everything.
        found = {(top, "" if top else suffix) for top, suffix in found}
    globs = [f"{_literal(top)}/**/*{suffix}" if top else f"*{suffix}" for top, suffix in sorted(found)]
    at_root = {suffix for top, suffix in found if not top}
    return (*globs, *(f"!{_literal(path)}" for path in about if PurePosixPath(path).suffix in at_root))


def _top(path: str) -> str:
    return path.partition("/")[0] if "/" in path else ""


def _literal(name: str) -> str:
    return re.sub(r"[\[*?]", lambda m: f"[{m[0]}]", name)
