"""The grammar layer's laws, over the whole list of its own words."""

from __future__ import annotations

from collections import Counter

import pytest

from claims.language.clauses import split
from claims.language.fold import fold
from claims.language.grammar import FAMILY, FAMILY_END, Grammar, grammar_words, read_clause, tokens_of
from claims.language.lexicon import STOP, compile_lexicon

WORDS = grammar_words()
LEXICON = compile_lexicon(WORDS, weak=[FAMILY, FAMILY_END])
ROLES = frozenset(WORDS[FAMILY]) | frozenset(WORDS[FAMILY_END])


def read(text: str) -> Grammar:
    """The grammar of the last clause of a text."""
    folded = fold(text)
    tokens = tokens_of(folded.chars, LEXICON.find(folded.chars), ROLES)
    clause = split(folded)[-1].clauses[-1]
    inside = [t for t in tokens if clause.start <= t.start and t.end <= clause.end]
    return read_clause(folded.chars, clause.start, clause.end, inside)


def test_every_form_has_one_role() -> None:
    groups = (*WORDS[FAMILY].values(), *WORDS[FAMILY_END].values())
    counted = Counter(form for forms in groups for form in set(forms))
    assert [form for form, n in counted.items() if n > 1] == []


def test_short_forms_are_meant() -> None:
    """A group of alternatives that may be empty yields words of one character: each one here is wanted."""
    short = {form for forms in WORDS[FAMILY].values() for form in forms if len(form) == 1}
    allowed = set(
        "不没未无非莫勿能可会行成妥含管认别甭须需应要得仅只专限约近将拟曾待已现今若倘虽但却而均都凡除外等如吗么嘛咋啥谁呢对错起怕凭各先在办帮给仍否✅✔√☑✓❌✘✗✖☒✕×"
    )
    assert short <= allowed, sorted(short - allowed)


# 不影响 is a word of its own: what does not matter, rather than what is not so.
VERBS = sorted(w for w in WORDS[FAMILY]["VERB"] if len(w) == 2 and w != "影响")
MODALS = ["能", "可以", "允许"]


@pytest.mark.parametrize("verb", VERBS + MODALS)
def test_one_negation_turns_the_sign(verb: str) -> None:
    assert read(f"家属{verb}这项功能").sign == 1
    for negation in ("不", "暂不", "尚未", "并不", "不再"):
        assert read(f"家属{negation}{verb}这项功能").sign == -1, negation + verb


@pytest.mark.parametrize("verb", VERBS + MODALS)
def test_two_negations_leave_it(verb: str) -> None:
    for outer in ("并非", "不是"):
        assert read(f"家属{outer}不{verb}这项功能").sign == 1, outer + verb


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("这笔钱谁也借不走", -1),
        ("外省的亲属绑不上", -1),
        ("余额在药店刷不出来", -1),
        ("爷爷奶奶也绑得上", 1),
        ("家里人用得上", 1),
        ("系统拒绝受理", -1),
        ("没有哪条规定允许这样做", -1),
        ("不列入可以授权的名单", -1),
        ("并非不可以", 1),
        ("家属不得使用", -1),
        ("老人的卡不过期", 0),
        ("不同的家庭", 0),
        ("无论在哪里都可以用", 1),
    ],
)
def test_sign(text: str, sign: int) -> None:
    assert read(text).sign == sign


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("双方必须参保", {"must"}),
        ("参保之后才能绑定", {"must", "then"}),
        ("不需要参保", {"need_not"}),
        ("不再以同省为前提", {"need_not"}),
        ("无需提交材料", {"need_not"}),
        ("仅限本人使用", {"only"}),
        ("不仅限于配偶", {"not_only"}),
        ("能不能绑定", {"asks"}),
        ("部分地区已经开通", {"some", "now"}),
        ("可能支持", {"maybe"}),
        ("一般支持", {"usual"}),
        ("有望放开", {"future"}),
        ("以前不支持", {"past"}),
        ("如果没有参保", {"condition"}),
        ("网传可以套现", {"believes"}),
        ("其实不然", {"denies"}),
        ("要看两地是否开通取决于当地", {"unsure"}),
        ("答案是不能", {"answer_from"}),
    ],
)
def test_flags(text: str, flags: set[str]) -> None:
    grammar = read(text)
    for flag in flags:
        assert getattr(grammar, flag) not in (False, None, ()), flag


@pytest.mark.parametrize("word", ["功能", "银行", "社会", "识别", "时限", "主要", "避免费用", "将余额", "须知", "反应"])
def test_words_that_hold_a_grammar_word_are_none(word: str) -> None:
    grammar = read(word)
    assert (grammar.sign, grammar.must, grammar.only, grammar.future) == (0, False, (), False)


def test_stop_words_are_known() -> None:
    assert "不同" in WORDS[STOP][STOP]
