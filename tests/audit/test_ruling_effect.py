"""What rulings come to, beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from audit_cases import AREA, COUNT, ENROLMENT, NO, RATE, TOPICS, YES, claim, high, low, point
from msgspec.structs import replace

from audit.closings import Closing
from audit.identity import finding_id, position_key, reference_key
from audit.model import Finding, Reference
from audit.positions import position_of
from audit.references import reference_of
from audit.rulings.effect import Corpus, Effect, closed_pairs, effect_of, reviewed
from audit.rulings.model import Rest, Ruling
from claims.facts import Fact, Source
from claims.model import Claim, Value, scope_of
from claims.topics import Topic

DEFECT = "K" + "0" * 51


def ruling(name: str, *rests: Rest, **more: Any) -> Ruling:
    about: dict[str, Any] = {"verdict": "misread", "finding": DEFECT[:7], "rests": rests, **more}
    return Ruling(id=name, path=f"rulings/{name}.yaml", reason="r", by="b", on="2025-01-01", **about)


def corpus(*claims: Claim, defects: Iterable[str] = (DEFECT,), facts: Iterable[Reference] = ()) -> Corpus:
    return Corpus(
        claims=claims, defects=set(defects), facts=tuple(facts), topics=TOPICS,
        texts={"a.md": "这里写的是3项。"}.get, today="2025-06-30",
    )  # fmt: skip


def test_a_defect_is_closed_though_a_claim_was_misread_too() -> None:
    said = claim(AREA, low("nation"), id="c1")
    of_claim, of_defect = ruling("a", Rest("a.md", said.quote, "c1")), ruling("b", Rest("a.md", "3项"))
    for rulings in ([of_claim, of_defect], [of_defect, of_claim]):
        closings = effect_of(rulings, corpus(said)).closings
        assert closings.misread == {"c1": "a"}
        assert [c.ruling for c in closings.of(DEFECT)] == ["b"]


# Which have an effect, and why others have none.

ACROSS = claim(AREA, low("nation"), "a.md", id="c1", quote="可以跨省")
WITHIN = claim(AREA, high("province"), "b.md", id="c2", quote="不能跨省")
THIRD = claim(AREA, high("province"), "c.md", id="c3", quote="不出省")
CORPUS = corpus(ACROSS, WITHIN, THIRD)


def whole(*claims: Claim) -> str:
    """The whole id of the finding of two claims' positions."""
    return finding_id([position_key(p) for c in claims if (p := position_of(c)) is not None])


NAME = whole(ACROSS, WITHIN)[:7]


def about(name: str, *claims: Claim, by_words: bool = False, **more: Any) -> Ruling:
    """A `both-stand`, if nothing else is said, on these claims."""
    rests = [Rest(c.article, c.quote, None if by_words else c.id) for c in claims]
    return ruling(name, *rests, **{"verdict": "both-stand", "finding": NAME, **more})


def fates(effect: Effect) -> dict[str, list[str]]:
    """The rulings without effect, by why."""
    return {
        "expired": [r.id for r in effect.expired], "void": [r.id for r, _ in effect.void],
        "unused": [r.id for r in effect.unused], "clashing": sorted({r.id for pair in effect.clashes for r in pair}),
    }  # fmt: skip


def idle(*rulings: Ruling, of: Corpus = CORPUS) -> dict[str, list[str]]:
    return {why: names for why, names in fates(effect_of(rulings, of)).items() if names}


def test_rulings_are_told_by_name_whatever_their_order() -> None:
    gone = Rest("a.md", "别的", "c1")
    several = [
        about("f", ACROSS, expires="2025-06-29"), about("a", ACROSS, expires="2025-06-29"),
        ruling("e", gone), ruling("b", gone), about("d", ACROSS, THIRD, finding="KZZZZZZ"),
        about("c", ACROSS, finding="KZZZZZZ"), about("z", ACROSS, WITHIN), about("y", ACROSS, THIRD),
    ]  # fmt: skip
    effect = effect_of(several, CORPUS)
    assert fates(effect) == {"expired": ["a", "f"], "void": ["b", "e"], "unused": ["c", "d"], "clashing": []}
    assert effect.closings.closings == (
        Closing("y", NAME, frozenset({"c1", "c3"})), Closing("z", NAME, frozenset({"c1", "c2"})),
    )  # fmt: skip


def test_the_last_day_is_a_day_of_effect() -> None:
    assert idle(about("a", ACROSS, WITHIN, expires="2025-06-30")) == {}
    assert idle(about("a", ACROSS, WITHIN, expires="2025-06-29")) == {"expired": ["a"]}


