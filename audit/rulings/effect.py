"""What rulings come to in a corpus: which of them have an effect, and which (docs/rulings.md).

A ruling has none when it has expired, when words that it rests on have changed, when there is nothing for it to
decide, or when another ruling or a fact says otherwise. Each of these is a finding, made by `audit.rulings.troubles`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, product
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from audit.closings import Closing, Closings
from audit.identity import finding_id, is_named, position_key, reference_key
from audit.model import Finding, Position, Reference
from audit.positions import position_of
from audit.references import judge_reference, reference_of
from audit.rulings.model import Rest, Ruling
from audit.verdict import Ground, ground, judge, unlike_reach
from claims.identity import folded
from claims.model import Claim, path_of
from claims.topics import Topic

Texts: TypeAlias = Callable[[str], str | None]
"""Path -> the article's source, None where it is not at hand."""

FAR = "9999-12-31"


class Corpus(msgspec.Struct, frozen=True, kw_only=True):
    """What rulings are held against: every claim that is read (also those that the config leaves out), the whole ids
    of the defects, the facts, and today (ISO)."""

    claims: Sequence[Claim]
    defects: Collection[str]
    facts: Sequence[Reference]
    topics: Mapping[str, Topic]
    texts: Texts
    today: str


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """The rulings that have an effect, as the search for conflicts asks for it, and those that have none.

    `void` names for each the words (numbers in `rests`) that are gone; `clashes` are the pairs that say otherwise: a
    ruling, and a ruling or a fact.
    """

    closings: Closings = Closings()
    references: tuple[Reference, ...] = ()
    reviews: tuple[Ruling, ...] = ()
    expired: tuple[Ruling, ...] = ()
    void: tuple[tuple[Ruling, tuple[int, ...]], ...] = ()
    unused: tuple[Ruling, ...] = ()
    clashes: tuple[tuple[Ruling, Ruling | Reference], ...] = ()


def effect_of(rulings: Iterable[Ruling], corpus: Corpus) -> Effect:
    """What each ruling comes to."""
    known = _Known(corpus)
    expired, void, sound = list[Ruling](), list[tuple[Ruling, tuple[int, ...]]](), list[Ruling]()
    for ruling in sorted(rulings, key=lambda r: r.id):
        gone = tuple(n for n, rest in enumerate(ruling.rests) if not known.stands(rest))
        if ruling.expired(corpus.today):
            expired.append(ruling)
        elif gone:
            void.append((ruling, gone))
        else:
            sound.append(ruling)
    clashes = list(_clashes(sound, corpus))
    clashing = {r.id for pair in clashes for r in pair if isinstance(r, Ruling)}
    agreed = [r for r in sound if r.id not in clashing]
    standing = [reference_of(r.fact, "ruling") for r in agreed if r.fact is not None]
    used = [r for r in agreed if known.is_used(r, standing)]
    return Effect(
        closings=_closings(used, known),
        references=tuple(standing),
        reviews=tuple(r for r in used if r.verdict == "under-review"),
        expired=tuple(expired),
        void=tuple(void),
        unused=tuple(r for r in agreed if r not in used),
        clashes=tuple(clashes),
    )


def reviewed(findings: Iterable[Finding], reviews: Sequence[Ruling]) -> list[Finding]:
    """The findings, those that are being clarified marked so."""

    def marked(finding: Finding) -> Finding:
        ruling = next((r for r in reviews if is_named(finding.id, r.finding or "")), None)
        if ruling is None or finding.state != "open":
            return finding
        return replace(finding, state="under-review", ruling=ruling.id)

    return [marked(finding) for finding in findings]


def closed_pairs(rulings: Iterable[Ruling], corpus: Corpus) -> dict[str, int]:
    """By the name of each `both-stand`, how many pairs of the claims that it lists are of the finding that it names."""
    known = _Known(corpus)
    return {r.id: known.pairs(r) for r in rulings if r.verdict == "both-stand"}


def _closings(used: Iterable[Ruling], known: _Known) -> Closings:
    closings, misread = list[Closing](), dict[str, str]()
    for ruling in used:
        wrong = [rest.id for rest in ruling.rests if rest.id is not None] if ruling.verdict == "misread" else []
        misread |= dict.fromkeys(wrong, ruling.id)
        # A defect that was misread names no claim: it is closed whole, as one that stands is.
        if ruling.verdict == "both-stand" or (ruling.verdict == "misread" and not wrong):
            closings.append(Closing(ruling.id, ruling.finding or "", frozenset(c.id for c in known.claims(ruling))))
    return Closings(tuple(closings), misread)


