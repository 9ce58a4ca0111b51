"""What was found in a unit or a figure, as claim records: quote, place, date, identity, the words that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from claims.article import Article, Block, Part
from claims.context import PartReading
from claims.domain import Domain, Pattern
from claims.evidence import of_figure, of_pattern
from claims.facets import has_parent
from claims.figures.facets import facets_of
from claims.figures.figure import Figure
from claims.identity import claim_id
from claims.language.dates import as_of
from claims.matching import Match
from claims.model import EVERYWHERE, Claim, Hedge, Origin, Quantifier, Scope, part_name, scope_of
from claims.readers.lines import locate
from claims.reading import Unit, objects, sentence_before
from claims.untyped import UNTYPED, quoted

FIGURES = "figures."
"""Before the id of a rule of figures, where a record names the pattern that gave it."""


class Found(msgspec.Struct):
    """A match in its place, before it becomes a record."""

    unit: Unit
    match: Match
    quantifier: str
    scope: Scope
    except_: Scope
    start: int
    end: int


def _hedge(unit: Unit) -> Hedge | None:
    g = unit.grammar
    return "maybe" if g.maybe else "usual" if g.usual else "approx" if g.approx else None


def _origin(unit: Unit, block: Block) -> Origin:
    if unit.from_title:
        return "title_answer"
    return _block_origin(block)


def _block_origin(block: Block) -> Origin:
    if block.kind == "cell":
        return "table_cell"
    if block.kind == "list_item":
        return "list_item"
    if block.kind in ("heading", "title"):
        return "heading"
    return "sentence"


def claim_of(f: Found, article: Article, reading: PartReading, domain: Domain) -> Claim:
    """A match as a record."""
    part = reading.part
    block = f.unit.reading.block
    a, b = f.unit.reading.folded.back(f.start, f.end)
    start, end = block.text.span(a, b)
    if f.unit.row is not None:
        start, end = _row_span(part, f.unit.row)
    quote = article.source[start:end]
    line, column = locate(article.line_starts, start)
    text = f.unit.reading.folded.chars
    spoken = as_of(text[f.unit.sentence.start : f.unit.sentence.end])
    pattern: Pattern = f.match.pattern
    quantifier = "some" if f.quantifier == "some" else "all"
    return Claim(
        id=claim_id(_key(article, part), pattern.topic, f.match.value, quantifier, f.scope, f.except_, quote),  # type: ignore[arg-type]
        article=_name(article, part),
        topic=pattern.topic,
        value=f.match.value,
        quantifier=quantifier,  # type: ignore[arg-type]
        scope=f.scope,
        except_=f.except_,
        as_of=spoken or reading.as_of,
        hedged=_hedge(f.unit),
        quote=quote,
        start=start,
        end=end,
        line=line,
        column=column,
        origin=_origin(f.unit, block),
        pattern=pattern.id,
        sets_against=_sets_against(f, part),
        evidence=tuple(of_pattern(f.unit, f.scope, (f.start, f.end), article, reading, domain)),
    )


def claim_of_figure(
    f: Figure, except_: Scope, article: Article, reading: PartReading, thing: tuple[str, str] | None = None
) -> Claim:
    """A figure as a record; where it is about a thing, its facet and name stand in place of a region."""
    part, block = reading.part, f.reading.block
    start, end = block.text.span(*f.reading.folded.back(f.start, f.end))
    quote = article.source[start:end]
    facets = facets_of(f.entries.values())
    if thing is not None:
        facets = {**{name: m for name, m in facets.items() if name != "region"}, thing[0]: [thing[1]]}
    scope = scope_of(facets)
    quantifier: Quantifier = "some" if f.quantifier == "some" else "all"
    spoken = as_of(f.reading.folded.chars[slice(*f.sentence)])
    line, column = locate(article.line_starts, start)
    return Claim(
        id=claim_id(_key(article, part), f.rule.topic, f.value, quantifier, scope, except_, quote),
        article=_name(article, part),
        topic=f.rule.topic,
        value=f.value,
        quantifier=quantifier,
        scope=scope,
        except_=except_,
        as_of=spoken or reading.as_of,
        hedged=f.hedged,
        quote=quote,
        start=start,
        end=end,
        line=line,
        column=column,
        origin="title_answer" if f.answer else _block_origin(block),
        pattern=FIGURES + f.rule.id,
        sets_against=_set_apart(f),
        evidence=tuple(of_figure(f, article, reading)),
    )


def _set_apart(f: Figure) -> tuple[int, int]:
    """Where a narrower figure is told apart from a general one by the text itself: in its table, its list, its sentence
    (and the one before, after a 但; all that a ; divides, where a word makes it a case); in the whole part where it is
    of a kind of its own (门诊慢特病 beside 门诊)."""
    block, spans = f.reading.block, f.blocks.spans
    if any(has_parent(e.facet, m) for e in f.entries.values() for m in e.members):
        return spans["part", 0]
    if block.cell is not None:
        return spans["table", block.cell.table]
    outermost = f.blocks.lists[f.reading.index]
    if outermost is not None:
        return spans["list", outermost]
    if f.quantifier == "some" and f.rule.some_if:
        return block.text.span(*f.reading.folded.back(*_cases(f)))
    return block.text.span(*f.reading.folded.back(*(f.against or f.sentence)))


def _cases(f: Figure) -> tuple[int, int]:
    """三个月内补上的没有等待期;断得更久的,等6个月: the folded span of the sentences that tell the cases in turn."""
    sentences = [s.sentence for s in f.reading.spans]
    first = last = next(i for i, s in enumerate(sentences) if (s.start, s.end) == f.sentence)
    while first and sentences[first - 1].closed_by == ";":
        first -= 1
    while last + 1 < len(sentences) and sentences[last].closed_by == ";":
        last += 1
    return min(sentences[first].start, (f.against or f.sentence)[0]), sentences[last].end


def untyped_claim(unit: Unit, most: int, article: Article, reading: PartReading) -> Claim:
    """An assertion that no topic takes, as a record: its words (at most so many characters), no value."""
    part, block = reading.part, unit.reading.block
    start, end = block.text.span(*unit.reading.folded.back(*quoted(unit, most)))
    if unit.row is not None:
        start, end = _row_span(part, unit.row)
    quote = article.source[start:end]
    line, column = locate(article.line_starts, start)
    return Claim(
        id=claim_id(_key(article, part), UNTYPED, None, "all", EVERYWHERE, EVERYWHERE, quote),
        article=_name(article, part),
        topic=UNTYPED,
        value=None,
        as_of=reading.as_of,
        hedged=_hedge(unit),
        quote=quote,
        start=start,
        end=end,
        line=line,
        column=column,
        origin=_origin(unit, block),
        pattern=UNTYPED,
    )


def _name(article: Article, part: Part) -> str:
    return part_name(article.path, part.name)


def _key(article: Article, part: Part) -> str:
    return part_name(article.id or article.path, part.name)


def _row_span(part: Part, row: tuple[int, int]) -> tuple[int, int]:
    first, last = (part.blocks[i].text for i in row)
    return first.starts[0], last.ends[-1]


def _sets_against(f: Found, part: Part) -> tuple[int, int] | None:
    """Where the text itself sets this claim against a general one: its sentence, or the list that it stands in."""
    objected = f.unit.contrast or objects(f.unit.reading.folded.chars, f.unit.clauses)
    if not objected or (f.quantifier != "some" and f.scope == EVERYWHERE):
        return None
    block = f.unit.reading.block
    if block.list_id is not None:
        items: Sequence[Block] = [b for b in part.blocks if b.list_id == block.list_id and b.text.chars]
        return min(b.text.starts[0] for b in items), max(b.text.ends[-1] for b in items)
    # The sentence before it too: 全省均可。但武汉除外。
    spans = f.unit.reading.spans
    number = next(i for i, s in enumerate(spans) if s.sentence == f.unit.sentence)
    return block.text.span(*f.unit.reading.folded.back(sentence_before(spans, number), f.unit.sentence.end))
