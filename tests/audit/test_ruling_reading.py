"""A ruling's file read: the record that it makes, or what is wrong with it, on which line, and what to do."""

from __future__ import annotations

import pytest
from audit_cases import TOPICS, low

from audit.rulings import reading
from audit.rulings.model import Rest, Ruling
from audit.rulings.reading import RulingError, read_ruling
from claims.facts import Fact, Source
from claims.model import scope_of

PATH = "rulings/某组/K7QF2MA.2.yaml"
WHO = "reason: 核对过通知\nby: 李编辑\non: 2025-06-01\n"
AREA = "topic: gongji.area\nvalue:\n  low: nation\nsource: 某通知\n"
ONE = "claims:\n  - article: a.md\n    quote: 可以跨省\n"


def read(text: str | bytes) -> Ruling:
    return read_ruling(PATH, text if isinstance(text, bytes) else text.encode(), TOPICS)


def fault(text: str | bytes) -> tuple[int | None, str, str]:
    with pytest.raises(RulingError) as caught:
        read(text)
    assert caught.value.path == PATH
    return caught.value.line, caught.value.message, caught.value.hint


# What is right.

BOTH = """\
# 两个说法
finding: k7qf2ma
verdict: both-stand
reason: " 说的是两类人 "
by: ' 李编辑'
on: 2025-06-01
note: 见会议记录
claims:
  - id: c4e15165zmp
    article: articles/a.md
    quote: 可以跨省
  - {article: b.md, quote: 不能跨省}
"""


def test_a_ruling_is_what_its_file_says() -> None:
    lines = {
        "finding": 2, "verdict": 3, "reason": 4, "by": 5, "on": 6, "note": 7, "claims": 8, "claims.0": 9,
        "claims.0.id": 9, "claims.0.article": 10, "claims.0.quote": 11, "claims.1": 12, "claims.1.article": 12,
        "claims.1.quote": 12,
    }  # fmt: skip
    rests = (Rest("articles/a.md", "可以跨省", "c4e15165zmp", 9), Rest("b.md", "不能跨省", None, 12))
    assert read("\ufeff" + BOTH) == Ruling(
        id="K7QF2MA.2", path=PATH, verdict="both-stand", finding="K7QF2MA", reason="说的是两类人", by="李编辑",
        on="2025-06-01", rests=rests, lines=lines, text=BOTH,
    )  # fmt: skip


def test_what_stands_is_a_fact_whose_words_are_the_reason() -> None:
    more = "expires: 2026-12-31\nscope: {region: 湖北省}\nsince: 2025-01-01\nnote: 见第三条\n"
    ruling = read(f"verdict: stands\n{WHO}{AREA}{more}")
    assert (ruling.finding, ruling.expires, ruling.rests) == (None, "2026-12-31", ())
    assert ruling.fact == Fact(
        id="K7QF2MA.2", words=(("", "核对过通知"),), topic="gongji.area", value=low("nation"),
        scope=scope_of({"region": ["湖北省"]}), since="2025-01-01", source=Source("某通知"), note=(("", "见第三条"),),
    )  # fmt: skip


# What is wrong.

