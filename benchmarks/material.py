"""What is read: made articles in parts of which each is read once, and real pages where there are any."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.corpus import Made, article, write
from benchmarks.limit import folded
from benchmarks.result import Corpus
from benchmarks.translation import translate
from benchmarks.workers import ROOT
from claims import readers
from claims.domain import Domain
from claims.language.fold import fold

WARM_UP = 50
"""Made articles in the part that warms up."""

PAGES = (ROOT.parent / "shared" / "seeds", ROOT.parent / "shared" / "gold" / "articles")
"""Where real pages are kept, beside the checkout."""

SUFFIXES = (".md", ".html", ".txt")


class Material(msgspec.Struct, frozen=True):
    """A corpus in parts, of which 0 warms up; each part is [path, place] of its files. `made[i]` are what the articles
    of part i say, where that is known; `once`: every part is other articles, so none is read twice."""

    name: str
    parts: tuple[tuple[tuple[str, str], ...], ...]
    once: bool
    made: tuple[tuple[Made, ...], ...] = ()

    def few(self, most: int) -> Material:
        """The first so many articles of each part."""
        return msgspec.structs.replace(
            self, parts=tuple(p[:most] for p in self.parts), made=tuple(m[:most] for m in self.made)
        )

    def files(self) -> list[tuple[str, str]]:
        """All that count."""
        return [file for part in (self.parts[1:] if self.once else self.parts[:1]) for file in part]


def made_articles(folder: Path, articles: int, rounds: int) -> Material:
    """Made articles in `rounds` parts below `folder`, a folder each, and one to warm up."""
    parts: list[tuple[tuple[str, str], ...]] = []
    made: list[tuple[Made, ...]] = []
    first = 0
    for number in range(rounds + 1):
        several = articles if number else min(articles, WARM_UP)
        part = tuple(map(article, range(first, first + several)))
        place = folder / f"part-{number}"
        write(part, place)
        parts.append(tuple((m.name, str(place / m.name)) for m in part))
        made.append(part)
        first += several
    return Material("made articles", tuple(parts), True, tuple(made))


def pages(folders: Sequence[Path]) -> Material | None:
    """Real pages; None where there are none."""
    files = [p for folder in folders for p in sorted(folder.rglob("*")) if p.suffix in SUFFIXES]
    part = tuple((p.name, str(p)) for p in files)
    return Material("real pages", (part,), False) if part else None


def described(material: Material) -> Corpus:
    """Its size, digest, and how many of its blocks of text occur once: a reader that remembers gains by the others."""
    digest = sha256()
    size = 0
    blocks: list[str] = []
    for path, data in _bytes(material.files()):
        digest.update(f"{path}\0{len(data)}\0".encode())
        digest.update(data)
        size += len(data)
        blocks += [fold(b.text.chars).chars for p in readers.read(path, data).parts for b in p.blocks if b.text.chars]
    distinct = len(set(blocks)) / max(1, len(blocks))
    return Corpus(material.name, len(material.files()), size, digest.hexdigest()[:16], distinct)


def jobs(material: Material, folder: Path, *, scans: bool = False) -> dict[str, Path]:
    """The jobs of koujing and AutoCorrect, in files below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[str, Any] = {"koujing": {"parts": material.parts, "once": material.once, "scans": scans}}
    if not scans:
        written["autocorrect"] = {"files": _decoded(material), "once": material.once}
    return {name: _write(folder / f"{name}.json", job) for name, job in written.items()}


def spacy_job(material: Material, domain: Domain, folder: Path) -> Path:
    """Folded texts, phrases and patterns: what spaCy is given."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [folded([readers.read(path, data) for path, data in _bytes(part)]) for part in material.parts]
    told = translate(domain)
    job = {
        "texts": texts, "once": material.once, "phrases": told.phrases, "compounds": told.compounds,
        "any_order": told.any_order, "one_order": told.one_order,
    }  # fmt: skip
    return _write(folder / "spacy.json", job)


def _bytes(files: Iterable[tuple[str, str]]) -> Iterable[tuple[str, bytes]]:
    return ((path, Path(place).read_bytes()) for path, place in files)


def _decoded(material: Material) -> list[list[tuple[str, str]]]:
    return [[(path, data.decode("utf-8", "replace")) for path, data in _bytes(part)] for part in material.parts]


def _write(path: Path, job: Any) -> Path:
    path.write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
    return path
