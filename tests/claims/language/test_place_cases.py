"""places.yaml: texts with the places they name, and the relative ones (省内, 本市) at the end."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claims.language import relative
from claims.language.fold import fold
from claims.language.gazetteer import tree
from claims.language.places import find

GROUPS = yaml.safe_load((Path(__file__).parent / "places.yaml").read_text(encoding="utf-8"))
NAMED = [case for name, group in GROUPS.items() if name != "relative" for case in group.items()]


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


@pytest.mark.parametrize(("case", "reading"), GROUPS["relative"].items())
def test_relative_places(case: str, reading: str) -> None:
    text, about = split(case)
    found = [
        " ".join(filter(None, (f"{text[h.start : h.end]}={h.level}", "outside" if h.outside else "", h.name)))
        for h in relative.find(text, about)
    ]
    assert "; ".join(found) == reading


def test_there_are_cases_enough() -> None:
    assert len(NAMED) >= 60


@given(
    st.lists(
        st.sampled_from([split(c)[0] for g in GROUPS.values() for c in g] + list("省市县区内外全本我跨,。")), max_size=8
    ),
    st.lists(st.sampled_from(sorted(tree().places)), max_size=3),
)
def test_relative_places_lie_in_the_text_and_are_known(parts: list[str], about: list[str]) -> None:
    text = "".join(parts)
    at = 0
    for hit in relative.find(text, about):
        assert at <= hit.start < hit.end <= len(text)
        assert hit.name is None or hit.name in tree().places
        at = hit.end
