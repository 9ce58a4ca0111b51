"""docs/facts.md is what tools/make_facts_page.py makes of the shipped facts."""

from __future__ import annotations

from claims.domain import load_domain, shipped
from tools.make_facts_page import PAGE, page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m tools.make_facts_page`"


def test_it_lists_every_fact_once_with_its_source() -> None:
    text = page()
    for fact in (fact for name in shipped() for fact in load_domain(name).facts):
        assert text.count(f"| `{fact.id}` |") == 1
        assert fact.source.document in text


def test_it_says_that_nobody_has_checked_them() -> None:
    assert "a publisher must look each one up" in page()
