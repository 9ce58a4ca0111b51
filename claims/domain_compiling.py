"""A domain's files compiled: read, checked, forms expanded, patterns made ready.

Apart from :mod:`claims.domain`, which holds the records: a domain that has been compiled before needs none of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from claims.domain import ANY, About, Domain, Need, Pattern, SameSubject, ScopeWords
from claims.domain_checks import check_domain, concept_names
from claims.domain_files import Check, check_schema, forms_of, line_of, read_yaml, trusted
from claims.errors import DomainError
from claims.facts import read_facts
from claims.figures.checks import check_figures
from claims.figures.rules import figures_of
from claims.idle import idle
from claims.language.grammar import FAMILY, FAMILY_END, grammar_words
from claims.language.lexicon import Lexicon, compile_lexicon
from claims.rarity import index_of, kind_of
from claims.things import kinds_of
from claims.topics import Topic
from claims.wording import facet_words, said, tongues, words_of

T = TypeVar("T")

MOST_PATTERNS = 10_000
"""Twenty times what the largest shipped domain has: all of them are at hand for every sentence."""


def _need(item: Any, aliases: Mapping[str, tuple[str, ...]]) -> Need:
    names = [item] if isinstance(item, str) else list(item)
    concepts: list[tuple[str, bool | None, str]] = []
    for name in names:
        name, _, zone = name.partition("@")
        negated = {"-": True, "+": False}.get(name[-1:])
        name = name.rstrip("+-")
        concepts.extend((n, negated, zone or "unit") for n in aliases.get(name, (name,)))
    return Need(tuple(concepts))


def _pattern(
    raw: Mapping[str, Any], topic: str, aliases: Mapping[str, tuple[str, ...]], place: tuple[str, int]
) -> Pattern:
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
        about=About(**raw.get("about", {})),
        only_place=raw.get("only_place"),
        way=raw.get("way", ""),
        says=tuple(raw.get("says", [])),
        silent=tuple(raw.get("silent", [])),
        place=place,
    )


def _asked(pattern: Pattern) -> tuple[Need, ...]:
    """All that must stand somewhere if a pattern is to match: its needs, its focus with an "only", its sequences."""
    found = list(pattern.need)
    if pattern.focus:
        found += [Need(tuple((c, None, "unit") for c in names)) for names in (pattern.focus, ("g.ONLY",))]
    found += [Need(((c, None, "sentence"),)) for first, second, _ in pattern.sequences for c in (first, second)]
    return tuple(found)


def _kinds(pattern: Pattern, default_subject: str) -> list[str]:
    """The kinds of units that a pattern may speak of."""
    return [kind_of(sign, subject) for sign in pattern.sign for subject in pattern.subject or (default_subject,)]


def _listed(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """What belongs to each name, in the order of the pairs."""
    found: dict[str, list[T]] = {}
    for name, what in pairs:
        found.setdefault(name, []).append(what)
    return {name: tuple(several) for name, several in found.items()}


def _numbered(several: Iterable[Iterable[str]]) -> dict[str, frozenset[int]]:
    """The numbers of the things that each name is given for."""
    found = _listed((name, number) for number, names in enumerate(several) for name in names)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def _flatten(names: Iterable[str], aliases: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    return frozenset(c for n in names for c in aliases.get(n, (n,)))


def _only(families: Mapping[str, Mapping[str, list[str]]], concepts: frozenset[str]) -> Lexicon | None:
    """The words of some concepts as a lexicon of their own; None where there are no concepts."""
    if not concepts:
        return None
    return compile_lexicon({f: {c: forms for c, forms in cs.items() if c in concepts} for f, cs in families.items()})


def compiled(folder: Path, check: bool = True) -> Domain:
    """The domain in `folder`; `check` its files against the schemas first. Raises DomainError naming the file and what
    to mend."""
    fits = check_schema if check else trusted
    main = read_yaml(folder / "domain.yaml")
    fits(main, "domain.schema.json", folder / "domain.yaml")
    raw_topics = read_yaml(folder / "topics.yaml")
    fits(raw_topics, "topics.schema.json", folder / "topics.yaml")
    lexicon_path = folder / "lexicon"
    words = _read_all(lexicon_path, "lexicon.schema.json", fits)
    raw_lexicon = _joined(words)
    sayings = _read_all(folder / "patterns", "patterns.schema.json", fits)
    raw_figures = _optional(folder / "figures.yaml", "figures.schema.json", fits)
    if check:
        check_domain(folder, main, raw_topics, raw_lexicon, words, sayings)
        if raw_figures is not None:
            check_figures(folder / "figures.yaml", raw_figures, raw_topics, concept_names(raw_lexicon))
    families: dict[str, dict[str, list[str]]] = {}
    members_of: dict[str, dict[str, tuple[str, ...]]] = {}
    try:
        for family, concepts in raw_lexicon["families"].items():
            for concept, entry in concepts.items():
                families.setdefault(family, {})[concept] = forms_of(entry, raw_lexicon["macros"])
                if isinstance(entry, dict):
                    members_of.setdefault(family, {})[concept] = tuple(entry["members"])
        for name, compound in raw_lexicon["compounds"].items():
            if "members" in compound:
                members_of.setdefault(compound["family"], {})[name] = tuple(compound["members"])
        for family, concepts in grammar_words().items():
            for concept, grammar_forms in concepts.items():
                families.setdefault(family, {}).setdefault(concept, []).extend(grammar_forms)
        lexicon = compile_lexicon(families, weak=[FAMILY, FAMILY_END], covering=main.get("covering", ()))
    except ValueError as e:
        raise DomainError(str(e), path=lexicon_path.as_posix(), hint="check the braces of the form") from e
    aliases = {k: tuple(v) for k, v in raw_lexicon.get("aliases", {}).items()}
    patterns = [
        _pattern(entry, entry.get("topic", raw.get("topic")), aliases, (path.name, n))
        for path, raw in sayings
        for n, entry in enumerate(raw["patterns"])
    ]
    topics = {i: _topic(i, t, raw_topics) for i, t in raw_topics["topics"].items()}
    named = {**{family: tuple(concepts) for family, concepts in families.items()}, **aliases}
    subjects = {s: _flatten(c, aliases) for s, c in main.get("subjects", {}).items()}
    compounds = tuple(
        (name, tuple(tuple(x for p in part for x in aliases.get(p, (p,))) for part in c["of"]), int(c["gap"]))
        for name, c in raw_lexicon.get("compounds", {}).items()
    )
    domain = Domain(
        name=main["name"],
        folder=folder,
        title=tongues(main.get("title")),
        sample_title=main.get("sample_title") or said(tongues(main.get("title")), "zh", main["name"]),
        topics=topics,
        words={i: words_of(t, raw_topics) for i, t in raw_topics["topics"].items()},
        facets=facet_words(raw_topics),
        lexicon=lexicon,
        things=kinds_of(main.get("things", {})),
        wakes=_only(families, _flatten(main.get("wakes", ()), aliases)),
        roles=frozenset(families[FAMILY]) | frozenset(families[FAMILY_END]),
        members_of=members_of,
        subjects=subjects,
        subjects_of=_listed((concept, name) for name, concepts in subjects.items() for concept in sorted(concepts)),
        default_subject=main.get("default_subject", ANY),
        about=main.get("about", {}),
        about_words=_flatten(main.get("about", {}).get("words", ()), named),
        about_weak=_flatten(main.get("about", {}).get("weak", ()), named),
        predicates=_flatten(main.get("predicates", ()), aliases),
        levels=main.get("levels", {}),
        aliases=aliases,
        compounds=compounds,
        compounds_from=_numbered(parts[0] for _, parts, _ in compounds),
        compounds_to=_numbered(parts[-1] for _, parts, _ in compounds),
        same_subject={
            subject: SameSubject(raw["as"], tuple(raw["when"])) for subject, raw in main.get("same_subject", {}).items()
        },
        scopes={
            facet: ScopeWords(
                said=raw.get("said", {}),
                rows=raw.get("rows", {}),
                columns=raw.get("columns", {}),
                years=raw.get("years", False),
                zone=raw.get("zone", ""),
                part=raw.get("part", False),
                topics=frozenset(raw.get("topics", ())),
                not_topics=frozenset(raw.get("not_topics", ())),
            )
            for facet, raw in main.get("scopes", {}).items()
        },
        patterns=tuple(patterns),
        index=index_of([_asked(p) for p in patterns], [_kinds(p, main.get("default_subject", ANY)) for p in patterns]),
        uses={kind: _flatten(c, aliases) for kind, c in main.get("uses", {}).items()},
        facts=read_facts(folder / "facts.yaml", topics, fits),
        figures=None if raw_figures is None else figures_of(raw_figures, aliases),
    )
    return replace(domain, idle=_idle(domain, families))


def _idle(domain: Domain, families: Mapping[str, Mapping[str, list[str]]]) -> frozenset[str]:
    """The concepts that nothing in a domain asks for but its compounds."""
    concepts = {c for family in families.values() for c in family} | {name for name, _, _ in domain.compounds}
    pairs = [domain.aliases.get(name, (name,)) for pair in domain.about.get("title_pairs", ()) for name in pair]
    asking = (
        pairs, domain.patterns, domain.figures, domain.scopes, domain.subjects, domain.about, domain.about_words,
        domain.about_weak, domain.predicates, domain.levels, domain.same_subject, domain.uses, domain.things,
        domain.members_of,
    )  # fmt: skip
    return idle(concepts - domain.roles, asking)


def _optional(path: Path, schema: str, fits: Check) -> Any:
    """What a file holds that a domain may be without; None where it is."""
    if not path.is_file():
        return None
    raw = read_yaml(path)
    fits(raw, schema, path)
    return raw


def _read_all(folder: Path, schema: str, fits: Check) -> list[tuple[Path, Any]]:
    """The YAML files of a folder in order of name."""
    files = [(path, read_yaml(path)) for path in sorted(folder.glob("*.yaml"))]
    patterns = 0
    for path, raw in files:
        patterns += len(raw["patterns"]) if isinstance(raw, dict) and isinstance(raw.get("patterns"), list) else 0
        if patterns > MOST_PATTERNS:
            message = f"with this file the domain has {patterns} patterns, the limit is {MOST_PATTERNS}"
            raise DomainError(message, path=path.as_posix(), hint="let one pattern name several concepts")
        fits(raw, schema, path)
    return files


def _joined(files: Iterable[tuple[Path, Any]]) -> dict[str, dict[str, Any]]:
    """The files of lexicon/ as one: macros, aliases, families and compounds, none named twice."""
    whole: dict[str, dict[str, Any]] = {"macros": {}, "aliases": {}, "families": {}, "compounds": {}}
    for path, raw in files:
        for section, entries in raw.items():
            for name, entry in entries.items():
                if section == "families" and name in whole[section]:
                    twice = sorted(set(whole[section][name]) & set(entry))
                    if twice:
                        line = line_of(path, [section, name, twice[0]])
                        message = f"{name}: {', '.join(twice)} defined in two files"
                        raise DomainError(message, path=path.as_posix(), line=line)
                    whole[section][name] = {**whole[section][name], **entry}
                elif name in whole[section]:
                    line = line_of(path, [section, name])
                    raise DomainError(f"{section}: {name} is defined in two files", path=path.as_posix(), line=line)
                else:
                    whole[section][name] = entry
    return whole


def _topic(topic_id: str, raw: Mapping[str, Any], shared: Mapping[str, Any]) -> Topic:
    """A topic as `topics.yaml`, which is `shared`, gives it."""
    scales, facets = shared.get("scales", {}), shared.get("facets", {})
    return Topic(
        id=topic_id,
        kind=raw["kind"],
        unit=raw.get("unit"),
        scale=tuple(scales[raw["scale"]]) if raw.get("scale") else None,
        members=tuple(raw.get("members", ())),
        open=raw.get("open"),
        about=tuple(raw.get("about", ())),
        facets=tuple((name, tuple(facet.get("members", ()))) for name, facet in facets.items()),
        core=bool(raw.get("core", False)),
        absent=raw.get("absent", "everywhere"),
        names=tuple(sorted(raw["title"].items())),
    )
