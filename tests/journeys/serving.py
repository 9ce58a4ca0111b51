"""`koujing serve` in a process of its own, and clients: one does what a browser does, one sends whatever bytes."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sample_articles import ACROSS, WITHIN

FILES = {"koujing.yaml": "today: 2025-06-30\n", "articles/across.md": ACROSS, "articles/within.md": WITHIN}
AGAIN = "---\ntitle: 又一篇\ndate: 2025-04-20\n---\n\n家庭共济目前不能跨省使用。\n"
SLOW = 240
"""Seconds that a busy machine may take."""


class Served:
    """A server in a process of its own, and a client of it."""

    def __init__(
        self, root: Path, *args: str, lang: str = "en", program: Sequence[str] = ("-m", "koujing")
    ) -> None:  # fmt: skip
        self.root = root
        env = {k: os.environ[k] for k in ("PATH", "PYTHONPATH", "SYSTEMROOT", "KOUJING_CACHE_DIR") if k in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, *program, "serve", "--no-open", "--lang", lang, *(args or ("--port", "0"))],
            cwd=root, env={**env, "GIT_CONFIG_GLOBAL": os.devnull}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline().decode()
        found = re.search(r"http://([^:/]+|\[[^]]+\]):(\d+)/(\S*)", line)
        if found is None:
            raise AssertionError((line, self.process.communicate()))
        self.host, self.port, self.tail = found[1], int(found[2]), found[3]
        self.cookie = self.token = ""

    def ask(
        self, path: str, body: object = None, *, method: str = "", headers: Mapping[str, str | None] | None = None
    ) -> tuple[int, dict[str, str], str]:
        """Code, headers, text. Headers are what a browser would send from the page, but for those given."""
        sent: dict[str, str | None] = {"Host": f"127.0.0.1:{self.port}", "Sec-Fetch-Site": "same-origin"}
        if self.cookie:
            sent["Cookie"] = self.cookie
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            sent |= {"Origin": f"http://127.0.0.1:{self.port}", "X-Koujing-Token": self.token}
            sent |= {"Content-Type": "application/json"}
        sent |= headers or {}
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SLOW)
        try:
            client.putrequest(method or ("GET" if data is None else "POST"), path, skip_host=True)
            for name, value in sent.items():
                if value is not None:
                    client.putheader(name, value)
            if data is not None:
                client.putheader("Content-Length", str(len(data)))
            with contextlib.suppress(BrokenPipeError):  # it may have answered before all was sent
                client.endheaders(data)
            answer = client.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode("utf-8", "replace")
        finally:
            client.close()

    def open(self) -> str:
        """Open the page, as an editor does."""
        code, headers, text = self.ask("/" + self.tail)
        assert code in (200, 303), text
        if "Set-Cookie" in headers:
            self.cookie = headers["Set-Cookie"].partition(";")[0]
        return text

    def marks(self) -> dict[str, str]:
        found = re.search(r'id="serving">(.*?)</script>', self.open())
        assert found is not None
        marks: dict[str, str] = json.loads(found[1])["marks"]
        return marks

    def form(self, **given: object) -> dict[str, Any]:
        """A form of the first finding."""
        [name] = self.marks()
        code, _, text = self.ask(f"/finding/{name}")
        assert code == 200, text
        said = json.loads(text)
        self.token = said["token"]
        return {
            "finding": name, "mark": said["mark"], "verdict": "both-stand", "reason": "两篇说的是两类人",
            "by": "李编辑", **given,
        }  # fmt: skip

    def post(self, path: str, form: dict[str, Any], **more: Any) -> tuple[int, dict[str, Any]]:
        code, _, text = self.ask(path, form, **more)
        return code, json.loads(text)

    def write(self, form: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """As an editor: look at the file, and write it."""
        code, seen = self.post("/preview", form)
        if code != 200 or "wrong" in seen:
            return code, seen
        return self.post("/write", {**form, "seen": seen["seen"]})

    def until(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Ask for the state until it is so."""
        end = time.monotonic() + SLOW
        while True:
            said: dict[str, Any] = json.loads(self.ask("/state")[2])
            if holds(said):
                return said
            assert time.monotonic() < end, said
            time.sleep(0.2)

    def send(self, *parts: bytes) -> bytes:
        """What is answered to bytes, until the server closes the connection."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=SLOW) as client:
            came = b""
            with contextlib.suppress(ConnectionError):  # it closes what it refuses, whatever is still on its way
                for part in parts:
                    client.sendall(part)
            with contextlib.suppress(ConnectionError):
                while more := client.recv(65536):
                    came += more
            return came

    def stop(self, how: int = signal.SIGINT) -> tuple[int, str, str]:
        if self.process.poll() is None:
            self.process.send_signal(how)
        out, err = self.process.communicate(timeout=SLOW)
        return self.process.returncode, out.decode(), err.decode()


def put(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root
