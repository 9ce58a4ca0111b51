"""The words that a claim rests on besides its quote: those that its scope was taken from, and a figure's cue."""

from __future__ import annotations

from collections.abc import Iterator

from claims.article import Article
from claims.context import PartReading
from claims.domain import Domain
from claims.figures.figure import Figure
from claims.model import CUE, Evidence, Scope, Where
from claims.readers.lines import locate
from claims.reading import BlockReading, Unit


def of_figure(f: Figure, article: Article, reading: PartReading) -> Iterator[Evidence]:
    """What called the number, then each facet's words, as the reader of figures recorded them."""
    quote, sentence = (f.start, f.end), f.sentence
    if f.bound is not None:
        cue = f.bound.cue
        yield _from(f.bound.reading, cue.start, cue.end, CUE, f.reading, quote, sentence, article, reading)
    for e in f.entries.values():
        r = e.source.reading
        if r is None:
            yield _from_front_matter(article)
        else:
            yield _from(r, e.source.start, e.source.end, e.facet, f.reading, quote, sentence, article, reading)


def of_pattern(
    unit: Unit, scope: Scope, quote: tuple[int, int], article: Article, reading: PartReading, domain: Domain
) -> Iterator[Evidence]:
    """The words of each facet, looked for where :mod:`claims.scoping` looks, nearest first: the sentence, the row's
    label and the column's header, the headings, the title. `quote` is folded. Of a facet that the pattern itself gives,
    and of the things of a topic, there are none."""
    sentence = (unit.sentence.start, unit.sentence.end)
    for facet, members in scope.facets:
        for r, a, b in _spots(unit, reading):
            spans = _names(r, a, b, facet, members, domain)
            if spans:
                for start, end in spans:
                    yield _from(r, start, end, facet, unit.reading, quote, sentence, article, reading)
                break
        else:
            if facet == "region" and members == reading.region:
                yield _from_front_matter(article)


def _spots(unit: Unit, reading: PartReading) -> Iterator[tuple[BlockReading, int, int]]:
    """Where a facet's words may stand, as `[start, end)` of a block."""
    block = unit.reading.block
    yield unit.reading, unit.sentence.start, unit.sentence.end
    above = [] if block.cell is None else [*block.cell.row_headers, *block.cell.column_headers]
    above += [] if block.stem is None else [block.stem]
    above += [*reversed(block.headings)]
    above += [] if reading.part.title is None else [reading.part.title]
    for i in dict.fromkeys(above):
        yield reading.blocks[i], 0, len(reading.blocks[i].folded.chars)


def _names(
    r: BlockReading, start: int, end: int, facet: str, members: tuple[str, ...], domain: Domain
) -> list[tuple[int, int]]:
    """Where inside `[start, end)` the members of a facet are named."""
    if facet == "region":
        return [(p.start, p.end) for p in r.places if start <= p.start and p.end <= end and set(p.names) & set(members)]
    words = domain.scopes.get(facet)
    if words is None:
        return []
    said = {**words.said, **words.rows, **words.columns}
    found = [h for h in r.hits if start <= h.start and h.end <= end and said.get(h.concept) in members]
    return [(h.start, h.end) for h in found[:1]]


def _from(
    r: BlockReading, start: int, end: int, of: str, own: BlockReading, quote: tuple[int, int],
    sentence: tuple[int, int], article: Article, reading: PartReading,
) -> Evidence:  # fmt: skip
    a, b = r.block.text.span(*r.folded.back(start, end))
    where = _inside(start, quote, sentence) if r is own else _above(r, own, reading)
    return _at(article, of, a, b, where)


def _inside(start: int, quote: tuple[int, int], sentence: tuple[int, int]) -> Where:
    if quote[0] <= start < quote[1]:
        return "quote"
    return "sentence" if sentence[0] <= start < sentence[1] else "before"


def _above(r: BlockReading, own: BlockReading, reading: PartReading) -> Where:
    """What another block is to a claim's own."""
    if r.index == reading.part.title or r.block.kind == "title":
        return "title"
    if r.block.kind == "heading":
        return "heading"
    cell = own.block.cell
    if cell is not None and r.index in cell.column_headers:
        return "column"
    if cell is not None and r.index in cell.row_headers:
        return "row"
    stem = own.block.stem
    while stem is not None:
        if stem == r.index:
            return "stem"
        stem = reading.blocks[stem].block.stem
    return "above"


def _from_front_matter(article: Article) -> Evidence:
    """The region that the file's head names, by itself or in its title. It has no blocks: the words are looked for."""
    words = article.region or article.title or ""
    start = max(0, article.source.find(words))
    return _at(article, "region", start, start + len(words), "front-matter")


def _at(article: Article, of: str, start: int, end: int, where: Where) -> Evidence:
    return Evidence(of, article.source[start:end], start, end, locate(article.line_starts, start)[0], where)
