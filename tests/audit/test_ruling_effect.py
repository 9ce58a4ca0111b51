"""What rulings come to, beside each other."""

from __future__ import annotations

from audit_cases import AREA, TOPICS, claim, low

from audit.rulings.effect import Corpus, effect_of
from audit.rulings.model import Rest, Ruling
from claims.model import Claim

DEFECT = "K" + "0" * 51


def ruling(name: str, *rests: Rest) -> Ruling:
    return Ruling(
        id=name, path=f"rulings/{name}.yaml", verdict="misread", finding=DEFECT[:7], reason="r", by="b",
        on="2025-01-01", rests=rests,
    )  # fmt: skip


def corpus(*claims: Claim) -> Corpus:
    return Corpus(
        claims=claims, defects={DEFECT}, facts=(), topics=TOPICS, texts={"a.md": "这里写的是3项。"}.get,
        today="2025-06-30",
    )  # fmt: skip


def test_a_defect_is_closed_though_a_claim_was_misread_too() -> None:
    said = claim(AREA, low("nation"), id="c1")
    of_claim, of_defect = ruling("a", Rest("a.md", said.quote, "c1")), ruling("b", Rest("a.md", "3项"))
    for rulings in ([of_claim, of_defect], [of_defect, of_claim]):
        closings = effect_of(rulings, corpus(said)).closings
        assert closings.misread == {"c1": "a"}
        assert [c.ruling for c in closings.of(DEFECT)] == ["b"]
