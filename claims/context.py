"""What stands round a block and bears on it: title, headings, list stem, table headers, the question before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from claims.article import Article, Block, Part
from claims.beliefs import beliefs
from claims.cells import with_unit
from claims.domain import ANY, Domain
from claims.labels import misbelief_label, names_misbelief
from claims.language.clauses import Clause
from claims.language.dates import as_of
from claims.language.grammar import Grammar
from claims.language.places import find as find_places
from claims.language.titles import titled_county
from claims.reading import (
    BlockReading,
    Lent,
    Unit,
    is_question,
    read_blocks,
    subject_of,
)
from claims.things import Thing, in_levels
from claims.units import units
from claims.zones import Concepts, by_concept, merged


class PartReading(msgspec.Struct, frozen=True):
    """A part's blocks and units, with what the whole part lends them. `region` is the one region that title or front
    matter names; `block_regions[i]` the one that the nearest heading above block i names, if any; `lent` is that
    region as a thing."""

    part: Part
    blocks: tuple[BlockReading, ...]
    units: tuple[Unit, ...]
    region: tuple[str, ...]
    block_regions: tuple[tuple[str, ...], ...]
    block_places: tuple[tuple[str, ...], ...]
    lent: tuple[Thing, ...]
    as_of: str | None
    believed: tuple[frozenset[Clause], ...] = ()


def read_part(article: Article, part: Part, domain: Domain) -> PartReading:
    """Read all blocks of a part and cut them into units."""
    region = _lent_region(article, part)
    readings = read_blocks(part.blocks, domain, region)
    readings = [with_unit(r, readings) for r in readings]
    title = readings[part.title] if part.title is not None else None
    subject = _part_subject(readings, title, domain)
    found: list[Unit] = []
    regions: list[tuple[str, ...]] = []
    above: dict[tuple[int, ...], Concepts] = {}

    @cache
    def lent_to(index: int) -> Lent:
        return _lent(readings[index], readings, title, subject, domain, above)

    for reading in readings:
        block = reading.block
        regions.append(_heading_region(readings, block, part))
        if block.kind in ("title", "heading") or not block.text.chars:
            continue
        if block.kind == "cell":
            if block.cell is None or block.cell.is_header:
                continue
            found += _cell_units(reading, readings, lent_to(reading.index), domain)
            continue
        found += units(reading, lent_to(reading.index), domain)
    found = _equated(found, readings, domain)
    spoken = as_of(title.folded.chars) if title is not None else None
    own = part.date if part.name != "main" else article.date
    places = tuple(tuple(n for p in r.places for n in p.names) for r in readings)
    lent = tuple(Thing(0, 0, kind.kind, r) for kind in domain.things.values() for r in region if in_levels(r, kind))
    told: tuple[frozenset[Clause], ...] = ()
    if domain.figures is not None:
        told = tuple(beliefs(r, lent_to(r.index)) for r in readings)
    return PartReading(part, tuple(readings), tuple(found), region, tuple(regions), places, lent, spoken or own, told)


def _equated(found: list[Unit], readings: list[BlockReading], domain: Domain) -> list[Unit]:
    """A part that says that one subject is another (亲情账户即家庭共济) speaks of both when it speaks of the one."""
    for subject, same in domain.same_subject.items():
        words = set(same.when)
        if not any(u.subject == subject for u in found):
            continue
        said = any(
            words <= set(by_concept(span.hits, c.start, c.end))
            for r in readings for span in r.spans for c in span.sentence.clauses
        )  # fmt: skip
        if said:
            found = [msgspec.structs.replace(u, also=same.as_) if u.subject == subject else u for u in found]
    return found


def _lent_region(article: Article, part: Part) -> tuple[str, ...]:
    """The one region that the front matter or the title names (section 4); two lend none."""
    if part.name == "main" and article.region:
        named = {n for p in find_places(article.region) for n in p.names}
        if len(named) == 1:
            return tuple(named)
    titles = [part.blocks[part.title].text.chars] if part.title is not None else []
    if part.name == "main" and article.title:
        # The page's title may say what its heading leaves out.
        titles.append(article.title)
    for title in titles:
        # 泰安市滨河医院 speaks of 泰安市; 兰州大学 of no place.
        placed = (p for p in find_places(title) if not p.in_name or title[p.end - 1] in "省市县区州盟旗")
        named = {n for p in placed for n in p.names}
        if named:
            return tuple(named) if len(named) == 1 else ()
    below = [b.text.chars for i, b in enumerate(part.blocks) if i != part.title]
    return next(((county,) for title in titles if (county := titled_county(title, below)) is not None), ())


def _heading_region(readings: list[BlockReading], block: Block, part: Part) -> tuple[str, ...]:
    for i in reversed([*block.headings, *([block.stem] if block.stem is not None else [])]):
        if i == part.title:
            continue
        if _asks(readings[i]):
            continue
        named = {n for p in readings[i].places for n in p.names}
        if len(named) == 1 and len(readings[i].folded.chars) <= 30:
            return tuple(named)
    return ()


def _part_subject(readings: list[BlockReading], title: BlockReading | None, domain: Domain) -> str | None:
    """What the part is about: the subject of its title, else the one its text speaks of often enough."""
    if domain.default_subject == ANY:
        return None
    pairs = [[set(domain.aliases.get(c, (c,))) for c in pair] for pair in domain.about.get("title_pairs", ())]

    def paired(concepts: set[str]) -> bool:
        return any(all(concepts & options for options in pair) for pair in pairs)

    if title is not None:
        if any(h.concept in domain.subjects[domain.default_subject] for h in title.hits):
            return domain.default_subject
        named = subject_of(title.hits, domain, 0, 1 << 30)
        if named:
            return named
        if paired({h.concept for h in title.hits}):
            return domain.default_subject
    mentions = sum(1 for r in readings for h in r.hits if h.concept in domain.subjects[domain.default_subject])
    if mentions >= int(domain.about.get("mentions", 2)):
        return domain.default_subject
    # A page may speak of it throughout and never name it: 把卡里的钱给爸妈用.
    told = sum(1 for r in readings for span in r.spans if paired({h.concept for h in span.hits}))
    return domain.default_subject if told >= int(domain.about.get("sentences", 1 << 30)) else None


def _concepts(reading: BlockReading | None) -> Concepts:
    if reading is None:
        return {}
    return by_concept([h for s in reading.spans for h in s.hits], 0, 1 << 30)


def _last_sentence(reading: BlockReading) -> tuple[Concepts, Grammar | None]:
    """A stem is only the last sentence before the list: else its sign leaks into every bullet."""
    if not reading.spans:
        return {}, None
    span = reading.spans[-1]
    decided = next((g for g in reversed(span.grammars) if g.sign or g.must or g.only), span.grammars[-1])
    return by_concept(span.hits, span.sentence.start, span.sentence.end), decided


def _lent(
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
        stem, stem_grammar = _last_sentence(s)
        if s.block.kind in ("heading", "title", "term") or (s.spans and is_question(s.spans[-1], s.folded.chars)):
            # A heading announces; it says neither yes nor no. A question asks.
            stem_grammar = None if _asks(s) else _announcing(stem_grammar, s)
        elif not s.folded.chars.endswith(":") and len(s.folded.chars) > 40:
            stem_grammar = None
    headings = [readings[i] for i in block.headings]
    if block.headings not in above:
        above[block.headings] = merged(*(_concepts(h) for h in reversed(headings)), _concepts(title))
    before = readings[index - 1] if index else None
    question: Concepts = {}
    question_grammar: Grammar | None = None
    misbelief = False
    from_title = False
    if (before is not None and before.spans and before.block.list_id == block.list_id) or (
        before is not None and before.block.kind in ("heading", "title", "term")
    ):
        asked = _asks(before)
        from_title = before.block.kind == "title" and asked
        if asked:
            question, question_grammar = _last_sentence(before)
        headed = before.block.kind in ("heading", "term")
        misbelief = headed and names_misbelief(before.folded.chars)
        if headed and misbelief_label(before.folded.chars):
            question, question_grammar = _last_sentence(before)
    if title is not None and not question and _first_text(readings, index, title) and _asks(title):
        question, question_grammar = _last_sentence(title)
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


def _announcing(grammar: Grammar | None, heading: BlockReading) -> Grammar | None:
    """A heading with a clear no or only (不能用的情形, 仅限以下亲属) rules its bullets; a plain one does not."""
    if grammar is None or not (grammar.sign < 0 or grammar.only or (grammar.modal and grammar.sign > 0)):
        return None
    return grammar


def _asks(reading: BlockReading) -> bool:
    """Does a block end in a question? In a title 能绑几个人 asks without its mark."""
    if not reading.spans:
        return False
    span = reading.spans[-1]
    wh = reading.block.kind in ("title", "heading", "term") and span.grammars[-1].wh
    return wh or is_question(span, reading.folded.chars)


def _first_text(readings: list[BlockReading], index: int, title: BlockReading) -> bool:
    """Is this the first block of the part that is neither title nor heading?"""
    return all(r.block.kind == "title" for r in readings[:index])


def _cell_units(reading: BlockReading, readings: list[BlockReading], lent: Lent, domain: Domain) -> list[Unit]:
    """A cell with its row's label and its column's header: 住院个人负担 | 能 is said by the whole row."""
    cell = reading.block.cell
    assert cell is not None
    labels = [readings[i] for i in cell.row_headers]
    headers = [readings[i] for i in cell.column_headers]
    # A table's first column is its rows' labels: they assert nothing alone. Where a header says yes or no of it
    # (可以付 | 不能付), it is a column like the others.
    if labels and all(_decides(r, readings) for r in labels):
        labels = []
    elif not labels and not _decides(reading, readings):
        return []
    label_concepts: Concepts = {}
    for r in labels:
        label_concepts = merged(label_concepts, _concepts(r))
    header_concepts: Concepts = {}
    for r in headers:
        header_concepts = merged(header_concepts, _concepts(r))
    lent = msgspec.structs.replace(
        lent, question={}, question_grammar=None, stem=merged(label_concepts, header_concepts, lent.stem),
        stem_grammar=_column_grammar(headers),
        subject=next((s for r in (*labels, *headers) if (s := subject_of(r.hits, domain, 0, 1 << 30))), lent.subject),
    )  # fmt: skip
    made: list[Unit] = []
    # A cell that is a figure and no more says nothing but the figure.
    figure = bool(_FIGURE.fullmatch(reading.folded.chars))
    decided = bool(labels) and _decided_before(reading, readings)
    for u in units(reading, lent, domain):
        if figure and not reading.quantities:
            continue
        if decided and not reading.quantities and (_says_nothing(u.grammar) or reading.folded.chars == "无"):
            # 住院自付 | 可以 | 凭实名, or 无: a note beside the yes or no of its row.
            continue
        bare = u.bare or reading.folded.chars in _MARKS or len(reading.folded.chars) <= _BARE_CELL
        if bare:
            # The content is in the label; the cell says only yes or no.
            zones = u.zones.widened(label_concepts, header_concepts)
        else:
            zones = u.zones.widened(label_concepts, header_concepts, but="clause")
        row = (labels[0].index, reading.index) if bare and labels else None
        if bare and u.grammar.affirms and not u.grammar.sign:
            u = msgspec.structs.replace(u, grammar=msgspec.structs.replace(u.grammar, sign=1))
        made.append(
            msgspec.structs.replace(
                u,
                zones=zones,
                row=row,
                labelled=True,
                bare=False,
                figure=figure,
                row_concepts=frozenset(label_concepts),
                column_concepts=frozenset(header_concepts),
            )
        )
    return made


def _decided_before(reading: BlockReading, readings: Sequence[BlockReading]) -> bool:
    """Whether a cell before this one in its row says only yes or no."""
    cell = reading.block.cell
    for r in reversed(readings[: reading.index]):
        other = r.block.cell
        if cell is None or other is None or other.table != cell.table or other.row_headers != cell.row_headers:
            return False
        if r.folded.chars in _MARKS or (len(r.folded.chars) <= _BARE_CELL and r.spans and r.spans[0].grammars[0].modal):
            return True
    return False


def _says_nothing(grammar: Grammar) -> bool:
    return not (grammar.sign or grammar.must or grammar.need_not or grammar.only or grammar.affirms or grammar.denies)


_BARE_CELL = 6
"""Characters: a cell no longer than this, with a modal, says only yes or no."""


def _decides(reading: BlockReading, readings: list[BlockReading]) -> bool:
    """Whether the header of a cell's column says yes or no of what stands below it."""
    cell = reading.block.cell
    return cell is not None and _column_grammar([readings[i] for i in cell.column_headers]) is not None


def _column_grammar(headers: list[BlockReading]) -> Grammar | None:
    """A column headed 不可以付 says no of its cells; one headed 能否 asks."""
    if not headers or _asks(headers[-1]):
        return None
    return _announcing(_last_sentence(headers[-1])[1], headers[-1])


_FIGURE = re.compile(r"[\d.,%元万百千一二三四五六七八九十两成/年月每人次至-]*")
_MARKS = {"√", "✓", "✔", "×", "✗", "✘", "是", "否", "—", "-"}
