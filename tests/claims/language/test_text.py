"""Folding, the lexicon and the cutting of sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.language.clauses import split
from claims.language.fold import fold
from claims.language.lexicon import STOP, compile_lexicon, expand


@given(st.text(max_size=80))
def test_folding_maps_every_character_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.chars) == len(folded.origin)
    assert list(folded.origin) == sorted(set(folded.origin))
    assert fold(folded.chars).chars == folded.chars


def test_full_width_and_half_width_are_one() -> None:
    assert fold("２０２５年，（医保）").chars == fold("2025 年,(医保)").chars


def test_quotes_go_and_are_remembered() -> None:
    folded = fold("所谓“亲情账户”")
    assert folded.chars == "所谓亲情账户"
    assert folded.quoted == ((2, 6),)


@given(st.text(alphabet="甲乙,。(1)、:? \n", max_size=60))
def test_sentences_keep_order_and_lose_only_separators(text: str) -> None:
    folded = fold(text)
    end = 0
    for sentence in split(folded):
        assert sentence.start >= end
        assert sentence.clauses
        for clause in sentence.clauses:
            assert end <= clause.start < clause.end
            end = clause.end
    covered = sum(c.end - c.start for s in split(folded) for c in s.clauses)
    separators = sum(folded.chars.count(c) for c in ",。:?\n")
    assert covered >= len(folded.chars) - separators


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("可以用,但要先绑定。费用1,000元", [["可以用", "但要先绑定"], ["费用1,000元"]]),
        ("近亲属(配偶,父母。子女)都行", [["近亲属(配偶,父母。子女)都行"]]),
        ("不能 省外的亲属绑不上", [["不能"], ["省外的亲属绑不上"]]),
        ("二、使用方式 直接刷卡支付", [["二、使用方式"], ["直接刷卡支付"]]),
    ],
)
def test_cutting(text: str, clauses: list[list[str]]) -> None:
    folded = fold(text)
    assert [[folded.chars[c.start : c.end] for c in s.clauses] for s in split(folded)] == clauses


def test_alternatives_expand_and_nest() -> None:
    assert expand("{没|没有}{参加|办}医保") == ["没参加医保", "没办医保", "没有参加医保", "没有办医保"]
    assert expand("{甲{乙|丙}|丁}") == ["甲乙", "甲丙", "丁"]
    for bad in ("{甲", "甲}", "甲|乙"):
        with pytest.raises(ValueError, match="unbalanced"):
            expand(bad)


def test_longest_in_a_family_and_both_across() -> None:
    lexicon = compile_lexicon({"a": {"ENROLLED": ["参保"], "PLACE": ["参保地"]}, "b": {"B": ["保地"]}})
    assert [h.concept for h in lexicon.find("参保地")] == ["PLACE", "B"]


def test_a_stop_word_swallows_what_is_inside() -> None:
    lexicon = compile_lexicon({"g": {"NEG": ["不"]}, STOP: {STOP: ["不过"]}}, weak=["g"])
    assert [h.start for h in lexicon.find("不过不行")] == [2]


def test_a_covering_word_takes_grammar_words_with_it() -> None:
    families = {"g": {"NEG": ["不"], "OUT": ["在外"]}, "level": {"CROSS": ["不同省", "外省"]}, "act": {"USE": ["不用"]}}
    lexicon = compile_lexicon(families, weak=["g"], covering=["level"])
    assert [h.concept for h in lexicon.find("不同省")] == ["CROSS"]
    assert [h.concept for h in lexicon.find("在外省")] == ["CROSS"]
    assert {h.concept for h in lexicon.find("不用")} == {"USE", "NEG"}
