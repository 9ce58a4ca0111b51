"""Numbers of table cells whose unit stands in a header: 2.96 below 面积(万平方公里)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from claims.language.lexicon import Hit
from claims.language.quantities import quantities
from claims.reading import BlockReading

_NUMBER = re.compile(r"(?:约|近)?\d[\d,]*(?:\.\d+)?(?:[-至]\d[\d,]*(?:\.\d+)?)?(?:以上|以下|左右)?")
_UNIT = re.compile(r"[(\[](?:单位:?)?(?P<unit>[^()\[\]\d]{1,8})[)\]]$|单位:(?P<said>[^()\[\]\d]{1,8})$")
_LAST = re.compile(r"(?P<number>.*?\d)(?P<after>以上|以下|左右)?")


def with_unit(reading: BlockReading, readings: Sequence[BlockReading]) -> BlockReading:
    """A cell that is a number and no more, counted in the unit that its column's header, else its row's label, gives in
    brackets; any other block as it is."""
    cell, text = reading.block.cell, reading.folded.chars
    if cell is None or cell.is_header or not _NUMBER.fullmatch(text):
        return reading
    parts = _LAST.fullmatch(text)
    for i in (*reversed(cell.column_headers), *reversed(cell.row_headers)):
        m = _UNIT.search(readings[i].folded.chars)
        if m is None or parts is None:
            continue
        counted = quantities(f"{parts['number']}{m['unit'] or m['said']}{parts['after'] or ''}")
        if len(counted) == 1 and counted[0].start <= 1:
            whole = msgspec.structs.replace(counted[0], end=len(text), whole_end=len(text))
            return _counted(reading, Hit(whole.start, whole.end, f"n.{whole.unit}"), whole)
    return reading


def _counted(reading: BlockReading, hit: Hit, quantity: object) -> BlockReading:
    replace = msgspec.structs.replace
    kept = tuple(h for h in reading.hits if not h.concept.startswith("n."))
    spans = tuple(
        replace(s, hits=(*(h for h in s.hits if not h.concept.startswith("n.")), hit)) for s in reading.spans
    )
    return replace(reading, hits=(*kept, hit), spans=spans, quantities=(quantity,))
