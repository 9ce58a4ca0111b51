"""The span law, which every reader keeps for every text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claims.article import Article
from fuzz.laws import article_law

SpanLaw = Callable[[Article], None]


@pytest.fixture(scope="session")
def span_law() -> SpanLaw:
    return article_law
