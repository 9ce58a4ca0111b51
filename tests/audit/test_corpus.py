"""From files to claims, with a made-up extraction: order, problems, progress."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import audit.corpus as corpus
import audit.drawing as drawing
import audit.workers as workers
from audit.corpus import scan
from audit.files import discover
from audit.model import Defect
from audit.pieces import Store, claim_key
from claims.article import Article
from claims.model import Claim, Coverage, Flag


def fake(article: Article, domains: Sequence[str]) -> tuple[list[Claim], list[Coverage], list[Defect]]:
    """A claim for every 是 and domain, of two topics, in no order."""
    found = [i for i, c in enumerate(article.source) if c == "是"] * len(domains)
    return [
        Claim(
            id=f"c{topic}", article=article.path, topic=topic, value=Flag(holds=True), quote="是", start=i, end=i + 1,
            line=1, column=i + 1, origin="sentence", pattern="p",
        )
        for i in reversed(found)
        for topic in ("t.two", "t.one")
    ], [Coverage("main", len(found), len(found) + 1)], []  # fmt: skip


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "draw", fake)
    monkeypatch.setattr(corpus, "load_domain", lambda name: name)


def write(root: Path, **files: str) -> Path:
    for name, text in files.items():
        (root / f"{name}.md").write_text(text, encoding="utf-8")
    return root


def test_claims_stand_in_one_order(tmp_path: Path) -> None:
    files = discover(write(tmp_path, b="是 是", a="是")).files
    found = scan(files, ["d"])
    assert [(c.path, c.start, c.topic) for c in found.claims] == [
        ("a.md", 0, "t.one"), ("a.md", 0, "t.two"),
        ("b.md", 0, "t.one"), ("b.md", 0, "t.two"), ("b.md", 2, "t.one"), ("b.md", 2, "t.two"),
    ]  # fmt: skip
    assert list(found.claims) == sorted(found.claims, key=claim_key)
    assert scan(files[::-1], ["d"]) == found
    assert [(a.path, a.claims) for a in found.articles] == [("a.md", 2), ("b.md", 4)]
    assert [a.coverage for a in found.articles] == [(Coverage("main", 1, 2),), (Coverage("main", 2, 3),)]


def test_several_domains_are_joined(tmp_path: Path) -> None:
    files = discover(write(tmp_path, a="是")).files
    assert len(scan(files, ["one", "two"]).claims) == 4


def test_titles_and_ids(tmp_path: Path) -> None:
    files = discover(write(tmp_path, a="---\nid: x-1\ntitle: 甲\n---\n\n文\n")).files
    [one] = scan(files, ["d"]).articles
    assert (one.id, one.titles) == ("x-1", (("main", "甲"),))


def test_two_articles_of_one_id_are_told(tmp_path: Path) -> None:
    front = "---\nid: x-1\n---\n\n文\n"
    files = discover(write(tmp_path, b=front, a=front, c=front)).files
    problems = scan(files, ["d"]).problems
    assert [(p.path, p.code, p.severity, dict(p.args)) for p in problems] == [
        ("b.md", "same-id", "warning", {"first": "a.md", "id": "x-1"}),
        ("c.md", "same-id", "warning", {"first": "a.md", "id": "x-1"}),
    ]


def test_a_file_that_is_gone_or_shut(tmp_path: Path) -> None:
    files = discover(write(tmp_path, a="是", b="是")).files
    (tmp_path / "a.md").unlink()
    found = scan(files, ["d"])
    assert [(p.path, p.code) for p in found.problems] == [("a.md", "unreadable")]
    assert {c.path for c in found.claims} == {"b.md"}


def test_a_file_that_grew_is_still_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.readers.MAX_BYTES", 10)
    files = discover(write(tmp_path, a="是")).files
    (tmp_path / "a.md").write_text("是" * 99, encoding="utf-8")
    [problem] = scan(files, ["d"]).problems
    assert problem.severity == "error"


def test_progress_counts_to_the_end(tmp_path: Path) -> None:
    files = discover(write(tmp_path, a="是", b="是", c="")).files
    seen: list[tuple[int, int]] = []
    scan(files, ["d"], progress=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_chunks_hold_every_file_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "CHUNK_BYTES", 7)
    files = discover(write(tmp_path, **{f"f{i}": "是" * i for i in range(1, 9)})).files
    chunks = list(workers.chunks(files))
    assert [f for chunk in chunks for f in chunk] == list(files)
    assert len(chunks) > 3


def test_what_a_store_has_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.pieces.domain_mark", lambda name: f"mark of {name}")
    files = discover(write(tmp_path, a="是", b="是 是", c="")).files
    store: Store = {}
    found = scan(files, ["d"], store=store)
    assert found == scan(files, ["d"])
    assert len(store) == 3

    def never(*_: object) -> None:
        raise AssertionError("read again")

    with monkeypatch.context() as patch:
        patch.setattr(drawing, "draw", never)
        assert scan(files, ["d"], store=store) == found
    write(tmp_path, b="是")
    assert scan(files, ["d"], store=store) == scan(files, ["d"])
    assert len(store) == 4
    scan(files, ["d"], store=store, today="2025-01-01", stale_days=7)
    assert len(store) == 4, "what a file comes to is the same on every day"
    scan(files, ["d", "e"], store=store)
    assert len(store) == 7
