"""Edits of a ruling's file, text -> text: another day, other words of a claim, a claim less.

The parser's marks say where a value stands, and only its characters are replaced: comments, order, quotes, indentation
and line ends of all the rest are not even looked at. Every result is read back and says what was meant, or there is an
EditError and no result.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import yaml

from claims.domain_files import Key, load_text
from claims.errors import KoujingError
from claims.readers.lines import LINE_END

_COMMA = re.compile(r"\s*,[ \t]*")
_REST = re.compile(r"[ \t]*,?[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)")
"""What may stand behind an entry that has its lines for itself."""

_BOM = "\ufeff"


class EditError(KoujingError):
    """A file is written in a way that this cannot change without changing more than it should."""


def with_expiry(text: str, day: str) -> str:
    """The file with another last day of effect; it must have one. Raises EditError."""
    return _replaced(text, ("expires",), day)


def with_words(text: str, changes: Mapping[int, Mapping[str, str]]) -> str:
    """The file with other words: by the number of the entry under `claims`, by its key (`id`, `article`, `quote`),
    which must be there. Raises EditError."""
    for n, entry in changes.items():
        for key, value in entry.items():
            text = _replaced(text, ("claims", n, key), value)
    return text


def without_claims(text: str, numbers: Collection[int]) -> str:
    """The file without some entries of `claims`, of which at least one must be left. Raises EditError."""
    for n in sorted(numbers, reverse=True):
        text = _without(text, n)
    return text


def _replaced(text: str, keys: Sequence[Key], value: str) -> str:
    """One value changed, written as the old one was (plain, in quotes) where that can be."""
    bom, text = _parted(text)
    data, node = _load(text), _node(text, keys)
    if not isinstance(node, yaml.ScalarNode):
        raise EditError(f"`{keys[-1]}` is not a text")
    within: Any = data
    for key in keys[:-1]:
        within = within[key]
    if within[keys[-1]] == value:
        return bom + text
    within[keys[-1]] = value
    start, end = node.start_mark.index, _end(text, node)
    for form in _forms(value, node.style):
        new = text[:start] + form + text[end:]
        if _reads(new, data):
            return bom + new
    raise EditError(f"`{keys[-1]}` cannot be changed in place")


def _forms(value: str, style: str | None) -> Iterator[str]:
    """A text as YAML, the style of what it replaces first."""
    if style not in ("'", '"'):
        yield value
    if style != '"':
        yield "'" + value.replace("'", "''") + "'"
    yield yaml.safe_dump(value, default_style='"', allow_unicode=True, width=1_000_000).rstrip("\n")


def _without(text: str, n: int) -> str:
    bom, text = _parted(text)
    data, claims = _load(text), _node(text, ("claims",))
    if not isinstance(claims, yaml.SequenceNode) or len(claims.value) < 2:
        raise EditError("`claims` would be empty")
    del data["claims"][n]
    start, end = _in_flow(text, claims.value, n) if claims.flow_style else _in_block(text, claims.value[n])
    new = text[:start] + text[end:]
    if not _reads(new, data):
        raise EditError(f"entry {n + 1} of `claims` cannot be taken out in place")
    return bom + new


def _in_block(text: str, item: yaml.Node) -> tuple[int, int]:
    """The lines of an entry, from its dash on, with the comments that stand on them."""
    begun = item.start_mark.index
    dashes = [
        token.start_mark.index for token in yaml.scan(text, Loader=yaml.SafeLoader)
        if isinstance(token, yaml.BlockEntryToken) and token.start_mark.index <= begun
    ]  # fmt: skip
    return _line_start(text, dashes[-1]), _line_end(text, _end(text, item))


def _in_flow(text: str, items: Sequence[yaml.Node], n: int) -> tuple[int, int]:
    """An entry between brackets with its comma, where it has lines of its own the whole of them; other entries keep the
    comments behind them."""
    start, end = items[n].start_mark.index, _end(text, items[n])
    rest = _REST.match(text, end)
    if rest and not text[_line_start(text, start) : start].strip():
        return _line_start(text, start), rest.end()
    if n + 1 == len(items):
        before = _end(text, items[n - 1])
        return (start if "#" in text[before:start] else before), end
    comma = _COMMA.match(text, end)
    return start, comma.end() if comma else end


def _end(text: str, node: yaml.Node) -> int:
    """Where the last character of a value stands. Marks of blocks lie beyond the blanks that follow."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return max(_end(text, value) for _, value in node.value)
    start = node.start_mark.index
    return int(start + len(text[start : node.end_mark.index].rstrip()))


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_end(text: str, at: int) -> int:
    found = LINE_END.search(text, at)
    return found.end() if found else len(text)


def _node(text: str, keys: Sequence[Key]) -> yaml.Node:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == key), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
        else:
            node = None
        if node is None:
            raise EditError(f"there is no `{key}` to change")
    assert node is not None
    return node


def _parted(text: str) -> tuple[str, str]:
    """A byte order mark, and the text that it stands before."""
    return (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)


def _load(text: str) -> Any:
    try:
        return load_text(text)
    except yaml.YAMLError as e:
        raise EditError("is not valid YAML") from e


def _reads(text: str, data: Any) -> bool:
    try:
        return bool(load_text(text) == data)
    except yaml.YAMLError:
        return False
