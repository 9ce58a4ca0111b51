"""Text of others as a page may show it: nothing in it steers the page, turns its direction or cannot be written."""

from __future__ import annotations

import re

STEERS = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters but tab and line ends
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction
    "\u2028\u2029"  # line and paragraph separators
    "\ud800-\udfff"  # halves of characters, which no encoding can write
    "]"
)


def plain(text: str) -> str:
    """The text, its control and bidi characters by name (<U+202E>). Emoji and what joins them stay as they are."""
    return STEERS.sub(lambda found: f"<U+{ord(found.group()):04X}>", text) if STEERS.search(text) else text


def cut(text: str, most: int) -> str:
    """At most so many characters, `…` for what is left out at the end."""
    return text if len(text) <= most else text[: most - 1] + "…"
