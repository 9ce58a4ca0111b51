"""`koujing report`: the page is written whatever the audit says, where it may be, and the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ACROSS, FUND, WITHIN, Repo, Run, git

CONFIG = "articles: [content/**/*.md]\ntoday: 2025-06-30\n"


def committed(root: Path) -> str:
    """The hash of a commit of all that there is."""
    git(root, "init")
    git(root, "add", ".")
    git(root, "commit", "-m", "all")
    return (root / ".git/refs/heads/main").read_text().strip()


def test_it_writes_a_page_and_names_it(repo: Repo, run: Run) -> None:
    root = repo({"koujing.yaml": CONFIG, "content/a.md": ACROSS, "content/b.md": WITHIN})
    result = run("report", "-o", "out/page")
    assert (result.exit_code, result.stdout) == (0, "写好了：out/page/index.html\n")
    page = (root / "out/page/index.html").read_text(encoding="utf-8")
    assert "1 个未解决的问题阻止发布" in page
    assert run("check").exit_code == 1


def test_the_same_bytes_each_time_and_for_any_number_of_jobs(repo: Repo, run: Run) -> None:
    root = repo({"koujing.yaml": CONFIG, "content/a.md": ACROSS, "content/b.md": WITHIN})
    run("report", "-o", "one", "--jobs", "1")
    run("report", "-o", "two", "--jobs", "2")
    one = (root / "one/index.html").read_bytes()
    assert one == (root / "two/index.html").read_bytes()
    run("report", "-o", "one")
    assert one == (root / "one/index.html").read_bytes()


def test_a_corpus_that_passes_says_so(repo: Repo, run: Run) -> None:
    root = repo({"koujing.yaml": CONFIG, "content/a.md": ACROSS})
    assert run("report", "-o", "out", "--lang", "en").stdout == "written: out/index.html\n"
    page = (root / "out/index.html").read_text(encoding="utf-8")
    assert '<p class="stamp">Passed</p>' in page
    assert "Nothing was found." in page


def test_html_is_an_output_of_check_and_one_file(repo: Repo, run: Run) -> None:
    root = repo({"koujing.yaml": CONFIG, "content/a.md": ACROSS, "content/b.md": WITHIN})
    result = run("check", "--output", "html=out.html")
    assert result.exit_code == 1
    run("report", "-o", "out")
    assert (root / "out.html").read_bytes() == (root / "out/index.html").read_bytes()
    assert run("check", "--format", "html").stdout == (root / "out.html").read_text(encoding="utf-8")


def test_compared_with_a_commit_it_marks_what_is_brought(repo: Repo, run: Run) -> None:
    root = repo({"koujing.yaml": CONFIG, "content/a.md": ACROSS, "content/b.md": WITHIN})
    committed(root)
    (root / "content/c.md").write_text(FUND.replace("不能给家人共享", "可以给家人共享"), encoding="utf-8")
    (root / "content/d.md").write_text(FUND, encoding="utf-8")
    result = run("report", "-o", "out", "--base", "HEAD")
    assert result.exit_code == 0
    page = (root / "out/index.html").read_text(encoding="utf-8")
    assert "只算本次改动带来的" in page
    cards = [card.partition(">")[0] for card in page.split('<article class="card')[1:]]
    assert len(cards) > sum("data-brought" in card for card in cards) > 0
    assert all(("data-brought" in card) >= ("data-blocks" in card) for card in cards)


def test_what_is_uncommitted_is_counted_and_the_page_is_not(repo: Repo, run: Run) -> None:
    root = repo({"koujing.yaml": CONFIG, "content/a.md": ACROSS})
    commit = committed(root)
    run("report", "-o", "out")
    first = (root / "out/index.html").read_bytes()
    run("report", "-o", "out")
    assert (root / "out/index.html").read_bytes() == first
    assert "未提交" not in first.decode()
    assert commit[:10] in first.decode()
    (root / "content/a.md").write_text(WITHIN, encoding="utf-8")
    run("report", "-o", "out")
    assert "另有 1 个文件未提交" in (root / "out/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("content", "会被当成文章来检查"),
        ("content/a.md", "会被当成文章来检查"),
        ("koujing.yaml", "写不进"),
        ("", "写不进"),
    ],
)
def test_where_it_cannot_be_written_it_says_so(repo: Repo, run: Run, folder: str, said: str) -> None:
    config = CONFIG.replace("*.md", "*")
    root = repo({"koujing.yaml": config, "content/a.md": ACROSS, "index.html/x": ""})
    result = run("report", "-o", folder or ".")
    assert result.exit_code == 2
    assert said in result.stderr
    assert (root / "content/a.md").read_text(encoding="utf-8") == ACROSS


def test_an_unreadable_article_is_told_and_on_the_page(repo: Repo, run: Run) -> None:
    root = repo({"koujing.yaml": CONFIG, "content/a.md": ACROSS, "content/b.md": b"\xff\xfe\x00\x01"})
    result = run("report", "-o", "out")
    assert result.exit_code == 0
    assert "content/b.md" in result.stderr
    page = (root / "out/index.html").read_text(encoding="utf-8")
    assert "检查未完成" in page
    assert "content/b.md" in page


def test_nothing_is_left_where_writing_fails(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repo({"koujing.yaml": CONFIG, "content/a.md": ACROSS})

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("koujing.streams.os.replace", full)
    result = run("report", "-o", "out")
    assert result.exit_code == 2
    assert [p for p in Path(root / "out").rglob("*") if p.is_file()] == []


@pytest.mark.parametrize(
    ("patterns", "folder", "named"),
    [
        ("**/*.html", ".", "index.html"),
        ("**/*.html", "docs/", "docs/index.html"),
        ("articles/*.html", ".", "articles/a-0000000000.html"),
        ("findings/*.html", ".", "findings/001.html"),
        ("content/**", "content", "content/index.html"),
    ],
)
def test_no_page_where_it_would_be_an_article(
    repo: Repo, run: Run, patterns: str, folder: str, named: str
) -> None:
    config = f"articles: ['{patterns}']\ntoday: 2025-06-30\n"
    root = repo({"koujing.yaml": config, "docs/index.html": "<p>家庭共济可以跨省使用。</p>"})
    before = sorted(root.rglob("*"))
    for lang, words in (("zh", "会被当成文章"), ("en", "would be read as an article")):
        result = run("report", "-o", folder, "--lang", lang)
        assert result.exit_code == 2
        assert words in result.stderr
        assert f"{named}\n" in result.stderr
        assert ".gitignore" in result.stderr
    assert sorted(root.rglob("*")) == before


def test_a_folder_that_articles_leave_out_will_do(repo: Repo, run: Run) -> None:
    config = "articles: ['**/*.html', '!report/**']\ntoday: 2025-06-30\n"
    repo({"koujing.yaml": config, "a.html": "<p>家庭共济可以跨省使用。</p>"})
    assert run("report", "-o", "report").exit_code == 0
    assert run("report", "-o", "report").exit_code == 0
    ignored = {"koujing.yaml": "today: 2025-06-30\n", ".gitignore": "out/\n"}
    root = repo(ignored)
    git(root, "init")
    assert run("report", "-o", "out").exit_code == 0
