"""Long without end: lines, sentences, numbers, names, lists of articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_runs import DENIES, MEMORY, PAIR, SAYS, check, write
from property_runs import DEEP

LINE = 10_000_000 if DEEP else 100_000
SENTENCE = 1_000_000 if DEEP else 6_000
SECONDS = 600 if DEEP else 60
ROOM = 3 << 30 if DEEP else MEMORY
"""Each character knows its place in the source: ten million of them in one line take 1.4 GB."""


@pytest.mark.parametrize("suffix", ["md", "html", "txt"])
def test_a_huge_line_is_read_to_its_end(tmp_path: Path, suffix: str) -> None:
    line = "y" * (LINE // 2) + "。" + SAYS.strip() + "z" * (LINE // 2)
    done = check(write(tmp_path, {**PAIR, f"long.{suffix}": line}), seconds=SECONDS, memory=ROOM)
    assert done.finds()
    assert "2 articles say" in done.out
    assert max(map(len, done.out.splitlines())) < 400


@pytest.mark.parametrize(
    "words", ["家庭共济职工医保个人账户，", "家庭共济职工医保个人账户", "起付线为100元", "1", "2025年1月1日"]
)
def test_a_huge_sentence_is_read_to_its_end(tmp_path: Path, words: str) -> None:
    text = words * (SENTENCE // len(words)) + "。\n\n" + SAYS
    done = check(write(tmp_path, {**PAIR, "long.md": text}), seconds=SECONDS)
    assert done.code == 1
    assert "2 articles say “works across provinces”" in done.out


@pytest.mark.parametrize("name", ["a.md", "koujing.yaml", "rulings/a.yaml", "cms.jsonl"])
def test_what_is_too_large_is_refused(tmp_path: Path, name: str) -> None:
    """A file with holes in it takes no room on the disk, and is as long as any."""
    root = write(tmp_path, {**PAIR, "koujing.yaml": "", name: ""})
    with open(root / name, "wb") as stream:
        stream.write(b'{"body": "')
        stream.truncate(30_000_000)
    done = check(root, name) if name.endswith("jsonl") else check(root)
    assert done.code == 2
    assert name in done.out + done.err
    assert any(word in done.out + done.err for word in ("too large", "more than", "limit"))


def test_numbers_without_end_are_text_or_told(tmp_path: Path) -> None:
    digits = "9" * 5_000
    root = write(tmp_path, {**PAIR, "n.md": f"---\ndate: {digits}\n---\n{SAYS}"})
    assert check(root).refuses("`date` in the front matter is not a date", "n.md:2")
    fact = f"facts:\n  ours: {{words: 某, topic: yibao.deductible, value: {{low: {digits}}}, source: 某}}\n"
    assert check(write(tmp_path, {"n.md": SAYS, "koujing.yaml": fact})).refuses("is a number", "koujing.yaml:2")
    ruling = f"verdict: under-review\nreason: {digits}\nby: 某\non: 2025-01-01\nexpires: 2025-12-31\nfinding: KSM4R25\n"
    done = check(write(tmp_path, {"koujing.yaml": "", "rulings/a.yaml": ruling}))
    assert done.refuses("is not valid YAML: this is no int", "rulings/a.yaml:2")


def test_a_glob_of_many_stars_is_matched_at_once(tmp_path: Path) -> None:
    stars = "**/*a" + "*a" * 30 + "b"
    deep = "**/x*/" * 14 + "b"
    config = f'articles: ["*.md", "{stars}", "{deep}"]\n'
    done = check(write(tmp_path, {**PAIR, "koujing.yaml": config, "a" * 200 + ".md": SAYS, "x/" * 60 + "a.md": SAYS}))
    assert done.finds()
    assert done.out.count("warning[glob-empty]") == 2


def test_very_many_articles_of_one_id_are_read_and_told(tmp_path: Path) -> None:
    many = {f"{n}.md": f"---\nid: same\n---\n{DENIES}" for n in range(2_000 if DEEP else 300)}
    done = check(write(tmp_path, {**many, "says.md": SAYS}))
    assert done.finds()
    assert done.out.count("warning[same-id]") == len(many) - 1


def test_very_many_records_of_one_id_are_told_some_and_counted(tmp_path: Path) -> None:
    lines = "".join(f'{{"id": 1, "body": "{DENIES.strip()}"}}\n' for _ in range(20_000 if DEEP else 400))
    done = check(write(tmp_path, {"cms.jsonl": lines}), "cms.jsonl")
    assert done.refuses("error[same-record]")
    assert done.out.count("error[same-record]") == 50


def test_a_ruling_with_a_huge_quote_is_void_or_refused(tmp_path: Path) -> None:
    head = "finding: KSM4R25\nverdict: both-stand\nreason: 某\nby: 某\non: 2025-01-01\nclaims:\n"
    head += "  - article: across.md\n"
    root = write(tmp_path, {**PAIR, "koujing.yaml": "", "rulings/a.yaml": f"{head}    quote: {'跨' * 300_000}\n"})
    done = check(root)
    assert done.code == 1
    assert "error[ruling-void]" in done.out
    assert done.out.count("error[contradiction]") == 1
    write(root, {"rulings/a.yaml": f"{head}    quote: {'跨' * 400_000}\n"})
    assert check(root).refuses("more than the limit of 1000000", "rulings/a.yaml")
