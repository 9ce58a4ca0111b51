"""What a terminal gets and a file does not: colour, progress."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ACROSS, WITHIN, Repo

from koujing import streams
from koujing.streams import Counter

PAIR = {"across.md": ACROSS, "within.md": WITHIN}


def in_terminal(root: Path, **env: str) -> bytes:
    import pty

    ours, theirs = pty.openpty()
    clean = {k: os.environ[k] for k in ("PATH", "PYTHONPATH", "KOUJING_CACHE_DIR") if k in os.environ} | env
    command = [sys.executable, "-m", "koujing", "check", "--today", "2025-06-01"]
    process = subprocess.Popen(command, cwd=root, env=clean, stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux tells the end so
            break
        if not piece:
            break
        seen += piece
    process.communicate(timeout=300)
    os.close(ours)
    return seen


@pytest.mark.skipif(sys.platform == "win32", reason="no pty")
def test_colour_on_a_terminal_only_and_not_against_no_color(repo: Repo) -> None:
    root = repo(PAIR)
    assert b"\x1b[1;31merror[contradiction]" in in_terminal(root, TERM="xterm")
    plain = in_terminal(root, TERM="xterm", NO_COLOR="1")
    assert b"error[contradiction]" in plain
    assert b"\x1b" not in plain
    assert b"\x1b" not in in_terminal(root, TERM="dumb")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_counted_where_someone_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(Counter, "AFTER", 0.0)
    monkeypatch.setattr(Counter, "EVERY", 0.0)
    counter = Counter("读文章 {done}/{all}")
    counter(1, 2)
    counter(2, 2)
    counter.close()
    assert screen.getvalue() == "\r\x1b[K读文章 1/2\r\x1b[K读文章 2/2\r\x1b[K"


def test_a_short_run_shows_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    counter = Counter("{done}/{all}")
    counter(1, 2)
    counter.close()
    assert screen.getvalue() == ""


def test_a_stream_that_is_closed_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    streams.out("x")
    assert not streams.wants_color()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_exit_2(repo: Repo) -> None:
    root = repo(PAIR)
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "koujing", "check"]
        done = subprocess.run(command, cwd=root, stdout=full, stderr=subprocess.PIPE, check=False, timeout=300)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("error: 报告写不进 stdout")
