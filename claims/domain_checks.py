"""What a schema cannot see: that the names in a domain's files name something.

Run on domains that are being written, not on shipped ones at every start; the tests run it on those.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from claims.domain_files import Key, forms_of, line_of, near
from claims.errors import DomainError
from claims.language.lexicon import ALL, expand

ZONES = ("clause", "unit", "sentence", "near", "stem", "context")
"""Zones of a unit, narrowest first; claims/reading.py says what each holds."""

_BUILT_IN = ("g.", "n.", "t.", "place")
"""Concepts that no lexicon defines: grammar roles, counted units, things, places."""

_VALUES: Mapping[str, tuple[str, ...]] = {
    "flag": ("holds",), "measure": ("low", "high", "as"), "choice": ("is",), "set": ("mode", "members"),
}  # fmt: skip
_MODES = ("includes", "excludes", "only", "sign", "listed")

Files: TypeAlias = Sequence[tuple[Path, Any]]
"""Files with what they hold."""


def concept_names(lexicon: Any) -> frozenset[str]:
    """What the files of lexicon/, as one, define: concepts, compounds of them, names for several."""
    concepts = (c for family in lexicon["families"].values() for c in family)
    return frozenset((*lexicon["aliases"], *lexicon["compounds"], *concepts))


class _Files:
    """The raw files of a domain, and how to complain about them."""

    def __init__(self, folder: Path, main: Any, topics: Any, lexicon: Any, lexicon_files: Files) -> None:
        self.folder, self.main, self.topics, self.lexicon = folder, main, topics, lexicon
        self.lexicon_files = lexicon_files
        self.known = concept_names(lexicon)

    def fail(self, file: Path, keys: Sequence[Key], message: str, hint: str = "") -> NoReturn:
        raise DomainError(message, path=file.as_posix(), line=line_of(file, keys), hint=hint)

    def concept(self, name: Any, file: Path, keys: Sequence[Key], of: str) -> None:
        bare = str(name).partition("@")[0].rstrip("+-")
        if bare in self.known or bare.startswith(_BUILT_IN):
            return
        hint = near(bare, sorted(self.known))
        hint = hint if hint.endswith("?") else "add it to lexicon/"
        self.fail(file, keys, f"{of}: no concept {bare!r} in the lexicon", hint)


def check_domain(folder: Path, main: Any, topics: Any, lexicon: Any, words: Files, patterns: Files) -> None:
    """Raise DomainError for the first name that names nothing. All files fit their schemas; `lexicon` is the files
    `words` as one."""
    files = _Files(folder, main, topics, lexicon, words)
    _check_lexicon(files)
    _check_main(files)
    _check_topics(files)
    seen: dict[str, str] = {}
    for path, raw in patterns:
        for n, entry in enumerate(raw["patterns"]):
            _check_pattern(files, path, n, entry, entry.get("topic", raw.get("topic")))
            if entry["id"] in seen:
                hint = f"it is also in {seen[entry['id']]}"
                files.fail(path, ["patterns", n, "id"], f"the pattern id {entry['id']!r} is repeated", hint)
            seen[entry["id"]] = path.name


def _check_lexicon(files: _Files) -> None:
    strings = 0
    for path, raw in files.lexicon_files:
        for family, concepts in raw.get("families", {}).items():
            for name, entry in concepts.items():
                try:
                    for form in forms_of(entry, files.lexicon["macros"]):
                        strings += len(expand(form))
                except ValueError as e:
                    files.fail(path, ["families", family, name], f"{name}: {e}", "check the braces of the form")
                if strings > 2 * ALL:
                    message = f"{name}: up to here the lexicon stands for {strings} strings, the limit is {ALL}"
                    files.fail(path, ["families", family, name], message, "make some forms compounds")
        for name, parts in raw.get("aliases", {}).items():
            for part in parts:
                files.concept(part, path, ["aliases", name], name)
        for name, compound in raw.get("compounds", {}).items():
            for part in (c for options in compound["of"] for c in options):
                files.concept(part, path, ["compounds", name], name)


def _check_main(files: _Files) -> None:
    path, main = files.folder / "domain.yaml", files.main
    subjects = main.get("subjects", {})
    default = main.get("default_subject", "any")
    if default != "any" and default not in subjects:
        hint = near(default, sorted(subjects))
        files.fail(path, ["default_subject"], f"default_subject: no subject {default!r}", hint)
    for keys, names in _named(main, files.lexicon["families"]):
        for name in names:
            files.concept(name, path, keys, "/".join(map(str, keys)))
    families = {*files.lexicon["families"], "stop"}
    for facet, kinds in main.get("things", {}).items():
        for kind, how in kinds.items():
            if how.get("family", "stop") not in families:
                hint = near(how["family"], sorted(families))
                message = f"{kind}: no family {how['family']!r} in the lexicon"
                files.fail(path, ["things", facet, kind, "family"], message, hint)
    for family in main.get("covering", ()):
        if family not in families:
            hint = near(family, sorted(families))
            files.fail(path, ["covering"], f"covering: no family {family!r} in the lexicon", hint)


def _named(main: Any, families: Collection[str]) -> Iterator[tuple[list[Key], Iterable[Any]]]:
    """Where domain.yaml names concepts, and which."""
    for subject, names in main.get("subjects", {}).items():
        yield ["subjects", subject], names
    yield ["predicates"], main.get("predicates", ())
    yield ["wakes"], main.get("wakes", ())
    for key in ("words", "weak"):  # families may stand there too
        named = main.get("about", {}).get(key, ())
        yield ["about", key], [name for name in named if name not in families]
    for kind, names in main.get("uses", {}).items():
        yield ["uses", kind], names
    for n, pair in enumerate(main.get("about", {}).get("title_pairs", ())):
        yield ["about", "title_pairs", n], pair
    for subject, same in main.get("same_subject", {}).items():
        yield ["same_subject", subject], same["when"]
    for facet, words in main.get("scopes", {}).items():
        yield ["scopes", facet, "said"], words.get("said", ())
        yield ["scopes", facet, "rows"], words.get("rows", ())
        yield ["scopes", facet, "columns"], words.get("columns", ())
    for level, names in main.get("levels", {}).items():
        yield ["levels", level], names.values()


def _check_topics(files: _Files) -> None:
    path, scales = files.folder / "topics.yaml", files.topics.get("scales", {})
    things = sorted(kind for kinds in files.main.get("things", {}).values() for kind in kinds)
    for name, topic in files.topics["topics"].items():
        keys: list[Key] = ["topics", name]
        scale = topic.get("scale")
        if scale is not None and scale not in scales:
            files.fail(path, [*keys, "scale"], f"{name}: no scale {scale!r}", near(scale, sorted(scales)))
        if topic["kind"] == "measure" and scale is None and "unit" not in topic:
            files.fail(path, keys, f"{name}: a measure needs a unit or a scale", "add unit: …")
        if topic["kind"] in ("set", "choice") and not topic.get("members") and "open" not in topic:
            files.fail(path, keys, f"{name}: a {topic['kind']} needs members", "add members: …, or open: …")
        for kind in (*topic.get("about", ()), *filter(None, [topic.get("open")])):
            if kind not in things:
                files.fail(path, keys, f"{name}: no kind of things {kind!r} in domain.yaml", near(kind, things))


def _check_pattern(files: _Files, path: Path, n: int, entry: Any, topic_id: Any) -> None:
    at: list[Key] = ["patterns", n]
    name, topics = entry["id"], files.topics["topics"]
    if topic_id not in topics:
        hint = near(str(topic_id), sorted(topics))
        files.fail(path, at, f"{name}: no topic {topic_id!r} in topics.yaml", hint)
    for key in ("need", "not"):
        for item in entry.get(key, ()):
            for concept in [item] if isinstance(item, str) else item:
                files.concept(concept, path, [*at, key], name)
                zone = concept.partition("@")[2]
                if zone and zone not in ZONES:
                    files.fail(path, [*at, key], f"{name}: no zone {zone!r}", near(zone, ZONES))
    for concept in [*entry.get("focus", ()), *(c for s in entry.get("sequence", ()) for c in s[:2])]:
        files.concept(concept, path, at, name)
    for subject in entry.get("subject", ()):
        if subject != "any" and subject not in files.main.get("subjects", {}):
            hint = near(subject, ["any", *sorted(files.main.get("subjects", {}))])
            files.fail(path, [*at, "subject"], f"{name}: no subject {subject!r} in domain.yaml", hint)
    _check_value(files, path, n, entry, topics[topic_id])


def _check_value(files: _Files, path: Path, n: int, entry: Any, topic: Any) -> None:
    at: list[Key] = ["patterns", n]
    name, value, kind = entry["id"], entry["value"], topic["kind"]
    for key in value:
        if key not in _VALUES[kind]:
            hint = f"a {kind} is given by {' or '.join(_VALUES[kind])}"
            files.fail(path, [*at, "value"], f"{name}: a {kind} has no {key!r}", hint)
    if not value:
        files.fail(path, [*at, "value"], f"{name}: the value says nothing", f"give {' or '.join(_VALUES[kind])}")
    if kind == "measure" and ("as" in value) != ("number" in entry):
        files.fail(path, at, f"{name}: `number` and a value `as: range` go together", "give both or neither")
    levels = list(files.topics.get("scales", {}).get(topic.get("scale"), ()))
    for bound in (value.get("low"), value.get("high")):
        if levels and bound is not None and bound not in levels:
            files.fail(path, [*at, "value"], f"{name}: no level {bound!r} on the scale", near(str(bound), levels))
    members = list(topic.get("members", ()))
    if kind == "choice" and value["is"] not in (*members, "open", "members"):
        files.fail(path, [*at, "value"], f"{name}: no member {value['is']!r}", near(value["is"], members))
    if kind != "set":
        return
    if value.get("mode") not in _MODES:
        hint = f"choose one of: {', '.join(_MODES)}"
        files.fail(path, [*at, "value"], f"{name}: no mode {value.get('mode')!r}", hint)
    for member in value.get("members", ()):
        if member not in members:
            files.fail(path, [*at, "value"], f"{name}: no member {member!r}", near(member, members))
    family = entry.get("members")
    families = {*files.lexicon["families"], *(c.get("family") for c in files.lexicon["compounds"].values())} - {None}
    if family not in (None, "open") and family not in families:
        hint = near(family, sorted(families))
        files.fail(path, [*at, "members"], f"{name}: no family {family!r} in the lexicon", hint)
