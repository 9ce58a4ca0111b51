"""Each facet of a claim's scope, and a figure's cue, with the words that it was taken from."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.domain import load_domain
from claims.extraction import extract
from claims.model import Claim
from claims.readers import read

GOLD = sorted((Path(__file__).parents[1] / "gold").glob("round-*/*.md"))

TABLE = """\
---
region: 湖北省
---
# 居民医保待遇

2025年的待遇见下表。

| 医院级别 | 起付线 | 报销比例 |
|---|---|---|
| 三级医院 | 800元 | 60% |
"""
LIST = """\
# 荆州市职工医保怎么报

住院按医院级别报销：

- 三级医院
  - 在职职工报销80%。
"""


def told(source: str, name: str = "a.md") -> list[dict[str, tuple[str, str, int]]]:
    """For each figure: what the words are of -> (words, where, line)."""
    return [
        {e.of: (e.words, e.where, e.line) for e in claim.evidence}
        for claim in extract(read(name, source.encode()), load_domain("yibao"))
        if claim.pattern.startswith("figures.")
    ]


def test_a_cell_rests_on_its_headers_and_what_stands_above() -> None:
    deductible, rate = told(TABLE)
    assert deductible == {
        "cue": ("起付线", "column", 8),
        "region": ("湖北省", "front-matter", 2),
        "scheme": ("居民医保", "title", 4),
        "year": ("2025年", "above", 6),
        "tier": ("三级医院", "row", 10),
    }
    assert rate["cue"] == ("报销比例", "column", 8)


def test_a_nested_item_rests_on_its_stems() -> None:
    (rate,) = told(LIST)
    assert rate == {
        "cue": ("报销", "quote", 6),
        "region": ("荆州市", "title", 1),
        "scheme": ("在职职工", "quote", 6),
        "setting": ("住院", "stem", 3),
        "tier": ("三级医院", "stem", 5),
        "population": ("在职职工", "quote", 6),
    }


def test_a_sentence_rests_on_those_before_it() -> None:
    _, second = told("# 医保问答\n\n居民医保住院起付线为500元。二级医院报销70%。\n")
    assert second["setting"] == ("住院", "before", 3)
    assert second["tier"] == ("二级医院", "quote", 3)


def test_a_facet_that_the_cue_says_has_its_words() -> None:
    (deductible,) = told("# 待遇\n\n个人自付超过1.2万元的部分，进入大病保险。\n")
    assert deductible["scheme"] == ("进入大病保险", "quote", 3)


def mutual(source: str) -> list[Claim]:
    return [c for c in extract(read("a.md", source.encode()), load_domain("yibao")) if c.topic == "gongji.area"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# 湖北家庭共济\n\n医保家庭共济可以跨省使用。\n", ("湖北", "title")),
        ("---\nregion: 湖北省\n---\n# 家庭共济\n\n医保家庭共济可以跨省使用。\n", ("湖北省", "front-matter")),
        ("# 家庭共济\n\n湖北省的医保家庭共济可以跨省使用。\n", ("湖北省", "quote")),
        ("# 家庭共济\n\n## 湖北\n\n医保家庭共济可以跨省使用。\n", ("湖北", "heading")),
    ],
)
def test_a_region_of_a_pattern_has_its_words(source: str, expected: tuple[str, str]) -> None:
    (claim,) = mutual(source)
    assert [(e.words, e.where) for e in claim.evidence if e.of == "region"] == [expected]


@pytest.mark.parametrize("path", GOLD[::3], ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_facet_of_a_figure_has_words_in_the_source(path: Path) -> None:
    article = read(path.name, path.read_bytes())
    for claim in extract(article, load_domain("yibao")):
        for e in claim.evidence:
            assert article.source[e.start : e.end] == e.words != ""
            assert article.source.count("\n", 0, e.start) + 1 == e.line
        if claim.pattern.startswith("figures."):
            assert {e.of for e in claim.evidence} - {"cue"} == {f for f, _ in claim.scope.facets}
