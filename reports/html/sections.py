"""The page's sections, in order. One is a template, `templates/NAME.html.jinja`, and what it says: a pure function.

The function gets the audit and the links as seen from the page that the section stands on, and gives the template its
names. Elements of a section have ids of `reports.html.links`; a section's own id is its name, its title PAGE[name].
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from reports.html.articles import articles, pages
from reports.html.claims import claims
from reports.html.conflicts import conflicts
from reports.html.links import Links
from reports.html.overview import overview
from reports.html.record import Apart, Audit
from reports.html.rulings import rulings
from reports.html.todo import todo
from reports.html.topics import topics


class Section(msgspec.Struct, frozen=True):
    """`tally` counts what is in it, from what the function gave; None where there is nothing to count."""

    name: str
    context: Callable[[Audit, Links], Mapping[str, Any]]
    tally: str | None = None
    """A name of the context whose length stands beside the title."""
    apart: Callable[[Audit, Links], Iterator[Apart]] | None = None
    """The pages of its own that a section has in a folder, where `links.folder` tells `context` to leave these out."""


SECTIONS: tuple[Section, ...] = (
    Section("overview", overview),
    Section("topics", topics, tally="said"),
    Section("conflicts", conflicts, tally="standing"),
    Section("articles", articles, tally="listed", apart=pages),
    Section("todo", todo, tally="found"),
    Section("claims", claims, tally="typed"),
    Section("rulings", rulings, tally="decided"),
)
