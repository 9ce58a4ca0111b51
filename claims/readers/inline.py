"""Markdown's inline markup taken off, with the place of every remaining character.

Own and not markdown-it's, for two reasons: its inline tokens carry no positions, and by its rules for emphasis
`**医保。**共济` stays as it is typed, because Chinese puts no space after a full stop. Time grows linearly with the
text.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from claims.article import Text
from claims.readers.text import TextBuilder, stripped
from claims.readers.wrapping import joint, meant_breaks

_SPECIAL = re.compile(r"[\\`<&!\[\]*_~\n]")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_BACKTICKS = re.compile("`+")
_RUN = re.compile(r"\*+|_+|~+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\x00-\x20]*|[^\s<>@]{1,64}@[^\s<>@]{1,255})>")
_ATTRIBUTE = r"(?>\s+[A-Za-z_:][\w.:-]*+(?>\s*=\s*(?>[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?)"
_TAG = re.compile(
    rf"<(?:[A-Za-z][A-Za-z0-9-]*+{_ATTRIBUTE}*+\s*+/?|/[A-Za-z][A-Za-z0-9-]*+\s*+|\?[^>]*+|![A-Za-z][^>]*+)>"
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_DESTINATION = re.compile(
    r"\(\s*+(?:<[^<>\n]*+>|(?:[^\s()]++|\([^\s()]*+\))*+)"
    r"(?:\s++(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?\s*+\)"
)
_LABEL = re.compile(r"\[([^\[\]]{0,999}+)\]")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,80}\]:?")


def plain(raw: Text, is_reference: Callable[[str], bool] = lambda label: False) -> Text:
    """The text that a reader of the rendered page sees.

    `raw` is inline Markdown with its places; `is_reference` says whether a label such as `注1` is defined as a link.
    Image descriptions, comments and tags are left out, `<br>` is a newline, an escape or an entity is one character
    over all of its source. White space round newlines and at both ends is taken off; the newlines of a wrapped
    paragraph go.
    """
    return _Scanner(raw, is_reference).run()


@dataclass(frozen=True, slots=True)
class _Run:
    """Signs of emphasis: their place in the output, and what the characters round them allow."""

    place: int
    signs: str
    opens: bool
    closes: bool


class _Scanner:
    def __init__(self, raw: Text, is_reference: Callable[[str], bool]) -> None:
        self.raw = raw
        self.chars = raw.chars
        self.is_reference = is_reference
        self.out = TextBuilder()
        self.skips: dict[int, int] = {}  # at a link's closing bracket: where its destination ends
        self.runs: list[_Run] = []  # of emphasis signs, which stand in `out` until all are known
        self.brackets = _brackets(self.chars) if "[" in self.chars else {}
        self.ticks: dict[int, list[int]] = {}
        for run in _BACKTICKS.finditer(self.chars):
            self.ticks.setdefault(run.end() - run.start(), []).append(run.start())
        self.meant = meant_breaks(self.chars) if "\n" in self.chars else frozenset[int]()
        self.comments_end = True  # until a search has shown that no further comment is closed

    def run(self) -> Text:
        at = 0
        while at < len(self.chars):
            special = _SPECIAL.search(self.chars, at)
            stop = special.start() if special else len(self.chars)
            self.out.copy(self.raw, at, stop)
            at = self._special(stop) if special else stop
        return stripped(_without_emphasis(self.out, self.runs))

    def _special(self, at: int) -> int:
        """Reads one sign at `at` and returns where to go on."""
        sign = self.chars[at]
        if sign in "*_~":
            return self._emphasis(at)
        if sign == "\n":
            return self._newline(at)
        if sign == "\\":
            return self._escape(at)
        if sign == "`":
            return self._code(at)
        if sign == "<":
            return self._angle(at)
        if sign == "&":
            return self._entity(at)
        return self._bracket(at)

    def _keep(self, at: int, count: int = 1) -> int:
        self.out.copy(self.raw, at, at + count)
        return at + count

    def _replace(self, char: str, start: int, end: int) -> int:
        self.out.char(char, self.raw.starts[start], self.raw.ends[end - 1])
        return end

    def _newline(self, at: int) -> int:
        out = self.out
        while out.chars and out.chars[-1] in " \t":
            out.chars.pop()
            out.starts.pop()
            out.ends.pop()
        end = at + 1
        while end < len(self.chars) and self.chars[end] in " \t\u3000":
            end += 1
        if at in self.meant:
            self._keep(at)
        elif out.chars and joint(out.chars[-1], self.chars[end : end + 1]):
            self._replace(" ", at, at + 1)
        return end

    def _escape(self, at: int) -> int:
        following = self.chars[at + 1 : at + 2]
        if following == "\n":
            return at + 1
        if following and following in _PUNCTUATION:
            return self._replace(following, at, at + 2)
        return self._keep(at)

    def _code(self, at: int) -> int:
        run = _BACKTICKS.match(self.chars, at)
        assert run is not None
        size = run.end() - at
        same = self.ticks.get(size, [])
        closing = bisect_left(same, run.end())
        if closing == len(same):
            return self._keep(at, size)
        start, end = run.end(), same[closing]
        inside = self.chars[start:end]
        if inside.startswith(" ") and inside.endswith(" ") and inside.strip():
            start, end = start + 1, end - 1
        self._keep(start, end - start)
        return same[closing] + size

    def _angle(self, at: int) -> int:
        if self.chars.startswith("<!--", at):
            end = self.chars.find("-->", at + 4) if self.comments_end else -1
            if end >= 0:
                return end + 3
            self.comments_end = False
            return self._keep(at)
        link = _AUTOLINK.match(self.chars, at)
        if link:
            self._keep(link.start(1), link.end(1) - link.start(1))
            return link.end()
        line_break = _BREAK.match(self.chars, at)
        if line_break:
            # The newline of the source after <br> is the same break.
            if self.chars.startswith("\n", line_break.end()):
                return line_break.end()
            return self._replace("\n", at, line_break.end())
        tag = _TAG.match(self.chars, at)
        return tag.end() if tag else self._keep(at)

    def _entity(self, at: int) -> int:
        entity = _ENTITY.match(self.chars, at)
        text = html.unescape(entity.group()) if entity else ""
        if entity is None or text == entity.group():
            return self._keep(at)
        for char in text:
            self._replace(char, at, entity.end())
        return entity.end()

    def _bracket(self, at: int) -> int:
        if at in self.skips:
            return self.skips[at]
        is_image = self.chars.startswith("![", at)
        opening = at + 1 if is_image else at
        footnote = _FOOTNOTE.match(self.chars, opening)
        if footnote:
            return footnote.end()
        closing = self.brackets.get(opening) if self.chars[opening : opening + 1] == "[" else None
        if closing is None:
            return self._keep(at)
        end = self._link_end(opening, closing)
        if end is None:
            return self._keep(at)
        if is_image:
            return end
        self.skips[closing] = end
        return opening + 1

    def _link_end(self, opening: int, closing: int) -> int | None:
        """Where the link that begins with `[` at `opening` ends; None where it is no link."""
        destination = _DESTINATION.match(self.chars, closing + 1)
        if destination:
            return destination.end()
        label = _LABEL.match(self.chars, closing + 1)
        if label and self.is_reference(label.group(1) or self.chars[opening + 1 : closing]):
            return label.end()
        if closing - opening <= 1000 and self.is_reference(self.chars[opening + 1 : closing]):
            return closing + 1
        return None

    def _emphasis(self, at: int) -> int:
        run = _RUN.match(self.chars, at)
        assert run is not None
        opens, closes = _flanks(run.group(), self.chars[max(0, at - 1) : at], self.chars[run.end() : run.end() + 1])
        self.runs.append(_Run(len(self.out.chars), run.group(), opens, closes))
        return self._keep(at, run.end() - at)


def _brackets(chars: str) -> dict[int, int]:
    """The closing bracket of every opening one, escaped ones apart."""
    pairs: dict[int, int] = {}
    open_at: list[int] = []
    at = 0
    while at < len(chars):
        if chars[at] == "\\":
            at += 1
        elif chars[at] == "[":
            open_at.append(at)
        elif chars[at] == "]" and open_at:
            pairs[open_at.pop()] = at
        at += 1
    return pairs


def _without_emphasis(out: TextBuilder, runs: list[_Run]) -> Text:
    """The text without the signs of emphasis that pair up."""
    text = out.build()
    dropped = {run.place: count for run, count in zip(runs, _paired(runs), strict=True) if count}
    if not dropped:
        return text
    kept = TextBuilder()
    at = 0
    for place, count in dropped.items():
        kept.copy(text, at, place)
        at = place + count
    kept.copy(text, at, len(text.chars))
    return kept.build()


def _paired(runs: list[_Run]) -> list[int]:
    """How many signs of each run have a partner."""
    paired = [0] * len(runs)
    waiting: dict[str, list[int]] = {"*": [], "_": [], "~": []}
    for number, run in enumerate(runs):
        stack = waiting[run.signs[0]]
        while run.closes and stack and paired[number] < len(run.signs):
            other = stack[-1]
            used = min(len(run.signs) - paired[number], len(runs[other].signs) - paired[other])
            paired[other] += used
            paired[number] += used
            if paired[other] == len(runs[other].signs):
                stack.pop()
        if run.opens and paired[number] < len(run.signs):
            stack.append(number)
    return paired


def _flanks(signs: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a run may open and close emphasis, by the characters on both sides ('' at the ends of the text)."""
    sign, size = signs[0], len(signs)
    if size > 3 or (sign == "~" and size != 2):
        return False, False  # 138****0000
    opens, closes = bool(after.strip()), bool(before.strip())
    if sign == "_":
        return opens and not before.isalnum(), closes and not after.isalnum()
    if sign == "*" and size > 1:
        # Editors put spaces inside bold marks; two stars have no other use in prose.
        return True, True
    if sign == "*" and before.isdigit() and after.isdigit():
        return False, False  # 2*3
    return opens, closes
