"""`koujing serve` as clients see it: whom it lets in, how it decides, what it does when files change."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from sample_articles import ACROSS, WITHIN
from serving import AGAIN, FILES, Served, put
from starting import start
from werkzeug.test import Client

from koujing.faults import Fault
from koujing.resolve.files import Written, write_all
from koujing.serve.app import LOCAL, MOST_BYTES, App
from koujing.serve.server import Server
from koujing.serve.site import Asked, Site

# Who is let in.


def test_the_page_asks_nobody_else(served: Served) -> None:
    code, headers, text = served.ask("/")
    assert code == 200
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'sha256-" in policy
    assert "unsafe" not in policy
    wanted = {
        "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
        "Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY",
    }  # fmt: skip
    assert wanted.items() <= headers.items()
    cookie = headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert "Server" not in headers
    assert served.token not in text
    assert cookie.partition("=")[2].partition(";")[0] not in text


def test_head_is_answered(served: Served) -> None:
    code, headers, text = served.ask("/", method="HEAD")
    assert (code, text) == (200, "")
    assert int(headers["Content-Length"]) > 1000


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", "", None,
     "127.0.0.1:{port}@evil.example", "10.0.0.1:{port}", "127.0.0.1.:{port}"],
)  # fmt: skip
def test_a_name_that_was_made_to_point_here_is_refused(served: Served, host: str | None) -> None:
    host = host.format(port=served.port) if host is not None else None
    for path in ("/", "/state", "/finding/K"):
        code, headers, text = served.ask(path, headers={"Host": host})
        assert code in (400, 421), text
        assert "Set-Cookie" not in headers
    assert served.ask("/write", served.form(), headers={"Host": host})[0] in (400, 421)


def test_its_own_names_are_not(served: Served) -> None:
    for host in ("127.0.0.1", "localhost", "[::1]", "LOCALHOST"):
        assert served.ask("/", headers={"Host": f"{host}:{served.port}"})[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": None},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "http://localhost:{port}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
def test_another_site_decides_nothing(served: Served, headers: dict[str, str | None]) -> None:
    form = served.form()
    given = {name: value and value.format(port=served.port) for name, value in headers.items()}
    for path in ("/preview", "/write"):
        code, _, text = served.ask(path, form, headers=given)
        assert code == 403, text


def test_another_site_reads_nothing(served: Served) -> None:
    for path in ("/state", f"/finding/{served.form()['finding']}"):
        assert served.ask(path, headers={"Sec-Fetch-Site": "cross-site"})[0] == 403
        assert served.ask(path, headers={"Origin": "https://evil.example"})[0] == 403
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    code, headers, _ = served.ask("/", headers=link)  # a link in a letter
    assert code == 200
    assert not [name for name in headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("token", ["", "x", None, "é", "0" * 43])
def test_without_its_token_nothing_is_decided(served: Served, token: str | None) -> None:
    form = served.form()
    for path in ("/preview", "/write"):
        assert served.ask(path, form, headers={"X-Koujing-Token": token and token.encode().decode("latin-1")})[0] == 403


@pytest.mark.parametrize("cookie", ["", None, "koujing-{port}=x", "other=1"])
def test_nor_without_its_cookie(served: Served, cookie: str | None) -> None:
    form = served.form()
    given = {"Cookie": cookie and cookie.format(port=served.port)}
    for path in ("/preview", "/write"):
        assert served.ask(path, form, headers=given)[0] == 403
    assert served.ask(f"/finding/{form['finding']}", headers=given)[0] == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None, ""])
def test_only_json_is_taken(served: Served, kind: str | None) -> None:
    assert served.ask("/write", served.form(), headers={"Content-Type": kind})[0] == 415


@pytest.mark.parametrize(
    "path",
    [
        "/koujing.yaml", "/../koujing.yaml", "/%2e%2e/koujing.yaml", "/..%2f..%2fetc/passwd", "//etc/passwd",
        "/articles/../koujing.yaml", "/articles/across.md", "/etc/passwd", "/finding/../../koujing.yaml",
        "/finding/..%2f..%2fkoujing.yaml", "/C:%5cWindows", "/%00", "/index.html/", "/index.html%00", "/.git/config",
    ],
)  # fmt: skip
def test_no_address_leads_to_a_file(served: Served, path: str) -> None:
    code, _, text = served.ask(path)
    assert code in (400, 404, 409), text
    assert "today" not in text
    assert "root:" not in text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND"])
def test_other_methods_are_refused(served: Served, method: str) -> None:
    for path in ("/", "/write"):
        code, headers, _ = served.ask(path, method=method)
        assert code == 405
        assert headers["Allow"]
    assert served.ask("/write")[0] == 405
    assert served.ask("/", {})[0] == 405


def test_what_is_too_large_is_refused(served: Served) -> None:
    form = served.form()
    for path in ("/write", "/"):
        code, _, text = served.ask(path, {**form, "reason": "x" * MOST_BYTES})
        assert code == 413, text
    assert served.ask("/state", headers={"X-Much": "x" * 100_000})[0] == 431
    code, said = served.post("/preview", {**form, "reason": "长" * 6000})
    assert (code, list(said["wrong"])) == (200, ["reason"])


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"finding": 1}', b'{"finding": "K", "mark": "", "path": "y"}',
        b'{"finding": "K", "mark": "x", "verdict": "delete"}', b"[" * 100_000,
        b'{"finding": "K", "mark": "x", "reason": "\\ud800"}',
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_no_form_is_refused(served: Served, body: bytes) -> None:
    served.form()
    code, _, text = served.ask("/write", body)
    assert code == 400, text


def test_who_is_slow_is_cut_off(tmp_path: Path) -> None:
    """A request that comes in drops, and one that never comes, are ended; others are answered meanwhile."""
    site = Site(Asked(here=put(tmp_path, FILES), lang="en", jobs=1))
    app = App(site, "", LOCAL)
    server = Server(app, "127.0.0.1", 0, patience=1)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    cut: dict[str, float] = {}

    def drip(name: str, drops: bytes) -> None:
        client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        client.connect()
        began = time.monotonic()
        try:
            for n in range(600):
                if drops:
                    client.sock.sendall(drops[n % len(drops) : n % len(drops) + 1])
                client.sock.settimeout(0.1)
                try:
                    if not client.sock.recv(100):
                        break
                except TimeoutError:
                    continue
        except OSError:
            pass
        cut[name] = time.monotonic() - began
        client.close()

    slow = [
        threading.Thread(target=drip, args=one) for one in (("silent", b""), ("head", b"X-A: b\r\n"), ("post", b"P"))
    ]
    for one in slow:
        one.start()
    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    client.request("GET", "/state")
    assert client.getresponse().status == 200
    for one in slow:
        one.join(timeout=60)
    assert set(cut) == {"silent", "head", "post"}
    assert all(seconds < 30 for seconds in cut.values()), cut
    server.close()
    thread.join(timeout=30)


# Deciding.


def test_an_editor_decides_and_the_check_passes(serve: Callable[..., Served]) -> None:
    one = serve()
    assert start("check", cwd=one.root).returncode == 1
    form = one.form()
    code, seen = one.post("/preview", form)
    assert code == 200
    assert seen["works"] is True
    assert not (one.root / "rulings").exists()
    code, said = one.post("/write", {**form, "seen": seen["seen"]})
    assert code == 200, said
    assert (one.root / said["path"]).read_text("utf-8") == seen["text"]
    assert "koujing serve" in seen["text"].partition("\n")[0]
    assert said["path"] == f"rulings/{form['finding']}.yaml"
    assert one.marks() == {}
    assert start("check", cwd=one.root).returncode == 0


def test_the_same_words_in_other_findings(serve: Callable[..., Served]) -> None:
    """Those of another scope are another finding: both are decided at once, if that is wanted."""
    one = serve({**FILES, "articles/wuhan.md": AGAIN.replace("又一篇", "武汉市家庭共济")})
    names = list(one.marks())
    assert len(names) == 2
    forms = []
    for name in names:
        said = json.loads(one.ask(f"/finding/{name}")[2])
        one.token = said["token"]
        claims = [claim["id"] for claim in said["offer"]["claims"] if "across.md" not in claim["where"]]
        form = {"finding": name, "mark": said["mark"], "verdict": "misread", "claims": claims}
        forms.append({**form, "reason": "读错了", "by": "李编辑"})
    form = next(f for f in forms if one.post("/preview", f)[1]["alike"])
    alone = one.post("/preview", form)[1]
    assert (alone["others"], names[0] in alone["alike"] or names[1] in alone["alike"]) == ([], True)
    both = one.post("/preview", {**form, "alike": True})[1]
    assert len(both["others"]) == 1
    # What is written is what was seen: not more, not less.
    assert one.post("/write", {**form, "alike": True, "seen": alone["seen"]})[0] == 409
    code, said = one.post("/write", {**form, "alike": True, "seen": both["seen"]})
    assert code == 200, said
    written = {f"rulings/{file.name}": file.read_text("utf-8") for file in (one.root / "rulings").iterdir()}
    assert written == {file["path"]: file["text"] for file in [both, *both["others"]]}
    assert one.marks() == {}
    assert start("check", cwd=one.root).returncode == 0


def test_of_several_files_all_are_written_or_none(tmp_path: Path) -> None:
    put(tmp_path, {"rulings/b.yaml": "theirs\n"})
    with pytest.raises(Fault):
        write_all(tmp_path, [Written("rulings/a.yaml", "a: 1\n"), Written("rulings/b.yaml", "b: 1\n")])
    assert {file.name: file.read_text("utf-8") for file in (tmp_path / "rulings").iterdir()} == {"b.yaml": "theirs\n"}


def test_each_verdict_says_what_it_needs(served: Served) -> None:
    bare = served.form(reason="", by=" ")
    for verdict, wanted in {
        None: {"verdict", "reason", "by"},
        "stands": {"verdict", "document", "reason", "by"},
        "misread": {"claims", "reason", "by"},
        "under-review": {"expires", "reason", "by"},
        "both-stand": {"reason", "by"},
    }.items():
        code, said = served.post("/preview", {**bare, "verdict": verdict})
        assert (code, set(said["wrong"])) == (200, wanted)
    late = served.form(verdict="under-review", expires="2025-06-29")
    assert "2025-06-30" in served.post("/preview", late)[1]["wrong"]["expires"]
    odd = served.form(verdict="stands", side=7, document="某通知", since="明天", published="去年")
    assert set(served.post("/preview", odd)[1]["wrong"]) == {"verdict", "since", "published"}
    other = served.form(verdict="misread", claims=["c00000000000"])
    assert set(served.post("/preview", other)[1]["wrong"]) == {"claims"}


def test_each_verdict_makes_its_file(served: Served) -> None:
    stands = served.form(
        verdict="stands", side=0, document="某通知", issuer="某局", published="2024年12月", since="2024/12/1"
    )
    text = served.post("/preview", stands)[1]["text"]
    made = yaml.safe_load(text)
    assert made["source"] == {"document": "某通知", "issuer": "某局", "published": "2024-12"}
    assert str(made["since"]) == "2024-12-01"
    claims = json.loads(served.ask(f"/finding/{stands['finding']}")[2])["offer"]["claims"]
    text = served.post("/preview", served.form(verdict="misread", claims=[claims[1]["id"]]))[1]["text"]
    assert [rest["id"] for rest in yaml.safe_load(text)["claims"]] == [claims[1]["id"]]
    text = served.post("/preview", served.form(verdict="under-review", expires="2025-07-30"))[1]["text"]
    assert str(yaml.safe_load(text)["expires"]) == "2025-07-30"


@pytest.mark.parametrize(
    "words",
    [
        "a\nverdict: stands", "'\"\nclaims: []", "# 注释", "a: b", "- x", "{}", "!!python/object:os.system x",
        "---\n...", "&a *a", "\u2028verdict: stands", "\x00\x1b[31m", "\u202e反", "null", "2025-01-01",
        "|\n  x", "yes", "\\\\\"'", "%YAML 1.2",
    ],
)  # fmt: skip
def test_no_words_escape_their_yaml(served: Served, words: str) -> None:
    form = served.form(reason=f"x{words}", by=words if words.strip() else "x")
    code, seen = served.post("/preview", form)
    assert code == 200
    assert "wrong" not in seen, seen
    made = yaml.load(seen["text"], Loader=yaml.BaseLoader)
    assert made["reason"] == form["reason"].strip()
    assert made["by"] == form["by"].strip()
    assert made["verdict"] == "both-stand"
    assert set(made) == {"finding", "verdict", "reason", "by", "on", "claims"}
    assert seen["path"] == f"rulings/{form['finding']}.yaml"


@pytest.mark.parametrize("name", ["../../x", "..%2fx", "K", "", "/etc/passwd", "x" * 1000])
def test_no_client_names_the_file(served: Served, name: str) -> None:
    code, said = served.post("/write", {**served.form(), "finding": name, "seen": "x"})
    assert code == 409
    assert "no such finding" in " ".join(said["now"])


def test_two_tabs_do_not_lose_each_others_work(serve: Callable[..., Served]) -> None:
    one = serve()
    first, second = one.form(), one.form(verdict="misread", reason="别的理由")
    second["claims"] = [json.loads(one.ask(f"/finding/{second['finding']}")[2])["offer"]["claims"][0]["id"]]
    seen = one.post("/preview", second)[1]["seen"]
    assert one.write(first)[0] == 200
    code, said = one.post("/write", {**second, "seen": seen})
    assert code == 409
    assert said["mark"] == ""
    assert "李编辑" in said["now"][0]
    assert "两篇说的是两类人" in said["now"][0]
    assert len(list((one.root / "rulings").iterdir())) == 1


def test_many_at_once_write_one_file(serve: Callable[..., Served]) -> None:
    one = serve()
    forms = [one.form(reason=f"理由{n}") for n in range(4)]
    texts = [one.post("/preview", form)[1]["seen"] for form in forms]
    codes: list[int] = []
    work = [
        threading.Thread(target=lambda f=form, t=text: codes.append(one.post("/write", {**f, "seen": t})[0]))
        for form, text in zip(forms, texts, strict=True)
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert sorted(codes) == [200, 409, 409, 409]
    assert len(list((one.root / "rulings").iterdir())) == 1


def test_a_ruling_that_came_from_elsewhere_is_seen(serve: Callable[..., Served]) -> None:
    """`koujing resolve` in a terminal, a colleague's pull: whatever wrote it."""
    one = serve()
    form = one.form()
    done = start(
        "resolve", form["finding"], "--verdict", "both-stand", "--reason", "终端里写的", "--by", "张编辑", cwd=one.root
    )
    assert done.returncode == 0
    code, said = one.post("/preview", form)
    assert code == 409
    assert "终端里写的" in said["now"][0]


