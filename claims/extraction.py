"""`extract(article, domain)`: every claim that an article makes. Pure: the same article and domain, the same claims.

It is two steps, for those who need the first by itself (the linters of `audit`): `read_parts`, then `claims_of`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from claims.about import about
from claims.article import Article, Block, Part
from claims.context import PartReading, read_part
from claims.domain import Domain, Pattern
from claims.figures.exceptions import exceptions
from claims.figures.facets import facets_of
from claims.figures.figure import Figure
from claims.figures.reader import figures_in
from claims.identity import claim_id
from claims.language.dates import as_of
from claims.language.fold import fold
from claims.matching import Match, can_be_denied, match, negated, opposite
from claims.model import EVERYWHERE, Claim, Hedge, Origin, Quantifier, Scope, SetOf, scope_of, set_of
from claims.readers.lines import locate
from claims.reading import Unit
from claims.scoping import except_of, only_places, scope_about, scope_of_unit

FIGURES = "figures."
"""Before the id of a rule of figures, where a record names the pattern that gave it."""

_MAX_QUOTE = 110
"""Source characters; a quote that would be longer keeps to its head clause, and at last is cut."""


class _Found(msgspec.Struct):
    """A match in its place, before it becomes a record."""

    unit: Unit
    match: Match
    quantifier: str
    scope: Scope
    except_: Scope
    start: int
    end: int


def extract(article: Article, domain: Domain) -> list[Claim]:
    """The claims of every part, in the order of the source."""
    return claims_of(article, read_parts(article, domain), domain)


def read_parts(article: Article, domain: Domain) -> tuple[PartReading, ...]:
    """Every part as read with a domain's words, in the order of `article.parts`; none that holds no word of those that
    wake the domain."""
    return tuple(read_part(article, part, domain) for part in article.parts if _awake(part, domain))


def _awake(part: Part, domain: Domain) -> bool:
    return domain.wakes is None or any(domain.wakes.find(fold(block.text.chars).chars) for block in part.blocks)


def claims_of(article: Article, readings: Sequence[PartReading], domain: Domain) -> list[Claim]:
    """The claims of parts that are read, in the order of the source."""
    claims: list[Claim] = []
    for reading in readings:
        claims += _part_claims(article, reading, domain)
    return sorted(claims, key=lambda c: (c.start, c.end, c.topic, c.id))


def _part_claims(article: Article, reading: PartReading, domain: Domain) -> list[Claim]:
    found: list[_Found] = []
    for unit in reading.units:
        found += _unit_found(unit, reading, domain)
    drawn = [_claim(f, article, reading) for f in _merged(found)]
    if domain.figures is None:
        return drawn
    year = int(reading.as_of[:4]) if reading.as_of else None
    units = {name: topic.unit for name, topic in domain.topics.items()}
    figures = figures_in(reading.part, reading.blocks, domain.figures, units, reading.believed, year)
    apart = exceptions(figures)
    return drawn + [_figure_claim(f, scope_of(x), article, reading) for f, x in zip(figures, apart, strict=True)]


def _unit_found(unit: Unit, reading: PartReading, domain: Domain) -> list[_Found]:
    """Every claim of a unit: on each topic the matching patterns of highest rank, one claim a value."""
    by_topic = _matches(unit, domain)
    if unit.flip:
        # 得借家长的卡,错了: denied is what 不用借家长的卡 says, where no pattern reads the words themselves.
        for topic, denied in _matches(negated(unit), domain).items():
            kept = [m for m in denied if can_be_denied(m)]
            if kept:
                by_topic.setdefault(topic, kept)
    found: list[_Found] = []
    for matches in by_topic.values():
        top = max(m.pattern.rank for m in matches)
        seen: set[object] = set()
        for m in matches:
            if m.pattern.rank < top or m.value in seen:
                continue
            seen.add(m.value)
            if domain.topics[m.pattern.topic].about:
                found += _about(unit, m, reading, domain)
                continue
            scope, named = scope_of_unit(unit, m, reading, domain)
            # 我们这儿 is the region that the article is about, or else some place that it does not name.
            some = (unit.some and not named) or (unit.here and not scope.get("region"))
            quantifier = m.pattern.quantifier or ("some" if some else "all")
            if m.pattern.topic.endswith("province_count"):
                quantifier = "all"
            start, end = _extent(unit, m)
            alone = only_places(unit) if m.pattern.only_place is not None else None
            if alone is not None:
                # 上海仅青浦区开通: it holds in 青浦区, and somewhere round it the opposite does (section 7, 5).
                scope, quantifier = scope_of({"region": alone[0]}), "all"
                rest = msgspec.structs.replace(m, value=opposite(m.pattern, domain))
                round_it = scope_of({"region": alone[1] or reading.region})
                found.append(_Found(unit, rest, "some", round_it, EVERYWHERE, start, end))
            found.append(_Found(unit, m, quantifier, scope, except_of(unit, scope), start, end))
    return found


def _matches(unit: Unit, domain: Domain) -> dict[str, list[Match]]:
    by_topic: dict[str, list[Match]] = {}
    for pattern in domain.patterns:
        m = match(pattern, unit, domain)
        if m is not None:
            by_topic.setdefault(pattern.topic, []).append(m)
    return by_topic


def _about(unit: Unit, m: Match, reading: PartReading, domain: Domain) -> Iterator[_Found]:
    """A claim of each thing that the unit is about; where it shows none, no claim."""
    kinds = domain.topics[m.pattern.topic].about
    quantifier = m.pattern.quantifier or ("some" if unit.some else "all")
    start, end = _extent(unit, m)
    facet = domain.things[kinds[0]].facet
    for name in about(unit, m, kinds, reading):
        scope = scope_about(unit, m, reading, domain, facet, name)
        yield _Found(unit, m, quantifier, scope, EVERYWHERE, start, end)


def _extent(unit: Unit, m: Match) -> tuple[int, int]:
    """The folded span that carries the claim: the head, from the first clause of the unit that it needed words of."""
    start, end = unit.head.start, unit.head.end
    for clause in unit.clauses:
        if any(clause.start <= h.start and h.end <= clause.end for h in m.hits):
            start, end = min(start, clause.start), max(end, clause.end)
    # Members of a list behind the clause (分别是:…) belong to it as far as they fit.
    last = max((h.end for h in m.hits if h.concept.startswith("t.")), default=0)
    if end < last <= unit.sentence.end and last - start <= _MAX_QUOTE:
        end = last
    if unit.quote_end is not None and unit.quote_end - start <= _MAX_QUOTE:
        end = max(end, unit.quote_end)
    if end - start > _MAX_QUOTE:
        start, end = unit.head.start, unit.head.end
    if end - start > _MAX_QUOTE:
        own = [h for h in m.hits if start <= h.start and h.end <= end]
        first = min((h.start for h in own), default=start)
        start = max(start, min(first, end - _MAX_QUOTE))
        end = min(end, start + _MAX_QUOTE)
    return start, end


def _merged(found: list[_Found]) -> list[_Found]:
    """What one sentence says in several clauses is one claim; so is a bare answer with the sentence after it
    (section 7, 22). Members of a set listed over the clauses of one sentence are one list."""
    kept: list[_Found] = []
    for f in found:
        twin = next((k for k in reversed(kept[-12:]) if _same(k, f)), None)
        if twin is None:
            kept.append(f)
            continue
        value = f.match.value
        if isinstance(value, SetOf) and isinstance(twin.match.value, SetOf):
            members = (*twin.match.value.members, *value.members)
            twin.match = msgspec.structs.replace(twin.match, value=set_of(value.mode, members))
        start, end = min(twin.start, f.start), max(twin.end, f.end)
        if end - start <= _MAX_QUOTE - 10:
            twin.start, twin.end = start, end
    return kept


def _same(a: _Found, b: _Found) -> bool:
    if a.unit.reading is not b.unit.reading or a.match.pattern.topic != b.match.pattern.topic:
        return False
    if (a.quantifier, a.scope, a.except_) != (b.quantifier, b.scope, b.except_):
        return False
    x, y = a.match.value, b.match.value
    if isinstance(x, SetOf) and isinstance(y, SetOf):
        if x.mode != y.mode or x.mode == "only":
            return x == y and a.unit.sentence == b.unit.sentence
    elif x != y:
        return False
    if a.unit.sentence == b.unit.sentence:
        # 仅限个人账户,统筹基金不可共享: two ways of saying it are two statements.
        return a.match.pattern.way == b.match.pattern.way
    after = b.unit.sentence.start - a.unit.sentence.end
    return (
        a.unit.bare
        and 0 <= after <= 2
        and "\n" not in a.unit.reading.folded.chars[a.unit.sentence.end : b.unit.sentence.start]
    )


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


def _claim(f: _Found, article: Article, reading: PartReading) -> Claim:
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
    )


def _figure_claim(f: Figure, except_: Scope, article: Article, reading: PartReading) -> Claim:
    """A figure as a record."""
    part, block = reading.part, f.reading.block
    start, end = block.text.span(*f.reading.folded.back(f.start, f.end))
    quote = article.source[start:end]
    scope = scope_of(facets_of(f.entries.values()))
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
        evidence=tuple(_evidence(f, article)),
    )


def _evidence(f: Figure, article: Article) -> Iterator[tuple[str, str, int, int]]:
    for e in f.entries.values():
        r = e.source.reading
        a, b = r.block.text.span(*r.folded.back(e.source.start, e.source.end))
        yield e.facet, article.source[a:b], a, b


def _name(article: Article, part: Part) -> str:
    return article.path if part.name == "main" else f"{article.path}#{part.name}"


def _key(article: Article, part: Part) -> str:
    return (article.id or article.path) + ("" if part.name == "main" else f"#{part.name}")


def _row_span(part: Part, row: tuple[int, int]) -> tuple[int, int]:
    first, last = (part.blocks[i].text for i in row)
    return first.starts[0], last.ends[-1]


def _sets_against(f: _Found, part: Part) -> tuple[int, int] | None:
    """Where the text itself sets this claim against a general one: its sentence, or the list that it stands in."""
    if not f.unit.contrast or (f.quantifier != "some" and f.scope == EVERYWHERE):
        return None
    block = f.unit.reading.block
    if block.list_id is not None:
        items: Sequence[Block] = [b for b in part.blocks if b.list_id == block.list_id and b.text.chars]
        return min(b.text.starts[0] for b in items), max(b.text.ends[-1] for b in items)
    a, b = f.unit.reading.folded.back(f.unit.sentence.start, f.unit.sentence.end)
    # The sentence before it too: 全省均可。但武汉除外。
    texts = f.unit.reading.spans
    n = next(i for i, s in enumerate(texts) if s.sentence == f.unit.sentence)
    if n and f.unit.contrast:
        a = f.unit.reading.folded.origin[texts[n - 1].sentence.start]
    return block.text.span(a, b)
