"""Bytes to characters: UTF-8, else GB18030, else an error that says where."""

from __future__ import annotations

from claims.errors import ReadError

BOM = "\ufeff"
# Characters that print nothing though str.strip() keeps them: a file of these alone is empty to its author.
_INVISIBLE = BOM + "\u200b\u200c\u200d\u2060"


class EmptyArticle(ReadError):
    """The file holds nothing but white space. Callers may treat it as a warning."""


def decode(path: str, data: bytes) -> str:
    """The characters of a file, newlines untranslated, a BOM kept as the first character.

    Raises EmptyArticle for a file of white space only, ReadError for a binary file or an unknown encoding.
    """
    if b"\0" in data:
        raise ReadError("not a text file: it holds NUL bytes", path=path, hint=_hint(data, "only texts can be audited"))
    source = characters(path, data)
    if is_blank(source):
        raise EmptyArticle("the file is empty", path=path, hint="write the article or delete the file")
    return source


def is_blank(source: str) -> bool:
    """Whether a text shows nothing."""
    return all(char.isspace() or char in _INVISIBLE for char in source)


def characters(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    if not _is_damaged_utf8(data):
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    line = data.count(b"\n", 0, broken.start) + 1
    raise ReadError(
        f"neither UTF-8 nor GB18030: byte 0x{data[broken.start]:02x} at {broken.start} fits neither",
        path=path,
        line=line,
        hint=_hint(data, "save the file as UTF-8"),
    ) from broken


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 with a few wrong ones.

    GB18030 accepts nearly any pair of bytes, so one cut-off character would turn a whole UTF-8 article into other
    Chinese characters without a word. Real GB18030 text read as UTF-8 keeps hardly any character.
    """
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    kept = sum(1 for char in text if char > "\u07ff") - lost
    return kept > lost


def _hint(data: bytes, otherwise: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "this looks like UTF-16; save the file as UTF-8"
    return otherwise
