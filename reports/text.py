"""The terminal report, in the manner of a compiler's: what, where, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.model import SEVERITIES, Finding, Side
from audit.problem import Problem
from reports.grouping import examples, grouped, same_side
from reports.paint import Paint, Style
from reports.places import Mark, by_line, show, style_of
from reports.record import Report, Sources
from reports.references import side_lines
from reports.telling import label, letter, notes, others
from reports.width import safe
from reports.wording.messages import message
from reports.wording.problems import words_of_problem
from reports.wording.summing import change_lines, loosened, sums
from reports.wording.terms import Lang, term

SHOWN = 3
"""Claims of a side that are shown; the rest are counted."""


def render(report: Report, sources: Sources, *, color: bool = False) -> str:
    """The whole report."""
    paint, words = Paint(color), report.words
    lines: list[str] = []
    for group in grouped(report.standing):
        for i, finding in enumerate(group):
            lines += [*_finding(finding, group[:i], report, sources, paint), ""]
    for problem in report.problems:
        lines += [*render_problem(problem, words.lang, paint), ""]
    lines += _summary(report, paint)
    return "\n".join(lines) + "\n"


def render_finding(
    finding: Finding, report: Report, sources: Sources, *, color: bool = False, most: int = SHOWN,
    more: str = "",
) -> str:  # fmt: skip
    """One finding in full, at most so many claims of each side; `more` is what the reader is told to have explained,
    its code unless given."""
    return "\n".join(_finding(finding, (), report, sources, Paint(color), most, more or finding.code)) + "\n"


def _finding(
    finding: Finding, before: Sequence[Finding], report: Report, sources: Sources, paint: Paint,
    most: int = SHOWN, more: str = "",
) -> Iterator[str]:  # fmt: skip
    """`before` are the findings above that share a side with it; what they show is not shown again. `more` is what
    the reader is told to have explained, the finding itself unless given."""
    words, lang = report.words, report.words.lang
    head = paint(finding.severity, f"{finding.severity}[{finding.code}]")
    yield f"{head} {paint('bold', finding.id)} {words.subject(finding)}: {safe(message(finding, words))}"
    picked = [[side.places[i] for i in examples(side, most)] for side in finding.sides]
    gutter = max([len(str(c.line)) for claims in picked for c in claims] or [1]) + 1
    names = [letter(n, lang) for n in range(len(picked))]
    labels = [label(n, side, finding, words) for n, side in enumerate(finding.sides)]
    above = [_above(side, before) for side in finding.sides]
    groups = by_line(
        (
            Mark(claim, n, names[n] if i else labels[n])
            for n, claims in enumerate(picked) if above[n] is None for i, claim in enumerate(claims)
        ),
        sources,
    )  # fmt: skip
    for n, side in enumerate(finding.sides):
        shown = above[n]
        if shown is not None:
            where = term("shared", lang, id=shown[0], side=letter(shown[1], lang))
            yield f"{' ' * gutter}{paint('rule', ':::')} {labels[n]} ({where})"
            continue
        if side.reference is not None:
            yield from side_lines(side.reference, paint(style_of(n), labels[n]), words, paint, gutter)
        for group in groups:
            if group[0].side == n:
                yield from show(group, report, sources, paint, gutter)
        if side.count > len(picked[n]):
            rest = others(finding, side, side.count - len(picked[n]), lang)
            yield f"{' ' * gutter}{paint('rule', ':::')} {names[n]}: {rest}"
    for key, text in notes(finding, more or finding.id, words):
        yield f"{' ' * gutter}{paint('rule', '=')} {paint('bold', term(key, lang))}: {safe(text)}"


def _above(side: Side, before: Sequence[Finding]) -> tuple[str, int] | None:
    """The finding above that has shown a side already, and as which side."""
    return next(((f.id, i) for f in before for i, other in enumerate(f.sides) if same_side(side, other)), None)


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


def _least_typed(report: Report) -> Iterator[str]:
    """The articles of which least was typed, for whoever asks."""
    worst = sorted((c for c in report.coverage if c.assertions), key=lambda c: (c.typed / c.assertions, c.article))
    if not report.least or not worst:
        return
    yield term("least", report.words.lang)
    for c in worst[: report.least]:
        share = _share(c.typed, c.assertions).rjust(4)
        yield f"  {share}  {c.typed}/{c.assertions}  {safe(c.article)}"
    yield ""


def _share(part: int, whole: int) -> str:
    return f"{100 * part // whole}%"


def _summary(report: Report, paint: Paint) -> Iterator[str]:
    lang = report.words.lang
    yield from _least_typed(report)
    yield term("checked", lang, articles=report.articles, claims=report.claims)
    if report.assertions:
        share = _share(report.typed, report.assertions)
        yield term("coverage", lang, typed=report.typed, assertions=report.assertions, share=share)
    yield term("found", lang, **report.by_severity())
    if report.resolved:
        yield sums("by-rulings", lang, n=report.resolved)
    if report.change is not None:
        yield from change_lines(report.change, lang)
        if report.change.loosened:
            yield sums("loosened", lang)
            yield from (f"  {loosened(one, lang)}" for one in report.change.loosened)
    if report.hidden:
        shown = sums if report.change is not None else term
        yield shown("hidden", lang, n=report.hidden)
    if report.problems:
        yield term("problems", lang, **report.by_gravity())
    if report.findings and not report.configured:
        yield sums("no-config", lang)
    yield term("today", lang, today=report.today, source=term(f"today-{report.today_source}", lang))
    style: Style = "bold" if report.exit_code == 0 else SEVERITIES[0]
    verdict = term(f"exit-{report.exit_code}", lang, fail_on=report.fail_on, blocking=report.blocking)
    yield f"{paint(style, verdict)} [{term('exit', lang, code=report.exit_code)}]"
