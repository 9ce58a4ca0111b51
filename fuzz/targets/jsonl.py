"""Exports as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from fuzz import seeds, words
from fuzz.containing import FORMS, read_all
from fuzz.target import Target


def check(data: bytes) -> None:
    read_all(data, ".jsonl", FORMS[len(data) % len(FORMS)])


def rows() -> Iterator[dict[str, object]]:
    """Records of all kinds that exports have."""
    for number, suffix in enumerate((".md", ".html", ".txt")):
        for body in list(seeds.articles(suffix))[1:9]:
            yield {"id": number, "title": "家庭共济", "正文" if number else "body": body.decode(), "date": "2025-03-01"}
    yield {"_id": {"$oid": "a1"}, "title": {"rendered": "题"}, "content": {"rendered": "<p>一</p>"}, "date": 1740787200}
    yield {
        "meta": {"id": 7},
        "正文": "# 一\n二",
        "author": ["甲", "乙"],
        "region": "湖北省",
        "url": "/x?a=1#b",
        "发布时间": "2025年3月1日 08:00",
    }
    yield {"编号": 12.0, "标题": None, "内容": "一。", "日期": {"$date": {"$numberLong": "1740787200000"}}, "x": [[[]]]}


def _seeds() -> Iterator[bytes]:
    made = list(rows())
    for row in made:
        yield json.dumps(row, ensure_ascii=False).encode()
    yield "".join(json.dumps(row) + "\n" for row in made[-4:]).encode()
    yield json.dumps(made[-1], ensure_ascii=False).encode("gb18030")
    yield b'{"body": "x", "id": NaN}\n\n{"body": "\\ud83d\\ude00"}\r\n[1]\n{"id": true, "body": "y"}'


TARGET = Target(check, _seeds, lambda: words.markup(*words.JSON))
