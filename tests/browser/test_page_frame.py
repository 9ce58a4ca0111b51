"""The page as a whole: it opens from disk, shows a section, has two themes, prints, fits, and is accessible."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import ROOT, Build, Open
from playwright.sync_api import expect

PHONE = {"width": 360, "height": 740}
TALL = {"width": 1280, "height": 14_000}
"""What lies below the screen is not laid out before it is scrolled to, and not looked at."""
WIDTHS = [PHONE, {"width": 390, "height": 844}, {"width": 768, "height": 1024}, {"width": 3840, "height": 2160}]


def test_it_opens_at_the_overview(examples: Path, open_page: Open) -> None:
    page = open_page(examples)
    expect(page.locator("#overview")).to_be_visible()
    expect(page.locator("#conflicts")).to_be_hidden()
    assert page.locator(".stamp").inner_text() == "不通过"
    assert page.locator(".tabs a[aria-current]").get_attribute("data-view") == "overview"


def test_a_tab_shows_its_section(examples: Path, open_page: Open) -> None:
    page = open_page(examples)
    page.click(".tabs a[data-view=conflicts]")
    expect(page.locator("#conflicts")).to_be_visible()
    expect(page.locator("#overview")).to_be_hidden()
    page.go_back()
    expect(page.locator("#overview")).to_be_visible()


def test_without_javascript_all_can_be_read(examples: Path, open_page: Open) -> None:
    page = open_page(examples, java_script_enabled=False)
    expect(page.locator("#overview")).to_be_visible()
    expect(page.locator(".card").last).to_be_visible()
    expect(page.locator("#filter")).to_be_hidden()
    expect(page.locator(".copy").first).to_be_hidden()


def test_it_follows_the_system_and_the_switch(examples: Path, open_page: Open) -> None:
    def paper() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    page = open_page(examples, color_scheme="dark")
    dark = paper()
    page.click(".theme")
    light = paper()
    assert dark != light
    page.click(".theme")
    assert paper() == dark
    page.emulate_media(color_scheme="light")
    assert paper() == dark
    page.click(".theme")
    assert paper() == light


def test_english(build: Build, open_page: Open) -> None:
    page = open_page(build(ROOT / "examples", "en"))
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator(".stamp").inner_text() == "Failed"
    assert page.locator(".tabs a").first.inner_text() == "Overview"


@pytest.mark.parametrize("size", WIDTHS, ids=lambda size: str(size["width"]))
@pytest.mark.parametrize("at", ["#overview", "#topics", "#conflicts"])
def test_nothing_is_wider_than_the_screen(examples: Path, open_page: Open, size: dict[str, int], at: str) -> None:
    page = open_page(examples, at, viewport=size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_it_prints_whole(examples: Path, open_page: Open) -> None:
    page = open_page(examples)
    assert len(page.pdf(format="A4")) > 50_000
    page.emulate_media(media="print")
    expect(page.locator("#overview")).to_be_visible()
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator("#filter")).to_be_hidden()


def test_by_keyboard(examples: Path, open_page: Open) -> None:
    page = open_page(examples)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("/")
    expect(page.locator("#f-q")).to_be_focused()
    page.keyboard.type("可以跨省")
    assert page.input_value("#f-q") == "可以跨省"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.name") != "q"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("at", ["#overview", "#topics", "#conflicts"])
def test_axe_finds_nothing(build: Build, open_page: Open, lang: str, scheme: str, at: str) -> None:
    page = open_page(build(ROOT / "examples", lang), at, color_scheme=scheme, viewport=TALL)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_axe_finds_nothing_on_a_phone(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#conflicts", viewport={"width": 360, "height": 20_000})
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
