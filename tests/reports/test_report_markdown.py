"""Markdown: what a comment shows, and that nothing an article says is markup in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lxml import etree, html
from machine_cases import EVIL_PATH, HOSTILE, NO_SOURCES, SOURCES_OF_ALL, reports, sources
from markdown_it import MarkdownIt
from msgspec.structs import replace
from report_cases import ACROSS, FINDINGS, NATION, PROVINCE, WITHIN, report, side
from syrupy.assertion import SnapshotAssertion

from reports import markdown
from reports.inert import JOINER, code, inert
from reports.width import safe
from reports.wording.terms import LANGS, Lang

REPORTS = reports()
NAMES = sorted(REPORTS)
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = {
    "p", "h1", "h2", "h3", "ul", "li", "blockquote", "b", "strong", "code", "table", "thead", "tbody", "tr", "th", "td",
    "hr", "details", "summary", "div",
}  # fmt: skip
REFERENCES = re.compile(
    "@[^\\s\u2060]"
    r"|[#!$%~&^][\w\"{]|GH-\d|://|www\.|:[\w+-]+:(?!\d)|\b(?=\d*[a-f])[0-9a-f]{7,40}\b|[\[{][-+\w]",
    re.ASCII | re.IGNORECASE,
)
"""What sites make links, mentions and pictures of, outside of code."""


def page(text: str) -> etree._Element:
    return html.fromstring(f"<div>{READER.render(text)}</div>")


def said(root: etree._Element) -> Iterator[str]:
    """The texts outside of code."""
    for element in root.iter():
        if element.tag != "code" and element.text:
            yield element.text
        if element.tail:
            yield element.tail


@pytest.mark.parametrize("name", ["everything", "change"])
@pytest.mark.parametrize("lang", LANGS)
def test_markdown(name: str, lang: Lang, snapshot: SnapshotAssertion) -> None:
    assert markdown.render(reports(lang)[name], sources) == snapshot


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("at_hand", [sources, NO_SOURCES])
def test_only_our_markup(name: str, at_hand: object) -> None:
    text = markdown.render(REPORTS[name], at_hand)  # type: ignore[arg-type]
    text.encode("utf-8")
    root = page(text)
    assert {element.tag for element in root.iter()} <= OURS
    assert all(not element.attrib or element.tag in ("th", "td") for element in root.iter())
    for shown in said(root):
        assert not REFERENCES.search(shown), shown
    for line in text.splitlines():
        assert re.match(r"(?:#+ |\*\*|- |  > |\||`koujing|<details>|</details>|---$|$|\\|[^\W_a-z]|“)", line), line
        assert not re.match(r"\s*/", line)


@pytest.mark.parametrize("text", [t for t in HOSTILE if t.strip()])
def test_texts_stay_texts(text: str) -> None:
    shown = " ".join(safe(text).split())
    made_of = inert(text)
    for made in (made_of, f"| 甲 |\n|---|\n| {made_of} |", f"- {made_of}", f"> **{made_of}**", code(text)):
        root = page(made)
        found = " ".join(root.text_content().replace(JOINER, "").split())
        assert shown in found, made
        assert {e.tag for e in root.iter()} <= OURS


@pytest.mark.parametrize(
    "text", ["- a", "+ a", "1. a", "1) a", "# a", "===", "---", "/close", "    a", "> a", ":::", "|a|", "~~~", "```"]
)
def test_nothing_begins_a_block(text: str) -> None:
    (paragraph,) = page(inert(text))
    assert paragraph.tag == "p"
    assert len(paragraph) == 0
    assert not inert(text).startswith("/")
    (paragraph,) = page(f"a\n{inert(text)}")
    assert len(paragraph) == 0


def test_amounts_stay_whole() -> None:
    assert inert("封顶线1000000元，报销70%的费用") == "封顶线1000000元，报销70%的费用"
    assert JOINER in inert("#1234567")
    assert JOINER in inert("deadbeef")


def test_it_stays_below_what_github_takes_and_says_what_is_left_out() -> None:
    long = tuple(f"c{n}" for n in range(40))
    claims = tuple(replace(ACROSS, id=name, article="a.md") for name in long)
    many = tuple(
        replace(FINDINGS[0], id=f"KMANY{n:03}", sides=(side(NATION, *claims), side(PROVINCE, WITHIN)))
        for n in range(400)
    )
    blocks = frozenset(f.id for f in many[:300])
    for chosen in (frozenset[str](), blocks, frozenset(f.id for f in many)):
        text = markdown.render(report(findings=many, problems=(), blocks=chosen), sources)
        assert len(text) > 60_000 or not chosen
        assert len(text.encode("utf-16-le")) // 2 < 65_536
        shown = len(set(re.findall(r"`(KMANY\d+)`", text)))
        if shown < len(many):
            assert f"另有 {len(many) - shown} 个问题这里放不下" in text
        assert page(text) is not None
        assert text.count("<details>") == text.count("</details>")
    evil = replace(REPORTS["hostile"], titles={}, findings=REPORTS["hostile"].findings * 20)
    assert len(markdown.render(evil, sources).encode("utf-16-le")) // 2 < 65_536


def test_many_files_are_counted() -> None:
    problems = tuple(replace(REPORTS["hostile"].problems[0], path=f"{n}.md") for n in range(60))
    assert "另有 10 个文件没有列出" in markdown.render(report(findings=(), problems=problems), sources)


@pytest.mark.parametrize("status", [0, 1, 2])
def test_the_verdict_comes_first(status: int) -> None:
    first = markdown.render(report(findings=(), exit_code=status), sources).splitlines()[0]
    assert first.startswith(f"# {['✅ 通过', '❌ 不通过', '⚠️ 检查未能完成'][status]}")


def test_a_quote_stands_in_its_line_without_tags() -> None:
    path = "x.html"
    source = f"<ul>\r\n<li class='a'>{'前' * 50}<em>职工医保</em>可以跨省使用。</li>\r\n</ul>"
    start = source.index("可以跨省使用")
    place = replace(ACROSS, article=path, start=start, end=start + 6, line=2, column=start)
    one = replace(FINDINGS[0], sides=(side(NATION, place), side(PROVINCE, WITHIN)))
    text = markdown.render(report(findings=(one,)), {**SOURCES_OF_ALL, path: source}.get)
    assert "职工医保<b>可以跨省使用</b>。\n" in text
    assert "  > …前" in text
    assert EVIL_PATH not in text
