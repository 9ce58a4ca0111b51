"""A served page in a browser: an editor decides on it, and it follows the files."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from desks import FILES, SPLIT, WITHIN, Desk
from playwright.sync_api import Page, expect


def begin(page: Page) -> None:
    page.click(".decide-open")
    page.wait_for_selector(".decide")


def choose(page: Page, words: str) -> None:
    page.locator(".decide-option", has_text=words).first.click()


def test_an_editor_decides_in_the_browser(desk: Callable[..., Desk], visit: Callable[..., Page]) -> None:
    one = desk()
    assert one.check() == 1
    page = visit(one)
    begin(page)
    expect(page.locator(".for-stands").first).to_be_hidden()
    page.click(".decide-look")
    page.wait_for_selector(".decide-wrong:visible")
    expect(page.locator(".decide-wrong:visible")).to_have_count(3)
    choose(page, "两方都对")
    page.fill(".decide textarea", "两篇说的是两类人")
    page.fill(".decide [name=by]", "李编辑")
    page.click(".decide-look")
    page.wait_for_selector(".decide-file:visible")
    shown = page.locator(".decide-file pre").inner_text()
    assert "verdict: both-stand" in shown
    assert not (one.root / "rulings").exists()
    page.click(".decide-write")
    page.wait_for_selector(".news-in .is-done")
    [file] = (one.root / "rulings").iterdir()
    assert file.read_text("utf-8").strip() == shown.strip()
    assert f"rulings/{file.name}" in page.locator(".news-in .is-done").inner_text()
    expect(page.locator(".decide-open")).to_have_count(0)
    expect(page.locator(".card.is-resolved")).to_be_visible()
    assert page.url.endswith("#conflicts")
    assert one.check() == 0


def test_what_stands_takes_a_document(desk: Callable[..., Desk], visit: Callable[..., Page]) -> None:
    page = visit(one := desk(lang="en"))
    begin(page)
    choose(page, "A stands")
    page.fill("[name=document]", "国家医保局通知")
    page.fill("[name=since]", "2024-12-01")
    page.fill(".decide textarea", "it says so")
    page.fill(".decide [name=by]", "Li")
    page.click(".decide-look")
    page.wait_for_selector(".decide-file:visible")
    assert "document: 国家医保局通知" in page.locator("pre").inner_text()
    # An article has to be changed: that is told, and it is written all the same.
    assert page.locator(".decide-outcome").inner_text()
    page.fill(".decide textarea", "it does say so")
    expect(page.locator(".decide-file")).to_be_hidden()
    expect(page.locator(".decide-write")).to_be_hidden()
    page.click(".decide-look")
    page.wait_for_selector(".decide-write:visible")
    page.click(".decide-write")
    page.wait_for_selector(".news-in .is-done")
    assert len(list((one.root / "rulings").iterdir())) == 1


def test_the_same_for_the_same_words(desk: Callable[..., Desk], visit: Callable[..., Page]) -> None:
    wuhan = WITHIN.replace("家庭共济的范围", "武汉市家庭共济")
    page = visit(one := desk({**FILES, "c.md": wuhan}))
    expect(page.locator(".decide-open")).to_have_count(2)
    begin(page)
    choose(page, "读错了")
    for box in page.locator(".decide-claims label:not(:has-text('a.md'))").all():
        box.click()
    page.fill(".decide textarea", "读错了句子")
    page.fill(".decide [name=by]", "李编辑")
    page.click(".decide-look")
    page.wait_for_selector(".decide-alike:visible")
    expect(page.locator(".decide-others details")).to_have_count(0)
    page.click(".decide-alike")
    expect(page.locator(".decide-others details")).to_have_count(1)
    page.click(".decide-others summary")
    assert "verdict: misread" in page.locator(".decide-others pre").inner_text()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.click(".decide-write")
    page.wait_for_selector(".news-in .is-done")
    assert "另有 1 个问题" in page.locator(".news-in .is-done").inner_text()
    assert len(list((one.root / "rulings").iterdir())) == 2
    assert one.check() == 0


def test_two_tabs(desk: Callable[..., Desk], visit: Callable[..., Page]) -> None:
    first = visit(one := desk())
    second = visit(one, context=first.context)
    for page, why in ((first, "甲的理由"), (second, "乙的理由")):
        begin(page)
        choose(page, "两方都对")
        page.fill(".decide textarea", why)
        page.fill(".decide [name=by]", "某编辑")
        page.click(".decide-look")
        page.wait_for_selector(".decide-write:visible")
    first.click(".decide-write")
    first.wait_for_selector(".news-in .is-done")
    second.click(".decide-write")
    second.wait_for_selector(".decide-answer:visible")
    assert "甲的理由" in second.locator(".decide-answer").inner_text()
    assert second.input_value(".decide textarea") == "乙的理由"
    [file] = (one.root / "rulings").iterdir()
    assert "甲的理由" in file.read_text("utf-8")


def test_the_page_follows_the_files(desk: Callable[..., Desk], visit: Callable[..., Page]) -> None:
    page = visit(one := desk(), "#conflicts?severity=error")
    expect(page.locator(".card:visible")).to_have_count(1)
    one.put("c.md", WITHIN.replace("目前", "现在"))
    page.wait_for_selector(".path:has-text('c.md')")
    assert page.url.endswith("#conflicts?severity=error")
    assert page.input_value("#f-severity") == "error"
    one.put("koujing.yaml", "fail_on: sometimes\n")
    page.wait_for_selector(".news-in .is-trouble")
    assert "koujing.yaml:1" in page.locator(".news-in").inner_text()
    expect(page.locator(".card")).to_have_count(1)
    one.put("koujing.yaml", FILES["koujing.yaml"])
    page.wait_for_selector(".news-in .is-trouble", state="detached")


def test_what_is_being_typed_stays(desk: Callable[..., Desk], visit: Callable[..., Page]) -> None:
    page = visit(one := desk())
    begin(page)
    choose(page, "两方都对")
    page.fill(".decide textarea", "写到一半")
    one.put("c.md", WITHIN.replace("目前", "现在"))
    page.wait_for_selector("[data-news=changed]")
    assert page.input_value(".decide textarea") == "写到一半"
    page.click("[data-news=changed] button")
    page.wait_for_selector(".path:has-text('c.md')")
    page.wait_for_selector(".decide-answer:visible")
    assert page.input_value(".decide textarea") == "写到一半"
    assert page.locator(".decide-option.is-on").inner_text().startswith("两方都对")
    assert "变了" in page.locator(".decide-answer").inner_text()
    page.fill(".decide [name=by]", "李编辑")
    page.click(".decide-look")
    page.wait_for_selector(".decide-write:visible")
    page.click(".decide-write")
    page.wait_for_selector(".news-in .is-done")
    assert one.check() == 0


def test_without_javascript_it_is_read(desk: Callable[..., Desk], visit: Callable[..., Page]) -> None:
    page = visit(desk(), java_script_enabled=False)
    assert "koujing resolve" in page.locator("noscript, .news").first.inner_text()
    expect(page.locator(".card")).to_be_visible()
    expect(page.locator(".decide")).to_have_count(0)


def test_the_keyboard_is_enough(desk: Callable[..., Desk], visit: Callable[..., Page]) -> None:
    page = visit(one := desk())
    page.focus(".decide-open")
    page.keyboard.press("Enter")
    page.wait_for_selector(".decide-title:focus")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator(".decide-option.is-on").inner_text().startswith("两方都对")
    page.keyboard.press("Tab")
    page.keyboard.type("two groups of people")
    page.keyboard.press("Tab")
    page.keyboard.type("Li")
    page.keyboard.press("Enter")
    page.wait_for_selector(".decide-write:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector(".news-in .is-done")
    assert one.check() == 0


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_is_accessible_and_fits(
    desk: Callable[..., Desk], visit: Callable[..., Page], width: int, scheme: str
) -> None:
    page = visit(desk(), viewport={"width": width, "height": 3000}, color_scheme=scheme)
    begin(page)
    for verdict in ("甲对", "读错了", "正在核实", "两方都对"):
        choose(page, verdict)
        page.click(".decide-look")
        page.wait_for_selector(".decide-wrong:visible")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_audit_with_pages_beside_the_first(desk: Callable[..., Desk], visit: Callable[..., Page]) -> None:
    one = desk(program=SPLIT)
    page = visit(one, "#claims")
    expect(page.locator("#claims-table tbody tr")).to_have_count(2)
    page.goto(one.url + "#conflicts")
    page.locator("a.line-text").first.click()
    expect(page).to_have_url(re.compile("/findings/001.html#"))
    begin(page)
    expect(page.locator(".decide")).to_be_visible()
    page.locator(".place-title").first.click()
    expect(page.locator(".text .aimed")).to_be_visible()
