"""Summaries of what the corpus says, and how they merge (docs/design.md, the way of the data)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from audit_cases import (
    ARTICLES,
    BENEFIT,
    COUNT,
    ENROLMENT,
    LIMIT,
    NO,
    TOPICS,
    YES,
    apart,
    claim,
    corpora,
    point,
    summed,
)
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from audit import positions
from audit.cells import Profile
from audit.conflicts import conflicts
from audit.defects import Told
from audit.identity import finding_id, is_named, position_key, shortened
from audit.inside import Shared
from audit.model import Defect, Finding, Position, Quote, Reason, Side
from audit.packed import mark
from audit.positions import MergeError, Needs, Summary, merge, position_of
from claims.identity import claim_id, digest, folded
from claims.model import EVERYWHERE, Claim, Evidence, Value, scope_of
from claims.topics import Topic


def listed(summary: Summary) -> list[tuple[Position, tuple[Claim, ...]]]:
    return [(p, summary.claims(p)) for p in summary.positions()]


def test_claims_that_say_the_same_share_a_position():
    a, b, c = claim(ENROLMENT, YES), claim(ENROLMENT, YES, "b.md", as_of="2024-01-01"), claim(ENROLMENT, NO, "b.md")
    summary = Summary([c, b, a, a])
    assert len(summary) == 2
    assert summary.claims(Position(ENROLMENT.id, YES)) == (a, b)
    assert summary.positions(BENEFIT.id) == []
    assert summary.topics() == [ENROLMENT.id]
    assert "2 positions, 3 claims" in repr(summary)


def test_untyped_claims_are_no_positions():
    nothing = claim(Topic("untyped", "flag"), None)
    assert position_of(nothing) is None
    assert Summary([nothing]) == Summary()


def test_equal_numbers_in_other_notation_are_one_position():
    summary = Summary([claim(LIMIT, point("6")), claim(LIMIT, point("6.0"), "b.md")])
    assert len(summary) == 1
    assert len({position_key(p) for p in (Position("t", point("6")), Position("t", point("6.00")))}) == 1


def test_scope_quantifier_and_exceptions_make_another_position():
    here = {"region": ["武汉市"]}
    different = [
        claim(ENROLMENT, YES),
        claim(ENROLMENT, YES, quantifier="some"),
        claim(ENROLMENT, YES, scope=here),
        claim(ENROLMENT, YES, except_=here),
    ]
    assert len(Summary(different)) == 4


def test_a_summary_is_no_key():
    with pytest.raises(TypeError):
        hash(Summary())


@given(corpora(), st.data())
def test_merging_forgets_order_and_grouping(said, data):
    whole = listed(summed(said))
    shuffled = data.draw(st.permutations(said))
    one, rest = apart(shuffled, data.draw(st.sets(ARTICLES)))
    a, b, c = map(summed, (one, *apart(rest, data.draw(st.sets(ARTICLES)))))
    before = listed(a)
    assert listed(merge(merge(a, b), c)) == listed(merge(a, merge(b, c))) == listed(merge(a, b, c)) == whole
    assert merge(a, b) == merge(b, a)
    assert merge(a, Summary()) == a == merge(Summary(), a) == merge(a)
    assert listed(a) == before


# Identity.


@given(corpora())
def test_positions_are_known_by_their_keys(said):
    taken = Summary(said).positions()
    assert len({position_key(p) for p in taken}) == len(taken)


def named(*keys: str) -> Finding:
    nowhere = Side(None, 0)
    return Finding(
        id=finding_id(keys), code="contradiction", topic=None, kind="contradiction", severity="error",
        sides=(nowhere, nowhere),
    )  # fmt: skip


def names(*findings: Finding) -> list[str]:
    return [finding.id for finding in shortened(findings)]


def test_finding_ids_are_short_stable_and_blind_to_the_order_of_sides():
    assert finding_id(["a", "b"]) == finding_id(["b", "a"]) != finding_id(["a", "c"])
    assert names(named("a", "b"), named("a", "c")) == names(named("a", "b")) + names(named("a", "c"))
    (name,) = names(named("a", "b"))
    assert (len(name), name[0]) == (7, "K")
    assert is_named(finding_id(["a", "b"]), name)
    assert not is_named(finding_id(["a", "c"]), name)
    assert not is_named(finding_id(["a", "c"]), "K")


def test_findings_whose_short_ids_are_the_same_all_get_longer_ones(monkeypatch):
    monkeypatch.setattr("audit.identity.digest", lambda text, length: "SAME00" + digest(text, length - 6))
    several = [named("a", "b"), named("a", "c"), named("a", "d")]
    found = names(*several)
    assert len(set(found)) == 3
    assert all(name.startswith("KSAME00") and len(name) > 7 for name in found)
    assert names(*several[::-1]) == found[::-1]


def test_the_same_finding_twice_does_not_hang():
    assert len(set(names(named("a", "b"), named("a", "b")))) == 1


def test_a_claim_id_stays_when_spaces_punctuation_or_notation_change():
    def name(quote: str, n: str = "380", article: str = "a.md") -> str:
        return claim_id(article, LIMIT.id, point(n), "all", EVERYWHERE, EVERYWHERE, quote)

    assert name("最多 绑定６人。") == name("最多绑定6人")
    assert name("最多绑定6人", "380.0") == name("最多绑定6人")
    assert name("最多绑定7人") != name("最多绑定6人")
    assert name("最多绑定6人", article="b.md") != name("最多绑定6人")
    assert name("最多绑定6人", "381") != name("最多绑定6人")
    assert name("最多绑定6人") == "cbb4n07zxm4"
    assert folded("(380\uff0c元)\u3000") == "380元"


def test_every_part_of_a_claim_counts_for_its_id():
    here = scope_of({"region": ["武汉市"]})
    parts = [
        ("a.md", "t", YES, "all", EVERYWHERE, EVERYWHERE, "是"),
        ("a.md", "u", YES, "all", EVERYWHERE, EVERYWHERE, "是"),
        ("a.md", "t", NO, "all", EVERYWHERE, EVERYWHERE, "是"),
        ("a.md", "t", None, "all", EVERYWHERE, EVERYWHERE, "是"),
        ("a.md", "t", YES, "some", EVERYWHERE, EVERYWHERE, "是"),
        ("a.md", "t", YES, "all", here, EVERYWHERE, "是"),
        ("a.md", "t", YES, "all", EVERYWHERE, here, "是"),
    ]
    names = [claim_id(*p) for p in parts]
    assert len(set(names)) == len(parts)
    assert all(len(n) == 11 and n[0] == "c" for n in names)


def test_a_longer_digest_begins_with_the_shorter():
    assert all(digest("x", 51).startswith(digest("x", n)) for n in range(51))
    assert Decimal(len(digest("x", 51))) == 51
    assert TOPICS[LIMIT.id].name("zh") == LIMIT.id


# What a summary keeps of many claims.


def many(value: Value, n: int, article_from: int = 0, **fields: object) -> list[Claim]:
    return [claim(ENROLMENT, value, f"{i + article_from:03}.md", **fields) for i in range(n)]


def kept(summary: Summary) -> list[int]:
    return sorted(len(summary.claims(p)) for p in summary.positions())


HERE, THERE = ({"region": [r]} for r in ("湖北省", "湖南省"))


def test_as_many_examples_are_kept_as_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The most on the ladder of which those of all cells have room, the least where none has."""
    monkeypatch.setattr(positions, "LADDER", (5, 3, 2))
    monkeypatch.setattr(positions, "ROOM", 8)
    cells = [many(YES, 9), many(NO, 9, start=5), *(many(YES, 9, start=9, scope=s) for s in (HERE, THERE))]
    cells += [many(NO, 9, start=5, scope=s) for s in (HERE, THERE)]
    for several, wanted in ((1, [5]), (2, [3, 3]), (3, [2] * 3), (4, [2] * 4), (6, [2] * 6)):
        claims = [c for cell in cells[:several] for c in cell]
        assert kept(summed(claims, whole=False)) == wanted
        one, other = apart(claims, {f"{i:03}.md" for i in (0, 3, 5)})
        assert kept(merge(summed(one, whole=False), summed(other, whole=False))) == wanted
    few = [*many(YES, 9), *many(NO, 1, start=5)]
    assert kept(summed(few, whole=False)) == [1, 5]
    assert kept(summed([*few, *many(NO, 2, start=5, scope=HERE)], whole=False)) == [1, 2, 5]
    assert kept(summed([*few, *many(NO, 3, start=5, scope=HERE)], whole=False)) == [1, 3, 3]
    assert kept(summed([*many(YES, 9), *many(NO, 9, start=5)])) == [9, 9]


