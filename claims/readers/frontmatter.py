"""YAML front matter: a Markdown article's own title, date, id, region and author, with the title's place."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import yaml

from claims import yaml_bounds
from claims.article import Text
from claims.errors import ReadError
from claims.readers.bylines import stated_date
from claims.readers.lines import LINE_END, locate
from claims.readers.text import TextBuilder, verbatim

# Longer than any real front matter; PyYAML is slow, and a stray `---` must not make it read a book.
_LONGEST = 100_000
_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # two that are one character
    r"|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)",
    re.DOTALL,
)
_HALF = re.compile(r"[\ud800-\udfff]")
_LINE_GOES_ON = re.compile(r"\\[ \t]*(?:\r\n|\n|\r)\s*")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class FrontMatter(msgspec.Struct, frozen=True):
    """What the front matter says. `end` is the offset of the first character after it; `date` is ISO."""

    end: int
    title: Text | None = None
    date: str | None = None
    id: str | None = None
    region: str | None = None
    author: str | None = None


def read(path: str, source: str, line_starts: Sequence[int]) -> FrontMatter:
    """The front matter at the start of a file; an empty one where the file has none.

    Raises ReadError with the file's line for front matter that is not closed, not valid YAML, not a mapping, names a
    key twice, or gives a date that is none.
    """
    begin = 1 if source.startswith("\ufeff") else 0
    opening = _FENCE.match(source, begin)
    if opening is None or not source.startswith("---", begin):
        return FrontMatter(begin)
    closing = _closing(source, line_starts, opening.end())
    if closing is None:
        raise ReadError(
            "the front matter is not closed",
            path=path,
            line=1,
            hint="end it with a line of three dashes (---)",
        )
    return _Reader(path, source, line_starts, opening.end(), closing.start()).read(closing.end())


def _closing(source: str, line_starts: Sequence[int], begin: int) -> re.Match[str] | None:
    for start in line_starts:
        if start > begin + _LONGEST:
            return None
        if start >= begin:
            fence = _FENCE.match(source, start)
            if fence:
                return fence
    return None


class _Reader:
    def __init__(self, path: str, source: str, line_starts: Sequence[int], begin: int, end: int) -> None:
        self.path = path
        self.source = source
        self.line_starts = line_starts
        self.begin = begin
        self.text = source[begin:end]

    def read(self, end: int) -> FrontMatter:
        fields = self._fields()
        title = self._title(fields["title"]) if "title" in fields else None
        return FrontMatter(
            end,
            title if title and title.chars.strip() else None,
            self._date(fields.get("date")),
            self._words(fields.get("id")),
            self._words(fields.get("region")),
            self._words(fields.get("author")),
        )

    def _error(self, message: str, index: int, hint: str) -> ReadError:
        """An error at `index` in the front matter's text."""
        line, column = locate(self.line_starts, self.begin + min(index, len(self.text)))
        return ReadError(message, path=self.path, line=line, column=column, hint=hint)

    def _fields(self) -> dict[str, yaml.Node]:
        root = self._compose()
        if root is None:
            return {}
        if not isinstance(root, yaml.MappingNode):
            raise self._error(
                "the front matter is not a mapping of names to values",
                root.start_mark.index,
                "write `title: ...` with an ASCII colon and a space after it",
            )
        fields: dict[str, yaml.Node] = {}
        for key, value in root.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name and name in fields:
                raise self._error(
                    f"the front matter names `{name}` twice", key.start_mark.index, "keep one of the two lines"
                )
            fields[name] = value
        return fields

    def _compose(self) -> yaml.Node | None:
        try:
            node: yaml.Node | None = yaml.compose(self.text, Loader=yaml_bounds.loader())
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            if error.context_mark and mark and mark.index >= len(self.text.rstrip()):
                mark = error.context_mark  # what is not closed, not the end where that shows
            what = error.problem or error.context or "it cannot be parsed"
            raise self._error(
                f"the front matter is not valid YAML: {what}",
                mark.index if mark else 0,
                "put a value that holds `: ` or begins with a sign in quotes",
            ) from error
        except yaml.reader.ReaderError as error:
            raise self._error(
                "the front matter holds a character that YAML does not allow", error.position, "delete the character"
            ) from error
        except RecursionError as error:
            raise self._error("the front matter is nested too deeply", 0, "write plain names and values") from error
        return node

    def _words(self, node: yaml.Node | None) -> str | None:
        """A field's text as it is written; the items of a list joined with the Chinese list comma."""
        if isinstance(node, yaml.SequenceNode):
            words = [self._whole(item) for item in node.value if isinstance(item, yaml.ScalarNode)]
            return "、".join(words) or None
        if not isinstance(node, yaml.ScalarNode) or _is_null(node):
            return None
        return self._whole(node).strip() or None

    def _whole(self, node: yaml.ScalarNode) -> str:
        """A value in which two escapes may stand for one character (`\\ud83d\\ude00`), as in JSON."""
        value: str = node.value
        if not _HALF.search(value):
            return value
        try:
            return value.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError as error:
            raise self._error(
                "the front matter holds half a character (a lone surrogate such as \\ud83d)",
                node.start_mark.index,
                "a text was cut within a character: write it again",
            ) from error

    def _date(self, node: yaml.Node | None) -> str | None:
        if node is None or (isinstance(node, yaml.ScalarNode) and _is_null(node)):
            return None
        date = stated_date(node.value) if isinstance(node, yaml.ScalarNode) else None
        if date is None:
            raise self._error(
                "`date` in the front matter is not a date", node.start_mark.index, "write it as 2025-05-20"
            )
        return date

    def _title(self, node: yaml.Node) -> Text | None:
        if not isinstance(node, yaml.ScalarNode):
            raise self._error(
                "`title` in the front matter is not a text", node.start_mark.index, "put the title in quotes"
            )
        if _is_null(node):
            return None
        start, end = self.begin + node.start_mark.index, self.begin + node.end_mark.index
        if node.style in ("'", '"'):
            start, end = start + 1, end - 1
        if self.source[start:end] == node.value:
            return verbatim(self.source, start, end)
        return _aligned(self._whole(node), self.source, start, end, node.style)