def test_a_finding_that_has_changed_is_shown_as_it_is(serve: Callable[..., Served]) -> None:
    one = serve()
    form = one.form()
    put(one.root, {"articles/again.md": AGAIN})
    code, said = one.write(form)
    assert code == 409
    assert "articles/again.md:6" in " ".join(said["now"])
    assert said["mark"] not in ("", form["mark"])
    assert one.write(one.form())[0] == 200
    assert start("check", cwd=one.root).returncode == 0


def test_what_is_written_is_what_was_seen(serve: Callable[..., Served]) -> None:
    one = serve()
    form = one.form()
    for seen in ("", "finding: x\n"):
        code, said = one.post("/write", {**form, "seen": seen})
        assert code == 409
        assert "preview" in said["error"]
    assert not (one.root / "rulings").exists()


def test_under_review_gives_way_to_a_verdict(serve: Callable[..., Served]) -> None:
    one = serve()
    assert one.write(one.form(verdict="under-review", expires="2025-07-30", reason="问医保局"))[0] == 200
    [name] = one.marks()
    assert "问医保局" in json.loads(one.ask(f"/finding/{name}")[2])["offer"]["was"]
    assert one.write(one.form())[0] == 200
    [file] = (one.root / "rulings").iterdir()
    assert "verdict: both-stand" in file.read_text("utf-8")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(serve: Callable[..., Served]) -> None:
    one = serve({**FILES, "rulings/.keep": ""})
    form = one.form()
    (one.root / "rulings").chmod(0o500)
    try:
        code, said = one.write(form)
    finally:
        (one.root / "rulings").chmod(0o700)
    assert code == 409
    assert "rulings" in said["error"]


