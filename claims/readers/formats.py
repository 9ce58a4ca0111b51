"""What the text of a record is written in, where nothing says so: HTML, Markdown or plain text."""

from __future__ import annotations

import re

from claims.exports import BodyFormat

_LOOKED_AT = 20_000
"""Characters. What a text is written in shows at its beginning."""
_BEGINS_HTML = re.compile(r"[\s\ufeff]*<(?:!doctype\b|!--|[A-Za-z][A-Za-z0-9]*[\s/>])", re.IGNORECASE)
_MARKDOWN_LINE = re.compile(
    r"(?:^|\n)(?:#{1,6}[ \t]+\S|\|?[ \t]*:?-{2,}:?[ \t]*\|[-:| \t]*(?:\r?\n|\Z)|```)|\A\ufeff?---[ \t]*\r?\n"
)
_BLOCK_TAG = re.compile(r"</(?:p|div|li|ul|ol|h[1-6]|td|tr|table|section|article)\s*>|<br\s*/?>", re.IGNORECASE)
_MARKDOWN_INLINE = re.compile(r"(?<!\*)\*\*(?=\S)[^*\n]+\*\*|!?\[[^\[\]\n]{0,200}\]\([^)\s]{1,500}\)|(?:^|\n)[-*+] +\S")


def format_of(body: str) -> BodyFormat:
    """The first that fits: begins with a tag: HTML; has a heading, a table's rule, a fence or front matter of Markdown:
    Markdown; has a closing block tag or a <br>: HTML; has bold, links or list items of Markdown: Markdown; else text.
    """
    start = body[:_LOOKED_AT]
    if _BEGINS_HTML.match(start):
        return "html"
    if _MARKDOWN_LINE.search(start):
        return "markdown"
    if _BLOCK_TAG.search(start):
        return "html"
    return "markdown" if _MARKDOWN_INLINE.search(start) else "text"
