"""The page of a large corpus: how long it takes to write, to open, and to filter as one types.

Makes a corpus (benchmarks/corpus.py), audits it once, renders its page several times, and types into its filters in
Chromium. A keystroke's time runs from the key to the frame that shows what is left.

    python -m benchmarks.page [--articles 2000] [--every 25] [--times 5] [--jobs N]
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from audit.corpus import cores
from benchmarks.corpus import EVERY, TODAY, article, write
from koujing.forking import forked
from koujing.page import audit_of
from koujing.project import open_project
from koujing.report import BESIDE
from koujing.run import find_conflicts, read_project
from koujing.streams import write_files
from reports.html.page import book
from tools.setup_browser import found

TYPED = "职工医保三级医院"
FIELDS = (("conflicts", "#f-q"), ("articles", "#l-q"), ("todo", "#d-q"), ("claims", "#m-q"))
SETTLED = 2_000
"""Milliseconds until what a section does while nobody types is done."""
_KEYSTROKE = """async ([selector, value]) => {
    const field = document.querySelector(selector);
    const begun = performance.now();
    field.value = value;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - begun;
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the page of a large corpus.")
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--every", type=int, default=EVERY, help="one article in so many says a wrong figure")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=cores())
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        _measure(Path(folder), args.articles, args.every, args.times, args.jobs)


def _measure(folder: Path, articles: int, every: int, times: int, jobs: int) -> None:
    content, pages = folder / "content", folder / "pages"
    content.mkdir()
    write((article(n, every) for n in range(articles)), content)
    reading = read_project(open_project((), content), TODAY)
    audited = audit_of(
        reading, find_conflicts(reading), {"lang": "zh", "today": (TODAY, "option"), "fail_on": "error", "least": 0}
    )
    written, spent = [], []
    for _ in range(times):
        rmtree(pages, ignore_errors=True)
        begun, before = time.perf_counter(), os.times()
        write_files(pages, book(audited, spread=forked(jobs)), BESIDE)
        written.append(time.perf_counter() - begun)
        spent.append(sum(os.times()[:4]) - sum(before[:4]))
    size = sum(file.stat().st_size for file in pages.rglob("*") if file.is_file())
    _row("articles, claims, findings", f"{articles}, {len(reading.corpus.claims)}, {len(audited.report.findings)}")
    _row("pages, bytes in all, of the index", f"{_count(pages)}, {size}, {(pages / 'index.html').stat().st_size}")
    _row(f"written by {jobs} (s: median, best; of CPU)", f"{median(written):.2f}, {min(written):.2f}; {min(spent):.2f}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found())
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        address = (pages / "index.html").as_uri()
        _row("opened (ms, median)", f"{median(_timed(lambda: _open(page, address)) for _ in range(times)) * 1000:.0f}")
        for section, field in FIELDS:
            page.goto(f"{address}#{section}")
            page.wait_for_selector(field)
            page.wait_for_timeout(SETTLED)
            strokes = [stroke for _ in range(times) for stroke in _typed(page, field)]
            _row(f"a keystroke in {section} (ms: median, worst)", f"{median(strokes):.0f}, {max(strokes):.0f}")
        browser.close()


def _open(page: Page, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("html.ready")


def _typed(page: Page, field: str) -> list[float]:
    """Milliseconds from each of the keys, then from emptying the field."""
    values = [TYPED[:n] for n in range(1, len(TYPED) + 1)] + [""]
    return [page.evaluate(_KEYSTROKE, [field, value]) for value in values]


def _timed(what: Callable[[], None]) -> float:
    begun = time.perf_counter()
    what()
    return time.perf_counter() - begun


def _count(folder: Path) -> int:
    return sum(1 for file in folder.rglob("*.html"))


def _row(name: str, value: str) -> None:
    print(f"{name:45} {value}")


if __name__ == "__main__":
    main()
