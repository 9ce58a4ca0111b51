"""Regular expressions as Python has compiled them, kept from one run to the next.

There are hundreds, and to compile them takes longer than anything else that a check of one changed article does. What
Python makes of one is a list of numbers for its matcher; given these it need not be made again. The matcher looks
whether they are sound before it takes them, as it does with those of its own making; they are kept under a checksum
like all else, and for the very version of Python. Where a Python has not what is needed here, nothing is kept.
"""

from __future__ import annotations

import re
import sys
import threading
from array import array
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import msgspec

from audit.cache.disk import Disk

TABLE = "pattern"
MOST = 4_000
"""Patterns that are kept; a program has far fewer, and so nobody's own fill the cache."""

_Key = tuple[str, int]


class _Made(msgspec.Struct, frozen=True, array_like=True):
    """A pattern and its flags as asked for, and what was made of them: flags, numbers, groups, names of groups."""

    pattern: str
    asked: int
    flags: int
    code: bytes
    groups: int
    names: dict[str, int]


_decoder = msgspec.msgpack.Decoder(list[_Made])


class Patterns:
    """What `re` compiles while it is in use: known patterns are not compiled again, others are remembered."""

    def __init__(self, disk: Disk, program: str) -> None:
        self._disk = disk
        self._key = sha256(f"{program} {sys.version}".encode()).digest()[:20]
        self._known: dict[_Key, _Made] = {}
        self._new = False
        self._guard = threading.Lock()
        self._compiler: Any = None
        self._compile: Callable[..., Any] | None = None

    def use(self) -> None:
        """Take the place of Python's compiler, until `close`."""
        compiler, maker = getattr(re, "_compiler", None), sys.modules.get("_sre")
        if compiler is None or maker is None or not hasattr(compiler, "_sre") or array("I").itemsize != 4:
            return
        data = self._disk.get(TABLE, self._key)
        try:
            listed = _decoder.decode(data) if data is not None else []
        except msgspec.MsgspecError:
            listed = []
        self._known = {(made.pattern, made.asked): made for made in listed}
        self._compiler, self._compile = compiler, compiler.compile
        compiler.compile = self._compiled

    def close(self) -> None:
        """Leave the compiler as it was; keep what is new."""
        if self._compiler is None:
            return
        self._compiler.compile = self._compile
        self._compiler = None
        if self._new and len(self._known) <= MOST:
            try:
                self._disk.put(TABLE, self._key, msgspec.msgpack.encode(list(self._known.values())))
            except UnicodeEncodeError:
                return

    def _compiled(self, pattern: Any, flags: int = 0) -> Any:
        assert self._compile is not None
        if type(pattern) is not str or flags & re.DEBUG:
            return self._compile(pattern, flags)
        key = pattern, int(flags)
        made = self._known.get(key)
        if made is not None:
            try:
                return _revived(made)
            except Exception:  # of whatever kind: then it is compiled
                self._known.pop(key, None)
        with self._guard:
            return self._made(key)

    def _made(self, key: _Key) -> Any:
        """Compile a pattern, and look at what the matcher is given."""
        compiler, really = self._compiler, self._compiler._sre
        seen: list[tuple[Any, ...]] = []
        compiler._sre = _Listening(really, seen)
        try:
            found = self._compile(*key)  # type: ignore[misc]
        finally:
            compiler._sre = really
        if len(seen) == 1 and len(seen[0]) == 6:
            pattern, flags, code, groups, names, _ = seen[0]
            if pattern == key[0]:
                made = _Made(*key, int(flags), array("I", code).tobytes(), groups, dict(names))
                self._known[key], self._new = made, True
        return found


class _Listening:
    """Stands for the matcher's module, and notes what it is asked to make."""

    def __init__(self, really: Any, seen: list[tuple[Any, ...]]) -> None:
        self._really, self._seen = really, seen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._really, name)

    def compile(self, *given: Any) -> Any:
        self._seen.append(given)
        return self._really.compile(*given)


def _revived(made: _Made) -> Any:
    import _sre  # type: ignore[import-not-found]

    code = array("I")
    code.frombytes(made.code)
    names: list[str | None] = [None] * (made.groups + 1)
    for name, number in made.names.items():
        names[number] = name
    return _sre.compile(made.pattern, made.flags, code.tolist(), made.groups, made.names, tuple(names))
