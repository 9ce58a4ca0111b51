"""Edits of rulings' files: what is meant is read back, and not a byte of the rest is another."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from property_runs import ordinarily

from audit.rulings.editing import EditError, with_expiry, with_words, without_claims
from claims.domain_files import load_text

FILE = """\
# 会议记录第三条
finding: K7QF2MA      # 编号
verdict: both-stand

reason: "两篇说的是两类人：#1"
by: '李编辑'
on: 2025-06-01
expires: 2025-12-31   # 年底再看
claims:
  # 第一条
  - id: c4e15165zmp   # 甲
    article: articles/a.md
    quote: 家庭共济可以跨省使用
  - {id: c4e15165zmq, article: articles/b.md, quote: "目前: 不能跨省"}   # 乙

  -
    quote: |-
      参保人可以
      给家人用
    article: 'articles/c.md'
# 以上
note: 完
"""
COMPACT = "verdict: misread\nexpires: '2025-12-31'\nclaims: [{article: a.md, quote: 甲}, {article: b.md, quote: 乙}]"
FLOW = """\
claims: [
  {article: a.md, quote: 甲},  # 一
  {article: b.md, quote: 乙},  # 二
  {article: c.md, quote: 丙}   # 三
]
expires: "2025-12-31"
"""
FILES = [FILE, COMPACT, FLOW]
CRLF = [text.replace("\n", "\r\n") for text in FILES]
EVERY = [*FILES, *CRLF, *("\ufeff" + text for text in (FILE, CRLF[0]))]


def same_but(old: str, new: str) -> tuple[str, str]:
    """What two texts have between their common beginning and their common end."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]


@pytest.mark.parametrize("text", EVERY)
def test_a_day_is_changed_and_nothing_else(text: str) -> None:
    new = with_expiry(text, "2026-03-31")
    assert new == text.replace("2025-12-31", "2026-03-31")


words = st.text(st.characters(codec="utf-8", exclude_characters="\ufeff"), min_size=1).filter(lambda t: t.strip())


@ordinarily(150)
@given(st.sampled_from(EVERY), st.integers(0, 2), words)
def test_words_are_read_back_and_the_rest_stays(text: str, n: int, quote: str) -> None:
    data = load_text(text)
    assume(n < len(data["claims"]))
    data["claims"][n]["quote"] = quote
    new = with_words(text, {n: {"quote": quote}})
    assert load_text(new) == data
    old, now = same_but(text, new)
    assert len(old) <= 40
    assert "\n" not in now.strip("\r\n") or "\n" in old  # one value is one line
    assert new.count("#") - quote.count("#") == text.count("#")
    assert new.startswith("\ufeff") == text.startswith("\ufeff")


@pytest.mark.parametrize("text", EVERY)
def test_what_is_changed_back_is_as_it_was(text: str) -> None:
    n = 1
    quote = load_text(text)["claims"][n]["quote"]
    assert with_words(with_words(text, {n: {"quote": "别的话"}}), {n: {"quote": quote}}) == text
    assert with_words(text, {n: {"quote": quote}}) == text


@pytest.mark.parametrize("text", EVERY)
@pytest.mark.parametrize("gone", [{0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2}])
def test_claims_are_dropped_and_the_rest_stays(text: str, gone: set[int]) -> None:
    data = load_text(text)
    if max(gone) >= len(data["claims"]) or len(gone) >= len(data["claims"]):
        return
    kept = [claim for n, claim in enumerate(data["claims"]) if n not in gone]
    new = without_claims(text, gone)
    assert load_text(new) == {**data, "claims": kept}
    lines = set(text.removeprefix("\ufeff").splitlines(keepends=True))
    if "claims: [{" not in text:  # whole lines go, none is made
        fresh = [line for line in new.removeprefix("\ufeff").splitlines(keepends=True) if line not in lines]
        assert not fresh
    assert new.startswith("\ufeff") == text.startswith("\ufeff")


def test_comments_about_others_stay() -> None:
    assert without_claims(FILE, {0}).count("#") == FILE.count("#") - 1
    assert "# 第一条" in without_claims(FILE, {0})
    assert without_claims(FLOW, {1}).count("#") == 2
    assert without_claims(FLOW, {2}).count("#") == 2


QUOTED = "verdict: misread\nclaims: [{article: a.md, quote: '它''s: 甲'}, {article: b.md, quote: 乙}]\n"


def test_a_value_is_written_as_the_old_one_was_where_that_can_be() -> None:
    assert with_words(QUOTED, {0: {"quote": "b: 'c'"}}) == QUOTED.replace("它''s: 甲", "b: ''c''")
    assert with_words(QUOTED, {1: {"quote": "b: 'c'"}}) == QUOTED.replace("quote: 乙", "quote: 'b: ''c" + "'" * 3)
    long = "很长的一句话 " * 40 + "\n第二行"
    written = with_words(QUOTED, {1: {"quote": long}})
    assert len(written.splitlines()) == 2
    assert written.endswith('第二行"}]\n')
    assert load_text(written)["claims"][1]["quote"] == long


@pytest.mark.parametrize(
    ("edit", "text", "why"),
    [
        (lambda t: with_expiry(t, "2026-01-01"), "verdict: misread\n", "there is no `expires` to change"),
        (lambda t: with_words(t, {5: {"quote": "x"}}), COMPACT, "there is no `5` to change"),
        (lambda t: with_words(t, {2: {"quote": "x"}}), COMPACT, "there is no `2` to change"),
        (lambda t: with_words(t, {0: {"id": "c1"}}), COMPACT, "there is no `id` to change"),
        (lambda t: without_claims(t, {0, 1}), COMPACT, "`claims` would be empty"),
        (lambda t: without_claims(t, {0}), "claims: 甲\n", "`claims` would be empty"),
        (lambda t: without_claims(t, {0}), "claims: 甲乙\n", "`claims` would be empty"),
        (lambda t: with_expiry(t, "2026-01-01"), "a: [\n", "is not valid YAML"),
        (lambda t: with_expiry(t, "2026-01-01"), "expires: [2025-01-01]\n", "`expires` is not a text"),
        (
            lambda t: with_words(t, {0: {"quote": "乙"}}),
            "claims:\n- quote: &a 甲\n- quote: *a\n",
            "`quote` cannot be changed in place",
        ),
        (
            lambda t: without_claims(t, {1}),
            "claims:\n- &a {quote: 甲}\n- &b {quote: 甲}\n- *b\n",
            "entry 2 of `claims` cannot be taken out in place",
        ),
    ],
)
def test_what_cannot_be_done_is_an_error(edit, text: str, why: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(EditError) as error:
        edit(text)
    assert error.value.message == why
