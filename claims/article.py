"""An article as the extraction reads it: parts of blocks of text, each character with its place in the source.

Readers make these from bytes; nothing here knows a file format.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

BlockKind: TypeAlias = Literal["title", "heading", "paragraph", "list_item", "cell", "term", "definition"]


class Text(msgspec.Struct, frozen=True):
    """Characters as a reader sees them and where each stands in the source.

    `starts[i]` and `ends[i]` are the source offsets (code points, end exclusive) of `chars[i]`; an entity such as
    `&amp;` is one character over several of the source; markup between two characters belongs to neither. The
    three have equal length, and starts and ends never decrease.
    """

    chars: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The contiguous source span that covers `chars[start:end]` (start < end)."""
        return self.starts[start], self.ends[end - 1]

    def slice(self, start: int, end: int) -> Text:
        return Text(self.chars[start:end], self.starts[start:end], self.ends[start:end])


class Cell(msgspec.Struct, frozen=True):
    """Where a table cell stands: its table's number in the part, 0-based row and column, its headers' block numbers.

    `column_headers` and `row_headers` are indices into `Part.blocks`, nearest last; a header cell has `is_header`. It
    covers `rows` rows, and is beside the labels of all of them.
    """

    table: int
    row: int
    column: int
    is_header: bool = False
    column_headers: tuple[int, ...] = ()
    row_headers: tuple[int, ...] = ()
    rows: int = 1


class Block(msgspec.Struct, frozen=True):
    """A paragraph, a heading, a list item's own text, a table cell.

    `level`: 1-6 for headings, nesting depth from 1 for list items, else 0. `headings`: indices of the headings above
    it, outermost first. `stem`: index of the block that introduces the list it is an item of (the paragraph or heading
    before, or the parent item), None where it is in no list or nothing introduces it. `list_id`: number of the
    (innermost) list in the part, None outside lists.
    """

    kind: BlockKind
    text: Text
    level: int = 0
    headings: tuple[int, ...] = ()
    stem: int | None = None
    list_id: int | None = None
    cell: Cell | None = None


class Part(msgspec.Struct, frozen=True):
    """`main`, or `teaser-N`: another article's opening quoted on a scraped page. `title` is the index of its title
    block in `blocks`, None where it has none; `date` is ISO (YYYY-MM-DD) or None."""

    name: str
    blocks: tuple[Block, ...]
    title: int | None = None
    date: str | None = None


class Article(msgspec.Struct, frozen=True):
    """One file, or one record of an export (claims/readers/records.py). `path` is relative to the content repo's root,
    with `/`; `id` is the front matter's or record's, or None.

    `source` is the decoded file, newlines untranslated, a BOM counted as one character. `region` is the front
    matter's text, unresolved. `line_starts` are the offsets at which lines begin (\\r\\n, \\n and lone \\r end lines).
    """

    path: str
    source: str
    parts: tuple[Part, ...]
    line_starts: tuple[int, ...]
    id: str | None = None
    title: str | None = None
    date: str | None = None
    region: str | None = None
    author: str | None = None
    url: str | None = None
