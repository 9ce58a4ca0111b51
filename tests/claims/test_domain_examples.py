"""The shipped domains' own examples: each pattern's says and silent, and the cases by topic in tests/cases/."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.domain import DOMAINS, load_domain, load_folder, shipped
from claims.examples import case_failures, load_cases, pattern_failures

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.yaml"))
DOMAIN_OF = {topic: name for name in shipped() for topic in load_domain(name).topics}


@pytest.mark.parametrize("name", shipped())
def test_its_files_are_right(name: str) -> None:
    assert load_folder(DOMAINS / name).name == name


def test_no_two_domains_share_a_topic() -> None:
    assert len(DOMAIN_OF) == sum(len(load_domain(name).topics) for name in shipped())


@pytest.mark.parametrize("name", shipped())
def test_pattern_examples(name: str) -> None:
    failures = [f"{f.where}: {f.text} -> {f.got}" for f in pattern_failures(load_domain(name))]
    assert failures == []


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_cases(path: Path) -> None:
    """Every case; those marked `known: why` are known misreadings and must still be wrong, or lose their mark."""
    cases = load_cases(path)
    domain = load_domain(DOMAIN_OF[cases.topic])
    failures = [f"case {f.where}: {f.text}: {f.expected}, not {f.got}" for f in case_failures(domain, cases)]
    assert failures == []
