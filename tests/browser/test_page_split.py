"""A folder with more findings than its index has room for: a line each there, the cards on pages of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import ROOT, TODAY, Open, written
from playwright.sync_api import Page, expect

from koujing.page import audit_of
from koujing.project import open_project
from koujing.run import find_conflicts, read_project
from reports.html.page import book


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    reading = read_project(open_project((), ROOT / "examples"), TODAY, jobs=1)
    audit = audit_of(
        reading, find_conflicts(reading), {"lang": "zh", "today": (TODAY, "config"), "fail_on": "error", "least": 0}
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reports.html.conflicts.MOST", 3)
        patch.setattr("reports.html.conflicts.PAGE", 5)
        yield written(book(audit, most=0), tmp_path_factory.mktemp("split"))


def lines(page: Page) -> list[str]:
    return [str(name) for name in page.eval_on_selector_all(".line:not([hidden])", "all => all.map(one => one.id)")]


@pytest.mark.parametrize("javascript", [True, False])
def test_the_address_of_a_finding_leads_to_its_card(split: Path, open_page: Open, javascript: bool) -> None:
    name = lines(open_page(split, "#conflicts"))[7]
    page = open_page(split, f"#{name}", java_script_enabled=javascript)
    if not javascript:
        expect(page.locator(f"#{name}")).to_be_in_viewport()
        page.locator(f"#{name} a").click()
    expect(page).to_have_url(re.compile(rf"/findings/002\.html#{name}$"))
    expect(page.locator(f".card#{name}")).to_be_in_viewport()
    expect(page.locator(f".card#{name} figure").first).to_be_visible()
    if javascript:
        expect(page.locator(f"#{name}")).to_be_focused()


def test_an_address_of_before_finds_the_page_of_now(split: Path, open_page: Open) -> None:
    name = lines(open_page(split, "#conflicts"))[-1]
    page = open_page(split.parent / "findings" / "001.html", f"#{name}")
    expect(page).to_have_url(re.compile(rf"index\.html\?from=here#{name}$"))
    expect(page.locator(f".line#{name}")).to_be_focused()
    page.locator(f"#{name} a").click()
    expect(page.locator(f".card#{name}")).to_be_in_viewport()


def test_the_address_that_a_card_gives_stays(split: Path, open_page: Open) -> None:
    page = open_page(split.parent / "findings" / "001.html")
    card = page.locator(".card").first
    assert card.locator("a.id").first.get_attribute("href") == f"../index.html#{card.get_attribute('id')}"


def test_the_filter_finds_what_stands_on_the_other_pages(split: Path, open_page: Open) -> None:
    page = open_page(split, "#conflicts")
    every = lines(page)
    words = str(page.locator("#article-rows tr[data-found] .path").first.text_content())
    assert words not in "".join(page.locator(".line").all_inner_texts())
    page.fill("#f-q", words)
    expect(page.locator("#filter output")).not_to_have_text(f"显示 0 / {len(every)}")
    hits = lines(page)
    assert 0 < len(hits) < len(every)
    page.select_option("#f-severity", "error")
    assert set(lines(page)) <= set(hits)
    page.click("#filter button[type=reset]")
    assert lines(page) == every


def test_pages_lead_to_each_other_and_back(split: Path, open_page: Open) -> None:
    page = open_page(split.parent / "findings" / "001.html")
    page.locator("a[rel=next]").first.click()
    expect(page).to_have_url(re.compile("/002.html"))
    expect(page.locator(".card").first).to_be_visible()
    page.locator(".pages-back").first.click()
    expect(page.locator(".line").first).to_be_visible()


def test_an_article_s_note_leads_to_the_card(split: Path, open_page: Open) -> None:
    page = open_page(split, "#articles")
    page.locator("#article-rows tr[data-found] a").first.click()
    link = page.locator(".note-partners a.id").first
    name = link.inner_text()
    link.click()
    expect(page.locator(f".card#{name}")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("file", ["index.html", "findings/001.html"])
def test_axe_finds_nothing(split: Path, open_page: Open, file: str, scheme: str) -> None:
    page = open_page(split.parent / file, "#conflicts" if file == "index.html" else "", color_scheme=scheme)
    # Without preloading: axe would ask for the style once more, which the page forbids.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    assert not found, [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found]
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
