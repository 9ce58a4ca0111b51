"""Topics, claims and generated corpora for the tests of the algebra."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from audit.model import Reason
from audit.positions import Needs, Summary
from audit.verdict import Verdict
from claims.model import Choice, Claim, Flag, Measure, SetOf, Value, scope_of, set_of
from claims.topics import Topic

AREA = Topic("gongji.area", "measure", scale=("pool", "city", "province", "nation"), core=True)
ENROLMENT = Topic("gongji.enrolment", "flag", core=True)
BENEFIT = Topic("gongji.benefit", "flag")
LIMIT = Topic("gongji.relative_limit", "measure", unit="person")
COUNT = Topic("gongji.province_count", "measure", unit="province")
GIVER = Topic("gongji.giver_scheme", "set", members=("employee", "resident", "flexible"))
ORDER = Topic("gongji.pay_order", "choice", members=("receiver_first", "giver_first"))
RATE = Topic("yibao.reimbursement_rate", "measure", unit="percent", absent="not_said")
DEADLINE = Topic("yibao.payment_deadline", "measure", unit="date", absent="not_said")
WAIT = Topic("yibao.waiting_period", "measure", unit="month", absent="not_said")
TOPICS = {t.id: t for t in (AREA, ENROLMENT, BENEFIT, LIMIT, COUNT, GIVER, ORDER, RATE, DEADLINE, WAIT)}

YES, NO = Flag(True), Flag(False)


def low(level: str) -> Measure:
    return Measure(level, None)


def high(level: str) -> Measure:
    return Measure(None, level)


def point(n: int | str, unit: str | None = None) -> Measure:
    return Measure(Decimal(n), Decimal(n), unit)


def day(date: str) -> Measure:
    return Measure(date, date, "date")


def claim(topic: Topic, value: Value | None, article: str = "a.md", **fields: Any) -> Claim:
    """A claim; scope, except_ as dicts."""
    fields["scope"] = scope_of(fields.get("scope", {}))
    fields["except_"] = scope_of(fields.get("except_", {}))
    start = fields.pop("start", 0)
    fields = {
        "id": "c0", "quote": "引文", "start": start, "end": start + 2, "line": 1, "column": 1 + start,
        "origin": "sentence", "pattern": "test", **fields,
    }  # fmt: skip
    return Claim(article=article, topic=topic.id, value=value, **fields)


def summed(said: Iterable[Claim], **needs: Any) -> Summary:
    """What the claims of some articles come to; `needs` as of Needs."""
    return Summary(said, Needs(**{"topics": TOPICS, **needs}))


def apart(said: Iterable[Claim], articles: Collection[str]) -> tuple[list[Claim], list[Claim]]:
    """The claims of these articles, and those of all others."""
    listed = list(said)
    return [c for c in listed if c.article in articles], [c for c in listed if c.article not in articles]


def swapped(verdict: Verdict) -> Verdict:
    """The verdict on the same two claims in the other order."""
    return Verdict(
        tuple(_swap(r) for r in verdict.reasons),
        verdict.kind,
        verdict.severity,
        None if verdict.older is None else 1 - verdict.older,
    )


def _swap(reason: Reason) -> Reason:
    args = dict(reason.args)
    if "a" in args and "b" in args:
        args["a"], args["b"] = args["b"], args["a"]
    for name in ("side", "sides", "older"):
        if name in args:
            args[name] = {"0": "1", "1": "0", "0,1": "0,1"}[args[name]]
    return Reason(reason.code, tuple((name, args[name]) for name, _ in reason.args))


# Generated claims: small pools, so that they meet, contain and exclude each other often.

REGIONS = ["湖北省", "武汉市", "十堰市", "湖南省", "长沙市", "上海市", "江苏省"]
FACETS: dict[str, list[str]] = {
    "region": REGIONS,
    "scheme": ["employee", "resident", "flexible", "child"],
    "setting": ["outpatient", "emergency", "inpatient"],
    "population": ["active", "retired", "male", "female", "child", "student", "poor"],
    "year": ["2024", "2025"],
}
LEVELS = st.sampled_from(["pool", "city", "province", "nation"])
DATES = ["2024-02-29", "2024-12-31", "2025-02-28", "2025-11-15", "--02-28", "--12-31", "--11-15"]
NUMBERS = [Decimal(n) for n in ("10", "10.0", "10.4", "11", "12", "50")]


def sets(members: tuple[str, ...]) -> st.SearchStrategy[SetOf]:
    chosen = st.lists(st.sampled_from(members), min_size=1, max_size=2)
    return st.builds(set_of, st.sampled_from(["includes", "excludes", "only"]), chosen)


def intervals(bounds: st.SearchStrategy[Any], unit: str | None = None) -> st.SearchStrategy[Measure]:
    points = st.builds(lambda x: Measure(x, x, unit), bounds)
    lows = st.builds(lambda x: Measure(x, None, unit), bounds)
    return st.one_of(points, lows, st.builds(lambda x: Measure(None, x, unit), bounds))


def values(topic: Topic) -> st.SearchStrategy[Value]:
    if topic.kind == "flag":
        return st.builds(Flag, st.booleans())
    if topic.kind == "choice":
        return st.builds(Choice, st.sampled_from(topic.members))
    if topic.kind == "set":
        return sets(topic.members)
    if topic.scale is not None:
        return intervals(LEVELS)
    if topic.unit == "date":
        return intervals(st.sampled_from(DATES), "date")
    return intervals(st.sampled_from(NUMBERS), topic.unit)


def scopes(facets: dict[str, list[str]] = FACETS, most: int = 2) -> st.SearchStrategy[dict[str, list[str]]]:
    one = {f: st.lists(st.sampled_from(m), min_size=1, max_size=2) for f, m in facets.items()}
    names = st.lists(st.sampled_from(sorted(facets)), max_size=most, unique=True)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({f: one[f] for f in chosen}))


AS_OF = st.sampled_from([None, None, "2024-03-05", "2024-03-31", "2024-08-01", "2024-09-28", "2025-06-30"])
ARTICLES = st.sampled_from(["a.md", "b.md", "c.md", "b.md#teaser-1", "d.md#teaser-2"])


@st.composite
def claims(draw: st.DrawFn, topic: Topic, scope: st.SearchStrategy[dict[str, list[str]]] | None = None) -> Claim:
    where = draw(scope if scope is not None else scopes())
    if topic.counts_provinces and draw(st.integers(0, 4)):
        where = {"reach": draw(st.sampled_from([["nation"], ["province"]]))}
    start = draw(st.integers(0, 40))
    return claim(
        topic,
        draw(values(topic)),
        draw(ARTICLES),
        quantifier=draw(st.sampled_from(["all", "all", "all", "some"])),
        scope=where,
        except_=draw(st.one_of(st.just({}), st.just({}), scopes(most=1))),
        as_of=draw(AS_OF),
        hedged=draw(st.sampled_from([None, None, None, "approx", "usual", "maybe"])),
        start=start,
        sets_against=draw(st.one_of(st.none(), st.none(), st.just((max(0, start - 10), start + 10)))),
    )


def topics() -> st.SearchStrategy[Topic]:
    return st.sampled_from(list(TOPICS.values()))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Topic, Claim, Claim]:
    """A topic and two claims on it, with scopes simple enough to meet."""
    topic = draw(topics())
    scope = draw(st.sampled_from([scopes(), scopes({"region": REGIONS[:3]}), st.just({})]))
    return topic, draw(claims(topic, scope)), draw(claims(topic, scope))


@st.composite
def corpora(draw: st.DrawFn) -> list[Claim]:
    """Claims on one or two topics, crowded on few positions."""
    chosen = draw(st.lists(topics(), min_size=1, max_size=2, unique_by=lambda t: t.id))
    few = st.sampled_from([{}, {}, {"region": ["湖北省"]}, {"region": ["武汉市"]}, {"scheme": ["resident"]}])
    wide = draw(st.booleans())
    return draw(
        st.lists(st.sampled_from(chosen).flatmap(lambda t: claims(t, None if wide else few)), min_size=1, max_size=14)
    )
