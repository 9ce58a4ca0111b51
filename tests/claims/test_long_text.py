"""Pages without line breaks or full stops: read whole, span for span, in time that grows with their length alone."""

from __future__ import annotations

import time

import pytest

from claims.domain import load_domain
from claims.extraction import extract
from claims.language.clauses import split
from claims.language.fold import fold
from claims.readers import read

SAID = "家人自己也要参加基本医保。职工医保三级医院住院起付线为800元。今天天气不错。"
TIMES = 400


@pytest.mark.parametrize("suffix", ["md", "html", "txt"])
@pytest.mark.parametrize("stop", ["。", "；", "，"])
def test_every_sentence_of_one_endless_line_is_read(suffix: str, stop: str) -> None:
    line = SAID.replace("。", stop) * TIMES
    source = f"# 家庭共济\n\n{line}\n" if suffix != "html" else f"<h1>家庭共济</h1><p>{line}</p>"
    article = read(f"a.{suffix}", source.encode())
    blocks = [block.text.chars for part in article.parts for block in part.blocks]
    assert max(map(len, blocks)) <= 3_000
    assert line in "".join(blocks)
    claims = [c for c in extract(article, load_domain("yibao")) if c.topic in ("yibao.deductible", "gongji.enrolment")]
    assert all(source[c.start : c.end] == c.quote for c in claims)
    told = [c for c in claims if c.topic == "yibao.deductible"]
    if stop != "，":  # what one sentence says again and again is one claim
        assert len(told) >= TIMES * 9 // 10
    assert told[0].start < 200
    assert told[-1].end > len(source) - 2_000


def test_a_sentence_without_end_is_cut_at_a_comma() -> None:
    text = "家人要参保，" * 1_000
    sentences = split(fold(text))
    assert max(s.end - s.start for s in sentences) < 700
    assert [text[c.start : c.end] for s in sentences for c in s.clauses] == ["家人要参保"] * 1_000


def test_what_has_no_sentences_is_cut_anywhere() -> None:
    article = read("a.md", ("家" * 10_001).encode())
    assert [len(b.text.chars) for part in article.parts for b in part.blocks] == [3_000, 3_000, 3_000, 1_001]


def test_tables_cost_what_their_rows_cost() -> None:
    def seconds(rows: int) -> float:
        lines = (f"| 第{n}组 | {n + 100}元 | {n + 200}元 |" for n in range(rows))
        head = "# 住院待遇\n\n| 组别 | 二级医院起付线 | 三级医院起付线 |\n|---|---|---|\n"
        article = read("a.md", (head + "\n".join(lines)).encode())
        began = time.process_time()
        told = [c for c in extract(article, load_domain("yibao")) if c.topic == "yibao.deductible"]
        took = time.process_time() - began
        assert len(told) == 2 * rows
        assert len({c.sets_against for c in told}) == 1
        return took

    seconds(10)
    assert seconds(1_200) < 10 * seconds(300)  # 16 times, were each row held against all others
