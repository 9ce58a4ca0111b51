"""The yibao domain's own examples: each pattern's says and silent, and the cases by topic in tests/cases/."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.domain import DOMAINS, load_domain, load_folder
from claims.examples import case_failures, load_cases, pattern_failures

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.yaml"))
TITLE = "职工医保家庭共济说明"


def test_its_files_fit_the_schemas() -> None:
    assert load_folder(DOMAINS / "yibao").name == "yibao"


def test_pattern_examples() -> None:
    failures = [f"{f.where}: {f.text} -> {f.got}" for f in pattern_failures(load_domain("yibao"), TITLE)]
    assert failures == []


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_cases(path: Path) -> None:
    """Every case; those marked `known: why` are known misreadings and must still be wrong, or lose their mark."""
    domain = load_domain("yibao")
    data = load_cases(path)
    failed = {f.where for f in case_failures(domain, data["topic"], data["cases"], TITLE, path.stem)}
    wrong = []
    for number, case in enumerate(data["cases"], 1):
        name = f"{path.stem} case {number}"
        if ("known" in case) != (name in failed):
            wrong.append(
                f"{name}: {case.get('text') or 'page'} ({'now right: drop `known`' if 'known' in case else 'wrong'})"
            )
    assert wrong == []
