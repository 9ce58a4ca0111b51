"""Words are found alike with an automaton and without, and a table survives its way to disk."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.language import wordlist
from claims.language.wordlist import Finder, Part, Parted, Table, parts_of, table_of

WORDS = st.text("不可以医保", min_size=1, max_size=6)


@given(forms=st.sets(WORDS, max_size=30), texts=st.lists(st.text("不可以医保，", max_size=40), max_size=4))
def test_found_alike_with_an_automaton_and_without(forms: set[str], texts: list[str]) -> None:
    table = table_of({form: (("family", form),) for form in forms})
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(table), type=Table)
    assert kept == table
    with_it, without = Finder(table), Finder(kept)
    without._automaton = None
    assert without.forms() == sorted(forms)
    for text in texts:
        wanted = sorted(
            (sorted(forms).index(f), i, i + len(f)) for f in forms for i in range(len(text)) if text.startswith(f, i)
        )
        assert sorted(with_it.find(text)) == wanted
        assert sorted(without._without(text)) == wanted
    for number, form in enumerate(sorted(forms)):
        assert with_it.meaning(number) == without.meaning(number) == (("family", form),)


@given(
    forms=st.sets(WORDS, min_size=1, max_size=30), texts=st.lists(st.text("不可以医保，", max_size=40), max_size=4),
    lost=st.sets(st.text("不可以医保", min_size=1, max_size=2), max_size=3),
)  # fmt: skip
def test_a_table_in_parts_is_the_table(forms: set[str], texts: list[str], lost: set[str]) -> None:
    table = table_of({form: (("family", form),) for form in forms})
    index, several = parts_of(table)
    parts = dict(several)

    def load(heads: Collection[str]) -> Mapping[str, Part]:
        return {head: parts[head] for head in heads if head not in lost}

    parted = Finder(Parted(index, load, lambda: table))
    parted._automaton = None
    plain = Finder(table)
    for text in texts:
        found = sorted(parted._without(text))
        assert found == sorted(plain.find(text))
        assert [parted._meaning(number) for number, _, _ in found] == [plain.meaning(number) for number, _, _ in found]
    assert parted.forms() == plain.forms()
    assert len(parted) == len(plain) == len(forms)
    assert [parted._meaning(n) for n in range(len(forms))] == [plain.meaning(n) for n in range(len(forms))]


def test_only_the_parts_of_a_text_are_asked_for() -> None:
    forms = [f"{i:05}" for i in range(wordlist.SMALL + 1)]
    index, several = parts_of(table_of(dict.fromkeys(forms, (("f", "C"),))))
    parts, asked = dict(several), list[str]()

    def load(heads: Collection[str]) -> Mapping[str, Part]:
        asked.extend(heads)
        return {head: parts[head] for head in heads}

    finder = Finder(Parted(index, load, lambda: pytest.fail("the whole table")))
    assert [(n, finder.meaning(n)) for n, _, _ in finder.find("x01999y")] == [(1999, (("f", "C"),))]
    assert sorted(asked) == ["01"]


def test_much_text_is_worth_an_automaton() -> None:
    finder = Finder(table_of({f"{i:05}": (("f", "C"),) for i in range(wordlist.SMALL + 1)}))
    assert finder._automaton is None
    for _ in range(wordlist.FEW // 10_000 + 1):
        assert sorted(finder.find("00001" * 2_000))[0] == (1, 0, 5)
    assert finder._automaton is not None
    assert sorted(finder.find("x00001")) == [(1, 1, 6)]
