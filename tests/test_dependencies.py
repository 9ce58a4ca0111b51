"""Dependencies: named with a reason, locked by hash, and no others used."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tools.lock import TOOLS

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted([*(ROOT / "requirements").glob("*.txt"), ROOT / "benchmarks" / "requirements.txt"])
RENEW = "pyproject.toml and the lock files differ: run `make lock` (docs/dependencies.md), and commit what it writes"
PACKAGES = ("claims", "audit", "reports", "koujing")
IMPORTED = {
    "yaml": "pyyaml", "ruamel": "ruamel-yaml", "markdown_it": "markdown-it-py", "ahocorasick_rs": "ahocorasick-rs",
}  # fmt: skip
"""Names by which packages are imported that are called otherwise."""


def named(*extras: str) -> dict[str, Requirement]:
    texts = [*PROJECT["project"]["dependencies"]]
    for extra in extras:
        texts += PROJECT["build-system"]["requires"] if extra == "build" else []
        texts += PROJECT["project"]["optional-dependencies"].get(extra, [])
    return {canonicalize_name(one.name): one for one in map(Requirement, texts)}


def locked(name: str) -> dict[str, list[Version]]:
    """Versions by package: several where platforms differ."""
    found: dict[str, list[Version]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)==([^ ;\\]+)", line):
            found.setdefault(canonicalize_name(match[1]), []).append(Version(match[2]))
    return found


@pytest.mark.parametrize(
    ("name", "extras"), [("run", ["build"]), ("dev", ["build", "dev"]), ("lowest", ["build", "dev"])]
)
def test_a_lock_file_has_what_is_asked_for(name: str, extras: list[str]) -> None:
    found = locked(f"requirements/{name}.txt")
    left_out = {canonicalize_name(tool) for tool in TOOLS} if name == "lowest" else set()
    for package, wanted in named(*extras).items():
        if package in left_out:
            continue
        assert package in found, (package, RENEW)
        assert all(wanted.specifier.contains(version) for version in found[package]), (package, RENEW)


def test_the_fuzzer_is_locked_by_itself() -> None:
    found = locked("requirements/fuzz.txt")
    for wanted in map(Requirement, PROJECT["project"]["optional-dependencies"]["fuzz"]):
        assert any(wanted.specifier.contains(version) for version in found[canonicalize_name(wanted.name)]), RENEW


def test_what_runs_is_what_is_tested() -> None:
    tested = locked("requirements/dev.txt")
    assert {name: tested.get(name) for name in locked("requirements/run.txt")} == locked("requirements/run.txt"), RENEW
    extras = PROJECT["project"]["optional-dependencies"]
    assert {one for name, extra in extras.items() if name not in ("dev", "fuzz") for one in extra} <= set(extras["dev"])


def test_the_oldest_versions_are_those_that_are_named() -> None:
    found = locked("requirements/lowest.txt")
    for name, wanted in named("dev").items():
        if name not in found:
            continue
        [least] = [Version(one.version) for one in wanted.specifier if one.operator == ">="]
        for version in found[name]:
            assert version.release[: len(least.release)] == least.release, (name, RENEW)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_line_has_hashes_and_no_address(lock: Path) -> None:
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    text = "\n".join(lines)
    assert not re.search(r"://|--(?!hash=sha256:[0-9a-f]{64}\b)|@|/|\\(?!$)", text, re.M)
    entry = (
        r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+(?: ; [^\\\n]+)? \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\\n|(?=\n|\Z)))+"
    )
    assert re.sub(rf"{entry}(?:\n|\Z)", "", text) == ""


def test_what_is_installed_is_locked() -> None:
    """Of packages that are not ours, nothing is installed but by hash."""
    files = [ROOT / "Makefile", ROOT / ".ci" / "run", ROOT / "action.yml", *(ROOT / "tools").glob("*.py")]
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            if re.search(r"\binstall\b.*(--requirement|-r )", line):
                assert "--require-hashes" in line, (file.name, line)
            if re.search(r"(--editable|GITHUB_ACTION_PATH\"$)", line):
                assert "--no-build-isolation" in line, (file.name, line)


def test_every_dependency_has_its_reason() -> None:
    """docs/dependencies.md names each, and none else."""
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-zA-Z][\w.-]*) \|", text.replace("| package |", "").replace("| file |", ""), re.M)
    wanted = named("build", "dev", "fuzz", "parquet", "cluster")
    assert sorted(canonicalize_name(row) for row in rows) == sorted(wanted)


def imports() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_bytes())):
                names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and not node.level and node.module:
                    names = [node.module]
                yield from ((name.partition(".")[0], file.relative_to(ROOT).as_posix()) for name in names)


def test_nothing_is_imported_that_is_not_named_nor_named_that_is_not_imported() -> None:
    used = {name: file for name, file in imports() if name not in sys.stdlib_module_names and name not in PACKAGES}
    used = {IMPORTED.get(name, canonicalize_name(name)): file for name, file in used.items()}
    assert set(used) == set(named("parquet", "cluster")) - {"dask"}, used
