"""What is built and given away: it holds what the checkout holds, and runs where nothing else is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PACKAGES = ("claims", "audit", "reports", "koujing")
SLOW = 600

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="makes links")


def build(kind: str, source: Path, out: Path) -> Path:
    """A wheel or an sdist of a folder, made by its build backend as it is installed here: nothing is downloaded."""
    out.mkdir(exist_ok=True)
    code = f"from setuptools import build_meta; print(build_meta.build_{kind}({str(out)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=source, capture_output=True, text=True, timeout=SLOW, check=False
    )
    assert done.returncode == 0, done.stderr
    return out / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is built: building writes beside it."""
    folder = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    for name in PACKAGES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc", ".*"))
    return folder


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", source, tmp_path_factory.mktemp("wheel"))


def members(wheel: Path) -> dict[str, bytes]:
    """What a wheel installs, but for what is said about it."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}


def test_the_wheel_holds_every_file_of_the_packages(source: Path, wheel: Path) -> None:
    files = (file for name in PACKAGES for file in (source / name).rglob("*"))
    assert members(wheel) == {f.relative_to(source).as_posix(): f.read_bytes() for f in files if f.is_file()}


def test_the_sdist_builds_the_same_wheel(source: Path, wheel: Path, tmp_path: Path) -> None:
    sdist = build("sdist", source, tmp_path / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "from", filter="data")
    [folder] = (tmp_path / "from").iterdir()
    again = build("wheel", folder, tmp_path / "again")
    assert again.name == wheel.name
    assert members(again) == members(wheel)


def needed(wheel: Path) -> Iterator[Distribution]:
    """What a wheel says that it needs, and what that needs."""
    with zipfile.ZipFile(wheel) as archive:
        [name] = [one for one in archive.namelist() if one.endswith(".dist-info/METADATA")]
        said = message_from_bytes(archive.read(name))
    todo = [(text, "") for text in said.get_all("Requires-Dist", [])]
    seen: set[tuple[str, str]] = set()
    while todo:
        one = todo.pop()
        wanted = Requirement(one[0])
        if one not in seen and (wanted.marker is None or wanted.marker.evaluate({"extra": one[1]})):
            found = distribution(wanted.name)
            todo += [(text, extra) for text in found.requires or () for extra in ("", *wanted.extras)]
            yield found
        seen.add(one)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an empty environment in which the wheel is installed, with what it says it needs: that
    is taken from here, so that no network is asked, and nothing that only the tests have is there."""
    home = tmp_path_factory.mktemp("empty")
    venv.create(home, with_pip=False)
    [site] = home.glob("lib/python*/site-packages")
    for dist in needed(wheel):
        for part in {file.parts[0] for file in dist.files or () if file.parts[0] not in ("..", "__pycache__")}:
            if not (site / part).exists():
                (site / part).symlink_to(Path(str(dist.locate_file(part))))
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        home / "bin" / "python",
        "--isolated",
        "--disable-pip-version-check",
    ]
    done = subprocess.run(
        [*pip, "install", "--no-index", wheel], capture_output=True, text=True, timeout=SLOW, check=False
    )
    assert done.returncode == 0, done.stderr
    return home / "bin"


def clean(**more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "KOUJING_CACHE_DIR": os.environ["KOUJING_CACHE_DIR"], **more}


def test_an_installed_wheel_audits_as_the_checkout_does(installed: Path, tmp_path: Path) -> None:
    examples = tmp_path / "examples"
    shutil.copytree(ROOT / "examples", examples)
    where = [installed / "python", "-c", "import koujing, claims; print(koujing.__file__, claims.__file__)"]
    said = subprocess.run(
        where, cwd=examples, env=clean(), capture_output=True, text=True, timeout=SLOW, check=True
    ).stdout
    assert all(Path(file).is_relative_to(installed.parent) for file in said.split())
    came = []
    for command, env in (
        ([installed / "koujing"], clean()),
        ([sys.executable, "-m", "koujing"], clean(PYTHONPATH=str(ROOT))),
    ):
        out = {name: tmp_path / f"{len(came)}-{name}" for name in ("text", "json", "html", "sarif", "csv")}
        given = [word for name, file in out.items() for word in ("--output", f"{name}={file}")]
        done = subprocess.run(
            [*command, "check", "--no-cache", *given],
            cwd=examples,
            env=env,
            capture_output=True,
            timeout=SLOW,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        came.append((done.stdout, done.stderr, {name: file.read_bytes() for name, file in out.items()}))
    assert came[0] == came[1]
    assert b"KJV23T2" in came[0][0]


@pytest.mark.parametrize(
    "words",
    [["domain", "show"], ["init", "--ci", "github", "--dry-run"], ["serve", "--help"], ["explain", "sum-mismatch"]],
)
def test_its_other_commands_find_what_they_show(installed: Path, tmp_path: Path, words: list[str]) -> None:
    done = subprocess.run(
        [installed / "koujing", *words], cwd=tmp_path, env=clean(), capture_output=True, timeout=SLOW, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout) > 200
