"""What a config makes of findings."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from audit.gate import FailOn, Level, blocking, exit_code, settle, wants_possible
from audit.model import Finding, Kind, Position, Quote, Reason, Severity, Side, State
from audit.problem import Problem
from claims.model import Claim, Flag, Hedge


def claim(article: str, hedged: Hedge | None = None) -> Claim:
    return Claim(
        id="c1", article=article, topic="t.one", value=Flag(holds=True), hedged=hedged, quote="是", start=0, end=1,
        line=1, column=1, origin="sentence", pattern="p",
    )  # fmt: skip


def finding(
    kind: Kind = "contradiction", severity: Severity = "error", *claims: Claim, topic: str = "t.one",
    state: State = "open", name: str = "K1",
) -> Finding:  # fmt: skip
    sides = tuple(
        Side(Position(topic, Flag(holds=n == 0)), 1, (c,)) for n, c in enumerate(claims or (claim("a"), claim("b")))
    )
    return Finding(id=name, code=kind, topic=topic, kind=kind, severity=severity, state=state, sides=sides)


def severity(one: Finding, levels: dict[str, Level]) -> Severity | None:
    settled = settle([one], levels)
    return settled[0].severity if settled else None


def test_nothing_said_nothing_changed() -> None:
    assert settle([finding()], {}) == [finding()]


CASES: list[tuple[Finding, dict[str, Level], Severity | None]] = [
    (finding(), {"contradiction": "info"}, "info"),
    (finding("outdated", "warning"), {"outdated": "error"}, "error"),
    (finding(), {"t.one": "warning"}, "warning"),
    (finding(), {"contradiction": "info", "t.one": "warning"}, "warning"),
    (finding(), {"contradiction": "off"}, None),
    (finding(), {"t.one": "off"}, None),
    (finding(), {"t.one": "off", "contradiction": "error"}, None),
    (finding(), {"t.other": "off"}, "error"),
    (finding("possible", "info"), {"t.one": "error"}, "info"),
    (finding("possible", "info"), {"possible": "warning"}, "warning"),
    (finding("possible", "info"), {"possible": "error", "t.one": "warning"}, "warning"),
    (finding("possible", "info"), {"possible": "info", "t.one": "warning"}, "info"),
    (finding("outdated", "warning", claim("a", "maybe"), claim("b")), {"outdated": "error"}, "info"),
    (finding("outdated", "warning", claim("a#teaser-1"), claim("b")), {"outdated": "error"}, "warning"),
    (finding("outdated", "info", claim("a#teaser-1"), claim("b")), {"outdated": "info"}, "info"),
]


@pytest.mark.parametrize(("one", "levels", "wanted"), CASES)
def test_levels(one: Finding, levels: dict[str, Level], wanted: Severity | None) -> None:
    assert severity(one, levels) == wanted


def test_a_config_takes_back_the_reasons_for_another_severity() -> None:
    reasons = tuple(Reason(code) for code in ("flags-differ", "not-core", "of-teaser"))
    one = replace(finding("overgeneral", "info", claim("a#teaser-1"), claim("b")), reasons=reasons)

    def codes(level: Level) -> list[str]:
        (settled,) = settle([one], {"overgeneral": level})
        return [r.code for r in settled.reasons]

    assert codes("error") == ["flags-differ", "of-teaser", "by-config"]
    assert codes("info") == ["flags-differ", "not-core", "of-teaser"]


def test_how_bad_a_finding_is_by_its_nature_is_kept() -> None:
    (settled,) = settle([finding()], {"contradiction": "info"})
    assert settled.natural == "error"
    (again,) = settle([settled], {"contradiction": "warning"})
    assert (again.severity, again.natural) == ("warning", "error")


def test_settled_findings_stand_worst_first() -> None:
    found = [finding(name="K2"), finding("outdated", "warning", name="K1"), finding(topic="t.a", name="K3")]
    settled = settle(found, {"outdated": "error", "t.a": "info"})
    assert [f.id for f in settled] == ["K1", "K2", "K3"]


@pytest.mark.parametrize(("fail_on", "wanted"), [("error", 1), ("warning", 2), ("info", 3), ("never", 0)])
def test_blocking(fail_on: FailOn, wanted: int) -> None:
    found = [finding(), finding("outdated", "warning"), finding("possible", "info")]
    assert len(blocking(found, fail_on)) == wanted


def test_resolved_findings_do_not_block_those_under_review_do() -> None:
    assert blocking([finding(state="resolved")], "info") == []
    assert len(blocking([finding(state="under-review")], "error")) == 1


def test_of_some_articles_those_block_that_no_reference_upholds() -> None:
    one = finding()
    assert blocking([one], "error", {"a"}) == blocking([one], "error", {"b", "c"}) == [one]
    assert blocking([one], "error", {"c"}) == blocking([one], "error", ()) == []
    right, wrong = one.sides
    upheld = replace(one, sides=(replace(right, upheld="fact"), wrong))
    assert blocking([upheld], "error", {"a"}) == []
    assert blocking([upheld], "error", {"a", "b"}) == [upheld]
    assert blocking([upheld], "error") == [upheld]


def test_exit_codes() -> None:
    error, warning = Problem(path="a", code="x"), Problem(path="a", code="x", severity="warning")
    assert exit_code(False, []) == exit_code(False, [warning]) == 0
    assert exit_code(True, [warning]) == 1
    assert exit_code(True, [error]) == exit_code(False, [error]) == 2


def test_possible_is_off_unless_a_config_gives_it_a_level() -> None:
    assert not wants_possible({})
    assert not wants_possible({"possible": "off"})
    assert wants_possible({"possible": "info"})


def test_a_reference_is_neither_a_maybe_nor_a_teaser() -> None:
    """Of the two sides of a finding against a fact one has no claims."""
    sure = finding("against-fact", "warning", claim("a"))
    fact = Side(Position("t.one", Flag(holds=False)), 0)
    for sides in ((fact, *sure.sides), (*sure.sides, fact)):
        assert severity(replace(sure, sides=sides), {"against-fact": "error"}) == "error"


def test_a_side_is_as_sure_as_its_surest_claim() -> None:
    one = finding("contradiction", "warning", claim("a", "maybe"), claim("b"))
    maybe, sure = one.sides
    mixed = replace(maybe, claims=(claim("a", "maybe"), claim("a#teaser-1")))
    assert severity(replace(one, sides=(mixed, sure)), {"contradiction": "error"}) == "error"


def test_a_defect_of_a_teaser_is_one_lower() -> None:
    quote = Quote("a.md#teaser-1", 0, 1, 1, 1, "三步")
    for quotes, wanted in (((quote,), "warning"), ((quote, replace(quote, article="a.md")), "error")):
        one = Finding(
            id="K1", code="count-mismatch", topic=None, kind="count-mismatch", severity="info",
            sides=(Side(None, 1, quotes=quotes),),
        )  # fmt: skip
        assert severity(one, {"count-mismatch": "error"}) == wanted
    assert settle([one], {"t.one": "off"}) == [one]


def test_a_level_of_a_topic_never_raises_what_is_possible() -> None:
    lowered = finding("possible", "warning")
    assert severity(lowered, {"t.one": "info"}) == "info"
    assert severity(lowered, {"t.one": "error"}) == "warning"
