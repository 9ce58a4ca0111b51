"""Domains that others wrote: no regular expression of theirs is run, and all that they say has a bound."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_runs import Ended, check, write
from test_hostile_yaml import GEOGRAPHY, with_domain

RIVER = {"one.md": "长江全长6300公里。\n", "two.md": "长江全长5000公里。\n"}
TEXT = "长江全长6300公里，" * 300
OPEN, SHUT = "{", "}"


def lexicon(forms: str, head: str = "") -> str:
    return f'{head}families:\n  zz:\n    ZA: "{forms}"\n'


BAD: dict[str, tuple[str, str]] = {
    "braces without end": (lexicon(OPEN * 20_000 + "a" + SHUT * 20_000), "nested more than 50 deep"),
    "braces that multiply": (lexicon("{甲|乙}" * 40), "stands for more than 60000 strings"),
    "many that multiply": (
        "families:\n  zz:\n" + "".join(f'    Z{n}: "{"{a|b|c|d|e|f|g|h|i}" * 5}{n}"\n' for n in range(100)),
        "up to here the lexicon stands for",
    ),
    "macros of macros": (
        "macros:\n" + "".join(f"  m{n}: <m{n + 1}>甲<m{n + 1}>\n" for n in range(40)) + "  m40: 甲\n"
        + "families:\n  zz:\n    ZA: <m0>\n",
        "makes forms of more than 1000000 characters",
    ),
    "a word that is empty": (lexicon("{|甲}"), "may be empty"),
    "no words": (lexicon(""), "is empty"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_words_without_end_or_without_letters_are_refused(tmp_path: Path, kind: str) -> None:
    text, why = BAD[kind]
    done = check(with_domain(tmp_path, {**RIVER, "geo/lexicon/z.yaml": text}), memory=800 << 20)
    assert done.refuses(why, "geo/lexicon")


REGEXES = "(a+)+$ (甲|甲)*乙 .*.*.*= [ \\\\ (?P<x> 河"


def test_what_looks_like_a_regular_expression_is_only_letters(tmp_path: Path) -> None:
    """Nothing in a domain is compiled as one: a name that ends in `.*` would be every name."""
    main = (GEOGRAPHY / "domain.yaml").read_text("utf-8")
    for key in ("ends: 河 江 溪 运河", "not: 淡水湖"):
        assert key in main
        main = main.replace(key, f"{key.partition(' ')[0]} {REGEXES} {key.partition(' ')[2]}")
    files = {**RIVER, "geo/domain.yaml": main, "geo/lexicon/z.yaml": lexicon("(a+)+$ .* 甲*"), "a.md": "a" * 50_000}
    done = check(with_domain(tmp_path / "theirs", files))
    ours = check(with_domain(tmp_path / "ours", {**RIVER, "a.md": "a" * 50_000}))
    assert done.finds()
    assert said(done) == said(ours) == 4


def said(done: Ended) -> int:
    """How many claims were read."""
    found = re.search(r"claims read: (\d+)", done.out)
    return int(found[1]) if found else -1


def test_a_domain_of_which_every_character_is_a_word(tmp_path: Path) -> None:
    letters = sorted(set(TEXT)) + [chr(0x4E00 + n) for n in range(1_000)]
    every = "families:\n" + "".join(f"  z{n}:\n    Z{n}: {' '.join(letters)}\n" for n in range(20))
    done = check(with_domain(tmp_path, {**RIVER, "long.md": TEXT, "geo/lexicon/z.yaml": every}), seconds=60)
    assert done.finds()
    assert said(done) >= 4


def test_a_domain_that_matches_everything_is_only_wrong(tmp_path: Path) -> None:
    """Patterns that ask for nothing: each clause claims. The other domain finds what it finds."""
    every = "topic: geography.length\npatterns:\n" + "".join(
        f"  - {{id: z.p{n}, value: {{low: {n + 1}}}}}\n" for n in range(20)
    )
    done = check(with_domain(tmp_path, {**RIVER, "long.md": TEXT, "geo/patterns/z.yaml": every}), seconds=60)
    assert done.finds()
    assert "error[contradiction] KSM4R25" in done.out
    assert said(done) > 20  # what it says of its topic is wrong, and is not kept back


def test_patterns_without_number_are_refused(tmp_path: Path) -> None:
    head = "topic: geography.length\npatterns:\n"
    some = head + "".join(f"  - {{id: z.p{n}, value: {{low: 1}}}}\n" for n in range(10_001))
    root = with_domain(tmp_path, {"geo/patterns/z.yaml": some})
    assert check(root, seconds=60).refuses("the limit is 10000", "geo/patterns/z.yaml", "let one pattern name several")
    many = head + "".join(f"  - {{id: z.p{n}, value: {{low: 1}}}}\n" for n in range(100_000))
    write(root, {"geo/patterns/z.yaml": many})
    assert check(root).refuses("the file has more than 2000000 bytes", "geo/patterns/z.yaml")


def test_what_a_domain_lacks_is_told(tmp_path: Path) -> None:
    changes: list[tuple[Callable[[Path], object], str]] = [
        (lambda geo: (geo / "topics.yaml").unlink(), "geo/topics.yaml"),
        (lambda geo: (geo / "topics.yaml").write_text("[]"), "geo/topics.yaml"),
        (lambda geo: (geo / "topics.yaml").write_text(""), "geo/topics.yaml"),
    ]
    for n, (change, name) in enumerate(changes):
        root = with_domain(tmp_path / str(n), RIVER)
        change(root / "geo")
        assert check(root).refuses(name)
