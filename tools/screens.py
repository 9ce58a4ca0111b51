"""What a command shows at a terminal while somebody answers it, for pages that show it as it is."""

from __future__ import annotations

import codecs
import os
import re
import struct
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

COLUMNS = 100
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")
_ASKS = re.compile(r"(?:\n> |\[y/n\] )\Z")
"""An answer is waited for."""


def at_terminal(command: Sequence[str], answers: Sequence[str], *, cwd: Path, env: Mapping[str, str]) -> str:
    """The text on the screen in the end, without colours. An answer that ends in a line break is a line, any other is a
    key. Raises ValueError where the command asks for fewer or more answers, or
    fails."""
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    # Errors go elsewhere: at a terminal progress is counted there, and how often depends on the machine.
    process = subprocess.Popen(
        command, cwd=cwd, env=env, stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL, start_new_session=True
    )
    os.close(theirs)
    try:
        told = _Screen(ours).answered(answers)
        if process.wait(timeout=60):
            raise ValueError(f"exit code {process.returncode}:\n{told}")
        return told
    finally:
        process.kill()
        process.wait()
        os.close(ours)


class _Screen:
    """What has been shown and is not yet taken."""

    def __init__(self, terminal: int) -> None:
        self._terminal, self._decode = terminal, codecs.getincrementaldecoder("utf-8")().decode
        self._raw = ""

    def answered(self, answers: Sequence[str]) -> str:
        told = ""
        for answer in answers:
            told += self._until(_ASKS)
            os.write(self._terminal, answer.replace("\n", "\r").encode())
            # What is typed is echoed, but how differs from one machine to the next: what was meant is shown instead.
            self._raw = self._until(re.compile(r"\n")).partition("\n")[2]
            told += answer.rstrip("\n") + "\n"
        while self._more():
            if _ASKS.search(self._text()):
                raise ValueError(f"it asks for more:\n{self._text()}")
        return told + self._take()

    def _more(self) -> bool:
        try:
            data = os.read(self._terminal, 65536)
        except OSError:  # Linux tells the end so
            return False
        self._raw += self._decode(data)
        return bool(data)

    def _until(self, pattern: re.Pattern[str]) -> str:
        while not pattern.search(self._text()):
            if not self._more():
                raise ValueError(f"it ended before it was answered:\n{self._text()}")
        return self._take()

    def _text(self) -> str:
        return _ESCAPE.sub("", self._raw).replace("\r\n", "\n")

    def _take(self) -> str:
        text, self._raw = self._text(), ""
        return text
