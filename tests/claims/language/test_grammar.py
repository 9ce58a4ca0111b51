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
    """The grammar of the last clause of a text, or of the one between | and |."""
    folded = fold(text.replace("|", ""))
    tokens = tokens_of(folded.chars, LEXICON.find(folded.chars), ROLES)
    clause = split(folded)[-1].clauses[-1]
    start, end = clause.start, clause.end
    if "|" in text:
        before, inside, _ = (fold(part).chars for part in text.split("|"))
        start, end = len(before), len(before + inside)
    return read_clause(folded.chars, start, end, [t for t in tokens if start <= t.start and t.end <= end])


def test_every_form_has_one_role() -> None:
    groups = (*WORDS[FAMILY].values(), *WORDS[FAMILY_END].values())
    counted = Counter(form for forms in groups for form in set(forms))
    assert [form for form, n in counted.items() if n > 1] == []


def test_short_forms_are_meant() -> None:
    """A group of alternatives that may be empty yields words of one character: each one here is wanted."""
    short = {form for forms in WORDS[FAMILY].values() for form in forms if len(form) == 1}
    allowed = set(
        "不没未无非莫勿能可会行成妥含管认别甭须需应要得仅只专限约近将拟曾待已现今若倘虽但却而均都凡除外等如吗么嘛咋啥谁呢对错起怕凭各先在办帮给仍否🟢✅✔√☑✓🔴⛔🚫❌✘✗✖☒✕×"
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


def told(text: str) -> str:
    """All that the last clause of a text says: what differs from a clause that says nothing; of what points into the
    text, the words behind it; -WORD for each negation."""
    grammar, chars = read(text), fold(text.replace("|", "")).chars
    words: list[str] = []
    for name in Grammar.__struct_fields__:
        said = getattr(grammar, name)
        if said == getattr(Grammar(), name):
            continue
        if name == "sign":
            words.append({"1": "yes", "-1": "no"}[str(said)])
        elif name == "only":
            words += [f"only:{chars[at:]}" for at in said]
        elif name == "negations":
            words += [f"-{chars[start:end]}" for start, end in said]
        else:
            words.append(name.rstrip("_") if said is True else f"{name}:{chars[said:]}")
    return " ".join(words)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("家属可以使用", "yes modal"),
        ("家属使用这项功能", ""),
        ("双方必须参保", "yes modal must"),
        ("双方无须参保", "yes modal need_not"),
        ("参保的人必须绑定", "yes modal must"),
        ("参保之后才能绑定", "yes modal must then"),
        ("不需要参保", "yes modal need_not"),
        ("不必须参保", "yes modal need_not"),
        ("不以同省为前提", "yes modal need_not"),
        ("无需提交材料", "yes modal need_not"),
        ("仅限本人使用", "only:本人使用"),
        ("不仅限于配偶", "not_only"),
        ("只能给父母用,只限一人", "only:一人"),
        ("能不能绑定", "asks"),
        ("怎么绑定", "wh"),
        ("谁能用", "yes modal wh"),
        ("答案是不能", "no modal answer_from:不能"),
        ("官方的答复是可以", "yes modal answer_from:可以"),
        ("如果没有参保", "no condition -没有"),
        ("即便没有参保也能用", "yes modal concession -没有"),
        ("但是不能跨省", "no modal contrast"),
        ("网传可以套现", "yes modal believes:可以套现"),
        ("别以为可以跨省", "yes modal disbelieves:可以跨省"),
        ("不要误以为能提现", "yes modal disbelieves:能提现"),
        ("这种说法是谣言", "denies"),
        ("没这个道理", "denies"),
        ("是的", "affirms"),
        ("完全正确", "affirms"),
        ("其实可以跨省", "yes modal reality"),
        ("有望放开", "yes future"),
        ("以前不支持", "no past -不"),
        ("现已支持", "yes now"),
        ("改为全国都能用", "yes modal changed all"),
        ("自2024年5月起可以使用", "yes modal now"),
        ("2024年5月起付线调整", ""),
        ("部分地区已经开通", "yes now some"),
        ("本市可以使用", "yes modal"),
        ("全国都能用", "yes modal all"),
        ("能否使用要看当地规定", "asks unsure"),
        ("能不能办具体看参保地", "asks unsure"),
        ("具体看参保地", ""),
        ("能不能去看病", "asks"),
        ("户口在哪里都不影响", "yes wh irrelevant"),
        ("约三百元", "approx"),
        ("一般支持", "yes usual"),
        ("可能支持", "yes maybe"),
        ("例如可以给父母缴费", "yes modal example"),
        ("系统拒绝受理", "no modal"),
        ("并非不可以", "yes modal -并非"),
        ("没有哪条规定允许这样做", "no modal -没有哪"),
        ("不列入可以授权的名单", "no -不"),
        ("家属不得使用", "no modal"),
        ("不同的家庭", ""),
        ("余额在药店刷不出来", "no modal"),
        ("爷爷奶奶也绑得上", "yes modal"),
        ("这笔钱谁也借不走", "no modal wh"),
        ("配偶的父母不能(可由配偶授权)", "no modal"),
        ("可以使用本人的医保卡", "yes modal"),
        ("不能使用的家属可以授权", "yes modal"),
        ("未成年人", ""),
        ("不是不能用", "yes modal -不是"),
        ("家属用不了", "no modal"),
        ("家属得不到补助", "no modal"),
        ("年底不到位", ""),
        ("系统不通过申请", "no -不"),
        ("不会因为办理了共济就改变", "no -不会"),
        ("没有人可以使用他人的医保卡", "no modal -没有人"),
        ("同意才行", "yes modal must then"),
        ("肯定的", "yes modal"),
        ("得到的答复是肯定的", "yes modal answer_from:肯定的"),
        ("条件成熟的地方先行", "some"),
        ("在内", "yes"),
        ("配偶在内", "yes"),
        ("都包括在内的人", "yes all"),
        ("本人和配偶在列。", "yes"),
        ("授权的时候需要", "yes modal must"),
        ("办理要先绑定", "yes modal must"),
        ("哪条规定也没有说不允许", "yes modal -没有 -不"),
        ("允许使用的药店不多", "no -不"),
        ("允许使用的药店不能刷卡", "no modal"),
        ("不允许异地使用的地区可以先垫付", "yes modal -不"),
        ("不能用", "no modal"),
        ("不是没有办法", "yes -不是 -没有"),
        ("没有参保,没有绑定", "no -没有"),
        ("不参加的人没有办理", "no -不 -没有"),
        ("不支持", "no -不"),
        ("不直接支持", "no -不"),
        ("不再像以前那样大范围支持", "yes past -不再"),
        ("不因为参保地不同而受影响,不支持", "no -不"),
        ("配偶的父母可以(不能由配偶授权)", "yes modal"),
        ("配偶支持(不能由配偶授权)", "no modal"),
        ("支持(不能由配偶授权)", "no modal"),
        ("(不能由配偶授权)", "no modal"),
        ("可以给父母(含配偶的父母)用", "yes modal"),
        ("可以使用名下的余额", "yes modal"),
        ("可以使用共济的余额", "yes modal"),
        ("可以使用的", "yes modal"),
        ("支持使用的药店很多", "yes"),
        ("使用不了也支持", "no modal"),
        ("用不了", "no modal"),
        ("他想不起来", "no -不"),
        ("必须不", "yes modal must -不"),
        ("没有", "no -没有"),
        ("未参保未缴费的人群", "yes -未 -未"),
        ("可以使用的药店不能收取的费用", "no modal"),
        ("支持绑定但不能使用的", "no modal"),
        ("家里支持不能使用的人", "yes"),
        ("不能借出但可以使用本人的卡", "yes modal"),
        ("不大量支持", "no -不大"),
        ("没赶上时间也支持", "yes -没"),
        ("不随便擅自支持", "no -不"),
        ("不按时缴费支持", "no -不"),
        ("没有一个人不支持", "yes -没有一 -不"),
        ("没有办理过的不支持", "no -没有 -不"),
        ("不是没办法给未参保的人", "no -不是 -没办法 -未"),
        ("没有哪家药店", "no -没有哪"),
        ("没有哪条规定不允许", "yes modal -没有哪 -不"),
        ("网传|家属可以使用|的是假的", "yes modal"),
        ("现在支持,|家属使用这项功能|,自5月起可以", ""),
        ("截至去年,|不能办|(可由配偶办)", "no modal"),
        ("(家属)|不能(由配偶办)|", "no modal"),
        ("(家属)|支持(不能由配偶办)|", "no modal"),
        ("能不能办|还要看医院|具体看参保地", "yes modal must"),
        ("能不能办,|能不能办要看病情|具体看参保地", "asks"),
        ("要用得上才可以", "yes modal must then"),
        ("绑不上不过不影响使用", "no modal contrast irrelevant"),
        ("借不走也用得上", "yes modal"),
        ("得不到又用不了", "no modal"),
        ("家属一样绑得了", "yes modal"),
        ("不得不绑定", "yes modal must"),
        ("肯定的人", ""),
        ("条件允许的可以绑定。", "yes modal"),
        ("2024年5月起实施新标准", "now"),
        ("|家属可以使用|,自5月起", "yes modal"),
        ("并不需要参保", "no modal need_not -并不"),
        ("我们这边可以使用", "yes modal here"),
        ("办理取决于参保地", "unsure"),
        # What can or cannot be done, by rule: beside what looks like it, and over words that it holds.
        ("|家属不能用|,也绑得上", "no modal"),
        ("想不起来也借不走", "no modal -不"),
        ("不怕借不走", "no modal"),
        ("这里开通不了", "no modal"),
        ("同城不过绑不上", "no modal contrast"),
        ("这家医院约不上号", "no modal"),
        ("家里用得起", "yes modal"),
        ("参保的不去也支持", "no -不"),
        # How far a negation reaches.
        ("不跨省支持", "no -不"),
        ("不继续直接支持", "no -不"),
        ("不因参保地在外省或者是外市支持", "no -不"),
        ("不因参保地在外省或者是外市里支持", "yes -不"),
        ("不是所有人不支持", "yes all -不是 -不"),
        ("不是没有说不允许", "no modal -不是 -没有 -不"),
        ("并非没有人不支持", "yes -并非 -没有人 -不"),
        ("开通没有任何费用", "yes -没有任何"),
        ("支持刷卡但不方便", "yes -不"),
        # 的 that closes a relative clause, however near, whatever 的 there was before.
        ("本人的卡可以使用不能借出的功能", "yes modal"),
        ("可以办不允许的业务", "yes modal -不"),
        # Brackets that close, that do not, and several.
        ("|可以办(不能由配偶办|,由父母办)", "no modal"),
        ("(家属)可以办(不能由配偶办)", "yes modal"),
        ("(甲)(乙)不能办(可由配偶办)", "no modal"),
    ],
)
def test_all_that_a_clause_says(text: str, says: str) -> None:
    assert told(text) == says


@pytest.mark.parametrize("word", ["功能", "银行", "社会", "识别", "时限", "主要", "避免费用", "将余额", "须知", "反应"])
def test_words_that_hold_a_grammar_word_are_none(word: str) -> None:
    grammar = read(word)
    assert (grammar.sign, grammar.must, grammar.only, grammar.future) == (0, False, (), False)


def test_stop_words_are_known() -> None:
    assert "不同" in WORDS[STOP][STOP]
