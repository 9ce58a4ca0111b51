"""The blocks of an HTML tree, in document order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from justhtml import JustHTML, Node
from justhtml import Text as TextNode

from claims.article import Text
from claims.readers import bylines, tables
from claims.readers.building import PartBuilder
from claims.readers.html_text import BREAK, joined, place
from claims.readers.html_tree import BLOCKS, HEADINGS, attribute, classes, frames, is_left_out, names

_META_CLASSES = names("meta byline date time source info pubtime publish-time article-meta article-info")
META_LENGTH = 80
# Where running text stands inside these, a new kind of block begins; all other block elements only end a block.
_ROLES = frozenset((*HEADINGS, "dt", "dd", "li", "td", "th"))
# Bylines stand among so many first blocks; those in an element named as one among a few more.
_BYLINES_WITHIN = 3
_META_WITHIN = 6
_LABEL = re.compile(r"发布|来源|更新|日期|时间|作者|编辑|整理|阅读|浏览")
_SENTENCE = re.compile(r"[,\uff0c\u3002;\uff1b!\uff01?\uff1f]")


def parse(source: str) -> Node:
    """The document, with the place of every node. A BOM is read as a space, so that places stay those of the file."""
    if source.startswith("\ufeff"):
        source = " " + source[1:]
    return JustHTML(source, track_node_locations=True, sanitize=False).root


def add_fragment(fragment: str, source: str, base: int, builder: PartBuilder) -> None:
    """Adds the blocks of HTML within another text; `fragment` stands at `base` in `source`, character by character."""
    root = parse(fragment)
    walker = Walker(fragment, builder, base=base, take_title=False)
    walker.walk(root, headers=False)


@dataclass(slots=True)
class _Table:
    number: int
    grid: tables.Grid = field(default_factory=tables.Grid)
    cells: list[tables.Placed] = field(default_factory=list)


class Walker:
    """Turns elements into blocks. `date` is what a byline at the top says; bylines are left out of the blocks."""

    def __init__(self, source: str, builder: PartBuilder, *, base: int = 0, take_title: bool = True) -> None:
        self.source = source
        self.builder = builder
        self.base = base
        self.take_title = take_title
        self.date: str | None = None
        self._pieces: list[Text] = []
        self._roles: list[str] = []
        self._tables: list[_Table] = []
        self._cell: Node | None = None
        self._term: int | None = None
        self._meta = 0  # how many elements round the text are named as bylines
        self._pre = 0
        self._time: str | None = None
        self._time_length = 0
        self._in_time = 0
        self._end = 0  # of the last text, for nodes without a place
        self._frames: set[int] = set()

    def walk(self, root: Node, *, headers: bool) -> None:
        """Adds all blocks below `root`; `headers` leaves `<header>` out."""
        self._frames = frames(root, headers=headers)
        stack: list[tuple[Node | TextNode, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if isinstance(node, TextNode):
                self._read(node)
            elif leaving:
                self._leave(node)
            elif node is not root and is_left_out(node, headers=headers):
                if node.name in BLOCKS:
                    self._boundary()
            elif not node.name.startswith(("#", "!")) or node is root:
                self._enter(node)
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node.children or ()))
        self._flush()

    # Text

    def _read(self, node: TextNode) -> None:
        data = node.data or ""
        if not data:
            return
        origin = node.origin_offset
        text = place(data, self.source, self._end if origin is None else origin)
        if not text.chars:
            return
        self._end = text.ends[-1]
        if self.base:
            text = Text(
                text.chars, tuple(at + self.base for at in text.starts), tuple(at + self.base for at in text.ends)
            )
        if self._in_time:
            self._time_length += len("".join(data.split()))
        self._pieces.append(text)

    def _break(self, node: Node | None = None) -> None:
        """A newline in the current block: the source of <br>, or nothing where a block inside a cell ends."""
        start = end = self._end
        if node is not None and node.origin_offset is not None and node.origin_offset >= self._end:
            start = node.origin_offset
            end = self.source.find(">", start) + 1 or start
            self._end = end
        self._pieces.append(Text(BREAK, (start + self.base,), (end + self.base,)))

    def _boundary(self) -> None:
        if self._cell is None:
            self._flush()
        elif self._pieces and self._pieces[-1].chars != BREAK:
            self._break()

    def _take(self) -> Text:
        text = joined(self._pieces, keep_spaces=self._pre > 0)
        self._pieces = []
        return text

    def _flush(self) -> None:
        """Ends the current block and adds it, if it has any text."""
        if not self._pieces:
            return
        text = self._take()
        time, length = self._time, self._time_length
        self._time, self._time_length = None, 0
        if not text.chars.strip():
            return
        role = self._roles[-1] if self._roles else ""
        if role in HEADINGS:
            if role == "h1" and self.take_title and self.builder.title is None:
                self.builder.add_title(text)
            else:
                self.builder.add_heading(text, HEADINGS[role])
        elif role == "dt":
            self._term = self.builder.add_term(text)
        elif role == "dd":
            self.builder.add_definition(text, self._term)
        elif role != "li" and self._is_byline(text.chars, length):
            self.date = self.date or time or bylines.iso_date(text.chars)
        else:
            self.builder.add_paragraph(text)

    def _is_byline(self, chars: str, time_length: int) -> bool:
        if not self.take_title:
            return False
        title = self.builder.blocks[self.builder.title].text.chars if self.builder.title is not None else ""
        before = len(self.builder.blocks) - (self.builder.title is not None)
        if before < _BYLINES_WITHIN and bylines.is_byline(chars, title):
            return True
        if before >= _META_WITHIN or len(chars) > META_LENGTH or _SENTENCE.search(chars):
            return False
        dated = bylines.iso_date(chars) is not None
        if self._meta:
            return dated or bool(_LABEL.search(chars))
        # A date in other words than ours (May 20), which its element gives in figures.
        return not dated and time_length * 2 > len("".join(chars.split()))

    # Elements

    def _enter(self, node: Node) -> None:
        name = node.name
        if name == "br":
            self._break(node)
            return
        if name == "time":
            self._in_time += 1
            self._time = self._time or bylines.iso_date(attribute(node, "datetime"))
        if name in BLOCKS:
            self._boundary()
        if is_meta(node):
            self._meta += 1
        if name not in BLOCKS or self._cell is not None:
            return
        if name in _ROLES:
            self._roles.append(name)
        if name in ("ul", "ol", "menu", "dir"):
            self.builder.open_list()
        elif name == "li":
            self.builder.open_item()
        elif name == "table":
            self._tables.append(_Table(self.builder.new_table()))
        elif name == "tr" and self._tables:
            self._tables[-1].grid.next_row()
        elif name in ("td", "th") and self._tables and id(node) not in self._frames:
            self._cell = node
        elif name == "pre":
            self._pre += 1
        elif name in ("blockquote", "dl"):
            self.builder.boundary()

    def _leave(self, node: Node) -> None:
        name = node.name
        if name == "time":
            self._in_time -= 1
        if name in BLOCKS:
            self._end_block(node)
        # Only now: the text has been added under the element's own name.
        if name != "br" and is_meta(node):
            self._meta -= 1

    def _end_block(self, node: Node) -> None:
        name = node.name
        if node is self._cell:
            self._add_cell(node)
        else:
            self._boundary()
        if self._cell is not None:
            return
        if name in _ROLES:
            self._roles.pop()
        if name in ("ul", "ol", "menu", "dir"):
            self.builder.close_list()
        elif name == "li":
            self.builder.close_item()
        elif name == "table" and self._tables:
            self._end_table()
        elif name == "pre":
            self._pre -= 1
        elif name == "blockquote":
            self.builder.boundary()
        elif name == "dl":
            self._term = None
            self.builder.boundary()

    def _add_cell(self, node: Node) -> None:
        self._cell = None
        text = self._take()
        self._time, self._time_length = None, 0
        table = self._tables[-1]
        rows, columns = _span(node, "rowspan"), _span(node, "colspan")
        row, column, columns = table.grid.place(rows, columns)
        head = node.parent is not None and node.parent.parent is not None and node.parent.parent.name == "thead"
        chars = text.chars.strip()
        block = self.builder.add_cell(text)
        table.cells.append(tables.Placed(block, row, column, rows, columns, chars, node.name == "th", head))

    def _end_table(self) -> None:
        table = self._tables.pop()
        self.builder.place_cells(tables.resolve(table.cells, table.number))
        self.builder.boundary()


def is_meta(node: Node) -> bool:
    """Whether an element's class or id calls it a byline."""
    return bool(node.attrs) and not _META_CLASSES.isdisjoint(classes(node))


def _span(node: Node, name: str) -> int:
    """A colspan or rowspan; 1 where it is no number, and no more than browsers allow."""
    value = attribute(node, name).strip()
    return min(max(int(value), 1), 1000) if value.isascii() and value.isdigit() and len(value) < 9 else 1
