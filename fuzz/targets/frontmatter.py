"""The front matter of a Markdown article."""

from __future__ import annotations

from collections.abc import Iterator

from claims.errors import ReadError
from claims.readers import frontmatter
from claims.readers.lines import line_starts
from fuzz import seeds, words
from fuzz.laws import error_law, stands_for
from fuzz.target import Target


def check(data: bytes) -> None:
    source = data.decode("utf-8", "replace")
    starts = line_starts(source)
    try:
        found = frontmatter.read("a.md", source, starts)
    except ReadError as e:
        error_law(e, "a.md", len(starts))
        return
    assert 0 <= found.end <= len(source)
    if found.title is not None:
        assert found.title.chars.strip()
        last = 0
        for char, start, end in zip(found.title.chars, found.title.starts, found.title.ends, strict=True):
            assert last <= start < end <= found.end, (last, start, end)
            assert source[start:end] == char or stands_for(char, source[start:end]), (char, source[start:end])
            last = end


def _seeds() -> Iterator[bytes]:
    for data in seeds.articles(".md"):
        if data.startswith(b"---"):
            head, _, _ = data.decode()[3:].partition("\n---")
            yield f"---{head}\n---\n".encode()
    yield "---\ntitle: 'it''s 一二'\ndate: 2025-03-01\n---\n".encode()
    yield '---\ntitle: "一\\u4e8c\\\n  三 \\"四\\""\nregion: [湖北省, 十堰市]\n---\n'.encode()
    yield "---\ntitle: >-\n  一二\n  三四\n\n  五\nauthor: 甲\nid: 12\n---\n# 一\n".encode()
    yield "---\ntitle: |\n  一二\n   三四\n...\n".encode()


TARGET = Target(
    check, _seeds, lambda: words.markup(*words.YAML, "title: ", "date: ", "id: ", "region: ", "author: "), 2_000
)
