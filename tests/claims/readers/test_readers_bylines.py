from __future__ import annotations

import pytest

from claims.readers.bylines import is_byline, iso_date, sourced_date, stated_date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("发布日期\uff1a2025-05-20  来源\uff1a某某网", "2025-05-20"),
        ("2025年5月20日 · 某某编辑部", "2025-05-20"),
        ("更新\uff1a2025-05-20 整理\uff1a某某组", "2025-05-20"),
        ("2025/5/20 09:30", "2025-05-20"),
        ("发布时间: 2025-05-20 10:22:11 来源: 某某网 阅读\uff1a1024", "2025-05-20"),
        ("作者\uff1a张三", None),
        ("某某网 | 2025-05-20", "2025-05-20"),
        ("2025-05-20", "2025-05-20"),
    ],
)
def test_bylines(line: str, date: str | None) -> None:
    assert is_byline(line)
    assert iso_date(line) == date


@pytest.mark.parametrize(
    "line",
    [
        "",
        "不可以",
        "2025年1月1日 起施行",
        "2025年1月1日起施行",
        "截至2024年12月31日",
        "截至 2024年12月31日",
        "缴费截止时间\uff1a2025年2月28日",
        "时间\uff1a2024年9月10日至2025年2月28日",
        "2025年5月20日\uff0c某市调整了标准",
        "来源可靠的说法。",
        "共济 医保",
        "2025-02-31",
    ],
)
def test_sentences_are_no_bylines(line: str) -> None:
    assert not is_byline(line)


def test_a_bare_date_may_be_the_answer() -> None:
    assert is_byline("2025年2月28日", "某某说明")
    assert not is_byline("2025年2月28日", "缴费什么时候结束")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-05-20", "2025-05-20"),
        ("2025-5-2 10:00:00", "2025-05-02"),
        ("2025-05-20T10:00:00+08:00", "2025-05-20"),
        ("2025年5月20日", "2025-05-20"),
        ("2025/5/20", "2025-05-20"),
        ("20250520", "2025-05-20"),
        ("2024年2月", "2024-02-29"),
        ("2025-06", "2025-06-30"),
        ("2025", None),
        ("2025-13-01", None),
        ("2025-02-30", None),
        ("去年五月", None),
    ],
)
def test_stated_dates(text: str, date: str | None) -> None:
    assert stated_date(text) == date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("某某新闻 2025-05-20", "2025-05-20"),
        ("39某某网\u30002025年5月20日", "2025-05-20"),
        ("2025-05-20", "2025-05-20"),
        ("一般在2025-05-20", None),
        ("先说一句\uff0c再说 2025-05-20", None),
        ("某某新闻", None),
    ],
)
def test_dates_of_related_articles(line: str, date: str | None) -> None:
    assert sourced_date(line) == date
