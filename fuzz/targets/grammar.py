"""The lexicon's hits in a text, and the grammar of its clauses."""

from __future__ import annotations

from claims.domain import load_domain
from claims.language.clauses import split
from claims.language.fold import fold
from claims.language.grammar import read_clause, tokens_of
from claims.language.spans import inside
from fuzz import seeds, words
from fuzz.laws import apart
from fuzz.target import Target


def check(data: bytes) -> None:
    domain = load_domain("yibao")
    folded = fold(data.decode("utf-8", "replace"))
    text = folded.chars
    hits = domain.lexicon.find(text)
    assert hits == sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.concept))
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    lines = text.split("\n")
    assert [hit for found in domain.lexicon.find_in(lines) for hit in found] == [
        hit for line in lines for hit in domain.lexicon.find(line)
    ]
    tokens = tokens_of(text, hits, domain.roles)
    apart(tokens, 0, len(text))
    for sentence in split(folded):
        for clause in sentence.clauses:
            own = inside(tokens, clause.start, clause.end)
            read = read_clause(text, clause.start, clause.end, own)
            assert read.sign in (-1, 0, 1)
            for at in (*read.only, read.answer_from, read.believes, read.disbelieves):
                assert at is None or clause.start <= at <= clause.end, (at, clause)
            assert all(clause.start <= a < b <= clause.end for a, b in read.negations), (read.negations, clause)


TARGET = Target(check, seeds.paragraphs, words.prose, 4_000)
