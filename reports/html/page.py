"""The page itself: sections in their frame, everything escaped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.html import assets
from reports.html.links import Links
from reports.html.plain import STEERS, cut, plain
from reports.html.record import Audit
from reports.html.sections import SECTIONS, Section
from reports.html.serving import Serving, fields, serving_data
from reports.wording.page import words_of
from reports.wording.serving import serve_words
from reports.wording.terms import Lang

MOST = 5_000_000
"""Bytes of a report in one file."""
NOTE = 500
"""Bytes that a claim's note has at least."""
INDEX = "index.html"
TITLE = 120
"""Characters of a page's title."""
TAGS: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en"}


class Drawn(msgspec.Struct, frozen=True):
    """A section as the frame takes it."""

    name: str
    title: str
    tally: int | None
    body: Markup


def book(audit: Audit, most: int = MOST, serving: Serving | None = None) -> Iterator[tuple[str, str]]:
    """The files of a report by their names, the index last: one alone where that is not larger than `most` bytes, else
    with pages beside it. `serving` where they are served."""
    if _least(audit) <= most:
        whole = _whole(audit, _links(), serving)
        if _size(whole) <= most:
            yield INDEX, whole
            return
    links = _links(folder=True)
    drawn = [draw(section, audit, links) for section in SECTIONS]
    for section in SECTIONS:
        for one in section.apart(audit, links.beside()) if section.apart is not None else ():
            body = _rendered(one.template, one.context, audit)
            page = Drawn("page", one.title, None, body)
            yield one.file, _frame(audit, drawn, links.beside(), one.title, page, serving)
    yield INDEX, _frame(audit, drawn, links, _title(audit), serving=serving)


def index(audit: Audit) -> str:
    """The whole audit as one page; the articles' texts are left out where they would make it too large."""
    whole = _whole(audit, _links()) if _least(audit) <= MOST else ""
    return whole if whole and _size(whole) <= MOST else _whole(audit, _links(texts=False))


def _whole(audit: Audit, links: Links, serving: Serving | None = None) -> str:
    drawn = [draw(section, audit, links) for section in SECTIONS]
    return _frame(audit, drawn, links, _title(audit), serving=serving)


def _least(audit: Audit) -> int:
    """Fewer bytes than a page with all texts can have, so that one that is too large is not tried."""
    return audit.size + NOTE * sum(map(len, audit.claims.values()))


def _size(page: str) -> int:
    return len(page.encode("utf-8", "backslashreplace"))


def _links(*, folder: bool = False, texts: bool = True) -> Links:
    return Links(frozenset(section.name for section in SECTIONS), folder, texts=texts)


def _title(audit: Audit) -> str:
    return words_of("title", audit.report.words.lang)


def draw(section: Section, audit: Audit, links: Links) -> Drawn:
    context = section.context(audit, links)
    body = _rendered(section.name, context, audit)
    tally = len(context[section.tally]) if section.tally is not None else None
    return Drawn(section.name, words_of(section.name, audit.report.words.lang), tally, body)


def _rendered(template: str, context: Mapping[str, Any], audit: Audit) -> Markup:
    # Autoescape is on: what a template gives is markup.
    return Markup(_environment(audit.report.words.lang).get_template(f"{template}.html.jinja").render(context))


def _frame(
    audit: Audit, sections: Sequence[Drawn], links: Links, title: str, page: Drawn | None = None,
    serving: Serving | None = None,
) -> str:  # fmt: skip
    """A page: all sections, or one page beside the index with the way back to them."""
    lang, apart, served = audit.report.words.lang, page is not None, serving is not None
    return (
        _environment(lang)
        .get_template("page.html.jinja")
        .render(
            tag=TAGS[lang],
            policy=assets.policy(apart=apart, served=served),
            styles=Markup(assets.styles(apart=apart, served=served)),  # ours, and hashed as they are
            scripts=Markup(assets.scripts(apart=apart, served=served)),
            sections=sections,
            page=page,
            up=links.up,
            serving=serving_data(serving, lang) if serving is not None else None,
            version=audit.run.version,
            title=title,
        )
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
