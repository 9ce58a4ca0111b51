"""A domain's files as data: YAML with the places of its keys, checked against the JSON Schemas of claims/schema/.

Every error is a DomainError that names the file, the line where it can be told, and what to mend.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from claims import yaml_bounds
from claims.alike import nearest
from claims.errors import DomainError
from claims.regular import content

MOST_BYTES = 2_000_000
"""Of one of a domain's files: sixty times the largest that is shipped."""

SCHEMAS = Path(__file__).parent / "schema"

Key: TypeAlias = str | int
Check: TypeAlias = Callable[[Any, str, Path], None]

def _base() -> Any:
    """libyaml's loader where PyYAML was built with it: several times as fast."""
    import yaml  # here and below: a run whose domains and config are compiled already reads no YAML

    return getattr(yaml, "CSafeLoader", yaml_bounds.loader())


@cache
def _loader() -> Any:
    """Safe YAML in which a repeated key is an error and yes/no/on/off are words."""
    import yaml

    class Loader(_base()):  # type: ignore[misc]
        def get_single_node(self) -> Any:
            root = super().get_single_node()
            yaml_bounds.check(root)
            return root

    def mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = loader.construct_object(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                why = "a key is a list or a mapping"
                raise yaml.constructor.ConstructorError(None, None, why, key_node.start_mark)
            if key in seen:
                why = f"the key {key!r} is repeated"
                raise yaml.constructor.ConstructorError(None, None, why, key_node.start_mark)
            seen.add(key)
        loader.flatten_mapping(node)
        return {loader.construct_object(k): loader.construct_object(v, deep=True) for k, v in node.value}

    ours = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
    Loader.add_constructor("tag:yaml.org,2002:map", mapping)
    for kind in ("int", "float", "bool", "binary", "timestamp"):
        Loader.add_constructor(f"tag:yaml.org,2002:{kind}", _told_where(kind))
    Loader.yaml_implicit_resolvers = {
        first: [(tag, rule) for tag, rule in rules if tag not in ours]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
    return Loader


def _told_where(kind: str) -> Any:
    """PyYAML's constructor of a kind of value, whose complaints it has without a place."""
    import yaml

    construct = yaml.SafeLoader.yaml_constructors[f"tag:yaml.org,2002:{kind}"]

    def told(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
        try:
            return construct(loader, node)
        except (ValueError, KeyError, AttributeError, IndexError, OverflowError) as e:
            raise yaml.constructor.ConstructorError(None, None, f"this is no {kind}", node.start_mark) from e

    return told


def load_text(text: str) -> Any:
    """The data in a YAML text. Raises yaml.YAMLError, also for a repeated key."""
    import yaml

    return yaml.load(text, Loader=_loader())


def read_yaml(path: Path) -> Any:
    """The data in a YAML file. Raises DomainError."""
    import yaml

    try:
        data = content(path, MOST_BYTES)
        if len(data) > MOST_BYTES:
            message = f"the file has more than {MOST_BYTES} bytes"
            raise DomainError(message, path=path.as_posix(), hint="split it, or make words and patterns fewer")
        return load_text(data.decode("utf-8"))
    except OSError as e:
        raise DomainError(f"cannot be read: {e.strerror}", path=path.as_posix()) from e
    except UnicodeDecodeError as e:
        raise DomainError("is not UTF-8", path=path.as_posix(), hint="save the file as UTF-8") from e
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        raise DomainError(
            f"is not valid YAML: {getattr(e, 'problem', e)}",
            path=path.as_posix(),
            line=mark.line + 1 if mark else None,
            hint="quote strings that hold { } : #",
        ) from e


MOST_EXPANDED = 1_000_000
"""Characters of the forms of a concept, macros replaced."""


def line_of(path: Path, keys: Iterable[Key]) -> int | None:
    """The line (1-based) on which the value under `keys` begins, or of the deepest of them that is there; the line of
    a key rather than of its value where the last one names a key of a mapping."""
    import yaml

    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_base())
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    line: int | None = node.start_mark.line + 1 if node is not None else None
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(key)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            pair = (node.value[key], node.value[key])
        else:
            pair = None
        if pair is None:
            break
        line, node = pair[0].start_mark.line + 1, pair[1]
    return line


def deepest(keys: Sequence[Key], lines: Mapping[str, int]) -> int | None:
    """Where the deepest of nested keys that is there stands; `lines` are by keys joined with dots."""
    for n in range(len(keys), 0, -1):
        line = lines.get(".".join(map(str, keys[:n])))
        if line is not None:
            return line
    return None


def trusted(data: Any, schema: str, path: Path) -> None:
    """A shipped domain: the tests have checked it."""


def check_schema(data: Any, schema: str, path: Path) -> None:
    """Raise DomainError with the place of the first fault where `data` does not fit claims/schema/`schema`."""
    import json

    fault = first_fault(data, json.loads((SCHEMAS / schema).read_text(encoding="utf-8")))
    if fault is not None:
        raise DomainError(fault.message, path=path.as_posix(), line=line_of(path, fault.keys), hint=fault.hint)


class SchemaFault(NamedTuple):
    """Where data does not fit its schema: what is wrong, the keys that lead there, and what to do."""

    message: str
    keys: tuple[Key, ...]
    hint: str


def first_fault(data: Any, schema: Mapping[str, Any]) -> SchemaFault | None:
    """The fault of which an author should hear first, None where the data fit."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    errors = list(Draft202012Validator(schema).iter_errors(data))
    error = best_match(errors)
    if error is None:
        return None
    # A key that is missing was most likely misspelt.
    misspelt = (e for e in errors if e.validator == "additionalProperties" and e.absolute_path == error.absolute_path)
    error = next(misspelt, error) if error.validator == "required" else error
    keys: list[Key] = list(error.absolute_path)
    message, hint, more = _told(error, keys)
    return SchemaFault(message, (*keys, *more), hint)


_TYPES = {
    "object": "a mapping of names to values", "array": "a list", "string": "text", "integer": "a whole number",
    "boolean": "true or false", "number": "a number", "null": "nothing",
}  # fmt: skip


def _told(error: Any, keys: Sequence[Key]) -> tuple[str, str, list[Key]]:
    """What a fault is and what to do, and the keys below its place that it is about."""
    where = "/".join(map(str, keys)) or "the file"
    known = sorted((error.schema.get("properties") or {}) if isinstance(error.schema, dict) else {})
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        extra = next(str(k) for k in error.instance if str(k) not in known)
        return f"{where}: there is no key {extra!r}", near(extra, known), [extra]
    if error.validator == "required":
        missing = next(k for k in error.validator_value if k not in error.instance)
        return f"{where}: the required key {missing!r} is missing", f"add {missing}: …", []
    if error.validator == "type":
        kinds = [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
        return f"{where} must be {' or '.join(_TYPES[kind] for kind in kinds)}", "", []
    if error.validator == "enum":
        choices = ", ".join(map(str, error.validator_value))
        return f"{where} cannot be {error.instance!r}", f"choose one of: {choices}", []
    if error.validator == "pattern":
        return f"{where} cannot be {error.instance!r}", f"it must match {error.validator_value}", []
    if error.validator in ("minItems", "minLength"):
        return f"{where} is empty", "", []
    if error.validator in ("oneOf", "anyOf"):
        return f"{where} has the wrong form", "see docs/domain-authors.md", []
    return f"{where}: {error.message}", "", []


def near(name: str, known: Sequence[str]) -> str:
    """A hint: the name that was most likely meant, else all that there are."""
    best = nearest(name, known)
    return f"did you mean {best}?" if best else f"known: {', '.join(known)}" if known else ""


def forms_of(entry: Any, macros: Mapping[str, str]) -> list[str]:
    """The forms of a concept as its lexicon file gives them, their macros (<name>) replaced by alternatives.
    Raises ValueError where that is too much."""
    forms = str(entry["forms"] if isinstance(entry, dict) else entry)
    for _ in range(4):
        if "<" not in forms:
            break
        for name, words in macros.items():
            mark, meant = f"<{name}>", "{" + "|".join(str(words).split()) + "}"
            if len(forms) + forms.count(mark) * len(meant) > MOST_EXPANDED:
                raise ValueError(f"the macro <{name}> makes forms of more than {MOST_EXPANDED} characters")
            forms = forms.replace(mark, meant)
    return forms.split()
