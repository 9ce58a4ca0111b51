"""docs/domain-authors.md: every command that it shows is run, and prints what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run
from tutorial import PAGE, retold


def test_the_tutorial_tells_the_truth(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text(encoding="utf-8")
    assert text.count("\n$ koujing ") >= 10
    told = retold(text, tmp_path, lambda args: run(*args).output)
    assert told == text, "python tests/journeys/tutorial.py writes what is printed now"


def test_every_key_of_a_domain_is_explained() -> None:
    """The reference names each key that the schemas allow."""
    import json

    from claims.domain_files import SCHEMAS

    text = PAGE.read_text(encoding="utf-8")
    for name, path in (
        ("domain", ()), ("topics", ("topics", "additionalProperties")), ("lexicon", ()),
        ("patterns", ("patterns", "items")), ("figures", ()), ("figures", ("rules", "items")),
        ("cases", ("cases", "items")), ("gold", ()),
    ):  # fmt: skip
        schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
        keys = schema["properties"]
        if path:
            keys = keys[path[0]][path[1]]["properties"]
        missing = [key for key in keys if f"`{key}`" not in text and f"{key}:" not in text]
        assert missing == [], f"{name}: {missing}"
