"""A domain's own examples, run: each pattern's and each figure rule's `says` and `silent`, and the cases of a topic.

A pattern's example is a sentence in an article about the domain's default subject. A case, and an example of a rule
that has an `is`, give a text and everything that it claims on one topic, in a short notation that a person can read and
write:

    true, false                 a flag                       >=nation, <=province    a measure's end
    6, 31..31, 21..29           a measure                    +spouse,parents         includes
    -inpatient                  excludes                     =outpatient,pharmacy    only
    receiver_first              a choice                     … some                  quantifier some
    … @湖北省,十堰市             its region                   … !新疆维吾尔自治区      its exception
    … scheme:resident            another facet of its scope   … !population:retired    … and of its exception
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from claims.article import Article, Block, Part, Text
from claims.domain import Domain, Pattern
from claims.domain_files import Key, check_schema, read_yaml
from claims.extraction import extract, read_parts
from claims.matching import match
from claims.model import Bound, Choice, Claim, Flag, Measure, SetOf, number
from claims.readers import read
from claims.recording import FIGURES


class Failure(msgspec.Struct, frozen=True):
    """What an example was to give and what it gave. `where` is the pattern's id or the number of the case; `keys` lead
    to the example in `file`."""

    where: str
    text: str
    expected: str
    got: str
    file: Path = Path()
    keys: tuple[Key, ...] = ()


def _text(words: str, at: int) -> Text:
    return Text(words, tuple(range(at, at + len(words))), tuple(range(at + 1, at + len(words) + 1)))


def sample(words: str, title: str) -> Article:
    """An article of one paragraph below a title."""
    source = f"{title}\n{words}"
    blocks = (Block("title", _text(title, 0)), Block("paragraph", _text(words, len(title) + 1), headings=(0,)))
    return Article("sample.txt", source, (Part("main", blocks, 0),), (0, len(title) + 1), title=title)


def notation(claim: Claim, facets: bool = False) -> str:
    """A claim's value, quantifier, region and exception in the short notation; with `facets` the others too."""
    text = value_notation(claim)
    if claim.quantifier == "some":
        text += " some"
    for facet, members in claim.scope.facets:
        if facet == "region":
            text += " @" + ",".join(members)
        elif facets:
            text += f" {facet}:" + ",".join(members)
    for facet, members in claim.except_.facets:
        if facet == "region":
            text += " !" + ",".join(members)
        elif facets:
            text += f" !{facet}:" + ",".join(members)
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
        low, high = _bound(value.low), _bound(value.high)
        if value.high is None:
            return f">={low}"
        if value.low is None:
            return f"<={high}"
        return low if low == high else f"{low}..{high}"
    return "untyped"


def _bound(bound: Bound) -> str:
    return str(number(bound)) if isinstance(bound, Decimal) else str(bound)


_PARTS = re.compile(r"some|(?P<mark>!?[a-z_]+:|[@!]).*")


def normal(expected: str) -> str:
    """The notation with its members and parts in order, as `notation` writes them."""
    head, *rest = str(expected).split(" ")
    if head[:1] in "+-=" and not head[1:2].isdigit():
        head = head[0] + ",".join(sorted(head[1:].split(",")))
    parts: dict[str, str] = {}
    for part in rest:
        found = _PARTS.fullmatch(part)
        mark = part if found is None or part == "some" else found["mark"]
        # What is taken out comes last.
        name = {"@": "region", "some": ""}.get(mark, "~" + mark if mark.startswith("!") else mark)
        parts[name] = part if mark == part else mark + ",".join(sorted(part[len(mark) :].split(",")))
    return " ".join([{"True": "true", "False": "false"}.get(head, head), *(parts[k] for k in sorted(parts))])


def article_of(example: str | Mapping[str, Any], title: str) -> Article:
    """The article that an example stands for: a sentence below `title`, or a mapping of `text` and maybe its own
    `title`, or of a whole page as `md`, `html` or `txt`."""
    if isinstance(example, str):
        return sample(example, title)
    page = next((k for k in ("md", "html", "txt") if k in example), None)
    if page:
        return read(f"case.{page}", str(example[page]).encode())
    return sample(str(example["text"]), str(example.get("title", title)))


def words_of(example: str | Mapping[str, Any]) -> str:
    """The text of an example."""
    if isinstance(example, str):
        return example
    return str(next(example[k] for k in ("text", "md", "html", "txt") if k in example))


