"""From a finding and what an editor decides to the ruling: which words it rests on, and what stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from audit.model import KINDS, Finding, Position, Side
from audit.rulings.model import Decision, Rest, Ruling
from claims.facts import Fact, Source
from claims.identity import folded
from claims.model import Claim, Measure
from claims.topics import Topic
from claims.wording import tongues

SUFFIX = ".yaml"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What an editor decides of a finding; days are ISO.

    `side` (0 or 1), `source`, `since` and `until` are those of a `stands`. `claims` are the ids that it is limited to,
    all of the finding where there are none.
    """

    verdict: Decision
    reason: str
    by: str
    on: str
    side: int | None = None
    source: Source | None = None
    since: str | None = None
    until: str | None = None
    expires: str | None = None
    claims: tuple[str, ...] = ()
    note: str = ""


def fits(verdict: Decision, finding: Finding) -> bool:
    """Whether a verdict can be given: nothing stands where there is no position, only words that do not add up."""
    return verdict != "stands" or finding.kind in KINDS


def ruling_of(finding: Finding, answer: Answer, path: str, topics: Mapping[str, Topic]) -> Ruling:
    """The ruling that an answer makes; `path` is its file as seen from the root. A `stands` needs side and source."""
    fact = None
    rests: tuple[Rest, ...] = ()
    name = stem(path)
    if answer.verdict == "stands":
        assert answer.side is not None
        assert answer.source is not None
        position = finding.sides[answer.side].position
        assert position is not None
        fact = _fact(name, position, answer, answer.source, topics[position.topic])
    else:
        rests = tuple(rests_of(finding, answer.claims))
    return Ruling(
        id=name, path=path, verdict=answer.verdict, finding=finding.id, reason=answer.reason.strip(),
        by=answer.by.strip(), on=answer.on, expires=answer.expires, rests=rests, fact=fact,
    )  # fmt: skip


def _fact(name: str, position: Position, answer: Answer, source: Source, topic: Topic) -> Fact:
    value = position.value
    if isinstance(value, Measure):  # a file names no unit: it is the topic's
        value = Measure(value.low, value.high, topic.unit)
    return Fact(
        id=name, words=tongues(answer.reason.strip()), topic=position.topic, value=value,
        quantifier=position.quantifier, scope=position.scope, except_=position.except_, since=answer.since,
        until=answer.until, source=source, note=tongues(answer.note or None),
    )  # fmt: skip


def unit_fits(position: Position, topic: Topic) -> bool:
    """Whether a value can be written down as standing: a ruling has the unit of its topic."""
    value = position.value
    return not isinstance(value, Measure) or value.unit in (None, topic.unit)


def rests_of(finding: Finding, only: Collection[str] = ()) -> Iterator[Rest]:
    """The words of a finding, each claim once; `only` these claims. Of a defect, its quotes, which are no claims."""
    seen: set[tuple[str, str]] = set()
    for side in finding.sides:
        for claim in side.claims:
            if (not only or claim.id in only) and (claim.id, "") not in seen:
                seen.add((claim.id, ""))
                yield Rest(claim.article, claim.quote, claim.id)
        for quote in side.quotes:
            if (quote.article, folded(quote.quote)) not in seen:
                seen.add((quote.article, folded(quote.quote)))
                yield Rest(quote.article, quote.quote)


def claims_of(finding: Finding) -> list[tuple[int, Claim]]:
    """The claims of a finding with their sides, each claim once, in order."""
    found: dict[str, tuple[int, Claim]] = {}
    for n, side in enumerate(finding.sides):
        for claim in side.claims:
            found.setdefault(claim.id, (n, claim))
    return list(found.values())


# The same for all claims with this wording.


def same_words(finding: Finding, chosen: Iterable[Claim], verdict: Decision) -> tuple[str, ...]:
    """The ids of claims of another finding to which a `misread` or a `both-stand` on `chosen` claims can be given for
    the same reason: those that say the same words. For `both-stand` each side that articles take must have one."""
    words = {folded(claim.quote) for claim in chosen}
    sides = [side for side in finding.sides if side.claims]
    found = [_in_words(side, words) for side in sides]
    if not any(found) or (verdict == "both-stand" and not all(found)):
        return ()
    return tuple(dict.fromkeys(claim for ids in found for claim in ids))


def _in_words(side: Side, words: Collection[str]) -> list[str]:
    return [claim.id for claim in side.claims if folded(claim.quote) in words]


# Names of files.


def stem(path: str) -> str:
    """The ruling's name: that of its file without the suffix."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def free_name(finding: str, taken: Iterable[str]) -> str:
    """A name for a ruling's file, after its finding, that no ruling has; `taken` are names without suffix. Names that
    differ by case only are one file on some systems."""
    used = {name.casefold() for name in taken}
    name, n = finding, 1
    while name.casefold() in used:
        n += 1
        name = f"{finding}-{n}"
    return name + SUFFIX
