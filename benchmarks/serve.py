"""`koujing serve` on a large corpus: how long an editor waits.

Makes a corpus (benchmarks/corpus.py), serves it, and works in Chromium as an editor does: saves an article and waits
until the open page is the new one; decides a finding, looks at the ruling's file, writes it.

    python -m benchmarks.serve [--articles 2000] [--times 5]
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Error, Page, sync_playwright

from benchmarks.corpus import TODAY, article, write
from tools.setup_browser import found

LONG = 300_000
"""Milliseconds after which something has gone wrong."""
_TOLD = "() => { const one = document.getElementById('serving'); return one ? one.textContent : ''; }"


def main() -> None:
    parser = argparse.ArgumentParser(description="Time koujing serve on a large corpus.")
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--times", type=int, default=5)
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        _measure(Path(folder), args.articles, args.times)


def _measure(root: Path, articles: int, times: int) -> None:
    write(map(article, range(articles)), root)
    (root / "koujing.yaml").write_text(f"today: {TODAY}\n", encoding="utf-8")
    begun = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "koujing", "serve", "--port", "0", "--no-open"], cwd=root, stdout=subprocess.PIPE,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    assert server.stdout is not None
    url = re.search(r"http://\S+/", server.stdout.readline().decode())
    assert url is not None
    _row("started, all articles read (s)", [time.perf_counter() - begun])
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found())
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(LONG)
            _row("the first page, made and opened (s)", [_timed(lambda: _open(page, f"{url[0]}#conflicts"))])
            _row("the same page again (s)", [_timed(lambda: _open(page, f"{url[0]}#conflicts")) for _ in range(times)])
            _row("an article saved, until the open page shows it (s)", [_saved(page, root, n) for n in range(times)])
            decided = [_decided(page) for _ in range(times)]
            for n, name in enumerate(("its form (s)", "its file shown (s)", "written, and the page shows it (s)")):
                _row(name, [one[n] for one in decided])
            beside = page.locator("a[href^='articles/']").first.evaluate("one => one.href.split('#')[0]")
            _row("an article's page, opened (s)", [_timed(lambda: _open(page, beside)) for _ in range(times)])
            _row("that article saved, until it shows (s)", [_saved(page, root, n) for n in range(times)])
            browser.close()
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


def _open(page: Page, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("html.ready")


def _saved(page: Page, root: Path, n: int) -> float:
    """Save an article, with a claim more that is against others, and wait for the page that knows."""
    before = _mark(page)
    shown = page.locator(".text .path").first
    path = root / (shown.inner_text() if shown.count() else article(n).name)
    text = path.read_text(encoding="utf-8")
    begun = time.perf_counter()
    path.write_text(f"{text}\n家庭共济{'目前不能' if n % 2 else '已经可以'}跨省使用。\n", encoding="utf-8")
    while _mark(page) in ("", before):
        time.sleep(0.01)
    page.wait_for_selector("html.ready")
    return time.perf_counter() - begun


def _mark(page: Page) -> str:
    """Which page it is; "" while it is being loaded."""
    try:
        told = page.evaluate(_TOLD)
    except Error:
        return ""
    found = re.search(r'"mark":"(\w+)"', told)
    return found[1] if found else ""


def _decided(page: Page) -> tuple[float, float, float]:
    page.wait_for_selector("html.ready")
    begun = time.perf_counter()
    page.click(".card:not(.is-resolved) .decide-open")
    page.wait_for_selector(".decide .decide-option")
    form = time.perf_counter()
    page.locator(".decide-option", has_text="两方都对").first.click()
    page.fill(".decide textarea", "两篇说的是两类人")
    page.fill(".decide [name=by]", "李编辑")
    looked = time.perf_counter()
    page.click(".decide-look")
    page.wait_for_selector(".decide-file:visible")
    seen = time.perf_counter()
    before = _mark(page)
    page.click(".decide-write")
    while _mark(page) in ("", before):
        time.sleep(0.01)
    page.wait_for_selector(".news-in .is-done")
    end = time.perf_counter()
    page.click(".news-in .is-done button")
    return form - begun, seen - looked, end - seen


def _timed(what: Callable[[], None]) -> float:
    begun = time.perf_counter()
    what()
    return time.perf_counter() - begun


def _row(name: str, times: list[float]) -> None:
    print(f"{name:52} {median(times):6.2f}  (worst {max(times):.2f})")


if __name__ == "__main__":
    main()
