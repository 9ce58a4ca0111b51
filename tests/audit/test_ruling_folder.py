"""The folder of rulings: which files are rulings, and what is told of those that are none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from audit_cases import TOPICS

from audit.problem import Problem
from audit.rulings import folder
from audit.rulings.folder import is_inside, read_rulings, ruling_files, written
from audit.rulings.reading import MAX_BYTES

STANDS = (
    "verdict: stands\nreason: 核对过\nby: 李编辑\non: 2025-06-01\n"
    "topic: gongji.area\nvalue: {low: nation}\nsource: 某通知\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "repo/rulings").mkdir(parents=True)
    return tmp_path / "repo"


def put(root: Path, *names: str, text: str = STANDS) -> None:
    for name in names:
        file = root / "rulings" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def read(root: Path, name: str = "rulings") -> tuple[list[tuple[str, str]], list[Problem]]:
    rulings, problems = read_rulings(root, name, TOPICS)
    return [(r.id, r.path) for r in rulings], problems


def test_rulings_are_the_yaml_files_that_are_not_hidden(root: Path) -> None:
    put(root, "z.yaml", "b/a.yml", "b/c/m.YAML", ".hidden.yaml", ".git/x.yaml", "readme.md", "yaml", "x.yaml.bak")
    assert read(root) == ([("a", "rulings/b/a.yml"), ("m", "rulings/b/c/m.YAML"), ("z", "rulings/z.yaml")], [])
    names = [file.relative_to(root).as_posix() for file in ruling_files(root / "rulings")]
    assert names == ["rulings/b/a.yml", "rulings/b/c/m.YAML", "rulings/z.yaml"]


def test_a_repo_may_have_none(root: Path) -> None:
    assert read(root) == read(root, "decisions") == ([], [])
    assert ruling_files(root / "decisions") == []


def test_one_file_that_is_none_leaves_the_others(root: Path) -> None:
    put(root, "a.yaml", "c.yaml")
    put(root, "b.yaml", text="verdict: stands\nreasons: x\n")
    wrong = Problem(
        path="rulings/b.yaml", code="ruling-malformed", line=2, message="there is no key 'reasons'",
        hint="did you mean reason?",
    )  # fmt: skip
    assert read(root) == ([("a", "rulings/a.yaml"), ("c", "rulings/c.yaml")], [wrong])


def test_of_two_files_of_one_name_the_first_is_the_ruling(root: Path) -> None:
    put(root, "a/One.yaml", "b/one.yml", "c.yaml")
    again = Problem(
        path="rulings/b/one.yml", code="ruling-malformed",
        message="there is a ruling of that name already: rulings/a/One.yaml", hint="rename one of the two files",
    )  # fmt: skip
    assert read(root) == ([("One", "rulings/a/One.yaml"), ("c", "rulings/c.yaml")], [again])


def test_what_lies_outside_the_tree_is_not_read(root: Path) -> None:
    outside = root.parent / "elsewhere"
    outside.mkdir()
    (outside / "x.yaml").write_text(STANDS, encoding="utf-8")
    assert read(root, "../elsewhere") == ([], [Problem(path="../elsewhere", code="ruling-outside")])
    put(root, "kept/y.yaml", "z.yaml")
    (root / "rulings/a.yaml").symlink_to(outside / "x.yaml")
    (root / "rulings/b.yaml").symlink_to("kept/y.yaml")
    found, problems = read(root)
    assert [name for name, _ in found] == ["b", "y", "z"]
    assert problems == [Problem(path="rulings/a.yaml", code="ruling-outside")]
    assert is_inside(root, root)
    assert not is_inside(root, root.parent / "repository")


def test_what_cannot_be_read_is_told_and_the_rest_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, "z.yaml")
    (root / "rulings/a.yaml").symlink_to("nowhere.yaml")
    os.mkfifo(root / "rulings/b.yaml")
    found, problems = read(root)
    assert [name for name, _ in found] == ["z"]
    why = {"a": "No such file or directory", "b": "it is not a regular file"}
    assert problems == [
        Problem(path=f"rulings/{name}.yaml", code="unreadable", args=(("why", said),)) for name, said in why.items()
    ]

    def odd(*_: object) -> bytes:
        raise OSError("odd")

    monkeypatch.setattr(folder, "content", odd)
    assert read(root)[1][-1] == Problem(path="rulings/z.yaml", code="unreadable", args=(("why", "odd"),))


def test_a_file_that_was_deleted_meanwhile_leaves_the_others(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, "z.yaml")
    monkeypatch.setattr(folder, "ruling_files", lambda at: [at / "gone.yaml", at / "z.yaml"])
    assert read(root) == ([("z", "rulings/z.yaml")], [])


def test_a_folder_that_cannot_be_listed_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, "no-folder")
    why = (("why", "Not a directory"),)
    told = Problem(path="rulings/no-folder", code="unreadable-folder", args=why)
    assert read(root, "rulings/no-folder") == ([], [told])
    (root / "linked").symlink_to("nowhere")
    [problem] = read(root, "linked")[1]
    assert (problem.path, problem.code) == ("linked", "unreadable-folder")

    def odd(_: Path) -> list[Path]:
        raise OSError("odd")

    monkeypatch.setattr(folder, "ruling_files", odd)
    assert read(root) == ([], [Problem(path="rulings", code="unreadable-folder", args=(("why", "odd"),))])


def test_a_file_is_known_by_its_bytes(root: Path) -> None:
    put(root, "a.yaml", "b/c.yaml")
    put(root, "d.yaml", text=STANDS + "#")
    (root / "rulings/e.yaml").symlink_to("nowhere.yaml")
    known = written(root / "rulings")
    assert sorted(known) == ["a.yaml", "b/c.yaml", "d.yaml"]
    assert known["a.yaml"] == known["b/c.yaml"] != known["d.yaml"]
    put(root, "a.yaml", text=STANDS + "#")
    assert written(root / "rulings")["a.yaml"] == known["d.yaml"]


def test_a_file_that_is_too_long_is_told(root: Path) -> None:
    put(root, "a.yaml", text="#" * (MAX_BYTES + 100))
    [problem] = read(root)[1]
    assert problem.message == f"the file has {MAX_BYTES + 1} bytes, more than the limit of {MAX_BYTES}"
