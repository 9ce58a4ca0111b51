"""Claims, scopes and corpora for laws: every topic of the domain, every facet with its tree, drawn from small pools.

`audit_cases` has topics and pools of its own that are crowded; here is all that a record may hold (docs/claims.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit_cases import ARTICLES, AS_OF, claim, intervals, values
from hypothesis import strategies as st

from audit.model import Reason
from audit.scopes import Meeting, Members
from audit.verdict import Ground, ground
from claims.domain import load_domain
from claims.facets import MEMBERS, dimension
from claims.model import Claim, Measure, Scope, Value, scope_of
from claims.topics import Topic

YIBAO = load_domain("yibao")
TOPICS: Mapping[str, Topic] = YIBAO.topics

REGIONS = [
    "湖北省", "武汉市", "武昌区", "十堰市", "湖南省", "长沙市", "上海市", "徐汇区", "江苏省", "南京市",
    "南京市鼓楼区", "新疆维吾尔自治区", "某某新区",
]  # fmt: skip
"""Provinces, cities and counties in each other and apart, a municipality, a name that no gazetteer has."""

POOLS: dict[str, list[str]] = {"region": REGIONS, **{f: list(m) for f, m in MEMBERS.items()}, "year": ["2024", "2025"]}
"""The members of each facet."""

NAMES: dict[str, list[str]] = {
    **{f: m for f, m in POOLS.items() if f != "population"},
    **{
        name: [m for m in MEMBERS["population"] if dimension("population", m) == name]
        for name in sorted({dimension("population", m) for m in MEMBERS["population"]})
    },
}
"""The members of each facet or dimension, as scopes are compared (section 4)."""


def lists(name: str, least: int = 0) -> st.SearchStrategy[Members]:
    """Members of one facet or dimension; none is everything."""
    chosen = st.lists(st.sampled_from(NAMES[name]), min_size=least, max_size=3, unique=True)
    return chosen.map(lambda m: tuple(sorted(m)))


def named(several: int, least: int = 0) -> st.SearchStrategy[Any]:
    """A facet or dimension, and several lists of its members."""
    return st.sampled_from(sorted(NAMES)).flatmap(
        lambda name: st.tuples(st.just(name), *[lists(name, least)] * several)
    )


@st.composite
def scopes(draw: st.DrawFn, most: int = 3, facets: tuple[str, ...] = tuple(POOLS)) -> Scope:
    chosen = draw(st.lists(st.sampled_from(facets), max_size=most, unique=True))
    return scope_of({f: draw(st.lists(st.sampled_from(POOLS[f]), min_size=1, max_size=2)) for f in chosen})


@st.composite
def topics(draw: st.DrawFn) -> Topic:
    return draw(st.sampled_from(sorted(TOPICS.values(), key=lambda t: t.id)))


@st.composite
def values_of(draw: st.DrawFn, topic: Topic) -> Value:
    """As `audit_cases` has them, and intervals with both ends."""
    value = draw(values(topic))
    if isinstance(value, Measure) and draw(st.booleans()):
        other = draw(values(topic))
        assert isinstance(other, Measure)
        ends = [x for x in (value.low, value.high, other.low, other.high) if x is not None]
        if len({str(x).startswith("--") for x in ends}) > 1:
            return value  # a stretch from a day of every year to one of this
        if topic.scale is not None:
            ends.sort(key=lambda x: topic.scale.index(str(x)) if topic.scale is not None else 0)
        elif not any(str(x).startswith("--") for x in ends):
            ends.sort()  # type: ignore[type-var]
        return Measure(ends[0], ends[-1], value.unit)
    return value


@st.composite
def claims(draw: st.DrawFn, topic: Topic, where: st.SearchStrategy[Scope] | None = None) -> Claim:
    scope = draw(where if where is not None else scopes())
    if topic.counts_provinces and draw(st.integers(0, 4)):
        scope = scope_of({"reach": [draw(st.sampled_from(["nation", "province"]))]})
    start = draw(st.integers(0, 40))
    return claim(
        topic, draw(values_of(topic)), draw(ARTICLES),
        quantifier=draw(st.sampled_from(["all", "all", "all", "some"])),
        scope=scope.as_dict(),
        except_=draw(st.one_of(st.just(scope_of({})), st.just(scope_of({})), scopes(most=2))).as_dict(),
        as_of=draw(AS_OF),
        hedged=draw(st.sampled_from([None, None, None, "approx", "usual", "maybe"])),
        start=start,
        sets_against=draw(st.one_of(st.none(), st.none(), st.just((max(0, start - 10), start + 10)))),
    )  # fmt: skip


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Topic, Claim, Claim]:
    """A topic and two claims on it whose scopes are often alike."""
    topic = draw(topics())
    some = draw(st.lists(scopes(), min_size=1, max_size=2))
    where = draw(st.sampled_from([st.sampled_from(some), scopes(), scopes(1), scopes(2, ("region",))]))
    return topic, draw(claims(topic, where)), draw(claims(topic, where))


def rests(a: Claim, b: Claim, topic: Topic) -> bool:
    """Whether there is a ground for the two to conflict, if only a possible one."""
    return isinstance(ground(a, b, topic), Ground)


def meets(found: Meeting | Reason) -> Meeting | None:
    return found if isinstance(found, Meeting) else None


def within(facet: str, members: Members) -> list[str]:
    """Members of a facet's pool that lie in one of these."""
    from claims.facets import lies_in

    return [m for m in POOLS[facet] if any(lies_in(facet, m, outer) for outer in members)]


__all__ = [
    "NAMES", "POOLS", "REGIONS", "TOPICS", "YIBAO", "claims", "intervals", "lists", "meets", "named", "pairs", "rests",
    "scopes", "topics", "values_of", "within",
]  # fmt: skip
