"""The web page as text: its policy, its links, what articles cannot do to it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from base64 import b64encode
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path

import pytest

from claims import readers
from koujing.forking import forked
from koujing.page import audit_of
from koujing.project import open_project
from koujing.report import BESIDE
from koujing.run import find_conflicts, read_project
from koujing.streams import write_files
from reports.html.page import Book, book, index
from reports.html.passages import passage
from reports.html.plain import plain
from reports.html.record import Audit
from reports.html.rendering import data, data_script
from reports.wording.page import PAGE
from reports.wording.terms import LANGS, Lang

EXAMPLES = Path(__file__).parents[2] / "examples"
HOSTILE = """---
title: "<script>alert(1)</script> </title>"
author: "<img src=x onerror=alert(2)>"
date: 2025-05-01
---

家庭共济可以跨省使用</script><script>alert(3)</script>，\u202e反向\u202c。

[家庭共济不能跨省使用](javascript:alert(4))。
"""


def audited(folder: Path, lang: Lang = "zh") -> Audit:
    project = open_project((), folder)
    reading = read_project(project, "2025-06-30", jobs=1)
    return audit_of(
        reading,
        find_conflicts(reading),
        {"lang": lang, "today": ("2025-06-30", "config"), "fail_on": "error", "least": 0},
    )


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {lang: index(audited(EXAMPLES, lang)) for lang in LANGS}


def test_the_policy_names_the_style_and_the_script_that_are_there(pages: dict[str, str]) -> None:
    for page in pages.values():
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
        assert policy is not None
        for name in ("style", "script"):
            (text,) = re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
            assert f"{name}-src &#39;sha256-{b64encode(sha256(text.encode()).digest()).decode()}&#39;" in policy[1]


def test_nothing_is_asked_of_anyone(pages: dict[str, str]) -> None:
    for page in pages.values():
        without = re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)
        assert not re.findall(r"""\s(?:src|href|action|poster|data)=["'](?!#|data:)""", without)
        assert not re.findall(r"\son[a-z]+=|\sstyle=", without)
        assert "http:" not in page
        assert "https:" not in page
        assert "url(" not in page


def test_every_link_leads_somewhere(pages: dict[str, str]) -> None:
    for page in pages.values():
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_every_finding_has_a_card(pages: dict[str, str]) -> None:
    audit = audited(EXAMPLES)
    assert audit.report.findings
    for finding in audit.report.findings:
        assert f'id="{finding.id}"' in pages["zh"]


def test_the_same_page_for_the_same_input(pages: dict[str, str]) -> None:
    assert index(audited(EXAMPLES)) == pages["zh"]


def test_what_is_too_large_for_one_file_is_a_folder_with_the_index_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.html.conflicts.MOST", 3)
    audit = audited(EXAMPLES)
    assert [name for name, _ in book(audit)] == ["todo.csv", "index.html"]
    names = [name for name, _ in book(audit, most=1000)]
    assert names[0] == "todo.csv"
    assert names[-1] == "index.html"
    assert all(any(fnmatch(name, one) for one in BESIDE) for name in names[1:-1])
    few = [one for one in BESIDE if not one.startswith(f"findings/{'[0-9]' * 4}")]  # more digits are of more pages
    assert all(any(fnmatch(name, one) for name in names) for one in few)


def test_several_processes_write_the_same_pages() -> None:
    audit = audited(EXAMPLES)
    assert list(book(audit, most=0, spread=forked(2))) == list(book(audit, most=0))


def test_a_page_of_a_folder_is_made_alone_as_with_all_others() -> None:
    audit = audited(EXAMPLES)
    pages = dict(book(audit, most=0))
    one = Book(audit, most=0)
    for name, text in pages.items():
        assert one.page(name) == text, name
    assert one.page("articles/a-0000000000.html") is None


