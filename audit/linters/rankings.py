"""Who is said to have more, where the article gives the figures of both (一档个人缴费较少)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.linters.changes import comes_to
from audit.linters.contrasts import FAMILIES, Named, figures_of, named_figures
from audit.linters.figures import alike, is_point, quantities_in
from audit.linters.later import later
from audit.linters.page import Page, Remark, prose, remark
from claims.language.clauses import Clause
from claims.reading import BlockReading, Span

_HIGHER = r"高|多|贵|重|大|长"
_LOWER = r"低|少|便宜|轻|小|短"
_RANKED = later(
    rf"(?P<attribute>[\u4e00-\u9fff]{{2,12}}?)(?:更|较|比较|相对较?|明显较?|略)(?:(?P<up>{_HIGHER})|(?P<down>{_LOWER}))$"
)
_MORE = later(
    rf"比(?P<other>[^,。;:\d]{{2,10}}?)的?(?P<attribute>[^,。;:\d]{{0,8}}?)(?:还要?|更|都|要)?"
    rf"(?:(?P<up>{_HIGHER})|(?P<down>{_LOWER}))(?:出|了|约)*(?=\d|(?:一截|一些|一点|不少|很多|得多|许多)?$)"
    r"|(?:(?P<above>高于|多于|大于)|(?P<under>低于|少于|小于))(?P<than>[^,。;:\d]{2,10})$"
)


def rankings(page: Page) -> Iterator[Remark]:
    for family in FAMILIES:
        figures = list(named_figures(page, family))
        if len({f.who for f in figures}) > 1:
            for block in page.blocks:
                yield from _ranked(block, family, figures)
                yield from _one_than_other(block, family, figures)


def _ranked(block: BlockReading, family: re.Pattern[str], figures: Sequence[Named]) -> Iterator[Remark]:
    text = block.folded.chars
    for span in block.spans:
        if any(g.asks or g.believes is not None for g in span.grammars):
            continue
        for clause in span.sentence.clauses:
            m = _RANKED.search(text, clause.start, clause.end)
            who = _subject_of(text, clause, span, family) if m is not None else None
            if m is None or who is None or quantities_in(block, clause.start, clause.end):
                continue
            others = {f.who for f in figures} - {who}
            if len(others) != 1:
                continue
            attribute = family.sub("", m["attribute"])
            ours, theirs = (figures_of(figures, w, attribute) for w in (who, *others))
            if not ours or not theirs or not alike(ours[0].quantity, theirs[0].quantity):
                continue
            more, less = (theirs, ours) if m["up"] else (ours, theirs)
            if all(a.quantity.low > b.quantity.high for a in more for b in less):
                yield remark(
                    (block, clause.start, clause.end), [f.piece for f in (*ours, *theirs)],
                    reason="comparison-ranked", word=m[0], who=who, ours=_words(ours[0]), other=others.pop(),
                    theirs=_words(theirs[0]),
                )  # fmt: skip


def _one_than_other(
    block: BlockReading, family: re.Pattern[str], figures: Sequence[Named]
) -> Iterator[Remark]:
    """退休人员比在职职工高5个百分点, where the sentence or the one before gives the figure of each."""
    text = block.folded.chars
    spans = prose(block)
    for n, span in enumerate(spans):
        if any(g.asks or g.condition or g.believes is not None for g in span.grammars):
            continue
        start = spans[n - 1].sentence.start if n else span.sentence.start
        for clause in span.sentence.clauses:
            m = _MORE.search(text, clause.start, clause.end)
            if m is None:
                continue
            who = [w[0] for w in family.finditer(text, clause.start, m.start())]
            subject = None if who else _subject_before(block, clause, family)
            who = [subject] if subject else who
            other = family.search(m["other"] or m["than"])
            if not who or other is None or other[0] == who[-1]:
                continue
            near = [f for f in figures if f.block is block and start <= f.quantity.start < span.sentence.end]
            near = [f for f in near if not clause.start <= f.quantity.start < clause.end]
            step = next((q for q in quantities_in(block, m.end() - 1, clause.end) if q.start <= m.end()), None)
            ours, theirs = ([f for f in near if f.who == w] for w in (who[-1], other[0]))
            if len(ours) != 1 or len(theirs) != 1 or not alike(ours[0].quantity, theirs[0].quantity):
                continue
            a, b = ours[0].quantity, theirs[0].quantity
            if not is_point(a) or not is_point(b):
                continue
            stated = (block, clause.start, clause.end)
            both = [f.piece for f in (*ours, *theirs)]
            more = bool(m["up"] or m["above"])
            if (a.low <= b.low) if more else (a.low >= b.low):
                yield remark(
                    stated, both, reason="comparison-ranked", word=text[clause.start : clause.end], who=who[-1],
                    ours=_words(ours[0]), other=other[0], theirs=_words(theirs[0]),
                )  # fmt: skip
            elif step is not None and not comes_to(b, step, a, more):
                yield remark(
                    stated, both, reason="comparison-step", old=_words(theirs[0]), new=_words(ours[0]),
                    step=("+" if more else "-") + text[step.start : step.end],
                )  # fmt: skip


def _subject_of(text: str, clause: Clause, span: Span, family: re.Pattern[str]) -> str | None:
    """The one member that a clause speaks of, or else the nearest clause before it that names any."""
    at = span.sentence.clauses.index(clause)
    for one in reversed(span.sentence.clauses[: at + 1]):
        named = {w[0] for w in family.finditer(text, one.start, one.end)}
        if named:
            return named.pop() if len(named) == 1 else None
    return None


def _subject_before(block: BlockReading, clause: Clause, family: re.Pattern[str]) -> str | None:
    """Whom the clauses before speak of, nearest first, over at most two sentences."""
    text = block.folded.chars
    at = next((n for n, s in enumerate(block.spans) if s.sentence.start <= clause.start < s.sentence.end), 0)
    for span in reversed(block.spans[max(0, at - 1) : at + 1]):
        for one in reversed(span.sentence.clauses):
            named = {w[0] for w in family.finditer(text, one.start, one.end)} if one.start < clause.start else set()
            if named:
                return named.pop() if len(named) == 1 else None
    return None


def _words(named: Named) -> str:
    return named.block.folded.chars[named.quantity.start : named.quantity.end]
