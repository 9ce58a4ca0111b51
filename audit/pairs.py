"""Two positions and who takes them: the finding that they come to, if any claims conflict."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache

from msgspec.structs import replace

from audit.cells import Cell, Mark, Profile, apart, claim_order, two, ways
from audit.identity import finding_id, side_key
from audit.inside import Inside, Where
from audit.model import KINDS, Finding, Kind, Position, Reason, Severity, Side
from audit.packed import mark
from audit.positions import Summary
from audit.verdict import (
    MILDER,
    REASONS,
    Ground,
    Verdict,
    ground,
    outdated,
    settle,
    turned,
    worst_kind,
    worst_severity,
)
from claims.model import Claim
from claims.topics import Topic

_NONE = frozenset[str]()
ANY: Mark = b""
"""An article that is none of those heard."""


class Pair:
    """Two positions of a summary, in the order of their keys. `possible` asks for what the text leaves open too."""

    def __init__(self, summary: Summary, one: Position, other: Position, topic: Topic, possible: bool) -> None:
        self._positions = (one, other)
        self._cells = (summary.cells(one), summary.cells(other))
        self._takers = (summary.takers(one), summary.takers(other))
        self._shared = summary.shared((one, other))
        self._topic = topic
        self._possible = possible

    def compared(
        self, misread: Container[str] = (), marks: Mapping[str, frozenset[str]] | None = None
    ) -> Finding | None:
        """The finding, if any claims conflict. Those that are `misread` (ids) take part in nothing; `marks` are the
        rulings by which a claim (id) is compatible with the others that they list."""
        left, right = ({p: c for p, c in cells.items() if p.named not in misread} for cells in self._cells)
        listed, grounds = marks or {}, cache(self._ground)
        found: list[Verdict] = []
        heard = _Heard(), _Heard()
        for p, ours in left.items():
            for q, theirs in right.items():
                rests_on = grounds(p.hedge == "approx", q.hedge == "approx")
                if rests_on is None or listed.get(p.named, _NONE) & listed.get(q.named, _NONE):
                    continue  # nothing to disagree on, or a ruling says that both stand
                between = list(self._between(ours, theirs, rests_on))
                if between:
                    heard[0].hear(p, theirs)
                    heard[1].hear(q, ours)
                inside = self._shared.cells.get((p, q))
                if inside is not None:
                    heard[0].know(p, inside, 0)
                    heard[1].know(q, inside, 1)
                found += [*between, *self._inside(inside, rests_on)]
        if not found:
            return None
        sides = tuple(
            heard[n].side(position, cells)
            for n, (position, cells) in enumerate(zip(self._positions, (left, right), strict=True))
        )
        finding = _finding(self._topic, sides, found)
        return finding if all(s.count == len(s.claims) for s in sides) else self._counted(finding, heard)

    def _counted(self, finding: Finding, heard: tuple[_Heard, _Heard]) -> Finding:
        """The finding with the numbers of articles, which cannot be seen from a few of their claims."""
        one, other = heard
        known = one.where | other.where
        left, right = (
            sum(n for where, n in takers.items() if side.takes(ANY, where))
            for side, takers in zip(heard, self._takers, strict=True)
        )
        both = sum(n for (a, b), n in self._shared.articles.items() if one.takes(ANY, a) and other.takes(ANY, b))
        # So far every article was taken for one of many; those that are alone with what they say may fare otherwise.
        for article, (a, b) in known.items():
            takes, would = ([one.takes(who, a), other.takes(who, b)] for who in (article, ANY))
            left += takes[0] - would[0]
            right += takes[1] - would[1]
            both += all(takes) - all(would)
        articles = dict(zip(self._positions, (left, right), strict=True))
        sides = tuple(replace(side, articles=articles[side.position]) for side in finding.sides if side.position)
        return replace(finding, sides=sides, both=both)

    def _ground(self, *approx: bool) -> Ground | None:
        found = ground(*self._positions, self._topic, approx=(approx[0], approx[1]))
        return found if isinstance(found, Ground) and (self._possible or not found.possible) else None

    def _between(self, ours: Cell, theirs: Cell, rests_on: Ground) -> Iterator[Verdict]:
        """What claims of different articles come to, for each way in which their dates can lie."""
        if not apart(ours.marks, theirs.marks):
            return
        # The first and the last example are of two articles, if there are two.
        a, b = next(
            (a, b)
            for a in (ours.examples[0], ours.examples[-1])
            for b in (theirs.examples[0], theirs.examples[-1])
            if a.article != b.article
        )
        for one, other in ways(ours, theirs):
            verdict = settle(replace(a, as_of=one), replace(b, as_of=other), self._topic, rests_on)
            if verdict.kind is not None:
                yield verdict

    def _inside(self, inside: Inside | None, rests_on: Ground) -> Iterator[Verdict]:
        """What claims of one article come to: all that conflict to the same."""
        both = inside.speaking if inside is not None else None
        if both is not None:
            verdicts = (settle(a, b, self._topic, rests_on) for a in both.left for b in both.right)
            yield next(verdict for verdict in verdicts if verdict.kind is not None)


class _Heard:
    """Whom the claims of one side conflict with, by profile."""

    def __init__(self) -> None:
        self._others: dict[Profile, tuple[Mark, ...]] = {}
        self._own: dict[Profile, dict[Mark, int]] = {}
        self._inside: dict[Profile, dict[Claim, None]] = {}
        self._speaking: set[tuple[Profile, Mark]] = set()
        self.where: dict[Mark, tuple[Where, Where]] = {}

    def hear(self, profile: Profile, others: Cell) -> None:
        """Claims of other articles."""
        self._others[profile] = two((*self._others.get(profile, ()), *others.marks))

    def know(self, profile: Profile, inside: Inside, side: int) -> None:
        """Articles with claims on both sides, and which of them conflict inside."""
        for both in (inside.first, inside.speaking):
            if both is not None:
                self.where[both.article] = both.where
                self._own.setdefault(profile, {})[both.article] = both.counts[side]
                if both.speaks:
                    self._speaking.add((profile, both.article))
                said = self._inside.setdefault(profile, {})
                said.update(dict.fromkeys(both.right if side else both.left))

    def takes(self, article: Mark, where: Where) -> bool:
        """Whether an article with claims in these cells takes part with any."""
        return any(
            (profile, article) in self._speaking or any(other != article for other in self._others.get(profile, ()))
            for profile in where
        )

    def side(self, position: Position, cells: Mapping[Profile, Cell]) -> Side:
        """The claims that take part: in a pair inside their article, or with anyone of another article."""
        count, claims, days = 0, dict[Claim, None](), list[str]()
        for profile, cell in cells.items():
            others, inside = self._others.get(profile, ()), self._inside.get(profile, {})
            if not others:
                # Then only one article speaks in this cell and in those that it could conflict with.
                count, claims = count + len(inside), claims | inside
                days += [c.as_of for c in inside if c.as_of]
                continue
            # Where only one article is heard, its own claims conflict with nobody else's.
            alone = others[0] if len(others) == 1 else ANY
            own = self._own.get(profile, {}).get(alone, 0)
            count += cell.count - own + sum(mark(c.article) == alone for c in inside)
            claims |= dict.fromkeys(c for c in cell.examples if not own or mark(c.article) != alone) | inside
            days += [*(cell.without(alone) or ()), *(c.as_of for c in inside if c.as_of)]
        spoken = (min(days), max(days)) if days else ("", "")
        return Side(position, count, tuple(sorted(claims, key=claim_order)), days=spoken)


# The finding.


def _finding(topic: Topic, sides: tuple[Side, ...], found: Iterable[Verdict]) -> Finding:
    kinds: set[Kind] = {v.kind for v in found if v.kind is not None}
    severities: set[Severity] = {v.severity for v in found if v.severity is not None}
    kind, severity = worst_kind(kinds), worst_severity(severities)
    # What makes a pair milder says nothing of a finding that another pair makes worse.
    said = {r for v in found for r in v.reasons if r.code not in MILDER or v.severity == severity}
    reasons = [r for r in said if r.code != "outdated"]
    older = None
    if kind == "outdated":
        dates = [side.days[::-1] for side in sides]  # when each was last said, and when first
        older = 0 if dates[0] <= dates[1] else 1
        reasons.append(outdated(older, dates[0][0], dates[1][0]))
    if _second_first(kind, reasons, older):
        sides, reasons = sides[::-1], [turned(r) for r in reasons]
        older = None if older is None else 0
    return Finding(
        id=finding_id([side_key(side) for side in sides]), code=kind, topic=topic.id, kind=kind,
        other_kinds=tuple(k for k in KINDS if k in kinds and k != kind),
        severity=severity, reasons=tuple(sorted(reasons, key=lambda r: (REASONS.index(r.code), r.args))), sides=sides,
        older=older,
    )  # fmt: skip


def _second_first(kind: Kind, reasons: Iterable[Reason], older: int | None) -> bool:
    """Whether the second side leads: the older of two, the general before the particular, else as they are sorted."""
    if kind == "overgeneral":
        return any(dict(r.args)["side"] == "0" for r in reasons if r.code in ("inside", "some-against-all"))
    return older == 1
