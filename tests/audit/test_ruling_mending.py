"""What can be done about rulings that have no effect, on corpora of a few claims."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from audit_cases import AREA, TOPICS, claim, high, low
from msgspec.structs import replace

from audit.identity import finding_id, position_key
from audit.positions import position_of
from audit.rulings import folder
from audit.rulings.effect import Corpus, effect_of
from audit.rulings.mending import Way, pruned, ways
from audit.rulings.model import Rest, Ruling
from audit.rulings.standing import standings, statistics
from claims.model import Claim

ACROSS = claim(AREA, low("nation"), id="c1", article="a.md", quote="家庭共济可以跨省使用")
WITHIN = claim(AREA, high("province"), id="c2", article="b.md", quote="家庭共济目前不能跨省使用")
REWORDED = replace(WITHIN, id="c3", quote="家庭共济现在仍然不能跨省使用")
TURNED = replace(ACROSS, id="c4", article="b.md", quote="家庭共济目前已能跨省使用")
OTHER = replace(WITHIN, id="c5", article="c.md", quote="共济不出省")
NAME = finding_id([position_key(p) for c in (ACROSS, WITHIN) if (p := position_of(c)) is not None])[:7]


def ruling(name: str = "two", *claims: Claim, **more: Any) -> Ruling:
    rests = tuple(Rest(c.article, c.quote, c.id) for c in claims or (ACROSS, WITHIN))
    about: dict[str, Any] = {
        "path": f"rulings/{name}.yaml", "verdict": "both-stand", "finding": NAME, "reason": "r", "by": "b",
        "on": "2025-01-01", "rests": rests,
    }  # fmt: skip
    return Ruling(id=name, **(about | more))


def corpus(*claims: Claim) -> Corpus:
    return Corpus(
        claims=claims, defects=(), facts=(), topics=TOPICS, texts={}.get, today="2025-06-30",
    )  # fmt: skip


def found(rulings: list[Ruling], *claims: Claim) -> dict[str, Way]:
    about = corpus(*claims)
    return ways(rulings, effect_of(rulings, about), about)


def acts(rulings: list[Ruling], *claims: Claim, named: bool = False) -> list[tuple[str, str]]:
    about = corpus(*claims)
    effect = effect_of(rulings, about)
    steps = pruned(rulings, effect, ways(rulings, effect, about), named)
    return [(step.ruling.id, step.act) for step in steps]


def test_of_what_works_nothing_is_said() -> None:
    assert found([ruling()], ACROSS, WITHIN) == {}
    assert acts([ruling()], ACROSS, WITHIN, named=True) == []


def test_words_that_changed_are_offered_where_the_ruling_then_works() -> None:
    way = found([ruling()], ACROSS, REWORDED)["two"]
    assert way.meant == ((1, REWORDED),)
    assert way.changes(ruling()) == {1: {"id": "c3", "quote": REWORDED.quote}}
    assert found([ruling()], ACROSS, TURNED)["two"].meant == ()  # says the same as the other side now
    assert acts([ruling()], ACROSS, REWORDED) == [("two", "keep")]
    assert acts([ruling()], ACROSS, REWORDED, named=True) == [("two", "delete")]
    assert acts([ruling()], ACROSS, TURNED) == [("two", "delete")]


def test_what_was_moved_to_another_article_is_renewed_with_it() -> None:
    moved = replace(WITHIN, id="c9", article="z.md")
    assert found([ruling()], ACROSS, moved)["two"].changes(ruling()) == {1: {"id": "c9", "article": "z.md"}}


def test_two_words_never_become_one_claim() -> None:
    both = ruling("two", ACROSS, WITHIN, replace(WITHIN, id="c8", quote="家庭共济目前不能跨省使用了"))
    assert found([both], ACROSS, REWORDED)["two"].meant == ()


def test_words_are_dropped_only_where_each_side_keeps_a_claim() -> None:
    three = ruling("two", ACROSS, WITHIN, OTHER)
    assert acts([three], ACROSS, WITHIN) == [("two", "drop")]
    assert acts([three], WITHIN, OTHER) == [("two", "delete")]
    assert acts([ruling()], ACROSS) == [("two", "delete")]


def test_a_misread_keeps_the_claims_that_are_left() -> None:
    wrong = ruling(verdict="misread")
    assert acts([wrong], ACROSS) == [("two", "drop")]
    assert acts([wrong], OTHER) == [("two", "delete")]


def test_another_day_is_offered_where_it_helps() -> None:
    old = ruling(expires="2025-01-31")
    assert found([old], ACROSS, WITHIN)["two"] == Way(opens=True)
    both = found([old], ACROSS, REWORDED)["two"]  # day and words in one
    assert (both.opens, both.meant) == (True, ((1, REWORDED),))
    assert not found([old], ACROSS)["two"].opens
    assert acts([old], ACROSS, WITHIN) == [("two", "delete")]


def test_rulings_beside_each_other_are_told_apart() -> None:
    unused, void = ruling("one", finding="K000000"), ruling("two")
    assert acts([unused, void], ACROSS, REWORDED, WITHIN) == [("one", "delete")]
    # Void goes before unused; renewed, the one would still decide nothing.
    assert acts([unused, void], ACROSS, REWORDED) == [("one", "delete"), ("two", "keep")]


def test_contradicted_rulings_are_deleted_by_name_only() -> None:
    pair = [ruling("one"), ruling("two", WITHIN, verdict="misread")]
    assert acts(pair, ACROSS, WITHIN) == [("one", "keep"), ("two", "keep")]
    assert acts(pair[:1], ACROSS, WITHIN) == []
    about = corpus(ACROSS, WITHIN)
    effect = effect_of(pair, about)
    assert [s.act for s in pruned(pair[1:], effect, {}, True)] == ["delete"]


def test_standings_and_statistics() -> None:
    rulings = [ruling("one", OTHER, verdict="misread"), ruling("two", by="c"), ruling("void", TURNED)]
    about = corpus(ACROSS, WITHIN, OTHER)
    effect = effect_of(rulings, about)
    known = standings(rulings, effect, about, [])
    assert [(s.ruling.id, s.state, s.pairs) for s in known] == [
        ("one", "in-effect", 0), ("two", "in-effect", 1), ("void", "void", 0),
    ]  # fmt: skip
    assert [s.topic for s in known] == [AREA.id] * 2 + [None]
    stats = statistics(known, about.claims, effect)
    assert [(r.claims, r.misread, round(r.precision, 2)) for r in stats.patterns] == [(3, 1, 0.67)]
    assert [(c.name, c.rulings, c.effective) for c in stats.people] == [("b", 2, 1), ("c", 1, 1)]


def test_a_ruling_that_is_deleted_while_rulings_are_read_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rulings").mkdir()
    (tmp_path / "rulings/broken.yaml").symlink_to("nowhere")
    gone = tmp_path / "rulings/gone.yaml"
    monkeypatch.setattr(folder, "ruling_files", lambda _: [tmp_path / "rulings/broken.yaml", gone])
    rulings, problems = folder.read_rulings(tmp_path, "rulings", TOPICS)
    assert rulings == ()
    assert [(p.path, p.code) for p in problems] == [("rulings/broken.yaml", "unreadable")]


def test_void_and_expired_rulings_beside_each_other() -> None:
    several = [ruling("old", expires="2025-01-31"), ruling("two", WITHIN, OTHER, verdict="misread")]
    known = found(several, ACROSS, WITHIN)
    assert (known["old"].gone, known["two"].gone) == ((), (1,))


def test_words_that_a_ruling_lists_already_are_not_what_others_became() -> None:
    both = ruling("two", ACROSS, REWORDED, WITHIN)
    assert found([both], ACROSS, REWORDED)["two"].meant == ()


DEFECT = "K" + "0" * 51


def test_words_of_a_defect_name_no_claim_and_are_never_all_dropped() -> None:
    of_defect = ruling("d", verdict="misread", finding=DEFECT[:7], rests=(Rest("b.md", "共有3项"),))
    assert Way(meant=((0, WITHIN),)).changes(of_defect) == {0: {"quote": WITHIN.quote}}
    about = replace(corpus(), defects={DEFECT}, texts={"b.md": "别的"}.get)
    effect = effect_of([of_defect], about)
    steps = pruned([of_defect], effect, ways([of_defect], effect, about), False)
    assert [(step.act, step.gone) for step in steps] == [("delete", (0,))]
