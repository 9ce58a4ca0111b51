"""What is wrong with rulings, as findings of their files: void, expired, unused, contradicted.

Every one says which command mends it. What a ruling may have meant is offered, never assumed.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence

from audit.identity import finding_id
from audit.model import Finding, Quote, Reason, Reference, RulingCode, Side
from audit.rulings.effect import Effect
from audit.rulings.meaning import is_same, likely
from audit.rulings.mending import Way
from audit.rulings.model import Rest, Ruling
from claims.identity import canonical
from claims.model import Claim


def troubles(effect: Effect, claims: Sequence[Claim], known: Mapping[str, Way]) -> list[Finding]:
    """The findings of rulings that have no effect, by id. `claims` are all that are read, `known` is what can be done
    about the void and the expired."""
    return sorted(_all(effect, claims, known), key=lambda f: f.id)


def _all(effect: Effect, claims: Sequence[Claim], known: Mapping[str, Way]) -> Iterator[Finding]:
    for ruling, gone in effect.void:
        for n in gone:
            rest = ruling.rests[n]
            meant = likely(rest, claims)
            code = _void(rest, meant, bool(known[ruling.id].meant))
            args = {"article": rest.article, "quote": rest.quote}
            if meant is not None:
                args |= {"meant": meant.id, "now": meant.quote, "there": meant.article}
            there = (_quote(meant),) if meant is not None else ()
            yield _finding("ruling-void", ruling, f"claims.{n}", code, args, there)
    for ruling in effect.expired:
        code = "ruling-expired" if known[ruling.id].opens else "ruling-outlived"
        yield _finding("ruling-expired", ruling, "expires", code, {"day": ruling.expires or ""})
    for ruling in effect.unused:
        yield _finding("ruling-unused", ruling, "finding", "ruling-unused", {"finding": ruling.finding or ""})
    for ruling, other in effect.clashes:
        yield _clash(ruling, other)


def _void(rest: Rest, meant: Claim | None, helps: bool) -> str:
    """Why words are void: they are gone, changed, in another article, or a claim of another id where they stood.

    What they were made into may say something else by now: then renewing the ruling does not `help`."""
    if meant is None:
        return "ruling-void"
    if not helps:
        return "ruling-remade"
    if not is_same(rest, meant):
        return "ruling-changed"
    return "ruling-moved" if meant.article != rest.article else "ruling-renumbered"


def _clash(ruling: Ruling, other: Ruling | Reference) -> Finding:
    code: RulingCode = "ruling-contradiction"
    args = {"other": other.id, "rival": shell_name(other) if isinstance(other, Ruling) else other.id}
    if isinstance(other, Reference):
        return _finding(code, ruling, _decides(ruling), "ruling-against-fact", args, (), other)
    return _finding(code, ruling, _decides(ruling), "ruling-against-ruling", args, (other.words(_decides(other)),))


def shell_name(ruling: Ruling) -> str:
    """A ruling as it is named on a command line."""
    return shlex.quote(ruling.path if ruling.id.startswith("-") else ruling.id)


def _decides(ruling: Ruling) -> str:
    """The key under which a ruling says what it decides."""
    return "value" if ruling.verdict == "stands" else "verdict"


def _finding(
    code: RulingCode, ruling: Ruling, key: str, reason: str, args: dict[str, str], there: tuple[Quote, ...] = (),
    reference: Reference | None = None,
) -> Finding:  # fmt: skip
    """One finding of a ruling's file: the line in question, and what it clashes with or may have meant."""
    told: dict[str, str] = {"ruling": ruling.id, "name": shell_name(ruling), **args}
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
