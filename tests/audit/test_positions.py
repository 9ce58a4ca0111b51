"""Summaries of what the corpus says, and how they merge (docs/design.md, the way of the data)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from audit_cases import ARTICLES, BENEFIT, ENROLMENT, LIMIT, NO, TOPICS, YES, apart, claim, corpora, point, summed
from hypothesis import given
from hypothesis import strategies as st

from audit.identity import finding_id, is_named, position_key, shortened
from audit.model import Finding, Position, Side
from audit.positions import Summary, merge, position_of
from claims.identity import claim_id, digest, folded
from claims.model import EVERYWHERE, Claim, scope_of
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
    positions = Summary(said).positions()
    assert len({position_key(p) for p in positions}) == len(positions)


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