def test_examples_are_what_their_position_says_without_what_it_rests_on() -> None:
    evidence = (Evidence("region", "本市", 0, 2, 1, "title"),)
    said = claim(LIMIT, point("6.0"), evidence=evidence, scope=HERE)
    [whole] = summed([said]).kept()
    [slim] = summed([said], whole=False).kept()
    assert whole.evidence == evidence
    assert slim == replace(said, evidence=())


def test_claims_inside_articles_are_kept_too() -> None:
    said = [*many(YES, 5), *many(NO, 5, start=9)]
    inner = [claim(ENROLMENT, YES, "z.md"), claim(ENROLMENT, NO, "z.md", start=9)]
    assert set(summed([*said, *inner]).kept()) == {*said, *inner}


def test_what_is_not_to_be_shown_is_told_apart() -> None:
    summary = Summary(needs=Needs(topics=TOPICS))
    said = [claim(ENROLMENT, YES), claim(ENROLMENT, YES, "b.md"), claim(ENROLMENT, YES, "b.md#teaser-1")]
    summary.add(said, Needs(topics=TOPICS), hidden=frozenset({"b.md"}))
    cells = summary.cells(Position(ENROLMENT.id, YES))
    found = {(p.shown, p.teaser): [c.article for c in cell.examples] for p, cell in cells.items()}
    assert found == {(True, False): ["a.md"], (False, False): ["b.md"], (False, True): ["b.md#teaser-1"]}


