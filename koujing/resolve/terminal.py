"""Keys and lines from whoever answers: at a terminal, or piped in a line each."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from typing import Protocol

from koujing.streams import out
from reports.wording.resolving import tell
from reports.wording.terms import Lang

_MEANT = {"甲": "1", "乙": "2", "是": "y", "否": "n"}
_PAUSE = 0.05
"""Seconds within which the rest of an arrow key's sequence arrives."""


class Ended(Exception):
    """There is nobody who answers any more."""


class Console(Protocol):
    """Who is asked. Both raise Ended where the input ends, KeyboardInterrupt for Ctrl-C."""

    def key(self, prompt: str) -> str:
        """One key, folded (`fold_key`); empty for Enter."""

    def line(self, prompt: str) -> str:
        """A line without the spaces around it."""


def fold_key(text: str) -> str:
    """A key whatever the input method: １, ｂ, Ｂ and 甲 are 1, b, b and 1. Of a line, its first character."""
    first = unicodedata.normalize("NFKC", text).strip()[:1].lower()
    return _MEANT.get(first, first)


def console(lang: Lang) -> Console:
    """The terminal, or whatever is piped in."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        with contextlib.suppress(ValueError, OSError):
            sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    return Terminal(lang) if is_terminal() else Piped(lang)


def is_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def is_text(text: str) -> bool:
    """Whether what was typed could be read: bytes that are no UTF-8 come as lone surrogates."""
    return not any(unicodedata.category(char) == "Cs" for char in text)


class Piped:
    """A line for each answer, shown as it is read, so that the output can be followed."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    def key(self, prompt: str) -> str:
        return fold_key(self.line(prompt))

    def line(self, prompt: str) -> str:
        out(prompt)
        text = sys.stdin.readline() if sys.stdin is not None else ""
        if not text:
            out("\n")
            raise Ended
        out(text if text.endswith("\n") and is_text(text) else "\n")
        if not is_text(text):
            out(tell("not-utf8", self._lang) + "\n")
            return self.line(prompt)
        return text.strip()


class Terminal:
    """Single keys without Enter; lines with the editing that readline gives where there is one."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401  # makes `input` edit wide characters rightly, and remember what was typed

    def key(self, prompt: str) -> str:
        with _single():  # before the prompt: a key typed at once is one already
            out(prompt)
            char = _char()
            while char is None:
                char = _char()
        if not is_text(char):
            out("\n" + tell("not-utf8", self._lang) + "\n")
            return self.key(prompt)
        out((char if char.isprintable() else "") + "\n")
        return fold_key(char)

    def line(self, prompt: str) -> str:
        try:
            text = input(prompt)
        except EOFError as e:
            out("\n")
            raise Ended from e
        if not is_text(text):
            out(tell("not-utf8", self._lang) + "\n")
            return self.line(prompt)
        return text.strip()


@contextlib.contextmanager
def _single() -> Iterator[None]:
    """The terminal gives each key at once, and does not show it."""
    if os.name != "posix":
        yield
        return
    import termios
    import tty

    fd = sys.stdin.fileno()
    before = termios.tcgetattr(fd)
    try:
        tty.setcbreak(fd, termios.TCSADRAIN)  # what was typed ahead stays
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)


def _char() -> str | None:
    """One character; None for a key that is none (an arrow)."""
    if os.name != "posix":
        return _windows_char()
    fd = sys.stdin.fileno()
    data = _read(fd)
    if data == b"\x1b":
        _skip(fd)
        return None
    while len(data) < _length(data[0]):
        data += _read(fd)
    if data == b"\x04":
        raise Ended
    return data.decode("utf-8", "surrogateescape") if data != b"\x00" else None


def _read(fd: int) -> bytes:
    data = os.read(fd, 1)
    if not data:
        raise Ended
    return data


def _skip(fd: int) -> None:
    """The rest of what an arrow or function key sends: `[` and so on up to a letter or `~`, or `O` and a letter."""
    import select

    first, last = True, b""
    while select.select([fd], [], [], _PAUSE)[0]:
        last = os.read(fd, 1)
        if not last or (b"@" <= last <= b"~" and not (first and last in b"[O")):
            return
        first = False


def _length(first: int) -> int:
    """Bytes of a UTF-8 character by its first."""
    return 4 if first >= 0xF0 else 3 if first >= 0xE0 else 2 if first >= 0xC0 else 1


def _windows_char() -> str | None:
    import click

    try:
        char = click.getchar()
    except EOFError as e:
        raise Ended from e
    return None if char[:1] in ("\x00", "\xe0") else char[:1]
