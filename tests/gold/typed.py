"""Prints how much of the articles in some folders is typed, main parts only: `python tests/gold/typed.py FOLDER…`.

An assertion is a clause with what leans on it, a list item, a table cell (claims/untyped.py). Beside them stand
sentences, of which any clause is typed, and with --list what is not.
"""

from __future__ import annotations

import sys
from pathlib import Path

from claims.domain import load_domain
from claims.extraction import drawn_from, read_parts
from claims.readers import read
from claims.untyped import span_of, survey


def main(folders: list[str], listed: bool) -> None:
    domain = load_domain("yibao")
    sums = [0, 0, 0, 0]
    print("| article | assertions | typed | share | sentences | typed | share |\n|---|---|---|---|---|---|---|")
    for path in sorted(p for folder in folders for p in Path(folder).iterdir() if p.suffix in (".md", ".html", ".txt")):
        article = read(path.name, path.read_bytes())
        parts = [p for p in read_parts(article, domain) if p.part.name == "main"]
        if not parts:
            continue
        claims = [c for c in drawn_from(article, parts, domain).claims if c.value is not None]
        found = survey(parts[0], ((c.start, c.end) for c in claims), domain)
        typed = {
            (u.reading.index, u.sentence.start)
            for u in parts[0].units
            for start, end in [span_of(u, parts[0].part)]
            if any(c.start < end and start < c.end for c in claims)
        }
        rest = {(u.reading.index, u.sentence.start) for u in found.untyped} - typed
        row = [found.coverage.assertions, found.typed, len(typed | rest), len(typed)]
        sums = [a + b for a, b in zip(sums, row, strict=True)]
        print(_row(path.name, row))
        if listed:
            for unit in found.untyped:
                print("   ", unit.reading.folded.chars[unit.clauses[0].start : unit.head.end])
    print(_row("all", sums))


def _row(name: str, row: list[int]) -> str:
    assertions, typed, sentences, said = row
    shares = [part / whole if whole else 0.0 for part, whole in ((typed, assertions), (said, sentences))]
    return f"| {name} | {assertions} | {typed} | {shares[0]:.2f} | {sentences} | {said} | {shares[1]:.2f} |"


if __name__ == "__main__":
    main([a for a in sys.argv[1:] if a != "--list"], "--list" in sys.argv)