def pattern_failures(domain: Domain) -> Iterator[Failure]:
    """Each pattern's examples: `says` must match this very pattern, `silent` must match none of its topic."""
    for pattern in domain.patterns:
        file, n = domain.folder / "patterns" / pattern.place[0], pattern.place[1]
        for i, example in enumerate(pattern.says):
            article = article_of(example, domain.sample_title)
            if not _read_by(pattern, article, domain):
                got = "; ".join(f"{notation(c)} ({c.pattern})" for c in _on(pattern.topic, article, domain))
                yield Failure(
                    pattern.id, words_of(example), MATCH, got or NOTHING, file, ("patterns", n, "says", i)
                )  # fmt: skip
        for i, example in enumerate(pattern.silent):
            found = _on(pattern.topic, article_of(example, domain.sample_title), domain)
            if found:
                got = "; ".join(f"{notation(c)} ({c.pattern})" for c in found)
                yield Failure(
                    pattern.id, words_of(example), NOTHING, got, file, ("patterns", n, "silent", i)
                )  # fmt: skip


def _read_by(pattern: Pattern, article: Article, domain: Domain) -> bool:
    """Whether a pattern reads something in an article; on a topic about things, of a thing that shows."""
    if domain.topics[pattern.topic].about:
        return any(c.pattern == pattern.id for c in extract(article, domain))
    return any(match(pattern, u, domain) for r in read_parts(article, domain) for u in r.units)


def figure_failures(domain: Domain) -> Iterator[Failure]:
    """The examples of each rule of figures: `says` must be read by this very rule and give what it `is`, if that is
    told; `silent` must give nothing on its topic."""
    file, figures = domain.folder / "figures.yaml", domain.figures
    title = (figures.sample_title if figures is not None else "") or domain.sample_title
    for n, rule in enumerate(figures.rules if figures is not None else ()):
        for i, example in enumerate(rule.says):
            found = _on(rule.topic, article_of(example, title), domain)
            told = example.get("is") if isinstance(example, Mapping) else None
            wanted = [] if told is None else [normal(str(w)) for w in (told if isinstance(told, list) else [told])]
            right = told is None or sorted(wanted) == sorted(notation(c, facets=True) for c in found)
            if not right or not any(c.pattern == FIGURES + rule.id for c in found):
                expected = "; ".join(sorted(wanted)) if not right else MATCH
                yield Failure(rule.id, words_of(example), expected, _told(found), file, ("rules", n, "says", i))
        for i, example in enumerate(rule.silent):
            found = _on(rule.topic, article_of(example, title), domain)
            if found:
                yield Failure(rule.id, words_of(example), NOTHING, _told(found), file, ("rules", n, "silent", i))


def _told(found: Sequence[Claim]) -> str:
    return "; ".join(f"{notation(c, facets=True)} ({c.pattern})" for c in found) or NOTHING


def _figure_topics(domain: Domain) -> frozenset[str]:
    return frozenset(rule.topic for rule in domain.figures.rules) if domain.figures is not None else frozenset()


MATCH, NOTHING, STILL_KNOWN = "match", "nothing", "known"
"""What is said of an example besides claims: this pattern matches; no claim; a case marked `known` is read rightly."""


def _on(topic: str, article: Article, domain: Domain) -> list[Claim]:
    return [c for c in extract(article, domain) if c.topic == topic]


def case_failures(domain: Domain, cases: Cases) -> Iterator[Failure]:
    """Cases of a topic: what each says on it, all told. One with `known: why` is read wrongly and must still be. Facets
    besides the region are compared on a topic of figures, else where a case names any."""
    figures, title = cases.topic in _figure_topics(domain), cases.title or domain.sample_title
    for n, case in enumerate(cases.cases):
        wanted = [str(e) for e in case.get("is") or []]
        facets = figures or any(":" in e for e in wanted)
        got = sorted(notation(c, facets) for c in _on(cases.topic, article_of(case, title), domain))
        expected = sorted(normal(e) for e in wanted)
        told = "; ".join(expected) or NOTHING, "; ".join(got) or NOTHING
        keys: tuple[Key, ...] = ("cases", n)
        if "known" in case and got == expected:
            told = STILL_KNOWN, told[1]
        elif "known" in case or got == expected:
            continue
        yield Failure(str(n + 1), words_of(case), *told, cases.file, keys)


class Cases(msgspec.Struct, frozen=True):
    """The cases of one topic, from a file."""

    file: Path
    topic: str
    cases: tuple[Mapping[str, Any], ...]
    title: str | None = None
    "Of the cases that have none."


def load_cases(path: Path) -> Cases:
    """A cases file. Raises DomainError."""
    data = read_yaml(path)
    check_schema(data, "cases.schema.json", path)
    return Cases(path, data["topic"], tuple(data["cases"]), data.get("title"))
