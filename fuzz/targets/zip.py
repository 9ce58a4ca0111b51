"""Archives: made of a bundle of files and then damaged, or the bytes are one already."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator

from fuzz import seeds, words
from fuzz.bundles import bundled, files_in
from fuzz.containing import FORMS, read_all
from fuzz.damage import damaged, parted
from fuzz.target import Target
from fuzz.targets.jsonl import TARGET as JSONL

_METHODS = (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


def check(data: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if not data.startswith(b"PK"):
            harm, bundle = parted(data)
            data = damaged(archive(bundle.decode("utf-8", "replace")), harm)
        read_all(data, ".zip", FORMS[len(data) % len(FORMS)])


def archive(bundle: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for number, (name, text) in enumerate(files_in(bundle).items()):
            made.writestr(zipfile.ZipInfo(name), text.encode(), _METHODS[number % len(_METHODS)])
    return out.getvalue()


def _seeds() -> Iterator[bytes]:
    lines = next(iter(JSONL.seeds())).decode()
    for data in list(seeds.articles(".md"))[1:6]:
        bundle = bundled({"a/文.md": data.decode(), "e.jsonl": lines, "b.html": "<p>一</p>", "c.txt": "二"})
        yield b"\n" + bundle.encode()
    yield (
        b"-9:3 40:0\n"
        + bundled({"../a.md": "x", "/b.md": "y", "c.zip": "z", ".d.md": "w", "__MACOSX/e.md": "v"}).encode()
    )
    yield archive(bundled({"a.md": "# 一\n\n二。", "e.jsonl": '{"body": "三"}'}))


TARGET = Target(
    check,
    _seeds,
    lambda: words.markup(
        *words.JSON, "=== a.md\n", "=== e.jsonl\n", "=== ../x.md\n", "-22:1 ", "30:255 ", "-40:0 ", "\n"
    ),
)
