"""What a linter gets to see: one part of an article, read, with its claims; and how it says what it found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

import msgspec

from audit.dated import END
from audit.model import Defect, DefectCode, Quote, Reason
from claims.article import Article
from claims.context import PartReading
from claims.domain import Domain
from claims.language.clauses import Sentence
from claims.model import Claim, part_name
from claims.readers.lines import locate
from claims.reading import BlockReading, Span

Piece: TypeAlias = tuple[BlockReading, int, int]
"""A block and a span `[start, end)` of its folded text (start < end)."""


LONGEST_SENTENCE = 2000
"""Characters."""


class Remark(msgspec.Struct, frozen=True):
    """What a linter's support modules found: the parts of a defect, not yet quoted."""

    stated: Piece
    refuted: Piece | tuple[Piece, ...]
    reason: str
    args: tuple[tuple[str, str], ...] = ()


def remark(stated: Piece, refuted: Piece | Sequence[Piece], /, *, reason: str, **args: str) -> Remark:
    several = refuted if isinstance(refuted[0], BlockReading) else tuple(refuted)
    return Remark(stated, several, reason, tuple(sorted(args.items())))  # type: ignore[arg-type]


class Page(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A part of an article (`main`, or a teaser), as read with the words of `domain`.

    `claims` are those of this part, of every domain. `today` is ISO: the end of time, for what has gone by on a day is
    judged later (`audit/dated.py`), as are the `stale_days` after which a figure is stale. Offsets that linters work
    with are into `block.folded.chars`; `piece` and `between` make the quotes of them.
    """

    article: Article
    reading: PartReading
    claims: tuple[Claim, ...]
    today: str = END
    stale_days: int = 0
    domain: Domain

    @property
    def blocks(self) -> tuple[BlockReading, ...]:
        return self.reading.blocks

    @property
    def name(self) -> str:
        """As claims name their article: the path, for a teaser PAGE#teaser-N."""
        return part_name(self.article.path, self.reading.part.name)

    @property
    def key(self) -> str:
        """What the part is known by, in every run: the article's id, else its path."""
        return part_name(self.article.id or self.article.path, self.reading.part.name)

    @property
    def is_teaser(self) -> bool:
        return self.reading.part.name != "main"

    @property
    def title(self) -> BlockReading | None:
        at = self.reading.part.title
        return None if at is None else self.blocks[at]

    @cached_property
    def kept(self) -> dict[str, object]:
        """What several linters ask for, worked out once: by the name of what works it out."""
        return {}

    @cached_property
    def items_below(self) -> Mapping[int, tuple[BlockReading, ...]]:
        """By the number of a block: the list items that it introduces."""
        found: dict[int, list[BlockReading]] = {}
        for block in self.blocks:
            if block.block.stem is not None and block.block.kind == "list_item":
                found.setdefault(block.block.stem, []).append(block)
        return {stem: tuple(items) for stem, items in found.items()}

    def headings(self, block: BlockReading) -> tuple[BlockReading, ...]:
        """The headings above a block, outermost first."""
        return tuple(self.blocks[i] for i in block.block.headings)

    def stem(self, block: BlockReading) -> BlockReading | None:
        """What introduces the list that a block is an item of."""
        return None if block.block.stem is None else self.blocks[block.block.stem]

    def quote(self, piece: Piece) -> Quote:
        """The words of a piece as they stand in the source."""
        return self.between(piece, piece)

    def between(self, first: Piece, last: Piece) -> Quote:
        """All the source from the beginning of one piece to the end of another."""
        start, end = _source(first)[0], _source(last)[1]
        line, column = locate(self.article.line_starts, start)
        return Quote(self.name, start, end, line, column, self.article.source[start:end])

    def of_claim(self, claim: Claim) -> Quote:
        """The words that a claim was read from."""
        return Quote(claim.article, claim.start, claim.end, claim.line, claim.column, claim.quote)

    def defect(
        self,
        code: DefectCode,
        stated: Piece | Quote | Sequence[Piece | Quote],
        refuted: Piece | Quote | Sequence[Piece | Quote],
        /,
        *,
        reason: str | None = None,
        topic: str | None = None,
        **args: object,
    ) -> Defect:
        """A defect: the words that state something, the words that refute it, and why, as a code of
        reports.wording.defects (the defect's own unless given) with what fills its blanks."""
        return Defect(
            code=code,
            key=self.key,
            topic=topic,
            stated=self._quotes(stated),
            refuted=self._quotes(refuted),
            reason=Reason(reason or code, tuple((name, str(value)) for name, value in sorted(args.items()))),
        )

    def remarked(self, code: DefectCode, one: Remark) -> Defect:
        return self.defect(code, one.stated, one.refuted, reason=one.reason, **dict(one.args))

    def _quotes(self, found: Piece | Quote | Sequence[Piece | Quote]) -> tuple[Quote, ...]:
        if isinstance(found, Quote):
            return (found,)
        several = [found] if isinstance(found[0], BlockReading) else found
        quotes: Iterable[Quote] = (one if isinstance(one, Quote) else self.quote(one) for one in several)  # type: ignore[arg-type]
        return tuple(sorted(set(quotes), key=lambda q: (q.start, q.end)))


def _source(piece: Piece) -> tuple[int, int]:
    block, start, end = piece
    return block.block.text.span(*block.folded.back(start, end))


def whole(block: BlockReading) -> Piece:
    """All of a block."""
    return block, 0, len(block.folded.chars)


def words(piece: Piece) -> str:
    """The folded words of a piece."""
    block, start, end = piece
    return block.folded.chars[start:end]


def prose(block: BlockReading) -> tuple[Span, ...]:
    """The sentences of a block. What runs on without a stop for pages is none, and no linter spends time on it."""
    if len(block.folded.chars) <= LONGEST_SENTENCE:
        return block.spans
    return tuple(s for s in block.spans if s.sentence.end - s.sentence.start <= LONGEST_SENTENCE)


def sentence_at(block: BlockReading, at: int) -> Span | None:
    """The sentence that a place of a block lies in."""
    return next((s for s in block.spans if s.sentence.start <= at < s.sentence.end), None)


def text_of(block: BlockReading, sentence: Sentence) -> str:
    return block.folded.chars[sentence.start : sentence.end]
