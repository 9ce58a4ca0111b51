"""Metamorphic laws of extraction: a claim told in any way is read as that claim, and of two tellings that differ in one
thing exactly those conflict that should. The sayings (sayings.yaml) are ours and were not made for the patterns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from making import TOPICS, YIBAO
from msgspec.structs import replace
from property_runs import ordinarily
from telling import (
    DENIED,
    PLACES,
    PLAIN,
    QUESTIONS,
    SAYINGS,
    SILENT,
    Told,
    filled,
    framed,
    in_frame,
    placed,
    title,
    told,
    value_of,
)

from audit.conflicts import conflicts
from audit.identity import position_key
from audit.model import Finding
from audit.positions import Needs, Summary, position_of
from audit.verdict import judge
from claims.extraction import extract
from claims.model import Claim, Flag, Measure, scope_of
from claims.readers import read


def claimed(text: str, name: str = "a.md") -> list[Claim]:
    """What an article claims on a topic."""
    return [c for c in extract(read(name, text.encode()), YIBAO) if c.value is not None]


def keys(claims: Iterable[Claim]) -> list[str]:
    """Which positions are taken."""
    return sorted({position_key(p) for c in claims if (p := position_of(c)) is not None})


def of(*said: Told) -> list[str]:
    return keys(one.record("a.md") for one in said)


def found(claims: Iterable[Claim]) -> list[Finding]:
    return conflicts(Summary(claims, Needs(topics=TOPICS)), TOPICS)


GONGJI = tuple(t for t in SAYINGS if t.startswith("gongji."))
FIGURES = tuple(t for t in SAYINGS if t.startswith("yibao."))


def test_a_dozen_topics_have_six_sayings_and_more() -> None:
    assert len(SAYINGS) >= 24
    assert all(sum(map(len, values.values())) >= 6 for values in SAYINGS.values())


@pytest.mark.parametrize("topic", SAYINGS)
@given(st.data())
@ordinarily(12)
def test_any_saying_in_any_frame_is_its_claim(topic: str, data: st.DataObject) -> None:
    said, text = data.draw(framed((topic,)))
    assert keys(claimed(title(said.topic) + text)) == of(said), text


@given(told(GONGJI), st.sampled_from(SILENT))
@ordinarily(40)
def test_what_is_asked_gone_by_or_planned_is_no_claim(said: Told, frame: str) -> None:
    assume("已" not in said.words)
    text = in_frame(frame, said.words)
    assert claimed(title(said.topic) + text) == [], text


OPPOSITE = {"gongji.area": (">=nation", "<=province"), "gongji.use_area": (">=nation", "<=province")}


@given(st.sampled_from([t for t in GONGJI if TOPICS[t].kind == "flag"]).flatmap(lambda t: told((t,))),
       st.sampled_from(DENIED))  # fmt: skip
@ordinarily(40)
def test_what_is_denied_is_the_opposite(said: Told, frame: str) -> None:
    assert isinstance(said.value, Flag)
    text = in_frame(frame, said.words)
    assert keys(claimed(title(said.topic) + text)) == of(replace(said, value=Flag(not said.value.holds))), text


ANSWERED = (
    "**{ask}？**\n\n{a}。\n", "**问：{ask}？**\n\n答：{a}。\n", "## {ask}？\n\n{a}。\n", "{ask}？{a}。\n",
    "- {ask}？——{a}。\n",
)  # fmt: skip


@given(st.sampled_from(sorted(QUESTIONS)), st.sampled_from(ANSWERED), st.booleans(), st.data())
@ordinarily(40)
def test_a_question_answered_in_a_word_is_a_claim(topic: str, frame: str, yes: bool, data: st.DataObject) -> None:
    """The bare answer conflicts with the sentences that say otherwise, and with none that say the same."""
    question = QUESTIONS[topic]
    answers = [word for word in question if word != "ask"]
    word = answers[0 if yes else 1]
    answer = Told(topic, value_of(topic, question[word]), word)
    text = title(topic) + frame.format(ask=question["ask"], a=word)
    assert keys(claimed(text)) == of(answer), text
    other = data.draw(told((topic,)))
    both = [*claimed(text), *claimed(title(topic) + other.words + "\n", "b.md")]
    apart = judge(answer.record("a.md"), other.record("b.md"), TOPICS[topic]).kind is not None
    assert len(found(both)) == apart, other.words


@st.composite
def twins(draw: st.DrawFn) -> tuple[Told, str, Told, str, str]:
    """Two tellings of a topic that differ in one thing, by name; the second in other words or in the same."""
    topic = draw(st.sampled_from(GONGJI))
    one = draw(told((topic,)))
    assume(one.loose)
    a, text = draw(placed(one))
    change = draw(st.sampled_from(["nothing", "value", "place", "both", "some", "somewhere", "silent", "except"]))
    said = draw(told((topic,))) if change in ("value", "both") else one
    if change == "nothing":  # in other words
        key = draw(st.sampled_from([k for k, ways in SAYINGS[topic].items() if value_of_key(topic, k, one)]))
        fixed = {"{n}": str(one.value.low)} if isinstance(one.value, Measure) and "{n}" in key else {}
        said = filled(draw, topic, key, draw(st.sampled_from(SAYINGS[topic][key])), fixed)
    if change in ("value", "both"):
        assume(said.value != one.value)
    else:
        assert said.value == one.value
    assume(said.loose)
    if change in ("some", "somewhere", "silent", "except"):
        said = draw(told((topic,)))
        assume(said.value != one.value and said.loose)
    if change in ("nothing", "value"):
        name = next(n for n, region in PLACES.items() if (region,) == a.scope.get("region"))
        b = replace(said, scope=scope_of({"region": [PLACES[name]]}))
        return a, text, b, in_frame("在{place}，{s}\n", said.words, place=name), change
    if change in ("place", "both"):
        b, other = draw(placed(said))
        assume(b.scope != a.scope)
        return a, text, b, other, change
    if change == "silent":
        assume("已" not in said.words)
        return a, text, said, in_frame(draw(st.sampled_from(SILENT)), said.words), change
    if change == "except":
        assume(topic != "gongji.relatives" and "子女" not in said.words)
        name = next(n for n, region in PLACES.items() if (region,) == a.scope.get("region"))
        b = replace(said, except_=scope_of({"region": [PLACES[name]]}))
        return a, text, b, in_frame("除{place}外，{s}\n", said.words, place=name), change
    some = replace(said, quantifier="some")
    if change == "some":
        return a, text, some, in_frame("部分地区规定，{s}\n", said.words), change
    plain = replace(said)
    return a, text, plain, in_frame(draw(st.sampled_from(PLAIN)), said.words), change


def value_of_key(topic: str, key: str, one: Told) -> bool:
    return "{n}" in key or value_of(topic, key) == one.value


def opposite(told: Told) -> Flag | Measure | None:
    """The other truth of a flag, or that a level is not reached."""
    value, scale = told.value, TOPICS[told.topic].scale
    if isinstance(value, Flag):
        return Flag(not value.holds)
    if not isinstance(value, Measure) or scale is None:
        return None
    if value.high is None:
        below = scale.index(str(value.low)) - 1
        return Measure(None, scale[below]) if below >= 0 else None
    above = scale.index(str(value.high)) + 1
    return Measure(scale[above], None) if value.low is None and above < len(scale) else None


@given(twins())
@ordinarily(80)
def test_exactly_the_twin_that_should_conflicts(case: Any) -> None:
    """Places, values, some, exceptions, silence: each changed alone."""
    a, text, b, other, change = case
    both = [*claimed(title(a.topic) + text), *claimed(title(a.topic) + other, "b.md")]
    differ = judge(a.record("a.md"), replace(b, scope=a.scope, quantifier="all", except_=scope_of({})).record("b.md"),
                   TOPICS[a.topic]).kind is not None  # fmt: skip
    findings = found(both)
    expected = differ and change in ("value", "somewhere")
    if change == "except" and (value := opposite(b)) is not None:
        # What is taken out of a flag or an area is the opposite claim there (docs/claims.md 5b).
        out = replace(b, value=value, scope=b.except_, except_=scope_of({}))
        expected = judge(a.record("a.md"), out.record("b.md"), TOPICS[a.topic]).kind is not None
    assert len(findings) == expected, (change, text, other)
    if expected and change != "except":
        kinds = {"value": "contradiction", "somewhere": "overgeneral"}
        assert findings[0].kind == kinds[change]
        positions = {position_key(s.position) for s in findings[0].sides if s.position is not None}
        assert positions == set(of(a, b))


@st.composite
def figures(draw: st.DrawFn) -> tuple[Told, Told, str]:
    """A figure, and its twin in other words: nothing changed, or one slot of it."""
    topic = draw(st.sampled_from(FIGURES))
    key = next(iter(SAYINGS[topic]))
    ways = SAYINGS[topic][key]
    slots = [s for s in ("{r}", "{s}", "{y}", "{t}", "{n}", "{day}") if s in ways[0]]
    first = filled(draw, topic, key, draw(st.sampled_from(ways)), fixed := draw(filling(topic, slots)))
    change = draw(st.sampled_from(["nothing", *slots]))
    if change != "nothing":
        fixed = {**fixed, change: draw(filling(topic, [change]))[change]}
    return first, filled(draw, topic, key, draw(st.sampled_from(ways)), fixed), change


@st.composite
def filling(draw: st.DrawFn, topic: str, slots: list[str]) -> dict[str, str]:
    from telling import _SLOTS, DAYS, NUMBERS

    names = {slot: sorted(words) for slot, (_, words) in _SLOTS.items()} | {"{day}": sorted(DAYS)}
    return {s: draw(st.sampled_from(names.get(s) or [str(n) for n in NUMBERS[topic]])) for s in slots}


@given(figures(), st.sampled_from(PLAIN), st.sampled_from(PLAIN))
@ordinarily(60)
def test_exactly_the_figure_that_should_conflicts(case: Any, frame: str, other: str) -> None:
    """A place, a year, a scheme, a kind of hospital changed: another claim. The figure alone changed: a conflict."""
    a, b, _ = case
    both = [
        *claimed(title(a.topic) + in_frame(frame, a.words)),
        *claimed(title(b.topic) + in_frame(other, b.words), "b.md"),
    ]
    assert keys(both) == of(a, b), (a.words, b.words)
    expected = a.scope == b.scope and a.value != b.value
    assert [f.kind for f in found(both)] == ["contradiction"] * expected, (a.words, b.words)


@given(st.lists(framed(), min_size=2, max_size=6))
@ordinarily(60)
def test_texts_conflict_as_the_records_do(said: list[tuple[Told, str]]) -> None:
    """A corpus told in Chinese, and the same as records: the same findings."""
    texts = [c for n, (one, text) in enumerate(said) for c in claimed(title(one.topic) + text, f"{n}.md")]
    records = [one.record(f"{n}.md") for n, (one, _) in enumerate(said)]
    gist = [
        [(f.id, f.kind, f.severity, [(s.count, [c.article for c in s.claims]) for s in f.sides]) for f in found(claims)]
        for claims in (texts, records)
    ]
    assert gist[0] == gist[1]
