"""The value that a pattern gives where its words stand: a flag, a figure, members of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from claims.domain import Domain, Pattern
from claims.language.clauses import Clause
from claims.language.lexicon import Hit
from claims.language.measures import TIME, factor_of
from claims.language.quantities import Quantity
from claims.model import Choice, Flag, Measure, SetOf, Value, set_of
from claims.reading import Unit
from claims.things import Thing

OPEN = "open"
"""In place of members: whatever things of the topic's kind the text names."""

MEMBERS = "members"
"""In place of a choice: the member that the nearest of the pattern's `members` words stands for."""


def value_of(pattern: Pattern, unit: Unit, domain: Domain, hits: list[Hit]) -> Value | None:
    raw = pattern.value
    if "holds" in raw:
        holds = raw["holds"]
        if isinstance(holds, bool):
            return Flag(holds)
        sign = unit.grammar.sign or 1
        return Flag((sign > 0) == (holds == "sign"))
    if "is" in raw:
        return _choice(pattern, unit, domain, hits)
    if "mode" in raw:
        return _set(pattern, unit, domain, hits)
    if pattern.number:
        return _number(pattern, unit, domain, hits)
    low, high = raw.get("low"), raw.get("high")
    unit_name = domain.topics[pattern.topic].unit
    return Measure(_bound(low), _bound(high), unit_name)


def opposite(pattern: Pattern, domain: Domain) -> Value:
    """The measure that holds round the only place where the pattern's own does (`only_place`)."""
    raw = pattern.only_place or {}
    return Measure(_bound(raw.get("low")), _bound(raw.get("high")), domain.topics[pattern.topic].unit)


def _bound(x: object) -> Decimal | str | None:
    if x is None or isinstance(x, str):
        return x
    return Decimal(str(x))


def _set(pattern: Pattern, unit: Unit, domain: Domain, hits: list[Hit]) -> SetOf | None:
    mode = pattern.value["mode"]
    if mode == "sign":
        mode = "excludes" if unit.grammar.sign < 0 else "includes"
    elif mode == "listed":
        mode = "only" if _whole_list(pattern, unit, domain, hits) else "includes"
    members = list(pattern.value.get("members", ()))
    if pattern.members == OPEN:
        members += _open_members(pattern, unit, domain, hits)
    elif pattern.members:
        table = domain.members_of[pattern.members]
        zone = unit.zones[pattern.members_zone]
        found = [(h, table[c]) for c, hs in zone.items() if c in table for h in hs]
        own = [(h, m) for h, m in found if m]
        if mode == "excludes":
            own = _without_asides(own, unit)
        # 配偶、父母等近亲属 counts what is spelled out: the general word gives way to a list (section 7, 1).
        general = domain.topics[pattern.topic].members
        narrow = [(h, m) for h, m in own if len(m) < 4]
        if len({m for _, ms in narrow for m in ms}) >= 2 or (narrow and mode == "only"):
            own = narrow
        members += [m for _, ms in own for m in ms if m in general]
        hits += [h for h, _ in own]
    if len(set(members)) < max(1, pattern.least):
        return None
    return set_of(mode, members)


_ASIDE = re.compile(r"\([^()]{0,3}(?:可|能|允许|应由)[^()]*\)")


def _without_asides(
    named: list[tuple[Hit, tuple[str, ...]]], unit: Unit
) -> list[tuple[Hit, tuple[str, ...]]]:
    """✘ 配偶的父母(可由配偶授权): who brackets say may do it is not shut out, unless nobody else is named."""
    s = unit.sentence
    asides = [m.span() for m in _ASIDE.finditer(unit.reading.folded.chars, s.start, s.end)]
    return [(h, m) for h, m in named if not any(a <= h.start and h.end <= b for a, b in asides)] or named