def test_one_that_has_expired_is_not_void_as_well() -> None:
    assert idle(ruling("a", Rest("a.md", "别的", "c1"), expires="2025-06-29")) == {"expired": ["a"]}


def test_which_words_are_gone_is_told_by_their_numbers() -> None:
    kept = [Rest("a.md", "可以 跨省。", "c1"), Rest("a.md", "3项")]
    gone = [
        Rest("a.md", "可以跨市", "c1"), Rest("a.md", "可以跨省", "c9"), Rest("a.md", "4项"), Rest("b.md", "3项"),
        Rest("a.md", "3项", "c1"),
    ]  # fmt: skip
    rests = [gone[0], kept[0], *gone[1:3], kept[1], *gone[3:]]
    [(_, numbers)] = effect_of([ruling("a", *rests)], CORPUS).void
    assert numbers == (0, 2, 3, 5, 6)


def test_words_of_a_teaser_stand_in_the_file_of_its_page() -> None:
    assert idle(ruling("a", Rest("a.md#teaser-1", "是 3项"))) == {}


def test_words_are_there_if_any_place_of_their_claim_has_them() -> None:
    twice = [replace(ACROSS, quote="可以，跨省", start=9), replace(ACROSS, quote="能跨省")]
    assert idle(ruling("a", Rest("a.md", "能跨省", "c1")), of=corpus(*twice)) == {}


def test_a_ruling_is_used_where_the_corpus_has_a_pair_of_its_finding() -> None:
    other = claim(ENROLMENT, YES, "d.md", id="c4", quote="可以参保")
    of = corpus(ACROSS, WITHIN, other, replace(THIRD, value=None, topic="untyped"))
    assert idle(about("a", ACROSS, WITHIN), of=of) == {}
    assert idle(about("a", ACROSS, other, WITHIN, THIRD), of=of) == {}
    assert idle(about("a", ACROSS, other), of=of) == {"unused": ["a"]}
    assert idle(about("a", WITHIN, THIRD)) == {"unused": ["a"]}
    assert idle(about("a", ACROSS, WITHIN, finding="KZZZZZZ"), of=of) == {"unused": ["a"]}
    assert idle(about("a", ACROSS, WITHIN, finding=NAME[:6]), of=of) == {"unused": ["a"]}
    assert idle(about("a", ACROSS, WITHIN, finding=whole(ACROSS, WITHIN)), of=of) == {}


def test_a_ruling_that_lists_words_without_ids_is_of_the_claims_that_say_them() -> None:
    by_words = about("a", ACROSS, WITHIN, by_words=True)
    of = replace(CORPUS, texts={"a.md": "可以跨省。", "b.md": "不能跨省。"}.get)
    assert idle(by_words, of=of) == {}
    closings = effect_of([by_words], of).closings
    assert closings.closings == (Closing("a", NAME, frozenset({"c1", "c2"})),)
    elsewhere = replace(of, claims=(ACROSS, replace(WITHIN, article="z.md")))
    assert idle(by_words, of=elsewhere) == {"unused": ["a"]}


def test_all_places_of_a_claim_count() -> None:
    """The exception is set against one of the places of the rule only."""
    rule, again = replace(ACROSS, start=0, end=4), replace(ACROSS, start=90, end=94)
    exception = replace(WITHIN, article="a.md", quantifier="some", start=10, end=14, sets_against=(0, 20))
    name = whole(rule, exception)
    for of, unused in (([rule], True), ([rule, again], False), ([again, rule], False)):
        found = idle(about("a", rule, exception, finding=name), of=corpus(*of, exception))
        assert found == ({"unused": ["a"]} if unused else {})


def test_a_misread_claim_is_misread_whatever_it_meets() -> None:
    assert idle(about("a", ACROSS, verdict="misread", finding="KZZZZZZ")) == {}
    assert idle(ruling("a", Rest("a.md", "3项"), finding="KZZZZZZ")) == {"unused": ["a"]}
    assert idle(ruling("a", Rest("a.md", "3项"), verdict="under-review", finding=DEFECT)) == {}


