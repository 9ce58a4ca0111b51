"""What a schema cannot see in `figures.yaml`: that its concepts, topics, facets, members and units are there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from claims import facets
from claims.domain_files import Key, line_of, near
from claims.errors import DomainError
from claims.language.measures import UNITS

_CONCEPTS = ("at", "cues", "above", "not", "never", "here", "also", "some_if")
_LISTS = ("forbid", "totals", "apart", "unnamed", "grades", "bands")
_UNITS = frozenset({*UNITS, "date", "nil"})
"""Those of the text's numbers; days; nil, what a bare 无 in a cell counts."""


def check_figures(path: Path, raw: Any, topics: Any, concepts: Collection[str]) -> None:
    """Raise DomainError, with the line in `path` and the nearest name, for the first that names nothing. `raw` fits
    its schema; `topics` are the data of topics.yaml, `concepts` the names of the lexicon."""
    check = _Check(path, topics, concepts)
    for keys, name in _concepts(raw):
        check.concept(name, keys)
    for facet, named in raw.get("facets", {}).items():
        check.members(facet, {c: [m.lstrip("!") for m in ms or ()] for c, ms in named.items()}, ["facets", facet])
    for facet, pairs in raw.get("yields", {}).items():
        check.members(facet, {m: [m, *(ms or ())] for m, ms in pairs.items()}, ["yields", facet])
    for key in ("sole", "lasting"):
        for i, facet in enumerate(raw.get(key, ())):
            check.facet(facet, [key, i])
    for i, rank in enumerate(raw.get("ranks", ())):
        for facet in rank:
            check.facet(facet, ["ranks", i])
    seen: set[str] = set()
    for n, rule in enumerate(raw["rules"]):
        check.rule(rule, ["rules", n])
        if rule["id"] in seen:
            check.fail(["rules", n, "id"], f"the rule id {rule['id']!r} is repeated", "give each rule an id of its own")
        seen.add(rule["id"])


def _concepts(raw: Any) -> Iterator[tuple[list[Key], str]]:
    """Where the declarations name concepts, and which."""
    for facet, named in raw.get("facets", {}).items():
        for concept in named:
            yield ["facets", facet, concept], concept
    for key in _LISTS:
        for i, concept in enumerate(raw.get(key, ())):
            yield [key, i], concept
    for n, rule in enumerate(raw["rules"]):
        for key in _CONCEPTS:
            for group in rule.get(key, ()):
                for concept in [group] if isinstance(group, str) else group:
                    yield ["rules", n, key], concept


def _path(keys: Sequence[Key]) -> str:
    return "/".join(map(str, keys))


class _Check:
    def __init__(self, path: Path, topics: Any, concepts: Collection[str]) -> None:
        self.path, self.concepts, self.topics = path, concepts, topics["topics"]
        told = {name: tuple((raw or {}).get("members", ())) for name, raw in topics.get("facets", {}).items()}
        self.facets: Mapping[str, Sequence[str]] = {f: facets.MEMBERS.get(f, ()) for f in facets.FACETS} | told

    def fail(self, keys: Sequence[Key], message: str, hint: str) -> NoReturn:
        raise DomainError(message, path=self.path.as_posix(), line=line_of(self.path, keys), hint=hint)

    def concept(self, name: str, keys: Sequence[Key]) -> None:
        if name not in self.concepts and not name.startswith(("g.", "n.")):
            hint = near(name, sorted(self.concepts))
            hint = hint if hint.endswith("?") else "add it to lexicon/"
            self.fail(keys, f"{_path(keys)}: no concept {name!r} in the lexicon", hint)

    def facet(self, name: str, keys: Sequence[Key]) -> None:
        if name not in self.facets:
            self.fail(keys, f"{_path(keys)}: no facet {name!r}", near(name, sorted(self.facets)))

    def members(self, facet: str, named: Mapping[str, Sequence[str]], keys: Sequence[Key]) -> None:
        """`named[key]` are members of `facet`; one without a list of them, like region, takes any."""
        self.facet(facet, keys)
        known = self.facets[facet]
        for key, ms in named.items():
            for member in ms:
                if known and member not in known:
                    self.fail([*keys, key], f"{facet}: no member {member!r}", near(member, sorted(known)))

    def rule(self, rule: Any, at: list[Key]) -> None:
        name, topic = rule["id"], rule["topic"]
        if topic not in self.topics:
            self.fail([*at, "topic"], f"{name}: no topic {topic!r} in topics.yaml", near(topic, sorted(self.topics)))
        if self.topics[topic]["kind"] != "measure":
            message = f"{name}: a figure is a measure, and {topic} is a {self.topics[topic]['kind']}"
            self.fail([*at, "topic"], message, "choose a topic of kind measure")
        if ("unit" in rule) == ("at" in rule):
            self.fail(at, f"{name}: a rule has either `unit` or `at`", "name the units of its numbers, or its concepts")
        if "unit" in rule and not (rule.get("cues") or rule.get("above")):
            self.fail(at, f"{name}: a rule of numbers needs cues", "add cues: [CONCEPT]")
        if "at" in rule and "low" not in rule and "high" not in rule:
            self.fail(at, f"{name}: what `at` says must be told", "give low, high or both")
        for unit in rule.get("unit", ()):
            if unit not in _UNITS:
                self.fail([*at, "unit"], f"{name}: no unit {unit!r}", near(unit, sorted(_UNITS)))
        for unit in rule.get("convert", ()):
            if unit not in rule.get("unit", ()):
                self.fail([*at, "convert", unit], f"{name}: {unit} is none of its units", f"add {unit} to unit")
        if rule.get("least", 0) > rule.get("most", float("inf")):
            self.fail([*at, "least"], f"{name}: least is more than most", "swap them")
        named = rule.get("facets", [])
        for facet in (*named, *rule.get("near", ())):
            self.facet(facet, [*at, "facets" if facet in named else "near"])
        if isinstance(named, dict):
            for facet, ms in named.items():
                self.members(facet, {facet: ms or ()}, [*at, "facets"])
        for key in ("scope", "only_if"):
            for facet, ms in rule.get(key, {}).items():
                kept = [m for m in ms or () if not (key == "only_if" and m == "none")]
                self.members(facet, {facet: kept}, [*at, key])
