"""Claims and quotes where they stand: file, title, source line, the words underlined, several of one line together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from audit.model import Quote
from claims.model import Claim
from reports.excerpt import Row, excerpt, together
from reports.paint import Paint, Style
from reports.record import Report, Sources
from reports.width import safe
from reports.wording.terms import term

_STYLES: tuple[Style, Style] = ("first", "second")


class Mark(msgspec.Struct, frozen=True):
    """A claim or other words to show, as which side, with what is written beside the underline."""

    claim: Claim | Quote
    side: int = 0
    label: str = ""


def by_line(marks: Iterable[Mark], sources: Sources) -> list[list[Mark]]:
    """The marks in order, those of one source line together as far as one line of the report holds them."""
    groups: list[list[Mark]] = []
    for mark in marks:
        for group in groups:
            if _place(group[0]) == _place(mark) and _rows([*group, mark], sources):
                group.append(mark)
                break
        else:
            groups.append([mark])
    return groups


def show(marks: Sequence[Mark], report: Report, sources: Sources, paint: Paint, gutter: int) -> Iterator[str]:
    """One group of `by_line`."""
    claim, lang, bar = marks[0].claim, report.words.lang, paint("rule", "|")
    title = report.titles.get(claim.article, "")
    called = f" 《{safe(title)}》" if title else ""
    teaser = f" {term('teaser', lang)}" if claim.is_teaser else ""
    where = f"{safe(claim.path)}:{claim.line}:{claim.column}"
    yield f"{' ' * gutter}{paint('rule', '-->')} {where}{called}{teaser}"
    yield f"{' ' * gutter} {bar}"
    rows = _rows(marks, sources)
    if not rows:
        yield f"{' ' * gutter} {bar} {safe(claim.quote)} {term('no-source', lang)}"
        yield f"{' ' * gutter} {bar} {paint(style_of(marks[0].side), marks[0].label)}"
        return
    if len(marks) == 1:
        for i, row in enumerate(rows):
            yield _source(row, paint, gutter)
            last = i == len(rows) - 1
            if row.marks or last:
                yield _under(row.marks, style_of(marks[0].side), marks[0].label if last else "", paint, gutter)
        return
    yield _source(rows[0], paint, gutter)
    for side in sorted({mark.side for mark in marks}):
        mine = [(row, mark) for row, mark in zip(rows, marks, strict=True) if mark.side == side]
        first = mine[0][1]
        yield _under(_joined([row.marks for row, _ in mine]), style_of(first.side), first.label, paint, gutter)


def _place(mark: Mark) -> tuple[str, str, int]:
    return mark.claim.article, mark.claim.path, mark.claim.line


def _rows(marks: Sequence[Mark], sources: Sources) -> list[Row] | None:
    """A row for each mark, or all rows of a single one; None where they cannot be shown so, or not any more."""
    claims = [mark.claim for mark in marks]
    source = sources(claims[0].path)
    if source is None or any(source[c.start : c.end] != c.quote for c in claims):
        return None
    if len(claims) == 1:
        return excerpt(source, claims[0].start, claims[0].end, claims[0].line)
    return together(source, [(c.start, c.end) for c in claims], claims[0].line)


def style_of(side: int) -> Style:
    """The colour of a side."""
    return _STYLES[min(side, 1)]


def _source(row: Row, paint: Paint, gutter: int) -> str:
    number = "" if row.number is None else str(row.number)
    return f"{paint('rule', number.rjust(gutter))} {paint('rule', '|')} {row.text}".rstrip()


def _under(marks: str, style: Style, label: str, paint: Paint, gutter: int) -> str:
    blank = marks[: len(marks) - len(marks.lstrip())]
    shown = paint(style, marks.lstrip() + (f" {label}" if label else ""))
    return f"{' ' * gutter} {paint('rule', '|')} {blank}{shown}".rstrip()


def _joined(marks: Sequence[str]) -> str:
    """Several underlines as one."""
    width = max(map(len, marks))
    columns = zip(*(one.ljust(width) for one in marks), strict=True)
    return "".join("^" if "^" in column else " " for column in columns)