def test_a_claim_against_a_fact_or_against_what_stands_can_be_decided() -> None:
    known = fact("known", low("nation"), since="2024-01-01")
    name = finding_id([reference_key(known), position_key(position_of(WITHIN))])  # type: ignore[arg-type]
    of = replace(CORPUS, facts=(known,))
    assert idle(about("a", WITHIN, finding=name), of=of) == {}
    assert idle(about("a", THIRD, WITHIN, finding=name[:7]), of=of) == {}
    assert idle(about("a", ACROSS, finding=name), of=of) == {"unused": ["a"]}
    assert idle(about("a", WITHIN, finding="KZZZZZZ"), of=of) == {"unused": ["a"]}
    assert idle(about("a", WITHIN, finding=name)) == {"unused": ["a"]}
    later = replace(CORPUS, facts=(replace(known, since="2026-01-01"),))
    assert idle(about("a", WITHIN, finding=name), of=later) == {"unused": ["a"]}
    others = replace(of, claims=(claim(ENROLMENT, NO, "b.md", id="c2", quote="不能跨省"),))
    assert idle(about("a", WITHIN, finding=name), of=others) == {"unused": ["a"]}
    ours = stands("ours", low("nation"))
    assert ours.fact is not None
    against = finding_id([reference_key(reference_of(ours.fact, "ruling")), position_key(position_of(WITHIN))])  # type: ignore[arg-type]
    assert idle(about("a", WITHIN, finding=against), ours) == {}
    assert idle(about("a", WITHIN, finding=against)) == {"unused": ["a"]}


def test_of_topics_that_no_domain_has_any_more_nothing_is_decided() -> None:
    of = replace(CORPUS, topics={})
    assert idle(about("a", ACROSS, WITHIN), of=of) == {"unused": ["a"]}
    assert idle(stands("x", low("nation")), stands("y", high("province")), of=of) == {}
    known = fact("known", low("nation"))
    name = finding_id([reference_key(known), position_key(position_of(WITHIN))])  # type: ignore[arg-type]
    assert idle(about("a", WITHIN, finding=name), of=replace(of, facts=(known,))) == {"unused": ["a"]}


def test_what_rulings_with_an_effect_come_to() -> None:
    ours = stands("s", YES, ENROLMENT)
    review = about("r", ACROSS, THIRD, verdict="under-review", expires="2025-07-01")
    wrong = about("m", WITHIN, THIRD, verdict="misread")
    effect = effect_of([ours, wrong, review, about("u", ACROSS, verdict="under-review", finding="KZZZZZZ")], CORPUS)
    assert [r.id for r in effect.references] == ["s"]
    assert [r.kind for r in effect.references] == ["ruling"]
    assert effect.reviews == (review,)
    assert effect.closings.misread == {"c2": "m", "c3": "m"}
    assert effect.closings.closings == ()
    assert [r.id for r in effect.unused] == ["u"]


def test_findings_under_review_are_marked() -> None:
    def named(name: str, **more: Any) -> Finding:
        return Finding(
            id=name, code="contradiction", topic=AREA.id, kind="contradiction", severity="error", sides=(), **more
        )

    reviews = [ruling("a", finding="KAAAAAA"), ruling("b", finding="KBBBBBB"), ruling("c", finding="KBBBBBB")]
    other = named("KCCCCCC" + "0" * 45)
    closed = named("KAAAAAA" + "0" * 45, state="resolved", ruling="x")
    [first, second, third] = reviewed([named("KBBBBBB" + "0" * 45), other, closed], reviews)
    assert (first.id, first.state, first.ruling) == ("KBBBBBB" + "0" * 45, "under-review", "b")
    assert (second, third) == (other, closed)


def test_the_pairs_that_a_ruling_closes_are_counted() -> None:
    several = [about("all", ACROSS, WITHIN, THIRD), about("one", ACROSS, WITHIN), about("none", WITHIN, THIRD)]
    wrong = about("wrong", ACROSS, WITHIN, verdict="misread")
    assert closed_pairs([*several, wrong], CORPUS) == {"all": 2, "one": 1, "none": 0}


# Those that cannot both be.


def fact(name: str, value: Value, topic: Topic = AREA, **more: Any) -> Reference:
    return reference_of(said(name, value, topic, **more))


def said(name: str, value: Value, topic: Topic = AREA, scope: dict[str, list[str]] | None = None, **more: Any) -> Fact:
    return Fact(id=name, words=(), topic=topic.id, value=value, source=Source("d"), scope=scope_of(scope or {}), **more)


def stands(name: str, value: Value, topic: Topic = AREA, **more: Any) -> Ruling:
    finding = more.pop("finding", None)
    return ruling(name, verdict="stands", finding=finding, fact=said(name, value, topic, **more))