# What changes on disk.


def test_a_changed_article_is_another_page(serve: Callable[..., Served]) -> None:
    one = serve()
    [name] = one.marks()
    before = json.loads(one.ask("/state")[2])
    put(one.root, {"articles/within.md": ACROSS.replace("共济", "家庭共济", 1)})
    one.until(lambda said: said["mark"] != before["mark"])
    assert name not in one.marks()
    (one.root / "articles/within.md").unlink()
    put(one.root, {"articles/deeper/new.md": WITHIN})
    one.until(lambda said: said["mark"] != before["mark"] and bool(one.marks()))
    shutil.rmtree(one.root / "articles/deeper")
    one.until(lambda said: not one.marks())


def test_nothing_changed_is_the_same_page(serve: Callable[..., Served]) -> None:
    one = serve()
    page, before = one.open(), one.ask("/state")[2]
    put(one.root, {"articles/across.md": ACROSS})  # saved, and the same
    time.sleep(3)
    assert (one.open(), one.ask("/state")[2]) == (page, before)


def test_a_broken_config_keeps_the_last_page(serve: Callable[..., Served]) -> None:
    one = serve()
    page, form = one.open(), one.form()
    put(one.root, {"koujing.yaml": "fail_on: sometimes\n"})
    said = one.until(lambda said: bool(said["troubles"]))
    assert "koujing.yaml:1" in said["troubles"][0]
    assert one.open() == page
    code, answer = one.post("/preview", form)
    assert code == 409
    assert "koujing.yaml:1" in answer["error"]
    put(one.root, {"koujing.yaml": FILES["koujing.yaml"]})
    one.until(lambda said: not said["troubles"])
    assert one.write(one.form())[0] == 200


