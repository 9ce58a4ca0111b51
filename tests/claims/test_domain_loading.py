"""A domain that is not right is refused, with the file and what to mend."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from claims.domain import DOMAINS, load_domain, load_folder
from claims.errors import DomainError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tiny domain that is right."""
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "patterns").mkdir()
    (tmp_path / "domain.yaml").write_text(
        "name: tiny\nsubjects: {river: [RIVER]}\ndefault_subject: river\nabout: {}\npredicates: []\ncovering: []\n"
    )
    (tmp_path / "topics.yaml").write_text(
        "topics: {tiny.long: {kind: flag, title: {zh: 长, en: long}, says: {zh: 长, en: long}}}\n"
    )
    (tmp_path / "lexicon" / "words.yaml").write_text("families: {river: {RIVER: 河 江, LONG: '{很|非常}长'}}\n")
    (tmp_path / "patterns" / "long.yaml").write_text(
        "topic: tiny.long\npatterns: [{id: long.yes, need: [RIVER, LONG], value: {holds: true}}]\n"
    )
    return tmp_path


def test_a_domain_needs_no_code(folder: Path) -> None:
    domain = load_folder(folder)
    assert [h.concept for h in domain.lexicon.find("这条河非常长") if h.concept in ("RIVER", "LONG")] == [
        "RIVER",
        "LONG",
    ]


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("patterns/long.yaml", "topic: tiny.long\npatterns: [{id: a, need: [RIVERS], value: {holds: true}}]", "RIVER"),
        ("patterns/long.yaml", "topic: tiny.short\npatterns: [{id: a, value: {holds: true}}]", "no topic"),
        ("patterns/long.yaml", "patterns: [{id: a, value: {holds: true}, neeed: []}]", "neeed"),
        ("patterns/long.yaml", "topic: tiny.long\npatterns: [{id: a, value: {holds: true}}, {id: a, value: {holds: true}}]", "repeated"),  # noqa: E501
        ("lexicon/words.yaml", "families: {river: {RIVER: '{河|江'}}", "braces"),
        ("lexicon/words.yaml", "families: {river: {RIVER: 河, RIVER: 江}}", "repeated"),
        ("lexicon/words.yaml", "families: [", "not valid YAML"),
        ("domain.yaml", "title: {zh: 小}", "required"),
        ("domain.yaml", "name: tiny\nabout: {words: [rivers]}", "river"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(folder: Path, file: str, text: str, message: str) -> None:
    (folder / file).write_text(text)
    with pytest.raises(DomainError) as caught:
        load_folder(folder)
    assert message in str(caught.value)
    assert caught.value.path.startswith(folder.as_posix())


def test_a_form_that_stands_for_too_much_is_refused(folder: Path) -> None:
    ten = "{零|一|二|三|四|五|六|七|八|九}"
    (folder / "lexicon" / "words.yaml").write_text(f"families: {{river: {{RIVER: 河, LONG: '{ten * 5}'}}}}\n")
    with pytest.raises(DomainError, match="compound"):
        load_folder(folder)


def test_a_concept_defined_twice_is_refused(folder: Path) -> None:
    shutil.copy(folder / "lexicon" / "words.yaml", folder / "lexicon" / "more.yaml")
    with pytest.raises(DomainError, match="two files"):
        load_folder(folder)


def test_an_unknown_domain_names_the_shipped_ones() -> None:
    with pytest.raises(DomainError) as caught:
        load_domain("nowhere")
    assert "yibao" in str(caught.value)
    assert DOMAINS.is_dir()
