"""Building `Text`: characters together with their places in the source."""

from __future__ import annotations

from claims.article import Text


class TextBuilder:
    """Collects characters in source order. `build` gives them as one immutable `Text`."""

    __slots__ = ("chars", "ends", "starts")

    def __init__(self) -> None:
        self.chars: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def char(self, char: str, start: int, end: int) -> None:
        """One character of text over `source[start:end]`."""
        self.chars.append(char)
        self.starts.append(start)
        self.ends.append(end)

    def copy(self, text: Text, start: int, end: int) -> None:
        """`text[start:end]` as it is."""
        self.chars.extend(text.chars[start:end])
        self.starts.extend(text.starts[start:end])
        self.ends.extend(text.ends[start:end])

    def source(self, source: str, start: int, end: int) -> None:
        """`source[start:end]`, character by character; CRLF becomes one newline."""
        if "\r" not in source[start:end]:
            self.chars.extend(source[start:end])
            self.starts.extend(range(start, end))
            self.ends.extend(range(start + 1, end + 1))
            return
        at = start
        while at < end:
            width = 2 if source.startswith("\r\n", at) and at + 2 <= end else 1
            self.char("\n" if source[at] == "\r" else source[at], at, at + width)
            at += width

    def build(self) -> Text:
        return Text("".join(self.chars), tuple(self.starts), tuple(self.ends))


def verbatim(source: str, start: int, end: int) -> Text:
    """`source[start:end]` as Text, CRLF as one newline."""
    builder = TextBuilder()
    builder.source(source, start, end)
    return builder.build()


def stripped(text: Text) -> Text:
    """Without white space (also full-width and no-break) at both ends."""
    start = len(text.chars) - len(text.chars.lstrip())
    end = len(text.chars.rstrip())
    if start == 0 and end == len(text.chars):
        return text
    return text.slice(start, max(start, end))
