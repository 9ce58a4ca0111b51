"""What stands round a block, as it bears on it: headings, the stem of its list, the question before it."""

from __future__ import annotations

from claims.domain import Domain
from claims.labels import misbelief_label, names_misbelief
from claims.language.grammar import Grammar
from claims.reading import BlockReading, Lent, is_question, subject_of
from claims.zones import Concepts, by_concept, merged


def concepts_in(reading: BlockReading | None) -> Concepts:
    if reading is None:
        return {}
    return by_concept([h for s in reading.spans for h in s.hits], 0, 1 << 30)


def last_sentence(reading: BlockReading) -> tuple[Concepts, Grammar | None]:
    """A stem is only the last sentence before the list: else its sign leaks into every bullet."""
    if not reading.spans:
        return {}, None
    span = reading.spans[-1]
    decided = next((g for g in reversed(span.grammars) if g.sign or g.must or g.only), span.grammars[-1])
    return by_concept(span.hits, span.sentence.start, span.sentence.end), decided


def surroundings(
    reading: BlockReading,
    readings: list[BlockReading],
    title: BlockReading | None,
    subject: str | None,
    domain: Domain,
    above: dict[tuple[int, ...], Concepts],
) -> Lent:
    """What stands round a block and bears on it. `above` keeps the concepts of headings and title, by the headings:
    most blocks share theirs with others."""
    block, index = reading.block, reading.index
    stem: Concepts = {}
    stem_grammar: Grammar | None = None
    if block.stem is not None and block.kind != "definition":
        s = readings[block.stem]
        stem, stem_grammar = last_sentence(s)
        if s.block.kind in ("heading", "title", "term") or (s.spans and is_question(s.spans[-1], s.folded.chars)):
            # A heading announces; it says neither yes nor no. A question asks.
            stem_grammar = None if asks_at_end(s) else announcing(stem_grammar, s)
        elif not s.folded.chars.endswith(":") and len(s.folded.chars) > 40:
            stem_grammar = None
    headings = [readings[i] for i in block.headings]
    if block.headings not in above:
        above[block.headings] = merged(*(concepts_in(h) for h in reversed(headings)), concepts_in(title))
    before = readings[index - 1] if index else None
    question: Concepts = {}
    question_grammar: Grammar | None = None
    misbelief = False
    from_title = False
    if (before is not None and before.spans and before.block.list_id == block.list_id) or (
        before is not None and before.block.kind in ("heading", "title", "term")
    ):
        asked = asks_at_end(before)
        from_title = before.block.kind == "title" and asked
        if asked:
            question, question_grammar = last_sentence(before)
        headed = before.block.kind in ("heading", "term")
        misbelief = headed and names_misbelief(before.folded.chars)
        if headed and misbelief_label(before.folded.chars):
            question, question_grammar = last_sentence(before)
    if title is not None and not question and _first_text(readings, index, title) and asks_at_end(title):
        question, question_grammar = last_sentence(title)
        from_title = True
    nearest = next((subject_of(h.hits, domain, 0, 1 << 30) for h in reversed(headings) if h is not title
                    and subject_of(h.hits, domain, 0, 1 << 30)), None)  # fmt: skip
    own = subject_of(readings[block.stem].hits, domain, 0, 1 << 30) if block.stem is not None else None
    asked_subject = None
    if question and before is not None:
        asked_subject = subject_of(before.hits, domain, 0, 1 << 30)
    return Lent(
        question=question,
        question_grammar=question_grammar,
        stem=stem,
        stem_grammar=stem_grammar,
        context=above[block.headings],
        subject=asked_subject or own or nearest or subject,
        misbelief=misbelief,
        from_title=from_title,
    )


def announcing(grammar: Grammar | None, heading: BlockReading) -> Grammar | None:
    """A heading with a clear no or only (不能用的情形, 仅限以下亲属) rules its bullets; a plain one does not."""
    if grammar is None or not (grammar.sign < 0 or grammar.only or (grammar.modal and grammar.sign > 0)):
        return None
    return grammar


def asks_at_end(reading: BlockReading) -> bool:
    """Does a block end in a question? In a title 能绑几个人 asks without its mark."""
    if not reading.spans:
        return False
    span = reading.spans[-1]
    wh = reading.block.kind in ("title", "heading", "term") and span.grammars[-1].wh
    return wh or is_question(span, reading.folded.chars)


def _first_text(readings: list[BlockReading], index: int, title: BlockReading) -> bool:
    """Is this the first block of the part that is neither title nor heading?"""
    return all(r.block.kind == "title" for r in readings[:index])
