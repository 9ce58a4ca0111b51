"""The law of containers: an article claims the same in a folder, in an archive, and as a record of any export."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from audit.corpus import Corpus, scan, stream
from audit.files import discover
from audit.opening import source_of
from audit.pieces import Key, Piece, bytes_of
from claims.exports import Export, Form
from claims.model import claim_record

ROOT = Path(__file__).parents[2]
ARTICLES = sorted(p for p in (ROOT / "examples" / "articles").rglob("*.*") if p.suffix in (".md", ".html", ".txt"))
FORMATS = {".md": "markdown", ".html": "html", ".txt": "text"}
FRONT = re.compile(r"---\n(?P<fields>.*?)\n---\n+", re.DOTALL)

Rows = list[dict[str, Any]]


def as_jsonl(rows: Rows, place: Path) -> None:
    place.write_text("".join(json.dumps(row, ensure_ascii=n % 2 == 0) + "\n" for n, row in enumerate(rows)), "utf-8")


def as_parquet(rows: Rows, place: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pyarrow.Table.from_pylist(rows), place, row_group_size=3)


def as_zip(rows: Rows, place: Path) -> None:
    as_jsonl(rows, place.with_suffix(".jsonl"))
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(place.with_suffix(".jsonl"), "rows.jsonl")
    place.with_suffix(".jsonl").unlink()


WRITERS: Mapping[str, Callable[[Rows, Path], None]] = {".jsonl": as_jsonl, ".parquet": as_parquet, ".zip": as_zip}


def read(place: Path, form: Form) -> Corpus:
    """All that an export claims; the law of spans is held."""
    found = discover(place.parent, project=True, patterns=[place.name], exports=[Export((place.name,), form)])
    assert found.problems == ()
    corpus = scan(found.files, ["yibao"], jobs=1)
    sources = {file.path: source_of(file, bytes_of(file)) for file in found.files}
    for claim in corpus.claims:
        assert sources[claim.path][claim.start : claim.end] == claim.quote
        assert all(sources[claim.path][e.start : e.end] == e.words for e in claim.evidence)
    return corpus


def told(corpus: Corpus, *without: str) -> list[str]:
    """Claims and defects, apart from what names the file."""
    rows: list[Any] = []
    for claim in corpus.claims:
        row = claim_record(claim)
        rows.append({k: v for k, v in row.items() if k not in ("id", "article", *without)} | {"part": claim.part})
    rows += [[d.code, [q.quote for q in d.stated], [q.quote for q in d.refuted]] for d in corpus.defects]
    return sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)


@pytest.fixture(scope="module")
def in_folder() -> dict[str, Corpus]:
    return {
        suffix: scan([f for f in discover(ROOT / "examples" / "articles").files if f.path.endswith(suffix)],
                     ["yibao"], jobs=1)
        for suffix in FORMATS
    }  # fmt: skip


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("container", WRITERS)
def test_a_whole_file_as_a_body(container: str, suffix: str, in_folder: dict[str, Corpus], tmp_path: Path) -> None:
    rows = [{"id": p.stem, "body": p.read_bytes().decode()} for p in ARTICLES if p.suffix == suffix]
    WRITERS[container](rows, tmp_path / f"e{container}")
    for form in (Form(format=FORMATS[suffix]), Form()):  # type: ignore[arg-type]
        corpus = read(tmp_path / f"e{container}", form)
        assert len(corpus.articles) == len(rows)
        assert told(corpus) == told(in_folder[suffix])


@pytest.mark.parametrize("container", WRITERS)
def test_front_matter_as_fields(container: str, in_folder: dict[str, Corpus], tmp_path: Path) -> None:
    import yaml

    rows: Rows = []
    for path in (p for p in ARTICLES if p.suffix == ".md"):
        text = path.read_bytes().decode()
        front = FRONT.match(text)
        fields = yaml.safe_load(front["fields"]) if front else {}
        named = {k: str(fields[k]) for k in ("title", "date", "author", "region") if k in fields}
        rows.append({"id": path.stem, "正文": text[front.end() :] if front else text, **named})
    assert sum("title" in row for row in rows) > 3
    WRITERS[container](rows, tmp_path / f"e{container}")
    corpus = read(tmp_path / f"e{container}", Form(format="markdown"))
    places = ("start", "end", "line", "column")
    assert told(corpus, *places) == told(in_folder[".md"], *places)
    dated = {a.path.rpartition("#")[2]: (a.dates, a.author, dict(a.titles).get("main")) for a in corpus.articles}
    assert dated == {
        Path(a.path).stem: (a.dates, a.author, dict(a.titles).get("main")) for a in in_folder[".md"].articles
    }


def test_files_in_an_archive(in_folder: dict[str, Corpus], tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "e.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in ARTICLES:
            archive.write(path, path.relative_to(ROOT).as_posix())
    corpus = read(tmp_path / "e.zip", Form())
    assert told(corpus) == sorted(row for one in in_folder.values() for row in told(one))


def test_any_number_of_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.workers.ALONE_BYTES", 1)
    monkeypatch.setattr("audit.workers.CHUNK_BYTES", 9_000)
    rows = [{"id": n, "body": ARTICLES[n % len(ARTICLES)].read_bytes().decode()} for n in range(120)]
    for container, write in WRITERS.items():
        write(rows, tmp_path / f"e{container}")
        files = discover(tmp_path, project=True, patterns=[f"e{container}"]).files
        one, several = (scan(files, ["yibao"], jobs=jobs) for jobs in (1, 3))
        assert one == several
        assert len(one.articles) == len(rows)


def test_streamed_as_scanned_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.corpus.BATCH", 4)
    rows = [{"id": n, "body": ARTICLES[n % 7].read_bytes().decode()} for n in range(10)]
    as_jsonl(rows, tmp_path / "e.jsonl")
    files = discover(tmp_path, project=True, patterns=["e.jsonl"]).files
    store: dict[Key, Piece] = {}
    scan(files[3:6], ["yibao"], jobs=1, store=store)
    kept = list(stream(files, ["yibao"], jobs=1, store=store))
    assert [piece.article.path for piece in kept if piece.article] == [file.path for file in files]
    assert len(store) == len(files)
    assert kept == list(stream(files, ["yibao"], jobs=1))


def test_what_is_known_is_listed_and_quoted_without_what_reads() -> None:
    """A warm run, and a report of it, import no parser; Parquet alone imports pyarrow."""
    program = """
import json, pathlib, sys, tempfile
from audit.files import discover
from audit.opening import source_of
from audit.pieces import bytes_of
folder = pathlib.Path(tempfile.mkdtemp())
(folder / "e.jsonl").write_text(json.dumps({"id": 1, "body": "x", "date": "2025-03-01"}))
[file] = discover(folder, project=True, patterns=["*.jsonl"]).files
assert source_of(file, bytes_of(file)) == "x"
print([name for name in ("justhtml", "markdown_it", "pyarrow", "yaml") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stdout == "[]\n", done.stderr
