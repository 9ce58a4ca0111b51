"""A ruling -> the text of its file, byte for byte the same each time; `audit.rulings.reading` makes the same ruling of
it, whatever words there are in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from audit.rulings.model import Rest, Ruling
from claims.facts import Fact
from claims.model import Bound, Choice, Flag, Measure, Scope, SetOf
from claims.wording import Tongues, said

_PLAIN = re.compile(r"[^\W\d_][\w、，。；“”‘’《》（）！？：…—·％/.-]*(?: [\w、，。；“”‘’《》（）！？：…—·％/.-]+)*\Z")
"""What needs no quotes in YAML, in block or flow: begins with a letter, and has no sign that means anything there."""

_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""What YAML 1.1 or 1.2 takes for something else than text."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def ruling_text(ruling: Ruling, head: Sequence[str] = (), notes: Mapping[str, str] = {}) -> str:
    """The file. `head` are lines of comment above it, `notes` comments by key: above `claims`, above an item
    `claims.0`, beside any other."""
    lines = [f"# {_comment(line)}".rstrip() for line in head]
    for key, text in _entries(ruling):
        note = _comment(notes.get(key, ""))
        if key.startswith("claims"):
            indent = "  " if "." in key else ""
            lines += [f"{indent}# {note}"] if note else []
            lines += text.split("\n")
        else:
            lines.append(f"{text}  # {note}" if note else text)
    return "".join(f"{line}\n" for line in lines)


def same(one: Ruling, other: Ruling) -> bool:
    """Whether two rulings say the same, wherever their files have the lines of it."""
    return _bare(one) == _bare(other)


def _bare(ruling: Ruling) -> Ruling:
    rests = tuple(msgspec.structs.replace(rest, line=1) for rest in ruling.rests)
    return msgspec.structs.replace(ruling, rests=rests, lines={}, text="")


def _entries(ruling: Ruling) -> Iterator[tuple[str, str]]:
    """Each key with its lines, in the order of the docs."""
    if ruling.finding is not None:
        yield "finding", f"finding: {scalar(ruling.finding)}"
    yield "verdict", f"verdict: {ruling.verdict}"
    yield "reason", f"reason: {scalar(ruling.reason)}"
    yield "by", f"by: {scalar(ruling.by)}"
    yield "on", f"on: {scalar(ruling.on)}"
    if ruling.expires is not None:
        yield "expires", f"expires: {scalar(ruling.expires)}"
    if ruling.fact is not None:
        yield from _stands(ruling.fact)
    if ruling.rests:
        yield "claims", "claims:"
        for n, rest in enumerate(ruling.rests):
            yield f"claims.{n}", "\n".join(_rest(rest))


def _rest(rest: Rest) -> Iterator[str]:
    keys = [("id", rest.id), ("article", rest.article), ("quote", rest.quote)]
    written = [f"{key}: {scalar(text)}" for key, text in keys if text is not None]
    yield f"  - {written[0]}"
    yield from (f"    {line}" for line in written[1:])


def _stands(fact: Fact) -> Iterator[tuple[str, str]]:
    yield "topic", f"topic: {fact.topic}"
    yield "value", f"value: {_value(fact)}"
    if fact.quantifier != "all":
        yield "quantifier", f"quantifier: {fact.quantifier}"
    if fact.scope:
        yield "scope", f"scope: {_scope(fact.scope)}"
    if fact.except_:
        yield "except", f"except: {_scope(fact.except_)}"
    for key, day in (("since", fact.since), ("until", fact.until)):
        if day is not None:
            yield key, f"{key}: {scalar(day)}"
    source = [("issuer", fact.source.issuer), ("published", fact.source.published)]
    written = [f"  {key}: {scalar(text)}" for key, text in source if text]
    yield "source", "\n".join(["source:", f"  document: {scalar(fact.source.document)}", *written])
    if fact.note:
        yield "note", f"note: {_tongues(fact.note)}"


def _tongues(words: Tongues) -> str:
    if [language for language, _ in words] == [""]:
        return scalar(said(words, "", ""))
    return _flow((language, scalar(text)) for language, text in words)


def _value(fact: Fact) -> str:
    value = fact.value
    if isinstance(value, Flag):
        return _flow([("holds", "true" if value.holds else "false")])
    if isinstance(value, Choice):
        return _flow([("is", scalar(value.is_))])
    if isinstance(value, SetOf):
        return _flow([("mode", value.mode), ("members", _list(value.members))])
    return _flow((key, _bound(bound)) for key, bound in _bounds(value))


def _bounds(value: Measure) -> Iterator[tuple[str, Bound]]:
    for key, bound in (("low", value.low), ("high", value.high)):
        if bound is not None:
            yield key, bound


def _bound(bound: Bound) -> str:
    return format(bound, "f") if isinstance(bound, Decimal) else scalar(str(bound))


def _scope(scope: Scope) -> str:
    return _flow((facet, _list(members)) for facet, members in scope.facets)


def _list(members: Sequence[str]) -> str:
    return "[" + ", ".join(map(scalar, members)) + "]"


def _flow(pairs: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{scalar(key)}: {text}" for key, text in pairs) + "}"


# Text.


def scalar(text: str) -> str:
    """A text as a YAML scalar on one line: as it is where that is safe, else in double quotes."""
    if _DAY.match(text) or (_PLAIN.match(text) and text.lower() not in _WORDS):
        return text
    return '"' + "".join(map(_quoted, text)) + '"'


def _quoted(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char == "\n":
        return "\\n"
    if char == "\t":
        return "\\t"
    if unicodedata.category(char) in _HIDDEN:
        code = ord(char)
        return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
    return char


def _comment(text: str) -> str:
    """A text as one line of a comment."""
    return " ".join("".join(" " if unicodedata.category(c) in _HIDDEN else c for c in text).split())