KNOWN = "choose one of: stands, both-stand, misread, under-review"
SIGNS = "write plain names and values; put a value that begins with a sign in quotes"
YAML = "quote strings that hold { } : #; keep both sides of a merge apart, in two files"
WRONG: dict[str, tuple[str | bytes, int | None, str, str]] = {
    "not UTF-8": ("reason: 核\nby: 核对\n".encode() + b"\n\xff", 4, "is not UTF-8", "save the file as UTF-8"),
    "not UTF-8 at its end": (b"by: x\n\n#\xff", 3, "is not UTF-8", "save the file as UTF-8"),
    "not UTF-8 behind an empty line": (b"\n\xff", 2, "is not UTF-8", "save the file as UTF-8"),
    "a sign beyond all signs": (
        'a: 1\nb: "\\U00110000"\n', 2, "is not valid YAML: there is no such character or number", YAML,
    ),
    "a tag": ("verdict: stands\nreason: !x y\n", 2, "the tag !x has no place in a ruling", SIGNS),
    "a tag of a list": ("a: 1\nb: !y\n- 1\n", 2, "the tag !y has no place in a ruling", SIGNS),
    "an anchor": ("a: 1\n\nb: &x y\n", 3, "an anchor or alias (& or *) has no place in a ruling", SIGNS),
    "an alias": ("a: *x\n", 1, "an anchor or alias (& or *) has no place in a ruling", SIGNS),
    "an anchor and a tag": ("a: &x !y z\n", 1, "the tag !y has no place in a ruling", SIGNS),
    "a key twice": ("verdict: stands\nverdict: misread\n", 2, "is not valid YAML: the key 'verdict' is repeated", YAML),
    "a bracket open": (
        "a: 1\nb: [2\n", 3, "is not valid YAML: expected ',' or ']', but got '<stream end>'", YAML,
    ),
    "a sign that YAML refuses": (
        "a: \x07\n", None, "is not valid YAML: special characters are not allowed", YAML,
    ),
    "lists too deep": (
        "a: " + "[" * 101, 1,
        "is not valid YAML: nested too deeply: over 100 lists and mappings in each other", YAML,
    ),
    "a list": ("\n- a\n", 1, "a ruling is a mapping of keys to values", "write verdict:, reason:, by: and on:"),
    "nothing": ("", 1, "a ruling is a mapping of keys to values", "write verdict:, reason:, by: and on:"),
    "no verdict": (WHO, 1, "the required key 'verdict' is missing", KNOWN),
    "a verdict misspelt": (f"{WHO}verdict: both_stand\n", 4, "verdict cannot be 'both_stand'", KNOWN),
    "a verdict that is empty": (f"{WHO}verdict:\n", 4, "verdict cannot be None", KNOWN),
    "a value for both": (
        f"finding: K7QF2MA\nverdict: misread\n{WHO}note: x\nuntil: 2025-01-01\n{ONE}", 7,
        "`until` belongs to a `stands`, not to `misread`", "delete it, or change the verdict",
    ),
    "a key misspelt": (f"verdict: stands\nreasons: x\n{WHO}", 2, "there is no key 'reasons'", "did you mean reason?"),
    "a key missing": (
        f"\nverdict: stands\n{WHO}{AREA}".replace("source: 某通知\n", ""), 1, "the required key 'source' is missing",
        "add source: …",
    ),
    "an entry without words": (
        f"finding: K7QF2MA\nverdict: misread\n{WHO}claims:\n  - article: a.md\n", 7,
        "claims/0: the required key 'quote' is missing", "add quote: …",
    ),
    "an entry with an empty word": (
        f"finding: K7QF2MA\nverdict: misread\n{WHO}{ONE}  - article: a.md\n    quote: ''\n", 10,
        "claims/1/quote is empty", "",
    ),
    "a reason of spaces": (
        f"verdict: stands\nreason: ' '\nby: x\non: 2025-06-01\n{AREA}", 2, "reason is empty",
        "the next editor must know who decided, and why",
    ),
    "a person of spaces": (
        f"verdict: stands\nreason: x\nby: ' '\non: 2025-06-01\n{AREA}", 3, "by is empty",
        "the next editor must know who decided, and why",
    ),
    "a day that is none": (
        f"verdict: stands\n{WHO}{AREA}".replace("2025-06-01", "2025-02-30"), 4, "`on` is not a day: 2025-02-30",
        "write it like 2025-01-31",
    ),
    "a last day that is none": (
        f"verdict: stands\n{WHO}expires: 明年\n{AREA}", 5, "`expires` is not a day: 明年", "write it like 2025-01-31",
    ),
    "a value off the scale": (
        f"verdict: stands\n{WHO}{AREA}".replace("nation", "galaxy"), 7,
        "`galaxy` is not on the scale of gongji.area", "the scale: pool, city, province, nation",
    ),
    "a source without its document": (
        f"verdict: stands\n{WHO}{AREA}".replace("某通知", "{issuer: x}"), 8, "`document` is missing",
        "see docs/facts.md for an example",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_line_and_what_to_do(name: str) -> None:
    text, line, message, hint = WRONG[name]
    assert fault(text) == (line, message, hint)


def test_a_file_is_as_long_as_a_decision_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reading.MAX_BYTES == 1_000_000
    monkeypatch.setattr(reading, "MAX_BYTES", 300)
    text = f"verdict: stands\n{WHO}{AREA}".encode()
    fits = text + b"#" * (300 - len(text))
    assert read(fits).verdict == "stands"
    long = "the file has 301 bytes, more than the limit of 300"
    assert fault(fits + b"#") == (None, long, "a ruling is one decision: make a file of each")


def test_lists_may_be_nested_as_deep_as_anyone_would() -> None:
    line, message, _ = fault("verdict: " + "[" * 99 + "]" * 99)
    assert (line, message[:17]) == (1, "verdict cannot be")
