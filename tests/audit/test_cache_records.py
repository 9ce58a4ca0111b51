"""Domains and pieces come back as they were kept, for the same program and the same content only."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import claims.domain as domains
from audit.cache.disk import Disk
from audit.cache.domains import prepare
from audit.cache.pieces import Both, Pieces
from audit.corpus import Corpus, scan
from audit.files import discover
from audit.pieces import Key, Piece
from claims.domain import DOMAINS, Domain, compile_domain, load_domain, shipped
from claims.domain_packing import pack_domain, pack_parts, unpack_domain, unpack_parts, unpack_tables
from claims.errors import DomainError
from claims.packing import Packing, PackingError

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    disk = Disk(tmp_path / "cache", 100)
    yield disk
    disk.close()
    assert disk.notes == []


@pytest.fixture(autouse=True)
def nothing_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(domains, "_loaded", {})


def fields(domain: Domain) -> dict[str, Any]:
    """All that a domain is, its lexicons as what they are made of."""
    found = {name: getattr(domain, name) for name in domain.__struct_fields__}
    for name in ("lexicon", "wakes"):
        lexicon = found[name]
        found[name] = lexicon and (lexicon.table, lexicon.weak, lexicon.covering)
    return found


@pytest.mark.parametrize("name", shipped())
def test_a_domain_comes_back_whole(name: str) -> None:
    domain = compile_domain(name)
    rest, words = pack_domain(domain)
    again = unpack_domain(rest, domain.folder, lambda: unpack_tables(words))
    assert fields(again) == fields(domain)
    index, parts = pack_parts(domain)
    kept = dict(parts)
    again = unpack_domain(
        rest,
        domain.folder,
        lambda: unpack_parts(index, lambda names: {n: kept[n] for n in names}, lambda: unpack_tables(words)),
    )
    assert fields(again) == fields(domain)
    assert repr(again.patterns[0]) == repr(domain.patterns[0])


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x90", b"\x81\xa4name\x01", b"\xff" * 1000])
def test_other_bytes_are_no_domain(data: bytes) -> None:
    with pytest.raises(PackingError):
        unpack_domain(data, DOMAINS, list)
    with pytest.raises(PackingError):
        Packing[Piece](Piece).unpack(data)


def test_a_domain_is_compiled_once(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare("geography", disk, "program")
    first = load_domain("geography")
    monkeypatch.setattr(domains, "_loaded", {})
    monkeypatch.setattr("audit.cache.domains.compile_domain", None)
    prepare("geography", disk, "program")
    assert fields(load_domain("geography")) == fields(first)
    assert load_domain("geography") is not first


def test_strings_that_are_gone_from_the_cache_are_made_again(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare("geography", disk, "program")
    hits = load_domain("geography").lexicon.find("塔里木河全长2486公里。")
    monkeypatch.setattr(domains, "_loaded", {})
    prepare("geography", disk, "program")
    assert disk.clear()
    assert load_domain("geography").lexicon.find("塔里木河全长2486公里。") == hits


def test_one_word_more_is_another_domain(disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "geo"
    shutil.copytree(DOMAINS / "geography", own)
    prepare(str(own), disk, "program")
    file = own / "domain.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("name: geography", "name: other"), encoding="utf-8")
    monkeypatch.setattr(domains, "_loaded", {})
    prepare(str(own), disk, "program")
    assert load_domain(str(own)).name == "other"
    file.write_text("name: [", encoding="utf-8")
    monkeypatch.setattr(domains, "_loaded", {})
    with pytest.raises(DomainError):
        prepare(str(own), disk, "program")


def corpus(jobs: int = 1, **how: Any) -> Corpus:
    return scan(discover(EXAMPLES / "articles").files, ("yibao",), jobs=jobs, **how)


def test_pieces_come_back_as_they_were(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    without = corpus()
    store = Pieces(disk, "program")
    for today in ("2025-06-30", "2035-01-01"):
        assert corpus(store=store, today=today) == corpus(today=today)
    monkeypatch.setattr("audit.drawing.draw", None)  # nothing is read again
    assert corpus(store=store) == without
    assert corpus(store=Pieces(disk, "program"), jobs=2) == without
    assert corpus(store=Both({}, store)) == without


def test_another_program_takes_nothing(disk: Disk) -> None:
    key = Key("a.md", "digest", ("mark",))
    Pieces(disk, "one")[key] = Piece(digest="digest")
    assert Pieces(disk, "one").get(key) == Piece(digest="digest", claims=[], defects=[])
    assert Pieces(disk, "two").get(key) is None
    for other in (Key("b.md", "digest", ("mark",)), Key("a.md", "other", ("mark",)), Key("a.md", "digest", ())):
        assert Pieces(disk, "one").get(other) is None


def test_half_a_character_is_no_reason_to_fail(disk: Disk) -> None:
    store = Pieces(disk, "program")
    key = Key("\ud800.md", "digest", ())
    store[key] = Piece(digest="digest")
    assert store.get(key) is not None
    store[key] = Piece(digest="\ud800")
    assert store.get(key) == Piece(digest="digest", claims=[], defects=[])


def test_what_was_read_is_at_hand(disk: Disk) -> None:
    far = Pieces(disk, "program")
    near: dict[Key, Piece] = {}
    key, piece = Key("a.md", "digest", ()), Piece(digest="digest")
    Both(near, far)[key] = piece
    assert near == {key: piece}
    assert far.get(key) is not None
    near.clear()
    assert Both(near, far).get(key) is Both(near, far).get(key) is near[key]
    assert Both(near, far).get(Key("b.md", "digest", ())) is None
