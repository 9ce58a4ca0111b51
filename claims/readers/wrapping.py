"""Paragraphs that an editor has wrapped at a column: their line breaks stand anywhere, in the middle of words too.

Markdown renders a line break in a paragraph as a space; but many authors break lines where they mean it, in lists
without marks. What tells the two apart is that wrapped lines are long and alike: all but the last end at one column.
"""

from __future__ import annotations

import unicodedata

_NARROWEST = 48
"""Columns. Shorter lines are lines of their own."""
_RAGGED = 6
"""Columns that a wrapped line may fall short of the longest, as signs that begin no line are moved."""


def is_wrapped(text: str) -> bool:
    """Whether the lines of a paragraph are one text that was wrapped. Hard breaks (two spaces, a backslash) speak
    against it."""
    lines = text.split("\n")
    if len(lines) < 2 or any(line.endswith(("  ", "\\")) for line in lines[:-1]):
        return False
    widths = [_columns(line.strip()) for line in lines]
    longest = max(widths)
    return min(widths[:-1]) >= max(_NARROWEST, longest - _RAGGED) and widths[-1] <= longest


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def joint(before: str, after: str) -> str:
    """What stands for a line break inside a wrapped text: a space between two Latin words, else nothing."""
    latin = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    return " " if latin and not (before.isdigit() and after.isdigit()) else ""
