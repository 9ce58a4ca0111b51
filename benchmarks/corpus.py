"""Made corpora of any size, of which every claim and every conflict is known.

An article is about one city and one year. What it says of figures follows from city and year, so that articles agree;
in every `EVERY`th article one figure is another than it should be, and that is a conflict with each article of the same
city and year that says the right one. The sentences are in sentences.yaml; nothing depends on chance or on a clock, and
an article depends on its number alone, so that a corpus may be made in pieces.

    python -m benchmarks.corpus 2000 FOLDER
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec
import yaml

from claims.language.gazetteer import tree

YEARS = range(2020, 2026)
EVERY = 25
"""One article in so many says a wrong figure."""
TODAY = "2026-01-15"
"""The day to audit made articles on: after the dates of all."""
EACH = 3
"""Successive articles on one city and year."""


class Figure(msgspec.Struct, frozen=True):
    """What differs by city and year: one of `values`, put into one of the sentences `says`."""

    key: str
    topic: str
    section: str
    values: tuple[int | float, ...]
    says: tuple[str, ...]


class Rule(msgspec.Struct, frozen=True):
    """What is the same everywhere, with its value as `claims.examples` writes it."""

    key: str
    topic: str
    section: str
    value: str
    says: tuple[str, ...]


class Sentences(msgspec.Struct, frozen=True):
    figures: tuple[Figure, ...]
    rules: tuple[Rule, ...]
    fillers: tuple[str, ...]


class Said(msgspec.Struct, frozen=True, order=True):
    """One claim of a made article: its key in sentences.yaml, topic, value as a text, and sentence."""

    key: str
    topic: str
    value: str
    sentence: str


class Made(msgspec.Struct, frozen=True):
    """One made article, and what it says."""

    number: int
    name: str
    title: str
    city: str
    year: int
    date: str
    author: str
    text: str
    says: tuple[Said, ...]


class Planted(msgspec.Struct, frozen=True, order=True):
    """One conflict that is in a made corpus: the two values of a topic, for a city and a year, in ascending order."""

    topic: str
    city: str
    year: int
    key: str
    values: tuple[str, str]


@cache
def sentences() -> Sentences:
    text = (Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), Sentences)


@cache
def cities() -> tuple[str, ...]:
    """Every prefecture-level city, in the order of their codes."""
    places = tree().places.values()
    return tuple(p.name for p in places if p.level == "prefecture" and p.name.endswith("市"))


def article(number: int, every: int = EVERY) -> Made:
    """The article of that number, from 0; one in `every` says a wrong figure."""
    group = number // EACH
    city = cities()[group % len(cities())]
    year = YEARS[group // len(cities()) % len(YEARS)]
    told = sentences()
    said: list[tuple[str, Said]] = []
    wrong = _of(f"{number}/wrong", len(told.figures)) if number % every == every // 2 else None
    for n, figure in enumerate(told.figures):
        if n == wrong or _of(f"{number}/{figure.key}/told", 10) < 8:
            value = _value(figure, city, year, other=n == wrong)
            sentence = _one(figure.says, f"{number}/{figure.key}").replace("{n}", value)
            said.append((figure.section, Said(figure.key, figure.topic, value, sentence)))
    for rule in told.rules:
        sentence = _one(rule.says, f"{number}/{rule.key}")
        said.append((rule.section, Said(rule.key, rule.topic, rule.value, sentence)))
    title = f"{city}{year}年医保待遇说明"
    date = f"{year}-{1 + number % 12:02}-{1 + number % 28:02}"
    author = f"编辑{'甲乙丙丁戊己庚辛'[number % 8]}"
    return Made(
        number=number, name=f"{number // 1000:04}/{number:07}.md", title=title, city=city, year=year, date=date,
        author=author, text=_text(number, title, date, author, said), says=tuple(s for _, s in said),
    )  # fmt: skip


def short(number: int) -> Made:
    """A short article of that number: one figure of the city and year, wrong where `article`'s would be, for corpora of
    a million."""
    group = number // EACH
    city, year = cities()[group % len(cities())], YEARS[group // len(cities()) % len(YEARS)]
    figures = sentences().figures
    figure = figures[_of(f"{number}/figure", len(figures))]
    value = _value(figure, city, year, other=number % EVERY == EVERY // 2)
    sentence = _one(figure.says, f"{number}/{figure.key}").replace("{n}", value)
    title = f"{city}{year}年医保待遇"
    date = f"{year}-{1 + number % 12:02}-{1 + number % 28:02}"
    text = f"---\ntitle: {title}\ndate: {date}\n---\n\n{sentence}\n"
    return Made(
        number=number, name=f"{number // 1000:04}/{number:07}.md", title=title, city=city, year=year, date=date,
        author="", text=text, says=(Said(figure.key, figure.topic, value, sentence),),
    )  # fmt: skip


def planted(articles: Iterable[Made]) -> set[Planted]:
    """The conflicts of a corpus of these articles."""
    values: dict[tuple[str, str, int, str], set[str]] = {}
    for made in articles:
        for said in made.says:
            values.setdefault((said.topic, made.city, made.year, said.key), set()).add(said.value)
    found: set[Planted] = set()
    for (topic, city, year, key), several in values.items():
        for one in several:
            found |= {Planted(topic, city, year, key, (one, two)) for two in several if float_of(one) < float_of(two)}
    return found


def float_of(value: str) -> float:
    """A figure as a number; what is none as 0."""
    try:
        return float(value)
    except ValueError:
        return 0.0


def write(articles: Iterable[Made], folder: Path) -> int:
    """Write articles as Markdown files below `folder`, a thousand a folder; returns how many bytes."""
    size = 0
    for made in articles:
        path = folder / made.name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = made.text.encode()
        path.write_bytes(data)
        size += len(data)
    return size


def rows(articles: Iterable[Made]) -> Iterator[Mapping[str, Any]]:
    """The articles as a CMS would export them."""
    for made in articles:
        body = made.text.split("---\n", 2)[2].lstrip()
        yield {"id": made.name, "title": made.title, "date": made.date, "author": made.author, "body": body}


def _text(number: int, title: str, date: str, author: str, said: list[tuple[str, Said]]) -> str:
    fillers = sentences().fillers
    parts = [f"---\ntitle: {title}\ndate: {date}\nauthor: {author}\n---\n"]
    for n, section in enumerate(dict.fromkeys(section for section, _ in said)):
        lines = [s.sentence for of, s in said if of == section]
        parts.append(f"\n## {section}\n\n{fillers[_of(f'{number}/{section}', len(fillers))]}\n")
        if (number + n) % 3:
            parts.append("\n" + "\n\n".join(lines) + "\n")
        else:
            parts.append("\n" + "\n".join(f"- {line}" for line in lines) + "\n")
    return "".join(parts)


def _value(figure: Figure, city: str, year: int, *, other: bool) -> str:
    n = _of(f"{city}/{year}/{figure.key}", len(figure.values))
    return f"{figure.values[(n + other) % len(figure.values)]:g}"


def _one(several: tuple[str, ...], key: str) -> str:
    return several[_of(key, len(several))]


def _of(key: str, several: int) -> int:
    """A number below `several` that follows from `key` alone."""
    return crc32(key.encode()) % several


def main() -> None:
    parser = argparse.ArgumentParser(description="Make a corpus of Markdown articles.")
    parser.add_argument("articles", type=int)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    size = write(map(article, range(args.articles)), args.folder)
    conflicts = planted(map(article, range(args.articles)))
    print(json.dumps({"articles": args.articles, "bytes": size, "conflicts": len(conflicts)}))


if __name__ == "__main__":
    main()
