"""A domain is a folder of YAML: topics, lexicon, patterns. This module loads, checks and compiles one.

Nothing of a domain is code; a second one needs only another folder (docs/domain-authors.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from claims.errors import DomainError
from claims.language.grammar import FAMILY, FAMILY_END, grammar_words
from claims.language.lexicon import Lexicon, compile_lexicon
from claims.topics import Topic
from claims.wording import Words, facet_words, words_of

DOMAINS = Path(__file__).parent / "domains"
SCHEMAS = Path(__file__).parent / "schema"


class Need(msgspec.Struct, frozen=True):
    """Any of `concepts`, as (concept, negated: True only, False never, None either, zone of the unit)."""

    concepts: tuple[tuple[str, bool | None, str], ...]


class Pattern(msgspec.Struct, frozen=True, kw_only=True):
    """One way of saying a claim on `topic`; the fields are described in docs/domain-authors.md."""

    id: str
    topic: str
    need: tuple[Need, ...]
    forbid: tuple[Need, ...] = ()
    sign: str = "+0"
    flags: tuple[str, ...] = ()
    not_flags: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    sequences: tuple[tuple[str, str, int], ...] = ()
    subject: tuple[str, ...] = ()
    value: Mapping[str, Any]
    members: str | None = None
    members_zone: str = "clause"
    least: int = 1
    number: str | None = None
    scope: Mapping[str, tuple[str, ...]] = {}
    quantifier: str | None = None
    rank: int = 0
    only_place: Mapping[str, Any] | None = None
    way: str = ""
    says: tuple[Any, ...] = ()
    silent: tuple[Any, ...] = ()


class ScopeWords(msgspec.Struct, frozen=True):
    """How a facet is said: concept -> member in the unit (`said`) or in a table's headers (`rows`)."""

    said: Mapping[str, str]
    rows: Mapping[str, str]
    not_topics: frozenset[str]


class SameSubject(msgspec.Struct, frozen=True):
    """A subject is also `as_` in a part where one clause holds all of the concepts `when`."""

    as_: str
    when: tuple[str, ...]


class Domain(msgspec.Struct, frozen=True, kw_only=True):
    """A compiled domain. `members_of[family][concept]` are the set members that a concept stands for;
    `subjects` maps a subject's name to its concepts; `predicates` are the concepts that make a clause an assertion
    though it holds no grammar word; `levels` maps (inside|outside, province|prefecture|county) to a concept."""

    name: str
    topics: Mapping[str, Topic]
    words: Mapping[str, Words]
    facets: Mapping[str, Words]
    lexicon: Lexicon
    roles: frozenset[str]
    members_of: Mapping[str, Mapping[str, tuple[str, ...]]]
    subjects: Mapping[str, frozenset[str]]
    default_subject: str
    about: Mapping[str, Any]
    predicates: frozenset[str]
    levels: Mapping[str, Mapping[str, str]]
    aliases: Mapping[str, tuple[str, ...]]
    compounds: tuple[tuple[str, tuple[tuple[str, ...], ...], int], ...]
    scopes: Mapping[str, ScopeWords]
    same_subject: Mapping[str, SameSubject]
    patterns: tuple[Pattern, ...]


def _read_yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except OSError as e:
        raise DomainError(f"cannot be read: {e.strerror}", path=path.as_posix()) from e
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        raise DomainError(
            f"is not valid YAML: {getattr(e, 'problem', e)}",
            path=path.as_posix(),
            line=mark.line + 1 if mark else None,
            hint="quote strings that hold { } : #",
        ) from e


# libyaml's loader where PyYAML was built with it: a domain is read at every start, and it is several times as fast.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """Safe YAML in which a repeated key is an error and yes/no/on/off are words."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} is repeated", key_node.start_mark)
        seen.add(key)
    loader.flatten_mapping(node)
    return {loader.construct_object(k): loader.construct_object(v, deep=True) for k, v in node.value}


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _trusted(data: Any, schema: str, path: Path) -> None:
    """A shipped domain: the tests have checked it."""


