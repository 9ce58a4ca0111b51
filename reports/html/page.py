"""The page itself: sections in their frame, everything escaped."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.html import assets
from reports.html.links import Links
from reports.html.plain import plain
from reports.html.record import Audit
from reports.html.sections import SECTIONS, Section
from reports.wording.page import words_of
from reports.wording.terms import Lang

TAGS: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en"}


class Drawn(msgspec.Struct, frozen=True):
    """A section as the frame takes it."""

    name: str
    title: str
    tally: int | None
    body: Markup


def index(audit: Audit) -> str:
    """The whole audit as one page."""
    links = Links(sections=frozenset(section.name for section in SECTIONS))
    return frame(audit, [draw(section, audit, links) for section in SECTIONS])


def draw(section: Section, audit: Audit, links: Links) -> Drawn:
    lang = audit.report.words.lang
    context = section.context(audit, links)
    # Autoescape is on: what the template gives is markup.
    body = Markup(_environment(lang).get_template(f"{section.name}.html.jinja").render(context))
    tally = len(context[section.tally]) if section.tally is not None else None
    return Drawn(section.name, words_of(section.name, lang), tally, body)


def frame(audit: Audit, sections: Sequence[Drawn], title: str = "") -> str:
    """Sections as a page; `title` is that of the report unless given."""
    lang = audit.report.words.lang
    template = _environment(lang).get_template("page.html.jinja")
    return template.render(
        tag=TAGS[lang],
        policy=assets.policy(),
        styles=Markup(assets.styles()),  # ours, and hashed as they are
        scripts=Markup(assets.scripts()),
        sections=sections,
        version=audit.run.version,
        title=title or words_of("title", lang),
    )


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
    environment.globals["zh"] = lang == "zh"
    environment.filters["data"] = data
    return environment


def _final(value: Any) -> Any:
    """Whatever is put into a template: text of others cannot steer it."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def data(value: Any) -> Markup:
    """A value for a `<script type="application/json">`: no text in it can end the element, or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text.encode("utf-8", "backslashreplace").decode())  # escaped above
