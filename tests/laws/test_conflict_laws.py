"""Laws of conflicts (docs/claims.md section 5): what may make two claims conflict, and what never does."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from audit_cases import apart, swapped
from hypothesis import assume, given
from hypothesis import strategies as st
from making import POOLS, TOPICS, claims, pairs, rests, scopes, topics, within
from msgspec.structs import replace
from property_runs import ordinarily

from audit.conflicts import conflicts
from audit.model import SEVERITIES, Finding, Position, Reference
from audit.positions import Needs, Summary, merge
from audit.references import judge_reference
from audit.verdict import judge
from claims.model import Claim, Measure, SetOf, scope_of

TODAY = "2026-07-01"


@st.composite
def corpora(draw: st.DrawFn) -> list[Claim]:
    """What some articles say on one topic or two, of few scopes."""
    chosen = draw(st.lists(topics(), min_size=1, max_size=2, unique_by=lambda t: t.id))
    few = st.sampled_from(draw(st.lists(scopes(most=2), min_size=1, max_size=3)))
    return draw(st.lists(st.sampled_from(chosen).flatmap(lambda t: claims(t, few)), min_size=1, max_size=10))


def found(said: list[Claim], possible: bool = True) -> list[Finding]:
    return conflicts(Summary(said, Needs(topics=TOPICS)), TOPICS, possible=possible)


@given(pairs())
@ordinarily(60)
def test_a_conflict_is_symmetric_on_every_topic(case: Any) -> None:
    topic, a, b = case
    assert judge(a, b, topic) == swapped(judge(b, a, topic))


@given(topics().flatmap(lambda t: st.tuples(st.just(t), claims(t))))
@ordinarily(60)
def test_nothing_conflicts_with_what_says_the_same(case: Any) -> None:
    topic, a = case
    for other in (a, replace(a, article="z.md"), replace(a, as_of=None), replace(a, hedged=None)):
        assert judge(a, other, topic).kind is None
        assert judge(other, a, topic).kind is None


@given(pairs(), st.data())
@ordinarily(60)
def test_a_narrower_claim_of_all_has_no_new_conflicts(case: Any, data: st.DataObject) -> None:
    topic, a, b = case
    a = replace(a, quantifier="all")
    facet = data.draw(st.sampled_from([f for f in POOLS if f not in ("population", "reach")]))
    inner = within(facet, a.scope.get(facet)) if a.scope.get(facet) else POOLS[facet]
    less = replace(a, scope=scope_of({**a.scope.as_dict(), facet: [data.draw(st.sampled_from(inner))]}))
    # In one municipality levels are one (section 5a): a place there says otherwise what is said of a level.
    assume(topic.scale is None or facet != "region")
    if rests(less, b, topic):
        assert rests(a, b, topic)


@given(pairs(), st.data())
@ordinarily(60)
def test_saying_less_makes_no_new_conflict(case: Any, data: st.DataObject) -> None:
    """A wider interval, only -> includes, fewer members included, some instead of all, what is excepted."""
    topic, a, b = case
    less: list[Claim] = [replace(a, quantifier="some")]
    if isinstance(a.value, Measure):
        less += [replace(a, value=Measure(a.value.low, None, a.value.unit)),
                 replace(a, value=Measure(None, a.value.high, a.value.unit))]  # fmt: skip
        ends = (a.value.low, a.value.high, getattr(b.value, "low", None), getattr(b.value, "high", None))
        # Half of a stretch over the new year, or of a yearly one, is no longer stretch.
        assume(topic.unit != "date" and None not in ends[:2])
    if isinstance(a.value, SetOf):
        if a.value.mode == "only":
            less.append(replace(a, value=SetOf("includes", a.value.members)))
        else:
            less.append(replace(a, value=SetOf(a.value.mode, a.value.members[:1])))
    for claim in less:
        if rests(claim, b, topic):
            assert rests(a, b, topic)


@given(pairs(), st.sampled_from(["approx", "usual", "maybe"]), st.booleans())
@ordinarily(60)
def test_what_is_softened_conflicts_less(case: Any, hedge: Any, both: bool) -> None:
    topic, a, b = case
    plain = judge(replace(a, hedged=None), replace(b, hedged=None), topic)
    soft = judge(replace(a, hedged=hedge), replace(b, hedged=hedge if both else None), topic)
    rank = [*SEVERITIES, None]
    assert rank.index(soft.severity) >= rank.index(plain.severity)
    if hedge == "maybe" and plain.kind is not None:
        assert (soft.kind, soft.severity) == (plain.kind, "info")


@given(pairs(), st.sampled_from([None, "2023-01-01", "2024-03-05", "2025-06-30"]))
@ordinarily(60)
def test_between_articles_dates_decide_only_what_is_outdated(case: Any, day: str | None) -> None:
    """Counts of provinces grow, and are compared by their dates."""
    topic, a, b = case
    assume(not topic.counts_provinces and a.article != b.article)
    undated = judge(replace(a, as_of=None), replace(b, as_of=None), topic)
    dated = judge(a, replace(b, as_of=day), topic)
    assert (dated.kind is None) == (undated.kind is None)
    assert dated.kind in (undated.kind, "outdated")
    if dated.kind == "outdated":
        assert undated.kind != "possible"
        assert dated.severity in ("warning", "info")


@given(pairs())
@ordinarily(60)
def test_a_teaser_is_one_severity_lower(case: Any) -> None:
    topic, a, b = case
    a, b = replace(a, article="a.md", sets_against=None), replace(b, article="b.md", sets_against=None)
    page, teaser = judge(a, b, topic), judge(a, replace(b, article="b.md#teaser-1"), topic)
    assert teaser.kind == page.kind
    if page.severity is not None:
        assert teaser.severity == SEVERITIES[min(SEVERITIES.index(page.severity) + 1, 2)]


@given(pairs())
@ordinarily(60)
def test_one_article_contradicts_itself_where_two_contradict_each_other(case: Any) -> None:
    """Apart from dates and from what the text sets against a rule; section 5c names the kinds."""
    topic, a, b = (replace(c, as_of=None, sets_against=None) if isinstance(c, Claim) else c for c in case)
    assume(not topic.counts_provinces)
    one = judge(replace(a, article="a.md"), replace(b, article="a.md", start=b.start + 50), topic)
    two = judge(replace(a, article="a.md"), replace(b, article="b.md", start=b.start + 50), topic)
    assert (one.kind is None) == (two.kind is None)
    assert one.kind == two.kind or (one.kind, two.kind) == ("self-contradiction", "contradiction")
    if one.kind == "overgeneral" and one.severity != "info":
        assert one.severity == "warning"


@given(pairs(), st.integers(1, 500))
@ordinarily(60)
def test_where_words_stand_does_not_matter(case: Any, by: int) -> None:
    topic, a, b = case

    def moved(c: Claim) -> Claim:
        span = None if c.sets_against is None else (c.sets_against[0] + by, c.sets_against[1] + by)
        there = replace(c, article="x/" + c.article, line=c.line + 1, column=1)
        return replace(there, start=c.start + by, end=c.end + by, sets_against=span)

    assert judge(moved(a), moved(b), topic) == judge(a, b, topic)


@given(topics().flatmap(lambda t: st.tuples(st.just(t), claims(t))), st.booleans(), st.sampled_from(["fact", "ruling"]))
@ordinarily(60)
def test_no_claim_is_against_a_reference_that_says_the_same(case: Any, default: bool, kind: Any) -> None:
    topic, a = case
    said = Reference(id="x", kind=kind, position=Position(a.topic, a.value, a.quantifier, a.scope), default=default)
    assert judge_reference(said, a, topic, today=TODAY).kind is None


# Corpora.


@given(corpora(), st.data())
@ordinarily(25)
def test_findings_of_every_topic_forget_order_and_grouping(said: list[Claim], data: st.DataObject) -> None:
    whole = found(said)
    shuffled = data.draw(st.permutations(said))
    assert found(shuffled) == whole
    one, other = apart(shuffled, data.draw(st.sets(st.sampled_from(sorted({c.article for c in said})))))
    parts = (Summary(c, Needs(topics=TOPICS)) for c in (other, one))
    assert conflicts(merge(*parts), TOPICS, possible=True) == whole


@given(corpora(), st.lists(st.integers(0, 3), min_size=10, max_size=10))
@ordinarily(25)
def test_findings_stay_where_articles_are_split_or_merged(said: list[Claim], homes: list[int]) -> None:
    """Which positions conflict does not depend on which article says what, but for what section 5 ties to one article:
    dates, and what its text sets against a rule."""
    loose = [
        replace(c, as_of=None, sets_against=None, start=50 * n, end=50 * n + 2, article=f"{n}.md")
        for n, c in enumerate(said)
    ]
    loose = [c for c in loose if not TOPICS[c.topic].counts_provinces]
    elsewhere = [replace(c, article=f"{home}.md") for c, home in zip(loose, homes, strict=False)]
    before, after = found(loose), found(elsewhere)
    assert {f.id for f in before} == {f.id for f in after}
    kinds = {f.id: f.kind for f in before}
    for f in after:
        assert f.kind == kinds[f.id] or (f.kind, kinds[f.id]) == ("self-contradiction", "contradiction")


@given(corpora(), st.integers(0, 9))
@ordinarily(25)
def test_one_article_less_makes_no_new_finding(said: list[Claim], n: int) -> None:
    gone = sorted({c.article for c in said})[n % len({c.article for c in said})]
    left = [c for c in said if c.article != gone]
    before = {f.id: f for f in found(said)}
    for f in found(left):
        assert f.id in before
        assert SEVERITIES.index(f.severity) >= SEVERITIES.index(before[f.id].severity)


@given(corpora())
@ordinarily(25)
def test_an_article_twice_is_a_finding_once(said: list[Claim]) -> None:
    """A copy under another name conflicts with what the article conflicts with, also with the article itself."""
    copies = [*said, *(replace(c, article="copy/" + c.article) for c in said)]
    first, second = found(said), found(copies)
    dated_apart = {f.id for f in second} - {f.id for f in first}
    assert {f.id for f in first} <= {f.id for f in second}
    # Inside one article two dates never meet, nor does what it sets against a rule; between it and its copy they do.
    by_article = defaultdict(set)
    for c in said:
        by_article[c.article].add((c.as_of, c.sets_against))
    if all(len(v) == 1 and next(iter(v))[1] is None for v in by_article.values()):
        assert not dated_apart
    for f in second:
        if f.id not in dated_apart and all(s.count == 1 for s in f.sides):
            assert f in first


@given(corpora())
@ordinarily(25)
def test_what_is_possible_is_all_that_asking_for_it_adds(said: list[Claim]) -> None:
    plain, every = found(said, possible=False), {f.id: f for f in found(said)}
    assert {f.id for f in plain} == {i for i, f in every.items() if f.kind != "possible"}
    for f in plain:
        assert (f.kind, f.severity) == (every[f.id].kind, every[f.id].severity)
