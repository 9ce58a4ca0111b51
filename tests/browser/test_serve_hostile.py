"""`koujing serve` and a real browser: what others' pages make it send, and what articles and rulings make it show."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from desks import SLOW, Desk
from playwright.sync_api import Browser, Page, expect

RUN = "window.ran=(window.ran||0)+1"
BREAK = f"</script><script>{RUN}</script><img src=x onerror={RUN}>\"'><svg onload={RUN}>"
HOSTILE = {
    "koujing.yaml": "today: 2025-06-30\n",
    "a.md": f"---\ntitle: '{BREAK.replace(chr(39), chr(39) * 2)}'\nauthor: \"<img src=x onerror={RUN}>\"\n---\n\n"
    f"家庭共济可以跨省使用{BREAK}。\n",
    "<img src=x onerror=alert(1)>.md": f"家庭共济不能跨省使用<svg onload={RUN}>。\n",
}


def no_harm(page: Page) -> None:
    assert page.evaluate("window.ran") is None
    expect(page.locator("main img, main iframe, main style, [onfocus], [onload], [onerror]")).to_have_count(0)
    expect(page.locator("body script:not([type='application/json'])")).to_have_count(0)


def test_nothing_stored_runs(desk: Callable[..., Desk], visit: Callable[..., Page]) -> None:
    """An article, a name of a file, what an editor types, a ruling: all is text, at every step of deciding."""
    one = desk(HOSTILE)
    page, late = visit(one), visit(one)
    for tab in (page, late):
        tab.click(".decide-open")
        tab.wait_for_selector(".decide")
        no_harm(tab)
        tab.locator(".decide-option", has_text="两方都对").first.click()
        tab.fill(".decide textarea", f"理由{BREAK}")
        tab.fill(".decide [name=by]", f"编辑{BREAK}")
        tab.click(".decide-look")
        tab.wait_for_selector(".decide-file:visible")
        assert "<svg onload=" in tab.locator(".decide-file pre").inner_text()
        no_harm(tab)
    page.click(".decide-write")
    expect(page.locator(".decide")).to_have_count(0, timeout=SLOW)
    [file] = (one.root / "rulings").iterdir()
    assert BREAK.replace("\\", "\\\\").replace('"', '\\"') in file.read_text("utf-8")
    no_harm(page)
    # The other tab is told what has been decided: that, too, is text.
    late.click(".decide-write")
    expect(late.locator(".decide-answer")).to_contain_text("<svg onload=", timeout=SLOW)
    no_harm(late)
    page.goto(one.url + "#rulings")
    page.reload()
    page.wait_for_selector("html.ready")
    no_harm(page)


# Another site.


ATTACK = """
async ({target, form, token}) => {
  const came = {};
  const ask = async (name, path, options) => {
    try { const r = await fetch(target + path, options); came[name] = r.type === "opaque" ? "opaque" : r.status; }
    catch (e) { came[name] = "failed"; }
  };
  const text = {"Content-Type": "text/plain"}, json = {"Content-Type": "application/json", "X-Koujing-Token": token};
  await ask("simple", "/write", {method: "POST", mode: "no-cors", credentials: "include", headers: text, body: form});
  await ask("asked", "/write", {method: "POST", mode: "cors", credentials: "include", headers: json, body: form});
  await ask("read", "/state", {credentials: "include"});
  await ask("page", "/", {credentials: "include"});
  navigator.sendBeacon(target + "/write", form);
  for (const kind of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
    const frame = document.createElement("iframe"); frame.name = "f" + kind.length;
    const sent = document.createElement("form"), field = document.createElement("input");
    const back = new Promise(done => { frame.onload = done; });
    sent.method = "POST"; sent.action = target + "/write"; sent.enctype = kind; sent.target = frame.name;
    field.name = form.slice(0, -1) + ', "x":"'; field.value = '"}';
    sent.append(field); document.body.append(frame, sent); sent.submit();
    await Promise.race([back, new Promise(done => setTimeout(done, 3000))]);
  }
  const part = (tag, path) => new Promise(done => {
    const one = document.createElement(tag);
    one.onload = () => done("loaded"); one.onerror = () => done("failed");
    if (tag === "link") { one.rel = "stylesheet"; one.href = target + path; } else one.src = target + path;
    document.body.append(one);
  });
  came.picture = await part("img", "/"); came.script = await part("script", "/assets/koujing.js");
  came.style = await part("link", "/assets/koujing.css");
  const frame = document.createElement("iframe");
  frame.src = target + "/"; document.body.append(frame);
  await new Promise(done => { frame.onload = done; setTimeout(done, 3000); });
  try { came.frame = frame.contentDocument ? frame.contentDocument.body.innerText.length : "apart"; }
  catch (e) { came.frame = "apart"; }
  return came;
}
"""


class Elsewhere(BaseHTTPRequestHandler):
    """A site that somebody else runs."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>x</title><body>")

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def elsewhere() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield int(server.server_address[1])
    server.shutdown()
    thread.join()


