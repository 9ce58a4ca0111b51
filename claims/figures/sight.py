"""Which facet words of a sentence a number sees: those before it, and those close behind it."""

from __future__ import annotations

import re
from bisect import bisect_left

from claims.figures.context import Around
from claims.figures.facets import Entries, dimension_of, groups, put
from claims.figures.line import Line, clause_of
from claims.figures.marks import Anchor, Word
from claims.figures.rules import Rule
from claims.language.clauses import Clause


def scope_at(anchor: Anchor, rule: Rule, line: Line, around: Around, carried: Entries, near: int) -> Entries:
    """All that is said of a number: what is carried to its sentence, with the words of the sentence put over it."""
    figures, since = around.figures, len(around.regions) + 1
    entries = {n: e for n, e in carried.items() if not (e.facet in rule.near and e.source.reading is line.reading)}
    for reading, named in line.headings:
        alike = line.alike.get(anchor.unit, ())
        if len(named) == len(alike):
            put(entries, reading, named[bisect_left(alike, anchor.start)], near, figures)
    clause = clause_of(line.sentence, anchor.start)
    inside = _holding(anchor, line)
    counted = []
    for w in line.words:
        if w.start >= anchor.start:
            break
        if line.shared and line.shared.get(w, anchor) is not anchor:
            continue
        if line.brackets and _out_of_sight(w, anchor, line, inside):
            continue
        if w.facet in rule.near and w.start < clause.start and not _rules_on(w, line):
            continue
        counted.append(w)
    text = line.reading.folded.chars
    counted = _not_set_against(counted, line)
    for w in groups(counted, text):
        put(entries, line.reading, w, near, figures, line.ends, since)
    behind = groups(_after(anchor, line, clause), text)
    own = {dimension_of(w) for w in counted} if behind else ()
    for w in behind:
        bracketed = any(anchor.end <= a <= w.start < b for a, b in line.brackets)
        if bracketed or dimension_of(w) not in own:
            put(entries, line.reading, w, near, figures)
    return entries


_TURNS_TO = re.compile(r"但(?:是)?|不过|对于?|针对|其中|而")


def _rules_on(word: Word, line: Line) -> bool:
    """在职:门槛费200元,…,封顶2000元; 但低保对象起付线降至8000元,…,不封顶: what a label says, and whom a 但 turns to, is
    said of all that follows in the sentence."""
    clause = clause_of(line.sentence, word.start)
    return clause.closed_by == ":" or bool(_TURNS_TO.match(line.reading.folded.chars, clause.start, word.start))


def _not_set_against(words: list[Word], line: Line) -> list[Word]:
    """学生400元,低保户200元: who is named behind a figure is set against who was named before it, of whatever
    dimension of the facet (the poor are no students)."""
    if not words or words[-1].start < line.ends[0]:
        return words
    last: dict[str, dict[str, int]] = {}
    for w in words:
        if w.members:
            last.setdefault(w.facet, {})[dimension_of(w)] = w.start
    kept: list[Word] = []
    for w in words:
        i = bisect_left(line.ends, w.end)
        others = (start for name, start in last.get(w.facet, {}).items() if name != dimension_of(w))
        if i == len(line.ends) or max(others, default=-1) < line.ends[i]:
            kept.append(w)
    return kept


def _holding(anchor: Anchor, line: Line) -> tuple[int, int] | None:
    """The innermost bracket that holds a number."""
    held = [(a, b) for a, b in line.brackets if a <= anchor.start and anchor.end <= b]
    return max(held) if held else None


def _out_of_sight(word: Word, anchor: Anchor, line: Line, inside: tuple[int, int] | None) -> bool:
    """A word in a bracket that closed before the number belongs to what stood before the bracket."""
    for a, b in line.brackets:
        if a <= word.start < b and b <= anchor.start and (inside is None or not inside[0] <= a):
            numbers = any(a <= x.start < b for x in line.anchors)
            follows = any(0 <= a - 1 - x.end <= 1 for x in line.anchors)
            label = clause_of(line.sentence, b).closed_by == ":"
            if numbers or follows or (b + 6 < anchor.start and not label):
                return True
    return False


def _after(anchor: Anchor, line: Line, clause: Clause) -> list[Word]:
    """The facet words after a number that still belong to it: in the bracket behind it, or close behind."""
    if not line.words or line.words[-1].start < anchor.end:
        return []
    text = line.reading.folded.chars
    for a, b in line.brackets:
        if 0 <= a - 1 - anchor.end <= 2:
            if any(a <= x.start < b for x in line.anchors if x.unit == anchor.unit):
                return []
            return [w for w in line.words if a <= w.start and w.end <= b]
    end = min([clause.end, anchor.end + 12, *(a.start for a in line.anchors if a.start >= anchor.end)])
    for i in range(anchor.end, end):
        if text[i] in "、(/),;:" or i in line.reading.folded.gaps:
            end = i
            break
    return [w for w in line.words if anchor.end <= w.start and w.end <= end]
