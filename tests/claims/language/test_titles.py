"""Counties that titles name by their short names."""

from __future__ import annotations

import pytest

from claims.language.titles import titled_county


@pytest.mark.parametrize(
    ("title", "below", "county"),
    [
        ("岳西新闻文字稿:共济有变化", "由安庆市内放宽到全省", "岳西县"),
        ("2025年静宁医保怎么报", "平凉市的职工", "静宁县"),
        ("窗口问答|霍山居民缴多少", "霍山县医保局答复", "霍山县"),
        ("额济纳医保怎么办", "阿拉善盟的牧民", "额济纳旗"),
        ("克什克腾居民缴费", "赤峰市的居民", "克什克腾旗"),
        # Neither the county nor its prefecture is named below.
        ("岳西新闻文字稿", "合肥的职工", None),
        # Not at the beginning of a piece.
        ("我家住在岳西边上", "安庆市", None),
        # An ordinary word; two counties' name; a prefecture's own name.
        ("资源怎么分", "桂林市的职工", None),
        ("朝阳医保", "北京市的职工", None),
        ("宜春医保", "宜春市的职工", None),
    ],
)
def test_titled_county(title: str, below: str, county: str | None) -> None:
    assert titled_county(title, [below]) == county
