"""Findings: filter, sort, link, fold, copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Build, Open
from playwright.sync_api import Page, expect


def shown(page: Page) -> list[str]:
    return [str(name) for name in page.eval_on_selector_all(".card:not([hidden])", "all => all.map(c => c.id)")]


def test_each_filter_narrows_what_is_shown(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#conflicts")
    every = shown(page)
    for name in ("severity", "topic", "kind", "article", "author"):
        options = page.eval_on_selector_all(f"#f-{name} option", "all => all.map(o => [o.value, o.textContent])")
        value, label = options[1]
        page.select_option(f"#f-{name}", value)
        hits = shown(page)
        assert 0 < len(hits) < len(every), name
        assert label.endswith(f"({len(hits)})")
        assert f"{name}={value}" in page.url
        assert page.locator("#filter output.shown").inner_text() == f"显示 {len(hits)} / {len(every)}"
        page.click("#filter button[type=reset]")
        assert shown(page) == every
        assert page.url.endswith("#conflicts")


def test_free_text_finds_words_titles_and_ids(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#conflicts")
    name = shown(page)[3]
    page.fill("#f-q", name.lower())
    assert shown(page) == [name]
    page.fill("#f-q", "没有这样的话")
    assert shown(page) == []
    expect(page.locator("#none-match")).to_be_visible()
    page.fill("#f-q", "青海 跨省")
    assert 0 < len(shown(page)) < 10


def test_the_filter_is_in_the_address(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#conflicts")
    page.select_option("#f-severity", "warning")
    page.fill("#f-q", "起付线 三级")
    hits, address = shown(page), page.url
    other = open_page(examples, "#" + address.partition("#")[2])
    assert other.input_value("#f-q") == "起付线 三级"
    assert shown(other) == hits


def test_a_count_leads_to_its_findings(examples: Path, open_page: Open) -> None:
    page = open_page(examples)
    page.click("#overview a[data-filter^=kind]")
    expect(page.locator("#conflicts")).to_be_visible()
    assert page.input_value("#f-kind")
    assert 0 < len(shown(page)) < len(page.query_selector_all(".card"))


def test_sorting_keeps_all(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#conflicts")
    before = shown(page)
    for key in ("articles", "latest", "topic"):
        page.select_option("#f-sort", key)
        assert shown(page) != before
        assert sorted(shown(page)) == sorted(before)
    page.select_option("#f-sort", "articles")
    counts = page.eval_on_selector_all(".card", "all => all.map(c => +c.dataset.articles)")
    assert counts == sorted(counts, reverse=True)
    page.select_option("#f-sort", "")
    assert shown(page) == before


def test_a_link_opens_and_shows_its_card(examples: Path, open_page: Open) -> None:
    name = shown(open_page(examples, "#conflicts"))[-2]
    page = open_page(examples, f"#{name}")
    expect(page.locator(f"#{name}")).to_be_visible()
    expect(page.locator(f"#{name}")).to_be_focused()
    top = page.evaluate(f"document.getElementById('{name}').getBoundingClientRect().top")
    assert 0 <= top < 900
    assert shown(open_page(examples, f"#{name}?")) is not None


def test_a_link_shows_a_card_that_the_filter_hides(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#conflicts")
    name = shown(page)[0]
    page.fill("#f-q", "没有这样的话")
    page.evaluate(f"location.hash = '{name}'")
    expect(page.locator(f"#{name}")).to_be_visible()


def test_a_command_is_copied(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#conflicts", permissions=["clipboard-read", "clipboard-write"])
    button = page.locator(".copy").first
    wanted = button.get_attribute("data-copy")
    button.click()
    expect(page.locator("#said")).to_have_text(f"已复制 {wanted}")
    assert page.evaluate("navigator.clipboard.readText()") == wanted


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Path:
    folder = tmp_path_factory.mktemp("many")
    for n in range(60):
        text = "不能跨省使用" if n % 2 else "可以跨省使用"
        (folder / f"{n:02}.md").write_text(
            f"---\ntitle: 第{n}篇\n---\n\n职工医保的家庭共济{text}。\n", encoding="utf-8"
        )
    return build(folder)


def test_a_large_side_folds_to_examples_and_a_count(many: Path, open_page: Open) -> None:
    page = open_page(many, "#conflicts")
    side = page.locator(".side").first
    assert side.locator("figure").count() == 3
    assert side.locator("summary").inner_text() == "另有 27 处"
    expect(side.locator("li").first).to_be_hidden()
    side.locator("summary").click()
    expect(side.locator("li").first).to_be_visible()
    assert side.locator("li").count() == 27