def _check_schema(data: Any, schema: str, path: Path) -> None:
    """Raise DomainError with the place of the first fault where `data` does not fit claims/schema/`schema`."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    validator = Draft202012Validator(json.loads((SCHEMAS / schema).read_text(encoding="utf-8")))
    error = best_match(validator.iter_errors(data))
    if error is not None:
        where = "/".join(str(p) for p in error.absolute_path) or "the top level"
        raise DomainError(f"{where}: {error.message}", path=path.as_posix())


def _macro(form: str, macros: Mapping[str, str]) -> str:
    for _ in range(4):
        if "<" not in form:
            return form
        for name, value in macros.items():
            form = form.replace(f"<{name}>", value)
    return form


def _need(item: Any, aliases: Mapping[str, tuple[str, ...]]) -> Need:
    names = [item] if isinstance(item, str) else list(item)
    concepts: list[tuple[str, bool | None, str]] = []
    for name in names:
        name, _, zone = name.partition("@")
        negated = {"-": True, "+": False}.get(name[-1:])
        name = name.rstrip("+-")
        concepts.extend((n, negated, zone or "unit") for n in aliases.get(name, (name,)))
    return Need(tuple(concepts))


def _pattern(raw: Mapping[str, Any], topic: str, aliases: Mapping[str, tuple[str, ...]]) -> Pattern:
    flags = raw.get("is", [])
    return Pattern(
        id=raw["id"],
        topic=topic,
        need=tuple(_need(n, aliases) for n in raw.get("need", [])),
        forbid=tuple(_need(n, aliases) for n in raw.get("not", [])),
        sign=raw.get("sign", "+0"),
        flags=tuple(f for f in flags if not f.startswith("not ")),
        not_flags=tuple(f[4:] for f in flags if f.startswith("not ")),
        focus=tuple(c for f in raw.get("focus", []) for c in aliases.get(f, (f,))),
        sequences=tuple((a, b, int(n)) for a, b, n in raw.get("sequence", [])),
        subject=tuple(raw.get("subject", [])),
        value=raw["value"],
        members=raw.get("members"),
        members_zone=raw.get("members_zone", "clause"),
        least=raw.get("least", 1),
        number=raw.get("number"),
        scope={k: tuple(v) for k, v in raw.get("scope", {}).items()},
        quantifier=raw.get("quantifier"),
        rank=raw.get("rank", 0),
        only_place=raw.get("only_place"),
        way=raw.get("way", ""),
        says=tuple(raw.get("says", [])),
        silent=tuple(raw.get("silent", [])),
    )


def _flatten(names: Iterable[str], aliases: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    return frozenset(c for n in names for c in aliases.get(n, (n,)))


def load_folder(folder: Path, check: bool = True) -> Domain:
    """Load the domain in `folder`; `check` its files against the schemas first. Raises DomainError naming the file and
    what to mend."""
    check_schema = _check_schema if check else _trusted
    main = _read_yaml(folder / "domain.yaml")
    check_schema(main, "domain.schema.json", folder / "domain.yaml")
    raw_topics = _read_yaml(folder / "topics.yaml")
    check_schema(raw_topics, "topics.schema.json", folder / "topics.yaml")
    lexicon_path = folder / "lexicon"
    raw_lexicon = _read_lexicon(lexicon_path, check_schema)
    macros = {k: "{" + "|".join(str(v).split()) + "}" for k, v in raw_lexicon["macros"].items()}
    families: dict[str, dict[str, list[str]]] = {}
    members_of: dict[str, dict[str, tuple[str, ...]]] = {}
    try:
        for family, concepts in raw_lexicon["families"].items():
            for concept, entry in concepts.items():
                forms = entry["forms"] if isinstance(entry, dict) else entry
                families.setdefault(family, {})[concept] = [_macro(f, macros) for f in str(forms).split()]
                if isinstance(entry, dict):
                    members_of.setdefault(family, {})[concept] = tuple(entry["members"])
        for name, compound in raw_lexicon["compounds"].items():
            if "members" in compound:
                members_of.setdefault(compound["family"], {})[name] = tuple(compound["members"])
        for family, concepts in grammar_words().items():
            for concept, grammar_forms in concepts.items():
                families.setdefault(family, {}).setdefault(concept, []).extend(grammar_forms)
        lexicon = compile_lexicon(families, weak=[FAMILY, FAMILY_END], covering=main["covering"])
    except ValueError as e:
        raise DomainError(str(e), path=lexicon_path.as_posix(), hint="check the braces of the form") from e
    aliases = {k: tuple(v) for k, v in raw_lexicon.get("aliases", {}).items()}
    known = {c for cs in families.values() for c in cs} | set(raw_lexicon.get("compounds", {}))
    patterns: list[Pattern] = []
    for path in sorted((folder / "patterns").glob("*.yaml")):
        raw = _read_yaml(path)
        check_schema(raw, "patterns.schema.json", path)
        for entry in raw["patterns"]:
            pattern = _pattern(entry, entry.get("topic", raw.get("topic")), aliases)
            if pattern.topic not in raw_topics["topics"]:
                raise DomainError(f"{pattern.id}: no topic {pattern.topic!r} in topics.yaml", path=path.as_posix())
            _check_concepts(pattern, known, path)
            patterns.append(pattern)
    ids = [p.id for p in patterns]
    if len(ids) != len(set(ids)):
        twice = sorted({i for i in ids if ids.count(i) > 1})
        raise DomainError(f"pattern ids repeated: {', '.join(twice)}", path=(folder / "patterns").as_posix())
    scales = raw_topics.get("scales", {})
    return Domain(
        name=main["name"],
        topics={i: _topic(i, t, scales) for i, t in raw_topics["topics"].items()},
        words={i: words_of(t, raw_topics) for i, t in raw_topics["topics"].items()},
        facets=facet_words(raw_topics),
        lexicon=lexicon,
        roles=frozenset(families[FAMILY]) | frozenset(families[FAMILY_END]),
        members_of=members_of,
        subjects={s: _flatten(c, aliases) for s, c in main["subjects"].items()},
        default_subject=main["default_subject"],
        about=main["about"],
        predicates=_flatten(main["predicates"], aliases),
        levels=main.get("levels", {}),
        aliases=aliases,
        compounds=tuple(
            (name, tuple(tuple(x for p in part for x in aliases.get(p, (p,))) for part in c["of"]), int(c["gap"]))
            for name, c in raw_lexicon.get("compounds", {}).items()
        ),
        same_subject={
            subject: SameSubject(raw["as"], tuple(raw["when"])) for subject, raw in main.get("same_subject", {}).items()
        },
        scopes={
            facet: ScopeWords(
                said=raw.get("said", {}), rows=raw.get("rows", {}), not_topics=frozenset(raw.get("not_topics", ()))
            )
            for facet, raw in main.get("scopes", {}).items()
        },
        patterns=tuple(patterns),
    )


def _read_lexicon(folder: Path, check_schema: Callable[[Any, str, Path], None]) -> dict[str, dict[str, Any]]:
    """The files of lexicon/ as one: macros, aliases, families and compounds, none named twice."""
    whole: dict[str, dict[str, Any]] = {"macros": {}, "aliases": {}, "families": {}, "compounds": {}}
    for path in sorted(folder.glob("*.yaml")):
        raw = _read_yaml(path)
        check_schema(raw, "lexicon.schema.json", path)
        for section, entries in raw.items():
            for name, entry in entries.items():
                if section == "families" and name in whole[section]:
                    twice = sorted(set(whole[section][name]) & set(entry))
                    if twice:
                        raise DomainError(f"{name}: {', '.join(twice)} defined in two files", path=path.as_posix())
                    whole[section][name] = {**whole[section][name], **entry}
                elif name in whole[section]:
                    raise DomainError(f"{section}: {name} is defined in two files", path=path.as_posix())
                else:
                    whole[section][name] = entry
    return whole


def _check_concepts(pattern: Pattern, known: set[str], path: Path) -> None:
    from rapidfuzz.process import extractOne

    used = {c for need in (*pattern.need, *pattern.forbid) for c, _, _ in need.concepts}
    used |= set(pattern.focus) | {c for a, b, _ in pattern.sequences for c in (a, b)}
    for concept in sorted(used):
        if concept not in known and not concept.startswith(("g.", "n.", "place")):
            near = extractOne(concept, sorted(known))
            hint = f"did you mean {near[0]}?" if near and near[1] > 60 else "add it to lexicon.yaml"
            raise DomainError(f"{pattern.id}: no concept {concept!r} in the lexicon", path=path.as_posix(), hint=hint)


def _topic(topic_id: str, raw: Mapping[str, Any], scales: Mapping[str, Any]) -> Topic:
    return Topic(
        id=topic_id,
        kind=raw["kind"],
        unit=raw.get("unit"),
        scale=tuple(scales[raw["scale"]]) if raw.get("scale") else None,
        members=tuple(raw.get("members", ())),
        core=bool(raw.get("core", False)),
        absent=raw.get("absent", "everywhere"),
        names=tuple(sorted(raw["title"].items())),
    )


@cache
def load_domain(name: str) -> Domain:
    """The shipped domain `name` (a folder of claims/domains). Raises DomainError where there is none or it is bad."""
    folder = DOMAINS / name
    if not folder.is_dir():
        have = ", ".join(sorted(p.name for p in DOMAINS.iterdir() if p.is_dir()))
        raise DomainError(f"there is no domain {name!r}", hint=f"shipped domains: {have}")
    return load_folder(folder, check=False)
