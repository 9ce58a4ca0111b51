"""Records of exports: which field is what, what days and bodies mean, and the law of spans."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from claims.article import Article
from claims.errors import ReadError
from claims.exports import FIELDS, Form
from claims.readers.days import day_of
from claims.readers.decode import EmptyArticle
from claims.readers.fields import KNOWN, Record, layout, missing, name_of, record_of, source_of
from claims.readers.formats import format_of
from claims.readers.lines import locate
from claims.readers.records import read

SpanLaw = Callable[[Article], None]
MOST = 20_000_000


def article(body: str, **fields: Any) -> Article:
    return read("e.jsonl#1", Record(body=body, **fields), max_bytes=MOST)


# Days


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-03-01", "2025-03-01"),
        ("2025-03-01T08:00:00", "2025-03-01"),
        ("2025-03-01 08:00:00.123", "2025-03-01"),
        ("2025-03-01T16:30:00Z", "2025-03-02"),
        ("2025-03-01T15:59:59+00:00", "2025-03-01"),
        ("2025-03-02T01:00:00+09:00", "2025-03-02"),
        ("2025-03-02T00:30:00+09:00", "2025-03-01"),
        ("2025/3/1", "2025-03-01"),
        ("2025/3/1 8:05", "2025-03-01"),
        ("2025.03.01", "2025-03-01"),
        ("2025年3月1日", "2025-03-01"),
        ("2025年3月1日 08:30", "2025-03-01"),
        ("2025年3月1日 上午8时30分", "2025-03-01"),
        ("2025年3月1日 星期六 08:30", "2025-03-01"),
        ("2025年3月", "2025-03-31"),
        ("20250301", "2025-03-01"),
        (20250301, "2025-03-01"),
        (1740758400, "2025-03-01"),
        (1740758399, "2025-02-28"),
        (1740758400000, "2025-03-01"),
        ("1740758400000", "2025-03-01"),
        (1740758400.5, "2025-03-01"),
        (1740758400000000, "2025-03-01"),
        ("Sat, 01 Mar 2025 17:00:00 +0000", "2025-03-02"),
        (datetime.date(2025, 3, 1), "2025-03-01"),
        (datetime.datetime(2025, 3, 1, 23, 0), "2025-03-01"),
        (datetime.datetime(2025, 3, 1, 23, 0, tzinfo=datetime.UTC), "2025-03-02"),
        ("", None),
        (None, None),
        (0, None),
        (float("nan"), None),
        ("0000-00-00 00:00:00", None),
        ("NULL", None),
    ],
)
def test_days(written: object, day: str | None) -> None:
    assert day_of(written) == day


@pytest.mark.parametrize(
    "written",
    ["昨天", "2025-13-01", "2025-02-30", "3月1日", "soon", 42, -1740758400, 10**30, True, ["2025-03-01"], "9" * 60,
     "2025年3月1日起施行", float("inf")],
)  # fmt: skip
def test_no_days(written: object) -> None:
    with pytest.raises((ValueError, OverflowError)):
        print(day_of(written))


# Fields


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (["id", "title", "body"], {"id": "id", "title": "title", "body": "body"}),
        (["编号", "标题", "正文", "发布时间", "作者", "链接"],
         {"id": "编号", "title": "标题", "body": "正文", "date": "发布时间", "author": "作者", "url": "链接"}),
        (["ID", "Post_Title", "post content", "publishTime"],
         {"id": "ID", "title": "Post_Title", "body": "post content", "date": "publishTime"}),
        (["\ufeffid", "content", "body"], {"id": "\ufeffid", "body": "body"}),
        (["created_at", "published_at"], {"date": "published_at"}),
        (["ident", "titles", "subtitle", "description"], {}),
    ],
)  # fmt: skip
def test_fields_are_known_by_their_names(keys: list[str], found: dict[str, str]) -> None:
    assert layout(tuple(keys), Form()) == found


def test_a_name_that_is_given_is_the_only_one() -> None:
    form = Form(fields=(("body", "摘要"), ("title", "content")))
    assert layout(("content", "摘要", "正文"), form) == {"title": "content", "body": "摘要"}
    assert layout(("content", "正文"), form) == {"title": "content"}


def test_every_field_has_names_of_both_languages() -> None:
    assert tuple(KNOWN) == FIELDS
    for names in KNOWN.values():
        assert names[0].isascii()
        assert any(not name.isascii() for name in names)


def test_objects_that_hold_a_value() -> None:
    values = {"_id": {"$oid": "65f0"}, "title": {"rendered": "标题"}, "content": {"rendered": "<p>正文</p>"},
              "date": {"$date": "2025-03-01T00:00:00Z"}, "author": ["甲", {"rendered": "乙"}]}  # fmt: skip
    record = record_of(values, Form())
    assert record == Record(id="65f0", title="标题", body="<p>正文</p>", date="2025-03-01", author="甲、乙")


def test_a_dot_leads_into_an_object() -> None:
    form = Form(fields=(("body", "data.text"), ("id", "meta.key")), prefix="n-")
    assert record_of({"data": {"text": "正文"}, "meta": {"key": 7}}, form) == Record(id="n-7", body="正文")
    assert missing(["data", "meta"], form) == []
    assert missing(["date", "meta"], form) == [("body", "data.text", "date")]


@pytest.mark.parametrize(
    ("value", "name"),
    [(7, "7"), (7.0, "7"), (7.5, "7.5"), (" a ", "a"), ("", None), (None, None), (float("nan"), None)],
)
def test_ids(value: object, name: str | None) -> None:
    assert name_of({"id": value}, {"id": "id"}) == name


def test_without_an_id_the_address_is_the_name() -> None:
    assert record_of({"url": "https://site/a", "body": "正文"}, Form()).id == "https://site/a"


@pytest.mark.parametrize(
    ("values", "message", "hint"),
    [
        ({"id": 1, "bodi": "x"}, "the record has no body", "its fields are: id, bodi;"),
        ({}, "the record has no body", "its fields are: —;"),
        ({"body": None}, "the body (`body`) is null", "leave it out"),
        ({"body": float("nan")}, "is null", ""),
        ({"body": 7}, "`body` is a number, not text", "exports"),
        ({"正文": ["a"]}, "`正文` is a list, not text", ""),
        ({"body": {"blocks": []}}, "`body` is an object, not text", ""),
        ({"body": "a\0b"}, "holds NUL characters", ""),
        ({"body": b"\xff"}, "not UTF-8", ""),
        ({"body": "x", "title": {"a": 1}}, "`title` is an object, not text or a number", ""),
        ({"body": "x", "id": True}, "`id` is true or false", ""),
        ({"body": "x", "date": "昨天"}, "`date` is not a date: 昨天", "2025-03-01"),
    ],
)
def test_records_that_are_none(values: dict[str, Any], message: str, hint: str) -> None:
    with pytest.raises(ReadError) as caught:
        record_of(values, Form())
    assert message in caught.value.message
    assert hint in caught.value.hint


# What a body is written in


@pytest.mark.parametrize(
    ("body", "form"),
    [
        ("<p>家庭共济</p>", "html"),
        ("\ufeff \n<!-- x --><div>", "html"),
        ("<!DOCTYPE html>", "html"),
        ("家庭共济<br/>可以跨省", "html"),
        ("前言</p><p>可以", "html"),
        ("# 标题\n\n正文", "markdown"),
        ("前言\n\n## 一、标题\n<br>", "markdown"),
        ("---\ntitle: x\n---\n正文", "markdown"),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", "markdown"),
        ("这是**重要**的", "markdown"),
        ("见[通知](https://a.b/c)", "markdown"),
        ("- 一\n- 二", "markdown"),
        ("一、标题\n可以。\n1. 甲", "text"),
        ("起付线<500元的，#医保# 不报销。", "text"),
        ("", "text"),
        ("[" * 20_000, "text"),
        ("*" * 20_000, "text"),
    ],
)
def test_what_a_body_is_written_in(body: str, form: str) -> None:
    assert format_of(body) == form


# As articles


def test_a_record_is_an_article(span_law: SpanLaw) -> None:
    body = "家庭成员可以使用。\n\n第二段。"
    one = article(body, id="7", title="能不能用", date="2025-03-01", author="甲", url="https://a", region="湖北省")
    span_law(one)
    assert one.source == body + "\n能不能用\n湖北省" == source_of(Record(body=body, title="能不能用", region="湖北省"))
    [part] = one.parts
    assert (part.blocks[0].kind, part.blocks[0].text.chars) == ("title", "能不能用")
    assert part.title == 0
    assert part.date == one.date == "2025-03-01"
    assert (one.id, one.title, one.author, one.url, one.region) == ("7", "能不能用", "甲", "https://a", "湖北省")
    for block in part.blocks[1:]:
        start, end = block.text.span(0, len(block.text.chars))
        assert body[start:end] == block.text.chars


@pytest.mark.parametrize(
    ("body", "form"),
    [
        ("# 能不能用\n\n可以。", "markdown"),
        ("\n#  能不能 用 #\n可以。", "markdown"),
        ("<div><h1 class='a'>能不能<b>用</b></h1><p>可以。</p></div>", "html"),
        ("能不能用\n可以。", "text"),
    ],
)
def test_a_title_that_the_body_shows_stands_once(body: str, form: Any, span_law: SpanLaw) -> None:
    one = article(body, title="能不能用", format=form)
    span_law(one)
    titles = [b for b in one.parts[0].blocks if "能不能" in b.text.chars]
    assert len(titles) == 1
    assert titles[0].text.starts[0] < len(body)
    assert one.parts[0].title is not None


@pytest.mark.parametrize(
    ("body", "form"),
    [
        ("# 另一个\n\n可以。", "markdown"),
        ("---\ntitle: 另一个\nid: x\nauthor: 乙\n---\n可以。", "markdown"),
        ("<title>另一个</title><h1>另一个</h1><p>可以。</p>", "html"),
        ("可以\n跨省使用。", "text"),
        ("能不能用呢\n可以。", "text"),
    ],
)
def test_a_title_of_the_record_comes_first(body: str, form: Any, span_law: SpanLaw) -> None:
    one = article(body, title="能不能用", format=form)
    span_law(one)
    [part] = one.parts
    assert part.title == 0
    assert part.blocks[0].text.chars == one.title == "能不能用"
    assert part.blocks[0].text.starts[0] == len(body) + 1


def test_what_the_record_leaves_out_the_body_says() -> None:
    one = article("---\ntitle: 甲\nid: x\nauthor: 乙\ndate: 2025-01-02\nregion: 武汉市\n---\n可以。")
    assert (one.id, one.title, one.author, one.date, one.region) == ("x", "甲", "乙", "2025-01-02", "武汉市")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_the_body(ending: str, span_law: SpanLaw) -> None:
    body = ending.join(["可以。", "", "不可以。", ""])
    one = article(body, title="标题", format="text")
    span_law(one)
    assert [locate(one.line_starts, body.index(c)) for c in ("可以。", "不")] == [(1, 1), (3, 1)]
    assert locate(one.line_starts, one.source.index("标题")) == (4 if ending == "\r" else 5, 1)


def test_bodies_that_are_none() -> None:
    with pytest.raises(EmptyArticle, match="the body is empty"):
        article(" \n\u200b", title="标题")
    with pytest.raises(ReadError, match="more than the limit of 5"):
        read("e.jsonl#1", Record(body="可以。"), max_bytes=5)
    with pytest.raises(ReadError) as caught:
        article("---\ntitle: [\n---\n可以。")
    assert (caught.value.path, caught.value.line) == ("e.jsonl#1", 3)
