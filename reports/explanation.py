"""`koujing explain`: a claim with all that is known of how it was read, and what two claims come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from audit.model import Finding
from audit.verdict import Verdict
from claims.model import CUE, Claim, Evidence
from reports.paint import Paint
from reports.places import Mark, by_line, show
from reports.record import Report, Sources
from reports.width import cut, safe
from reports.wording.phrases import day
from reports.wording.terms import HEDGE, KIND, ORIGIN, SEVERITY, SIDES, WHERE, Lang, listed, pick, term
from reports.wording.vocabulary import Vocabulary

_PASSAGE = 60
"""Columns of a passage that are shown."""


def claim_page(
    places: Sequence[Claim], findings: Iterable[Finding], report: Report, sources: Sources, *,
    examples: Sequence[str] = (), color: bool = False,
) -> str:  # fmt: skip
    """One claim, which may stand in several places: where, how it was read, which findings it takes part in.

    `examples` are sentences that its pattern was written for.
    """
    paint, words = Paint(color), report.words
    claim, lang = places[0], report.words.lang
    value = words.value(claim.topic, claim.value)
    lines = [f"{paint('bold', term('claim', lang, id=claim.id))}: {words.topic(claim.topic)} — “{safe(value)}”"]
    gutter = max(len(str(c.line)) for c in places) + 1
    marks = [Mark(one, 0, "" if n else f"“{safe(value)}”") for n, one in enumerate(places)]
    for group in by_line(marks, sources):
        lines += show(group, report, sources, paint, gutter)
    lines.append("")
    for key, text in _facts(claim, report, sources(claim.article), examples):
        lines.append(f"  {paint('bold', term(key, lang))}: {safe(text)}")
        if key == "scope":
            lines += (f"    {safe(taken)}" for taken in _taken(claim, words))
    taking = sorted({f.id for f in findings if any(c.id == claim.id for side in f.sides for c in side.claims)})
    lines.append(f"  {paint('bold', term('findings', lang))}: {listed(taking, lang) or term('none', lang)}")
    return "\n".join(lines) + "\n"


def _facts(
    claim: Claim, report: Report, source: str | None, examples: Sequence[str]
) -> Iterator[tuple[str, str]]:
    words, lang = report.words, report.words.lang
    yield "topic", f"{words.topic(claim.topic)} ({claim.topic})"
    yield "value", words.value(claim.topic, claim.value)
    yield "scope", words.scope(claim.scope) if claim.scope else term("everywhere", lang)
    if claim.except_:
        yield "except", words.scope(claim.except_)
    yield "quantifier", term(claim.quantifier, lang)
    if claim.sets_against is not None:
        start, end = claim.sets_against
        passage = " ".join(source[start:end].split()) if source is not None else f"{start}–{end}"
        yield "sets_against", f"“{cut(passage, _PASSAGE)}”"
    yield "as_of", day(claim.as_of, lang) if claim.as_of else term("no-date", lang)
    if claim.hedged:
        yield "hedged", pick(HEDGE[claim.hedged], lang)
    yield "origin", pick(ORIGIN[claim.origin], lang)
    like = term("like", lang, examples=listed([f"“{e}”" for e in examples], lang)) if examples else ""
    yield "pattern", claim.pattern + like


def _taken(claim: Claim, words: Vocabulary) -> Iterator[str]:
    """地区 湖北省 ← 标题“湖北”（第 1 行）: what called a figure, and each facet, with the words it was taken from."""
    yield from _told(term("cue", words.lang), [e for e in claim.evidence if e.of == CUE], words.lang)
    for facet, members in claim.scope.facets:
        what = f"{words.facet(facet)} {words.in_facet(facet, members)}"
        found = [e for e in claim.evidence if e.of == facet]
        yield from _told(what, found, words.lang)
        if not found:
            yield term("given", words.lang, what=what)


def _told(what: str, found: Iterable[Evidence], lang: Lang) -> Iterator[str]:
    """One line for each place that words were taken from."""
    for (where, line), together in groupby(found, key=lambda e: (e.where, e.line)):
        quoted = listed([f"“{e.words}”" for e in together], lang)
        yield term("taken", lang, what=what, where=pick(WHERE[where], lang), words=quoted, line=line)


def verdict_page(
    a: Claim, b: Claim, verdict: Verdict, report: Report, sources: Sources, *, color: bool = False
) -> str:
    """Two claims and what they come to: a conflict of which kind, or why none."""
    paint, words, lang = Paint(color), report.words, report.words.lang
    gutter = max(len(str(a.line)), len(str(b.line))) + 1
    lines: list[str] = []
    marks = [
        Mark(claim, n, f"{pick(SIDES[str(n)], lang)}: {safe(words.position(claim))}") for n, claim in enumerate((a, b))
    ]
    for group in by_line(marks, sources):
        lines += show(group, report, sources, paint, gutter)
    lines.append("")
    if verdict.kind is None or verdict.severity is None:
        outcome, why = term("no-conflict", lang), "why-not"
    else:
        kind, severity = pick(KIND[verdict.kind], lang), pick(SEVERITY[verdict.severity], lang)
        outcome, why = term("conflict", lang, kind=kind, severity=severity), "why"
    lines.append(f"  {paint('bold', term('verdict', lang))}: {outcome}")
    lines.append(f"  {paint('bold', term(why, lang))}: {safe(words.why((a, b), verdict.reasons, milder=False))}")
    milder = words.why((a, b), verdict.reasons, milder=True)
    if milder and verdict.severity != "error":
        lines.append(f"  {paint('bold', term(f'why-{verdict.severity}', lang))}: {safe(milder)}")
    if verdict.kind is not None:
        lines.append(f"  {paint('bold', term('more', lang))}: koujing explain {verdict.kind}")
    return "\n".join(lines) + "\n"
