"""Sections that only their numbers tell: the paragraphs 一、居民医保待遇 and (一)门诊。 where no heading is marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.reading import BlockReading, Span, is_question

_LEVELS = (
    re.compile(r"第[一二三四五六七八九十]{1,3}[章节部篇]|[一二三四五六七八九十]{1,3}、(?![一二三]、?[二三]?级)"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
)
"""How sections begin (folded), the wider first. 一、二级医院 begins none."""
_APPENDED = re.compile(r"附(?:件|表|则|录|注)?[一二三\d]?:|备?注:|联系|咨询|特此")
"""How a paragraph begins that ends them all (folded)."""
_LONGEST = 30
"""A longer paragraph is no label (folded characters)."""
_SENTENCE = 14
"""A longer sentence that ends in a full stop says something of its own (folded characters)."""


def numbered_label(span: Span, text: str) -> bool:
    """Whether a sentence is the label of a numbered section though a full stop ends it: (一)个人缴费标准。"""
    s = span.sentence
    if s.end - s.start > _SENTENCE or any(g.sign or g.must for g in span.grammars):
        return False
    return _level(text, s.start) is not None


def sections_above(readings: Sequence[BlockReading]) -> list[tuple[tuple[BlockReading, int], ...]]:
    """For each block the labels of the numbered sections that it lies in, widest first: a block of the part, and where
    its label ends. A heading that is marked as one ends them all. Linear."""
    found: list[tuple[tuple[BlockReading, int], ...]] = []
    inside: list[tuple[int, BlockReading, int]] = []
    headings: tuple[int, ...] | None = None
    for reading in readings:
        block, text = reading.block, reading.folded.chars
        if block.kind in ("title", "heading"):
            found.append(())
            continue
        if block.headings != headings:
            headings, inside = block.headings, []
        level = _level(text, 0) if block.kind == "paragraph" and text else None
        if block.kind == "paragraph" and _APPENDED.match(text):
            inside = []
        if level is not None:
            inside = [x for x in inside if x[0] < level]
        found.append(tuple((r, end) for _, r, end in inside))
        if level is not None and (end := _label_end(reading)):
            inside.append((level, reading, end))
    return found


def _level(text: str, at: int) -> int | None:
    return next((n for n, begins in enumerate(_LEVELS) if begins.match(text, at)), None)


def _label_end(reading: BlockReading) -> int:
    """Where a section's label ends that begins a paragraph; 0 where the paragraph begins with a statement."""
    text = reading.folded.chars
    if not reading.spans or is_question(reading.spans[0], text):
        return 0
    first = reading.spans[0]
    if numbered_label(first, text):
        # 八、外地就医。备案后可以结算。: a paragraph that says it all is about itself only.
        return first.sentence.end if len(reading.spans) == 1 or text.endswith(":") else 0
    whole = len(reading.spans) == 1 and len(text) <= _LONGEST and not text.endswith(("。", ":"))
    stated = reading.quantities or any(g.sign or g.must for g in first.grammars)
    return len(text) if whole and not stated else 0
