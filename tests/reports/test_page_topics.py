"""The page's topics: nothing is drawn outside its box, nothing is lost in folding, every date has a bucket."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.model import Finding, Position, Reference, Side
from claims.model import Claim, Flag, Measure, scope_of
from reports.html import charts
from reports.html.links import Links, topic_id
from reports.html.page import draw
from reports.html.record import Audit, Listing, Stand
from reports.html.sections import SECTIONS
from reports.html.stands import ROWS, TONES, Weighed, rows_of, weigh
from reports.html.topics import TopicShown, topics
from reports.record import Report
from reports.wording.times import moment, span
from reports.wording.vocabulary import Vocabulary
from tests.reports.test_page import EXAMPLES, audited

DAYS = st.dates().map(str)
COUNTS = st.lists(st.tuples(st.sampled_from(TONES), st.integers(0, 500)), max_size=6)
ROUNDING = 0.02


def claim(n: int, article: str, position: Position, as_of: str | None = None) -> Claim:
    return Claim(
        id=f"c{n}", article=article, topic=position.topic, value=position.value, quantifier=position.quantifier,
        scope=position.scope, except_=position.except_, as_of=as_of, quote="甲", start=n, end=n + 1, line=1, column=1,
        origin="sentence", pattern="p",
    )  # fmt: skip


def audit(
    stands: list[Stand], dates: dict[str, str | None], findings: tuple[Finding, ...] = (), *references: Reference
) -> Audit:
    report = Report(
        words=Vocabulary("zh"), articles=len(dates), claims=sum(len(s.claims) for s in stands), findings=findings,
        today="2025-06-30",
    )  # fmt: skip
    return Audit(
        report=report,
        articles={name: Listing(article=name, date=dates[name]) for name in sorted(dates)},
        stands={"t": tuple(stands)},
        references={r.id: r for r in references},
    )


@given(COUNTS, st.integers(0, 500))
def test_a_bar_is_within_its_box_and_its_parts_follow_one_another(counts: list[tuple[str, int]], more: int) -> None:
    most = sum(n for _, n in counts) + more
    pieces = charts.bar(counts, most)
    assert sum(p.count for p in pieces) == sum(n for _, n in counts)
    end = 0.0
    for piece in pieces:
        assert piece.x == pytest.approx(end, abs=ROUNDING)
        assert piece.width >= 0
        end = piece.x + piece.width
    assert end <= 100 + ROUNDING


@given(st.lists(DAYS, min_size=1, max_size=40), st.lists(DAYS, max_size=4), DAYS)
def test_every_day_has_a_bucket(days: list[str], marks: list[str], today: str) -> None:
    axis = charts.axis(days, marks, today)
    assert axis is not None
    assert charts.LEAST <= axis.count <= charts.MOST
    for day in days:
        bucket = axis.bucket(day)
        assert axis.holds(day)
        assert axis.edge(bucket) - ROUNDING <= axis.at(day) <= axis.edge(bucket + 1) + ROUNDING
    for mark in marks:
        if max(days) < mark <= today:
            assert axis.holds(mark)


@given(st.lists(DAYS, min_size=1, max_size=30), COUNTS)
def test_columns_are_within_their_buckets(days: list[str], counts: list[tuple[str, int]]) -> None:
    axis = charts.axis(days)
    assert axis is not None
    most = max(1, sum(n for _, n in counts))
    filled = {axis.bucket(day): counts for day in days}
    pieces = charts.columns(filled, axis, most)
    assert sum(p.count for p in pieces) == len(filled) * sum(n for _, n in counts)
    for piece in pieces:
        bucket = int(piece.x * axis.count / 100)
        assert axis.edge(bucket) <= piece.x
        assert piece.x + piece.width <= axis.edge(bucket + 1) + ROUNDING
        assert piece.y >= -ROUNDING
        assert piece.y + piece.height <= 100 + ROUNDING


@given(st.lists(DAYS, min_size=1, max_size=30))
def test_labels_of_an_axis_do_not_meet(days: list[str]) -> None:
    axis = charts.axis(days)
    assert axis is not None
    at = [tick.x for tick in charts.ticks(axis)]
    assert at[0] == 0
    assert at[-1] == 100
    assert all(b - a >= charts.APART / 2 for a, b in pairwise(at))


def test_buckets_are_as_fine_as_there_is_room_for() -> None:
    for days, size in (
        (["2025-01-01", "2025-12-31"], charts.MONTH),
        (["2020-01-01", "2025-12-31"], charts.QUARTER),
        (["2004-01-01", "2025-12-31"], charts.YEAR),
        (["1990-01-01", "2025-12-31"], 2 * charts.YEAR),
    ):
        axis = charts.axis(days)
        assert axis is not None
        assert axis.size == size


def test_no_days_no_axis() -> None:
    assert charts.axis([], ["2025-01-01"], "2025-06-30") is None


def test_a_mark_before_the_first_article_widens_nothing_but_one_after_the_last_does() -> None:
    days = ["2024-01-05", "2024-12-05"]
    assert charts.axis(days, ["2001-01-01"], "2025-06-30") == charts.axis(days)
    axis = charts.axis(days, ["2025-03-01"], "2025-06-30")
    assert axis is not None
    assert axis.holds("2025-03-01")
    assert charts.axis(days, ["2025-03-01"], "2025-01-01") == charts.axis(days)


def test_times_in_words() -> None:
    month = 2024 * 12 + 3
    assert moment(month, 1, "zh") == "2024年4月"
    assert moment(month, 1, "en") == "2024-04"
    assert moment(month, 3, "zh") == "2024年二季度"
    assert moment(month, 3, "en") == "2024 Q2"
    assert span(2020 * 12, 60, "zh") == "2020–2024年"
    assert span(2020 * 12, 12, "en") == "2020"


POSITIONS = st.builds(
    lambda value, region, some: Position(
        "t", Measure(Decimal(value), Decimal(value)), "some" if some else "all",
        scope_of({"region": [f"r{region}"]} if region else {}),
    ),
    st.integers(0, 14), st.integers(0, 14), st.booleans(),
)  # fmt: skip


@given(
    st.lists(st.tuples(POSITIONS, st.integers(0, 20)), min_size=1, max_size=60),
    st.lists(st.one_of(st.none(), DAYS), min_size=21, max_size=21),
    st.lists(st.sampled_from(TONES), min_size=60, max_size=60),
)
def test_rows_count_every_article_once(
    said: list[tuple[Position, int]], days: list[str | None], tones: list[str]
) -> None:
    by_position: dict[Position, list[Claim]] = {}
    for n, (position, article) in enumerate(said):
        by_position.setdefault(position, []).append(claim(n, f"a{article}", position))
    stands = [Stand(position, tuple(claims)) for position, claims in by_position.items()]
    weighed = Weighed({f"c{n}": tone for n, tone in enumerate(tones)}, {})  # type: ignore[misc]
    rows = rows_of(stands, weighed, {f"a{n}": day for n, day in enumerate(days)})
    assert len(rows.rows) <= ROWS + 1
    drawn: set[str] = set()
    for row in rows.rows:
        drawn |= row.articles
        assert sum(n for _, n in row.tones) == len(row.articles)
        assert row.undated + sum(n for tally in row.dated.values() for _, n in tally) == len(row.articles)
    assert len(drawn) + rows.left_articles == len({article for _, article in said})
    if not rows.left:
        assert sum(row.claims for row in rows.rows) == len(said)
        assert {p for row in rows.rows for p in row.positions} == set(by_position)
    assert rows == rows_of(stands[::-1], weighed, {f"a{n}": day for n, day in enumerate(days)})


YES, NO = Position("t", Flag(True)), Position("t", Flag(False))


def test_how_claims_stand() -> None:
    stands = [Stand(YES, (claim(1, "a", YES), claim(2, "b", YES))), Stand(NO, (claim(3, "c", NO),))]
    dates: dict[str, str | None] = {"a": "2025-01-02", "b": None, "c": "2025-02-01"}
    sides = (Side(YES, 2, stands[0].claims), Side(NO, 1, stands[1].claims))
    pair = Finding(id="F", code="F", topic="t", kind="contradiction", severity="error", sides=sides)
    found = weigh(audit(stands, dates, (pair,)))
    assert found.tones == {"c1": "conflict", "c2": "conflict", "c3": "conflict"}
    assert found.findings[YES] == {"F"}

    fact = Reference(id="f", kind="fact", position=YES, since="2025-01-01")
    against = (Side(YES, 0, (), fact), Side(NO, 1, stands[1].claims))
    refuting = Finding(id="G", code="G", topic="t", kind="against-fact", severity="error", sides=against)
    assert weigh(audit(stands, dates, (refuting,), fact)).tones == {"c1": "upheld", "c2": "upheld", "c3": "refuted"}


def test_a_resolved_finding_colours_nothing() -> None:
    stands = [Stand(YES, (claim(1, "a", YES),)), Stand(NO, (claim(3, "c", NO),))]
    sides = (Side(YES, 1, stands[0].claims), Side(NO, 1, stands[1].claims))
    pair = Finding(
        id="F", code="F", topic="t", kind="contradiction", severity="error", sides=sides, state="resolved", ruling="r"
    )
    assert weigh(audit(stands, {"a": None, "c": None}, (pair,))).tones == {}


def test_a_fact_speaks_only_for_what_it_covers_and_while_it_holds() -> None:
    here = Position("t", Flag(True), "all", scope_of({"region": ["上海市"]}))
    stands = [Stand(YES, (claim(1, "a", YES, "2024-01-01"), claim(2, "b", YES))), Stand(here, (claim(3, "c", here),))]
    dates: dict[str, str | None] = {"a": None, "b": None, "c": None}

    def marked(**of: object) -> dict[str, str]:
        reference = Reference(**{"id": "f", "kind": "fact", "position": YES, **of})  # type: ignore[arg-type]
        return dict(weigh(audit(stands, dates, (), reference)).tones)

    assert marked(since="2025-01-01") == {"c2": "upheld", "c3": "upheld"}
    assert marked(since="2025-01-01", default=True) == {"c2": "upheld"}
    assert marked(position=here) == {"c3": "upheld"}
    assert marked(position=NO) == {}


def test_many_positions_fold_by_what_there_is_less_of() -> None:
    many = [
        Position("t", Measure(Decimal(v), Decimal(v)), "all", scope_of({"region": [f"r{r}"]}))
        for v in range(3)
        for r in range(20)
    ]
    rows = rows_of([Stand(p, (claim(n, f"a{n}", p),)) for n, p in enumerate(many)], Weighed({}, {}), {})
    assert rows.by == "value"
    assert [len(row.articles) for row in rows.rows] == [20, 20, 20]
    turned = [
        Position("t", Measure(Decimal(v), Decimal(v)), "all", scope_of({"region": [f"r{r}"]}))
        for v in range(20)
        for r in range(3)
    ]
    rows = rows_of([Stand(p, (claim(n, f"a{n}", p),)) for n, p in enumerate(turned)], Weighed({}, {}), {})
    assert rows.by == "scope"
    assert len(rows.rows) == 3


def test_a_row_of_many_scopes_tells_what_they_are_made_of() -> None:
    def at(n: int) -> Position:
        scope = scope_of({"region": [f"r{n:02}"], "year": [str(2020 + n % 5)], "scheme": ["employee"]})
        return Position("t", Flag(n < 20), "some" if n == 3 else "all", scope)

    positions = [Position("t", Flag(True)), *map(at, range(21))]
    of = audit([Stand(p, (claim(n, f"a{n}", p),)) for n, p in enumerate(positions)], {})
    first, second = topics(of, Links())["said"][0].rows
    assert (
        first.bounds
        == "21 种范围 · 未限定范围 · 1 种只说部分地方或情形 · r00、r01、r02等 20 个 · 职工医保 · 2020–2024年"
    )
    assert second.bounds == "r20；职工医保；2020年"


@pytest.mark.parametrize("size", [1, 7, 300])
def test_what_is_rare_is_seen(size: int) -> None:
    refuted, plain = (charts.bar([("refuted", 1), ("plain", size)], 2000)[n] for n in (0, 1))
    assert refuted.width >= charts.SEEN
    assert plain.x == refuted.width
    assert refuted.count == 1


def test_a_topic_without_dates_is_drawn_without_time() -> None:
    of = audit([Stand(YES, (claim(1, "a", YES),))], {"a": None})
    (one,) = topics(of, Links())["said"]
    assert isinstance(one, TopicShown)
    assert one.ticks == ()
    assert one.undated == 1


def test_a_fact_without_a_day_on_the_axis_is_listed_without_mark() -> None:
    fact = Reference(id="old", kind="fact", position=YES, since="2001-01-01")
    late = Reference(id="late", kind="fact", position=YES, since="2025-03-01")
    of = audit([Stand(YES, (claim(1, "a", YES),))], {"a": "2025-01-01"}, (), fact, late)
    (one,) = topics(of, Links())["said"]
    assert [(m.reference.id, m.x is not None) for m in one.marks] == [("old", False), ("late", True)]


def test_thousands_of_positions_take_no_more_room_than_a_few() -> None:
    def at(n: int) -> Position:
        scope = scope_of({"region": [f"{n % 300}市"], "year": [str(2000 + n % 25)]})
        return Position("t", Measure(Decimal(n % 40), Decimal(n % 40)), "all", scope)

    positions = [*dict.fromkeys(map(at, range(4000)))]
    assert len(positions) > 500
    days: dict[str, str | None] = {f"a{n}": f"{2000 + n % 25}-{n % 12 + 1:02d}-01" for n in range(len(positions))}
    of = audit([Stand(p, (claim(n, f"a{n}", p),)) for n, p in enumerate(positions)], days)
    assert len(body(of).encode()) < 60_000


@pytest.fixture(scope="module")
def drawn() -> str:
    return str(body(audited(EXAMPLES)))


def body(of: Audit) -> str:
    (section,) = (s for s in SECTIONS if s.name == "topics")
    return draw(section, of, Links(sections=frozenset(s.name for s in SECTIONS))).body


def test_every_topic_of_the_examples_is_there(drawn: str) -> None:
    of = audited(EXAMPLES)
    for topic in of.stands:
        assert f'id="{topic_id(topic)}"' in drawn
    assert drawn.count("<table") == len(of.stands)


def test_drawings_are_named_and_within_the_policy(drawn: str) -> None:
    for attributes, inside in re.findall(r"<svg([^>]*)>(.*?)</svg>", drawn, re.DOTALL):
        named = 'role="img"' in attributes and "<title>" in inside and "<desc>" in inside
        assert named or "aria-hidden" in attributes
        assert "style" not in attributes + inside
        assert "nan" not in inside


def test_the_same_section_for_the_same_input(drawn: str) -> None:
    assert body(audited(EXAMPLES)) == drawn


def test_a_hostile_topic_is_text(tmp_path: Path) -> None:
    mean = Position("t", Flag(True), "all", scope_of({"region": ["<script>alert(1)</script>\u202e"]}))
    page = body(audit([Stand(mean, (claim(1, "a", mean),))], {"a": "2025-01-01"}))
    assert "<script" not in page
    assert "\u202e" not in page
