"""The linters' cases, as they stand in tests/audit/linters/CODE.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from audit.dated import as_of
from audit.drawing import draw
from audit.model import STALE_DAYS, Defect
from claims import readers

FOLDER = Path(__file__).parent / "linters"
TODAY = "2025-06-01"
"""What counts as today where a case does not say."""

KEYS = {"text", "page", "today", "stated", "refuted", "topic", "because"}


def cases(code: str) -> dict[str, list[dict[str, Any]]]:
    """`fires` and `silent` of a code."""
    found = yaml.safe_load((FOLDER / f"{code}.yaml").read_text(encoding="utf-8"))
    assert set(found) == {"fires", "silent"}, code
    for case in [*found["fires"], *found["silent"]]:
        assert case.keys() <= KEYS, (code, case.keys() - KEYS)
    return found  # type: ignore[no-any-return]


def every_case(kind: str) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for n, case in enumerate(cases(path.stem)[kind], start=1):
            yield path.stem, n, case


def defects(case: dict[str, Any]) -> list[Defect]:
    """What all linters find in a case."""
    article = readers.read(f"case.{case.get('page', 'md')}", case["text"].encode())
    return as_of(draw(article, ["yibao"])[-1], str(case.get("today", TODAY)), STALE_DAYS)


def texts(value: Any) -> list[str]:
    """One text or several; YAML reads 1170 as a number, which is the text all the same."""
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]
