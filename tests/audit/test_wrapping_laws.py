"""Re-wrapping an article changes no id: not those of its claims, and not those of the findings it takes part in."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from property_runs import ordinarily

from audit.conflicts import conflicts
from audit.positions import Needs, Summary
from claims.domain import load_domain
from claims.extraction import extract
from claims.identity import folded
from claims.readers import read

YIBAO = load_domain("yibao")
EXAMPLES = ordinarily(80)

SENTENCES = (
    "职工医保个人账户的家庭共济目前不能跨省使用。",
    "家庭共济已经可以跨省使用，父母在外省参保也不受影响。",
    "统筹基金不能给家人共享；能共享的只是个人账户里的余额。",
    "家人必须参加基本医保，才能使用共济的余额！",
    "一名职工最多可以绑定6名亲属，亲属不限于配偶、父母、子女。",
    "居民医保2026年度的个人缴费标准为每人每年400元，集中缴费期截至2025年12月31日。",
    "在三级医院住院，起付线为1,500元（职工医保），报销比例为85%。",
    "湖北省的家庭共济：兄弟姐妹也可以使用“共济账户”里的钱。",
    "能不能跨省，要看两地是否都开通了Health App；都开通的可以。",
)
AGAINST = (
    "# 家庭共济\n\n家庭共济可以跨省使用。\n\n家庭共济只能在本省使用。\n\n统筹基金可以给家人共享。\n\n"
    "家人不用参加医保也能使用共济。\n"
)

# Where a line of Markdown would begin with the sign of a list or a number, or be a voice of its own.
NO_BEGINNING = "-+*#>=|0123456789、，。；：！）”%"


def ids(text: str, name: str = "a.md") -> tuple[list[tuple[str, str]], list[str]]:
    """The claims of an article (id, folded quote), and the findings it has with itself and another."""
    articles = ((text, name), (AGAINST, "b.md"))
    claims = [c for source, path in articles for c in extract(read(path, source.encode()), YIBAO)]
    found = conflicts(Summary(claims, Needs(topics=YIBAO.topics)), YIBAO.topics, possible=True)
    told = [(c.id, folded(c.quote)) for c in claims if c.article == name]
    return told, sorted(finding.id for finding in found)


@st.composite
def wrapped(draw: st.DrawFn, newlines: tuple[str, ...] = ("\n",)) -> tuple[str, str]:
    """A paragraph, and the same wrapped: between any two characters, now and then with a space at the line's end."""
    text = "".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3, unique=True)))
    places = [
        n for n in range(1, len(text))
        if text[n] not in NO_BEGINNING and text[n - 1 : n + 1].strip() == text[n - 1 : n + 1]
        and not (text[n - 1].isascii() and text[n].isascii())
    ]  # fmt: skip
    cuts = draw(st.sets(st.sampled_from(places), min_size=1, max_size=12))
    out = ""
    for n, char in enumerate(text):
        if n in cuts:
            out += draw(st.sampled_from(("", "", " ", "\u3000"))) + draw(st.sampled_from(newlines))
        out += char
    return text, out


@EXAMPLES
@given(wrapped(("\n", "\r\n", "\n  ")))
def test_of_a_paragraph_in_markdown(texts: tuple[str, str]) -> None:
    one, other = texts
    assert ids(f"# 家庭共济\n\n{other}\n") == ids(f"# 家庭共济\n\n{one}\n")


@EXAMPLES
@given(wrapped(("\n> ", "\n>", "\n")))
def test_of_a_quotation_in_markdown(texts: tuple[str, str]) -> None:
    one, other = texts
    assert ids(f"# 家庭共济\n\n> {other}\n") == ids(f"# 家庭共济\n\n> {one}\n")


@EXAMPLES
@given(wrapped(("\n  ", "\n")))
def test_of_an_item_in_markdown(texts: tuple[str, str]) -> None:
    one, other = texts
    assert ids(f"# 家庭共济\n\n- {other}\n- 末项。\n") == ids(f"# 家庭共济\n\n- {one}\n- 末项。\n")


@EXAMPLES
@given(wrapped(("\n", "\n    ", "\r\n\t")))
def test_of_a_paragraph_in_html(texts: tuple[str, str]) -> None:
    one, other = (f"<h1>家庭共济</h1>\n<p>{text}</p>\n" for text in texts)
    assert ids(other, "a.html") == ids(one, "a.html")


@EXAMPLES
@given(st.permutations(SENTENCES), st.integers(2, 4), st.integers(52, 90))
def test_of_a_scraped_paragraph_that_is_wrapped_at_a_column(sentences: list[str], n: int, columns: int) -> None:
    """Lines are alike but for signs that begin no line, and none ends a sentence: that would end a paragraph."""
    text = "".join(sentences[:n])
    lines = [""]
    for at, char in enumerate(text):
        width = sum(1 if c.isascii() else 2 for c in lines[-1])
        if width >= columns and char not in NO_BEGINNING and text[at - 1] not in "。！；":
            lines.append("")
        lines[-1] += char
    widths = [sum(1 if c.isascii() else 2 for c in line) for line in lines]
    assume(max(widths) - min(widths[:-1], default=0) <= 6)
    head = "家庭共济怎么用\n\n"
    assert ids(f"{head}{chr(10).join(lines)}\n", "a.txt") == ids(f"{head}{text}\n", "a.txt")


@pytest.mark.parametrize(
    "broken",
    [
        "职工医保的家庭共济目前\n不能跨省使用。",
        "职工医保的家庭共济，\n目前不能跨省使用。",
        "职工医保的家庭共济（个人账户\n）目前不能跨省使用。",
        "职工医保\n的家庭共济目前不能跨省使用。",
        "  职工医保的家庭共济目前\n  不能跨省使用。",
    ],
)
def test_of_a_scraped_sentence_that_is_surely_broken_off(broken: str) -> None:
    head, whole = "家庭共济怎么用\n\n", "".join(broken.split())
    assert ids(f"{head}{broken}\n", "a.txt") == ids(f"{head}{whole}\n", "a.txt")
    assert len(ids(f"{head}{broken}\n", "a.txt")[0]) == 1
