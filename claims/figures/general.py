"""What a part as a whole says of its figures: its region, its one scheme, the year of its lead."""

from __future__ import annotations

from claims.figures.context import Blocks
from claims.figures.facets import Entries, Entry, Source, put
from claims.figures.marks import Word, anchors, stretch, whole, words, words_of
from claims.figures.rules import Figures, Members
from claims.labels import question_label
from claims.reading import BlockReading

_LEAD = 200
"""Behind this the first paragraph says nothing of the whole part (folded characters)."""


def said_of_all(blocks: Blocks, region: tuple[str, ...], figures: Figures) -> Entries:
    """What holds for all figures of a part unless something nearer says otherwise. `region` is the one that title or
    front matter names; of the facets of `sole` it is what all the part says, else what its lead says."""
    entries: Entries = {}
    if region:
        entries["region"] = Entry("region", region, Source(None, 0, 0), (-3, 0))
    for facet in figures.sole:
        sole = _sole(blocks, facet, figures)
        if sole is not None:
            put(entries, *sole, -2, figures)
    if blocks.lead is not None:
        _put_lead(entries, blocks.lead, figures)
    return entries


def _put_lead(entries: Entries, lead: BlockReading, figures: Figures) -> None:
    """What the first paragraph names once before its first figure."""
    end = max((s.sentence.end for s in lead.spans if s.sentence.start < _LEAD), default=0)
    beginning = stretch(lead, 0, end)
    first_units = {r.units[0] for r in figures.rules if r.units} - {"date"}
    first = min([a.start for a in anchors(beginning, figures) if a.unit in first_units], default=_LEAD)
    spoken = [w for w in words(beginning, figures) if w.start < min(_LEAD, first) and w.members]
    for facet in ("year", *figures.sole):
        of_it = [w for w in spoken if w.facet == facet]
        # What somebody asks about at the beginning need not be what he is told of.
        asks = facet != "year" and question_label(lead.folded.chars)
        if len({w.members for w in of_it}) == 1 and not asks:
            put(entries, lead, of_it[0], -1, figures)


def _sole(blocks: Blocks, facet: str, figures: Figures) -> tuple[BlockReading, Word] | None:
    """The first word of a facet in the part, where every other names the same members."""
    says, first = figures.members_of(facet), None
    for reading in blocks.readings:
        for w in _words_of(reading, facet, says, figures):
            if not w.members:
                continue
            if first is None:
                first = reading, w
            elif w.members != first[1].members:
                return None
    return first


def _words_of(reading: BlockReading, facet: str, says: Members, figures: Figures) -> list[Word]:
    if facet in ("region", "year"):
        return [w for w in words(whole(reading), figures) if w.facet == facet]
    return words_of(whole(reading), says) if any(h.concept in says for h in reading.hits) else []
