"""What a part asserts, clause by clause; when it was written; the places that its words stand in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import msgspec

from audit.linters.page import Page, Piece
from claims.labels import misbelief_label, question_label
from claims.language.clauses import Clause
from claims.language.grammar import Grammar
from claims.reading import BlockReading, Span, is_question


class Assertion(msgspec.Struct, frozen=True):
    """A clause of a sentence: number `at` of `span`, in `block`."""

    block: BlockReading
    span: Span
    at: int

    @property
    def clause(self) -> Clause:
        return self.span.sentence.clauses[self.at]

    @property
    def grammar(self) -> Grammar:
        return self.span.grammars[self.at]

    @property
    def words(self) -> str:
        return self.block.folded.chars[self.clause.start : self.clause.end]

    @property
    def piece(self) -> Piece:
        return self.block, self.clause.start, self.clause.end


def assertions(page: Page) -> tuple[Assertion, ...]:
    """Every clause that the part itself says: no title or heading, no question, nobody's belief."""
    if "assertions" not in page.kept:
        page.kept["assertions"] = tuple(_assertions(page))
    return cast("tuple[Assertion, ...]", page.kept["assertions"])


def _assertions(page: Page) -> Iterator[Assertion]:
    for block in page.blocks:
        if block.block.kind in ("title", "heading", "term"):
            continue
        for span in block.spans:
            if is_question(span, block.folded.chars) or _quoted_label(block, span):
                continue
            for at, clause in enumerate(span.sentence.clauses):
                asked = span.grammars[at].asks and not span.grammars[at].need_not
                if not asked and not believed(page, block, clause):
                    yield Assertion(block, span, at)


def believed(page: Page, block: BlockReading, clause: Clause) -> bool:
    """Whether a clause tells somebody's belief, denied or not."""
    told = page.reading.believed
    return bool(told) and clause in told[block.index]


def _quoted_label(block: BlockReading, span: Span) -> bool:
    text = block.folded.chars[span.sentence.start : span.sentence.end]
    return question_label(text) or misbelief_label(text)


def written(page: Page) -> str | None:
    """The day that the part was written (ISO), where that is known."""
    return page.reading.part.date if page.is_teaser else page.article.date


def sentence_before(page: Page, block: BlockReading, span: Span) -> tuple[BlockReading, Span] | None:
    """The sentence before one, in its block or at the end of the block before."""
    n = block.spans.index(span)
    if n:
        return block, block.spans[n - 1]
    if block.index and page.blocks[block.index - 1].spans:
        before = page.blocks[block.index - 1]
        return before, before.spans[-1]
    return None


def sentence_after(block: BlockReading, span: Span) -> Span | None:
    """The sentence after one, in its block."""
    n = block.spans.index(span)
    return block.spans[n + 1] if n + 1 < len(block.spans) else None
