"""YAML that is more than it looks: a billion laughs, tags, keys twice, values that hold themselves."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hostile_runs import PAIR, SAYS, check, write

GEOGRAPHY = Path(__file__).parents[2] / "claims" / "domains" / "geography"


def laughs(indent: str = "", levels: int = 12) -> str:
    """Nine of nine of nine …: 9 to the power of 12 values, in less than a kilobyte."""
    names = "abcdefghijklmnopqrstuvwxyz"[:levels]
    first = f"{indent}a: &a [x, x, x, x, x, x, x, x, x]\n"
    more = (f"{indent}{n}: &{n} [{', '.join([f'*{m}'] * 9)}]\n" for m, n in pairwise(names))
    return first + "".join(more)


RULING = "verdict: both-stand\nreason: 某\nby: 某\non: 2025-01-01\nfinding: KSM4R25\n"
WRITTEN = "WRITTEN.by.a.tag"
TAG = f"!!python/object/apply:os.system ['touch {WRITTEN}']"


def with_domain(root: Path, files: dict[str, str]) -> Path:
    """A project that reads with a domain of its own, of which some files are these."""
    shutil.copytree(GEOGRAPHY, root / "geo")
    return write(root, {**PAIR, "koujing.yaml": "domains: [yibao, ./geo]\narticles: ['*.md']\n", **files})


def test_front_matter_that_laughs_is_read_as_it_is_written(tmp_path: Path) -> None:
    """Only a few of its fields are looked at, and none of them is expanded."""
    root = write(tmp_path, {**PAIR, "l.md": f"---\n{laughs()}---\n{SAYS}"})
    done = check(root)
    assert done.finds()
    assert "2 articles say" in done.out
    write(root, {"l.md": f"---\n{laughs()}title: *k\n---\n{SAYS}"})
    assert check(root).refuses("`title` in the front matter is not a text", "l.md:")
    write(root, {"l.md": f"---\na: &a [*a]\nauthor: *a\n---\n{SAYS}"})
    assert check(root).finds()


def test_a_config_that_laughs_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path, {**PAIR, "koujing.yaml": f"facts:\n  y:\n{laughs('    ')}"})
    assert check(root).refuses("aliases expand to more than they may", "koujing.yaml:1")


@pytest.mark.parametrize("text", ["facts:\n  y: &a\n    a: *a\n", "facts:\n  y:\n    a: &a [*a]\n"])
def test_a_config_that_holds_itself_is_refused(tmp_path: Path, text: str) -> None:
    root = write(tmp_path, {**PAIR, "koujing.yaml": text})
    assert check(root).refuses("is not valid YAML: a value holds itself", "koujing.yaml:")


def test_a_ruling_that_laughs_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path, {**PAIR, "koujing.yaml": "", "rulings/a.yaml": RULING + laughs()})
    done = check(root)
    assert done.refuses("an anchor or alias (& or *) has no place in a ruling", "rulings/a.yaml:6")
    assert done.out.count("error[contradiction]") == 1


MERGES = "a: &a {k: 1}\n" + "".join(
    f"{n}: &{n}\n  <<: [{', '.join([f'*{m}'] * 9)}]\n" for m, n in zip("abcdefghijkl", "bcdefghijklm", strict=True)
)


@pytest.mark.parametrize("text", [laughs(), MERGES], ids=["laughs", "merges"])
def test_a_domain_that_laughs_is_refused(tmp_path: Path, text: str) -> None:
    done = check(with_domain(tmp_path, {"geo/topics.yaml": text}))
    assert done.refuses("aliases expand to more than they may", "geo/topics.yaml:1")


@pytest.mark.parametrize(
    ("text", "why"),
    [("a: &a [*a]\n", "a value holds itself"), ("[" * 50_000, "nesting"),
     ("? [a]\n: b\n", "a key is a list or a mapping"),
     ("name: " + "9" * 5_000, "this is no int"), ("name: !!timestamp x", "this is no timestamp"),
     ("name: !!bool x", "this is no bool"), ("name: a\0b", "control characters"), ("name: a\nname: b", "repeated"),
     (f"name: {TAG}", "tag")],
    ids=["itself", "deep", "key", "int", "timestamp", "bool", "nul", "twice", "tag"],
)  # fmt: skip
def test_a_domain_s_yaml_that_is_none_is_refused(tmp_path: Path, text: str, why: str) -> None:
    assert check(with_domain(tmp_path, {"geo/domain.yaml": text})).refuses("is not valid YAML", why, "geo/domain.yaml")
    assert not list(tmp_path.rglob(WRITTEN))


def test_no_tag_is_obeyed(tmp_path: Path) -> None:
    root = write(tmp_path, {**PAIR, "t.md": f"---\nx: {TAG}\n---\n{SAYS}"})
    assert check(root).finds()
    write(root, {"t.md": f"---\ntitle: {TAG}\n---\n{SAYS}"})
    assert check(root).refuses("`title` in the front matter is not a text", "t.md:2")
    write(root, {"t.md": SAYS, "koujing.yaml": f"today: {TAG}\n"})
    assert check(root).refuses("YAML tags are refused", "koujing.yaml:1:8")
    write(root, {"koujing.yaml": "", "rulings/a.yaml": f"{RULING}note: {TAG}\n"})
    assert check(root).refuses("the tag", "has no place in a ruling", "rulings/a.yaml:6")
    assert not list(root.rglob(WRITTEN))


def test_a_key_twice_is_refused_wherever_it_stands(tmp_path: Path) -> None:
    root = write(tmp_path, {**PAIR, "t.md": f"---\ntitle: 甲\ntitle: 乙\n---\n{SAYS}"})
    assert check(root).refuses("names `title` twice", "t.md:3", "keep one of the two lines")
    write(root, {"t.md": SAYS, "koujing.yaml": "fail_on: error\nfail_on: never\n"})
    assert check(root).refuses("is repeated (it stands in line 1 already)", "koujing.yaml:2")
    write(root, {"koujing.yaml": "", "rulings/a.yaml": f"{RULING}verdict: misread\n"})
    assert check(root).refuses("the key 'verdict' is repeated", "rulings/a.yaml:6")
