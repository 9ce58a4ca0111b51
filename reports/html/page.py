"""The page itself: sections in their frame, everything escaped."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.html import assets
from reports.html.links import Links
from reports.html.plain import STEERS, cut, plain
from reports.html.record import Apart, Audit
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


class Tab(msgspec.Struct, frozen=True):
    """A section as the way to it shows it."""

    name: str
    title: str
    tally: int | None


class Drawn(msgspec.Struct, frozen=True):
    """A section, or a page beside the index, as the frame takes it."""

    name: str
    title: str
    body: Markup


def book(audit: Audit, most: int = MOST) -> Iterator[tuple[str, str]]:
    """The files of a report by their names, the index last: one alone where that is not larger than `most` bytes, else
    with pages beside it."""
    return Book(audit, most).files()


def _unserved(name: str) -> None:
    """A page that is not served."""


class Book:
    """A report's pages, each made when it is asked for; `most` as `book` has it, `serving` what a page of that name has
    besides where they are served."""

    def __init__(self, audit: Audit, most: int = MOST, serving: Callable[[str], Serving | None] = _unserved) -> None:
        self._audit, self._most, self._serving = audit, most, serving

    @cached_property
    def _one(self) -> str | None:
        """All of it in one file, where that is not too large."""
        if _least(self._audit) > self._most:
            return None
        whole = _whole(self._audit, _links(), self._serving(INDEX))
        return whole if _size(whole) <= self._most else None

    @cached_property
    def _makers(self) -> Mapping[str, Callable[[], Apart | None]]:
        """What makes each of the pages beside the index."""
        links = _links(folder=True).beside()
        apart = (section.apart(self._audit, links) for section in SECTIONS if section.apart is not None)
        return {file: make for of in apart for file, make in of.items()}

    @property
    def beside(self) -> Iterable[str]:
        """The names of the pages beside the index."""
        return () if self._one is not None else self._makers.keys()

    def page(self, name: str) -> str | None:
        """A page by its name; None where there is none, or nothing is left that it could show."""
        if name == INDEX:
            return self._one or _whole(self._audit, _links(folder=True), self._serving(INDEX))
        if self._one is not None or name not in self._makers:
            return None
        one = self._makers[name]()
        if one is None:
            return None
        drawn = Drawn("page", one.title, _rendered(one.template, one.context, self._audit))
        links = _links(folder=True).beside()
        return _frame(self._audit, self._tabs, [drawn], links, one.title, self._serving(name))

    @cached_property
    def _tabs(self) -> tuple[Tab, ...]:
        return tabs(self._audit)

    def files(self) -> Iterator[tuple[str, str]]:
        """All of them by their names, the index last."""
        for name in (*self.beside, INDEX):
            text = self.page(name)
            if text is not None:
                yield name, text


def index(audit: Audit) -> str:
    """The whole audit as one page; the articles' texts are left out where they would make it too large."""
    whole = _whole(audit, _links()) if _least(audit) <= MOST else ""
    return whole if whole and _size(whole) <= MOST else _whole(audit, _links(texts=False))


def _whole(audit: Audit, links: Links, serving: Serving | None = None) -> str:
    title = words_of("title", audit.report.words.lang)
    drawn = [draw(section, audit, links) for section in SECTIONS]
    return _frame(audit, tabs(audit), drawn, links, title, serving)


def _least(audit: Audit) -> int:
    """Fewer bytes than a page with all texts can have, so that one that is too large is not tried."""
    return audit.size + NOTE * sum(map(len, audit.claims.values()))


def _size(page: str) -> int:
    return len(page.encode("utf-8", "backslashreplace"))


def _links(*, folder: bool = False, texts: bool = True) -> Links:
    return Links(frozenset(section.name for section in SECTIONS), folder, texts=texts)


def draw(section: Section, audit: Audit, links: Links) -> Drawn:
    body = _rendered(section.name, section.context(audit, links), audit)
    return Drawn(section.name, words_of(section.name, audit.report.words.lang), body)


def tabs(audit: Audit) -> tuple[Tab, ...]:
    return tuple(
        Tab(one.name, words_of(one.name, audit.report.words.lang), one.tally(audit) if one.tally is not None else None)
        for one in SECTIONS
    )


def _rendered(template: str, context: Mapping[str, Any], audit: Audit) -> Markup:
    # Autoescape is on: what a template gives is markup.
    return Markup(_environment(audit.report.words.lang).get_template(f"{template}.html.jinja").render(context))


def _frame(
    audit: Audit, tabs: Sequence[Tab], drawn: Sequence[Drawn], links: Links, title: str,
    serving: Serving | None = None,
) -> str:  # fmt: skip
    """A page: all sections, or one page beside the index, with the way to the sections."""
    lang, apart, served = audit.report.words.lang, links.up != "", serving is not None
    return (
        _environment(lang)
        .get_template("page.html.jinja")
        .render(
            tag=TAGS[lang],
            policy=assets.policy(apart=apart, served=served),
            styles=Markup(assets.styles(apart=apart, served=served)),  # ours, and hashed as they are
            scripts=Markup(assets.scripts(apart=apart, served=served)),
            tabs=tabs,
            drawn=drawn,
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
