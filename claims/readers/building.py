"""Putting the blocks of one part together: which headings stand above, which list a block is in, what introduces it.

Every reader tells this builder what it meets, in reading order; the relations between blocks are worked out here once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from claims.article import Block, BlockKind, Cell, Part, Text
from claims.readers.text import stripped
from claims.readers.wrapping import BULLETS, MARKED_LINE

_BULLET = re.compile(rf"[{BULLETS}][ \t\u3000\xa0]*(?=\S)")


@dataclass(slots=True)
class _List:
    id: int
    level: int
    stem: int | None
    item: int | None = None
    in_item: bool = False


class PartBuilder:
    """The blocks of one part, in reading order. Texts are stripped; blocks without characters are not kept."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.title: int | None = None
        self._headings: list[tuple[int, int]] = []
        self._lists: list[_List] = []
        self._loose: _List | None = None  # a list made of paragraphs that begin with a bullet
        self._intro: int | None = None  # the block directly before, if it may introduce a list
        self._next_list = 0
        self._next_table = 0

    def part(self, name: str, date: str | None = None) -> Part:
        return Part(name, tuple(self.blocks), self.title, date)

    # Blocks

    def add_title(self, text: Text, *, is_main: bool = True) -> None:
        """A title line; `is_main` makes it the part's title."""
        index = self._add("title", text)
        if index is not None and is_main:
            self.title = index
        self._intro = None

    def add_heading(self, text: Text, level: int) -> None:
        text = stripped(text)
        if not text.chars:
            return
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        self._intro = self._add("heading", text, level=level)
        assert self._intro is not None
        self._headings.append((level, self._intro))

    def add_paragraph(self, text: Text) -> None:
        """Running text where the reader stands: in a list item its first text is the item's own.

        Lines that begin with bullets or numbers become items of a list that the lines before them introduce.
        """
        lead, items = _split_items(stripped(text))
        if lead.chars:
            bullet = _BULLET.match(lead.chars) if not items else None
            if bullet:
                lead = lead.slice(bullet.end(), len(lead.chars))
            if bullet and not self._awaits_item():
                self._loose_item(lead)
            else:
                self._plain(lead)
        if items:
            self._loose = None
            for item in items:
                self._loose_item(item)
            self._loose = None

    def add_term(self, text: Text) -> int | None:
        """A term that definitions follow; returns its block number."""
        self._intro = self._add("term", text)
        return self._intro

    def add_definition(self, text: Text, term: int | None) -> None:
        """`term` is the index of the block that is defined."""
        self._intro = self._add("definition", text, stem=term)

    def add_cell(self, text: Text) -> int | None:
        """A table cell's text; returns its block number, None where it is empty. `place_cells` says where it stands."""
        index = self._add("cell", text)
        self._intro = None
        return index

    def place_cells(self, cells: Mapping[int, Cell]) -> None:
        """Gives cell blocks their places, once their table is complete."""
        for index, cell in cells.items():
            self.blocks[index] = msgspec.structs.replace(self.blocks[index], cell=cell)

    def new_table(self) -> int:
        self._next_table += 1
        return self._next_table - 1

    # Lists

    def open_list(self) -> None:
        self._loose = None
        self._lists.append(self._new_list())

    def open_item(self) -> None:
        self._loose = None
        if self._lists:
            self._lists[-1].item = None
            self._lists[-1].in_item = True

    def close_item(self) -> None:
        self._loose = None
        if self._lists:
            self._lists[-1].in_item = False

    def close_list(self) -> None:
        self._loose = None
        if self._lists:
            self._lists.pop()
        self._intro = None

    def boundary(self) -> None:
        """What follows is in another container (a quote begins or ends): the block before introduces nothing here."""
        self._intro = None
        self._loose = None

    # Inside

    def _awaits_item(self) -> bool:
        return bool(self._lists) and self._lists[-1].in_item and self._lists[-1].item is None

    def _new_list(self) -> _List:
        if self._lists and self._lists[-1].in_item:
            outer = self._lists[-1]
            stem = outer.item if outer.item is not None else outer.stem
        elif self._intro is not None:
            stem = self._intro
        else:
            stem = self._headings[-1][1] if self._headings else None
        self._next_list += 1
        return _List(self._next_list - 1, len(self._lists) + 1, stem)

    def _plain(self, text: Text) -> None:
        current = self._lists[-1] if self._lists and self._lists[-1].in_item else None
        if current is None:
            self._intro = self._add("paragraph", text)
        elif current.item is None:
            current.item = self._add("list_item", text, level=current.level, stem=current.stem, list_id=current.id)
        else:
            # A further paragraph of an item belongs to the list but is not another item: lists are counted.
            self._intro = self._add("paragraph", text, stem=current.item, list_id=current.id)

    def _loose_item(self, text: Text) -> None:
        loose = self._loose or self._new_list()
        self._add("list_item", text, level=loose.level, stem=loose.stem, list_id=loose.id)
        self._loose = loose
        self._intro = None

    def _add(
        self, kind: BlockKind, text: Text, *, level: int = 0, stem: int | None = None, list_id: int | None = None
    ) -> int | None:
        self._loose = None
        text = stripped(text)
        if not text.chars:
            return None
        headings = tuple(index for above, index in self._headings if kind != "heading" or above < level)
        for piece in _pieces(text) if kind in _CUT else (text,):
            self.blocks.append(Block(kind, piece, level, headings, stem, list_id))
        return len(self.blocks) - 1


_CUT = frozenset({"paragraph", "list_item", "definition"})
_LONGEST = 3_000
"""Characters. A longer block, of a page that has lost its line breaks, is cut at ends of sentences: what is done for
each sentence of a block takes its time squared."""
_SENTENCE_END = re.compile("[。！？!?；;\n]+[”’」』）)]*")


def _pieces(text: Text) -> list[Text]:
    """A text in pieces of about `_LONGEST` characters at most, cut behind sentences, or anywhere where none ends."""
    found: list[Text] = []
    start = 0
    while len(text.chars) - start > _LONGEST:
        ends = [m.end() for m in _SENTENCE_END.finditer(text.chars, start, start + _LONGEST)]
        end = ends[-1] if ends else start + _LONGEST
        found.append(stripped(text.slice(start, end)))
        start = end
    found.append(stripped(text.slice(start, len(text.chars))))
    return [piece for piece in found if piece.chars]


def _split_items(text: Text) -> tuple[Text, list[Text]]:
    """What comes before the first marked line, and the marked lines without their marks.

    A single marked line is no list, and a list begins at a line's start: `text` is returned whole then.
    """
    if "\n" not in text.chars:
        return text, []
    begins: list[tuple[int, int]] = []
    at = 0
    while at <= len(text.chars):
        mark = MARKED_LINE.match(text.chars, at)
        if mark:
            begins.append((at, mark.end()))
        newline = text.chars.find("\n", at)
        if newline < 0:
            break
        at = newline + 1
    if len(begins) < 2:
        return text, []
    stops = [*(start for start, _ in begins[1:]), len(text.chars)]
    items = [stripped(text.slice(own, stop)) for (_, own), stop in zip(begins, stops, strict=True)]
    return stripped(text.slice(0, begins[0][0])), [item for item in items if item.chars]
