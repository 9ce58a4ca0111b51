"""Examples (例如…, (如…)) and the rule that each follows."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from audit.linters.later import later
from audit.linters.page import Page, Piece, words
from claims.reading import BlockReading

_MARK = later(
    r"(?:例如|比如说?|譬如|举个例子|举例来?说?|打个比方|假如|假设|以.{1,12}为例|拿[^,。;:]{1,10}(?:来说|来讲|举例|打比方|做例子|当例子|说事)|举例|(?<![\u4e00-\u9fff])例)[,:：]?|(?<=\()如(?!果|下|何|上)|(?<=[,。;])如(?=[小老张李王赵刘陈某]|一[名位]|职工|参保人)"
)
_GOES_ON = later(r"那么?|则|他|她|小|老|这|可|实际|按|报销|自付|最终|结果|因此")


class Illustration(msgspec.Struct, frozen=True):
    """A rule and its example, each a piece of a block; the example begins after its marker."""

    rule: Piece
    example: Piece

    @property
    def said(self) -> str:
        return words(self.rule)

    @property
    def shown(self) -> str:
        return words(self.example)


def illustrations(page: Page, sentences: int = 2) -> Iterator[Illustration]:
    """Every example with what stands before it: in its sentence, and at most so many sentences before that; where it
    opens a block, the block before. One in brackets ends with them, any other with its paragraph."""
    for block in page.blocks:
        if block.block.kind in ("title", "heading"):
            continue
        text = block.folded.chars
        for m in _MARK.finditer(text):
            start = _rule_start(block, m.start(), sentences)
            if m.start() and text[m.start() - 1] == "(":
                end = text.find(")", m.end())
                end = end if end > 0 else len(text)
                rule = (block, start, m.start() - 1)
            else:
                end = _example_end(block, m.end())
                rule = (block, start, m.start())
            while rule[2] > rule[1] and text[rule[2] - 1] in "。,;:(\n":
                rule = (block, rule[1], rule[2] - 1)
            if rule[2] <= rule[1]:
                before = _before(page, block)
                if before is None:
                    continue
                rule = (before, 0, len(before.folded.chars))
            while end > m.end() and text[end - 1] in "。;,":
                end -= 1
            if end > m.end():
                yield Illustration(rule, (block, m.end(), end))


def _rule_start(block: BlockReading, at: int, sentences: int) -> int:
    """Where the rule of an example at `at` begins: some sentences back, not over a line's end or another example."""
    text = block.folded.chars
    spans = [s.sentence for s in block.spans if s.sentence.start < at]
    kept = spans[-(sentences + 1) :]
    start = kept[0].start if kept else at
    line = text.rfind("\n", 0, at) + 1
    return max(start, line)


def _example_end(block: BlockReading, at: int) -> int:
    """An example takes its sentence, and the next one where that goes on with its figures (那么…, 则…, 他…)."""
    spans = [s.sentence for s in block.spans]
    n = next((i for i, s in enumerate(spans) if s.start <= at < s.end or s.start >= at), None)
    if n is None:
        return len(block.folded.chars)
    end = spans[n].end
    for following in spans[n + 1 : n + 3]:
        if not _GOES_ON.match(block.folded.chars, following.start):
            break
        end = following.end
    return end


def _before(page: Page, block: BlockReading) -> BlockReading | None:
    """The block that one which opens with an example goes with: the item or paragraph before, or its stem."""
    before = page.blocks[block.index - 1] if block.index else None
    sibling = before is not None and before.block.list_id == block.block.list_id and before.block.kind == "list_item"
    if block.block.stem is not None and not sibling:
        return page.blocks[block.block.stem]
    if before is None:
        return None
    return before if before.block.kind in ("paragraph", "list_item", "definition") else None