def _choice(pattern: Pattern, unit: Unit, domain: Domain, hits: list[Hit]) -> Choice | None:
    is_ = str(pattern.value["is"])
    if is_ == OPEN:
        named = _open_members(pattern, unit, domain, hits)
        return Choice(named[0]) if len(named) == 1 else None
    if is_ != MEMBERS or pattern.members is None:
        return Choice(is_)
    table = domain.members_of[pattern.members]
    anchor = anchor_of(unit, hits)
    found = [h for c, hs in unit.zones[pattern.members_zone].items() if table.get(c) for h in hs if _own(h, unit)]
    if anchor is None or not found:
        return None
    near = min(found, key=lambda h: (max(h.start - anchor.end, anchor.start - h.end), h.start))
    hits.append(near)
    return Choice(table[near.concept][0])


def anchor_of(unit: Unit, hits: Sequence[Hit]) -> Hit | None:
    """The first of the words that a match rests on which stands in the unit; words of other blocks do not."""
    inside = [(c.start, c.end) for c in unit.clauses]
    return next((h for h in hits if any(a <= h.start and h.end <= b for a, b in inside) and _own(h, unit)), None)


def clause_of(unit: Unit, anchor: Hit | None) -> Clause:
    """The clause of the unit that holds a hit, else its head."""
    if anchor is None:
        return unit.head
    return next((c for c in unit.clauses if c.start <= anchor.start and anchor.end <= c.end), unit.head)


def _own(hit: Hit, unit: Unit) -> bool:
    """Whether a hit is one of the unit's own block; zones hold those of others too, with offsets of their own."""
    return hit in unit.reading.hits


def _open_members(pattern: Pattern, unit: Unit, domain: Domain, hits: list[Hit]) -> list[str]:
    """The names of things of the topic's kind behind the words that a pattern rests on, in the clause or the sentence;
    where it rests on no words of the unit, all."""
    found = _list_behind(pattern, unit, domain, hits)
    hits += [Hit(t.start, t.end, f"t.{t.kind}") for t in found]
    return list(dict.fromkeys(t.name for t in found))


def _list_start(unit: Unit, hits: list[Hit]) -> int:
    first = anchor_of(unit, [h for h in hits if not h.concept.startswith("t.")])
    return first.end if first is not None else unit.head.start


def _list_end(pattern: Pattern, unit: Unit, hits: list[Hit]) -> int:
    if pattern.members_zone != "clause":
        return unit.sentence.end
    return clause_of(unit, anchor_of(unit, hits)).end


def _list_behind(pattern: Pattern, unit: Unit, domain: Domain, hits: list[Hit]) -> list[Thing]:
    """The first list of things of the topic's kind behind the words that a pattern rests on. Words that are also the
    name of another kind of thing (怒江) are left out."""
    kind = domain.topics[pattern.topic].open
    start = _list_start(unit, hits)
    end = _list_end(pattern, unit, hits)
    text, things = unit.reading.folded.chars, unit.reading.things
    places = [k for k, how in domain.things.items() if how.levels]
    other = {(t.start, t.end) for t in things if t.kind != kind and not {t.kind, kind} <= set(places)}
    found: list[Thing] = []
    for t in things:
        if t.kind != kind or t.start < start or t.end > end or (t.start, t.end) in other:
            continue
        if found and not _BETWEEN.fullmatch(text, found[-1].end, t.start):
            break
        if not found and pattern.least > 1 and not _FIRST.fullmatch(text, start, t.start):
            break
        found.append(t)
    return found


_BETWEEN = re.compile(
    r"(?:[、,;:和及与/()]|以及|\([^()]{1,12}\)|(?:\d{1,3}|[一二三四五六七八九十]{1,3})个?(?:市辖区|自治[县旗]|县级市|[县区市旗州]){1,3})*"
)
"""What may stand between two members of one list."""

_LEADS = re.compile(
    r"(?:[、,;:和及与()的有为即是]|以及|分别|包括|包含|其中|具体|依次|共计?|(?:\d{1,3}|[一二三四五六七八九十]{1,3})个?"
    r"(?:市辖区|自治[县旗]|县级市|行政区划?单位|县级行政区|[县区市旗州]){1,3})*"
)
"""What may stand before a list that holds everything."""

_FIRST = re.compile(rf"{_LEADS.pattern}(?:[\u4e00-\u9fff]{{1,5}}、)?")
"""And before one whose first member may be a name that is not known (房县、竹山县)."""