def test_what_a_claims_fate_depends_on() -> None:
    needs = Needs(
        topics=TOPICS, cuts={ENROLMENT.id: (("2024-06-01", 0),)}, named=frozenset({"c7"}),
        words=frozenset({("a.md", "是的")}),
    )  # fmt: skip
    plain = claim(ENROLMENT, YES)
    assert needs.profile(plain) == Profile(era=-1)
    assert needs.profile(replace(plain, as_of="2024-05-31")) == Profile(era=0)
    assert needs.profile(replace(plain, as_of="2024-06-01")) == Profile(era=1)
    assert needs.profile(replace(plain, as_of="2024-06-01", topic=BENEFIT.id)) == Profile(era=0)
    hedges = [needs.profile(replace(plain, hedged=h)).hedge for h in (None, "approx", "usual", "maybe")]
    assert hedges == ["", "approx", "", "maybe"]
    assert needs.profile(replace(plain, article="a.md#teaser-1")) == Profile(era=-1, teaser=True)
    assert needs.profile(replace(plain, id="c7")) == Profile(era=-1, named="c7")
    assert needs.profile(replace(plain, quote="是 的。")) == Profile(era=-1, named="c0")
    assert needs.profile(replace(plain, quote="是 的。", article="b.md")) == Profile(era=-1)
    counted = claim(COUNT, point(9), as_of="2024-05-31")
    assert needs.profile(counted, shown=False) == Profile(month="2024-05", shown=False)
    assert needs.profile(replace(counted, as_of=None)) == Profile(era=-1)
    assert needs.profile(replace(counted, topic="t.t")) == Profile()


