"""Take the pictures of the web page under docs/report/: desktop, phone and dark, Chinese and English.

python -m tools.make_screenshots
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec
from playwright.sync_api import Browser, Page, sync_playwright

from tools.setup_browser import found

ROOT = Path(__file__).parent.parent
TO = ROOT / "docs/report"
DESKTOP, WIDE, PHONE = (1280, 860), (1440, 900), (390, 844)
Lang: TypeAlias = Literal["zh", "en"]
Colours: TypeAlias = Literal["light", "dark"]


class Picture(msgspec.Struct, frozen=True):
    """A file, and what it shows: an address, of the size of a window. `before` does something with the page first."""

    name: str
    at: str
    lang: Lang = "zh"
    size: tuple[int, int] = DESKTOP
    colours: Colours = "light"
    before: Callable[[Page], None] | None = None


REASONS: Mapping[Lang, str] = {
    "zh": "两篇说的是不同省份的办法，原文没有写明是哪个省",
    "en": "They tell of the rules of two provinces, and name neither",
}


def deciding(lang: Lang, verdict: str) -> Callable[[Page], None]:
    """A finding for which a verdict is chosen, and the ruling's file is shown."""

    def decide(page: Page) -> None:
        page.click(".card:not([hidden]) .decide-open")
        page.wait_for_selector(".decide .decide-option")
        page.locator(".decide-option", has_text=verdict).first.click()
        page.fill(".decide textarea", REASONS[lang])
        page.fill(".decide [name=by]", "林夏")
        page.click(".decide-look")
        page.wait_for_selector(".decide-write:visible")
        page.locator(".decide-suggested").evaluate("one => scrollBy(0, one.getBoundingClientRect().top - 70)")

    return decide


PICTURES = (
    Picture("overview-zh", "#overview"),
    Picture("overview-en", "#overview", "en"),
    Picture("overview-en-phone", "#overview", "en", PHONE, "dark"),
    Picture("topics-zh", "#topics"),
    Picture("findings-zh", "#conflicts?topic=yibao.deductible"),
    Picture("findings-en-dark", "#conflicts?kind=outdated", "en", DESKTOP, "dark"),
    Picture("findings-zh-phone", "#conflicts", "zh", PHONE),
    Picture("article-zh", "#a-13dda55799", "zh", WIDE, "light"),
    Picture("todo-zh", "#todo"),
    Picture("todo-en-phone", "#todo", "en", PHONE),
    Picture("claims-en", "#claims?q=%E8%B7%A8%E7%9C%81", "en"),
    Picture("rulings-zh-dark", "#rulings", "zh", DESKTOP, "dark"),
)
SERVED = (
    Picture("serve-zh", "#conflicts?topic=gongji.area", "zh", (1180, 1100), "light", deciding("zh", "两方都对")),
    Picture("serve-en-phone", "#conflicts?topic=gongji.area", "en", PHONE, "dark", deciding("en", "Both stand")),
)


def main() -> None:
    shutil.rmtree(TO, ignore_errors=True)
    TO.mkdir()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=found(), args=["--no-sandbox", "--disable-gpu"])
        for lang in ("zh", "en"):
            command = ["report", "-o", str(folder / lang), "--lang", lang]
            subprocess.run(_koujing(*command), cwd=ROOT / "examples", env=_env(folder), check=True)
        for picture in PICTURES:
            _take(browser, picture, (folder / picture.lang / "index.html").as_uri())
        content = folder / "content"
        shutil.copytree(ROOT / "examples", content)
        for picture in SERVED:
            with _served(content, picture.lang, folder) as address:
                _take(browser, picture, address)
        browser.close()


def _take(browser: Browser, picture: Picture, address: str) -> None:
    width, height = picture.size
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=picture.colours)
    page.goto(address + picture.at)
    page.wait_for_selector("html.ready")
    if picture.before is not None:
        picture.before(page)
    page.wait_for_timeout(300)
    page.screenshot(path=TO / f"{picture.name}.png")
    page.close()


@contextmanager
def _served(content: Path, lang: Lang, folder: Path) -> Iterator[str]:
    """The address of a content repo that is served meanwhile."""
    server = subprocess.Popen(
        _koujing("serve", "--port", "0", "--no-open", "--lang", lang), cwd=content, env=_env(folder),
        stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        address = re.search(r"http://\S+/", server.stdout.readline().decode())
        assert address is not None
        yield address[0]
    finally:
        server.terminate()
        server.wait()


def _koujing(*args: str) -> list[str]:
    return [sys.executable, "-m", "koujing", *args]


def _env(folder: Path) -> Mapping[str, str]:
    return {"PYTHONPATH": str(ROOT), "KOUJING_CACHE_DIR": str(folder / "cache")}


if __name__ == "__main__":
    main()
