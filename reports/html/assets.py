"""Styles and scripts as one text each, and the policies that let pages run these and no others."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec

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


APART_STYLES = ("tokens", "base", "frame", "parts", "conflicts", "articles", "print")
APART_SCRIPTS = ("core", "theme", "copy", "articles")
"""Of pages beside the index, of which there may be thousands."""


SERVED = "serve"
"""The style and the script of a page that is served."""
FOLDER = "assets"
"""Where files that pages share are, as seen from the index."""


class Shared(msgspec.Struct, frozen=True):
    """The style and the script of the pages beside an index; the address of the style, as seen from there; and the few
    lines on each such page that ask for the script: a page without them runs nothing."""

    files: Mapping[str, str]
    style: str
    first: str
    policy: str


@cache
def styles(*, served: bool = False) -> str:
    text = "".join(_read("css", name) for name in _with(STYLES, served))
    return _coloured(text)


@cache
def scripts(*, served: bool = False) -> str:
    """The script of a page with all sections."""
    return _scripts(_with(SCRIPTS, served))


@cache
def policy(*, folder: bool = False, served: bool = False) -> str:
    """The content security policy of such a page: its style, its script, images of its own, and nothing from anywhere.
    In a folder it may run what its own script asks for; one that is served asks its server alone."""
    asks = " 'strict-dynamic'" if folder or served else ""
    return _policy(_hash(styles(served=served)), _hash(scripts(served=served)) + asks, served)


@cache
def shared(*, served: bool = False) -> Shared:
    """What pages in a folder beside the index share. A style cannot be named by its hash there: it is one of the files
    beside the page; a script can, by the lines that ask for it."""
    style = _coloured("".join(_read("css", name) for name in _with(APART_STYLES, served)))
    script = _scripts(_with(APART_SCRIPTS, served))
    names = f"{FOLDER}/koujing.css", f"{FOLDER}/koujing.js"
    first = _read("js", "first").replace("{script}", f"../{names[1]}?{mark(script)}")
    return Shared(
        files=dict(zip(names, (style, script), strict=True)),
        style=f"../{names[0]}?{mark(style)}",
        first=first,
        policy=_policy("'self'", f"{_hash(first)} 'strict-dynamic'", served),
    )


def mark(*texts: str) -> str:
    """Part of the address of a file: another one for another text, so that no browser shows an old one."""
    return sha256("".join(texts).encode("utf-8", "backslashreplace")).hexdigest()[:10]


def data_file(name: str) -> str:
    """Where data stand in a folder, as seen from the index; static/js/core.js knows it too."""
    return f"{FOLDER}/{name}.js"


def _policy(style: str, script: str, served: bool) -> str:
    rules = (
        "default-src 'none'",
        f"style-src {style}",
        f"script-src {script}",
        "img-src data:",
        *(("connect-src 'self'",) if served else ()),
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _with(names: tuple[str, ...], served: bool) -> tuple[str, ...]:
    return (*names, SERVED) if served else names


def _coloured(text: str) -> str:
    for name in COLOURS:
        text = text.replace(f"/* {name} */", _read("css", name))
    return text


def _scripts(names: tuple[str, ...]) -> str:
    return "".join(_read("js", name) for name in names)


def _read(kind: str, name: str) -> str:
    return (HERE / "static" / kind / f"{name}.{kind}").read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "'sha256-" + b64encode(sha256(text.encode()).digest()).decode() + "'"
