"""A ruling's file."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from audit.rulings.reading import RulingError, read_ruling
from claims.domain import load_domain
from fuzz import seeds, words
from fuzz.laws import error_law
from fuzz.target import Target


def check(data: bytes) -> None:
    try:
        found = read_ruling("rulings/a.yaml", data, load_domain("yibao").topics)
    except RulingError as e:
        error_law(e, "rulings/a.yaml")
        return
    assert found.reason
    assert found.by
    assert (found.fact is not None) == (found.verdict == "stands")
    assert all(rest.line >= 1 for rest in found.rests)
    msgspec.json.encode(found)


def _seeds() -> Iterator[bytes]:
    yield from seeds.files(seeds.EXAMPLES / "rulings")


def _words() -> tuple[str, ...]:
    known = words.yaml_of("audit/schema/ruling.schema.json", "claims/schema/facts.schema.json")
    return words.markup(*known, *load_domain("yibao").topics, "2025-06-30", "K3BXH0C")


TARGET = Target(check, _seeds, _words, 3_000)