def _is_null(node: yaml.ScalarNode) -> bool:
    return node.style is None and node.value in _NULLS


def _aligned(value: str, source: str, start: int, end: int, style: str | None) -> Text:
    """A scalar whose source differs from its value: escapes, doubled quotes, folded lines, a block's indentation."""
    out = TextBuilder()
    escapes, block = style == '"', style in ("|", ">")
    at, index = start, 0
    while index < len(value):
        char = value[index]
        if char.isspace() and at < end and source[at].isspace():
            stop = at
            while stop < end and source[stop].isspace():
                stop += 1
            breaks = len(LINE_END.findall(source, at, stop))
            shown = 1
            while value[index + shown : index + shown + 1].isspace():
                shown += 1
            # Where lines are folded, one break is a space, and of several all but the first are kept.
            many = min(shown, max(1, breaks - 1) if breaks and not block else stop - at)
            for left in reversed(range(many)):
                after = stop if not left and (breaks or block) else at + 1
                out.char(value[index], at, after)
                at, index = after, index + 1
            continue
        while at < end and source[at] != char and not (escapes and source[at] == "\\"):
            at += 1
        if at >= end:
            break
        escape = _ESCAPE.match(source, at, end) if escapes and source[at] == "\\" else None
        if escape is not None and escape[0][1] in "\r\n":
            at = _LINE_GOES_ON.match(source, at, end).end()  # type: ignore[union-attr]  # it begins as the escape does
            continue
        stop = escape.end() if escape else at + 1
        if not escapes and source.startswith("''", at) and char == "'":
            stop = at + 2
        out.char(char, at, stop)
        at, index = stop, index + 1
    return out.build()
