"""What each article must change, and what it should follow: a fact, a ruling, newer articles; as records and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from audit.model import KINDS, SEVERITIES, Finding, Quote, Side
from audit.suggestions import Suggestion, suggest
from claims.model import Claim, path_of
from claims.wording import said
from reports.record import Report
from reports.table import cell
from reports.telling import says
from reports.width import encodable
from reports.wording.messages import message, todo
from reports.wording.page import words_of
from reports.wording.terms import KIND, REFERENCE, pick

FIELDS = (
    "article", "title", "author", "date", "line", "quote", "says", "finding", "severity", "state", "blocks", "topic",
    "kind", "message", "follow", "how",
)  # fmt: skip


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One finding as one article (by its path) has to answer it. `places` are its words to change; `suggestion` what
    speaks for the other side, None where nobody can tell yet and both sides have it."""

    finding: Finding
    article: str
    places: tuple[Claim | Quote, ...]
    side: int
    suggestion: Suggestion | None = None


def tasks(report: Report, paths: Iterable[str]) -> list[Task]:
    """By article, in order of path; in each what blocks first, then the worst. `paths` are those to list."""
    wanted = frozenset(paths)
    kinds = dict.fromkeys(report.rulings, "ruling")
    found = [
        task for f in report.standing for task in _of(f, suggest(f, kinds)) if task.article in wanted  # type: ignore[arg-type]
    ]  # fmt: skip
    found.sort(key=lambda t: (t.article, t.finding.id not in report.blocks, _severity(t.finding), t.finding.id))
    return found


def _severity(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def _of(finding: Finding, suggestion: Suggestion | None) -> Iterator[Task]:
    if finding.kind in KINDS and suggestion is not None:
        changing: Sequence[int] = [n for n in range(len(finding.sides)) if n != suggestion.side]
    elif finding.kind in KINDS and finding.kind != "overgeneral":
        changing = range(len(finding.sides))
    else:
        changing = (0,)  # what is stated, or the general side
    taken: set[str] = set()
    for n in changing:
        for path, places in _by_article(finding.sides[n]).items():
            if path not in taken:
                taken.add(path)
                yield Task(finding=finding, article=path, places=places, side=n, suggestion=suggestion)


def _by_article(side: Side) -> Mapping[str, tuple[Claim | Quote, ...]]:
    found: dict[str, list[Claim | Quote]] = {}
    for place in side.places:
        found.setdefault(path_of(place.article), []).append(place)
    return {path: tuple(places) for path, places in found.items()}


def follows(task: Task, report: Report) -> str:
    """What the article should follow, in words; empty where the message alone says what is wrong."""
    words, of, finding = report.words, task.suggestion, task.finding
    lang = words.lang
    if finding.kind not in KINDS:
        return ""
    if of is None:
        key = "follow-limit" if finding.kind == "overgeneral" else "follow-none"
        return words_of(key, lang, id=finding.id)
    other = finding.sides[of.side]
    told = says(of.side, other, finding, words)
    if of.why == "reference":
        text = said(other.reference.words, lang, "") if other.reference is not None else ""
        kind = pick(REFERENCE[of.kind], lang)
        return words_of("follow-reference", lang, kind=kind, id=of.reference, says=text or told)
    if of.why == "newer":
        return words_of("follow-newer", lang, day=of.first, says=told)
    return words_of("follow-most", lang, ours=of.ours, theirs=of.theirs, says=told)


def as_csv(found: Iterable[Task], report: Report, about: Mapping[str, tuple[str, str, str]]) -> str:
    """A row for each place to change, for spreadsheets; `about` is title, author and date (ISO) by path. Begins with a
    byte order mark, without which Excel takes Chinese for something else."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    words = report.words
    for task in found:
        finding = task.finding
        title, author, date = about.get(task.article, ("", "", ""))
        for place in task.places:
            row = {
                "article": place.path, "title": title, "author": author, "date": date, "line": place.line,
                "quote": place.quote,
                "says": words.value(place.topic, place.value) if isinstance(place, Claim) else "",
                "finding": finding.id, "severity": finding.severity, "state": finding.state,
                "blocks": "yes" if finding.id in report.blocks else "no", "topic": finding.topic,
                "kind": pick(KIND[finding.kind], words.lang), "message": message(finding, words),
                "follow": follows(task, report), "how": todo(finding, words.lang),
            }  # fmt: skip
            writer.writerow([cell(row[field]) for field in FIELDS])
    return "\ufeff" + encodable(out.getvalue())
