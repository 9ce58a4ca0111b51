"""How often properties are tried is said in one place (tests/property_runs.py)."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import settings
from property_runs import DEEP, LEAST, _tried, ordinarily

TESTS = Path(__file__).parents[1]
_OWN_NUMBER = re.compile(r"max_examples|load_profile|@settings|settings\(")


def test_no_test_has_a_number_of_its_own() -> None:
    own = {"property_runs.py", Path(__file__).name}
    texts = {p.name: p.read_text("utf-8") for p in sorted(TESTS.rglob("*.py")) if p.name not in own}
    assert [name for name, text in texts.items() if "hypothesis" in text and _OWN_NUMBER.search(text)] == []


def test_a_deep_run_tries_all_alike() -> None:
    assert ordinarily(7).max_examples == (LEAST if DEEP else 7)
    assert settings().max_examples == (LEAST if DEEP else 100)
    assert settings().deadline is None


def test_what_was_tried_is_counted() -> None:
    cases = [{"status": "valid"}, {"status": "invalid"}, {"status": "overrun"}, {"status": "valid"}]
    assert _tried({"generate-phase": {"test-cases": cases}, "stopped-because": "nothing left to do"}) == (2, True)
    assert _tried({}) == (0, False)
