"""JSON lines: what there is in them, where it stands, and what is wrong with lines that are no records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from audit import containers
from audit.containers import jsonl
from claims.errors import ReadError
from claims.exports import Form
from claims.readers.fields import Record

BOM = b"\xef\xbb\xbf"
PLAIN = Form()
GOOD = '{"id": 1, "标题": "能不能用", "正文": "可以。"}'.encode()


@pytest.fixture
def listed(tmp_path: Path):  # type: ignore[no-untyped-def]
    """The entries of an export: (name, line) and errors; and the records that can be read."""

    def of(data: bytes, form: Form = PLAIN) -> tuple[list[Any], list[Record]]:
        place = tmp_path / "e.jsonl"
        place.write_bytes(data)
        found: list[Any] = []
        records: list[Record] = []
        for one in containers.entries(str(place), ".jsonl", form):
            if isinstance(one, ReadError):
                found.append((one.line, one.message))
                continue
            name, size, entry = one
            found.append((name, entry.number))
            assert data[entry.at : entry.at + size].count(b"\n") <= 1
            try:
                records.append(containers.unpacked(containers.data(str(place), entry)))
            except ReadError as e:
                found.append((e.line, e.message))
        return found, records

    return of


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\n\n", b"\r\n \r\n"])
@pytest.mark.parametrize("begin", [b"", BOM, b"\n", BOM + b"\r\n"])
@pytest.mark.parametrize("last", [b"", b"\n"])
def test_a_record_a_line(begin: bytes, ending: bytes, last: bytes, listed: Any) -> None:
    lines = [GOOD, b'{"url": "https://a", "body": "x\\ny"}', b'  {"body": "z"}  ']
    found, records = listed(begin + ending.join(lines) + last)
    assert [name for name, _ in found] == ["1", "https://a", None]
    assert [r.body for r in records] == ["可以。", "x\ny", "z"]
    step = ending.count(b"\n")
    first = 1 + begin.count(b"\n")
    assert [number for _, number in found] == [first, first + step, first + 2 * step]


def test_gb18030(listed: Any) -> None:
    lines = "\n".join(json.dumps({"编号": n, "正文": "可以跨省使用，圆圈①\\"}, ensure_ascii=False) for n in range(3))
    found, records = listed(lines.encode("gb18030"))
    assert [name for name, _ in found] == ["0", "1", "2"]
    assert {r.body for r in records} == {"可以跨省使用，圆圈①\\"}


DEEP = b'{"id": 2, "body": "x", "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
HOSTILE: list[tuple[bytes, str]] = [
    (b'{"id": 2, "body": "x', "breaks off"),
    (b'{"id": 2, "body": "x"', "breaks off"),
    (b'{"id": 2, "body": "x"}}', "not valid JSON: trailing characters"),
    (b"{'id': 2}", "not valid JSON"),
    (b'{"id": 2,}', "not valid JSON"),
    (b"id,title,body", "not valid JSON"),
    (b'["id", 2]', "no JSON object"),
    (b"42", "no JSON object"),
    (b"null", "no JSON object"),
    (DEEP, "nested too deeply"),
    (b'{"a":' * 100_000, "nested too deeply"),
    (b'{"id": 2, "body": "a\0b"}', "not valid JSON"),
    (b'{"id": 2, "body": "a\\u0000b"}', "NUL"),
    (b'{"id": 2, "body": "a\\ud83d"}', "half a character"),
    (b'{"id": 2, "body": "\\ude00"}', "half a character"),
    (b'{"id": "\\ud83d", "body": "x"}', "half a character"),
    (b'{"id": NaN, "body": "\\ud83d"}', "half a character"),
    (b'{"id": 2, "body": "\xe5\x8f\xaf\xe4\xbb"}', "neither UTF-8 nor GB18030"),
    (b'{"id": 2, "body": "\xff\xff"}', "neither UTF-8 nor GB18030"),
    (b'{"id": 2, "title": "x"}', "no body"),
    (b'{"id": 2, "body": null}', "is null"),
    (b'{"id": 2, "body": ["x"]}', "is a list, not text"),
    (b'{"id": [[2]], "body": "x"}', "not text or a number"),
    (b'{"id": {"a": 2}, "body": "x"}', "not text or a number"),
    (b'{"id": 1e999, "body": "x"}', "out of range"),
    (b'{"id": 2, "body": "x", "date": "soon"}', "`date` is not a date"),
]


@pytest.mark.parametrize(("line", "message"), HOSTILE, ids=[f"{n}-{m}" for n, (_, m) in enumerate(HOSTILE)])
@pytest.mark.parametrize("last", [b"", b"\n"])
def test_a_broken_line_is_told_and_the_others_are_read(line: bytes, message: str, last: bytes, listed: Any) -> None:
    found, records = listed(GOOD + b"\n" + line + b"\n" + GOOD.replace(b"1", b"3") + last)
    assert [r.id for r in records] == ["1", "3"]
    [(number, told)] = [one for one in found if isinstance(one[0], int)]
    assert number == 2
    assert message in told


def test_a_line_without_end(listed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_BYTES", 1000)
    monkeypatch.setattr(jsonl, "_PIECE", 64)
    long = b'{"id": 2, "body": "' + b"x" * 5000 + b'"}'
    found, records = listed(GOOD + b"\n" + long + b"\n" + GOOD.replace(b"1", b"3") + b"\n" + long)
    assert [r.id for r in records] == ["1", "3"]
    assert [one[0] for one in found] == ["1", 2, "3", 4]
    assert "more than the limit of 1000" in found[1][1]


@pytest.mark.parametrize("gap", ["NaN", "Infinity"])
def test_gaps_as_python_writes_them(gap: str, listed: Any) -> None:
    found, records = listed(f'{{"id": 1, "author": {gap}, "body": "可以。"}}'.encode())
    assert records == [Record(id="1", body="可以。", author=None if gap == "NaN" else "inf")]
    assert found == [("1", 1)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'[\n{"id": 1, "body": "x"}\n]', "one JSON list"),
        (BOM + b'  [{"id": 1}]', "one JSON list"),
        ('{"id": 1}'.encode("utf-16"), "UTF-16"),
    ],
)
def test_what_is_no_json_lines_at_all(data: bytes, message: str, listed: Any) -> None:
    with pytest.raises(ReadError, match=message):
        listed(data)


def test_names_that_no_record_has(listed: Any) -> None:
    form = Form(fields=(("body", "正文"), ("title", "标体")))
    found, records = listed(GOOD, form)
    assert [r.title for r in records] == [None]
    assert found[-1] == (None, "no record has the field `标体` (title)")


def test_what_else_an_export_says_of_a_record_makes_no_other_article(listed: Any, tmp_path: Path) -> None:
    def packed(data: bytes) -> list[bytes]:
        place = tmp_path / "p.jsonl"
        place.write_bytes(data)
        return [containers.data(str(place), e[2]) for e in containers.entries(str(place), ".jsonl", Form())]  # type: ignore[index]

    more = '\n\n{"clicks": 7, "正文": "\\u53ef以。", "title": "能不能用", "id": "1"}'.encode()
    assert packed(GOOD) == packed(more)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("42", "e.jsonl#42"),
        ("2025/共济", "e.jsonl#2025/共济"),
        ("https://a/b?c=d", "e.jsonl#https://a/b?c=d"),
        ("a#b", "e.jsonl#a%23b"),
        ("a b\n\t\u3000c", "e.jsonl#a%20b%0A%09%E3%80%80c"),
        ("100%", "e.jsonl#100%25"),
        ("teaser-1", "e.jsonl#%74easer-1"),
        ("a-teaser-1", "e.jsonl#a-teaser-1"),
        ("a\\b", "e.jsonl#a%5Cb"),
        ("\x1b[31m\x85", "e.jsonl#%1B[31m%C2%85"),
    ],
)
def test_paths(name: str, path: str) -> None:
    assert containers.path_in("e.jsonl", name) == path
    assert containers.home_of(path) == "e.jsonl"


@pytest.mark.parametrize(
    ("path", "home"),
    [
        ("a.md", "a.md"), ("C#/a.md", "C#/a.md"), ("C#/e.zip#a/b.md", "C#/e.zip"), ("e.ZIP#x.jsonl#7", "e.ZIP"),
        ("a#b.md", "a#b.md"), ("a.md#teaser-1", "a.md#teaser-1"),
    ],
)  # fmt: skip
def test_homes(path: str, home: str) -> None:
    assert containers.home_of(path) == home
