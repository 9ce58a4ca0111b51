"""Texts changed word by word, so that what comes of it is mostly still Chinese, Markdown, YAML."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

_WIDE = {**{chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F)}, " ": "\u3000"}
_WIDTHS = str.maketrans(_WIDE | {wide: narrow for narrow, wide in _WIDE.items()})
_TIMES = (2, 2, 3, 5, 17, 60, 300)


def mutated(data: bytes, most: int, chance: Random, words: Sequence[str], others: Sequence[str] = ()) -> bytes:
    """`data` changed in a few places, at most `most` bytes long. `words` and pieces of `others` may come into it. Bytes
    that are no UTF-8 stay what they are."""
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5, 9))):
        text = _changed(text, chance, words, others)[: most + 1]
    changed = text.encode("utf-8", "surrogateescape")
    while len(changed) > most:
        text = text[: len(text) - max(1, (len(changed) - most) // 3)]
        changed = text.encode("utf-8", "surrogateescape")
    return changed


def _changed(text: str, chance: Random, words: Sequence[str], others: Sequence[str]) -> str:
    start, end = _span(text, chance)
    here = text[start:end]
    match chance.randrange(11):
        case 0 | 1 | 2:
            return text[:start] + chance.choice(words) + text[start:]
        case 3 | 4:
            return text[:start] + chance.choice(words) + text[end:]
        case 5:
            return text[:start] + text[end:]
        case 6:
            return text[:end] + here * chance.choice(_TIMES) + text[end:]
        case 7:
            at = chance.randint(0, len(text))
            return text[:at] + here + text[at:]
        case 8:
            return text[:start] + here.translate(_WIDTHS) + text[end:]
        case 9 if others:
            other = chance.choice(others)
            begin, stop = _span(other, chance)
            return text[:start] + other[begin:stop] + text[end:]
        case _:
            return (
                text[:start]
                + chr(chance.choice((chance.randrange(128), 0x4E00 + chance.randrange(0x5200))))
                + text[start + 1 :]
            )


def _span(text: str, chance: Random) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, min(len(text), start + chance.choice((0, 1, 1, 2, 3, 5, 8, 20, 80, 400)))
