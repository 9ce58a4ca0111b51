"""What stands around sections, and around a page beside the index."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from reports.html import assets
from reports.html.escaping import html
from reports.html.links import Links
from reports.html.plain import cut
from reports.html.record import Apart, Audit
from reports.html.rendering import TITLE, data, rendered
from reports.html.sections import SECTIONS, Section
from reports.html.serving import Serving, serving_data
from reports.wording.page import words_of
from reports.wording.terms import Lang

TAGS: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en"}


class Tab(msgspec.Struct, frozen=True):
    """A section as the way to it shows it."""

    name: str
    title: str
    tally: int | None


class Drawn(msgspec.Struct, frozen=True):
    """A section, or a page beside the index, as the frame takes it; `data` make the values that its script
    asks for, by name."""

    name: str
    title: str
    body: Markup
    data: Mapping[str, Callable[[], Any]] = {}


def draw(section: Section, audit: Audit, links: Links) -> Drawn:
    lang, context = audit.report.words.lang, section.context(audit, links)
    body = rendered(section.name, context, lang)
    return Drawn(section.name, words_of(section.name, lang), body, context.get("data", {}))


def tabs(audit: Audit) -> tuple[Tab, ...]:
    return tuple(
        Tab(one.name, words_of(one.name, audit.report.words.lang), one.tally(audit) if one.tally is not None else None)
        for one in SECTIONS
    )


def whole(
    audit: Audit, tabs: Sequence[Tab], drawn: Sequence[Drawn], serving: Serving | None = None,
    made: str = "",
) -> str:  # fmt: skip
    """The page with all sections. Their data stand on it, or in files of a folder which `made` is the mark of."""
    served, lang = serving is not None, audit.report.words.lang
    context = {
        "made": made,
        "policy": assets.policy(folder=bool(made), served=served),
        "styles": Markup(assets.styles(served=served)),  # ours, and hashed as they are
        "scripts": Markup(assets.scripts(served=served)),
        "style_file": "",
        "tabs": tabs,
        "drawn": drawn,
        "up": "",
        "data": {} if made else {name: make() for one in drawn for name, make in one.data.items()},
        "title": words_of("title", lang),
        "serving": data(serving_data(serving, lang)) if serving is not None else None,
    }
    return str(rendered("page", context | _about(audit), lang))


class Frame:
    """What stands around a page beside the index, made once; `links` are as seen from such a page."""

    MARKS = ("title", "name", "body", "serving")

    def __init__(self, audit: Audit, links: Links, *, served: bool = False) -> None:
        self._lang = audit.report.words.lang
        shared = assets.shared(served=served)
        mark = {name: Markup(f"\0{name}\0") for name in self.MARKS}
        context: dict[str, Any] = {
            "made": "",
            "policy": shared.policy,
            "styles": "",
            "scripts": Markup(shared.first),  # ours, and hashed as it is
            "style_file": shared.style,
            "tabs": tabs(audit),
            "drawn": [Drawn("page", mark["name"], mark["body"])],
            "up": links.up,
            "data": {},
            "title": mark["title"],
            "serving": mark["serving"] if served else None,
        }
        # No text of others that is put into a template holds a control character: what is found is the marks.
        self._parts = re.split(r"\0(\w+)\0", str(rendered("page", context | _about(audit), self._lang)))

    def page(self, one: Apart, serving: Serving | None = None) -> str:
        filled = {
            "title": html(cut(one.title, TITLE)),
            "name": html(one.title),
            "body": one.body,
            "serving": str(data(serving_data(serving, self._lang))) if serving is not None else "",
        }
        return "".join(filled[part] if n % 2 else part for n, part in enumerate(self._parts))


def _about(audit: Audit) -> dict[str, Any]:
    return {"tag": TAGS[audit.report.words.lang], "version": audit.run.version}
