"""The report of 2,000 articles: an index and a page an article, opened from disk, filtered and followed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from browsing import ROOT, Open
from playwright.sync_api import Page, expect

from benchmarks.corpus import TODAY, article, planted, write

ARTICLES = 2_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    write(map(article, range(ARTICLES)), folder / "content")
    command = [sys.executable, "-m", "koujing", "report", "content", "-o", "report", "--today", TODAY]
    env = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    return folder / "report" / "index.html"


def shown(page: Page) -> int:
    return page.locator(".card:visible").count()


def test_the_findings_are_those_that_were_planted(large: Path, open_page: Open) -> None:
    page = open_page(large, "#conflicts")
    conflicts = planted(map(article, range(ARTICLES)))
    assert shown(page) == len(conflicts)
    city = sorted(conflicts)[0].city
    page.fill("#f-q", city)
    assert 0 < shown(page) < len(conflicts)
    page.fill("#f-q", "没有这样的话")
    assert shown(page) == 0


def test_the_claims_are_filtered(large: Path, open_page: Open) -> None:
    page = open_page(large, "#claims")
    said = sum(len(article(n).says) for n in range(ARTICLES))
    expect(page.locator("#claims-table output")).to_have_text(re.compile(rf"\b{said} / "))
    every = said
    page.fill("#m-q", article(0).city)
    here = int(page.locator("#claims-table output").inner_text().split()[1])
    assert 0 < here < every


def test_a_card_leads_to_the_article_s_own_page_and_back(large: Path, open_page: Open) -> None:
    page = open_page(large, "#conflicts")
    page.locator(".card:visible figure a").first.click()
    expect(page).to_have_url(re.compile("/articles/"))
    expect(page.locator(".text .aimed:visible")).to_have_count(1)
    page.go_back()
    expect(page.locator(".card").first).to_be_visible()


@pytest.mark.parametrize(
    ("at", "rows", "field"), [("#articles", "#article-rows tbody tr", "#l-q"), ("#conflicts", ".card", "#f-q")]
)
def test_what_is_not_on_the_screen_yet_is_found_by_the_browser_s_search(
    large: Path, open_page: Open, at: str, rows: str, field: str
) -> None:
    page = open_page(large, at)
    every = page.locator(rows).count()
    shown = f"document.querySelectorAll('{rows}:not([hidden])').length"
    expect(page.locator(f"{rows}:not([hidden])")).to_have_count(every)
    page.fill(field, "没有这样的话")
    assert page.evaluate(shown) == 0
    page.fill(field, "")
    expect(page.locator(f"{rows}:not([hidden])")).to_have_count(every)


def test_thousands_of_rows_answer_a_key_at_once(large: Path, open_page: Open) -> None:
    page = open_page(large, "#articles")
    expect(page.locator("#article-rows tr[hidden]")).to_have_count(0)
    page.fill("#l-q", "没有这样的话")
    at_once = (
        "() => { const field = document.querySelector('#l-q'); field.value = '';"
        " field.dispatchEvent(new Event('input', {bubbles: true}));"
        " return document.querySelectorAll('#article-rows tbody tr:not([hidden])').length; }"
    )
    assert page.evaluate(at_once) == 100
    expect(page.locator("#article-rows tr[hidden]")).to_have_count(0)


def test_sorting_thousands_of_rows_keeps_all(large: Path, open_page: Open) -> None:
    page = open_page(large, "#articles")
    page.click("th[data-sort=bad] button")
    expect(page.locator("#article-rows tr[hidden]")).to_have_count(0)
    found = [int(n) for n in page.eval_on_selector_all("#article-rows tbody tr", "all => all.map(r => r.dataset.bad)")]
    assert len(found) == ARTICLES
    assert found == sorted(found, reverse=True)
