"""The terminal report, in the manner of a compiler's: what, where, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.model import SEVERITIES, Finding, Side
from audit.problem import Problem
from claims.model import Claim
from reports.excerpt import excerpt
from reports.grouping import examples, grouped, same_side
from reports.paint import Paint, Style
from reports.record import Report, Sources
from reports.width import safe
from reports.wording.messages import message, todo
from reports.wording.problems import words_of_problem
from reports.wording.terms import KIND, SIDES, STATE, Lang, listed, pick, term
from reports.wording.vocabulary import Vocabulary

SHOWN = 3
"""Claims of a side that are shown; the rest are counted."""


def render(report: Report, sources: Sources, *, color: bool = False) -> str:
    """The whole report."""
    paint, words = Paint(color), report.words
    lines: list[str] = []
    for group in grouped(report.findings):
        for i, finding in enumerate(group):
            lines += [*_finding(finding, group[:i], report, sources, paint), ""]
    for problem in report.problems:
        lines += [*render_problem(problem, words.lang, paint), ""]
    lines += _summary(report, paint)
    return "\n".join(lines) + "\n"


def render_finding(
    finding: Finding, report: Report, sources: Sources, *, color: bool = False, most: int = SHOWN
) -> str:
    """One finding in full, at most so many claims of each side."""
    return "\n".join(_finding(finding, (), report, sources, Paint(color), most, finding.code)) + "\n"


def _finding(
    finding: Finding, before: Sequence[Finding], report: Report, sources: Sources, paint: Paint,
    most: int = SHOWN, more: str = "",
) -> Iterator[str]:  # fmt: skip
    """`before` are the findings above that share a side with it; what they show is not shown again. `more` is what
    the reader is told to have explained, the finding itself unless given."""
    words, lang = report.words, report.words.lang
    head = paint(finding.severity, f"{finding.severity}[{finding.code}]")
    yield f"{head} {paint('bold', finding.id)} {words.topic(finding.topic)}: {safe(message(finding, words))}"
    picked = {n: [side.claims[i] for i in examples(side, most)] for n, side in enumerate(finding.sides)}
    gutter = max([len(str(c.line)) for claims in picked.values() for c in claims] or [1]) + 1
    for n, side in enumerate(finding.sides):
        name, label = _letter(n, words.lang), _label(n, side, finding, words)
        same = next(((f.id, i) for f in before for i, other in enumerate(f.sides) if same_side(side, other)), None)
        if same is not None:
            where = term("shared", lang, id=same[0], side=_letter(same[1], lang))
            yield f"{' ' * gutter}{paint('rule', ':::')} {label} ({where})"
            continue
        style: Style = "second" if n else "first"
        for i, claim in enumerate(picked[n]):
            yield from place(claim, report, sources, paint, gutter=gutter, label=name if i else label, style=style)
        if side.count > len(picked[n]):
            rest = term("others", lang, n=side.count - len(picked[n]))
            yield f"{' ' * gutter}{paint('rule', ':::')} {name}: {rest}"
    for key, text in _notes(finding, more or finding.id, words):
        yield f"{' ' * gutter}{paint('rule', '=')} {paint('bold', term(key, lang))}: {safe(text)}"


def _notes(finding: Finding, more: str, words: Vocabulary) -> Iterator[tuple[str, str]]:
    lang = words.lang
    if finding.state != "open":
        yield "state", pick(STATE[finding.state], lang) + (f" ({finding.ruling})" if finding.ruling else "")
    if finding.reasons:
        yield "why", words.reasons(finding)
    if finding.other_kinds:
        yield "also", listed([pick(KIND[k], lang) for k in finding.other_kinds], lang)
    yield "todo", todo(finding, lang)
    yield "more", f"koujing explain {more}"


def _letter(n: int, lang: Lang) -> str:
    return pick(SIDES[str(n)], lang) if str(n) in SIDES else str(n + 1)


def _label(n: int, side: Side, finding: Finding, words: Vocabulary) -> str:
    """甲: “可跨省”（湖北省）, the older side marked."""
    age = f" ({term('older', words.lang)})" if finding.older == n else ""
    return f"{_letter(n, words.lang)}{age}: {safe(words.position(side.position))}"


def place(
    claim: Claim, report: Report, sources: Sources, paint: Paint, *, gutter: int, label: str, style: Style
) -> Iterator[str]:
    """A claim where it stands: file, title, source lines with the words underlined."""
    lang, bar = report.words.lang, paint("rule", "|")
    title = report.titles.get(claim.article, "")
    called = f" 《{safe(title)}》" if title else ""
    teaser = f" {term('teaser', lang)}" if claim.is_teaser else ""
    where = f"{safe(claim.path)}:{claim.line}:{claim.column}"
    yield f"{' ' * gutter}{paint('rule', '-->')} {where}{called}{teaser}"
    yield f"{' ' * gutter} {bar}"
    source = sources(claim.path)
    if source is None or source[claim.start : claim.end] != claim.quote:
        yield f"{' ' * gutter} {bar} {safe(claim.quote)} {term('no-source', lang)}"
        yield f"{' ' * gutter} {bar} {paint(style, label)}"
        return
    rows = excerpt(source, claim.start, claim.end, claim.line)
    for i, row in enumerate(rows):
        number = "" if row.number is None else str(row.number)
        yield f"{paint('rule', number.rjust(gutter))} {bar} {row.text}".rstrip()
        last = i == len(rows) - 1
        if row.marks or last:
            blank = row.marks[: len(row.marks) - len(row.marks.lstrip())]
            marks = paint(style, row.marks.lstrip() + (f" {label}" if last else ""))
            yield f"{' ' * gutter} {bar} {blank}{marks}".rstrip()


def render_problem(problem: Problem, lang: Lang, paint: Paint) -> list[str]:
    """What is wrong with a file."""
    text, hint = words_of_problem(problem, lang)
    where = safe(problem.path)
    if problem.line is not None:
        where += f":{problem.line}" + (f":{problem.column}" if problem.column is not None else "")
    head = paint(problem.severity, f"{problem.severity}[{problem.code}]")
    lines = [f"{head} {safe(text)}", f"  {paint('rule', '-->')} {where}"]
    if hint:
        lines.append(f"  {paint('rule', '=')} {paint('bold', term('help', lang))}: {safe(hint)}")
    return lines


def _summary(report: Report, paint: Paint) -> Iterator[str]:
    lang = report.words.lang
    yield term("checked", lang, articles=report.articles, claims=report.claims, untyped=report.untyped)
    yield term("found", lang, **report.by_severity())
    if report.hidden:
        yield term("hidden", lang, n=report.hidden)
    if report.problems:
        yield term("problems", lang, **report.by_gravity())
    yield term("today", lang, today=report.today, source=term(f"today-{report.today_source}", lang))
    style: Style = "bold" if report.exit_code == 0 else SEVERITIES[0]
    verdict = term(f"exit-{report.exit_code}", lang, fail_on=report.fail_on, blocking=report.blocking)
    yield f"{paint(style, verdict)} [{term('exit', lang, code=report.exit_code)}]"
