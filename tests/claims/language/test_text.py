"""Folding, the lexicon and the cutting of sentences."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.language import lexicon as lexicon_module
from claims.language.clauses import is_answer, split
from claims.language.fold import Folded, fold
from claims.language.lexicon import STOP, Hit, compile_lexicon, expand


@given(st.text(max_size=80))
def test_folding_maps_every_character_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.chars) == len(folded.origin)
    assert list(folded.origin) == sorted(set(folded.origin))
    assert fold(folded.chars).chars == folded.chars


def test_full_width_and_half_width_are_one() -> None:
    assert fold("２０２５年，（医保）").chars == fold("2025 年,(医保)").chars


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("甲乙", Folded("甲乙", (0, 1), frozenset(), ())),
        ("“甲”乙“丙”", Folded("甲乙丙", (1, 3, 5), frozenset(), ((0, 1), (2, 3)))),
        ("“”甲", Folded("甲", (2,), frozenset(), ())),
        ("甲 乙", Folded("甲乙", (0, 2), frozenset({1}), ())),
        ("“甲", Folded("甲", (1,), frozenset(), ())),
        ("甲”乙", Folded("甲乙", (0, 2), frozenset(), ())),
        ("“甲「乙」丙”", Folded("甲乙丙", (1, 3, 5), frozenset(), ((0, 3),))),
        ("XYZ医保", Folded("xyz医保", (0, 1, 2, 3, 4), frozenset(), ())),
        # Of several letters the first; these signs are what they are: numbers of a list, measures.
        ("㍿⅔", Folded("株2", (0, 1), frozenset(), ())),
        ("①…—㎡℃½", Folded("①…—㎡℃½", (0, 1, 2, 3, 4, 5), frozenset(), ())),
    ],
)
def test_what_folding_leaves(text: str, folded: Folded) -> None:
    assert fold(text) == folded


def test_the_way_back() -> None:
    folded = fold("第 ２０２５ 年“医保”")
    assert folded.chars == "第2025年医保"
    assert folded.back(1, 5) == (2, 6)
    assert folded.back(5, 8) == (7, 11)


def test_quotes_go_and_are_remembered() -> None:
    folded = fold("所谓“亲情账户”")
    assert folded.chars == "所谓亲情账户"
    assert folded.quoted == ((2, 6),)
    for written in ("所谓＂亲情账户＂", "所谓｢亲情账户｣"):
        assert (fold(written).chars, fold(written).quoted) == (folded.chars, folded.quoted)


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


# Each sentence: its clauses with the sign that ends them, then the sign that ends it.
@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("(甲(乙,丙),丁)戊,己", [["(甲(乙,丙),丁)戊,", "己", ""]]),
        ("(甲),乙", [["(甲),", "乙", ""]]),
        ("(甲\n乙),丙", [["(甲\n", "\n"], ["乙),", "丙", ""]]),
        ("(,甲", [["(,", "甲", ""]]),
        ("绑定流程 一、打开小程序", [["绑定流程", ""], ["一、打开小程序", ""]]),
        ("套餐一、套餐二 都行", [["套餐一、套餐二都行", ""]]),
        ("套餐一、套餐 二、办理", [["套餐一、套餐", ""], ["二、办理", ""]]),
        ("二、用 直接刷卡", [["二、用", ""], ["直接刷卡", ""]]),
        ("二、 使用方式 直接刷卡", [["二、使用方式", ""], ["直接刷卡", ""]]),
        ("二、使用方式,可以 直接刷", [["二、使用方式,", "可以直接刷", ""]]),
        ("二、使用X卡 直接刷卡支付", [["二、使用x卡", ""], ["直接刷卡支付", ""]]),
        ("绑定流程:一、打开小程序", [["绑定流程:", "一、打开小程序", ""]]),
        ("绑定流程。一、打开 小程序", [["绑定流程。", "。"], ["一、打开", ""], ["小程序", ""]]),
        ("1,000元", [["1,000元", ""]]),
        ("共1,2", [["共1,2", ""]]),
        ("约,2元", [["约,", "2元", ""]]),
        ("9:00开门", [["9:00开门", ""]]),
        ("可以 给家人用", [["可以", ""], ["给家人用", ""]]),
        ("不能 ", [["不能", ""]]),
        ("(1)办理 绑定", [["(1)办理", ""], ["绑定", ""]]),
        ("第3.办理 绑定", [["第3.办理绑定", ""]]),
        ("1.办理 绑定", [["1.办理", ""], ["绑定", ""]]),
        ("3.5元 起", [["3.5元起", ""]]),
        ("甲,,乙。。丙", [["甲,", "乙。", "。"], ["丙", ""]]),
        ("甲…乙—丙;丁!戊?己", [["甲…", "…"], ["乙—", "丙;", ";"], ["丁!", "!"], ["戊?", "?"], ["己", ""]]),
        ("办理:1、打开 小程序;2、登录", [["办理:", "1、打开", ""], ["小程序;", ";"], ["2、登录", ""]]),
        ("甲。家人可以用统筹基金的说法不实。", [["甲。", "。"], ["家人可以用统筹基金", "的说法不实。", "。"]]),
        # Brackets: what ends in one, what follows another, what is too long to be one.
        ("(甲,)乙", [["(甲,)乙", ""]]),
        ("乙(甲),丙", [["乙(甲),", "丙", ""]]),
        ("(甲)乙(丙,丁)", [["(甲)乙(丙,丁)", ""]]),
        (f"({'甲' * 76},乙)丙", [[f"({'甲' * 76},乙)丙", ""]]),
        (f"({'甲' * 77},乙)丙", [[f"({'甲' * 77},", "乙)丙", ""]]),
        # Labels: where they begin and end, how long the line of one may be.
        ("绑定流程: 一、打开小程序", [["绑定流程:", "一、打开小程序", ""]]),
        ("先 绑定 一、打开 小程序", [["先绑定", ""], ["一、打开", ""], ["小程序", ""]]),
        ("二 、使用方式 直接刷卡", [["二、使用方式", ""], ["直接刷卡", ""]]),
        (f"二、{'甲' * 15} 直接刷卡", [[f"二、{'甲' * 15}", ""], ["直接刷卡", ""]]),
        (f"二、{'甲' * 16} 直接刷卡", [[f"二、{'甲' * 16}直接刷卡", ""]]),
        # Signs beside digits.
        (",12", [["12", ""]]),
        ("满60,可以办", [["满60,", "可以办", ""]]),
        ("费用1,", [["费用1,", ""]]),
        # Nobody's sentence is that long.
        (f"甲。{'乙' * 600},丙", [["甲。", "。"], [f"{'乙' * 600},", "丙", ""]]),
        (f"甲。{'乙' * 601},丙", [["甲。", "。"], [f"{'乙' * 601},", ""], ["丙", ""]]),
    ],
)  # fmt: skip
def test_what_ends_clauses_and_sentences(text: str, sentences: list[list[str]]) -> None:
    chars, found = fold(text).chars, split(fold(text))
    assert [[*(chars[c.start : c.end] + c.closed_by for c in s.clauses), s.closed_by] for s in found] == sentences
    assert [(s.start, s.end) for s in found] == [(s.clauses[0].start, s.clauses[-1].end) for s in found]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("家人可以用统筹基金的说法不实。", ["家人可以用统筹基金", "的说法不实"]),
        ("绑定就不用缴费这种说法,站不住脚", ["绑定就不用缴费这种说法", "站不住脚"]),
        ("绑定就不用缴费这种说法站不住脚", ["绑定就不用缴费", "这种说法站不住脚"]),
        ("可以跨省的传言没有错", ["可以跨省", "的传言没有错"]),
        ("他的说法不对", ["他的说法不对"]),
        ("这种说法不对", ["这种说法不对"]),
        ("可以跨省的说法很多", ["可以跨省的说法很多"]),
    ],
)  # fmt: skip
def test_what_is_judged_in_one_breath_is_a_clause_and_its_judgement_another(text: str, clauses: list[str]) -> None:
    folded = fold(text)
    assert [folded.chars[c.start : c.end] for s in split(folded) for c in s.clauses] == clauses


def test_what_goes_on_and_on_is_cut_at_a_comma() -> None:
    found = split(fold("甲乙," * 700))
    assert all(s.end - s.start > 600 >= s.clauses[-1].start - s.start for s in found[:-1])
    assert {s.closed_by for s in found} == {""}
    assert len(found) == 4
    assert len(split(fold("甲" * 600 + ",乙"))) == 1
    assert len(split(fold("甲" * 601 + ",乙"))) == 2


@pytest.mark.parametrize("line", ["不可以", "可以", "目前不行", "一般可以的"])
def test_a_yes_or_no_alone_on_a_line_is_an_answer(line: str) -> None:
    assert is_answer(line)


@pytest.mark.parametrize("line", ["能", "可以吗", "不可以的话", "", "办"])
def test_any_other_line_is_none(line: str) -> None:
    assert not is_answer(line)


def test_alternatives_expand_and_nest() -> None:
    assert expand("{没|没有}{参加|办}医保") == ["没参加医保", "没办医保", "没有参加医保", "没有办医保"]
    assert expand("{甲{乙|丙}|丁}") == ["甲乙", "甲丙", "丁"]
    assert expand("{X|Y}光") == ["X光", "Y光"]
    assert expand("{甲|甲}") == ["甲"]
    assert expand("") == [""]


def test_longest_in_a_family_and_both_across() -> None:
    lexicon = compile_lexicon({"a": {"ENROLLED": ["参保"], "PLACE": ["参保地"]}, "b": {"B": ["保地"]}})
    assert [h.concept for h in lexicon.find("参保地")] == ["PLACE", "B"]


def test_a_stop_word_swallows_what_is_inside() -> None:
    lexicon = compile_lexicon({"g": {"NEG": ["不"]}, STOP: {STOP: ["不过"]}}, weak=["g"])
    assert [h.start for h in lexicon.find("不过不行")] == [2]


def test_a_stop_word_may_be_another_word_as_well() -> None:
    """It swallows what is inside it, not what is as long; nor does a shorter one, which follows, let go of that."""
    lexicon = compile_lexicon({"a": {"A": ["不过", "过"]}, STOP: {STOP: ["不过", "过"]}, "z": {"Z": ["不过"]}})
    assert lexicon.find("不过") == [Hit(0, 2, "A"), Hit(0, 2, "Z")]


def test_a_covering_word_takes_grammar_words_with_it() -> None:
    families = {"g": {"NEG": ["不"], "OUT": ["在外"]}, "level": {"CROSS": ["不同省", "外省"]}, "act": {"USE": ["不用"]}}
    lexicon = compile_lexicon(families, weak=["g"], covering=["level"])
    assert [h.concept for h in lexicon.find("不同省")] == ["CROSS"]
    assert [h.concept for h in lexicon.find("在外省")] == ["CROSS"]
    assert {h.concept for h in lexicon.find("不用")} == {"USE", "NEG"}


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("在外省", ["OUT"]), ("并在外省", ["OUT"]), ("并不是只有职工", ["ONLY", "STAFF"]), ("只有职工", ["STAFF"]),
        ("并只有职工", ["STAFF"]), ("不只有职工", ["JUST", "STAFF"]), ("只有职", ["SOLE"]), ("只有", ["SOLE"]),
        ("不同省份", ["OTHER"]), ("不同省", ["SAME"]), ("外省,在外,在外省", ["OUT", "AWAY", "OUT"]),
        ("各不同省份的和外省", ["OTHER", "OUT"]), ("不同省份在外", ["OTHER", "AWAY"]), ("在外不同省份", ["AWAY",
        "OTHER"]),
        ("省外", ["BEYOND"]), ("省外省", ["OUT"]), ("职工职工在外省", ["STAFF", "STAFF", "OUT"]),
    ],
)  # fmt: skip
def test_a_long_grammar_word_that_begins_first_stands(text: str, concepts: list[str]) -> None:
    families = {
        "g": {
            "AWAY": ["在外"], "ONLY": ["并不是只有"], "SOLE": ["只有"], "JUST": ["不只有"], "SAME": ["不同省"],
            "BEYOND": ["省外"],
        },
        "level": {"OUT": ["外省"], "STAFF": ["有职工", "职工"], "OTHER": ["不同省份"]},
    }  # fmt: skip
    lexicon = compile_lexicon(families, weak=["g"], covering=["level"])
    assert [h.concept for h in lexicon.find(text)] == concepts


# The lexicon's law: what is found is what its docstring says, however it is looked for.

FORMS = st.lists(st.text("不同省外用", min_size=1, max_size=4), max_size=4)
FAMILIES = st.fixed_dictionaries(
    {name: st.fixed_dictionaries(dict.fromkeys(concepts, FORMS)) for name, concepts in
     {"grammar": ("NEG", "OUT"), "level": ("CROSS",), "act": ("USE", "NOT"), STOP: (STOP,)}.items()}
)  # fmt: skip


def found_by_law(families: dict[str, dict[str, list[str]]], text: str) -> list[Hit]:
    def inside(one: tuple[int, int], other: tuple[int, int]) -> bool:
        return other[0] <= one[0] and one[1] <= other[1] and one != other

    every = [
        (family, (start, start + len(form)), concept)
        for family, concepts in families.items() for concept, forms in concepts.items() for form in set(forms)
        for start in range(len(text)) if text.startswith(form, start)
    ]  # fmt: skip
    stops = [span for family, span, _ in every if family == STOP]
    rest = [hit for hit in every if hit[0] != STOP and not any(inside(hit[1], stop) for stop in stops)]
    words = [hit for hit in rest if not any(hit[0] == other[0] and inside(hit[1], other[1]) for other in rest)]
    covers = [span for family, span, _ in words if family == "level"]

    def gives_way(start: int, end: int) -> bool:
        """Some covering word holds it or cuts through it; not one that lies inside it, or begins within a long one."""
        return any(
            other[0] < end and start < other[1]
            and not (start <= other[0] and other[1] <= end)
            and not (start < other[0] and end - start >= 3)
            for other in covers
        )  # fmt: skip

    kept = [Hit(*span, concept) for family, span, concept in words if family != "grammar" or not gives_way(*span)]
    return sorted(kept, key=lambda hit: (hit.start, -hit.end, hit.concept))


@given(FAMILIES, st.lists(st.text("不同省外用,", max_size=14), max_size=3))
def test_the_lexicon_finds_what_its_law_says_in_each_text(
    families: dict[str, dict[str, list[str]]], texts: list[str]
) -> None:
    lexicon = compile_lexicon(families, weak=["grammar"], covering=["level"])
    wanted = [found_by_law(families, text) for text in texts]
    assert lexicon.find_in(texts) == wanted
    assert [lexicon.find(text) for text in texts] == wanted


def test_a_form_stands_for_no_more_strings_than_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon_module, "MOST", 4)
    assert len(expand("{甲|乙}{丙|丁}")) == 4
    why = "the form '{甲|乙|丙}{丁|戊}'… stands for more than 4 strings: make it a compound"
    with pytest.raises(ValueError, match=f"^{re.escape(why)}$"):
        expand("{甲|乙|丙}{丁|戊}")
    with pytest.raises(ValueError, match=f"^the form '{'医' * 60}'… stands for"):
        expand("医" * 61 + "{甲|乙|丙|丁|戊}")
    monkeypatch.setattr(lexicon_module, "ALL", 2)
    assert set(compile_lexicon({"a": {"A": ["甲", "乙", "甲"]}}).forms) == {"甲", "乙"}
    with pytest.raises(ValueError, match=r"^the lexicon stands for more than 2 strings: make some forms compounds$"):
        compile_lexicon({"a": {"A": ["{甲|乙|丙}"]}})


def test_braces_are_nested_no_deeper_than_anyone_needs() -> None:
    assert expand("{" * 50 + "甲" + "}" * 50) == ["甲"]
    with pytest.raises(ValueError, match=r"^the form '\{{60}'… has braces nested more than 50 deep$"):
        expand("{" * 61 + "甲" + "}" * 61)
    with pytest.raises(ValueError, match="nested"):
        expand("{" * 51 + "甲" + "}" * 51)


def test_a_form_may_mean_several_things_but_not_nothing() -> None:
    lexicon = compile_lexicon({"b": {"B": ["甲"], "A": ["甲", "甲"]}, "a": {"C": ["甲"]}})
    assert lexicon.forms == {"甲": (("a", "C"), ("b", "A"), ("b", "B"))}
    with pytest.raises(ValueError, match=r"^a/A: the form '\{甲\|\}' may be empty$"):
        compile_lexicon({"a": {"A": ["{甲|}"]}})


def test_braces_that_do_not_match_are_named() -> None:
    for bad in ("{甲", "甲}", "甲|乙", "{甲{乙}"):
        with pytest.raises(ValueError, match=f"^unbalanced braces in '{re.escape(bad)}'$"):
            expand(bad)