class Editor:
    """An editor who has looked at a file, and needs but to write it: what another site would love to send."""

    def __init__(self, desk: Desk) -> None:
        self.at = urlsplit(desk.url)
        text, answer = self.ask("/")
        self.cookie = str(answer.getheader("Set-Cookie")).partition(";")[0]
        self.name = next(iter(json.loads(text.partition('id="serving">')[2].partition("</script>")[0])["marks"]))
        said = json.loads(self.ask(f"/finding/{self.name}")[0])
        self.token = said["token"]
        self.form = {"finding": self.name, "mark": said["mark"], "verdict": "both-stand", "reason": "x", "by": "y"}
        self.form["seen"] = json.loads(self.ask("/preview", self.form)[0])["seen"]

    def ask(self, path: str, form: object = None) -> tuple[str, http.client.HTTPResponse]:
        client = http.client.HTTPConnection(str(self.at.hostname), self.at.port or 80, timeout=SLOW / 1000)
        given = {"Sec-Fetch-Site": "same-origin", "Cookie": getattr(self, "cookie", "")}
        if form is not None:
            given |= {
                "Origin": f"http://{self.at.netloc}",
                "X-Koujing-Token": self.token,
                "Content-Type": "application/json",
            }
        client.request("POST" if form else "GET", path, json.dumps(form) if form else None, given)
        answer = client.getresponse()
        return answer.read().decode(), answer


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_another_site_gets_nothing(desk: Callable[..., Desk], browser: Browser, elsewhere: int, host: str) -> None:
    """In the browser in which the page is open; on another port of this machine even its cookie is sent."""
    one = desk()
    editor = Editor(one)
    context = browser.new_context()
    mine = context.new_page()
    mine.goto(one.url)
    mine.wait_for_selector("html.ready")
    theirs = context.new_page()
    theirs.goto(f"http://{host}:{elsewhere}/")
    given = {"target": one.url.rstrip("/"), "form": json.dumps(editor.form), "token": editor.token}
    came = theirs.evaluate(ATTACK, given)
    assert came["simple"] in ("opaque", "failed")  # sent, and refused: what is answered cannot be read
    assert came["frame"] in ("apart", 0)
    assert {came[name] for name in ("asked", "read", "page", "picture", "script", "style")} == {"failed"}
    assert not any("koujing" in frame.name or frame.query_selector("#serving") for frame in theirs.frames)
    # A link opens the page, in a window of which the other knows nothing.
    with context.expect_page() as opened:
        theirs.evaluate("target => { window.other = window.open(target); }", one.url)
    opened.value.wait_for_selector("html.ready")
    assert opened.value.evaluate("window.opener") is None
    assert theirs.evaluate("window.other === null || window.other.closed") is True
    assert not (one.root / "rulings").exists()
    context.close()
    # The editor who has a right to it writes it.
    assert editor.ask("/write", editor.form)[1].status == 200


def test_a_name_that_points_here_gets_nothing(desk: Callable[..., Desk], browser: Browser) -> None:
    """DNS rebinding: a site of the same port gave out its page, and then its name was made to point to this machine."""
    one = desk()
    editor = Editor(one)
    context = browser.new_context()
    page = context.new_page()
    evil = f"http://evil.localhost:{editor.at.port}"  # Chromium takes every such name for this machine
    page.route(
        f"{evil}/",
        lambda route: route.fulfill(body="<!doctype html><title>x</title>", content_type="text/html"),
        times=1,
    )
    page.goto(f"{evil}/")
    came = page.evaluate(
        """async ({form, token, name}) => {
          const head = {"Content-Type": "application/json", "X-Koujing-Token": token};
          const got = [];
          for (const [path, options] of [["/", {}], ["/state", {}], ["/finding/" + name, {}], ["/todo.csv", {}],
                                         ["/write", {method: "POST", headers: head, body: form}]]) {
            got.push((await fetch(path, options)).status);
          }
          return got;
        }""",
        {"form": json.dumps(editor.form), "token": editor.token, "name": editor.name},
    )
    assert came == [421] * 5
    assert not (one.root / "rulings").exists()
    context.close()
