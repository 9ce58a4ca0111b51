"""The screens of `koujing resolve`, at two widths and in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from report_cases import AGAINST, DEFECT, FACT, FINDINGS, SOURCES, report, words
from syrupy.assertion import SnapshotAssertion

from audit.model import Finding, Reason, Side
from audit.rulings.model import Rest, Ruling
from audit.rulings.outcome import Outcome
from audit.suggestions import Suggestion, suggest
from reports import resolving
from reports.resolving import View
from reports.width import columns, wrapped
from reports.wording.terms import LANGS, Lang

EVERY = {f.id: f for f in (*FINDINGS, *AGAINST, DEFECT)}
CLASH = Finding(
    id="KCLASH1", code="ruling-contradiction", topic=None, kind="ruling-contradiction", severity="error",
    reasons=(Reason("ruling-against-fact", (("other", "own"), ("path", "rulings/K.yaml"), ("ruling", "K"))),),
    sides=(Side(FACT.position, 0, (), FACT),),
)  # fmt: skip
SAYS = {
    "reference": Suggestion(side=0, why="reference", reference="own-card", kind="ruling"),
    "newer": Suggestion(side=1, why="newer", first="2025-03-11", last="2023-01-31"),
    "majority": Suggestion(side=0, why="majority", ours=9, theirs=2),
    "none": None,
}


def view(lang: Lang = "zh", width: int = 80, color: bool = False) -> View:
    titles = report().titles
    return View(words=words(lang), sources=SOURCES.get, titles=titles, width=width, color=color)


@pytest.mark.parametrize("width", [80, 40])
@pytest.mark.parametrize("lang", LANGS)
def test_findings(snapshot: SnapshotAssertion, lang: Lang, width: int) -> None:
    shown = view(lang, width)
    screens = [
        resolving.finding_screen(f, n, len(EVERY), suggest(f), shown) + resolving.menu(f, shown)
        for n, f in enumerate(EVERY.values(), start=1)
    ]
    assert "\n".join(screens) == snapshot


@pytest.mark.parametrize("lang", LANGS)
def test_what_comes_of_it(snapshot: SnapshotAssertion, lang: Lang) -> None:
    shown, finding = view(lang), FINDINGS[0]
    against = Outcome(end="resolved", closed=("KB", "KC"), against=(AGAINST[0],) * 12)
    parts = [
        *(resolving.suggestion_words(one, lang) + "\n" for one in SAYS.values()),
        resolving.help_screen(finding, shown),
        resolving.help_screen(DEFECT, shown),
        resolving.choices(finding, shown),
        resolving.places_screen(finding, None, shown),
        resolving.places_screen(finding, SAYS["newer"], shown),
        resolving.file_screen("rulings/K.yaml", "# 甲\nby: \u202e李\n", shown),
        resolving.outcome_screen(finding, against, shown),
        resolving.outcome_screen(finding, Outcome(end="reduced", left=2), shown),
        resolving.outcome_screen(finding, Outcome(end="unchanged", troubles=(CLASH,)), shown),
        resolving.ending(2, 1, 3, 1, ["git add rulings/K.yaml", "koujing check"], shown),
    ]
    assert "\n".join(parts) == snapshot


@pytest.mark.parametrize("finding", EVERY.values(), ids=lambda f: f.id)
@pytest.mark.parametrize("width", [30, 40, 57, 80, 200])
@pytest.mark.parametrize("lang", LANGS)
def test_no_line_is_wider_than_the_terminal(finding: Finding, width: int, lang: Lang) -> None:
    shown = view(lang, width)
    text = resolving.finding_screen(finding, 1, 9, suggest(finding), shown) + resolving.menu(finding, shown)
    text += resolving.help_screen(finding, shown) + resolving.places_screen(finding, None, shown)
    assert max(map(columns, text.splitlines())) <= min(width, resolving.MOST)


def test_colour_adds_nothing_but_colour() -> None:
    import re

    plain = resolving.finding_screen(FINDINGS[0], 1, 9, None, view())
    painted = resolving.finding_screen(FINDINGS[0], 1, 9, None, view(color=True))
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain


def test_what_articles_say_steers_no_terminal() -> None:
    for finding in EVERY.values():
        text = resolving.finding_screen(finding, 1, 9, None, view()) + resolving.choices(finding, view())
        assert not set("\x1b\u202e\r") & set(text)


def test_nothing_of_a_defect_stands() -> None:
    assert not {"1", "2"} & set(resolving.keys_of(DEFECT))
    assert {"1", "2"} < set(resolving.keys_of(FINDINGS[0]))


def test_what_was_decided_before() -> None:
    ruling = Ruling(
        id="K", path="rulings/K.yaml", verdict="under-review", reason="r", by="b", on="2025-06-01",
        expires="2025-07-01", rests=(Rest("a.md", "字"),),
    )  # fmt: skip
    assert resolving.status(ruling, view()) == "正在核实，到 2025年7月1日 为止（rulings/K.yaml）"


@given(st.text(alphabet="甲乙，。“”（）ab1 -/", max_size=60), st.integers(4, 30))
def test_wrapped_text_loses_no_character(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_what_is_long_is_cut_and_counted() -> None:
    side = FINDINGS[0].sides[0]
    claims = tuple(replace(side.claims[0], id=f"c{n}") for n in range(200))
    long = replace(FINDINGS[0], sides=(replace(side, claims=claims, count=200), FINDINGS[0].sides[1]))
    for text in (resolving.places_screen(long, None, view()), resolving.choices(long, view())):
        assert len(text.splitlines()) < 4 * resolving.LISTED
        assert "……另有 161 处，全部见 koujing explain KAAAAAA" in text
    assert "……另有 60 行" in resolving.file_screen("rulings/K.yaml", "# 甲\n" * 100, view())
