"""Nested without end: read in time that grows with the length, or refused with the line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_runs import PAIR, SAYS, check, write
from property_runs import DEEP

DEPTH = 100_000 if DEEP else 8_000
SIGNS = 100_000 if DEEP else 40_000
"""So many that what takes the square of them would not end in time."""
WHOLE = f"{SAYS.strip()}\n"


@pytest.mark.parametrize(
    "opening", ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<blockquote><p>"], ids=lambda tag: tag.strip("<>")
)
def test_html_nested_without_end_is_read(tmp_path: Path, opening: str) -> None:
    root = write(tmp_path, {**PAIR, "deep.html": opening * (DEPTH // opening.count("<")) + WHOLE})
    done = check(root)
    assert done.finds()
    assert "2 articles say" in done.out


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", ">"])
def test_markdown_nested_without_end_is_refused_with_its_line(tmp_path: Path, mark: str) -> None:
    root = write(tmp_path, {**PAIR, "deep.md": f"第一行。\n\n{mark * 100_000}{WHOLE}"})
    done = check(root)
    assert done.refuses("nested too deeply", "deep.md:3", "take marks such as > and - away")
    assert done.out.count("error[contradiction]") == 1


def test_markdown_signs_without_end_are_read(tmp_path: Path) -> None:
    signs = {f"{n}.md": sign * (SIGNS // len(sign)) + "\n\n" + WHOLE for n, sign in enumerate(("[", "*a _", "[a]("))}
    done = check(write(tmp_path, {**PAIR, **signs}))
    assert done.finds()
    assert "4 articles say" in done.out


@pytest.mark.parametrize("nest", ["[", "{a: ", "[{a: "])
def test_front_matter_nested_without_end_is_refused(tmp_path: Path, nest: str) -> None:
    root = write(tmp_path, {**PAIR, "deep.md": f"---\ntitle: {nest * 8_000}\n---\n{WHOLE}"})
    assert check(root).refuses("the front matter is nested too deeply", "deep.md:2", "write plain names and values")


@pytest.mark.parametrize("nest", ["[]", '{"a":}'])
def test_json_nested_without_end_is_refused(tmp_path: Path, nest: str) -> None:
    deep = nest[:-1] * 100_000 + "1" + nest[-1] * 100_000
    root = write(tmp_path, {"cms.jsonl": f'{{"body": "好"}}\n{{"body": "{SAYS.strip()}", "a": {deep}}}\n'})
    assert check(root, "cms.jsonl").refuses("the JSON is nested too deeply", "cms.jsonl:2", "one JSON object on a line")


@pytest.mark.parametrize("nest", ["[", "{a: ", "- "])
def test_a_config_nested_without_end_is_refused(tmp_path: Path, nest: str) -> None:
    root = write(tmp_path, {**PAIR, "koujing.yaml": f"facts:\n  {nest * 50_000}"})
    assert check(root).refuses("is not valid YAML: nested too deeply", "koujing.yaml:")


@pytest.mark.parametrize("nest", ["[", "{a: ", "- "])
def test_a_ruling_nested_without_end_is_refused(tmp_path: Path, nest: str) -> None:
    root = write(tmp_path, {**PAIR, "koujing.yaml": "", "rulings/a.yaml": f"scope:\n  {nest * 50_000}"})
    done = check(root)
    assert done.refuses("nested too deeply", "rulings/a.yaml:")
    assert done.out.count("error[contradiction]") == 1


def test_folders_nested_without_end_are_told(tmp_path: Path) -> None:
    """Deeper than a path may be long."""
    import os

    root = write(tmp_path / "repo", PAIR)
    here = os.open(root, os.O_RDONLY)
    for _ in range(120):
        os.mkdir("d" * 50, dir_fd=here)
        below = os.open("d" * 50, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    done = check(root)
    assert done.refuses("the folder cannot be opened")
    assert done.out.count("error[contradiction]") == 1
