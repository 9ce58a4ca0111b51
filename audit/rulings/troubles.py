"""What is wrong with rulings, as findings of their files: void, expired, unused, contradicted.

Every one says which command mends it. What a ruling may have meant is offered, never assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.identity import finding_id
from audit.model import Finding, Quote, Reason, Reference, RulingCode, Side
from audit.rulings.effect import Effect
from audit.rulings.model import Rest, Ruling
from claims.identity import canonical, folded
from claims.model import Claim, path_of

ALIKE = 60
"""How alike (0-100, rapidfuzz ratio) a claim of the same article must be for a ruling to have meant it."""


def troubles(effect: Effect, claims: Sequence[Claim]) -> list[Finding]:
    """The findings of rulings that have no effect, by id. `claims` are all that are read."""
    return sorted(_all(effect, claims), key=lambda f: f.id)


def _all(effect: Effect, claims: Sequence[Claim]) -> Iterator[Finding]:
    for ruling, gone in effect.void:
        for n in gone:
            rest = ruling.rests[n]
            meant = likely(rest, claims)
            code = "ruling-void" if meant is None else "ruling-changed"
            args = {"article": rest.article, "quote": rest.quote}
            if meant is not None:
                args |= {"meant": meant.id, "now": meant.quote}
            there = (_quote(meant),) if meant is not None else ()
            yield _finding("ruling-void", ruling, f"claims.{n}", code, args, there)
    for ruling in effect.expired:
        yield _finding("ruling-expired", ruling, "expires", "ruling-expired", {"day": ruling.expires or ""})
    for ruling in effect.unused:
        yield _finding("ruling-unused", ruling, "finding", "ruling-unused", {"finding": ruling.finding or ""})
    for ruling, other in effect.clashes:
        yield _clash(ruling, other)


def likely(rest: Rest, claims: Sequence[Claim]) -> Claim | None:
    """The claim that words which have changed were most likely made into: the same words elsewhere, else the claim of
    the same article that is most like them."""
    from rapidfuzz import fuzz, process

    words, path = folded(rest.quote), path_of(rest.article)
    of_article = [c for c in claims if c.path == path and c.value is not None]
    same = [c for c in (*of_article, *claims) if folded(c.quote) == words and c.value is not None]
    if same:
        return same[0]
    texts = [folded(c.quote) for c in of_article]
    best = process.extractOne(words, texts, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return of_article[best[2]] if best else None


def _clash(ruling: Ruling, other: Ruling | Reference) -> Finding:
    code: RulingCode = "ruling-contradiction"
    args = {"other": other.id}
    if isinstance(other, Reference):
        return _finding(code, ruling, _decides(ruling), "ruling-against-fact", args, (), other)
    return _finding(code, ruling, _decides(ruling), "ruling-against-ruling", args, (other.words(_decides(other)),))


def _decides(ruling: Ruling) -> str:
    """The key under which a ruling says what it decides."""
    return "value" if ruling.verdict == "stands" else "verdict"


def _finding(
    code: RulingCode, ruling: Ruling, key: str, reason: str, args: dict[str, str], there: tuple[Quote, ...] = (),
    reference: Reference | None = None,
) -> Finding:  # fmt: skip
    """One finding of a ruling's file: the line in question, and what it clashes with or may have meant."""
    told: dict[str, str] = {"ruling": ruling.id, "path": ruling.path, **args}
    sides = [Side(None, 1, quotes=(ruling.words(key),))]
    if there:
        sides.append(Side(None, len(there), quotes=there))
    if reference is not None:
        sides.append(Side(reference.position, 0, (), reference))
    known_by: dict[str, str] = {"code": code}
    known_by.update((name, told[name]) for name in ("ruling", "article", "quote", "other") if name in told)
    return Finding(
        id=finding_id([canonical(known_by)]), code=code, topic=None, kind=code, severity="error",
        reasons=(Reason(reason, tuple(sorted(told.items()))),), sides=tuple(sides),
    )  # fmt: skip


def _quote(claim: Claim) -> Quote:
    return Quote(claim.article, claim.start, claim.end, claim.line, claim.column, claim.quote)
