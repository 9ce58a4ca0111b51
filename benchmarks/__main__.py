"""One command for speed: ratios measured side by side, results checked.

    python -m benchmarks [--articles 1000] [--peers PYTHON] [-o FILE.json]
    python -m benchmarks --only warm --into FILE.json -o FILE.json
    python -m benchmarks --from FILE.json --docs docs/performance.md

Exit code 1 where a result is wrong; a target that is missed is said, and is no error.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks.machine import load, machine
from benchmarks.material import PAGES, described, made_articles, pages
from benchmarks.others import MODULES, joined
from benchmarks.result import Result
from benchmarks.rows import MANY, Measured, Setting, against_spacy, one_process, two_processes
from benchmarks.table import markdown, renewed, text
from claims.domain import load_domain

DOMAIN = "yibao"
GROUPS = ("limit", "spacy", "processes", *MODULES)


def main() -> int:
    args = _arguments()
    if args.read is not None:
        result = msgspec.json.decode(args.read.read_bytes(), type=Result)
    else:
        with TemporaryDirectory() as folder:
            result = measure(args, Path(folder))
        if args.into is not None:
            result = msgspec.json.decode(args.into.read_bytes(), type=Result).with_rows_of(result)
        print(text(result))
    if args.output is not None:
        args.output.parent.mkdir(parents=True, exist_ok=True)
        args.output.write_bytes(msgspec.json.format(msgspec.json.encode(result)))
    if args.docs is not None:
        page = args.docs.read_text(encoding="utf-8")
        args.docs.write_text(renewed(page, markdown(result)), encoding="utf-8")
    return 0 if all(check.holds for check in result.checks) else 1


def measure(args: argparse.Namespace, folder: Path) -> Result:
    """All rows."""
    before, begun = load(), time.perf_counter()
    peers = args.peers if has_peers(args.peers) else None
    setting = Setting(folder, args.rounds, peers, args.few)
    domain = load_domain(DOMAIN)
    made = made_articles(folder / "made", args.articles, args.rounds)
    real = pages(args.pages)
    measured = Measured()
    if real is None:
        measured.notes.append("real pages: there are none beside this checkout")
    for material in [m for m in (made, real) if m is not None]:
        if "limit" in args.only:
            _say(f"{material.name}: the limit, readers, AutoCorrect")
            one_process(material, setting, measured)
        if "spacy" in args.only:
            _say(f"{material.name}: spaCy")
            against_spacy(material, domain, setting, measured)
    if "processes" in args.only:
        _say("one process and two")
        two_processes(made_articles(folder / MANY, args.many, args.rounds), setting, measured)
    for name in MODULES:
        if name in args.only:
            _say(MODULES[name])
            joined(name, folder / name, args.rounds, measured)
    return Result(
        machine=machine(measured.versions, before),
        corpora=tuple(described(m) for m in (made, real) if m is not None),
        rows=tuple(measured.rows),
        checks=tuple(measured.checks),
        notes=tuple(measured.notes),
        took=time.perf_counter() - begun,
    )


def has_peers(python: Path | None) -> bool:
    """Whether a Python is there and has what koujing is measured beside."""
    if python is None or not python.exists():
        return False
    asked = subprocess.run([str(python), "-c", "import spacy, autocorrect_py"], capture_output=True)
    return asked.returncode == 0


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what} …", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure koujing beside its limits and peers.")
    parser.add_argument("--articles", type=int, default=1000, help="made articles in each counted run (default: 1000)")
    parser.add_argument("--many", type=int, default=2000, help="and for one process against two (default: 2000)")
    parser.add_argument("--rounds", type=int, default=5, help="counted runs (default: 5)")
    parser.add_argument("--few", type=int, default=100, help="of these so many for spaCy, the slowest (default: 100)")
    parser.add_argument("--only", nargs="+", choices=GROUPS, default=GROUPS, help="these rows (default: all)")
    parser.add_argument("--pages", type=Path, nargs="*", default=list(PAGES), help="folders of real pages")
    parser.add_argument("--peers", type=Path, help="a Python that has spaCy and AutoCorrect")
    parser.add_argument("-o", "--output", type=Path, help="keep the result as JSON")
    parser.add_argument("--from", dest="read", type=Path, help="measure nothing: take a result that was kept")
    parser.add_argument("--into", type=Path, help="a result that was kept, to have these rows in it")
    parser.add_argument("--docs", type=Path, help="renew the table of this page")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