def test_a_broken_article_is_told(serve: Callable[..., Served]) -> None:
    one = serve()
    (one.root / "articles/broken.md").write_bytes(b"\xff\xfe\x00\xd8broken\x81")
    said = one.until(lambda said: bool(said["troubles"]))
    assert "articles/broken.md" in said["troubles"][0]
    assert one.marks()


def test_without_a_config_there_is_only_reading(serve: Callable[..., Served]) -> None:
    one = serve({name: text for name, text in FILES.items() if name != "koujing.yaml"})
    assert one.marks() == {}
    code, _, text = one.ask("/finding/K")
    assert code == 409
    assert "koujing init" in text


def test_a_large_audit_has_pages_beside_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("koujing.serve.site.MOST", 1000)
    site = Site(Asked(here=put(tmp_path, FILES), lang="en", jobs=1))
    app = App(site, "", LOCAL)
    app.listens(80)
    client = Client(app)
    beside = [f"/{name}" for name in site.shown.pages.beside]
    assert len(beside) == 2
    for path in ("/", "/index.html", *beside):
        answer = client.get(path, headers={"Host": "localhost"})
        assert answer.status_code == 200
        meta = re.search(r'Content-Security-Policy" content="([^"]*)"', answer.text)
        assert meta is not None
        assert answer.headers["Content-Security-Policy"].startswith(meta[1].replace("&#39;", "'"))
        mark = client.get(f"/state?page={path}", headers={"Host": "localhost"}).json["mark"]
        assert f'"mark":"{mark}"' in answer.text
    assert client.get("/articles/a-0000000000.html", headers={"Host": "localhost"}).status_code == 404
    for path, kind in (("koujing.css", "css"), ("koujing.js", "javascript"), ("claims.js", "javascript")):
        answer = client.get(f"/assets/{path}?0123456789", headers={"Host": "localhost"})
        assert (answer.status_code, answer.mimetype) == (200, f"text/{kind}")
    assert client.get("/todo.csv", headers={"Host": "localhost"}).mimetype == "text/csv"
    marks = [site.shown.pages.mark_of(path.removeprefix("/")) for path in ("/index.html", *beside)]
    put(tmp_path, {"articles/within.md": WITHIN + "\n这一句没有说法。\n"})
    site.refresh()
    again = [site.shown.pages.mark_of(path.removeprefix("/")) for path in ("/index.html", *beside)]
    assert [one == other for one, other in zip(marks, again, strict=True)].count(True) == 1


