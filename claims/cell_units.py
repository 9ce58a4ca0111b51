"""The units of a table's cell, which says what it says of its row and its column."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from claims.domain import Domain
from claims.language.grammar import Grammar
from claims.lending import announcing, asks_at_end, concepts_in, last_sentence
from claims.reading import BlockReading, Lent, Unit, subject_of
from claims.units import units
from claims.zones import Concepts, merged

_FIGURE = re.compile(r"[\d.,%元万百千一二三四五六七八九十两成/年月每人次至-]*")
_MARKS = {"√", "✓", "✔", "×", "✗", "✘", "是", "否", "—", "-"}
_BARE_CELL = 6
"""Characters: a cell no longer than this, with a modal, says only yes or no."""


def cell_units(reading: BlockReading, readings: list[BlockReading], lent: Lent, domain: Domain) -> list[Unit]:
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
        label_concepts = merged(label_concepts, concepts_in(r))
    header_concepts: Concepts = {}
    for r in headers:
        header_concepts = merged(header_concepts, concepts_in(r))
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


def _decides(reading: BlockReading, readings: list[BlockReading]) -> bool:
    """Whether the header of a cell's column says yes or no of what stands below it."""
    cell = reading.block.cell
    return cell is not None and _column_grammar([readings[i] for i in cell.column_headers]) is not None


def _column_grammar(headers: list[BlockReading]) -> Grammar | None:
    """A column headed 不可以付 says no of its cells; one headed 能否 asks."""
    if not headers or asks_at_end(headers[-1]):
        return None
    return announcing(last_sentence(headers[-1])[1], headers[-1])
