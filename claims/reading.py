"""From blocks to units: the smallest pieces of text that can assert something, with all that patterns ask about them.

A unit is a head clause and the clauses that lean on it (topics, conditions, labels). Its concepts are found in zones,
each but `stem` holding the one before it:

    clause     the head clause itself
    unit       the head and the clauses joined to it
    sentence   the whole sentence
    near       and the question it answers, or the sentence before it
    stem       the unit and the list stem or table headers above it (not what stands between)
    context    and the list stem, the table's headers, the headings and the title

What the clause says yes or no to is `claims.language.grammar`'s business; what is denied, asked, planned or past is
settled here, once, for all patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from claims.article import Block
from claims.compounds import compounds, with_negation
from claims.domain import Domain
from claims.labels import question_label
from claims.language.clauses import Clause, Sentence, split
from claims.language.dates import DateHit
from claims.language.dates import find as find_dates
from claims.language.fold import Folded, fold
from claims.language.grammar import Grammar, read_clause, tokens_of
from claims.language.lexicon import Hit
from claims.language.places import PlaceHit
from claims.language.places import find as find_places
from claims.language.quantities import Quantity, quantities
from claims.language.spans import inside
from claims.levels import level_hits
from claims.things import Thing, find_things
from claims.zones import Concepts, Zones

ZONES = ("clause", "unit", "sentence", "near", "stem", "context")

EXCEPTION = re.compile(r"除(?:了)?(?P<what>[^,。;:]{1,24}?)(?:以外|之外|外)")


class Span(msgspec.Struct, frozen=True):
    """A sentence with its clauses' grammar and its share of the block's hits."""

    sentence: Sentence
    grammars: tuple[Grammar, ...]
    hits: tuple[Hit, ...]


class BlockReading(msgspec.Struct, frozen=True):
    """One block, folded and read. `places` excludes names inside other names (兰州大学)."""

    index: int
    block: Block
    folded: Folded
    spans: tuple[Span, ...]
    hits: tuple[Hit, ...]
    places: tuple[PlaceHit, ...]
    things: tuple[Thing, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateHit, ...] = ()


class Unit(msgspec.Struct, frozen=True):
    """What a pattern is tried on. Offsets are into `reading.folded.chars`.

    `flip`: the text denies what the unit says, in words that end at `quote_end`; `leads_on`: that is what a clause
    behind it says, to which it only leads; `comment`: it is such a denial, and says nothing else. `also`: a second
    subject, on a part that equates the two. `bare`: an answer that says only yes or no. `some`: it holds somewhere in
    its scope; `here`: in an unnamed place of the author's own. `contrast`: the text sets it against something more
    general. `figure`: a table cell that holds a figure and no more; `row_concepts`, `column_concepts`: what its row's
    label and its column's header hold.
    """

    reading: BlockReading
    sentence: Sentence
    clauses: tuple[Clause, ...]
    head: Clause
    grammar: Grammar
    zones: Zones
    subject: str | None
    also: str | None = None
    flip: bool = False
    leads_on: bool = False
    comment: bool = False
    quote_end: int | None = None
    bare: bool = False
    some: bool = False
    here: bool = False
    from_title: bool = False
    contrast: bool = False
    figure: bool = False
    row_concepts: frozenset[str] = frozenset()
    labelled: bool = False
    column_concepts: frozenset[str] = frozenset()
    row: tuple[int, int] | None = None
    "Blocks of a table row that the quote covers, where the cell alone says only yes or no."


def read_blocks(blocks: Sequence[Block], domain: Domain, context_places: Sequence[str]) -> list[BlockReading]:
    """Fold, match and cut blocks, given the places that their context names. All are searched in one pass."""
    folded = [fold(block.text.chars) for block in blocks]
    found = domain.lexicon.find_in([f.chars for f in folded])
    return [
        _read_block(i, block, text, hits, domain, context_places)
        for i, (block, text, hits) in enumerate(zip(blocks, folded, found, strict=True))
    ]


def _read_block(
    index: int, block: Block, folded: Folded, all_hits: Sequence[Hit], domain: Domain, context_places: Sequence[str]
) -> BlockReading:
    text = folded.chars
    every_place = find_places(text, context_places)
    found_places = tuple(p for p in every_place if not p.in_name)
    things = find_things(text, all_hits, found_places, folded.gaps, domain.things.values(), domain.members_of)
    # A grammar word inside a name is none: 若 in 卡若区.
    named = [*((p.start, p.end) for p in every_place), *((t.start, t.end) for t in things)]
    tokens = tokens_of(text, all_hits, domain.roles)
    if named:
        tokens = [t for t in tokens if not _within(t, named)]
    dated = tuple(find_dates(text))
    counted = tuple(quantities(text, dated))
    hits = [h for h in all_hits if h.concept not in domain.roles]
    hits += level_hits(text, found_places, domain, context_places)
    # 除上海市外: the 外 closes the exception, it makes no 市外.
    closed = [m.span() for m in EXCEPTION.finditer(text)]
    if closed:
        hits = [h for h in hits if not any(a < h.start and h.end == b for a, b in closed)]
    hits = with_negation(text, hits, tokens)
    hits += [Hit(q.start, q.end, f"n.{q.unit}") for q in counted]
    hits += [Hit(p.start, p.end, "place") for p in found_places]
    hits += [Hit(t.start, t.end, f"t.{t.kind}") for t in things]
    hits += compounds(text, hits, domain)
    hits = [h for h in hits if h.concept not in domain.idle]
    hits.sort(key=lambda h: (h.start, -h.end, h.concept))
    tokens = sorted(tokens, key=lambda t: t.start)
    spans: list[Span] = []
    for sentence in split(folded):
        grammars = []
        for c in sentence.clauses:
            grammars.append(read_clause(text, c.start, c.end, inside(tokens, c.start, c.end)))
        own = tuple(inside(hits, sentence.start, sentence.end))
        said = inside(tokens, sentence.start, sentence.end)
        roles = tuple(Hit(t.start, t.end, "g." + t.concept) for t in said)
        spans.append(Span(sentence, tuple(grammars), own + roles))
    sentences = _with_topics(spans, text)
    return BlockReading(index, block, folded, sentences, tuple(hits), found_places, things, counted, dated)


_TOPIC_LENGTH = 24


def _with_topics(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """爷爷奶奶呢?热线说也行: a question without a predicate names what the next sentence is about, and is its topic."""
    found: list[Span] = []
    topic: Span | None = None
    for number, span in enumerate(spans):
        if topic is not None:
            a, b = topic.sentence, span.sentence
            sentence = Sentence(a.start, b.end, b.closed_by, a.clauses + b.clauses)
            quiet = tuple(msgspec.structs.replace(g, wh=False) for g in topic.grammars)
            span, topic = Span(sentence, quiet + span.grammars, topic.hits + span.hits), None
        answer = spans[number + 1].grammars[0] if number + 1 < len(spans) else None
        if answer is not None and not answer.denies and not answer.affirms and _names_topic(span, text):
            topic = span
            continue
        found.append(span)
    return tuple(found)


def _names_topic(span: Span, text: str) -> bool:
    s = span.sentence
    if s.closed_by != "?" or s.end - s.start > _TOPIC_LENGTH or question_label(text[s.start : s.end]):
        return False
    if any(g.asks or g.sign or g.must or g.need_not or g.only or g.denies or g.affirms for g in span.grammars):
        return False
    return (
        all(text[h.start : h.end] == "呢" for h in span.hits if h.concept == "g.WH") and text[s.end - 1] not in "吗么吧"
    )


def _within(token: Hit, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a <= token.start and token.end <= b for a, b in spans)


class Lent(msgspec.Struct, frozen=True):
    """What surrounds a block lends to its units: a question to answer, the stem, the headings."""

    question: Concepts = {}
    question_grammar: Grammar | None = None
    stem: Concepts = {}
    stem_grammar: Grammar | None = None
    context: Concepts = {}
    subject: str | None = None
    misbelief: bool = False
    from_title: bool = False


_RHETORICAL = re.compile(r"拿什么(?!材料|证|手续)|哪来的|凭什么|岂能|怎么可能|哪有(?:什么|这|那)")
"""居民医保没有账户,拿什么共济? says that it cannot be."""


def is_question(span: Span, text: str) -> bool:
    """Does the sentence ask? A wh-word needs the question mark; 无论是否 and 是否…均可 do not ask."""
    last = text[max(0, span.sentence.end - 1) : span.sentence.end]
    if span.sentence.closed_by != "?" and last not in "吗呢么" and not span.grammars[-1].asks:
        # Most sentences show at once that they do not.
        return False
    if span.sentence.closed_by == ":" or any(g.answer_from for g in span.grammars):
        return False
    if last == "嘛" and span.sentence.closed_by in ("。", "!"):
        # 莫拿乡镇的数来比嘛。: with a full stop it only softens.
        return False
    if _RHETORICAL.search(text, span.sentence.start, span.sentence.end):
        return False
    asks = any(g.asks for g in span.grammars)
    indifferent = any(g.need_not or g.irrelevant for g in span.grammars)
    if span.sentence.closed_by == "?":
        return True
    if last in "吗呢么" and (asks or last == "吗"):
        return True
    # 不参保,能不能用: without a question mark the last clause decides; 行不行要看当地 leaves open, and asks nothing.
    return (
        asks
        and not indifferent
        and span.grammars[-1].asks
        and not span.grammars[-1].unsure
        and not (span.grammars[-1].modal and span.grammars[-1].sign < 0)
    )


def objects(text: str, clauses: Iterable[Clause]) -> bool:
    """Whether one of some clauses begins with 但: within a clause it says no more than "and"."""
    return any(text.startswith("但", c.start) for c in clauses)


def sentence_before(spans: Sequence[Span], number: int) -> int:
    """Where the sentence before that of `spans[number]` begins, if there is one: what a ; divides is one sentence."""

    def first(n: int) -> int:
        while n and spans[n - 1].sentence.closed_by == ";":
            n -= 1
        return n

    own = first(number)
    return spans[first(own - 1) if own else own].sentence.start


def asserts(clause_hits: Concepts, grammar: Grammar, domain: Domain) -> bool:
    """Does a clause assert anything: a grammar predicate, or a concept that the domain calls one?"""
    if grammar.sign or grammar.must or grammar.need_not or grammar.only or grammar.not_only or grammar.affirms:
        return True
    return any(c in domain.predicates for c in clause_hits)


def subject_of(hits: Sequence[Hit], domain: Domain, start: int, end: int, first: bool = False) -> str | None:
    """The subject that the last (or first) subject word inside `[start, end)` names, or None."""
    at: int | None = None
    chosen: str | None = None
    named = domain.subjects_of
    for h in hits:
        if h.concept in named and start <= h.start and h.end <= end:
            for name in named[h.concept]:
                if first and at is not None:
                    return chosen
                if at is None or h.start >= at:
                    at, chosen = h.start, name
    return chosen
