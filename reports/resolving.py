"""The screens of `koujing resolve`: pure text for a width, with colour or without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from audit.model import KINDS, Finding, Quote, Side
from audit.rulings.deciding import claims_of
from audit.rulings.model import Ruling
from audit.rulings.outcome import Outcome
from audit.suggestions import Suggestion, articles, span
from claims.model import Claim
from claims.readers.lines import LINE_END
from reports.excerpt import Row, excerpt
from reports.grouping import examples
from reports.paint import Paint
from reports.places import style_of
from reports.record import Sources
from reports.references import in_force, source_words
from reports.telling import letter, says
from reports.width import columns, cut, pad, safe, wrapped
from reports.wording.messages import message, todo
from reports.wording.phrases import day
from reports.wording.resolving import HELP, KEYS, VERDICT, tell
from reports.wording.terms import KIND, REFERENCE, SEVERITY, Lang, listed, pick, term
from reports.wording.vocabulary import Vocabulary

SHOWN = 3
"""Places of a side that are shown; the rest are counted."""

AROUND = 2
"""Lines of context before and after the first quote of a side."""

LISTED = 40
"""Places, claims to choose from, and lines of a file that are shown at most; the rest are counted."""

LEAST, MOST = 30, 100
"""Columns: what is narrower is not laid out for, what is wider is not read."""


class View(msgspec.Struct, frozen=True, kw_only=True):
    """How screens are shown, and what they are filled from. `titles` are by a claim's `article`."""

    words: Vocabulary = Vocabulary()
    sources: Sources
    titles: Mapping[str, str] = {}
    width: int = 80
    color: bool = False

    @property
    def lang(self) -> Lang:
        return self.words.lang

    @property
    def columns(self) -> int:
        return max(LEAST, min(self.width, MOST))

    @property
    def paint(self) -> Paint:
        return Paint(self.color)

    def text(self, text: str, indent: str = "", first: str | None = None) -> list[str]:
        """A text wrapped, its lines indented; `first` stands before the first line instead."""
        room = max(10, self.columns - columns(indent))
        lines = wrapped(safe(text), room)
        return [(indent if first is None or n else first) + line for n, line in enumerate(lines)]


def keys_of(finding: Finding) -> tuple[str, ...]:
    """The keys that a finding takes. What is wrong inside one article has no value that could stand."""
    return tuple(key for key in KEYS if finding.kind in KINDS or key not in ("1", "2"))


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


# One finding.


def about(finding: Finding, words: Vocabulary) -> str:
    """家庭共济的地域范围：2 篇文章说“可跨省”，1 篇说“不出省”."""
    return f"{words.subject(finding)}{'：' if words.lang == 'zh' else ': '}{message(finding, words)}"


def finding_screen(
    finding: Finding, n: int, m: int, suggestion: Suggestion | None, view: View, status: str = ""
) -> str:
    """A finding as an editor judges it; `status` says what was decided of it before."""
    return _lines(_finding(finding, n, m, suggestion, view, status))


def _finding(
    finding: Finding, n: int, m: int, suggestion: Suggestion | None, view: View, status: str
) -> Iterator[str]:
    lang, paint, words = view.lang, view.paint, view.words
    yield paint("rule", "─" * view.columns)
    severity = pick(SEVERITY[finding.severity], lang)
    head = [tell("of", lang, n=n, m=m), severity, pick(KIND[finding.kind], lang), finding.id]
    for line in flowing(head, " · ", view.columns):
        yield line.replace(f" {severity} ", f" {paint(finding.severity, severity)} ", 1)
    yield from (paint("bold", line) for line in view.text(about(finding, words)))
    if finding.reasons and finding.kind in KINDS:
        yield from view.text(f"{term('why', lang)}: {words.why(finding, finding.reasons, milder=False)}")
    if status:
        yield from view.text(status)
    for number, side in enumerate(finding.sides):
        yield ""
        yield from _side(number, side, finding, view)
    yield ""
    yield from _suggested(finding, suggestion, view)


