"""Each ruling with what it comes to in a corpus, and what rulings say of patterns and people."""

from __future__ import annotations

from typing import Any

from audit_cases import AREA, ENROLMENT, NO, TOPICS, YES, claim, high, low
from msgspec.structs import replace

from audit.closings import Closings
from audit.identity import finding_id, position_key
from audit.model import Finding, Position, Reference
from audit.positions import position_of
from audit.rulings.effect import Corpus, Effect, effect_of
from audit.rulings.model import Rest, Ruling
from audit.rulings.standing import Count, Read, Standing, held, standings, statistics
from claims.facts import Fact, Source
from claims.model import Claim, scope_of

OPEN = claim(AREA, low("nation"), "a.md", id="c1", quote="可以跨省")
CLOSED = claim(AREA, high("province"), "b.md", id="c2", quote="不能跨省")
HUBEI = {"region": ["湖北省"]}
NAME = finding_id([position_key(p) for c in (OPEN, CLOSED) if (p := position_of(c)) is not None])


def ruling(name: str, *claims: Claim, **more: Any) -> Ruling:
    about = {
        "path": f"rulings/{name}.yaml", "verdict": "both-stand", "finding": NAME[:7], "reason": "r", "by": "b",
        "on": "2025-01-01", "rests": tuple(Rest(c.article, c.quote, c.id) for c in claims),
    }  # fmt: skip
    return Ruling(id=name, **(about | more))


def stands(name: str = "s", **more: Any) -> Ruling:
    fields = {"scope": scope_of(more.pop("scope", {})), "value": low("nation"), "topic": AREA.id}
    fields |= {key: more.pop(key) for key in ("value", "topic", "since") if key in more}
    return ruling(name, verdict="stands", fact=Fact(id=name, words=(), source=Source("d"), **fields), **more)


def corpus(*claims: Claim) -> Corpus:
    return Corpus(claims=claims, defects=(), facts=(), topics=TOPICS, texts={}.get, today="2025-06-30")


def finding(name: str = NAME[:7], **more: Any) -> Finding:
    about: dict[str, Any] = {"topic": AREA.id, "severity": "error", "sides": (), **more}
    return Finding(id=name, code="contradiction", kind="contradiction", **about)


def known(rulings: list[Ruling], *claims: Claim, findings: list[Finding] | None = None) -> list[Standing]:
    about = corpus(*claims)
    return standings(rulings, effect_of(rulings, about), about, findings or [])


def test_every_ruling_has_a_state() -> None:
    rulings = [
        ruling("works", OPEN, CLOSED), ruling("asks", OPEN, CLOSED, verdict="under-review"),
        ruling("gone", replace(OPEN, quote="别的")), ruling("old", OPEN, CLOSED, expires="2025-06-29"),
        ruling("idle", OPEN), stands("one", topic=ENROLMENT.id, value=YES, finding=None),
        stands("other", topic=ENROLMENT.id, value=NO, finding=None),
    ]  # fmt: skip
    found = known(rulings, OPEN, CLOSED)
    assert [s.ruling for s in found] == rulings
    assert [s.state for s in found] == [
        "in-effect", "under-review", "void", "expired", "unused", "contradicted", "contradicted",
    ]  # fmt: skip
    assert [s.pairs for s in found] == [1, 0, 0, 0, 0, 0, 0]
    assert [s.topic for s in found] == [AREA.id] * 5 + [ENROLMENT.id] * 2
    assert [s.position for s in found] == [None] * 5 + [Position(ENROLMENT.id, v) for v in (YES, NO)]
    assert all(s.follow == s.against == s.closes == () for s in found)


def test_one_that_contradicts_a_fact_is_contradicted() -> None:
    said = stands()
    fact = Reference(id="f", kind="fact", position=Position(AREA.id, high("province")))
    [found] = standings([said], Effect(clashes=((said, fact),)), corpus(OPEN, CLOSED), [])
    assert (found.state, found.follow, found.against) == ("contradicted", (), ())


def test_the_topic_is_that_of_the_fact_else_of_the_finding_else_of_a_claim() -> None:
    other, untopical = finding("KAAAAAA"), finding(NAME, topic=None)
    of_finding = finding(NAME, topic="t.t")
    topics = [s.topic for s in known([stands(), ruling("a", OPEN, CLOSED)], OPEN, findings=[other, of_finding])]
    assert topics == [AREA.id, "t.t"]
    by_claim = ruling("a", replace(OPEN, id="c9"), CLOSED)
    assert [s.topic for s in known([by_claim], CLOSED, findings=[other, untopical])] == [AREA.id]
    assert [s.topic for s in known([ruling("a", replace(OPEN, id="c9"))], CLOSED)] == [None]
    no_claim = ruling("a", rests=(Rest("a.md", "3项"),), finding="KAAAAAA")
    assert [s.topic for s in known([no_claim], OPEN, findings=[replace(other, topic="t.u")])] == ["t.u"]


def test_the_findings_that_a_ruling_closes() -> None:
    several = [
        finding("K1", state="resolved", ruling="a"), finding("K2", state="under-review", ruling="a"),
        finding("K3", state="open", ruling="a"), finding("K4", state="resolved", ruling="b"),
    ]  # fmt: skip
    [found] = known([ruling("a", OPEN, CLOSED)], OPEN, CLOSED, findings=several)
    assert found.closes == ("K1", "K2")


