"""The table of claims, what it saves, and the to-do list, in a browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import ROOT, TODAY, Open
from playwright.sync_api import Page, expect

from claims.model import claim_record
from koujing.project import open_project
from koujing.run import read_project
from reports.table import as_csv
from reports.wording.vocabulary import Vocabulary


def hits(page: Page) -> int:
    return int(page.locator("#claims-table output").inner_text().split()[1])


def saved(page: Page, button: str) -> str:
    with page.expect_download() as waiting:
        page.click(button)
    return Path(waiting.value.path()).read_bytes().decode()


def test_the_table_is_filtered_and_sorted(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#claims")
    every = hits(page)
    page.fill("#m-q", "跨省")
    assert 0 < hits(page) < every
    assert "q=" in page.url
    page.click("#claims button[type=reset]")
    assert hits(page) == every
    page.click("#claims th[data-sort=date] button")
    page.click("#claims th[data-sort=date] button")
    days = page.eval_on_selector_all("#claims tbody tr", "all => all.map(r => r.cells[4].textContent)")
    assert days == sorted(days, reverse=True)
    page.select_option("#m-topic", "untyped")
    assert hits(page) > 0


def test_a_row_of_a_topic_leads_to_its_claims(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#topics")
    rows = page.eval_on_selector_all(
        ".stand-table tbody tr", "all => all.map(r => [r.querySelector('a').dataset.filter, +r.cells[2].textContent])"
    )
    assert len(rows) > 20
    for asked, claims in rows:
        page.evaluate("to => { location.hash = '#claims?' + to; }", asked)
        expect(page.locator("#claims-table output")).to_contain_text(f" {claims} /")
    page.goto(page.url.partition("#")[0] + "#topics")
    page.locator(".stand-says a").first.click()
    expect(page.locator(".claims-of")).to_be_visible()
    assert 0 < hits(page) < int(page.locator("#claims-table output").inner_text().split()[-1])
    only = page.locator(".claims-of b").inner_text()
    assert only in page.locator("#claims tbody tr").first.inner_text()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.click(".claims-of button")
    expect(page.locator(".claims-of")).to_be_hidden()
    assert "value=" not in page.url


def test_what_is_saved_is_what_the_command_writes(examples: Path, open_page: Open) -> None:
    reading = read_project(open_project((), ROOT / "examples"), TODAY, jobs=1)
    typed = [c for c in reading.claims() if c.value is not None]
    page = open_page(examples, "#claims")
    text = saved(page, "[data-save=csv]").removeprefix("\ufeff")
    assert sorted(text.splitlines()) == sorted(as_csv(typed, Vocabulary()).splitlines())
    lines = saved(page, "[data-save=jsonl]").splitlines()
    assert sorted(lines) == sorted(json.dumps(claim_record(c), ensure_ascii=False) for c in typed)


def test_a_claim_leads_to_its_words(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#claims")
    page.locator("#claims tbody a").first.click()
    expect(page.locator(".text:visible .aimed")).to_have_count(1)


def test_the_list_of_an_author(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#todo")
    page.locator(".todo-hands a").nth(1).click()
    name = page.locator(".todo-hands a").nth(1).inner_text()
    assert page.input_value("#d-author") == name
    assert {name} == set(
        page.eval_on_selector_all(".sheet:not([hidden])", "all => all.map(s => s.dataset.author)")
    )  # fmt: skip
    assert saved(page, ".todo-file a").startswith("\ufeffarticle,")


@pytest.mark.parametrize("at", ["#articles", "#todo", "#claims", "#rulings"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(examples: Path, open_page: Open, at: str, scheme: str) -> None:
    page = open_page(examples, at, color_scheme=scheme)
    if at == "#articles":
        page.locator("#article-rows tr[data-found] a").first.click()
    found = Axe().run(page).response["violations"]
    assert not found, [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found]
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
