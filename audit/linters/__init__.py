"""What can be wrong inside one article without any pair of claims (docs/claims.md section 6): one linter a module.

A linter is a module with `CODE`, `check(page) -> Iterator[Defect]` and a docstring that is its manual: a Chinese page
that begins `# CODE（name）` and an English one that begins `# CODE`, of the same five sections. Its cases stand in
tests/audit/linters/CODE.yaml, its page in docs/linters/ is made of both by tools/make_linter_pages.py, and its reasons
have their words in reports/wording/defects.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import msgspec

from audit.linters import (
    answer_mismatch,
    comparison_mismatch,
    count_mismatch,
    example_mismatch,
    expired_outlook,
    heading_mismatch,
    identity_mismatch,
    inequality_mismatch,
    list_mismatch,
    permission_mismatch,
    rule_example_mismatch,
    stale_figure,
    sum_mismatch,
    unsourced_figure,
)
from audit.linters.page import Page
from audit.model import Defect, DefectCode
from claims.article import Article
from claims.context import PartReading
from claims.domain import Domain
from claims.model import Claim


class Linter(Protocol):
    """A module of this package."""

    CODE: DefectCode

    def check(self, page: Page) -> Iterator[Defect]: ...


LINTERS: tuple[Linter, ...] = (
    count_mismatch,
    list_mismatch,
    sum_mismatch,
    comparison_mismatch,
    inequality_mismatch,
    rule_example_mismatch,
    example_mismatch,
    heading_mismatch,
    answer_mismatch,
    permission_mismatch,
    identity_mismatch,
    expired_outlook,
    stale_figure,
    unsourced_figure,
)
"""In the order of audit.model.DEFECTS."""


def lint(article: Article, readings: Sequence[PartReading], claims: Sequence[Claim], domain: Domain) -> list[Defect]:
    """Every defect that an article has or may have some day, by part, linter and place: what has gone by is judged by
    :func:`audit.dated.as_of`, so that what is kept of an article is the same on every day."""
    found: list[Defect] = []
    for reading in readings:
        page = Page(article=article, reading=reading, claims=(), domain=domain)
        page = msgspec.structs.replace(page, claims=tuple(c for c in claims if c.article == page.name))
        for linter in LINTERS:
            found += sorted(linter.check(page), key=lambda d: (d.stated, d.refuted))
    return found
