"""Plain text: scraped pages with the openings of other articles below them, and simple text files.

A scraped page has lost its markup. What is left of it is read from numbering (一、 / 1.), bullets, indentation and
blank lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.article import Article, Part, Text
from claims.readers import bylines
from claims.readers.boilerplate import is_disclaimer, is_furniture
from claims.readers.building import PartBuilder
from claims.readers.lines import line_starts
from claims.readers.text import TextBuilder
from claims.readers.wrapping import BULLETS, ends_sentence, goes_on, is_wrapped, joint

_LONGEST_TITLE = 40
_LONGEST_TEASER_TITLE = 60
_LONGEST_HEADING = 40
_LONGEST_LABEL = 25
_MOST_WRAPPED = 60
"""Lines that one paragraph was wrapped into, at most."""
_SEARCHES = frozenset({"大家都在搜", "大家还在搜", "热门搜索", "相关搜索"})
_RELATED = frozenset({"相关推荐", "相关阅读", "相关文章", "推荐阅读", "猜你喜欢", "为您推荐"})

_NUMBER = "[一二三四五六七八九十]{1,3}"
_HEADINGS = (
    (re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:章|部分|篇)"), 1),
    (re.compile(rf"{_NUMBER}[\u3001\uff0e.]|第{_NUMBER}节"), 2),
    (re.compile(rf"[(\uff08]{_NUMBER}[)\uff09]"), 3),
)
_LABEL_LEVEL = 4
_COUNTED = re.compile(
    r"(?:\d{1,2}[.\u3001\uff0e)\uff09](?!\d)|[(\uff08]\d{1,2}[)\uff09]|[\u2460-\u2473])[ \t\u3000\xa0]*(?=\S)"
)
_BULLETED = re.compile(rf"(?:[{BULLETS}]|[-*+\u2013](?=\s))[ \t\u3000\xa0]*(?=\S)")
_FULL_STOP = ("\u3002", ".", "\uff1b", ";", "\uff01", "!", ",", "\uff0c", "\u3001")
_SENTENCE_INSIDE = re.compile(r"[\u3002\uff1b;\uff01!]")
_QUESTION = re.compile(r"[?\uff1f]|吗|么|怎|如何|什么|多少|哪|是否|能不能|可不可以|几")
_SITE = re.compile(r"\s*[_|\uff5c-]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without the white space round it. `indent` counts columns of ASCII space (a tab is 4); `gap` says that a
    blank line, or the file's beginning, is above it. `pieces` are its parts in the source: several, where the page has
    wrapped it."""

    pieces: tuple[tuple[int, int], ...]
    text: str
    indent: int
    gap: bool


def read(path: str, source: str, *, title: Text | None = None) -> Article:
    """A text file as `main` and, on a scraped page, `teaser-1`, `teaser-2`, …; where it is given a title, its first
    line is none."""
    starts = line_starts(source)
    lines = list(_lines(source, starts))
    main, related = _parts(lines)
    reader = _Main(source, main, title)
    reader.run()
    parts = [reader.builder.part("main", reader.date)]
    for number, entry in enumerate(_entries(related), 1):
        parts.append(_teaser(source, f"teaser-{number}", entry))
    first = parts[0]
    words = first.blocks[first.title].text.chars if first.title is not None else None
    return Article(path, source, tuple(parts), starts, title=words, date=reader.date)


def _lines(source: str, starts: Sequence[int]) -> Iterator[_Line]:
    gap = True
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else len(source)
        raw = source[start:stop]
        text = raw.strip("\ufeff").strip()
        if not text:
            gap = True
            continue
        lead = raw[: raw.index(text[0])].strip("\ufeff")
        # Two full-width spaces begin a Chinese paragraph; only ASCII spaces say how deep a line stands.
        indent = len(lead.replace("\u3000", "").expandtabs(4))
        begin = start + raw.index(text[0])
        yield _Line(((begin, begin + len(text)),), text, indent, gap)
        gap = False


