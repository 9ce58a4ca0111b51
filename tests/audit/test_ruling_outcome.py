"""What new rulings would come to: the findings before and after them, compared."""

from __future__ import annotations

from audit_cases import AREA, claim, high, low
from msgspec.structs import replace

from audit.model import Finding, Position, Reference, Side
from audit.rulings.model import Ruling
from audit.rulings.outcome import Named, Outcome, alike, outcome

WIDE, NARROW = Position(AREA.id, low("nation")), Position(AREA.id, high("province"))
CLAIMS = [claim(AREA, low("nation"), f"{n}.md", id=n) for n in ("c1", "c2")]
AGAINST = claim(AREA, high("province"), "c.md", id="c3")
PAIR = Finding(
    id="KAAAAAA", code="contradiction", topic=AREA.id, kind="contradiction", severity="error",
    sides=(Side(WIDE, 2, tuple(CLAIMS)), Side(NARROW, 1, (AGAINST,))),
)  # fmt: skip
OTHER = replace(PAIR, id="KBBBBBB")
RULING = Ruling(id="one", path="rulings/one.yaml", verdict="both-stand", reason="r", by="b", on="2025-01-01")


def trouble(name: str) -> Finding:
    return replace(PAIR, id=name, code="ruling-void", kind="ruling-void", topic=None)


def against(kind: str, name: str, **more: object) -> Finding:
    reference = Reference(id=name, kind=kind, position=WIDE)  # type: ignore[arg-type]
    sides = (Side(WIDE, 0, (), reference), Side(NARROW, 1, (AGAINST,)))
    return replace(PAIR, id="K" + (name + kind).upper()[:6].ljust(6, "X"), code=f"against-{kind}", sides=sides, **more)


def of(*after: Finding, before: tuple[Finding, ...] = (PAIR, OTHER)) -> Outcome:
    return outcome(PAIR, [RULING], before, after)


def test_a_finding_that_is_gone_or_closed_is_resolved() -> None:
    assert of(OTHER) == Outcome(end="resolved")
    assert of(replace(PAIR, state="resolved", ruling="one"), OTHER) == Outcome(end="resolved")
    assert of(OTHER).works


def test_a_finding_with_fewer_claims_is_reduced_and_one_with_all_of_them_is_as_it_was() -> None:
    fewer = replace(PAIR, sides=(Side(WIDE, 1, (CLAIMS[0],)), PAIR.sides[1]))
    assert of(fewer, OTHER) == Outcome(end="reduced", left=2)
    assert of(fewer, OTHER).works
    assert of(PAIR, OTHER) == Outcome(end="unchanged", left=3)
    assert not of(PAIR, OTHER).works


def test_a_finding_is_reviewed_by_the_new_ruling_only() -> None:
    assert of(replace(PAIR, state="under-review", ruling="one"), OTHER) == Outcome(end="reviewed")
    assert of(replace(PAIR, state="under-review", ruling="two"), OTHER) == Outcome(end="unchanged")


def test_what_is_wrong_with_rulings_only_now_is_a_trouble_of_the_new_ones() -> None:
    old, new = trouble("KCCCCCC"), trouble("KDDDDDD")
    got = of(OTHER, old, new, before=(PAIR, OTHER, old))
    assert got == Outcome(end="resolved", troubles=(new,))
    assert not got.works


def test_further_findings_that_were_open_and_are_no_more_are_closed() -> None:
    gone, closed = replace(PAIR, id="KEEEEEE"), replace(PAIR, id="KFFFFFF")
    before = (PAIR, OTHER, gone, closed, replace(PAIR, id="KGGGGGG", state="resolved"), trouble("KHHHHHH"))
    assert of(OTHER, replace(closed, state="resolved"), before=before) == Outcome(
        end="resolved", closed=("KEEEEEE", "KFFFFFF")
    )


def test_articles_against_what_the_new_ruling_says_have_to_be_changed() -> None:
    ours = against("ruling", "one")
    others = against("ruling", "two"), against("fact", "one"), against("ruling", "one", state="resolved")
    assert of(OTHER, ours, *others) == Outcome(end="resolved", against=(ours,))


def test_a_finding_is_known_however_much_of_its_id_is_shown() -> None:
    long, short = replace(PAIR, id="KAAAAAAB2"), replace(PAIR, id="KAAAAAA")
    for shown, asked in ((long, short), (short, long)):
        assert alike(shown, asked)
        assert Named([OTHER, shown])(asked.id) is shown
        assert outcome(asked, [RULING], [asked], [shown]).end == "unchanged"
    assert not alike(long, replace(PAIR, id="KAAAAAAC2"))
    assert Named([long])("KAAAAAAC2") is None
    assert Named([])("KAAAAAA") is None
