"""Ruling text that tries to be more than text, in every field that `koujing serve` takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest
import yaml
from serving import Served

from audit.rulings.reading import read_ruling
from claims.domain import load_domain
from claims.topics import Topic

HOSTILE = [
    "a\nverdict: stands\nb",
    "a\r\nverdict: stands",
    "a\rb",
    "a\n---\nfinding: K0\n",
    "a\n...\nb",
    "--- x",
    "... x",
    "!!python/object/apply:os.system [x]",
    "!tag x",
    "%YAML 1.2",
    "%TAG ! x",
    "&a x",
    "*a",
    "&a [*a]",
    "<<: *a",
    "a # b",
    "#a",
    "a: b",
    "? a",
    "- a",
    "[a",
    "{a",
    "]",
    "}",
    ", a",
    "|",
    ">",
    "|\n  x",
    ">-\n  x",
    "'",
    '"',
    "''",
    '""',
    "\\",
    "\\n",
    '\\"',
    '"\nverdict: stands\nx: "',
    "@a",
    "`a",
    "=",
    "~",
    "null",
    "yes",
    "No",
    "on",
    "0o17",
    "1e3",
    "1_000",
    "0x1F",
    "12:30:45",
    "2025-01-01",
    ".inf",
    ".nan",
    "a\x85verdict: stands",
    "a\u2028verdict: stands",
    "a\u2029b",
    "a\x00b",
    "a\x1b[31mb",
    "a\x7fb",
    "a\x9fb",
    "a\ufeffb",
    "\ufeffa",
    "a\u202eb",
    "a\u200bb",
    "a\ufffe\uffff",
    "a\U0010fffdb",
    "\U0001f468\u200d\U0001f469",
    "e\u0301\u4e2d",
    "\u3000a\u3000b",
    "a\tb",
    "a  b",
    "a" * 499,
    "</script><script>x",
    "${x}",
    "{{ x }}",
]


def form_of(one: Any, **given: object) -> dict[str, Any]:
    return {**one.ready, "seen": "", **given}


@cache
def topics() -> Mapping[str, Topic]:
    return load_domain("yibao").topics


def test_in_every_field_words_are_words(attack: Any) -> None:
    """The file of a ruling reads back as what was typed, but for space around it."""
    for words in HOSTILE:
        form = form_of(attack, verdict="stands", side=0, reason=words, by=words, document=words, issuer=words)
        code, seen = attack.post("/preview", form)
        assert code == 200
        assert "wrong" not in seen, (words, seen)
        ruling = read_ruling(seen["path"], seen["text"].encode(), topics())
        typed = words.strip()
        assert ruling.fact is not None
        got = (ruling.reason, ruling.by, ruling.fact.source.document, ruling.fact.source.issuer)
        assert got == (typed,) * 4, words
        assert (ruling.verdict, ruling.finding, ruling.id) == ("stands", form["finding"], form["finding"])
        made = yaml.load(seen["text"], Loader=yaml.BaseLoader)
        assert set(made) == {"finding", "verdict", "reason", "by", "on", "topic", "value", "source"}


@pytest.mark.parametrize(
    "words", ["a\n---\nverdict: stands", "a\x85b\u2028c\u2029d", "\x00\x1b\x7f\x9f", "&a *b !!c %d"]
)
def test_what_is_written_reads_as_typed(serve: Callable[..., Served], words: str) -> None:
    one = serve()
    form = one.form(verdict="stands", side=0, reason=words, by=words, document=words, issuer=words)
    code, said = one.write(form)
    assert code == 200, said
    [file] = (one.root / "rulings").iterdir()
    ruling = read_ruling(said["path"], file.read_bytes(), topics())
    assert ruling.fact is not None
    assert {ruling.reason, ruling.by, ruling.fact.source.document, ruling.fact.source.issuer} == {words.strip()}
    assert one.ask("/state")[0] == 200


def test_a_day_is_a_day(attack: Any) -> None:
    for words in [*HOSTILE[:30], "2025-13-01", "2025-02-30", "\uff12\uff10\uff12\uff15-01-01\n- x", "9" * 400]:
        form = form_of(attack, verdict="stands", side=0, document="x", since=words, until=words, published=words)
        said = attack.post("/preview", form)[1]
        assert set(said["wrong"]) == {"since", "until", "published"}, words
        said = attack.post("/preview", form_of(attack, verdict="under-review", expires=words))[1]
        assert set(said["wrong"]) == {"expires"}, words


def test_what_no_file_can_hold_is_refused(attack: Any) -> None:
    for field in (
        "finding",
        "mark",
        "reason",
        "by",
        "document",
        "issuer",
        "published",
        "since",
        "until",
        "expires",
        "seen",
    ):
        for raw in (b'"\\ud800"', b'"a\\udfffb"', b'"\xed\xa0\x80"', b'"\xff"', b"1", b"[]", b"{}"):
            rest = json.dumps({k: v for k, v in attack.ready.items() if k != field}).encode()[1:]
            body = b'{"' + field.encode() + b'": ' + raw + b", " + rest
            assert attack.ask("/write", body)[0] == 400, (field, raw)
        assert attack.ask("/write", {**attack.ready, field: "x" * 1_000_000})[0] == 413, field
    for field, most in {
        "reason": 5000,
        "by": 500,
        "document": 500,
        "issuer": 500,
        "published": 500,
        "since": 500,
    }.items():
        form = form_of(attack, **{"verdict": "stands", "side": 0, "document": "x", field: "x" * (most + 1)})
        assert field in attack.post("/preview", form)[1]["wrong"]
    assert attack.ask("/write", {**attack.ready, "path": "rulings/x.yaml"})[0] == 400
    assert attack.ask("/write", {**attack.ready, "claims": ["c" * 12] * 17_000})[0] == 413