def test_pages_beside_the_index_share_their_style_and_script() -> None:
    pages = dict(book(audited(EXAMPLES), most=0))
    apart = [text for name, text in pages.items() if "/" in name and name.endswith(".html")]
    assert apart
    for page in apart:
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
        assert policy is not None
        (first,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
        digest = b64encode(sha256(first.encode()).digest()).decode()
        assert f"script-src &#39;sha256-{digest}&#39; &#39;strict-dynamic&#39;;" in policy[1]
        assert "style-src &#39;self&#39;;" in policy[1]
        assert len(first) < 1000
        assert "<style" not in page
        (style,) = re.findall(r'<link rel="stylesheet" href="../([^"?]+)\?', page)
        assert style in pages


def test_what_an_earlier_report_left_is_deleted(tmp_path: Path) -> None:
    left, other = tmp_path / "articles/a-0123456789.html", tmp_path / "articles/mine.html"
    left.parent.mkdir()
    left.write_text("")
    other.write_text("")
    write_files(tmp_path, [("index.html", "x")], BESIDE)
    assert not left.exists()
    assert other.exists()
    assert (tmp_path / "index.html").read_text() == "x"


def test_files_are_replaced_whole_and_those_that_are_the_same_stay(tmp_path: Path) -> None:
    name = "articles/a-0123456789.html"
    write_files(tmp_path, [(name, "一")], BESIDE)
    first = (tmp_path / name).stat()
    write_files(tmp_path, [(name, "一")], BESIDE)
    assert (tmp_path / name).stat() == first
    write_files(tmp_path, [(name, "二")], BESIDE)
    assert (tmp_path / name).read_text("utf-8") == "二"
    assert [path.name for path in (tmp_path / "articles").iterdir()] == ["a-0123456789.html"]


def test_a_page_speaks_one_language(pages: dict[str, str]) -> None:
    assert '<html lang="zh-CN">' in pages["zh"]
    assert '<html lang="en">' in pages["en"]


def test_words_have_both_languages_and_the_same_blanks() -> None:
    for key, (zh, en) in PAGE.items():
        assert zh, key
        assert en, key
        assert set(re.findall(r"{(\w+)}", zh)) == set(re.findall(r"{(\w+)}", en)), key


def test_a_hostile_article_is_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(HOSTILE, encoding="utf-8")
    page = index(audited(tmp_path))
    body = page[page.index("<body>") :].replace('<script type="application/json"', "<data")
    assert "<script" not in body
    assert "<img" not in body
    assert "javascript:" not in re.sub(r">[^<]*<", "><", body)
    assert "\u202e" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;img src=x onerror=alert(2)&gt;" in page


def test_data_cannot_end_its_element() -> None:
    hostile = {"</script>": "<!--\u2028&"}
    assert not set("<>&\u2028") & set(data(hostile))
    assert json.loads(data(hostile)) == hostile


def test_data_cannot_end_the_string_in_which_a_script_gives_them() -> None:
    hostile = {"a": "';alert(1)//", "b": "\\", "c": "</script>\u2028\n'"}
    script = data_script("claims", hostile)
    quoted = re.fullmatch(r"koujing\.take\(\"claims\",'((?:[^'\\\n]|\\['\\])*)'\);\n", script)
    assert quoted is not None
    assert json.loads(re.sub(r"\\(['\\])", r"\1", quoted[1])) == hostile


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("一\u202e二", "一<U+202E>二"),
        ("\x00", "<U+0000>"),
        ("\ud800", "<U+D800>"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("a\tb\n", "a\tb\n"),
    ],
)
def test_what_steers_is_shown_by_name(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_passage_is_what_a_reader_sees() -> None:
    source = "<h1>题</h1><h2>范围</h2><p>前一句。家庭<b>共济</b>可以跨省&amp;使用，真的。后一句。</p>"
    article = readers.read("a.html", source.encode())
    start, end = source.index("家庭"), source.index("，真的")
    found = passage(article, start, end)
    assert found is not None
    assert [(p.text, p.mark) for p in found.pieces] == [
        ("前一句。", False), ("家庭共济可以跨省&使用", True), ("，真的。后一句。", False)
    ]  # fmt: skip
    assert found.trail == ("范围",)


def test_checking_needs_no_templates() -> None:
    code = "import koujing.check, sys; assert not {'jinja2', 'markupsafe'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
