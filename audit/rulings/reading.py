"""A ruling's file -> the record, or what is wrong with the file, on which line, and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from audit.rulings.model import DECISIONS, Rest, Ruling
from claims import yaml_bounds
from claims.domain_files import deepest, first_fault, load_text
from claims.errors import KoujingError
from claims.facts import KEYS as FACT_KEYS
from claims.facts import Fact, FactError, fact_of, is_day
from claims.topics import Topic

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 1_000_000
"""No decision of an editor is as long."""

SUFFIXES = (".yaml", ".yml")

_SCHEMA = Path(__file__).parent.parent / "schema" / "ruling.schema.json"


class RulingError(KoujingError):
    """A ruling's file cannot be used: the audit would not know what was decided."""


def read_ruling(path: str, data: bytes, topics: Mapping[str, Topic]) -> Ruling:
    """The ruling in a file's bytes. `path` is the file as seen from the root. Raises RulingError."""
    text = _text(path, data)
    raw, lines = _load(path, text)
    _check(path, raw, lines)
    for key in ("on", "expires"):
        _day(path, raw, key, lines)
    fact = _fact(path, raw, lines, topics) if raw["verdict"] == "stands" else None
    rests = tuple(
        Rest(entry["article"], entry["quote"], entry.get("id"), lines[f"claims.{n}"])
        for n, entry in enumerate(raw.get("claims", ()))
    )
    finding = raw.get("finding")
    return Ruling(
        id=PurePosixPath(path).stem, path=path, verdict=raw["verdict"], finding=finding.upper() if finding else None,
        reason=raw["reason"].strip(), by=raw["by"].strip(), on=raw["on"], expires=raw.get("expires"), rests=rests,
        fact=fact, lines=lines, text=text,
    )  # fmt: skip


def _text(path: str, data: bytes) -> str:
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data)} bytes, more than the limit of {MAX_BYTES}"
        raise RulingError(message, path=path, hint="a ruling is one decision: make a file of each")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        line = data.count(b"\n", 0, e.start) + 1
        raise RulingError("is not UTF-8", path=path, line=line, hint="save the file as UTF-8") from e


def _load(path: str, text: str) -> tuple[Any, Mapping[str, int]]:
    import yaml  # where there is a ruling

    depth = yaml_bounds.Depth()
    try:
        for event in yaml.parse(text, Loader=yaml_bounds.loader()):
            depth.follow(event)
            tag = getattr(event, "tag", None)
            if getattr(event, "anchor", None) is not None or tag is not None:
                what = f"the tag {tag}" if tag is not None else "an anchor or alias (& or *)"
                hint = "write plain names and values; put a value that begins with a sign in quotes"
                raise RulingError(f"{what} has no place in a ruling", path=path, line=_line(event), hint=hint)
        data = load_text(text)
        lines = dict(_lines(yaml.compose(text, Loader=yaml_bounds.loader())))
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        line = mark.line + 1 if mark else None
        why = " ".join(str(getattr(e, "problem", None) or getattr(e, "reason", e)).split())
        hint = "quote strings that hold { } : #; keep both sides of a merge apart, in two files"
        raise RulingError(f"is not valid YAML: {why}", path=path, line=line, hint=hint) from e
    return data, lines


def _lines(node: yaml.Node | None, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Where keys and items stand: `claims`, `claims.0`, `claims.0.quote`."""
    import yaml

    pairs: list[tuple[str, yaml.Node, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        pairs = [(str(key.value), key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        pairs = [(str(n), item, item) for n, item in enumerate(node.value)]
    for name, place, value in pairs:
        yield prefix + name, _line(place)
        yield from _lines(value, f"{prefix}{name}.")


def _line(of: Any) -> int:
    return int(of.start_mark.line) + 1


@lru_cache(maxsize=1)
def _schema() -> Mapping[str, Any]:
    schema: Mapping[str, Any] = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    return schema


def _check(path: str, raw: Any, lines: Mapping[str, int]) -> None:
    if not isinstance(raw, dict):
        hint = "write verdict:, reason:, by: and on:"
        raise RulingError("a ruling is a mapping of keys to values", path=path, line=1, hint=hint)
    verdict = raw.get("verdict")
    if verdict not in DECISIONS:
        hint = f"choose one of: {', '.join(DECISIONS)}"
        message = f"verdict cannot be {verdict!r}" if "verdict" in raw else "the required key 'verdict' is missing"
        raise RulingError(message, path=path, line=lines.get("verdict", 1), hint=hint)
    foreign = next((key for key in raw if key in FACT_KEYS and key != "note" and verdict != "stands"), None)
    if foreign is not None:
        message, hint = f"`{foreign}` belongs to a `stands`, not to `{verdict}`", "delete it, or change the verdict"
        raise RulingError(message, path=path, line=lines.get(foreign), hint=hint)
    fault = first_fault(raw, _schema())
    if fault is not None:
        message = fault.message.removeprefix("the file: ")
        raise RulingError(message, path=path, line=deepest(fault.keys, lines) or 1, hint=fault.hint)
    for key in ("reason", "by"):
        if not raw[key].strip():
            hint = "the next editor must know who decided, and why"
            raise RulingError(f"{key} is empty", path=path, line=lines.get(key), hint=hint)


def _day(path: str, raw: Mapping[str, Any], key: str, lines: Mapping[str, int]) -> None:
    if key in raw and not is_day(raw[key]):
        hint = "write it like 2025-01-31"
        raise RulingError(f"`{key}` is not a day: {raw[key]}", path=path, line=lines.get(key), hint=hint)


def _fact(path: str, raw: Mapping[str, Any], lines: Mapping[str, int], topics: Mapping[str, Topic]) -> Fact:
    """What stands, in the form of a reference fact; its words are the reason."""
    entry = {key: value for key, value in raw.items() if key in FACT_KEYS} | {"words": raw["reason"]}
    try:
        return fact_of(PurePosixPath(path).stem, entry, topics)
    except FactError as e:
        raise RulingError(e.message, path=path, line=deepest(e.where, lines), hint=e.hint) from e
