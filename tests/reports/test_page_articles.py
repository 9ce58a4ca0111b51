"""Articles as the page shows them: their text whole, every claim marked once, whatever overlaps."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from posixpath import normpath

import pytest
from msgspec.structs import replace
from test_page import EXAMPLES, audited

from claims import readers
from claims.article import Article
from claims.model import Claim, Flag, path_of
from reports.html.links import article_id
from reports.html.marking import Marked, groups, lines, title
from reports.html.page import book, index
from reports.html.plain import plain
from reports.html.record import Audit


def claim(article: Article, quote: str, name: str, topic: str = "gongji.area") -> Claim:
    start = article.source.index(quote)
    return Claim(
        id=name, article=article.path, topic=topic, value=Flag(True) if topic != "untyped" else None, quote=quote,
        start=start, end=start + len(quote), line=1, column=1, origin="sentence", pattern="p",
    )  # fmt: skip


def marks(article: Article, *quotes: str) -> list[Marked]:
    return [
        Marked(claim=claim(article, q, f"c{n}"), number=n + 1, key=f"c{n}", hue=0) for n, q in enumerate(quotes)
    ]  # fmt: skip


def body(page: str, path: str) -> str:
    found = re.search(rf'<article class="text"[^>]*id="{article_id(path_of(path))}".*?</article>', page, re.DOTALL)
    assert found is not None
    return found[0]


def said(html: str) -> str:
    """The text of what the article says, without notes."""
    html = re.sub(r"<section.*?</section>", "", html, flags=re.DOTALL)
    return "".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def test_overlapping_claims_are_cut_where_one_begins_or_ends() -> None:
    article = readers.read("a.md", "甲乙丙丁戊己\n".encode())
    (line,) = lines(article.parts[0], marks(article, "乙丙丁", "丙丁戊", "丁"))
    assert [(s.text, [m.key for m in s.marks], [m.key for m in s.begins]) for s in line.stretches] == [
        ("甲", [], []),
        ("乙", ["c0"], ["c0"]),
        ("丙", ["c0", "c1"], ["c1"]),
        ("丁", ["c2", "c0", "c1"], ["c2"]),
        ("戊", ["c1"], []),
        ("己", [], []),
    ]


def test_a_claim_over_several_blocks_begins_once() -> None:
    article = readers.read("a.md", "- 甲乙\n- 丙丁\n".encode())
    found = list(lines(article.parts[0], marks(article, "乙\n- 丙")))
    assert [[m.key for m in line.begins] for line in found] == [["c0"], []]
    assert [[(s.text, len(s.marks)) for s in line.stretches] for line in found] == [
        [("甲", 0), ("乙", 1)],
        [("丙", 1), ("丁", 0)],
    ]


def test_blocks_are_lists_and_tables_and_the_title_stands_above() -> None:
    source = (
        "<h1>题</h1><p>一</p><ul><li>甲</li><li>乙</li></ul>"
        "<table><tr><th>年</th><th>钱</th></tr><tr><td rowspan=2>2024</td><td>1</td></tr><tr><td>2</td></tr></table>"
    )
    part = readers.read("a.html", source.encode()).parts[0]
    heading = title(part, [])
    assert heading is not None
    assert heading.block.text.chars == "题"
    found = groups(part, [])
    assert [group.kind for group in found] == ["paragraph", "list", "table"]
    rows = [[(line.block.text.chars, wide) for line, wide in row] for row in found[2].rows]
    assert rows == [[("年", 1), ("钱", 1)], [("2024", 1), ("1", 1)], [("2", 1)]]


@pytest.fixture(scope="module")
def audit() -> Audit:
    return audited(EXAMPLES)


@pytest.fixture(scope="module")
def page(audit: Audit) -> str:
    return index(audit)


def test_every_article_stands_whole(audit: Audit, page: str) -> None:
    for article in audit.read(one.path for one in audit.articles.values()):
        shown = said(body(page, article.path))
        for part in article.parts:
            if part.name == "main":
                for block in part.blocks:
                    assert "".join(plain(block.text.chars).split()) in shown, article.path


def test_every_claim_has_one_mark_and_one_note(audit: Audit, page: str) -> None:
    for path, claims in audit.claims.items():
        text = body(page, path)
        for one in claims:
            assert text.count(f'id="{one.id}"') == 1
            assert text.count(f'id="n-{one.id}"') == (one.value is not None)


def test_a_conflicting_claim_leads_to_its_cards(audit: Audit, page: str) -> None:
    for finding in audit.report.standing:
        for side in finding.sides:
            for one in side.claims:
                text = body(page, one.article)
                note = text[text.index(f'id="n-{one.id}"') :]
                assert f'href="#{finding.id}"' in note[: note.index("<details>")]
                assert re.search(rf'class="m [^"]*\bbad\b[^>]* data-notes="[^"]*\b{one.id}\b', text)


def test_one_claim_in_two_places_has_two_ids(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("家庭共济可以跨省使用。\n\n家庭共济可以跨省使用。\n", encoding="utf-8")
    page = index(audited(tmp_path))
    ids = re.findall(r'\sid="(c[0-9a-z]{10}[^"]*)"', page)
    assert len(ids) == 2
    assert ids[1] == f"{ids[0]}-2"


@pytest.mark.parametrize("most", [500, 3])
def test_in_a_folder_every_article_has_its_page(audit: Audit, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.html.conflicts.MOST", most)
    monkeypatch.setattr("reports.html.conflicts.PAGE", 4)
    files = dict(book(audit, most=0))
    cards = [name for name in files if name.startswith("findings/")]
    assert len(cards) == (-(-len(audit.report.findings) // 4) if most == 3 else 0)
    assert sum(files[name].count('<article class="card') for name in cards or ["index.html"]) == len(
        audit.report.findings
    )
    assert set(files) >= {"index.html"}
    assert 'class="text"' not in files["index.html"]
    ids = {name: set(re.findall(r'\sid="([^"]+)"', text)) for name, text in files.items()}
    for name, text in files.items():
        folder = name.rpartition("/")[0]
        for link in re.findall(r'href="([^"]+)"', text):
            file, _, at = link.partition("#")
            if file.startswith("data:"):
                continue
            target = normpath(f"{folder}/{file.partition('?')[0]}").lstrip("/") if file else name
            assert target in files, link
            assert not at or at in ids[target], link
    for one in audit.articles.values():
        assert body(files[f"articles/{article_id(one.path)}.html"], one.path)


def test_one_file_that_would_be_too_large_leaves_texts_out(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.html.page.MOST", 0)
    page = index(replace(audit, size=10))
    assert 'class="text"' not in page
    assert "koujing report -o" in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_a_line_of_a_million_letters_is_cut_and_counted() -> None:
    article = readers.read("a.md", ("y" * 50_000 + "甲乙" + "z" * 50_000 + "\n").encode())
    shown = [s for line in lines(article.parts[0], marks(article, "甲乙")) for s in line.stretches]
    assert [s.text for s in shown if s.marks] == ["甲乙"]
    assert sum(len(s.text) + s.skipped + len(s.rest) for s in shown) == 100_002
    assert all(len(s.text) + len(s.rest) <= 10_000 for s in shown)
