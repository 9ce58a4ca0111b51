"""What fuzzing has found stays mended: every input is tried again, without a fuzzer."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
import yaml

from fuzz.guard import tried
from fuzz.targets import target

FOUND: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "found.yaml").read_text(encoding="utf-8"))


def data_of(case: dict[str, Any]) -> bytes:
    if "bytes" in case:
        return b64decode(case["bytes"])
    # Tests of sizes are written as what is repeated.
    written: bytes = case["text"].encode()
    return written * case.get("times", 1)


@pytest.mark.parametrize("case", FOUND, ids=lambda case: f"{case['target']}: {case['broke']}")
def test_it_is_mended(case: dict[str, Any]) -> None:
    if case["target"] == "parquet":
        pytest.importorskip("pyarrow")
    found = tried(target(case["target"]).check, data_of(case))
    assert found is None, found.told