def _text(source: str, line: _Line, skip: int = 0) -> Text:
    """A line's characters without the first `skip`, which may go over where it was wrapped."""
    out = TextBuilder()
    after = 0
    for start, end in line.pieces:
        between = joint(source[after - 1], source[start]) if after else ""
        if between and not skip:
            out.char(" ", after, start)
        skip = max(0, skip - len(between))
        out.source(source, min(start + skip, end), end)
        skip, after = max(0, skip - (end - start)), end
    return out.build()


def _unwrapped(lines: Sequence[_Line]) -> Iterator[_Line]:
    """The lines, those that the page has wrapped as one: by sure signs, or as lines that are alike up to one that ends
    a sentence."""
    at = 0
    while at < len(lines):
        stop = at + 1 if _heading_level(lines[at].text) else _wrapped_to(lines, at)
        yield _joined(lines[at:stop])
        at = stop


def _wrapped_to(lines: Sequence[_Line], at: int) -> int:
    """The number of the line after those that are one with line `at`."""
    stop = at + 1
    while stop < min(len(lines), at + _MOST_WRAPPED):
        if _begins_block(lines[stop]) or ends_sentence(lines[stop - 1].text):
            break
        stop += 1
    texts = [line.text for line in lines[at:stop]]
    if ends_sentence(texts[-1]) and is_wrapped(texts):
        return stop
    return next((at + n for n in range(1, len(texts)) if not goes_on(texts[n - 1], texts[n])), stop)


def _begins_block(line: _Line) -> bool:
    return line.gap or bool(
        _COUNTED.match(line.text) or _BULLETED.match(line.text) or _heading_level(line.text)
        or bylines.is_byline(line.text) or is_disclaimer(line.text)
    )  # fmt: skip


def _joined(lines: Sequence[_Line]) -> _Line:
    text = lines[0].text
    for line in lines[1:]:
        text += joint(text[-1], line.text[0]) + line.text
    pieces = tuple(piece for line in lines for piece in line.pieces)
    return _Line(pieces, text, lines[0].indent, lines[0].gap)


def _parts(lines: Sequence[_Line]) -> tuple[list[_Line], list[_Line]]:
    """The main article's lines, and those of the related ones."""
    names = [line.text.rstrip(":\uff1a").strip() for line in lines]
    related = next((number for number, name in enumerate(names) if name in _RELATED and number > 0), len(lines))
    end = next((number for number, name in enumerate(names[:related]) if name in _SEARCHES and number > 0), related)
    return [line for line in lines[:end] if not is_furniture(line.text)], list(lines[related + 1 :])


# The main article