def _whole_list(pattern: Pattern, unit: Unit, domain: Domain, hits: list[Hit]) -> bool:
    """Whether a list holds everything that it could: nothing unread before its first member, nor behind its last, and
    no 等."""
    found = _list_behind(pattern, unit, domain, hits)
    if not found:
        return False
    text = unit.reading.folded.chars
    if not _LEADS.fullmatch(text, _list_start(unit, hits), found[0].start):
        return False
    return not re.match(r"\)?(?:等|[、和及与]|以及)", text[found[-1].end :])


def _number(pattern: Pattern, unit: Unit, domain: Domain, hits: list[Hit]) -> Measure | None:
    quantity = _nearest(pattern, unit, hits)
    if quantity is None:
        return None
    low: Decimal | None = quantity.low
    high: Decimal | None = quantity.high
    how = pattern.value.get("as", "range")
    if how == "bound":
        said = unit.reading.folded.chars[quantity.whole_start : quantity.start]
        limit = None if low != high or _REACHED.fullmatch(said) else quantity.bound
        how = {"min": "low", "max": "high"}.get(limit or "", how)
    if how == "low":
        high = None
    elif how == "high":
        low = None
    hits.append(Hit(quantity.start, quantity.end, f"n.{quantity.unit}"))
    unit_name = domain.topics[pattern.topic].unit
    factor = factor_of(quantity.unit, unit_name)
    return Measure(_scaled(low, factor), _scaled(high, factor), unit_name)


def _scaled(bound: Decimal | None, factor: Decimal) -> Decimal | None:
    return bound if bound is None or factor == 1 else bound * factor


_REACHED = re.compile(r"约?(?:达到?|有)约?")
"""面积达4557平方公里: no limit, but the figure itself."""

_IDLE = TIME | {"person", "province", "times", "piece"}
"""Units of which one often is no count: 一人, 一个, 一年."""
_COUNTS = {"person", "piece"}


def _nearest(pattern: Pattern, unit: Unit, hits: list[Hit]) -> Quantity | None:
    """The quantity of the pattern's unit nearest to the words it rests on: in the head clause, else in the clauses that
    lean on it. What follows those words is nearer than what goes before; 一人, 一个 gives way to another figure."""
    names = str(pattern.number).split("|")
    for clauses in ((unit.head,), unit.clauses):
        here = [q for q in _within(clauses, unit) if q.unit in names]
        if len(here) > 1:
            here = [q for q in here if q.low != 1 or q.unit not in _IDLE] or here
        if here:
            break
    else:
        return None
    if not hits:
        return here[0]
    anchor = hits[0]
    # 一个人顶多绑5个: one of something who does it, and how many of another: not the one is limited.
    if all(q.low == 1 and q.unit in _COUNTS and q.end <= anchor.start for q in here) and any(
        q.unit in _COUNTS and q.low != 1 and q.start >= anchor.end for q in _within(clauses, unit)
    ):
        return None

    def distance(q: Quantity) -> int:
        return q.start - anchor.end if q.start >= anchor.end else 2 + anchor.start - q.end

    return min(here, key=lambda q: (distance(q), q.start))


def _within(clauses: Sequence[Clause], unit: Unit) -> list[Quantity]:
    return [q for q in unit.reading.quantities if any(c.start <= q.start and q.end <= c.end for c in clauses)]


def flipped(value: Value, domain: Domain, topic: str) -> Value | None:
    """What denying a claim asserts (section 7, 14): the opposite, where the topic can say it."""
    if isinstance(value, Flag):
        return Flag(not value.holds)
    if isinstance(value, SetOf):
        if value.mode == "only":
            return None
        return set_of("excludes" if value.mode == "includes" else "includes", value.members)
    if isinstance(value, Measure):
        scale = domain.topics[topic].scale
        if scale is None:
            return None
        # It does not reach the nation: no further than the province; it is not limited to the province: the nation.
        if isinstance(value.low, str) and scale.index(value.low) > 0:
            return Measure(None, scale[scale.index(value.low) - 1])
        if isinstance(value.high, str) and scale.index(value.high) < len(scale) - 1:
            return Measure(scale[scale.index(value.high) + 1], None)
    return None
