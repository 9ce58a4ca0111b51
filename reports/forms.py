"""What articles say on no topic, commonest forms first: a table, CSV, YAML, JSON and JSON lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from claims.forms import Form
from reports.dump import formats
from reports.table import aligned, cell
from reports.wording.terms import Pair, pick, term
from reports.wording.vocabulary import Vocabulary

_HEADS: tuple[Pair, ...] = (("次数", "times"), ("篇数", "articles"), ("说法的形式", "form"), ("例", "example"))
_WIDEST = (8, 8, 72, 48)


def table(forms: Sequence[Form], words: Vocabulary) -> str:
    """One form a line, with the place of its first example."""
    if not forms:
        return term("none", words.lang) + "\n"
    rows = [[str(len(f.claims)), str(f.articles), f.form, _place(f)] for f in forms]
    return aligned([pick(head, words.lang) for head in _HEADS], rows, _WIDEST)


def _place(form: Form) -> str:
    first = form.claims[0]
    return f"{first.article}:{first.line}:{first.column}"


def form_record(form: Form) -> dict[str, Any]:
    first = form.claims[0]
    return {
        "form": form.form,
        "count": len(form.claims),
        "articles": form.articles,
        "example": {name: getattr(first, name) for name in ("id", "article", "line", "column", "quote")},
    }


def as_csv(forms: Sequence[Form], words: Vocabulary) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("form", "count", "articles", "id", "article", "line", "column", "quote"))
    for form in forms:
        record = form_record(form)
        example = record.pop("example")
        writer.writerow([cell(value) for value in (*record.values(), *example.values())])
    return out.getvalue()


_DUMPED = formats(form_record)
FORMATS: Mapping[str, Callable[[Sequence[Form], Vocabulary], str]] = {
    "table": table,
    "jsonl": _DUMPED["jsonl"],
    "json": _DUMPED["json"],
    "csv": as_csv,
    "yaml": _DUMPED["yaml"],
}
