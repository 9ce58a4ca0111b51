"""Which side most likely stands: only where something speaks clearly."""

from __future__ import annotations

import msgspec
from audit_cases import AREA, claim, high, low

from audit.model import Finding, Position, Quote, Reference, Side
from audit.suggestions import Suggestion, articles, span, suggest
from claims.model import Claim

NATION, PROVINCE = Position(AREA.id, low("nation")), Position(AREA.id, high("province"))
FACT = Reference(id="across", kind="fact", position=NATION)


def side(position: Position, *days: str | None, article: str = "a", **fields: object) -> Side:
    claims = tuple(said(position, f"{article}{n}.md", day, n) for n, day in enumerate(days))
    return Side(position, len(claims), claims, **fields)  # type: ignore[arg-type]


def said(position: Position, article: str, day: str | None, n: int) -> Claim:
    return claim(AREA, position.value, article, as_of=day, id=f"c{article[0]}{n}")


def finding(one: Side, other: Side) -> Finding:
    return Finding(
        id="KAAAAAA", code="contradiction", topic=AREA.id, kind="contradiction", severity="error", sides=(one, other)
    )


def test_what_a_fact_says_goes_before_all_else() -> None:
    newer = side(PROVINCE, "2025-06-01", "2025-06-01", "2025-06-01")
    against = finding(Side(NATION, 0, (), FACT), newer)
    assert suggest(against) == Suggestion(side=0, why="reference", reference="across", kind="fact")
    upheld = finding(newer, side(NATION, "2020-01-01", article="b", upheld="mine"))
    assert suggest(upheld) == Suggestion(side=1, why="reference", reference="mine", kind="fact")
    assert suggest(upheld, {"mine": "ruling"}) == Suggestion(side=1, why="reference", reference="mine", kind="ruling")


def test_the_newer_side_where_all_its_days_are_later() -> None:
    old, new = side(PROVINCE, "2023-01-01", "2024-05-01"), side(NATION, "2024-05-02", "2025-01-01", article="b")
    for sides, n in (((old, new), 1), ((new, old), 0)):
        assert suggest(finding(*sides)) == Suggestion(side=n, why="newer", first="2024-05-02", last="2024-05-01")


def test_days_that_interlace_or_are_missing_say_nothing() -> None:
    old = side(PROVINCE, "2023-01-01", "2024-05-01")
    assert suggest(finding(old, side(NATION, "2024-05-01", article="b"))) is None
    assert suggest(finding(old, side(NATION, "2024-04-01", "2025-01-01", article="b"))) is None
    assert suggest(finding(old, side(NATION, "2025-01-01", None, article="b"))) is None


def test_a_majority_only_where_it_is_clear() -> None:
    def against(n: int, m: int) -> Suggestion | None:
        return suggest(finding(side(PROVINCE, *[None] * n), side(NATION, *[None] * m, article="b")))

    assert against(3, 1) == Suggestion(side=0, why="majority", ours=3, theirs=1)
    assert against(2, 6) == Suggestion(side=1, why="majority", ours=6, theirs=2)
    assert against(2, 5) is None
    assert against(2, 0) is None  # two are no majority


def test_articles_are_counted_and_not_claims() -> None:
    often = Side(PROVINCE, 4, tuple(said(PROVINCE, "a.md", None, n) for n in range(4)))
    assert articles(often) == 1
    assert suggest(finding(often, side(NATION, None, article="b"))) is None


def test_a_defect_has_no_side_that_stands() -> None:
    words = Quote("a.md", 0, 1, 1, 1, "字")
    defect = Finding(
        id="KAAAAAA", code="count-mismatch", topic=None, kind="count-mismatch", severity="warning",
        sides=(Side(None, 1, quotes=(words,)), Side(None, 1, quotes=(words,))),
    )  # fmt: skip
    assert suggest(defect) is None


def test_since_when_a_side_is_said() -> None:
    when = span(side(NATION, "2025-01-01", None, "2023-02-03"))
    assert (when.first, when.last, when.undated) == ("2023-02-03", "2025-01-01", 1)
    assert span(side(NATION, None)).first == ""


def test_days_and_numbers_say_nothing_of_a_rule_and_what_holds_within_it() -> None:
    newer = finding(side(PROVINCE, "2024-01-01"), side(NATION, "2025-01-01", article="b"))
    assert suggest(newer) is not None
    assert suggest(msgspec.structs.replace(newer, kind="overgeneral")) is None
