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


# --- the table --------------------------------------------------------------------------------------------------------

ONE, OTHER = (("f", "A"),), (("f", "A"), ("g", "B"))
FORMS = {"医保卡": ONE, "医": OTHER, "不行": ONE, "医保": OTHER}


def test_a_table_holds_its_strings_sorted_by_their_heads_and_each_meaning_once() -> None:
    table = table_of(FORMS)
    assert table.text.decode() == "不行\n医\n医保\n医保卡\n"
    assert table.heads == {"不行": (0, 0, 7), "医": (1, 7, 11), "医保": (2, 11, 28)}
    assert table.meanings == (ONE, OTHER)
    assert table.count == 4
    assert table.whole() is table
    assert table_of({}) == Table(b"", {}, b"", ())


def test_strings_with_a_head_are_a_part() -> None:
    table = table_of(FORMS)
    groups = table.groups(["医保", "没有", "不行"])
    assert {head: (part.first, part.text.decode()) for head, part in groups.items()} == {
        "医保": (2, "医保\n医保卡\n"), "不行": (0, "不行\n"),
    }  # fmt: skip
    assert [len(part.which) * 4 for part in groups.values()] == [2 * len(table.which), len(table.which)]
    index, parts = parts_of(table)
    assert (index.count, index.heads.split("\n"), index.meanings) == (4, ["不行", "医", "医保"], (ONE, OTHER))
    assert dict(parts) == table.groups(["不行", "医", "医保"])


def parted(table: Table, known: set[str]) -> tuple[Parted, list[str]]:
    """A table in parts of which only those with some heads can be loaded; and what was asked for."""
    index, several = parts_of(table)
    parts, asked = dict(several), list[str]()

    def load(heads: Collection[str]) -> Mapping[str, Part]:
        asked.extend(sorted(heads))
        return {head: parts[head] for head in heads if head in known}

    def whole() -> Table:
        asked.append("all")
        return table

    return Parted(index, load, whole), asked


def test_the_whole_table_is_loaded_once_where_a_part_cannot_be() -> None:
    table = table_of(FORMS)
    words, asked = parted(table, {"不行"})
    assert words.groups(["不行", "没有"]) == table.groups(["不行"])
    assert asked == ["不行"]
    assert words.groups(["不行", "医"]) == table.groups(["不行", "医"])
    assert asked == ["不行", "不行", "医", "all"]
    asked.clear()
    assert words.groups(["医", "医保"]) == table.groups(["医", "医保"])
    assert words.whole() is table
    assert asked == []


def test_a_head_may_hold_a_space() -> None:
    table = table_of({"B 超": ONE, " 超": ONE})
    assert parted(table, {"B ", " 超"})[0].groups(["B ", " 超", ""]) == table.groups(["B ", " 超"]) != {}


# --- the finder -------------------------------------------------------------------------------------------------------


def small(monkeypatch: pytest.MonkeyPatch, few: int, most: int) -> None:
    """Let an automaton be built at once for `most` strings, and be worth it beyond `few` characters."""
    monkeypatch.setattr(wordlist, "FEW", few)
    monkeypatch.setattr(wordlist, "SMALL", most)


def test_few_strings_have_an_automaton_at_once_and_many_beyond_some_text(monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch, 6, 4)
    assert Finder(table_of(FORMS))._automaton is not None
    small(monkeypatch, 6, 3)
    finder = Finder(table_of(FORMS))
    for _ in range(2):
        assert sorted(finder.find("医保卡")) == [(1, 0, 1), (2, 0, 2), (3, 0, 3)]
        assert finder._automaton is None
    assert sorted(finder.find("医")) == [(1, 0, 1)]
    automaton = finder._automaton
    assert automaton is not None
    finder.build()
    assert finder._automaton is automaton


def test_what_has_been_found_is_not_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch, 600, 0)
    words, asked = parted(table_of(FORMS), {"不行", "医", "医保"})
    finder = Finder(words)
    assert finder.find("医保") == [(1, 0, 1), (2, 0, 2)]
    assert asked == ["医", "医保"]
    assert [finder.meaning(number) for number in (1, 2, 3)] == [OTHER, OTHER, ONE]
    assert finder.find("医保") == [(1, 0, 1), (2, 0, 2)]
    assert finder.find("保") == finder.find("") == []
    assert asked == ["医", "医保"]
    assert finder.find("不行") == [(0, 0, 2)]
    assert asked == ["医", "医保", "不行"]
    assert finder.meaning(0) == ONE


def test_what_a_string_means_is_known_without_looking_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch, 600, 0)
    finder = Finder(table_of(FORMS))
    assert len(finder) == 4
    assert finder.forms() == ["不行", "医", "医保", "医保卡"]
    assert [finder.meaning(number) for number in range(4)] == [ONE, OTHER, OTHER, ONE]
    finder.build()
    assert [finder.meaning(number) for number in range(4)] == [ONE, OTHER, OTHER, ONE]


def test_no_strings_are_found_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch, 1, 0)
    finder = Finder(table_of({}))
    assert finder.forms() == []
    assert list(finder.find("医保")) == list(finder.find("医")) == []


def test_a_character_at_the_end_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch, 600, 0)
    finder = Finder(table_of({"医": ONE, "医医": ONE}))
    assert finder.find("医医医") == [(0, 0, 1), (1, 0, 2), (0, 1, 2), (1, 1, 3), (0, 2, 3)]
