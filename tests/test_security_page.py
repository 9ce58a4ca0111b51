"""docs/security.md names a test for each row of its tables, and that test is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_row_names_its_test() -> None:
    there = {
        name for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.M)
    }  # fmt: skip
    for section in TEXT.split("\n## ")[1:]:
        rows = re.findall(r"^\|(.*)\|$", section, re.M)
        if not rows or "test |" not in f"{rows[0]}|":
            continue
        for row in rows[2:]:
            last = re.split(r"(?<!\\)\|", row)[-1]
            named = re.findall(r"`((?:tests/\S+?\.py|test_\w+)\S*?)`", last)
            assert named, row
            for one in named:
                file, _, name = one.rpartition("::") if "::" in one else ("", "", one)
                known = (ROOT / one).is_file() or name.partition("[")[0] in there or (ROOT / file / name).is_file()
                assert known, one
