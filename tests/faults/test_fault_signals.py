"""Ctrl-C, SIGTERM, a reader that has gone: an end that is quiet, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fault_runs import audited, committed, ids, others_of, rulings, within
from hostile_runs import begin
from test_fault_killed import slowly

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked at in /proc")


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped(tmp_path: Path, number: signal.Signals, code: int, jobs: str) -> None:
    """As a terminal does it: the signal goes to all processes of the command."""
    root = committed(tmp_path / "repo", articles=60)
    (root / "old.json").write_text("old", encoding="utf-8")
    args = ("check", "--jobs", jobs, "--no-cache", "--output", "json=old.json")
    begun = tmp_path / "begun"
    running = begin(root, *args, before=lambda: slowly(0.5, begun))
    for _ in within(60):
        if begun.exists():
            break
    assert len(others_of(running.pid)) == (2 if jobs == "2" else 0)
    os.killpg(running.pid, number)
    done = running.end()
    assert (done.code, done.out, done.err.strip()) == (code, "", "")  # of Ctrl-C a line break is seen
    assert (root / "old.json").read_text("utf-8") == "old"
    assert not list(root.glob(".old*"))
    for _ in within(30):
        if not others_of(running.pid):
            break
    assert not others_of(running.pid)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("step", ["fsync", "link"])
def test_a_ruling_that_is_stopped_while_it_is_written(
    tmp_path: Path, number: signal.Signals, code: int, step: str
) -> None:
    root = committed(tmp_path / "repo")
    name = ids(root)[0]

    def before() -> None:
        real = getattr(os, step)

        def stops(*args: object, **named: object) -> None:
            real(*args, **named)
            os.kill(os.getpid(), number)

        setattr(os, step, stops)

    args = ("--verdict", "both-stand", "--reason", "某", "--by", "李", "--yes", "--jobs", "1")
    done = begin(root, "resolve", name, *args, before=before).end()
    assert done.code == code
    assert "Traceback" not in done.err
    assert list(rulings(root)) == ([f"{name}.yaml"] if step == "link" else [])
    assert not list(root.glob("rulings/.*"))
    assert audited(root).out.count("error[contradiction]") == (1 if step == "link" else 2)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_a_reader_that_goes_away(tmp_path: Path, form: str) -> None:
    """`| head -1`: what there is to say ends there; the exit code is still the audit's, so that a gate holds."""
    root = committed(tmp_path / "repo", articles=300)
    wanted = audited(root, "--format", form)
    line = f'"{sys.executable}" -m koujing check --lang en --today 2025-06-30 --format {form} | head -c 10'
    done = subprocess.run(
        ["bash", "-c", f"{line}; exit ${{PIPESTATUS[0]}}"], cwd=root, capture_output=True, check=False, timeout=900
    )
    assert done.stdout.decode() == wanted.out[:10]
    assert done.stderr == b""
    assert done.returncode == wanted.code == 1


def test_a_pipe_that_nobody_reads(tmp_path: Path) -> None:
    """Closed before the first byte."""
    root = committed(tmp_path / "repo")
    ends = os.pipe()
    os.close(ends[0])
    running = begin(root, "claims", "--format", "jsonl", before=lambda: os.dup2(ends[1], 1))
    os.close(ends[1])
    done = running.end()
    assert (done.code, done.err) == (0, "")
