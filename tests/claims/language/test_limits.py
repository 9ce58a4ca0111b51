"""What the words before a number, and behind its unit, say about it."""

from __future__ import annotations

import pytest

from claims.language.limits import After, Before, after, before


def told(said: Before | After, words: str) -> str:
    """WORDS that are one expression with the number, then as in figures.yaml; `near` for what is nearly reached."""
    limit = (said.bound or "") + "!" * said.strict
    more = ["near"] * getattr(said, "nearly", False) + ["incl"] * getattr(said, "inclusive", False)
    per = "/" + "+".join(sorted(said.per)) if said.per else ""
    return " ".join(filter(None, (words, limit, "~" * said.approx, *more, per)))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", ""), ("费用", ""), ("费用为", ""), ("费用不超过", "不超过 max"), ("费用不超过为", "不超过为 max"),
        ("为不超过", "不超过 max"), ("达到", "达到 min"), ("最多可以绑定", "max"), ("最多", "最多 max"),
        ("最多不超过", "最多不超过 max"), ("不低于", "不低于 min"), ("低于", "低于 max!"), ("超过", "超过 min!"),
        ("不得低于", "不得低于 min"), ("不到", "不到 max!"), ("未满", "未满 max!"), ("满", "满 min"), ("未超过",
        "超过 max"),
        ("限", "限 max"), ("年限", ""), ("上限", "上限 max"), ("<", "< max!"), (">", "> min!"), ("≤", "≤ max"),
        (">=", ">= min"), ("<=", "<= max"), ("至少", "至少 min"), ("逾", "逾 min!"),
        # The last one before the number counts; what ends a clause parts it from what is before.
        ("不低于最高", "不低于最高 max"), ("最高不低于", "最高不低于 min"), ("最多。", ""), ("最多3", ""),
        # About so much.
        ("约", "约 ~"), ("大约为", "大约为 ~"), ("预约", ""), ("大概", "大概 ~"), ("近", "近 ~ near"),
        ("接近", "接近 ~ near"), ("将近", "将近 ~ near"), ("最近", ""), ("不超过约", "不超过约 max ~"),
        # What it is for each.
        ("每人每年", "每人每年 /person+year"), ("每月", "每月 /month"), ("年人均", "年人均 /person+year"),
        ("月人均", "人均 /month+person"), ("人月均", "月均 /month+person"), ("每人次", "每人次 /visit"),
        ("单次", "单次 /visit"), ("每次", "每次 /visit"), ("每天", "每天 /day"), ("日均", "/day"),
        ("每人每次", "每人每次 /person+visit"), ("每位", "/person"), ("每个成员", "/person"), ("年度最高",
        "最高 max /year"),
        ("人均", "人均 /person"), ("人均可支配收入的", ""), ("每人每年不低于", "每人每年不低于 min /person+year"),
        ("每年9月", ""), ("每年", "每年 /year"), ("一年内累计", "/year"), ("当月", "/month"), ("每笔", "/visit"),
    ],
)  # fmt: skip
def test_the_words_before_a_number(text: str, says: str) -> None:
    said = before(text, 0, len(text))
    assert told(said, text[said.start :]) == says
    longer = "最高每月约" + text + "元不超过每年"
    moved = before(longer, 5, 5 + len(text))
    assert (told(moved, longer[moved.start : 5 + len(text)]), moved.start) == (says, said.start + 5), "only its clause"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", ""), ("的", ""), ("以上", "以上 min"), ("及以上的", "及以上 min"), ("以下", "以下 max"), ("以内",
        "以内 max"),
        ("起", "起 min"), ("起付", ""), ("封顶", "封顶 max"), ("封顶线", ""), ("为限", "为限 max"), ("之内",
        "之内 max"),
        ("左右", "左右 ~"), ("上下", "上下 ~"), ("上下级", ""), ("左右以上", "左右以上 min ~"),
        ("(含)", "(含) incl"), ("(含)以上", "(含)以上 min incl"), ("以下(含1万元)", "以下(含1万元) max incl"),
        ("(不含)", "(不含) !"), ("(不含)以上", "(不含)以上 min!"), ("(不含本数)以下", "(不含本数)以下 max!"),
        # Only one limit.
        ("以上以下", "以上 min"), ("以内封顶", "以内 max"), ("以上左右以下", "以上左右 min ~"),
        # What it is for each.
        ("/年", "/年 /year"), ("/人", "/人 /person"), ("/人·年", "/人·年 /person+year"), ("/人/月",
        "/人/月 /month+person"),
        ("/次", "/次 /visit"), ("/人次", "/人次 /visit"), ("/人·次", "/人·次 /person+visit"), ("/床日", "/床日 /day"),
        ("每人每年", "每人每年 /person+year"), ("(每人每年)", "(每人每年) /person+year"), ("/天", "/天 /day"),
        ("(每人次)", "(每人次) /visit"), ("/年以上", "/年以上 min /year"), ("以上/年", "以上/年 min /year"),
        ("/人)左右", "/person"), ("(每人)左右", "(每人)左右 ~ /person"), ("/年3", ""), ("一年,", "一年 /year"),
        ("一个月", "一个月 /month"), ("一年内", ""),
    ],
)  # fmt: skip
def test_the_words_behind_a_unit(text: str, says: str) -> None:
    said = after(text, 0, lasting=False)
    assert told(said, text[: said.end]) == says
    moved = after("元以上每年" + text, 5, lasting=True)
    assert moved == After(said.end + 5, *[getattr(said, f) for f in After.__struct_fields__[1:]])


def test_a_span_of_time_is_a_limit_inside() -> None:
    assert told(after("内报销", 0, lasting=True), "") == "max"
    assert after("内报销", 0, lasting=False) == After(0)
    assert after("内(含)", 0, lasting=True) == After(4, "max", inclusive=True)
