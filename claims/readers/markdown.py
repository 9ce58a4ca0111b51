"""Markdown articles: blocks by markdown-it-py's line maps, characters located in those lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from claims.article import Article, Text
from claims.errors import ReadError
from claims.readers import bylines, frontmatter, inline, tables
from claims.readers.building import PartBuilder
from claims.readers.lines import line_starts
from claims.readers.text import TextBuilder, stripped

# Indented code is off: Chinese editors indent paragraphs, and four spaces must not hide one. Inline markup is read by
# `inline`, which knows places.
_DEEPEST = 100  # what stands deeper is left out by the parser: an error, not an article without its text
_PARSER = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").disable(["code", "inline", "text_join"])
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# `##标题`: the space that CommonMark wants is often forgotten. One `#` may be a topic tag (#医保#).
_TIGHT_HEADING = re.compile(r"(#{2,6})(?=[^\s#])|(#)(?=[^\s#][^#\n]{0,39}(?:\n|$))")
_TASK = re.compile(r"\[[ xX]\]\s+")
_HEADING_MARKS = re.compile(r"(?:[\s>#]|[-*+](?=\s)|\d{1,9}[.)](?=\s))*")
_ROW_MARKS = re.compile(r"(?:[\s>]|[-*+](?=\s)|\d{1,9}[.)](?=\s))*\|?")
_LONGEST_SETEXT = 40
_NESTS = frozenset({"blockquote_open", "bullet_list_open", "ordered_list_open", "list_item_open"})


def read(path: str, source: str, *, title: Text | None = None) -> Article:
    """A Markdown file as an article of one part; a title that it is given takes the front matter's place. Raises
    ReadError for broken front matter."""
    starts = line_starts(source)
    front = frontmatter.read(path, source, starts)
    reader = _Reader(source, starts, front, title)
    too_deep = next((t for t in reader.tokens if t.nesting == 1 and t.level >= _DEEPEST - 1 and t.type in _NESTS), None)
    if too_deep is not None:
        line = reader.first_line + (too_deep.map[0] if too_deep.map else 0) + 1
        message = "lists and quotes are nested too deeply to be read"
        raise ReadError(message, path=path, line=line, hint="take marks such as > and - away")
    reader.run()
    part = reader.builder.part("main", reader.date)
    words = part.blocks[part.title].text.chars.replace("\n", " ") if part.title is not None else None
    return Article(path, source, (part,), starts, front.id, words, reader.date, front.region, front.author)


class _Reader:
    def __init__(
        self, source: str, starts: Sequence[int], front: frontmatter.FrontMatter, title: Text | None = None
    ) -> None:
        self.source = source
        self.starts = starts
        self.date = front.date
        self.builder = PartBuilder()
        title = title or front.title
        if title is not None:
            self.builder.add_title(title)
        self.begin = front.end
        # The parser counts lines from where it begins; with a BOM that is within the first line.
        self.first_line = bisect_right(starts, front.end) - 1
        env: dict[str, dict[str, object]] = {}
        self.tokens = _PARSER.parse(source[front.end :], env)
        self.references = frozenset(env.get("references", {}))
        self.depth = 0  # of lists and quotes round the current token
        self.heading: int | None = None
        self.setext = False
        self.cells: list[tables.Placed] = []
        self.grid = tables.Grid()
        self.cell_at = 0
        self.in_cell = self.is_header = False

    def run(self) -> None:
        for token in self.tokens:
            if token.type == "inline":
                self._inline(token)
            elif token.type == "html_block":
                self._html(token)
            else:
                self._structure(token)

    def _structure(self, token: Token) -> None:
        builder = self.builder
        match token.type:
            case "heading_open":
                self.heading = int(token.tag[1])
                self.setext = token.markup in ("=", "-")
            case "heading_close":
                self.heading = None
            case "bullet_list_open" | "ordered_list_open":
                self.depth += 1
                builder.open_list()
            case "bullet_list_close" | "ordered_list_close":
                self.depth -= 1
                builder.close_list()
            case "list_item_open":
                builder.open_item()
            case "list_item_close":
                builder.close_item()
            case "blockquote_open":
                self.depth += 1
                builder.boundary()
            case "blockquote_close":
                self.depth -= 1
                builder.boundary()
            case "table_open":
                self.cells, self.grid = [], tables.Grid()
            case "table_close":
                builder.place_cells(tables.resolve(self.cells, builder.new_table()))
                builder.boundary()
            case "tr_open":
                self.grid.next_row()
                self.cell_at = self._row_begin(token)
            case "th_open" | "td_open":
                self.in_cell, self.is_header = True, token.type == "th_open"
            case "th_close" | "td_close":
                self.in_cell = False

    # Places

    def _line(self, number: int) -> tuple[int, int]:
        """The source range of a line of the parsed text, without its end."""
        index = number + self.first_line
        start = max(self.starts[index], self.begin)
        stop = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.source)
        while stop > start and self.source[stop - 1] in "\r\n":
            stop -= 1
        return start, stop

    def _raw(self, token: Token) -> Text:
        """A token's content with its places: every content line is found in its source line."""
        assert token.map is not None
        out = TextBuilder()
        for number, content in enumerate(token.content.split("\n"), token.map[0]):
            start, stop = self._line(number)
            if number > token.map[0]:
                before = self._line(number - 1)[1]
                out.char("\n", before, self.starts[number + self.first_line])
            at, length = self._find(content, start, stop)
            out.source(self.source, at, at + length)
        return out.build()

    def _find(self, content: str, start: int, stop: int) -> tuple[int, int]:
        """Where a content line stands in its source line, and its length there."""
        if self.heading is None:
            # A paragraph's line ends its source line, so a list mark of the same characters is no candidate.
            for end in (stop, start + len(self.source[start:stop].rstrip())):
                if self.source.endswith(content, start, end):
                    return end - len(content), len(content)
            at = self.source.rfind(content, start, stop)
        else:
            marks = _HEADING_MARKS.match(self.source, start, stop)
            at = self.source.find(content, marks.end() if marks else start, stop)
        if at >= 0:
            return at, len(content)
        # Part of a tab before the content has become spaces, which stand nowhere in the source.
        at = self.source.find(content.strip(), start, stop)
        return (at, len(content.strip())) if at >= 0 else (stop, 0)

    # Blocks

    def _inline(self, token: Token) -> None:
        if self.in_cell:
            self._cell(token)
        elif self.heading is not None:
            text = self._plain(self._raw(token))
            if self.setext and (len(text.chars) > _LONGEST_SETEXT or text.chars.endswith(("。", "\uff01", "!"))):
                # A rule typed right under a paragraph makes it a heading in CommonMark; no editor means that.
                self.builder.add_paragraph(text)
            else:
                self._heading(text, self.heading)
        else:
            self._paragraph(token)

    def _plain(self, raw: Text) -> Text:
        return inline.plain(raw, self._is_reference if self.references else lambda label: False)

    def _is_reference(self, label: str) -> bool:
        return normalizeReference(label) in self.references

    def _heading(self, text: Text, level: int) -> None:
        if level == 1 and self.builder.title is None:
            self.builder.add_title(text)
        else:
            self.builder.add_heading(text, level)

    def _paragraph(self, token: Token) -> None:
        raw = self._raw(token)
        if self.depth == 0 and self._is_code(token, raw):
            return
        raw = self._tight_headings(raw)
        task = _TASK.match(raw.chars)
        if task and self.depth:
            raw = raw.slice(task.end(), len(raw.chars))
        text = self._plain(raw)
        if self.date is None and self._is_byline(text):
            self.date = bylines.iso_date(text.chars)
            return
        self.builder.add_paragraph(text)

    def _is_code(self, token: Token, raw: Text) -> bool:
        """Whether a paragraph is what Markdown calls indented code, and holds no Chinese."""
        assert token.map is not None
        lines = [self._line(number) for number in range(*token.map)]
        indented = all(self.source.startswith(("    ", "\t"), start) for start, _ in lines)
        return indented and not _CHINESE.search(raw.chars)

    def _tight_headings(self, raw: Text) -> Text:
        """Adds the headings at the beginning that lack the space after `#`; returns what follows them."""
        while True:
            mark = _TIGHT_HEADING.match(raw.chars)
            if mark is None or self.depth:
                return raw
            stop = raw.chars.find("\n")
            stop = stop if stop >= 0 else len(raw.chars)
            self._heading(self._plain(raw.slice(mark.end(), stop)), mark.end())
            raw = stripped(raw.slice(stop, len(raw.chars)))

    def _is_byline(self, text: Text) -> bool:
        title = self.builder.blocks[self.builder.title].text.chars if self.builder.title is not None else ""
        is_dated = bylines.iso_date(text.chars) is not None
        return is_dated and len(self.builder.blocks) < 3 and bylines.is_byline(text.chars, title)

    def _row_begin(self, token: Token) -> int:
        """Where a table row's first cell begins: after the marks of quotes and lists, and the first pipe."""
        assert token.map is not None
        start, stop = self._line(token.map[0])
        marks = _ROW_MARKS.match(self.source, start, stop)
        return marks.end() if marks else start

    def _cell(self, token: Token) -> None:
        assert token.map is not None
        raw = self._cell_text(token.content, self._line(token.map[0])[1])
        text = self._plain(raw)
        row, column, _ = self.grid.place(1, 1)
        block = self.builder.add_cell(text)
        self.cells.append(tables.Placed(block, row, column, 1, 1, text.chars, self.is_header, self.is_header))

    def _cell_text(self, content: str, stop: int) -> Text:
        """The next cell of the current row, which ends at `stop`; `\\|` is one character."""
        out = TextBuilder()
        at = self.cell_at
        while at < stop and self.source[at] in " \t":
            at += 1
        for char in content:
            if char == "|" and self.source.startswith("\\|", at):
                out.char("|", at, at + 2)
                at += 2
            elif at < stop and self.source[at] == char:
                out.char(char, at, at + 1)
                at += 1
        while at < stop and self.source[at] in " \t":
            at += 1
        self.cell_at = at + 1 if self.source.startswith("|", at) else at
        return out.build()

    def _html(self, token: Token) -> None:
        """Tags taken off; tables and lists among them are read as in HTML files."""
        assert token.map is not None
        lines = []
        for number in range(*token.map):
            start, stop = self._line(number)
            line = self.source[start:stop]
            if self.depth:
                # The marks of the quotes and lists round the block are no text.
                line = re.sub(r"^[\s>]*", lambda marks: " " * len(marks.group()), line)
            next_start = self.starts[number + self.first_line + 1 : number + self.first_line + 2]
            lines.append(line + self.source[stop : next_start[0] if next_start else len(self.source)])
        from claims.readers.html_walk import add_fragment  # with a parser of its own, where there is HTML

        add_fragment("".join(lines), self.source, self._line(token.map[0])[0], self.builder)
