"""The lexicon and patterns as spaCy is given them."""

from __future__ import annotations

from benchmarks.translation import ENDS_CLAUSE, label_of, translate
from claims.domain import load_domain

DOMAIN = load_domain("yibao")
TOLD = translate(DOMAIN)


def test_every_string_of_the_lexicon_is_one_phrase() -> None:
    strings = [s for several in TOLD.phrases.values() for s in several]
    assert sorted(strings) == sorted(DOMAIN.lexicon.forms)


def test_a_label_is_all_that_a_string_means() -> None:
    assert label_of(["B", "A", "B"]) == "A|B"
    label = next(label for label, strings in TOLD.phrases.items() if "共济" in strings)
    assert set(label.split("|")) == {concept for _, concept in DOMAIN.lexicon.forms["共济"]}


def test_a_pattern_is_looked_for_in_every_order_and_in_one() -> None:
    assert TOLD.any_order.keys() == TOLD.one_order.keys()
    for name, [written] in TOLD.one_order.items():
        needs = (len(written) + 1) // 2
        assert 1 <= needs <= 3
        assert len(TOLD.any_order[name]) == [1, 1, 2, 6][needs]
        assert written in TOLD.any_order[name]


def test_most_patterns_are_translated() -> None:
    assert len(TOLD.one_order) > 0.9 * len(DOMAIN.patterns)
    assert len(TOLD.compounds) > 0.9 * len(DOMAIN.compounds)


def test_nothing_between_the_words_of_a_clause_ends_it() -> None:
    [written] = TOLD.one_order["area.nation.yes"]
    assert [sorted(token) for token in written] == [["ENT_TYPE"], ["OP", "ORTH"], ["ENT_TYPE"]]
    assert written[1]["OP"] == "*"
    [compound] = next(iter(TOLD.compounds.values()))
    assert compound[1]["ORTH"] == {"NOT_IN": ENDS_CLAUSE}
    assert compound[1]["OP"].startswith("{0,")
