"""What the browser tests share: which browser, and what a page is watched for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Error, Page, Route

ROOT = Path(__file__).parents[2]
ARGS = [
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic", "--disable-gpu",
]  # fmt: skip
MISSING = "NO BROWSER: the page was not tested. Run `make setup-browser`, or name a Chromium in KOUJING_CHROMIUM."
TODAY = "2025-06-30"

Build = Callable[..., Path]
"""(folder of articles, lang) -> the file of its page."""
Open = Callable[..., Page]
"""(file, hash, options of a context) -> the page, opened and watched."""


def written(files: Iterable[tuple[str, str]], folder: Path) -> Path:
    """The index of a report's files, written to a folder."""
    for name, text in files:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder / "index.html"


class Watch:
    """What a page did that it must not do."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []

    def on(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.on("dialog", lambda dialog: (self.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def route(self, route: Route) -> None:
        if route.request.url.startswith(("file:", "data:", "blob:")):
            route.continue_()
        else:
            self.asked.append(route.request.url)
            route.abort()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(f"{message.type}: {message.text}")

    def _error(self, error: Error) -> None:
        self.said.append(f"error: {error.message}")
