"""`koujing resolve` as an editor at a terminal has it, and with answers piped in."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import ACROSS, WITHIN, Repo, Run, git

from reports.width import columns

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pty")

HUBEI = "---\ntitle: 湖北省家庭共济\ndate: 2025-04-20\n---\n\n湖北省家庭共济可以跨省使用。\n"
TWO = {
    "koujing.yaml": "today: 2025-06-30\n", "articles/across.md": ACROSS, "articles/within.md": WITHIN,
    "articles/hubei.md": HUBEI,
}  # fmt: skip
"""Two findings: one error, one on a province."""

PATIENCE = 60
"""Seconds without a sign of life after which a test fails rather than waits."""

PRESS, REASON, BY, WRITE = "请按一个键", "理由，给下一位编辑看", "裁定人 [李编辑]", "[y] 写入"


def clean(**env: str) -> dict[str, str]:
    kept = {k: os.environ[k] for k in ("PATH", "PYTHONPATH", "KOUJING_CACHE_DIR") if k in os.environ}
    return {**kept, "TERM": "xterm", "LC_ALL": "C.UTF-8", "GIT_CONFIG_GLOBAL": os.devnull, **env}


class Terminal:
    """A process at a pseudo-terminal; `until` waits for what it shows, which is remembered in `seen`."""

    def __init__(self, root: Path, *args: str, columns: int = 80, env: Mapping[str, str] | None = None) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        command = [sys.executable, "-m", "koujing", "resolve", *args]
        around = clean(**(env or {}))
        self.process = subprocess.Popen(
            command, cwd=root, env=around, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""
        self._data = b""
        self._at = 0

    def _more(self) -> bool:
        assert select.select([self._ours], [], [], PATIENCE)[0], f"nothing more after:\n{self.seen[self._at :]}"
        try:
            piece = os.read(self._ours, 65536)
        except OSError:  # Linux tells the end so
            return False
        self._data += piece
        self.seen = self._data.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(piece)

    def until(self, text: str) -> Terminal:
        """Read on until a text is shown that was not there before."""
        while self.seen.find(text, self._at) < 0:
            assert self._more(), f"{text} not in:\n{self.seen[self._at:]}"
        self._at = self.seen.index(text, self._at) + len(text)
        return self

    def type(self, text: str | bytes) -> Terminal:
        """Type once the prompt is there."""
        return self.until("> ").press(text)

    def press(self, text: str | bytes) -> Terminal:
        os.write(self._ours, text.encode() if isinstance(text, str) else text)
        return self

    def interrupt(self) -> Terminal:
        """Press Ctrl-C, and once more where it was too early: between the prompt and the wait for input it is seen with
        the next key only."""
        for _ in range(5):
            self.press("\x03")
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=15)
                break
        return self

    def end(self) -> int:
        while self._more():
            pass
        code = self.process.wait(timeout=60)
        os.close(self._ours)
        return code


@pytest.fixture
def root(repo: Repo) -> Path:
    found = repo(TWO)
    git(found, "init", "-q")
    git(found, "config", "user.name", "李编辑")
    return found


@pytest.fixture
def at(root: Path) -> Iterator[Terminal]:
    terminal = Terminal(root)
    yield terminal
    if terminal.process.poll() is None:
        terminal.process.kill()
        terminal.process.wait()


def files(root: Path) -> dict[str, str]:
    return {p.name: p.read_text("utf-8") for p in sorted((root / "rulings").glob("*"))}


def test_one_key_a_verdict_and_a_chinese_reason(root: Path, at: Terminal) -> None:
    at.until("第 1 个，共 2 个").until("建议").until(PRESS).type("ｂ")  # as a Chinese input method has it
    at.until(REASON).type("两篇说的是两类人：一篇讲职工医保，一篇讲居民医保\r")
    at.until(BY).type("\r")
    at.until("verdict: both-stand").until("就解决了").until(WRITE).type("y")
    at.until("已写入").until("第 2 个，共 2 个").until(PRESS).type("q")
    assert at.end() == 0
    [(name, text)] = files(root).items()
    assert "reason: 两篇说的是两类人：一篇讲职工医保，一篇讲居民医保\nby: 李编辑\non: 2025-06-30\n" in text
    assert f"git add rulings/{name}\n  koujing check" in at.seen
    assert "裁定了 1 个，去改文章 0 个；还有 1 个没有处理" in at.seen


def test_it_goes_on_with_what_is_still_open(root: Path, at: Terminal, run: Run) -> None:
    at.until(PRESS).type("b").until(REASON).type("两类人\r").until(BY).type("\r").until(WRITE).type("\r")
    at.until("第 2 个").type("s")
    assert at.end() == 0
    again = Terminal(root)
    again.until("第 1 个，共 1 个").until(PRESS).type("b").until(REASON).type("湖北先行\r").until(BY).type("王编辑\r")
    again.until(WRITE).type("y")
    assert again.end() == 0
    assert len(files(root)) == 2
    done = Terminal(root)
    assert done.end() == 0
    assert "没有要处理的问题" in done.seen
    assert run("check").exit_code == 0


def test_a_killed_walk_loses_nothing(root: Path, at: Terminal) -> None:
    at.until(PRESS).type("b").until(REASON).type("两类人\r").until(BY).type("\r").until(WRITE).type("y")
    at.until("第 2 个").until(PRESS)
    at.process.send_signal(signal.SIGKILL)
    at.end()
    assert len(files(root)) == 1


def test_back_takes_up_the_one_before(root: Path, at: Terminal) -> None:
    at.until(PRESS).type("k").until("这是第一个").until(PRESS).type("b")
    at.until(REASON).type("说错了\r").until(BY).type("\r").until(WRITE).type("y")
    at.until("已写入")
    [name] = files(root)
    at.until("第 2 个").until(PRESS).type("k")
    at.until("第 1 个").until("刚才的决定：两方都对").until(PRESS).type("u")
    at.until("核实到哪一天为止 [2025-07-30]").type("２０２５年８月１日\r").until(REASON).type("再问问\r")
    at.until(BY).type("\r").until(WRITE).type("y").until("这会换掉").type("y").until("已删去").until("已写入")
    at.until("第 2 个").until(PRESS).type("k").until("正在核实，到 2025年8月1日 为止").until(PRESS)
    assert list(files(root)) == [name]
    assert "verdict: under-review" in files(root)[name]
    assert "expires: 2025-08-01" in files(root)[name]
    at.type("e").until("这会删去").type("y").until("要改的地方").until("articles/across.md:6")
    at.until("第 2 个").until(PRESS).type("q")
    assert at.end() == 0
    assert files(root) == {}
    assert "去改文章 1 个" in at.seen


def test_back_and_skip_keeps_what_was_decided(root: Path, at: Terminal) -> None:
    at.until(PRESS).type("b").until(REASON).type("两类人\r").until(BY).type("\r").until(WRITE).type("y")
    at.until("第 2 个").until(PRESS).type("k").until("刚才的决定").until(PRESS).type("s")
    at.until("第 2 个").until(PRESS).type("q")
    assert at.end() == 0
    assert len(files(root)) == 1


def test_which_side_was_misread(root: Path, at: Terminal) -> None:
    at.until(PRESS).type("m").until("1. ").until("2. ").until("读错的是哪几条").type("９\r").until("没有第 9 条")
    at.until("读错的是哪几条").type("１、２\r").until(REASON).type("读反了\r").until(BY).type("\r")
    at.until(WRITE).type("n").until(PRESS).type("q")
    assert at.end() == 0
    assert files(root) == {}


def test_what_stands_needs_a_document(root: Path, at: Terminal) -> None:
    at.until("甲 “不能跨省”").until(PRESS).type("1").until("从 2026年1月9日 起另有规定").type("n")
    at.until("与参考事实 cross-province-national 不能同时成立")
    at.until("仍然要这样裁定吗").type("\r").until(PRESS).type("乙").until("依据的文件").type("国家医保局《通知》\r")
    at.until("发文机关").type("\r").until("发布日期").type("很久以前\r").until("不是日期：很久以前")
    at.until("发布日期").type("2024.12.9\r").until("从哪天起").type("\r").until(REASON).type("原文如此\r")
    at.until(BY).type("\r").until("与它不符的文章有 1 篇").until("articles/within.md:6").until(WRITE).type("y")
    at.until("已写入")
    at.end()
    [text] = files(root).values()
    assert "source:\n  document: 国家医保局《通知》\n  published: 2024-12-09\n" in text


def test_what_stands_until_a_fact_takes_over(root: Path) -> None:
    done = piped(root, "1\ny\n某通知\n\n\n\n目前还不行\n\ny\nq\n".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    [text] = files(root).values()
    assert "until: 2026-01-08\n" in text


def test_an_empty_reason_decides_nothing(root: Path, at: Terminal) -> None:
    at.until(PRESS).type("b").until(REASON).type("\r").until(PRESS).type("?").until("两方都对，只是各有所指")
    at.until(PRESS).type("x").until("没有“x”这个键").until(PRESS).type("\x1b[Aq")  # an arrow is no key
    assert at.end() == 0
    assert files(root) == {}


def test_ctrl_c_and_ctrl_d_leave_with_what_was_written(root: Path, at: Terminal) -> None:
    at.until(PRESS).type("b").until(REASON).type("两类人\r").until(BY).type("\r").until(WRITE).type("y")
    at.until("第 2 个").until(PRESS).type("\x03")
    assert at.end() == 130
    assert "中断了；写好的裁定都在" in at.seen
    assert "Traceback" not in at.seen
    assert len(files(root)) == 1
    again = Terminal(root)
    again.until(PRESS).type("\x04")
    assert again.end() == 0
    in_line = Terminal(root)
    in_line.until(PRESS).type("b").until(REASON).until("> ")
    assert in_line.interrupt().end() == 130


def test_colour_and_width(root: Path) -> None:
    shown = Terminal(root, columns=40)
    shown.until(PRESS).type("q")
    assert shown.end() == 0
    assert "\x1b[1m" in shown.seen
    plain = Terminal(root, columns=40, env={"NO_COLOR": "1"})
    plain.until(PRESS).type("q")
    assert plain.end() == 0
    assert not re.search(r"\x1b\[[0-9;]*m", plain.seen)
    screen = plain.seen[plain.seen.index("───") :]
    assert max(map(columns, screen.splitlines())) <= 40


def piped(root: Path, answers: bytes, *args: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "koujing", "resolve", *args]
    return subprocess.run(command, cwd=root, env=clean(), input=answers, capture_output=True, check=False, timeout=300)


def test_answers_piped_in_line_by_line(root: Path) -> None:
    done = piped(root, "b\n两类人\n\ny\ns\n".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(files(root)) == 1
    assert "> 两类人\n" in done.stdout.decode()


def test_the_end_of_input_quits(root: Path) -> None:
    for answers in (b"", b"b\n", "b\n两类人\n".encode(), "b\n两类人\n\n".encode()):
        done = piped(root, answers)
        assert (done.returncode, done.stderr) == (0, b"")
        assert files(root) == {}
        assert "裁定了 0 个，去改文章 0 个；还有 2 个没有处理" in done.stdout.decode()


def test_what_is_no_utf_8_is_asked_again(root: Path) -> None:
    done = piped(root, b"b\n" + "两类人".encode("gbk") + "\n两类人\n\ny\n".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert "输入的文字不是 UTF-8" in done.stdout.decode()
    [text] = files(root).values()
    assert "reason: 两类人" in text


def test_a_dry_walk_writes_nothing(root: Path) -> None:
    done = piped(root, "b\n两类人\n\ny\nk\nu\n\n再问\n\ny\ny\ns\n".encode(), "--dry-run")
    assert (done.returncode, done.stderr) == (0, b"")
    assert files(root) == {}
    assert "什么都没有写" in done.stdout.decode()


def test_a_file_that_somebody_changed_meanwhile_is_left(root: Path, at: Terminal) -> None:
    at.until(PRESS).type("b").until(REASON).type("两类人\r").until(BY).type("\r").until(WRITE).type("y")
    at.until("第 2 个").until(PRESS)
    [file] = (root / "rulings").iterdir()
    file.write_text(file.read_text("utf-8") + "note: 我也看过\n", "utf-8")
    at.type("k").until(PRESS).type("e").until("这会删去").type("y").until("刚刚被改过")
    assert "note: 我也看过" in file.read_text("utf-8")
    at.until(PRESS).type("q")
    assert at.end() == 0


def test_english(root: Path) -> None:
    done = piped(root, b"?\nm\n1 B\nmisread\n\ny\nq\n", "--lang", "en")
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert "1 of 2 · error · contradiction" in text
    assert "[b] both stand" in text
    assert "Decided: 1" in text
