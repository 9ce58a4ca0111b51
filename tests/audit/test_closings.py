"""What rulings have closed, as the search for conflicts asks for it."""

from __future__ import annotations

from audit_cases import BENEFIT, YES, claim

from audit.closings import NOTHING, Closing, Closings, resolved
from audit.model import Finding

CLOSINGS = Closings(
    (Closing("one", "KAAAAAA", frozenset({"c1", "c2"})), Closing("two", "KBBBBBB", frozenset({"c3"}))),
    {"c4": "wrong", "c5": "also"},
)


def test_closings_of_a_finding_are_those_that_name_it() -> None:
    assert [c.ruling for c in CLOSINGS.of("KAAAAAA" + "0" * 45)] == ["one"]
    assert CLOSINGS.of("KAAAAAB" + "0" * 45) == ()


def test_claims_that_rulings_name_are_told_apart() -> None:
    assert CLOSINGS.named == {"c1", "c2", "c3", "c4", "c5"}
    assert NOTHING.named == frozenset()


def test_the_rulings_by_which_claims_were_misread() -> None:
    said = [claim(BENEFIT, YES, id=name) for name in ("c1", "c5", "c4", "c4")]
    assert CLOSINGS.wrong(said) == ("also", "wrong")
    assert CLOSINGS.wrong(said[:1]) == NOTHING.wrong(said) == ()


def test_a_finding_of_which_nothing_is_left_names_the_first_ruling() -> None:
    finding = Finding(
        id="KAAAAAA", code="contradiction", topic=BENEFIT.id, kind="contradiction", severity="error", sides=()
    )
    closed = resolved(finding, ["one", "two"])
    assert (closed.state, closed.ruling, closed.id) == ("resolved", "one", "KAAAAAA")
