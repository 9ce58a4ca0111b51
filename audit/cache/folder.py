"""The folder of the cache: where it is, by the rules of the system, and whether it is ours alone."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "KOUJING_CACHE_DIR"
"""Names another folder, in which ours is made."""

_INSIDE = "koujing-1"
"""Made and checked by us, whatever folder it is in; another number once its files are laid out in another way."""


class Unusable(Exception):
    """There can be no cache. `code` and `args` say why, in any language."""

    def __init__(self, code: str, **args: str) -> None:
        super().__init__(code)
        self.code = code
        self.blanks = args


def place(env: Mapping[str, str], home: Path | None, system: str = sys.platform) -> Path:
    """Where the cache is. `home` is the user's folder, None where there is none. Raises Unusable."""
    named = env.get(VARIABLE)
    if named:
        return Path(os.path.abspath(named)) / _INSIDE
    if system == "win32" and env.get("LOCALAPPDATA"):
        return Path(env["LOCALAPPDATA"]) / "koujing" / "Cache" / _INSIDE
    xdg = env.get("XDG_CACHE_HOME", "")
    if system not in ("win32", "darwin") and os.path.isabs(xdg):
        return Path(xdg) / "koujing" / _INSIDE
    if home is None:
        raise Unusable("cache-no-home", variable=VARIABLE)
    below = {"darwin": ("Library", "Caches", "koujing"), "win32": ("AppData", "Local", "koujing", "Cache")}
    return home.joinpath(*below.get(system, (".cache", "koujing")), _INSIDE)


def ours(folder: Path) -> Path:
    """The folder, made where it is missing, for this user alone. Raises Unusable where others may have written to it,
    or it cannot be made."""
    shown = folder.as_posix()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = folder.lstat()
    except OSError as e:
        raise Unusable("cache-unusable", folder=shown, why=e.strerror or str(e)) from e
    if not stat.S_ISDIR(found.st_mode):
        raise Unusable("cache-foreign", folder=shown)
    if hasattr(os, "geteuid") and (found.st_uid != os.geteuid() or found.st_mode & 0o022):
        raise Unusable("cache-foreign", folder=shown)
    return folder
