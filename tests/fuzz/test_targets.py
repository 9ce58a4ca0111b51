"""Every target runs without a fuzzer, on some of its seeds and a few inputs made of them; and notices what is wrong."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from fuzz.bundles import bundled, files_in
from fuzz.damage import damaged, parted
from fuzz.guard import tried
from fuzz.mutating import mutated
from fuzz.smallest import smallest
from fuzz.targets import NAMES, target

ROOT = Path(__file__).parents[2]
MANY = {"domain": 2, "extraction": 12}


@pytest.mark.parametrize("name", NAMES)
def test_a_target_runs(name: str) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    one, chance = target(name), Random(name)
    seeds = sorted(one.seeds(), key=len)
    words = list(one.words())
    assert seeds
    assert len(words) > 100
    many = MANY.get(name, 25)
    tries = seeds[:: max(1, len(seeds) // many)][:many]
    tries += [mutated(seed, one.longest, chance, words) for seed in tries]
    for data in tries:
        assert len(data) <= one.longest
        found = tried(one.check, data, limit=60)
        assert found is None, (data, found.told)


def test_there_is_a_module_for_each_target_and_no_other() -> None:
    there = {path.stem for path in (ROOT / "fuzz" / "targets").glob("*.py")} - {"__init__"}
    assert there == set(NAMES)


def test_no_fuzzer_is_needed_to_import_targets() -> None:
    """atheris is imported by nothing but the process that fuzzes."""
    code = """if True:
        import sys
        sys.modules["atheris"] = None
        from fuzz.targets import NAMES, target
        for name in NAMES: target(name)
    """
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_what_goes_wrong_is_a_finding_with_its_place() -> None:
    def check(data: bytes) -> None:
        assert b"x" not in data

    found = tried(check, b"x")
    assert found is not None
    assert found.what == "AssertionError"
    assert found.where.startswith("tests/fuzz/test_targets.py:check:")
    assert tried(check, b"y") is None


@pytest.mark.skipif(sys.platform == "win32", reason="no timer of CPU time")
def test_what_takes_too_long_is_a_finding_even_where_exceptions_are_swallowed() -> None:
    def check(data: bytes) -> None:
        while True:
            try:
                time.process_time()
            except Exception:
                continue

    found = tried(check, b"", limit=0.2)
    assert found is not None
    assert found.what == "TooSlow"


def test_a_found_input_is_cut_to_what_it_needs() -> None:
    def check(data: bytes) -> None:
        text = data.decode()
        assert not ("甲" in text and "乙" in text)

    assert smallest(check, "一二甲三四五乙六七".encode()) == "甲乙".encode()
    assert smallest(check, "一二".encode()) == "一二".encode()


def test_changed_texts_stay_within_their_length_and_keep_bytes_that_are_no_text() -> None:
    chance = Random(1)
    for _ in range(300):
        assert len(mutated("家庭共济可以跨省使用。".encode(), 50, chance, ["共济", "\n"], ["一二三"])) <= 50
    assert mutated(b"\xff", 5, Random(3), ["a"]).count(b"\xff") <= 5


def test_bundles_and_damage() -> None:
    files = {"a.md": "# 一\n", "b/c.yaml": "x: 1\n"}
    assert files_in(bundled(files)) == files
    assert parted(b"1:2\nx") == (b"1:2", b"x")
    assert damaged(b"abcd", b"0:65 -1:66 99:1") == b"AbcB"
    assert damaged(b"abcd", b"2:256") == b"ab"
