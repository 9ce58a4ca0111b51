"""What a cluster's run is made of, without Dask: groups, tasks, whether a worker may read."""

from __future__ import annotations

import pickle
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.cluster import fitness
from audit.cluster.errors import ClusterError
from audit.cluster.fitness import hold, hold_versions, versions_here, wanted
from audit.cluster.groups import LEAST_BYTES, MOST_BYTES, MOST_PARTITIONS, grouped, halves
from audit.cluster.tasks import Job, harvest_in, merge, packed, read, read_alone, unpacked
from audit.files import File, discover
from audit.harvest import Asked, Watch
from audit.pieces import Task
from audit.positions import Needs
from audit.summing import summarise
from claims.domain import load_domain


def listed(sizes: list[int]) -> list[File]:
    return [File(path=f"{n}.md", place=f"/x/{n}.md", size=size) for n, size in enumerate(sizes)]


@given(st.lists(st.integers(0, 3_000_000), max_size=300), st.integers(1, 200))
def test_groups_hold_every_file_once_in_partitions_that_are_few(sizes: list[int], workers: int) -> None:
    files = listed(sizes)
    found = list(grouped(files, workers))
    assert [file for _, group in found for file in group] == files
    numbers = [number for number, _ in groupby(found, key=lambda f: f[0])]
    assert numbers == list(range(len(numbers)))
    assert len(numbers) <= MOST_PARTITIONS + 1
    assert all(sum(f.size for f in group[:-1]) < MOST_BYTES for _, group in found)


def test_a_small_corpus_has_work_for_all() -> None:
    groups = list(grouped(listed([LEAST_BYTES] * 100), 10))
    assert len(groups) == 100
    assert Counter(n for n, _ in groups).most_common(1)[0][1] == 8


def test_halves() -> None:
    assert [len(half) for half in halves(listed([1] * 5))] == [2, 3]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    said = ("家庭共济已经可以跨省使用。", "家庭共济目前不能跨省使用。", "统筹基金不能给家人共享。")
    for n in range(12):
        (folder / f"{n:02}.md").write_text(said[n % 3] + "\n", encoding="utf-8")
    return folder


def asked() -> Asked:
    needs = Needs(topics=load_domain("yibao").topics, whole=False)
    return Asked(task=Task(("yibao",)), today="2026-01-01", needs=needs, watch=Watch())


def test_sums_of_tasks_are_the_sum(corpus: Path) -> None:
    files = tuple(discover(corpus).files)
    job = Job(asked(), wanted(files, ("yibao",)))
    again = unpacked(packed(job), Job)
    parts = [read(again, packed(files[i : i + 5])) for i in (0, 5)] + [read_alone(again, packed(files[10:]))]
    one, whole = harvest_in(merge(*parts)), summarise(files, job.asked)
    assert one.summary == whole.summary
    assert one.articles == whole.articles
    assert one.claims == whole.claims > 0
    assert one.titles() == whole.titles()


def test_a_worker_that_has_all_may_read(corpus: Path) -> None:
    files = discover(corpus).files
    what = wanted(files, ("yibao",))
    assert len(what.probes) == len(files)
    assert hold(what, "w") is None


def code(what: fitness.Wanted) -> tuple[str, dict[str, str]]:
    with pytest.raises(ClusterError) as e:
        hold(what, "w")
    told = pickle.loads(pickle.dumps(e.value))  # as it comes from a worker
    return told.code, told.blanks


def test_what_a_worker_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("家庭共济目前不能跨省使用。\n", encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    (own / "domain.yaml").write_text("x: 1\n")
    what = wanted(discover(tmp_path).files, ("yibao", str(own)))
    place = (tmp_path.resolve() / "b.md").as_posix()
    (tmp_path / "b.md").write_text("家庭共济已经可以跨省使用。\n", encoding="utf-8")
    assert code(what) == ("cluster-other-file", {"worker": "w", "file": place})
    (tmp_path / "b.md").unlink()
    assert code(what) == ("cluster-unseen", {"worker": "w", "file": place})
    (own / "domain.yaml").write_text("x: 2\n")
    assert code(what) == ("cluster-domain", {"worker": "w", "file": str(own)})
    monkeypatch.setattr(fitness, "program_mark", lambda: "another")
    assert code(what) == ("cluster-program", {"worker": "w"})


def test_versions() -> None:
    here = {"python": "3.11.7", "koujing": "1.0", "msgspec": "0.20"}
    hold_versions(here, [("w", here)])
    hold_versions(versions_here(), [])
    for name in here:
        with pytest.raises(ClusterError, match="cluster-versions"):
            hold_versions(here, [("v", here), ("w", {**here, name: "0.1"})])
        with pytest.raises(ClusterError, match="cluster-missing"):
            hold_versions(here, [("w", {**here, name: None})])
