"""What stands round a block and bears on it: title, headings, list stem, table headers, the question before it."""

from __future__ import annotations

from functools import cache

import msgspec

from claims.article import Article, Block, Part
from claims.beliefs import beliefs
from claims.cell_units import cell_units
from claims.cells import with_unit
from claims.domain import ANY, Domain
from claims.language.clauses import Clause
from claims.language.dates import as_of
from claims.language.places import find as find_places
from claims.language.titles import titled_county
from claims.lending import asks_at_end, surroundings
from claims.reading import (
    BlockReading,
    Lent,
    Unit,
    read_blocks,
    subject_of,
)
from claims.things import Thing, in_levels
from claims.units import units
from claims.zones import Concepts, by_concept


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
        return surroundings(readings[index], readings, title, subject, domain, above)

    for reading in readings:
        block = reading.block
        regions.append(_heading_region(readings, block, part))
        if block.kind in ("title", "heading") or not block.text.chars:
            continue
        if block.kind == "cell":
            if block.cell is None or block.cell.is_header:
                continue
            found += cell_units(reading, readings, lent_to(reading.index), domain)
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
        if asks_at_end(readings[i]):
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
