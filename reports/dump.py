"""Records as JSON, as JSON lines and as YAML."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from reports.wording.vocabulary import Vocabulary

Record = Mapping[str, Any]
T = TypeVar("T")


def formats(record: Callable[[T], Record]) -> dict[str, Callable[[Sequence[T], Vocabulary], str]]:
    """How things are written whose records `record` makes, by the name of the format. No words go in."""
    return {
        "jsonl": lambda things, _: "".join(lines(map(record, things))),
        "json": lambda things, _: json.dumps([record(t) for t in things], ensure_ascii=False, indent=2) + "\n",
        "yaml": lambda things, _: _yaml([record(t) for t in things]),
    }


def lines(records: Iterable[Record]) -> Iterator[str]:
    """A record a line."""
    return (json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _yaml(records: Sequence[Record]) -> str:
    import yaml

    return yaml.safe_dump(records, allow_unicode=True, sort_keys=False, width=10_000)