def test_summaries_that_say_something_else_are_not_equal() -> None:
    """Also where they keep the same examples."""
    names = sorted("abcdefg", key=mark)  # a cell keeps the least two by their marks
    yes, no, also = ([claim(t, v, n) for n in names] for t, v in ((ENROLMENT, YES), (ENROLMENT, NO), (BENEFIT, YES)))

    def few(*said: Claim) -> Summary:
        return Summary(said, Needs(topics=TOPICS, whole=False))

    several = [
        few(*yes[:3]), few(*no[:3]), few(*yes[1:4]), few(*yes[:2], yes[3]), few(*yes[:2], yes[2], yes[3]),
        few(*yes[:2], yes[2], replace(yes[2], start=5)), few(*yes[:4], no[0], no[1], *no[4:6], *also),
        few(*yes[:4], *no[:3], no[5], *also), few(),
    ]  # fmt: skip
    for i, one in enumerate(several):
        assert [n for n, other in enumerate(several) if one == other] == [i]
    assert few() != Position(ENROLMENT.id, YES)


def test_positions_are_in_one_order_topic_by_topic() -> None:
    said = [claim(t, v, scope=s) for t in (ENROLMENT, BENEFIT) for v in (YES, NO) for s in ({}, HERE)]
    summary = Summary(said)
    assert summary.positions() == summary.positions(BENEFIT.id) + summary.positions(ENROLMENT.id)
    keys = [position_key(p) for p in summary.positions(BENEFIT.id)]
    assert keys == sorted(keys)
    assert len(keys) == 4


def test_of_what_nobody_says_there_is_nothing() -> None:
    nobody = Position(ENROLMENT.id, YES)
    summary = Summary([claim(ENROLMENT, NO)])
    assert (summary.cells(nobody), summary.claims(nobody), summary.count(nobody)) == ({}, (), 0)
    assert (summary.takers(nobody), summary.shared((nobody, nobody))) == ({}, Shared())


def test_why_summaries_cannot_be_merged() -> None:
    one, other = summed([claim(ENROLMENT, YES)]), summed([claim(ENROLMENT, NO)])
    with pytest.raises(MergeError) as error:
        one.absorb(other)
    assert error.value.message == "an article is in two summaries that are to be merged"
    with pytest.raises(MergeError) as error:
        one.absorb(summed([claim(ENROLMENT, NO, "b.md")], whole=False))
    assert error.value.message == "one summary keeps all claims and the other does not"


def test_a_merge_is_the_summary_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where one of them has left room for more examples than the other."""
    monkeypatch.setattr(positions, "LADDER", (5, 3, 2))
    monkeypatch.setattr(positions, "ROOM", 8)
    crowded = [c for scope in ({}, HERE, THERE) for v in (YES, NO) for c in many(v, 9, scope=scope)]
    roomy = [claim(BENEFIT, YES, f"b{n}.md") for n in range(9)]
    whole = summed([*crowded, *roomy], whole=False)
    for one, other in ((crowded, roomy), (roomy, crowded)):
        merged = merge(summed(one, whole=False), summed(other, whole=False))
        assert merged == whole
        assert kept(merged) == kept(whole) == [2] * 7
        ours = summed(one, whole=False)
        ours.absorb(summed(other, whole=False))
        assert ours == whole
    assert whole.takers(Position(BENEFIT.id, YES)) == {frozenset({Profile(era=-1)}): 9}


def test_claims_that_conflict_inside_an_article_are_kept_beside_the_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(positions, "LADDER", (1,))
    inner = [claim(ENROLMENT, YES, "z.md"), claim(ENROLMENT, NO, "z.md", start=9)]
    summary = summed([*many(YES, 5), *many(NO, 5, article_from=5), *inner], whole=False)
    assert {c for c in summary.kept() if c.article == "z.md"} == set(inner)
    assert len(set(summary.kept())) == 6


def test_what_a_defect_tells_of_an_article_is_silent_in_its_summary() -> None:
    yes, no = claim(ENROLMENT, YES), claim(ENROLMENT, NO, start=9)
    quotes = [Quote(c.article, c.start, c.end, 1, 1, c.quote) for c in (yes, no)]
    defect = Defect(
        code="answer-mismatch", key="a.md", stated=(quotes[0],), refuted=(quotes[1],), reason=Reason("x")
    )  # fmt: skip
    summary = Summary([yes, no], Needs(topics=TOPICS), Told([defect]))
    assert conflicts(summary, TOPICS) == []
    assert len(conflicts(summed([yes, no]), TOPICS)) == 1
