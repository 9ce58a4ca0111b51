"""Run the tests in other environments than `make test` does: each is set up below build/, of a lock file.

    python tools/environments.py lowest             the oldest versions that pyproject.toml admits
    python tools/environments.py pythons            every Python from 3.11 to 3.14 that this machine has
    python tools/environments.py pythons 3.13 …     these

What follows `--` goes to pytest. The tests of the web page in a browser, and those of the benchmarks, are left out. A
Python that the machine has not got is named aloud. The exit code is 0 where all that ran passed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
TESTS = ("tests", "--ignore=tests/browser", "--ignore=tests/benchmarks", "-p", "no:cacheprovider")


def interpreter(version: str) -> str | None:
    """A Python of a version: on PATH, or where pyenv and uv put theirs."""
    return next((path for path in _candidates(version) if _is(path, version)), None)


def _candidates(version: str) -> Iterator[str]:
    yield sys.executable
    yield from filter(None, (shutil.which(f"python{version}"), shutil.which("python3")))
    places = [
        Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions",
        Path.home() / ".local/share/uv/python",
    ]
    for place in places:
        yield from sorted(map(str, place.glob(f"*{version}*/bin/python{version}")), reverse=True)


def _is(path: str, version: str) -> bool:
    ask = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([path, "-c", ask], capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and done.stdout.strip() == version


def made(python: str, name: str, lock: Path) -> Path:
    """An environment with just what a lock file names, and this checkout: its Python. Made once for each lock."""
    folder = ROOT / "build" / "environments" / name
    own = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    stamp, state = folder / ".installed", sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == state:
        return own
    print(f"setting up {folder.relative_to(ROOT)} (once) …", flush=True)
    subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
    pip = [own, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--require-hashes", "--requirement", lock], check=True)
    subprocess.run([*pip, "--no-build-isolation", "--editable", ROOT], check=True)
    stamp.write_text(state)
    return own


def tested(python: Path, given: Sequence[str]) -> bool:
    # Commands that tests start find the checkout's packages whatever folder they run in.
    command = [python, "-m", "pytest", *(given or ("-n", "auto", *TESTS))]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def main(args: Sequence[str]) -> int:
    cut = args.index("--") if "--" in args else len(args)
    words, given = args[:cut], args[cut + 1 :]
    what, *asked = words or ("",)
    if what not in ("lowest", "pythons"):
        sys.stderr.write(__doc__ or "")
        return 2
    versions = asked or (VERSIONS[:1] if what == "lowest" else VERSIONS)
    lock = ROOT / "requirements" / ("lowest.txt" if what == "lowest" else "dev.txt")
    came: dict[str, str] = {}
    for version in versions:
        python = interpreter(version)
        if python is None:
            came[version] = "SKIPPED: this machine has no such Python"
            continue
        name = f"lowest-{version}" if what == "lowest" else version
        print(f"Python {version}, {lock.relative_to(ROOT)}", flush=True)
        try:
            came[version] = "passed" if tested(made(python, name, lock), given) else "FAILED"
        except subprocess.CalledProcessError:
            came[version] = "FAILED: its environment could not be set up"
    for version, end in came.items():
        print(f"Python {version}: {end}")
    return int(any(end.startswith("FAILED") for end in came.values()) or "passed" not in came.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