class _Main:
    def __init__(self, source: str, lines: Sequence[_Line], title: Text | None = None) -> None:
        self.source = source
        self.title = title
        self.lines = list(lines)
        self.builder = PartBuilder()
        self.date: str | None = None
        self.depths: list[int] = []  # the indentation of every open list
        self.at = 0

    def run(self) -> None:
        self._titles()
        self.lines = [*self.lines[: self.at], *_unwrapped(self.lines[self.at :])]
        for number in range(self.at, len(self.lines)):
            self._read(number)
        self._close_lists(-1)

    def _text(self, line: _Line, skip: int = 0) -> Text:
        return _text(self.source, line, skip)

    def _titles(self) -> None:
        """The title, and the article's own title below the page's."""
        if self.title is not None:
            self.builder.add_title(self.title)
            return
        if not self.lines or not _is_title(self.lines[0].text):
            return
        self.at = 1
        double = len(self.lines) > 1 and _is_second_title(self.lines)
        self.builder.add_title(self._text(self.lines[0]), is_main=not double)
        if double:
            self.builder.add_title(self._text(self.lines[1]))
            self.at = 2

    def _read(self, number: int) -> None:
        line = self.lines[number]
        if is_disclaimer(line.text):
            return
        title = self.builder.blocks[self.builder.title].text.chars if self.builder.title is not None else ""
        if number < self.at + 3 and bylines.is_byline(line.text, title):
            self.date = self.date or bylines.iso_date(line.text)
            return
        level = _heading_level(line.text)
        if level:
            self._close_lists(-1)
            self.builder.add_heading(self._text(line), level)
            return
        counted, bulleted = _COUNTED.match(line.text), _BULLETED.match(line.text)
        mark = counted or bulleted
        if mark is None:
            self._unmarked(line)
        elif counted and self._is_label(number, line.text[mark.end() :]):
            self._close_lists(-1)
            self.builder.add_heading(self._text(line, mark.end()), _LABEL_LEVEL)
        else:
            self._item(line, mark.end())

    def _unmarked(self, line: _Line) -> None:
        """Running text; indented deeper than a list it belongs to that list's last item."""
        self._close_lists(line.indent, inclusive=True)
        self.builder.add_paragraph(self._text(line))

    def _item(self, line: _Line, skip: int) -> None:
        self._close_lists(line.indent)
        if self.depths and self.depths[-1] == line.indent:
            self.builder.close_item()
        else:
            self.builder.open_list()
            self.depths.append(line.indent)
        self.builder.open_item()
        self.builder.add_paragraph(self._text(line, skip))

    def _close_lists(self, indent: int, *, inclusive: bool = False) -> None:
        """Closes the lists that are indented deeper than `indent`, `inclusive` also those as deep."""
        while self.depths and (self.depths[-1] > indent or (inclusive and self.depths[-1] >= indent)):
            self.depths.pop()
            self.builder.close_item()
            self.builder.close_list()

    def _is_label(self, number: int, text: str) -> bool:
        """Whether a numbered line is the heading of what follows and not an item: `1. 定义` above deeper or plain text.

        A short item right after another item of its list is an item, whatever follows the list.
        """
        line = self.lines[number]
        if len(text) > _LONGEST_LABEL or text.endswith(_FULL_STOP) or _SENTENCE_INSIDE.search(text):
            return False
        if re.search(r"[:\uff1a].", text) or number + 1 == len(self.lines):
            return False
        if self.depths and self.depths[-1] == line.indent:
            return False
        following = self.lines[number + 1]
        if following.indent > line.indent:
            return True
        is_marked = _COUNTED.match(following.text) or _BULLETED.match(following.text)
        return not is_marked and not _heading_level(following.text) and not is_disclaimer(following.text)


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and not text.endswith(_FULL_STOP) and not bylines.is_byline(text)


def _is_second_title(lines: Sequence[_Line]) -> bool:
    """Whether the second line is a title too: it repeats the first, or it asks and the first does not.

    A short line below a title is more often its answer (不可以).
    """
    first, second = lines[0].text, lines[1].text
    if not _is_title(second) or _heading_level(second) or not (len(lines) < 3 or lines[2].gap):
        return False
    if first == second or (first.startswith(second) and _SITE.match(first, len(second))):
        return True
    if second.startswith(first) and _SITE.match(second, len(first)):
        return True
    return len(second) >= 6 and bool(_QUESTION.search(second)) and not _QUESTION.search(first)


def _heading_level(text: str) -> int:
    """The level of a numbered heading line, 0 for other lines."""
    if len(text) > _LONGEST_HEADING or text.endswith(_FULL_STOP) or _SENTENCE_INSIDE.search(text):
        return 0
    return next((level for pattern, level in _HEADINGS if pattern.match(text)), 0)


# The related articles


def _entries(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The lines of each related article, a date line last; the last article may have none."""
    entry: list[_Line] = []
    for line in lines:
        if is_furniture(line.text) or line.text.rstrip(":\uff1a").strip() in _SEARCHES | _RELATED:
            continue
        entry.append(line)
        if bylines.sourced_date(line.text):
            if len(entry) > 1:
                yield entry
            entry = []
    if entry:
        yield entry


def _teaser(source: str, name: str, entry: Sequence[_Line]) -> Part:
    builder = PartBuilder()
    date = bylines.sourced_date(entry[-1].text)
    own = entry[:-1] if date else entry
    own = [*own[:1], *_unwrapped(own[1:])]
    for number, line in enumerate(own):
        text = _text(source, line)
        if number == 0 and len(line.text) <= _LONGEST_TEASER_TITLE and not line.text.endswith(_FULL_STOP):
            builder.add_title(text)
        elif not is_disclaimer(line.text):
            builder.add_paragraph(text)
    return builder.part(name, date)