def _side(n: int, side: Side, finding: Finding, view: View) -> Iterator[str]:
    lang, style = view.lang, style_of(n)
    name = letter(n, lang)
    first = [f"{name} {says(n, side, finding, view.words)}"]
    if side.position is not None and side.reference is None:
        first += [tell("side", lang, n=articles(side)), _dates(side, lang)]
    yield from (view.paint(style, line) for line in view.text(" · ".join(first), indent="   ", first=""))
    if side.reference is not None:
        yield from _reference(side, view)
        return
    picked = [side.places[i] for i in examples(side, SHOWN)]
    gutter = len(str(max((place.line for place in picked), default=1) + 2 * AROUND))
    for number, (_, group) in enumerate(groupby(picked, key=lambda place: place.article)):
        yield from _article(list(group), n, 0 if number else AROUND, gutter, view)
    if side.count > len(picked):
        yield from view.text(tell("rest", lang, n=side.count - len(picked), id=finding.id), indent="  ", first="  ")


def _dates(side: Side, lang: Lang) -> str:
    """日期 2023年1月31日 至 2025年3月11日，另有 2 处没有日期."""
    when = span(side)
    if not when.first:
        return tell("undated", lang)
    first, last = day(when.first, lang), day(when.last, lang)
    text = tell("on", lang, first=first) if first == last else tell("from-to", lang, first=first, last=last)
    return listed([text, *([tell("some-undated", lang, n=when.undated)] if when.undated else [])], lang)


def _reference(side: Side, view: View) -> Iterator[str]:
    known = side.reference
    assert known is not None
    lang = view.lang
    time = in_force(known, lang)
    name = f"{pick(REFERENCE[known.kind], lang)} {known.id}" + (f" ({time})" if time else "")
    yield from view.text(name, indent="  ", first="  ")
    text = dict(known.words).get(lang) or dict(known.words).get("") or ""
    if text:
        yield from view.text(text, indent="  ", first="  ")
    if known.source is not None:
        unverified = "" if known.verified else f" ({term('unverified', lang)})"
        told = f"{term('source', lang)}: {source_words(known.source, lang)}{unverified}"
        yield from view.text(told, indent="  ", first="  ")


def _article(places: Sequence[Claim | Quote], side: int, around: int, gutter: int, view: View) -> Iterator[str]:
    """What an article says: where, the lines of its quotes with the words underlined, some lines around the first."""
    first = places[0]
    title = view.titles.get(first.article, "")
    teaser = term("teaser", view.lang) if first.is_teaser else ""
    where = f"{first.path}:{first.line}" + (f" 《{title}》" if title else "") + (f" {teaser}" if teaser else "")
    yield from (view.paint("rule", line) for line in view.text(where, indent="    ", first="  "))
    source = view.sources(first.path)
    room = view.columns - gutter - 5
    quoted: dict[int, list[str]] = {}
    for place in places:
        if source is None or source[place.start : place.end] != place.quote:
            yield from view.text(f"“{place.quote}” {term('no-source', view.lang)}", indent="    ", first="    ")
            continue
        rows = excerpt(source, place.start, place.end, place.line, width=room)
        lines = [line for row in rows for line in _marked(row, side, gutter, view)]
        quoted.setdefault(place.line, []).extend(lines)
    if source is None or not quoted:
        return
    covered = {n for place in places for n in range(place.line, place.line + len(LINE_END.findall(place.quote)) + 1)}
    for number, text in _around(source, first, around):
        if number not in covered:
            quoted[number] = [_row(str(number), cut(safe(text), room), gutter, view)]
    yield from (line for number in sorted(quoted) for line in quoted[number])


def _around(source: str, place: Claim | Quote, most: int) -> list[tuple[int, str]]:
    """The lines before and after a quote that hold words, with their numbers; so many on either side, and none
    further off than twice as many."""
    lines = LINE_END.split(source)
    first = place.line
    last = first + len(LINE_END.findall(place.quote))
    near = [(n, lines[n - 1]) for n in range(max(1, first - 2 * most), min(len(lines), last + 2 * most) + 1)]
    told = [(n, text) for n, text in near if any(map(str.isalnum, text))]
    before, after = [one for one in told if one[0] < first], [one for one in told if one[0] > last]
    return [*before[len(before) - min(most, len(before)) :], *after[:most]]


