"""tests/guards.yaml says of every row of the tables of docs/security.md what guards it: `make guards` tries it."""

from __future__ import annotations

import re

import pytest

from tools.guards import ROOT, Guard, guards, rows, without

GUARDS = guards()
ROWS = rows((ROOT / "docs" / "security.md").read_text("utf-8"))


def test_every_row_has_a_guard_and_every_guard_a_row() -> None:
    assert len(ROWS) > 80
    of = {guard.row: [row for row in ROWS if row.startswith(guard.row)] for guard in GUARDS}
    assert {beginning: found for beginning, found in of.items() if len(found) != 1} == {}
    assert set(ROWS) == {row for found in of.values() for row in found}


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: f"{guard.row[:30]}: {guard.file}")
def test_a_guard_can_be_taken_out_and_its_tests_are_there(guard: Guard) -> None:
    for change in guard.changes:
        text = without(change, ROOT)
        if change.file.endswith(".py"):
            compile(text, change.file, "exec")
    assert guard.tests
    for test in guard.tests:
        file, _, name = test.partition("::")
        assert re.search(rf"^def {name.partition('[')[0]}\(", (ROOT / file).read_text("utf-8"), re.M), test
