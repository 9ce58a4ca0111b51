"""Words that a row of numbers shares out: 一级、二级、三级医院的报销比例分别为85%、75%、60%."""

from __future__ import annotations

from claims.figures.binding import Line, row_of
from claims.figures.facets import JOINED, dimension_of
from claims.figures.marks import Anchor, Word


def others_share(anchor: Anchor, line: Line) -> list[Word]:
    """The words that belong to the other numbers of the row that `anchor` stands in: of the one list before the row
    that has as many words as it has numbers, all but the one in its place. None where no list, or several, fit."""
    row = row_of(anchor, line)
    if len(row) < 2:
        return []
    fitting = [words for words in _lists(line, row[0].start) if len(words) == len(row)]
    if len(fitting) != 1 or len({w.members for w in fitting[0]}) < len(row):
        return []
    own = fitting[0][row.index(anchor)]
    return [w for w in fitting[0] if w is not own]


def _lists(line: Line, before: int) -> list[list[Word]]:
    """The last list of each dimension that ends before the row, with no number between."""
    text = line.reading.folded.chars
    start = max((a.end for a in line.anchors if a.end <= before), default=line.sentence.start)
    found: dict[str, list[Word]] = {}
    for w in line.words:
        if not start <= w.start or w.end > before or not w.members:
            continue
        name = dimension_of(w)
        words = found.get(name)
        between = text[words[-1].end : w.start] if words else ""
        if words and len(between) <= 2 and (not between or JOINED.fullmatch(between)):
            words.append(w)
        else:
            found[name] = [w]
    return [words for words in found.values() if len(words) > 1]
