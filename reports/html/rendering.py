"""Templates, filled: whatever is put into one is escaped, and cannot steer the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.html import assets
from reports.html.plain import STEERS, cut, plain
from reports.html.serving import fields
from reports.wording.page import words_of
from reports.wording.serving import serve_words
from reports.wording.terms import Lang

TITLE = 120
"""Characters of a page's title."""


def rendered(template: str, context: Mapping[str, Any], lang: Lang) -> Markup:
    # Autoescape is on: what a template gives is markup.
    return Markup(_environment(lang).get_template(f"{template}.html.jinja").render(context))


@cache
def _environment(lang: Lang) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(assets.HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_final,
    )
    environment.globals["t"] = lambda key, **args: words_of(key, lang, **args)
    environment.globals["short"] = lambda text: cut(text, TITLE)
    environment.globals["served"] = lambda key, **args: serve_words(key, lang, **args)
    environment.globals["fields"] = lambda: fields(lang)
    environment.globals["zh"] = lang == "zh"
    environment.filters["data"] = data
    return environment


def _final(value: Any) -> Any:
    """Whatever is put into a template: text of others cannot steer it."""
    return plain(value) if type(value) is str else value  # Markup is ours


def data(value: Any) -> Markup:
    """A value for a `<script type="application/json">`: no text in it can end the element, begin a comment or steer."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(STEERS.sub(lambda found: f"\\u{ord(found.group()):04x}", text))  # escaped above


def data_script(name: str, value: Any) -> str:
    """The same as a script of its own, which gives it to the page's: from disk a page can read nothing else."""
    text = str(data(value)).replace("\\", "\\\\").replace("'", "\\'")
    return f"koujing.take(\"{name}\",'{text}');\n"
