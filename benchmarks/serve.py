"""`koujing serve` on a large corpus: how long an editor waits.

Makes a corpus (benchmarks/corpus.py), serves it, and works in Chromium as an editor does: saves an article and waits
until the open page is the new one; decides a finding, looks at the ruling's file, writes it.

Beside each time stands the processor time that the server took: on a busy machine that alone says something.

    python -m benchmarks.serve [--articles 2000] [--times 5]
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeAlias

from playwright.sync_api import Error, Page, sync_playwright

from benchmarks.corpus import TODAY, article, write
from tools.setup_browser import found

Took: TypeAlias = tuple[float, float]
"""Seconds: by the clock on the wall, and of the server's processor time."""

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
    print(f"{'started, all articles read':50} {time.perf_counter() - begun:6.2f} s")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found())
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(LONG)
            clock, first = Clock(server.pid), f"{url[0]}#conflicts"
            _row("the first page, made and opened", [clock(lambda: _open(page, first))])
            _row("the same page again", [clock(lambda: _open(page, first)) for _ in range(times)])
            saved = [clock(_saving(page, root, n)) for n in range(times)]
            _row("an article saved, until the open page shows it", saved)
            decided = [_decided(page, clock) for _ in range(times)]
            for n, name in enumerate(("its form", "its file shown", "written, until the page shows it")):
                _row(f"a finding decided: {name}", [one[n] for one in decided])
            beside = page.locator("a[href^='articles/']").first.evaluate("one => one.href.split('#')[0]")
            _row("an article's page, opened", [clock(lambda: _open(page, beside)) for _ in range(times)])
            _row("that article saved, until its page shows it", [clock(_saving(page, root, n)) for n in range(times)])
            browser.close()
    finally:
        server.terminate()  # Ctrl-C would not reach it where this runs in the background
        server.wait()


class Clock:
    """Measures what somebody waits, and how long the server works meanwhile."""

    def __init__(self, server: int) -> None:
        self._stat = Path(f"/proc/{server}/stat")
        self._tick = os.sysconf("SC_CLK_TCK")

    def __call__(self, what: Callable[[], object]) -> Took:
        wall, cpu = time.perf_counter(), self._cpu()
        what()
        return time.perf_counter() - wall, self._cpu() - cpu

    def _cpu(self) -> float:
        if not self._stat.exists():
            return 0.0
        fields = self._stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / self._tick  # utime and stime, see proc(5)


def _open(page: Page, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("html.ready")


def _saving(page: Page, root: Path, n: int) -> Callable[[], None]:
    """Saves an article, with a claim more that is against others, and waits for the page that knows."""
    before = _mark(page)
    shown = page.locator(".text .path").first
    path = root / (shown.inner_text() if shown.count() else article(n).name)
    text = f"{path.read_text(encoding='utf-8')}\n家庭共济{'目前不能' if n % 2 else '已经可以'}跨省使用。\n"

    def save() -> None:
        path.write_text(text, encoding="utf-8")
        _until_another(page, before)

    return save


def _until_another(page: Page, before: str) -> None:
    while _mark(page) in ("", before):
        time.sleep(0.01)
    page.wait_for_selector("html.ready")


def _mark(page: Page) -> str:
    """Which page it is; "" while it is being loaded."""
    try:
        told = page.evaluate(_TOLD)
    except Error:
        return ""
    found = re.search(r'"mark":"(\w+)"', told)
    return found[1] if found else ""


def _decided(page: Page, clock: Clock) -> tuple[Took, Took, Took]:
    page.wait_for_selector("html.ready")
    form = clock(lambda: _press(page, ".card:not(.is-resolved) .decide-open", ".decide .decide-option"))
    page.locator(".decide-option", has_text="两方都对").first.click()
    page.fill(".decide textarea", "两篇说的是两类人")
    page.fill(".decide [name=by]", "李编辑")
    seen = clock(lambda: _press(page, ".decide-look", ".decide-file:visible"))
    before = _mark(page)

    def write() -> None:
        page.click(".decide-write")
        _until_another(page, before)
        page.wait_for_selector(".news-in .is-done")

    written = clock(write)
    page.click(".news-in .is-done button")
    return form, seen, written


def _press(page: Page, button: str, then: str) -> None:
    page.click(button)
    page.wait_for_selector(then)


def _row(name: str, took: Sequence[Took]) -> None:
    walls, cpus = [wall for wall, _ in took], [cpu for _, cpu in took]
    print(f"{name:50} {median(walls):6.2f} s (worst {max(walls):.2f}); server's CPU {median(cpus):5.2f} s")


if __name__ == "__main__":
    main()
