"""`koujing check --cluster` with real schedulers and workers: the same bytes, whatever becomes of a worker."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from clusters import ROOT, Place, check, command, environment, place, until

from benchmarks.corpus import article, rows, short, write
from koujing.cli import main

pytest.importorskip("distributed", reason="Dask is not installed: pip install \"koujing[cluster]\"")

ARTICLES = 160
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    write(map(article, range(20)), folder)
    write(map(short, range(20, ARTICLES)), folder)
    # A file that nobody can read, two articles of one id, an article with a defect.
    (folder / "broken.md").write_bytes(b"\x00\x01")
    for name in ("one.md", "two.md"):
        (folder / name).write_text("---\nid: same\n---\n\n家庭共济目前不能跨省使用。\n", encoding="utf-8")
    (folder / "sum.md").write_text("个人缴费400元，财政补助670元，人均筹资1080元。\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    env = environment()
    with place(tmp_path_factory.mktemp("cluster")) as one, one.worker("a", env), one.worker("b", env):
        yield one


def told(done: subprocess.CompletedProcess[bytes]) -> tuple[int, bytes]:
    return done.returncode, done.stdout


def test_the_same_bytes(corpus: Path, cluster: Place, tmp_path: Path) -> None:
    here, there = (tmp_path / name for name in ("here", "there"))
    outputs = [[f"--output={form}={folder / form}" for form in ("json", "csv", "sarif")] for folder in (here, there)]
    local = check(corpus, "--coverage", "--possible", *outputs[0])
    spread = check(corpus, "--coverage", "--possible", *outputs[1], "--cluster", cluster.address)
    assert told(spread) == told(local)
    assert local.returncode == 2
    for form in ("json", "csv", "sarif"):
        assert (here / form).read_bytes() == (there / form).read_bytes()
    assert len(json.loads((here / "json").read_bytes())["findings"]) >= 4
    note, *others = spread.stderr.decode().splitlines()
    assert note.startswith(f"note: 集群 {cluster.address}：2 个 worker；看板 http://127.0.0.1:")
    assert not others


def test_a_project_with_rulings_and_an_export(cluster: Place, tmp_path: Path) -> None:
    root = tmp_path / "repo"
    shutil.copytree(ROOT / "examples", root)
    (root / "cms.jsonl").write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(map(short, range(40)))), encoding="utf-8"
    )
    config = root / "koujing.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "\nexports:\n  - files: cms.jsonl\n", encoding="utf-8")
    local = check(root, "--format", "json")
    assert told(check(root, "--format", "json", "--cluster", cluster.address)) == told(local)
    assert json.loads(local.stdout)["summary"]["articles"] > 60


def reads(folder: Path) -> dict[int, list[str]]:
    """What each process has read."""
    return {int(p.name.removeprefix("read-")): p.read_text().splitlines() for p in folder.glob("read-*")}


def test_a_worker_that_is_killed_costs_what_it_had_not_finished(corpus: Path, tmp_path: Path) -> None:
    root, notes = tmp_path / "corpus", tmp_path / "notes"
    shutil.copytree(corpus, root)
    notes.mkdir()
    # After the first quarter: whichever worker comes to it, and however late the other begins, that has most to read.
    slow = root / f"{article(ARTICLES // 4).name.removesuffix('.md')}-slow-one.md"
    slow.write_text("家庭共济已经可以跨省使用。\n", encoding="utf-8")
    env = environment(folder=str(notes))

    def stuck() -> list[int]:
        return [pid for pid, paths in reads(notes).items() if paths and paths[-1].endswith("slow-one.md")]

    def others_read(lost: int) -> list[str]:
        return [path for pid, paths in reads(notes).items() if pid != lost for path in paths]

    with place(tmp_path / "cluster") as one, one.worker("a", env), one.worker("b", env):
        run = subprocess.Popen(
            command(root, "--format", "json", "--cluster", one.address), cwd=root, env=environment(small=True),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        (lost,) = until(stuck)
        until(lambda: len(others_read(lost)) > ARTICLES // 3)
        os.kill(lost, signal.SIGKILL)
        (notes / "go").touch()
        out, _ = run.communicate(timeout=120)
    local = check(root, "--format", "json")
    assert (run.returncode, out) == told(local)
    assert max(Counter(others_read(lost)).values()) == 1, "what the other one has read is not read again"


def test_a_file_that_kills_workers_is_a_problem_as_it_is_here(tmp_path: Path) -> None:
    root, notes = tmp_path / "corpus", tmp_path / "notes"
    write(map(short, range(12)), root)
    notes.mkdir()
    (root / "0000" / "deadly.md").write_text("家庭共济已经可以跨省使用。\n", encoding="utf-8")
    env = environment(folder=str(notes), deadly="deadly.md", small=True)
    strict = "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES=0"
    with place(tmp_path / "cluster", strict) as one, one.worker("a", env, nanny=True), one.worker("b", env, nanny=True):
        spread = check(root, "--format", "json", "--cluster", one.address)
    local = check(root, "--format", "json", "--no-cache", "--jobs", "2", env=env)
    assert told(spread) == told(local)
    assert [p["path"] for p in json.loads(local.stdout)["problems"] if p["code"] == "killed"] == ["0000/deadly.md"]


def test_the_last_worker_is_gone(tmp_path: Path) -> None:
    root, notes = tmp_path / "corpus", tmp_path / "notes"
    notes.mkdir()
    root.mkdir()
    (root / "slow-one.md").write_text("家庭共济已经可以跨省使用。\n", encoding="utf-8")
    with place(tmp_path / "cluster") as one, one.worker("a", environment(folder=str(notes))):
        run = subprocess.Popen(
            command(root, "--cluster", one.address), cwd=root, env=environment(wait=2), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )  # fmt: skip
        os.kill(next(iter(until(lambda: reads(notes)))), signal.SIGKILL)
        out, said = run.communicate(timeout=120)
    assert (run.returncode, out) == (2, b"")
    assert f"集群 {one.address} 没有 worker" in said.decode()


# What is wrong with a cluster, and with what is asked of it.


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setattr("koujing.cluster.TIMEOUT", 1.0)
    return lambda *args: CliRunner().invoke(main, ["check", *args], catch_exceptions=False, prog_name="koujing")


def test_a_scheduler_that_is_not_there(corpus: Path, run: Run) -> None:
    done = run("--cluster", "tcp://127.0.0.1:1", str(corpus))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "连不上集群的 scheduler tcp://127.0.0.1:1" in done.stderr
    assert "dask scheduler" in done.stderr
    done = run("--lang", "en", "--cluster", "nonsense://x", str(corpus))
    assert done.exit_code == 2
    assert "the cluster's scheduler nonsense://x cannot be reached: " in done.stderr


def test_a_scheduler_without_workers(corpus: Path, tmp_path: Path, run: Run) -> None:
    with place(tmp_path / "cluster") as one:
        done = run("--cluster", one.address, str(corpus))
    assert done.exit_code == 2
    assert f"集群 {one.address} 没有 worker" in done.stderr


def test_dask_is_not_installed(corpus: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "audit.cluster.driving", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = run("--cluster", "tcp://127.0.0.1:1", str(corpus))
    assert done.exit_code == 2
    assert 'pip install "koujing[cluster]"' in done.stderr


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--base", "HEAD"), "--cluster 不能和 --base 一起用"),
        (("--format", "html"), "--cluster 不能写 html"),
        (("--jobs", "2"), "--cluster 不能和 --jobs 一起用"),
    ],
    ids=lambda x: x if isinstance(x, str) else " ".join(x),
)
def test_what_does_not_go_with_it(corpus: Path, run: Run, more: tuple[str, ...], said: str) -> None:
    done = run("--cluster", "tcp://127.0.0.1:1", *more, str(corpus))
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_worker_of_another_version(corpus: Path, cluster: Place, tmp_path: Path) -> None:
    for name in ("koujing", "msgspec"):
        info = tmp_path / f"{name}-0.0.7.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.0.7\n")
        with cluster.worker(f"old-{name}", environment(tmp_path)):
            done = check(corpus, "--lang", "en", "--cluster", cluster.address)
        shutil.rmtree(info)
        assert told(done) == (2, b"")
        assert f"{name} is 0.0.7 on tcp://127.0.0.1:" in done.stderr.decode()


def test_a_worker_with_another_state_of_the_program(corpus: Path, cluster: Place, tmp_path: Path) -> None:
    for name in ("claims", "audit", "koujing", "reports"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "claims" / "units.py").open("a") as stream:
        stream.write("# changed\n")
    with cluster.worker("changed", environment(tmp_path)):
        done = check(corpus, "--cluster", cluster.address)
    assert told(done) == (2, b"")
    assert "上的 koujing 或它的依赖和这里不同" in done.stderr.decode()


def test_a_worker_that_does_not_see_the_files(corpus: Path, cluster: Place) -> None:
    with cluster.worker("blind", environment(blind=True)):
        done = check(corpus, "--cluster", cluster.address)
    assert told(done) == (2, b"")
    assert "看不到这个文件：" in done.stderr.decode()
    assert "共享文件夹" in done.stderr.decode()
