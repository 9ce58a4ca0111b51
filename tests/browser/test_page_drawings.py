"""The page's topics in a browser: links lead to them, drawings fit, and what is drawn can be read as a table."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from browsing import Open

AREA = "t-gongji.area"


def test_the_list_leads_to_a_topic_and_the_topic_to_its_findings(examples: Path, open_page: Open) -> None:
    page = open_page(examples, "#topics")
    page.click(f'.topic-index a[href="#{AREA}"]')
    topic = page.locator(f'[id="{AREA}"]')
    assert topic.is_visible()
    assert page.evaluate("document.activeElement.id") == AREA
    topic.locator(".topic-sums a[data-filter]").last.click()
    page.wait_for_selector(".card:visible")
    shown = page.locator(".card:visible")
    assert {shown.nth(i).get_attribute("data-topic") for i in range(shown.count())} == {"gongji.area"}


def test_a_row_leads_to_its_finding(examples: Path, open_page: Open) -> None:
    page = open_page(examples, f"#{AREA}")
    link = page.locator(f'[id="{AREA}"] .stand-label a.id').first
    name = link.inner_text()
    link.click()
    page.wait_for_selector(f"#{name}:visible")


@pytest.mark.parametrize("width", [360, 1280, 3840])
def test_drawings_are_as_wide_as_there_is_room(examples: Path, open_page: Open, width: int) -> None:
    page = open_page(examples, f"#{AREA}", viewport={"width": width, "height": 900})
    card = page.locator(f'[id="{AREA}"]').bounding_box()
    assert card is not None
    for kind in (".stand-bar", ".stand-time"):
        box = page.locator(f'[id="{AREA}"] {kind}').first.bounding_box()
        assert box is not None
        assert box["width"] > card["width"] / 8
        assert box["x"] >= card["x"]
        assert box["x"] + box["width"] <= card["x"] + card["width"]
    labels = page.locator(f'[id="{AREA}"] .stand-ticks text:visible')
    boxes = [labels.nth(i).bounding_box() for i in range(labels.count())]
    ends = [(box["x"], box["x"] + box["width"]) for box in boxes if box is not None]
    assert len(ends) >= 2
    assert all(end <= start for (_, end), (start, _) in pairwise(ends))


def test_the_figures_can_be_read_as_a_table(examples: Path, open_page: Open) -> None:
    page = open_page(examples, f"#{AREA}")
    topic = page.locator(f'[id="{AREA}"]')
    assert topic.locator("table").is_hidden()
    topic.locator("summary").click()
    assert topic.locator("table").is_visible()
    assert topic.locator("tbody tr").count() == topic.locator(".stand-row").count()
    drawn = [topic.locator(".stand-n").nth(i).inner_text() for i in range(topic.locator(".stand-n").count())]
    cells = topic.locator("tbody td:nth-child(2)")
    assert [cells.nth(i).inner_text() for i in range(cells.count())] == drawn
