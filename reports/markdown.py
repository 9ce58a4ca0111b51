"""`--format markdown`: for a comment on a pull request, or a job's summary.

The verdict comes first, then counts, what blocks with both sides' words, and what does not, folded. GitHub takes 65,536
characters in a comment: what does not fit is counted, and said where to read. Whatever articles say is text
(`reports.inert`), and stands behind words of ours on its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from audit.model import SEVERITIES, Finding
from audit.problem import Problem
from claims.readers.lines import LINE_END
from claims.wording import said
from reports.grouping import examples, in_order
from reports.inert import code, inert
from reports.primary import Place, from_top, primary
from reports.record import Report, Sources
from reports.references import in_force, source_words
from reports.telling import label, notes, others
from reports.width import columns, cut
from reports.wording.messages import message
from reports.wording.problems import words_of_problem
from reports.wording.summing import change_lines, loosened, sums
from reports.wording.terms import KIND, REFERENCE, SEVERITY, STATE, Lang, pick, term

LIMIT = 65_000
"""In UTF-16 units, of which rare characters take two; GitHub takes 65,536 characters."""

SHOWN = 3
"""Places of a side that are shown."""

MOST_FILES = 50
_RESERVED = 500
"""Units kept for what says how much was left out."""

_WIDEST = 300
"""Columns of a text that are shown."""

_AROUND = 60
"""Columns of a line that are shown before and behind a quote."""

_TAG = re.compile(r"<[^<>]*>|^[^<>]*>|<[^<>]*$")
_MARK: Mapping[int, str] = {0: "✅", 1: "❌", 2: "⚠️"}


def render(report: Report, sources: Sources) -> str:
    """The report, as long as it may be."""
    lang = report.words.lang
    blocks = [f for f in in_order(report.standing) if f.id in report.blocks]
    rest = [f for f in in_order(report.standing) if f.id not in report.blocks]
    head, foot = "\n".join(_head(report)), "\n".join(_foot(report))
    room = LIMIT - _RESERVED - _size(head) - _size(foot)
    listed, room = _fitting([_in_full(f, report, sources) for f in blocks], room)
    lines, room = _fitting([_in_short(f, report) for f in rest], room if len(listed) == len(blocks) else 0)
    parts = [head]
    if listed:
        parts += [f"## {sums('blocks', lang)}\n", *listed]
    if lines:
        summary = f"<details><summary>{sums('rest', lang, n=len(rest))}</summary>"
        parts.append("\n".join([summary, "", *lines, "", "</details>", ""]))
    missing = len(blocks) + len(rest) - len(listed) - len(lines)
    if missing:
        parts.append(f"**{sums('cut', lang, n=missing)}**\n")
    return "\n".join([*parts, foot]).rstrip() + "\n"


def _fitting(texts: Sequence[str], room: int) -> tuple[list[str], int]:
    """The first texts as far as there is room, and what is left of it."""
    taken: list[str] = []
    for text in texts:
        if _size(text) > room:
            return taken, 0
        room -= _size(text)
        taken.append(text)
    return taken, room


def _size(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2 + 1  # and the end of its line


def _head(report: Report) -> Iterator[str]:
    lang = report.words.lang
    yield f"# {_MARK[report.exit_code]} {sums(f'verdict-{report.exit_code}', lang, blocking=report.blocking)}"
    yield ""
    if report.change is not None:
        for line in change_lines(report.change, lang):
            yield from (inert(line), "")
    counts, blocking = report.by_severity(), dict.fromkeys(SEVERITIES, 0)
    for finding in report.standing:
        blocking[finding.severity] += finding.id in report.blocks
    yield f"| {sums('severity', lang)} | {sums('standing', lang)} | {sums('blocking', lang)} |"
    yield "|---|--:|--:|"
    yield from (f"| {pick(SEVERITY[s], lang)} | {counts[s]} | {blocking[s]} |" for s in SEVERITIES)
    yield ""
    if report.resolved:
        yield from (sums("by-rulings", lang, n=report.resolved), "")
    if report.problems:
        yield from (f"## {sums('files', lang)}", "")
        worst = sorted(report.problems, key=lambda p: p.severity != "error")
        yield from (_of_problem(problem, report) for problem in worst[:MOST_FILES])
        if len(worst) > MOST_FILES:
            yield f"- {sums('cut-files', lang, n=len(worst) - MOST_FILES)}"
        yield ""
    if report.change is not None and report.change.loosened:
        yield from (f"## {sums('loosened', lang).rstrip('：:')}", "")
        few = report.change.loosened[:MOST_FILES]
        yield from (f"- {inert(loosened(one, lang))}" for one in few)
        if len(few) < len(report.change.loosened):
            yield f"- {term('others', lang, n=len(report.change.loosened) - len(few))}"
        yield ""


def _of_problem(problem: Problem, report: Report) -> str:
    lang = report.words.lang
    where = problem.path + (f":{problem.line}" if problem.line is not None else "")
    text, hint = (_text(t) for t in words_of_problem(problem, lang))
    mend = f"{'' if lang == 'zh' else ' '}{inert(hint)}" if hint else ""
    severity = pick(SEVERITY[problem.severity], lang)
    return f"- {severity} {_code(where)} {inert(text)}{_stop(lang)}{mend}"


def _in_full(finding: Finding, report: Report, sources: Sources) -> str:
    return "\n".join(_lines(finding, report, sources)) + "\n"


def _lines(finding: Finding, report: Report, sources: Sources) -> Iterator[str]:
    words, lang = report.words, report.words.lang
    yield f"### {_title(finding, report)}"
    yield ""
    yield inert(_text(message(finding, words))) + _stop(lang)
    yield ""
    for n, side in enumerate(finding.sides):
        yield f"**{inert(_text(label(n, side, finding, words)))}**"
        yield ""
        if side.reference is not None:
            of, time = side.reference, in_force(side.reference, lang)
            yield f"- {pick(REFERENCE[of.kind], lang)} {_code(of.id)}" + (f" ({inert(time)})" if time else "")
            text = said(of.words, lang, "")
            yield from ([f"  > {inert(_text(text))}"] if text else [])
            if of.source is not None:
                yield f"  > {term('source', lang)}: {inert(_text(source_words(of.source, lang)))}"
        shown = examples(side, SHOWN)
        for i in shown:
            place = side.places[i]
            title = report.titles.get(place.article, "")
            called = f" 《{inert(cut(title, _AROUND))}》" if title else ""
            yield f"- {_code(_where(place, report))}{called}"
            yield f"  > {_quoted(place, sources(place.path))}"
        if side.count > len(shown) and side.places:
            yield f"- {others(finding, side, side.count - len(shown), lang)}"
        yield ""
    for key, text in notes(finding, finding.id, words):
        if key == "rule":
            yield from (f"**{term(key, lang)}** `{text}`", "")
        elif key == "more":
            yield f"`{text}`"
        else:
            yield from (f"**{term(key, lang)}** {inert(_text(text))}", "")


def _in_short(finding: Finding, report: Report) -> str:
    found = primary(finding, report)
    where = f" {_code(_where(found[1], report))}" if found is not None else ""
    lang, says = report.words.lang, inert(_text(message(finding, report.words)))
    state = f" ({pick(STATE[finding.state], lang)})" if finding.state != "open" else ""
    return f"- {pick(SEVERITY[finding.severity], lang)} {_title(finding, report)}: {says}{state}{where}"


def _title(finding: Finding, report: Report) -> str:
    title = f"{pick(KIND[finding.kind], report.words.lang)} `{finding.id}`"
    return title if finding.topic is None else f"{title} {inert(_text(report.words.subject(finding)))}"


def _where(place: Place, report: Report) -> str:
    return f"{from_top(place.path, report)}:{place.line}"


def _quoted(place: Place, source: str | None) -> str:
    """The words in their line, in bold; HTML, for asterisks do not work beside all Chinese punctuation."""
    before = after = ""
    if source is not None and source[place.start : place.end] == place.quote:
        before = LINE_END.split(source[: place.start][-_AROUND * 4 :])[-1].lstrip("\ufeff")
        after = LINE_END.split(source[place.end :][: _AROUND * 4])[0]
    if place.path.lower().endswith((".html", ".htm")):
        before, after = _TAG.sub("", before), _TAG.sub("", after)
    said_before = cut(before[::-1], _AROUND)[::-1] if columns(before) > _AROUND else before.lstrip()
    return f"{_beside(said_before)}<b>{inert(_text(place.quote))}</b>{_beside(cut(after, _AROUND))}"


def _beside(text: str) -> str:
    """Text beside a quote, the space between them kept."""
    left, right = " " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""
    return f"{left}{inert(text)}{right}" if text.strip() else ""


def _foot(report: Report) -> Iterator[str]:
    lang = report.words.lang
    yield "---"
    yield ""
    told = [term("checked", lang, articles=report.articles, claims=report.claims)]
    if report.hidden:
        told.append((sums if report.change is not None else term)("hidden", lang, n=report.hidden))
    told.append(term("today", lang, today=report.today, source=term(f"today-{report.today_source}", lang)))
    yield (" " if lang == "en" else "").join(inert(line) for line in told)


def _text(text: str) -> str:
    return cut(text, _WIDEST)


def _code(text: str) -> str:
    return code(_text(text))


def _stop(lang: Lang) -> str:
    return "。" if lang == "zh" else "."