class _Known:
    """The claims of a corpus, looked up as rulings name them."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._by_id: dict[str, list[Claim]] = defaultdict(list)
        for claim in corpus.claims:
            self._by_id[claim.id].append(claim)

    @cached_property
    def _by_words(self) -> Mapping[tuple[str, str], list[Claim]]:
        """For rulings that name no ids: few corpora have one."""
        found: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in self._corpus.claims:
            found[claim.article, folded(claim.quote)].append(claim)
        return found

    def stands(self, rest: Rest) -> bool:
        """Whether words that a ruling rests on still stand in the article."""
        words = folded(rest.quote)
        if rest.id is not None:
            return any(folded(claim.quote) == words for claim in self._by_id.get(rest.id, ()))
        text = self._corpus.texts(path_of(rest.article))
        return text is not None and words in folded(text)

    def claims(self, ruling: Ruling) -> list[Claim]:
        """The claims that a ruling lists, each once, by id or by their words."""
        found: dict[str, Claim] = {}
        for rest in ruling.rests:
            if rest.id is not None:
                named = self._by_id.get(rest.id, [])
            else:
                named = self._by_words.get((rest.article, folded(rest.quote)), [])
            for claim in named:
                found.setdefault(claim.id, claim)
        return list(found.values())

    def is_used(self, ruling: Ruling, standing: Sequence[Reference]) -> bool:
        """Whether there is something for it to decide. A `stands` holds for articles to come, and a claim that was
        misread is so whatever it meets."""
        if ruling.verdict == "stands" or (ruling.verdict == "misread" and any(rest.id for rest in ruling.rests)):
            return True
        name = ruling.finding or ""
        if any(is_named(defect, name) for defect in self._corpus.defects):
            return True
        claims = [(claim, position) for claim in self.claims(ruling) if (position := position_of(claim)) is not None]
        references = [*self._corpus.facts, *standing]
        return any(self._in_pair(name, a, b) for a, b in combinations(claims, 2)) or any(
            self._against(name, reference, *claim) for reference, claim in product(references, claims)
        )

    def pairs(self, ruling: Ruling) -> int:
        """How many pairs of the claims that it lists are of the finding that it names."""
        claims = [(claim, position) for claim in self.claims(ruling) if (position := position_of(claim)) is not None]
        return sum(self._in_pair(ruling.finding or "", a, b) for a, b in combinations(claims, 2))

    def _in_pair(self, name: str, a: tuple[Claim, Position], b: tuple[Claim, Position]) -> bool:
        """Whether two claims are a pair of the finding of that name. All their places count."""
        topic = self._corpus.topics.get(a[0].topic)
        if topic is None or a[0].topic != b[0].topic or not is_named(_pair_id(a[1], b[1]), name):
            return False
        places = product(self._by_id[a[0].id], self._by_id[b[0].id])
        return any(judge(one, other, topic).kind is not None for one, other in places)

    def _against(self, name: str, reference: Reference, claim: Claim, position: Position) -> bool:
        topic = self._corpus.topics.get(claim.topic)
        if topic is None or reference.position.topic != claim.topic:
            return False
        if not is_named(finding_id([reference_key(reference), position_key(position)]), name):
            return False
        places = self._by_id[claim.id]
        return any(judge_reference(reference, c, topic, today=self._corpus.today).kind is not None for c in places)


def _pair_id(a: Position, b: Position) -> str:
    return finding_id([position_key(a), position_key(b)])


# Rulings that cannot both be.


def _clashes(rulings: Sequence[Ruling], corpus: Corpus) -> Iterator[tuple[Ruling, Ruling | Reference]]:
    standing = [(r, reference_of(r.fact, "ruling")) for r in rulings if r.fact is not None]
    for (one, a), (other, b) in combinations(standing, 2):
        if _contradict(a, b, corpus.topics):
            yield one, other
    for (one, a), fact in product(standing, corpus.facts):
        if _contradict(a, fact, corpus.topics):
            yield one, fact
    for one, other in combinations(rulings, 2):
        if _at_odds(one, other) or _at_odds(other, one):
            yield one, other


def _contradict(a: Reference, b: Reference, topics: Mapping[str, Topic]) -> bool:
    """Whether two references, at some time and of something, cannot both hold."""
    topic = topics.get(a.position.topic)
    if topic is None or a.position.topic != b.position.topic:
        return False
    if max(a.since or "", b.since or "") > min(a.until or FAR, b.until or FAR):
        return False
    if any(x.default and y.position.scope.get("region") for x, y in ((a, b), (b, a))):
        return False
    if topic.counts_provinces and unlike_reach(a.position, b.position):
        return False
    return isinstance(ground(a.position, b.position, topic, everywhere=(True, True)), Ground)


def _at_odds(one: Ruling, other: Ruling) -> bool:
    """Whether one says that both sides of a conflict stand, and the other that one of them does not, or is none."""
    if one.verdict != "both-stand":
        return False
    if other.verdict == "stands":
        names = one.finding or "", other.finding or "-"
        return names[0].startswith(names[1]) or names[1].startswith(names[0])
    return other.verdict == "misread" and bool({r.id for r in one.rests if r.id} & {r.id for r in other.rests})
