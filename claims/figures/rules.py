"""What a domain declares of its figures (`figures.yaml`): rules that call a number a figure, and facet words.

sample_title: 医保待遇问答            # the title under which examples are read that have none (else the domain's)
light: 付缴费用标准                   # characters that weigh little between a cue and its number
facets:                             # facet -> concept -> the members it names
  setting: {IN_HOSPITAL: [inpatient], ANYWHERE: [], ANY_CARE: ["!pharmacy"]}
                                    # an empty list ends what an earlier word said, "!x" only if it said x
yields: {scheme: {employee: [flexible]}}                # in one sentence the first gives way to the second
ranks: [[scheme], [setting], [tier, population]]        # a new word of a rank ends what lower ranks said before
sole: [scheme]                      # facets of which a part that names one member only lends it to all its figures
lasting: [payer]                    # facets whose members give way so at any distance
resets: {scheme: [serious_illness]} # members that end all that lower ranks said, however far away
forbid: [SPENT]                     # concepts in the number's own segment that make it no figure of any topic
apart: [COMMERCIAL]                 # concepts of a heading that names no member: what is below is of no topic
totals: [TOTAL]                     # concepts of a column's header that make its cells sums, figures of no topic
unnamed: [ABROAD]                   # concepts of a condition that no facet names: the figure is `some`
grades: [FIRST_CLASS]               # such that make it so from the title too
bands: [BY_STEPS]                   # such that make a single figure so, but not a range over all of them
rules:
  - id: deductible
    topic: yibao.deductible
    unit: [yuan]
    cues: [DEDUCTIBLE]
    facets: [region, scheme, setting, tier, population, year]
    says: [{text: 居民医保住院起付线为500元。, is: 500 scheme:resident setting:inpatient}]
    silent: [住院押金为500元。]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, TypeAlias

import msgspec

LIGHT = frozenset(
    "的为是按达到有约也均都各则可能即就只仅要需须共计个每人年分别近将由给以一律统左右元%、,:;()/·-—。和及与或起在从对于内部上下"
)
"""Characters of little weight between a cue and its number; a domain has more (`light`)."""

Reach: TypeAlias = Literal["clause", "sentence", "carried", "row", "stem", "heading", "title"]
REACHES: tuple[Reach, ...] = ("clause", "sentence", "carried", "row", "stem", "heading", "title")
"""How far from the number its cue may stand, nearest first."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A number of one of `units` beside one of `cues` is a figure of `topic`.

    `at` in place of `units`: the concept itself says the figure (不设起付线), which is then `low` and `high`.

    Where the cue may stand: `reach`, how far away; `side` of the number; `after`, how many characters behind it;
    `crosses`, also in the clause behind; `carried`, a sentence may go on with the cue of the one before; `weak`, what
    stands above may call it instead. `above` are concepts that call it only from a title, heading, stem or header.

    What else must be: `also`, one of each group in the sentence or what is lent to it; `here`, in the sentence itself;
    `if_bound`, how the number is bounded (none, min, max); `if_per`, 每年 and the like; `affirmed`, its clause does not
    say no; `only_if`, facet -> members of which one (`none`: nothing said) must hold. What must not be: `forbid`,
    concepts in the number's own segment; `never`, in its sentence up to the end of its clause; `not_per`, 每月, 每次;
    less than `least`, more than `most`. Concepts of `some_if` in the sentence make the figure hold in some cases only.
    A lower bound of at most `past` (断缴超过3个月的) is what every figure of the rule follows, and no case of it.

    `facets` maps a facet to the members that count (empty: all); `near` are facets whose words count only in the
    number's own clause or row; `scope` is fixed. `bounds`: `keep` (不低于670 is 670 and more), `point` (what is named
    is the figure itself), `min` (only a lower bound stays open: 最高支付15万 is 15万), `max` (only an upper one),
    `explicit` (only what is said of the number itself: 不少于30年, not 最低缴费年限30年). `convert`: unit ->
    (times, by) into the topic's, kept where it comes out whole (半年 is 6 months).

    `says` are texts that this very rule reads, as `is` tells where they give it; from `silent` nothing is read on the
    topic (claims/examples.py).
    """

    id: str
    topic: str
    units: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    cues: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()
    reach: Reach = "title"
    side: Literal["any", "before", "after"] = "any"
    after: int = 8
    crosses: bool = False
    weak: bool = False
    carried: bool = True
    if_bound: tuple[str, ...] = ()
    affirmed: bool = False
    also: tuple[frozenset[str], ...] = ()
    here: tuple[frozenset[str], ...] = ()
    forbid: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    facets: Mapping[str, tuple[str, ...]] = {}
    near: tuple[str, ...] = ()
    scope: Mapping[str, tuple[str, ...]] = {}
    bounds: Literal["keep", "point", "min", "max", "explicit"] = "keep"
    not_per: frozenset[str] = frozenset()
    if_per: frozenset[str] = frozenset()
    convert: Mapping[str, tuple[int, int]] = {}
    only_if: Mapping[str, tuple[str, ...]] = {}
    least: Decimal | None = None
    most: Decimal | None = None
    quantifier: str | None = None
    some_if: frozenset[str] = frozenset()
    past: Decimal | None = None
    says: tuple[Any, ...] = ()
    silent: tuple[Any, ...] = ()


Members: TypeAlias = Mapping[str, tuple[str, tuple[str, ...]]]
"""concept -> (facet, members) that it names."""


class Figures(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A domain's declaration of figures. `members[concept]` are (facet, members) that a concept names; `cues` are all
    concepts that call a number, `fixed` those that say a figure by themselves."""

    rules: tuple[Rule, ...] = ()
    sample_title: str = ""
    light: frozenset[str] = LIGHT
    members: Members = {}
    yields: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    ranks: tuple[tuple[str, ...], ...] = ()
    sole: tuple[str, ...] = ()
    forbid: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()
    grades: frozenset[str] = frozenset()
    bands: frozenset[str] = frozenset()
    lasting: frozenset[str] = frozenset()
    resets: Mapping[str, tuple[str, ...]] = {}
    totals: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    cues: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()

    @cached_property
    def with_cases(self) -> frozenset[str]:
        """The topics of rules that know cases."""
        return frozenset(rule.topic for rule in self.rules if rule.some_if)

    @cached_property
    def by_unit(self) -> Mapping[str, Sequence[Rule]]:
        """The rules that take numbers of a unit."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for unit in rule.units:
                found.setdefault(unit, []).append(rule)
        return found

    @cached_property
    def amounts(self) -> frozenset[str]:
        """The cues of rules that take amounts of money."""
        return frozenset[str]().union(*(rule.cues for rule in self.by_unit.get("yuan", ())))

    @cached_property
    def conditions(self) -> frozenset[str]:
        """Concepts of a condition that no facet names, whatever the figure."""
        return self.unnamed | self.grades

    @cached_property
    def banded(self) -> frozenset[str]:
        """Those, and such as are a condition of a single figure only."""
        return self.conditions | self.bands

    @cached_property
    def concepts(self) -> frozenset[str]:
        """All that the declarations name: no other word of a text is asked for."""
        told = (self.members, self.cues, self.fixed, self.forbid, self.banded, self.totals, self.apart)
        return frozenset().union(
            *told, *(c for r in self.rules for c in (r.forbid, r.never, r.some_if, *r.here, *r.also))
        )

    def members_of(self, facet: str) -> Members:
        """Of `members` those that name members of one facet."""
        return {concept: named for concept, named in self.members.items() if named[0] == facet}

    def rank(self, facet: str) -> int:
        """0 for the widest; facets of no rank end nothing."""
        return self._ranked.get(facet, len(self.ranks))

    @cached_property
    def _ranked(self) -> Mapping[str, int]:
        return {facet: i for i, names in reversed([*enumerate(self.ranks)]) for facet in names}


def figures_of(raw: Mapping[str, Any], aliases: Mapping[str, tuple[str, ...]]) -> Figures:
    """The declarations of `figures.yaml`, whose form has been checked."""

    def flat(names: Any) -> tuple[str, ...]:
        return tuple(c for n in names for c in aliases.get(n, (n,)))

    rules = tuple(_rule(entry, flat) for entry in raw["rules"])
    members = {
        concept: (facet, tuple(named))
        for facet, concepts in raw.get("facets", {}).items()
        for concept, named in concepts.items()
    }
    return Figures(
        rules=rules,
        sample_title=raw.get("sample_title", ""),
        light=LIGHT | set(raw.get("light", "")),
        members=members,
        yields={f: {a: tuple(b) for a, b in pairs.items()} for f, pairs in raw.get("yields", {}).items()},
        ranks=tuple(tuple(r) for r in raw.get("ranks", ())),
        sole=tuple(raw.get("sole", ())),
        forbid=frozenset(flat(raw.get("forbid", ()))),
        unnamed=frozenset(flat(raw.get("unnamed", ()))),
        grades=frozenset(flat(raw.get("grades", ()))),
        bands=frozenset(flat(raw.get("bands", ()))),
        resets={f: tuple(m) for f, m in raw.get("resets", {}).items()},
        lasting=frozenset(raw.get("lasting", ())),
        totals=frozenset(flat(raw.get("totals", ()))),
        apart=frozenset(flat(raw.get("apart", ()))),
        fixed=frozenset(c for r in rules for c in r.at),
        cues=frozenset(c for r in rules for c in (*r.cues, *r.above, *r.at)),
    )


def _rule(raw: Mapping[str, Any], flat: Any) -> Rule:
    facets = raw.get("facets", [])
    named = dict.fromkeys(facets, ()) if isinstance(facets, list) else {f: tuple(m or ()) for f, m in facets.items()}
    return Rule(
        id=raw["id"],
        topic=raw["topic"],
        units=tuple(raw.get("unit", ())),
        at=flat(raw.get("at", ())),
        low=_decimal(raw.get("low")),
        high=_decimal(raw.get("high")),
        cues=frozenset(flat(raw.get("cues", ()))),
        above=frozenset(flat(raw.get("above", ()))),
        reach=raw.get("reach", "title"),
        side=raw.get("side", "any"),
        after=raw.get("after", 8),
        weak=raw.get("weak", False),
        crosses=raw.get("crosses", False),
        carried=raw.get("carried", True),
        if_bound=tuple(raw.get("if_bound", ())),
        affirmed=raw.get("affirmed", False),
        here=tuple(frozenset(flat([g] if isinstance(g, str) else g)) for g in raw.get("here", ())),
        also=tuple(frozenset(flat([g] if isinstance(g, str) else g)) for g in raw.get("also", ())),
        forbid=frozenset(flat(raw.get("not", ()))),
        never=frozenset(flat(raw.get("never", ()))),
        facets=named,
        near=tuple(raw.get("near", ())),
        scope={f: tuple(m) for f, m in raw.get("scope", {}).items()},
        bounds=raw.get("bounds", "keep"),
        not_per=frozenset(raw.get("not_per", ())),
        if_per=frozenset(raw.get("if_per", ())),
        convert={u: (int(n), int(d)) for u, (n, d) in raw.get("convert", {}).items()},
        only_if={f: tuple(m) for f, m in raw.get("only_if", {}).items()},
        least=_decimal(raw.get("least")),
        most=_decimal(raw.get("most")),
        quantifier=raw.get("quantifier"),
        some_if=frozenset(flat(raw.get("some_if", ()))),
        past=_decimal(raw.get("past")),
        says=tuple(raw.get("says", ())),
        silent=tuple(raw.get("silent", ())),
    )


def _decimal(x: Any) -> Decimal | None:
    return None if x is None else Decimal(str(x))
