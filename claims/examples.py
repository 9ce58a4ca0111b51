"""A domain's own examples, run: each pattern's `says` and `silent`, and the cases of a topic.

A pattern's example is a sentence in an article about the domain's default subject. A case gives a text and everything
that it claims on one topic, in a short notation that a person can read and write:

    true, false                 a flag                       >=nation, <=province    a measure's end
    6, 31..31, 21..29           a measure                    +spouse,parents         includes
    -inpatient                  excludes                     =outpatient,pharmacy    only
    receiver_first              a choice                     … some                  quantifier some
    … @湖北省,十堰市             its region                   … !新疆维吾尔自治区      its exception
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from claims.article import Article, Block, Part, Text
from claims.context import read_part
from claims.domain import Domain
from claims.extraction import extract
from claims.matching import match
from claims.model import Choice, Claim, Flag, Measure, SetOf
from claims.readers import read


class Failure(msgspec.Struct, frozen=True):
    """What an example was to give and what it gave."""

    where: str
    text: str
    expected: str
    got: str


def _text(words: str, at: int) -> Text:
    return Text(words, tuple(range(at, at + len(words))), tuple(range(at + 1, at + len(words) + 1)))


def sample(words: str, title: str) -> Article:
    """An article of one paragraph below a title."""
    source = f"{title}\n{words}"
    blocks = (Block("title", _text(title, 0)), Block("paragraph", _text(words, len(title) + 1), headings=(0,)))
    return Article("sample.txt", source, (Part("main", blocks, 0),), (0, len(title) + 1), title=title)


def notation(claim: Claim) -> str:
    """A claim's value, quantifier, region and exception in the short notation."""
    text = value_notation(claim)
    if claim.quantifier == "some":
        text += " some"
    if claim.scope.get("region"):
        text += " @" + ",".join(claim.scope.get("region"))
    if claim.except_.get("region"):
        text += " !" + ",".join(claim.except_.get("region"))
    return text


def value_notation(claim: Claim) -> str:
    value = claim.value
    if isinstance(value, Flag):
        return "true" if value.holds else "false"
    if isinstance(value, Choice):
        return value.is_
    if isinstance(value, SetOf):
        return {"includes": "+", "excludes": "-", "only": "="}[value.mode] + ",".join(value.members)
    if isinstance(value, Measure):
        if value.high is None:
            return f">={value.low}"
        if value.low is None:
            return f"<={value.high}"
        return str(value.low) if value.low == value.high else f"{value.low}..{value.high}"
    return "untyped"


def normal(expected: str) -> str:
    """The notation with its members in order, as `notation` writes them."""
    head, *rest = str(expected).split(" ")
    if head[:1] in "+-=" and not head[1:2].isdigit():
        head = head[0] + ",".join(sorted(head[1:].split(",")))
    rest = [r[0] + ",".join(sorted(r[1:].split(","))) if r[:1] in "@!" else r for r in rest]
    return " ".join([{"True": "true", "False": "false"}.get(head, head), *rest])


def pattern_failures(domain: Domain, title: str) -> Iterable[Failure]:
    """Each pattern's examples: `says` must match this very pattern, `silent` must match none of its topic."""
    for pattern in domain.patterns:
        for words in pattern.says:
            article = sample(words, title)
            units = read_part(article, article.parts[0], domain).units
            if not any(match(pattern, u, domain) for u in units):
                yield Failure(pattern.id, words, "a match", "none")
        for words in pattern.silent:
            got = [c for c in extract(sample(words, title), domain) if c.topic == pattern.topic]
            if got:
                yield Failure(pattern.id, words, "no claim", ", ".join(f"{notation(c)} by {c.pattern}" for c in got))


def case_failures(
    domain: Domain, topic: str, cases: Iterable[Mapping[str, Any]], title: str, where: str
) -> Iterable[Failure]:
    """Cases of a topic: `text` (or a page as `md`, `html` or `txt`), maybe a `title`, and `is`, all that it claims."""
    for number, case in enumerate(cases, 1):
        page = next((k for k in ("md", "html", "txt") if k in case), None)
        if page:
            article = read(f"case.{page}", str(case[page]).encode())
            words = str(case[page])
        else:
            words = str(case["text"])
            article = sample(words, str(case.get("title", title)))
        got = sorted(notation(c) for c in extract(article, domain) if c.topic == topic)
        expected = sorted(normal(e) for e in case.get("is") or [])
        if got != expected:
            yield Failure(
                f"{where} case {number}", words, "; ".join(expected) or "no claim", "; ".join(got) or "no claim"
            )


def load_cases(path: Path) -> Mapping[str, Any]:
    """A cases file: `topic` and `cases`."""
    from claims.domain import _read_yaml

    data = _read_yaml(path)
    assert isinstance(data, dict)
    return data
