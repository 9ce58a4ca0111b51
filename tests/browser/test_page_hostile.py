"""Hostile articles: whatever they hold is text, and nothing of theirs runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Build, Open, Watch
from playwright.sync_api import expect

RUN = "window.ran=(window.ran||0)+1"
ARTICLES = {
    "script.md": (
        f'---\ntitle: "<script>{RUN}</script>"\nauthor: "<img src=x onerror={RUN}>"\n---\n\n'
        f"家庭共济可以跨省使用</script><script>{RUN}</script>，都行。\n"
    ),
    "handler.md": (
        f"---\ntitle: '\" onfocus=\"{RUN}\" autofocus x=\"'\n---\n\n"
        f"家庭共济<svg onload={RUN}>不能跨省使用<img src=x onerror='{RUN}'>。\n"
    ),
    "link.md": (
        f"---\ntitle: 链接\n---\n\n[家庭共济不能跨省使用](javascript:{RUN})。"
        f"<a href='javascript:{RUN}'>统筹基金可以给家人用</a>。\n"
    ),
    "data.html": (
        f"<html><head><title>--><!-- {{{{ 7*7 }}}} {{% raw %}}</title></head><body><p>家庭共济可以跨省使用"
        f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe><style>body{{display:none}}</style>。</p>"
        "</body></html>"
    ),
    "bidi.md": "---\ntitle: \u202e倒过来\u2066\n---\n\n\u202e家庭共济不能跨省使用\u202c。\n",
    "emoji.md": "---\ntitle: 👨\u200d👩\u200d👧 一家\n---\n\n👨\u200d👩\u200d👧家庭共济可以跨省使用🎉。\n",
    "title.md": "---\ntitle: " + "长" * 10_000 + "\n---\n\n家庭共济不能跨省使用。\n",
    "latin.md": "---\ntitle: " + "x" * 10_000 + "\n---\n\n家庭共济可以跨省使用。" + "y" * 3000 + "\n",
    "line.md": "---\ntitle: 一行\n---\n\n" + "y" * 500_000 + "。家庭共济可以跨省使用。" + "z" * 500_000 + "\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "'\"><img src=x onerror=alert(1)>.md").write_text("家庭共济不能跨省使用。\n", encoding="utf-8")
    return build(folder)


@pytest.mark.parametrize("at", ["", "#overview", "#conflicts", "#articles", "#todo", "#claims", "#rulings"])
def test_nothing_of_theirs_runs(hostile: Path, open_page: Open, at: str) -> None:
    page = open_page(hostile, at)
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    expect(page.locator("body script:not([type='application/json'])")).to_have_count(0)
    expect(page.locator("main img, main iframe, main style, [onfocus], [onload], [onerror]")).to_have_count(0)
    expect(page.locator("a[href^='javascript']")).to_have_count(0)


def test_it_is_all_shown_as_text(hostile: Path, open_page: Open) -> None:
    page = open_page(hostile, "#conflicts")
    text = page.locator("main").inner_text()
    assert f"<script>{RUN}</script>" in text
    assert f"<img src=x onerror={RUN}>" in text
    assert "{{ 7*7 }}" in text
    assert "<U+202E>倒过来<U+2066>" in text
    assert "👨\u200d👩\u200d👧" in text
    expect(page.locator("body")).to_be_visible()


def test_the_policy_stops_what_escaping_would_miss(hostile: Path, open_page: Open, watch: Watch) -> None:
    page = open_page(hostile)
    ran = page.evaluate(
        "() => { const one = document.createElement('div'); one.setAttribute('onclick', 'window.ran = 1');"
        " document.body.append(one); one.click(); return window.ran; }"
    )
    assert ran is None
    assert [said for said in watch.said if "Content Security Policy" not in said] == []
    assert watch.said
    watch.said.clear()


@pytest.mark.parametrize("width", [360, 1280])
def test_no_length_breaks_the_page(hostile: Path, open_page: Open, width: int) -> None:
    page = open_page(hostile, "#conflicts", viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = page.eval_on_selector_all(".card", "all => all.map(c => c.getBoundingClientRect().height)")
    assert max(heights) < 6000
    for at in ("#articles", "#todo", "#claims", "#rulings"):
        page.evaluate("at => { location.hash = at; }", at)
        page.wait_for_selector(f"{at}.on")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, at
    for name in page.eval_on_selector_all(".text", "all => all.map(text => text.id)"):
        page.evaluate("id => { location.hash = id; }", name)
        page.wait_for_selector(f"[id='{name}'].on")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert hostile.stat().st_size < 2_000_000
