"""Text of others as markup, for what is written without a template: the same that templates do with it."""

from __future__ import annotations

import re
from typing import NewType

from reports.html.plain import STEERS, plain

Html = NewType("Html", str)
"""Markup: of ours, or text that went through `html`."""

_SPECIAL = re.compile(f"[&<>\"']|{STEERS.pattern}")
_NAMES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"})


def html(text: str) -> Html:
    """The text as it may stand in an element or in a quoted attribute."""
    return Html(text if _SPECIAL.search(text) is None else plain(text).translate(_NAMES))


def link(href: str, text: Html, kind: str = "") -> Html:
    """A link where there is an address, else the text alone; `kind` is a class."""
    of = f' class="{kind}"' if kind else ""
    return Html(f'<a href="{html(href)}"{of}>{text}</a>' if href else f"<span{of}>{text}</span>")
