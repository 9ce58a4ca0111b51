"""places.yaml: texts with the places they name."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from claims.language.fold import fold
from claims.language.places import find

GROUPS = yaml.safe_load((Path(__file__).parent / "places.yaml").read_text(encoding="utf-8"))
NAMED = [case for group in GROUPS.values() for case in group.items()]


def split(case: str) -> tuple[str, tuple[str, ...]]:
    text, _, about = case.partition(" @")
    return fold(text).chars, tuple(about.split())


@pytest.mark.parametrize(("case", "reading"), NAMED)
def test_named_places(case: str, reading: str) -> None:
    text, about = split(case)
    found = [
        f"{text[hit.start : hit.end]}={' '.join(hit.names)}{'*' if hit.in_name else ''}" for hit in find(text, about)
    ]
    assert "; ".join(found) == reading


def test_there_are_cases_enough() -> None:
    assert len(NAMED) >= 60
