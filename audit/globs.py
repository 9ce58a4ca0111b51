"""Which paths a glob of the config means, the same on every system: `*` and `?` within a name, `**` over folders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_WILD = re.compile(r"[*?\[]")


@lru_cache(maxsize=256)
def pattern(glob: str) -> re.Pattern[str]:
    """`content` and `content/` mean all in that folder, `content/**/*.md` the Markdown at any depth in it."""
    parts = [p for p in glob.split("/") if p not in ("", ".")]
    if not parts:
        return re.compile(r".+\Z", re.DOTALL)
    above = _folders(parts[:-1])
    last = ".+" if parts[-1] == "**" else _name(parts[-1])
    below = "" if _WILD.search(parts[-1]) else "(?:/.+)?"
    return re.compile(above + last + below + r"\Z", re.DOTALL)


# Between two wildcards the first place that fits is as good as any: what follows may begin anywhere behind it. So it is
# taken once and for all (an atomic group), or a glob of many wildcards would try them all against each other.


def _folders(parts: Sequence[str]) -> str:
    """What stands before a path's last name."""
    out, run = "", ""
    after = False
    for part in parts:
        if part != "**":
            run += _name(part) + "/"
            continue
        out += f"(?>(?:[^/]+/)*?{run})" if after and run else run
        after, run = True, ""
    return out + (f"(?:[^/]+/)*{run}" if after else run)


def _name(part: str) -> str:
    """A name with its wildcards; `[^/]*` at its end takes the rest of the name."""
    first, *others = _pieces(part)
    if not others:
        return first
    return first + "".join(f"(?>[^/]*?{piece})" for piece in others[:-1] if piece) + "[^/]*" + others[-1]


def _pieces(part: str) -> list[str]:
    """What stands before, between and behind the stars of a name."""
    out, pieces, i = "", list[str](), 0
    while i < len(part):
        c = part[i]
        close = part.find("]", i + 2) if c == "[" else -1
        if c == "*":
            pieces.append(out)
            out = ""
        elif c == "?":
            out += "[^/]"
        elif close > 0:
            inner = part[i + 1 : close]
            inner = ("^" + inner[1:]) if inner[0] == "!" else inner
            out += "(?!/)[" + inner.replace("\\", r"\\").replace("[", r"\[") + "]"
            i = close
        else:
            out += re.escape(c)
        i += 1
    return [*pieces, out]


def base(glob: str) -> str:
    """The folder (or file) that a glob names before its first wildcard; "" for the root."""
    named: list[str] = []
    for part in (p for p in glob.split("/") if p not in ("", ".")):
        if _WILD.search(part):
            break
        named.append(part)
    return "/".join(named)


def wanted(globs: Iterable[str]) -> list[str]:
    """Those that say which files are meant."""
    return [glob for glob in globs if not glob.startswith("!")]


def taken_out(globs: Iterable[str]) -> list[str]:
    """Those that take some of them out again, with their `!`."""
    return [glob for glob in globs if glob.startswith("!")]


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether any glob means the path and none that begins with `!` takes it out again."""
    taken = False
    for glob in globs:
        if glob.startswith("!"):
            if pattern(glob[1:]).match(path):
                return False
        elif not taken:
            taken = pattern(glob).match(path) is not None
    return taken
