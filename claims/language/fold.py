"""Folding: one spelling for what readers see as the same, with the way back to every character.

Full-width forms become half-width (Unicode NFKC for the compatibility forms that occur in prose), spaces and quotation
marks go, Latin letters are lowered. So 「２０２５ 年」 and "2025年" are one string to all later stages.
"""

from __future__ import annotations

import unicodedata

import msgspec

QUOTES = frozenset("\"'“”‘’「」『』《》〈〉`*")
SPACES = frozenset(" \t\r\u00a0\u3000\u200b\u200c\u200d\ufeff\u2002\u2003\u2009")
_KEEP = frozenset("。、…—·①②③④⑤⑥⑦⑧⑨⑩⑪⑫㎡㎞㎢㎝℃½")
_ALIASES = {"﹑": "、", "｡": "。", "～": "-", "〜": "-", "~": "-", "–": "-", "－": "-", "−": "-", "﹣": "-", "】": "]",
            "【": "[", "〔": "(", "〕": ")", "；": ";", "：": ":", "，": ",", "？": "?", "！": "!"}  # fmt: skip


class Folded(msgspec.Struct, frozen=True):
    """`chars[i]` stands at index `origin[i]` of the text that was folded. `gaps` are the indices of `chars` before
    which spaces were left out; `quoted` are the spans of `chars` (end exclusive) that stood between quotation marks."""

    chars: str
    origin: tuple[int, ...]
    gaps: frozenset[int]
    quoted: tuple[tuple[int, int], ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span of the unfolded text that covers `chars[start:end]` (start < end)."""
        return self.origin[start], self.origin[end - 1] + 1


class _Spelling(dict[int, str | None]):
    """Code points -> what they become, None where they go; looked up once each."""

    def __missing__(self, point: int) -> str | None:
        known = self[point] = _fold_char(chr(point)) or None
        return known


_SPELLING = _Spelling()


def _fold_char(c: str) -> str:
    """What one character becomes; empty where it goes."""
    if c in SPACES or c in QUOTES:
        return ""
    if c in _ALIASES:
        return _ALIASES[c]
    if c in _KEEP:
        return c
    # A character that becomes several (㍿, ⅔) keeps its first: the map back stays one to one.
    first = unicodedata.normalize("NFKC", c).lower()[0]
    # What a wide form stands for may itself go, or be said otherwise: ＂ and ｢ are quotation marks.
    return _fold_char(first) if first != c else c


_OPENING = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "｢": "｣", '"': '"', "＂": "＂"}


def fold(text: str) -> Folded:
    """Fold `text`. Linear; never raises."""
    new = text.translate(_SPELLING)
    if len(new) == len(text):
        return Folded(new, tuple(range(len(text))), frozenset(), ())
    chars: list[str] = []
    origin: list[int] = []
    gaps: set[int] = set()
    quoted: list[tuple[int, int]] = []
    closing = ""
    opened = 0
    for i, c in enumerate(text):
        if c == closing:
            if opened < len(chars):
                quoted.append((opened, len(chars)))
            closing = ""
        elif not closing and c in _OPENING:
            closing, opened = _OPENING[c], len(chars)
        kept = _SPELLING[ord(c)]
        if kept:
            chars.append(kept)
            origin.append(i)
        elif c in SPACES:
            gaps.add(len(chars))
    return Folded("".join(chars), tuple(origin), frozenset(gaps), tuple(quoted))
