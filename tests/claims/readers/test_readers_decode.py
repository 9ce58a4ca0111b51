from __future__ import annotations

import pickle

import pytest

from claims.errors import ReadError
from claims.readers import MAX_BYTES, READERS, SUFFIXES, EmptyArticle, read
from claims.readers.decode import decode

CHINESE = "职工医保可以共济\uff0c按年缴费。"


def test_utf8_is_kept_as_it_is() -> None:
    text = f"一\r\n{CHINESE}\r二\n"
    assert decode("a.txt", text.encode()) == text


def test_bom_is_one_character() -> None:
    assert decode("a.txt", b"\xef\xbb\xbf" + CHINESE.encode()) == "\ufeff" + CHINESE


def test_gb18030_is_second() -> None:
    assert decode("a.txt", CHINESE.encode("gb18030")) == CHINESE


def test_gbk_with_rare_character() -> None:
    text = "㐀" + CHINESE
    assert decode("a.txt", text.encode("gb18030")) == text


def test_damaged_utf8_is_no_gb18030() -> None:
    # Two stray bytes that GB18030 would swallow, turning all that follows into other characters.
    data = ("第一行\n" + CHINESE * 4).encode() + b"\xb2\xb5" + CHINESE.encode()
    with pytest.raises(ReadError) as error:
        decode("a/b.txt", data)
    assert (error.value.path, error.value.line) == ("a/b.txt", 2)
    assert "UTF-8" in error.value.hint


def test_neither_encoding() -> None:
    with pytest.raises(ReadError, match="neither UTF-8 nor GB18030"):
        decode("a.txt", b"abc\nd\xff\xff\xff")


def test_binary() -> None:
    with pytest.raises(ReadError, match="NUL") as error:
        decode("a.md", b"\x89PNG\0\0")
    assert not isinstance(error.value, EmptyArticle)


@pytest.mark.parametrize("text", [CHINESE, "ab 文"])
def test_utf16_is_named_in_the_hint(text: str) -> None:
    with pytest.raises(ReadError) as error:
        decode("a.md", text.encode("utf-16"))
    assert "UTF-16" in error.value.hint


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", "\ufeff\u3000 \u200b\n".encode()])
def test_empty_is_its_own_error(data: bytes) -> None:
    with pytest.raises(EmptyArticle):
        decode("a.md", data)


def test_errors_travel_between_processes() -> None:
    error = EmptyArticle("the file is empty", path="a.md", hint="x")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is EmptyArticle
    assert str(again) == str(error)


def test_suffix_chooses_the_reader() -> None:
    assert set(SUFFIXES) == {".md", ".markdown", ".html", ".htm", ".txt"} == set(READERS)
    assert read("x/A.MD", "# 标题\n".encode()).title == "标题"
    assert read("x/a.HTM", "<h1>标题</h1>".encode()).title == "标题"
    assert read("x/a.txt", "标题\n\n正文。".encode()).title == "标题"
    assert read("x/a.b.txt", "标题".encode()).path == "x/a.b.txt"


@pytest.mark.parametrize("path", ["a.docx", "a", "folder.md/a"])
def test_unknown_suffix(path: str) -> None:
    with pytest.raises(ReadError) as error:
        read(path, b"x")
    assert error.value.path == path
    assert ".md" in error.value.hint


def test_too_large() -> None:
    with pytest.raises(ReadError, match="11 bytes"):
        read("a.txt", b"01234567890", max_bytes=10)
    assert read("a.txt", b"0123456789", max_bytes=10).source == "0123456789"
    assert MAX_BYTES == 20_000_000
