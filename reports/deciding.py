"""What an editor can decide of a finding, in words; what would come of it; what has become of it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from audit.model import KINDS, Finding
from audit.rulings.deciding import claims_of
from audit.rulings.model import DECISIONS, Decision, Ruling
from audit.rulings.outcome import Outcome
from audit.suggestions import Suggestion
from claims.facts import Source
from reports.resolving import about, verdict_words
from reports.telling import letter, says
from reports.wording.messages import message
from reports.wording.phrases import day
from reports.wording.resolving import VERDICT, tell
from reports.wording.serving import serve_words
from reports.wording.terms import REFERENCE, Lang, listed, pick
from reports.wording.vocabulary import Vocabulary

SHOWN = 3
"""Quotes of a side that are named when it has changed."""
PLACES = 9
"""Places to be changed that are named."""
NAMED = 9
"""Findings that rest on the same words, and are named."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict that can be given. `off` says why it cannot; `source` is what probably says so."""

    verdict: Decision
    side: int | None = None
    label: str
    help: str
    off: str = ""
    source: Source | None = None


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that may have been misread."""

    id: str
    letter: str
    quote: str
    where: str


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A form to fill in. `was` is what an earlier ruling says of it."""

    title: str
    suggestion: str
    was: str
    choices: tuple[Choice, ...]
    claims: tuple[Listed, ...]


def offer_of(
    finding: Finding, suggestion: Suggestion | None, facts: Mapping[str, Source], ruling: Ruling | None,
    words: Vocabulary,
) -> Offer:  # fmt: skip
    lang = words.lang
    return Offer(
        title=serve_words("decide-what", lang, id=finding.id),
        suggestion=_suggested(finding, suggestion, lang),
        was=_decided(ruling, lang) if ruling is not None else "",
        choices=tuple(_choices(finding, facts, words)),
        claims=tuple(
            Listed(
                id=claim.id, letter=letter(n, lang), quote=" ".join(claim.quote.split()),
                where=f"{claim.path}:{claim.line}",
            )
            for n, claim in claims_of(finding)
        ),
    )  # fmt: skip


def _choices(finding: Finding, facts: Mapping[str, Source], words: Vocabulary) -> Iterator[Choice]:
    lang = words.lang
    for verdict in DECISIONS:
        told = serve_words(f"help-{verdict}", lang)
        if verdict != "stands":
            label = pick(VERDICT[verdict], lang)
            yield Choice(verdict=verdict, label=label[:1].upper() + label[1:], help=told)
            continue
        for n, side in enumerate(finding.sides if finding.kind in KINDS else ()):
            label = pick(VERDICT[verdict], lang).format(side=letter(n, lang))
            label += ("：" if lang == "zh" else ": ") + says(n, side, finding, words)
            known = side.reference
            off = serve_words(f"off-{known.kind}", lang, id=known.id) if known is not None else ""
            source = facts.get(side.upheld or "")
            yield Choice(verdict=verdict, side=n, label=label, help=told, off=off, source=source)


def _suggested(finding: Finding, suggestion: Suggestion | None, lang: Lang) -> str:
    if suggestion is None:
        return serve_words("by-none", lang) if finding.kind in KINDS else serve_words("no-stands", lang)
    one = suggestion
    side = letter(1 - one.side if one.why == "reference" else one.side, lang)
    return serve_words(
        f"by-{one.why}", lang, side=side, kind=pick(REFERENCE[one.kind], lang), id=one.reference,
        first=day(one.first, lang), last=day(one.last, lang), ours=one.ours, theirs=one.theirs,
    )  # fmt: skip


def came_lines(finding: Finding, outcome: Outcome, words: Vocabulary) -> tuple[list[str], list[str]]:
    """What a ruling does, and what is wrong with it."""
    lang = words.lang
    troubles = [tell("trouble", lang, message=message(one, words)) for one in outcome.troubles]
    first = tell(f"end-{outcome.end}", lang, id=finding.id, left=outcome.left)
    lines = [] if outcome.end == "unchanged" else [first]
    if outcome.end == "unchanged":
        troubles.insert(0, first)
    if outcome.closed:
        lines.append(tell("closed", lang, ids=listed(list(outcome.closed), lang)))
    places = [place for one in outcome.against for side in one.sides for place in side.places]
    if places:
        lines.append(tell("against", lang, n=len({place.path for place in places})))
        lines += [_quoted(place.quote, f"{place.path}:{place.line}", lang) for place in places[:PLACES]]
        if len(places) > PLACES:
            lines.append(serve_words("now-more", lang, n=len(places) - PLACES))
    return lines, troubles


def alike_words(others: Sequence[str], lang: Lang) -> str:
    """Offers the same verdict for other findings (ids); "" where there are none."""
    if not others:
        return ""
    ids = list(others[:NAMED])
    if len(others) > NAMED:
        ids.append(serve_words("now-more", lang, n=len(others) - NAMED))
    return serve_words("alike", lang, n=len(others), ids=listed(ids, lang))


def now_lines(finding: Finding | None, ruling: Ruling | None, words: Vocabulary) -> Iterator[str]:
    """What there is of a finding that was another when a form was made."""
    lang = words.lang
    if ruling is not None:
        yield _decided(ruling, lang)
    if finding is None:
        yield serve_words("now-gone", lang)
        return
    if finding.state == "resolved":
        return
    yield about(finding, words)
    for n, side in enumerate(finding.sides):
        quotes = [_quoted(p.quote, f"{p.path}:{p.line}", lang) for p in side.places[:SHOWN]]
        if len(side.places) > SHOWN:
            quotes.append(serve_words("now-more", lang, n=len(side.places) - SHOWN))
        yield serve_words(
            "now-side", lang, letter=letter(n, lang), says=says(n, side, finding, words), quotes=listed(quotes, lang)
        )


def _quoted(quote: str, where: str, lang: Lang) -> str:
    return serve_words("now-quote", lang, quote=" ".join(quote.split()), where=where)


def _decided(ruling: Ruling, lang: Lang) -> str:
    return serve_words(
        "now-decided", lang, by=ruling.by, on=day(ruling.on, lang), verdict=verdict_words(ruling, None, lang),
        reason=ruling.reason, path=ruling.path,
    )  # fmt: skip
