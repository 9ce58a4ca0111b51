"""The characters of an HTML text node with their places in the source."""

from __future__ import annotations

import html
import html.entities
import re
import unicodedata
from collections.abc import Sequence

from claims.article import Text
from claims.language.clauses import is_answer
from claims.readers.text import TextBuilder

# Stands for <br> until white space is collapsed; a file with NUL is refused before, so no text holds it.
BREAK = "\0"
_SPACES = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f\0]+|\0")
_ENTITY = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|([A-Za-z][A-Za-z0-9]*);?)")
# How far a text that a misplaced tag has torn apart is looked for.
_WINDOW = 20_000
_LONGEST_ANSWER = 20


def place(data: str, source: str, origin: int) -> Text:
    """The places of a text node's characters: `data` as parsed, from `origin` in `source`.

    The two differ at entities, at CRLF, at the newline that a `<pre>` drops, and where the parser joined the text on
    both sides of a tag that it ignored. Characters that cannot be found again are left out.
    """
    out = TextBuilder()
    if source.startswith(data, origin):
        out.source(source, origin, origin + len(data))
        return out.build()
    done, at = 0, origin
    while done < len(data) and at < len(source):
        sign = source[at]
        if sign == "&":
            decoded, end = _entity(source, at)
            if decoded and data.startswith(decoded, done):
                for char in decoded:
                    out.char(char, at, end)
                done, at = done + len(decoded), end
                continue
        if sign == data[done]:
            out.char(sign, at, at + 1)
            done, at = done + 1, at + 1
        elif sign == "\r" and data[done] == "\n":
            end = at + (2 if source.startswith("\r\n", at) else 1)
            out.char("\n", at, end)
            done, at = done + 1, end
        elif sign in "\r\n":
            at += 1
        else:
            found = _resume(data, done, source, at)
            if found is None:
                break
            at = found
    return out.build()


def _entity(source: str, at: int) -> tuple[str, int]:
    """What the entity at `at` means and where it ends; ('', at) where there is none."""
    entity = _ENTITY.match(source, at)
    if entity is None:
        return "", at
    name = entity.group(1)
    has_end = source.startswith(";", entity.end() - 1)
    if name is None or (has_end and name + ";" in html.entities.html5):
        return html.unescape(entity.group()), entity.end()
    # Without a semicolon the longest old name counts: `&ampx` is `&x`.
    for size in range(min(len(name), 6), 1, -1):
        if name[:size] in html.entities.html5:
            return html.entities.html5[name[:size]], at + 1 + size
    return "", at


def _resume(data: str, done: int, source: str, at: int) -> int | None:
    """Where the text goes on after something that is not in it."""
    if source[at] == "<":
        closing = "-->" if source.startswith("<!--", at) else ">"
        end = source.find(closing, at)
        if end >= 0:
            return end + len(closing)
    found = source.find(data[done : done + 8], at + 1, at + _WINDOW)
    if found < 0:
        found = source.find(data[done], at + 1, at + _WINDOW)
    return found if found >= 0 else None


def joined(pieces: Sequence[Text], *, keep_spaces: bool = False) -> Text:
    """The pieces of one block as one text: white space collapsed to one space, none round breaks and at the ends.

    Pieces that the parser has moved (text between table rows) are put back into source order.
    """
    out = TextBuilder()
    space: tuple[Text, int] | None = None
    for piece in sorted(pieces, key=lambda piece: piece.starts[0]):
        if out.ends and piece.starts[0] < out.ends[-1]:
            continue
        if keep_spaces:
            out.copy(_newlines(piece), 0, len(piece.chars))
            continue
        for run in _SPACES.finditer(piece.chars):
            if run.group() == BREAK:
                space = None
                if out.chars:
                    out.char("\n", piece.starts[run.start()], piece.ends[run.start()])
            elif run.group()[0] in " \t\n\r\f":
                space = space or (piece, run.start())
            else:
                broken = space is not None and space[0] is piece and _wraps(piece.chars, space[1], run.start())
                if space is not None and out.chars and out.chars[-1] != "\n" and not broken:
                    out.char(" ", space[0].starts[space[1]], space[0].ends[space[1]])
                space = None
                out.copy(piece, run.start(), run.end())
    return out.build()


def _wraps(text: str, start: int, end: int) -> bool:
    """Whether the white space `text[start:end]` only wraps Chinese text: it holds a line break and stands beside a wide
    sign, and what is before it is more than an answer (不可以)."""
    if not start or text[start - 1] == BREAK or "\n" not in text[start:end]:
        return False
    if start <= _LONGEST_ANSWER and is_answer(text[:start].strip()):
        return False
    return any(unicodedata.east_asian_width(sign) in "WF" for sign in (text[start - 1], text[end]))


def _newlines(piece: Text) -> Text:
    return Text(piece.chars.replace(BREAK, "\n"), piece.starts, piece.ends)
