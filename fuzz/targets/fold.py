"""Folding, and its text cut into sentences and clauses."""

from __future__ import annotations

from claims.language.clauses import is_answer, split
from claims.language.fold import fold
from fuzz import seeds, words
from fuzz.laws import apart, folded_law
from fuzz.target import Target

_SEPARATORS = frozenset("。!?;\n…,:—")


def check(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    folded = fold(text)
    folded_law(text, folded)
    assert fold(folded.chars).chars == folded.chars, "folding twice folds more"
    sentences = split(folded)
    apart(sentences, 0, len(folded.chars))
    covered = bytearray(len(folded.chars))
    for sentence in sentences:
        assert sentence.clauses
        apart(sentence.clauses, sentence.start, sentence.end)
        for clause in sentence.clauses:
            covered[clause.start : clause.end] = b"\1" * (clause.end - clause.start)
            is_answer(folded.chars[clause.start : clause.end])
    assert all(covered[at] or char in _SEPARATORS for at, char in enumerate(folded.chars))


TARGET = Target(check, seeds.paragraphs, words.prose)
