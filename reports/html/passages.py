"""Quotes in the words around them, as a reader of the article sees these: no markup, with the headings above."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import msgspec

from audit.model import Quote
from claims.article import Article, Block, Part
from claims.model import Claim
from reports.html.plain import cut
from reports.html.record import Audit

Place: TypeAlias = Claim | Quote
Spot: TypeAlias = tuple[str, int, int]
"""Path, start and end in the source."""

AROUND = 60
"""Characters shown on each side of a quote, fewer where a sentence begins or ends."""
LONGEST = 400
"""Characters of a quote that are shown; what is cut out is its middle."""
LABEL = 40
"""Characters shown of a heading."""

LITTLE = 16
"""A block of fewer characters is shown with what stands around it."""
NEAR = 2
"""So many blocks before it."""
BETWEEN = " ¶ "

_ENDS = "。！？；!?;\n"


class Piece(msgspec.Struct, frozen=True):
    """Some words, and whether they are quoted."""

    text: str
    mark: bool = False


class Passage(msgspec.Struct, frozen=True):
    """A quote in context. `trail` are what stands above it: headings, outermost first, then its row's and column's."""

    pieces: tuple[Piece, ...]
    trail: tuple[str, ...] = ()


def spot_of(place: Place) -> Spot:
    return (place.path, place.start, place.end)


def passages(places: Iterable[Place], audit: Audit) -> Mapping[Spot, Passage]:
    """The passage of every place. One whose article is not at hand, or is no article, is shown from its source line."""
    wanted: dict[str, dict[Spot, Place]] = defaultdict(dict)
    for place in places:
        wanted[place.path][spot_of(place)] = place
    found: dict[Spot, Passage] = {}
    for article in audit.read(sorted(wanted)):
        for spot in wanted[article.path]:
            one = passage(article, spot[1], spot[2])
            if one is not None:
                found[spot] = one
    for path, spots in wanted.items():
        for spot, place in spots.items():
            if spot not in found:
                found[spot] = _of_source(audit.sources(path), place)
    return found


def passage(article: Article, start: int, end: int) -> Passage | None:
    """The words of an article at `source[start:end]`; None where no block of it shows them."""
    for part in article.parts:
        hits = [(block, span) for block in part.blocks if (span := shown_span(block, start, end))]
        if hits:
            pieces = (*_above(part, hits[0][0]), *_pieces(hits), *_below(part, hits[-1][0]))
            return Passage(tuple(p for p in pieces if p.text), _trail(part, hits[0][0]))
    return None


def _above(part: Part, block: Block) -> Iterator[Piece]:
    """What stands before a block that says too little alone (300元): the last words of the blocks before it."""
    if len(block.text.chars) >= LITTLE or block.kind == "cell":
        return
    n = part.blocks.index(block)
    near = [b for b in part.blocks[max(0, n - NEAR) : n] if b.kind not in ("title", "heading", "cell")]
    for one in near:
        text = one.text.chars.strip()
        yield Piece(("…" + text[-LABEL:] if len(text) > LABEL else text) + BETWEEN)


def _below(part: Part, block: Block) -> Iterator[Piece]:
    if len(block.text.chars) >= LITTLE or block.kind == "cell":
        return
    n = part.blocks.index(block) + 1
    if n < len(part.blocks) and part.blocks[n].kind not in ("title", "heading", "cell"):
        yield Piece(BETWEEN + cut(part.blocks[n].text.chars.strip(), LABEL))


def shown_span(block: Block, start: int, end: int) -> tuple[int, int] | None:
    """Which characters of a block stand at `source[start:end]`, as a range; None where none do."""
    text = block.text
    if not text.chars or text.starts[0] >= end or text.ends[-1] <= start:
        return None
    first, last = bisect_right(text.ends, start), bisect_left(text.starts, end)
    return (first, last) if first < last else None


def _pieces(hits: list[tuple[Block, tuple[int, int]]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for n, (block, (first, last)) in enumerate(hits):
        chars = block.text.chars
        if n:
            pieces.append(Piece(" ／ " if block.kind == "cell" else BETWEEN))
        if n == 0:
            pieces.append(Piece(_before(chars, first)))
        pieces += _quoted(chars[first:last])
        if n == len(hits) - 1:
            pieces.append(Piece(_after(chars, last)))
    return tuple(pieces)


def _quoted(text: str) -> list[Piece]:
    if len(text) <= LONGEST:
        return [Piece(text, True)]
    half = LONGEST // 2
    return [Piece(text[:half], True), Piece(" … "), Piece(text[-half:], True)]


def _before(chars: str, at: int) -> str:
    """The sentence up to `at`, with the one before it where there is room."""
    low = max(0, at - AROUND)
    text = chars[low:at]
    if low == 0:
        return text
    cut_at = next((i for i, c in enumerate(text[:-1]) if c in _ENDS), -1)
    return text[cut_at + 1 :] if cut_at >= 0 else "…" + text


def _after(chars: str, at: int) -> str:
    high = min(len(chars), at + AROUND)
    text = chars[at:high]
    if high == len(chars):
        return text
    cut_at = max((i for i, c in enumerate(text) if c in _ENDS), default=-1)
    return text[: cut_at + 1] if cut_at >= 0 else text + "…"


def _trail(part: Part, block: Block) -> tuple[str, ...]:
    above = list(block.headings)
    if block.cell is not None:
        above += [*block.cell.row_headers, *block.cell.column_headers]
    texts = (part.blocks[i].text.chars.strip() for i in dict.fromkeys(above) if i != part.title)
    return tuple(cut(text, LABEL) for text in texts if text)


def _of_source(source: str | None, place: Place) -> Passage:
    if source is None or source[place.start : place.end] != place.quote:
        return Passage(tuple(_quoted(place.quote)))
    line = max(source.rfind("\n", 0, place.start), source.rfind("\r", 0, place.start)) + 1
    stop = min((i for i in (source.find(c, place.end) for c in "\r\n") if i >= 0), default=len(source))
    pieces = [
        Piece(_before(source[line : place.start], place.start - line)),
        *_quoted(place.quote),
        Piece(_after(source[place.end : stop], 0)),
    ]
    return Passage(tuple(p for p in pieces if p.text))
