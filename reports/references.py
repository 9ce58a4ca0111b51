"""Reference facts as a reader gets them: as a side of a finding, and as a page of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from audit.model import Finding, Reference
from claims.facts import Source
from claims.wording import said
from reports.paint import Paint
from reports.record import FactOrigin
from reports.width import safe
from reports.wording.phrases import day
from reports.wording.terms import REFERENCE, SEVERITY, Lang, listed, pick, term
from reports.wording.vocabulary import Vocabulary


def source_words(source: Source, lang: Lang) -> str:
    """国务院办公厅《…》，2024年8月1日发布."""
    text = source.issuer + (" " if lang == "en" and source.issuer else "") + source.document
    if not source.published:
        return text
    return text + term("published", lang, day=_day(source.published, lang))


def _day(text: str, lang: Lang) -> str:
    """A day, a month or a year as people write them."""
    if lang == "en" or len(text) == len("2025-01-31"):
        return day(text, lang)
    year, _, month = text.partition("-")
    return f"{year}年" + (f"{int(month)}月" if month else "")


def in_force(reference: Reference, lang: Lang) -> str:
    """自2024年12月9日起; empty where it has always held and does still."""
    since, until = reference.since, reference.until
    if since and until:
        return term("from-to", lang, since=day(since, lang), until=day(until, lang))
    if since:
        return term("from", lang, since=day(since, lang))
    return term("until", lang, until=day(until, lang)) if until else ""


def side_lines(reference: Reference, label: str, words: Vocabulary, paint: Paint, gutter: int) -> Iterator[str]:
    """A reference where a side's articles would stand."""
    lang, bar = words.lang, paint("rule", "|")
    time = in_force(reference, lang)
    name = pick(REFERENCE[reference.kind], lang) + f" {reference.id}" + (f" ({time})" if time else "")
    yield f"{' ' * gutter}{paint('rule', '-->')} {name}"
    yield f"{' ' * gutter} {bar}"
    text = said(reference.words, lang, "")
    if text:
        yield f"{' ' * gutter} {bar} {safe(text)}"
    if reference.source is not None:
        unverified = "" if reference.verified else f" ({term('unverified', lang)})"
        yield f"{' ' * gutter} {bar} {term('source', lang)}: {safe(source_words(reference.source, lang))}{unverified}"
    yield f"{' ' * gutter} {bar} {label}"


def fact_page(
    reference: Reference, origin: FactOrigin, off: bool, findings: Iterable[Finding], words: Vocabulary, *,
    color: bool = False,
) -> str:  # fmt: skip
    """All that is known of a fact, and which findings rest on it."""
    paint, lang, position = Paint(color), words.lang, reference.position
    head = f"{pick(REFERENCE[reference.kind], lang)} {reference.id}"
    lines = [f"{paint('bold', head)}: {safe(said(reference.words, lang, ''))}", ""]
    resting = [f.id for f in findings if any(s.reference == reference or s.upheld == reference.id for s in f.sides)]
    for key, text in _rows(reference, origin, off, resting, words):
        lines.append(f"  {paint('bold', term(key, lang))}: {safe(text)}")
    more = "" if off else f"  {paint('bold', term('turn-off', lang))}: facts: {{{reference.id}: off}} (koujing.yaml)"
    assert position is not None
    return "\n".join([*lines, *([more] if more else [])]) + "\n"


def _rows(
    reference: Reference, origin: FactOrigin, off: bool, findings: Sequence[str], words: Vocabulary
) -> Iterator[tuple[str, str]]:
    lang, position = words.lang, reference.position
    yield "topic", f"{words.topic(position.topic)} ({position.topic})"
    yield "value", words.value(position.topic, position.value)
    bounds = words.bounds(position.quantifier, position.scope, position.except_) or term("everywhere-fact", lang)
    yield "scope", bounds + (f" ({term('default', lang)})" if reference.default else "")
    yield "in-force", in_force(reference, lang) or term("always", lang)
    if reference.source is not None:
        yield "source", source_words(reference.source, lang)
    yield "checked-at", term("verified" if reference.verified else "unverified", lang)
    level = pick(SEVERITY[reference.level], lang)
    if reference.warning_until:
        level += term("warning-until", lang, day=day(reference.warning_until, lang))
    yield "level", level
    if reference.note:
        yield "note", said(reference.note, lang, "")
    yield "origin-fact", term("off" if off else f"origin-{origin}", lang)
    yield "findings", listed(list(dict.fromkeys(findings)), lang) or term("none", lang)
