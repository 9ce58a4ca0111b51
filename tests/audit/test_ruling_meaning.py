"""What words that changed were most likely made into."""

from __future__ import annotations

from audit_cases import AREA, BENEFIT, NO, YES, claim
from msgspec.structs import replace

from audit.rulings.meaning import is_same, likely
from audit.rulings.model import Rest
from claims.identity import claim_id
from claims.model import Claim

GONE = Rest("a.md", "家庭共济目前不能跨省使用", "c1")


def said(quote: str, article: str = "a.md", **more: object) -> Claim:
    return claim(BENEFIT, NO, article, quote=quote, **more)


LIKE = said("家庭共济现在仍然不能跨省使用")
UNLIKE = said("参保人可以给家人用")


def test_the_same_words_come_first_those_of_the_article_before_others() -> None:
    here, there = said("家庭共济，目前不能跨省使用。"), said("家庭共济目前不能跨省使用", "b.md")
    assert likely(GONE, [LIKE, there, here]) is here
    assert likely(GONE, [LIKE, there]) is there
    assert likely(GONE, [LIKE, replace(here, value=None), there]) is there


def test_else_the_claim_of_the_article_that_is_most_like_them() -> None:
    nearer = said("家庭共济目前还不能跨省使用")
    assert likely(GONE, [UNLIKE, LIKE, nearer]) is nearer
    assert likely(GONE, [UNLIKE, LIKE]) is LIKE
    assert likely(GONE, [UNLIKE, replace(LIKE, article="b.md")]) is None
    assert likely(GONE, [UNLIKE, replace(LIKE, value=None)]) is None
    assert likely(GONE, []) is None


def test_how_alike_they_must_be() -> None:
    """Six characters of ten are the same."""
    rest = Rest("a.md", "甲乙丙丁戊己庚辛壬癸", "c1")
    six = said("甲乙丙丁戊己一二三四")
    assert likely(rest, [six]) is six
    assert likely(rest, [said("甲乙丙丁戊一二三四五")]) is None


def test_a_few_words_are_not_made_into_a_long_sentence_that_holds_them() -> None:
    long = said("家庭共济目前不能跨省使用也不能给别人使用")
    assert likely(Rest("a.md", "不能跨省", "c1"), [long]) is None
    assert likely(Rest("a.md", long.quote, "c1"), [said("不能跨省")]) is None


def test_punctuation_does_not_make_words_less_alike() -> None:
    rest = Rest("a.md", "“甲乙、丙丁”（戊己），庚！辛：壬；癸", "c1")
    six = said("甲乙丙丁戊己一二三四")
    assert likely(rest, [six]) is six
    apart = said("甲，乙，丙，丁，戊，己，一，二，三，四")
    assert likely(Rest("a.md", "甲乙丙丁戊己庚辛壬癸", "c1"), [apart]) is apart


def test_words_of_a_teaser_are_looked_for_on_its_page() -> None:
    assert likely(replace(GONE, article="a.md#teaser-2"), [LIKE]) is LIKE
    of_teaser = replace(LIKE, article="a.md#teaser-1")
    assert likely(GONE, [UNLIKE, of_teaser]) is of_teaser


def test_of_several_with_the_same_words_the_one_that_the_ruling_knew() -> None:
    """The article was renamed: but for its name the claim's id is the one that was written down."""
    others = [said(GONE.quote, "z.md"), said(GONE.quote, "z.md", scope={"region": ["湖北省"]})]
    others += [replace(others[0], value=YES), replace(others[0], topic=AREA.id), replace(others[0], quantifier="some")]
    others += [said(GONE.quote, "z.md", except_={"region": ["湖北省"]})]
    for one in others:
        known = claim_id("a.md", one.topic, one.value, one.quantifier, one.scope, one.except_, one.quote)
        assert likely(replace(GONE, id=known), others) is one
    assert likely(replace(GONE, id="c9"), others) is others[0]
    assert likely(replace(GONE, id=None), others) is others[0]


def test_the_same_words_but_for_spaces_and_punctuation() -> None:
    assert is_same(GONE, said("家庭共济，目前 不能跨省使用！"))
    assert not is_same(GONE, LIKE)
