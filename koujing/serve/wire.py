"""What comes in by a connection, more strictly than waitress takes it: one reading of every request, or none.

A request that two programs may read in two ways (where it ends, which host it is for) is refused before anybody looks
at it. RFC 9112 lets a server refuse each of these; no browser sends one.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from typing import Any

from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser, ParsingError  # type: ignore[import-untyped]
from waitress.task import ErrorTask  # type: ignore[import-untyped]
from waitress.utilities import BadRequest, Error  # type: ignore[import-untyped]

from koujing.serve.headers import BARE, HEADERS

MOST_OPEN = 100
"""Connections. Of more, the one that has kept waiting longest is closed: whoever holds many half-sent requests loses
them, not the editor who comes next."""
_ONCE = frozenset(
    b"host content-length transfer-encoding content-type origin cookie sec-fetch-site sec-fetch-mode sec-fetch-dest"
    b" x-koujing-token".split()
)
"""Headers by which a request is let in, or its end is found: two of a name are not one."""
_HOST = re.compile(rb"[A-Za-z0-9._:\[\]-]*")
_VERSIONS = (b"HTTP/1.0", b"HTTP/1.1")


class LengthRequired(Error):  # type: ignore[misc]  # waitress has no types
    """A body that says at its end only how long it was. No browser sends one."""

    code, reason = 411, "Length Required"


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request. What it refuses is answered with 400 or 411, and the connection is closed."""

    empty: bool

    def received(self, data: bytes) -> int:
        taken: int = super().received(data)
        if self.empty:  # lines with nothing in them, of which there may be no end
            self.empty, self.error = False, BadRequest("Start line is missing")
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        """Raise ParsingError."""
        given = _fields(header_plus)
        if b"transfer-encoding" in given:
            self.error = LengthRequired("Send a Content-Length")
            return
        _check_target(header_plus.partition(b"\r\n")[0], given.get(b"host", b""))
        try:
            super().parse_header(header_plus)
        except ValueError as e:  # an address such as `http://[`, a length of 5,000 digits
            raise ParsingError("Start line or length is invalid") from e


def _fields(head: bytes) -> dict[bytes, bytes]:
    """The headers, where they are of one kind that all programs know. Raise ParsingError."""
    first, *lines = head.split(b"\r\n")
    version = first.rpartition(b" ")[2]
    if version not in _VERSIONS:
        raise ParsingError("HTTP version is not supported")
    if any(line.startswith((b" ", b"\t")) for line in lines):
        raise ParsingError("Folded header line")
    parts = [line.partition(b":") for line in lines if line]
    fields = [(name.rstrip(b" \t").lower(), value.strip(b" \t")) for name, _, value in parts]
    twice = next((name for name, n in Counter(name for name, _ in fields).items() if n > 1 and name in _ONCE), None)
    if twice is not None:
        raise ParsingError(f"Header {twice.decode()} is there twice")
    given = dict(fields)
    if version == _VERSIONS[1] and b"host" not in given:
        raise ParsingError("Host is missing")
    if not _HOST.fullmatch(given.get(b"host", b"")):
        raise ParsingError("Host is not a name and a port")
    return given


def _check_target(first: bytes, host: bytes) -> None:
    """An absolute address is meant for a proxy; here it must be that of this host. Raise ParsingError."""
    method, _, rest = first.partition(b" ")
    target = rest.rpartition(b" ")[0]
    if method in (b"GET", b"HEAD", b"POST") and not target.startswith(b"/"):
        scheme, _, after = target.partition(b"://")
        if scheme.lower() != b"http" or after.partition(b"/")[0] != host or not host:
            raise ParsingError("Start line names another host")


class Refusal(ErrorTask):  # type: ignore[misc]
    """The answer to what could not be read, with the headers that every answer has."""

    def execute(self) -> None:
        self.response_headers.extend([*HEADERS.items(), *BARE.items()])
        super().execute()


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection. What arrives in drops counts from its first drop: who sends one a second does not stay for ever."""

    parser_class = Parser
    error_task_class = Refusal
    began: float | None = None

    def __init__(self, server: Any, *args: Any, **named: Any) -> None:
        super().__init__(server, *args, **named)
        _make_room(list(server.active_channels.values()), self)

    def handle_read(self) -> None:
        super().handle_read()
        if self.request is None:
            self.began = None
        else:
            self.began = self.began or time.time()
            self.last_activity = self.began


def _make_room(open_: list[Any], new: Channel) -> None:
    """Close who has kept the server waiting longest, where too many are there: first of those that have sent no whole
    request, then of those that do not read their answer; nobody whose answer is being made."""
    staying = [one for one in open_ if not one.will_close]
    waiting = [one for one in staying if one is not new and not one.requests]
    if len(staying) > MOST_OPEN and waiting:
        min(waiting, key=lambda one: (bool(one.total_outbufs_len), one.last_activity)).will_close = True
