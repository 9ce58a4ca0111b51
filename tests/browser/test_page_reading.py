"""Articles in a browser: the list, one text at a time, what a mark says, and a folder of pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import ROOT, TODAY, Open, written
from playwright.sync_api import Page, expect

from koujing.page import audit_of
from koujing.project import open_project
from koujing.run import find_conflicts, read_project
from reports.html.page import book


def rows(page: Page) -> list[str]:
    return page.eval_on_selector_all("#article-rows tbody tr:not([hidden])", "all => all.map(r => r.innerText)")


def test_the_list_is_filtered_and_sorted(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#articles")
    every = rows(page)
    page.fill("#l-q", "青海")
    assert 0 < len(rows(page)) < len(every)
    page.click("#articles button[type=reset]")
    assert rows(page) == every
    page.click("th[data-sort=bad] button")
    found = [int(n) for n in page.eval_on_selector_all("#article-rows tbody tr", "all => all.map(r => r.dataset.bad)")]
    assert found == sorted(found, reverse=True)
    assert page.locator("th[data-sort=bad]").get_attribute("aria-sort") == "descending"
    assert "sort=-bad" in page.url


def test_one_text_shows_at_a_time_and_the_way_back(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#articles")
    page.locator("#article-rows a").first.click()
    expect(page.locator(".text:visible")).to_have_count(1)
    expect(page.locator(".listing")).to_be_hidden()
    page.locator(".text:visible .text-back a").click()
    expect(page.locator(".text:visible")).to_have_count(0)
    expect(page.locator(".listing")).to_be_visible()


def test_a_mark_lights_its_note_beside_it(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#articles")
    page.locator("#article-rows tr[data-found] a").first.click()
    mark = page.locator(".text:visible a.m.bad").first
    mark.hover()
    expect(page.locator(".note.lit").first).to_be_visible()
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".note.lit details[open]").first).to_be_visible()
    page.locator(".note.lit .note-partners a.id").first.click()
    expect(page.locator("#conflicts")).to_be_visible()


def test_on_a_phone_a_mark_opens_a_card(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#articles", viewport={"width": 390, "height": 844})
    page.locator("#article-rows tr[data-found] a").first.click()
    page.locator(".text:visible a.m.bad").first.click()
    card = page.locator(".pop")
    expect(card.locator("dl.record").first).to_be_visible()
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert page.evaluate("document.activeElement.matches('a.m.bad')")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_untyped_assertions_show_when_asked_also_without_javascript(examples: Path, open_page: Open) -> None:
    page = open_page(examples, java_script_enabled=False)
    paper = page.locator(".text:has(.m-u)").first
    style = "e => getComputedStyle(e).textDecorationLine"
    assert paper.locator(".m-u").first.evaluate(style) == "none"
    # By the keyboard: rows that come into sight are laid out only then, and may move what a pointer is on its way to.
    paper.locator(".u-on").first.press("Space")
    expect(paper.locator(".u-on").first).to_be_checked()
    assert paper.locator(".m-u").first.evaluate(style) == "underline"


@pytest.mark.parametrize("javascript", [True, False])
def test_links_of_a_folder_work_from_disk(tmp_path: Path, open_page: Open, javascript: bool) -> None:
    reading = read_project(open_project((), ROOT / "examples"), TODAY, jobs=1)
    audit = audit_of(
        reading, find_conflicts(reading), {"lang": "zh", "today": (TODAY, "config"), "fail_on": "error", "least": 0}
    )  # fmt: skip
    index = written(book(audit, most=0), tmp_path)
    page = open_page(index, "#conflicts", java_script_enabled=javascript)
    page.locator("#conflicts a.place-title").first.click()
    page.wait_for_url("**/articles/a-*.html#c*")
    expect(page.locator("a.m").first).to_be_visible()
    page.locator(".note-partners a.id").first.click()
    page.wait_for_url("**/index.html#*")
    expect(page.locator(".card").first).to_be_visible()
