"""The harness: what is timed in other processes, how runs are interleaved, what rows and tables come of it."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from benchmarks import others, rows
from benchmarks.__main__ import has_peers
from benchmarks.material import Material, described, jobs, made_articles, pages, spacy_job
from benchmarks.result import Check, Corpus, Machine, Result, Row, Side
from benchmarks.rows import Measured, Setting
from benchmarks.table import BEGIN, END, markdown, renewed, text
from benchmarks.workers import ROOT, Run, Worker, WorkerError, interleaved
from claims.domain import load_domain

SERVER = """
from benchmarks.serving import Act, serve
def write(part):
    print("chatter of a library", flush=True)
    return "字" * part


act = Act(write, lambda found: {"hits": len(found)}, True)
serve({"write": act}, {"peer": "1.0"})
"""


def test_a_process_answers_what_it_is_asked() -> None:
    with Worker("-c", SERVER) as peer:
        assert peer.about == {"peer": "1.0"}
        run = peer.run("write", 3)
    assert run.told == {"hits": 3}
    assert run.passes == 1
    assert run.wall > 0


def test_a_process_that_ends_is_told() -> None:
    with pytest.raises(WorkerError, match="exit code 3"), Worker("-c", "raise SystemExit(3)"):
        pass


class Fake:
    """A worker that takes 2 seconds for everything and finds what it is told to."""

    asked: ClassVar[list[tuple[str, str, int]]] = []
    about: ClassVar[dict[str, Any]] = {
        "strings": 9, "patterns": 2, "fastest": "dfa", "fastest for all hits": "dfa", "spaCy": "3.8"
    }  # fmt: skip

    def __init__(self, *arguments: str, python: Path | None = None) -> None:
        self.module = arguments[1]
        self.made = None

    def run(self, name: str, part: int) -> Run:
        Fake.asked.append((self.module, name, part))
        several = FEW * 2 if "spacy" in self.module else FEW
        return Run(float(several), float(several), 1, self.told(name, part))

    def told(self, name: str, part: int) -> dict[str, Any]:
        if name == "claims":
            return {"hits": 9, "typed": sum(len(m.says) for m in MADE.made[part]), "digest": "x"}
        if name == "said":
            says = [[[s.topic, s.value, 1] for s in m.says] for m in MADE.made[part]]
            return {"said": says, "patterns": [["a", "b"]]}
        if name == "which":
            return {"patterns": [["a"]]}
        return {"hits": 5, "digest": "same"}

    def __enter__(self) -> Fake:
        return self

    def __exit__(self, *_: object) -> None:
        pass


FEW = 2


@pytest.fixture(scope="module", autouse=True)
def made(tmp_path_factory: pytest.TempPathFactory) -> None:
    global MADE
    MADE = made_articles(tmp_path_factory.mktemp("made"), FEW, 3)


MADE: Material


def test_each_part_is_other_articles() -> None:
    assert [len(part) for part in MADE.parts] == [FEW] * 4
    names = [path for part in MADE.parts for path, _ in part]
    assert len(set(names)) == len(names)
    assert all(Path(place).is_file() for part in MADE.parts for _, place in part)
    assert [m.name for m in MADE.made[2]] == [path for path, _ in MADE.parts[2]]
    assert [len(part) for part in MADE.few(1).parts] == [1] * 4


def test_pages_are_read_each_time_and_may_be_absent(tmp_path: Path) -> None:
    assert pages([tmp_path / "none"]) is None
    (tmp_path / "one.txt").write_text("职工医保可以家庭共济。\n", encoding="utf-8")
    found = pages([tmp_path])
    assert found is not None
    assert not found.once
    corpus = described(found)
    assert (corpus.articles, corpus.distinct) == (1, 1.0)
    assert corpus == described(found)


def test_jobs_are_files(tmp_path: Path) -> None:
    assert set(jobs(MADE, tmp_path)) == {"koujing", "autocorrect"}
    assert set(jobs(MADE, tmp_path, scans=True)) == {"koujing"}
    assert "家庭共济" in spacy_job(MADE, load_domain("yibao"), tmp_path).read_text(encoding="utf-8")


def test_runs_are_interleaved_and_the_order_turns() -> None:
    Fake.asked = []
    one, two = Fake("-m", "one"), Fake("-m", "two")
    found = interleaved({"a": (one, "x"), "b": (two, "y")}, [1, 2], 0)  # type: ignore[dict-item]
    assert [(m, part) for m, _, part in Fake.asked] == [
        ("one", 0), ("two", 0), ("one", 1), ("two", 1), ("two", 2), ("one", 2)
    ]  # fmt: skip
    assert {name: len(runs) for name, runs in found.items()} == {"a": 2, "b": 2}


@pytest.mark.parametrize("peers", [Path("python"), None])
def test_rows_of_one_process(peers: Path | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(rows, "Worker", Fake)
    measured = Measured()
    setting = Setting(tmp_path, 3, peers, FEW)
    rows.one_process(MADE, setting, measured)
    rows.against_spacy(MADE, load_domain("yibao"), setting, measured)
    assert all(check.holds for check in measured.checks), measured.checks
    absent = [row for row in measured.rows if row.absent]
    assert len(measured.rows) == 9
    assert len(absent) == (4 if peers is None else 0)
    if peers is not None:
        assert measured.rows[-1].ratio == 2
        assert measured.rows[-1].met is False
        assert any("50%" in note for note in measured.notes)
    assert measured.rows[0].one.seconds == (1.0, 1.0, 1.0)


def test_a_wrong_result_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(rows, "Worker", Fake)
    monkeypatch.setattr(Fake, "told", lambda self, name, part: {"typed": 1, "said": [[], []], "hits": 1})
    measured = Measured()
    rows.one_process(MADE, Setting(tmp_path, 3, None, FEW), measured)
    assert [check.holds for check in measured.checks] == [False, False]


def test_there_are_no_peers_where_there_is_no_python(tmp_path: Path) -> None:
    assert not has_peers(None)
    assert not has_peers(tmp_path / "python")


def test_a_module_of_benchmarks_joins_and_may_be_absent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    measured = Measured()
    several = SimpleNamespace(measured=lambda folder, n: ([row(at_most=n)], [Check("known", folder.is_dir())]))
    monkeypatch.setitem(sys.modules, "benchmarks.warm", several)
    monkeypatch.setitem(sys.modules, "benchmarks.startup", None)
    others.joined("warm", tmp_path / "warm", 3, measured)
    others.joined("startup", tmp_path / "startup", 3, measured)
    assert [r.absent for r in measured.rows] == ["", "there is no such module"]
    assert [r.met for r in measured.rows] == [True, None]
    assert measured.rows[0].per == "run"
    assert measured.checks == [Check("known", True)]
    monkeypatch.setitem(sys.modules, "benchmarks.startup", SimpleNamespace())
    others.joined("startup", tmp_path / "startup", 3, measured)
    assert "by itself" in measured.rows[-1].absent


def row(**more: Any) -> Row:
    return Row(section="made", name="a / b", one=Side("a", (3.0, 8.0, 4.0)), other=Side("b", (1.0, 2.0, 2.0)), **more)


def test_a_ratio_is_the_median_of_runs_side_by_side() -> None:
    assert row().ratios == [3.0, 4.0, 2.0]
    assert row().ratio == 3.0
    assert [row(at_most=3).met, row(at_most=2.9).met, row(at_least=3.1).met, row().met] == [True, False, False, None]
    assert row(at_most=3, absent="why").met is None


def result() -> Result:
    machine = Machine("a processor", 2, "Linux", "CPython 3.11", {"koujing": "1"}, "abc", "2026-01-15", (0.1, 1.2))
    several = (row(at_most=3), row(at_least=4), Row(section="made", name="c / d", absent="no peers", at_least=2))
    checks = (Check("known", True, "5 of 5"), Check("lost", False))
    return Result(machine, (Corpus("made", 3, 4000, "d1ge57", 0.5),), several, checks, ("a note",), 12.0)


def test_the_table_says_what_is_met_missed_and_absent() -> None:
    page = markdown(result())
    assert "| a / b | 4000 / 2000 | **3** | 2–4 | at most 3 | yes |" in page
    assert "| at least 4 | **no** |" in page
    assert "| at least 2 | not measured: no peers |" in page
    assert "| made: a / b | at least 4 | 3 | **no** |" in page
    assert "| made: c / d | at least 2 |  | not measured: no peers |" in page
    assert "**failed: lost**" in page
    assert "a processor, 2 cores" in page


def test_the_terminal_says_the_same() -> None:
    said = text(result())
    assert "3 (2–4); 4000 / 2000 ms an article; target at least 4: NOT MET" in said
    assert "NO  lost" in said
    assert "not measured: no peers" in said


def test_a_page_is_renewed_between_its_marks() -> None:
    page = f"# Speed\n\n{BEGIN}\nold\n{END}\n\nmore\n"
    new = renewed(page, markdown(result()))
    assert "old" not in new
    assert new.startswith("# Speed\n\n")
    assert new.endswith("\n\nmore\n")
    assert renewed(new, markdown(result())) == new
    with pytest.raises(ValueError, match="no <!--"):
        renewed("# Speed\n", markdown(result()))


def test_the_page_in_docs_can_be_renewed() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert renewed(page, markdown(result())) != page


def test_rows_measured_later_take_the_place_of_their_section() -> None:
    def result(day: str, *rows: Row) -> Result:
        machine = Machine(
            processor="x", cores=2, system="Linux", python="3.11", versions={}, commit=f"c{day}", day=day,
            load=(0.5, 0.6),
        )  # fmt: skip
        checks = (Check(f"all of {rows[-1].section}", day == "2"), Check(f"of {day}", True))
        return Result(machine=machine, corpora=(), rows=rows, checks=checks)

    cold, warm, again = (Row(section=s, name=n) for s, n in (("cold", "a"), ("warm", "b"), ("warm", "c")))
    both = result("1", cold, warm).with_rows_of(result("2", again))
    assert both.rows == (cold, again)
    assert [(c.name, c.holds) for c in both.checks] == [("of 1", True), ("all of warm", True), ("of 2", True)]
    assert both.machine.day == "1"
    assert both.notes == ("warm: measured later, 2, commit c2; load average 0.5 before",)