def _row(number: str, text: str, gutter: int, view: View) -> str:
    return f"  {view.paint('rule', number.rjust(gutter) + ' |')} {text}".rstrip()


def _marked(row: Row, side: int, gutter: int, view: View) -> Iterator[str]:
    yield _row("" if row.number is None else str(row.number), row.text, gutter, view)
    if row.marks:
        blank = row.marks[: len(row.marks) - len(row.marks.lstrip())]
        yield _row("", blank + view.paint(style_of(side), row.marks.lstrip()), gutter, view)


def _suggested(finding: Finding, suggestion: Suggestion | None, view: View) -> Iterator[str]:
    lang = view.lang
    if finding.kind not in KINDS:
        yield from view.text(f"{term('todo', lang)}: {todo(finding, lang)}")
        return
    said = suggestion_words(suggestion, lang)
    head = tell("suggested", lang) + ("：" if lang == "zh" else ": ")
    yield from (view.paint("bold", line) for line in view.text(head + said))


def suggestion_words(suggestion: Suggestion | None, lang: Lang) -> str:
    """乙对（按 2）：它更新…, or that there is none."""
    if suggestion is None:
        return tell("by-none", lang)
    one = suggestion
    # A reference holds already: what is left is to change the articles of the other side.
    side = letter(1 - one.side if one.why == "reference" else one.side, lang)
    return tell(
        f"by-{one.why}", lang, side=side, press=one.side + 1, kind=pick(REFERENCE[one.kind], lang), id=one.reference,
        first=day(one.first, lang), last=day(one.last, lang), ours=one.ours, theirs=one.theirs,
    )  # fmt: skip


def status(ruling: Ruling, view: View) -> str:
    """What was decided of a finding before."""
    if ruling.verdict == "under-review":
        return tell("reviewed", view.lang, day=day(ruling.expires or "", view.lang), path=ruling.path)
    return tell("decided", view.lang, verdict=verdict_words(ruling, None, view.lang), path=ruling.path)


def verdict_words(ruling: Ruling, side: int | None, lang: Lang) -> str:
    """乙对; 两方都对."""
    if ruling.verdict == "stands" and side is None:
        return "stands"
    name = letter(side, lang) if side is not None else ""
    return pick(VERDICT[ruling.verdict], lang).format(side=name)


# Keys.


