"""The linters on their cases: what fires quotes both sides, what looks alike stays silent."""

from __future__ import annotations

import re
from typing import Any

import pytest
from linter_cases import FOLDER, cases, defects, every_case, texts

from audit.defects import defect_findings
from audit.linters import LINTERS
from audit.model import DEFECTS
from claims import readers
from reports.manual import manual
from reports.wording.messages import message
from reports.wording.terms import LANGS
from reports.wording.vocabulary import Vocabulary
from tools.make_linter_pages import PAGES, pages

NAMED: Any = lambda x: None if isinstance(x, dict) else x  # noqa: E731
CODES = [linter.CODE for linter in LINTERS]


@pytest.mark.parametrize(("code", "n", "case"), list(every_case("fires")), ids=NAMED)
def test_fires(code: str, n: int, case: dict[str, Any]) -> None:
    found = [d for d in defects(case) if d.code == code]
    source = readers.read(f"case.{case.get('page', 'md')}", case["text"].encode()).source
    for defect in found:
        for quote in (*defect.stated, *defect.refuted):
            assert source[quote.start : quote.end] == quote.quote
    told = [([q.quote for q in d.stated], [q.quote for q in d.refuted], d.topic) for d in found]

    def quoted(words: str | list[str], quotes: list[str]) -> bool:
        return all(any(w in q for q in quotes) for w in texts(words))

    assert any(
        quoted(case["stated"], stated)
        and quoted(case["refuted"], refuted)
        and ("topic" not in case or topic == case["topic"])
        for stated, refuted, topic in told
    ), f"{code} {n}: {told}"
    for lang in LANGS:
        for finding in defect_findings(found):
            assert "?" not in message(finding, Vocabulary(lang=lang)).replace("？", "")


@pytest.mark.parametrize(("code", "n", "case"), list(every_case("silent")), ids=NAMED)
def test_silent(code: str, n: int, case: dict[str, Any]) -> None:
    """Of its own linter; others may have their say."""
    found = [(d.stated, d.refuted) for d in defects(case) if d.code == code]
    assert not found, f"{code} {n} ({case.get('because')}): {found}"


def test_every_linter_has_cases_and_none_is_left_over() -> None:
    assert [code for code in DEFECTS if code in CODES] == CODES
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(CODES)
    for code in CODES:
        found = cases(code)
        assert len(found["fires"]) >= 8, code
        assert len(found["silent"]) >= 8, code


@pytest.mark.parametrize("code", CODES)
def test_a_docstring_is_a_manual(code: str) -> None:
    sections = {
        "zh": ["是什么", "为什么要紧", "例子", "怎么办", "级别"],
        "en": ["What it is", "Why it matters", "Example", "How to resolve it", "Severity"],
    }
    for lang in LANGS:
        assert re.findall(r"^## (.*)$", manual(code, lang), re.MULTILINE) == sections[lang]


def test_the_pages_of_the_docs_are_up_to_date() -> None:
    assert {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")} == pages(), (
        "run `python -m tools.make_linter_pages`"
    )