HUBEI, HUNAN = {"region": ["湖北省"]}, {"region": ["湖南省"]}
RESIDENT = {"scheme": ["resident"]}
OPEN, CLOSED = low("nation"), high("province")
NATION, PROVINCE = {"reach": ["nation"]}, {"reach": ["province"]}
BESIDE: dict[str, tuple[tuple[Value, Topic, dict[str, Any]], tuple[Value, Topic, dict[str, Any]], bool]] = {
    "two values": ((OPEN, AREA, {}), (CLOSED, AREA, {}), True),
    "one value": ((OPEN, AREA, {}), (OPEN, AREA, {"since": "2025-01-01"}), False),
    "two topics": ((YES, ENROLMENT, {}), (CLOSED, AREA, {}), False),
    "one after the other": (
        (OPEN, AREA, {"since": "2025-01-01"}), (CLOSED, AREA, {"until": "2024-12-31"}), False,
    ),
    "one day in common": ((OPEN, AREA, {"since": "2025-01-01"}), (CLOSED, AREA, {"until": "2025-01-01"}), True),
    "one long since": ((OPEN, AREA, {"since": "2025-01-01"}), (CLOSED, AREA, {"since": "2020-01-01"}), True),
    "one at last": ((OPEN, AREA, {"until": "2025-01-01"}), (CLOSED, AREA, {"until": "2026-01-01"}), True),
    "within the other's time": (
        (OPEN, AREA, {"since": "2024-01-01", "until": "2024-12-31"}),
        (CLOSED, AREA, {"since": "2024-05-01", "until": "2024-05-31"}), True,
    ),
    "two places": ((OPEN, AREA, {"scope": HUBEI}), (CLOSED, AREA, {"scope": HUNAN}), False),
    "a place and everywhere": ((OPEN, AREA, {"scope": HUBEI}), (CLOSED, AREA, {}), True),
    "some people and everyone": ((point(60), RATE, {"scope": RESIDENT}), (point(50), RATE, {}), True),
    "counts of two reaches": ((point(9), COUNT, {"scope": NATION}), (point(8), COUNT, {"scope": PROVINCE}), False),
    "a count without its reach": ((point(9), COUNT, {"scope": NATION}), (point(8), COUNT, {}), False),
    "counts of one reach": ((point(9), COUNT, {"scope": NATION}), (point(8), COUNT, {"scope": NATION}), True),
}  # fmt: skip


@pytest.mark.parametrize("name", BESIDE)
def test_two_that_cannot_both_stand_have_neither_an_effect(name: str) -> None:
    (one, of_one, more), (other, of_other, and_more), clash = BESIDE[name]
    a, b = stands("a", one, of_one, **more), stands("b", other, of_other, **and_more)
    effect = effect_of([b, a], CORPUS)
    assert effect.clashes == (((a, b),) if clash else ())
    assert [r.id for r in effect.references] == ([] if clash else ["a", "b"])
    known = fact("b", other, of_other, **and_more)
    effect = effect_of([a], replace(CORPUS, facts=(known,)))
    assert effect.clashes == (((a, known),) if clash else ())
    assert [r.id for r in effect.references] == ([] if clash else ["a"])


def test_what_places_may_vary_is_not_contradicted_by_one_of_them() -> None:
    general = replace(CORPUS, facts=(fact("known", OPEN, default=True),))
    assert idle(stands("a", CLOSED, scope=HUBEI), of=general) == {}
    assert idle(stands("a", CLOSED, scope=RESIDENT), of=general) == {"clashing": ["a", "known"]}
    of_place = replace(CORPUS, facts=(fact("known", OPEN, default=True, scope=HUBEI),))
    assert idle(stands("a", CLOSED), of=of_place) == {"clashing": ["a", "known"]}


def test_both_cannot_stand_where_one_does() -> None:
    both = about("a", ACROSS, WITHIN)
    for name in (NAME, whole(ACROSS, WITHIN), NAME[:6]):
        assert idle(both, stands("z", OPEN, finding=name)) == {"clashing": ["a", "z"]}
        assert idle(replace(both, id="z"), stands("a", OPEN, finding=name)) == {"clashing": ["a", "z"]}
    assert idle(both, stands("z", YES, ENROLMENT)) == {}
    assert idle(both, stands("z", OPEN, finding="KZZZZZZ")) == {}
    review = about("a", ACROSS, WITHIN, verdict="under-review")
    assert idle(review, stands("z", OPEN, finding=NAME)) == {}


def test_both_cannot_stand_where_one_was_misread() -> None:
    both = about("b", ACROSS, WITHIN)
    for name in ("a", "z"):
        assert idle(both, about(name, WITHIN, THIRD, verdict="misread")) == {"clashing": sorted(["b", name])}
        assert idle(both, about(name, THIRD, verdict="misread")) == {}
    by_words = replace(CORPUS, texts={"a.md": "可以跨省。3项", "b.md": "不能跨省。"}.get)
    unnamed = about("b", ACROSS, WITHIN, by_words=True)
    assert idle(unnamed, ruling("a", Rest("a.md", "3项")), of=by_words) == {}
    assert idle(about("a", WITHIN, verdict="misread"), about("b", WITHIN, verdict="misread")) == {}
