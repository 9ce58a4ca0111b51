"""Claim records as an aligned table, CSV, YAML, JSON and JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from claims.model import Claim, claim_record
from reports.dump import formats, lines
from reports.width import columns, cut, pad, safe
from reports.wording.terms import HEDGE, Pair, pick
from reports.wording.vocabulary import Vocabulary

_HEADS: tuple[Pair, ...] = (
    ("编号", "id"), ("位置", "place"), ("主题", "topic"), ("意思", "value"), ("范围", "scope"), ("日期", "as of"),
    ("原文", "quote"),
)  # fmt: skip
_WIDEST = (40, 48, 40, 36, 32, 12, 60)

_FIELDS = (
    "id", "article", "topic", "value", "quantifier", "scope", "except", "as_of", "hedged", "quote", "start", "end",
    "line", "column", "origin", "pattern",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is run as a formula by spreadsheets; it gets an apostrophe before it."""


def table(claims: Sequence[Claim], words: Vocabulary) -> str:
    """One claim a line, columns aligned also where characters are wide, long cells cut."""
    rows = (_row(claim, words) for claim in claims)
    return aligned([pick(head, words.lang) for head in _HEADS], rows, _WIDEST)


def aligned(heads: Sequence[str], rows: Iterable[Sequence[str]], widest: Sequence[int]) -> str:
    """Rows below their heads, columns aligned, no cell wider than its column may be."""
    cells = [[cut(safe(text), most) for text, most in zip(row, widest, strict=True)] for row in (heads, *rows)]
    widths = [max(map(columns, column)) for column in zip(*cells, strict=True)]
    lines = ("  ".join(pad(text, width) for text, width in zip(row, widths, strict=True)).rstrip() for row in cells)
    return "\n".join(lines) + "\n"


def _row(claim: Claim, words: Vocabulary) -> list[str]:
    hedge = pick(HEDGE[claim.hedged], words.lang) + " " if claim.hedged else ""
    bounds = words.bounds(claim.quantifier, claim.scope, claim.except_)
    topic = claim.topic if claim.value is None else words.topic(claim.topic)
    place = f"{claim.article}:{claim.line}:{claim.column}"
    value = hedge + words.value(claim.topic, claim.value)
    return [claim.id, place, topic, value, bounds, claim.as_of or "", claim.quote]


def as_csv(claims: Sequence[Claim], words: Vocabulary) -> str:
    """One claim a row; value, scope and except as JSON. Quotes that a spreadsheet would run get an apostrophe."""
    return "".join(csv_rows(claims))


def csv_rows(claims: Iterable[Claim]) -> Iterator[str]:
    """The same, a row after another."""
    records = (map(claim_record(claim).get, _FIELDS) for claim in claims)
    for row in chain([_FIELDS], records):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow([cell(value) for value in row])
        yield out.getvalue()


def jsonl(claims: Iterable[Claim]) -> Iterator[str]:
    """A record a line, one after another."""
    return lines(map(claim_record, claims))


def cell(value: object) -> str | int:
    """A value as a CSV cell holds it."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        return value
    text = str(value)
    return "'" + text if text.startswith(_FORMULA) else text


_DUMPED = formats(claim_record)
FORMATS: Mapping[str, Callable[[Sequence[Claim], Vocabulary], str]] = {
    "table": table,
    "jsonl": _DUMPED["jsonl"],
    "json": _DUMPED["json"],
    "csv": as_csv,
    "yaml": _DUMPED["yaml"],
}
