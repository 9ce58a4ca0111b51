"""The house: koujing -> reports -> audit -> claims, every arrow down, and only the roof prints and exits."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("claims", "audit", "reports", "koujing")
MODULES = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
BELOW_THE_ROOF = [path for path in MODULES if path.relative_to(ROOT).parts[0] != "koujing"]


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_room_knows_only_the_floors_below(path: Path) -> None:
    parts = path.relative_to(ROOT).parts
    above = FLOORS[FLOORS.index(parts[0]) + 1 :]
    found = {name.partition(".")[0] for name in imports(ast.parse(path.read_text(encoding="utf-8")))}
    assert not found & set(above), f"{parts[0]} imports {found & set(above)}"


@pytest.mark.parametrize("path", sorted((ROOT / "claims" / "language").glob("*.py")), ids=lambda p: p.name)
def test_language_knows_no_domain(path: Path) -> None:
    found = set(imports(ast.parse(path.read_text(encoding="utf-8"))))
    ours = {name for name in found if name.partition(".")[0] in FLOORS}
    assert all(name.startswith("claims.language") for name in ours), ours


@pytest.mark.parametrize("path", BELOW_THE_ROOF, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_only_the_roof_prints_and_exits(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not called & {"print", "sys.exit", "exit", "quit", "os._exit", "click.echo", "input"}
    assert "click" not in {name.partition(".")[0] for name in imports(tree)}


def test_the_ground_floor_reads_no_clock_and_no_network() -> None:
    for path in MODULES:
        found = {name.partition(".")[0] for name in imports(ast.parse(path.read_text(encoding="utf-8")))}
        assert not found & {"socket", "urllib", "http", "requests", "random"}, path
        if path.relative_to(ROOT).parts[0] != "koujing":
            text = path.read_text(encoding="utf-8")
            assert "date.today(" not in text, path
            assert "datetime.now(" not in text, path