# The process.


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(tmp_path: Path, how: int) -> None:
    one = Served(put(tmp_path, FILES))
    one.open()
    assert one.stop(how) == (0, "Stopped.\n", "")


def test_a_port_that_is_taken(tmp_path: Path, served: Served) -> None:
    done = start("serve", "--no-open", "--port", str(served.port), "--lang", "en", cwd=put(tmp_path, FILES))
    assert done.returncode == 2
    assert b"--port" in done.stderr
    assert b"Traceback" not in done.stderr
    one = Served(tmp_path, "--no-open")
    two = Served(tmp_path, "--no-open")
    assert one.port != two.port
    assert (one.stop()[0], two.stop()[0]) == (0, 0)


def test_others_of_the_network_need_the_key(serve: Callable[..., Served]) -> None:
    one = serve(FILES, "--port", "0", "--host", "0.0.0.0")
    assert one.tail.startswith("?key=")
    code, headers, _ = one.ask("/")
    assert (code, "Set-Cookie" in headers) == (200, False)
    assert one.ask("/finding/K")[0] == 403
    assert one.ask("/?key=x")[1].get("Set-Cookie") is None
    code, headers, _ = one.ask("/" + one.tail)
    assert (code, headers["Location"]) == (303, "/")
    assert one.ask("/", headers={"Host": f"evil.example:{one.port}"})[0] == 421
    assert one.ask("/", headers={"Host": f"192.0.2.1:{one.port}"})[0] == 200
    one.cookie, one.tail = headers["Set-Cookie"].partition(";")[0], ""
    assert one.write(one.form())[0] == 200


def test_a_bad_config_is_told_at_once(tmp_path: Path) -> None:
    done = start("serve", "--no-open", "--port", "0", cwd=put(tmp_path, {"koujing.yaml": "x: y\n"}))
    assert done.returncode == 2
    assert b"koujing.yaml:1" in done.stderr
