"""The profile by stage: each function's time is counted once, under the stage it works for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import profile

HOUSE = profile.ROOT.as_posix()


def test_the_stage_of_a_function_is_that_of_the_longest_path() -> None:
    assert profile.stage_of(f"{HOUSE}/claims/language/fold.py") == "folding"
    assert profile.stage_of(f"{HOUSE}/claims/language/dates.py") == "numbers, dates, places"
    assert profile.stage_of(f"{HOUSE}/claims/figures/marks.py") == "figures"
    assert profile.stage_of(f"{HOUSE}/claims/evidence.py") == "recording"
    assert profile.stage_of(f"{HOUSE}/.venv/lib/site-packages/markdown_it/main.py") == "readers"


def test_what_a_library_takes_is_its_callers() -> None:
    assert profile.stage_of("/usr/lib/python3.11/re/__init__.py") is None
    assert profile.stage_of("~", "<built-in method builtins.sorted>") is None
    assert profile.stage_of("~", "<method 'find_matches_as_indexes' of 'builtins.AhoCorasick' objects>") == "automaton"


def test_every_second_is_of_one_stage() -> None:
    units = (f"{HOUSE}/claims/units.py", 1, "units")
    figures = (f"{HOUSE}/claims/figures/marks.py", 1, "words")
    library = ("/usr/lib/python3.11/re/__init__.py", 1, "search")
    built_in = ("~", 0, "<method 'search' of 're.Pattern' objects>")
    stats: dict[profile.Function, Any] = {
        units: (1, 1, 4.0, 9.0, {}),
        figures: (1, 1, 2.0, 3.0, {}),
        library: (4, 4, 1.0, 5.0, {units: (3, 3, 0.75, 3.75), figures: (1, 1, 0.25, 1.25)}),
        built_in: (4, 4, 4.0, 4.0, {library: (4, 4, 4.0, 4.0)}),
    }
    found = profile.shares(stats)
    assert found == {"units and zones": pytest.approx(4 + 0.75 + 3), "figures": pytest.approx(2 + 0.25 + 1)}


def test_functions_that_call_each_other_end() -> None:
    one, two = ("/lib/a.py", 1, "one"), ("/lib/a.py", 2, "two")
    stats: dict[profile.Function, Any] = {
        one: (1, 1, 1.0, 1.0, {two: (1, 1, 1.0, 1.0)}),
        two: (1, 1, 1.0, 1.0, {one: (1, 1, 1.0, 1.0)}),
    }
    assert profile.shares(stats) == {profile.OTHER: pytest.approx(2.0)}


def test_the_command_prints_steps_and_stages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    kept = tmp_path / "kept.pstats"
    monkeypatch.setattr(sys, "argv", ["profile", "--articles", "2", "--times", "1", "-o", str(kept)])
    profile.main()
    said = capsys.readouterr().out
    assert "raw pass, fastest setting" in said
    assert "article to claims" in said
    assert "units and zones" in said
    assert kept.is_file()
