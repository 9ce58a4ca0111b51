"""`koujing serve` attacked by a real client, on a real socket: each attack gets its code, and nothing is written.

docs/security.md has a table of them. What a browser adds is in tests/browser/test_serve_hostile.py.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from sample_articles import ACROSS
from serving import FILES, SLOW, Served, put

from koujing.serve.app import MOST_BYTES
from koujing.serve.headers import HEADERS
from koujing.serve.wire import MOST_OPEN

CHUNKED, NONE = "Transfer-Encoding: chunked", b"0\r\n\r\n"
PATIENT = (
    "-c",
    "from koujing.serve.server import Server; Server.__init__.__kwdefaults__['patience'] = 3600;"
    "from koujing.cli import main; main()",
)
"""A server that waits for an hour: what it does about slow clients it does for another reason."""


def head(one: Served, start: str = "POST /write HTTP/1.1", **given: str | None) -> list[str]:
    """The head of a request as the page sends it, but for what is given; None leaves a header out."""
    fields: dict[str, str | None] = {
        "Host": f"127.0.0.1:{one.port}",
        "Origin": f"http://127.0.0.1:{one.port}",
        "Sec-Fetch-Site": "same-origin",
        "Cookie": one.cookie,
        "X-Koujing-Token": one.token,
        "Content-Type": "application/json",
        **{name.replace("_", "-"): value for name, value in given.items()},
    }
    return [start, *(f"{name}: {value}" for name, value in fields.items() if value is not None)]


def message(lines: list[str], body: bytes = b"") -> bytes:
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def written(one: Any) -> bytes:
    """The request that writes, whole."""
    body = json.dumps(one.ready).encode()
    return message([*head(one), f"Content-Length: {len(body)}"], body)


def codes(answer: bytes) -> list[int]:
    return [int(code) for code in re.findall(rb"^HTTP/1\.[01] (\d{3}) ", answer, re.M)]


def test_the_request_that_all_of_these_spoil_is_taken(serve: Callable[..., Served]) -> None:
    """Or nothing here would show anything."""
    one: Any = serve()
    form = one.form()
    one.ready = {**form, "seen": one.post("/preview", form)[1]["seen"]}
    assert codes(one.send(written(one).replace(b"Origin", b"Connection: close\r\nOrigin", 1))) == [200]
    assert [file.name for file in (one.root / "rulings").iterdir()] == [f"{form['finding']}.yaml"]


# Another site.


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data; boundary=x",
        "text/plain;application/json",
        "application/json, text/plain",
        "application/jsonx",
    ],
)
@pytest.mark.parametrize("origin", [None, "http://evil.example", "null", "http://127.0.0.1:1"])
def test_a_form_of_another_site(attack: Any, kind: str, origin: str | None) -> None:
    """As a browser sends it without asking: with the cookie, of whatever SameSite it makes nothing; no token."""
    body = json.dumps(attack.ready).encode()
    given = {"Content_Type": kind, "Origin": origin, "Sec_Fetch_Site": "cross-site", "X_Koujing_Token": None}
    request = [*head(attack, **given), f"Content-Length: {len(body)}", "Connection: close"]
    assert codes(attack.send(message(request, body))) == [403]
    # Only the kind is another site's: that alone is enough.
    request = [*head(attack, Content_Type=kind), f"Content-Length: {len(body)}", "Connection: close"]
    assert codes(attack.send(message(request, body))) == [415]


def test_what_another_run_gave_out_is_worth_nothing(attack: Any, tmp_path: Path) -> None:
    other = Served(put(tmp_path, FILES))
    other.form()
    key = other.cookie.partition("=")[2]
    assert other.stop()[0] == 0
    given = {"X-Koujing-Token": other.token}
    assert attack.ask("/write", attack.ready, headers=given)[0] == 403
    for cookie in (f"koujing-{attack.port}={key}", f"koujing-{attack.port}={key}; {attack.cookie}x", other.cookie):
        assert attack.ask("/write", attack.ready, headers={"Cookie": cookie})[0] == 403
        assert attack.ask(f"/finding/{attack.ready['finding']}", headers={"Cookie": cookie})[0] == 403


@pytest.mark.parametrize("path", ["/", "/index.html", "/todo.csv", "/assets/koujing.js"])
@pytest.mark.parametrize(
    ("mode", "dest"),
    [
        ("no-cors", "image"),
        ("no-cors", "script"),
        ("navigate", "iframe"),
        ("navigate", "object"),
        ("cors", "empty"),
        (None, None),
    ],
)
def test_no_page_is_a_part_of_another_site(attack: Any, path: str, mode: str | None, dest: str | None) -> None:
    for site in ("cross-site", "same-site"):
        given = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
        assert attack.ask(path, headers=given)[0] == 403
    given |= {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}  # a link that an editor follows
    assert attack.ask("/", headers=given)[0] == 200


def test_asking_first_is_no_leave(attack: Any) -> None:
    """What a browser asks before it sends what a form cannot."""
    given = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST", "Sec-Fetch-Site": "cross-site"}
    code, headers, _ = attack.ask("/write", method="OPTIONS", headers=given)
    assert code == 405
    assert not [name for name in headers if name.lower().startswith("access-control")]


# Another name.


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:{port}:{port}",
        "127.0.0.1:0{port}",
        "127.0.0.1:{port}.",
        "127.0.0.1:{port}, evil.example",
        "evil.example, 127.0.0.1:{port}",
        "127.0.0.1:{port} evil.example",
        "evil.example#127.0.0.1:{port}",
        "evil.example/127.0.0.1:{port}",
        "evil.example\\127.0.0.1:{port}",
        "evil.example?127.0.0.1:{port}",
        "127.0.0.1:{port}@evil.example:{port}",
        "[::1]evil.example:{port}",
        "[127.0.0.1]:{port}",
        "::1:{port}",
        "127.1:{port}",
        "2130706433:{port}",
        "0x7f.1:{port}",
        "0:{port}",
        "0.0.0.0:{port}",
        "127.0.0.1:+{port}",
        "localhost.:{port}",
        "LOCALHOST.evil.example:{port}",
        "127.0.0.1:{port}\xa0",
        ":{port}",
    ],
)
def test_a_host_that_is_nearly_ours(attack: Any, host: str) -> None:
    given = host.format(port=attack.port)
    answer = attack.send(
        written(attack).replace(
            f"Host: 127.0.0.1:{attack.port}".encode(), f"Connection: close\r\nHost: {given}".encode("latin-1"), 1
        )
    )
    assert codes(answer) in ([421], [400])
    answer = attack.send(message(["GET / HTTP/1.1", f"Host: {given}", "Connection: close"]))
    assert codes(answer) in ([421], [400])
    assert b"Set-Cookie" not in answer


def test_hosts_that_are_not_one(attack: Any) -> None:
    ours, evil = f"Host: 127.0.0.1:{attack.port}", f"Host: evil.example:{attack.port}"
    for lines in ([ours, evil], [evil, ours], [ours, ours], [], [ours, "host: x"]):
        assert codes(attack.send(message(["GET / HTTP/1.1", *lines]))) == [400]
    assert codes(attack.send(message(["GET / HTTP/1.0"]))) == [421]
    assert codes(attack.send(message(["GET / HTTP/1.0", evil]))) == [421]
    assert codes(attack.send(message(["GET / HTTP/1.0", ours]))) == [200]
    for header in ("X-Forwarded-Host", "Forwarded", "X-Host", "X-Original-Host"):
        given = f"{header}: {'host=' if header == 'Forwarded' else ''}127.0.0.1:{attack.port}"
        assert codes(attack.send(message(["GET / HTTP/1.1", evil, given, "Connection: close"]))) == [421]


def test_a_start_line_that_names_a_host(attack: Any) -> None:
    """An absolute address goes before Host: both must be this server."""
    ours, evil = f"127.0.0.1:{attack.port}", f"evil.example:{attack.port}"
    for target, host in ((evil, ours), (ours, evil), (evil, evil), (f"x@{ours}", ours), ("", ours), ("[", ours)):
        lines = [f"GET http://{target}/ HTTP/1.1", f"Host: {host}", "Connection: close"]
        assert codes(attack.send(message(lines)))[0] in (400, 421), lines
    for target in (f"https://{ours}/", f"ftp://{ours}/", f"{ours}/", "state", "*"):
        lines = [f"GET {target} HTTP/1.1", f"Host: {ours}", "Connection: close"]
        assert codes(attack.send(message(lines))) == [400], lines
    assert codes(attack.send(message([f"GET http://{ours}/ HTTP/1.1", f"Host: {ours}", "Connection: close"]))) == [200]


# Files.


@pytest.mark.parametrize(
    "path",
    [
        "/../koujing.yaml",
        "/%2e%2e/koujing.yaml",
        "/%252e%252e/koujing.yaml",
        "/..%2fkoujing.yaml",
        "/..%252fkoujing.yaml",
        "/%c0%ae%c0%ae/koujing.yaml",
        "/%e0%80%ae/koujing.yaml",
        "/..\\koujing.yaml",
        "/..%5ckoujing.yaml",
        "/.%00./koujing.yaml",
        "/koujing.yaml%00.html",
        "/koujing.yaml\x00.html",
        "/\x00",
        "/..;/koujing.yaml",
        "/assets/../../koujing.yaml",
        "/assets/%2e%2e/%2e%2e/koujing.yaml",
        "/articles/..%2f..%2fkoujing.yaml",
        "/assets/secret.txt",
        "/secret.html",
        "/report/secret.html",
        "/articles/secret.md",
        "//etc/passwd",
        "///etc/passwd",
        "/file:///etc/passwd",
        "/%2fetc%2fpasswd",
        "/C:/Windows/win.ini",
        "/finding/..%2f..%2fkoujing.yaml",
        "/articles/across.md",
        "/rulings/",
        "/~root/.bashrc",
        "/%ff",
        "/%",
        "/%zz",
        "/index.html/../koujing.yaml",
        "/.git/config",
    ],
)
def test_no_address_leads_to_a_file_or_out_of_a_link(attack: Any, path: str) -> None:
    secret = attack.root / "secret.txt"
    secret.write_text("geheim root:\n", "utf-8")
    for name in ("assets/secret.txt", "secret.html", "report/secret.html"):
        (attack.root / name).parent.mkdir(exist_ok=True)
        with contextlib.suppress(FileExistsError):
            (attack.root / name).symlink_to(secret)
    answer = attack.send(message([*head(attack, f"GET {path} HTTP/1.1"), "Connection: close"]))
    assert codes(answer)[0] in (400, 404, 409)
    for word in (b"geheim", b"root:", b"today", b"[core]", b"Location"):
        assert word not in answer


# Sizes.


def test_a_body_without_end(attack: Any) -> None:
    for start, parts in (
        ("Content-Length: 10000000000", [b"{"]),
        ("Content-Length: 900000000", [b"{"]),
        (f"Content-Length: {MOST_BYTES + 1}", [b"x" * 1024] * 257),
        (CHUNKED, [b"400\r\n" + b"x" * 1024 + b"\r\n"] * 1000),
        (CHUNKED, [b"FFFFFFFF\r\n", *[b"x" * 1024] * 1000]),
        (CHUNKED, [b"1;a=" + b"x" * 1_000_000]),
        (CHUNKED, [b"0\r\n", b"X: y\r\n" * 100_000]),
    ):
        assert codes(attack.send(message([*head(attack), start]), *parts)) == [411 if start == CHUNKED else 413], start


def test_a_head_without_end(attack: Any) -> None:
    for parts in (
        [message([*head(attack, "GET / HTTP/1.1"), f"X-Long: {'x' * 40_000}"])],
        [message([*head(attack, "GET / HTTP/1.1"), *[f"X-{n}: y" for n in range(10_000)]])],
        [message(head(attack, f"GET /{'x' * 40_000} HTTP/1.1"))],
        [b"GET / HTTP/1.1\r\n", *[b"X-More: y\r\n"] * 10_000],
        [b"G" * 40_000],
        [b"\x00" * 40_000],
        [b"\r\n" * 40_000],
    ):
        assert codes(attack.send(*parts)) in ([431], [400]), parts[0][:60]


# Slow requests.


def test_many_half_sent_requests_stop_no_editor(tmp_path: Path) -> None:
    """Three times as many as connections are taken, held open for an hour by a server that would wait so long."""
    one = Served(put(tmp_path, FILES), program=PATIENT)
    form = one.form()
    held: list[socket.socket] = []
    with contextlib.ExitStack() as stack:
        for n in range(6 * MOST_OPEN):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", one.port), timeout=SLOW))
            client.sendall([b"", b"GET / HT", message(head(one))[:-2], b"POST /write HTTP/1.1\r\n"][n % 4])
            held.append(client)
        code, said = one.write(form)
        assert code == 200, said
        assert (one.root / said["path"]).is_file()
        # Those that came first are closed, the latest are still waited for.
        assert _is_closed(held[0])
        held[-1].settimeout(0.1)
        with pytest.raises(TimeoutError):
            held[-1].recv(1)
    assert one.stop()[0] == 0


def _is_closed(client: socket.socket) -> bool:
    try:
        return client.recv(1) == b""
    except ConnectionError:
        return True


def test_who_reads_no_answer_stops_no_editor(tmp_path: Path) -> None:
    """They ask for the page, more than the buffers of a connection hold, and never read it."""
    one = Served(
        put(tmp_path, {**FILES, "articles/long.md": ACROSS + "\n".join(["\n没有说法的一句。"] * 20)}), program=PATIENT
    )
    form = one.form()
    with contextlib.ExitStack() as stack:
        for _ in range(2 * MOST_OPEN + 20):
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            client.settimeout(SLOW)
            client.connect(("127.0.0.1", one.port))
            client.sendall(message(head(one, "GET / HTTP/1.1")))
        code, said = one.write(form)
        assert code == 200, said
    assert one.stop()[0] == 0


# Methods.


def test_a_method_is_what_it_is(attack: Any) -> None:
    answer = attack.send(message([*head(attack, "TRACE / HTTP/1.1"), "X-Secret: geheim", "Connection: close"]))
    assert codes(answer) == [405]
    assert b"geheim" not in answer
    for start in (
        "CONNECT evil.example:443 HTTP/1.1",
        "PUT /write HTTP/1.1",
        "DELETE /rulings/K.yaml HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "PATCH / HTTP/1.1",
        "HEAD /write HTTP/1.1",
        "GET /write HTTP/1.1",
        "POST / HTTP/1.1",
        "POST /state HTTP/1.1",
        "QUERY / HTTP/1.1",
    ):
        answer = attack.send(message([*head(attack, start), "Connection: close"]))
        assert codes(answer) == [405], start
        assert b"\r\nAllow: " in answer
    for start in (
        "get / HTTP/1.1",
        "GET / HTTP/2.0",
        "GET / HTTP/1.2",
        "GET / HTTP/0.9",
        "GET /",
        "GET  / HTTP/1.1",
        "GET\t/ HTTP/1.1",
        "GET / http/1.1",
        "/ HTTP/1.1",
        "GET / HTTP/1.1 x",
    ):
        answer = attack.send(message([*head(attack, start), "Connection: close"]))
        assert codes(answer) == [400], start
    # X-HTTP-Method-Override and its like mean nothing.
    given = ["X-HTTP-Method-Override: POST", "X-HTTP-Method: POST", "Connection: close"]
    assert codes(attack.send(message([*head(attack, "GET /write HTTP/1.1"), *given]))) == [405]


@pytest.mark.parametrize("path", ["/", "/state", "/todo.csv", "/nothing.html"])
def test_head_is_get_without_a_body(attack: Any, path: str) -> None:
    get = attack.send(message([*head(attack, f"GET {path} HTTP/1.1"), "Connection: close"]))
    got = attack.send(message([*head(attack, f"HEAD {path} HTTP/1.1"), "Connection: close"]))
    assert (codes(get), got.endswith(b"\r\n\r\n")) == (codes(got), True)
    strip = re.compile(rb"\r\nDate: [^\r]*")
    assert strip.sub(b"", got) == strip.sub(b"", get.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")


# Requests in requests.


@pytest.mark.parametrize(
    ("start", "lines", "body"),
    [
        ("POST / HTTP/1.1", ["Content-Length: 5", CHUNKED], NONE),
        ("POST / HTTP/1.1", [CHUNKED, "Content-Length: 5"], NONE),
        ("POST / HTTP/1.1", [CHUNKED, "Content-Length: 0"], NONE),
        ("POST / HTTP/1.1", ["Content-Length: 0", "Content-Length: 5"], b"aaaaa"),
        ("POST / HTTP/1.1", ["Content-Length: 5", "content-length: 5"], b"aaaaa"),
        ("POST / HTTP/1.1", ["Content-Length: 5, 5"], b"aaaaa"),
        ("POST / HTTP/1.1", ["Content-Length: +5"], b"aaaaa"),
        ("POST / HTTP/1.1", ["Content-Length: -5"], b"aaaaa"),
        ("POST / HTTP/1.1", ["Content-Length: 0x5"], b"aaaaa"),
        ("POST / HTTP/1.1", ["Content-Length: 1_0"], b"a" * 10),
        ("POST / HTTP/1.1", ["Content-Length: \xb2"], b"aa"),
        ("POST / HTTP/1.1", ["Content-Length:"], b""),
        ("POST / HTTP/1.1", [f"Content-Length: {'9' * 5000}"], b""),
        ("POST / HTTP/1.1", ["Content-Length : 5"], b"aaaaa"),
        ("POST / HTTP/1.1", ["Content-Length: 0", " 5"], b"aaaaa"),
        ("POST / HTTP/1.1", ["X: y", " Transfer-Encoding: chunked", "Content-Length: 0"], b""),
        ("POST / HTTP/1.0", [CHUNKED, "Connection: keep-alive"], NONE),
        ("POST / HTTP/1.1", [CHUNKED, CHUNKED], NONE),
        ("POST / HTTP/1.1", ["Transfer-Encoding: chunked, chunked"], NONE),
        ("POST / HTTP/1.1", ["Transfer-Encoding: identity"], b""),
        ("POST / HTTP/1.1", ["Transfer-Encoding: gzip, chunked"], NONE),
        ("POST / HTTP/1.1", ["Transfer-Encoding: chunked, identity"], NONE),
        ("POST / HTTP/1.1", ["Transfer-Encoding: xchunked"], NONE),
        ("POST / HTTP/1.1", ["Transfer-Encoding: \x0bchunked"], NONE),
        ("POST / HTTP/1.1", ["Transfer-Encoding: \xa0chunked"], NONE),
        ("POST / HTTP/1.1", ["Transfer-Encoding: "], NONE),
        ("POST / HTTP/1.1", ["Transfer-Encoding:", " chunked"], NONE),
        ("POST / HTTP/1.1", ["Transfer-Encoding : chunked"], NONE),
        ("POST / HTTP/1.1", ["X: y\rTransfer-Encoding: chunked"], NONE),
        ("POST / HTTP/1.1", ["X: y\nTransfer-Encoding: chunked"], NONE),
        ("POST / HTTP/1.1", [f"{CHUNKED}\n"], NONE),
        ("POST / HTTP/1.1", ["X: y\x00"], b""),
        ("POST / HTTP/1.1", ["no header"], b""),
        ("POST / HTTP/1.1", [CHUNKED], b"g\r\n"),
        ("POST / HTTP/1.1", [CHUNKED], b"-1\r\n"),
        ("POST / HTTP/1.1", [CHUNKED], b"0x1\r\na\r\n0\r\n\r\n"),
        ("POST / HTTP/1.1", [CHUNKED], b"1 \r\na\r\n0\r\n\r\n"),
        ("POST / HTTP/1.1", [CHUNKED], b"1\r\naa\r\n0\r\n\r\n"),
        ("POST / HTTP/1.1", [CHUNKED], b"1;\x00\r\na\r\n0\r\n\r\n"),
        ("POST / HTTP/1.1", [CHUNKED], b"1\n\r\na\r\n0\r\n\r\n"),
        ("POST / HTTP/1.1\nX: y", ["Content-Length: 0"], b""),
        ("POST / HTTP/1.1", ["Cookie: other=1", "Content-Length: 0"], b""),
        ("POST / HTTP/1.1", ["Origin: http://evil.example", "Content-Length: 0"], b""),
        ("POST / HTTP/1.1", ["Sec-Fetch-Site: cross-site", "Content-Length: 0"], b""),
    ],
    ids=range(44),
)
def test_no_request_hides_in_another(attack: Any, start: str, lines: list[str], body: bytes) -> None:
    """What may be read in two ways is not read: one refusal, and the connection is closed before what follows it, which
    is a request that would be taken."""
    answer = attack.send(message([*head(attack, start), *lines], body), written(attack))
    assert codes(answer) in ([400], [411]), answer
    assert b'"path"' not in answer


# Every answer.


def test_every_answer_has_its_headers(attack: Any) -> None:
    ours = f"Host: 127.0.0.1:{attack.port}"
    asked = {
        200: ["GET / HTTP/1.1", ours],
        400: ["GET / HTTP/1.1", ours, ours],
        404: ["GET /x HTTP/1.1", ours],
        405: ["PUT / HTTP/1.1", ours],
        403: ["GET /finding/K HTTP/1.1", ours],
        421: ["GET / HTTP/1.1", "Host: x"],
        413: ["POST /write HTTP/1.1", ours, "Content-Length: 999999"],
        411: ["POST / HTTP/1.1", ours, CHUNKED],
        431: ["GET / HTTP/1.1", ours, f"X: {'x' * 40_000}"],
    }
    for code, lines in asked.items():
        answer = attack.send(message([*lines, "Connection: close"])).decode("utf-8", "replace")
        assert codes(answer.encode()) == [code]
        head_, _, body = answer.partition("\r\n\r\n")
        found = dict(line.split(": ", 1) for line in head_.split("\r\n")[1:])
        assert HEADERS.items() <= found.items(), code
        assert "default-src 'none'" in found["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in found["Content-Security-Policy"]
        assert not {name for name in found if name in ("Server", "Location") or name.startswith("Access-Control")}
        assert code == 200 or found["Content-Type"].startswith(("text/plain", "application/json"))
        assert "Traceback" not in body
    for path, kind in (
        ("/state", "application/json"),
        ("/todo.csv", "text/csv"),
        ("/assets/koujing.js", "text/javascript"),
    ):
        code, found, _ = attack.ask(path)
        if code == 200:
            assert found["Content-Type"].startswith(kind)
            assert HEADERS.items() <= found.items()


# Where it writes, and for whom.


def test_no_ruling_is_written_out_of_the_repo(
    serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A repo may come with a folder of rulings that is a link, or with a link in the place of the file to be."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    one = serve()
    form = one.form()
    (one.root / "rulings").symlink_to(elsewhere)
    code, said = one.write(form)
    assert code == 409
    assert "rulings" in said["error"]
    (one.root / "rulings").unlink()
    (one.root / "rulings").mkdir()
    (one.root / "rulings" / f"{form['finding']}.yaml").symlink_to(elsewhere / "new.yaml")
    assert one.write(one.form())[0] in (200, 409)
    assert list(elsewhere.iterdir()) == []


def test_it_listens_here_alone_or_says_so(serve: Callable[..., Served]) -> None:
    one = serve()
    assert one.host == "127.0.0.1"
    if sys.platform == "linux":  # all of 127.0.0.0/8 is this machine there: one that listens on all addresses answers
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.2", one.port), timeout=SLOW)
        with pytest.raises(OSError, match=r"refused|assign|route|supported"):
            socket.create_connection(("::1", one.port), timeout=SLOW)
    assert one.stop() == (0, "Stopped.\n", "")
    exposed = Served(one.root, "--host", "0.0.0.0", "--port", "0")
    assert exposed.tail.startswith("?key=")
    if sys.platform == "linux":
        socket.create_connection(("127.0.0.2", exposed.port), timeout=SLOW).close()
    code, _, err = exposed.stop()
    assert code == 0
    assert "0.0.0.0" in err
    assert "network" in err


def test_two_servers_of_one_repo_write_one_ruling(serve: Callable[..., Served]) -> None:
    """Two editors, each with a server: both have looked at their file, both write it at once."""
    both = [serve(), serve()]
    forms = [one.form(reason=f"{n}的理由") for n, one in enumerate(both)]
    ready = [{**form, "seen": one.post("/preview", form)[1]["seen"]} for one, form in zip(both, forms, strict=True)]
    came: list[int] = []
    threads = [
        threading.Thread(target=lambda o=one, f=form: came.append(o.post("/write", f)[0]))
        for one, form in zip(both, ready, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == [200, 409]
    [file] = (both[0].root / "rulings").iterdir()
    assert yaml.safe_load(file.read_text("utf-8"))["reason"] in {f["reason"] for f in forms}


def test_a_page_that_is_stale_decides_nothing(serve: Callable[..., Served]) -> None:
    """The article says something else since the page was made: the mark is of what was seen."""
    one: Any = serve()
    form = one.form()
    ready = {**form, "seen": one.post("/preview", form)[1]["seen"]}
    put(one.root, {"articles/across.md": ACROSS.replace("已经可以", "从今年起可以")})
    assert one.post("/write", ready)[0] == 409
    now = one.form()
    seen = one.post("/preview", now)[1]["seen"]
    for mark in ("", "0" * 32, form["mark"], now["mark"][:-1], now["mark"].upper()):
        assert one.post("/preview", {**now, "mark": mark})[0] == 409
        assert one.post("/write", {**now, "mark": mark, "seen": seen})[0] == 409
    assert not (one.root / "rulings").exists()


def test_http_client_agrees(attack: Any) -> None:
    """A client of the standard library, connection kept alive: refusals leave it usable, or closed."""
    client = http.client.HTTPConnection("127.0.0.1", attack.port, timeout=SLOW)
    for path, code in (("/state", 200), ("/nothing", 404), ("/state", 200)):
        client.request("GET", path, headers={"Sec-Fetch-Site": "same-origin"})
        answer = client.getresponse()
        answer.read()
        assert answer.status == code
    client.close()
