"""A domain's folder, and one article read with the domain that is in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from claims.domain import DOMAINS, load_folder
from claims.errors import DomainError
from claims.extraction import drawn_from, read_parts
from claims.readers import read
from fuzz import words
from fuzz.bundles import bundled, files_in
from fuzz.laws import claims_law, error_law
from fuzz.reading import folder
from fuzz.target import Target

FILES = (
    "domain.yaml", "topics.yaml", "figures.yaml", "facts.yaml", "lexicon/words.yaml", "lexicon/more.yaml",
    "patterns/a.yaml", "patterns/b.yaml",
)  # fmt: skip
_SCHEMAS = ("domain", "topics", "figures", "facts", "lexicon", "patterns")
_ARTICLE = """\
# 长江

长江全长6300公里，非常长，不流经河南省。河南省有158个县，面积16.7万平方公里，排名第17位。

- 黄河很短

| 河 | 长度 |
|---|---|
| 黄河 | 5464公里 |
"""
_TINY = {
    "domain.yaml": """\
name: tiny
subjects: {river: [RIVER]}
default_subject: river
about: {}
predicates: []
covering: []
""",
    "topics.yaml": "topics: {tiny.long: {kind: flag, title: {zh: 长, en: long}, says: {zh: 长, en: long}}}",
    "lexicon/words.yaml": """\
macros: {very: 很 非常}
families: {river: {RIVER: '{长|黄}江 河', LONG: '<very>长'}}
compounds: {}
""",
    "patterns/a.yaml": """\
topic: tiny.long
patterns: [{id: long.yes, need: [RIVER, LONG], value: {holds: true}, says: [长江很长]}]
""",
}


def check(data: bytes) -> None:
    with folder() as place:
        for name, text in files_in(data.decode("utf-8", "surrogateescape")).items():
            if name in FILES:
                (place / name).parent.mkdir(exist_ok=True)
                (place / name).write_bytes(text.encode("utf-8", "surrogateescape"))
        try:
            domain = load_folder(place)
        except DomainError as e:
            error_law(e, e.path if Path(e.path).is_relative_to(place) else "a path below the domain's folder")
            return
    article = read("a.md", _ARTICLE.encode())
    claims_law(article, drawn_from(article, read_parts(article, domain), domain).claims)


def _seeds() -> Iterator[bytes]:
    yield bundled(_TINY).encode()
    whole = DOMAINS / "geography"
    parts = {
        name: (whole / name).read_text(encoding="utf-8")
        for name in ("domain.yaml", "topics.yaml", "figures.yaml") if (whole / name).is_file()
    }  # fmt: skip
    raw: dict[str, dict[str, object]] = {}
    for path in sorted((whole / "lexicon").glob("*.yaml")):
        for section, entries in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            raw.setdefault(section, {}).update(entries)
    parts["lexicon/words.yaml"] = yaml.safe_dump(raw, allow_unicode=True)
    for path in sorted((whole / "patterns").glob("*.yaml")):
        yield bundled({**parts, "patterns/a.yaml": path.read_text(encoding="utf-8")}).encode()
    yield bundled(_TINY | {"facts.yaml": "facts: {}", "figures.yaml": parts["figures.yaml"]}).encode()
    (river,) = (path for path in (whole / "patterns").glob("rivers.yaml"))
    yield bundled(_TINY | {"patterns/b.yaml": river.read_text(encoding="utf-8")}).encode()


def _words() -> tuple[str, ...]:
    rest = (
        "RIVER", "LONG", "RIVER-", "RIVER+", "river", "tiny.long", "any", "g.ONLY", "n.person", "t.river", "place",
        "@sentence", "@clause", "@title", "-1", "+1", "99999999", "{", "|", "}", "<very>", "{长|黄}", "{{a|b}|c}",
    )  # fmt: skip
    known = words.yaml_of(*(f"claims/schema/{name}.schema.json" for name in _SCHEMAS))
    return words.markup(*known, *rest, *(f"=== {name}\n" for name in FILES))


TARGET = Target(check, _seeds, _words, 30_000)
