"""Rulings as a list, as records and as a page each; what pruning and renewing do; what they say of patterns."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from audit.model import position_record
from audit.rulings.standing import Standing, Statistics
from reports.paint import Paint, Style
from reports.table import aligned, cell
from reports.width import columns, pad, safe, wrapped
from reports.wording.ruled import STATE, VERDICT, ruled
from reports.wording.terms import Lang, listed, pick, term
from reports.wording.vocabulary import Vocabulary

_FIELDS = (
    "name", "path", "verdict", "state", "finding", "topic", "value", "reason", "by", "on", "expires", "follow",
    "against", "closes", "pairs",
)  # fmt: skip
_INDENT = "  "
_LEAST = 20
"""Columns below which nothing is wrapped."""

_MANY = 3
"""Ids that are listed; of more, how many more."""


def listing(known: Sequence[Standing], words: Vocabulary, *, width: int = 80, color: bool = False) -> str:
    """Every ruling: a line with its name, state and verdict, aligned, and below it what it decides, and why."""
    lang, paint = words.lang, Paint(color)
    if not known:
        return ruled("none", lang) + "\n"
    rows = [(safe(s.ruling.id), pick(STATE[s.state], lang), pick(VERDICT[s.ruling.verdict], lang)) for s in known]
    widths = [max(columns(row[i]) for row in rows) for i in range(3)]
    beside = sum(widths) + 4 <= width  # else names stand on lines of their own
    lines: list[str] = []
    for standing, (name, state, verdict) in zip(known, rows, strict=True):
        shown = f"{paint(_style(standing), pad(state, widths[1]))}  {verdict}"
        if beside:
            lines.append(f"{paint('bold', pad(name, widths[0]))}  {shown}")
        else:
            lines += [paint("bold", part) for part in wrapped(name, max(_LEAST, width))] + [_INDENT + shown]
        for text in _told(standing, words):
            lines += (_INDENT + part for part in wrapped(safe(text), max(_LEAST, width - len(_INDENT))))
    working = sum(s.state in ("in-effect", "under-review") for s in known)
    total = ruled("total", lang, all=len(known), working=working, idle=len(known) - working)
    return "\n".join([*lines, "", *wrapped(total, max(_LEAST, width))]) + "\n"


def _style(standing: Standing) -> Style:
    return {"in-effect": "bold", "under-review": "warning"}.get(standing.state, "error")  # type: ignore[return-value]


def _told(standing: Standing, words: Vocabulary) -> Iterator[str]:
    """What a ruling decides, what it comes to, who decided, and why."""
    yield decides(standing, words)
    yield "；".join(effects(standing, words.lang)) if words.lang == "zh" else "; ".join(effects(standing, words.lang))
    yield decided(standing, words.lang)
    yield f"{ruled('reason', words.lang)}: {standing.ruling.reason}"


def decides(standing: Standing, words: Vocabulary) -> str:
    """K7QF2MA 家庭共济的范围: “可跨省”."""
    finding = standing.ruling.finding
    about = words.topic(standing.topic) if standing.topic else ""
    value = words.position(standing.position) if standing.position is not None else ""
    subject = ": ".join(part for part in (about, value) if part)
    return " ".join(part for part in (finding or "", subject) if part) or ruled("nothing", words.lang)


def decided(standing: Standing, lang: Lang) -> str:
    text = ruled("decided", lang, by=standing.ruling.by, on=standing.ruling.on)
    if standing.ruling.expires is None:
        return text
    return text + ("，" if lang == "zh" else ", ") + ruled("expires", lang, day=standing.ruling.expires)


def effects(standing: Standing, lang: Lang) -> list[str]:
    """What a ruling comes to, in clauses."""
    ruling, n = standing.ruling, len(standing.closes)
    ids = listed(list(standing.closes[:_MANY]), lang) + (" …" if n > _MANY else "")
    if standing.state == "under-review":
        return [ruled("reviews", lang, ids=ids or ruling.finding or "")]
    if standing.state != "in-effect":
        return [ruled("no-effect", lang)]
    told: list[str] = []
    if ruling.verdict == "stands":
        told.append(ruled("follow", lang, follow=len(standing.follow), against=len(standing.against)))
    if ruling.verdict == "misread" and (claims := sum(rest.id is not None for rest in ruling.rests)):
        told.append(ruled("misreads", lang, n=claims))
    if standing.pairs:
        told.append(ruled("pairs", lang, n=standing.pairs))
    if n:
        told.append(ruled("closes", lang, n=n, ids=ids))
    return told or [ruled("closes-none", lang)]


def standing_record(standing: Standing) -> dict[str, Any]:
    """A ruling as JSON writes it."""
    ruling, value = standing.ruling, standing.position
    return {
        "name": ruling.id,
        "path": ruling.path,
        "verdict": ruling.verdict,
        "state": standing.state,
        "finding": ruling.finding,
        "topic": standing.topic,
        "value": position_record(value) if value is not None else None,
        "reason": ruling.reason,
        "by": ruling.by,
        "on": ruling.on,
        "expires": ruling.expires,
        "follow": list(standing.follow),
        "against": list(standing.against),
        "closes": list(standing.closes),
        "pairs": standing.pairs,
        "claims": [{"id": r.id, "article": r.article, "quote": r.quote} for r in ruling.rests],
    }


def as_json(known: Sequence[Standing]) -> str:
    return json.dumps([standing_record(s) for s in known], ensure_ascii=False, indent=2) + "\n"


def as_csv(known: Sequence[Standing]) -> str:
    """One ruling a row; lists as numbers of articles and findings, the value as JSON."""
    counted = ("follow", "against", "closes")
    records = (standing_record(s) for s in known)
    return _csv(_FIELDS, ([len(r[f]) if f in counted else r[f] for f in _FIELDS] for r in records))


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


# One ruling.


def ruling_page(
    standing: Standing, gone: Sequence[int], findings: Sequence[str], words: Vocabulary, *, color: bool = False
) -> str:
    """All that is known of a ruling; `gone` are the numbers of the words that are gone, `findings` what is wrong with
    it, as reports show that."""
    lang, paint, ruling = words.lang, Paint(color), standing.ruling
    head = paint("bold", f"{term('ruling', lang)} {safe(ruling.id)}")
    lines = [f"{head}: {pick(STATE[standing.state], lang)}", ""]
    rows = [
        (ruled("file", lang), ruling.path),
        (ruled("verdict", lang), f"{pick(VERDICT[ruling.verdict], lang)} ({ruling.verdict})"),
        (ruled("decided-of", lang), decides(standing, words)),
        (ruled("reason", lang), ruling.reason),
        (ruled("person", lang), decided(standing, lang)),
        (ruled("effect", lang), ("；" if lang == "zh" else "; ").join(effects(standing, lang))),
    ]
    lines += (f"  {paint('bold', key)}: {safe(text)}" for key, text in rows)
    if ruling.rests:
        lines.append(f"  {paint('bold', ruled('rests', lang))}:")
    for n, rest in enumerate(ruling.rests):
        state = ruled("is-gone" if n in gone else "is-there", lang)
        lines.append(f"    {safe(rest.article)}: “{safe(rest.quote)}” ({state})")
    text = "\n".join(lines) + "\n"
    return text + "".join(f"\n{finding}" for finding in findings)


# What rulings say of patterns and people.


def statistics_text(stats: Statistics, lang: Lang, *, width: int = 80) -> str:
    wide = max(_LEAST, width - 30)
    wrong = [read for read in stats.patterns if read.misread]
    rest = [read for read in stats.patterns if not read.misread]
    parts = []
    if wrong:
        rows = [[r.pattern, str(r.claims), str(r.misread), _percent(r.precision)] for r in wrong]
        heads = [ruled(key, lang) for key in ("patterns", "read", "misread", "precision")]
        parts.append(aligned(heads, rows, (wide, 8, 8, 9)))
    others = ruled("others", lang, n=len(rest), read=sum(r.claims for r in rest))
    notes = [others, *([ruled("precision-note", lang)] if wrong else [])]
    parts.append("".join(f"{line}\n" for note in notes for line in wrapped(note, max(_LEAST, width))))
    for key, counts in (("verdict", stats.verdicts), ("person", stats.people)):
        if counts:
            names = [pick(VERDICT[c.name], lang) if key == "verdict" else c.name for c in counts]
            rows = [[n, str(c.rulings), str(c.effective)] for n, c in zip(names, counts, strict=True)]
            parts.append(aligned([ruled(k, lang) for k in (key, "rulings", "working")], rows, (wide, 8, 12)))
    return "\n".join(parts)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def statistics_record(stats: Statistics) -> Mapping[str, Any]:
    return {
        "patterns": [{**msgspec.to_builtins(r), "precision": round(r.precision, 4)} for r in stats.patterns],
        "verdicts": [msgspec.to_builtins(c) for c in stats.verdicts],
        "people": [msgspec.to_builtins(c) for c in stats.people],
    }


def statistics_json(stats: Statistics) -> str:
    return json.dumps(statistics_record(stats), ensure_ascii=False, indent=2) + "\n"


def statistics_csv(stats: Statistics) -> str:
    """Patterns, verdicts and people in one table; what a row is of stands first."""
    rows: list[Sequence[Any]] = [
        ("pattern", r.pattern, r.claims, r.misread, str(round(r.precision, 4)), "", "") for r in stats.patterns
    ]
    for of, counts in (("verdict", stats.verdicts), ("person", stats.people)):
        rows += [(of, c.name, "", "", "", c.rulings, c.effective) for c in counts]
    return _csv(("of", "name", "claims", "misread", "precision", "rulings", "effective"), rows)
