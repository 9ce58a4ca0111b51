"""What units, context and scope settle for all patterns: questions, answers, beliefs, plans, stems, tables, regions."""

from __future__ import annotations

import pytest

from claims.domain import load_domain
from claims.examples import notation, sample
from claims.extraction import extract
from claims.model import Claim
from claims.readers import read

TITLE = "职工医保家庭共济说明"


def claims(text: str, topic: str, title: str = TITLE) -> list[str]:
    return [notation(c) for c in extract(sample(text, title), load_domain("yibao")) if c.topic == topic]


def page(source: str, topic: str, suffix: str = "md") -> list[Claim]:
    return [c for c in extract(read(f"a.{suffix}", source.encode()), load_domain("yibao")) if c.topic == topic]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("跨省能共济吗？", []),
        ("跨省能共济吗？不能。", ["<=province"]),
        ("跨省能共济吗？可以。", [">=nation"]),
        ("以前不能跨省共济。", []),
        ("今后将逐步实现跨省共济。", []),
        ("以前不能跨省共济，现在可以跨省共济了。", [">=nation"]),
        ("部分地区可以跨省共济。", [">=nation some"]),
        ("江苏已经可以跨省共济。", [">=nation @江苏省"]),
        ("能否跨省共济取决于当地政策。", []),
    ],
)
def test_what_is_asked_planned_or_past_is_no_claim(text: str, expected: list[str]) -> None:
    assert claims(text, "gongji.area") == expected


@pytest.mark.parametrize(
    "text",
    [
        "有人说家属可以动用职工的统筹基金，其实不然。",
        "有人说家属可以动用职工的统筹基金。这是误解。",
        "家属可以动用职工的统筹基金，这话千万别信。",
    ],
)
def test_a_denied_belief_is_the_opposite_claim(text: str) -> None:
    assert claims(text, "gongji.pooled_fund") == ["false"]


def test_a_belief_without_denial_is_no_claim() -> None:
    assert claims("有人说家属可以动用职工的统筹基金。", "gongji.pooled_fund") == []


def test_a_title_question_answered_in_one_word() -> None:
    [claim] = page("---\ntitle: 医保家庭共济可以跨省吗\n---\n\n不可以。\n", "gongji.area")
    assert (notation(claim), claim.origin, claim.quote) == ("<=province", "title_answer", "不可以")


def test_bullets_take_the_sign_of_their_stem() -> None:
    found = page("# 家庭共济\n\n以下费用不能用共济资金支付：\n\n- 健康体检\n- 健身卡\n", "gongji.payable")
    assert [notation(c) for c in found] == ["-checkup", "-non_medical"]
    assert {c.origin for c in found} == {"list_item"}


def test_a_table_row_is_said_by_label_and_cell() -> None:
    source = (
        "<article><h1>家庭共济能付什么</h1><table><tr><th>项目</th><th>能否使用共济资金</th></tr>"
        "<tr><td>住院费用</td><td>能</td></tr><tr><td>保健品</td><td>不能</td></tr></table></article>"
    )
    found = page(source, "gongji.payable", "html")
    assert [notation(c) for c in found] == ["+inpatient", "-non_medical"]
    assert found[0].quote == "住院费用</td><td>能"
    assert {c.origin for c in found} == {"table_cell"}


@pytest.mark.parametrize("region", ["title: 武汉市家庭共济办法", "title: 家庭共济办法\nregion: 武汉市"])
def test_the_one_region_of_title_or_front_matter_is_lent(region: str) -> None:
    source = f"---\n{region}\n---\n\n家属应当参加基本医保。江苏的家属可以跨省共济。全国各地都要求家属参加基本医保。\n"
    assert [notation(c) for c in page(source, "gongji.enrolment")] == ["true @武汉市", "true"]
    assert [notation(c) for c in page(source, "gongji.area")] == [">=nation @江苏省"]


def test_two_regions_in_a_title_lend_none() -> None:
    source = "---\ntitle: 江苏和浙江的家庭共济\n---\n\n家属必须参加基本医保。\n"
    assert [notation(c) for c in page(source, "gongji.enrolment")] == ["true"]


def test_a_region_that_only_limits_is_value() -> None:
    source = "---\ntitle: 济南市家庭共济说明\n---\n\n家属须在山东省内参加基本医疗保险。\n"
    assert [notation(c) for c in page(source, "gongji.area")] == ["<=province @济南市"]


def test_the_only_place_makes_two_claims() -> None:
    assert claims("上海目前仅青浦区开通了跨省共济。", "gongji.area") == ["<=province some @上海市", ">=nation @青浦区"]


def test_as_of() -> None:
    source = "---\ntitle: 家庭共济\ndate: 2025-03-11\n---\n\n家属必须参加基本医保。截至2024年12月，跨省共济已经开通。\n"
    assert [c.as_of for c in page(source, "gongji.enrolment")] == ["2025-03-11"]
    assert [c.as_of for c in page(source, "gongji.area")] == ["2024-12-31"]


def test_equal_records_are_one_claim_with_several_places() -> None:
    source = "# 家庭共济\n\n家属必须参加基本医保。\n\n再说一遍。\n\n家属必须参加基本医保！\n"
    first, second = page(source, "gongji.enrolment")
    assert first.id == second.id
    assert first.start < second.start


@pytest.mark.parametrize(
    ("text", "set_against"),
    [
        ("居民逾期参保的，设3个月待遇等待期；断过保的另加1个月。但新生儿不设等待期。", True),
        ("居民逾期参保的，设3个月待遇等待期。断过保的另加1个月。但新生儿不设等待期。", False),
        ("居民逾期参保的，设3个月待遇等待期。新生儿不设等待期。", False),
    ],
)
def test_an_exception_after_a_but_is_set_against_the_sentence_before(text: str, set_against: bool) -> None:
    rule, exception = page(f"# 居民医保等待期\n\n{text}\n", "yibao.waiting_period")
    span = exception.sets_against
    assert (span is not None and span[0] <= rule.start) == set_against


def test_the_outer_items_of_a_list_tell_its_kinds_apart() -> None:
    items = "- 普通门诊\n  - 年度限额：400元\n- “两病”门诊用药\n  - 年度限额：高血压300元\n"
    rule, case = page(f"# 居民医保门诊怎么报\n\n{items}", "yibao.cap")
    assert (rule.quantifier, case.quantifier) == ("all", "some")
    assert case.sets_against is not None
    assert case.sets_against[0] <= rule.start
    assert rule.end <= case.sets_against[1]


def test_what_goes_on_of_some_places_is_set_against_the_rule() -> None:
    text = "区内各市都能拿共济的钱给家人交居民医保，不过个别市的系统还在改造，眼下暂不能代缴居民医保。"
    rule, exception = page(f"# 家庭共济\n\n{text}\n", "gongji.payable")
    span = exception.sets_against
    assert exception.quantifier == "some"
    assert span is not None
    assert span[0] <= rule.start
