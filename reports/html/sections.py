"""The page's sections, in order. One is a template, `templates/NAME.html.jinja`, and what it says: a pure function.

The function gets the audit and the links as seen from the page that the section stands on, and gives the template its
names. Elements of a section have ids of `reports.html.links`; a section's own id is its name, its title PAGE[name].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import msgspec

from reports.html.articles import articles, pages
from reports.html.claims import claims, typed
from reports.html.conflicts import conflicts, finding_pages
from reports.html.links import Links
from reports.html.overview import overview
from reports.html.record import Apart, Audit
from reports.html.rulings import rulings
from reports.html.todo import listed, todo
from reports.html.topics import topics

Maker: TypeAlias = Callable[[], Apart | None]
"""Makes a page beside the index, if there is something that it can show."""


class Section(msgspec.Struct, frozen=True):
    """`tally` counts what is in it, beside the title; None where there is nothing to count.

    What the function names `data` is for its script, by name: it stands on the page, or in a folder in files of its
    own, and `koujing.data` finds it.
    """

    name: str
    context: Callable[[Audit, Links], Mapping[str, Any]]
    tally: Callable[[Audit], int] | None = None
    apart: Callable[[Audit, Links], Mapping[str, Maker]] | None = None
    """The pages of its own that a section has in a folder, by their files, where `links.folder` tells `context` to
    leave these out."""


SECTIONS: tuple[Section, ...] = (
    Section("overview", overview),
    Section("topics", topics, tally=lambda audit: len(audit.stands)),
    Section("conflicts", conflicts, tally=lambda audit: len(audit.report.standing), apart=finding_pages),
    Section("articles", articles, tally=lambda audit: len(audit.articles), apart=pages),
    Section("todo", todo, tally=lambda audit: len(listed(audit))),
    Section("claims", claims, tally=lambda audit: sum(map(typed, audit.claims.values()))),
    Section("rulings", rulings, tally=lambda audit: len(audit.standings)),
)
