"""How wide text is on a terminal, and what of it must not reach one: control and bidi characters are shown by name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TAB = "    "


@lru_cache(maxsize=1 << 14)
def shown(char: str) -> str:
    """A character as a terminal may get it."""
    if char == "\t":
        return TAB
    # Cc, Cf: control, bidi, zero width; Cs: lone surrogates; Zl, Zp: line and paragraph separators.
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return f"<U+{ord(char):04X}>"
    return char


@lru_cache(maxsize=1 << 14)
def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def safe(text: str) -> str:
    """Text on one line, with nothing in it that could steer a terminal."""
    return "".join(" " if c in "\r\n\t" else shown(c) for c in _decoded(text))


def _decoded(text: str) -> str:
    """Names of files hold lone surrogates where the locale could not read them; UTF-8 most likely can."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        try:
            return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        except UnicodeEncodeError:  # a surrogate that no locale made, such as one of a title's escapes
            return text
    return text


def encodable(text: str) -> str:
    """Text as it is, but that UTF-8 can hold it: a lone surrogate is shown by name."""
    return "".join(shown(c) if "\ud800" <= c <= "\udfff" else c for c in _decoded(text))


def columns(text: str) -> int:
    """How many columns a text takes: two for an east-asian wide or full-width character."""
    return sum(map(_columns, text))


def pad(text: str, width: int) -> str:
    """A text with spaces up to a width."""
    return text + " " * max(0, width - columns(text))


def cut(text: str, width: int) -> str:
    """A text of at most a width, `…` for what is left out."""
    if columns(text) <= width:
        return text
    kept, used = "", 0
    for char in text:
        used += _columns(char)
        if used > width - 1:
            break
        kept += char
    return kept + "…"


_PIECES = re.compile(r"[!-~]+| +|.", re.DOTALL)
"""What a line is not broken in: a run of Latin letters and signs."""

_LEANS = frozenset("，。、；：？！）》】」』”’…%‰")
"""What may not begin a line."""

_LEADS = frozenset("“‘（《【「『")
"""What may not end one."""


def wrapped(text: str, width: int) -> list[str]:
    """A text on one line as lines of at most a width (a longer Latin word is broken). Chinese breaks anywhere but
    before the signs that close something and after those that open it."""
    lines: list[list[str]] = [[]]
    for piece in _PIECES.findall(text):
        for part in _broken(piece, width):
            line = lines[-1]
            if sum(map(columns, line)) + columns(part) <= width:
                line.append(part)
            elif part.isspace():
                lines.append([])
            else:
                lines.append([*_taken_along(line, part, width), part])
    return ["".join(line).rstrip() for line in lines if line] or [""]


def _taken_along(line: list[str], part: str, width: int) -> list[str]:
    """What of a full line goes to the next with a part that does not fit."""
    taken: list[str] = []
    while len(line) > 1 and (line[-1] in _LEADS or (part in _LEANS and not taken)):
        if sum(map(columns, (*taken, line[-1], part))) > width:
            break
        taken.insert(0, line.pop())
    return taken


def _broken(piece: str, width: int) -> list[str]:
    if columns(piece) <= width:
        return [piece]
    return [piece[i : i + width] for i in range(0, len(piece), width)]
