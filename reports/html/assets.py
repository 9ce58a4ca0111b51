"""Styles and scripts as one text each, and the policy that lets the page run these and no others."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent

STYLES = (
    "tokens", "base", "frame", "parts", "overview", "conflicts", "topics", "articles", "todo", "rulings", "claims",
    "print",
)  # fmt: skip
"""Files of static/css, in the order of the cascade."""
SCRIPTS = ("core", "theme", "filter", "copy", "articles", "todo", "claims")
"""Files of static/js, in order; each is a function of its own."""

COLOURS = ("light", "dark")
"""Where `/* light */` stands in a style, light.css is put in: for paper, too; and dark.css for a dark system and for a
reader who asks for it."""


APART_STYLES = ("tokens", "base", "frame", "parts", "articles", "print")
APART_SCRIPTS = ("core", "theme", "copy", "articles")
"""Of a page beside the index, of which there may be thousands."""


SERVED = "serve"
"""The style and the script of a page that is served."""


@cache
def styles(*, apart: bool = False, served: bool = False) -> str:
    text = _joined("css", _with(APART_STYLES if apart else STYLES, served))
    for name in COLOURS:
        text = text.replace(f"/* {name} */", _read("css", name))
    return text


@cache
def scripts(*, apart: bool = False, served: bool = False) -> str:
    return _joined("js", _with(APART_SCRIPTS if apart else SCRIPTS, served))


@cache
def policy(*, apart: bool = False, served: bool = False) -> str:
    """The content security policy: this style, this script, images of the page's own, and nothing from anywhere.
    One that is served asks its server alone."""
    rules = (
        "default-src 'none'",
        f"style-src '{_hash(styles(apart=apart, served=served))}'",
        f"script-src '{_hash(scripts(apart=apart, served=served))}'",
        "img-src data:",
        *(("connect-src 'self'",) if served else ()),
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _with(names: tuple[str, ...], served: bool) -> tuple[str, ...]:
    return (*names, SERVED) if served else names


def _joined(kind: str, names: tuple[str, ...]) -> str:
    return "".join(_read(kind, name) for name in names)


def _read(kind: str, name: str) -> str:
    return (HERE / "static" / kind / f"{name}.{kind}").read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