def menu(finding: Finding, view: View) -> str:
    """The keys in as many lines as the width takes."""
    items = [f"[{key}] {pick(KEYS[key], view.lang)}" for key in keys_of(finding)]
    cell = max(map(columns, items)) + 2
    each = max(1, min(len(items), (view.columns + 2) // cell))
    even = ["".join(pad(item, cell) for item in items[i : i + each]).rstrip() for i in range(0, len(items), each)]
    loose = flowing(items, "  ", view.columns)
    return _lines(even if len(even) <= len(loose) else loose)


def flowing(items: Iterable[str], between: str, width: int) -> list[str]:
    """Items one after the other, in as many lines as it takes; none is broken."""
    lines = [""]
    for item in items:
        longer = f"{lines[-1]}{between}{item}" if lines[-1] else item
        if columns(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(item)
    return lines


def help_screen(finding: Finding, view: View) -> str:
    """What each key does."""
    lines: list[str] = []
    for key in (key for key in keys_of(finding) if key in HELP):
        lines += view.text(pick(HELP[key], view.lang), indent="      ", first=f"  [{key}] ")
    return _lines(lines)


def choices(finding: Finding, view: View) -> str:
    """The claims of a finding by number."""
    lines: list[str] = []
    listed_claims = claims_of(finding)
    for n, (side, claim) in enumerate(listed_claims[:LISTED], start=1):
        text = f"{letter(side, view.lang)} “{' '.join(claim.quote.split())}” — {claim.path}:{claim.line}"
        lines += view.text(text, indent="     ", first=f"{n:>3}. ")
    return _lines([*lines, *_rest(len(listed_claims), finding, view)])


def _rest(count: int, finding: Finding, view: View) -> list[str]:
    """How many more there are than are listed, if any, and where they all are."""
    if count <= LISTED:
        return []
    return view.text(tell("rest", view.lang, n=count - LISTED, id=finding.id), indent="  ", first="  ")


def places_screen(finding: Finding, suggestion: Suggestion | None, view: View) -> str:
    """Where an editor changes the articles: the side against the one suggested, else both."""
    lang = view.lang
    wrong = [n for n in range(len(finding.sides)) if suggestion is None or n != suggestion.side]
    lines = [view.paint("bold", tell("places", lang))]
    places = [(n, place) for n in wrong for place in finding.sides[n].places]
    for n, place in places[:LISTED]:
        text = f"{letter(n, lang)} “{' '.join(place.quote.split())}”"
        lines += view.text(f"{place.path}:{place.line}", indent="    ", first="  ")
        lines += (view.paint(style_of(n), line) for line in view.text(text, indent="      ", first="    "))
    lines += _rest(len(places), finding, view)
    lines += view.text(f"{term('todo', lang)}: {todo(finding, lang)}")
    return _lines(lines)


# What comes of it.


def file_screen(path: str, text: str, view: View) -> str:
    """A file before it is written, its lines as they are; of a long one the beginning."""
    head = (view.paint("bold", line) for line in view.text(tell("file", view.lang, path=path)))
    bar = view.paint("rule", "|")
    lines = text.splitlines()
    more = view.text(tell("lines", view.lang, n=len(lines) - LISTED), indent="  ", first="  ")
    shown = (f"  {bar} {safe(line)}" for line in lines[:LISTED])
    return _lines([*head, *shown, *(more if len(lines) > LISTED else [])])


def outcome_screen(finding: Finding, outcome: Outcome, view: View) -> str:
    """What the ruling does, and what it does not."""
    lang = view.lang
    lines = view.text(tell(f"end-{outcome.end}", lang, id=finding.id, left=outcome.left))
    for trouble in outcome.troubles:
        lines += trouble_lines(trouble, view)
    if outcome.closed:
        lines += view.text(tell("closed", lang, ids=listed(list(outcome.closed), lang)))
    places = _places(outcome.against)
    if places:
        lines += view.text(tell("against", lang, n=len({place.path for place in places})))
        for place in places[: SHOWN * 3]:
            text = f"{place.path}:{place.line} “{' '.join(place.quote.split())}”"
            lines += view.text(text, indent="    ", first="  ")
        if len(places) > SHOWN * 3:
            lines.append(f"  {term('others', lang, n=len(places) - SHOWN * 3)}")
    return _lines(lines)


def trouble_lines(trouble: Finding, view: View) -> list[str]:
    """One thing that would be wrong with a ruling."""
    fact = next((side.reference for side in trouble.sides if side.reference is not None), None)
    told = tell("trouble", view.lang, message=message(trouble, view.words))
    if fact is not None:
        told += tell("trouble-fact", view.lang, id=fact.id)
    return [view.paint("error", line) for line in view.text(told)]


def _places(findings: Iterable[Finding]) -> list[Claim | Quote]:
    return [place for finding in findings for side in finding.sides for place in side.places]


def ending(
    decided: int, edit: int, left: int, rulings_left: int, commands: Sequence[str], view: View
) -> str:
    """What the walk came to, and what to do next."""
    lang = view.lang
    lines = view.text(tell("sum", lang, decided=decided, edit=edit, left=left))
    if rulings_left:
        lines += view.text(tell("rulings-left", lang, n=rulings_left))
    if commands:
        lines += [tell("next", lang), *(f"  {command}" for command in commands)]
    return _lines(lines)