def test_the_articles_that_say_what_stands_and_those_that_say_otherwise() -> None:
    claims = [
        replace(OPEN, article="z.md"), OPEN, CLOSED, replace(CLOSED, article="e.md"),
        replace(OPEN, article="b.md", start=9), replace(OPEN, article="d.md#teaser-1"),
        claim(ENROLMENT, YES, "f.md"), claim(AREA, low("city"), "g.md", id="c7"),
        replace(CLOSED, article="h.md", id="c8", quote="不出省"),
    ]  # fmt: skip
    wrong = ruling("wrong", claims[-1], verdict="misread")
    about = corpus(*claims)
    rulings = [stands(), wrong]
    found, _ = standings(rulings, effect_of(rulings, about), about, [])
    assert found.follow == ("a.md", "d.md", "g.md", "z.md")
    assert found.against == ("b.md", "e.md")


def test_of_topics_that_no_domain_has_any_more_nobody_says_anything() -> None:
    [found] = known([stands(topic="t.t")], OPEN, replace(OPEN, topic="t.t"))
    assert (found.state, found.topic, found.follow, found.against) == ("in-effect", "t.t", (), ())


def test_who_speaks_of_another_place_or_time_neither_follows_nor_is_against() -> None:
    said = Reference(id="s", kind="ruling", position=Position(AREA.id, low("nation"), scope=scope_of(HUBEI)))

    def found(reference: Reference, **fields: Any) -> tuple[set[str], set[str]]:
        both = [claim(AREA, low("nation"), "yes.md", **fields), claim(AREA, high("city"), "no.md", **fields)]
        return held(reference, both, AREA, today="2025-06-30")

    assert found(said, scope=HUBEI) == found(said) == ({"yes.md"}, {"no.md"})
    assert found(said, scope={"region": ["湖南省"]}) == (set(), set())
    assert found(replace(said, since="2025-01-01"), as_of="2024-01-01") == ({"yes.md"}, set())
    assert found(replace(said, kind="fact"), scope=HUBEI) == ({"yes.md"}, {"no.md"})
    assert found(said, scope={"scheme": ["resident"]}) == ({"yes.md"}, {"no.md"})


def test_what_stands_is_not_left_open_where_it_names_nothing() -> None:
    """An absent facet of a ruling means everywhere, on any topic."""
    rate = TOPICS["yibao.reimbursement_rate"]
    said = Reference(id="s", kind="ruling", position=Position(rate.id, high("city")))
    follows = claim(rate, high("city"), "yes.md", scope={"scheme": ["resident"]})
    assert held(said, [follows], rate, today="2025-06-30") == ({"yes.md"}, set())


def test_patterns_that_were_misread_most_come_first() -> None:
    claims = [
        replace(OPEN, id=f"c{n}", pattern=pattern)
        for n, pattern in enumerate(["b", "b", "a", "a", "c", "c", "c", "d", "d", "d", "e"])
    ]  # fmt: skip
    untyped = replace(OPEN, id="cx", value=None, topic="untyped", pattern="u")
    effect = Effect(closings=Closings((), {"c8": "r", "c9": "r", "c10": "r", "cx": "r", "gone": "r"}))
    assert statistics([], [*claims, untyped], effect).patterns == (
        Read("d", 3, 2), Read("e", 1, 1), Read("c", 3, 0), Read("a", 2, 0), Read("b", 2, 0),
    )  # fmt: skip
    assert Read("d", 4, 1).precision == 0.75


def test_verdicts_and_people_are_counted_by_name_with_those_that_have_an_effect() -> None:
    states = [
        ("z", "misread", "void"), ("b", "misread", "in-effect"), ("b", "both-stand", "under-review"),
        ("b", "both-stand", "unused"), ("b", "both-stand", "expired"), ("b", "stands", "contradicted"),
    ]  # fmt: skip
    listed = [
        Standing(ruling=ruling(str(n), by=who, verdict=verdict), state=state)  # type: ignore[arg-type]
        for n, (who, verdict, state) in enumerate(states)
    ]
    stats = statistics(listed, [], Effect())
    assert stats.people == (Count("b", 5, 2), Count("z", 1, 0))
    assert stats.verdicts == (Count("both-stand", 3, 1), Count("misread", 2, 1), Count("stands", 1, 0))
    assert stats.patterns == ()


def test_what_holds_somewhere_follows_only_where_it_must_lie_in_what_stands() -> None:
    rate = TOPICS["yibao.reimbursement_rate"]

    def follow(reference: Position, **fields: Any) -> set[str]:
        said = Reference(id="s", kind="ruling", position=reference)
        return held(said, [claim(rate, high("city"), "yes.md", **fields)], rate, today="2025-06-30")[0]

    of_hubei = Position(rate.id, high("city"), scope=scope_of(HUBEI))
    assert follow(of_hubei, quantifier="some") == {"yes.md"}  # which place is meant is left open
    assert follow(of_hubei, quantifier="some", scope={"region": ["湖北省", "湖南省"]}) == set()
    somewhere = Position(rate.id, high("city"), "some")
    assert follow(somewhere, scope=HUBEI) == set()
    assert follow(somewhere) == {"yes.md"}
